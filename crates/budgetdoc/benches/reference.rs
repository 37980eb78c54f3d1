//! How long each step of the reference document takes, warm, in one process: medians of many runs.
//!
//! `cargo bench -p budgetdoc`; `tools/bench.sh` measures the command cold, with processor time and memory.

use std::hint::black_box;
use std::time::{Duration, Instant};

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
    let pages = budgetdoc::layout(&long, &fonts)?.pages.len();

    println!("{} pages, median of {RUNS} runs", layout.pages.len());
    time("read and resolve", read);
    time("check", || budget.check());
    time("compose", || budget.compose());
    time("load fonts", || FontBook::load(&search));
    time("set pages", || budgetdoc::layout(&document, &fonts));
    let whole = time(&format!("set {pages} pages"), || budgetdoc::layout(&long, &fonts));
    println!("{:<18}{:>9.3} ms", "each of them", whole.as_secs_f64() * 1000.0 / pages as f64);
    time("write PDF", || budgetdoc::write_pdf(&document, &layout, &fonts));
    time("write DOCX", || budgetdoc::write_docx(&document, &layout, &fonts));
    Ok(())
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
    println!("{what:<18}{:>9.3} ms", times[RUNS / 2].as_secs_f64() * 1000.0);
    times[RUNS / 2]
}
