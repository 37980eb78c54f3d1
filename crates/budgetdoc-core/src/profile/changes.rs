//! A profile that extends another: what it names takes the place of the other's.

use serde::Deserialize;

use super::{
    Block, Categories, Category, Fund, Headings, Kind, ListDef, Measure, Numbering, PageDef, Profile, StyleDef,
    TableDef, Vehicles, Words,
};
use crate::error::{Error, File, Problem, from_yaml};
use crate::money::AmountFormat;
use crate::ordered::Ordered;
use crate::source::Located;
use crate::spec::Term;

/// Only whether a profile extends another.
#[derive(Deserialize)]
struct Extends {
    #[serde(default)]
    extends: Option<Located<String>>,
}

/// The keys of a profile that extends another. Lists are replaced, mappings of named things are merged by name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changes {
    budgetdoc_profile: u32,
    name: String,
    #[serde(default)]
    about: String,
    extends: Located<String>,
    funds: Option<Vec<Fund>>,
    kinds: Option<Vec<Kind>>,
    #[serde(default)]
    categories: CategoryChanges,
    table_amounts: Option<AmountFormat>,
    text_amounts: Option<AmountFormat>,
    words: Option<Words>,
    numbering: Option<Numbering>,
    #[serde(default)]
    figures: Ordered<Measure>,
    #[serde(default)]
    lists: Ordered<ListDef>,
    #[serde(default)]
    constants: Ordered<String>,
    vehicles: Option<Vehicles>,
    subject: Option<String>,
    cover: Option<String>,
    cover_lines: Option<Vec<String>>,
    contents: Option<String>,
    caption: Option<[String; 2]>,
    continued: Option<String>,
    rounding_note: Option<String>,
    page: Option<PageDef>,
    #[serde(default)]
    styles: Ordered<StyleDef>,
    headings: Option<Headings>,
    outline: Option<Vec<Block>>,
    #[serde(default)]
    texts: Ordered<Located<String>>,
    #[serde(default)]
    asks: Ordered<String>,
    glossary: Option<Vec<Term>>,
    #[serde(default)]
    tables: Ordered<TableDef>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct CategoryChanges {
    basic: Option<Vec<Category>>,
    three_public: Option<Vec<Category>>,
    meetings: Option<Vec<Category>>,
    procurement: Option<Vec<Category>>,
    reserved: Option<Vec<Category>>,
}

/// The profile in `text` if it extends another.
pub(super) fn read(text: &str) -> Result<Option<Profile>, Error> {
    // What is wrong with the file is told by whoever reads all of it.
    let Ok(Extends { extends: Some(base) }) = from_yaml::<Extends>(text, File::Profile) else { return Ok(None) };
    let changes: Changes = from_yaml(text, File::Profile)?;
    let in_profile = |error: Error| {
        let problems = error.problems.into_iter().map(|problem| problem.in_file(File::Profile));
        Error { problems: problems.collect() }
    };
    let mut profile = Profile::built_in(&base).map_err(in_profile)?;
    forget_places(&mut profile);
    changes.apply(&mut profile);
    Ok(Some(profile))
}

/// The same problem, said to be in the profile that is extended.
pub(super) fn in_base(problem: Problem, base: &Located<String>) -> Problem {
    let (zh, en) = (&problem.message.zh, &problem.message.en);
    let message = Problem::spec(
        base.place,
        format!("{zh}（在所沿用的版式“{}”中）", base.value),
        format!("{en} (in `{}`, which this profile extends)", base.value),
    )
    .message;
    Problem { place: base.place, message, ..problem }
}

/// Places in the extended profile would point into the wrong file.
fn forget_places(profile: &mut Profile) {
    fn keys<V>(map: &mut Ordered<V>) {
        map.0.iter_mut().for_each(|(key, _)| key.place = None);
    }
    fn blocks(list: &mut [Block]) {
        for block in list {
            match block {
                Block::Group(words) | Block::Part(words) | Block::Section(words) => words.place = None,
                Block::Text(key) | Block::Table(key) => key.place = None,
                Block::Glossary => {}
                Block::When(when) => {
                    when.any.iter_mut().for_each(|name| name.place = None);
                    blocks(&mut when.then);
                    blocks(&mut when.otherwise);
                }
            }
        }
    }
    keys(&mut profile.figures);
    keys(&mut profile.lists);
    keys(&mut profile.constants);
    keys(&mut profile.styles);
    keys(&mut profile.texts);
    keys(&mut profile.asks);
    keys(&mut profile.tables);
    profile.texts.0.iter_mut().for_each(|(_, text)| text.place = None);
    blocks(&mut profile.outline);
}

impl Changes {
    fn apply(self, profile: &mut Profile) {
        fn set<T>(to: &mut T, value: Option<T>) {
            if let Some(value) = value {
                *to = value;
            }
        }
        fn merge<V>(into: &mut Ordered<V>, changes: Ordered<V>) {
            for (key, value) in changes.0 {
                match into.0.iter_mut().find(|(known, _)| known.value == key.value) {
                    Some(entry) => *entry = (key, value),
                    None => into.0.push((key, value)),
                }
            }
        }
        (profile.budgetdoc_profile, profile.name) = (self.budgetdoc_profile, self.name);
        profile.about = self.about;
        profile.extends = Some(self.extends);
        set(&mut profile.funds, self.funds);
        set(&mut profile.kinds, self.kinds);
        let Categories { basic, three_public, meetings, procurement, reserved } = &mut profile.categories;
        set(basic, self.categories.basic);
        set(three_public, self.categories.three_public);
        set(meetings, self.categories.meetings);
        set(procurement, self.categories.procurement);
        set(reserved, self.categories.reserved);
        set(&mut profile.table_amounts, self.table_amounts);
        set(&mut profile.text_amounts, self.text_amounts);
        set(&mut profile.words, self.words);
        set(&mut profile.numbering, self.numbering);
        merge(&mut profile.figures, self.figures);
        merge(&mut profile.lists, self.lists);
        merge(&mut profile.constants, self.constants);
        set(&mut profile.vehicles, self.vehicles.map(Some));
        set(&mut profile.subject, self.subject);
        set(&mut profile.cover, self.cover);
        set(&mut profile.cover_lines, self.cover_lines);
        set(&mut profile.contents, self.contents);
        set(&mut profile.caption, self.caption);
        set(&mut profile.continued, self.continued.map(Some));
        set(&mut profile.rounding_note, self.rounding_note.map(Some));
        set(&mut profile.page, self.page);
        merge(&mut profile.styles, self.styles);
        set(&mut profile.headings, self.headings);
        set(&mut profile.outline, self.outline);
        // A text that is asked for takes the place of a default text of its name, and the other way round.
        let of = |key: &Located<String>, list: &[(Located<String>, Located<String>)]| {
            list.iter().any(|(other, _)| other.value == key.value)
        };
        profile.texts.0.retain(|(key, _)| self.asks.get(key).is_none());
        profile.asks.0.retain(|(key, _)| !of(key, &self.texts.0));
        merge(&mut profile.texts, self.texts);
        merge(&mut profile.asks, self.asks);
        set(&mut profile.glossary, self.glossary);
        merge(&mut profile.tables, self.tables);
    }
}
