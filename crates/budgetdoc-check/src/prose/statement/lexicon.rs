//! The words of budget sentences and their senses.

use std::ops::Range;
use std::sync::LazyLock;

use budgetdoc_core::budget::Budget;
use budgetdoc_core::profile::Account;
use budgetdoc_core::subject::Level;

use super::shape::{FactFilter, bit};
use crate::prose::project_names::bare;
use crate::prose::trie::Trie;

/// A sense of a word.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Sense {
    /// A unit of money, in yuan.
    Unit(u64),
    Percent,
    Points,
    /// A counter: 辆, 个.
    Counter,
    /// Speaks of money: 1301万 beside it is an amount.
    Money,
    /// Something grew (true) or shrank, by what follows.
    Change(bool),
    /// The same if a number follows at once: 增5%, but not 新增 and 减免.
    ChangeBy(bool),
    /// Something grew (true) or shrank, to what follows.
    ChangeTo(bool),
    /// 多 and 少, which compare or make a number rough.
    More(bool),
    /// 高于 (true) and 低于, which come before what they compare with.
    Above(bool),
    /// The most (true) or the least of several: 最高.
    Extreme(bool),
    Same,
    /// 相同, which says that nothing changed only in a comparison with another year.
    Alike,
    /// There is nothing of what follows.
    Nothing,
    Not,
    /// Joins names; where nothing is joined it is unknown.
    And,
    /// Begins a comparison.
    Compared,
    /// Ends the base of a comparison: 与上年相比.
    EndOfComparison,
    From,
    To,
    Last,
    This,
    Executed,
    /// A budget as it was changed during the year: no figure here.
    Adjusted,
    Plan,
    Share,
    Among,
    ByTurns,
    Reason,
    Mainly,
    Purpose,
    /// Numbers the points of a list: 一是.
    Point,
    About,
    /// What an amount leaves of a whole: 其余.
    Rest,
    /// What is before it is added up: 合计.
    Total,
    Filler,
    /// 均, which says something of each name before it.
    Each,
    /// 的, which makes a percentage behind it one of what is before it.
    Of,
    /// The department that publishes.
    Own,
    Level(Level),
    SameOne,
    /// A name of no figure: 政府购买服务, which is not the 购买服务 in it.
    Other,
    /// Names figures: one reading each.
    Name(Vec<FactFilter>),
}

/// The words of the lexicon and the names of one budget, to be found in its texts.
#[derive(Default)]
pub(crate) struct Lexicon {
    /// The senses of each word.
    senses: Trie<Vec<Sense>>,
}

/// The lines of the lexicon: a name or reading, and its words.
static LINES: LazyLock<Vec<(&str, &str)>> =
    LazyLock::new(|| include_str!("lexicon.txt").lines().filter_map(|line| line.split_once(": ")).collect());

/// Returns the words of a line of the lexicon, by its name; none if there is no such line.
pub(crate) fn list(name: &str) -> Vec<&'static str> {
    let line = LINES.iter().find(|(reading, _)| *reading == name);
    line.map(|(_, words)| words.split(' ').collect()).unwrap_or_default()
}

impl Lexicon {
    /// Returns the lexicon with the names of `budget`.
    pub fn of(budget: &Budget) -> Lexicon {
        let mut words = Lexicon::default();
        for (reading, list) in LINES.iter() {
            let Some(sense) = sense(reading, budget) else { continue };
            list.split(' ').for_each(|word| words.add(word, sense.clone()));
        }
        add_names(budget, &mut words);
        words
    }

    /// Returns the lexicon without what its names mean, and without the names of any budget.
    pub fn of_words() -> &'static Lexicon {
        static WORDS_ALONE: LazyLock<Lexicon> = LazyLock::new(|| {
            let mut words = Lexicon::default();
            for (reading, list) in LINES.iter() {
                let name = reading.starts_with("name ").then(|| Sense::Name(Vec::new()));
                let Some(sense) = sense_of_word(reading).or(name) else { continue };
                list.split(' ').for_each(|word| words.add(word, sense.clone()));
            }
            words
        });
        &WORDS_ALONE
    }

    /// Returns the words of a text from left to right; of several at one place, the longest.
    pub fn words<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Range<usize>, &'a [Sense])> {
        let mut rest = text.chars();
        std::iter::from_fn(move || {
            loop {
                let start = text.len() - rest.as_str().len();
                let first = rest.next()?;
                if self.senses.may_begin_with(first)
                    && let Some((length, senses)) = self.senses.longest(&text[start..])
                {
                    let range = start..start + length;
                    rest = text[range.end..].chars();
                    return Some((range, senses.as_slice()));
                }
            }
        })
    }

    fn add(&mut self, word: &str, sense: Sense) {
        let word = word.trim();
        if word.is_empty() {
            return;
        }
        let senses = self.senses.entry(word.chars());
        match (senses.iter_mut().find(|known| matches!(known, Sense::Name(_))), sense) {
            (Some(Sense::Name(known)), Sense::Name(more)) => {
                known.extend(more);
                known.dedup();
            }
            (_, sense) => senses.push(sense),
        }
    }

    fn name(&mut self, word: &str, shape: FactFilter) {
        // Shorter words mean too many other things.
        if word.trim().chars().count() < 3 {
            return;
        }
        if word.contains('（') {
            let half = word.replace('（', "(").replace('）', ")");
            self.add(&half, Sense::Name(vec![shape.clone()]));
        }
        self.add(word, Sense::Name(vec![shape]));
    }
}

