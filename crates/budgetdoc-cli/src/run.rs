//! What commands do with a spec before they part.

use std::path::{Path, PathBuf};

use budgetdoc::check::{Finding, Severity};
use budgetdoc::document::Document;
use budgetdoc::lang::Lang;
use budgetdoc::{Budget, Profile, Spec};

use crate::report::{self, Source};

/// How a command ended; its number is the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// 0: done.
    Done,
    /// 1: findings of error level.
    Findings,
    /// 2: input or usage that cannot be worked with.
    Failed,
}

/// A spec that was read, composed and checked.
pub struct Checked {
    pub source: Source,
    pub budget: Budget,
    pub document: Document,
    pub findings: Vec<Finding>,
}

impl Checked {
    /// Whether a finding keeps the document from going out.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// Does `job` for every spec and returns the worst outcome: one bad spec does not keep the others from being done.
pub fn for_each(specs: &[PathBuf], mut job: impl FnMut(&Path) -> Outcome) -> Outcome {
    specs.iter().map(|spec| job(spec)).max().unwrap_or(Outcome::Done)
}

/// Reads a spec and its profile and applies every rule. Prints what is wrong and returns none where it cannot be read.
pub fn check(spec: &Path, profile: Option<&Path>, lang: Lang) -> Option<Checked> {
    let source = read(spec, lang)?;
    let profile_source = match profile {
        Some(path) => Some(read(path, lang)?),
        None => None,
    };
    let budget = Spec::from_yaml(&source.text).and_then(|spec| {
        let profile = match &profile_source {
            Some(source) => Profile::from_yaml(&source.text)?,
            None => Profile::built_in(&spec.profile)?,
        };
        let budget = Budget::resolve(spec, profile)?;
        // Composed even where only figures are checked: a template that does not work out is a fault of the spec.
        let document = budget.compose()?;
        Ok((budget, document))
    });
    match budget {
        Ok((budget, document)) => {
            let findings = budget.check();
            Some(Checked { source, budget, document, findings })
        }
        Err(error) => {
            report::error(&error, &source, profile_source.as_ref(), lang);
            None
        }
    }
}

/// Reads a file of the user's; says what is wrong and returns none where it cannot be read.
pub fn read(path: &Path, lang: Lang) -> Option<Source> {
    match std::fs::read_to_string(path) {
        Ok(text) => Some(Source { name: path.display().to_string(), text }),
        Err(error) => {
            let name = path.display();
            report::plain(
                lang,
                &format!("无法读取 {name}：{error}"),
                &format!("{name} cannot be read: {error}"),
                "请检查文件名，文件须为 UTF-8 编码的文本",
                "check its name; the file must be text in UTF-8",
            );
            None
        }
    }
}
