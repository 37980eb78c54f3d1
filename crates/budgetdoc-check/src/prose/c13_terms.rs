//! C13: the terms explained are the terms used.

use crate::figures::measures::{is_nonzero, of_accounts};
use crate::figures::table_kinds::{balance_of, explains_terms};
use crate::prose::reader::{Caution, ProseReader};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::budget::{Budget, Scope};
use budgetdoc_core::compose::PassageKind;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::profile::{Account, ColumnDef, RowsDef, TableContent};
use budgetdoc_core::source::Located;
use budgetdoc_core::spec::GlossaryTerm;
use budgetdoc_core::subject::Level;

pub(crate) const RULE: Rule = Rule {
    id: "C13",
    severity: Severity::Warning,
    title: ("名词解释与内容对应", "The glossary explains the terms of the document"),
    explanation: (
        "有支出的每一类科目都应在名词解释中说明，每个名词只解释一次；glossary 中解释了而全文没有用到的名词，给出提示；版式自带的名词照印，不论。",
        "The glossary explains each functional class with expenditure, and each term once; a term of the spec that the document does not use is a note.",
    ),
    wrong: "glossary:    # 有卫生健康支出11万元\n  - { term: 一般公共服务支出, meaning: …… }",
    right: "glossary:\n  - { term: 一般公共服务支出, meaning: …… }\n  - { term: 卫生健康支出, meaning: …… }",
    checks: &[Check::Prose(check)],
};

fn check(examiner: &mut ProseReader) {
    let budget = examiner.budget;
    if !explains_terms(&budget.profile) {
        return;
    }
    let list: Vec<(&GlossaryTerm, bool)> = budget.glossary().collect();
    let has_own = !budget.spec.glossary.terms().is_empty();
    for (index, (term, is_own)) in list.iter().enumerate() {
        examiner.count_one();
        let name = term.term.trim();
        if list[..index].iter().any(|(other, _)| other.term.trim() == name) {
            // A place of the profile would point into the wrong file.
            let value = if *is_own { term.term.clone() } else { Located { place: None, ..term.term.clone() } };
            examiner.report_value(
                format!("glossary.{name}"),
                &value,
                Caution::Warning,
                Bilingual::new(format!("名词“{name}”解释了两次"), format!("the term `{name}` is explained twice")),
                Bilingual::new("请删去一处", "delete one"),
            );
        }
    }
    let measure = of_accounts(&[Account::Expenditure]);
    let classes = budget.cube.subjects(&measure, Scope::default());
    let explains = |name: &String| list.iter().any(|(term, _)| term.term.trim() == name.as_str());
    // Some forms explain no class at all, only terms of budgeting.
    let by_class = classes.iter().filter(|class| class.level() == Level::Class);
    let by_class = by_class.filter_map(|class| budget.subjects.get(class)).any(explains);
    for class in classes {
        if class.level() != Level::Class || !by_class {
            continue;
        }
        let total = budget.cube.total(&measure, Scope { subject: Some(class), ..Scope::default() });
        let name = budget.subjects.get(&class).cloned().unwrap_or_default();
        examiner.count_one();
        let explained =
            list.iter().any(|(term, _)| term.term.contains(name.as_str()) || name.contains(term.term.trim()));
        if !is_nonzero(&total) || explained {
            continue;
        }
        let amount = examiner.print(total.or_zero());
        // The form's own list is the form's to add to.
        examiner.report(
            format!("glossary.{class}"),
            if has_own { Caution::Warning } else { Caution::Note },
            total.terms.iter().find_map(|term| term.place),
            Bilingual::new(
                format!("{class} {name}有支出 {amount}，名词解释中没有说明"),
                format!("class {class} has {amount}, but the glossary does not explain it"),
            ),
            match has_own {
                true => Bilingual::new(format!("请在 glossary 中加一条“{name}”"), "add it to `glossary`"),
                false => Bilingual::new(
                    format!("名词解释由版式给出；要补充，请写 glossary: {{ add: [{{ term: {name}, meaning: …… }}] }}"),
                    format!("the glossary is the profile's; add to it with `glossary: {{ add: [{{ term: {name}, meaning: … }}] }}`"),
                ),
            },
        );
    }
    if has_own {
        report_unused(examiner);
    }
}

const QUOTES: [char; 3] = ['“', '”', '"'];

/// Reports the spec's terms that the document does not use. The form's own terms are always printed.
fn report_unused(examiner: &mut ProseReader) {
    let budget = examiner.budget;
    let mut words: Vec<String> = examiner
        .prose
        .passages
        .iter()
        .filter(|passage| passage.kind != PassageKind::Glossary)
        .map(|passage| passage.text.clone())
        .collect();
    words.extend(table_words(budget));
    // Quotation marks make no difference.
    for text in &mut words {
        text.retain(|character| !QUOTES.contains(&character));
    }
    for term in budget.spec.glossary.terms() {
        let name = term.term.trim();
        let plain: String = name.chars().filter(|character| !QUOTES.contains(character)).collect();
        let plain = plain.split('（').next().unwrap_or_default().to_owned();
        let core = plain.strip_suffix("收入").or(plain.strip_suffix("支出")).filter(|core| core.chars().count() > 3);
        let core = core.unwrap_or(&plain);
        if words.iter().any(|text| text.contains(core)) {
            continue;
        }
        examiner.report_value(
            format!("glossary.{name}"),
            &term.term,
            Caution::Note,
            Bilingual::new(
                format!("解释了名词“{name}”，但全文没有用到"),
                format!("the glossary explains `{name}`, which the document never uses"),
            ),
            Bilingual::new("不需要的名词请从 glossary 中删去", "leave it out of `glossary`"),
        );
    }
}

/// Returns the words of tables: titles, heads, names of rows, notes.
fn table_words(budget: &Budget) -> Vec<String> {
    let mut words: Vec<String> = budget.subjects.values().chain(budget.economic.values()).cloned().collect();
    words.extend(budget.profile.kinds.iter().map(|kind| kind.name.clone()));
    words.extend(budget.profile.categories.all().map(|category| category.name.clone()));
    let mut columns = |list: &[ColumnDef]| words.extend(list.iter().flat_map(|column| column.head.iter().cloned()));
    let (mut rows, mut schedule_heads) = (Vec::new(), Vec::new());
    for (_, table) in budget.profile.tables.iter() {
        match &table.content {
            TableContent::Rows(tabular) => {
                columns(&tabular.columns);
                rows.push(&tabular.rows);
            }
            TableContent::Balance(balance) => {
                balance.sides.iter().for_each(|side| columns(&side.columns));
                rows.extend(balance.sides.iter().map(|side| &side.rows));
            }
            TableContent::Schedule(schedule) => {
                schedule_heads.extend(schedule.columns.iter().flat_map(|column| column.head.iter().cloned()));
            }
            TableContent::Performance(_) => {}
        }
    }
    words.extend(schedule_heads);
    for lines in rows {
        match lines {
            RowsDef::Lines(lines) | RowsDef::UnitLines(lines) => {
                words.extend(lines.iter().map(|line| line.name.clone()))
            }
            RowsDef::Each(_) => {}
        }
    }
    for (_, table) in budget.profile.tables.iter() {
        if let Some(balance) = balance_of(table) {
            words.extend(balance.closing.iter().flatten().map(|line| line.name.value.clone()));
        }
        words.extend(table.title.clone());
        words.extend(table.notes.iter().cloned());
    }
    words
}
