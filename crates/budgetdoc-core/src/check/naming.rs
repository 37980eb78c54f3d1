//! Projects named in running text.

use super::numbers::{Number, last_clause};
use crate::spec::Spec;

/// A name without the bracketed words at its end.
pub(super) fn bare(name: &str) -> &str {
    let name = name.trim();
    let cut = name.strip_suffix(['）', ')']).and_then(|inside| inside.rfind(['（', '(']));
    cut.map_or(name, |at| name[..at].trim_end())
}

/// The words right before a number, brackets at their end left out: of “其中：宣传经费（通用项目）23万元” 宣传经费.
pub(super) fn named<'a>(number: &Number<'a>) -> &'a str {
    last_clause(bare(number.before)).trim()
}

/// The project whose name ends right before the number; the longest name where several do.
pub(super) fn project_before(spec: &Spec, number: &Number) -> Option<usize> {
    let words = named(number);
    let names = spec.projects.iter().map(|project| bare(&project.name)).enumerate();
    let fits = names.filter(|(_, name)| name.chars().count() > 1 && words.ends_with(name));
    fits.max_by_key(|(_, name)| name.len()).map(|(index, _)| index)
}
