//! A short document with something of everything the typesetter does, made by hand so that no figure, rule or profile
//! stands between a change of the typesetter and its golden files.

use budgetdoc_document::{
    Block, Cell, CellContent, Column, ColumnKind, Contents, Cover, Date, Document, Heading, Info, Orientation,
    PageStyle, Paragraph, Role, Row, Run, StyleName, StyleSheet, Table, TableBody, TableHeading, Text,
};

/// The document.
pub fn document() -> Document {
    let mut blocks = vec![
        Block::Cover(Cover {
            title: "某市某区示范单位二〇二四年部门预算公开样张".into(),
            lines: vec!["某市某区示范单位".into(), "2024年2月".into()],
        }),
        Block::Contents(Contents { title: "目　录".into() }),
        heading(1, "一、文字部分", true),
        heading(2, "第一部分　标点与数字", false),
        heading(3, "一、标点挤压", false),
    ];
    blocks.extend(PARAGRAPHS.iter().map(|text| paragraph((*text).into())));
    blocks.push(heading(4, "（一）段首楷体", false));
    blocks.push(paragraph(Text {
        runs: vec![
            Run { text: "（一）公用支出。".to_owned(), role: Some(Role::Subheading) },
            Run {
                text: "段首以楷体引出，其后仍为仿宋，两种字体同在一行。".to_owned(), role: None
            },
        ],
        origin: None,
    }));
    blocks.push(Block::Table(Box::new(in_the_flow())));
    blocks.push(paragraph("表后文字接续，与表之间留出间距。".into()));
    blocks.push(heading(1, "二、表格部分", true));
    blocks.push(Block::Table(Box::new(long())));
    blocks.push(Block::Table(Box::new(wide())));
    Document {
        info: Info {
            title: "某市某区示范单位二〇二四年部门预算公开样张".to_owned(),
            author: "某市某区示范单位".to_owned(),
            subject: "部门预算公开".to_owned(),
            keywords: vec!["部门预算".to_owned(), "样张".to_owned()],
            date: Date { year: 2024, month: 2, day: 29 },
            source: None,
        },
        page: PageStyle::gb9704(),
        styles: StyleSheet::gb9704(),
        names: Vec::new(),
        blocks,
    }
}

const PARAGRAPHS: [&str; 4] = [
    "“三公”经费预算4.3万元，比2021年减少4.2万元，下降49.41%。其中：（1）因公出国（境）费0万元；（2）公务接待费0.3万元；\
     （3）公务用车购置及运行维护费4万元——购置费0万元，运行维护费4万元……均已按《党政机关厉行节约反对浪费条例》（2013年）\
     执行。",
    "行首不得出现句号、逗号、顿号、分号、冒号、问号、叹号，也不得出现后引号、后括号、后书名号；行末不得出现前引号、前括号、\
     前书名号；破折号、省略号不得断开，数字与其后的百分号、单位之间也不断开：1,234,567.89元、27%、－4.2万元、℃、≥100%。",
    "“引号”、‘单引号’、「直角引号」、《书名号》、〈单书名号〉、（括号）、〔六角括号〕、【方头括号】，连用时（“挤压”），\
     《〈书名〉》，逐一示之。Budget与“预算”之间、2024与年之间，西文字体为Times，中文为仿宋。",
    "末行不留孤字。",
];

fn heading(level: u8, text: &str, new_page: bool) -> Block {
    let contents = (level < 3).then_some(level);
    Block::Heading(Heading { level, text: text.into(), new_page, contents })
}

fn paragraph(text: Text) -> Block {
    Block::Paragraph(Paragraph { style: StyleName::Body, text })
}

fn columns(kinds: &[ColumnKind]) -> Vec<Column> {
    kinds.iter().map(|kind| Column { kind: *kind, width: None }).collect()
}

fn row(cells: impl IntoIterator<Item = Cell>) -> Row {
    Row::new(cells)
}

fn head<'a>(cells: impl IntoIterator<Item = (&'a str, u16, u16)>) -> Row {
    row(cells.into_iter().map(|(text, columns, rows)| Cell::new(text).span(columns, rows).header()))
}

