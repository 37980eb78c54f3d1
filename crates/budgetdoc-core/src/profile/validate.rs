//! Validates a profile: names must be known and unique.

use std::collections::BTreeMap;

use super::{ChartDef, ChartParts, ColumnDef, Measure, OutlineItem, Profile, RowsDef, TableContent, VERSION};
use crate::error::{Problem, ProblemCode};
use crate::source::Located;
use budgetdoc_document::Orientation;
use budgetdoc_document::Place;
use budgetdoc_document::StyleName;

/// Most funds, kinds or categories of a profile, which filters keep as bits of one integer.
const MOST: usize = 128;

/// Names that templates have in every profile.
pub(crate) const TEMPLATE_NAMES: [&str; 11] = [
    "year",
    "last_year",
    "date",
    "unit",
    "unit_name",
    "department",
    "projects",
    "projects_total",
    "counts",
    "units",
    "text",
];

impl Profile {
    pub(super) fn validate(&self, problems: &mut Vec<Problem>) {
        if *self.budgetdoc_profile != VERSION {
            problems.push(
                Problem::spec(
                    ProblemCode::UnknownVersion,
                    self.budgetdoc_profile.place,
                    format!("不认识第 {} 版的版式文件，应为 {VERSION}", self.budgetdoc_profile),
                    format!("unknown version {} of the profile format; expected {VERSION}", self.budgetdoc_profile),
                )
                .help(
                    format!("请写“budgetdoc_profile: {VERSION}”；更新的版式文件要用更新的程序"),
                    format!("write `budgetdoc_profile: {VERSION}`; a newer version needs a newer program"),
                ),
            );
        }
        self.validate_lists(problems);
        self.validate_names(problems);
        if self.funds.is_empty() {
            // All funds named below would be reported as unknown.
            return;
        }
        self.validate_outline(&self.outline, problems);
        for (name, measure) in self.figures.iter() {
            self.validate_figure(name, measure, problems);
        }
        for (name, list) in self.lists.iter() {
            self.validate_figure(name, &list.of, problems);
        }
        if let Some(vehicles) = &self.vehicles {
            self.validate_figure_name(&vehicles.running, problems);
        }
        self.validate_look(problems);
        for (id, table) in self.tables.iter() {
            for measure in table.measures() {
                self.validate_measure(measure, id.place, problems);
            }
            validate_table(id, &table.content, problems);
            if let TableContent::Schedule(schedule) = &table.content {
                self.validate_schedule(id, schedule, problems);
            }
        }
        // A name without a meaning would leave each column that uses it blank.
        if problems.is_empty() {
            self.tables.iter().for_each(|(id, table)| self.validate_columns(id, table, problems));
        }
    }

    fn validate_lists(&self, problems: &mut Vec<Problem>) {
        if self.funds.is_empty() {
            problems.push(
                Problem::spec(
                    ProblemCode::NoFunds,
                    self.funds.place,
                    "版式文件没有列出任何资金来源",
                    "the profile lists no fund",
                )
                .help(
                    "请至少列一种：- { id: …, name: …, group: … }",
                    "list at least one: `- { id: …, name: …, group: … }`",
                ),
            );
        }
        let feeding = self.kinds.iter().filter(|kind| kind.projects).count();
        if feeding != 1 || self.kinds.first().is_some_and(|kind| kind.projects) {
            problems.push(
                Problem::spec(
                    ProblemCode::ProjectsKind,
                    self.kinds.place,
                    "支出种类 kinds 中，应当恰有一种是项目支出，且不是第一种",
                    "exactly one kind of expenditure, but not the first, needs `projects: true`",
                )
                .help(
                    "第一种写基本支出，项目支出写“projects: true”",
                    "list basic expenditure first, and write `projects: true` for the kind of projects",
                ),
            );
        }
        let lists: [(&str, &str, Vec<&Located<String>>); 3] = [
            ("资金来源", "fund", self.funds.iter().map(|fund| &fund.id).collect()),
            ("支出种类", "kind", self.kinds.iter().map(|kind| &kind.id).collect()),
            ("分类", "category", self.categories.all().map(|category| &category.id).collect()),
        ];
        self.validate_subjects(problems);
        for (zh, en, ids) in lists {
            if let Some(beyond) = ids.get(MOST) {
                problems.push(
                    Problem::spec(
                        ProblemCode::TooMany,
                        beyond.place,
                        format!("{zh}有 {} 种，最多 {MOST} 种", ids.len()),
                        format!("there are {} entries of {en}; the limit is {MOST}", ids.len()),
                    )
                    .help("请把相近的合并", "merge those that are alike"),
                );
            }
            report_duplicates((zh, en), ids, problems);
        }
    }

