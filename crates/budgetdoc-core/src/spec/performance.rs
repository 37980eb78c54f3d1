//! Performance targets.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ordered::Ordered;
use crate::source::Located;

/// Performance targets of the whole department.
///
/// ```
/// use budgetdoc_core::spec::Performance;
/// let row: Performance = serde_saphyr::from_str("{ basic: 工资, goal: 做好, tasks: [], indicators: { 产出: { 数量: [{ name: 培训, target: 10次 }] } } }").unwrap();
/// assert_eq!(row.indicators.get("产出").unwrap().get("数量").unwrap().len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Performance {
    /// What basic expenditure is for.
    pub basic: Located<String>,
    /// The year's tasks, one a project, in the order of the table.
    pub tasks: Vec<Task>,
    /// The year's goal as a whole. One line is one paragraph.
    pub goal: Located<String>,
    /// Indicators of the first level, of the second, and their targets.
    pub indicators: Ordered<Ordered<Vec<Indicator>>>,
}

/// A task of the year.
///
/// ```
/// use budgetdoc_core::spec::Task;
/// let row: Task = serde_saphyr::from_str("{ project: media, content: 编印刊物四期。 }").unwrap();
/// assert_eq!((row.project.as_str(), row.name), ("media", None));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// The project that pays for it, by id; its amount is the project's.
    pub project: Located<String>,
    /// Name in the table, where it is not the project's.
    #[serde(default)]
    pub name: Option<Located<String>>,
    /// What is done. One line is one paragraph.
    pub content: Located<String>,
}

/// A target.
///
/// ```
/// use budgetdoc_core::spec::Indicator;
/// let row: Indicator = serde_saphyr::from_str("{ name: 培训次数, target: 10次 }").unwrap();
/// assert_eq!(row.target.as_str(), "10次");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// What is measured.
    pub name: Located<String>,
    /// What is to be reached.
    pub target: Located<String>,
}
