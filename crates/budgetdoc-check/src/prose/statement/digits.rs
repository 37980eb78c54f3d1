//! Numbers in digits, half-width and full-width.

use rust_decimal::Decimal;

/// Returns the value of a digit.
pub(crate) fn digit(character: char) -> Option<u8> {
    let offset = match character {
        '0'..='9' => '0',
        '０'..='９' => '０',
        _ => return None,
    };
    u8::try_from(u32::from(character) - u32::from(offset)).ok()
}

/// Returns how many bytes of digits, and of marks between them, a text begins with.
pub(super) fn arabic(text: &str) -> usize {
    let count = |text: &str| text.chars().take_while(|character| digit(*character).is_some()).count();
    let mut end = 0;
    for (at, character) in text.char_indices() {
        let rest = &text[at + character.len_utf8()..];
        let inside = match character {
            ',' => count(rest) > 0,
            // 1．2022年: the number of a list.
            '.' | '．' => {
                count(rest) > 0 && !(count(rest) == 4 && rest.trim_start_matches(is_digit).starts_with('年'))
            }
            // A full-width comma parts clauses, unless it parts thousands: 1，310.50.
            '，' => {
                let behind = rest.trim_start_matches(is_digit).chars().next();
                at <= 3 && count(rest) == 3 && behind.is_some_and(|behind| ". 万亿元，".contains(behind))
            }
            _ => is_digit(character),
        };
        if !inside {
            break;
        }
        end = at + character.len_utf8();
    }
    end
}

fn is_digit(character: char) -> bool {
    digit(character).is_some()
}

/// Returns the value of digits with the marks between them, with the decimals that are written.
pub(super) fn plain(digits: &str) -> Option<Decimal> {
    let mut text = String::with_capacity(digits.len());
    for character in digits.chars() {
        match (digit(character), character) {
            (Some(digit), _) => text.push(char::from(b'0' + digit)),
            (None, '.' | '．') => text.push('.'),
            _ => {}
        }
    }
    // 2.1.3 and the like are numbers of sections.
    Decimal::from_str_exact(&text).ok()
}
