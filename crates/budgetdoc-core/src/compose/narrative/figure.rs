//! Figures in templates, and the filters that turn them into words.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

use minijinja::value::{Enumerator, Kwargs, Object, ObjectRepr, Value};
use minijinja::{Environment, ErrorKind};
use rust_decimal::Decimal;

use super::trace::{Meaning, Trace};
use crate::compose::passage::FigureInWords;
use crate::money::{Amount, AmountFormat, Money, Unit};
use crate::profile::ComparisonWords;
use budgetdoc_document::{NumberFormat, Rounding};

/// An amount; none while one of its terms is unfilled.
pub(super) type Sum = Option<Money>;

/// A figure in a template, with its amounts of all years.
#[derive(Debug)]
pub(super) struct TemplateFigure {
    /// Its name in templates; of an entry of a list the list and the entry's code.
    pub name: Arc<str>,
    pub this: Sum,
    pub last: Option<Sum>,
    pub executed: Option<Sum>,
    pub fields: BTreeMap<&'static str, Field>,
    pub style: Arc<Style>,
}

/// Words that belong to a figure, such as the name of a project.
#[derive(Debug)]
pub(super) struct Field {
    pub text: String,
    /// Their meaning, if they are a passage of their own.
    pub quotation: Option<Meaning>,
}

impl From<String> for Field {
    fn from(text: String) -> Self {
        Field { text, quotation: None }
    }
}

/// Formats and words of figures.
#[derive(Debug)]
pub(super) struct Style {
    pub amounts: AmountFormat,
    pub words: ComparisonWords,
    pub last_year: u16,
    /// Records what is printed.
    pub trace: Trace,
}

impl Object for TemplateFigure {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let key = key.as_str()?;
        let figure = |this| {
            let (name, style) = (format!("{}.{key}", self.name).into(), self.style.clone());
            Value::from_object(TemplateFigure {
                name,
                this,
                last: None,
                executed: None,
                fields: BTreeMap::new(),
                style,
            })
        };
        match key {
            "this" => Some(figure(self.this)),
            "last" => self.last.map(figure),
            "executed" => self.executed.map(figure),
            "change" => self.last.map(|last| figure(self.difference(last))),
            "change_from_executed" => self.executed.map(|executed| figure(self.difference(executed))),
            // Always defined: templates test it.
            "changed" => Some(Value::from(self.is_changed(self.last))),
            "changed_from_executed" => Some(Value::from(self.is_changed(self.executed))),
            other => self.fields.get(other).map(|Field { text, quotation }| {
                if let Some(quotation) = quotation {
                    self.style.trace.make(text, quotation.clone());
                }
                Value::from(text.as_str())
            }),
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }

    fn is_true(self: &Arc<Self>) -> bool {
        // What depends on an unfilled figure is printed, with its gap.
        self.this.is_none_or(|this| !this.is_zero())
    }

    fn render(self: &Arc<Self>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = print(self.this, &self.style.amounts);
        self.note(&words, None, self.this.map(in_yuan));
        formatter.write_str(&words)
    }
}

fn in_yuan(amount: Money) -> Decimal {
    amount.in_unit(Unit::Yuan)
}

fn print(amount: Sum, format: &AmountFormat) -> String {
    amount.map_or_else(|| Amount::GAP.to_owned(), |amount| format.print(amount))
}

fn print_percentage(share: Decimal, decimals: u32, trim: bool, amounts: Rounding) -> String {
    percentage_format(decimals, trim, amounts).print(share)
}

/// Returns the format of percentages of amounts that are rounded as `amounts`.
pub(in crate::compose) fn percentage_format(decimals: u32, trim: bool, amounts: Rounding) -> NumberFormat {
    // Truncation is a rule of forms for amounts; percentages are rounded.
    let rounding = match amounts {
        Rounding::Truncate => Rounding::HalfUp,
        Rounding::HalfUp | Rounding::HalfEven => amounts,
    };
    NumberFormat { decimals, trim, rounding, ..NumberFormat::default() }
}

