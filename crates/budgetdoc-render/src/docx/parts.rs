//! The parts around the text: types and relationships, settings, footers, properties.

use budgetdoc_document::{Date, Document, StyleName};

use super::body::{DirectFormat, paragraph};
use super::caption::caption;
use super::sections::{PlannedTable, Section};
use super::text::{write_field, write_in};
use super::xml::Xml;
use super::{NAMESPACES, R, W, chart, section_properties, style_names};
use crate::layout::SetBlock;

/// The style of odd footers.
pub(super) const PAGE_NUMBER: StyleName = StyleName::PageNumber;

const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
pub(super) const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/";

/// A header.
pub(super) struct HeaderPart<'a> {
    /// Its relationship.
    pub(super) id: String,
    /// The name of its file.
    pub(super) name: String,
    /// The target of the table whose title it has; none for an empty header.
    pub(super) target: Option<usize>,
    /// The table whose caption it has, as set.
    pub(super) captioned: Option<(&'a PlannedTable<'a>, &'a SetBlock)>,
}

/// Writes `[Content_Types].xml`.
pub(super) fn content_types(xml: &mut Xml, headers: &[HeaderPart<'_>], charts: usize) {
    xml.element("Types").attr("xmlns", format_args!("{PACKAGE}content-types")).children(|xml| {
        for (extension, kind) in
            [("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml")]
        {
            xml.element("Default").attr("Extension", extension).attr("ContentType", kind);
        }
        if charts > 0 {
            let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            xml.element("Default").attr("Extension", "xlsx").attr("ContentType", kind);
        }
        let mut part = |name: &str, kind: String| {
            xml.element("Override").attr("PartName", name).attr("ContentType", kind);
        };
        for (name, kind) in [
            ("document", "document.main"),
            ("styles", "styles"),
            ("settings", "settings"),
            ("fontTable", "fontTable"),
            ("footer1", "footer"),
            ("footer2", "footer"),
            ("footer3", "footer"),
        ] {
            part(&format!("/word/{name}.xml"), format!("{TYPE}{kind}+xml"));
        }
        for header in headers {
            part(&format!("/word/{}", header.name), format!("{TYPE}header+xml"));
        }
        for number in 1..=charts {
            let kind = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
            part(&format!("/word/charts/chart{number}.xml"), kind.to_owned());
        }
        part("/word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml".to_owned());
        part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml".to_owned());
        for (name, kind) in [("app", "extended"), ("custom", "custom")] {
            let kind = format!("application/vnd.openxmlformats-officedocument.{kind}-properties+xml");
            part(&format!("/docProps/{name}.xml"), kind);
        }
    });
}

/// Writes relationships: identifier, kind and target of each.
pub(super) fn relationships<'r>(xml: &mut Xml, list: impl IntoIterator<Item = (&'r str, String, &'r str)>) {
    xml.element("Relationships").attr("xmlns", format_args!("{PACKAGE}relationships")).children(|xml| {
        for (id, kind, target) in list {
            xml.element("Relationship").attr("Id", id).attr("Type", kind).attr("Target", target);
        }
    });
}

/// Writes `_rels/.rels`.
pub(super) fn package_relationships(xml: &mut Xml) {
    relationships(
        xml,
        [
            ("rId1", format!("{R}/officeDocument"), "word/document.xml"),
            ("rId2", format!("{PACKAGE}relationships/metadata/core-properties"), "docProps/core.xml"),
            ("rId3", format!("{R}/extended-properties"), "docProps/app.xml"),
            ("rId4", format!("{R}/custom-properties"), "docProps/custom.xml"),
        ],
    )
}

