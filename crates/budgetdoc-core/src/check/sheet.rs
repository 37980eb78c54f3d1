//! The reconciliation sheet (勾稽关系校验表): every rule that was applied and what came of it, for the file and for the
//! reviewer's signature.

use super::{Comparison, Examination, Finding, Severity, Verdict, examiner, rules};
use crate::budget::Budget;
use crate::document::{
    Align, Block, Cell, Column, ColumnKind, Contents, Cover, Document, Info, Length, Orientation, Paragraph, Row,
    StyleName, Table, TableBody, TableHeading, Text,
};
use crate::lang::Lang;
use crate::money::Money;
use crate::source::Place;

impl Examination {
    /// The sheet as a document of its own, in `lang`.
    ///
    /// Comparisons stand with both figures, their difference and the lines of the spec; rules that read texts with how
    /// much they looked at and how many findings they made.
    pub fn sheet(&self, budget: &Budget, lang: Lang) -> Document {
        let sheet = Sheet { examination: self, budget, lang };
        let mut document = budget_page(budget, sheet.say("勾稽关系校验表", "Reconciliation sheet"));
        document.blocks.extend(sheet.blocks());
        document
    }
}

/// An empty document on the paper and in the faces of the budget's own.
fn budget_page(budget: &Budget, title: &str) -> Document {
    let department = budget.spec.department.name.value.clone();
    let page = budget.profile.page.style(None);
    Document {
        info: Info {
            title: format!("{department} {title}"),
            author: department.clone(),
            subject: title.to_owned(),
            keywords: Vec::new(),
            date: budget.spec.date(),
            source: budget.spec.source.get().map(str::to_owned),
        },
        styles: crate::profile::styles(&page, &budget.profile.styles),
        page,
        names: vec![department.clone()],
        blocks: Vec::new(),
    }
}

struct Sheet<'a> {
    examination: &'a Examination,
    budget: &'a Budget,
    lang: Lang,
}

impl<'a> Sheet<'a> {
    fn say<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    fn blocks(&self) -> Vec<Block> {
        let spec = &self.budget.spec;
        let year = spec.year.value;
        let title = match self.lang {
            Lang::Zh => format!("{year}年{}部门预算勾稽关系校验表", spec.department.name.trim()),
            Lang::En => format!("Reconciliation sheet of the {year} budget of {}", spec.department.name.trim()),
        };
        let paragraph = |text: String| Block::Paragraph(Paragraph { style: StyleName::Body, text: Text::plain(text) });
        let mut blocks = vec![
            Block::Cover(Cover { title: title.as_str().into(), lines: Vec::new() }),
            Block::Contents(Contents { title: self.say("目　录", "Contents").into() }),
        ];
        blocks.push(self.figures());
        blocks.push(self.texts());
        if !self.examination.findings.is_empty() {
            blocks.push(self.findings());
        }
        blocks.push(paragraph(self.summary()));
        let source = spec.source.get().unwrap_or(self.say("（由程序生成）", "(made in code)"));
        blocks.push(paragraph(format!("{}{source}", self.say("数据文件：", "Spec: "))));
        for (zh, en) in
            [("编制人（签字）：", "Prepared by:"), ("复核人（签字）：", "Reviewed by:"), ("日　　期：", "Date:")]
        {
            blocks.push(paragraph(self.say(zh, en).to_owned()));
        }
        blocks
    }

    fn summary(&self) -> String {
        let of = |verdict| self.examination.comparisons.iter().filter(|one| one.verdict == verdict).count();
        let (agree, rounding, differ) = (of(Verdict::Agrees), of(Verdict::Rounding), of(Verdict::Differs));
        let count = agree + rounding + differ;
        let excused = self.examination.findings.iter().filter(|finding| finding.suppressed.is_some()).count();
        match self.lang {
            Lang::Zh => format!(
                "共核对数字 {count} 组：一致 {agree} 组，尾差 {rounding} 组，不符 {differ} 组；应用规则 {} 条，结果 {} 条，其中说明理由予以保留的 {excused} 条。",
                rules().len(),
                self.examination.findings.len(),
            ),
            Lang::En => format!(
                "{count} pairs of figures compared: {agree} agree, {rounding} differ by rounding, {differ} differ. {} rules applied, {} findings, {excused} of them let stand with a reason.",
                rules().len(),
                self.examination.findings.len(),
            ),
        }
    }

