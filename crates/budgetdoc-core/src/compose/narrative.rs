//! Sentences from figures: templates over the facts, so that no figure is typed twice.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use minijinja::value::{Enumerator, Kwargs, Object, ObjectRepr, Value};
use minijinja::{Environment, ErrorKind, UndefinedBehavior, context};

use crate::budget::{Budget, Scope};
use crate::error::{File, Problem};
use crate::money::{Amount, AmountFormat, Money, print_number};
use crate::profile::{Measure, Words, YearOf};
use crate::source::{Located, Place};

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

/// An amount; none while one it is made of is unfilled.
type Sum = Option<Money>;

/// A figure in a template: this year's, last year's, and whatever else is known of it.
#[derive(Debug)]
struct Figure {
    this: Sum,
    last: Option<Sum>,
    fields: BTreeMap<&'static str, String>,
    style: Arc<Style>,
}

/// How figures become words.
#[derive(Debug)]
struct Style {
    amounts: AmountFormat,
    words: Words,
    last_year: u16,
}

impl Object for Figure {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let figure = |this| {
            let fields = BTreeMap::new();
            Value::from_object(Figure { this, last: None, fields, style: self.style.clone() })
        };
        match key.as_str()? {
            "this" => Some(figure(self.this)),
            "last" => self.last.map(figure),
            "change" => self.last.map(|last| figure(self.this.zip(last).map(|(this, last)| this - last))),
            other => self.fields.get(other).map(|text| Value::from(text.as_str())),
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }

    fn is_true(self: &Arc<Self>) -> bool {
        // A gap is to be seen, so what depends on it is printed.
        self.this.is_none_or(|this| !this.is_zero())
    }

    fn render(self: &Arc<Self>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.print(self.this))
    }
}

impl Figure {
    fn print(&self, amount: Sum) -> String {
        amount.map_or_else(|| Amount::GAP.to_owned(), |amount| self.style.amounts.print(amount))
    }

    /// The amount with its unit. Without a sign, for the verb before it says which way it went.
    fn amount(&self) -> String {
        self.print(self.this.map(Money::abs)) + self.style.amounts.unit.name()
    }

    /// The comparison with last year: 比2021年预算减少4.2万元，减少49.41%.
    ///
    /// Nothing is compared with a year that is not known, no percentage is taken of nothing, and no change is said to
    /// be one of 0.
    fn compared(&self, base: &str, percent: Option<u32>) -> String {
        let words = &self.style.words;
        let with_year = |text: &str| text.replace("{last}", &self.style.last_year.to_string());
        let Some(last) = self.last else { return with_year(&words.unknown) };
        let (Some(this), Some(last)) = (self.this, last) else {
            return format!("{}{base}{}", with_year(&words.compared), Amount::GAP);
        };
        let change = this - last;
        let format = &self.style.amounts;
        // What rounds to nothing is not said to have changed by 0.
        if format.rounding.apply(change.in_unit(format.unit), format.decimals).is_zero() {
            return with_year(&words.same);
        }
        let up = change > Money::ZERO;
        let verb = if up { &words.increase } else { &words.decrease };
        let amount = self.style.amounts.print(change.abs());
        let unit = self.style.amounts.unit.name();
        let mut text = format!("{}{base}{verb}{amount}{unit}", with_year(&words.compared));
        if let (Some(decimals), Some(share)) = (percent, change.abs().percent_of(last)) {
            let verb = if up { &words.percent_up } else { &words.percent_down };
            let share = print_number(share, decimals, true, false, self.style.amounts.rounding);
            if share != "0" {
                text.push_str(&format!("，{verb}{share}%"));
            }
        }
        text
    }
}

/// How the message ends when a filter stands on something else than a figure.
const NO_FIGURE: &str = " is no figure of the budget";

/// The figure a filter was put on, or an error that says what else stood there.
fn figure(value: &Value) -> Result<&Figure, minijinja::Error> {
    if value.is_undefined() {
        return Err(ErrorKind::UndefinedError.into());
    }
    value
        .downcast_object_ref::<Figure>()
        .ok_or_else(|| minijinja::Error::new(ErrorKind::InvalidOperation, format!("`{value}`{NO_FIGURE}")))
}

fn amount(value: &Value) -> Result<String, minijinja::Error> {
    Ok(figure(value)?.amount())
}

fn change(value: &Value, options: Kwargs) -> Result<String, minijinja::Error> {
    let base: Option<String> = options.get("base")?;
    options.assert_all_used()?;
    Ok(figure(value)?.compared(base.as_deref().unwrap_or_default(), None))
}

