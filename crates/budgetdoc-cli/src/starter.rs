//! The spec that `init` writes for a form, with every gap marked.

use std::fmt::Write as _;
use std::path::Path;

use budgetdoc::Profile;
use budgetdoc::money::Amount;
use budgetdoc::profile::{
    Account, Band, Category, Measure, OutlineItem, PerformanceShow, PerformanceTable, RowAxis, RowFieldName, RowsDef,
    TableContent, TableDef, YearOf,
};

use crate::session::Session;

/// The schema's file.
pub const SCHEMA: &str = "budgetdoc.schema.json";

/// A spec in the making.
pub struct Starter<'a> {
    profile: &'a Profile,
    /// The department's name, if it is known.
    pub name: Option<String>,
    pub year: String,
    /// Unit of the amounts.
    pub unit: String,
    session: &'a Session,
    text: String,
}

impl<'a> Starter<'a> {
    /// Begins the spec of a profile, for the year in the name of its file.
    pub fn new(profile: &'a Profile, path: &Path, session: &'a Session) -> Self {
        let (year, unit) = (year_of(path, profile), profile.table_amounts.unit.name().to_owned());
        Starter { profile, name: None, year, unit, session, text: String::new() }
    }

    /// Returns the text of the spec.
    pub fn write(mut self) -> String {
        self.head();
        self.income();
        self.expenditure();
        self.economic();
        self.projects();
        self.lists();
        self.schedules();
        self.explanations();
        if let Some((_, table)) = self.profile.performance_tables().find(|(_, table)| table.is_of_department()) {
            self.performance(table);
        }
        self.texts();
        self.counts();
        self.text
    }

    fn head(&mut self) {
        let profile = self.profile;
        self.line(&format!("# yaml-language-server: $schema={SCHEMA}"));
        self.note(
            "部门预算的数据文件。写“待填”的地方都要填写；# 后面是说明，可以删去。",
            "The spec of a budget. Replace each 待填; comments after # can be deleted.",
        );
        self.note(
            "金额只写数字，不写单位和千分位逗号；合计、增减额和百分比由程序计算。",
            "Amounts are plain numbers; totals, changes and percentages are computed.",
        );
        self.line(&format!("budgetdoc: 1\nprofile: {}\nyear: {}", profile.name, self.year));
        self.line(&format!("unit: {}", self.unit));
        if profile.outline.iter().any(|item| matches!(item, OutlineItem::Signature(words) if words.contains("date"))) {
            self.note("date: 写明公开日期，落款中要印，如 date: 2026-02-10", "date: of publication, for the signature");
        }
        // A string of JSON is one of YAML.
        let quoted = |name: &String| serde_json::Value::from(name.as_str()).to_string();
        let department = self.name.as_ref().map_or_else(|| self.gap(("部门名称", "部门名称")), quoted);
        let unit = self.gap(("单位名称", "单位名称"));
        self.line(&format!("department:\n  name: {department}"));
        if shows_supervisor(profile) {
            let supervisor = self.gap(("主管部门；自己就是的写本部门", "主管部门；自己就是的写本部门"));
            self.line(&format!("  supervisor: {supervisor}"));
        }
        self.line("  units:");
        self.note("  预算单位，每个一行；id 由自己定，供下文引用", "  budget units, one per line; choose the ids");
        let code = self.gap(("单位代码", "单位代码"));
        let code = if has_field(profile, RowFieldName::UnitCode) { format!(", code: {code}") } else { String::new() };
        self.line(&format!("    - {{ id: self, name: {unit}{code} }}\n"));
    }

    fn income(&mut self) {
        let (profile, unfilled) = (self.profile, Amount::UNFILLED);
        self.note("收入：本年 amount，上年 last；资金来源 fund 有：", "Income, this and last year; the funds are:");
        for fund in profile.funds.iter() {
            self.line(&format!("#   {} {}", fund.id, fund.name));
        }
        let fund = profile.funds.first().map_or("", |fund| fund.id.as_str());
        let item = if by_function(profile, Account::Income) { ", item: 2013101" } else { "" };
        self.line(&format!("income:\n  - {{ fund: {fund}{item}, amount: {unfilled}, last: {unfilled} }}\n"));
    }

