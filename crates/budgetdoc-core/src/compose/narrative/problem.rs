//! Problems of templates, in the user's words.

use std::ops::Range;

use minijinja::ErrorKind;

use super::Narrator;
use super::figure::{self, NO_FIGURE, TemplateList};
use crate::error::{File, Problem, ProblemCode};
use crate::places::{LineStarts, place_at};
use crate::profile::validate::TEMPLATE_NAMES;
use crate::template::{SegmentKind, beyond_limits, segments};
use budgetdoc_document::Place;

impl Narrator<'_> {
    /// Returns the problem of a template that begins at `place` and fails.
    pub(super) fn problem(
        &self,
        error: &minijinja::Error,
        template: &str,
        place: Option<Place>,
        file: File,
    ) -> Problem {
        let line = error.line().map_or(0, |line| line.saturating_sub(1));
        // The filter fails on an undefined value; the unknown name is before it.
        let named = error.range().filter(|_| error.kind() == ErrorKind::UndefinedError).and_then(|range| {
            let before = template.get(..range.start)?.trim_end();
            let before = match before.strip_suffix('|') {
                Some(before) => before.trim_end(),
                // An error in an entry of a list points at the brackets; the name precedes them.
                None if template[range.start..].starts_with('[') => template.get(..range.end)?,
                None => return None,
            };
            let start = start_of_path(before);
            Some((start, &before[start..]))
        });
        let chinese = chinese_name(template).filter(|_| error.kind() == ErrorKind::SyntaxError);
        let offset = named.map(|(offset, _)| offset).or(error.range().map(|range| range.start));
        let offset = chinese.as_ref().map(|(offset, _)| *offset).or(offset);
        let exact = offset.and_then(|offset| self.place_in(template, place, file, offset));
        let place = exact.or(place.map(|start| Place { line: start.line + u32::try_from(line).unwrap_or(0), ..start }));
        let snippet = error.range().and_then(|range| template.get(range)).unwrap_or_default();
        let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        if let Some((_, problem)) = chinese {
            return problem(place).in_file(file);
        }
        let problem = match error.kind() {
            ErrorKind::UndefinedError => {
                let path = named.map_or(snippet, |(_, name)| name);
                return self.placed(self.unknown_name(path, place).in_file(file));
            }
            ErrorKind::UnknownFilter => {
                Problem::unknown(ProblemCode::UnknownFilter, place, ("这个函数", "filter"), snippet, &figure::FILTERS)
            }
            ErrorKind::OutOfFuel => Problem::spec(
                ProblemCode::TemplateTooCostly,
                place,
                "这段文字的模板循环太多或结果太长，已停止处理",
                "the template loops too often or prints too much",
            )
            .help("请减少循环的次数和文字的长度", "loop less often, or print less"),
            ErrorKind::TooManyArguments => {
                let option = detail.split('\'').nth(1).unwrap_or(snippet);
                Problem::unknown(
                    ProblemCode::UnknownOption,
                    place,
                    ("这个选项", "option"),
                    option,
                    figure::options(snippet),
                )
            }
            _ => {
                let zh = match detail.strip_suffix(NO_FIGURE) {
                    Some(value) => {
                        format!("{}不是预算数字，不能用这个函数", value.replacen('`', "“", 1).replace('`', "”"))
                    }
                    None => format!("文字中的“{{{{ … }}}}”写法有误：{detail}"),
                };
                Problem::spec(
                    ProblemCode::BadTemplate,
                    place,
                    zh,
                    format!("the template cannot be filled in: {detail}"),
                )
                .help(
                    "数字写成“{{ income | amount }}”的形式，名称用英文，花括号成对",
                    "write figures as `{{ income | amount }}`, with English names, and close every brace",
                )
            }
        };
        self.placed(problem.in_file(file))
    }

    /// Returns the problem of a template that exceeds the limits.
    pub(super) fn beyond_limits(&self, template: &str, place: Option<Place>, file: File) -> Option<Problem> {
        let segment = beyond_limits(template)?;
        let problem = Problem::spec(
            ProblemCode::TemplateTooLong,
            self.place_in(template, place, file, segment.range.start).or(place),
            "“{{ … }}”或“{% … %}”太长，或“{% … %}”太多",
            "a `{{ … }}` or `{% … %}` is too long, or there are too many `{% … %}`",
        );
        let problem = problem.help("请拆成几段较短的文字", "divide it into shorter ones");
        Some(self.placed(problem.in_file(file)))
    }

    /// Returns the place of the byte `offset` of a template of `file`.
    fn place_in(&self, template: &str, start: Option<Place>, file: File, offset: usize) -> Option<Place> {
        let source = match file {
            File::Profile => &self.budget.profile.source,
            File::Spec | File::Subjects => &self.budget.spec.source,
        };
        place_in(source.text()?, start, template, offset)
    }

    fn placed(&self, problem: Problem) -> Problem {
        if problem.file == File::Profile { self.budget.profile.placed(problem) } else { problem }
    }

    /// Returns the problem of an unknown name, or of an unknown field of a known one.
    fn unknown_name(&self, snippet: &str, place: Option<Place>) -> Problem {
        let path = snippet.split([' ', '|']).next().unwrap_or(snippet);
        let (word, field) = path.split_once(['.', '[']).unwrap_or((path, ""));
        let names = self.names();
        if !names.contains(&word) {
            return Problem::unknown(ProblemCode::UnknownName, place, ("这个名称", "name"), word, &names);
        }
        let entry = field.split(['.', ']']).next().unwrap_or_default().trim_matches(['"', '\'']);
        if let Some(known) = self.entries(word) {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            if !known.contains(&entry) {
                let noun = ("这一项", "entry");
                return Problem::unknown(ProblemCode::UnknownName, place, noun, entry, &known);
            }
        }
        let spec = &self.budget.spec;
        let known: Vec<&str> = match word {
            "counts" => spec.counts.keys().map(|key| key.as_str()).collect(),
            "text" => self.texts.keys().copied().collect(),
            "department" => vec!["name", "supervisor"],
            _ if self.budget.profile.figures.get(word).is_some() => {
                vec!["this", "last", "change", "changed", "executed", "change_from_executed", "changed_from_executed"]
            }
            _ => Vec::new(),
        };
        if known.contains(&field) || field.is_empty() || self.entries(word).is_some() {
            return Problem::spec(
                ProblemCode::NoLastYear,
                place,
                format!(
                    "“{word}”没有上年数，算不出{}",
                    if field.is_empty() { "增减".to_owned() } else { format!("“{path}”") }
                ),
                format!(
                    "`{word}` has no figure of last year, so there is no {}",
                    if field.is_empty() { "change".to_owned() } else { format!("`{path}`") }
                ),
            )
            .help("请在该数字处补写“last: …”", "add `last: …` where the figure is given");
        }
        let problem = Problem::unknown(ProblemCode::UnknownName, place, ("这个名称", "name"), path, &known);
        if word == "counts" && known.is_empty() {
            return problem.help(
                format!("请在数据文件中写“counts: {{ {field}: … }}”"),
                format!("write `counts: {{ {field}: … }}` in the spec"),
            );
        }
        problem
    }

    /// Returns what the entries of a list are called: codes, or ids of projects.
    fn entries(&self, name: &str) -> Option<Vec<String>> {
        let list = self.context.get_attr(name).ok()?;
        list.downcast_object_ref::<TemplateList>().map(|list| list.keys.clone())
    }

    fn names(&self) -> Vec<&str> {
        let has_texts = self.context.get_attr("text").is_ok_and(|texts| !texts.is_undefined());
        let mut names = TEMPLATE_NAMES.to_vec();
        names.retain(|name| *name != "text" || has_texts);
        let profile = &self.budget.profile;
        let keys = profile.figures.keys().chain(profile.lists.keys()).chain(profile.constants.keys());
        names.extend(keys.map(|key| key.as_str()));
        names
    }
}

