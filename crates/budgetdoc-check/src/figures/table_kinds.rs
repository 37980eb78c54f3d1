//! Tables, columns and pieces of the outline by kind. Every match names all kinds, so that a new one is placed here before
//! rules pass over it.

use budgetdoc_core::profile::{Balance, OutlineItem, Profile, TableContent, TableDef, Tabular};

/// Returns the rows and columns of a table that has them.
pub(crate) fn rows_of(table: &TableDef) -> Option<&Tabular> {
    match &table.content {
        TableContent::Rows(tabular) => Some(tabular),
        TableContent::Balance(_) | TableContent::Schedule(_) | TableContent::Performance(_) => None,
    }
}

/// Returns the sides of a balance.
pub(crate) fn balance_of(table: &TableDef) -> Option<&Balance> {
    match &table.content {
        TableContent::Balance(balance) => Some(balance),
        TableContent::Rows(_) | TableContent::Schedule(_) | TableContent::Performance(_) => None,
    }
}

/// Counts the parts of the outline.
pub(crate) fn parts_in_outline(profile: &Profile) -> usize {
    let is_part = |block: &&OutlineItem| match block {
        OutlineItem::Part(_) => true,
        OutlineItem::Group(_)
        | OutlineItem::Section(_)
        | OutlineItem::Subsection(_)
        | OutlineItem::Text(_)
        | OutlineItem::Lead(_)
        | OutlineItem::Signature(_)
        | OutlineItem::Table(_)
        | OutlineItem::Chart(_)
        | OutlineItem::Glossary
        | OutlineItem::When(_)
        | OutlineItem::Units(_) => false,
    };
    profile.outline.iter().filter(is_part).count()
}

/// Tells whether the outline has a list of terms.
pub(crate) fn explains_terms(profile: &Profile) -> bool {
    profile.outline.iter().any(|block| match block {
        OutlineItem::Glossary => true,
        OutlineItem::Group(_)
        | OutlineItem::Part(_)
        | OutlineItem::Section(_)
        | OutlineItem::Subsection(_)
        | OutlineItem::Text(_)
        | OutlineItem::Lead(_)
        | OutlineItem::Signature(_)
        | OutlineItem::Table(_)
        | OutlineItem::Chart(_)
        | OutlineItem::When(_)
        | OutlineItem::Units(_) => false,
    })
}