    fn expenditure(&mut self) {
        let (profile, unfilled) = (self.profile, Amount::UNFILLED);
        let past: String = past_keys(profile).iter().map(|key| format!(", {key}: {unfilled}")).collect();
        self.note(
            "基本支出，按功能科目的“项”（7 位编码），每个一行",
            "Basic expenditure by functional item (seven digits), one per line",
        );
        self.line("expenditure:");
        if measures(profile).any(|measure| !measure.kinds.is_empty() && !measure.categories.is_empty()) {
            for category in &profile.categories.basic {
                let row = format!("  - {{ item: 2013101, category: {}, amount: {unfilled}{past} }}", category.id);
                self.line(&format!("{row}    # {}", category.name));
            }
        } else {
            self.line(&format!("  - {{ item: 2013101, amount: {unfilled}{past} }}"));
        }
        self.text.push('\n');
    }

    fn economic(&mut self) {
        let (profile, unfilled) = (self.profile, Amount::UNFILLED);
        // The first class of each category is its most common one.
        let basic = &profile.categories.basic;
        let classes: Vec<_> = basic.iter().filter_map(|category| category.economic.first()).collect();
        if classes.is_empty() {
            self.list("同一笔基本支出，按类别", "The same basic expenditure by category", "basic", basic);
            return;
        }
        self.note(
            "同一笔基本支出，按部门预算经济分类的“款”（5 位编码），每个一行",
            "The same basic expenditure by economic subject (five digits), one per line",
        );
        self.line("economic:");
        let by_item = by_function(profile, Account::Economic);
        let item = |code: &str| if by_item { format!("item: {code}, ") } else { String::new() };
        for class in classes {
            self.line(&format!("  - {{ {}code: {class}01, amount: {unfilled} }}", item("2013101")));
        }
        let has_all = |table: &TableDef| table.of.accounts == [Account::Economic] && table.of.kinds.is_empty();
        if let Some(kind) = profile.kinds.iter().find(|kind| kind.projects)
            && profile.tables.iter().any(|(_, table)| has_all(table))
        {
            let key = format!("kind: {}, {}", kind.id, item("2013102"));
            self.line(&format!("  - {{ {key}code: 30201, amount: {unfilled} }}"));
        }
        self.text.push('\n');
    }

    fn projects(&mut self) {
        let (profile, unfilled) = (self.profile, Amount::UNFILLED);
        self.note("项目支出", "Projects");
        let (name, purpose) = (self.gap(("项目名称", "项目名称")), self.gap(("主要用途", "主要用途")));
        self.line(&format!(
            "projects:\n  - id: project1\n    name: {name}\n    item: 2013102\n    amount: {unfilled}\n    purpose: {purpose}"
        ));
        for key in past_keys(profile) {
            self.line(&format!("    {key}: {unfilled}"));
        }
        let has_goals = profile.performance_tables().any(|(_, table)| !table.goals().is_empty());
        if has_goals || has_field(profile, RowFieldName::Goal) {
            let goal = self.gap(("绩效目标", "绩效目标"));
            self.line(&format!("    goal: {goal}"));
        }
        if has_field(profile, RowFieldName::ProjectCode) {
            let code = self.gap(("项目代码", "项目代码"));
            self.line(&format!("    code: {code}"));
        }
        if let [category, ..] = profile.categories.projects.as_slice() {
            self.line(&format!("    category: {}", category.id.value));
        }
        let bands = profile.performance_tables().flat_map(|(_, table)| table.indicators());
        let mut of_projects = bands.filter(|(_, each)| each.is_some()).peekable();
        if of_projects.peek().is_some() {
            self.indicators("    ", of_projects.any(|(band, _)| band.has_weights()));
        }
        self.note("  比上年有增减的，另写 last 和 reason", "  with last and reason if it changed from last year");
        self.text.push('\n');
    }

    fn lists(&mut self) {
        let (profile, categories) = (self.profile, &self.profile.categories);
        self.list(
            "“三公”经费，须写上年数",
            "The three public expenses, this and last year",
            "three_public",
            &categories.three_public,
        );
        self.list(
            "会议费、培训费，须写上年数",
            "Meetings and training, this and last year",
            "meetings",
            &categories.meetings,
        );
        self.list("政府采购", "Government procurement", "procurement", &categories.procurement);
        let in_sentences = profile.figures.iter().map(|(_, measure)| measure);
        if measures(profile).chain(in_sentences).any(|measure| measure.accounts.contains(&Account::Reserved)) {
            self.list(
                "其中面向中小企业",
                "Procurement reserved for small enterprises",
                "reserved",
                &categories.reserved,
            );
        }
    }

