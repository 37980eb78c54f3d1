//! Compares two specs: figures by amount and percentage, texts by paragraph.
//!
//! Rows are matched by unit, fund, item, category and id, not by position: reordering rows is no difference.

mod lists;
mod schedules;
mod texts;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::lang::Bilingual;
use crate::money::{Amount, Money, Unit};
use crate::source::Located;
use crate::spec::{AmountSettings, Day, Spec};
use budgetdoc_document::{Place, Rounding};

/// A difference between two specs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DiffEntry {
    /// The path of keys to it, such as `projects`, `training`, `amount`.
    pub path: Vec<String>,
    /// The path in words.
    pub label: Bilingual,
    /// The old and the new value.
    #[serde(flatten)]
    pub difference: Difference,
    /// Place in the old spec.
    pub old_place: Option<Place>,
    /// Place in the new spec.
    pub new_place: Option<Place>,
}

/// The old and the new value. One is none if its spec has no such figure or text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Difference {
    /// An amount of money.
    Amount {
        /// Old value.
        old: Option<GivenAmount>,
        /// New value.
        new: Option<GivenAmount>,
        /// The new less the old amount, if both are known.
        change: Option<GivenAmount>,
        /// The change in percent of the old amount, to two decimals, if that is not zero.
        percent: Option<Decimal>,
    },
    /// A number that is not money.
    Count {
        /// Old value.
        old: Option<u64>,
        /// New value.
        new: Option<u64>,
    },
    /// A paragraph, a name or a setting.
    Text {
        /// Old value.
        old: Option<String>,
        /// New value.
        new: Option<String>,
    },
}

/// An amount as a spec gives it, with the spec's unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct GivenAmount {
    /// The amount.
    pub amount: Amount,
    /// Its unit.
    pub unit: Unit,
}

impl GivenAmount {
    /// Returns the amount; none while it is unfilled.
    pub fn money(self) -> Option<Money> {
        self.amount.number().map(|number| Money::new(number, self.unit))
    }
}

/// Returns the differences between `old` and `new`, in the order of the spec's keys and, within a list, of the new rows.
///
/// ```
/// use budgetdoc_core::{diff::diff, spec::Spec};
/// # fn main() -> Result<(), budgetdoc_core::error::Error> {
/// let head = "budgetdoc: 1\nprofile: shenzhen/2022\nyear: 2022\n\
///     department: { name: 某局, units: [{ id: self, name: 某局本级 }] }\n";
/// let old = Spec::from_yaml(&format!("{head}income: [{{ fund: general_public, amount: 120 }}]"))?;
/// let new = Spec::from_yaml(&format!("{head}income: [{{ fund: general_public, amount: 150 }}]"))?;
/// let changes = diff(&old, &new);
/// assert_eq!(changes.len(), 1);
/// assert_eq!(changes[0].path, ["income", "general_public", "amount"]);
/// # Ok(()) }
/// ```
pub fn diff(old: &Spec, new: &Spec) -> Vec<DiffEntry> {
    let mut differ = Differ { units: (old.unit, new.unit), changes: Vec::new() };
    // Exhaustive: a new key of the spec must be compared here.
    let Spec {
        budgetdoc: _,
        profile: _,
        year: _,
        unit: _,
        precision: _,
        amounts: _,
        date: _,
        approved: _,
        department: _,
        income: _,
        brought_forward: _,
        carried_forward: _,
        internal: _,
        expenditure: _,
        basic: _,
        economic: _,
        stated: _,
        projects: _,
        three_public: _,
        meetings: _,
        procurement: _,
        procurement_items: _,
        reserved: _,
        schedules: _,
        counts: _,
        last_totals: _,
        explanations: _,
        key_projects: _,
        performance: _,
        text: _,
        glossary: _,
        names: _,
        typography: _,
        fonts: _,
        subjects: _,
        control: _,
        suppress: _,
        source: _,
    } = new;
    differ.settings(old, new);
    differ.lists(old, new);
    differ.schedules(old, new);
    differ.texts(old, new);
    differ.changes
}

/// Collects differences.
struct Differ {
    /// The units of the old spec and of the new one.
    units: (Unit, Unit),
    changes: Vec<DiffEntry>,
}

/// Path of a difference, as keys and in words.
#[derive(Clone)]
struct Label {
    path: Vec<String>,
    zh: String,
    en: String,
}

impl Label {
    fn new(key: &str, zh: impl Into<String>, en: impl Into<String>) -> Label {
        Label { path: vec![key.to_owned()], zh: zh.into(), en: en.into() }
    }

    /// Returns the label of a key below this one.
    fn key(&self, key: &str, zh: &str, en: &str) -> Label {
        let mut path = self.path.clone();
        path.push(key.to_owned());
        Label { path, zh: format!("{}，{zh}", self.zh), en: format!("{}, {en}", self.en) }
    }
}

