//! The tables of the sheet without figures: rules over texts and structure, and all findings.

use super::Sheet;
use crate::figures::c14_unfilled;
use crate::printed::is_printed;
use crate::{Finding, Severity};
use budgetdoc_core::lang::Lang;
use budgetdoc_document::{Align, Block, Cell, Column, ColumnKind, Length, Row};

impl Sheet<'_> {
    /// Returns the rules that compare no figures, with the number of places they examined.
    pub(super) fn texts(&self) -> Block {
        let columns = vec![
            Column { kind: ColumnKind::Label, width: Some(Length::mm(14)) },
            Column { kind: ColumnKind::Text, width: None },
            Column { kind: ColumnKind::Amount, width: Some(Length::mm(24)) },
            Column { kind: ColumnKind::Amount, width: Some(Length::mm(24)) },
            Column { kind: ColumnKind::Label, width: Some(Length::mm(24)) },
        ];
        let draft = self.examination.findings.iter().any(|finding| finding.about == c14_unfilled::ABOUT);
        let compares = |id: &str| self.examination.comparisons.iter().any(|one| one.rule == id);
        let row = |(id, count): &(&'static str, usize)| {
            let found: Vec<_> = self.examination.findings.iter().filter(|finding| finding.rule == *id).collect();
            // A rule with nothing to examine has not passed either.
            let settled = found.iter().all(|finding| finding.suppressed.is_some());
            let verdict = match (found.is_empty(), settled) {
                // Checks of unfilled amounts were left out, and any text may depend on them.
                (true, _) if draft && *count > 0 => self.say("填齐后再核", "once complete"),
                (true, _) if *count == 0 => self.say("不适用", "not applicable"),
                (true, _) => self.say("通过", "passed"),
                (_, true) => self.say("说明后保留", "suppressed"),
                _ => self.say("有结果", "findings"),
            };
            Row::new(vec![
                Cell::new(*id).align(Align::Center),
                Cell::new(self.title_of(id)),
                Cell::new(count.to_string()),
                Cell::new(found.len().to_string()),
                self.word(verdict, settled),
            ])
        };
        let looked_at = || self.examination.looked_at.iter().filter(|(id, _)| !compares(id));
        let part = |words| Row::new([Cell::new(words).header().align(Align::Left).span(5, 1)]).recurs();
        let mut rows: Vec<Row> = looked_at().filter(|(id, _)| !is_printed(id)).map(row).collect();
        rows.push(part(self.say("由印出的表格本身证明", "Proved from the printed tables alone")));
        rows.extend(looked_at().filter(|(id, _)| is_printed(id)).map(|one| row(one).level(1)));
        self.table(
            3,
            self.say("文字、结构和印出表格的核对", "Texts, structure and printed tables"),
            self.say(
                "每条规则检查了多少处、有多少结果和结论",
                "Places that each rule examined, its findings and the verdict",
            ),
            &[
                self.say("规则", "Rule"),
                self.say("内容", "Rule in words"),
                self.say("检查处数", "Examined"),
                self.say("结果", "Findings"),
                self.say("结论", "Verdict"),
            ],
            columns,
            rows,
        )
    }

    /// Returns all findings, each with what to do or why it is suppressed.
    pub(super) fn findings(&self) -> Block {
        let columns = vec![
            Column { kind: ColumnKind::Label, width: Some(Length::mm(14)) },
            Column { kind: ColumnKind::Label, width: Some(Length::mm(16)) },
            Column { kind: ColumnKind::Text, width: None },
            Column { kind: ColumnKind::Text, width: Some(Length::mm(60)) },
            Column { kind: ColumnKind::Label, width: Some(Length::mm(24)) },
        ];
        let mut groups: Vec<Vec<&Finding>> = Vec::new();
        for finding in &self.examination.findings {
            match groups.iter_mut().find(|group| is_repeated(group[0], finding)) {
                Some(group) => group.push(finding),
                None => groups.push(vec![finding]),
            }
        }
        let rows = groups.iter().map(|group| self.finding_row(group));
        self.table(
            4,
            self.say("核对结果", "Findings"),
            self.say(
                "每条结果的规则、程度、内容、处理和所在行",
                "Every finding with its rule, severity, message, remedy and line",
            ),
            &[
                self.say("规则", "Rule"),
                self.say("程度", "Severity"),
                self.say("内容", "Message"),
                self.say("处理", "Remedy"),
                self.say("行", "Line"),
            ],
            columns,
            rows.collect(),
        )
    }

    /// Returns the row of findings of one kind, which begins with the first of them.
    fn finding_row(&self, findings: &[&Finding]) -> Row {
        let (finding, others) = (findings[0], findings.len() - 1);
        let message = match (finding.about == c14_unfilled::ABOUT, others, self.lang) {
            (true, _, Lang::Zh) => format!("有金额待填（{} 处）", others + 1),
            (true, _, Lang::En) => format!("amounts are unfilled ({} places)", others + 1),
            (false, 0, lang) => finding.message.get(lang).to_owned(),
            (false, _, Lang::Zh) => format!("{}；同类的另有 {others} 处", finding.message.zh),
            (false, _, Lang::En) => format!("{}; {others} more of the kind", finding.message.en),
        };
        let places = findings.iter().filter_map(|finding| finding.place);
        let weight = match finding.severity {
            Severity::Note if finding.rounding => self.say("尾差", "rounding"),
            severity => severity.name(self.lang),
        };
        let settled = finding.severity != Severity::Error || finding.suppressed.is_some();
        let remedy = match &finding.suppressed {
            Some(reason) => format!("{}{reason}", self.say("保留：", "suppressed: ")),
            None => finding.help.get(self.lang).to_owned(),
        };
        Row::new(vec![
            Cell::new(finding.rule).align(Align::Center),
            self.word(weight, settled),
            Cell::new(message),
            Cell::new(remedy),
            Cell::new(self.lines(places)),
        ])
    }
}

/// Returns whether a finding needs no row beside another one: a gap of a draft beside a gap, a note beside one of its rule.
fn is_repeated(first: &Finding, finding: &Finding) -> bool {
    let is_open = first.suppressed.is_none() && finding.suppressed.is_none();
    let are_gaps = first.about == c14_unfilled::ABOUT && finding.about == c14_unfilled::ABOUT;
    let are_notes = (first.severity, finding.severity) == (Severity::Note, Severity::Note) && !first.rounding;
    is_open && (are_gaps || (are_notes && first.rule == finding.rule))
}
