//! Makes next year's spec from this year's by editing the text of the file, which keeps its comments and order.

mod sentence;
mod years;

use std::ops::Range;

use crate::edit::{Edit, apply, insert_behind, moved_place};
use crate::error::{Error, Problem, ProblemCode};
use crate::lang::Bilingual;
use crate::money::Amount;
use crate::spec::{Day, Spec};
use crate::yaml::{self, Content, Style, YamlNode, YamlTree};
use budgetdoc_document::Place;
use years::year_words;

/// A spec for the next year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rollover {
    /// The spec.
    pub text: String,
    /// Years left in its texts that may also have to move on, such as 2021年 of a past event, in the order of the file.
    pub years_kept: Vec<YearKept>,
    /// Places of the years of sentences that stay whole, as they give typed figures, a comparison or an absence that is
    /// known of one year only; in the order of the file.
    pub statements_kept: Vec<Place>,
    /// Places of texts with reasons, which are last year's. They are kept, as they may hold more; in the order of the
    /// file.
    pub reasons_kept: Vec<Place>,
}

/// A year left unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearKept {
    /// The year.
    pub year: u16,
    /// Place in the new spec.
    pub place: Place,
}

/// Makes the spec of `year` from that of the year before.
///
/// In every row with an `amount`, anywhere in the spec, the amount becomes `last`, `待填` takes its place and
/// that of `executed`, and every `reason` of a change is emptied. `year`, `date` and `approved` move on by a year, and
/// so do the years of whole sentences that are plainly the fiscal year or the one before. `stated`
/// subtotals and `control` figures go, for they were one year's. Everything else, comments included, is kept byte for
/// byte.
///
/// # Errors
/// A spec that cannot be read; a year that is not the next one; amounts that are unfilled, and amounts and reasons
/// shared by YAML's `&` and `*`, each with its place.
///
/// ```
/// use budgetdoc_core::rollover::rollover;
/// # fn main() -> Result<(), budgetdoc_core::error::Error> {
/// let spec = "\
/// budgetdoc: 1
/// profile: shenzhen/2022
/// year: 2022
/// department: { name: 某局, units: [{ id: self, name: 某局本级 }] }
/// income: [{ fund: general_public, amount: 120, last: 100 }]  # 收入
/// ";
/// let next = rollover(spec, 2023)?;
/// assert!(next.text.contains("year: 2023\n"));
/// assert!(next.text.contains("income: [{ fund: general_public, amount: 待填, last: 120 }]  # 收入\n"));
/// # Ok(()) }
/// ```
pub fn rollover(text: &str, year: u16) -> Result<Rollover, Error> {
    let spec = Spec::from_yaml(text)?;
    check_next_year(&spec, year)?;
    let YamlTree { root, problems } = yaml::read(text);
    Error::unless_empty(problems)?;
    let mut editor = Editor {
        text,
        spec: &spec,
        edits: Vec::new(),
        kept: Vec::new(),
        stated: Vec::new(),
        reasons: Vec::new(),
        problems: Vec::new(),
    };
    root.iter().for_each(|root| editor.spec(root));
    let Editor { mut edits, mut kept, mut stated, mut reasons, problems, .. } = editor;
    Error::unless_empty(problems)?;
    edits.sort_by_key(|edit| edit.range.start);
    kept.sort_unstable();
    stated.sort_unstable();
    reasons.sort_unstable();
    let text = apply(text, &edits);
    // A last check: an unreadable spec is never returned.
    if let Some(problem) = Spec::from_yaml(&text).err().and_then(|error| error.problems.into_iter().next()) {
        return Err(unreadable_error(&problem.message));
    }
    let years_kept = kept
        .into_iter()
        .filter_map(|(at, year)| Some(YearKept { year, place: moved_place(&text, at, &edits)? }))
        .collect();
    let places = |kept: Vec<usize>| kept.into_iter().filter_map(|at| moved_place(&text, at, &edits)).collect();
    let (statements_kept, reasons_kept) = (places(stated), places(reasons));
    Ok(Rollover { text, years_kept, statements_kept, reasons_kept })
}

