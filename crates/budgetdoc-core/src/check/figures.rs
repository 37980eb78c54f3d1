//! Figures written in prose.

use rust_decimal::Decimal;

use super::examiner::Examiner;
use super::numbers::{Number, last_clause, numbers};
use super::{Rule, Severity};
use crate::compose::PassageKind;
use crate::lang::Bilingual;
use crate::money::Money;
use crate::profile::{Measure, YearOf};
use crate::source::Place;
use crate::spec::Precision;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "C1",
        severity: Severity::Warning,
        title: ("文字中的金额引用数据，不手写", "Amounts in the text refer to the data"),
        explanation: (
            "正文中的金额应写成引用（如 {{ income | amount }}），这样数字改了文字随之改。手写的金额与某个数据相等的，给出警告和写法；与任何数据都不相等的，给出提示。“单价50万元以上”一类的界限不算。",
            "Amounts in prose should be references such as {{ income | amount }}, so that the text follows the data. A typed amount that equals one of the data is a warning with the way to write it; one that equals none is a note. Thresholds such as 单价50万元以上 do not count.",
        ),
        wrong: "text:\n  overview_reasons: 收入1310万元，其中……",
        right: "text:\n  overview_reasons: 收入{{ income | amount }}，其中……",
        check: typed,
    },
    Rule {
        id: "C2",
        severity: Severity::Warning,
        title: ("增减额、增减率与方向一致", "Change, percentage and direction agree"),
        explanation: (
            "文字中“A万元，比上年增加B万元，增长C%”的 C 应等于 B÷(A−B)，减少时等于 B÷(A+B)，保留到所写的小数；额与率的方向一致；没有变化写“持平”，不写“增加0万元”。",
            "In a sentence “A, up by B, by C %” C is B÷(A−B), or B÷(A+B) for a decrease, to the decimals given; both verbs go the same way; no change is said to be none, never an increase of 0.",
        ),
        wrong: "预算535万元，比2021年增加333万元，增长156%。",
        right: "预算535万元，比2021年增加333万元，增长164.85%。",
        check: changes,
    },
    Rule {
        id: "C3",
        severity: Severity::Warning,
        title: ("基数为零不写增长率", "No percentage of nothing"),
        explanation: (
            "上年为零的，只写增加额，不写增长率；本年为零而上年不为零的，减少率为 100%。",
            "Where last year's figure is nothing only the amount is told; where this year's is nothing the decrease is 100 %.",
        ),
        wrong: "预算9万元，比2021年增加9万元，增长100%。",
        right: "预算9万元，比2021年增加9万元。",
        check: zero_bases,
    },
    Rule {
        id: "C5",
        severity: Severity::Warning,
        title: ("占比等于部分除以总数，合计为100%", "Shares are parts of a total and add up to 100 %"),
        explanation: (
            "“A万元，占C%”的 C 应等于 A 除以预算中的某个总数或本段的第一个金额；同一段里的占比之和不应大于 100%，相差不超过每项 0.01 个百分点。",
            "In “A, C % of …” C is A over a total of the budget or the first amount of the paragraph; the shares of one paragraph do not exceed 100 %, by more than 0.01 for each.",
        ),
        wrong: "支出1310万元，其中基本支出684万元，占62.21%；项目支出626万元，占47.79%。",
        right: "支出1310万元，其中基本支出684万元，占52.21%；项目支出626万元，占47.79%。",
        check: shares,
    },
    Rule {
        id: "C11",
        severity: Severity::Warning,
        title: ("文字的金额单位统一", "One unit for amounts in the text"),
        explanation: (
            "正文金额统一用版式规定的单位（一般为万元）；另用元、千元、亿元的，给出警告。界限（如“单价50万元以上”）不算。",
            "Amounts in the text are in the unit the profile sets, 万元 as a rule; another one is a warning.",
        ),
        wrong: "text:\n  reception: 人均接待费3000000元。    # 正文用万元",
        right: "text:\n  reception: 人均接待费300万元。",
        check: units,
    },
];

/// A piece of prose: what it is part of, its words and its line.
pub(super) type Piece = (String, String, Option<Place>);

/// What the spec's narrative and its projects say, as printed. The profile's own sentences are made from the data.
fn printed(examiner: &Examiner) -> Vec<Piece> {
    let prose = |kind| matches!(kind, PassageKind::Narrative | PassageKind::Project);
    let passages = examiner.prose.passages.iter().filter(|passage| prose(passage.kind) && passage.is_own());
    passages.map(|passage| (passage.about.clone(), passage.text.clone(), passage.place)).collect()
}

