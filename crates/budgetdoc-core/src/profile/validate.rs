//! What a profile names must be there.

use super::{Block, Measure, Profile, TableContent, VERSION};
use crate::document::StyleName;
use crate::error::Problem;
use crate::source::Place;

/// How many funds, kinds or categories a profile may list: a measure keeps a set of them in one number.
const MOST: usize = 128;

impl Profile {
    pub(super) fn validate(&self, problems: &mut Vec<Problem>) {
        if self.budgetdoc_profile != VERSION {
            problems.push(Problem::spec(
                None,
                format!("不认识第 {} 版的版式文件，应为 {VERSION}", self.budgetdoc_profile),
                format!("version {} of the profile format is not known, expected {VERSION}", self.budgetdoc_profile),
            ));
        }
        self.validate_lists(problems);
        if self.funds.is_empty() {
            // Every fund named below would be unknown.
            return;
        }
        self.validate_outline(&self.outline, problems);
        for (name, measure) in self.figures.iter() {
            self.validate_measure(measure, name.place, problems);
        }
        for (name, list) in self.lists.iter() {
            self.validate_measure(&list.of, name.place, problems);
        }
        let styles: Vec<_> = StyleName::ALL.iter().map(|style| style.name()).collect();
        for name in self.styles.keys().filter(|name| !styles.contains(&name.as_str())) {
            problems.push(Problem::unknown(name.place, ("这种段落样式", "style"), name, &styles));
        }
        for (id, table) in self.tables.iter() {
            for measure in table.measures() {
                self.validate_measure(measure, id.place, problems);
            }
            if let TableContent::Balance(balance) = &table.content {
                let sides = balance.sides.len();
                let taken =
                    |line: &[super::ClosingLine]| line.iter().map(|line| usize::from(line.sides)).sum::<usize>();
                if balance.closing.iter().any(|lines| taken(lines) != sides || lines.iter().any(|line| line.sides == 0))
                {
                    problems.push(Problem::spec(
                        id.place,
                        format!("表“{}”的每个合计行都要有 {sides} 项，每边一项", id.value),
                        format!("every closing row of table `{}` needs {sides} entries, one a side", id.value),
                    ));
                }
            }
        }
    }

    fn validate_lists(&self, problems: &mut Vec<Problem>) {
        if self.funds.is_empty() {
            problems.push(Problem::spec(None, "版式文件没有列出任何资金来源", "the profile lists no fund"));
        }
        let feeding = self.kinds.iter().filter(|kind| kind.projects).count();
        if feeding != 1 || self.kinds.first().is_some_and(|kind| kind.projects) {
            problems.push(
                Problem::spec(
                    None,
                    "支出种类 kinds 中，应当恰有一种是项目支出，且不是第一种",
                    "among the kinds of expenditure exactly one is that of the projects, and not the first",
                )
                .help(
                    "第一种写基本支出，项目支出写“projects: true”",
                    "list basic expenditure first and write `projects: true` with the kind of the projects",
                ),
            );
        }
        for (zh, en, count) in [
            ("资金来源", "funds", self.funds.len()),
            ("支出种类", "kinds", self.kinds.len()),
            ("分类", "categories", self.categories.all().count()),
        ] {
            if count > MOST {
                problems.push(Problem::spec(
                    None,
                    format!("{zh}有 {count} 种，最多 {MOST} 种"),
                    format!("the profile lists {count} {en}; {MOST} are the most"),
                ));
            }
        }
    }

    fn validate_outline(&self, outline: &[Block], problems: &mut Vec<Problem>) {
        let tables: Vec<_> = self.tables.keys().map(|key| key.as_str()).collect();
        let texts: Vec<_> = self.texts.keys().chain(self.asks.keys()).map(|key| key.as_str()).collect();
        for block in outline {
            match block {
                Block::Table(id) if !tables.contains(&id.as_str()) => {
                    problems.push(Problem::unknown(id.place, ("这张表", "table"), id, &tables));
                }
                Block::Text(key) if !texts.contains(&key.as_str()) => {
                    problems.push(Problem::unknown(key.place, ("这段文字", "text"), key, &texts));
                }
                Block::When(when) => {
                    let figures: Vec<_> = self.figures.keys().map(|key| key.as_str()).collect();
                    for name in when.any.iter().filter(|name| !figures.contains(&name.as_str())) {
                        problems.push(Problem::unknown(name.place, ("这个数字", "figure"), name, &figures));
                    }
                    self.validate_outline(&when.then, problems);
                    self.validate_outline(&when.otherwise, problems);
                }
                _ => {}
            }
        }
    }

    fn validate_measure(&self, measure: &Measure, place: Option<Place>, problems: &mut Vec<Problem>) {
        let funds = self.fund_names();
        for fund in measure.funds.iter().filter(|fund| !funds.contains(&fund.as_str())) {
            problems.push(Problem::unknown(place, ("这种资金来源", "fund"), fund, &funds));
        }
        let kinds: Vec<_> = self.kinds.iter().map(|kind| kind.id.as_str()).collect();
        for kind in measure.kinds.iter().filter(|kind| !kinds.contains(&kind.as_str())) {
            problems.push(Problem::unknown(place, ("这种支出", "kind of expenditure"), kind, &kinds));
        }
        let categories: Vec<_> = self.categories.all().map(|category| category.id.as_str()).collect();
        for category in measure.categories.iter().filter(|category| !categories.contains(&category.as_str())) {
            problems.push(Problem::unknown(place, ("这个分类", "category"), category, &categories));
        }
    }
}
