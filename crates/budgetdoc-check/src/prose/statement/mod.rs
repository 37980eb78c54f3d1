//! A reader of fiscal Chinese: what sentences state of the figures of a budget.
//!
//! A passage becomes tokens ([`token`]) by the words of the [`lexicon`] and the names of the budget; tokens become
//! statements ([`parse`]); each statement is bound to the figures its names may mean ([`figure`]) and compared with
//! them ([`bind`]). A sentence is reported only where it fits none of them. Amounts that cannot be bound are listed.

mod against_last;
mod agreed;
mod amount;
mod bind;
mod change;
mod change_in_text;
mod claim;
mod clause;
mod context;
mod contradiction;
mod digits;
mod figure;
mod joints;
mod lexicon;
mod named_amounts;
mod parse;
mod parse_numbers;
mod parse_words;
mod parts;
mod reference;
mod shape;
mod share;
mod subjects;
mod superlatives;
mod token;
mod years;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use crate::ComparedStatement;
use crate::prose::chinese_numerals::numeral;
use crate::prose::parsed_passage::ParsedPassage;
use crate::prose::reader::{Caution, ProseReader};
pub(crate) use agreed::{Agreed, AgreedChange};
use bind::Binder;
pub(crate) use bind::Topic;
use budgetdoc_core::budget::Budget;
use budgetdoc_core::compose::{Origin, Passage, PassageKind, Span};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_document::PlaceRange;
use clause::Name;
use contradiction::{Contradicted, Contradiction};
pub(crate) use digits::digit;
pub(crate) use figure::{FigureYear, KnownFigures};
pub(crate) use lexicon::{Lexicon, Sense, list};
use parse::Region;
pub(crate) use reference::{NoReference, References, of_project};
use rust_decimal::Decimal;
use subjects::SubjectNames;
pub(crate) use token::{NumberOf, Token, TokenKind, tokens};

/// The rules under whose ids contradictions are reported.
const AMOUNTS: &str = "C1";
const CHANGES: &str = "C2";
const ZERO_BASE: &str = "C3";
const REASONS: &str = "C4";
const SHARES: &str = "C5";
const EMPTY: &str = "C8";
const YEARS: &str = "C9";
const SUBJECTS: &str = "C20";
const JOINTS: &str = "C23";

/// The result of reading the texts of a budget.
#[derive(Default)]
pub(crate) struct Reading {
    contradictions: Vec<PlacedContradiction>,
    /// Their places by line.
    places: HashMap<u32, Vec<PlaceRange>>,
    /// The statements compared with a figure.
    pub compared: Vec<ComparedStatement>,
    /// How many amounts equal a figure that the text does not name.
    pub only_amounts: usize,
    /// The amounts that equal no figure.
    pub unbound: Vec<Unbound>,
    /// The numbers of each passage, with its index among all passages.
    pub numbers: Vec<(usize, PassageNumbers)>,
}

/// The amounts and percentages of a passage.
#[derive(Default)]
pub(crate) struct PassageNumbers {
    pub numbers: Vec<Range<usize>>,
    /// The words that agree with a figure.
    pub agreed: Vec<Agreed>,
    /// The words that a contradiction is reported for.
    pub wrong: Vec<Range<usize>>,
}

/// An amount that equals no figure.
pub(crate) struct Unbound {
    /// The part of the spec it belongs to.
    pub about: String,
    pub place: Option<PlaceRange>,
    pub words: String,
}

impl Reading {
    /// Returns whether a contradiction is reported for words at a place; never for words without a place.
    pub fn contradicts(&self, words: Option<PlaceRange>) -> bool {
        let overlaps = |words: PlaceRange, place: PlaceRange| {
            words.start.column < place.end.column && place.start.column < words.end.column
        };
        words.is_some_and(|words| {
            let places = self.places.get(&words.start.line).into_iter().flatten();
            places.into_iter().any(|place| overlaps(words, *place))
        })
    }
}

/// What the lines of one text up to the one that is read have named.
#[derive(Default)]
struct LinesAbove<'a> {
    about: &'a str,
    /// The names of the latest line that is a heading: （一）基本支出.
    heading: Vec<Name<'a>>,
    /// Whether a line names a fund.
    speaks_of_funds: bool,
}

impl<'a> LinesAbove<'a> {
    /// Takes in the line that is read next.
    fn add(&mut self, about: &'a str, line: &[Token<'a>]) {
        if self.about != about {
            *self = LinesAbove { about, ..LinesAbove::default() };
        }
        let names = |token: &Token<'a>| match token.kind {
            TokenKind::Word(senses) if token.shapes().is_some() => Some((senses, token.range.clone())),
            _ => None,
        };
        if is_heading(line) {
            self.heading = line.iter().filter_map(names).collect();
        }
        let has_fund = |token: &Token| token.shapes().is_some_and(|shapes| shapes.iter().any(|it| it.funds.is_some()));
        self.speaks_of_funds |= line.iter().any(has_fund);
    }
}