/// A typed line without its templates.
pub(super) fn without_templates(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        plain.push_str(&rest[..start]);
        plain.push('\u{fffc}');
        let end = rest[start..].find("}}").into_iter().chain(rest[start..].find("%}")).min();
        rest = end.map_or("", |end| &rest[start + end + 2..]);
    }
    plain + rest
}

/// Whether an amount is a limit rather than a figure of the budget.
fn is_limit(number: &Number) -> bool {
    let behind = number.unit().map_or(number.after, |unit| &number.after[unit.name().len()..]);
    let words = ["以上", "以下", "以内", "（含", "及以上", "起", "/", "每"];
    let clause = number.clause();
    words.iter().any(|word| behind.starts_with(word))
        || ["单价", "每", "人均", "不超过", "限额", "标准"].iter().any(|word| clause.contains(word))
}

/// A figure of the budget under the name a template knows it by.
struct Known {
    name: String,
    amount: Money,
}

fn known(examiner: &Examiner) -> Vec<Known> {
    let budget = examiner.budget;
    let mut list = Vec::new();
    let mut add = |name: String, amount: Option<Money>| {
        if let Some(amount) = amount.map(Money::abs).filter(|amount| !amount.is_zero()) {
            list.push(Known { name, amount });
        }
    };
    for (name, measure) in budget.profile.figures.iter() {
        add(name.value.clone(), budget.total(measure).amount);
        let last = budget.total(&Measure { year: Some(YearOf::Last), ..measure.clone() });
        add(format!("{}.last", name.value), last.amount);
        let change = budget.total(&Measure { year: Some(YearOf::Change), ..measure.clone() });
        add(format!("{}.change", name.value), change.amount);
    }
    for (index, project) in budget.spec.projects.iter().enumerate() {
        let amount = project.amount.number().map(|amount| Money::new(amount, budget.spec.unit));
        add(format!("projects[{index}]"), amount);
    }
    list
}

fn typed(examiner: &mut Examiner) {
    let known = known(examiner);
    let spec = &examiner.budget.spec;
    let passages: Vec<_> = examiner
        .prose
        .passages
        .iter()
        .filter(|passage| !matches!(passage.kind, PassageKind::Glossary | PassageKind::Name))
        .filter_map(|passage| Some((passage.about.clone(), passage.typed.clone()?, passage.place, passage.kind)))
        .collect();
    for (about, text, place, kind) in passages {
        let text = without_templates(&text);
        let mut seen: Vec<Money> = Vec::new();
        for number in numbers(&text) {
            let Some(amount) = number.money().filter(|_| !number.quoted() && !is_limit(&number)) else { continue };
            examiner.look();
            if amount.is_zero() || seen.contains(&amount) {
                continue;
            }
            seen.push(amount);
            // Data rounded to units stand for what was typed with more digits.
            let rounded = |known: &Known| {
                let (scale, typed) = (known.amount.in_unit(spec.unit).scale(), amount.in_unit(spec.unit));
                spec.precision == Precision::Rounded
                    && typed.scale() > scale
                    && typed.round_dp_with_strategy(scale, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
                        == known.amount.in_unit(spec.unit)
            };
            let same =
                known.iter().find(|known| known.amount == amount).or_else(|| known.iter().find(|known| rounded(known)));
            let digits = format!("{}{}", number.digits, number.unit().map_or("", |unit| unit.name()));
            match same {
                // Templates work in `text` alone.
                Some(same) if kind == PassageKind::Narrative => examiner.report(
                    about.clone(),
                    Severity::Warning,
                    place,
                    Bilingual::new(
                        format!("手写的金额“{digits}”就是预算中的 {}", same.name),
                        format!("the typed amount {digits} is the budget's `{}`", same.name),
                    ),
                    Bilingual::new(
                        format!("请写“{{{{ {} | amount }}}}”，数据改变时文字随之改变", same.name),
                        format!("write `{{{{ {} | amount }}}}`, so that the text follows the data", same.name),
                    ),
                ),
                Some(same) => examiner.report(
                    about.clone(),
                    Severity::Warning,
                    place,
                    Bilingual::new(
                        format!("手写的金额“{digits}”与预算中的 {} 相同，数据改变时不会随之改变", same.name),
                        format!("the typed amount {digits} is the budget's `{}` and does not follow it", same.name),
                    ),
                    Bilingual::new(
                        "请核对这里是否应写该金额；如无必要请删去",
                        "check whether it belongs here, and delete it if not",
                    ),
                ),
                None if kind != PassageKind::Performance
                    && number.unit() == Some(examiner.budget.profile.text_amounts.unit) =>
                {
                    examiner.report(
                        about.clone(),
                        Severity::Note,
                        place,
                        Bilingual::new(
                            format!("手写的金额“{digits}”不等于预算中的任何数"),
                            format!("the typed amount {digits} equals no figure of the budget"),
                        ),
                        Bilingual::new(
                            "请核对；预算中有的数请改为引用",
                            "check it; where the budget has the figure, refer to it",
                        ),
                    );
                }
                None => {}
            }
        }
    }
}

fn units(examiner: &mut Examiner) {
    let unit = examiner.budget.profile.text_amounts.unit;
    let known = known(examiner);
    let passages: Vec<_> = examiner
        .prose
        .passages
        .iter()
        .filter(|passage| matches!(passage.kind, PassageKind::Narrative | PassageKind::Project))
        .filter_map(|passage| Some((passage.about.clone(), passage.typed.clone()?, passage.place)))
        .collect();
    for (about, text, place) in passages {
        let text = without_templates(&text);
        for number in numbers(&text) {
            let Some(other) = number.unit().filter(|_| !number.quoted() && !is_limit(&number)) else { continue };
            examiner.look();
            // One that equals a figure is told by C1 with the way to write it.
            if other == unit || known.iter().any(|known| Some(known.amount) == number.money()) {
                continue;
            }
            let (digits, name) = (number.digits, other.name());
            examiner.report(
                about.clone(),
                Severity::Warning,
                place,
                Bilingual::new(
                    format!("“{digits}{name}”用的是{name}，正文金额的单位为{}", unit.name()),
                    format!("{digits}{name} is in {name}, but amounts in the text are in {}", unit.name()),
                ),
                Bilingual::new(format!("请换算为{}", unit.name()), format!("convert it to {}", unit.name())),
            );
            break;
        }
    }
}

const UP: [&str; 5] = ["增加", "增长", "上升", "提高", "增加了"];
const DOWN: [&str; 5] = ["减少", "下降", "降低", "压减", "减少了"];

/// Which way the verb right before a number goes: up is true.
fn direction(number: &Number) -> Option<bool> {
    let ends = |verbs: [&str; 5]| verbs.iter().any(|verb| number.before.ends_with(verb));
    if ends(UP) {
        Some(true)
    } else if ends(DOWN) {
        Some(false)
    } else {
        None
    }
}

/// “A万元，比上年增加B万元，增长C%” of one sentence.
struct Change<'a> {
    now: Number<'a>,
    by: Number<'a>,
    up: bool,
    percent: Number<'a>,
    percent_up: bool,
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['。', '；', ';'])
}

