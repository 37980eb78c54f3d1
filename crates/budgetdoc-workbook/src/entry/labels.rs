//! What sheets and columns are called.

/// Sheets by the keys to their lists.
const SHEETS: &[(&str, &str)] = &[
    ("department.units", "预算单位"),
    ("income", "收入"),
    ("brought_forward", "上年结转"),
    ("carried_forward", "结转下年"),
    ("internal", "内部往来"),
    ("expenditure", "支出"),
    ("basic", "基本支出分类"),
    ("economic", "经济分类"),
    ("stated", "公布的小计"),
    ("projects", "项目"),
    ("projects.indicators", "项目绩效指标"),
    ("three_public", "三公经费"),
    ("meetings", "会议费培训费"),
    ("procurement", "政府采购"),
    ("procurement_items", "采购明细"),
    ("reserved", "面向中小企业采购"),
    ("schedules", "明细"),
    ("counts", "个数"),
    ("last_totals", "上年总数"),
    ("explanations", "科目说明"),
    ("key_projects", "重点项目"),
    ("performance.tasks", "年度任务"),
    ("performance.indicators", "绩效指标"),
    ("text", "文字"),
    ("glossary", "名词解释"),
    ("glossary.add", "名词解释（增加）"),
    ("names", "不拆开的名称"),
    ("fonts", "字体"),
    ("subjects", "科目名称"),
    ("control", "控制数"),
    ("suppress", "已核实的结果"),
];

/// Single values by their keys.
const SINGLES: &[(&str, &str)] = &[
    ("budgetdoc", "格式版本"),
    ("profile", "版式"),
    ("year", "预算年度"),
    ("unit", "金额单位"),
    ("precision", "金额精确程度"),
    ("amounts.tables.decimals", "表内金额的小数位数"),
    ("amounts.tables.zero", "表内的零印成"),
    ("amounts.tables.rounding", "表内金额的进舍"),
    ("amounts.text.decimals", "文字中金额的小数位数"),
    ("amounts.text.zero", "文字中的零印成"),
    ("amounts.text.rounding", "文字中金额的进舍"),
    ("date", "公开日期"),
    ("approved", "批复日期"),
    ("department.name", "部门名称"),
    ("department.supervisor", "主管部门"),
    ("performance.basic", "基本支出的用途"),
    ("performance.goal", "年度总体目标"),
    ("typography", "标点和空格"),
];

/// Columns by their keys, where lists differ with the list in front.
const COLUMNS: &[(&str, &str)] = &[
    ("units/code", "单位代码"),
    ("indicators/unit", "度量单位"),
    ("sign", "指标性质"),
    ("value", "指标值"),
    ("weight", "权重"),
    ("direction", "方向"),
    ("id", "编号"),
    ("name", "名称"),
    ("nature", "单位性质"),
    ("unit", "预算单位"),
    ("fund", "资金来源"),
    ("item", "功能科目"),
    ("code", "科目编码"),
    ("government", "政府经济科目"),
    ("subject", "科目编码"),
    ("economic", "经济科目"),
    ("kind", "支出类别"),
    ("category", "分类"),
    ("from", "付款单位"),
    ("to", "收款单位"),
    ("project", "项目"),
    ("method", "组织形式"),
    ("amount", "本年数"),
    ("last", "上年数"),
    ("executed", "上年执行数"),
    ("purpose", "用途"),
    ("reason", "原因"),
    ("goal", "绩效目标"),
    ("content", "内容"),
    ("target", "目标值"),
    ("term", "名词"),
    ("meaning", "解释"),
    ("table", "表"),
    ("row", "行"),
    ("column", "栏"),
    ("rule", "规则"),
    ("at", "位置"),
    (super::MAPPING_KEY, "名称"),
    (super::VALUE, "内容"),
];

fn label(list: &[(&str, &'static str)], key: &str) -> Option<&'static str> {
    list.iter().find(|(known, _)| *known == key).map(|(_, label)| *label)
}

/// Returns the name of the sheet of a list.
pub(super) fn sheet(path: &str) -> Option<&'static str> {
    label(SHEETS, path)
}

/// Returns what a single value is called.
pub(super) fn single(path: &str) -> Option<&'static str> {
    label(SINGLES, path)
}

/// Returns what a column of the list at some keys is called.
pub(super) fn column(path: &str, key: &str) -> Option<&'static str> {
    let list = path.rsplit('.').next().unwrap_or_default();
    label(COLUMNS, &format!("{list}/{key}")).or_else(|| label(COLUMNS, key))
}
