//! The table of subjects (科目表): the codes of each year and their names.

mod read;

use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

use crate::lang::Bilingual;
use crate::subject::{Classification, Level, SubjectCode};

/// The years in which a line of the table is valid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Years {
    /// The first year; none if unknown.
    pub first: Option<u16>,
    /// The last year; none if unknown.
    pub last: Option<u16>,
}

impl Years {
    /// Returns whether `year` is one of them.
    pub fn contains(self, year: u16) -> bool {
        self.first.is_none_or(|first| first <= year) && self.last.is_none_or(|last| year <= last)
    }

    pub(crate) fn overlaps(self, other: Years) -> bool {
        self.first.is_none_or(|first| other.last.is_none_or(|last| first <= last))
            && other.first.is_none_or(|first| self.last.is_none_or(|last| first <= last))
    }

    /// Returns the years in words, such as “2019年及以前” and “until 2019”.
    pub fn words(self) -> Bilingual {
        match (self.first, self.last) {
            (None, None) => Bilingual::new("各年", "in every year"),
            (Some(first), None) => Bilingual::new(format!("{first}年及以后"), format!("from {first}")),
            (None, Some(last)) => Bilingual::new(format!("{last}年及以前"), format!("until {last}")),
            (Some(first), Some(last)) if first == last => Bilingual::new(format!("{first}年"), format!("in {first}")),
            (Some(first), Some(last)) => {
                Bilingual::new(format!("{first}年至{last}年"), format!("from {first} to {last}"))
            }
        }
    }
}

/// A line of the table: the name of a code in some years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Which classification the code is one of.
    pub classification: Classification,
    /// The code.
    pub code: SubjectCode,
    /// Its name.
    pub name: String,
    /// The years it has that name.
    pub years: Years,
    /// Whether a source confirms code and name. A difference from an unconfirmed line is no error.
    pub confirmed: bool,
}

/// Comparison of a code's name in a year with the table.
///
/// ```
/// use budgetdoc_core::subject::Classification::Functional;
/// use budgetdoc_core::subject_table::{NameVerdict, SubjectTable};
/// let verdict = SubjectTable::built_in().compare_name(Functional, "2012901".parse().unwrap(), "行政运行", 2022);
/// assert!(matches!(verdict, NameVerdict::Right(subject) if subject.name == "行政运行"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameVerdict<'a> {
    /// The code has this name.
    Right(&'a Subject),
    /// The code has this name in other years.
    OldName {
        /// The line with the name that was given.
        given: &'a Subject,
        /// The line with the name of the year.
        valid: &'a Subject,
    },
    /// The code has another name, and has this one in no year.
    OtherName(&'a Subject),
    /// The code belongs to other years: its lines, from the earliest.
    OtherYears(&'a [Subject]),
    /// The table does not hold the code.
    Unknown,
}

/// Subjects by classification, code and year.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SubjectTable {
    /// In the order of `key`; the years of one code do not overlap.
    lines: Vec<Subject>,
}

impl fmt::Debug for SubjectTable {
    /// Writes the number of lines instead of the lines.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SubjectTable({} lines)", self.lines.len())
    }
}

static BUILT_IN: LazyLock<SubjectTable> = LazyLock::new(|| {
    SubjectTable::from_csv(include_str!("../../data/subjects.csv"))
        .unwrap_or_else(|error| unreachable!("the table in the program is read by a test: {error}"))
});

fn key(subject: &Subject) -> (Classification, SubjectCode, Option<u16>) {
    (subject.classification, subject.code, subject.years.first)
}

impl FromIterator<Subject> for SubjectTable {
    /// Makes a table of lines, of which no two of one code have common years.
    fn from_iter<T: IntoIterator<Item = Subject>>(lines: T) -> Self {
        let mut lines: Vec<_> = lines.into_iter().collect();
        lines.sort_by_key(key);
        SubjectTable { lines }
    }
}

