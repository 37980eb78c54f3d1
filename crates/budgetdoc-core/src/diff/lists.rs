//! Compares the lists of a spec: rows of money, and counts.

use super::{Differ, Label, pairs};
use crate::money::Amount;
use crate::source::Located;
use crate::spec::{
    CategoryRow, Code, Control, EconomicRow, ExpenditureRow, FundRow, InternalRow, ProcurementItem, Project, Spec,
    StatedTotal,
};
use crate::subject::{Classification, SubjectCode};
use crate::subject_table::SubjectTable;

/// A row of any list: its keys and figures.
struct ListRow<'a> {
    /// Unit, fund and kind, all optional, then the keys of the list.
    of: Vec<Option<&'a str>>,
    /// The name of a subject's code.
    name: &'a str,
    figures: RowFigures<'a>,
}

/// This year's amount, last year's, and what last year's came to.
type RowFigures<'a> = [Option<&'a Located<Amount>>; 3];

/// The keys of the first entries of [`ListRow::of`].
const UNDERSTOOD: [(&str, &str, &str); 3] =
    [("unit", "预算单位", "unit"), ("fund", "资金来源", "fund"), ("kind", "支出类型", "kind")];

impl ListRow<'_> {
    fn label(&self, key: &str, zh: &str, en: &str) -> Label {
        let of: Vec<_> = self.of.iter().flatten().copied().collect();
        let words = |list: &str, name: &str| {
            let words = [&[list], &of[..], &[name]].concat();
            words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let path = std::iter::once(key).chain(of.iter().copied()).map(str::to_owned).collect();
        Label { path, zh: words(zh, self.name), en: words(en, "") }
    }

    /// Returns whether both are the same row, though a unit, fund or kind is written in one spec and omitted in the
    /// other.
    fn is_like(&self, other: &ListRow) -> bool {
        let mut entries = self.of.iter().zip(&other.of).enumerate();
        entries.all(|(index, (mine, theirs))| {
            mine == theirs || index < UNDERSTOOD.len() && (mine.is_none() || theirs.is_none())
        })
    }
}

impl Differ {
    pub(super) fn lists(&mut self, old: &Spec, new: &Spec) {
        let both = |rows: fn(&Spec) -> Vec<ListRow>| [rows(old), rows(new)];
        let lists = [
            ("income", "收入", "income", both(|spec| spec.income.iter().map(fund).collect())),
            (
                "brought_forward",
                "上年结转",
                "brought forward",
                both(|spec| spec.brought_forward.iter().map(fund).collect()),
            ),
            (
                "carried_forward",
                "结转下年",
                "carried forward",
                both(|spec| spec.carried_forward.iter().map(fund).collect()),
            ),
            ("internal", "内部往来", "internal", both(|spec| spec.internal.iter().map(internal).collect())),
            (
                "expenditure",
                "支出",
                "expenditure",
                both(|spec| spec.expenditure.iter().map(|row| item(row, spec)).collect()),
            ),
            ("basic", "基本支出分类", "basic expenditure", both(|spec| spec.basic.iter().map(category).collect())),
            (
                "economic",
                "经济分类",
                "economic",
                both(|spec| spec.economic.iter().map(|row| economic(row, spec)).collect()),
            ),
            (
                "stated",
                "公布的小计",
                "stated subtotal",
                both(|spec| spec.stated.iter().map(|row| total(row, spec)).collect()),
            ),
        ];
        for (key, zh, en, rows) in lists {
            self.rows(key, zh, en, rows);
        }
        self.projects(old, new);
        let lists = [
            (
                "three_public",
                "“三公”经费",
                "three public expenses",
                both(|spec| spec.three_public.iter().map(category).collect()),
            ),
            ("meetings", "会议费、培训费", "meetings", both(|spec| spec.meetings.iter().map(category).collect())),
            ("procurement", "政府采购", "procurement", both(|spec| spec.procurement.iter().map(category).collect())),
            (
                "procurement_items",
                "采购明细",
                "procurement item",
                both(|spec| spec.procurement_items.iter().map(procurement_row).collect()),
            ),
            (
                "reserved",
                "面向中小企业采购",
                "reserved procurement",
                both(|spec| spec.reserved.iter().map(category).collect()),
            ),
            ("control", "控制数", "control figure", both(|spec| spec.control.iter().map(control).collect())),
        ];
        for (key, zh, en, rows) in lists {
            self.rows(key, zh, en, rows);
        }
        for (was, is) in pairs(&old.counts.0, &new.counts.0, &[|old, new| old.0.value == new.0.value]) {
            let Some((key, _)) = is.or(was) else { continue };
            let label = Label::new("counts", "数目", "count").key(key, key, key);
            self.counts(label, was.map(|(_, count)| count), is.map(|(_, count)| count));
        }
        for (was, is) in pairs(&old.last_totals.0, &new.last_totals.0, &[|old, new| old.0.value == new.0.value]) {
            let Some((key, _)) = is.or(was) else { continue };
            let label = Label::new("last_totals", "上年总数", "last year's total").key(key, key, key);
            self.amounts(label, was.map(|(_, amount)| amount), is.map(|(_, amount)| amount));
        }
    }

