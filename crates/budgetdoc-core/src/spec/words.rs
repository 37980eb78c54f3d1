//! Names, terms and what is said of subjects.

use crate::source::Located;
use crate::subject::SubjectCode;
use crate::yaml::record;

record! {
    new
    /// What is said of a functional subject.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Explanation {
        /// A class, division or item with figures.
        pub subject: Located<SubjectCode>,
        /// What it is for (主要用于…).
        pub purpose: Located<String> = default,
        /// Why it changed (主要原因是…).
        pub reason: Located<String> = default,
    }
}

record! {
    new
    /// A term and its meaning.
    #[derive(Clone, Debug, PartialEq)]
    pub struct GlossaryTerm {
        /// The term.
        pub term: Located<String>,
        /// What it means.
        pub meaning: Located<String>,
    }
}

record! {
    new
    /// A functional or economic subject named by the spec.
    #[derive(Clone, Debug, PartialEq)]
    pub struct NamedSubject {
        /// The code.
        pub code: Located<SubjectCode>,
        /// Its name.
        pub name: Located<String>,
    }
}
