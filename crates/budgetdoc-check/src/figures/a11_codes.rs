//! A11: codes of subjects are those of the classification.

use crate::examiner::Examiner;
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::subject::{Classification, SubjectCode};
use budgetdoc_core::subject_table::NameVerdict;
use budgetdoc_document::Place;

pub(crate) const RULE: Rule = Rule {
    id: "A11",
    severity: Severity::Warning,
    title: ("科目编码和名称有效", "Codes and names of subjects are valid"),
    explanation: (
        "编码在预算年度有效，名称是该年的规定名称，同一编码只写一次。编码的位数（类3位、款5位、项7位）和上级科目在读入时检查。程序自带的科目表以 docs/subjects.md 所列为限：用到其中未经核实的名称，给出提示，请与当年的科目书核对，或在 subjects 下写明。",
        "Codes are valid in the fiscal year, names are the official ones of the year, and each code is named once. The length of codes (3, 5 or 7 digits) and the subjects above are checked when the file is read. The built-in table is listed in docs/subjects.md: a name that no source confirms is a note; compare it with the year's classification, or name the subject under `subjects`.",
    ),
    wrong: "subjects:\n  - { code: 20805, name: 行政事业单位离退休 }    # 2020年起改名",
    right: "subjects:\n  - { code: 20805, name: 行政事业单位养老支出 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let year = budget.spec.year.value;
    let table = &budget.subject_table;
    let mut named: Vec<SubjectCode> = Vec::new();
    for row in &budget.spec.subjects {
        examiner.count_one();
        let code = row.code.value;
        let name = row.name.trim();
        if named.contains(&code) {
            report(
                examiner,
                (code, row.code.place, Severity::Warning),
                (format!("科目 {code} 写了两次"), format!("subject {code} is named twice")),
                ("请删去一行", "delete one of the rows"),
            );
            continue;
        }
        named.push(code);
        let used = budget.subjects.contains_key(&code);
        let classification = if used { Classification::Functional } else { code.classification() };
        let (severity, (zh, en)) = match table.compare_name(classification, code, name, year) {
            NameVerdict::Right(_) => continue,
            NameVerdict::OldName { given, valid } => {
                let years = given.years.words();
                (
                    Severity::Warning,
                    (
                        format!("{code} 的名称“{name}”用于{}，{year}年为“{}”", years.zh, valid.name),
                        format!("{code} was named {name} {}; in {year} it is {}", years.en, valid.name),
                    ),
                )
            }
            NameVerdict::OtherName(valid) => {
                let severity = if valid.confirmed { Severity::Warning } else { Severity::Note };
                (
                    severity,
                    (
                        format!("{code} 的名称写作“{name}”，科目表为“{}”", valid.name),
                        format!("{code} is named {name} here, but {} in the table of subjects", valid.name),
                    ),
                )
            }
            NameVerdict::OtherYears(lines) => {
                let years: Vec<_> = lines.iter().map(|line| line.years.words()).collect();
                let zh: Vec<_> = years.iter().map(|years| years.zh.as_str()).collect();
                let en: Vec<_> = years.iter().map(|years| years.en.as_str()).collect();
                (
                    Severity::Warning,
                    (
                        format!("科目 {code} 只用于{}，{year}年没有", zh.join("、")),
                        format!("subject {code} is valid {} only, not in {year}", en.join(", ")),
                    ),
                )
            }
            NameVerdict::Unknown => (
                Severity::Note,
                (
                    format!("科目表中没有 {code}，按所写的“{name}”印出"),
                    format!("{code} is not in the table of subjects; it is printed as {name}"),
                ),
            ),
        };
        report(
            examiner,
            (code, row.code.place, severity),
            (zh, en),
            ("请与当年的《政府收支分类科目》核对", "compare it with the year's classification"),
        );
    }
    report_unconfirmed(examiner, &named);
}

/// Reports the names taken from lines of the table that no source confirms, in one finding.
fn report_unconfirmed(examiner: &mut Examiner, named: &[SubjectCode]) {
    let budget = examiner.budget;
    let year = budget.spec.year.value;
    let lists = [(Classification::Functional, &budget.subjects), (Classification::Economic, &budget.economic)];
    let mut doubtful = Vec::new();
    for (classification, list) in lists {
        for (code, name) in list {
            examiner.count_one();
            let line = budget.subject_table.get(classification, *code, year);
            if !named.contains(code) && line.is_some_and(|line| !line.confirmed) {
                doubtful.push((*code, name.clone()));
            }
        }
    }
    let Some((first, _)) = doubtful.first() else { return };
    let place = budget
        .cube
        .facts
        .iter()
        .find(|fact| [fact.item, fact.economic].into_iter().flatten().any(|code| code.is_within(*first)))
        .and_then(|fact| fact.this.place);
    let named: Vec<_> = doubtful.iter().map(|(code, name)| format!("{code} {name}")).collect();
    let codes: Vec<_> = doubtful.iter().map(|(code, _)| code.to_string()).collect();
    let (count, first) = (codes.len(), codes.iter().take(5).cloned().collect::<Vec<_>>());
    let more = if count > first.len() { ("等", " and others") } else { ("", "") };
    examiner.report(
        "subjects",
        Severity::Note,
        place,
        Bilingual::new(
            format!("{count} 个科目的名称未经核实：{}{}", first.join("、"), more.0),
            format!("no source confirms the names of {count} subjects: {}{}", first.join(", "), more.1),
        ),
        Bilingual::new(
            format!("请与当年的《政府收支分类科目》核对，并在 subjects 下写明：{}", named.join("、")),
            format!("compare them with the year's classification and name them under `subjects`: {}", named.join(", ")),
        ),
    );
}

fn report(
    examiner: &mut Examiner,
    (code, place, severity): (SubjectCode, Option<Place>, Severity),
    (zh, en): (String, String),
    help: (&str, &str),
) {
    examiner.report(
        format!("subjects.{code}"),
        severity,
        place,
        Bilingual::new(zh, en),
        Bilingual::new(help.0, help.1),
    );
}
