//! Writes runs of text, with hints for the marks that Chinese and Latin share.

use std::ops::Range;

use budgetdoc_document::{Length, Role, Text};

use super::style_names;
use super::xml::Xml;
use crate::font::is_latin;
use crate::text::is_apostrophe;

/// Writes the runs of `text` in a paragraph whose style has the role `own`.
pub(super) fn write_text(xml: &mut Xml, text: &Text, own: Role) {
    write_part(xml, text, 0..usize::MAX, own);
}

/// Writes the bytes `part` of `text` in a paragraph whose style has the role `own`.
pub(super) fn write_part(xml: &mut Xml, text: &Text, part: Range<usize>, own: Role) {
    let mut end = 0;
    for run in &text.runs {
        let start = end;
        end += run.text.len();
        let bytes = part.start.max(start) - start..part.end.min(end).max(start) - start;
        let role = run.role.filter(|role| *role != own).map(style_names::face_id);
        write_in(xml, run.text.get(bytes).unwrap_or_default(), run.role.unwrap_or(own), role);
    }
}

/// Writes one string in the face of `role`, with a character style unless it is the paragraph's. Letters and digits
/// beside 黑体 are bold, as on the printed pages. LibreOffice ignores character styles of links.
pub(super) fn write_in(xml: &mut Xml, text: &str, role: Role, style: Option<&'static str>) {
    let (mut start, mut is_bold) = (0, false);
    for (index, character) in text.char_indices().filter(|_| role == Role::Heading) {
        let (before, after) = text.split_at(index);
        let is_apostrophe = is_apostrophe(before.chars().next_back(), character, || after.chars().nth(1));
        if (is_latin(character) || is_apostrophe) != is_bold {
            write_string(xml, &text[start..index], style, is_bold, Length::ZERO);
            (start, is_bold) = (index, !is_bold);
        }
    }
    write_string(xml, &text[start..], style, is_bold, Length::ZERO);
}

/// Returns whether a text is one run in its paragraph's face.
pub(super) fn is_plain(text: &Text) -> bool {
    matches!(text.runs.as_slice(), [run] if run.role.is_none())
}

/// Writes lines of one paragraph with breaks between them.
pub(super) fn write_lines(xml: &mut Xml, lines: &[&str], role: Role) {
    write_broken(xml, lines, role, false);
}

/// Writes lines of a heading with breaks that also clear pictures: in the table of contents LibreOffice turns plain
/// breaks into blanks and drops these.
pub(super) fn write_heading_lines(xml: &mut Xml, lines: &[&str], role: Role) {
    write_broken(xml, lines, role, true);
}

fn write_broken(xml: &mut Xml, lines: &[&str], role: Role, clear: bool) {
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            xml.element("w:r").children(|xml| {
                let kind = clear.then_some("textWrapping");
                xml.element("w:br").attr_opt("w:type", kind).attr_opt("w:clear", clear.then_some("all"));
            });
        }
        write_in(xml, line, role, None);
    }
}

/// Writes lines of one paragraph, with a blank behind the last character of each, which a search does not see.
pub(super) fn write_spaced_lines(xml: &mut Xml, lines: &[&str], blanks: &[Length]) {
    for (line, blank) in lines.iter().zip(blanks) {
        // Blanks at the end of a line take no room.
        let end = line.trim_end().len();
        let last = line[..end].char_indices().last().filter(|_| *blank > Length::ZERO).map_or(end, |(last, _)| last);
        for (piece, blank) in [(&line[..last], Length::ZERO), (&line[last..end], *blank), (&line[end..], Length::ZERO)]
        {
            write_string(xml, piece, None, false, blank);
        }
    }
}

fn write_string(xml: &mut Xml, text: &str, style: Option<&'static str>, is_bold: bool, blank: Length) {
    for (piece, shared) in split_by_hint(text) {
        xml.element("w:r").children(|xml| {
            if style.is_some() || is_bold || shared || blank > Length::ZERO {
                xml.element("w:rPr").children(|xml| {
                    if let Some(style) = style {
                        xml.val("w:rStyle", style);
                    }
                    if shared {
                        xml.element("w:rFonts").attr("w:hint", "eastAsia");
                    }
                    xml.flag("w:b", is_bold);
                    if blank > Length::ZERO {
                        xml.val("w:spacing", blank.twips());
                    }
                });
            }
            xml.element("w:t").text(piece);
        });
    }
}

/// Word's own choice of face for a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// ASCII and Chinese characters: right with and without a hint.
    Unambiguous,
    /// Marks in both scripts (“ ” ‘ ’ … — · × ≥ ①): Latin unless the run hints at East Asian, and here they are
    /// Chinese.
    Shared,
    /// Letters with accents and the apostrophe of a Latin word: a hint would turn them Chinese.
    Latin,
}

fn script(character: char) -> Script {
    match character {
        '×' | '÷' => Script::Shared,
        '\u{a0}' | '\u{c0}'..='\u{24f}' => Script::Latin,
        '\u{a1}'..='\u{bf}' | '\u{250}'..='\u{2e7f}' | '\u{e000}'..='\u{f8ff}' => Script::Shared,
        _ => Script::Unambiguous,
    }
}

/// Splits `text` into pieces that need a hint (`true`) or must not have one.
fn split_by_hint(text: &str) -> Vec<(&str, bool)> {
    let mut split_by_hint = Vec::new();
    let (mut start, mut current) = (0, Script::Unambiguous);
    let mut before = None;
    for (index, character) in text.char_indices() {
        let after = || text[index + character.len_utf8()..].chars().next();
        let is_latin = is_apostrophe(before.replace(character), character, after);
        let script = if is_latin { Script::Latin } else { script(character) };
        if script == Script::Unambiguous || script == current {
            continue;
        }
        if current != Script::Unambiguous {
            split_by_hint.push((&text[start..index], current == Script::Shared));
            start = index;
        }
        current = script;
    }
    if start < text.len() {
        split_by_hint.push((&text[start..], current == Script::Shared));
    }
    split_by_hint
}

/// Writes a field that shows `result` in the face of `role`: `w:fldChar` begin, instruction, separate, result, end.
pub(super) fn write_field(xml: &mut Xml, instruction: &str, result: &str, role: Role) {
    field_mark(xml, "begin");
    field_instruction(xml, instruction);
    field_mark(xml, "separate");
    write_in(xml, result, role, None);
    field_mark(xml, "end");
}

/// Writes one of the marks around a field's instruction and result.
pub(super) fn field_mark(xml: &mut Xml, kind: &'static str) {
    xml.element("w:r").children(|xml| drop(xml.element("w:fldChar").attr("w:fldCharType", kind)));
}

/// Writes the instruction of a field, between `begin` and `separate`.
pub(super) fn field_instruction(xml: &mut Xml, instruction: &str) {
    let text = format!(" {instruction} ");
    xml.element("w:r").children(|xml| {
        xml.element("w:instrText").attr("xml:space", "preserve").children(|xml| xml.text(&text));
    });
}

#[cfg(test)]
mod tests {
    use super::split_by_hint;

    #[test]
    fn shared_marks_are_hinted_and_accents_are_not() {
        assert_eq!(split_by_hint("2022年12月"), [("2022年12月", false)]);
        assert_eq!(split_by_hint("比2021年“三公”经费…"), [("比2021年“三公”经费…", true)]);
        assert_eq!(split_by_hint("café“三公”"), [("café", false), ("“三公”", true)]);
        assert_eq!(split_by_hint("“Women’s”"), [("“Women", true), ("’s", false), ("”", true)]);
        assert_eq!(split_by_hint(""), []);
    }
}
