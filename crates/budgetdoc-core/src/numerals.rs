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

/// Returns a profile's number format with the number of a table in it. `{sub}` stands for the number below it, -1, of a
/// table that belongs to the one before; without `{sub}` it is at the end.
pub fn table_label(format: &str, number: TableNumber) -> String {
    let below = if number.sub == 0 { String::new() } else { format!("-{}", number.sub) };
    let label = label(format, number.main);
    if label.contains("{sub}") { label.replace("{sub}", &below) } else { label + &below }
}

/// The number of a table: 表1, or 表1-2 of one that belongs to 表1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableNumber {
    /// Counts the tables of the document.
    pub main: usize,
    /// Counts those that belong to it; 0 for itself.
    pub sub: usize,
}

impl TableNumber {
    /// Returns the number after this one. The first of a document belongs to no other.
    pub fn next(self, belongs: bool) -> TableNumber {
        if belongs && self.main > 0 {
            TableNumber { sub: self.sub + 1, ..self }
        } else {
            TableNumber { main: self.main + 1, sub: 0 }
        }
    }
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
        let first = TableNumber::default().next(true);
        assert_eq!(table_label("表{n}", first), "表1");
        assert_eq!(table_label("表{n}", first.next(true).next(true)), "表1-2");
        assert_eq!(table_label("公开{nn}{sub}表", first.next(false)), "公开02表");
        assert_eq!(table_label("公开{nn}{sub}表", first.next(true)), "公开01-1表");
        assert_eq!([1, 12].map(|number| label("公开{nn}表", number)), ["公开01表", "公开12表"]);
    }
}
