//! A small XML writer that cannot leave an element open or write a character XML forbids.

use std::fmt::{self, Display, Write as _};
use std::io;

use crate::RenderError;

/// Size of the buffer in bytes.
const BUFFER_SIZE: usize = 1 << 15;

/// An XML part being written, through a buffer of constant size.
pub(super) struct Xml<'s> {
    sink: &'s mut dyn io::Write,
    buffer: String,
    forbidden: Option<char>,
    error: Option<io::Error>,
}

impl<'s> Xml<'s> {
    /// Creates a part that is written to `sink` and holds its declaration.
    pub(super) fn new(sink: &'s mut dyn io::Write) -> Self {
        let buffer = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned();
        Xml { sink, buffer, forbidden: None, error: None }
    }

    /// Begins an element. It ends with the statement: empty unless given text or children.
    pub(super) fn element(&mut self, name: &'static str) -> Element<'_, 's> {
        self.buffer.push('<');
        self.buffer.push_str(name);
        Element { xml: self, name, is_ended: false }
    }

    /// Writes an element whose only attribute is `w:val`.
    pub(super) fn val(&mut self, name: &'static str, value: impl Display) {
        self.element(name).attr("w:val", value);
    }

    /// Writes an element whose only attribute is `w:type`.
    pub(super) fn val_type(&mut self, name: &'static str, value: &str) {
        self.element(name).attr("w:type", value);
    }

    /// Writes an empty element if `on`.
    pub(super) fn flag(&mut self, name: &'static str, on: bool) {
        if on {
            self.element(name);
        }
    }

    /// Writes the rest of the buffer.
    ///
    /// # Errors
    /// A character forbidden in XML 1.0 was written, or the sink failed.
    pub(super) fn finish(mut self) -> Result<(), RenderError> {
        self.flush();
        match (self.forbidden, self.error) {
            (Some(character), _) => Err(RenderError::ControlCharacter { character, place: None }),
            (None, Some(error)) => Err(RenderError::Write { format: "DOCX", detail: error.to_string() }),
            (None, None) => Ok(()),
        }
    }

    fn flush(&mut self) {
        if self.error.is_none() {
            self.error = self.sink.write_all(self.buffer.as_bytes()).err();
        }
        self.buffer.clear();
    }

    /// Writes text inside the open element.
    pub(super) fn text(&mut self, text: &str) {
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
                    self.forbidden = self.forbidden.or(Some(character));
                    ""
                }
                _ => continue,
            };
            self.buffer.push_str(&text[plain..index]);
            self.buffer.push_str(replaced);
            plain = index + character.len_utf8();
        }
        self.buffer.push_str(&text[plain..]);
    }
}

/// Returns whether a character is forbidden: controls, including tabs and line ends, which are elements in Word, and the
/// two code points that XML excludes.
pub(super) fn is_forbidden(character: char) -> bool {
    character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}')
}

/// The value of an attribute.
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
    is_ended: bool,
}

impl<'s> Element<'_, 's> {
    /// Adds an attribute.
    pub(super) fn attr(self, name: &'static str, value: impl Display) -> Self {
        self.xml.buffer.push(' ');
        self.xml.buffer.push_str(name);
        self.xml.buffer.push_str("=\"");
        // Writing to memory cannot fail.
        let _ = write!(InAttribute(self.xml), "{value}");
        self.xml.buffer.push('"');
        self
    }

    /// Adds an attribute if there is a value.
    pub(super) fn attr_opt(self, name: &'static str, value: Option<impl Display>) -> Self {
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
        self.xml.buffer.push('>');
        write(self.xml);
        self.end();
    }

    /// Writes the end tag. It is no part of `children`, of which there is a copy for each closure.
    #[inline(never)]
    fn end(&mut self) {
        self.xml.buffer.push_str("</");
        self.xml.buffer.push_str(self.name);
        self.xml.buffer.push('>');
        self.is_ended = true;
        if self.xml.buffer.len() >= BUFFER_SIZE {
            self.xml.flush();
        }
    }
}

impl Drop for Element<'_, '_> {
    fn drop(&mut self) {
        if !self.is_ended {
            self.xml.buffer.push_str("/>");
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