impl Differ {
    fn push(&mut self, label: Label, difference: Difference, places: (Option<Place>, Option<Place>)) {
        let Label { path, zh, en } = label;
        let (old_place, new_place) = places;
        self.changes.push(DiffEntry { path, label: Bilingual { zh, en }, difference, old_place, new_place });
    }

    fn amounts(&mut self, label: Label, old: Option<&Located<Amount>>, new: Option<&Located<Amount>>) {
        let figure =
            |amount: Option<&Located<Amount>>, unit| amount.map(|amount| GivenAmount { amount: amount.value, unit });
        let (was, is) = (figure(old, self.units.0), figure(new, self.units.1));
        // In yuan, for specs of different units.
        if was.map(GivenAmount::money) == is.map(GivenAmount::money) {
            return;
        }
        let both = was.and_then(GivenAmount::money).zip(is.and_then(GivenAmount::money));
        let unit = self.units.1;
        let change = both.map(|(was, is)| GivenAmount { amount: (is - was).in_unit(unit).into(), unit });
        let percent = both.and_then(|(was, is)| (is - was).percent_of(was));
        let percent = percent.map(|percent| Rounding::HalfUp.apply(percent, 2).normalize());
        let difference = Difference::Amount { old: was, new: is, change, percent };
        self.push(label, difference, places(old, new));
    }

    fn counts(&mut self, label: Label, old: Option<&Located<u64>>, new: Option<&Located<u64>>) {
        if old != new {
            let value = |count: Option<&Located<u64>>| count.map(|count| count.value);
            self.push(label, Difference::Count { old: value(old), new: value(new) }, places(old, new));
        }
    }

    /// Compares a name or setting as a whole.
    fn whole(&mut self, label: Label, old: Option<&Located<String>>, new: Option<&Located<String>>) {
        if old != new {
            let value = |text: Option<&Located<String>>| text.map(|text| text.value.clone());
            self.push(label, Difference::Text { old: value(old), new: value(new) }, places(old, new));
        }
    }

    fn settings(&mut self, old: &Spec, new: &Spec) {
        let name = |value: Option<String>, place| value.map(|value| Located { value, place });
        let list = |texts: &[Located<String>]| {
            let place = texts.first()?.place;
            let texts: Vec<_> = texts.iter().map(|text| text.as_str()).collect();
            name(Some(texts.join("、")), place)
        };
        let date = |day: Day| format!("{:04}-{:02}-{:02}", day.0.year, day.0.month, day.0.day);
        let amounts = |settings: &AmountSettings| serde_json::to_string(settings).ok();
        let settings = |spec: &Spec| {
            [
                name(Some(spec.profile.value.clone()), spec.profile.place),
                name(Some(spec.year.to_string()), spec.year.place),
                name(Some(spec.unit.name().to_owned()), None),
                name(Some(spec.precision.name().to_owned()), None),
                name(amounts(&spec.amounts).filter(|_| spec.amounts != AmountSettings::default()), None),
                name(spec.date.map(date), None),
                name(spec.approved.map(|day| date(day.value)), spec.approved.and_then(|day| day.place)),
                name(Some(spec.typography.name().to_owned()), None),
                list(&spec.key_projects),
                list(&spec.names),
            ]
        };
        let labels = [
            ("profile", "版式", "profile"),
            ("year", "预算年度", "year"),
            ("unit", "金额单位", "unit"),
            ("precision", "精度", "precision"),
            ("amounts", "金额的印法", "format of amounts"),
            ("date", "公开日期", "date"),
            ("approved", "批复日期", "approved"),
            ("typography", "标点处理", "typography"),
            ("key_projects", "重点项目及其次序", "key projects in their order"),
            ("names", "不拆开的名称", "names kept whole"),
        ];
        for ((key, zh, en), (old, new)) in labels.into_iter().zip(settings(old).iter().zip(&settings(new))) {
            self.whole(Label::new(key, zh, en), old.as_ref(), new.as_ref());
        }
    }
}

fn places<T>(old: Option<&Located<T>>, new: Option<&Located<T>>) -> (Option<Place>, Option<Place>) {
    (old.and_then(|old| old.place), new.and_then(|new| new.place))
}

/// Pairs equal things of two lists, in the order of the new one, followed by those of the old one alone. The tests in
/// `alike` are tried in order, the strictest first.
fn pairs<'a, T>(old: &'a [T], new: &'a [T], alike: &[fn(&T, &T) -> bool]) -> Vec<(Option<&'a T>, Option<&'a T>)> {
    let mut left: Vec<Option<&T>> = old.iter().map(Some).collect();
    let mut found: Vec<(Option<&T>, Option<&T>)> = new.iter().map(|new| (None, Some(new))).collect();
    for alike in alike {
        for (was, is) in &mut found {
            let Some(is) = is.filter(|_| was.is_none()) else { continue };
            *was = left.iter_mut().find(|old| old.is_some_and(|old| alike(old, is))).and_then(Option::take);
        }
    }
    found.extend(left.into_iter().filter(Option::is_some).map(|old| (old, None)));
    found
}
