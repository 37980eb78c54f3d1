//! Where two texts differ first, for people to read.

use similar::TextDiff;

/// How many lines of a hunk are shown; one wrong line near the top can shift a whole file.
const SHOWN: usize = 40;

/// The line of `expected` (from one) where `actual` first differs, and the hunk around it; none if they are the same.
pub fn first(expected: &str, actual: &str) -> Option<(usize, String)> {
    if expected == actual {
        return None;
    }
    let same = expected.split_inclusive('\n').zip(actual.split_inclusive('\n')).take_while(|(one, other)| one == other);
    let line = same.count() + 1;
    let diff = TextDiff::from_lines(expected, actual);
    let hunk = diff.unified_diff().context_radius(3).iter_hunks().next().map(|hunk| hunk.to_string());
    let hunk = hunk.unwrap_or_default();
    let mut shown: Vec<String> = hunk.lines().take(SHOWN).map(|line| format!("    {line}")).collect();
    let more = hunk.lines().count().saturating_sub(SHOWN);
    if more > 0 {
        shown.push(format!("    … and {more} more lines"));
    }
    Some((line, shown.join("\n")))
}