    fn explanations(&mut self) {
        let profile = self.profile;
        let explains = |template: &str| {
            let is_listed = |list: &str| template.contains(&format!(" in {list} "));
            template.contains(".reason") && profile.lists.keys().any(|list| is_listed(list))
        };
        if profile.texts.iter().any(|(_, template)| explains(template)) {
            self.note(
                "功能科目的用途和增减原因，每个科目一行",
                "Functional subjects: purpose, and reason of the change, one per line",
            );
            self.line("explanations: []    # - { subject: 2013101, purpose: …, reason: … }\n");
        }
    }

    fn texts(&mut self) {
        let profile = self.profile;
        self.note(
            "文字。其中的数字写成 {{ income | amount }}（金额）或 {{ income | yoy }}（比上年增减）",
            "Texts. Figures in them are written {{ income | amount }} or {{ income | yoy }}",
        );
        if profile.asks.iter().next().is_some() {
            self.line("text:");
            for (key, ask) in profile.asks.iter() {
                let gap = self.gap((ask, ask));
                self.line(&format!("  {key}: {gap}", key = key.value));
            }
            if profile.constants.iter().next().is_some() {
                self.note("  版式中的用词，不合适的去掉 # 改写", "  words of the form; take away the # to change one");
            }
            for (key, words) in profile.constants.iter() {
                self.line(&format!("  # {}: {words}", key.value));
            }
        }
    }

    /// Writes the counts of the form in a comment, last, as a number that is not known cannot be written.
    fn counts(&mut self) {
        let names = self.profile.count_names();
        if names.is_empty() {
            return;
        }
        self.note("个数：去掉 # 填写", "Counts: take away the # and write them");
        self.line("counts:");
        for name in names {
            let ask = self.profile.counts.get(&name).map(|ask| format!("    # {ask}")).unwrap_or_default();
            self.line(&format!("  # {name}: 0{ask}"));
        }
    }

    /// Writes the keys of each schedule in a comment, as most departments have few of them.
    fn schedules(&mut self) {
        let profile = self.profile;
        if profile.schedules().next().is_none() {
            return;
        }
        self.note("明细：没有的留空，有的每行写", "Lists of details: leave empty what there is none of");
        self.line("schedules:");
        let mut written: Vec<&str> = Vec::new();
        for schedule in profile.schedules() {
            if !written.contains(&schedule.of.as_str()) {
                written.push(&schedule.of);
                let keys = schedule.columns.iter().filter_map(|column| column.key.as_ref());
                let keys: Vec<String> = keys.map(|key| format!("{key}: …", key = key.value)).collect();
                self.line(&format!("  {}: []    # - {{ {} }}", schedule.of.value, keys.join(", ")));
            }
        }
        self.text.push('\n');
    }

    fn performance(&mut self, table: &PerformanceTable) {
        let [basic, goal, content] = ["基本支出用于什么", "年度总体目标", "工作内容"].map(|ask| self.gap((ask, ask)));
        self.note(
            "整体支出绩效目标：任务一个项目一行，指标分两级",
            "Performance: one task for each project, indicators of two levels",
        );
        self.line(&format!("performance:\n  goal: {goal}"));
        if let Some(tasks) = table.tasks() {
            if tasks.basic.is_some() {
                self.line(&format!("  basic: {basic}"));
            }
            self.line(&format!("  tasks:\n    - {{ project: project1, content: {content} }}"));
        }
        self.indicators("  ", table.indicators().any(|(band, _)| band.has_weights()));
        self.text.push('\n');
    }

    /// Writes one indicator, typed where the form has weights.
    fn indicators(&mut self, indent: &str, weighed: bool) {
        let [name, target] = ["指标", "目标值"].map(|ask| self.gap((ask, ask)));
        let target = match weighed {
            true => "sign: ≥, value: 待填, unit: 个, weight: 100".to_owned(),
            false => format!("target: {target}"),
        };
        self.line(&format!(
            "{indent}indicators:\n{indent}  产出指标:\n{indent}    数量指标:\n{indent}      - {{ name: {name}, {target} }}"
        ));
    }