/// Checks that `year` is the next one: only its last year's amounts are known.
fn check_next_year(spec: &Spec, year: u16) -> Result<(), Error> {
    let this = spec.year.value;
    let next = this.saturating_add(1);
    if year == next && year > this {
        return Ok(());
    }
    let (zh, en) = if year <= this {
        (
            format!("数据已是{this}年的，不能结转到{year}年"),
            format!("the spec is of {this} and cannot roll over to {year}"),
        )
    } else {
        (
            format!("数据是{this}年的，{year}年的上年数无从得知"),
            format!("the spec is of {this}, so the figures of the year before {year} are unknown"),
        )
    };
    let help = (format!("请用{this}年的数据生成{next}年的"), format!("only {next} follows {this}"));
    Err(Problem::spec(ProblemCode::NotTheNextYear, spec.year.place, zh, en).help(help.0, help.1).into())
}

fn unreadable_error(detail: &Bilingual) -> Error {
    Problem::spec(
        ProblemCode::CannotBeChanged,
        None,
        format!("数据文件的写法特殊，改写后无法读取：{}", detail.zh),
        format!("the layout of the spec does not allow a safe change: {}", detail.en),
    )
    .help(
        "请把每个金额写成“amount: 1310”，一行一个键或写在花括号里",
        "write amounts as `amount: 1310`, one key per line or within braces",
    )
    .into()
}

/// Collects the edits of the text from the tree.
struct Editor<'a> {
    text: &'a str,
    spec: &'a Spec,
    edits: Vec<Edit>,
    /// Years left unchanged, with their bytes in the old text.
    kept: Vec<(usize, u16)>,
    /// Bytes of the first years of sentences that stay whole, in the old text.
    stated: Vec<usize>,
    /// Bytes of the keys of texts with reasons, in the old text.
    reasons: Vec<usize>,
    problems: Vec<Problem>,
}

