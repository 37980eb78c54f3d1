//! D7: sentences print the figures of the tables.

use rust_decimal::Decimal;

use super::code::Code;
use super::d06_tables::{PlacedFigure, first_filled};
use super::figure::PrintedSum;
use super::quantity::{Flow, PrintedFund, PrintedKind, PrintedYear, Quantity};
use super::report::report;
use super::said::{Says, Whole};
use super::sentence::{SentenceFigure, SentenceMeaning};
use super::{Printed, Prover, Relation, Sides, words};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Unit;

pub(crate) const RULE: Rule = Rule {
    id: "D7",
    severity: Severity::Error,
    title: ("版式的句子与印出的表格一致", "Sentences of the form print the figures of the tables"),
    explanation: (
        "由印出的句子和表格核对：版式的句子印出的收入、支出、基本支出、项目支出、“三公”经费各项、会议费、培训费、机关运行经费、政府采购总额，应当与表中同一含义的数一致；各项目与项目表、绩效目标表一致，列明的项目合计不得大于项目支出；比上年增减的数等于表中本年数减上年数，百分比与增减数相符；占总数的百分比与两数相符；标明“其中”的各数之和不得大于其总数，由增减推出的上年数之和也不得大于表中总数的上年数。句子的含义按数字前的文字判断，文字与所引用的数含义不同的不比较；手写的数由 C1 核对。差额只允许是印出各数四舍五入的尾差。",
        "Proved from the printed sentences and tables: what the form’s sentences print of income, expenditure by fund and kind, the three public expenses, meetings, training, operating costs and procurement is what the tables print, projects are what the table of projects and their targets print and together within project expenditure; a change is this year’s figure of a table less last year’s, and its percentage follows; so do shares of a whole; parts named 其中 are within their whole, and last year’s amounts that follow from their changes within that of a table. The words before an amount tell what it is of; where they and the figure they print are of different things, nothing is compared. Typed amounts are C1’s. Two sides may differ by the rounding of the printed digits only.",
    ),
    wrong: "figures:\n  project: { accounts: [expenditure], kinds: [basic] }\ntexts:\n  expenditure: |\n    项目支出{{ project | amount }}。",
    right: "figures:\n  project: { accounts: [expenditure], kinds: [project] }\ntexts:\n  expenditure: |\n    项目支出{{ project | amount }}。",
    checks: &[Check::Figures(|examiner| report(examiner, "D7"))],
};

/// A figure of a table, or the sum of several, with where it stands in words.
struct Cell {
    table: usize,
    sum: PrintedSum,
    sides: Sides,
}

impl Cell {
    fn of(figure: &PlacedFigure) -> Cell {
        let sides = figure.view.describe_sides(figure.row, figure.column, "", "");
        Cell { table: figure.table, sum: figure.sum, sides }
    }
}

/// Compares the figures of sentences with the first table that prints them; and those of texts that agree with the
/// tables with each other.
pub(super) fn compare(printed: &Printed, sentences: &[SentenceFigure], prover: &mut Prover) {
    for text in sentences.chunk_by(|one, other| one.about == other.about) {
        let before = prover.proof.differences.len();
        let mut differs = false;
        for sentence in text {
            match sentence.says {
                Says::Amount(amount) => {
                    let known = prover.proof.differences.len();
                    compare_amount(printed, sentence, amount, prover);
                    differs = prover.proof.differences.len() > known;
                }
                // The change of a wrong amount is wrong as well.
                Says::Change { .. } if differs && sentence.part_of.is_some() => {}
                Says::Change { from, by, .. } => compare_change(printed, sentence, from, by, prover),
                Says::NoneBefore(year) => {
                    let Some(cell) = cell_of(printed, sentence, year) else { continue };
                    let slack = printed.eliminated_from(sentence);
                    compare_cell(sentence, PrintedSum::default(), Relation::Equal, cell, slack, prover);
                }
                Says::Share(..) => {}
            }
        }
        if prover.proof.differences.len() == before {
            compare_within(printed, text, prover);
        }
    }
}