/// Returns the sense that a line of the lexicon gives; none where the profile has nothing of it.
fn sense(reading: &str, budget: &Budget) -> Option<Sense> {
    if let Some(shapes) = reading.strip_prefix("name ") {
        let shapes: Vec<FactFilter> = shapes.split(" | ").filter_map(|shape| FactFilter::read(shape, budget)).collect();
        return (!shapes.is_empty()).then_some(Sense::Name(shapes));
    }
    sense_of_word(reading)
}

/// Returns the sense of a line that gives no name.
fn sense_of_word(reading: &str) -> Option<Sense> {
    Some(match reading {
        "percent" => Sense::Percent,
        "points" => Sense::Points,
        "counter" => Sense::Counter,
        "money" => Sense::Money,
        "rise" => Sense::Change(true),
        "fall" => Sense::Change(false),
        "rise by" => Sense::ChangeBy(true),
        "fall by" => Sense::ChangeBy(false),
        "rise to" => Sense::ChangeTo(true),
        "fall to" => Sense::ChangeTo(false),
        "more" => Sense::More(true),
        "less" => Sense::More(false),
        "above" => Sense::Above(true),
        "below" => Sense::Above(false),
        "most" => Sense::Extreme(true),
        "least" => Sense::Extreme(false),
        "same" => Sense::Same,
        "alike" => Sense::Alike,
        "none" => Sense::Nothing,
        "not" => Sense::Not,
        "and" => Sense::And,
        "compared" => Sense::Compared,
        "against" => Sense::EndOfComparison,
        "from" => Sense::From,
        "to" => Sense::To,
        "last" => Sense::Last,
        "this" => Sense::This,
        "executed" => Sense::Executed,
        "adjusted" => Sense::Adjusted,
        "plan" => Sense::Plan,
        "share" => Sense::Share,
        "among" => Sense::Among,
        "by turns" => Sense::ByTurns,
        "reason" => Sense::Reason,
        "mainly" => Sense::Mainly,
        "purpose" => Sense::Purpose,
        "point" => Sense::Point,
        "about" => Sense::About,
        "rest" => Sense::Rest,
        "of" => Sense::Of,
        "each" => Sense::Each,
        "filler" => Sense::Filler,
        "total" => Sense::Total,
        "own" => Sense::Own,
        "class" => Sense::Level(Level::Class),
        "division" => Sense::Level(Level::Division),
        "item" => Sense::Level(Level::Item),
        "same one" => Sense::SameOne,
        "other" => Sense::Other,
        _ => Sense::Unit(reading.strip_prefix("unit ")?.parse().ok()?),
    })
}

/// Adds the names of figures in the profile and the spec.
fn add_names(budget: &Budget, words: &mut Lexicon) {
    let (profile, spec) = (&budget.profile, &budget.spec);
    for (index, fund) in profile.funds.iter().enumerate() {
        words.name(&fund.name, FactFilter { funds: Some(bit(index)), ..FactFilter::default() });
    }
    for (index, kind) in profile.kinds.iter().enumerate() {
        let account = Some(Account::Expenditure);
        words.name(&kind.name, FactFilter { kinds: Some(bit(index)), account, ..FactFilter::default() });
    }
    for account in Account::ALL.iter().copied() {
        for (index, category) in profile.categories.of(account).iter().enumerate() {
            let shape = FactFilter { categories: Some(bit(index)), account: Some(account), ..FactFilter::default() };
            words.name(&category.name, shape);
        }
    }
    for (code, name) in &budget.subjects {
        let shape = FactFilter { subject: Some(*code), account: Some(Account::Expenditure), ..FactFilter::default() };
        // 公共安全（类）支出.
        if let Some(stem) = name.strip_suffix("支出").filter(|_| code.level() == Level::Class) {
            words.name(&format!("{stem}（类）"), shape.clone());
        }
        words.name(name, shape);
    }
    for (code, name) in &budget.economic {
        let economic = Some(vec![*code]);
        words.name(name, FactFilter { economic, account: Some(Account::Economic), ..FactFilter::default() });
    }
    for (index, project) in spec.projects.iter().enumerate() {
        let shape = FactFilter { project: Some(index), account: Some(Account::Expenditure), ..FactFilter::default() };
        words.name(&project.name, shape.clone());
        words.name(bare(&project.name), shape);
    }
    let units = &spec.department.units;
    for (index, unit) in units.iter().enumerate() {
        if units.len() > 1 && *unit.name != *spec.department.name {
            let shape = FactFilter { unit: Some(index), ..FactFilter::default() };
            // 执法大队 of 示例县农业综合行政执法大队, where no other name ends so.
            let others = || units.iter().map(|other| &other.name).chain([&spec.department.name]);
            let is_of_one = |end: &&str| others().filter(|name| name.ends_with(*end)).count() == 1;
            let ends = unit.name.char_indices().skip(1).map(|(at, _)| &unit.name[at..]);
            words.name(&unit.name, shape.clone());
            ends.filter(is_of_one).for_each(|end| words.name(end, shape.clone()));
        } else {
            words.add(&unit.name, Sense::Own);
        }
    }
    if units.len() < 2 {
        words.add("本级", Sense::Own);
    }
    words.add(&spec.department.name, Sense::Own);
}
