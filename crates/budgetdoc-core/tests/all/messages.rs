//! Every message about a spec or a profile, in both languages and with its place, in one file for people to read.

use std::fmt::Write as _;

use crate::support::{PROFILE, SMALL, SNAPSHOTS, replace, show};
use budgetdoc_core::error::Error;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::source::Located;
use budgetdoc_core::spec::Spec;

/// A spec with one change: what is wrong, the piece replaced, and by what.
type Change = (&'static str, &'static str, &'static str);

const PARSER: &[Change] = &[
    ("a misspelt key at the top", "profile: shenzhen", "profil: shenzhen"),
    ("a misspelt key in a row", "{ item: 2012901, amount: 60 }", "{ item: 2012901, ammount: 60 }"),
    ("a key like no other", "date: 2022-02-18", "publication_day: 2022-02-18"),
    ("a key in Chinese", "year: 2022", "年度: 2022"),
    ("a key with a full-width colon", "{ item: 2012901, amount: 60 }", "{ item：2012901, amount: 60 }"),
    ("a key behind a full-width blank", "{ item: 2012901, amount: 60 }", "{ item: 2012901, \u{3000}amount: 60 }"),
    ("a key of another place", "    purpose: 培训。", "    method: 培训。"),
    ("thousands set off by a comma in a row", "amount: 100, last", "amount: 1,100, last"),
    ("thousands set off by a comma", "    amount: 30", "    amount: 1,030"),
    ("an amount with its unit", "    amount: 30", "    amount: 30万元"),
    ("an amount in Chinese", "    amount: 30", "    amount: 三十"),
    ("an amount in full-width digits", "    amount: 30", "    amount: ３０"),
    ("an amount as a formula", "    amount: 30", "    amount: 10+20"),
    ("an amount with an exponent", "    amount: 30", "    amount: 3e1"),
    ("an amount with an underscore", "    amount: 30", "    amount: 3_0"),
    ("an amount with a place too many", "    amount: 30", "    amount: 30.0.0"),
    ("an amount not written", "    amount: 30\n", "    amount:\n"),
    ("an amount that is a list", "    amount: 30", "    amount: [30]"),
    ("an amount of 30 digits", "    amount: 30", "    amount: 300000000000000000000000000000"),
    ("a full-width colon", "year: 2022", "year：2022"),
    ("a missing key at the top", "year: 2022\n", ""),
    ("a missing key in a row", "{ item: 2012901, amount: 60 }", "{ item: 2012901 }"),
    ("a missing key in a project", "    item: 2012902\n", ""),
    ("a missing key of the department", "  name: 某局\n", ""),
    ("units missing", "  units:\n    - { id: self, name: 某局本级 }\n", ""),
    ("a key twice", "year: 2022", "year: 2022\nyear: 2023"),
    ("a key twice in a project", "    amount: 30", "    amount: 30\n    amount: 31"),
    ("a count twice", "  vehicles: 2", "  vehicles: 2\n  vehicles: 3"),
    ("a text where a number belongs", "year: 2022", "year: 二〇二二"),
    ("a year with its word", "year: 2022", "year: 2022年"),
    ("a year too great", "year: 2022", "year: 202222"),
    ("a negative count", "  vehicles: 2", "  vehicles: -2"),
    ("a count with decimals", "  vehicles: 2", "  vehicles: 2.5"),
    ("a list where a text belongs", "    name: 培训经费", "    name: [培训, 经费]"),
    ("a text where a list belongs", "key_projects: [training]", "key_projects: training"),
    ("a text where rows belong", "basic:\n  - { category: personnel", "basic: 70\nreserved:\n  - { category: sme"),
    ("a row without keys", "  - { item: 2012901, amount: 60 }", "  - 2012901"),
    ("rows without dashes", "  - { fund: general_public, amount: 100, last: 80 }", "  fund: general_public"),
    ("a key twice in the performance part", "  goal: 做好。", "  goal: 做好。\n  tasks: 无"),
    ("an unknown unit of money", "unit: 万元", "unit: 百万元"),
    ("an unknown precision", "precision: exact", "precision: round"),
    ("a code of four digits", "{ item: 2012901, amount: 60 }", "{ item: 2012, amount: 60 }"),
    ("a code with letters", "{ item: 2012901, amount: 60 }", "{ item: 201290l, amount: 60 }"),
    ("a code with its name", "{ item: 2012901, amount: 60 }", "{ item: 2012901 行政运行, amount: 60 }"),
    ("a code that is a number", "name: 某局本级 }", "name: 某局本级, code: 82e4 }"),
    ("a day there is not", "date: 2022-02-18", "date: 2022-02-29"),
    ("a day in Chinese", "date: 2022-02-18", "date: 2022年2月18日"),
    ("a day before the files can hold it", "date: 2022-02-18", "date: 1979-12-31"),
    ("a line indented too little", "    amount: 30", "   amount: 30"),
    ("a line indented too much", "    amount: 30", "      amount: 30"),
    ("a tab", "    amount: 30", "\tamount: 30"),
    ("no space after the colon", "    amount: 30", "    amount:30"),
    ("no space after a colon at the head", "profile: shenzhen/2022", "profile:shenzhen/2022"),
    ("a brace not closed", "{ item: 2012901, amount: 60 }", "{ item: 2012901, amount: 60"),
    ("a quote not closed", "    name: 培训经费", "    name: \"培训经费"),
    ("a colon and space in a text", "    name: 培训经费", "    name: 培训: 经费"),
    ("a text that begins with a brace", "  goals: 做好工作。", "  goals: {{ year }}年做好工作。"),
    ("a text that begins with a percent sign", "  goals: 做好工作。", "  goals: %做好"),
    ("a wide space behind a colon", "amount: 30", "amount:\u{3000}30"),
    ("a wide space before a key", "    amount: 30", "\u{3000}\u{3000}amount: 30"),
    ("an invisible character before a key", "    amount: 30", "\u{200b}   amount: 30"),
    ("a dash for no amount", "    amount: 30", "    amount: -"),
    ("a bracket too many", "{ item: 2012901, amount: 60 }", "{ item: 2012901, amount: 60 }}"),
    ("a row pasted from a workbook", "- { item: 2012901, amount: 60 }", "2012901\t60\t55"),
    ("a row pasted with its name", "- { item: 2012901, amount: 60 }", "2012901\t行政运行\t1,060"),
    ("a remark that covers a brace", "- { item: 2012901, amount: 60 }", "- { item: 2012901, amount: 60, unit: 站 #1 }"),
    ("several lines at the margin", "    二是服务，", "二是服务，\n三是管理，\n\n四是监督，"),
    ("a text behind a quote", "organisation: 内设一科。", "organisation: \"内设\"一科\"。\""),
    ("a text at the margin", "    二是服务，", "二是服务，"),
    ("a key of a block at the margin", "  organisation: 内设", "organisation: 内设"),
    ("an alias of nothing", "    name: 培训经费", "    name: *name"),
    ("two documents", "income:\n", "---\nincome:\n"),
    ("another version", "budgetdoc: 1", "budgetdoc: 2"),
    ("the version in words", "budgetdoc: 1", "budgetdoc: v1"),
    ("an unknown profile", "shenzhen/2022", "shenzen/2022"),
    ("a department without a name", "\n  name: ", "\n  name: \"\\u200b\"    # "),
    ("a profile like no other", "shenzhen/2022", "湖北"),
    ("the place of a profile", "shenzhen/2022", "北京"),
];

const RESOLVER: &[Change] = &[
    (
        "formats of amounts that the profile does not allow",
        "precision: exact",
        "amounts: { tables: { decimals: 3 }, text: { zero: —, rounding: truncate } }",
    ),
    ("a year of two digits", "year: 2022", "year: 22"),
    ("no budget units", "  units:\n    - { id: self, name: 某局本级 }\n", "  units: []\n"),
    (
        "a unit id twice",
        "{ id: self, name: 某局本级 }",
        "{ id: self, name: 某局本级 }\n    - { id: self, name: 某中心 }",
    ),
    ("an unknown unit", "{ item: 2012901, amount: 60 }", "{ unit: slef, item: 2012901, amount: 60 }"),
    ("an unknown unit in a project", "    item: 2012902", "    unit: 本级\n    item: 2012902"),
    ("an unknown fund", "fund: general_public", "fund: general_publik"),
    ("a group in the place of a fund", "fund: general_public", "fund: own_funds"),
    ("a fund in Chinese", "{ item: 2012901,", "{ fund: 一般公共预算, item: 2012901,"),
    ("an unknown category", "category: personnel", "category: personel"),
    ("a category of another breakdown", "category: reception", "category: personnel"),
    ("an unknown key project", "key_projects: [training]", "key_projects: [training, trainings]"),
    ("an unknown project of a task", "{ project: training, content", "{ project: 培训, content"),
    ("an unknown text", "  goals: 做好", "  gaols: 做好"),
    ("a project id twice", "key_projects:", "  - { id: training, name: 甲, item: 2012902, amount: 0 }\nkey_projects:"),
    ("a key project twice", "key_projects: [training]", "key_projects:\n  - training\n  - training"),
    (
        "a project of two tasks",
        "    - { project: training, content: 培训。 }",
        "    - { project: training, content: 培训。 }\n    - { project: training, content: 再培训。 }",
    ),
    ("a class in the place of an item", "{ item: 2210201,", "{ item: 221,"),
    ("a division in the place of an item", "{ item: 2210201,", "{ item: 22102,"),
    ("a subject not in the table", "{ item: 2210201,", "{ item: 2210299,"),
    ("a whole class not in the table", "{ item: 2210201,", "{ item: 2990101,"),
    ("a subject of a project not in the table", "    item: 2012902", "    item: 2012998"),
    ("a subject of other years", "    item: 2012902", "    item: 2080504"),
    ("an item without its zeros", "    item: 2012902", "    item: 20112"),
    ("a figure twice", "{ item: 2210201,", "{ item: 2012901,"),
    ("a fund twice", "last: 80 }", "last: 80 }\n  - { fund: general_public, amount: 1 }"),
    ("a category twice", "category: operating", "category: personnel"),
    ("a negative amount", "amount: 60", "amount: -60"),
    ("a negative amount of last year", "last: 25", "last: -25"),
    ("an absurd amount", "amount: 60", "amount: 600000000000000"),
    ("an amount with absurdly many decimals", "amount: 60", "amount: 60.1234567"),
    (
        "a total stated with exact amounts",
        "projects:\n",
        "stated:\n  - { subject: 221, kind: basic, amount: 10 }\nprojects:\n",
    ),
    ("a count that is not there", "counts.vehicles }}辆。\n  operating", "counts.cars }}辆。\n  operating"),
    ("an unknown kind in a row", "{ item: 2210201, amount: 10 }", "{ item: 2210201, kind: basics, amount: 10 }"),
    ("a kind to be filled in", "{ item: 2210201, amount: 10 }", "{ item: 2210201, kind: 待填, amount: 10 }"),
    ("a subject to be filled in", "{ item: 2210201, amount: 10 }", "{ item: 待填, amount: 10 }"),
    (
        "basic expenditure by category and by economic division",
        "projects:\n",
        "economic:\n  - { code: 30101, amount: 70 }\nprojects:\n",
    ),
    ("an economic class", "projects:\n", "economic:\n  - { fund: other_income, code: 301, amount: 70 }\nprojects:\n"),
    (
        "an economic division of no category",
        "projects:\n",
        "economic:\n  - { fund: other_income, code: 30401, amount: 70 }\nsubjects:\n  - { code: 304, name: 另一类 }\n  - { code: 30401, name: 另一款 }\nprojects:\n",
    ),
    (
        "an economic division twice",
        "projects:\n",
        "economic:\n  - { fund: other_income, code: 30101, amount: 70 }\n  - { fund: other_income, code: 30101, amount: 7 }\nprojects:\n",
    ),
    (
        "what moves from a unit to itself",
        "projects:\n",
        "internal:\n  - { from: self, to: self, fund: superior_subsidy, item: 2012902, kind: project, amount: 5 }\nprojects:\n",
    ),
    (
        "an explanation of a subject without figures",
        "projects:\n",
        "explanations:\n  - { subject: 208, purpose: 养老。 }\nprojects:\n",
    ),
    (
        "two explanations of a subject",
        "projects:\n",
        "explanations:\n  - { subject: 201, purpose: 运转。 }\n  - { subject: 201, reason: 人多。 }\nprojects:\n",
    ),
    ("a category of projects that no form has", "    purpose: 培训。", "    category: specific\n    purpose: 培训。"),
    ("two targets of an indicator", "target: 10次 }", "target: 10次, sign: ≥, value: 10 }"),
    ("a schedule of no table", "projects:\n", "schedules: { assets: [] }\nprojects:\n"),
    ("last year's amount of no figure", "projects:\n", "last_totals: { operations: 5 }\nprojects:\n"),
    ("last year's amount a second time", "projects:\n", "last_totals: { income: 80 }\nprojects:\n"),
];

/// Nearly everything in it is wrong.
const FAULTS: &str = "\
budgetdoc: 1
profil: shenzhen/2022
year: 2022年
unit: 百万元
department:
  name: 某局
  units: [{ id: self, nam: 某局本级 }]
income:
  - { fund: general_public, amount: 1,310, last: 1032 }
  - { fund: other_income, ammount: 3 }
  - { amount: 三十 }
  - 5
expenditure:
  - { item: 201290l, amount: 487 }
  - { item: 2012901 }
projects:
  - id: a
    amount: 3
    amount: 4
counts: { cars: -2, people: 2.5 }
";

const STATED: &[(&str, &str)] = &[
    ("an unknown kind", "{ subject: 221, kind: basics, amount: 10 }"),
    ("a total of an item", "{ subject: 2210201, kind: basic, amount: 10 }"),
    ("a total of a class without expenditure", "{ subject: 205, kind: basic, amount: 10 }"),
    ("a total of a class without projects", "{ subject: 221, kind: project, amount: 10 }"),
    ("a negative total", "{ subject: 221, kind: basic, amount: -10 }"),
    ("a total twice", "{ subject: 221, kind: basic, amount: 10 }\n  - { subject: 221, kind: basic, amount: 11 }"),
];

const SEVERAL_UNITS: &[Change] = &[(
    "several units, and rows that name none",
    "{ id: self, name: 某局本级 }",
    "{ id: self, name: 某局本级 }\n    - { id: centre, name: 某中心 }",
)];

const COMPOSER: &[Change] = &[
    ("an unknown name", "income | amount", "incom | amount"),
    ("a name like no other", "income | amount", "收入 | amount"),
    ("the unit's name in Chinese", "{{ income | amount }}", "{{单位名称}}"),
    ("an unknown part of a known name", "income | amount", "income.next | amount"),
    ("an unknown filter", "income | amount", "income | amuont"),
    ("a filter like no other", "income | amount", "income | 万元"),
    ("braces not closed", "{{ income | amount }}", "{{ income | amount"),
    ("one brace missing", "{{ income | amount }}", "{{ income | amount }"),
    ("nothing in the braces", "{{ income | amount }}", "{{ }}"),
    ("a filter on what is no figure", "income | amount", "year | amount"),
    ("a filter on a text", "income | amount", "department.name | yoy"),
    ("an unknown option", "income | amount", "income | yoy(decimals=0)"),
    ("an option of the wrong kind", "income | amount", "income | yoy(percent=\"无\")"),
    ("a block not closed", "{{ income | amount }}", "{% if income %}"),
    ("an error in a text of one line", "  goals: 做好工作。", "  goals: 做好{{ yeer }}年工作。"),
    ("an error in a quoted text", "  goals: 做好工作。", "  goals: \"{{ yeer }}年工作。\""),
    ("an error in a folded text", "  goals: 做好工作。", "  goals: >\n    做好\n    {{ yeer }}年工作。"),
    ("a project that is not there", "{{ income | amount }}", "{{ projects.trainings | amount }}"),
    ("a project that is not there, in quotes", "{{ income | amount }}", "{{ projects[\"2022-1\"].last | amount }}"),
    ("a percentage of a year that is not known", "{{ income | amount }}", "{{ personnel | rate }}"),
    ("a count that is not there", "  vehicles: 车辆{{ counts.vehicles }}辆。", "  vehicles: 车辆{{ counts.cars }}辆。"),
    ("the change of a change", "income | amount", "income.change.last | amount"),
    ("a change where last year is not known", "income | amount", "personnel.change | amount"),
    ("a text that speaks of a text", "  goals: 做好工作。", "  goals: \"{{ text.duties }}\""),
];

const PROFILES: &[Change] = &[
    ("a table of the department for each unit", "  - table: performance\n", "  - units: [{ table: performance }]\n"),
    ("another version", "budgetdoc_profile: 1", "budgetdoc_profile: 2"),
    ("an unknown key", "table_amounts: { unit", "tabel_amounts: { unit"),
    ("an unknown key of an amount format", "{ unit: 万元, decimals: 0 }", "{ unit: 万元, digits: 0 }"),
    ("an unknown account", "income: { accounts: [income] }", "income: { accounts: [incomes] }"),
    (
        "an unknown fund in a figure",
        "income: { accounts: [income] }",
        "income: { accounts: [income], funds: [public] }",
    ),
    ("an unknown kind in a figure", "kinds: [basic] }\n  project", "kinds: [basics] }\n  project"),
    ("an unknown category in a figure", "categories: [personnel] }", "categories: [staff] }"),
    ("a text that is not there", "- text: duties", "- text: tasks"),
    ("a table that is not there", "- table: balance", "- table: balances"),
    ("an unknown piece of the outline", "- part: 部门概况", "- chapter: 部门概况"),
    ("an unknown axis", "rows: { each: [unit, project] }", "rows: { each: [unit, projects] }"),
    ("one kind of expenditure only", "  - { id: project, name: 项目支出, projects: true }\n", ""),
    (
        "a fund in a table that is not there",
        "{ name: 二、财政专户管理资金, of: { funds: [fiscal_account] } }",
        "{ name: 二、财政专户管理资金, of: { funds: [fiscal] } }",
    ),
    (
        "a closing row with one side missing",
        "- { name: 收入总计, of: { accounts: [income, brought_forward] } }\n            - { name: 支出总计, of: { accounts: [expenditure, carried_forward] } }\n    notes",
        "- { name: 收入总计, of: { accounts: [income, brought_forward] } }\n    notes",
    ),
    (
        "no fund",
        "funds:\n  - { id: general_public, name: 一般公共预算拨款, group: appropriation }\n  - { id: government_fund, name: 政府性基金预算拨款, group: appropriation }\n  - { id: state_capital, name: 国有资本经营预算拨款, group: appropriation }\n  - { id: fiscal_account, name: 财政专户管理资金, group: fiscal_account_funds }\n  - { id: business_income, name: 事业收入, group: own_funds }\n  - { id: operating_income, name: 事业单位经营收入, group: own_funds }\n  - { id: superior_subsidy, name: 上级补助收入, group: own_funds }\n  - { id: affiliated_units, name: 附属单位上缴收入, group: own_funds }\n  - { id: other_income, name: 其他收入, group: own_funds }\n",
        "funds: []\n",
    ),
    ("kinds that are none", "kinds:\n", "kinds: 项目\nkindz:\n"),
    (
        "two projects among the kinds",
        "{ id: basic, name: 基本支出 }",
        "{ id: basic, name: 基本支出 }\n  - { id: more, name: 更多支出, projects: true }",
    ),
    ("a fund twice", "{ id: business_income, name: 事业收入", "{ id: other_income, name: 事业收入"),
    ("a kind twice", "{ id: basic, name: 基本支出 }", "{ id: basic, name: 基本支出 }\n  - { id: basic, name: 另 }"),
    ("a category twice", "{ id: operating, name", "{ id: personnel, name"),
    ("a name that is taken", "  income: { accounts: [income] }", "  year: { accounts: [income] }"),
    ("a figure of nothing", "income: { accounts: [income] }", "income: { year: last }"),
    ("a figure of vehicles that is not there", "running: vehicle_running", "running: vehicles_running"),
    (
        "a subject named twice",
        "\nfigures:\n",
        "\nsubjects:\n  - { code: 20129, name: 群团 }\n  - { code: 20129, name: 群众团体, first: 2020 }\n  - { code: 20130, name: 某, first: 2020, last: 2019 }\nfigures:\n",
    ),
    ("a text given and asked for", "\nasks:\n", "\nasks:\n  overview: 概况\n"),
    ("decimals beyond all", "{ unit: 万元, decimals: 0 }", "{ unit: 万元, decimals: 40 }"),
    (
        "a heading of level 7",
        "outline:\n",
        "headings:\n  group: { level: 1 }\n  part: { level: 7 }\n  section: { level: 3 }\n  table: { level: 2, contents: 4 }\noutline:\n",
    ),
    ("pages of tables for all", "outline:\n", "page: { orientation: double }\noutline:\n"),
    ("a gap too wide", "outline:\n", "page: { spacing: { mixed_gap: 90 } }\noutline:\n"),
    ("a style that is not there", "outline:\n", "styles: { bdy: { size: 15 } }\noutline:\n"),
    ("a size with its unit", "outline:\n", "styles: { body: { size: 16pt } }\noutline:\n"),
    ("a size of nothing", "outline:\n", "styles: { body: { size: 0 } }\noutline:\n"),
    ("margins that leave no room", "outline:\n", "page: { margins: [30, 190, 30, 30] }\noutline:\n"),
    ("two margins", "outline:\n", "page: { margins: [30, 30] }\noutline:\n"),
    ("a page of 900 lines", "outline:\n", "page: { lines: 900 }\noutline:\n"),
    ("a rule thinner than nothing", "outline:\n", "page: { outer_rule: -5 }\noutline:\n"),
    ("a condition on no figure", "outline:\n", "outline:\n  - when: { any: [incom], then: [] }\n"),
    ("rows of no axis", "rows: { each: [unit, project] }", "rows: { each: [] }"),
    (
        "a field that no row has",
        "{ head: [科目编码], show: { field: code } }",
        "{ head: [科目编码], show: { field: goal } }",
    ),
    (
        "project categories that the profile does not have",
        "{ head: [绩效目标], show: { field: goal } }",
        "{ head: [绩效目标], show: { field: project_category } }",
    ),
    (
        "economic subjects of rows by function",
        "{ head: [支出总计], show: { sum: {} } }\n          - { head: [基本支出]",
        "{ head: [支出总计], show: { sum: { economic: [301] } } }\n          - { head: [基本支出]",
    ),
    (
        "a fund that the table leaves out",
        "{ head: [支出总计], show: { sum: {} } }\n          - { head: [基本支出]",
        "{ head: [支出总计], show: { sum: { funds: [own_funds] } } }\n          - { head: [基本支出]",
    ),
    (
        "a table that is of nothing",
        "of: { accounts: [expenditure], funds: [state_capital] }\n    content",
        "of: { funds: [state_capital] }\n    content",
    ),
    (
        "a schedule that does not fit",
        "\ntables:\n",
        "\ntables:\n  assets:\n    title: 资产\n    summary: 资产\n    content:\n      schedule:\n        of: assets\n        columns:\n          - { head: [序号], is: number, key: no }\n          - { head: [名称] }\n          - { head: [金额], key: amount, is: amount }\n          - { head: [又], key: amount, product: { quantity: amount, price: one } }\n        sums: [total]\n        ties:\n          - { key: amount, is: { equals: incom } }\n          - { key: amount, is: { at_most: income }, each: amount }\n",
    ),
    (
        "a closing line that is of nothing",
        "- { name: 收入总计, of: { accounts: [income, brought_forward] } }\n            - { name: 支出总计, of: { accounts: [expenditure, carried_forward] } }\n    notes",
        "- { name: 收入总计 }\n            - { name: 支出总计, of: { accounts: [expenditure, carried_forward] } }\n    notes",
    ),
    ("an error on the cover", "cover: \"{{ year }}", "cover: \"{{ yeer }}"),
    ("an error in a caption", "部门名称：{{ department.name }}", "部门名称：{{ department.nam }}"),
    ("an error in a sentence", "预算收入{{ income | amount }}", "预算收入{{ incom | amount }}"),
    ("an error in a title", "- section: \"{{ year }}年主要工作目标\"", "- section: \"{{ yaer }}年主要工作目标\""),
    (
        "an error in a head",
        "{ head: [\"{{ year }}年政府采购项目\", 小计]",
        "{ head: [\"{{ year | zh }}年政府采购项目\", 小计]",
    ),
];

#[test]
fn messages_name_the_place_the_fault_and_the_remedy_in_both_languages() {
    let mut out =
        String::from("Every message about a spec or a profile: the lines changed, then what is said of them.\n");
    let mut silent = Vec::new();
    let mut section = |title: &str, cases: &mut dyn Iterator<Item = (&str, String, &str, Result<(), Error>)>| {
        let _ = write!(out, "\n=== {title} ===\n");
        for (name, text, base, result) in cases {
            let _ = write!(out, "\n--- {name}\n");
            show_lines(&mut out, base, &text);
            match result {
                Ok(()) => {
                    out.push_str("(nothing is wrong)\n");
                    silent.push(format!("{title}: {name}"));
                }
                Err(error) => show(&mut out, &error),
            }
        }
    };
    let rounded = replace(SMALL, "precision: exact", "precision: rounded");
    section("parser", &mut PARSER.iter().map(|(name, piece, by)| case(name, SMALL, piece, by)));
    let empty = [("nothing", ""), ("a remark", "# 还没有写\n"), ("a word", "某局\n"), ("a list", "- 某局\n")];
    section("no spec at all", &mut empty.iter().map(|(name, text)| (*name, (*text).to_owned(), "", read(text))));
    section("several faults at once", &mut std::iter::once(("a whole spec", FAULTS.to_owned(), FAULTS, read(FAULTS))));
    section("resolver", &mut RESOLVER.iter().map(|(name, piece, by)| case(name, SMALL, piece, by)));
    section(
        "stated totals",
        &mut STATED.iter().map(|(name, row)| {
            let text = replace(&rounded, "projects:\n  - id", &format!("stated:\n  - {row}\nprojects:\n  - id"));
            (*name, text.clone(), rounded.as_str(), read(&text))
        }),
    );
    section("several units", &mut SEVERAL_UNITS.iter().map(|(name, piece, by)| case(name, SMALL, piece, by)));
    section("composer", &mut COMPOSER.iter().map(|(name, piece, by)| case(name, SMALL, piece, by)));
    section(
        "fonts",
        &mut [("an unknown role", "fonts: { title: 小标宋, boddy: 仿宋 }\nyear: 2022")].iter().map(|(name, by)| {
            let (name, text, base, _) = case(name, SMALL, "year: 2022", by);
            let families = Spec::from_yaml(&text).and_then(|spec| spec.font_families());
            (name, text, base, families.map(|_| ()))
        }),
    );
    section(
        "profile",
        &mut PROFILES.iter().map(|(name, piece, by)| {
            let text = replace(PROFILE, piece, by);
            let result = Profile::from_yaml(&text).and_then(|profile| {
                let spec = Spec::from_yaml(SMALL)?;
                budgetdoc_core::budget::Budget::resolve(spec, profile)?.compose().map(|_| ())
            });
            (*name, text, PROFILE, result)
        }),
    );
    let places = PROFILES.iter().filter_map(|(name, piece, by)| {
        let profile = Profile::from_yaml(&replace(PROFILE, piece, by)).err()?;
        profile.problems.iter().any(|problem| problem.place.is_none()).then_some(*name)
    });
    assert_eq!(places.collect::<Vec<_>>(), [] as [&str; 0], "a fault of a profile has its line and column");
    section(
        "built in code, without places",
        &mut std::iter::once({
            let error = Profile::built_in(&Located::from("shenzhen/2023".to_owned())).map(|_| ());
            ("an unknown profile", String::new(), "", error)
        }),
    );
    SNAPSHOTS.assert_eq("messages.txt", &out);
    assert_eq!(silent, [] as [&str; 0], "these should have been found wrong");
}

fn case(
    name: &'static str,
    base: &'static str,
    piece: &str,
    by: &str,
) -> (&'static str, String, &'static str, Result<(), Error>) {
    let text = replace(base, piece, by);
    let result = read(&text);
    (name, text, base, result)
}

/// All there is between a spec and its document.
fn read(text: &str) -> Result<(), Error> {
    let budget = crate::support::resolve(text)?;
    budget.compose().map(|_| ())
}

/// The lines in which `text` differs from `base`, numbered.
fn show_lines(out: &mut String, base: &str, text: &str) {
    let (old, new): (Vec<_>, Vec<_>) = (base.lines().collect(), text.lines().collect());
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let rest = old.len().min(new.len()) - same;
    let below = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(old, new)| old == new).count();
    for (index, line) in new.iter().enumerate().take((new.len() - below).min(same + 4)).skip(same) {
        let _ = writeln!(out, "{:>6} | {line}", index + 1);
    }
    if new.len() - below <= same && !text.is_empty() {
        let _ = writeln!(out, "       | (gone from line {})", same + 1);
    }
}
