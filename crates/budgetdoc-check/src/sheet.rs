//! The reconciliation sheet (勾稽关系校验表): every rule and its result, for the file and for the
//! reviewer's signature.

mod findings;
mod front;
mod statements;

use crate::{Agreement, Comparison, Examination, rule};
use budgetdoc_core::budget::Budget;
use budgetdoc_core::lang::Lang;
use budgetdoc_core::money::{AmountFormat, Money};
use budgetdoc_document::Place;
use budgetdoc_document::{
    Align, Block, Cell, CellContent, Column, ColumnKind, Document, Info, Length, Orientation, Role, Row, Run, Table,
    TableBody, TableHeading, Text,
};

impl Examination {
    /// Returns the sheet as a document of its own, in `lang`.
    ///
    /// The first page gives the results and is signed. The pages after it list comparisons with both figures, their difference
    /// and the lines of the spec; rules that read texts with how much they looked at and how many findings they made.
    pub fn sheet(&self, budget: &Budget, lang: Lang) -> Document {
        let sheet = Sheet { examination: self, budget, lang };
        let mut document = budget_page(budget, sheet.say("勾稽关系校验表", "Reconciliation sheet"));
        document.blocks.extend(sheet.blocks());
        document
    }
}

/// Returns an empty document on the paper and in the faces of the budget's own.
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
        styles: budgetdoc_core::profile::styles(&page, &budget.profile.styles),
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
        let mut blocks = front::blocks(self);
        blocks.push(self.figures());
        blocks.push(self.statements());
        blocks.push(self.texts());
        if !self.examination.findings.is_empty() {
            blocks.push(self.findings());
        }
        blocks
    }

    /// Wide pages: where the text's own are wide, turned ones would be narrow.
    fn wide(&self) -> Orientation {
        let page = &self.budget.profile.page.style(None);
        if page.width > page.height { Orientation::Portrait } else { Orientation::Landscape }
    }

    /// Returns the words above a table: the department, and the unit of its amounts, if it has any. Amounts in sentences
    /// have their own.
    fn caption(&self, rows: &[Row]) -> (Text, Text) {
        let (name, unit) = (self.budget.spec.department.name.trim(), self.budget.spec.unit.name());
        let mut cells = rows.iter().flat_map(|row| &row.cells);
        let has_amounts = cells.any(|cell| matches!(cell.content, CellContent::Amount(_)));
        let unit = has_amounts.then(|| format!("{}{unit}", self.say("金额单位：", "Amounts in ")));
        (format!("{}{name}", self.say("编报单位：", "Department: ")).into(), unit.unwrap_or_default().into())
    }

    /// Returns a verdict, which is bold unless it is `good`.
    fn word(&self, word: &str, good: bool) -> Cell {
        let role = (!good).then_some(Role::Heading);
        Cell::new(Text { runs: vec![Run { text: word.to_owned(), role }], origin: None }).align(Align::Center)
    }

    fn title_of(&self, id: &str) -> &'static str {
        rule(id).map_or("", |rule| rule.title(self.lang))
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
                level: 2,
                contents: None,
            }),
            caption: Some(self.caption(&rows)),
            summary: summary.to_owned(),
            orientation: Some(self.wide()),
            columns,
            bodies: vec![TableBody { head: vec![Row::new(head)], rows }],
            ..Table::default()
        }))
    }

    fn figures(&self) -> Block {
        let mm = |kind, mm| Column { kind, width: Some(Length::mm(mm)) };
        let head = [
            self.say("序号", "No."),
            self.say("勾稽关系", "Relation"),
            self.say("左方数", "Left"),
            self.say("右方数", "Right"),
            self.say("差额", "Difference"),
            self.say("结论", "Verdict"),
            self.say("数据文件行号", "Lines of the spec"),
        ];
        let columns = vec![
            mm(ColumnKind::Label, 12),
            Column { kind: ColumnKind::Text, width: None },
            mm(ColumnKind::Amount, 26),
            mm(ColumnKind::Amount, 26),
            mm(ColumnKind::Amount, 22),
            mm(ColumnKind::Label, 16),
            mm(ColumnKind::Text, 38),
        ];
        let mut rows: Vec<Row> = Vec::new();
        let mut number = 0;
        for of_rule in self.examination.comparisons.chunk_by(|one, next| one.rule == next.rule) {
            let rule = of_rule[0].rule;
            let name = Cell::new(format!("{rule}　{}", self.title_of(rule))).header().align(Align::Left);
            rows.push(Row::new([name.span(7, 1)]).recurs());
            // What cannot fail proves nothing.
            let (same, compared): (Vec<_>, Vec<_>) = of_rule.iter().partition(|one| one.is_by_construction());
            for one in compared {
                number += 1;
                rows.push(self.comparison(number, one).level(1));
            }
            if !same.is_empty() {
                let words = match self.lang {
                    Lang::Zh => format!("{} 组由同一批数据算出，必然一致", same.len()),
                    Lang::En => format!("{} pairs are computed from the same entries and cannot differ", same.len()),
                };
                rows.push(Row::new([Cell::new(""), Cell::new(words).span(6, 1)]).level(1));
            }
        }
        if rows.is_empty() {
            rows.push(Row::new([
                Cell::new(self.say("没有可以比较的数字。", "There are no figures to compare.")).span(7, 1)
            ]));
        }
        self.table(
            1,
            self.say("数字的核对", "Figures compared"),
            self.say(
                "每条规则比较的两个数、差额、结论和所在行",
                "Both figures of each comparison, their difference, the verdict and the lines",
            ),
            &head,
            columns,
            rows,
        )
    }

    fn comparison(&self, number: usize, one: &Comparison) -> Row {
        let (left, right) = (one.left.amount, one.right.amount);
        let difference = match one.relation {
            "≤" => (left - right).max(Money::ZERO),
            _ => (left - right).abs(),
        };
        let relation = format!("{} {} {}", one.left.label.get(self.lang), one.relation, one.right.label.get(self.lang));
        let agreement = match one.agreement {
            Agreement::Agrees => self.say("一致", "agrees"),
            Agreement::Rounding => self.say("尾差", "rounding"),
            Agreement::Differs => self.say("不符", "differs"),
        };
        let places = one.left.terms.iter().chain(&one.right.terms).filter_map(|(_, place)| *place);
        let format = AmountFormat {
            unit: self.budget.spec.unit,
            decimals: 10,
            trim: true,
            thousands: true,
            ..Default::default()
        };
        let amount = |amount| Cell::new(CellContent::Amount(format.number(amount)));
        Row::new(vec![
            Cell::new(number.to_string()).align(Align::Center),
            Cell::new(relation),
            amount(left),
            amount(right),
            amount(difference),
            self.word(agreement, one.agreement != Agreement::Differs),
            Cell::new(self.lines(places)),
        ])
    }

    /// Returns the lines of places, each once, those that follow one another as a span: the first few, and how many
    /// there are.
    fn lines(&self, places: impl Iterator<Item = Place>) -> String {
        const SHOWN: usize = 4;
        let mut lines: Vec<u32> = places.map(|place| place.line).collect();
        lines.sort_unstable();
        lines.dedup();
        let count = lines.len();
        let mut spans: Vec<(u32, u32)> = Vec::new();
        for line in lines {
            match spans.last_mut() {
                Some((_, last)) if *last + 1 == line => *last = line,
                _ => spans.push((line, line)),
            }
        }
        let more = spans.len() > SHOWN;
        let word = |(first, last): &(u32, u32)| {
            if first == last { first.to_string() } else { format!("{first}–{last}") }
        };
        let words: Vec<_> = spans.iter().take(SHOWN).map(word).collect();
        // Spaces keep Word from breaking a line within a number.
        let words = words.join(", ");
        match (more, self.lang) {
            (false, _) => words,
            (true, Lang::Zh) => format!("{words} 等{count}行"),
            (true, Lang::En) => format!("{words} and others, {count} in all"),
        }
    }
}
