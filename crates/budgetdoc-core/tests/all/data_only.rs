//! What a place prints is data: with every word of its profile made up, the document is the same in other words, and has
//! none but those of the spec, of the table of subjects, and of amounts, numbers and dates.

use std::collections::BTreeSet;

use budgetdoc_core::budget::Budget;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;
use budgetdoc_core::subject_table::SubjectTable;

/// Units, numerals and dates, which are no form's.
const WRITING: &str = "万元一二三四五六七八九十〇年月日";

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// `text` in characters of Hangul, which no budget has.
fn made_up(text: &str) -> String {
    let hangul = |c: char| char::from_u32(0xac00 + (c as u32 - 0x4e00) % 11_172).expect("a syllable");
    text.chars().map(|c| if is_han(c) { hangul(c) } else { c }).collect()
}

/// A profile of another name in made-up words. The units of amounts are values of the format.
fn made_up_profile(profile: &str) -> String {
    let line = |line: &str| match line {
        _ if line.starts_with("name: ") => "name: made-up/1\n".to_owned(),
        _ if line.contains("amounts: { unit: ") => line.to_owned() + "\n",
        _ => made_up(line) + "\n",
    };
    profile.lines().map(line).collect()
}

/// What a document holds, all of it.
fn compose(spec: &Spec, profile: &str) -> String {
    let profile = Profile::from_yaml(profile).unwrap_or_else(|error| panic!("{error}"));
    let budget = Budget::resolve(spec.clone(), profile).unwrap_or_else(|error| panic!("{error}"));
    format!("{:?}", budget.compose().unwrap_or_else(|error| panic!("{error}")))
}

#[test]
fn a_form_in_made_up_words_makes_the_same_document_in_them() {
    let subjects =
        SubjectTable::built_in().lines().iter().map(|subject| format!("{}\n", subject.name)).collect::<String>();
    for sample in [
        "longgang-womens-federation-2022",
        "made-up-ministry-2025",
        "jiangsu-congress-office-2019",
        "putuo-finance-bureau-2025",
    ] {
        let path = format!("{}/../../specs/{sample}.yaml", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("the sample is there");
        let spec = Spec::from_yaml(&text).expect("the sample is right");
        let profile = Profile::built_in_source(&spec.profile).expect("the profile comes along");
        let document = compose(&spec, &made_up_profile(profile));
        let (was, is) = (made_up(&compose(&spec, profile)), made_up(&document));
        let differing = was.split(", ").zip(is.split(", ")).find(|(was, is)| was != is);
        assert!(was == is, "{sample}: {differing:?}");

        // Names of the spec stand in its sentences.
        let names = spec.department.units.iter().map(|unit| &unit.name).chain([&spec.department.name]);
        let said = names.fold(document, |said, name| said.replace(name.as_str(), " "));
        let given = text + &subjects;
        let mut words: BTreeSet<&str> = said.split(|c| !is_han(c)).collect();
        words.retain(|word| !word.chars().all(|c| WRITING.contains(c)) && !given.contains(*word));
        assert_eq!(words, BTreeSet::new(), "{sample}");
    }
}
