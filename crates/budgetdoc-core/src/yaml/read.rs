//! From the parser's events to the tree.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Marker, Options, Parser, Span, StrInput, StructureStyle};

use super::{Content, Node, Style, Tree, syntax};
use crate::error::Problem;
use budgetdoc_document::Place;

/// Nodes that aliases may stand for in one file. A few lines of aliases of aliases would fill the memory otherwise.
const COPIES: usize = 100_000;

/// Reads `text`, up to the first error of syntax if there is one. What stands right before that is left out: mostly it
/// was misread for the same reason.
pub(crate) fn read(text: &str) -> Tree {
    let mut options = Options::default();
    options.set_emit_comments(false);
    let parser = Parser::new_from_str_with_options(text, options);
    let mut reader = Reader {
        text,
        parser,
        anchors: HashMap::new(),
        copies: 0,
        stopped: false,
        end: Place { line: 1, column: 1 },
        problems: Vec::new(),
    };
    let mut root = None;
    while let Some((event, span)) = reader.next() {
        if event.is_node() && root.is_none() {
            root = Some(reader.node(event, span));
        } else if matches!(event, Event::DocumentStart(..)) && root.is_some() {
            let problem = syntax::second_document(place(span.start));
            reader.stop(problem);
        }
    }
    let mut root = root.filter(|root| !root.is_null());
    if reader.stopped && root.as_ref().is_some_and(|root| root.scalar().is_some()) {
        root = None;
    }
    if root.is_none() && reader.problems.is_empty() {
        reader.problems.push(syntax::empty(reader.end));
    }
    Tree { root, problems: reader.problems }
}

struct Reader<'a> {
    text: &'a str,
    parser: Parser<'a, StrInput<'a>>,
    /// What has been given a name, by the number of the name.
    anchors: HashMap<usize, Node>,
    /// Nodes copied for aliases.
    copies: usize,
    /// Whether nothing more can be read.
    stopped: bool,
    end: Place,
    problems: Vec<Problem>,
}

enum Child {
    Node(Node),
    /// There are no more; the byte after the last.
    End(usize),
}

