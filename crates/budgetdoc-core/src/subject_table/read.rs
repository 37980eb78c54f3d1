//! Reads tables of subjects from CSV.

use csv::{ReaderBuilder, StringRecord};

use super::{Subject, SubjectTable, Years, key};
use crate::error::{Error, File, Problem, ProblemCode};
use crate::subject::{BadCode, Classification, SubjectCode};
use budgetdoc_document::Place;

const COLUMNS: [&str; 6] = ["classification", "code", "name", "first", "last", "source"];
/// Number of required columns.
const REQUIRED: usize = 3;
/// The word of the source column for a line without a source.
const UNVERIFIED: &str = "unverified";

impl SubjectTable {
    /// Reads a table: a head of `classification,code,name,first,last,source`, of which the last three may be left out,
    /// then a line for each subject and name. Lines that begin with `#` are skipped.
    ///
    /// ```
    /// use budgetdoc_core::subject_table::SubjectTable;
    /// let table = SubjectTable::from_csv("classification,code,name\nfunctional,2012950,事业运行\n").unwrap();
    /// assert_eq!(table.lines().len(), 1);
    /// assert!(SubjectTable::from_csv("classification,code,name\nfunctional,20129 50,事业运行\n").is_err());
    /// ```
    ///
    /// # Errors
    /// Every line that cannot be read and every code repeated for the same year, with line and remedy.
    pub fn from_csv(text: &str) -> Result<SubjectTable, Error> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = ReaderBuilder::new().comment(Some(b'#')).flexible(true).from_reader(text.as_bytes());
        let head = reader.headers().map_err(|error| problem_of(&error))?;
        let columns = Columns::find(head).map_err(|problem| Problem { place: Some(place(text, head)), ..problem })?;
        let mut rows: Vec<(Subject, Place)> = Vec::new();
        let mut problems = Vec::new();
        // All lines share the buffers of one record.
        let mut record = StringRecord::new();
        while reader.read_record(&mut record).map_err(|error| problem_of(&error))? {
            let place = place(text, &record);
            match columns.subject(&record) {
                Ok(subject) => rows.push((subject, place)),
                Err(problem) => problems.push(Problem { place: Some(place), ..problem }.in_file(File::Subjects)),
            }
        }
        rows.sort_by_key(|(subject, _)| key(subject));
        problems.extend(rows.windows(2).filter_map(|pair| overlap(&pair[0], &pair[1])));
        Error::unless_empty(problems)?;
        Ok(SubjectTable { lines: rows.into_iter().map(|(subject, _)| subject).collect() })
    }
}

/// The position of each of [`COLUMNS`].
struct Columns([Option<usize>; COLUMNS.len()]);

impl Columns {
    fn find(head: &StringRecord) -> Result<Columns, Problem> {
        let heads = || head.iter().map(str::trim);
        let columns = COLUMNS.map(|name| heads().position(|other| other == name));
        let strange = heads().find(|name| !COLUMNS.contains(name));
        let lacking = (0..REQUIRED).find(|index| columns[*index].is_none()).map(|index| COLUMNS[index]);
        let (zh, en) = match (lacking, strange) {
            (Some(name), _) => (format!("科目表的表头缺少“{name}”一列"), format!("the head lacks the column `{name}`")),
            (None, Some(name)) => (format!("科目表没有“{name}”一列"), format!("there is no column `{name}`")),
            (None, None) => return Ok(Columns(columns)),
        };
        let list = COLUMNS.join(",");
        Err(Problem::spec(ProblemCode::WrongHead, None, zh, en).in_file(File::Subjects).help(
            format!("第一行应为 {list}，其中后三列可以省略"),
            format!("write the first line as {list}; the last three are optional"),
        ))
    }

    fn subject(&self, record: &StringRecord) -> Result<Subject, Problem> {
        let field = |index: usize| self.0[index].and_then(|column| record.get(column)).unwrap_or_default().trim();
        let years = Years { first: year(field(3))?, last: year(field(4))? };
        if let Years { first: Some(first), last: Some(last) } = years
            && first > last
        {
            return Err(Problem::spec(
                ProblemCode::YearsReversed,
                None,
                format!("起始年度 {first} 晚于终止年度 {last}"),
                format!("the first year {first} is after the last, {last}"),
            ));
        }
        let name = field(2);
        if name.is_empty() {
            return Err(Problem::spec(ProblemCode::NoName, None, "这一行没有科目名称", "this line has no name"));
        }
        Ok(Subject {
            classification: classification(field(0))?,
            code: code(field(1))?,
            name: name.to_owned(),
            years,
            confirmed: field(5) != UNVERIFIED,
        })
    }
}

fn classification(field: &str) -> Result<Classification, Problem> {
    match field {
        "functional" => Ok(Classification::Functional),
        "economic" => Ok(Classification::Economic),
        other => Err(Problem::unknown(
            ProblemCode::UnknownClassification,
            None,
            ("这种分类", "classification"),
            other,
            &["functional", "economic"],
        )),
    }
}

fn code(field: &str) -> Result<SubjectCode, Problem> {
    field.parse().map_err(|bad: BadCode| {
        Problem::spec(
            ProblemCode::NotACode,
            None,
            format!("“{}”不是 3、5 或 7 位数字的科目编码", bad.text),
            format!("`{}` is not a subject code of 3, 5 or 7 digits", bad.text),
        )
        .help_with_code(&bad.text)
    })
}

