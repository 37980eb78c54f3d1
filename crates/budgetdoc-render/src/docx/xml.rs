//! A small XML writer that cannot leave an element open or write a character XML forbids.

use std::fmt::{Display, Write};

use crate::RenderError;

/// An XML part while it is written.
pub(super) struct Xml {
    out: String,
    refused: Option<char>,
}

impl Xml {
    /// A part with its declaration and nothing else.
    pub(super) fn new() -> Self {
        Xml { out: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned(), refused: None }
    }

    /// Begins an element. It ends with the statement: empty unless given text or children.
    pub(super) fn element(&mut self, name: &'static str) -> Element<'_> {
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

    /// The part's text.
    ///
    /// # Errors
    /// A character that XML 1.0 cannot hold was written.
    pub(super) fn finish(self) -> Result<String, RenderError> {
        match self.refused {
            Some(character) => Err(RenderError::ControlCharacter { character, place: None }),
            None => Ok(self.out),
        }
    }

    /// Text inside the element that is open.
    pub(super) fn escaped(&mut self, text: &str) {
        self.escape(text, false);
    }

    fn escape(&mut self, text: &str, in_attribute: bool) {
        for character in text.chars() {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' if in_attribute => self.out.push_str("&quot;"),
                _ if is_forbidden(character) => self.refused = self.refused.or(Some(character)),
                _ => self.out.push(character),
            }
        }
    }
}

/// Whether a character has no business in a document: controls (tabs and line ends too, which are elements in Word) and
/// the two code points XML excludes by name.
pub(super) fn is_forbidden(character: char) -> bool {
    character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}')
}

/// An element whose start tag is being written.
pub(super) struct Element<'x> {
    xml: &'x mut Xml,
    name: &'static str,
    ended: bool,
}

impl Element<'_> {
    /// Adds an attribute.
    pub(super) fn attr(self, name: &'static str, value: impl Display) -> Self {
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = write!(text, "{value}");
        self.xml.out.push(' ');
        self.xml.out.push_str(name);
        self.xml.out.push_str("=\"");
        self.xml.escape(&text, true);
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
    pub(super) fn children(mut self, write: impl FnOnce(&mut Xml)) {
        self.xml.out.push('>');
        write(self.xml);
        self.xml.out.push_str("</");
        self.xml.out.push_str(self.name);
        self.xml.out.push('>');
        self.ended = true;
    }
}

impl Drop for Element<'_> {
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
        let mut xml = Xml::new();
        xml.element("w:p").attr("w:id", "\"<&>").children(|xml| {
            xml.element("w:b");
            xml.element("w:t").text(" 1 < 2 & 3");
        });
        let out = xml.finish().unwrap();
        assert!(out.ends_with(
            "<w:p w:id=\"&quot;&lt;&amp;&gt;\"><w:b/><w:t xml:space=\"preserve\"> 1 &lt; 2 &amp; 3</w:t></w:p>"
        ));
    }

    #[test]
    fn control_characters_are_refused() {
        for character in ['\0', '\u{b}', '\n', '\u{7f}', '\u{85}', '\u{ffff}'] {
            let mut xml = Xml::new();
            xml.element("w:t").text(&character.to_string());
            assert!(xml.finish().is_err(), "{character:?}");
        }
    }
}