impl Editor<'_> {
    fn edit(&mut self, range: Range<usize>, new: impl Into<String>) {
        self.edits.push(Edit { range, new: new.into() });
    }

    fn spec(&mut self, root: &YamlNode) {
        let Content::Map { entries, .. } = &root.content else { return };
        for (key, value) in entries {
            match key.scalar().unwrap_or_default() {
                "year" => self.scalar(value, &(self.spec.year.value + 1).to_string()),
                "date" => self.date(value, self.spec.date),
                "approved" => self.date(value, self.spec.approved.map(|day| day.value)),
                "stated" | "control" if !matches!(&value.content, Content::List(rows) if rows.is_empty()) => {
                    self.edit(key.range.end..value.range.end, ": []");
                }
                // Each row has its own last year's amount.
                "last_totals" if matches!(&value.content, Content::Map { entries, .. } if !entries.is_empty()) => {
                    self.edit(key.range.end..value.range.end, ": {}");
                }
                // Counts have keys of the user's, even `amount`; the reason of a suppression stays.
                "counts" | "last_totals" | "fonts" | "profile" | "stated" | "control" | "suppress" => {}
                "text" => {
                    self.reasons(value);
                    self.prose(value);
                }
                // Purchases of the next year are another list, and the columns of schedules are the profile's.
                key => self.rows(value, !["procurement_items", "schedules"].contains(&key)),
            }
        }
    }

    /// Rolls over every row within `node`, and the years of its texts. `has_last` says whether its rows can hold last
    /// year's amount.
    fn rows(&mut self, node: &YamlNode, has_last: bool) {
        match &node.content {
            Content::Scalar { .. } | Content::Alias(_) => self.prose(node),
            Content::List(items) => items.iter().for_each(|item| self.rows(item, has_last)),
            Content::Map { entries, flow, .. } => {
                let amount = node.entry("amount").filter(|(key, amount)| self.may_change(key, amount));
                for (key, value) in entries {
                    match key.scalar().unwrap_or_default() {
                        "amount" | "last" => {}
                        "reason" if self.may_change(key, value) => self.clear_text(value),
                        "executed" if self.may_change(key, value) => self.set_unfilled(value),
                        _ => self.rows(value, has_last),
                    }
                }
                if let Some((key, amount)) = amount {
                    match node.entry("last") {
                        Some((key, last)) if self.may_change(key, last) => self.replace(amount, last),
                        None if has_last => self.insert_last(key, amount, *flow),
                        _ => {}
                    }
                    self.set_unfilled(amount);
                }
            }
        }
    }

    /// Returns whether a value may be changed. Reports values shared by YAML's `&` and `*`, and unfilled amounts.
    fn may_change(&mut self, key: &YamlNode, value: &YamlNode) -> bool {
        let key = key.scalar().unwrap_or_default();
        if value.shared {
            self.problems.push(
                Problem::spec(
                    ProblemCode::SharedByAlias,
                    value.place,
                    format!("“{key}”用“&”或“*”与别处共用，不能结转"),
                    format!("`{key}` is shared with another place by `&` or `*`, so it cannot be rolled over"),
                )
                .help("请直接写出它的值", "write the value itself"),
            );
        } else if key == "amount" && value.scalar().is_some_and(|text| text.trim() == Amount::UNFILLED) {
            self.problems.push(
                Problem::spec(
                    ProblemCode::AmountUnfilled,
                    value.place,
                    "本年金额还没有填写，不能结转",
                    "this year's amount is unfilled, so it cannot become last year's",
                )
                .help("请先填写本年各项金额", "fill in this year's amounts first"),
            );
        } else {
            return true;
        }
        false
    }

    fn set_unfilled(&mut self, amount: &YamlNode) {
        self.edit(amount.written.clone(), Amount::UNFILLED);
    }

    fn clear_text(&mut self, text: &YamlNode) {
        if text.scalar().is_some_and(|text| !text.is_empty()) {
            self.edit(text.written.clone(), "\"\"");
        }
    }

    /// Replaces last year's amount by this year's.
    fn replace(&mut self, amount: &YamlNode, last: &YamlNode) {
        self.edit(last.written.clone(), &self.text[amount.written.clone()]);
    }

    /// Adds this year's amount as last year's.
    fn insert_last(&mut self, key: &YamlNode, amount: &YamlNode, flow: bool) {
        let figure = &self.text[amount.written.clone()];
        self.edits.push(insert_behind(self.text, (key, amount), flow, &format!("last: {figure}")));
    }

    /// Replaces a scalar, between its quotes where it has any.
    fn scalar(&mut self, node: &YamlNode, by: &str) {
        let written = &self.text[node.range.clone()];
        let old = node.scalar().unwrap_or_default();
        let new = if written.contains(old) { written.replacen(old, by, 1) } else { by.to_owned() };
        self.edit(node.range.clone(), new);
    }

    fn date(&mut self, node: &YamlNode, day: Option<Day>) {
        let Some(mut day) = day else { return };
        day.0.year += 1;
        if (day.0.month, day.0.day) == (2, 29) {
            day.0.day = 28;
        }
        self.scalar(node, &format!("{:04}-{:02}-{:02}", day.0.year, day.0.month, day.0.day));
    }

    /// Collects the texts with reasons.
    fn reasons(&mut self, texts: &YamlNode) {
        let Content::Map { entries, .. } = &texts.content else { return };
        for (key, text) in entries {
            let (name, words) = (key.scalar().unwrap_or_default(), text.scalar().unwrap_or_default());
            if gives_reasons(name, words) {
                self.reasons.push(key.range.start);
            }
        }
    }

    /// Moves the years in every text within `node`.
    fn prose(&mut self, node: &YamlNode) {
        match &node.content {
            Content::Scalar { style, .. } => {
                // In other texts a line goes on in the next.
                let by_line = *style == Style::Literal;
                let mut reported = None;
                for word in year_words(&self.text[node.range.clone()], self.spec.year.value, by_line) {
                    let digits = node.range.start + word.digits.start..node.range.start + word.digits.end;
                    if word.moves_on {
                        self.edit(digits, word.next);
                    } else if !word.stated {
                        self.kept.push((digits.start, word.year));
                    } else if reported != Some(word.sentence) {
                        reported = Some(word.sentence);
                        self.stated.push(digits.start);
                    }
                }
            }
            Content::Map { entries, .. } => entries.iter().for_each(|(_, value)| self.prose(value)),
            Content::List(items) => items.iter().for_each(|item| self.prose(item)),
            Content::Alias(_) => {}
        }
    }
}

/// Returns whether a text gives the reason of a change; texts `…_use` give the purpose.
fn gives_reasons(key: &str, words: &str) -> bool {
    let asked = key.ends_with("reason") || key.ends_with("reasons");
    let gives_reason = words.contains("原因") || (words.contains("主要是") && !key.ends_with("_use"));
    !words.trim().is_empty() && (asked || gives_reason)
}
