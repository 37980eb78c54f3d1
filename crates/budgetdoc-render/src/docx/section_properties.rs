//! `w:sectPr`: paper, margins, grid and page numbers of a section.

use budgetdoc_document::{Document, Length, Orientation, PageStyle, Sheet, StyleName};

use super::properties;
use super::sections::ContinuedTable;
use super::xml::Xml;

/// Footers of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Footers {
    /// None; the sections before have none either.
    None,
    /// Page numbers that begin here, at 1.
    Begin,
    /// Those of the section before.
    Inherit,
    /// Empty ones, after a section that had numbers.
    Blank,
}

/// Header of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Header<'a> {
    /// None; the sections before have none either.
    None,
    /// An empty one, after a section that had one.
    Blank,
    /// The title of a table, on its pages after the first.
    Continued(&'a ContinuedTable),
}

/// Relationship of the empty header.
pub(super) const HEADER_BLANK: &str = "rIdHeader";

/// Returns the relationship of the header of the table `target`.
pub(super) fn header_id(target: usize) -> String {
    format!("{HEADER_BLANK}{}", target + 1)
}

/// Relationship of the footer of odd (or all) pages.
pub(super) const FOOTER: &str = "rIdFooter1";
/// Relationship of the footer of even pages.
pub(super) const FOOTER_EVEN: &str = "rIdFooter2";
/// Relationship of the empty footer.
pub(super) const FOOTER_BLANK: &str = "rIdFooter3";

/// Returns the width of the portrait text block in twips: the paper less the margins as they are written.
pub(super) fn text_width(page: &PageStyle) -> i32 {
    page.width.twips() - page.margins.left.twips() - page.margins.right.twips()
}

/// Returns the width of the text block in `orientation`.
pub(super) fn column_width(page: &PageStyle, orientation: Orientation) -> Length {
    page.sheet(orientation).text_width()
}

/// Writes `w:sectPr`.
pub(super) fn write(
    xml: &mut Xml,
    document: &Document,
    orientation: Orientation,
    footers: Footers,
    header: Header<'_>,
) {
    let page = &document.page;
    let title = document.styles.get(StyleName::TableTitle);
    let caption = match header {
        Header::Continued(table) if table.has_caption => document.styles.get(StyleName::TableCaption).pitch,
        Header::Continued(_) | Header::Blank | Header::None => Length::ZERO,
    };
    xml.element("w:sectPr").children(|xml| {
        let header_id = match header {
            Header::None => None,
            Header::Blank => Some(HEADER_BLANK.to_owned()),
            Header::Continued(table) => Some(header_id(table.target)),
        };
        if let Some(id) = header_id {
            for kind in ["even", "default"] {
                xml.element("w:headerReference").attr("w:type", kind).attr("r:id", &id);
            }
        }
        let reference = |xml: &mut Xml, kind: &'static str, id: &'static str| {
            xml.element("w:footerReference").attr("w:type", kind).attr("r:id", id);
        };
        match footers {
            Footers::None | Footers::Inherit => {}
            Footers::Begin => {
                if page.number.outside {
                    reference(xml, "even", FOOTER_EVEN);
                }
                reference(xml, "default", FOOTER);
            }
            Footers::Blank => {
                reference(xml, "even", FOOTER_BLANK);
                reference(xml, "default", FOOTER_BLANK);
            }
        }
        if let Header::Continued(table) = header {
            let is_even = table.starts_even && page.number.outside;
            reference(xml, "first", if is_even { FOOTER_EVEN } else { FOOTER });
        }
        xml.val("w:type", "nextPage");
        let Sheet { width, height, margins } = page.sheet(orientation);
        let orient = match orientation {
            Orientation::Portrait => None,
            Orientation::Landscape | Orientation::Double => Some("landscape"),
        };
        xml.element("w:pgSz").attr("w:w", width.twips()).attr("w:h", height.twips()).attr_opt("w:orient", orient);
        xml.element("w:pgMar")
            .attr("w:top", margins.top.twips())
            .attr("w:right", margins.right.twips())
            .attr("w:bottom", margins.bottom.twips())
            .attr("w:left", margins.left.twips())
            // The title of a continued table, or its caption, ends where the text block begins.
            .attr("w:header", (margins.top - title.pitch - caption).max(Length::ZERO).twips())
            .attr("w:footer", footer_distance(document, margins.bottom).twips())
            .attr("w:gutter", 0);
        let start = (footers == Footers::Begin).then_some(1);
        xml.element("w:pgNumType").attr("w:fmt", "decimal").attr_opt("w:start", start);
        xml.element("w:cols").attr("w:space", 425);
        xml.flag("w:titlePg", matches!(header, Header::Continued(_)));
        // LibreOffice centres whole characters of a grid in the column, which would shift notes against their table.
        let has_text = orientation == Orientation::Portrait;
        xml.element("w:docGrid")
            .attr("w:type", if has_text { "linesAndChars" } else { "lines" })
            .attr("w:linePitch", properties::pitch(page.line_pitch()))
            .attr_opt("w:charSpace", has_text.then(|| char_space(document)));
    });
}

/// Returns the value of `w:charSpace`, the distance of two characters of the grid beyond the size of Normal in 4,096ths of
/// a point: a line of the text block holds as many as fit best, 28 on the page of GB/T 9704.
fn char_space(document: &Document) -> i64 {
    let (size, width) = (document.styles.get(StyleName::Body).size, document.page.text_width());
    let (size, width) = (i64::from(size.in_milli_pt()).max(1), i64::from(width.in_milli_pt()));
    let count = ((width + size / 2) / size).max(1);
    (width / count - size) * 4096 / 1000
}

/// Returns the distance from the lower edge of the paper to the footer, which puts the top of its dash at the page
/// style's distance below the text block. A dash's top is two fifths of its size above the baseline, and a fifth of an
/// exact pitch is below it.
fn footer_distance(document: &Document, bottom: Length) -> Length {
    let style = document.styles.get(StyleName::PageNumber);
    let distance = document.page.number.below + style.size.scale(40, 100) + style.pitch.scale(20, 100);
    (bottom - distance).max(Length::ZERO)
}
