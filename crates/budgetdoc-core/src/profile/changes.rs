//! A profile that extends another is read over it: what it names takes the place of the other's.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_saphyr::DuplicateKeyPolicy;

use super::{Block, Profile};
use crate::error::{Error, File, Problem, from_yaml_over, options};
use crate::ordered::Ordered;
use crate::over::{Below, Keys};
use crate::source::Located;

/// Only whether a profile extends another.
#[derive(Deserialize)]
struct Extends {
    #[serde(default)]
    extends: Option<Located<String>>,
}

/// Keys that are never another profile's.
const OWN: [&str; 4] = ["budgetdoc_profile", "name", "about", "extends"];

/// The profile in `text` if it extends another.
pub(super) fn read(text: &str) -> Result<Option<Profile>, Error> {
    // What is wrong with the file is told by whoever reads all of it.
    let lenient = |duplicate_keys| {
        let mut options = options();
        options.duplicate_keys = duplicate_keys;
        options
    };
    let head = serde_saphyr::from_str_with_options(text, lenient(DuplicateKeyPolicy::FirstWins));
    let Ok(Extends { extends: Some(base) }) = head else { return Ok(None) };
    let other = Profile::built_in(&base).map_err(|error| Error {
        problems: error.problems.into_iter().map(|problem| problem.in_file(File::Profile)).collect(),
    })?;
    let own = serde_saphyr::from_str_with_options(text, lenient(DuplicateKeyPolicy::PassThrough));
    let own: Keys = own.unwrap_or_default();
    let mut other = serde_json::to_value(other).unwrap_or_default();
    if let Some(other) = other.as_object_mut() {
        other.retain(|key, _| !OWN.contains(&key.as_str()));
    }
    let mut profile: Profile = from_yaml_over(text, File::Profile, &Below::of(&own, &other))?;
    // A text that is asked for takes the place of a default text of its name, and the other way round. What is the
    // file's own has a place.
    let is_own = |key: &Located<String>, keys: &[Located<String>]| {
        keys.iter().any(|other| other.value == key.value && other.place.is_some())
    };
    let (texts, asks) = (names(&profile.texts), names(&profile.asks));
    profile.texts.0.retain(|(key, _)| key.place.is_some() || !is_own(key, &asks));
    profile.asks.0.retain(|(key, _)| key.place.is_some() || !is_own(key, &texts));
    if own.has("outline") {
        drop_unused(&mut profile);
    }
    Ok(Some(profile))
}

/// Takes away the other profile's tables and texts that the outline leaves out, and what nothing asks for any more.
fn drop_unused(profile: &mut Profile) {
    fn used<'a>(outline: &'a [Block], tables: &mut BTreeSet<&'a str>, texts: &mut BTreeSet<&'a str>) {
        for block in outline {
            match block {
                Block::Table(id) => drop(tables.insert(id.as_str())),
                Block::Text(key) => drop(texts.insert(key.as_str())),
                Block::When(when) => {
                    used(&when.then, tables, texts);
                    used(&when.otherwise, tables, texts);
                }
                Block::Group(_) | Block::Part(_) | Block::Section(_) | Block::Glossary => {}
            }
        }
    }
    let (mut tables, mut printed) = (BTreeSet::new(), BTreeSet::new());
    used(&profile.outline, &mut tables, &mut printed);
    let is_kept = |key: &Located<String>| key.place.is_some() || printed.contains(key.as_str());
    profile.tables.0.retain(|(id, _)| id.place.is_some() || tables.contains(id.as_str()));
    profile.texts.0.retain(|(key, _)| is_kept(key));
    let mut asks = std::mem::take(&mut profile.asks);
    // Texts take asked ones in, and so may any other template.
    let templates = serde_json::to_string(profile).unwrap_or_default();
    let names = |key: &str| {
        templates.match_indices(&format!("text.{key}")).any(|(at, name)| {
            let after = templates[at + name.len()..].chars().next();
            !after.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
        })
    };
    asks.0.retain(|(key, _)| is_kept(key) || names(key));
    profile.asks = asks;
}

fn names<V>(map: &Ordered<V>) -> Vec<Located<String>> {
    map.keys().cloned().collect()
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
