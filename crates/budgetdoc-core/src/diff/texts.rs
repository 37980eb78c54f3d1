//! Compares the texts of a spec.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Differ, Difference, Label, pairs};
use crate::ordered::Ordered;
use crate::source::Located;
use crate::spec::{
    BudgetUnit, Code, Department, Explanation, Indicators, Performance, Spec, Suppression, Task, leaves,
};
use budgetdoc_document::Place;

/// A paragraph and its place.
type PlacedParagraph<'a> = (&'a str, Option<Place>);

impl Differ {
    pub(super) fn texts(&mut self, old: &Spec, new: &Spec) {
        self.department(&old.department, &new.department);
        self.explanations(old, new);
        self.keyed(&Label::new("text", "文字", "text"), &old.text, &new.text);
        self.performance(old.performance.as_ref(), new.performance.as_ref());
        for (was, is) in pairs(old.glossary.terms(), new.glossary.terms(), &[|old, new| old.term == new.term]) {
            let Some(term) = is.or(was) else { continue };
            let label = Label::new("glossary", "名词解释", "term").key(&term.term, &term.term, &term.term);
            self.paragraphs(&label, was.map(|term| &term.meaning), is.map(|term| &term.meaning));
        }
        for (was, is) in pairs(&old.subjects, &new.subjects, &[|old, new| old.code == new.code]) {
            let Some(subject) = is.or(was) else { continue };
            let code = subject.code.to_string();
            let label = Label::new("subjects", "科目名称", "subject").key(&code, &code, &code);
            self.whole(label, was.map(|subject| &subject.name), is.map(|subject| &subject.name));
        }
        self.keyed(&Label::new("fonts", "字体", "font"), &old.fonts, &new.fonts);
        self.suppressions(old, new);
    }

    fn department(&mut self, old: &Department, new: &Department) {
        let Department { name, supervisor, units } = new;
        let label = Label::new("department", "部门", "department");
        self.whole(label.key("name", "名称", "name"), Some(&old.name), Some(name));
        self.whole(label.key("supervisor", "主管部门", "supervisor"), old.supervisor.as_ref(), supervisor.as_ref());
        for (was, is) in pairs(&old.units, units, &[|old, new| old.id == new.id]) {
            let Some(unit) = is.or(was) else { continue };
            let BudgetUnit { id, name: _, code: _, nature: _ } = unit;
            let label = label.key("units", "预算单位", "unit").key(id, id, id);
            self.whole(label.key("name", "名称", "name"), was.map(|unit| &unit.name), is.map(|unit| &unit.name));
            let code = |unit: Option<&BudgetUnit>| unit.and_then(|unit| unit.code.as_ref()).map(Code::written);
            self.whole(label.key("code", "代码", "code"), code(was).as_ref(), code(is).as_ref());
            if let (Some(was), Some(is)) = (was, is) {
                let nature = |unit: &BudgetUnit| Located { value: unit.nature.name().to_owned(), place: unit.id.place };
                self.whole(label.key("nature", "单位性质", "nature"), Some(&nature(was)), Some(&nature(is)));
            }
        }
    }

    fn explanations(&mut self, old: &Spec, new: &Spec) {
        for (was, is) in pairs(&old.explanations, &new.explanations, &[|old, new| old.subject == new.subject]) {
            let Some(explanation) = is.or(was) else { continue };
            let Explanation { subject, purpose: _, reason: _ } = explanation;
            let code = subject.to_string();
            let label = Label::new("explanations", "科目说明", "explanation").key(&code, &code, &code);
            let purpose = [was, is].map(|explanation| explanation.map(|explanation| &explanation.purpose));
            self.paragraphs(&label.key("purpose", "用途", "purpose"), purpose[0], purpose[1]);
            let reason = [was, is].map(|explanation| explanation.map(|explanation| &explanation.reason));
            self.paragraphs(&label.key("reason", "增减原因", "reason"), reason[0], reason[1]);
        }
    }

    fn suppressions(&mut self, old: &Spec, new: &Spec) {
        let same = |old: &Suppression, new: &Suppression| old.rule == new.rule && old.at == new.at;
        for (was, is) in pairs(&old.suppress, &new.suppress, &[same]) {
            let Some(suppression) = is.or(was) else { continue };
            let Suppression { rule, at, reason: _ } = suppression;
            let label = Label::new("suppress", "放行", "suppressed").key(rule, rule, rule);
            let label = at.iter().fold(label, |label, at| label.key(at, at, at));
            self.whole(label, was.map(|entry| &entry.reason), is.map(|entry| &entry.reason));
        }
    }

    fn keyed(&mut self, label: &Label, old: &Ordered<Located<String>>, new: &Ordered<Located<String>>) {
        for (was, is) in pairs(&old.0, &new.0, &[|old, new| old.0 == new.0]) {
            let Some((key, _)) = is.or(was) else { continue };
            self.paragraphs(&label.key(key, key, key), was.map(|(_, text)| text), is.map(|(_, text)| text));
        }
    }

