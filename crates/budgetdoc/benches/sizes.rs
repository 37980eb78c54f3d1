//! How the time of each step grows with its input: budgets of 10, 100 and 500 parts, and the time each part takes. No spec
//! has more than 500 times 20 projects.
//!
//! `cargo bench -p budgetdoc --bench sizes`. A step that is linear has about the same time a part in all columns.

use std::fmt::Write;
use std::hint::black_box;
use std::time::Instant;

use budgetdoc::{Budget, FontBook, FontSearch, Profile, Spec};

const SIZES: [usize; 3] = [10, 100, 500];

/// Projects and paragraphs of a part.
const PART: usize = 20;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let fonts = FontBook::load(&FontSearch { dirs: vec![format!("{root}/fonts").into()], ..FontSearch::default() })?;
    let mut steps: [(&str, Vec<f64>); 7] =
        ["read", "check", "fix", "compose", "layout", "PDF", "DOCX"].map(|step| (step, Vec::new()));
    for size in SIZES {
        let yaml = yaml(size);
        let budget = resolve(&yaml)?;
        let document = budget.compose()?;
        let layout = budgetdoc::layout(&document, &fonts)?;
        let times = [
            time(size, || drop(black_box(resolve(&yaml)))),
            time(size, || drop(black_box(budgetdoc::check(&budget)))),
            time(size, || drop(black_box(budgetdoc::check::fix(&yaml, &budget)))),
            time(size, || drop(black_box(budget.compose()))),
            time(size, || drop(black_box(budgetdoc::layout(&document, &fonts)))),
            time(size, || drop(black_box(budgetdoc::write_pdf(&document, &layout, &fonts)))),
            time(size, || drop(black_box(budgetdoc::write_docx(&document, &layout, &fonts)))),
        ];
        for ((_, of_step), time) in steps.iter_mut().zip(times) {
            of_step.push(time);
        }
    }
    println!("microseconds a part, in budgets of {SIZES:?} parts");
    for (step, times) in steps {
        println!("{step:<10}{:>10.0}{:>10.0}{:>10.0}", times[0], times[1], times[2]);
    }
    Ok(())
}

fn resolve(yaml: &str) -> Result<Budget, budgetdoc::Error> {
    let spec = Spec::from_yaml(yaml)?;
    let profile = Profile::built_in(&spec.profile)?;
    Budget::resolve(spec, profile)
}

/// A budget whose projects and paragraphs grow with `size`.
fn yaml(size: usize) -> String {
    let count = size * PART;
    let mut yaml = format!(
        "budgetdoc: 1\nprofile: shenzhen/2022\nyear: 2022\n\
         department: {{ name: 某局, units: [{{ id: self, name: 某局本级 }}] }}\n\
         income: [{{ fund: general_public, amount: {}, last: {} }}]\n\
         expenditure: [{{ item: 2012901, amount: 70, last: 60 }}]\nprojects:\n",
        70 + 30 * count,
        60 + 20 * count
    );
    for project in 0..count {
        let _ = writeln!(
            yaml,
            "  - {{ id: p{project}, name: 第{project}号培训, item: 2012902, amount: 30, last: 20, purpose: 培训。, reason: 人数增加。 }}"
        );
    }
    yaml.push_str("text:\n");
    // A text has a limit of its own.
    let texts = ["duties", "organisation", "goals", "assets"];
    for paragraph in 0..count {
        if paragraph % (count / texts.len()) == 0 {
            let _ = writeln!(yaml, "  {}: |", texts[paragraph * texts.len() / count]);
        }
        let _ = writeln!(yaml, "    第{paragraph}号培训30万元，比2021年增加10万元，增长50%，主要原因是人数增加。");
    }
    yaml
}

/// Returns the shortest of five times of a step, in microseconds a part.
fn time(size: usize, mut step: impl FnMut()) -> f64 {
    let times = (0..5).map(|_| {
        let start = Instant::now();
        step();
        start.elapsed().as_secs_f64()
    });
    times.fold(f64::INFINITY, f64::min) * 1e6 / size as f64
}