    fn table(
        &self,
        number: usize,
        title: &str,
        summary: &str,
        head: &[&str],
        columns: Vec<Column>,
        rows: Vec<Row>,
    ) -> Block {
        let head = head.iter().map(|words| Cell::new(*words).header()).collect::<Vec<_>>();
        Block::Table(Box::new(Table {
            heading: Some(TableHeading {
                number: format!("{} {number}", self.say("表", "Table")),
                title: title.into(),
                entry: title.to_owned(),
                level: 1,
                contents: Some(1),
            }),
            summary: summary.to_owned(),
            orientation: Some(Orientation::Landscape),
            columns,
            bodies: vec![TableBody { head: vec![Row::new(head)], rows }],
            ..Table::default()
        }))
    }

    fn figures(&self) -> Block {
        let mm = |kind, mm| Column { kind, width: Some(Length::mm(mm)) };
        let head = [
            self.say("规则", "Rule"),
            self.say("勾稽关系", "Relation"),
            self.say("左边", "Left"),
            self.say("右边", "Right"),
            self.say("差额", "Difference"),
            self.say("结论", "Verdict"),
            self.say("行", "Lines"),
        ];
        let columns = vec![
            mm(ColumnKind::Label, 14),
            Column { kind: ColumnKind::Text, width: None },
            mm(ColumnKind::Amount, 26),
            mm(ColumnKind::Amount, 26),
            mm(ColumnKind::Amount, 20),
            mm(ColumnKind::Label, 16),
            mm(ColumnKind::Text, 36),
        ];
        let rows = self.examination.comparisons.iter().map(|one| self.comparison(one)).collect();
        self.table(
            1,
            self.say("数字的核对", "Figures compared"),
            self.say(
                "每条规则比较的两个数、差额、结论和所在行",
                "Both figures of every comparison, their difference, the verdict and the lines",
            ),
            &head,
            columns,
            rows,
        )
    }

    fn comparison(&self, one: &Comparison) -> Row {
        let (left, right) = (one.left.amount, one.right.amount);
        let difference = match one.relation {
            "≤" => (left - right).max(Money::ZERO),
            _ => (left - right).abs(),
        };
        let relation = format!("{} {} {}", one.left.label.get(self.lang), one.relation, one.right.label.get(self.lang));
        let verdict = match one.verdict {
            Verdict::Agrees => self.say("一致", "agrees"),
            Verdict::Rounding => self.say("尾差", "rounding"),
            Verdict::Differs => self.say("不符", "differs"),
        };
        let places = one.left.terms.iter().chain(&one.right.terms).filter_map(|(_, place)| *place);
        let print = |amount| Cell::new(examiner::print(self.budget, amount));
        Row::new(vec![
            Cell::new(one.rule).align(Align::Center),
            Cell::new(relation),
            print(left),
            print(right),
            print(difference),
            Cell::new(verdict).align(Align::Center),
            Cell::new(self.lines(places)),
        ])
    }