impl<'a> Reader<'a> {
    /// The next event; none at the end and at an error of syntax.
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
                let problem = syntax::not_well_formed(&error, place(*error.marker()));
                self.stop(problem);
                None
            }
        }
    }

    fn stop(&mut self, problem: Problem) {
        self.problems.push(problem);
        self.stopped = true;
    }

    fn child(&mut self) -> Child {
        while let Some((event, span)) = self.next() {
            if event.is_node() {
                return Child::Node(self.node(event, span));
            }
            if matches!(event, Event::MappingEnd | Event::SequenceEnd) {
                return Child::End(bytes(span).end);
            }
        }
        Child::End(self.text.len())
    }

    fn node(&mut self, event: Event<'a>, span: Span) -> Node {
        let anchor = event.anchor_id().filter(|id| *id > 0);
        let alias = event.alias_id();
        let Range { start, mut end } = bytes(span);
        let place = place(span.start);
        let content = match event {
            Event::Scalar(text, style, ..) => Content::Scalar { text: text.into_owned(), style },
            Event::MappingStart(style, ..) => self.mapping(style == StructureStyle::Flow, &mut end),
            Event::SequenceStart(style, ..) => self.list(style == StructureStyle::Flow, &mut end),
            _ => self.alias(alias.unwrap_or_default(), place),
        };
        // A block text counts the empty lines below it as its own.
        let written = self.text.get(start..end).unwrap_or_default();
        let range = start..start + written.trim_end().len();
        let shared = anchor.is_some() || alias.is_some();
        let node = Node { content, written: range.clone(), range, place: Some(place), shared };
        if let Some(anchor) = anchor {
            self.anchors.insert(anchor, node.clone());
        }
        node
    }

    fn mapping(&mut self, flow: bool, end: &mut usize) -> Content {
        let mut entries: Vec<(Node, Node)> = Vec::new();
        let after = loop {
            let key = match self.child() {
                Child::Node(key) => key,
                Child::End(after) => break after,
            };
            let mut value = match self.child() {
                Child::Node(value) => value,
                Child::End(after) => break after,
            };
            value.written.start = self.after_colon(&key).unwrap_or(value.range.start);
            *end = value.range.end;
            match key.scalar() {
                Some(name) if entries.iter().any(|(known, _)| known.scalar() == Some(name)) => {
                    self.problems.push(syntax::twice(key.place, name));
                }
                _ => entries.push((key, value)),
            }
        };
        if flow && !self.stopped {
            *end = after;
        }
        if self.stopped {
            self.leave_out_misread(&mut entries, |(_, value)| value, |(_, value)| value);
        }
        merge_shared(&mut entries);
        Content::Map { entries, flow, cut: self.stopped }
    }

    fn list(&mut self, flow: bool, end: &mut usize) -> Content {
        let mut items = Vec::new();
        let after = loop {
            match self.child() {
                Child::Node(item) => {
                    *end = item.range.end;
                    items.push(item);
                }
                Child::End(after) => break after,
            }
        };
        if flow && !self.stopped {
            *end = after;
        }
        if self.stopped {
            self.leave_out_misread(&mut items, |item| item, |item| item);
        }
        Content::List(items)
    }

    /// Takes away what stands right before an error of syntax. If that is a template without quotes, it is the error.
    fn leave_out_misread<T>(
        &mut self,
        list: &mut Vec<T>,
        value: impl Fn(&T) -> &Node,
        value_mut: impl Fn(&mut T) -> &mut Node,
    ) {
        let Some(last) = list.last().map(value) else { return };
        let bare = last.is_bare_template();
        if bare && let Some(syntax) = self.problems.last_mut() {
            *syntax = syntax::bare_template(last.place);
        }
        if bare || last.scalar().is_some() {
            list.pop();
        } else if let Some(last) = list.last_mut() {
            value_mut(last).cut_short();
        }
    }

    fn alias(&mut self, id: usize, place: Place) -> Content {
        let mut copy = self.anchors.get(&id).cloned();
        if let Some(copy) = &mut copy {
            self.copies += copy.borrow_from(place);
        }
        match copy {
            Some(copy) if self.copies <= COPIES => Content::Alias(Box::new(copy)),
            _ => {
                // Of itself, or of too much.
                self.stop(syntax::too_much_shared(place));
                Content::Scalar { text: String::new(), style: Style::Plain }
            }
        }
    }

    /// Where what belongs to a key begins; none for keys written otherwise than `key: value`.
    fn after_colon(&self, key: &Node) -> Option<usize> {
        let rest = self.text[key.range.end..].trim_start_matches(' ').strip_prefix(':')?.trim_start();
        (!rest.starts_with('#')).then(|| self.text.len() - rest.len())
    }
}

impl Node {
    /// Notes that what comes next could not be read, which may be a key of the mapping that stands here last.
    fn cut_short(&mut self) {
        match &mut self.content {
            Content::Map { entries, cut, .. } => {
                *cut = true;
                if let Some((_, last)) = entries.last_mut() {
                    last.cut_short();
                }
            }
            Content::List(items) => {
                if let Some(last) = items.last_mut() {
                    last.cut_short();
                }
            }
            Content::Scalar { .. } | Content::Alias(_) => {}
        }
    }

    /// Makes a copy for an alias at `place` of this; how many nodes it has.
    fn borrow_from(&mut self, place: Place) -> usize {
        if let Content::Alias(target) = &mut self.content {
            let target = std::mem::replace(&mut **target, Node::nothing());
            *self = target;
        }
        self.place = Some(place);
        self.shared = true;
        1 + match &mut self.content {
            Content::Map { entries, .. } => {
                entries.iter_mut().map(|(key, value)| key.borrow_from(place) + value.borrow_from(place)).sum()
            }
            Content::List(items) => items.iter_mut().map(|item| item.borrow_from(place)).sum(),
            Content::Scalar { .. } | Content::Alias(_) => 0,
        }
    }

    fn nothing() -> Node {
        let content = Content::Scalar { text: String::new(), style: Style::Plain };
        Node { content, range: 0..0, written: 0..0, place: None, shared: false }
    }
}

/// Puts the entries of `<<: *name` among those of the mapping that lacks them.
fn merge_shared(entries: &mut Vec<(Node, Node)>) {
    let merges =
        |(key, _): &(Node, Node)| matches!(&key.content, Content::Scalar { text, style: Style::Plain } if text == "<<");
    let Some(at) = entries.iter().position(merges) else { return };
    let mergeable = |node: &Node| matches!(node.resolved().content, Content::Map { .. });
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
