//! From a YAML string to the bytes of both files, with nothing on disk in between.
//!
//! `cargo run --example render_yaml -- specs/longgang-womens-federation-2022.yaml`

use budgetdoc::check::Severity;
use budgetdoc::font::Surroundings;
use budgetdoc::lang::Lang;
use budgetdoc::{Budget, FontBook, FontSearch, Profile, Spec};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "specs/longgang-womens-federation-2022.yaml".to_owned());
    let yaml = std::fs::read_to_string(path)?;

    let spec = Spec::from_yaml(&yaml)?;
    let profile = Profile::built_in(&spec.profile)?;
    let budget = Budget::resolve(spec, profile)?;
    for finding in budgetdoc::check(&budget) {
        println!("{} {:?}: {}", finding.rule, finding.severity, finding.message.get(Lang::En));
        if finding.severity == Severity::Error {
            return Err("the budget does not reconcile".into());
        }
    }

    let document = budget.compose()?;
    // 仿宋 and 楷体 come from a folder `fonts` in or above the working directory; without them stand-ins are used.
    let working_dir = std::env::current_dir()?;
    let search = FontSearch::around(&Surroundings { working_dir: Some(&working_dir), ..Surroundings::default() });
    let fonts = FontBook::load(&search)?;
    let layout = budgetdoc::layout(&document, &fonts)?;
    let pdf = budgetdoc::write_pdf(&document, &layout, &fonts)?;
    let docx = budgetdoc::write_docx(&document, &layout, &fonts)?;
    println!("{} pages, PDF {} KiB, DOCX {} KiB", layout.pages.len(), pdf.len() / 1024, docx.len() / 1024);
    Ok(())
}
