//! Characters that stand in for ordinary ones: they look alike, or like nothing, and no face or search finds them.

use unicode_normalization::char::decompose_compatible;

/// What GB 18030-2000 put at U+E815 to U+E864 of the private use area, in that order, by the codes Unicode has for it now
/// (GB 18030-2022). Names typed on older systems have them.
const OLD_HANZI: &str = "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻";

/// Returns what a character should be: another, or nothing where it cannot be seen; none for an ordinary character.
pub(crate) fn ordinary_form(character: char) -> Option<Option<char>> {
    match character {
        // Most of a text: Hanzi and the marks set with them.
        '\u{3001}'..='\u{9fff}' => None,
        // Soft hyphens, joiners and marks of direction: left behind by web pages and word processors.
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => Some(None),
        '\u{e815}'..='\u{e864}' => OLD_HANZI.chars().nth(character as usize - 0xe815).map(Some),
        // Radicals and compatibility ideographs; a dozen of the latter are ordinary and decompose to themselves.
        '\u{2e9f}' | '\u{2ef3}' | '\u{2f00}'..='\u{2fd5}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => {
            let mut right = None;
            decompose_compatible(character, |part| right = Some(part));
            right.filter(|right| *right != character).map(Some)
        }
        _ => None,
    }
}

/// Returns whether nothing of a text can be seen.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|character| character.is_whitespace() || ordinary_form(character) == Some(None))
}

#[cfg(test)]
mod tests {
    use super::{is_blank, ordinary_form};

    #[test]
    fn stand_ins_have_their_ordinary_characters() {
        for (wrong, right) in
            [('\u{2f54}', '水'), ('\u{2fd5}', '龠'), ('\u{f9dc}', '隆'), ('\u{2f804}', '你'), ('\u{e863}', '䶮')]
        {
            assert_eq!(ordinary_form(wrong), Some(Some(right)), "{wrong:?}");
        }
        for invisible in ['\u{ad}', '\u{200b}', '\u{feff}', '\u{202e}'] {
            assert_eq!(ordinary_form(invisible), Some(None), "{invisible:?}");
        }
        // Each character has one ordinary form.
        let right = ('\0'..=char::MAX).filter_map(ordinary_form).flatten();
        assert_eq!(right.filter(|right| ordinary_form(*right).is_some()).count(), 0);
        for same in ['水', '䶮', '\u{fa0e}', 'a', '，', '\u{3000}', '⺮'] {
            assert_eq!(ordinary_form(same), None, "{same:?}");
        }
    }

    #[test]
    fn blanks_are_what_cannot_be_seen() {
        assert!(is_blank("") && is_blank(" \u{3000}\n") && is_blank("\u{200b}\u{ad}"));
        assert!(!is_blank("无"));
    }
}
