//! Processes one spec: read, check, lay out, write. Nothing here prints.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use budgetdoc::check::{Companions, Examination, Finding, Severity};
use budgetdoc::document::{Document, Place};
use budgetdoc::error::Error;
use budgetdoc::font::{FontBook, FontSearch};
use budgetdoc::source::Located;
use budgetdoc::{Budget, Format, Layout, Profile, RenderError, Spec, Writer};
use clap::ArgMatches;

use crate::args;
use crate::faces::FaceOptions;
use crate::input::{self, Input};
use crate::report::{self, Message, Report, Source};
use crate::session::Outcome;
use crate::words;

/// What the specs of a run share.
#[derive(Default)]
pub struct Shared {
    /// The profile file of the command line.
    profile: Option<(Profile, Arc<Source>)>,
    built_in: Mutex<BTreeMap<String, Profile>>,
    /// Budgets every spec of the run must agree with.
    pub companions: Companions,
    /// Whether warnings keep a document from going out, as errors do.
    deny_warnings: bool,
    /// Whether guesses are reported as well.
    pedantic: bool,
    /// The faces by search: specs in other folders may find other ones.
    books: Mutex<Vec<(FontSearch, Arc<FontBook>)>>,
}

/// A spec that was read, composed and checked.
pub struct Checked {
    pub source: Arc<Source>,
    pub budget: Budget,
    pub document: Document,
    pub findings: Vec<Finding>,
    /// Message about the encoding of the file.
    pub note: Option<Message>,
    /// The least severity that keeps the document from going out.
    denied: Severity,
}

/// The bytes of files, one for each format.
pub type Files = Vec<Vec<u8>>;

/// A document laid out.
pub struct Set {
    pub book: Arc<FontBook>,
    pub layout: Layout,
}

impl Set {
    /// Returns a warning for each role that is set in a stand-in.
    fn warnings(&self) -> impl Iterator<Item = Message> {
        self.book.warnings().iter().map(|warning| *words::font_warning(warning))
    }
}

impl Checked {
    /// Returns whether an error keeps the document from being written.
    pub fn is_denied(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity >= self.denied && finding.suppressed.is_none())
    }

    /// Returns the report with all findings.
    pub fn report(self) -> Report {
        let outcome = if self.is_denied() { Outcome::Findings } else { Outcome::Done };
        let findings = self.findings.into_iter();
        let findings = findings.map(|finding| Message::finding(finding, &self.source));
        let messages = self.note.into_iter().chain(findings).collect();
        Report::new(&self.source.name, messages, outcome)
    }
}

impl Shared {
    /// Reads the profile file if one is named.
    ///
    /// # Errors
    /// The problems of the profile.
    pub fn load(matches: &ArgMatches) -> Result<Self, Vec<Message>> {
        let profile = match args::paths(matches, "profile").first() {
            Some(path) => {
                let name = path.display().to_string();
                let (text, _) = input::read(Some(path), &name).map_err(|message| vec![*message])?;
                let source = Source::new(&name, text);
                let profile = Profile::from_yaml(&source.text)
                    .map_err(|error| Message::problems(error, &source, Some(&source)))?;
                Some((profile, source))
            }
            None => None,
        };
        let deny_warnings = matches.try_contains_id("deny").is_ok_and(|is_there| is_there);
        let pedantic = matches.try_get_one("pedantic").ok().flatten().is_some_and(|pedantic| *pedantic);
        Ok(Shared { profile, deny_warnings, pedantic, ..Shared::default() })
    }

    /// Reads the profile file again, and keeps the faces.
    ///
    /// # Errors
    /// The problems of the profile.
    pub fn reload(&mut self, matches: &ArgMatches) -> Result<(), Vec<Message>> {
        self.profile = Shared::load(matches)?.profile;
        Ok(())
    }

    /// Reads a spec and applies every rule.
    ///
    /// # Errors
    /// The report of a spec that cannot be processed.
    pub fn check(&self, input: &Input) -> Result<Checked, Box<Report>> {
        let name = input.name();
        let (text, note) = input.read().map_err(|message| Box::new(Report::failed(&name, vec![*message])))?;
        match self.check_text(&name, text) {
            Ok(checked) => Ok(Checked { note, ..checked }),
            Err(mut report) => {
                report.messages.splice(0..0, note);
                Err(report)
            }
        }
    }

    /// Checks a text that was read already.
    ///
    /// # Errors
    /// The report of a spec that cannot be processed.
    pub fn check_text(&self, name: &str, text: String) -> Result<Checked, Box<Report>> {
        let source = Source::new(name, text);
        let budget = Spec::from_yaml(&source.text).and_then(|spec| {
            let profile = self.profile(&spec.profile)?;
            let budget = Budget::resolve(spec, profile)?;
            // Composed even for `check`: a template that fails is an error of the spec.
            let document = budget.compose()?;
            Ok((budget, document))
        });
        match budget {
            Ok((budget, document)) => {
                let Examination { mut findings, guesses, .. } = budgetdoc::check::examine(&budget, &self.companions);
                findings.extend(guesses.into_iter().filter(|_| self.pedantic));
                let denied = if self.deny_warnings { Severity::Warning } else { Severity::Error };
                Ok(Checked { source, budget, document, findings, note: None, denied })
            }
            Err(error) => {
                let profile = self.profile.as_ref().map(|(_, source)| source);
                Err(Box::new(Report::failed(name, Message::problems(error, &source, profile))))
            }
        }
    }

