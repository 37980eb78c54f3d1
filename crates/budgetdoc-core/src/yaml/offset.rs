//! From a byte of a scalar's value back to the byte of the file that it was read from.

use super::{Content, Node, Style};

/// What YAML folds, indents and breaks lines with. All other characters stand in the file in the order of the value, so
/// counting them finds a character again whatever became of the space around it.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

impl Node {
    /// The byte of the file `text` where the byte `offset` of this scalar's value stands; none if this is no scalar.
    pub(crate) fn byte_of(&self, text: &str, offset: usize) -> Option<usize> {
        let Content::Scalar { text: value, style } = &self.content else { return None };
        let before = value.get(..offset)?;
        let solid = before.chars().filter(|character| !is_space(*character)).count();
        let source = text.get(self.range.clone())?;
        let mut solids = units(source, *style).filter(|(_, _, character)| !is_space(*character));
        let wants_space = value[offset..].chars().next().is_none_or(is_space);
        let byte = if wants_space && solid > 0 {
            // Space stands behind the last character before it, as far behind as in the value, but in the same line.
            let (at, length, _) = solids.nth(solid - 1)?;
            let run = before.len() - before.trim_end_matches(is_space).len();
            let line = source[at + length..].bytes().take_while(|byte| *byte != b'\n' && *byte != b'\r').count();
            at + length + run.min(line)
        } else {
            solids.nth(solid).map_or(source.len(), |(at, _, _)| at)
        };
        Some(self.range.start + byte)
    }
}

/// Every character of a value with the bytes of the source that are written for it: offset and length. Folded space is
/// given as it is written.
fn units(source: &str, style: Style) -> impl Iterator<Item = (usize, usize, char)> {
    let quoted = matches!(style, Style::SingleQuoted | Style::DoubleQuoted);
    let (mut at, end) = if quoted { (1, source.len().saturating_sub(1)) } else { (0, source.len()) };
    std::iter::from_fn(move || {
        let rest = source.get(at..end)?;
        let first = rest.chars().next()?;
        let (length, character) = match style {
            Style::SingleQuoted if rest.starts_with("''") => (2, '\''),
            Style::DoubleQuoted if first == '\\' => escape(rest),
            _ => (first.len_utf8(), first),
        };
        at += length;
        Some((at - length, length, character))
    })
}

/// The length of the escape that `rest` begins with, and the character it stands for.
fn escape(rest: &str) -> (usize, char) {
    let Some(sign) = rest.chars().nth(1) else { return (1, '\\') };
    let digits = match sign {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        'n' | 't' | 'r' | '\n' | '\r' => return (2, '\n'),
        other => return (1 + other.len_utf8(), other),
    };
    let code = |from: usize| u32::from_str_radix(rest.get(from..from + digits)?, 16).ok();
    match code(2) {
        // A character beyond the first plane may be written as two escapes.
        Some(0xD800..0xDC00) => (12.min(rest.len()), char::REPLACEMENT_CHARACTER),
        found => ((2 + digits).min(rest.len()), found.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{place_of, read};

    /// Where each of `words` of the value of `key` stands in the file.
    fn places(text: &str, words: &[&str]) -> Vec<(u32, u32)> {
        let tree = read(text);
        let root = tree.root.expect("a mapping");
        let (_, node) = root.entry("key").expect("the key");
        let value = node.scalar().expect("a scalar");
        let place = |word: &&str| {
            let offset = value.find(word).unwrap_or_else(|| panic!("{word:?} in {value:?}"));
            let place = node.byte_of(text, offset).and_then(|byte| place_of(text, byte)).expect("a place");
            (place.line, place.column)
        };
        words.iter().map(place).collect()
    }

    #[test]
    fn plain_texts_are_found_in_the_line_that_holds_them() {
        assert_eq!(places("key: 共{{ year }}年\n", &["共", "year", "年"]), [(1, 6), (1, 10), (1, 17)]);
        assert_eq!(
            places("a: 1\nkey: 一 二\n  三\n\n  四\n", &["二", " 三", "三", "\n四", "四"]),
            [(2, 8), (2, 9), (3, 3), (3, 4), (5, 3)]
        );
    }

    #[test]
    fn quotes_and_escapes_are_counted() {
        assert_eq!(places("key: 'it''s 好'\n", &["it", "'", "s", "好"]), [(1, 7), (1, 9), (1, 11), (1, 13)]);
        let text = "key: \"甲\\n乙\\u4e00\\x41丙\\\"丁 \\\n   戊\"\n";
        assert_eq!(
            places(text, &["甲", "乙", "一", "A", "丙", "\"", "丁", "戊"]),
            [(1, 7), (1, 10), (1, 11), (1, 17), (1, 21), (1, 22), (1, 24), (2, 4)]
        );
        assert_eq!(places("key: \"\\ud83d\\ude00笑\"\n", &["笑"]), [(1, 19)]);
    }

    #[test]
    fn block_texts_are_found_below_their_signs() {
        let literal = "key: |\n    一二。\n    收入{{ incom }}。\n\n      三\n";
        assert_eq!(places(literal, &["一", "收", "incom", "三"]), [(2, 5), (3, 5), (3, 10), (5, 7)]);
        let folded = "key: >-  # 折行\r\n  一 二\r\n  三\r\n\r\n  四\r\n";
        assert_eq!(places(folded, &["一", "二", "三", "四"]), [(2, 3), (2, 5), (3, 3), (5, 3)]);
        assert_eq!(places("key: &a !!str |2\n   一\n", &["一"]), [(2, 4)]);
    }

    #[test]
    fn the_end_and_what_is_beyond_it_are_no_panic() {
        let text = "key: '一'\n";
        let tree = read(text);
        let node = tree.root.as_ref().and_then(|root| root.entry("key")).map(|(_, node)| node).expect("the key");
        assert_eq!(node.byte_of(text, 3), Some("key: '一".len()));
        assert_eq!((node.byte_of(text, 1), node.byte_of(text, 9)), (None, None));
    }
}
