//! Names of sheets.

use std::collections::BTreeSet;

/// The most characters of a name, in units of UTF-16.
const LIMIT: usize = 31;

/// The names given so far, in small letters: a workbook takes `A` and `a` for one.
#[derive(Default)]
pub(crate) struct SheetNames {
    given: BTreeSet<String>,
}

impl SheetNames {
    /// Returns a name for the sheet of a table: its title without what a name may not hold, cut to the limit and numbered
    /// where it was given before.
    pub(crate) fn name(&mut self, title: &str) -> String {
        let allowed =
            |letter: &char| !matches!(letter, '[' | ']' | ':' | '*' | '?' | '/' | '\\') && !letter.is_control();
        let title: String = title.chars().filter(allowed).collect();
        let title = title.trim_matches(|letter: char| letter == '\'' || letter.is_whitespace());
        // Excel keeps the name History for itself.
        let title = if title.is_empty() || title.eq_ignore_ascii_case("history") { "表" } else { title };
        let names = (1..).map(|number| match number {
            1 => cut(title, LIMIT).to_owned(),
            _ => {
                let suffix = format!("（{number}）");
                cut(title, LIMIT - suffix.encode_utf16().count()).to_owned() + &suffix
            }
        });
        let free = names.into_iter().find(|name| !self.given.contains(&name.to_lowercase()));
        let name = free.unwrap_or_default();
        self.given.insert(name.to_lowercase());
        name
    }
}

/// Cuts `text` to at most `limit` units of UTF-16.
fn cut(text: &str, limit: usize) -> &str {
    let mut units = 0;
    for (index, letter) in text.char_indices() {
        units += letter.len_utf16();
        if units > limit {
            return text[..index].trim_end_matches('\'');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_allowed_and_different() {
        let mut names = SheetNames::default();
        assert_eq!(names.name("收支总表"), "收支总表");
        assert_eq!(names.name("收支总表"), "收支总表（2）");
        assert_eq!(names.name("一/二:[三]*?"), "一二三");
        assert_eq!(names.name("'表'"), "表");
        assert_eq!(names.name(""), "表（2）");
        assert_eq!(names.name("History"), "表（3）");
        let long = "预".repeat(40);
        assert_eq!(names.name(&long), "预".repeat(31));
        assert_eq!(names.name(&long), "预".repeat(28) + "（2）");
        assert_eq!(names.name(&"𠮷".repeat(20)), "𠮷".repeat(15));
    }
}
