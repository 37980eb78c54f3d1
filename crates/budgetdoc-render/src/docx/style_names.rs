//! Identifiers, names and outline levels of the styles in a Word file.

use budgetdoc_document::{Role, StyleName};

/// A thin paragraph that separates blocks or ends a section.
pub(super) const SPACER: &str = "Spacer";
/// A thin paragraph that starts a page before a table.
pub(super) const PAGE_START: &str = "PageStart";
/// What parts two tables that are printed as one: Word would merge them without a paragraph between them.
pub(super) const TABLE_JOINT: &str = "TableJoint";
/// The gap between two tables in the flow of text.
pub(super) const TABLE_GAP: &str = "TableGap";
/// The title of a table in the header of its later pages.
pub(super) const TABLE_CONTINUED: &str = "TableContinued";
/// Pictures, in lines as tall as they are.
pub(super) const FIGURE: &str = "Figure";
/// Short labels of rows, centred.
pub(super) const TABLE_LABEL: &str = "TableLabel";
/// Name of that style.
pub(super) const TABLE_LABEL_NAME: &str = "表格标签";
/// Running text in a cell.
pub(super) const TABLE_RUNNING: &str = "TableRunning";
/// Name of that style.
pub(super) const TABLE_RUNNING_NAME: &str = "表格段落";
/// The first note below a table, at a distance from its last rule.
pub(super) const FIRST_NOTE: &str = "TableNoteFirst";
/// Page numbers of even pages.
pub(super) const FOOTER_EVEN: &str = "FooterEven";
/// Entries of the third level of the table of contents.
pub(super) const CONTENTS3: &str = "TOC3";
/// Links of the table of contents.
pub(super) const HYPERLINK: &str = "Hyperlink";
/// The rules of all tables.
pub(super) const TABLE: &str = "BudgetTable";

/// Returns the identifier of a style of the document; that of Word's own style, where it has one of the same meaning.
pub(super) const fn id(name: StyleName) -> &'static str {
    match name {
        StyleName::CoverTitle => "Title",
        StyleName::CoverLine => "CoverLine",
        StyleName::ContentsTitle => "TOCHeading",
        StyleName::Contents1 => "TOC1",
        StyleName::Contents2 => "TOC2",
        StyleName::Heading1 => "Heading1",
        StyleName::Heading2 => "Heading2",
        StyleName::Heading3 => "Heading3",
        StyleName::Heading4 => "Heading4",
        StyleName::Body => "BodyText",
        StyleName::Note => "Note",
        StyleName::Signature => "Signature",
        StyleName::TableNumber => "TableNumber",
        StyleName::TableTitle => "TableTitle",
        StyleName::TableCaption => "TableCaption",
        StyleName::TableHead => "TableHead",
        StyleName::TableText => "TableText",
        StyleName::TableAmount => "TableAmount",
        StyleName::TableTotal => "TableTotal",
        StyleName::TableNote => "TableNote",
        StyleName::ChartCaption => "Caption",
        StyleName::PageNumber => "Footer",
    }
}

/// Returns the name shown to the user. Word translates the English names of its own styles.
pub(super) const fn display_name(name: StyleName) -> &'static str {
    match name {
        StyleName::CoverTitle => "Title",
        StyleName::CoverLine => "封面落款",
        StyleName::ContentsTitle => "TOC Heading",
        StyleName::Contents1 => "toc 1",
        StyleName::Contents2 => "toc 2",
        StyleName::Heading1 => "heading 1",
        StyleName::Heading2 => "heading 2",
        StyleName::Heading3 => "heading 3",
        StyleName::Heading4 => "heading 4",
        StyleName::Body => "Body Text",
        StyleName::Note => "附注",
        StyleName::Signature => "Signature",
        StyleName::TableNumber => "表号",
        StyleName::TableTitle => "表题",
        StyleName::TableCaption => "表头说明",
        StyleName::TableHead => "表格栏目",
        StyleName::TableText => "表格文字",
        StyleName::TableAmount => "表格数字",
        StyleName::TableTotal => "表格合计",
        StyleName::TableNote => "表注",
        StyleName::ChartCaption => "caption",
        StyleName::PageNumber => "footer",
    }
}

/// Returns the style of the next paragraph that the user types; none for the same style.
pub(super) const fn next_style(name: StyleName) -> Option<StyleName> {
    match name {
        StyleName::CoverTitle => Some(StyleName::CoverLine),
        StyleName::Heading1 | StyleName::Heading2 | StyleName::Heading3 | StyleName::Heading4 => Some(StyleName::Body),
        StyleName::TableNumber => Some(StyleName::TableTitle),
        StyleName::TableTitle => Some(StyleName::TableCaption),
        _ => None,
    }
}

/// Returns the outline level, which Word counts from zero.
pub(super) const fn outline_level(name: StyleName) -> Option<u8> {
    match name {
        StyleName::Heading1 => Some(0),
        StyleName::Heading2 => Some(1),
        StyleName::Heading3 => Some(2),
        StyleName::Heading4 => Some(3),
        // Titles of tables have none: the table of contents would list them, and their entries have another text.
        _ => None,
    }
}

/// Returns the character style of a role, for runs that leave their paragraph's face.
pub(super) const fn face_id(role: Role) -> &'static str {
    match role {
        Role::Title => "FaceTitle",
        Role::Heading => "FaceHeading",
        Role::Subheading => "FaceSubheading",
        Role::Body => "FaceBody",
        Role::Table => "FaceTable",
        Role::Latin => "FaceLatin",
    }
}

/// Returns the name of a role's character style shown to the user.
pub(super) const fn face_name(role: Role) -> &'static str {
    match role {
        Role::Title => "字体－标题",
        Role::Heading => "字体－黑体",
        Role::Subheading => "字体－楷体",
        Role::Body => "字体－正文",
        Role::Table => "字体－表格",
        Role::Latin => "字体－西文",
    }
}
