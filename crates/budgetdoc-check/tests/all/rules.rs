//! `docs/rules.md` is made from the list of rules.

use std::fmt::Write;
use std::path::Path;

use budgetdoc_check::rules;
use budgetdoc_core::lang::Lang;
use budgetdoc_tests::snapshot;

const HEAD: &str = include_str!("../data/rules-head.md");

fn page() -> String {
    let mut page = HEAD.to_owned();
    for rule in rules() {
        let (id, severity) = (rule.id, rule.severity);
        let _ = writeln!(page, "\n## {id} {}", rule.title(Lang::Zh));
        let _ = writeln!(
            page,
            "\n{}. **{}**（{}）\n",
            rule.title(Lang::En),
            severity.name(Lang::En),
            severity.name(Lang::Zh)
        );
        let _ = writeln!(page, "{}\n\n{}\n", rule.explanation(Lang::Zh), rule.explanation(Lang::En));
        let _ = writeln!(page, "```yaml\n# 错 / wrong\n{}\n```\n", rule.wrong);
        let _ = writeln!(page, "```yaml\n# 对 / right\n{}\n```", rule.right);
    }
    page
}

#[test]
fn the_page_of_rules_is_that_of_the_registry() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules.md");
    snapshot::assert_eq(&path, &page());
}

#[test]
fn every_rule_of_the_field_is_there_once_and_says_all_it_has_to() {
    let ids: Vec<&str> = rules().iter().map(|rule| rule.id).collect();
    let field = (1..=11).map(|number| format!("A{number}"));
    let field = field.chain((1..=13).map(|number| format!("B{number}")));
    let field: Vec<String> = field.chain((1..=17).map(|number| format!("C{number}"))).collect();
    for id in &field {
        assert_eq!(ids.iter().filter(|known| *known == id).count(), 1, "{id}");
    }
    for rule in rules() {
        for lang in [Lang::Zh, Lang::En] {
            assert!(!rule.title(lang).is_empty() && rule.explanation(lang).len() > 40, "{}", rule.id);
        }
        assert!(!rule.title(Lang::Zh).is_ascii() && rule.wrong != rule.right, "{}", rule.id);
    }
}