/// Writes `word/_rels/document.xml.rels`.
pub(super) fn document_relationships(xml: &mut Xml, headers: &[HeaderPart<'_>], charts: usize) {
    let charts: Vec<(String, String)> =
        (1..=charts).map(|number| (chart::relationship(number), format!("charts/chart{number}.xml"))).collect();
    let charts = charts.iter().map(|(id, target)| (id.as_str(), format!("{R}/chart"), target.as_str()));
    let headers = headers.iter().map(|header| (header.id.as_str(), format!("{R}/header"), header.name.as_str()));
    relationships(
        xml,
        [
            ("rId1", format!("{R}/styles"), "styles.xml"),
            ("rId2", format!("{R}/settings"), "settings.xml"),
            ("rId3", format!("{R}/fontTable"), "fontTable.xml"),
            ("rId4", format!("{R}/theme"), "theme/theme1.xml"),
            (section_properties::FOOTER, format!("{R}/footer"), "footer1.xml"),
            (section_properties::FOOTER_EVEN, format!("{R}/footer"), "footer2.xml"),
            (section_properties::FOOTER_BLANK, format!("{R}/footer"), "footer3.xml"),
        ]
        .into_iter()
        .chain(headers)
        .chain(charts),
    )
}

/// Marks that may not end a line, at the level of GB (clreq 3.1.3).
const NOT_AT_END: &str = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥";
/// Marks that may not begin a line.
const NOT_AT_START: &str =
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠";

/// Writes `word/settings.xml`. Fields are not updated on opening: they are up to date, and Word would ask the user.
pub(super) fn settings(xml: &mut Xml, document: &Document) {
    xml.element("w:settings").attr("xmlns:w", W).children(|xml| {
        xml.element("w:zoom").attr("w:percent", 100);
        xml.val("w:defaultTabStop", 420);
        xml.flag("w:evenAndOddHeaders", document.page.number.outside);
        xml.val("w:characterSpacingControl", "compressPunctuation");
        for (name, marks) in [("w:noLineBreaksAfter", NOT_AT_END), ("w:noLineBreaksBefore", NOT_AT_START)] {
            xml.element(name).attr("w:lang", "zh-CN").attr("w:val", marks);
        }
        xml.element("w:compat").children(|xml| {
            for name in ["w:spaceForUL", "w:ulTrailSpace", "w:doNotExpandShiftReturn", "w:useFELayout"] {
                xml.flag(name, true);
            }
            for (name, value) in [
                ("compatibilityMode", 15),
                ("overrideTableStyleFontSizeAndJustification", 1),
                ("enableOpenTypeFeatures", 1),
                ("doNotFlipMirrorIndents", 1),
                ("differentiateMultirowTableHeaders", 1),
                ("useWord2013TrackBottomHyphenation", 0),
            ] {
                xml.element("w:compatSetting")
                    .attr("w:name", name)
                    .attr("w:uri", "http://schemas.microsoft.com/office/word")
                    .attr("w:val", value);
            }
        });
        xml.element("w:themeFontLang").attr("w:val", "en-US").attr("w:eastAsia", "zh-CN");
        xml.element("w:clrSchemeMapping")
            .attr("w:bg1", "light1")
            .attr("w:t1", "dark1")
            .attr("w:bg2", "light2")
            .attr("w:t2", "dark2")
            .attr("w:accent1", "accent1")
            .attr("w:accent2", "accent2")
            .attr("w:accent3", "accent3")
            .attr("w:accent4", "accent4")
            .attr("w:accent5", "accent5")
            .attr("w:accent6", "accent6")
            .attr("w:hyperlink", "hyperlink")
            .attr("w:followedHyperlink", "followedHyperlink");
        xml.val("w:decimalSymbol", ".");
        xml.val("w:listSeparator", ",");
    });
}

/// Returns the headers of the tables that go over several pages, and an empty one for the sections behind them.
pub(super) fn headers<'a>(sections: &'a [Section<'a>]) -> Vec<HeaderPart<'a>> {
    let tables = sections.iter().filter_map(|section| Some((section.continued.as_ref()?, section.captioned())));
    let mut headers: Vec<HeaderPart<'_>> = (1..)
        .zip(tables)
        .map(|(number, (table, captioned))| HeaderPart {
            id: section_properties::header_id(table.target),
            name: format!("header{number}.xml"),
            target: Some(table.target),
            captioned,
        })
        .collect();
    if !headers.is_empty() {
        let (id, name) = (section_properties::HEADER_BLANK.to_owned(), format!("header{}.xml", headers.len() + 1));
        headers.push(HeaderPart { id, name, target: None, captioned: None });
    }
    headers
}

/// Writes the header of the later pages of a table, which has its title and perhaps its caption, or an empty header.
pub(super) fn header(xml: &mut Xml, document: &Document, part: &HeaderPart<'_>, title: Option<(&str, String)>) {
    let style = if title.is_some() { style_names::TABLE_CONTINUED } else { style_names::SPACER };
    page_edge(xml, "w:hdr", |xml| {
        paragraph(xml, style, DirectFormat::default(), |xml| {
            if let Some(title) = title {
                continued_title(xml, document, title);
            }
        });
        if let Some((planned, set)) = part.captioned
            && let Some((left, right)) = &planned.table.caption
        {
            caption(xml, document, set, (left, right), planned.width());
        }
    });
}

/// Writes the title of a table that goes on: its words, which Word finds by their style, and the mark of later pages.
pub(super) fn continued_title(xml: &mut Xml, document: &Document, (words, style): (&str, String)) {
    let role = document.styles.get(StyleName::TableTitle).role;
    write_field(xml, &format!("STYLEREF \"{style}\""), words, role);
    write_in(xml, document.page.continued.as_deref().unwrap_or_default(), role, None);
}

fn page_edge(xml: &mut Xml, root: &'static str, write: impl FnOnce(&mut Xml)) {
    let mut root = xml.element(root);
    for (prefix, address) in NAMESPACES {
        root = root.attr(prefix, address);
    }
    root.children(write);
}

/// Writes a footer: the page number with its dashes, or nothing.
pub(super) fn footer(xml: &mut Xml, document: &Document, style: &'static str, numbered: bool) {
    page_edge(xml, "w:ftr", |xml| {
        paragraph(xml, style, DirectFormat::default(), |xml| {
            if numbered {
                let (before, after) = &document.page.number.around;
                let role = document.styles.get(PAGE_NUMBER).role;
                write_in(xml, before, role, None);
                write_field(xml, "PAGE", "1", role);
                write_in(xml, after, role, None);
            }
        });
    });
}

/// Writes `docProps/core.xml`.
pub(super) fn core(xml: &mut Xml, document: &Document) {
    let info = &document.info;
    xml.element("cp:coreProperties")
        .attr("xmlns:cp", format_args!("{PACKAGE}metadata/core-properties"))
        .attr("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .attr("xmlns:dcterms", "http://purl.org/dc/terms/")
        .attr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .children(|xml| {
            xml.element("dc:title").text(&info.title);
            if !info.subject.is_empty() {
                xml.element("dc:subject").text(&info.subject);
            }
            xml.element("dc:creator").text(&info.author);
            if !info.keywords.is_empty() {
                xml.element("cp:keywords").text(&info.keywords.join(", "));
            }
            xml.element("cp:lastModifiedBy").text(&info.author);
            for name in ["dcterms:created", "dcterms:modified"] {
                let Date { year, month, day } = info.date;
                let midnight = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
                xml.element(name).attr("xsi:type", "dcterms:W3CDTF").text(&midnight);
            }
            xml.element("dc:language").text("zh-CN");
        });
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/";

/// Writes `docProps/app.xml`.
pub(super) fn app(xml: &mut Xml, document: &Document) {
    xml.element("Properties").attr("xmlns", format_args!("{OFFICE}extended-properties")).children(|xml| {
        if !document.info.author.is_empty() {
            xml.element("Company").text(&document.info.author);
        }
        xml.element("Application").text("budgetdoc");
    });
}

/// Writes `docProps/custom.xml`: the version of this program, and the fingerprint of the spec.
pub(super) fn custom(xml: &mut Xml, document: &Document) {
    xml.element("Properties")
        .attr("xmlns", format_args!("{OFFICE}custom-properties"))
        .attr("xmlns:vt", format_args!("{OFFICE}docPropsVTypes"))
        .children(|xml| {
            let version = ("budgetdoc", env!("CARGO_PKG_VERSION"));
            let source = document.info.source.as_deref().map(|source| ("budgetdoc-source", source));
            // Identifiers below 2 are the format's own.
            for (id, (name, value)) in (2..).zip(std::iter::once(version).chain(source)) {
                xml.element("property")
                    .attr("fmtid", "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}")
                    .attr("pid", id)
                    .attr("name", name)
                    .children(|xml| xml.element("vt:lpwstr").text(value));
            }
        });
}
