//! Builds the tree from the parser's events.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use granit_parser::{Event, Marker, Options, Parser, Span, StrInput, StructureStyle};

use super::{Content, Style, YamlNode, limits, syntax};
use crate::error::Problem;
use budgetdoc_document::Place;

/// Most nodes that aliases may copy in one file; a few lines of nested aliases would fill the memory.
const COPIES: usize = 100_000;

/// Most keys of a mapping that are compared one by one.
const FEW: usize = 16;

/// Result of reading a text up to its first error of syntax.
pub(super) struct YamlReading {
    /// The tree; none of an empty file and of one that cannot be read to its end.
    pub root: Option<YamlNode>,
    pub problems: Vec<Problem>,
    /// Place of the error of syntax that ended it, which is the last problem.
    pub stop: Option<Place>,
}

/// Reads `text` up to the first error of syntax.
pub(super) fn read_once(text: &str) -> YamlReading {
    let mut options = Options::default();
    options.set_emit_comments(false);
    let parser = Parser::new_from_str_with_options(text, options);
    let mut reader = Reader {
        text,
        parser,
        anchors: HashMap::new(),
        copies: 0,
        stopped: false,
        stop: None,
        end: Place { line: 1, column: 1 },
        problems: Vec::new(),
    };
    let mut root = None;
    while let Some((event, span)) = reader.next() {
        if event.is_node() && root.is_none() {
            let node = reader.node(event, span);
            if reader.stopped
                && let Some(bare) = node.last().filter(|last| last.is_bare_template())
                && let Some(problem) = reader.problems.last_mut()
            {
                // The error comes from a template without quotes.
                *problem = syntax::bare_template(bare.place);
            }
            root = Some(node).filter(|_| !reader.stopped);
        } else if matches!(event, Event::DocumentStart(..)) && root.is_some() {
            let problem = syntax::second_document(place(span.start));
            reader.stop_with(problem);
        }
    }
    let root = root.filter(|root| !root.is_null());
    if root.is_none() && reader.problems.is_empty() {
        reader.problems.push(syntax::empty_file(reader.end));
    }
    YamlReading { root, problems: reader.problems, stop: reader.stop }
}

struct Reader<'a> {
    text: &'a str,
    parser: Parser<'a, StrInput<'a>>,
    /// Anchored nodes by their id.
    anchors: HashMap<usize, YamlNode>,
    /// Number of nodes copied for aliases.
    copies: usize,
    /// Whether an error has ended reading.
    stopped: bool,
    stop: Option<Place>,
    end: Place,
    problems: Vec<Problem>,
}

enum Child {
    YamlNode(YamlNode),
    /// There are no more; the byte behind the last.
    End(usize),
}