impl SubjectTable {
    /// Returns the built-in table. It is no authority; docs/subjects.md describes its coverage.
    pub fn built_in() -> &'static SubjectTable {
        &BUILT_IN
    }

    /// Replaces the lines of every code that `other` has.
    pub fn with(mut self, other: SubjectTable) -> SubjectTable {
        self.lines.retain(|line| other.of(line.classification, line.code).is_empty());
        self.lines.extend(other.lines);
        self.lines.sort_by_key(key);
        self
    }

    /// Returns every line, by classification, code and year.
    pub fn lines(&self) -> &[Subject] {
        &self.lines
    }

    /// Returns the lines of a code, from the earliest; none for a code the table does not hold.
    pub fn of(&self, classification: Classification, code: SubjectCode) -> &[Subject] {
        let wanted = (classification, code);
        let start = self.lines.partition_point(|line| (line.classification, line.code) < wanted);
        let rest = &self.lines[start..];
        &rest[..rest.iter().take_while(|line| (line.classification, line.code) == wanted).count()]
    }

    /// Returns the line of a code in `year`.
    pub fn get(&self, classification: Classification, code: SubjectCode, year: u16) -> Option<&Subject> {
        self.of(classification, code).iter().find(|line| line.years.contains(year))
    }

    /// Returns the name of a code in `year`.
    pub fn name(&self, classification: Classification, code: SubjectCode, year: u16) -> Option<&str> {
        self.get(classification, code, year).map(|line| line.name.as_str())
    }

    /// Compares `name` with the name of a code in `year`. Spaces and the width of brackets and quotation marks do not
    /// count.
    pub fn compare_name(
        &self,
        classification: Classification,
        code: SubjectCode,
        name: &str,
        year: u16,
    ) -> NameVerdict<'_> {
        let lines = self.of(classification, code);
        let Some(valid) = lines.iter().find(|line| line.years.contains(year)) else {
            return if lines.is_empty() { NameVerdict::Unknown } else { NameVerdict::OtherYears(lines) };
        };
        let given = normalize_name(name);
        if normalize_name(&valid.name) == given {
            return NameVerdict::Right(valid);
        }
        match lines.iter().find(|line| normalize_name(&line.name) == given) {
            Some(given) => NameVerdict::OldName { given, valid },
            None => NameVerdict::OtherName(valid),
        }
    }

    /// Returns the codes above `code` that the table does not hold in `year`, from the top.
    pub fn missing_parents(&self, classification: Classification, code: SubjectCode, year: u16) -> Vec<SubjectCode> {
        let above = Level::ALL.into_iter().filter(|level| *level < code.level()).map(|level| code.ancestor(level));
        above.filter(|parent| self.get(classification, *parent, year).is_none()).collect()
    }

    /// Returns why none of `codes` has a name in a year: the table does not have them, or has them in other years.
    pub fn explain_absence(&self, classification: Classification, codes: &[SubjectCode]) -> Bilingual {
        let (other_years, unknown): (Vec<SubjectCode>, Vec<SubjectCode>) =
            codes.iter().partition(|code| !self.of(classification, **code).is_empty());
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        if !unknown.is_empty() {
            let codes: Vec<_> = unknown.iter().map(SubjectCode::to_string).collect();
            zh.push(format!("科目表中没有 {}", codes.join("、")));
            en.push(format!("the table of subjects does not contain {}", codes.join(", ")));
        }
        for line in other_years.iter().flat_map(|code| self.of(classification, *code)) {
            let (code, name, years) = (line.code, &line.name, line.years.words());
            zh.push(format!("科目表中的 {code}“{name}”只用于{}", years.zh));
            en.push(format!("the table of subjects has {code} ({name}) {} only", years.en));
        }
        Bilingual::new(zh.join("；"), en.join("; "))
    }

    /// Returns the subject of an unknown code whose leading zeros were lost, as 20112 for 2010102.
    pub fn find_lost_zeros(&self, classification: Classification, code: SubjectCode, year: u16) -> Option<&Subject> {
        if !self.of(classification, code).is_empty() {
            return None;
        }
        self.get(classification, code.with_lost_zeros()?, year)
    }
}

