//! Sentences from figures: templates over the facts, so that no figure is typed twice.

mod facts;
mod figure;

use std::collections::BTreeMap;

use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value, context};

use super::explained::Change;
use crate::budget::Budget;
use crate::error::{File, Problem};
use crate::money::{Money, Unit};
use crate::source::Located;
use budgetdoc_document::Place;
use figure::{Figure, NO_FIGURE};

/// Fills in templates with the figures and texts of one budget.
pub(super) struct Narrator<'a> {
    budget: &'a Budget,
    environment: Environment<'static>,
    context: Value,
    /// Every text by its key, filled in.
    texts: BTreeMap<&'a str, Filled>,
}

/// A text filled in, and where its template stands if that is the spec.
struct Filled {
    text: String,
    origin: Option<Place>,
    template_lines: usize,
}

/// A text as it is printed and as it was typed.
pub(super) struct Written<'a> {
    /// Its paragraphs.
    pub lines: Vec<String>,
    /// The lines of the spec they come from, if there are as many.
    pub typed: Vec<&'a str>,
    /// Where it starts in the spec; none if the profile gives it.
    pub place: Option<Place>,
}

/// A figure or an entry of a list.
pub(super) struct Known {
    /// The subject's; empty for what is of none.
    pub code: String,
    /// The subject's level by its name in templates.
    pub level: String,
    /// Against last year's; none where one of them is not known.
    pub change: Option<Change>,
    /// Against what last year's came to.
    pub executed: Option<Change>,
}

impl<'a> Narrator<'a> {
    /// A narrator with every text of the budget filled in, and what did not work out.
    pub(super) fn new(budget: &'a Budget) -> (Self, Vec<Problem>) {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        figure::add_filters(&mut environment);
        let mut narrator = Narrator { budget, environment, context: facts::of(budget), texts: BTreeMap::new() };
        let mut problems = Vec::new();
        // Texts only the spec can give first: the profile's sentences take them in.
        let (asks, texts) = (&budget.profile.asks, &budget.profile.texts);
        for (key, ask) in asks.iter() {
            narrator.text(key, Template::Ask(ask), &mut problems);
        }
        let given: BTreeMap<String, String> =
            narrator.texts.iter().map(|(key, filled)| ((*key).to_owned(), filled.text.clone())).collect();
        narrator.context = context! { text => given, ..narrator.context.clone() };
        for (key, template) in texts.iter() {
            narrator.text(key, Template::Default(template), &mut problems);
        }
        (narrator, problems)
    }

    fn text(&mut self, key: &'a Located<String>, otherwise: Template<'a>, problems: &mut Vec<Problem>) {
        let own = self.budget.spec.text.get(key);
        let filled = match (own, otherwise) {
            (Some(own), _) => self.render(own, own.place, File::Spec).map(|text| Filled {
                text,
                origin: own.place,
                template_lines: own.trim().lines().count(),
            }),
            (None, Template::Ask(ask)) => {
                let text = self.budget.profile.words.unfilled.replace("{ask}", ask);
                Ok(Filled { text, origin: None, template_lines: 1 })
            }
            (None, Template::Default(template)) => self
                .render(template, template.place, File::Profile)
                .map(|text| Filled { text, origin: None, template_lines: 0 }),
        };
        match filled {
            Ok(filled) => drop(self.texts.insert(key.as_str(), filled)),
            Err(problem) => {
                problems.push(problem);
                // So that the sentences that take it in are not found wrong as well.
                self.texts.insert(key.as_str(), Filled { text: String::new(), origin: None, template_lines: 0 });
            }
        }
    }

    /// Every text by its key, for the checks.
    pub(super) fn written(&self) -> impl Iterator<Item = (&str, Written<'_>)> {
        self.texts.iter().map(|(key, filled)| {
            let own = self.budget.spec.text.get(key).filter(|_| filled.origin.is_some());
            let raw = own.map(|own| own.trim().lines()).into_iter().flatten();
            let raw: Vec<&str> = raw.map(str::trim).filter(|line| !line.is_empty()).collect();
            let lines: Vec<String> = self.lines(key).into_iter().map(|(line, _)| line).collect();
            let typed = if raw.len() == lines.len() { raw } else { Vec::new() };
            (*key, Written { lines, typed, place: filled.origin })
        })
    }