    fn profile(&self, name: &Located<String>) -> Result<Profile, Error> {
        if let Some((profile, _)) = &self.profile {
            return Ok(profile.clone());
        }
        let mut known = self.built_in.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(profile) = known.get(&name.value) {
            return Ok(profile.clone());
        }
        let profile = Profile::built_in(name)?;
        known.insert(name.value.clone(), profile.clone());
        Ok(profile)
    }

    /// Loads the faces of `search`.
    ///
    /// # Errors
    /// A font file that cannot be read, or a family that is not found.
    pub fn book(&self, search: FontSearch) -> Result<Arc<FontBook>, RenderError> {
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, book)) = books.iter().find(|(known, _)| *known == search) {
            return Ok(book.clone());
        }
        let book = Arc::new(FontBook::load(&search)?);
        books.push((search, book.clone()));
        Ok(book)
    }

    /// Makes a file in each format and passes them to `write`, which returns their paths.
    pub fn produce(
        &self,
        checked: Checked,
        input: &Input,
        faces: &FaceOptions,
        formats: &[Format],
        write: impl FnOnce(Files) -> Result<Vec<PathBuf>, Box<Message>>,
    ) -> Report {
        let made = self.files(&checked, input, faces, formats);
        let set = made.as_ref().ok().and_then(|(_, set)| set.as_ref());
        let spots = set.map(|set| report::spots(&checked.document, &set.layout)).unwrap_or_default();
        let mut report = checked.report();
        let written = made.and_then(|(files, set)| {
            report.messages.extend(set.iter().flat_map(|set| set.warnings()));
            let written = write(files).map_err(|message| vec![*message])?;
            Ok((written, set.map(|set| set.layout.pages.len())))
        });
        match written {
            Ok((written, pages)) => Report { written, pages, spots, ..report },
            Err(messages) => {
                report.messages.extend(messages);
                Report { outcome: Outcome::Failed, ..report }
            }
        }
    }

    /// Makes a file in each format, and lays the document out if one of them needs it.
    fn files(
        &self,
        checked: &Checked,
        input: &Input,
        faces: &FaceOptions,
        formats: &[Format],
    ) -> Result<(Files, Option<Set>), Vec<Message>> {
        let mut set = None;
        let mut files = Vec::new();
        for format in formats {
            let file = match format.writer {
                Writer::Document(write) => write(&checked.document),
                Writer::Layout(write) => {
                    let set = match &set {
                        Some(set) => set,
                        None => set.insert(self.set(checked, input, faces)?),
                    };
                    write(&checked.document, &set.layout, &set.book)
                }
            };
            files.push(file.map_err(|error| failed(error, checked))?);
        }
        Ok((files, set))
    }

    /// Returns the errors of characters that no face has, as laying the document out would; none if the faces cannot be
    /// loaded, for a spec may be checked where its fonts are not installed.
    pub fn missing_glyphs(&self, checked: &Checked, input: &Input, faces: &FaceOptions) -> Vec<Message> {
        let Ok(families) = checked.budget.spec.font_families() else { return Vec::new() };
        let Ok(book) = self.book(faces.search(Some(input), families)) else { return Vec::new() };
        let missing = book.missing_glyphs(&checked.document);
        if missing.is_empty() { Vec::new() } else { failed(RenderError::MissingGlyphs(missing), checked) }
    }

    /// Lays out a document.
    ///
    /// # Errors
    /// The error of layout, with its place.
    pub fn set(&self, checked: &Checked, input: &Input, faces: &FaceOptions) -> Result<Set, Vec<Message>> {
        let families =
            checked.budget.spec.font_families().map_err(|error| Message::problems(error, &checked.source, None))?;
        let book = self.book(faces.search(Some(input), families)).map_err(|error| failed(error, checked))?;
        let layout = budgetdoc::layout(&checked.document, &book).map_err(|error| failed(error, checked))?;
        Ok(Set { book, layout })
    }
}

/// Returns the messages of a document that could not be laid out or written, with places.
fn failed(error: RenderError, checked: &Checked) -> Vec<Message> {
    // The character itself is the best place.
    let at = |message: Message, character: char, place: Option<Place>| {
        let place = checked.source.find(character).or(place);
        if place.is_some() { message.at(&checked.source, place) } else { message }
    };
    match &error {
        RenderError::MissingGlyphs(glyphs) => glyphs
            .iter()
            .map(|glyph| {
                let one = RenderError::MissingGlyphs(vec![*glyph]);
                at(*words::render_error(&one), glyph.character, glyph.place)
            })
            .collect(),
        RenderError::ControlCharacter { character, place } => {
            vec![at(*words::render_error(&error), *character, *place)]
        }
        _ => vec![*words::render_error(&error)],
    }
}
