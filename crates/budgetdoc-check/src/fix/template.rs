//! Templates that print words of a text character for character.

use std::ops::Range;

use crate::prose::statement::{AgreedChange, FigureYear};
use budgetdoc_core::budget::Budget;
use budgetdoc_core::compose::{Origin, Passage, Prose};
use budgetdoc_core::money::Unit;
use budgetdoc_document::PlaceRange;

/// A passage whose words templates print.
pub(super) struct TypedWords<'a> {
    pub budget: &'a Budget,
    pub prose: &'a Prose<'a>,
    pub passage: &'a Passage,
}

/// A template for words.
pub(super) struct Replacement {
    pub range: Range<usize>,
    pub template: String,
    /// The typed figures it takes the place of.
    pub numbers: Vec<Range<usize>>,
}

impl TypedWords<'_> {
    pub fn text(&self, range: &Range<usize>) -> &str {
        &self.passage.text[range.clone()]
    }

    /// Returns the part of the spec that words belong to.
    pub fn about(&self, range: &Range<usize>) -> &str {
        let span = self.passage.spans_at(range.clone()).next();
        span.and_then(|span| span.part_of.as_deref()).unwrap_or(&self.passage.about)
    }

    /// Returns whether words are in `text`, the only part where templates work.
    pub fn is_in_text(&self, range: &Range<usize>) -> bool {
        self.about(range).starts_with("text.")
    }

    /// Returns the place of words in the spec; none unless all of them are in it, unchanged and in one line.
    pub fn place(&self, range: &Range<usize>) -> Option<PlaceRange> {
        let typed = self.passage.spans_at(range.clone()).all(|span| span.origin == Origin::Typed);
        let place = self.passage.place_of(range.clone()).filter(|_| typed)?;
        let columns = u32::try_from(self.text(range).chars().count()).ok()?;
        (place.end.column - place.start.column == columns).then_some(place)
    }

    /// Returns the reference that prints an amount.
    pub fn amount(&self, of: &str, year: FigureYear, range: &Range<usize>) -> Option<Replacement> {
        let of = match year {
            FigureYear::This => of.to_owned(),
            FigureYear::Last => format!("{of}.last"),
            FigureYear::Executed => format!("{of}.executed"),
            FigureYear::Unknown => return None,
        };
        self.amount_of(&of, range)
    }

    /// Returns the reference for the year of last year's figure: the digits nearest before it in its sentence. A typed year
    /// would stay where the figure moves on.
    pub fn year(&self, range: &Range<usize>) -> Option<Replacement> {
        let before = &self.passage.text[..range.start];
        let start = before.rfind(['。', '；']).map_or(0, |mark| mark + '。'.len_utf8());
        let year = self.budget.spec.year.checked_sub(1)?.to_string();
        let at = start + before[start..].rfind(&format!("{year}年"))?;
        let behind = before[at + year.len() + '年'.len_utf8()..].trim_start();
        let in_number = before[..at].ends_with(|digit: char| digit.is_ascii_digit() || "-—至".contains(digit));
        (!in_number && !behind.starts_with(|digit: char| digit.is_ascii_digit())).then(|| Replacement {
            range: at..at + year.len(),
            template: "{{ last_year }}".to_owned(),
            numbers: Vec::new(),
        })
    }

    /// Returns the references that print a change: the whole comparison, or else its numbers.
    pub fn change(&self, of: &str, change: &AgreedChange) -> Vec<Replacement> {
        if let Some(whole) = self.comparison(of, change) {
            return vec![whole];
        }
        let executed = change.year == FigureYear::Executed;
        let difference = if executed { "change_from_executed" } else { "change" };
        let by = change.by.as_ref().and_then(|by| self.amount_of(&format!("{of}.{difference}"), by));
        let percent = change.percent.as_ref().and_then(|percent| {
            let executed = executed.then(|| "executed=true".to_owned());
            self.percentage(&format!("{of} | rate"), executed, percent)
        });
        by.into_iter().chain(percent).collect()
    }

    /// Returns the reference that prints that nothing changed, in the profile's words.
    pub fn same(&self, of: &str, year: FigureYear, range: &Range<usize>) -> Option<Replacement> {
        let executed = (year == FigureYear::Executed).then(|| "executed=true".to_owned());
        let template = filter_call(&format!("{of} | change"), vec![executed]);
        let prints = self.prints(&template, self.text(range));
        prints.then(|| Replacement { range: range.clone(), template, numbers: Vec::new() })
    }

    /// Returns the reference that prints the share of a figure in another.
    pub fn share(&self, of: &str, whole: &str, range: &Range<usize>) -> Option<Replacement> {
        self.percentage(&format!("{of} | share"), Some(whole.to_owned()), range)
    }

    /// Returns the reference that prints a whole comparison: 比2021年增加278万元，增长26.94%.
    fn comparison(&self, of: &str, change: &AgreedChange) -> Option<Replacement> {
        let (than, by) = (change.than.as_ref()?, change.by.as_ref()?);
        let end = change.percent.as_ref().map_or(by.end, |percent| percent.end.max(by.end));
        let range = than.start..end;
        let words = self.passage.text.get(range.clone())?;
        let base = self.passage.text.get(than.start..change.verb.start)?;
        self.place(&range)?;
        if words.contains(['。', '；', '"', '\\']) {
            return None;
        }
        let last = self.budget.spec.year.checked_sub(1)?.to_string();
        let year = format!("{last}年");
        let usual = self.budget.profile.words.compared.replace("{last}", &last);
        let mut ways = Vec::new();
        let option = |name: &str, words: &str| {
            (!words.is_empty()).then(|| format!("{name}=\"{}\"", words.replace(&last, "{last}")))
        };
        if let Some(rest) = base.strip_prefix(&usual) {
            ways.push([None, option("base", rest)]);
        }
        if let Some(end) = base.find(&year).map(|at| at + year.len()) {
            ways.push([option("compared", &base[..end]), option("base", &base[end..])]);
        }
        ways.push([option("compared", base), None]);
        let decimals = change.percent.as_ref().map(|percent| decimals(self.text(percent)));
        let filter = if decimals.is_some() { "yoy" } else { "change" };
        let executed = (change.year == FigureYear::Executed).then(|| "executed=true".to_owned());
        let percents = [None, decimals.map(|decimals| format!("percent={decimals}"))];
        let options = ways.iter().flat_map(|way| {
            percents.iter().map(|percent| [way.as_slice(), &[executed.clone(), percent.clone()]].concat())
        });
        let template = options
            .map(|options| filter_call(&format!("{of} | {filter}"), options))
            .find(|template| self.prints(template, words))?;
        let numbers = change.by.iter().chain(&change.percent).cloned().collect();
        Some(Replacement { range, template, numbers })
    }

    fn amount_of(&self, of: &str, range: &Range<usize>) -> Option<Replacement> {
        let words = self.text(range);
        let digits = words.trim_end_matches(|unit: char| !unit.is_ascii_digit());
        let unit = words[digits.len()..].trim_start();
        let is_zero = !digits.contains(|digit: char| ('1'..='9').contains(&digit));
        let options = [
            Some(format!("thousands={}", digits.contains(','))),
            Some(format!("trim={}", !digits.contains('.') || !digits.ends_with('0'))),
            Some(format!("decimals={}", decimals(words))),
            Unit::ALL.iter().find(|known| known.name() == unit).map(|unit| format!("unit=\"{}\"", unit.name())),
            is_zero.then(|| format!("zero=\"{digits}\"")),
        ];
        self.printed(&format!("{of} | amount"), None, options.into_iter().flatten().collect(), range)
    }

    fn percentage(&self, filter: &str, first: Option<String>, range: &Range<usize>) -> Option<Replacement> {
        let words = self.text(range);
        let sign = &words[words.trim_end_matches(|sign: char| !sign.is_ascii_digit()).len()..];
        let options = [
            Some("trim=false".to_owned()),
            Some(format!("percent={}", decimals(words))),
            (sign != "%").then(|| format!("sign=\"{sign}\"")),
        ];
        self.printed(filter, first, options.into_iter().flatten().collect(), range)
    }

    /// Returns a filter with as few of the options as print the words.
    fn printed(
        &self,
        filter: &str,
        first: Option<String>,
        options: Vec<String>,
        range: &Range<usize>,
    ) -> Option<Replacement> {
        let words = self.text(range);
        if !words.starts_with(|digit: char| digit.is_ascii_digit()) || words.contains(['"', '\\']) {
            return None;
        }
        let mut choices: Vec<u32> = (0..1 << options.len()).collect();
        choices.sort_by_key(|choice| choice.count_ones());
        let template = choices.into_iter().find_map(|choice| {
            let chosen = options.iter().enumerate().filter(|(index, _)| choice & (1 << index) != 0);
            let chosen = std::iter::once(first.clone()).chain(chosen.map(|(_, option)| Some(option.clone())));
            let template = filter_call(filter, chosen.collect());
            self.prints(&template, words).then_some(template)
        })?;
        Some(Replacement { range: range.clone(), template, numbers: vec![range.clone()] })
    }

    fn prints(&self, template: &str, words: &str) -> bool {
        self.prose.fill(template) == words
    }
}

/// Returns a filter with its options in braces.
fn filter_call(filter: &str, options: Vec<Option<String>>) -> String {
    let options: Vec<String> = options.into_iter().flatten().collect();
    match options.is_empty() {
        true => format!("{{{{ {filter} }}}}"),
        false => format!("{{{{ {filter}({}) }}}}", options.join(", ")),
    }
}

/// Returns how many decimals a number is written with.
fn decimals(words: &str) -> usize {
    words.split_once('.').map_or(0, |(_, rest)| rest.chars().take_while(char::is_ascii_digit).count())
}
