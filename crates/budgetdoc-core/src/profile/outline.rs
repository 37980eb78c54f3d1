//! The outline of a document, and the pieces of some budgets only.

use serde::Serialize;

use super::ChartDef;
use crate::source::Located;
use crate::yaml::{choice, record};

choice! {
    /// A piece of the outline.
    #[derive(Clone, Debug, PartialEq, Eq)]
    #[schemars(rename = "Block")]
    pub enum OutlineItem {
        /// A group: its title, a template. Starts a new page.
        Group(Located<String>) = "group",
        /// A part: its title, a template.
        Part(Located<String>) = "part",
        /// A section: its title, a template.
        Section(Located<String>) = "section",
        /// A section within a section: its title, a template.
        Subsection(Located<String>) = "subsection",
        /// A text by its key.
        Text(Located<String>) = "text",
        /// Words in the heading's face that the next text begins with, a template: （一）收入预算。
        Lead(Located<String>) = "lead",
        /// Lines at the right, as of the body and the date, a template.
        Signature(Located<String>) = "signature",
        /// A table by its id.
        Table(Located<String>) = "table",
        /// A chart of figures.
        Chart(ChartDef) = "chart",
        /// The terms explained.
        Glossary = "glossary",
        /// Pieces of some budgets only.
        When(When) = "when",
        /// Pieces for each budget unit, with the figures of that unit.
        Units(Vec<OutlineItem>) = "units",
    }
}

impl OutlineItem {
    /// Returns the pieces of an outline in order, each `when` and `units` followed by those within it.
    pub fn all(outline: &[OutlineItem]) -> Vec<&OutlineItem> {
        let mut all = Vec::new();
        for block in outline {
            all.push(block);
            match block {
                OutlineItem::When(when) => {
                    all.extend(OutlineItem::all(&when.then));
                    all.extend(OutlineItem::all(&when.otherwise));
                }
                OutlineItem::Units(blocks) => all.extend(OutlineItem::all(blocks)),
                OutlineItem::Group(_)
                | OutlineItem::Part(_)
                | OutlineItem::Section(_)
                | OutlineItem::Subsection(_)
                | OutlineItem::Text(_)
                | OutlineItem::Lead(_)
                | OutlineItem::Signature(_)
                | OutlineItem::Table(_)
                | OutlineItem::Chart(_)
                | OutlineItem::Glossary => {}
            }
        }
        all
    }

    /// Returns the key of a text.
    pub fn text(&self) -> Option<&str> {
        if let OutlineItem::Text(key) = self { Some(key.as_str()) } else { None }
    }

    /// Returns the id of a table.
    pub fn table(&self) -> Option<&str> {
        if let OutlineItem::Table(id) = self { Some(id.as_str()) } else { None }
    }
}

record! {
    /// Pieces that depend on a figure.
    ///
    /// ```
    /// use budgetdoc_core::profile::{OutlineItem, When};
    /// let when = When {
    ///     any: vec!["government_fund".to_owned().into()],
    ///     then: vec![OutlineItem::Text("government_fund".to_owned().into())],
    ///     otherwise: Vec::new(),
    /// };
    /// assert_eq!(when.then.len(), 1);
    /// ```
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct When {
        /// Names of figures.
        pub any: Vec<Located<String>>,
        /// Pieces if one of them is not zero, this year or last.
        pub then: Vec<OutlineItem> = default,
        /// Pieces if all are zero.
        pub otherwise: Vec<OutlineItem> = default,
    }
}

record! {
    /// Levels of headings.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct Headings: Default {
        /// Groups.
        pub group: HeadingDef,
        /// Parts.
        pub part: HeadingDef,
        /// Sections.
        pub section: HeadingDef,
        /// Sections within sections; one level below sections by default.
        pub subsection: Option<HeadingDef>,
        /// Titles of tables.
        pub table: HeadingDef,
    }
}

impl Headings {
    /// Returns the heading of sections within sections.
    pub fn of_subsections(&self) -> HeadingDef {
        let level = (self.section.level + 1).min(4);
        self.subsection.unwrap_or(HeadingDef { level, new_page: false, contents: None })
    }
}

impl Default for Headings {
    fn default() -> Self {
        let heading = |level, new_page, contents| HeadingDef { level, new_page, contents };
        Headings {
            group: heading(1, true, Some(1)),
            part: heading(2, false, Some(2)),
            section: heading(3, false, None),
            subsection: None,
            table: heading(2, false, Some(2)),
        }
    }
}

record! {
    /// A heading's place in the document.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
    pub struct HeadingDef {
        /// Its level, 1 to 4, in the outline and for its style.
        pub level: u8 where 1..=4,
        /// Whether it starts a new page.
        pub new_page: bool = default,
        /// Its level in the table of contents, 1 to 3; none leaves it out.
        pub contents: Option<u8> where 1..=3 = default,
    }
}
