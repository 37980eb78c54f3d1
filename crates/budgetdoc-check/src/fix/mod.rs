//! Typed figures of a spec's texts written as references, so that they follow the data.

mod safe;
mod template;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::prose::parsed_passage::ParsedPassage;
use crate::prose::statement::{Agreed, FigureYear, KnownFigures, NoReference, PassageNumbers, References, Topic, read};
use budgetdoc_core::budget::Budget;
use budgetdoc_core::compose::{Passage, Prose};
use budgetdoc_core::edit::{Edit, SpecTexts, apply};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_document::{Place, PlaceRange};
use template::{Replacement, TypedWords};

/// A spec with typed figures of its texts rewritten as references.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// The spec.
    pub text: String,
    /// The rewritten words, in the order of the file.
    pub written: Vec<Rewritten>,
    /// The typed amounts and percentages that stay, in the order of the file.
    pub left: Vec<LeftTyped>,
}

/// Words rewritten as a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewritten {
    /// Their place before.
    pub place: PlaceRange,
    /// The words.
    pub words: String,
    /// The template in their place: `{{ income | amount }}`.
    pub template: String,
    /// How many typed figures it takes the place of: an amount and its percentage are two, the year of a figure and 持平 are none.
    pub figures: usize,
}

/// A typed amount or percentage that stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftTyped {
    /// Its place in the spec before the rewriting.
    pub place: Place,
    /// The amount or percentage.
    pub words: String,
    /// Why it stays.
    pub why: WhyLeft,
}

/// Why a typed figure stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhyLeft {
    /// The text contradicts the figure, which a finding reports.
    Contradicts,
    /// It is bound to no figure.
    Unbound,
    /// It may be any of several figures with the same amounts.
    Several,
    /// No template can name the figure.
    Unnamed,
    /// No reference prints it in these characters.
    PrintedOtherwise,
    /// Templates work in `text` alone.
    NotInText,
    /// Its quotation or folding allows no template, or the document would change.
    Unsafe,
    /// As a reference it would be reported.
    Reported,
}

impl WhyLeft {
    /// Returns the reason in words.
    pub fn message(&self) -> Bilingual {
        let (zh, en) = match self {
            WhyLeft::Contradicts => ("与数据不符，请先核对", "contradicts the data; check it first"),
            WhyLeft::Unbound => ("看不出是预算中的哪个数", "the figure of the budget is not known"),
            WhyLeft::Several => ("有几个数都等于它", "several figures have the same amount"),
            WhyLeft::Unnamed => ("该数没有可引用的名称", "the figure has no name in templates"),
            WhyLeft::PrintedOtherwise => ("引用印出的写法与原文不同", "no reference prints the same characters"),
            WhyLeft::NotInText => ("只有 text 中的文字可以引用", "references work in `text` only"),
            WhyLeft::Unsafe => (
                "该处的写法不能引用，可改用“|”分行书写",
                "a reference cannot be written here; write the text in lines below `|`",
            ),
            WhyLeft::Reported => (
                "改为引用后会多一条核对结果，如增减没有写原因",
                "a reference would be reported, for instance as a change without a reason",
            ),
        };
        Bilingual::new(zh, en)
    }
}

/// Writes typed amounts, changes and percentages of the texts of a spec as references where they are bound to a figure
/// and agree with it. `text` is the spec that `budget` was read from.
///
/// The composed document stays the same, character for character, and no rule reports more than before: both are tried,
/// and what would change either is left. Comments, order, quotes and line breaks stay byte for byte.
///
/// ```
/// use budgetdoc_core::{budget::Budget, profile::Profile, spec::Spec};
/// # fn main() -> Result<(), budgetdoc_core::error::Error> {
/// let text = "\
/// budgetdoc: 1
/// profile: shenzhen/2022
/// year: 2022
/// department: { name: 某局, units: [{ id: self, name: 某局本级 }] }
/// income: [{ fund: general_public, amount: 120, last: 100 }]
/// text:
///   goals: 收入预算120万元，比2021年增加20万元，增长20%，主要是人数增加。  # 批复数
/// ";
/// let spec = Spec::from_yaml(text)?;
/// let profile = Profile::built_in(&spec.profile)?;
/// let fixed = budgetdoc_check::fix(text, &Budget::resolve(spec, profile)?);
/// assert!(fixed.text.ends_with("收入预算{{ income | amount }}，{{ income | yoy }}，主要是人数增加。  # 批复数\n"));
/// # Ok(()) }
/// ```
pub fn fix(text: &str, budget: &Budget) -> Fix {
    let prose = Prose::of(budget);
    let passages = ParsedPassage::all(&prose);
    let reading = read(budget, &passages);
    let references = References::of(&KnownFigures::new(budget));
    let (edits, planned, left) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut fixer = Fixer { texts: SpecTexts::new(text), budget, prose: &prose, references, edits, planned, left };
    for (index, numbers) in &reading.numbers {
        fixer.plan_passage(&passages[*index], numbers);
    }
    let Fixer { edits, mut left, .. } = fixer;
    let (planned, edits): (Vec<Rewriting>, Vec<Edit>) = edits.into_values().unzip();
    let failed = safe::failing_edits(text, budget, &edits);
    let (mut written, mut made) = (Vec::new(), Vec::new());
    for (index, (Rewriting { rewritten, numbers }, edit)) in planned.into_iter().zip(edits).enumerate() {
        let failed = failed.get(&index);
        for (place, words) in numbers {
            // A text included twice may be read in one place only.
            left.remove(&place);
            if let Some(why) = failed {
                left.insert(place, LeftTyped { place, words, why: *why });
            }
        }
        if failed.is_none() {
            written.push(rewritten);
            made.push(edit);
        }
    }
    Fix { text: apply(text, &made), written, left: left.into_values().collect() }
}

