//! Words of heads and labels common to all forms.

/// Endings of the names of sums.
const TOTALS: [&str; 6] = ["合计", "小计", "总计", "共计", "总额", "总和"];
/// Beginnings of the names of parts that may not add up to the whole.
const INCLUDED: &str = "其中";
/// Names of changes from one year to the next.
const CHANGES: [&str; 5] = ["增减", "变动", "变化", "增加", "增长"];
/// Words of a comparison without a change.
const UNCHANGED: [&str; 7] = ["持平", "增减", "变化", "变动", "不变", "一致", "相同"];
/// Names of rows that eliminate amounts counted twice.
const ELIMINATIONS: [&str; 2] = ["抵销", "抵消"];
/// Names of outcomes.
const OUTCOME: &str = "执行";
/// Heads of the share of a table's total, without marks.
const SHARES: [&str; 9] =
    ["占总计", "占合计", "占总额", "占比", "比重", "所占比例", "所占比重", "占总支出", "占支出总计"];
/// Names of figures that are never added up.
const NO_PARTS: [&str; 5] = ["单价", "人均", "比例", "比率", "序号"];
/// Names of columns that are no parts of a row: money counted another way, or of another year.
const BESIDE: [&str; 4] = ["采购", OUTCOME, "备注", "说明"];

/// A way to divide money. All parts of a sum are of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Division {
    /// By kind of expenditure: 基本支出, 项目支出, 人员经费 …
    Kind,
    /// By fund.
    Fund,
    /// “三公”经费, 会议费, 培训费.
    Expense,
}

const DIVISIONS: [(Division, &[&str]); 3] = [
    (
        Division::Expense,
        &["三公", "因公出国", "公务接待", "公务用车", "购置费", "运行费", "运行维护费", "会议费", "培训费"],
    ),
    (
        Division::Kind,
        &[
            "基本支出",
            "项目支出",
            "上缴上级",
            "经营支出",
            "附属单位补助",
            "预留",
            "机动",
            "结转下年",
            "人员经费",
            "公用经费",
            "人员支出",
            "公用支出",
            "工资福利",
            "商品和服务",
            "对个人和家庭",
            "资本性支出",
            "对事业单位",
            "对企业",
            "对社会保障基金",
            "债务利息",
            "其他支出",
        ],
    ),
    (
        Division::Fund,
        &[
            "公共预算",
            "政府性基金",
            "国有资本经营",
            "财政专户",
            "单位资金",
            "财政拨款",
            "预算拨款",
            "事业收入",
            "经营收入",
            "上级补助",
            "上缴收入",
            "其他收入",
            "其他资金",
            "专项收入",
            "结转",
            "结余",
        ],
    ),
];

/// Names of wholes and of their parts. In one row, the parts are counted in the whole.
const WITHIN: [(&[&str], &[&str]); 5] = [
    (&["基本支出"], &["人员", "公用", "工资福利", "商品和服务", "对个人和家庭"]),
    (&["财政拨款", "政府预算拨款"], &["公共预算", "政府性基金", "国有资本"]),
    (&["单位资金", "其他资金"], &["事业收入", "经营收入", "上级补助", "上缴收入", "其他收入"]),
    (&["三公"], &["因公出国", "公务接待", "公务用车"]),
    (&["购置及运行", "购置和运行"], &["购置费", "运行费", "运行维护费"]),
];

/// Names of wholes and all of their parts.
const WHOLE_PARTS: [(&str, &[&[&str]]); 4] = [
    ("基本支出", &[&["人员经费", "人员支出"], &["公用经费", "公用支出"]]),
    ("购置及运行", &[&["购置费"], &["运行费", "运行维护费"]]),
    ("三公", &[&["因公出国"], &["公务用车"], &["公务接待"]]),
    ("采购", &[&["货物"], &["工程"], &["服务"]]),
];

fn contains_any(words: &str, list: &[&str]) -> bool {
    list.iter().any(|word| words.contains(word))
}

/// Returns whether a head or label names a sum.
pub(super) fn is_total(words: &str) -> bool {
    TOTALS.iter().any(|total| words.ends_with(total))
}

/// Returns whether it names a part only (其中).
pub(super) fn is_included(words: &str) -> bool {
    words.starts_with(INCLUDED)
}

/// Returns the name of a part without the words that make it one.
pub(super) fn without_included(words: &str) -> &str {
    words.strip_prefix(INCLUDED).map_or(words, |rest| rest.trim_start_matches(['：', ':']))
}

