//! Reading files: all faults in one pass, each with its code, and no file that makes the reader stumble.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::support::{PROFILE, SMALL};
use budgetdoc_core::error::Error;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;
use budgetdoc_document::Role;

/// Line and code of every problem.
fn codes(error: Error) -> Vec<(u32, &'static str)> {
    error.problems.iter().map(|problem| (problem.place.map_or(0, |place| place.line), problem.code.name())).collect()
}

#[test]
fn every_fault_is_told_in_one_pass_with_its_code() {
    let text = "\
budgetdoc: 1
profil: shenzhen/2022
year: 2022年
unit: 百万元
date: 2022-02-30
department:
income:
  - { fund: general_public, amount: 1,310 }
  - { amount: 三十 }
  - 5
expenditure: 无
projects:
  - id: a
    name: [甲]
    item: 201x
    amount:
    amount: 4
text:
  goals: {{ year }}
";
    let expected = [
        (2, "unknown-key"),
        (3, "not-a-whole-number"),
        (4, "unknown-choice"),
        (5, "not-a-day"),
        (6, "nothing-written"),
        (8, "comma-in-amount"),
        (9, "missing-key"),
        (9, "not-an-amount"),
        (10, "not-a-mapping"),
        (11, "not-a-list"),
        (14, "not-a-text"),
        (15, "not-a-code"),
        (16, "nothing-written"),
        (17, "duplicate-key"),
        (19, "bare-template"),
    ];
    assert_eq!(codes(Spec::from_yaml(text).expect_err("everything is wrong")), expected);
}

#[test]
fn an_error_of_syntax_is_told_with_the_faults_above_it_and_without_what_it_leads_to() {
    // What the wrong line belongs to cannot be read: nothing is said to be missing there.
    let text = SMALL.replacen("precision: exact", "precision: round", 1).replacen("    amount: 30", "   amount: 30", 1);
    assert_eq!(
        codes(Spec::from_yaml(&text).expect_err("two faults")),
        [(5, "unknown-choice"), (24, "uneven-indentation")]
    );
    let table = "tables:\n  balance:\n    summary: 表\n     content:\n";
    let text = format!("{}{table}", PROFILE.split("tables:\n").next().expect("what is above the tables"));
    let found = codes(Profile::from_yaml(&text).expect_err("the content is indented wrongly"));
    assert_eq!(found.iter().map(|(_, code)| *code).collect::<Vec<_>>(), ["uneven-indentation"]);
}

#[test]
fn a_missing_key_is_told_once_wherever_it_is_missing() {
    let text = PROFILE.replacen("    content:\n", "    contant:\n", 1);
    assert_eq!(codes(Profile::from_yaml(&text).expect_err("a key is misspelt")).len(), 1);
    let text = PROFILE.replacen("        columns:\n", "        colums_of_it:\n", 1);
    let found = codes(Profile::from_yaml(&text).expect_err("a key is misspelt"));
    assert!(
        found.len() <= 2 && found.iter().all(|(_, code)| ["unknown-key", "missing-key"].contains(code)),
        "{found:?}"
    );
}

#[test]
fn aliases_and_merged_mappings_stand_for_what_they_name() {
    let plain = Spec::from_yaml(SMALL).expect("the small spec is right");
    let row = "  - { fund: general_public, amount: 100, last: 80 }";
    let aliased = SMALL.replacen(row, "  - &row { fund: general_public, amount: &all 100, last: 80 }", 1);
    assert_eq!(Spec::from_yaml(&aliased).expect("anchors are no fault"), plain);
    let merged = SMALL.replacen(row, "  - { <<: &row { fund: general_public, amount: 100 }, last: 80 }", 1);
    assert_eq!(Spec::from_yaml(&merged).expect("a merged mapping"), plain);
    let twice = SMALL.replacen(row, "  - &row { fund: general_public, amount: 100, last: 80 }\n  - *row", 1);
    let spec = Spec::from_yaml(&twice).expect("an alias");
    assert_eq!(spec.income[0], spec.income[1]);
    assert_eq!(spec.income[1].amount.place.map(|place| (place.line, place.column)), Some((14, 5)));
    let bomb = (1..12).fold("a0: &a0 [甲]\n".to_owned(), |text, n| {
        format!("{text}a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", "))
    });
    let found = codes(Spec::from_yaml(&bomb).expect_err("ten thousand million texts"));
    assert!(found.iter().any(|(_, code)| *code == "too-much-shared"), "{found:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    /// Whatever is written over a piece of a file, it is read or told to be wrong.
    #[test]
    fn no_change_of_a_file_makes_the_reader_panic(
        from in 0.0..1.0_f64,
        length in 0_usize..40,
        by in prop_oneof![
            "[-:{}\\[\\]&*|>'\"#%!?, \\n\\ta0年]{0,8}",
            Just("\n---\n".to_owned()),
            Just("<<: *x".to_owned()),
            Just("\u{feff}".to_owned()),
        ],
        profile: bool,
    ) {
        let text = if profile { PROFILE } else { SMALL };
        let boundary = |at: usize| (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
        let start = boundary((from * text.len() as f64) as usize);
        let end = boundary((start + length).min(text.len()));
        let changed = format!("{}{by}{}", &text[..start], &text[end..]);
        let problems = if profile { Profile::from_yaml(&changed).err() } else { Spec::from_yaml(&changed).err() };
        if let Some(error) = problems {
            prop_assert!(!error.problems.is_empty());
            prop_assert!(error.problems.iter().all(|problem| problem.place.is_some()), "{}", error);
        }
    }
}

#[test]
fn families_are_for_roles_or_for_what_no_face_has() {
    let yaml = format!("{SMALL}fonts: {{ body: 某宋, fallback: 某楷 }}\n");
    let families = Spec::from_yaml(&yaml).unwrap().font_families().unwrap();
    assert_eq!(families, [(Some(Role::Body), "某宋".to_owned()), (None, "某楷".to_owned())]);
}