/// A list in a template: its entries by number, or by their code or id.
#[derive(Debug)]
pub(super) struct TemplateList {
    pub keys: Vec<String>,
    places: HashMap<String, usize>,
    entries: Vec<Value>,
}

impl TemplateList {
    /// Creates a list of entries, each with its key; of two with one key, the first is found by it.
    pub fn new(keys: Vec<String>, entries: Vec<Value>) -> Self {
        let places = keys.iter().cloned().enumerate().rev().map(|(place, key)| (key, place)).collect();
        TemplateList { keys, places, entries }
    }
}

impl Object for TemplateList {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let named = |name: &str| self.places.get(name).copied();
        let index = key.as_str().map_or_else(|| key.as_usize(), named)?;
        self.entries.get(index).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.entries.len())
    }
}

/// Options of a comparison.
struct ComparisonForm {
    /// Words before the base, instead of the profile's.
    compared: Option<String>,
    /// Words behind last year's number: 预算, 预算执行数.
    base: String,
    /// Words before the comparison, if there is one.
    lead: String,
    /// Whether last year's outcome is the base.
    executed: bool,
    /// Decimals of the percentage; none without one.
    percent: Option<u32>,
    /// Whether the amount is left out where there is a percentage.
    percent_alone: bool,
}

impl TemplateFigure {
    /// Returns the change from an amount of last year, as sentences print it.
    fn difference(&self, last: Sum) -> Sum {
        let Style { words, amounts, .. } = &*self.style;
        self.this.zip(last).map(|(this, last)| words.change(this, last, amounts))
    }

    /// Returns whether a comparison with last year shows a change, or an amount is unfilled.
    fn is_changed(&self, last: Option<Sum>) -> bool {
        let rounds_to_nothing = |change| self.style.amounts.round(change).is_zero();
        last.is_some_and(|last| self.difference(last).is_none_or(|change| !rounds_to_nothing(change)))
    }

    /// Records the words that a filter makes of the figure.
    fn note(&self, words: &str, filter: Option<&'static str>, value: Option<Decimal>) {
        let figure = FigureInWords { name: self.name.clone(), filter, value };
        self.style.trace.make(words, Meaning::Figure(figure));
    }

    /// Returns the amount with its unit, without a sign: the verb before it gives the direction.
    fn amount(&self, format: &AmountFormat) -> String {
        print(self.this.map(Money::abs), format) + format.unit.name()
    }

    /// Returns the comparison with last year: 比2021年预算减少4.2万元，减少49.41%.
    ///
    /// It is empty if last year is unknown, has no percentage if the base is zero, and never states a change of 0.
    fn compared(&self, how: &ComparisonForm) -> String {
        let text = self.comparison(how);
        if text.is_empty() { text } else { how.lead.clone() + &text }
    }

    fn comparison(&self, how: &ComparisonForm) -> String {
        let words = &self.style.words;
        let with_year = |text: &str| text.replace("{last}", &self.style.last_year.to_string());
        let Some(last) = (if how.executed { self.executed } else { self.last }) else {
            return with_year(&words.unknown);
        };
        let compared = with_year(how.compared.as_ref().unwrap_or(&words.compared));
        let (Some(this), Some(last)) = (self.this, last) else {
            return format!("{compared}{}{}", how.base, Amount::GAP);
        };
        let format = &self.style.amounts;
        let change = words.change(this, last, format);
        // A change that rounds to zero is no change.
        if format.round(change).is_zero() {
            return with_year(&words.same).replace("{base}", &how.base);
        }
        // A budget of zero means no budget; an outcome of zero does not.
        let was_planned = how.executed && self.last != Some(Some(Money::ZERO));
        if let (true, Some(text)) = (last.is_zero() && !was_planned, &words.zero_base) {
            return with_year(text);
        }
        let up = change > Money::ZERO;
        let verb = if up { &words.increase } else { &words.decrease };
        let amount = self.amount_of(change);
        let compared = format!("{compared}{}", how.base);
        let [this, last] = [this, last].map(|amount| words.percent_of.of(amount, format));
        let rate =
            how.percent.and_then(|decimals| self.printed_rate((this - last).abs().percent_of(last)?, up, decimals));
        match rate {
            Some(rate) if how.percent_alone => compared + &rate,
            Some(rate) => format!("{compared}{verb}{amount}，{rate}"),
            None => format!("{compared}{verb}{amount}"),
        }
    }