impl<'a> Reader<'a> {
    /// Returns the next event; none at the end and at an error of syntax.
    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        if self.stopped {
            return None;
        }
        match self.parser.next_event()? {
            Ok((event, span)) => {
                self.end = place(span.end);
                Some((event, span))
            }
            Err(error) => {
                let stop = place(*error.marker());
                self.stop = Some(stop);
                self.stop_with(syntax::syntax_error(&error, stop, self.text));
                None
            }
        }
    }

    fn stop_with(&mut self, problem: Problem) {
        self.problems.push(problem);
        self.stopped = true;
    }

    fn child(&mut self) -> Child {
        while let Some((event, span)) = self.next() {
            if event.is_node() {
                return Child::YamlNode(self.node(event, span));
            }
            if matches!(event, Event::MappingEnd | Event::SequenceEnd) {
                return Child::End(bytes(span).end);
            }
        }
        Child::End(self.text.len())
    }

    fn node(&mut self, event: Event<'a>, span: Span) -> YamlNode {
        let anchor = event.anchor_id().filter(|id| *id > 0);
        let alias = event.alias_id();
        let Range { start, mut end } = bytes(span);
        let place = place(span.start);
        let content = match event {
            Event::Scalar(text, style, ..) => {
                if let Some(problem) = limits::of_text(&text, place) {
                    self.stop_with(problem);
                }
                Content::Scalar { text: text.into_owned(), style }
            }
            Event::MappingStart(style, ..) => self.mapping(style == StructureStyle::Flow, &mut end),
            Event::SequenceStart(style, ..) => self.list(style == StructureStyle::Flow, &mut end),
            _ => self.alias(alias.unwrap_or_default(), place),
        };
        // The parser counts the empty lines below a block text as part of it.
        let written = self.text.get(start..end).unwrap_or_default();
        let range = start..start + written.trim_end().len();
        let shared = anchor.is_some() || alias.is_some();
        let node = YamlNode { content, written: range.clone(), range, place: Some(place), shared };
        if let Some(anchor) = anchor {
            self.anchors.insert(anchor, node.clone());
        }
        node
    }

    fn mapping(&mut self, flow: bool, end: &mut usize) -> Content {
        let mut entries: Vec<(YamlNode, YamlNode)> = Vec::new();
        let mut known: HashSet<String> = HashSet::new();
        let after = loop {
            let key = match self.child() {
                Child::YamlNode(key) => key,
                Child::End(after) => break after,
            };
            let mut value = match self.child() {
                Child::YamlNode(value) => value,
                Child::End(after) => break after,
            };
            if entries.len() >= limits::MOST_KEYS {
                self.stop_with(limits::too_many_keys(key.place));
                break key.range.end;
            }
            value.written.start = self.after_colon(&key).unwrap_or(value.range.start);
            *end = value.range.end;
            let is_repeated = match key.scalar() {
                // Few keys are compared sooner than copied into a set.
                Some(name) if entries.len() < FEW => entries.iter().any(|(other, _)| other.scalar() == Some(name)),
                Some(name) => {
                    if known.is_empty() {
                        known.extend(entries.iter().filter_map(|(other, _)| other.scalar().map(str::to_owned)));
                    }
                    !known.insert(name.to_owned())
                }
                None => false,
            };
            match key.scalar() {
                Some(name) if is_repeated => self.problems.push(syntax::duplicate_key(key.place, name)),
                _ => entries.push((key, value)),
            }
        };
        if flow && !self.stopped {
            *end = after;
        }
        merge_shared(&mut entries);
        Content::Map { entries, flow, cut: false }
    }

    fn list(&mut self, flow: bool, end: &mut usize) -> Content {
        let mut items = Vec::new();
        let after = loop {
            match self.child() {
                Child::YamlNode(item) if items.len() >= limits::MOST_ROWS => {
                    self.stop_with(limits::too_many_rows(item.place));
                    break item.range.end;
                }
                Child::YamlNode(item) => {
                    *end = item.range.end;
                    items.push(item);
                }
                Child::End(after) => break after,
            }
        };
        if flow && !self.stopped {
            *end = after;
        }
        Content::List(items)
    }

    fn alias(&mut self, id: usize, place: Place) -> Content {
        let mut copy = self.anchors.get(&id).cloned();
        if let Some(copy) = &mut copy {
            self.copies += copy.mark_as_alias(place);
        }
        match copy {
            Some(copy) if self.copies <= COPIES => Content::Alias(Box::new(copy)),
            _ => {
                // An alias of itself, or of too many nodes.
                self.stop_with(syntax::too_many_aliases(place));
                Content::Scalar { text: String::new(), style: Style::Plain }
            }
        }
    }

    /// Returns the byte behind a key's colon; none of keys not written as `key: value`.
    fn after_colon(&self, key: &YamlNode) -> Option<usize> {
        let rest = self.text[key.range.end..].trim_start_matches(' ').strip_prefix(':')?.trim_start();
        (!rest.starts_with('#')).then(|| self.text.len() - rest.len())
    }
}

impl YamlNode {
    /// Returns the value that was read last.
    fn last(&self) -> Option<&YamlNode> {
        let last = match &self.content {
            _ if self.is_bare_template() => return Some(self),
            Content::Map { entries, .. } => entries.last().map(|(_, value)| value),
            Content::List(items) => items.last(),
            Content::Scalar { .. } | Content::Alias(_) => return Some(self),
        };
        last.and_then(YamlNode::last)
    }

    /// Turns this copy into that of an alias at `place`; returns the number of its nodes.
    fn mark_as_alias(&mut self, place: Place) -> usize {
        if let Content::Alias(target) = &mut self.content {
            let target = std::mem::replace(&mut **target, YamlNode::null_node());
            *self = target;
        }
        self.place = Some(place);
        self.shared = true;
        1 + match &mut self.content {
            Content::Map { entries, .. } => {
                entries.iter_mut().map(|(key, value)| key.mark_as_alias(place) + value.mark_as_alias(place)).sum()
            }
            Content::List(items) => items.iter_mut().map(|item| item.mark_as_alias(place)).sum(),
            Content::Scalar { .. } | Content::Alias(_) => 0,
        }
    }

    fn null_node() -> YamlNode {
        let content = Content::Scalar { text: String::new(), style: Style::Plain };
        YamlNode { content, range: 0..0, written: 0..0, place: None, shared: false }
    }
}

/// Merges the entries of `<<: *name` into the mapping.
fn merge_shared(entries: &mut Vec<(YamlNode, YamlNode)>) {
    let merges = |(key, _): &(YamlNode, YamlNode)| matches!(&key.content, Content::Scalar { text, style: Style::Plain } if text == "<<");
    let Some(at) = entries.iter().position(merges) else { return };
    let mergeable = |node: &YamlNode| matches!(node.resolved().content, Content::Map { .. });
    let sources = match &entries[at].1.resolved().content {
        Content::Map { .. } => vec![entries[at].1.resolved().clone()],
        Content::List(items) if items.iter().all(mergeable) => {
            items.iter().map(|item| item.resolved().clone()).collect()
        }
        _ => return,
    };
    entries.remove(at);
    for source in sources {
        let Content::Map { entries: taken, .. } = source.content else { continue };
        for entry in taken {
            if !entries.iter().any(|(key, _)| key.scalar() == entry.0.scalar()) {
                entries.push(entry);
            }
        }
    }
}

fn bytes(span: Span) -> Range<usize> {
    span.byte_range().unwrap_or_default()
}

fn place(marker: Marker) -> Place {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Place { line: number(marker.line()).max(1), column: number(marker.col()).saturating_add(1) }
}
