//! Finds the characters of a value in the file it was read from.

use budgetdoc_document::Place;

/// A text with the bytes at which its lines begin.
pub(crate) struct LineStarts<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

/// Consecutive characters of a value on one line of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PlacedRun {
    /// First byte in the value.
    pub offset: usize,
    /// The place of its first character.
    pub place: Place,
}

impl<'a> LineStarts<'a> {
    pub fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        LineStarts { text, starts }
    }

    /// Finds a value that is written verbatim, behind `start` if that is known.
    pub fn find(&self, value: &str, start: Option<Place>) -> Option<Place> {
        let from = start.map_or(Some(0), |start| self.byte_of(start))?;
        let found = self.text[from..].find(value.lines().next()?)?;
        Some(self.place_of(from + found))
    }

    /// Returns the runs of a value that begins at `start`, as far as they are found. Its lines may be indented or
    /// folded, its characters quoted.
    pub fn runs(&self, start: Place, value: &str) -> Vec<PlacedRun> {
        let Some(mut at) = self.byte_of(start) else { return Vec::new() };
        let indent = start.column.saturating_sub(1) as usize;
        let mut written = self.text[at..].chars();
        // A value may begin with an unpaired quotation mark.
        let quote = written.next().filter(|mark| matches!(mark, '"' | '\''));
        let quote = quote.filter(|mark| !value.starts_with(*mark) || written.as_str().starts_with(['\\', '\'']));
        at += usize::from(quote.is_some());
        let mut runs: Vec<PlacedRun> = Vec::new();
        // Place of the next character if it belongs to the last run.
        let mut next = None;
        let mut offset = 0;
        while let Some(character) = value[offset..].chars().next() {
            let Some((found, length)) = self.follow(&mut at, character, quote) else { break };
            if next != Some(found) {
                runs.push(PlacedRun { offset, place: self.place_of(found) });
            }
            at = found + length;
            offset += character.len_utf8();
            next = (length == character.len_utf8()).then_some(at);
            if self.text.get(found..at).is_some_and(|written| written.ends_with('\n')) {
                let line = &self.text[at..];
                at += line.len().min(indent) - line.bytes().take(indent).skip_while(|byte| *byte == b' ').count();
                next = None;
            } else if next.is_some() {
                // Most of a value is written as it is.
                let same = same_start(&value[offset..], &self.text[at..]);
                (offset, at) = (offset + same, at + same);
                next = Some(at);
            }
        }
        runs
    }

    /// Finds a character of a value at `at` or behind white space; returns its byte and its length as written.
    fn follow(&self, at: &mut usize, character: char, quote: Option<char>) -> Option<(usize, usize)> {
        loop {
            let rest = self.text.get(*at..)?;
            let written = rest.chars().next()?;
            if written == '\\' && quote == Some('"') {
                match escape(rest) {
                    (Some(decoded), length) => return (decoded == character).then_some((*at, length)),
                    // A line that is continued.
                    (None, length) => *at += length,
                }
            } else if written == character {
                return Some((*at, if quote == Some('\'') && rest.starts_with("''") { 2 } else { written.len_utf8() }));
            } else if written == '\n' && character == ' ' {
                return Some((*at, 1));
            } else if written.is_whitespace() {
                *at += written.len_utf8();
            } else {
                return None;
            }
        }
    }

    pub fn byte_of(&self, place: Place) -> Option<usize> {
        let start = *self.starts.get((place.line as usize).checked_sub(1)?)?;
        let line = self.text[start..].split('\n').next()?;
        let column = (place.column as usize).saturating_sub(1);
        Some(start + line.char_indices().nth(column).map_or(line.len(), |(at, _)| at))
    }

    fn place_of(&self, byte: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= byte);
        let column = self.text[self.starts[line - 1]..byte].chars().count() + 1;
        let number = |count| u32::try_from(count).unwrap_or(u32::MAX);
        Place { line: number(line), column: number(column) }
    }
}

/// Returns how many bytes a value and a piece of the file have in common from their starts, up to what a line break or a
/// quotation mark may have another meaning for.
fn same_start(value: &str, written: &str) -> usize {
    let is_same = |(byte, other): &(u8, u8)| byte == other && !matches!(byte, b'\n' | b'\\' | b'\'');
    value.floor_char_boundary(value.bytes().zip(written.bytes()).take_while(is_same).count())
}

/// Returns the place of the byte `offset` of the value `runs` are of; none where it could not be followed so far.
pub(crate) fn place_at(runs: &[PlacedRun], value: &str, offset: usize) -> Option<Place> {
    let run = runs[..runs.partition_point(|run| run.offset <= offset)].last()?;
    let columns = value.get(run.offset..offset)?.chars().count();
    Some(Place { column: run.place.column + u32::try_from(columns).ok()?, ..run.place })
}

/// Returns the character of an escape in a double-quoted text and the length of the escape; nothing for the end of a line.
fn escape(text: &str) -> (Option<char>, usize) {
    let code = |digits: usize| {
        let code = text.get(2..2 + digits).and_then(|code| u32::from_str_radix(code, 16).ok());
        (Some(code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)), 2 + digits)
    };
    match text[1..].chars().next() {
        Some('\n') | None => (None, text.len().min(2)),
        Some('n') => (Some('\n'), 2),
        Some('t') => (Some('\t'), 2),
        Some('x') => code(2),
        Some('u') => code(4),
        Some('U') => code(8),
        Some(other) => (Some(other), 1 + other.len_utf8()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each character of the value of `k` that is no white space is at its place.
    #[track_caller]
    fn follows(yaml: &str) {
        let spec: crate::ordered::Ordered<crate::source::Located<String>> =
            crate::yaml::from_yaml(yaml, crate::error::File::Spec).expect("it is YAML");
        let value = spec.get("k").expect("the key");
        let lines = LineStarts::new(yaml);
        let runs = lines.runs(value.place.expect("it was read"), &value.value);
        for (offset, character) in value.value.char_indices().filter(|(_, character)| !character.is_whitespace()) {
            let place = place_at(&runs, &value.value, offset).unwrap_or_else(|| panic!("{yaml:?}: {offset} is lost"));
            let line = yaml.lines().nth(place.line as usize - 1).unwrap_or_default();
            let written = line.chars().nth(place.column as usize - 1);
            let escaped = written == Some('\\');
            assert!(written == Some(character) || escaped, "{yaml:?}: {character} is not at {place:?}");
        }
    }

    #[test]
    fn every_way_to_write_a_value_is_followed() {
        for yaml in [
            "k: 甲乙丙",
            "k: 甲乙\n  丙丁\n\n  戊",
            "k: '甲''乙'",
            "k: \"甲\\\"乙\\u4e00丙\\n丁\"",
            "k: \"甲 \\\n  乙\n  丙\"",
            "k: |\n  甲乙\n    丙\n\n  丁\n",
            "k: >-\n  甲乙\n  丙\n\n  丁\n",
            "k: |\n  \"甲\"乙\n",
            "a: 1\nk:   |2\n   甲\n  乙\n",
            "{ a: 1, k: 甲乙, b: 2 }",
            "k: '\"甲\"乙'",
            "k: &x 甲乙",
        ] {
            follows(yaml);
        }
    }
}