    fn rows<'a>(&mut self, key: &str, zh: &str, en: &str, [old, new]: [Vec<ListRow<'a>>; 2]) {
        for (was, is) in pairs(&old, &new, &[|old, new| old.of == new.of, |old, new| old.is_like(new)]) {
            let Some(row) = is.or(was) else { continue };
            let label = row.label(key, zh, en);
            if let (Some(was), Some(is)) = (was, is) {
                // The texts differ, even if they mean the same.
                for (index, (key, zh, en)) in UNDERSTOOD.into_iter().enumerate() {
                    let place = |row: &ListRow| row.figures[0].and_then(|amount| amount.place);
                    let value =
                        |row: &ListRow| row.of[index].map(|of| Located { value: of.to_owned(), place: place(row) });
                    self.whole(label.key(key, zh, en), value(was).as_ref(), value(is).as_ref());
                }
            }
            self.figures(&label, was.map(|row| row.figures), is.map(|row| row.figures));
        }
    }

    fn figures(&mut self, label: &Label, old: Option<RowFigures>, new: Option<RowFigures>) {
        let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
        let keys = [
            ("amount", "本年数", "this year"),
            ("last", "上年数", "last year"),
            ("executed", "上年执行数", "last year's outcome"),
        ];
        for (index, (key, zh, en)) in keys.into_iter().enumerate() {
            self.amounts(label.key(key, zh, en), old[index], new[index]);
        }
    }

    fn projects(&mut self, old: &Spec, new: &Spec) {
        for (was, is) in pairs(&old.projects, &new.projects, &[|old, new| old.id.value == new.id.value]) {
            let Some(project) = is.or(was) else { continue };
            // A new field has to be compared as well.
            let Project {
                id,
                name,
                unit: _,
                fund: _,
                item: _,
                amount: _,
                last: _,
                executed: _,
                purpose: _,
                reason: _,
                goal: _,
                code: _,
                category: _,
                indicators: _,
            } = project;
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
            whole("code", "编码", "code", |project| project.code.as_ref().map(Code::written));
            whole("category", "类别", "category", |project| project.category.clone());
            let figures = [was, is].map(|project| {
                project.map(|project| [Some(&project.amount), project.last.as_ref(), project.executed.as_ref()])
            });
            self.figures(&label, figures[0], figures[1]);
            let mut prose = |key, zh, en, text: fn(&Project) -> &Located<String>| {
                self.paragraphs(&label.key(key, zh, en), was.map(text), is.map(text));
            };
            prose("purpose", "用途", "purpose", |project| &project.purpose);
            prose("reason", "增减原因", "reason", |project| &project.reason);
            prose("goal", "绩效目标", "goal", |project| &project.goal);
            self.indicators(&label, was.map(|of| &of.indicators), is.map(|of| &of.indicators));
        }
    }
}