    /// Validates that names in templates and keys of texts are unique.
    fn validate_names(&self, problems: &mut Vec<Problem>) {
        let names = self.figures.keys().chain(self.lists.keys()).chain(self.constants.keys());
        let (taken, free): (Vec<_>, Vec<_>) = names.partition(|name| TEMPLATE_NAMES.contains(&name.as_str()));
        for name in taken {
            problems.push(
                Problem::spec(
                    ProblemCode::NameTaken,
                    name.place,
                    format!("“{name}”已有固定的含义，不能另作名称"),
                    format!("`{name}` is reserved; choose another name"),
                )
                .help("请换一个名称", "choose another name"),
            );
        }
        report_duplicates(("名称", "name"), free, problems);
        report_duplicates(("文字", "text"), self.texts.keys().chain(self.asks.keys()).collect(), problems);
    }

    fn validate_look(&self, problems: &mut Vec<Problem>) {
        let styles: Vec<_> = StyleName::ALL.iter().map(|style| style.name()).collect();
        for name in self.styles.keys().filter(|name| !styles.contains(&name.as_str())) {
            problems.push(Problem::unknown(
                ProblemCode::UnknownStyle,
                name.place,
                ("这种段落样式", "style"),
                name,
                &styles,
            ));
        }
        if self.page.orientation == Some(Orientation::Double) {
            let place = self.source.place_at(&["page", "orientation"]);
            let (zh, en) = ("“double”只用于表", "`double` is for tables only");
            problems.push(
                Problem::spec(ProblemCode::UnknownChoice, place, zh, en)
                    .help("请写 portrait 或 landscape", "write `portrait` or `landscape`"),
            );
        }
        if self.headings.table.new_page {
            problems.push(
                Problem::spec(
                    ProblemCode::OutOfRange,
                    self.source.place_at(&["headings", "table", "new_page"]),
                    "表的标题不能写 new_page",
                    "the heading of a table has no `new_page`",
                )
                .help(
                    "要一张表单独成页，请在表中写“orientation: portrait”或“landscape”",
                    "for pages of its own give a table its `orientation`, portrait or landscape",
                ),
            );
        }
        if let Some((name, value, least, most)) = self.page.spacing.out_of_range() {
            problems.push(
                Problem::spec(
                    ProblemCode::OutOfRange,
                    self.source.place_at(&["page", "spacing", name]),
                    format!("“{name}”为 {value}，超出范围"),
                    format!("`{name}` is {value}, out of its range"),
                )
                .help(format!("可填 {least} 到 {most}"), format!("write a number from {least} to {most}")),
            );
        }
    }

    fn validate_outline(&self, outline: &[OutlineItem], problems: &mut Vec<Problem>) {
        let tables: Vec<_> = self.tables.keys().map(|key| key.as_str()).collect();
        let texts: Vec<_> = self.texts.keys().chain(self.asks.keys()).map(|key| key.as_str()).collect();
        for block in outline {
            match block {
                OutlineItem::Table(id) => {
                    if !tables.contains(&id.as_str()) {
                        problems.push(Problem::unknown(
                            ProblemCode::UnknownTable,
                            id.place,
                            ("这张表", "table"),
                            id,
                            &tables,
                        ));
                    }
                }
                OutlineItem::Text(key) => {
                    if !texts.contains(&key.as_str()) {
                        problems.push(Problem::unknown(
                            ProblemCode::UnknownText,
                            key.place,
                            ("这段文字", "text"),
                            key,
                            &texts,
                        ));
                    }
                }
                OutlineItem::When(when) => {
                    when.any.iter().for_each(|name| self.validate_figure_name(name, problems));
                    self.validate_outline(&when.then, problems);
                    self.validate_outline(&when.otherwise, problems);
                }
                OutlineItem::Units(blocks) => {
                    self.validate_outline(blocks, problems);
                    self.validate_units(blocks, problems);
                }
                OutlineItem::Chart(chart) => self.validate_chart(chart, problems),
                OutlineItem::Group(_)
                | OutlineItem::Part(_)
                | OutlineItem::Section(_)
                | OutlineItem::Subsection(_)
                | OutlineItem::Lead(_)
                | OutlineItem::Signature(_)
                | OutlineItem::Glossary => {}
            }
        }
    }

    fn validate_chart(&self, chart: &ChartDef, problems: &mut Vec<Problem>) {
        match &chart.of {
            ChartParts::Figures(figures) => figures.keys().for_each(|name| self.validate_figure_name(name, problems)),
            ChartParts::Classes(list) => {
                let lists: Vec<_> = self.lists.keys().map(|key| key.as_str()).collect();
                if !lists.contains(&list.as_str()) {
                    let noun = ("这个科目列表", "list");
                    problems.push(Problem::unknown(ProblemCode::UnknownName, list.place, noun, list, &lists));
                }
            }
        }
    }

    pub(super) fn validate_figure_name(&self, name: &Located<String>, problems: &mut Vec<Problem>) {
        if self.figures.get(name).is_none() {
            let figures: Vec<_> = self.figures.keys().map(|key| key.as_str()).collect();
            problems.push(Problem::unknown(
                ProblemCode::UnknownFigure,
                name.place,
                ("这个数字", "figure"),
                name,
                &figures,
            ));
        }
    }