    /// Returns how far a figure has changed, with its verb: 增长26.94%, or 增长16倍. None of a change that rounds to 0%.
    fn printed_rate(&self, share: Decimal, up: bool, decimals: u32) -> Option<String> {
        let Style { words, amounts, .. } = &*self.style;
        let verb = if up { &words.percent_up } else { &words.percent_down };
        let times = share / Decimal::ONE_HUNDRED;
        let in_times = up && words.times_from.is_some_and(|from| times >= Decimal::from(from));
        let (number, sign) = if in_times { (times, "倍") } else { (share, "%") };
        let number = print_percentage(number, decimals, true, amounts.rounding);
        (number != "0").then(|| format!("{verb}{number}{sign}"))
    }

    fn amount_of(&self, change: Money) -> String {
        self.style.amounts.print(change.abs()) + self.style.amounts.unit.name()
    }
}

/// End of the message for a filter on a value that is no figure.
pub(super) const NO_FIGURE: &str = " is not a figure of the budget";

/// The filters added to those of the template language.
pub(super) const FILTERS: [&str; 6] = ["amount", "change", "yoy", "rate", "share", "cn"];

/// Returns the options of the filter in a piece of a template.
pub(super) fn options(template: &str) -> &'static [&'static str] {
    if template.contains("amount(") {
        &["decimals", "trim", "thousands", "zero", "unit"]
    } else if template.contains("share(") {
        &["percent", "trim", "sign"]
    } else if template.contains("rate(") {
        &["executed", "percent", "trim", "sign"]
    } else {
        &["compared", "base", "percent", "lead", "executed", "amount"]
    }
}

pub(super) fn add_filters(environment: &mut Environment) {
    environment.add_filter("amount", |value: Value, options: Kwargs| amount(&value, &options));
    environment.add_filter("change", |value: Value, options: Kwargs| compared(&value, &options, false));
    environment.add_filter("yoy", |value: Value, options: Kwargs| compared(&value, &options, true));
    environment.add_filter("rate", |value: Value, options: Kwargs| rate(&value, &options));
    environment.add_filter("cn", crate::numerals::chinese);
    environment.add_filter("share", |value: Value, whole: Value, options: Kwargs| share(&value, &whole, &options));
}

/// Returns the figure a filter is applied to, or an error with the kind of the value.
fn figure(value: &Value) -> Result<&TemplateFigure, minijinja::Error> {
    if value.is_undefined() {
        return Err(ErrorKind::UndefinedError.into());
    }
    value
        .downcast_object_ref::<TemplateFigure>()
        .ok_or_else(|| minijinja::Error::new(ErrorKind::InvalidOperation, format!("`{value}`{NO_FIGURE}")))
}