    /// The paragraphs of a text: its lines, each with its place if the line of the template is known.
    pub(super) fn lines(&self, key: &str) -> Vec<(String, Option<Place>)> {
        let Some(filled) = self.texts.get(key) else { return Vec::new() };
        let lines: Vec<&str> = filled.text.lines().collect();
        let one_to_one = lines.len() == filled.template_lines;
        let place = |index: usize| {
            let start = filled.origin?;
            let below = if one_to_one { u32::try_from(index).unwrap_or(0) } else { 0 };
            Some(Place { line: start.line + below, ..start })
        };
        let numbered = lines.iter().enumerate().map(|(index, line)| (line.trim().to_owned(), place(index)));
        numbered.filter(|(line, _)| !line.is_empty()).collect()
    }

    /// What is known of a name: a figure, or the entries of a list. Nothing for other names.
    pub(super) fn known(&self, name: &str) -> Vec<Known> {
        let Ok(value) = self.context.get_attr(name) else { return Vec::new() };
        let format = &self.budget.profile.text_amounts;
        let known = |figure: &Figure| {
            let change = |last: Option<Option<Money>>| Some(Change::new(figure.this?, last??, format));
            let field = |name| figure.fields.get(name).cloned().unwrap_or_default();
            let (change, executed) = (change(figure.last), change(figure.executed));
            Known { code: field("code"), level: field("level"), change, executed }
        };
        match value.downcast_object_ref::<Figure>() {
            Some(figure) => vec![known(figure)],
            None => value
                .try_iter()
                .into_iter()
                .flatten()
                .filter_map(|entry| entry.downcast_object_ref::<Figure>().map(known))
                .collect(),
        }
    }

    /// The unit the templates below speak of: that of a table's amounts.
    pub(super) fn set_unit(&mut self, unit: Unit) {
        self.context = context! { unit => unit.name(), ..self.context.clone() };
    }

    /// Fills in a template of the profile.
    pub(super) fn fill(&self, template: &str, place: Option<Place>) -> Result<String, Problem> {
        if !template.contains('{') {
            return Ok(template.to_owned());
        }
        self.render(template, place, File::Profile)
    }

    fn render(&self, template: &str, place: Option<Place>, file: File) -> Result<String, Problem> {
        let rendered = self.environment.render_str(template, &self.context);
        rendered.map(|text| text.trim().to_owned()).map_err(|error| self.problem(&error, template, place, file))
    }