    fn texts(&self) -> Block {
        let columns = vec![
            Column { kind: ColumnKind::Label, width: Some(Length::mm(14)) },
            Column { kind: ColumnKind::Text, width: None },
            Column { kind: ColumnKind::Amount, width: Some(Length::mm(24)) },
            Column { kind: ColumnKind::Amount, width: Some(Length::mm(24)) },
            Column { kind: ColumnKind::Label, width: Some(Length::mm(24)) },
        ];
        let compares = |id: &str| self.examination.comparisons.iter().any(|one| one.rule == id);
        let rows = self.examination.looked_at.iter().filter(|(id, _)| !compares(id)).map(|(id, count)| {
            let title = rules().into_iter().find(|rule| rule.id == *id).map_or("", |rule| rule.title(self.lang));
            let found: Vec<_> = self.examination.findings.iter().filter(|finding| finding.rule == *id).collect();
            // What a rule had nothing to look at for, it did not find right either.
            let verdict = match (found.is_empty(), found.iter().all(|finding| finding.suppressed.is_some())) {
                (true, _) if *count == 0 => self.say("不适用", "none to check"),
                (true, _) => self.say("通过", "passed"),
                (_, true) => self.say("说明后保留", "let stand"),
                _ => self.say("有结果", "findings"),
            };
            Row::new(vec![
                Cell::new(*id).align(Align::Center),
                Cell::new(title),
                Cell::new(count.to_string()),
                Cell::new(found.len().to_string()),
                Cell::new(verdict).align(Align::Center),
            ])
        });
        self.table(
            2,
            self.say("文字和结构的核对", "Texts and structure"),
            self.say(
                "每条规则检查了多少处、有多少结果和结论",
                "How much every rule looked at, how many findings it made, and the verdict",
            ),
            &[
                self.say("规则", "Rule"),
                self.say("内容", "What holds"),
                self.say("检查处数", "Looked at"),
                self.say("结果", "Findings"),
                self.say("结论", "Verdict"),
            ],
            columns,
            rows.collect(),
        )
    }

    fn findings(&self) -> Block {
        let columns = vec![
            Column { kind: ColumnKind::Label, width: Some(Length::mm(14)) },
            Column { kind: ColumnKind::Label, width: Some(Length::mm(16)) },
            Column { kind: ColumnKind::Text, width: None },
            Column { kind: ColumnKind::Text, width: Some(Length::mm(60)) },
            Column { kind: ColumnKind::Label, width: Some(Length::mm(16)) },
        ];
        let row = |finding: &Finding| {
            let weight = match finding.severity {
                Severity::Note if finding.rounding => self.say("尾差", "rounding"),
                severity => severity.name(self.lang),
            };
            let reason = finding.suppressed.as_deref().unwrap_or_else(|| finding.help.get(self.lang));
            Row::new(vec![
                Cell::new(finding.rule).align(Align::Center),
                Cell::new(weight).align(Align::Center),
                Cell::new(finding.message.get(self.lang)),
                Cell::new(match finding.suppressed {
                    Some(_) => format!("{}{reason}", self.say("保留：", "let stand: ")),
                    None => reason.to_owned(),
                }),
                Cell::new(self.lines(finding.place.into_iter())),
            ])
        };
        self.table(
            3,
            self.say("核对结果", "Findings"),
            self.say(
                "每条结果的规则、程度、内容、处理和所在行",
                "Every finding with its rule, weight, words, remedy and line",
            ),
            &[
                self.say("规则", "Rule"),
                self.say("程度", "Weight"),
                self.say("内容", "What was found"),
                self.say("处理", "What to do"),
                self.say("行", "Line"),
            ],
            columns,
            self.examination.findings.iter().map(row).collect(),
        )
    }

    /// The lines of places, each once: the first few of them, and how many there are.
    fn lines(&self, places: impl Iterator<Item = Place>) -> String {
        let mut lines: Vec<u32> = places.map(|place| place.line).collect();
        lines.sort_unstable();
        lines.dedup();
        let count = lines.len();
        lines.truncate(6);
        let words: Vec<_> = lines.iter().map(ToString::to_string).collect();
        let words = words.join(self.say("、", ", "));
        match (count > 6, self.lang) {
            (false, _) => words,
            (true, Lang::Zh) => format!("{words}等{count}行"),
            (true, Lang::En) => format!("{words} and others, {count} in all"),
        }
    }
}
