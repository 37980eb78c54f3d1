//! The first page of the sheet: the budget, the results of the checks, and the signatures.

use super::Sheet;
use crate::printed::is_printed;
use crate::{Agreement, Finding, Severity};
use budgetdoc_core::lang::Lang;
use budgetdoc_document::{Align, Block, Cell, Column, ColumnKind, Heading, Length, Row, Table, TableBody, Text};

pub(super) fn blocks(sheet: &Sheet) -> Vec<Block> {
    let spec = &sheet.budget.spec;
    let (year, name) = (spec.year.value, spec.department.name.trim());
    let title = match sheet.lang {
        Lang::Zh => format!("{year}年{name}部门预算勾稽关系校验表"),
        Lang::En => format!("Reconciliation sheet of the {year} budget of {name}"),
    };
    vec![
        Block::Heading(Heading { level: 1, text: title.into(), new_page: false, contents: None }),
        Block::Table(Box::new(facts(sheet))),
    ]
}

/// Returns the results of all rules, and room for the signatures.
fn facts(sheet: &Sheet) -> Table {
    let spec = &sheet.budget.spec;
    let examination = sheet.examination;
    let say = |zh, en| sheet.say(zh, en);
    let (used, applied) =
        (examination.looked_at.iter().filter(|(_, count)| *count > 0).count(), examination.looked_at.len());
    let rules = match sheet.lang {
        Lang::Zh => format!("{applied} 条，其中适用 {used} 条"),
        Lang::En => format!("{applied}, {used} of them applicable"),
    };
    let source = spec.source.get().unwrap_or(say("（由程序生成）", "(built in code)"));
    let label = |words: &str| Cell::new(words).header();
    let wide = |words: &str, value: Cell| Row::new([label(words), value.span(3, 1)]);
    let pair = |left: (&str, String), right: (&str, String)| {
        Row::new([label(left.0), Cell::new(left.1), label(right.0), Cell::new(right.1)])
    };
    let mut rows = vec![
        wide(say("编报单位", "Department"), Cell::new(spec.department.name.trim())),
        pair(
            (say("预算年度", "Budget year"), spec.year.value.to_string()),
            (say("金额单位", "Amounts in"), spec.unit.name().to_owned()),
        ),
        pair(
            (say("核对规则", "Rules applied"), rules),
            (say("核对程序", "Program"), concat!("budgetdoc ", env!("CARGO_PKG_VERSION")).to_owned()),
        ),
        wide(say("数据中的数字", "Figures of the spec"), Cell::new(figure_counts(sheet))),
        wide(say("文字中的数字", "Figures in texts"), Cell::new(statement_counts(sheet))),
        wide(say("印出的数字", "Printed figures"), Cell::new(printed_counts(sheet))),
        wide(say("核对结果", "Findings"), Cell::new(finding_counts(sheet))),
        wide(say("结论", "Verdict"), conclusion(sheet)),
    ];
    rows.extend(open_findings(sheet).map(|open| wide(say("须改正", "To correct"), open)));
    rows.push(wide(say("数据文件", "Spec"), Cell::new(source)));
    for (zh, en) in
        [("编制人（签字）", "Prepared by"), ("复核人（签字）", "Reviewed by"), ("单位负责人（签字）", "Head")]
    {
        rows.push(signature_row(label(say(zh, en)), label(say("日期", "Date"))));
    }
    let column = |kind, width| Column { kind, width };
    let (label, value) = (column(ColumnKind::Label, Some(Length::mm(36))), column(ColumnKind::Text, None));
    Table {
        summary: say(
            "单位、年度、核对的规则和数字、结论，以及签字的地方",
            "Department, year, rules and figures checked, the verdict and the signatures",
        )
        .to_owned(),
        columns: vec![label, value, column(ColumnKind::Label, Some(Length::mm(24))), value],
        bodies: vec![TableBody { head: Vec::new(), rows }],
        ..Table::default()
    }
}

/// Returns a row with room for a name written by hand.
fn signature_row(label: Cell, date: Cell) -> Row {
    let room = || Cell::new(vec!["\u{3000}".into(); 3]);
    Row::new([label, room(), date, room()])
}