fn text(text: Option<&Located<String>>) -> Option<&str> {
    text.map(|text| text.as_str())
}

fn code(code: Option<&Located<SubjectCode>>) -> Option<&str> {
    code.map(|code| code.value.as_str())
}

// Exhaustive: a new field of a row must be compared below.

fn fund(row: &FundRow) -> ListRow<'_> {
    let FundRow { unit, fund, item, amount, last, executed } = row;
    let of = vec![text(unit.as_ref()), Some(fund.as_str()), None, code(item.as_ref())];
    ListRow { of, name: "", figures: [Some(amount), last.as_ref(), executed.as_ref()] }
}

fn internal(row: &InternalRow) -> ListRow<'_> {
    let InternalRow { from, to, fund, item, kind, amount, last } = row;
    let (from, to) = (Some(from.as_str()), Some(to.as_str()));
    let of = vec![from, Some(fund.as_str()), Some(kind.as_str()), to, Some(item.value.as_str())];
    ListRow { of, name: "", figures: [Some(amount), last.as_ref(), None] }
}

fn item<'a>(row: &'a ExpenditureRow, spec: &'a Spec) -> ListRow<'a> {
    let ExpenditureRow { unit, fund, item, kind, category, amount, last, executed } = row;
    let mut of = vec![text(unit.as_ref()), text(fund.as_ref()), text(kind.as_ref()), Some(item.value.as_str())];
    of.push(text(category.as_ref()));
    let name = subject(Classification::Functional, &item.value, spec);
    ListRow { of, name, figures: [Some(amount), last.as_ref(), executed.as_ref()] }
}

fn category(row: &CategoryRow) -> ListRow<'_> {
    let CategoryRow { unit, fund, category, amount, last, executed } = row;
    let of = vec![text(unit.as_ref()), text(fund.as_ref()), None, Some(category.as_str())];
    ListRow { of, name: "", figures: [Some(amount), last.as_ref(), executed.as_ref()] }
}

fn economic<'a>(row: &'a EconomicRow, spec: &'a Spec) -> ListRow<'a> {
    let EconomicRow { unit, fund, code: division, kind, item, government, amount, last, executed } = row;
    let mut of = vec![text(unit.as_ref()), text(fund.as_ref()), text(kind.as_ref()), Some(division.value.as_str())];
    of.extend([code(item.as_ref()), code(government.as_ref())]);
    let name = subject(Classification::Economic, &division.value, spec);
    ListRow { of, name, figures: [Some(amount), last.as_ref(), executed.as_ref()] }
}

fn total<'a>(row: &'a StatedTotal, spec: &'a Spec) -> ListRow<'a> {
    let StatedTotal { subject: code, kind, amount } = row;
    let of = vec![None, None, Some(kind.as_str()), Some(code.value.as_str())];
    ListRow { of, name: subject(Classification::Functional, &code.value, spec), figures: [Some(amount), None, None] }
}

fn procurement_row(row: &ProcurementItem) -> ListRow<'_> {
    let ProcurementItem { unit, fund, category, project, economic, name, method, amount } = row;
    let mut of = vec![text(unit.as_ref()), text(fund.as_ref()), None, Some(category.as_str())];
    of.extend([project.as_str(), economic.value.as_str(), name.as_str(), method.as_str()].map(Some));
    ListRow { of, name: "", figures: [Some(amount), None, None] }
}

fn control(row: &Control) -> ListRow<'_> {
    let Control { table, row, column, amount } = row;
    let of = vec![None, None, None, Some(table.as_str()), text(row.as_ref()), text(column.as_ref())];
    ListRow { of, name: "", figures: [Some(amount), None, None] }
}

/// Returns a subject's name, as the spec or the table of its year has it.
fn subject<'a>(classification: Classification, code: &SubjectCode, spec: &'a Spec) -> &'a str {
    let own = spec.subjects.iter().find(|subject| subject.code.value == *code).map(|subject| subject.name.as_str());
    own.or_else(|| SubjectTable::built_in().name(classification, *code, spec.year.value)).unwrap_or_default()
}