fn change_of(sentence: &str) -> Option<Change<'_>> {
    let mut list = numbers(sentence).into_iter().filter(|number| number.unit().is_some() || number.is_percent());
    let now = list.next().filter(|number| number.unit().is_some() && direction(number).is_none())?;
    let by = list.next().filter(|number| number.unit().is_some())?;
    let up = direction(&by)?;
    let percent = list.next().filter(Number::is_percent)?;
    let percent_up = direction(&percent)?;
    Some(Change { now, by, up, percent, percent_up })
}

/// Half a unit of a number's last digit.
fn half(number: &Number) -> Decimal {
    Decimal::new(5, number.value.scale() + 1)
}

fn changes(examiner: &mut Examiner) {
    for (about, text, place) in printed(examiner) {
        for number in numbers(&text).iter().filter(|number| number.unit().is_some() || number.is_percent()) {
            examiner.look();
            if !number.value.is_zero() || direction(number).is_none() {
                continue;
            }
            let unit = number.unit().map_or("%", |unit| unit.name());
            let verb: String = number.before.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
            let piece = format!("{verb}{}{unit}", number.digits);
            examiner.report(
                about.clone(),
                Severity::Warning,
                place,
                Bilingual::new(
                    format!("“{piece}”：没有变化不应写成增减"),
                    format!("`{piece}`: no change is not an increase or decrease"),
                ),
                Bilingual::new(
                    "请写“与上年持平”，或用 {{ … | yoy }}、{{ … | change }} 由程序写出",
                    "say that it is the same as last year, or let `{{ … | yoy }}` or `{{ … | change }}` say it",
                ),
            );
        }
        for change in sentences(&text).filter_map(change_of) {
            examiner.look();
            let (now, by) = (&change.now, &change.by);
            let (Some(a), Some(b)) = (now.money(), by.money()) else { continue };
            let base = if change.up { a - b } else { a + b };
            if base <= Money::ZERO || b.is_zero() || a.is_zero() {
                continue;
            }
            let wrong_way = change.up != change.percent_up;
            // Both amounts were rounded to what is printed.
            let unit = |number: &Number| number.unit().map_or(Money::ZERO, |unit| Money::new(half(number), unit));
            let (low, high) = (b - unit(by), b + unit(by));
            let slack = unit(now) + unit(by);
            let share = |amount: Money, base: Money| amount.percent_of(base).unwrap_or_default();
            let (least, most) = (share(low, base + slack), share(high, (base - slack).max(Money::yuan(Decimal::ONE))));
            let (c, edge) = (change.percent.value, half(&change.percent));
            if !wrong_way && c + edge >= least && c - edge <= most {
                continue;
            }
            let right = share(b, base).round_dp(change.percent.value.scale().max(2)).normalize();
            let sentence = format!(
                "{}{}，{}{}{}，{}{c}%",
                now.digits,
                now.unit().map_or("", |unit| unit.name()),
                if change.up { "增加" } else { "减少" },
                by.digits,
                by.unit().map_or("", |unit| unit.name()),
                if change.percent_up { "增长" } else { "减少" },
            );
            let (zh, en) = if wrong_way {
                (
                    format!("“{sentence}”的金额与百分比方向相反"),
                    format!("`{sentence}`: amount and percentage go opposite ways"),
                )
            } else {
                (
                    format!("“{sentence}”：按这两个金额应为 {right}%"),
                    format!("`{sentence}`: these amounts make it {right} %"),
                )
            };
            examiner.report(
                about.clone(),
                Severity::Warning,
                place,
                Bilingual::new(zh, en),
                Bilingual::new(
                    "请改用 {{ … | yoy }} 由程序写出，或核对这几个数",
                    "let `{{ … | yoy }}` write it, or check the figures",
                ),
            );
        }
    }
}