/// A rewriting to try, and the typed figures it removes.
struct Rewriting {
    rewritten: Rewritten,
    numbers: Vec<(Place, String)>,
}

struct Fixer<'a> {
    texts: SpecTexts<'a>,
    budget: &'a Budget,
    prose: &'a Prose<'a>,
    references: References,
    /// The rewritings, by their first byte.
    edits: BTreeMap<usize, (Rewriting, Edit)>,
    /// The first bytes of the rewritings planned for each typed figure.
    planned: BTreeMap<Place, Vec<usize>>,
    left: BTreeMap<Place, LeftTyped>,
}

impl Fixer<'_> {
    /// Plans the rewritings of a passage, and records the typed figures that stay.
    fn plan_passage(&mut self, passage: &Passage, typed: &PassageNumbers) {
        let words = TypedWords { budget: self.budget, prose: self.prose, passage };
        let mut why: Vec<(Range<usize>, WhyLeft)> = Vec::new();
        for agreed in &typed.agreed {
            let (numbers, found) = self.replacements(&words, agreed);
            let otherwise = match found {
                Ok(replacements) => {
                    why.extend(self.plan(&words, replacements));
                    WhyLeft::PrintedOtherwise
                }
                Err(NoReference::Unnamed) => WhyLeft::Unnamed,
                Err(NoReference::Several) => WhyLeft::Several,
            };
            why.extend(numbers.into_iter().map(|range| (range, otherwise)));
        }
        // A later rewriting may have taken the place of one.
        let has_number =
            |start: &usize, place| self.edits.get(start).is_some_and(|(edit, _)| edit.has_number_at(place));
        let is_planned = |place: Place| self.planned.get(&place).into_iter().flatten().any(|at| has_number(at, place));
        let numbers = typed.numbers.iter().filter_map(|range| Some((range, words.place(range)?.start)));
        let left: Vec<_> = numbers
            .filter(|(_, place)| !is_planned(*place))
            .filter_map(|(range, place)| {
                let overlaps = |other: &Range<usize>| other.start < range.end && range.start < other.end;
                let known = why.iter().find(|(other, _)| other == range).map(|(_, why)| *why);
                let why = match (words.is_in_text(range), known) {
                    (true, _) if typed.wrong.iter().any(overlaps) => WhyLeft::Contradicts,
                    (true, why) => why.unwrap_or(WhyLeft::Unbound),
                    (false, known) => known.map(|_| WhyLeft::NotInText)?,
                };
                Some(LeftTyped { place, words: passage.text[range.clone()].to_owned(), why })
            })
            .collect();
        self.left.extend(left.into_iter().map(|left| (left.place, left)));
    }

    /// Returns the numbers of words that agree with a figure, and the templates that can replace them.
    fn replacements(
        &self,
        words: &TypedWords,
        agreed: &Agreed,
    ) -> (Vec<Range<usize>>, Result<Vec<Replacement>, NoReference>) {
        let find = |topic: &Topic, at: &Range<usize>| self.references.find(topic, words.about(at), self.prose);
        match agreed {
            Agreed::Amount { range, topic, year } => {
                let found = find(topic, range).map(|of| {
                    let amount = words.amount(of, *year, range);
                    let past = amount.as_ref().filter(|_| *year != FigureYear::This);
                    let year = past.and_then(|_| words.year(range));
                    amount.into_iter().chain(year).collect()
                });
                (vec![range.clone()], found)
            }
            Agreed::Change(change) => {
                let numbers = [&change.by, &change.percent].into_iter().flatten().cloned().collect();
                (numbers, find(&change.topic, &change.verb).map(|of| words.change(of, change)))
            }
            Agreed::Same { range, topic, year } => {
                let found = find(topic, range).map(|of| words.same(of, *year, range));
                (Vec::new(), found.map(|one| one.into_iter().collect()))
            }
            Agreed::Share { range, part, wholes } => {
                let found = find(part, range).map(|part| {
                    let mut wholes = wholes.iter().filter_map(|whole| find(whole, range).ok());
                    wholes.find_map(|whole| words.share(part, whole, range)).into_iter().collect()
                });
                (vec![range.clone()], found)
            }
        }
    }

    /// Plans replacements, and returns the numbers that no template can be written for.
    fn plan(&mut self, words: &TypedWords, replacements: Vec<Replacement>) -> Vec<(Range<usize>, WhyLeft)> {
        let mut left = Vec::new();
        for Replacement { range, template, numbers } in replacements {
            let typed = words.text(&range);
            let edit =
                words.place(&range).and_then(|place| Some((place, self.texts.replace(place, typed, &template)?)));
            match edit.filter(|_| words.is_in_text(&range)) {
                Some((place, edit)) => {
                    let figures = numbers.len();
                    let numbers = numbers
                        .iter()
                        .filter_map(|range| Some((words.place(range)?.start, words.text(range).to_owned())));
                    let numbers: Vec<(Place, String)> = numbers.collect();
                    for (place, _) in &numbers {
                        self.planned.entry(*place).or_default().push(edit.range.start);
                    }
                    let rewritten = Rewritten { place, words: typed.to_owned(), template: edit.new.clone(), figures };
                    self.edits.insert(edit.range.start, (Rewriting { rewritten, numbers }, edit));
                }
                None => left.extend(numbers.into_iter().map(|range| (range, WhyLeft::Unsafe))),
            }
        }
        left
    }
}

impl Rewriting {
    fn has_number_at(&self, place: Place) -> bool {
        self.numbers.iter().any(|(number, _)| *number == place)
    }
}