/// Returns whether a line is a heading: a few words without an amount or the end of a clause.
fn is_heading(line: &[Token]) -> bool {
    /// Most bytes of a heading: three to a character.
    const LONGEST: usize = 40 * 3;
    let is_of_heading = |token: &Token| match &token.kind {
        TokenKind::Mark(mark) => "、（）()《》".contains(*mark),
        TokenKind::Number(number) => matches!(number.of, NumberOf::Nothing | NumberOf::Count(_)),
        TokenKind::Year(_) | TokenKind::Word(_) | TokenKind::Other => true,
    };
    line.iter().all(is_of_heading) && line.last().is_some_and(|last| last.range.end <= LONGEST)
}

struct PlacedContradiction {
    about: String,
    place: Option<PlaceRange>,
    contradiction: Contradiction,
}

/// Reads every text that the spec gives in whole or in part.
pub(crate) fn read(budget: &Budget, passages: &[ParsedPassage]) -> Reading {
    let lexicon = Lexicon::of(budget);
    let mut figures = KnownFigures::new(budget);
    let mut reading = Reading::default();
    let (mut reported, mut names) = (BTreeSet::new(), None);
    let taken: BTreeSet<&str> =
        passages.iter().flat_map(|passage| &passage.spans).filter_map(|span| span.part_of.as_deref()).collect();
    let mut carried: Option<(&str, Topic)> = None;
    let mut above = LinesAbove::default();
    for (index, passage) in passages.iter().enumerate() {
        let is_read = match passage.kind {
            PassageKind::Narrative | PassageKind::Project => !taken.contains(passage.about.as_str()),
            // The targets of indicators need not be figures.
            PassageKind::Performance => !passage.about.starts_with("performance.indicators"),
            PassageKind::Name | PassageKind::Glossary => false,
        };
        if !is_read {
            continue;
        }
        let text = &passage.text;
        let tokens = tokens(text, &lexicon);
        let own = |range: &Range<usize>| is_plain(budget, &text[range.clone()]);
        let key = passage.about.strip_prefix("text.");
        let whole = carried.take().filter(|(about, _)| *about == passage.about).map(|(_, whole)| whole);
        let is_narrative = passage.kind == PassageKind::Narrative;
        let region = if is_narrative { Region::Plain } else { Region::Purpose };
        above.add(&passage.about, &tokens);
        let heading = above.heading.clone();
        let parsed = parse::statements(&tokens, budget.spec.year.value, region, whole.is_some(), heading, &own);
        let mut binder = Binder::new(&mut figures, passage, key, whole, above.speaks_of_funds);
        let is_part = binder.is_about_part();
        binder.bind(&parsed.statements);
        if is_narrative {
            binder.check_named_amounts(&tokens, is_part);
            if !is_part {
                binder.check_superlatives(&tokens);
            }
        }
        if let Some(whole) = binder.whole_of_next(parsed.goes_on) {
            carried = Some((&passage.about, whole));
        }
        let Binder { mut found, compared, only_amounts, unbound, agreed, .. } = binder;
        if tokens.iter().any(|token| token.has_level()) {
            found.extend(names.get_or_insert_with(|| SubjectNames::of(budget)).wrong(text, &tokens));
        }
        found.extend(parts::wrong_sums(text, &tokens));
        found.extend(years::malformed(text));
        found.extend(joints::faults(passage, &lexicon));
        found.extend(tokens.iter().filter_map(|token| leading_zero(text, token)));
        reading.only_amounts += only_amounts;
        // A template prints the amount of the budget.
        let printed = |range: &Range<usize>| {
            let covers = |span: &&Span| span.range.start <= range.start && range.end <= span.range.end;
            passage.spans.iter().find(covers).is_some_and(|span| matches!(span.origin, Origin::Figure(_)))
        };
        reading.compared.extend(compared.into_iter().filter(|compared| !printed(&compared.range)).filter_map(
            |compared| {
                let (about, place) = words(passage, &compared.range)?;
                let place = place.map(|place| place.start);
                let words = text[compared.range].to_owned();
                Some(ComparedStatement {
                    about,
                    place,
                    words,
                    name: compared.name,
                    value: compared.value,
                    agrees: compared.agrees,
                })
            },
        ));
        reading.unbound.extend(unbound.into_iter().filter(|_| is_narrative).filter_map(|range| {
            let (about, place) = words(passage, &range)?;
            Some(Unbound { about, place, words: text[range].to_owned() })
        }));
        let amounts: Vec<_> = passage.amounts().map(|number| number.range(text)).collect();
        // A limit such as 单价100万元以上 is no figure.
        let is_amount = |token: &&Token| match token.number().map(|number| number.of) {
            Some(NumberOf::Money(_)) => amounts.iter().any(|amount| amount.contains(&token.range.start)),
            Some(NumberOf::Percent) => true,
            Some(NumberOf::Points | NumberOf::Count(_) | NumberOf::Nothing) | None => false,
        };
        let numbers = tokens.iter().filter(is_amount).map(|token| token.range.clone()).collect();
        let wrong = found.iter().map(|contradiction| contradiction.range.clone()).collect();
        reading.numbers.push((index, PassageNumbers { numbers, agreed, wrong }));
        for contradiction in found {
            let Some((about, place)) = words(passage, &contradiction.range) else { continue };
            if place.is_none_or(|place| reported.insert((place.start.line, place.start.column, contradiction.rule))) {
                if let Some(place) = place {
                    reading.places.entry(place.start.line).or_default().push(place);
                }
                reading.contradictions.push(PlacedContradiction { about, place, contradiction });
            }
        }
    }
    reading
}

