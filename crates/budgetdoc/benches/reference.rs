//! How long each step of the reference document takes, warm, in one process: medians of many runs.
//!
//! `cargo bench -p budgetdoc`; `tools/bench.sh` measures the command cold, with processor time and memory.

use std::hint::black_box;
use std::time::{Duration, Instant};

use budgetdoc::check::{Companions, examine, printed_sentences, prove};
use budgetdoc::subject::{Classification, Level};
use budgetdoc::subject_table::SubjectTable;
use budgetdoc::{Budget, FontBook, FontSearch, Profile, Spec};

const RUNS: usize = 51;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let yaml = std::fs::read_to_string(format!("{root}/specs/longgang-womens-federation-2022.yaml"))?;
    let search = FontSearch { dirs: vec![format!("{root}/fonts").into()], ..FontSearch::default() };
    let read = || -> Result<Budget, budgetdoc::Error> {
        let spec = Spec::from_yaml(&yaml)?;
        let profile = Profile::built_in(&spec.profile)?;
        Budget::resolve(spec, profile)
    };
    let budget = read()?;
    let document = budget.compose()?;
    let fonts = FontBook::load(&search)?;
    let layout = budgetdoc::layout(&document, &fonts)?;

    // The whole text again and again: what a page costs must not depend on how many there are.
    let mut long = document.clone();
    let repeated = document.blocks.len() - 2;
    for _ in 1..1000_usize.div_ceil(layout.pages.len()) {
        long.blocks.extend_from_within(2..2 + repeated);
    }
    let long_layout = budgetdoc::layout(&long, &fonts)?;
    let pages = long_layout.pages.len();

    println!("{} pages, median of {RUNS} runs", layout.pages.len());
    time("read and resolve", read);
    let composition = budget.compose_with_prose();
    time("compose", || budget.compose_with_prose());
    time("check", || examine(&composition, &Companions::default()));
    let sentences = printed_sentences(&budget, &composition.prose);
    time("prove the print", || prove(composition.tables().map(|(_, table)| table), &sentences));
    let many = many_lines()?;
    let many_composed = many.compose_with_prose();
    time("compose 10,000 lines", || many.compose_with_prose());
    time("check 10,000 lines", || examine(&many_composed, &Companions::default()));
    time("load fonts", || FontBook::load(&search));
    time("set pages", || budgetdoc::layout(&document, &fonts));
    let whole = time(&format!("set {pages} pages"), || budgetdoc::layout(&long, &fonts));
    println!("{:<22}{:>9.3} ms", "each of them", whole.as_secs_f64() * 1000.0 / pages as f64);
    budgetdoc::write_pdf(&long, &long_layout, &fonts)?;
    time(&format!("write PDF of {pages}"), || budgetdoc::write_pdf(&long, &long_layout, &fonts));
    time("write PDF", || budgetdoc::write_pdf(&document, &layout, &fonts));
    time("write DOCX", || budgetdoc::write_docx(&document, &layout, &fonts));
    Ok(())
}

/// A department of 250 units with 40 items of basic expenditure each.
fn many_lines() -> Result<Budget, budgetdoc::Error> {
    use std::fmt::Write;
    let lines = SubjectTable::built_in().lines().iter();
    let items = lines.filter(|line| line.classification == Classification::Functional && line.years.contains(2022));
    let items = items.map(|line| line.code).filter(|code| code.level() == Level::Item);
    let items: Vec<_> = items.take(400).collect();
    let mut yaml = String::from("budgetdoc: 1\nprofile: shenzhen/2022\nyear: 2022\n");
    yaml.push_str("department:\n  name: 某部门\n  units:\n");
    for unit in 0..250 {
        let _ = writeln!(yaml, "    - {{ id: u{unit}, name: 第{unit}单位 }}");
    }
    yaml.push_str("income:\n");
    for unit in 0..250 {
        let _ = writeln!(yaml, "  - {{ unit: u{unit}, fund: general_public, amount: 4000.25 }}");
    }
    yaml.push_str("basic:\n");
    for unit in 0..250 {
        let _ = writeln!(yaml, "  - {{ unit: u{unit}, category: personnel, amount: 4000.25 }}");
    }
    yaml.push_str("expenditure:\n");
    for unit in 0..250 {
        for line in 0..40 {
            let item = items[(unit * 7 + line * 9) % items.len()];
            let amount = if line == 0 { "100.25" } else { "100" };
            let _ = writeln!(yaml, "  - {{ unit: u{unit}, item: {item}, amount: {amount} }}");
        }
    }
    let spec = Spec::from_yaml(&yaml)?;
    let profile = Profile::built_in(&spec.profile)?;
    Budget::resolve(spec, profile)
}

fn time<T>(what: &str, mut step: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            black_box(step());
            start.elapsed()
        })
        .collect();
    times.sort();
    println!("{what:<22}{:>9.3} ms", times[RUNS / 2].as_secs_f64() * 1000.0);
    times[RUNS / 2]
}