/// Compares the figures of a text with each other.
fn compare_within(printed: &Printed, text: &[SentenceFigure], prover: &mut Prover) {
    let amount = |index: Option<usize>| match text.iter().find(|of| Some(of.index) == index)? {
        of @ SentenceFigure { says: Says::Amount(amount), .. } => Some((*amount, of)),
        _ => None,
    };
    for sentence in text {
        prover.table = None;
        let of = amount(sentence.part_of);
        match (sentence.says, of) {
            (Says::Amount(amount), _) => {
                compare_parts(text, sentence, amount.with_slack(printed.eliminated_from(sentence)), prover);
                compare_parts_of_last(printed, text, sentence, prover);
            }
            (Says::Change { by, percent: Some(percent), .. }, Some((of, _))) => {
                compare_percent(sentence, of.minus(by), by, percent, prover);
            }
            (Says::Share(percent, Whole::Amount(whole)), Some(of)) => {
                let Some((whole, named)) = amount(Some(whole)) else { continue };
                compare_share(sentence, of, percent, whole.with_slack(printed.eliminated_from(named)), prover);
            }
            (Says::Share(percent, Whole::Expense(expense)), Some(of)) => {
                let placed = printed.expenses.get(&(expense, PrintedYear::This));
                let Some(first) = placed.and_then(|placed| first_filled(placed)) else { continue };
                compare_share(sentence, of, percent, first.sum, prover);
            }
            (Says::Change { .. } | Says::NoneBefore(_) | Says::Share(..), _) => {}
        }
    }
}

/// Compares an amount with its share of a whole.
fn compare_share(
    sentence: &SentenceFigure,
    (amount, of): (PrintedSum, &SentenceFigure),
    percent: PrintedSum,
    whole: PrintedSum,
    prover: &mut Prover,
) {
    if whole.value <= Decimal::ZERO {
        return;
    }
    let (zh, en) = (format!("总数的{}%", percent.value), format!("{}% of the whole", percent.value));
    let cell = || format!("{}，{}", of.words, sentence.words);
    prover.compare(RULE.id, amount, Relation::Equal, whole.percent(percent), || Sides {
        cell: cell(),
        ..sides(sentence, zh, en)
    });
}

/// Compares last year's amounts of parts, which are this year's less their changes, with that of the whole.
fn compare_parts_of_last(printed: &Printed, text: &[SentenceFigure], whole: &SentenceFigure, prover: &mut Prover) {
    for year in [PrintedYear::Last, PrintedYear::Outcome] {
        let Some(cell) = cell_of(printed, whole, year) else { continue };
        let (mut sum, mut names) = (PrintedSum::default(), Vec::new());
        for part in text.iter().filter(|part| part.part_of == Some(whole.index)) {
            let change = text.iter().find(|change| change.part_of == Some(part.index));
            let (Says::Amount(this), Some(Says::Change { from, by, .. })) =
                (part.says, change.map(|change| change.says))
            else {
                continue;
            };
            if from == year {
                sum.join(this.minus(by));
                names.push(part.words.as_str());
            }
        }
        if !names.is_empty() && !words::overlap(&names) {
            let sides = |sentence: &SentenceFigure, zh: String, en: String| Sides {
                cell: format!("{}的上年数", names.join("、")),
                ..sides(sentence, zh, en)
            };
            prover.table = Some(cell.table);
            let (zh, en) = (
                format!("{}“{}”", cell.sides.name, cell.sides.cell),
                format!("“{}” of {}", cell.sides.cell, cell.sides.name),
            );
            prover.compare(RULE.id, sum, Relation::AtMost, cell.sum.with_slack(printed.eliminated_from(whole)), || {
                sides(whole, zh, en)
            });
        }
    }
}

/// Returns what tables print of a sentence's figure in a year.
fn cell_of(printed: &Printed, sentence: &SentenceFigure, year: PrintedYear) -> Option<Cell> {
    let placed = match sentence.meaning.as_ref()? {
        SentenceMeaning::Quantity(quantity) => {
            let is_balance = quantity.balances && printed.is_carried_over;
            // What was carried over last year is in no table.
            if is_balance && year != PrintedYear::This {
                return None;
            }
            printed.places.get(&Quantity { balances: is_balance, year, ..*quantity })?
        }
        SentenceMeaning::Expense(expense) => printed.expenses.get(&(*expense, year))?,
        SentenceMeaning::Project(_) | SentenceMeaning::Projects(_) => return None,
    };
    first_filled(placed).or(placed.first()).map(Cell::of)
}

