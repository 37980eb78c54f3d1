//! YAML as it is written: every value with the bytes it takes up, so that one can be changed and all else kept.

use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScanError, Span, StrInput, StructureStyle};

use budgetdoc_document::Place;

/// A value or key and where it stands.
pub(super) struct Node {
    pub content: Content,
    /// Its own bytes: of a block text the lines, of a list all entries.
    pub range: Range<usize>,
    /// The same with whatever else stands after the key's colon: an anchor, a tag, the sign of a block text.
    pub written: Range<usize>,
    pub place: Place,
    /// Whether it is given a name with `&` or is taken from elsewhere with `*`.
    pub shared: bool,
}

pub(super) enum Content {
    Scalar(String),
    Map {
        entries: Vec<(Node, Node)>,
        /// Whether it is written in braces.
        flow: bool,
    },
    List(Vec<Node>),
    Alias,
}

impl Node {
    /// The key `name` and its value, if this is a mapping that has it.
    pub(super) fn entry(&self, name: &str) -> Option<(&Node, &Node)> {
        let Content::Map { entries, .. } = &self.content else { return None };
        entries.iter().map(|(key, value)| (key, value)).find(|(key, _)| key.scalar() == Some(name))
    }

    pub(super) fn scalar(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar(text) => Some(text),
            _ => None,
        }
    }
}

/// Reads `text`; none where it has no content.
pub(super) fn read(text: &str) -> Result<Option<Node>, ScanError> {
    let mut options = Options::default();
    options.set_emit_comments(false);
    let mut reader = Reader { text, parser: Parser::new_from_str_with_options(text, options) };
    while let Some((event, span)) = reader.parser.next_event().transpose()? {
        if event.is_node() {
            return reader.node(event, span).map(Some);
        }
    }
    Ok(None)
}

struct Reader<'a> {
    text: &'a str,
    parser: Parser<'a, StrInput<'a>>,
}

enum Child {
    Node(Node),
    /// There are no more; the byte after the last.
    End(usize),
}

impl<'a> Reader<'a> {
    fn child(&mut self) -> Result<Child, ScanError> {
        while let Some((event, span)) = self.parser.next_event().transpose()? {
            if event.is_node() {
                return self.node(event, span).map(Child::Node);
            }
            if matches!(event, Event::MappingEnd | Event::SequenceEnd) {
                return Ok(Child::End(bytes(span).end));
            }
        }
        Ok(Child::End(self.text.len()))
    }

    fn node(&mut self, event: Event<'a>, span: Span) -> Result<Node, ScanError> {
        let shared = event.is_alias() || event.anchor_id().is_some_and(|id| id > 0);
        let Range { start, mut end } = bytes(span);
        let content = match event {
            Event::Scalar(text, ..) => Content::Scalar(text.into_owned()),
            Event::MappingStart(style, ..) => {
                let mut entries = Vec::new();
                loop {
                    match self.child()? {
                        Child::Node(key) => {
                            let Child::Node(mut value) = self.child()? else { break };
                            value.written.start = self.after_colon(&key).unwrap_or(value.range.start);
                            end = value.range.end;
                            entries.push((key, value));
                        }
                        Child::End(after) if style == StructureStyle::Flow => {
                            end = after;
                            break;
                        }
                        Child::End(_) => break,
                    }
                }
                Content::Map { entries, flow: style == StructureStyle::Flow }
            }
            Event::SequenceStart(style, ..) => {
                let mut items = Vec::new();
                loop {
                    match self.child()? {
                        Child::Node(item) => {
                            end = item.range.end;
                            items.push(item);
                        }
                        Child::End(after) if style == StructureStyle::Flow => {
                            end = after;
                            break;
                        }
                        Child::End(_) => break,
                    }
                }
                Content::List(items)
            }
            _ => Content::Alias,
        };
        // A block text counts the empty lines below it as its own.
        let range = start..start + self.text[start..end].trim_end().len();
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let place = Place { line: number(span.start.line()), column: number(span.start.col()).saturating_add(1) };
        Ok(Node { content, written: range.clone(), range, place, shared })
    }

    /// Where what belongs to a key begins; none for keys written otherwise than `key: value`.
    fn after_colon(&self, key: &Node) -> Option<usize> {
        let rest = self.text[key.range.end..].trim_start_matches(' ').strip_prefix(':')?.trim_start();
        (!rest.starts_with('#')).then(|| self.text.len() - rest.len())
    }
}

fn bytes(span: Span) -> Range<usize> {
    span.byte_range().unwrap_or_default()
}
