//! Documents nobody would write: a stressful one, and as many random ones as wanted. The same number, the same document.

use budgetdoc_document::{
    Align, Block, Cell, CellContent, Column, ColumnKind, Contents, Cover, Date, Document, Heading, Info, Orientation,
    PageStyle, Paragraph, Role, Row, Run, StyleName, StyleSheet, Table, TableBody, TableHeading, Text,
};

use budgetdoc_tests::amount;

use crate::fixture;

/// Everything at once: the fixture's document, long words, deep heads, large spans and many rows.
pub fn stress() -> Document {
    let mut document = fixture::document();
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    for index in 0..12 {
        document.blocks.push(fixture::heading(
            index % 4 + 1,
            &"又一部分".repeat(9),
            Some(index % 2 + 1),
            index % 3 == 0,
        ));
        document.blocks.push(Block::Table(Box::new(table(&mut chance, 120))));
        document.blocks.push(fixture::paragraph(&"“三公”经费1,204.50万元——R&D <无>…".repeat(30)));
    }
    document
}

/// The random document of this number.
pub fn document(number: u64) -> Document {
    let mut chance = Chance(number.wrapping_mul(0x2545_f491_4f6c_dd1d) | 1);
    let mut blocks = Vec::new();
    if chance.of(2) {
        let lines = (0..chance.below(4)).map(|_| text(&mut chance, 12)).collect();
        blocks.push(Block::Cover(Cover { title: text(&mut chance, 40), lines }));
    }
    if chance.of(2) {
        blocks.push(Block::Contents(Contents { title: "目　录".into() }));
    }
    for _ in 0..chance.below(28) {
        blocks.push(match chance.below(8) {
            0..=2 => Block::Heading(Heading {
                level: chance.below(4) as u8 + 1,
                text: text(&mut chance, 30),
                new_page: chance.of(4),
                contents: chance.of(2).then(|| chance.below(3) as u8 + 1),
            }),
            3 | 4 => Block::Paragraph(Paragraph {
                style: if chance.of(5) { StyleName::Note } else { StyleName::Body },
                text: text(&mut chance, 300),
            }),
            5 => Block::PageBreak,
            _ => {
                let rows = if chance.of(6) { 90 } else { 9 };
                Block::Table(Box::new(table(&mut chance, rows)))
            }
        });
    }
    let mut page = PageStyle::gb9704();
    page.number.outside = !chance.of(5);
    let info = Info {
        title: words(&mut chance, 20),
        author: words(&mut chance, 9),
        subject: words(&mut chance, 5),
        keywords: (0..chance.below(3)).map(|_| words(&mut chance, 4)).collect(),
        date: Date { year: 1980 + chance.below(128) as u16, month: chance.below(12) as u8 + 1, day: 28 },
        source: chance.of(2).then(|| format!("sha256:{number:064x}")),
    };
    Document { info, page, styles: StyleSheet::gb9704(), names: Vec::new(), blocks }
}

/// Numbers that look random (xorshift).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    /// Less than `end`.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// Once in `count` times.
    fn of(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}

const WORDS: [&str; 16] = [
    "预算",
    "“三公”经费",
    "（一）",
    "R&D",
    "<项目>",
    "2022年",
    "——",
    "……",
    " ",
    "《办法》",
    "café",
    "1,204.50",
    "、",
    "。",
    "≥95%",
    "一般公共预算",
];

fn words(chance: &mut Chance, most: usize) -> String {
    (0..chance.below(most)).map(|_| WORDS[chance.below(WORDS.len())]).collect()
}

fn text(chance: &mut Chance, most: usize) -> Text {
    let roles = [None, None, None, Some(Role::Heading), Some(Role::Subheading), Some(Role::Title)];
    let runs = (0..=chance.below(3))
        .map(|_| Run { text: words(chance, most / 2), role: roles[chance.below(roles.len())] })
        .collect();
    Text { runs, origin: None }
}

fn table(chance: &mut Chance, most: usize) -> Table {
    use ColumnKind::{Amount, Code, Label, Text as Words};
    let count = chance.below(8) + 1;
    let columns: Vec<Column> = (0..count)
        .map(|_| Column { kind: [Label, Words, Code, Amount, Amount][chance.below(5)], width: None })
        .collect();
    let heading = chance.of(2).then(|| TableHeading {
        number: if chance.of(3) { String::new() } else { format!("表 {}", chance.below(99)) },
        title: text(chance, 20),
        entry: words(chance, 9),
        level: chance.below(4) as u8 + 1,
        contents: chance.of(2).then(|| chance.below(2) as u8 + 1),
    });
    let orientation =
        [None, None, Some(Orientation::Portrait), Some(Orientation::Landscape), Some(Orientation::Double)]
            [chance.below(5)];
    let heads = if chance.of(5) { 0 } else { chance.below(3) + 1 };
    let head = rows(chance, &columns, heads, true);
    let bodies = (0..chance.below(3) + 1)
        .map(|_| {
            let heads = if chance.of(3) { chance.below(3) } else { 0 };
            let count = chance.below(most) + 1;
            TableBody { head: rows(chance, &columns, heads, true), rows: rows(chance, &columns, count, false) }
        })
        .collect();
    // A head may not reach into its body, and each list of rows is filled by itself, so no span can.
    Table {
        heading,
        caption: chance.of(2).then(|| (text(chance, 8), text(chance, 8))),
        summary: words(chance, 6),
        orientation,
        columns,
        head,
        bodies,
        notes: (0..chance.below(3)).map(|_| text(chance, 20)).collect(),
    }
}

/// Rows whose cells fill the grid, with spans in both directions.
fn rows(chance: &mut Chance, columns: &[Column], count: usize, head: bool) -> Vec<Row> {
    let mut covered = vec![vec![false; columns.len()]; count];
    let mut rows = Vec::new();
    for index in 0..count {
        let mut row = Row::default();
        for column in 0..columns.len() {
            if covered[index][column] {
                continue;
            }
            let room = covered[index][column..].iter().take_while(|covered| !**covered).count();
            let wide = if chance.of(8) { chance.below(room) + 1 } else { 1 };
            let mut high = if chance.of(8) { chance.below((count - index).min(7)) + 1 } else { 1 };
            // A row wholly covered from above would have no cell of its own, which Word does not allow.
            if column == 0 && wide == columns.len() {
                high = 1;
            }
            for line in covered.iter_mut().skip(index).take(high) {
                line[column..column + wide].fill(true);
            }
            row.cells.push(cell(chance, columns[column].kind, head).span(wide as u16, high as u16));
        }
        rows.push(row);
    }
    rows
}

fn cell(chance: &mut Chance, kind: ColumnKind, head: bool) -> Cell {
    let mut cell = match (head, kind) {
        (true, _) => Cell::new(words(chance, 4)).header(),
        (false, ColumnKind::Amount) => {
            let figures = ["0", "8.5", "-4.2", "1,204.55", "—", "", "12"];
            amount(figures[chance.below(figures.len())])
        }
        (false, ColumnKind::Code) => Cell::new(CellContent::Code(format!("{:07}", chance.below(9_999_999)))),
        (false, _) => {
            let most = if chance.of(9) { 60 } else { 6 };
            Cell::new(words(chance, most)).indent(chance.below(4) as u8)
        }
    };
    if chance.of(9) {
        let mut paragraphs = cell.content.paragraphs().into_owned();
        paragraphs.push(text(chance, 6));
        cell.content = paragraphs.into();
    }
    let aligns = [Align::Left, Align::Center, Align::Right, Align::Justify];
    cell.align = chance.of(6).then(|| aligns[chance.below(4)]);
    cell
}