/// Returns whether the title of a table names one part of basic expenditure, so that its total is not the whole.
pub(super) fn is_of_part_of_basic(title: &str) -> bool {
    let personnel = contains_any(title, &["人员经费", "人员支出", "工资福利", "对个人和家庭"]);
    let operating = contains_any(title, &["公用经费", "公用支出", "商品和服务"]);
    personnel != operating
}

/// Returns whether words name a fund.
pub(super) fn names_fund(words: &str) -> bool {
    DIVISIONS.iter().any(|(division, list)| *division == Division::Fund && contains_any(words, list))
}

/// Returns whether two parts make up a whole, though each is named as included in it: 财政拨款 and 其他资金, the rest.
pub(super) fn are_part_and_rest(names: &[&str]) -> bool {
    let mut names: Vec<&str> = names.iter().map(|name| without_included(name)).collect();
    names.sort_unstable();
    names == ["其他资金", "财政拨款"]
}

/// Returns whether it names a balance carried over from or to another year.
pub(super) fn is_carried(words: &str) -> bool {
    // Most of the many labels have no such character.
    words.contains('结') && contains_any(words, &["结转", "结余"])
}

/// Returns whether it names a change from one year to the next.
pub(super) fn is_change(words: &str) -> bool {
    contains_any(words, &CHANGES)
}

/// Returns whether words of a comparison say that nothing has changed.
pub(super) fn is_unchanged(words: &str) -> bool {
    contains_any(words, &UNCHANGED)
}

/// Returns whether words of a comparison say that there was nothing before.
pub(super) fn is_none(words: &str) -> bool {
    contains_any(words, &["没有", "无", "未"])
        && contains_any(words, &["预算", "安排", "支出"])
        && !words.contains("可比")
}

/// Returns whether a character of a verb says that an amount rises (true) or falls.
pub(super) fn rises(character: char) -> Option<bool> {
    match character {
        '增' | '升' | '涨' | '多' => Some(true),
        '减' | '降' | '少' => Some(false),
        _ => None,
    }
}

/// Returns whether it names a percentage.
pub(super) fn is_percentage(words: &str) -> bool {
    contains_any(words, &["%", "％", "百分", "率", "幅度"])
}

/// Returns whether it names an elimination of amounts counted twice.
pub(super) fn is_elimination(words: &str) -> bool {
    words.contains('抵') && contains_any(words, &ELIMINATIONS)
}

/// Returns whether it names an outcome.
pub(super) fn is_outcome(words: &str) -> bool {
    words.contains(OUTCOME)
}

/// Returns whether it is the head of shares of the table's total.
pub(super) fn is_share(words: &str) -> bool {
    // Most of the many heads have no such character.
    words.contains(['占', '比']) && {
        let plain: String = words.chars().filter(|char| !"（）()%％".contains(*char)).collect();
        SHARES.contains(&plain.as_str())
    }
}

/// Returns whether figures below a head are added up.
pub(super) fn is_added_up(words: &str) -> bool {
    !contains_any(words, &NO_PARTS) && !is_change(words)
}

/// Returns whether a column is none of the parts of a row.
pub(super) fn is_beside(words: &str) -> bool {
    contains_any(words, &BESIDE) || is_share(words) || !is_added_up(words)
}

/// Returns the division of a part of this name; none for an unknown name.
pub(super) fn division(words: &str) -> Option<Division> {
    DIVISIONS.iter().find(|(_, list)| contains_any(words, list)).map(|(division, _)| *division)
}

