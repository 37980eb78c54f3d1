//! Values and elements that styles, paragraphs and sections share: lengths in Word's units, indents, sizes, borders.

use budgetdoc_document::{Align, Length, ParagraphStyle};

use super::xml::Xml;
use crate::layout::RowStep;

/// Height of a thin paragraph in twips. Word requires a paragraph after a table and at a section's end.
pub(super) const THIN_LINE: i32 = 20;

/// Returns the value of `w:jc`.
pub(super) const fn justification(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
        Align::Justify => "both",
    }
}

/// Returns a pitch in twips, rounded down: 22 lines of 28.99 pt fit where 22 of 29 pt do not.
pub(super) const fn pitch(pitch: Length) -> i32 {
    let twips = twips_down(pitch);
    if twips < THIN_LINE { THIN_LINE } else { twips }
}

/// Returns a length in twips, rounded down.
pub(super) const fn twips_down(length: Length) -> i32 {
    length.in_milli_pt() / 50
}

/// Returns the position of the right tab of contents entries and captions, in twips from the left edge of a column.
/// LibreOffice drops single digits at a tab on the very edge.
pub(super) const fn right_tab(width: i32) -> i32 {
    width - 10
}

/// Writes `w:ind` in characters, and in twips for readers that do not support characters.
pub(super) fn indent(xml: &mut Xml, size: Length, characters: u8, by_character: &'static str, by_twip: &'static str) {
    xml.element("w:ind")
        .attr(by_character, u32::from(characters) * 100)
        .attr(by_twip, (size * i32::from(characters)).twips());
}

/// Returns the width of a column of `width` for characters of `size` in LibreOffice, where a grid narrows it to whole
/// characters of whole twips.
pub(super) fn grid_width(width: Length, size: Length) -> Length {
    let (twips, size) = (width.twips(), size.twips().max(1));
    let count = ((twips + size / 2) / size).max(1);
    Length::milli_pt(twips / count * count * 50)
}

/// Returns the character spacing of justified text in twips, at which a whole number of characters fills a line as in
/// the printed pages: 28 of 16 pt in 156 mm are 15.79 pt apart.
pub(super) fn character_spacing(style: &ParagraphStyle, width: Length) -> i32 {
    let (size, width) = (style.size.in_milli_pt().max(1), width.in_milli_pt());
    let count = (width + size / 2) / size;
    if style.align != Align::Justify || count == 0 {
        return 0;
    }
    let spacing = width / count - size;
    // With a grid, LibreOffice narrows the column to whole characters of whole twips.
    if spacing.abs() * 1000 > size * 20 { 0 } else { spacing.div_euclid(50) - 1 }
}

pub(super) fn size(xml: &mut Xml, size: Length) {
    xml.val("w:sz", size.half_points());
    xml.val("w:szCs", size.half_points());
}

/// Returns the thickness of a rule in eighths of a point, Word's unit; at least a quarter of a point.
pub(super) fn rule_width(width: Length) -> i32 {
    ((width.in_milli_pt() * 8 + 500) / 1000).clamp(2, 96)
}

/// Writes one edge of a table or cell.
pub(super) fn border(xml: &mut Xml, side: &'static str, eighths: i32) {
    xml.element(side).attr("w:val", "single").attr("w:sz", eighths).attr("w:space", 0).attr("w:color", "auto");
}

/// Returns the blank above and below the text of a cell, in twips. Word adds the rule to the height of a row, in which
/// the printed pages include it.
pub(super) fn cell_margin(rows: RowStep, rule: Length) -> i32 {
    (rows.padding().twips() - rule.twips() / 2).max(0)
}
