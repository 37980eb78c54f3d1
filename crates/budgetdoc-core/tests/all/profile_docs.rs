//! The lines of docs/profile.md that a profile can take are right: each makes a profile that composes a document.

use std::path::Path;

use budgetdoc_core::budget::Budget;
use budgetdoc_core::profile::Profile;
use budgetdoc_core::spec::Spec;

const HEAD: &str = "budgetdoc_profile: 1\nname: own/2026\nextends: general/2026\n";

/// What the changes of an outline speak of.
const PROCUREMENT: &str = "tables:\n  procurement_lines:\n    title: 采购\n    summary: 采购\n    content:\n      schedule: { of: lines, columns: [{ head: [名称], key: name }] }\n";

fn docs() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/profile.md");
    std::fs::read_to_string(path).unwrap()
}

/// Composes the sample with a profile of these lines and returns what is wrong.
fn compose(lines: &str) -> Result<(), String> {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/made-up-county-2026.yaml");
    let mut spec = Spec::from_yaml(&std::fs::read_to_string(spec).unwrap()).unwrap();
    let profile = Profile::from_yaml(&format!("{HEAD}{lines}")).map_err(|error| error.to_string())?;
    // A section that a profile drops takes its text along.
    let keys: Vec<&str> = profile
        .texts
        .keys()
        .chain(profile.asks.keys())
        .chain(profile.constants.keys())
        .map(|key| key.as_str())
        .collect();
    spec.text.0.retain(|(key, _)| keys.contains(&key.as_str()));
    let budget = Budget::resolve(spec, profile).map_err(|error| error.to_string())?;
    budget.compose().map(drop).map_err(|error| error.to_string())
}

fn indented(text: &str, by: &str) -> String {
    text.lines().map(|line| format!("{by}{line}\n")).collect()
}

/// Returns a profile of a table, which is put into the outline unless it is there.
fn of_table(yaml: &str) -> String {
    let id = yaml.split(':').next().unwrap();
    let own =
        Profile::built_in(&"general/2026".to_owned().into()).unwrap().tables.iter().any(|(name, _)| name.value == id);
    let change = format!("outline_changes: [{{ after: {{ table: projects }}, insert: [{{ table: {id} }}] }}]\n");
    let figures = "figures: { bought_goods: { accounts: [procurement], categories: [goods] } }\n";
    format!("{figures}tables:\n{}{}", indented(yaml, "  "), if own { "" } else { &change })
}

/// Returns a profile with blocks in its outline.
fn of_blocks(yaml: &str) -> String {
    let blocks = indented(&format!("{}\n- text: own", yaml.trim()), "      ");
    format!("texts: {{ own: 文字。 }}\noutline_changes:\n  - before: {{ part: 名词解释 }}\n    insert:\n{blocks}")
}

#[test]
fn every_block_of_yaml_makes_a_profile() {
    let docs = docs();
    let mut taken = 0;
    for block in docs.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap()) {
        let first = block.split(':').next().unwrap();
        let profile = match first {
            // An example with parts left out.
            "budgetdoc_profile" => continue,
            "styles" | "tables" => block.to_owned(),
            "outline" => format!("texts: {{ unit_scale: 规模。 }}\n{block}"),
            "outline_changes" if block.contains("text: contact") => format!("texts: {{ contact: 电话。 }}\n{block}"),
            "outline_changes" => format!("{PROCUREMENT}{block}"),
            _ if first.starts_with('-') => of_blocks(block),
            _ => of_table(block),
        };
        taken += 1;
        assert_eq!(compose(&profile), Ok(()), "{profile}");
    }
    assert!(taken >= 8, "{taken}");
}

#[test]
fn what_forms_print_can_be_said() {
    const KEYS: [&str; 10] = [
        "constants",
        "contents",
        "cover_page",
        "headings",
        "numbering",
        "page",
        "styles",
        "table_amounts",
        "text_amounts",
        "words",
    ];
    let docs = docs();
    let table = docs.split("\n## What forms print\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let mut taken = 0;
    for line in table.lines().filter(|line| line.starts_with('|')) {
        let line = line.replace("\\|", "|");
        for code in line.split('`').skip(1).step_by(2) {
            let key = code.split(':').next().unwrap();
            let profile = if code.starts_with("- ") {
                of_blocks(code)
            } else if code.starts_with("{{") {
                // `item` is one of a list; not every row has its outcome.
                let text =
                    format!("{{% for item in public_spending if item.executed is defined %}}{code}{{% endfor %}}");
                format!("texts: {{ own: '{text}' }}\n{}", of_blocks("").replace("texts: { own: 文字。 }\n", ""))
            } else if code.contains(": ") && KEYS.contains(&key) {
                format!("{code}\n")
            } else {
                continue;
            };
            taken += 1;
            assert_eq!(compose(&profile), Ok(()), "{profile}");
        }
    }
    assert!(taken >= 15, "{taken}");
}
