//! The table of the sheet with statements and the figures they were compared with.

use super::Sheet;
use budgetdoc_core::lang::Lang;
use budgetdoc_document::{Align, Block, Cell, Column, ColumnKind, Length, Row};

impl Sheet<'_> {
    /// Returns the statements of the texts with the amounts of the budget.
    pub(super) fn statements(&self) -> Block {
        let mm = |kind, mm| Column { kind, width: Some(Length::mm(mm)) };
        let columns = vec![
            mm(ColumnKind::Label, 12),
            mm(ColumnKind::Text, 48),
            Column { kind: ColumnKind::Text, width: None },
            mm(ColumnKind::Text, 72),
            mm(ColumnKind::Label, 16),
            mm(ColumnKind::Label, 16),
        ];
        let row = |(number, one): (usize, &crate::ComparedStatement)| {
            let name = if one.name.is_empty() {
                self.say("前面写明的数", "the figure named earlier")
            } else {
                &one.name
            };
            Row::new([
                Cell::new((number + 1).to_string()).align(Align::Center),
                Cell::new(one.words.trim()),
                Cell::new(name),
                Cell::new(one.value.get(self.lang)),
                self.word(
                    if one.agrees { self.say("一致", "agrees") } else { self.say("不符", "differs") },
                    one.agrees,
                ),
                Cell::new(self.lines(one.place.into_iter())).align(Align::Center),
            ])
        };
        let mut rows: Vec<Row> = self.examination.statements.iter().enumerate().map(row).collect();
        let whole = |words: &str| Row::new([Cell::new(words).align(Align::Left).span(6, 1)]);
        if rows.is_empty() {
            rows.push(whole(self.say("没有手写的数可以核对。", "There are no typed figures to compare.")));
        }
        rows.extend(self.others().iter().map(|words| whole(words)));
        self.table(
            2,
            self.say("文字与数据的核对", "Texts compared with figures"),
            self.say(
                "文字中的每个数、它所指的数、预算中的数和结论",
                "Each typed figure, the figure it states, the budget's amount and the verdict",
            ),
            &[
                self.say("序号", "No."),
                self.say("文字", "Text"),
                self.say("所指的数", "Figure"),
                self.say("预算中的数", "In the budget"),
                self.say("结论", "Verdict"),
                self.say("行号", "Line"),
            ],
            columns,
            rows,
        )
    }

    /// Returns how many amounts name no figure, and the first of those that equal none.
    fn others(&self) -> Vec<String> {
        const MOST: usize = 20;
        let (only, unbound) = (self.examination.only_amounts, &self.examination.unbound);
        let (held, count) =
            (self.examination.statements.len(), self.examination.statements.len() + only + unbound.len());
        let mut words = Vec::new();
        if count > 0 {
            words.push(match self.lang {
                Lang::Zh => {
                    format!("文字中手写的数 {count} 个：写明是哪个数、已经核对的 {held} 个，其余 {} 个。", count - held)
                }
                Lang::En => format!(
                    "{count} typed figures: {held} compared with the figure that they name, {} others.",
                    count - held
                ),
            });
        }
        if only > 0 {
            words.push(match self.lang {
                Lang::Zh => format!("没有写明是哪个数、预算中有相同金额的 {only} 个。"),
                Lang::En => format!("{only} name no figure, but equal one of the budget."),
            });
        }
        if !unbound.is_empty() {
            let some = unbound.iter().take(MOST).map(String::as_str).collect::<Vec<_>>();
            let more = unbound.len() > MOST;
            words.push(match self.lang {
                Lang::Zh => format!(
                    "无从核对 {} 个金额，须人工核对：{}{}。",
                    unbound.len(),
                    some.join("、"),
                    if more { "等" } else { "" }
                ),
                Lang::En => format!(
                    "{} amounts have no known figure; check them by hand: {}{}.",
                    unbound.len(),
                    some.join(", "),
                    if more { " and others" } else { "" }
                ),
            });
        }
        words
    }
}
