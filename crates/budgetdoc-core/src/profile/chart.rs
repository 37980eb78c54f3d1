//! Charts in the outline.

use serde::Serialize;

use crate::ordered::Ordered;
use crate::source::Located;
use crate::yaml::{choice, names, record};

record! {
    /// A chart of figures of the profile.
    ///
    /// ```
    /// use budgetdoc_core::ordered::Ordered;
    /// use budgetdoc_core::profile::{ChartDef, ChartKind, ChartParts};
    /// let parts = [("basic", "基本支出"), ("project", "项目支出")];
    /// let parts = parts.map(|(figure, name)| (figure.to_owned().into(), name.to_owned().into()));
    /// let chart = ChartDef {
    ///     kind: ChartKind::Pie,
    ///     caption: "{{ year }}年支出构成".to_owned().into(),
    ///     of: ChartParts::Figures(Ordered(parts.into())),
    ///     empty: None,
    ///     rest: None,
    /// };
    /// assert_eq!(chart.kind.years(), 1);
    /// ```
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    #[schemars(rename = "Chart")]
    pub struct ChartDef {
        /// How it is drawn.
        pub kind: ChartKind,
        /// The words behind its number, a template.
        pub caption: Located<String>,
        /// What it shows.
        pub of: ChartParts,
        /// The sentence in its place where all its figures are zero, a template.
        pub empty: Option<Located<String>> = default,
        /// The name of the smallest parts, a template; 其他 by default.
        pub rest: Option<Located<String>> = default,
    }
}

names! {
    /// How a chart is drawn.
    pub enum ChartKind {
        /// A circle of sectors with their shares.
        Pie = "pie",
        /// The same with a hole.
        Ring = "ring",
        /// Columns of last year and this one.
        Columns = "columns",
    }
}

impl ChartKind {
    /// Returns the number of years it shows.
    pub fn years(self) -> usize {
        match self {
            ChartKind::Pie | ChartKind::Ring => 1,
            ChartKind::Columns => 2,
        }
    }
}

choice! {
    /// The parts of a chart, which add up to its whole.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum ChartParts {
        /// Figures, by name, each with the words for it, a template.
        Figures(Ordered<Located<String>>) = "figures",
        /// The classes of a list of subjects.
        Classes(Located<String>) = "classes",
    }
}
