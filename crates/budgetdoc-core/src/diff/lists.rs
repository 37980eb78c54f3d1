//! The lists of a spec: rows of money, and counts.

use super::{Differ, Label, pairs};
use crate::money::Amount;
use crate::source::Located;
use crate::spec::{CategoryRow, ExpenditureRow, FundRow, Project, Spec, StatedTotal};
use crate::subject::{Classification, SubjectCode, name};

/// A row of any list: what it is of, and its figures.
struct Row<'a> {
    /// Unit, fund, and what the list is divided by. Unit and fund may be left to be understood.
    of: [Option<&'a str>; 3],
    /// A subject's code has a name beside it.
    name: &'a str,
    amount: &'a Located<Amount>,
    last: Option<&'a Located<Amount>>,
}

/// This year's amount and last year's.
type Years<'a> = (&'a Located<Amount>, Option<&'a Located<Amount>>);

impl Row<'_> {
    fn label(&self, key: &str, zh: &str, en: &str) -> Label {
        let of: Vec<_> = self.of.iter().flatten().copied().collect();
        let words = |list: &str, name: &str| {
            let words = [&[list], &of[..], &[name]].concat();
            words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let path = std::iter::once(key).chain(of.iter().copied()).map(str::to_owned).collect();
        Label { path, zh: words(zh, self.name), en: words(en, "") }
    }
}

/// Whether a row is the same, though its unit or fund is written in one spec and understood in the other.
fn alike(old: &[Option<&str>], new: &[Option<&str>]) -> bool {
    old.iter().zip(new).all(|(old, new)| old == new || old.is_none() || new.is_none())
}

impl Differ {
    pub(super) fn lists(&mut self, old: &Spec, new: &Spec) {
        let funds =
            |rows: fn(&Spec) -> &Vec<FundRow>| [rows(old), rows(new)].map(|rows| rows.iter().map(fund).collect());
        self.rows("income", "收入", "income", funds(|spec| &spec.income));
        self.rows("brought_forward", "上年结转", "brought forward", funds(|spec| &spec.brought_forward));
        self.rows("carried_forward", "结转下年", "carried forward", funds(|spec| &spec.carried_forward));
        let expenditure = [old, new].map(|spec| spec.expenditure.iter().map(|row| item(row, spec)).collect());
        self.rows("expenditure", "基本支出", "basic expenditure", expenditure);
        let categories = |rows: fn(&Spec) -> &Vec<CategoryRow>| {
            [rows(old), rows(new)].map(|rows| rows.iter().map(category).collect())
        };
        self.rows("basic", "基本支出分类", "basic expenditure by category", categories(|spec| &spec.basic));
        let stated = [old, new].map(|spec| spec.stated.iter().map(|row| total(row, spec)).collect());
        self.rows("stated", "公布的小计", "stated subtotal", stated);
        self.projects(old, new);
        self.rows("three_public", "“三公”经费", "three public expenses", categories(|spec| &spec.three_public));
        self.rows("procurement", "政府采购", "procurement", categories(|spec| &spec.procurement));
        self.rows("reserved", "面向中小企业采购", "reserved procurement", categories(|spec| &spec.reserved));
        for (was, is) in pairs(&old.counts.0, &new.counts.0, &[|old, new| old.0.value == new.0.value]) {
            let Some((key, _)) = is.or(was) else { continue };
            let label = Label::new("counts", "数目", "count").key(key, key, key);
            self.counts(label, was.map(|(_, count)| count), is.map(|(_, count)| count));
        }
    }