    fn problem(&self, error: &minijinja::Error, template: &str, place: Option<Place>, file: File) -> Problem {
        let line = error.line().map_or(0, |line| line.saturating_sub(1));
        // A filter finds out that what it stands on is not there; the name is in front of it.
        let named = error.range().filter(|_| error.kind() == ErrorKind::UndefinedError).and_then(|range| {
            let before = template.get(..range.start)?.trim_end().strip_suffix('|')?;
            let name = before.rsplit(['{', '%']).next().unwrap_or_default().trim_start();
            Some((before.len() - name.len(), name))
        });
        let source = match file {
            File::Profile => &self.budget.profile.source,
            File::Spec | File::Subjects => &self.budget.spec.source,
        };
        let chinese = chinese_name(template).filter(|_| error.kind() == ErrorKind::SyntaxError);
        let offset = named.map(|(offset, _)| offset).or(error.range().map(|range| range.start));
        let offset = chinese.as_ref().map(|(offset, _)| *offset).or(offset);
        let exact = |start: Place| source.place_in(start, template, offset?);
        let place = match place {
            Some(start) => {
                exact(start).or(Some(Place { line: start.line + u32::try_from(line).unwrap_or(0), ..start }))
            }
            // What stands above the tables, or in the profile that is extended: then it is not found.
            None => exact(Place { line: 1, column: 1 }),
        };
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
            ErrorKind::UnknownFilter => Problem::unknown(place, ("这个函数", "filter"), snippet, &figure::FILTERS),
            ErrorKind::TooManyArguments => {
                let option = detail.split('\'').nth(1).unwrap_or(snippet);
                Problem::unknown(place, ("这个选项", "option"), option, figure::options(snippet))
            }
            _ => {
                let zh = match detail.strip_suffix(NO_FIGURE) {
                    Some(value) => {
                        format!("{}不是预算数字，不能用这个函数", value.replacen('`', "“", 1).replace('`', "”"))
                    }
                    None => format!("文字中的“{{{{ … }}}}”写法有误：{detail}"),
                };
                Problem::spec(place, zh, format!("the template does not work out: {detail}")).help(
                    "数字写成“{{ income | amount }}”的形式，名称用英文，花括号成对",
                    "write figures as `{{ income | amount }}`, with names in English, and close every brace",
                )
            }
        };
        self.placed(problem.in_file(file))
    }

    fn placed(&self, problem: Problem) -> Problem {
        if problem.file == File::Profile { self.budget.profile.placed(problem) } else { problem }
    }

    /// A name that stands for nothing, or a known one without what was asked of it.
    fn unknown_name(&self, snippet: &str, place: Option<Place>) -> Problem {
        let path = snippet.split([' ', '|']).next().unwrap_or(snippet);
        let (word, field) = path.split_once('.').unwrap_or((path, ""));
        let names = self.names();
        if field.is_empty() || !names.contains(&word) {
            return Problem::unknown(place, ("这个名称", "name"), word, &names);
        }
        let spec = &self.budget.spec;
        let known: Vec<&str> = match word {
            "counts" => spec.counts.keys().map(|key| key.as_str()).collect(),
            "text" => self.texts.keys().copied().collect(),
            "department" => vec!["name", "supervisor"],
            _ if self.budget.profile.figures.get(word).is_some() => vec!["this", "last", "change", "executed"],
            _ => Vec::new(),
        };
        if known.contains(&field) {
            return Problem::spec(
                place,
                format!("“{word}”没有上年数，算不出“{path}”"),
                format!("`{word}` has no figure of last year, so there is no `{path}`"),
            )
            .help("请在该数字处补写“last: …”", "add `last: …` where the figure is given");
        }
        Problem::unknown(place, ("这个名称", "name"), path, &known)
    }

    fn names(&self) -> Vec<&str> {
        let mut names = vec![
            "year",
            "last_year",
            "unit",
            "unit_name",
            "department",
            "projects",
            "projects_total",
            "counts",
            "units",
        ];
        if self.context.get_attr("text").is_ok_and(|texts| !texts.is_undefined()) {
            names.push("text");
        }
        let profile = &self.budget.profile;
        let keys = profile.figures.keys().chain(profile.lists.keys()).chain(profile.constants.keys());
        names.extend(keys.map(|key| key.as_str()));
        names
    }
}

/// Where a text comes from when the spec does not give it.
enum Template<'a> {
    /// It is missing: what is to be written.
    Ask(&'a str),
    /// The profile's.
    Default(&'a Located<String>),
}

/// A name or filter in Chinese inside {{ … }}, where it begins and what to say of it; words in quotes are none.
fn chinese_name(template: &str) -> Option<(usize, impl Fn(Option<Place>) -> Problem)> {
    let han = |character: char| ('\u{4e00}'..='\u{9fff}').contains(&character);
    template.match_indices("{{").find_map(|(at, braces)| {
        let start = at + braces.len();
        let inside = template[start..].split("}}").next()?;
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
            Problem::spec(place, zh, en).help(
                "花括号中的名称用英文：单位名称写“{{ unit_name }}”，部门名称写“{{ department.name }}”，金额写成“{{ income | amount }}”的形式",
                "names in braces are English: `{{ unit_name }}` for the unit, `{{ department.name }}` for the department, `{{ income | amount }}` for an amount",
            )
        };
        Some((start + first, problem))
    })
}