    /// Validates the measure of a figure or list, which must name its accounts.
    fn validate_figure(&self, name: &Located<String>, measure: &Measure, problems: &mut Vec<Problem>) {
        self.validate_measure(measure, name.place, problems);
        if measure.accounts.is_empty() {
            problems.push(
                Problem::spec(
                    ProblemCode::NoAccounts,
                    name.place,
                    format!("“{name}”没有写 accounts，不知道是什么的合计"),
                    format!("`{name}` names no `accounts`, so it sums nothing"),
                )
                .help(
                    "请写明，例如 accounts: [expenditure]",
                    "write what it sums, for instance `accounts: [expenditure]`",
                ),
            );
        }
    }

    fn validate_measure<'p>(&'p self, measure: &Measure, place: Option<Place>, problems: &mut Vec<Problem>) {
        let funds = || self.fund_names();
        let kinds = || self.kinds.iter().map(|kind| kind.id.as_str()).collect();
        let categories = || self.categories.all().map(|category| category.id.as_str()).collect();
        let lists: [(_, _, _, &dyn Fn() -> Vec<&'p str>); 3] = [
            (ProblemCode::UnknownFund, ("这种资金来源", "fund"), &measure.funds, &funds),
            (ProblemCode::UnknownKind, ("这种支出", "kind of expenditure"), &measure.kinds, &kinds),
            (ProblemCode::UnknownCategory, ("这个分类", "category"), &measure.categories, &categories),
        ];
        // Most measures name none of them.
        for (code, what, names, known) in lists.into_iter().filter(|(_, _, names, _)| !names.is_empty()) {
            let known = known();
            for name in names.iter().filter(|name| !known.contains(&name.as_str())) {
                problems.push(Problem::unknown(code, name.place.or(place), what, name, &known));
            }
        }
    }
}

/// Reports each name that occurs again.
fn report_duplicates((zh, en): (&str, &str), names: Vec<&Located<String>>, problems: &mut Vec<Problem>) {
    let mut known: BTreeMap<&str, Option<Place>> = BTreeMap::new();
    for name in names {
        if let Some(first) = known.get(name.as_str()) {
            problems.push(
                Problem::spec(
                    ProblemCode::NamedTwice,
                    name.place.or(*first),
                    format!("{zh}“{name}”出现了两次"),
                    format!("the {en} `{name}` is defined twice"),
                )
                .help("请改用不同的名称，或删去一个", "rename one or delete it"),
            );
        }
        known.entry(name.as_str()).or_insert(name.place);
    }
}

fn validate_table(id: &Located<String>, content: &TableContent, problems: &mut Vec<Problem>) {
    let mut bare = |what: (&str, &str), help: (&str, &str)| {
        let problem = Problem::spec(
            ProblemCode::IncompleteTable,
            id.place,
            format!("表“{id}”没有{}", what.0),
            format!("table `{id}` has no {}", what.1),
        );
        problems.push(problem.help(help.0, help.1));
    };
    let no_rows = |rows: &RowsDef| match rows {
        RowsDef::Each(axes) => axes.is_empty(),
        RowsDef::Lines(lines) | RowsDef::UnitLines(lines) => lines.is_empty(),
    };
    let mut grid = |columns: &[ColumnDef], rows: &RowsDef| {
        if columns.is_empty() {
            bare(("栏目", "columns"), ("请在 columns 下至少写一栏", "list at least one under `columns`"));
        }
        if columns.iter().any(|column| column.head.is_empty()) {
            bare(("某一栏的栏名", "head for a column"), ("请写 head", "give it a `head`"));
        }
        if no_rows(rows) {
            bare(("行", "rows"), ("请在 rows 下写明列哪些行", "list them under `rows`"));
        }
    };
    match content {
        TableContent::Rows(tabular) => grid(&tabular.columns, &tabular.rows),
        TableContent::Balance(balance) => {
            balance.sides.iter().for_each(|side| grid(&side.columns, &side.rows));
            if balance.sides.is_empty() {
                bare(("任何一边", "sides"), ("请在 sides 下写明各边", "list them under `sides`"));
            }
            let sides = balance.sides.len();
            for lines in &balance.closing {
                let taken: usize = lines.iter().map(|line| usize::from(line.sides)).sum();
                if taken != sides {
                    let place = lines.first().and_then(|line| line.name.place).or(id.place);
                    problems.push(
                        Problem::spec(
                            ProblemCode::ClosingRowIncomplete,
                            place,
                            format!("表“{id}”的每个合计行都要有 {sides} 项，每边一项"),
                            format!("each closing row of table `{id}` needs {sides} entries, one for each side"),
                        )
                        .help(
                            "请补写缺少的一项；一项占几边时写 sides",
                            "add the missing ones; write `sides` where one covers several",
                        ),
                    );
                }
            }
        }
        TableContent::Schedule(schedule) => {
            if schedule.columns.is_empty() {
                bare(("栏目", "columns"), ("请在 columns 下至少写一栏", "list at least one under `columns`"));
            }
            if schedule.columns.iter().any(|column| column.head.is_empty()) {
                bare(("某一栏的栏名", "head for a column"), ("请写 head", "give it a `head`"));
            }
        }
        TableContent::Performance(table) => super::performance::validate(id, table, problems),
    }
}
