//! The budgetdoc command: specs in, documents and findings out.

mod args;
mod check;
mod diff;
mod files;
mod profiles;
mod render;
mod report;
mod rollover;
mod run;

use std::process::ExitCode;

use run::Outcome;

fn main() -> ExitCode {
    let lang = args::language(std::env::args_os());
    let outcome = match args::parse(lang) {
        args::Command::Render(options) => render::run(&options, lang),
        args::Command::Check(options) => check::run(&options, lang),
        args::Command::Rollover(options) => rollover::run(&options, lang),
        args::Command::Diff(options) => diff::run(&options, lang),
        args::Command::Profiles => profiles::list(lang),
        args::Command::Profile(name) => profiles::show(&name, lang),
    };
    match outcome {
        Outcome::Done => ExitCode::SUCCESS,
        Outcome::Findings => ExitCode::from(1),
        Outcome::Failed => ExitCode::from(2),
    }
}
