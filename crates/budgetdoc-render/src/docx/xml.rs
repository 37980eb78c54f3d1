//! A small XML writer that cannot leave an element open or write a character XML forbids.

use std::fmt::{self, Display, Write as _};
use std::io;

use crate::RenderError;

/// Bytes that are collected before they go on.
const BUFFER: usize = 1 << 15;

/// An XML part while it is written. It goes out in pieces, so that a table of any length takes no more memory.
pub(super) struct Xml<'s> {
    sink: &'s mut dyn io::Write,
    out: String,
    refused: Option<char>,
    failed: Option<io::Error>,
}

impl<'s> Xml<'s> {
    /// Returns a part with its declaration and nothing else, on its way to `sink`.
    pub(super) fn new(sink: &'s mut dyn io::Write) -> Self {
        let out = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned();
        Xml { sink, out, refused: None, failed: None }
    }

    /// Begins an element. It ends with the statement: empty unless given text or children.
    pub(super) fn element(&mut self, name: &'static str) -> Element<'_, 's> {
        self.out.push('<');
        self.out.push_str(name);
        Element { xml: self, name, ended: false }
    }

    /// An element whose only attribute is `w:val`, as most of WordprocessingML's are.
    pub(super) fn val(&mut self, name: &'static str, value: impl Display) {
        self.element(name).attr("w:val", value);
    }

    /// An element whose only attribute is `w:type`.
    pub(super) fn val_type(&mut self, name: &'static str, value: &str) {
        self.element(name).attr("w:type", value);
    }

    /// An on/off property; written only where it differs from being absent.
    pub(super) fn flag(&mut self, name: &'static str, on: bool) {
        if on {
            self.element(name);
        }
    }

    /// Sends on what is left.
    ///
    /// # Errors
    /// A character that XML 1.0 cannot hold was written, or the sink has failed.
    pub(super) fn finish(mut self) -> Result<(), RenderError> {
        self.send();
        match (self.refused, self.failed) {
            (Some(character), _) => Err(RenderError::ControlCharacter { character, place: None }),
            (None, Some(error)) => Err(RenderError::Write { format: "DOCX", detail: error.to_string() }),
            (None, None) => Ok(()),
        }
    }

    fn send(&mut self) {
        if self.failed.is_none() {
            self.failed = self.sink.write_all(self.out.as_bytes()).err();
        }
        self.out.clear();
    }

    /// Text inside the element that is open.
    pub(super) fn escaped(&mut self, text: &str) {
        self.escape(text, false);
    }

    fn escape(&mut self, text: &str, in_attribute: bool) {
        let mut plain = 0;
        for (index, character) in text.char_indices() {
            let replaced = match character {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' if in_attribute => "&quot;",
                _ if is_forbidden(character) => {
                    self.refused = self.refused.or(Some(character));
                    ""
                }
                _ => continue,
            };
            self.out.push_str(&text[plain..index]);
            self.out.push_str(replaced);
            plain = index + character.len_utf8();
        }
        self.out.push_str(&text[plain..]);
    }
}

/// Returns whether a character has no business in a document: controls (tabs and line ends too, which are elements in
/// Word) and the two code points XML excludes by name.
pub(super) fn is_forbidden(character: char) -> bool {
    character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}')
}

/// The inside of an attribute's quotes.
struct InAttribute<'x, 's>(&'x mut Xml<'s>);

impl fmt::Write for InAttribute<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.escape(text, true);
        Ok(())
    }
}

/// An element whose start tag is being written.
pub(super) struct Element<'x, 's> {
    xml: &'x mut Xml<'s>,
    name: &'static str,
    ended: bool,
}

impl<'s> Element<'_, 's> {
    /// Adds an attribute.
    pub(super) fn attr(self, name: &'static str, value: impl Display) -> Self {
        self.xml.out.push(' ');
        self.xml.out.push_str(name);
        self.xml.out.push_str("=\"");
        // Writing to memory cannot fail.
        let _ = write!(InAttribute(self.xml), "{value}");
        self.xml.out.push('"');
        self
    }

    /// Adds an attribute if there is a value.
    pub(super) fn maybe(self, name: &'static str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Ends the element around `text`; blanks at its ends survive.
    pub(super) fn text(self, text: &str) {
        let edge = |c: Option<char>| c.is_some_and(char::is_whitespace);
        let preserve = edge(text.chars().next()) || edge(text.chars().next_back()) || text.contains("  ");
        let this = if preserve { self.attr("xml:space", "preserve") } else { self };
        this.children(|xml| xml.escape(text, false));
    }

    /// Ends the element around what `write` writes.
    pub(super) fn children(mut self, write: impl FnOnce(&mut Xml<'s>)) {
        self.xml.out.push('>');
        write(self.xml);
        self.xml.out.push_str("</");
        self.xml.out.push_str(self.name);
        self.xml.out.push('>');
        self.ended = true;
        if self.xml.out.len() >= BUFFER {
            self.xml.send();
        }
    }
}

impl Drop for Element<'_, '_> {
    fn drop(&mut self) {
        if !self.ended {
            self.xml.out.push_str("/>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn elements_end_and_text_is_escaped() {
        let mut sink = Vec::new();
        let mut xml = Xml::new(&mut sink);
        xml.element("w:p").attr("w:id", "\"<&>").children(|xml| {
            xml.element("w:b");
            xml.element("w:t").text(" 1 < 2 & 3");
        });
        xml.finish().unwrap();
        assert!(String::from_utf8(sink).unwrap().ends_with(
            "<w:p w:id=\"&quot;&lt;&amp;&gt;\"><w:b/><w:t xml:space=\"preserve\"> 1 &lt; 2 &amp; 3</w:t></w:p>"
        ));
    }

    #[test]
    fn control_characters_are_refused() {
        for character in ['\0', '\u{b}', '\n', '\u{7f}', '\u{85}', '\u{ffff}'] {
            let mut sink = Vec::new();
            let mut xml = Xml::new(&mut sink);
            xml.element("w:t").text(&character.to_string());
            assert!(xml.finish().is_err(), "{character:?}");
        }
    }
}
