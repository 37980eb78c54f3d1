use serde::{Deserialize, Serialize};

use crate::document::Spacing;

/// How a place makes up its pages, where that differs from GB/T 9704-2012 or the standard leaves it open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PageDef {
    /// Whether every part begins a page. One directly below a group's title stays with it.
    pub part_on_new_page: bool,
    /// Whether no paragraph's first or last line stands alone on a page.
    pub widow_control: bool,
    /// Widths of marks and gaps.
    pub spacing: Spacing,
}

impl Default for PageDef {
    fn default() -> Self {
        PageDef { part_on_new_page: false, widow_control: true, spacing: Spacing::default() }
    }
}