fn zero_bases(examiner: &mut Examiner) {
    for (about, text, place) in printed(examiner) {
        for change in sentences(&text).filter_map(change_of) {
            examiner.look();
            let (Some(a), Some(b)) = (change.now.money(), change.by.money()) else { continue };
            let (zh, en) = if change.up && a == b && !b.is_zero() {
                ("上年为零，不应写增长率", "last year's figure is nothing: there is no percentage of it")
            } else if !change.up && a.is_zero() && !b.is_zero() && change.percent.value != Decimal::ONE_HUNDRED {
                ("本年为零，减少率应为 100%", "this year's figure is nothing: the decrease is 100 %")
            } else {
                continue;
            };
            let piece = format!("{}{}%", if change.percent_up { "增长" } else { "减少" }, change.percent.digits);
            examiner.report(
                about.clone(),
                Severity::Warning,
                place,
                Bilingual::new(format!("“{piece}”：{zh}"), format!("`{piece}`: {en}")),
                Bilingual::new("请改用 {{ … | yoy }} 由程序写出", "let `{{ … | yoy }}` write it"),
            );
        }
    }
}

fn shares(examiner: &mut Examiner) {
    let totals: Vec<Money> = known(examiner).into_iter().map(|known| known.amount).collect();
    for (about, text, place) in printed(examiner) {
        let list = numbers(&text);
        let first = list.iter().find_map(Number::money);
        let mut sum = Decimal::ZERO;
        let (mut slack, mut wrong, mut count) = (Decimal::ZERO, false, 0);
        for (index, number) in list.iter().enumerate() {
            let words = last_clause(number.before);
            if !number.is_percent() || !words.contains('占') {
                continue;
            }
            let part = list[..index].iter().rev().find_map(|number| number.money());
            let Some(part) = part else { continue };
            examiner.look();
            sum += number.value;
            count += 1;
            slack += half(number).max(Decimal::new(1, 2));
            let edge = half(number) + Decimal::new(1, 2);
            let fits =
                |total: &Money| part.percent_of(*total).is_some_and(|share| (share - number.value).abs() <= edge);
            if first.iter().chain(&totals).any(fits) {
                continue;
            }
            wrong = true;
            let share = first.and_then(|first| part.percent_of(first)).unwrap_or_default().round_dp(2).normalize();
            let amount = examiner.print(part);
            examiner.report(
                about.clone(),
                Severity::Warning,
                place,
                Bilingual::new(
                    format!("{amount}不占任何总数的 {}%；按本段第一个金额为 {share}%", number.digits),
                    format!(
                        "{amount} is {} % of no total; of the paragraph's first amount it is {share} %",
                        number.digits
                    ),
                ),
                Bilingual::new("请核对占比", "check the share"),
            );
        }
        // Fewer may be listed than there are, but what comes near the whole is meant to be it.
        let near = sum > Decimal::from(98);
        if !wrong && count > 1 && near && (sum - Decimal::ONE_HUNDRED).abs() > slack {
            examiner.report(
                about,
                Severity::Warning,
                place,
                Bilingual::new(
                    format!("本段 {count} 个占比之和为 {}%", sum.normalize()),
                    format!("the {count} shares of the paragraph add up to {} %", sum.normalize()),
                ),
                Bilingual::new("请核对各占比，合计应为 100%", "check the shares: they should add up to 100 %"),
            );
        }
    }
}
