//! Years with a digit too few, too many, or a letter for one: 202年度, 2O22年.

use super::YEARS;
use super::contradiction::{Contradicted, Contradiction};
use budgetdoc_core::lang::Bilingual;

/// Returns the digits before 年 that are meant as a year and are none.
pub(super) fn malformed(text: &str) -> Vec<Contradiction> {
    let is_digit = |character: char| character.is_ascii_digit() || "OoQIl".contains(character);
    let mut found = Vec::new();
    for (end, _) in text.match_indices('年') {
        let digits = &text[text[..end].trim_end_matches(is_digit).len()..end];
        let start = end - digits.len();
        let behind = &text[end + '年'.len_utf8()..];
        let letters = digits.chars().filter(char::is_ascii_alphabetic).count();
        let century = digits.starts_with("20") || digits.starts_with("19");
        // 建校200年 is a period; 202年度 and 202年部门预算 are years.
        let fiscal = || {
            ["度", "初", "末", "底", "部门", "单位", "预算", "决算", "本"].iter().any(|word| behind.starts_with(word))
        };
        let wrong = match (digits.len(), letters) {
            (4, 1 | 2) => true,
            (3, 0) => digits.starts_with("20") && fiscal(),
            (5, 0) => century && fiscal(),
            _ => false,
        };
        if wrong {
            let words = &text[start..end + '年'.len_utf8()];
            let message = Bilingual::new(format!("“{words}”不是年份"), format!("`{words}` is no year"));
            found.push(Contradiction {
                rule: YEARS,
                range: start..end + '年'.len_utf8(),
                of: Contradicted::Text,
                message,
            });
        }
    }
    found
}