/// Returns where the name begins that a template ends with: `income.last`, `projects["training"].last`.
fn start_of_path(template: &str) -> usize {
    let mut start = template.len();
    loop {
        let before = &template[..start];
        let word = before.trim_end_matches(|part: char| part.is_alphanumeric() || "_.".contains(part));
        match before.strip_suffix(']').and_then(|inside| inside.rfind('[')) {
            Some(bracket) => start = bracket,
            None if word.len() < start => start = word.len(),
            None => return start,
        }
    }
}

/// Returns the place of the byte `offset` of a template that begins at `start` of a file or behind it.
///
/// At closing braces and behind them it is the place of the braces.
fn place_in(file: &str, start: Option<Place>, template: &str, offset: usize) -> Option<Place> {
    let braces = segments(template).filter(|segment| segment.kind != SegmentKind::Words);
    let braces = braces.take_while(|segment| segment.range.start <= offset).last()?;
    let within = offset + 2 < braces.range.end && !template.get(braces.range.start..offset)?.contains('\n');
    let offset = if within { offset } else { braces.range.start };
    let lines = LineStarts::new(file);
    let at = |start| place_at(&lines.runs(start, template), template, offset);
    start.and_then(at).or_else(|| lines.find(template, start).and_then(at))
}

/// Finds a name or filter in Chinese inside {{ … }}, outside quotes; returns its byte and its problem.
fn chinese_name(template: &str) -> Option<(usize, impl Fn(Option<Place>) -> Problem)> {
    let han = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
    let values = segments(template).filter(|segment| segment.kind == SegmentKind::Value);
    values.map(|segment| segment.range).find_map(|Range { start, end }| {
        let inside = &template[start..end];
        let mut quote = None;
        let (first, _) = inside.char_indices().find(|(_, character)| {
            match quote {
                Some(open) if open == *character => quote = None,
                None if "\"'".contains(*character) => quote = Some(*character),
                _ => {}
            }
            quote.is_none() && han(*character)
        })?;
        let filter = inside[..first].trim_end().ends_with('|');
        let name = &inside[first..];
        let end = name.find(|character: char| !character.is_alphanumeric()).unwrap_or(name.len());
        let name = name[..end].to_owned();
        let problem = move |place: Option<Place>| {
            let (zh, en) = if filter {
                (format!("没有“{name}”这个函数"), format!("there is no filter `{name}`"))
            } else {
                (format!("没有“{name}”这个名称"), format!("there is no name `{name}`"))
            };
            Problem::spec(ProblemCode::ChineseInTemplate, place, zh, en).help(
                "花括号中的名称用英文：单位名称写“{{ unit_name }}”，部门名称写“{{ department.name }}”，金额写成“{{ income | amount }}”的形式",
                "names in braces are English: `{{ unit_name }}` for the unit, `{{ department.name }}` for the department, `{{ income | amount }}` for an amount",
            )
        };
        Some((start + first, problem))
    })
}