/// Reports the contradictions of the rule being applied.
pub(crate) fn report(reader: &mut ProseReader) {
    // Which of two figures that disagree is wrong is not known: a text may state the other one.
    let reading = reader.reading();
    for PlacedContradiction { about, place, contradiction } in &reading.contradictions {
        if contradiction.rule != reader.rule_id()
            || matches!(contradiction.of, Contradicted::Figure { least, most } if reader.is_off_by(least..=most))
        {
            continue;
        }
        reader.count_one();
        let (zh, en) = match contradiction.rule {
            JOINTS => (
                "请只写接在版式之后的内容，不重复版式的话，以句号结尾",
                "write only what follows the profile's words, and end with a full stop",
            ),
            _ => (
                "请核对；由数据得出的数可改为引用，如 {{ … | amount }}、{{ … | yoy }}",
                "check it; a figure of the budget can be a reference such as `{{ … | amount }}` or `{{ … | yoy }}`",
            ),
        };
        let help = Bilingual::new(zh, en);
        reader.report_place(about.clone(), *place, Caution::Warning, contradiction.message.clone(), help);
    }
}

/// Returns the part of the spec that words of a passage belong to and their place in it, if the spec gives them.
fn words(passage: &Passage, range: &Range<usize>) -> Option<(String, Option<PlaceRange>)> {
    let inside = |span: &&Span| span.range.start < range.end && range.start < span.range.end;
    let spans = || passage.spans.iter().filter(inside);
    let of_spec = |span: &&Span| passage.is_own || span.origin == Origin::Typed || span.place.is_some();
    let first = spans().find(of_spec)?;
    let about = first.part_of.as_deref().unwrap_or(&passage.about).to_owned();
    // A figure stands in the spec as its braces; words printed in part by a template take the place of the
    // first piece.
    Some((about, passage.place_of(range.clone()).or_else(|| spans().find_map(|span| span.place))))
}

/// Returns the contradiction of an amount that begins with a 0: 08万元.
fn leading_zero(text: &str, token: &Token) -> Option<Contradiction> {
    let number = token.number().filter(|number| number.money().is_some() || number.of == NumberOf::Percent)?;
    let words = &text[token.range.clone()];
    (words.starts_with('0') && number.value >= Decimal::ONE).then(|| Contradiction {
        rule: AMOUNTS,
        range: token.range.clone(),
        of: Contradicted::Text,
        message: Bilingual::new(format!("“{words}”以 0 开头"), format!("{words} begins with a 0")),
    })
}

/// Returns whether words do not narrow a topic: the number of a list, or short for the department or its unit, as 省检察院 is
/// for 江苏省人民检察院.
fn is_plain(budget: &Budget, words: &str) -> bool {
    let department = &budget.spec.department;
    let unit = department.units.first().filter(|_| department.units.len() < 2).map(|unit| &unit.name);
    let short = |name: &str| {
        let mut rest = name.chars();
        // 旅游 is not short for a bureau of culture and tourism.
        let inner = || name.contains(words) && !name.split('（').any(|part| part.ends_with(words));
        words.chars().all(|character| rest.any(|other| other == character)) && !inner()
    };
    let names = || std::iter::once(&department.name).chain(unit).any(|name| short(name));
    words.chars().all(|character| numeral(character).is_some()) || (words.chars().count() > 1 && names())
}