    fn line(&mut self, text: &str) {
        // Writing into a string does not fail.
        let _ = writeln!(self.text, "{text}");
    }

    /// Writes a comment with the indent of its text.
    fn note(&mut self, zh: &str, en: &str) {
        let text = self.session.pick(zh, en);
        let words = text.trim_start();
        self.line(&format!("{}# {words}", &text[..text.len() - words.len()]));
    }

    /// Returns a gap with the profile's mark, quoted for YAML.
    fn gap(&self, (zh, en): (&str, &str)) -> String {
        format!("\"{}\"", self.profile.words.unfilled(self.session.pick(zh, en)))
    }

    /// Writes a list with a row for each category; no list if the profile has none.
    fn list(&mut self, zh: &str, en: &str, key: &str, categories: &[Category]) {
        if categories.is_empty() {
            return;
        }
        self.note(zh, en);
        self.line(&format!("{key}:"));
        for category in categories {
            let unfilled = Amount::UNFILLED;
            let last =
                if matches!(key, "three_public" | "meetings") { format!(", last: {unfilled}") } else { String::new() };
            let row = format!("  - {{ category: {}, amount: {unfilled}{last} }}", category.id);
            self.line(&format!("{row}    # {}", category.name));
        }
        self.text.push('\n');
    }
}

/// Returns the year in the file's name, 2026 of `某局2026.yaml`; without one that of the profile.
fn year_of(path: &Path, profile: &Profile) -> String {
    let of_name = |name: &str| {
        let digits = name.split(|letter: char| !letter.is_ascii_digit()).find(|digits| digits.len() == 4)?;
        digits.starts_with("20").then(|| digits.to_owned())
    };
    // PLACE/YEAR, and a word behind it where a place has several.
    let of_profile = profile.name.rsplit('/').next().and_then(of_name);
    path.file_stem().and_then(|name| of_name(name.to_str()?)).or(of_profile).unwrap_or_default()
}

/// Returns whether a table has an account by functional item.
fn by_function(profile: &Profile, account: Account) -> bool {
    profile.tables.iter().any(|(_, table)| {
        let rows = match &table.content {
            TableContent::Rows(tabular) => &tabular.rows,
            TableContent::Balance(_) | TableContent::Schedule(_) | TableContent::Performance(_) => return false,
        };
        let is_of_items = |axis: &RowAxis| matches!(axis, RowAxis::Function | RowAxis::FunctionClass);
        table.of.accounts.contains(&account) && matches!(rows, RowsDef::Each(axes) if axes.iter().any(is_of_items))
    })
}

/// Returns the measures of the columns of all tables.
fn measures(profile: &Profile) -> impl Iterator<Item = &Measure> {
    profile.tables.iter().flat_map(|(_, table)| table.measures())
}

/// Returns whether a table prints a field of its rows.
fn has_field(profile: &Profile, wanted: RowFieldName) -> bool {
    profile.tables.iter().any(|(_, table)| table.fields().any(|field| field == wanted))
}

/// Returns whether a label of the form needs the supervisor.
fn shows_supervisor(profile: &Profile) -> bool {
    let is_it = |band: &Band| match band {
        Band::Row(cells) => cells.iter().any(|cell| cell.show == PerformanceShow::Supervisor),
        Band::Tasks(_) | Band::Indicators(_) => false,
    };
    profile.performance_tables().any(|(_, table)| table.bands.iter().any(is_it))
        || profile.cover_lines.iter().any(|line| line.contains("department.supervisor"))
}

/// Returns the keys of the past amounts of expenditure that the tables compare with.
fn past_keys(profile: &Profile) -> &'static [&'static str] {
    let outcome = |year: &YearOf| matches!(year, YearOf::Executed | YearOf::ChangeFromExecuted);
    let has_last = |table: &TableDef| {
        let is_past = |measure: &Measure| matches!(measure.year, Some(YearOf::Last | YearOf::Change));
        table.of.accounts.contains(&Account::Expenditure) && table.measures().into_iter().any(is_past)
    };
    if measures(profile).any(|measure| measure.year.as_ref().is_some_and(outcome)) {
        &["last", "executed"]
    } else if profile.tables.iter().any(|(_, table)| has_last(table)) {
        &["last"]
    } else {
        &[]
    }
}