/// A table between paragraphs, without number and title.
fn in_the_flow() -> Table {
    use ColumnKind::{Amount, Text};
    let line =
        |name: &str, amount: &str, goal: &str| row([Cell::new(name).header(), crate::amount(amount), Cell::new(goal)]);
    Table {
        summary: "项目、预算数和绩效目标，三列".to_owned(),
        columns: columns(&[Text, Amount, Text]),
        head: vec![head([("项目名称", 1, 1), ("预算数（万元）", 1, 1), ("绩效目标", 1, 1)])],
        bodies: vec![TableBody {
            head: Vec::new(),
            rows: vec![
                line("培训经费", "13", "为干部职工提供业务培训，全年培训不少于400人次，合格率达到95%以上。"),
                line("信息系统运行与维护", "1,204.5", "按时完成全部信息终端及相关系统的风险评估与维护。"),
            ],
        }],
        notes: vec!["注：本表金额单位为万元。".into()],
        ..Table::default()
    }
}

/// A table over two pages whose first column's label spans the break, with merged heads.
fn long() -> Table {
    use ColumnKind::{Amount, Code, Label, Text};
    let count = 44;
    let rows = (0..count).map(|index| {
        let amount = (index + 1) * 1_237 % 9_000;
        let name = if index % 7 == 3 {
            "机关事业单位基本养老保险缴费支出（含职业年金缴费支出）"
        } else {
            "行政运行"
        };
        let mut cells = vec![
            Cell::new(CellContent::Code(format!("20{:05}", 12_901 + index))),
            Cell::new(name).indent((index % 3) as u8),
            crate::amount(&amount.to_string()),
            crate::amount(&(amount / 2).to_string()),
            crate::amount(&(amount - amount / 2).to_string()),
        ];
        if index == 0 {
            cells.insert(0, Cell::new("某市某区示范单位本级").span(1, count).header());
        }
        row(cells)
    });
    Table {
        heading: Some(TableHeading {
            number: "表 1".to_owned(),
            title: "一般公共预算支出表".into(),
            entry: "（一）一般公共预算支出表".to_owned(),
            level: 2,
            contents: Some(2),
        }),
        caption: Some(("部门名称：某市某区示范单位".into(), "单位：万元".into())),
        summary: "按功能分类的一般公共预算支出，六列".to_owned(),
        orientation: Some(Orientation::Portrait),
        columns: columns(&[Label, Code, Text, Amount, Amount, Amount]),
        head: vec![
            head([("预算单位", 1, 2), ("支出功能分类科目", 2, 1), ("支出总计", 1, 2), ("其中", 2, 1)]),
            head([("编码", 1, 1), ("名称", 1, 1), ("基本支出", 1, 1), ("项目支出", 1, 1)]),
        ],
        bodies: vec![TableBody { head: Vec::new(), rows: rows.collect() }],
        notes: vec!["注：财政拨款收支情况包括一般公共预算、政府性基金预算、国有资本经营预算拨款收支情况。".into()],
    }
}

/// A landscape table of two bodies, the second under a head of its own, with empty cells.
fn wide() -> Table {
    use ColumnKind::{Amount, Label, Text};
    let amounts = |name: &str, figures: [&str; 3], words: &str| {
        let figures = figures.into_iter().map(crate::amount);
        row([Cell::new(name).header()].into_iter().chain(figures).chain([Cell::new(words)]))
    };
    Table {
        heading: Some(TableHeading {
            number: "表 2".to_owned(),
            title: "“三公”经费支出表".into(),
            entry: "（二）“三公”经费支出表".to_owned(),
            level: 2,
            contents: Some(2),
        }),
        caption: Some(("部门名称：某市某区示范单位".into(), "单位：万元".into())),
        summary: "两年的“三公”经费，五列".to_owned(),
        orientation: Some(Orientation::Landscape),
        columns: columns(&[Label, Amount, Amount, Amount, Text]),
        head: vec![head([("年度", 1, 1), ("总计", 1, 1), ("公务接待费", 1, 1), ("运行维护费", 1, 1), ("说明", 1, 1)])],
        bodies: vec![
            TableBody {
                head: Vec::new(),
                rows: vec![
                    amounts("2023年", ["8.50", "0.50", "8.00"], ""),
                    amounts("增减变化", ["-4.20", "-0.20", "-4.00"], "厉行节约，从严控制支出。"),
                ],
            },
            TableBody {
                head: vec![head([("绩效指标", 1, 1), ("指标名称", 3, 1), ("目标值", 1, 1)])],
                rows: vec![row([
                    Cell::new("数量").header(),
                    Cell::new("全年培训人次").span(3, 1),
                    Cell::new("≥400人次"),
                ])],
            },
        ],
        notes: Vec::new(),
    }
}