/// Returns how many pairs of figures that can differ were compared, and how they agree.
fn figure_counts(sheet: &Sheet) -> String {
    let comparisons = &sheet.examination.comparisons;
    let (same, compared): (Vec<_>, Vec<_>) = comparisons.iter().partition(|one| one.is_by_construction());
    let of = |verdict| compared.iter().filter(|one| one.agreement == verdict).count();
    let (agree, rounding, differ) = (of(Agreement::Agrees), of(Agreement::Rounding), of(Agreement::Differs));
    let (count, same) = (compared.len(), same.len());
    match sheet.lang {
        Lang::Zh => format!(
            "{count} 组：一致 {agree}，尾差 {rounding}，不符 {differ}；另有 {same} 组由同一批数据算出，必然一致，不计"
        ),
        Lang::En => format!(
            "{count} pairs: {agree} agree, {rounding} rounding, {differ} differ; {same} more are computed from the same entries"
        ),
    }
}

/// Returns how many statements of the texts were compared with figures, and how they agree.
fn statement_counts(sheet: &Sheet) -> String {
    let statements = &sheet.examination.statements;
    let wrong = statements.iter().filter(|one| !one.agrees).count();
    let (count, right, unbound) = (statements.len(), statements.len() - wrong, sheet.examination.unbound.len());
    match sheet.lang {
        Lang::Zh => format!("{count} 处：一致 {right}，不符 {wrong}；另有 {unbound} 处无从核对"),
        Lang::En => format!("{count}: {right} agree, {wrong} differ; {unbound} more cannot be compared"),
    }
}

/// Returns how many pairs of printed figures were compared, and how many differ.
fn printed_counts(sheet: &Sheet) -> String {
    let examination = sheet.examination;
    let pairs: usize = examination.looked_at.iter().filter(|(id, _)| is_printed(id)).map(|(_, count)| count).sum();
    let differ = examination.findings.iter().filter(|one| is_printed(one.rule)).count();
    match sheet.lang {
        Lang::Zh => format!("{pairs} 组：不符 {differ} 处"),
        Lang::En => format!("{pairs} pairs: {differ} differ"),
    }
}

/// Returns the errors and warnings that are open, the first few of many; none if there are none.
fn open_findings(sheet: &Sheet) -> Option<Cell> {
    const MOST: usize = 4;
    let is_open = |finding: &&Finding| finding.severity > Severity::Note && finding.suppressed.is_none();
    let mut found: Vec<_> = sheet.examination.findings.iter().filter(is_open).collect();
    found.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let words = |finding: &&Finding| {
        let (message, line) = (finding.message.get(sheet.lang), finding.place.map(|place| place.line));
        match (line, sheet.lang) {
            (Some(line), Lang::Zh) => format!("第 {line} 行：{message}").into(),
            (Some(line), Lang::En) => format!("line {line}: {message}").into(),
            (None, _) => message.into(),
        }
    };
    let mut lines: Vec<Text> = found.iter().take(MOST).map(words).collect();
    if found.len() > MOST {
        lines.push(match sheet.lang {
            Lang::Zh => format!("等 {} 条，见表 4。", found.len()).into(),
            Lang::En => format!("{} in all, see Table 4.", found.len()).into(),
        });
    }
    (!lines.is_empty()).then(|| Cell::new(lines))
}

/// Returns how many findings of each severity there are.
fn finding_counts(sheet: &Sheet) -> String {
    let findings = &sheet.examination.findings;
    let of = |severity| {
        findings.iter().filter(|finding| finding.severity == severity && finding.suppressed.is_none()).count()
    };
    let (errors, warnings, notes) = (of(Severity::Error), of(Severity::Warning), of(Severity::Note));
    let suppressed = findings.len() - errors - warnings - notes;
    match sheet.lang {
        Lang::Zh => format!("错误 {errors} 条，警告 {warnings} 条，提示 {notes} 条；说明理由予以保留 {suppressed} 条"),
        Lang::En => {
            format!("{errors} errors, {warnings} warnings, {notes} notes; {suppressed} suppressed with a reason")
        }
    }
}

fn conclusion(sheet: &Sheet) -> Cell {
    let open = |severity| {
        let findings = sheet.examination.findings.iter();
        findings.filter(|finding| finding.severity == severity && finding.suppressed.is_none()).count()
    };
    let (zh, en, good) = match (open(Severity::Error), open(Severity::Warning)) {
        (0, 0) => ("通过。", "Passed.", true),
        (0, _) => (
            "未通过，警告须改正或说明理由，见表 4。",
            "Not passed; correct the warnings or give reasons, see Table 4.",
            false,
        ),
        _ => (
            "未通过，须改正错误后重新核对，见表 4。",
            "Not passed; correct the errors and check again, see Table 4.",
            false,
        ),
    };
    sheet.word(sheet.say(zh, en), good).align(Align::Left)
}
