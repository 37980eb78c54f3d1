//! Unknown keys, and the keys likely meant.

use budgetdoc_document::Place;

use crate::error::{Problem, ProblemCode};
use crate::lang::nearest;

/// Words of the field and the keys for them, the likeliest first.
const IN_CHINESE: &[(&str, &[&str])] = &[
    ("部门", &["department"]),
    ("财政拨款", &["amount"]),
    ("采购方式", &["method"]),
    ("单位", &["unit", "units"]),
    ("编号", &["id", "code"]),
    ("编码", &["code", "item", "id"]),
    ("功能科目", &["item", "function"]),
    ("基本支出", &["basic"]),
    ("绩效", &["performance"]),
    ("绩效目标", &["goal", "performance"]),
    ("金额", &["amount"]),
    ("经济科目", &["economic"]),
    ("科目", &["item", "subject", "code", "economic"]),
    ("科目编码", &["item", "code", "economic"]),
    ("类别", &["category", "kind"]),
    ("名称", &["name", "term"]),
    ("名词解释", &["glossary"]),
    ("目标", &["goal", "target"]),
    ("年初预算", &["amount"]),
    ("年度", &["year"]),
    ("年份", &["year"]),
    ("日期", &["date"]),
    ("三公经费", &["three_public"]),
    ("上年", &["last"]),
    ("上年数", &["last"]),
    ("上年预算", &["last"]),
    ("收入", &["income"]),
    ("数量", &["quantity"]),
    ("文字", &["text"]),
    ("项目", &["projects", "project", "name"]),
    ("项目名称", &["name"]),
    ("项目支出", &["projects"]),
    ("性质", &["nature"]),
    ("用途", &["purpose"]),
    ("预算单位", &["unit", "units"]),
    ("预算数", &["amount"]),
    ("原因", &["reason"]),
    ("执行数", &["executed"]),
    ("支出", &["expenditure"]),
    ("主管部门", &["supervisor"]),
    ("资金", &["fund"]),
    ("资金来源", &["fund"]),
];

/// Returns the problem of a key that is none of `keys`, with the key likely meant. `block_above` is the key whose block
/// may have been meant to go on.
pub(super) fn unknown_key(place: Option<Place>, name: &str, keys: &[&str], block_above: Option<&str>) -> Problem {
    if !name.is_empty() && name.chars().all(|digit| digit.is_ascii_digit()) {
        let (zh, en) = (format!("这里多出了“{name}”"), format!("`{name}` does not belong here"));
        return Problem::spec(ProblemCode::CommaInAmount, place, zh, en).help(
            "金额中不要写千分位的逗号，如 1310 不写成 1,310",
            "write amounts without commas between thousands, 1310 and not 1,310",
        );
    }
    let foreign = |letter: &char| {
        "：｛｝，［］".contains(*letter) || (!letter.is_ascii() && letter.is_whitespace()) || *letter == '\u{200b}'
    };
    if let Some(mark) = name.chars().find(foreign) {
        let (zh, en) = match mark.is_whitespace() || mark == '\u{200b}' {
            true => (
                format!("“{}”前后有全角或看不见的空格", name.trim()),
                format!("`{}` contains a space that is not an ordinary one", name.trim()),
            ),
            false => (format!("“{name}”中的“{mark}”是全角符号"), format!("`{mark}` in `{name}` is a full-width mark")),
        };
        return Problem::spec(ProblemCode::FullWidthMark, place, zh, en).help(
            "请改成半角：写成“键: 值”，冒号后面空一格，行首只用半角空格",
            "write `key: value` with half-width marks and ordinary spaces",
        );
    }
    let chinese = IN_CHINESE.iter().filter(|(word, _)| *word == name).flat_map(|(_, keys)| keys.iter());
    match chinese.copied().find(|key| keys.contains(key)) {
        Some(key) => {
            let problem = Problem::unknown(ProblemCode::UnknownKey, place, ("这个键", "key"), name, &[]);
            problem.help(format!("请写成“{key}: …”"), format!("write `{key}: …`"))
        }
        None => {
            let problem = Problem::unknown(ProblemCode::UnknownKey, place, ("这个键", "key"), name, keys);
            match block_above {
                Some(above) if nearest(name, keys.iter().copied()).is_none() => problem.help(
                    format!("如果属于上面的“{above}”，请缩进得比“{above}”多；否则请检查键名"),
                    format!("if it belongs to `{above}` above, indent it deeper; otherwise check the name"),
                ),
                _ => problem,
            }
        }
    }
}