fn year(field: &str) -> Result<Option<u16>, Problem> {
    if field.is_empty() {
        return Ok(None);
    }
    field.parse().ok().filter(|year| (1000..=9999).contains(year)).map(Some).ok_or_else(|| {
        Problem::spec(ProblemCode::NotAYear, None, format!("“{field}”不是年份"), format!("`{field}` is not a year"))
            .help("请写四位数的年份，没有限制时留空", "write four digits, or nothing for no limit")
    })
}

/// Returns the problem of two lines next to each other that give one code two names in the same year.
fn overlap((first, at): &(Subject, Place), (second, place): &(Subject, Place)) -> Option<Problem> {
    let same = (first.classification, first.code) == (second.classification, second.code);
    (same && first.years.overlaps(second.years)).then(|| {
        Problem::spec(
            ProblemCode::YearsOverlap,
            Some(*place),
            format!("科目 {} 在第 {} 行已有名称，年度重叠", second.code, at.line),
            format!("subject {} has a name in line {} for the same years", second.code, at.line),
        )
        .in_file(File::Subjects)
        .help("请删去一行，或用 first、last 分开年度", "delete one, or separate their years by `first` and `last`")
    })
}

/// Returns the line of a record, whose position is the end of the record before, above comments and empty lines.
fn place(text: &str, record: &StringRecord) -> Place {
    let (line, byte) = record.position().map_or((1, 0), |position| (position.line(), position.byte()));
    let rest = usize::try_from(byte).ok().and_then(|byte| text.get(byte..)).unwrap_or_default();
    let skipped = rest.lines().take_while(|line| line.is_empty() || line.starts_with('#')).count();
    Place {
        line: u32::try_from(line).unwrap_or(u32::MAX).saturating_add(u32::try_from(skipped).unwrap_or(0)),
        column: 1,
    }
}

fn problem_of(error: &csv::Error) -> Problem {
    let line = error.position().map_or(1, csv::Position::line);
    Problem::spec(
        ProblemCode::CsvSyntax,
        Some(Place { line: u32::try_from(line).unwrap_or(u32::MAX), column: 1 }),
        format!("科目表不是有效的 CSV：{error}"),
        format!("cannot read the table of subjects as CSV: {error}"),
    )
    .in_file(File::Subjects)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn problems(text: &str) -> Vec<(u32, String)> {
        let error = SubjectTable::from_csv(text).expect_err("it is wrong");
        let message = |problem: &Problem| {
            assert_eq!(problem.file, File::Subjects);
            assert!(!problem.message.get(Lang::Zh).is_empty());
            let help = problem.help.as_ref().map_or(String::new(), |help| format!(" ({})", help.en));
            (problem.place.map_or(0, |place| place.line), format!("{}{help}", problem.message.en))
        };
        error.problems.iter().map(message).collect()
    }

    #[test]
    fn files_of_spreadsheets_are_read() {
        let text = "\u{feff}# 本单位\r\ncode,name,classification\r\n\"301\",\"工资, 福利\",economic\r\n\r\n 2012901 , 行政运行 ,functional\r\n";
        let table = SubjectTable::from_csv(text).expect("it is right");
        let names: Vec<_> = table.lines().iter().map(|line| (line.code.to_string(), line.name.as_str())).collect();
        assert_eq!(names, [("2012901".to_owned(), "行政运行"), ("301".to_owned(), "工资, 福利")]);
        assert!(table.lines().iter().all(|line| line.confirmed));
    }

    #[test]
    fn every_faulty_line_is_reported() {
        let text = "classification,code,name,first,last\n\
                    functional,20129 1,行政运行,,\n\
                    function,201,一般公共服务支出,,\n\
                    functional,202,,,\n\
                    functional,203,国防支出,19,\n\
                    # a comment\n\
                    functional,204,公共安全支出,2020,2019\n";
        assert_eq!(
            problems(text),
            [
                (
                    2,
                    "`20129 1` is not a subject code of 3, 5 or 7 digits (did you mean 2012901? Write each level in \
                     full (3 digits, then 2 and 2), without separators)"
                        .to_owned()
                ),
                (
                    3,
                    "there is no classification `function` (did you mean `functional`? There are: functional, \
                     economic)"
                        .to_owned()
                ),
                (4, "this line has no name".to_owned()),
                (5, "`19` is not a year (write four digits, or nothing for no limit)".to_owned()),
                (7, "the first year 2020 is after the last, 2019".to_owned()),
            ]
        );
    }

    #[test]
    fn a_code_has_one_name_a_year() {
        let text = "classification,code,name,first,last\n\
                    functional,20805,新名,2019,\n\
                    functional,201,一般公共服务支出,,\n\
                    functional,20805,旧名,,2019\n";
        let found = problems(text);
        assert_eq!(found.len(), 1);
        assert!(found[0].1.starts_with("subject 20805 has a name in line 4 for the same years"), "{found:?}");
        assert!(SubjectTable::from_csv(&text.replace("新名,2019", "新名,2020")).is_ok());
    }

    #[test]
    fn the_head_is_checked() {
        for (text, start) in [
            ("", "the head lacks the column `classification`"),
            ("functional,201,一般公共服务支出\n", "the head lacks the column `classification`"),
            ("classification,code\nfunctional,201\n", "the head lacks the column `name`"),
            ("classification,code,name,year\n", "there is no column `year`"),
        ] {
            let found = problems(text);
            assert!(found[0].1.starts_with(start), "{found:?}");
        }
    }
}