    fn performance(&mut self, old: Option<&Performance>, new: Option<&Performance>) {
        let label = Label::new("performance", "绩效目标", "performance");
        let of = |text: fn(&Performance) -> &Located<String>| [old.map(text), new.map(text)];
        let [was, is] = of(|performance| &performance.basic);
        self.paragraphs(&label.key("basic", "基本支出", "basic"), was, is);
        let [was, is] = of(|performance| &performance.goal);
        self.paragraphs(&label.key("goal", "年度总体目标", "goal"), was, is);
        let tasks = |of: Option<&Performance>| of.map(|of| of.tasks.clone()).unwrap_or_default();
        for (was, is) in pairs(&tasks(old), &tasks(new), &[|old, new| old.project == new.project]) {
            let Some(task) = is.or(was) else { continue };
            let Task { project, name: _, content: _ } = task;
            let label = label.key("tasks", "任务", "task").key(project, project, project);
            let name = |task: Option<&Task>| task.and_then(|task| task.name.clone());
            self.whole(label.key("name", "名称", "name"), name(was).as_ref(), name(is).as_ref());
            let label = label.key("content", "内容", "content");
            self.paragraphs(&label, was.map(|task| &task.content), is.map(|task| &task.content));
        }
        self.indicators(&label, old.map(|of| &of.indicators), new.map(|of| &of.indicators));
    }

    /// Compares indicators by their levels and names.
    pub(super) fn indicators(&mut self, label: &Label, old: Option<&Indicators>, new: Option<&Indicators>) {
        let (was, is) = (listed(old), listed(new));
        for (was, is) in pairs(&was, &is, &[|old, new| old.0 == new.0]) {
            let Some((path, _)) = is.or(was) else { continue };
            let label =
                path.iter().fold(label.key("indicators", "指标", "indicator"), |label, key| label.key(key, key, key));
            self.whole(label, was.map(|(_, target)| target), is.map(|(_, target)| target));
        }
    }

    /// Compares a text by paragraph.
    pub(super) fn paragraphs(&mut self, label: &Label, old: Option<&Located<String>>, new: Option<&Located<String>>) {
        let (was, is) = (split(old), split(new));
        let words =
            |paragraphs: &[PlacedParagraph]| paragraphs.iter().map(|(text, _)| text.to_string()).collect::<Vec<_>>();
        let several = was.len().max(is.len()) > 1;
        for change in capture_diff_slices(Algorithm::Myers, &words(&was), &words(&is)) {
            if matches!(change, DiffOp::Equal { .. }) {
                continue;
            }
            let (old, new): (Range<usize>, Range<usize>) = (change.old_range(), change.new_range());
            // As many as both have are changed, the rest is added or removed.
            for index in 0..old.len().max(new.len()) {
                let (old, new) = (old.clone().nth(index), new.clone().nth(index));
                let number = new.or(old).map_or(0, |index| index + 1);
                let label = if several {
                    label.key(&number.to_string(), &format!("第 {number} 段"), &format!("paragraph {number}"))
                } else {
                    label.clone()
                };
                let (old, new) = (old.map(|index| was[index]), new.map(|index| is[index]));
                let text = |paragraph: Option<PlacedParagraph>| paragraph.map(|(text, _)| text.to_owned());
                let place = |paragraph: Option<PlacedParagraph>| paragraph.and_then(|(_, place)| place);
                let difference = Difference::Text { old: text(old), new: text(new) };
                self.push(label, difference, (place(old), place(new)));
            }
        }
    }
}

/// Returns the paragraphs of a text; an empty text has none.
fn split(text: Option<&Located<String>>) -> Vec<PlacedParagraph<'_>> {
    let Some(text) = text else { return Vec::new() };
    // A text written line by line ends its last one.
    let by_line = text.ends_with('\n');
    let place = |index: usize| {
        let below = if by_line { u32::try_from(index).unwrap_or(0) } else { 0 };
        text.place.map(|place| Place { line: place.line + below, ..place })
    };
    let lines = text.lines().enumerate().map(|(index, line)| (line.trim(), place(index)));
    lines.filter(|(line, _)| !line.is_empty()).collect()
}

/// Returns the targets of indicators, each with its two levels and its name.
fn listed(indicators: Option<&Indicators>) -> Vec<([String; 3], Located<String>)> {
    let all = indicators.into_iter().flat_map(leaves);
    all.map(|([first, second], indicator)| {
        let path = [first, second, &indicator.name].map(|text| text.trim().to_owned());
        let mut value = indicator.printed_target();
        let weight = indicator.weight.as_ref().map(|weight| weight.value.0.to_string());
        let more = [weight.unwrap_or_default(), indicator.direction.trim().to_owned()];
        more.iter().filter(|word| !word.is_empty()).for_each(|word| value += &format!("，{word}"));
        (path, Located { value, place: indicator.written().place })
    })
    .collect()
}
