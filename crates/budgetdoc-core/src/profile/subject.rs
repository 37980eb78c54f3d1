//! Subjects of a profile, each with the years of its name.

use std::borrow::Cow;

use serde::Serialize;

use super::Profile;
use crate::error::{Problem, ProblemCode};
use crate::source::Located;
use crate::subject::SubjectCode;
use crate::subject_table::{Subject, SubjectTable, Years};
use crate::yaml::record;

record! {
    /// The name of a functional or economic subject in some years.
    #[derive(Clone, Debug, PartialEq, Serialize)]
    pub struct DatedSubject {
        /// The code.
        pub code: Located<SubjectCode>,
        /// Its name.
        pub name: String,
        /// The first year of the name; none for no limit.
        pub first: Option<u16> where 1949..=2107 = default,
        /// The last year of the name; none for no limit.
        pub last: Option<u16> where 1949..=2107 = default,
    }
}

impl DatedSubject {
    fn years(&self) -> Years {
        Years { first: self.first, last: self.last }
    }
}

impl Profile {
    /// Returns the built-in table of subjects with the profile's in the place of the same codes.
    pub fn subject_table(&self) -> Cow<'static, SubjectTable> {
        let built_in = SubjectTable::built_in();
        if self.subjects.is_empty() {
            return Cow::Borrowed(built_in);
        }
        let lines = self.subjects.iter().map(|subject| Subject {
            classification: subject.code.classification(),
            code: subject.code.value,
            name: subject.name.clone(),
            years: subject.years(),
            confirmed: true,
        });
        Cow::Owned(built_in.clone().with(lines.collect()))
    }

    /// Reports years that are reversed, and codes with two names in a year.
    pub(super) fn validate_subjects(&self, problems: &mut Vec<Problem>) {
        for (index, subject) in self.subjects.iter().enumerate() {
            let (code, place, years) = (subject.code.value, subject.code.place, subject.years());
            if let Years { first: Some(first), last: Some(last) } = years
                && first > last
            {
                problems.push(
                    Problem::spec(
                        ProblemCode::YearsReversed,
                        place,
                        format!("科目 {code} 的起始年度 {first} 晚于终止年度 {last}"),
                        format!("the first year of the subject {code}, {first}, is after the last, {last}"),
                    )
                    .help("请核对 first 和 last", "check `first` and `last`"),
                );
            }
            let same = |other: &&DatedSubject| other.code.value == code && other.years().overlaps(years);
            if self.subjects[..index].iter().any(|other| same(&other)) {
                problems.push(
                    Problem::spec(
                        ProblemCode::YearsOverlap,
                        place,
                        format!("科目 {code} 已有名称，年度重叠"),
                        format!("the subject {code} has another name in the same years"),
                    )
                    .help(
                        "请删去一行，或用 first、last 分开年度",
                        "delete one, or separate their years by `first` and `last`",
                    ),
                );
            }
        }
    }
}