/// Returns a name without differences of typing.
fn normalize_name(name: &str) -> Cow<'_, str> {
    let plain = |letter: char| !letter.is_whitespace() && !matches!(letter, '(' | ')' | '“' | '”' | '"' | ',');
    if name.chars().all(plain) {
        return Cow::Borrowed(name);
    }
    let letters = name.chars().filter(|letter| !letter.is_whitespace()).filter_map(|letter| match letter {
        '(' => Some('（'),
        ')' => Some('）'),
        ',' => Some('，'),
        '“' | '”' | '"' => None,
        other => Some(other),
    });
    Cow::Owned(letters.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use Classification::{Economic, Functional};

    const YEARS: std::ops::RangeInclusive<u16> = 2018..=2025;

    fn code(digits: &str) -> SubjectCode {
        digits.parse().expect("a code")
    }

    #[test]
    fn every_line_has_its_parents_in_every_year_it_holds_for() {
        let table = SubjectTable::built_in();
        for line in table.lines() {
            for year in YEARS.filter(|year| line.years.contains(*year)) {
                let missing = table.missing_parents(line.classification, line.code, year);
                assert!(missing.is_empty(), "{} of {year} lacks {missing:?}", line.code);
            }
        }
    }

    #[test]
    fn the_file_is_sorted_and_no_years_overlap() {
        // Reading refuses overlapping years and sorts; this is about the file itself.
        let rows: Vec<_> =
            include_str!("../../data/subjects.csv").lines().filter(|line| !line.starts_with('#')).collect();
        let keys: Vec<_> = rows[1..]
            .iter()
            .map(|row| {
                let fields: Vec<_> = row.split(',').collect();
                assert_eq!(fields.len(), 6, "{row}");
                (fields[0] == "economic", fields[1].to_owned(), fields[3].parse::<u16>().unwrap_or(0))
            })
            .collect();
        assert!(keys.is_sorted());
        assert_eq!(keys.len(), SubjectTable::built_in().lines().len());
    }

    #[test]
    fn classes_are_of_their_classification_and_names_are_clean() {
        for line in SubjectTable::built_in().lines() {
            let first = if line.classification == Functional { '2' } else { '3' };
            assert!(line.code.as_str().starts_with(first), "{}", line.code);
            assert_eq!(line.name.trim(), line.name);
            assert!(!line.name.contains(['(', ')', '"', ' ']), "{}", line.name);
            assert!(line.years.first.is_none() || line.years.first <= line.years.last || line.years.last.is_none());
        }
        let of_economic = SubjectTable::built_in().lines().iter().filter(|line| line.classification == Economic);
        assert!(of_economic.clone().all(|line| line.code.level() < Level::Item), "economic codes have two levels");
    }

    #[test]
    fn the_source_column_holds_the_words_its_head_explains() {
        let file = include_str!("../../data/subjects.csv");
        let (head, rows): (Vec<&str>, Vec<&str>) = file.lines().partition(|line| line.starts_with('#'));
        for row in &rows[1..] {
            let source = row.rsplit(',').next().unwrap_or_default();
            assert!(head.iter().any(|line| line.starts_with(&format!("#   {source} "))), "{row}");
        }
        let confirmed = SubjectTable::built_in().lines().iter().filter(|line| line.confirmed).count();
        assert_eq!(confirmed, rows[1..].iter().filter(|row| !row.ends_with(",unverified")).count());
    }

    #[test]
    fn names_are_judged_by_year() {
        let table = SubjectTable::built_in();
        let judge = |digits, name, year| table.compare_name(Functional, code(digits), name, year);
        assert!(matches!(judge("210", "卫生健康支出", 2022), NameVerdict::Right(_)));
        assert!(matches!(judge("210", "医疗卫生与计划生育支出", 2018), NameVerdict::Right(_)));
        let NameVerdict::OldName { given, valid } = judge("210", "医疗卫生与计划生育支出", 2022) else {
            panic!("an old name")
        };
        assert_eq!((given.years.last, valid.name.as_str()), (Some(2018), "卫生健康支出"));
        assert!(matches!(judge("210", "卫生健康支出", 2018), NameVerdict::OldName { .. }));
        assert!(matches!(judge("210", "健康支出", 2022), NameVerdict::OtherName(line) if line.name == "卫生健康支出"));
        assert!(matches!(judge("2080504", "未归口管理的行政单位离退休", 2022), NameVerdict::OtherYears([_])));
        assert!(matches!(judge("2990101", "行政运行", 2022), NameVerdict::Unknown));
        let repair = table.compare_name(Economic, code("30213"), "维修(护) 费", 2022);
        assert!(matches!(repair, NameVerdict::Right(_)), "{repair:?}");
        assert!(matches!(table.compare_name(Economic, code("201"), "一般公共服务支出", 2022), NameVerdict::Unknown));
    }

    #[test]
    fn parents_and_lost_zeros_are_looked_up() {
        let table = SubjectTable::built_in();
        assert_eq!(table.missing_parents(Functional, code("2010199"), 2022), []);
        assert_eq!(table.missing_parents(Functional, code("2019801"), 2022), [code("20198")]);
        assert_eq!(table.missing_parents(Functional, code("2990101"), 2022), [code("299"), code("29901")]);
        assert_eq!(table.missing_parents(Functional, code("2240101"), 2018), [code("224"), code("22401")]);
        let likely = table.find_lost_zeros(Functional, code("20112"), 2022).map(|line| line.code.to_string());
        assert_eq!(likely.as_deref(), Some("2010102"));
        assert_eq!(table.find_lost_zeros(Functional, code("20111"), 2022), None, "a code of its own");
        assert_eq!(table.find_lost_zeros(Functional, code("29912"), 2022), None);
    }

    #[test]
    fn a_table_of_the_users_takes_the_place_of_the_same_codes() {
        let own = "classification,code,name,first,last\nfunctional,210,健康支出,2026,\nfunctional,2990101,试点,,\n";
        let own = SubjectTable::from_csv(own).expect("it is right");
        let table = SubjectTable::built_in().clone().with(own);
        assert_eq!(table.name(Functional, code("210"), 2026), Some("健康支出"));
        assert_eq!(table.name(Functional, code("210"), 2022), None);
        assert_eq!(table.name(Functional, code("2990101"), 2022), Some("试点"));
        assert_eq!(table.name(Functional, code("201"), 2022), Some("一般公共服务支出"));
        assert!(table.lines().is_sorted_by_key(key));
    }

    #[test]
    fn an_absent_code_says_whether_it_is_unknown_or_of_other_years() {
        let absent = SubjectTable::built_in().explain_absence(Functional, &[code("299"), code("29901"), code("20805")]);
        assert_eq!(
            absent.zh,
            "科目表中没有 299、29901；科目表中的 20805“行政事业单位离退休”只用于2019年及以前；\
             科目表中的 20805“行政事业单位养老支出”只用于2020年及以后"
        );
        assert!(absent.en.starts_with("the table of subjects does not contain 299, 29901; the table of subjects has"));
    }

    #[test]
    fn years_are_given_in_words() {
        let words = |first, last| Years { first, last }.words();
        assert_eq!(words(None, Some(2019)), Bilingual::new("2019年及以前", "until 2019"));
        assert_eq!(words(Some(2019), None), Bilingual::new("2019年及以后", "from 2019"));
        assert_eq!(words(Some(2019), Some(2020)), Bilingual::new("2019年至2020年", "from 2019 to 2020"));
        assert_eq!(words(Some(2019), Some(2019)), Bilingual::new("2019年", "in 2019"));
        assert_eq!(words(None, None), Bilingual::new("各年", "in every year"));
    }
}
