//! Words of sheets and forms, compared without what typists do differently.

/// Returns `text` with half-width letters and without blanks, so that （ and ( are the same.
pub(crate) fn plain(text: &str) -> String {
    let half = |letter: char| match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '“' | '”' | '‘' | '’' => '"',
        letter => letter,
    };
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{200b}').map(half).collect()
}

/// Returns `text` as [`plain`] has it, without years, the words for the body that publishes, and a number in front.
pub(crate) fn loose(text: &str) -> String {
    let mut words = without_number(&plain(text)).to_owned();
    for body in ["预算单位", "部门", "单位"] {
        words = words.replace(body, "");
    }
    without_years(&words)
}

/// Words of a head, with the forms they are compared in.
pub(crate) struct Words {
    /// As they are written.
    pub written: String,
    /// As [`plain`] has them.
    pub plain: String,
    /// As [`loose`] has them.
    pub loose: String,
}

impl Words {
    pub fn new(written: String) -> Words {
        Words { plain: plain(&written), loose: loose(&written), written }
    }
}

/// Removes years such as 2025年 and 2025年度.
fn without_years(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let digits = rest[start..].bytes().take_while(u8::is_ascii_digit).count();
        let behind = &rest[start + digits..];
        kept.push_str(&rest[..start]);
        match behind.strip_prefix("年度").or_else(|| behind.strip_prefix('年')).filter(|_| digits == 4) {
            Some(behind) => rest = behind,
            None => {
                kept.push_str(&rest[start..start + digits]);
                rest = behind;
            }
        }
    }
    kept + rest
}

/// Removes a number in front of a name: 一、 （一） 1. 01.
pub(crate) fn without_number(text: &str) -> &str {
    const NUMERALS: &str = "零〇一二三四五六七八九十百";
    let is_digit = |letter: char| letter.is_ascii_digit() || NUMERALS.contains(letter);
    let open = text.strip_prefix('(');
    let body = open.unwrap_or(text);
    let rest = body.trim_start_matches(is_digit);
    if rest.len() == body.len() {
        return text;
    }
    let marks = if open.is_some() { [')', ')', ')'] } else { ['、', '.', '．'] };
    rest.strip_prefix(marks).unwrap_or(text)
}

/// Returns the fiscal year that words name, such as 2025年部门预算.
pub(crate) fn year_in(text: &str) -> Option<u16> {
    let text = plain(text);
    let at = text.find('年')?;
    let start = at.checked_sub(4)?;
    text.get(start..at)?.parse().ok().filter(|year| (1980..=2107).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_the_same() {
        assert_eq!(plain("事业单位\n经营收入"), plain("事业单位经营收入"));
        assert_eq!(plain("因公出国(境)费"), plain("因公出国（境）费"));
        assert_eq!(loose("2025年部门财务收支预算总表"), loose("2026年度单位财务收支预算总表"));
        assert_eq!(loose("01 收支总表"), "01收支总表");
        assert_eq!(without_number("二十一、其他支出"), "其他支出");
        assert_eq!(without_number("(三)其他"), "其他");
        assert_eq!(without_number("1.事业收入"), "事业收入");
        assert_eq!(without_number("301"), "301");
        assert_eq!(year_in("上海市普陀区2026年区级部门预算"), Some(2026));
    }
}
