//! Merges a profile with the one it extends.

use std::collections::BTreeSet;

use super::{OutlineItem, Profile, outline_change};
use crate::error::{Error, File, Problem};
use crate::lang::Bilingual;
use crate::ordered::Ordered;
use crate::source::Located;
use crate::yaml::{self, YamlNode, YamlTree};

/// Keys that are never taken from the extended profile.
const OWN: [&str; 4] = ["budgetdoc_profile", "name", "about", "extends"];

/// Returns the name of the profile that the one in `tree` extends.
pub(super) fn base_name(tree: &YamlTree) -> Option<Located<String>> {
    let (_, base) = tree.root.as_ref()?.entry("extends")?;
    let base = base.resolved();
    let value = base.scalar().filter(|_| !base.is_null())?.to_owned();
    Some(Located { value, place: base.place })
}

/// Reads the profile in `tree`, merged with the one it extends, and changes its outline.
pub(super) fn read(tree: YamlTree, base: Option<&Profile>, problems: &mut Vec<Problem>) -> Result<Profile, Error> {
    let Some(base) = base else {
        let mut profile = yaml::from_tree(tree, None, File::Profile)?;
        change_outline(&mut profile, problems);
        return Ok(profile);
    };
    let mut other = serde_json::to_value(base).unwrap_or_default();
    if let Some(other) = other.as_object_mut() {
        other.retain(|key, _| !OWN.contains(&key.as_str()));
    }
    let has_outline = tree.root.as_ref().is_some_and(|root| root.entry("outline").is_some());
    let mut profile: Profile = yaml::from_tree(tree, Some(&YamlNode::from(&other)), File::Profile)?;
    // An asked text replaces a default text of its key, and the other way round. Those of this file have a place.
    let is_own = |key: &Located<String>, keys: &[Located<String>]| {
        keys.iter().any(|other| other.value == key.value && other.place.is_some())
    };
    let (texts, asks) = (names(&profile.texts), names(&profile.asks));
    profile.texts.0.retain(|(key, _)| key.place.is_some() || !is_own(key, &asks));
    profile.asks.0.retain(|(key, _)| key.place.is_some() || !is_own(key, &texts));
    if change_outline(&mut profile, problems) || has_outline {
        drop_unused(&mut profile);
    }
    Ok(profile)
}

/// Returns whether the outline had changes.
fn change_outline(profile: &mut Profile, problems: &mut Vec<Problem>) -> bool {
    let changes = std::mem::take(&mut profile.outline_changes);
    let is_changed = !changes.is_empty();
    outline_change::apply(changes, &mut profile.outline, problems);
    is_changed
}

/// Removes the extended profile's tables and texts that are not in the outline, and the asks for them.
fn drop_unused(profile: &mut Profile) {
    let blocks = OutlineItem::all(&profile.outline);
    let tables: BTreeSet<&str> = blocks.iter().filter_map(|block| block.table()).collect();
    let printed: BTreeSet<&str> = blocks.iter().filter_map(|block| block.text()).collect();
    let is_kept = |key: &Located<String>| key.place.is_some() || printed.contains(key.as_str());
    profile.tables.0.retain(|(id, _)| id.place.is_some() || tables.contains(id.as_str()));
    profile.texts.0.retain(|(key, _)| is_kept(key));
    let mut asks = std::mem::take(&mut profile.asks);
    // Texts and other templates may contain asked texts.
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

/// Marks a problem as one of the extended profile.
pub(super) fn in_base(problem: Problem, base: &Located<String>) -> Problem {
    let (zh, en) = (&problem.message.zh, &problem.message.en);
    let message = Bilingual::new(
        format!("{zh}（在所沿用的版式“{}”中）", base.value),
        format!("{en} (in `{}`, which this profile extends)", base.value),
    );
    Problem { place: base.place, message, ..problem }
}