fn amount(value: &Value, options: &Kwargs) -> Result<String, minijinja::Error> {
    let (decimals, trim): (Option<u32>, Option<bool>) = (options.get("decimals")?, options.get("trim")?);
    let (thousands, zero): (Option<bool>, Option<String>) = (options.get("thousands")?, options.get("zero")?);
    let unit: Option<String> = options.get("unit")?;
    options.assert_all_used()?;
    let figure = figure(value)?;
    let mut format = figure.style.amounts.clone();
    format.decimals = decimals.unwrap_or(format.decimals);
    format.trim = trim.unwrap_or(format.trim);
    format.thousands = thousands.unwrap_or(format.thousands);
    format.zero = zero.or(format.zero);
    if let Some(unit) = unit {
        let known = Unit::ALL.into_iter().find(|known| known.name() == unit);
        let error = || minijinja::Error::new(ErrorKind::InvalidOperation, format!("`{unit}` is not a unit of money"));
        format.unit = known.ok_or_else(error)?;
    }
    let words = figure.amount(&format);
    figure.note(&words, Some("amount"), figure.this.map(in_yuan));
    Ok(words)
}

fn compared(value: &Value, options: &Kwargs, with_percent: bool) -> Result<String, minijinja::Error> {
    let figure = figure(value)?;
    let (base, lead): (Option<String>, Option<String>) = (options.get("base")?, options.get("lead")?);
    let executed: Option<bool> = options.get("executed")?;
    let compared: Option<String> = options.get("compared")?;
    let percent: Option<u32> = if with_percent { options.get("percent")? } else { None };
    let amount: Option<bool> = if with_percent { options.get("amount")? } else { None };
    options.assert_all_used()?;
    let how = ComparisonForm {
        compared,
        base: base.unwrap_or_default(),
        lead: lead.unwrap_or_default(),
        executed: executed.unwrap_or(false),
        percent: with_percent.then(|| percent.unwrap_or(figure.style.words.percent_decimals)),
        percent_alone: amount == Some(false),
    };
    let words = figure.compared(&how);
    let last = if how.executed { figure.executed } else { figure.last };
    let change = last.and_then(|last| figure.difference(last)).map(in_yuan);
    figure.note(&words, Some(if with_percent { "yoy" } else { "change" }), change);
    Ok(words)
}

/// Returns the share of one figure in another: 50.81%; 0% of zero.
fn share(value: &Value, whole: &Value, options: &Kwargs) -> Result<String, minijinja::Error> {
    let (part, whole) = (figure(value)?, figure(whole)?);
    part.percentage(part.this, whole.this, "share", options)
}

/// Returns how far a figure has changed, without a sign, for the verb before it says which way it went: 26.94%.
fn rate(value: &Value, options: &Kwargs) -> Result<String, minijinja::Error> {
    let executed: Option<bool> = options.get("executed")?;
    let figure = figure(value)?;
    let last = if executed.unwrap_or(false) { figure.executed } else { figure.last };
    let Some(last) = last else { return Err(ErrorKind::UndefinedError.into()) };
    let Style { words, amounts, .. } = &*figure.style;
    let printed = |amount: Sum| amount.map(|amount| words.percent_of.of(amount, amounts));
    let (this, last) = (printed(figure.this), printed(last));
    figure.percentage(this.zip(last).map(|(this, last)| (this - last).abs()), last, "rate", options)
}

impl TemplateFigure {
    /// Returns what a part is of a whole, as the filter's options want it, and notes it.
    fn percentage(
        &self,
        part: Sum,
        whole: Sum,
        filter: &'static str,
        options: &Kwargs,
    ) -> Result<String, minijinja::Error> {
        let (percent, trim): (Option<u32>, Option<bool>) = (options.get("percent")?, options.get("trim")?);
        let sign: Option<String> = options.get("sign")?;
        options.assert_all_used()?;
        let Some((part, whole)) = part.zip(whole) else { return Ok(Amount::GAP.to_owned()) };
        let share = part.percent_of(whole).unwrap_or_default();
        let Style { words, amounts, .. } = &*self.style;
        let decimals = percent.unwrap_or(words.percent_decimals);
        let mut printed = print_percentage(share, decimals, trim.unwrap_or(true), amounts.rounding);
        printed.push_str(sign.as_deref().unwrap_or("%"));
        self.note(&printed, Some(filter), Some(share));
        Ok(printed)
    }
}