fn compare_amount(printed: &Printed, sentence: &SentenceFigure, amount: PrintedSum, prover: &mut Prover) {
    let slack = printed.eliminated_from(sentence);
    match &sentence.meaning {
        None => {}
        Some(SentenceMeaning::Quantity(_) | SentenceMeaning::Expense(_)) => {
            let year = match &sentence.meaning {
                Some(SentenceMeaning::Quantity(of)) => of.year,
                Some(_) | None => PrintedYear::This,
            };
            let Some(cell) = cell_of(printed, sentence, year) else { return };
            compare_cell(sentence, amount, Relation::Equal, Cell { sum: cell.sum.abs(), ..cell }, slack, prover);
        }
        Some(SentenceMeaning::Project(name)) => {
            let Some(project) = printed.projects.get(name) else { return };
            let cell = Cell { table: project.table, sum: project.sum.abs(), sides: project.sides("", "") };
            compare_cell(sentence, amount, Relation::Equal, cell, slack, prover);
        }
        Some(SentenceMeaning::Projects(count)) => {
            if let Some((sum, first)) = printed.projects.all(*count) {
                let cell = Cell {
                    table: first.table,
                    sum,
                    sides: Sides { cell: "各项目之和".to_owned(), ..first.sides("", "") },
                };
                compare_cell(sentence, amount, Relation::Equal, cell, slack, prover);
            }
            let (flow, kind, year) = (Flow::Expenditure, PrintedKind::Project, PrintedYear::This);
            let (fund, code, balances) = (PrintedFund::All, Code::default(), false);
            let Some(placed) = printed.places.get(&Quantity { flow, fund, kind, code, balances, year }) else { return };
            let Some(cell) = first_filled(placed).or(placed.first()).map(Cell::of) else { return };
            // Project expenditure may be of more than the listed projects, but not without any.
            let relation = if amount.value.is_zero() { Relation::Equal } else { Relation::AtMost };
            compare_cell(sentence, amount, relation, cell, slack, prover);
        }
    }
}

/// Compares a change with this year's and last year's figures in tables.
fn compare_change(
    printed: &Printed,
    sentence: &SentenceFigure,
    from: PrintedYear,
    by: PrintedSum,
    prover: &mut Prover,
) {
    let Some(this) = cell_of(printed, sentence, PrintedYear::This) else { return };
    let Some(last) = cell_of(printed, sentence, from) else { return };
    let (new, old) = (&this.sides, &last.sides);
    let of = |name: &str, words: &str| if new.name == old.name { String::new() } else { format!("{words}{name}") };
    let (zh, en) = (
        format!("{}“{}”减{}“{}”", new.name, new.cell, of(&old.name, ""), old.cell),
        format!("“{}” less “{}”{} of {}", new.cell, old.cell, of(&old.name, " of "), new.name),
    );
    prover.table = Some(last.table);
    let change = this.sum.minus(last.sum).with_slack(printed.eliminated_from(sentence));
    prover.compare(RULE.id, by, Relation::Equal, change, || sides(sentence, zh, en));
}

/// Compares a change with its percentage of last year's amount.
fn compare_percent(
    sentence: &SentenceFigure,
    last: PrintedSum,
    by: PrintedSum,
    percent: PrintedSum,
    prover: &mut Prover,
) {
    if last.value <= Decimal::ZERO {
        return;
    }
    let (zh, en) = (format!("上年数的{}%", percent.value), format!("{}% of last year’s amount", percent.value));
    prover.compare(RULE.id, by.abs(), Relation::Equal, last.percent(percent), || sides(sentence, zh, en));
}

/// Compares an amount with those that its sentence names as its parts.
fn compare_parts(text: &[SentenceFigure], whole: &SentenceFigure, amount: PrintedSum, prover: &mut Prover) {
    let (mut sum, mut names) = (PrintedSum::default(), Vec::new());
    for part in text.iter().filter(|part| part.part_of == Some(whole.index)) {
        let Says::Amount(amount) = part.says else { continue };
        sum.join(amount);
        names.push(part.words.as_str());
    }
    if names.is_empty() || words::overlap(&names) {
        return;
    }
    let relation = if words::are_all_parts(&whole.words, &names) { Relation::Equal } else { Relation::AtMost };
    let (zh, en) = (format!("“{}”", whole.words), format!("“{}”", whole.words));
    let cell = || names.join("、");
    prover.compare(RULE.id, sum, relation, amount, || Sides { cell: cell(), ..sides(whole, zh, en) });
}

fn compare_cell(
    sentence: &SentenceFigure,
    amount: PrintedSum,
    relation: Relation,
    cell: Cell,
    slack: Decimal,
    prover: &mut Prover,
) {
    prover.table = Some(cell.table);
    let Sides { name, cell: place, .. } = cell.sides;
    let (zh, en) = (format!("{name}“{place}”"), format!("“{place}” of {name}"));
    prover.compare(RULE.id, amount, relation, cell.sum.with_slack(slack), || sides(sentence, zh, en));
}

fn sides(sentence: &SentenceFigure, zh: String, en: String) -> Sides {
    Sides {
        name: sentence.about.clone(),
        cell: sentence.words.clone(),
        right: Bilingual::new(zh, en),
        unit: Some(Unit::Yuan),
    }
}
