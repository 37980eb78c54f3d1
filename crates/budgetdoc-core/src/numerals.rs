//! Numbers in Chinese, for parts, sections and tables.

/// Returns `number` in Chinese numerals: 一, 十, 十一, 二十三. Numbers from a hundred on are in digits.
pub fn chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match number {
        0..=9 => DIGITS[number].to_owned(),
        10..=99 => {
            let tens = if number < 20 { "" } else { DIGITS[number / 10] };
            let ones = if number.is_multiple_of(10) { "" } else { DIGITS[number % 10] };
            format!("{tens}十{ones}")
        }
        _ => number.to_string(),
    }
}

/// Returns a profile's number format with the number in it: `{cn}` in Chinese, `{n}` in digits,
/// `{nn}` in at least two.
pub fn label(format: &str, number: usize) -> String {
    let digits = format.replace("{nn}", &format!("{number:02}")).replace("{n}", &number.to_string());
    digits.replace("{cn}", &chinese(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_drop_the_one_of_ten() {
        let written: Vec<_> = [1, 10, 11, 20, 35, 99, 100].map(chinese).into();
        assert_eq!(written, ["一", "十", "十一", "二十", "三十五", "九十九", "100"]);
        assert_eq!(label("第{cn}部分　", 9), "第九部分　");
        assert_eq!(label("表 {n}", 11), "表 11");
        assert_eq!([1, 12].map(|number| label("公开{nn}表", number)), ["公开01表", "公开12表"]);
    }
}