/// Returns whether one of the names is of a part of another.
pub(super) fn overlap(names: &[&str]) -> bool {
    // 使用非财政拨款结余 is no part of 财政拨款.
    let names: Vec<String> = names.iter().map(|name| name.replace("非财政拨款", "")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    WITHIN.iter().any(|(wholes, parts)| {
        let is_whole = |name: &str| {
            wholes.iter().any(|whole| name.contains(whole) && !contains_any(&name.replace(whole, ""), parts))
        };
        let is_part = |name: &str| !is_whole(name) && contains_any(name, parts);
        names.iter().any(|name| is_whole(name)) && names.iter().any(|name| is_part(name))
    })
}

/// Returns the year a head or label names: `2021年`; 上年 and 本年 are the years 0 and 1.
pub(super) fn year(words: &str) -> Option<u16> {
    // Most of the many labels have no such character.
    if !words.contains('年') {
        return None;
    }
    let characters: Vec<char> = words.chars().collect();
    let named = characters.windows(5).find(|window| window[4] == '年' && window[..4].iter().all(char::is_ascii_digit));
    if let Some(window) = named {
        return window[..4].iter().collect::<String>().parse().ok();
    }
    // 上年结转 is a fund, 本年收入 an account.
    let carried = ["上年结转", "上年结余", "结转上年"].iter().any(|word| words.contains(word));
    match () {
        () if carried => None,
        () if words.starts_with("上年") => Some(0),
        () if ["本年", "本年数", "本年预算", "本年预算数"].contains(&words) => Some(1),
        () => None,
    }
}

/// Returns whether a row is of a year, or of the change between two, and no part of a sum.
pub(super) fn is_of_years(label: &str) -> bool {
    let is_change = CHANGES.iter().any(|change| label.starts_with(change)) || label.starts_with("比上年");
    is_change || year_of_row(label).is_some()
}

/// Returns the year of a row whose label names nothing else: names of projects contain years.
pub(super) fn year_of_row(label: &str) -> Option<u16> {
    let (_, rest) = label.split_once('年')?;
    let kinds = ["", "数", "预算", "预算数", "执行", "执行数", "年初预算", "年初预算数", "决算数"];
    kinds.contains(&rest).then(|| year(label)).flatten()
}

/// Returns the level of the number of a list's item (一、, （一）, 1., （1）) and the words behind it; none without a number.
pub(super) fn list_number(words: &str) -> Option<(u8, &str)> {
    const CHINESE: &str = "一二三四五六七八九十";
    let (opened, rest) = match words.strip_prefix(['（', '(']) {
        Some(rest) => (true, rest),
        None => (false, words),
    };
    let end = |digits: &dyn Fn(char) -> bool| rest.find(|char| !digits(char)).filter(|end| *end > 0);
    let chinese = end(&|char| CHINESE.contains(char));
    let (level, end) = match chinese {
        Some(end) => (0, end),
        None => (2, end(&|char: char| char.is_ascii_digit())?),
    };
    let behind = &rest[end..];
    let behind = match opened {
        true => behind.strip_prefix(['）', ')'])?,
        // A decimal does not number a list.
        false => {
            behind.strip_prefix(['、', '.', '．']).filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))?
        }
    };
    Some((level + u8::from(opened), behind.trim_start()))
}

/// Returns whether parts of these names are all that a whole of this name has.
pub(super) fn are_all_parts(whole: &str, names: &[&str]) -> bool {
    WHOLE_PARTS.iter().any(|(of, parts)| {
        let is = |part: &[&str]| names.iter().filter(|name| contains_any(name, part)).count() == 1;
        whole.contains(of) && names.len() == parts.len() && parts.iter().all(|part| is(part))
    })
}

/// Returns words without blanks, as in 项　目.
pub(super) fn without_blanks(words: &str) -> String {
    words.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_lists_have_a_level() {
        assert_eq!(list_number("一、政府预算拨款"), Some((0, "政府预算拨款")));
        assert_eq!(list_number("（一）一般公共预算拨款"), Some((1, "一般公共预算拨款")));
        assert_eq!(list_number("1. 一般公共预算资金"), Some((2, "一般公共预算资金")));
        assert_eq!(list_number("1.5万吨"), None);
        assert_eq!(list_number("上年结转"), None);
    }

    #[test]
    fn years_are_read_and_funds_are_not() {
        assert_eq!((year("2021年"), year("上年结余、结转"), year("上年预算数")), (Some(2021), None, Some(0)));
        assert_eq!((year("本年收入合计"), year("本年预算数")), (None, Some(1)));
    }

    #[test]
    fn wholes_beside_their_parts_overlap() {
        assert!(overlap(&["基本支出", "人员经费", "项目支出"]));
        assert!(!overlap(&["人员经费", "公用经费", "项目支出"]));
        assert!(!overlap(&["因公出国（境）费", "公务接待费", "公务用车购置及运行费"]));
        assert!(overlap(&["公务用车购置及运行费", "公务用车购置费"]));
        assert!(!overlap(&["政府预算拨款", "财政专户管理资金", "单位资金"]));
        assert!(overlap(&["财政拨款", "一般公共预算"]));
        assert!(!overlap(&["一般公共预算拨款收入", "使用非财政拨款结余"]));
    }
}
