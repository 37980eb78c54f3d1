//! Performance targets.

use crate::ordered::Ordered;
use crate::source::Located;
use crate::yaml::record;

record! {
    new
    /// Performance targets of the whole department.
    #[derive(Clone, Debug, PartialEq)]
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
}

record! {
    new
    /// A task of the year.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Task {
        /// The project that pays for it, by id, whose amount it has.
        pub project: Located<String>,
        /// Name in the table, if not the project's.
        pub name: Option<Located<String>> = default,
        /// What is done. One line is one paragraph.
        pub content: Located<String>,
    }
}

record! {
    new
    /// A target.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Indicator {
        /// What is measured.
        pub name: Located<String>,
        /// The target.
        pub target: Located<String>,
    }
}
