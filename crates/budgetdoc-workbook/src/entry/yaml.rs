//! Writes YAML with the cell that each value is from.

use budgetdoc_document::Place;

use crate::quoted::quoted;

/// A value of the tree that is written, with the name of its cell.
pub(super) enum Node {
    Map(Vec<Entry>),
    /// Values, each with the name of its first cell.
    List(Vec<(String, Node)>),
    /// Words, which are quoted where YAML would read something else.
    Text(String),
    /// A number, a code, a name: as it is where that can be read back.
    Plain(String),
}

/// A key with its value and the name of the cell that a message about it names.
pub(super) struct Entry {
    pub key: String,
    pub cell: String,
    pub value: Node,
}

/// The longest row that is written in braces, in characters.
const WIDEST: usize = 110;

/// A text in the making, with the places of its cells.
#[derive(Default)]
pub(super) struct Writer {
    pub text: String,
    pub cells: Vec<(Place, String)>,
    line: u32,
    column: u32,
}

impl Writer {
    /// Writes the entries of a spec.
    pub fn spec(mut self, entries: &[Entry]) -> Writer {
        for entry in entries {
            if !self.text.is_empty() && !matches!(entry.value, Node::Text(_) | Node::Plain(_)) {
                self.push("\n");
            }
            self.entry(entry, 0);
        }
        self
    }

    fn push(&mut self, words: &str) {
        self.text.push_str(words);
        match words.rsplit_once('\n') {
            Some((before, last)) => {
                self.line += u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX);
                self.column = u32::try_from(last.chars().count()).unwrap_or(u32::MAX);
            }
            None => self.column += u32::try_from(words.chars().count()).unwrap_or(u32::MAX),
        }
    }

    fn mark(&mut self, cell: &str) {
        let place = Place { line: self.line + 1, column: self.column + 1 };
        self.cells.push((place, cell.to_owned()));
    }

    /// Writes an entry on lines of its own; the first is indented already.
    fn entry(&mut self, Entry { key, cell, value }: &Entry, indent: usize) {
        self.mark(cell);
        self.push(&format!("{}:", plain(key)));
        match value {
            Node::Map(entries) if entries.is_empty() => self.push(" {}\n"),
            Node::Map(entries) => {
                self.push("\n");
                for entry in entries {
                    self.push(&" ".repeat(indent + 2));
                    self.entry(entry, indent + 2);
                }
            }
            Node::List(items) => {
                self.push("\n");
                for (cell, item) in items {
                    self.push(&format!("{}- ", " ".repeat(indent + 2)));
                    self.mark(cell);
                    self.item(item, indent + 4);
                }
            }
            Node::Text(text) if is_block(text) => self.block(text, indent + 2),
            Node::Text(_) | Node::Plain(_) => {
                let written = scalar(value);
                self.push(&format!(" {written}\n"));
            }
        }
    }

    fn item(&mut self, item: &Node, indent: usize) {
        let Node::Map(entries) = item else {
            let written = scalar(item);
            return self.push(&format!("{written}\n"));
        };
        let is_short =
            |entry: &Entry| matches!(&entry.value, Node::Text(text) | Node::Plain(text) if !text.contains('\n'));
        let width: usize = entries.iter().map(|entry| entry.key.len() + scalar(&entry.value).chars().count() + 4).sum();
        if entries.iter().all(is_short) && width < WIDEST {
            self.push("{ ");
            for (index, Entry { key, cell, value }) in entries.iter().enumerate() {
                self.push(if index == 0 { "" } else { ", " });
                self.mark(cell);
                self.push(&format!("{}: {}", plain(key), scalar(value)));
            }
            return self.push(" }\n");
        }
        for (index, entry) in entries.iter().enumerate() {
            self.push(&" ".repeat(if index == 0 { 0 } else { indent }));
            self.entry(entry, indent);
        }
    }

    fn block(&mut self, text: &str, indent: usize) {
        let body = text.trim_end_matches('\n');
        let chomp = match text.len() - body.len() {
            0 => "-",
            1 => "",
            _ => "+",
        };
        self.push(&format!(" |{chomp}\n"));
        for line in body.split('\n') {
            let indent = if line.is_empty() { 0 } else { indent };
            self.push(&format!("{}{line}\n", " ".repeat(indent)));
        }
        self.push(&"\n".repeat((text.len() - body.len()).saturating_sub(1)));
    }
}

/// Returns whether a text is written line by line.
fn is_block(text: &str) -> bool {
    let ordinary =
        |letter: char| letter == '\n' || !(letter.is_control() || "\u{2028}\u{2029}\u{feff}".contains(letter));
    let first = text.trim_start_matches('\n').chars().next();
    text.contains('\n') && text.chars().all(ordinary) && first.is_some_and(|first| !first.is_whitespace())
}

fn scalar(value: &Node) -> String {
    match value {
        Node::Text(text) => plain(text),
        Node::Plain(text) if is_number(text) => text.clone(),
        Node::Plain(text) => plain(text),
        // Within a list there are only mappings and scalars.
        Node::Map(_) | Node::List(_) => String::new(),
    }
}

/// Returns a text without quotes where YAML reads the same text back, else with them.
fn plain(text: &str) -> String {
    const WORDS: [&str; 10] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan"];
    let allowed = |letter: char| letter.is_alphanumeric() || "_-/、，。；：（）“”《》·".contains(letter);
    let starts = text.chars().next().is_some_and(char::is_alphabetic);
    let is_plain = starts && text.chars().all(allowed) && !WORDS.contains(&text.to_lowercase().as_str());
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// Returns whether a text is a number or a day, as the spec writes them.
fn is_number(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_digit() || "+-".contains(letter))
        && text.ends_with(|letter: char| letter.is_ascii_digit())
        && text.chars().all(|letter| letter.is_ascii_digit() || "+-.".contains(letter))
}
