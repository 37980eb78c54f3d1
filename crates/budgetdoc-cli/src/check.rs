//! `budgetdoc check`.

use budgetdoc::check::Severity;
use budgetdoc::lang::Lang;

use crate::args::CheckOptions;
use crate::report;
use crate::run::{self, Outcome};

pub fn run(options: &CheckOptions, lang: Lang) -> Outcome {
    run::for_each(&options.specs, |spec| {
        let Some(checked) = run::check(spec, options.profile.as_deref(), lang) else { return Outcome::Failed };
        report::findings(&checked, Severity::Note, lang);
        report::summary(&checked, lang);
        if checked.has_errors() { Outcome::Findings } else { Outcome::Done }
    })
}