fn yoy(value: &Value, options: Kwargs) -> Result<String, minijinja::Error> {
    let figure = figure(value)?;
    let base: Option<String> = options.get("base")?;
    let percent: Option<u32> = options.get("percent")?;
    options.assert_all_used()?;
    let percent = percent.unwrap_or(figure.style.words.percent_decimals);
    Ok(figure.compared(base.as_deref().unwrap_or_default(), Some(percent)))
}

impl<'a> Narrator<'a> {
    /// A narrator with every text of the budget filled in, and what did not work out.
    pub(super) fn new(budget: &'a Budget) -> (Self, Vec<Problem>) {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.add_filter("amount", |value: Value| amount(&value));
        environment.add_filter("change", |value: Value, options: Kwargs| change(&value, options));
        environment.add_filter("yoy", |value: Value, options: Kwargs| yoy(&value, options));
        let mut narrator = Narrator { budget, environment, context: facts(budget), texts: BTreeMap::new() };
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
            let own = self.budget.spec.text.get(*key).filter(|_| filled.origin.is_some());
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
        let place = place.map(|start| {
            let offset = named.map(|(offset, _)| offset).or(error.range().map(|range| range.start));
            let exact = offset.filter(|_| file == File::Spec);
            let exact = exact.and_then(|offset| self.budget.spec.source.place_in(start, template, offset));
            exact.unwrap_or(Place { line: start.line + u32::try_from(line).unwrap_or(0), ..start })
        });
        let snippet = error.range().and_then(|range| template.get(range)).unwrap_or_default();
        let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        let problem = match error.kind() {
            ErrorKind::UndefinedError => {
                let path = named.map_or(snippet, |(_, name)| name);
                return self.unknown_name(path, place).in_file(file);
            }
            ErrorKind::UnknownFilter => {
                Problem::unknown(place, ("这个函数", "filter"), snippet, &["amount", "change", "yoy"])
            }
            ErrorKind::TooManyArguments => {
                let option = detail.split('\'').nth(1).unwrap_or(snippet);
                Problem::unknown(place, ("这个选项", "option"), option, &["base", "percent"])
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
        problem.in_file(file)
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
            _ if self.budget.profile.figures.get(word).is_some() => vec!["this", "last", "change"],
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
        let mut names = vec!["year", "last_year", "unit", "unit_name", "department", "projects", "counts"];
        if self.context.get_attr("text").is_ok_and(|texts| !texts.is_undefined()) {
            names.push("text");
        }
        names.extend(self.budget.profile.figures.keys().map(|key| key.as_str()));
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

/// Everything templates may speak of but the texts.
fn facts(budget: &Budget) -> Value {
    let (spec, profile) = (&budget.spec, &budget.profile);
    let style = Arc::new(Style {
        amounts: profile.text_amounts.clone(),
        words: profile.words.clone(),
        last_year: spec.year.saturating_sub(1),
    });
    let mut facts: BTreeMap<&str, Value> = BTreeMap::new();
    for (name, measure) in profile.figures.iter() {
        let last = budget.total(&Measure { year: Some(YearOf::Last), ..measure.clone() });
        // A sum that misses some of last year's amounts would make the difference an increase.
        let known = budget.cube.select(measure, Scope::default()).all(|fact| fact.last.is_some());
        let last = last.amount.filter(|_| known).map(|amount| (!last.is_unfilled()).then_some(amount));
        let this = budget.total(measure);
        let this = (!this.is_unfilled()).then(|| this.or_zero());
        let figure = Figure { this, last, fields: BTreeMap::new(), style: style.clone() };
        facts.insert(name, Value::from_object(figure));
    }
    let projects: Vec<Value> = spec
        .projects
        .iter()
        .map(|project| {
            let money = |amount: &Amount| amount.number().map(|number| Money::new(number, spec.unit));
            let text = |text: &str| text.trim().to_owned();
            let fields = BTreeMap::from([
                ("name", text(&project.name)),
                ("purpose", text(&project.purpose)),
                ("reason", text(&project.reason)),
                ("goal", text(&project.goal)),
            ]);
            let last = project.last.as_ref().map(|last| money(last));
            Value::from_object(Figure { this: money(&project.amount), last, fields, style: style.clone() })
        })
        .collect();
    let counts: BTreeMap<&str, u64> = spec.counts.iter().map(|(key, count)| (key.as_str(), count.value)).collect();
    let department = &spec.department;
    let supervisor = department.supervisor.as_ref().map(|name| name.value.as_str()).unwrap_or_default();
    let unit_name = budget.publisher();
    context! {
        year => spec.year.value,
        last_year => spec.year.saturating_sub(1),
        unit => profile.table_amounts.unit.name(),
        unit_name,
        department => context! { name => department.name.value.as_str(), supervisor },
        projects,
        counts,
        ..Value::from(facts)
    }
}
