//! C25: the figures of charts can be drawn.

use crate::examiner::Examiner;
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::budget::{ChartGap, ChartPartName};
use budgetdoc_core::lang::Bilingual;

pub(crate) const RULE: Rule = Rule {
    id: "C25",
    severity: Severity::Error,
    title: ("图中的数画得出来", "The figures of charts can be drawn"),
    explanation: (
        "版式要求的图，各部分不得小于零；饼图、环图的各部分不得重复计算同一笔金额；与上年比较的图，各部分都要有上年数；各部分全为零的，版式应写明代替图的文字（empty）。否则不画这张图。",
        "No part of a chart is below zero, no two parts of a pie or ring count the same amounts, each part of a chart that compares with last year has its figure, and where all are zero the profile has a sentence for it (`empty`). Otherwise the chart is left out.",
    ),
    wrong: "outline:\n  - chart:\n      kind: pie\n      caption: 支出构成\n      of: { figures: { expenditure: 本年支出, basic: 基本支出 } }",
    right: "outline:\n  - chart:\n      kind: pie\n      caption: 支出构成\n      of: { figures: { basic: 基本支出, project: 项目支出 } }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    for chart in budget.charts() {
        examiner.count_one();
        let Err(gap) = budget.chart(chart) else { continue };
        let caption = examiner.prose.fill(&chart.caption);
        let name = |part: ChartPartName| match part {
            ChartPartName::Figure(_, words) => examiner.prose.fill(words),
            ChartPartName::Class(_, name) => name.to_owned(),
            ChartPartName::Rest => String::new(),
        };
        let (message, help) = match gap {
            // C14 reports unfilled amounts.
            ChartGap::Unfilled => continue,
            ChartGap::Zero if chart.empty.is_some() => continue,
            ChartGap::Zero => (
                Bilingual::new("各部分全为零，没有可画的数", "all parts are zero, so there is nothing to draw"),
                Bilingual::new(
                    "请在版式文件中这张图的 empty 写明代替它的文字",
                    "write the sentence in its place under `empty` of the chart in the profile",
                ),
            ),
            ChartGap::Negative(part, amount) => {
                let (part, amount) = (name(part), examiner.print(amount));
                (
                    Bilingual::new(
                        format!("“{part}”为 {amount}，小于零，画不出来"),
                        format!("“{part}” is {amount}; amounts below zero cannot be drawn"),
                    ),
                    Bilingual::new(
                        "请核对这一部分的金额和版式文件中它的含义",
                        "check the amounts of this part, and its measure in the profile",
                    ),
                )
            }
            ChartGap::NoLastYear(part) => {
                let part = name(part);
                (
                    Bilingual::new(
                        format!("“{part}”没有上年数，无法比较"),
                        format!("“{part}” has no figure of last year to compare with"),
                    ),
                    Bilingual::new("请补写各行的“last: …”", "add `last: …` to its rows"),
                )
            }
            ChartGap::Overlap(one, other) => {
                let (one, other) = (name(one), name(other));
                (
                    Bilingual::new(
                        format!("“{one}”与“{other}”重复计算同一笔金额"),
                        format!("“{one}” and “{other}” count the same amounts"),
                    ),
                    Bilingual::new(
                        "请在版式文件中把各部分写成互不包含的数",
                        "let the parts of the chart in the profile be figures without common amounts",
                    ),
                )
            }
        };
        let message = Bilingual::new(
            format!("图“{caption}”没有画出：{}", message.zh),
            format!("the chart “{caption}” is left out: {}", message.en),
        );
        examiner.report(format!("charts.{caption}"), Severity::Error, None, message, help);
    }
}