    fn rows<'a>(&mut self, key: &str, zh: &str, en: &str, [old, new]: [Vec<Row<'a>>; 2]) {
        for (was, is) in pairs(&old, &new, &[|old, new| old.of == new.of, |old, new| alike(&old.of, &new.of)]) {
            let Some(row) = is.or(was) else { continue };
            let label = row.label(key, zh, en);
            if let (Some(was), Some(is)) = (was, is) {
                // The text says something else now, whether or not the same is meant.
                for (index, (key, zh, en)) in
                    [("unit", "预算单位", "unit"), ("fund", "资金来源", "fund")].into_iter().enumerate()
                {
                    let value =
                        |row: &Row| row.of[index].map(|of| Located { value: of.to_owned(), place: row.amount.place });
                    self.whole(label.key(key, zh, en), value(was).as_ref(), value(is).as_ref());
                }
            }
            let years = |row: Option<&Row<'a>>| row.map(|row| (row.amount, row.last));
            self.years(&label, years(was), years(is));
        }
    }

    fn years(&mut self, label: &Label, old: Option<Years>, new: Option<Years>) {
        let label = |key, zh, en| label.key(key, zh, en);
        self.amounts(label("amount", "本年数", "this year"), old.map(|years| years.0), new.map(|years| years.0));
        let last = [old, new].map(|years| years.and_then(|years| years.1));
        self.amounts(label("last", "上年数", "last year"), last[0], last[1]);
    }

    fn projects(&mut self, old: &Spec, new: &Spec) {
        for (was, is) in pairs(&old.projects, &new.projects, &[|old, new| old.id.value == new.id.value]) {
            let Some(project) = is.or(was) else { continue };
            // A field that is new here is to be compared as well.
            let Project { id, name, unit: _, fund: _, item: _, amount: _, last: _, purpose: _, reason: _, goal: _ } =
                project;
            let label = Label {
                path: vec!["projects".to_owned(), id.value.clone()],
                zh: format!("项目“{}”", name.trim()),
                en: format!("project {}", id.value),
            };
            let mut whole = |key, zh, en, text: fn(&Project) -> Option<Located<String>>| {
                let (was, is) = (was.and_then(text), is.and_then(text));
                self.whole(label.key(key, zh, en), was.as_ref(), is.as_ref());
            };
            whole("name", "名称", "name", |project| Some(project.name.clone()));
            whole("unit", "预算单位", "unit", |project| project.unit.clone());
            whole("fund", "资金来源", "fund", |project| project.fund.clone());
            whole("item", "科目", "item", |project| {
                Some(Located { value: project.item.to_string(), place: project.item.place })
            });
            let years = [was, is].map(|project| project.map(|project| (&project.amount, project.last.as_ref())));
            self.years(&label, years[0], years[1]);
            let mut prose = |key, zh, en, text: fn(&Project) -> &Located<String>| {
                self.paragraphs(&label.key(key, zh, en), was.map(text), is.map(text));
            };
            prose("purpose", "用途", "purpose", |project| &project.purpose);
            prose("reason", "增减原因", "reason", |project| &project.reason);
            prose("goal", "绩效目标", "goal", |project| &project.goal);
        }
    }
}

fn text(text: Option<&Located<String>>) -> Option<&str> {
    text.map(|text| text.as_str())
}

fn fund(row: &FundRow) -> Row<'_> {
    let FundRow { unit, fund, amount, last } = row;
    Row { of: [text(unit.as_ref()), Some(fund.as_str()), None], name: "", amount, last: last.as_ref() }
}

fn item<'a>(row: &'a ExpenditureRow, spec: &'a Spec) -> Row<'a> {
    let ExpenditureRow { unit, fund, item, amount, last } = row;
    let of = [text(unit.as_ref()), text(fund.as_ref()), Some(item.value.as_str())];
    Row { of, name: subject(&item.value, spec), amount, last: last.as_ref() }
}

fn category(row: &CategoryRow) -> Row<'_> {
    let CategoryRow { unit, fund, category, amount, last } = row;
    let of = [text(unit.as_ref()), text(fund.as_ref()), Some(category.as_str())];
    Row { of, name: "", amount, last: last.as_ref() }
}

fn total<'a>(row: &'a StatedTotal, spec: &'a Spec) -> Row<'a> {
    let StatedTotal { subject: code, kind, amount } = row;
    let of = [Some(kind.as_str()), None, Some(code.value.as_str())];
    Row { of, name: subject(&code.value, spec), amount, last: None }
}

/// A subject's name, as the spec or the table of its year has it.
fn subject<'a>(code: &SubjectCode, spec: &'a Spec) -> &'a str {
    let own = spec.subjects.iter().find(|subject| subject.code.value == *code).map(|subject| subject.name.as_str());
    own.or_else(|| name(Classification::Functional, *code, spec.year.value)).unwrap_or_default()
}
