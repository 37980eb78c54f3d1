//! Processes one spec: read, check, lay out, write. Nothing here prints.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use budgetdoc::check::{Companions, Examination, Finding, Severity};
use budgetdoc::document::{Document, Place};
use budgetdoc::font::{FontBook, FontSearch};
use budgetdoc::source::Located;
use budgetdoc::{Budget, Format, Layout, RenderError, Spec, Writer};
use clap::ArgMatches;

use crate::faces::FaceOptions;
use crate::input::{self, Input};
use crate::profile_folders::{FoundProfile, ProfileFolders};
use crate::report::{self, Message, Report, Source};
use crate::session::Outcome;
use crate::words;

/// What the specs of a run share.
#[derive(Default)]
pub struct Shared {
    folders: ProfileFolders,
    /// The profile of the command line.
    profile: Option<FoundProfile>,
    /// Profiles that specs named, by name or file; none of a file with problems.
    named: Mutex<BTreeMap<PathBuf, Option<FoundProfile>>>,
    /// Files of profiles that were read.
    profile_files: Mutex<BTreeSet<PathBuf>>,
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
    /// Messages about the file: its encoding, or sheets that are not read.
    pub notes: Vec<Message>,
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
        let messages = self.notes.into_iter().chain(findings).collect();
        Report::new(&self.source.name, messages, outcome)
    }
}

impl Shared {
    /// Reads the profile that the command line names.
    ///
    /// # Errors
    /// The problems of the profile.
    pub fn load(matches: &ArgMatches) -> Result<Self, Vec<Message>> {
        let folders = ProfileFolders::of(matches);
        let given = matches.try_get_one::<String>("profile").ok().flatten();
        let mut files = Vec::new();
        let profile = given.map(|given| folders.given(given, &mut files)).transpose()?;
        let deny_warnings = matches.try_contains_id("deny").is_ok_and(|is_there| is_there);
        let pedantic = matches.try_get_one("pedantic").ok().flatten().is_some_and(|pedantic| *pedantic);
        let profile_files = Mutex::new(files.into_iter().collect());
        Ok(Shared { folders, profile, profile_files, deny_warnings, pedantic, ..Shared::default() })
    }

    /// Forgets the profiles of files and keeps the faces.
    ///
    /// # Errors
    /// The problems of the profile that the command line names.
    pub fn reload(&mut self, matches: &ArgMatches) -> Result<(), Vec<Message>> {
        let Shared { profile, named, profile_files, .. } = Shared::load(matches)?;
        (self.profile, self.named, self.profile_files) = (profile, named, profile_files);
        Ok(())
    }

    /// Reads a spec and applies every rule.
    ///
    /// # Errors
    /// The report of a spec that cannot be processed.
    pub fn check(&self, input: &Input) -> Result<Checked, Box<Report>> {
        let read = Source::read_noted(input);
        let (source, notes) = read.map_err(|messages| Box::new(Report::failed(&input.name(), messages)))?;
        match self.check_source(input, source) {
            Ok(checked) => Ok(Checked { notes, ..checked }),
            Err(mut report) => {
                report.messages.splice(0..0, notes);
                Err(report)
            }
        }
    }

    /// Checks a spec that was read already.
    ///
    /// # Errors
    /// The report of a spec that cannot be processed.
    pub fn check_source(&self, input: &Input, source: Arc<Source>) -> Result<Checked, Box<Report>> {
        let failed = |messages| Box::new(Report::failed(&source.name, messages));
        let (budget, profile) = self.resolve(&source, input, |_| true).map_err(failed)?;
        let composition = budget.compose_with_prose();
        let Examination { mut findings, guesses, .. } = budgetdoc::check::examine(&composition, &self.companions);
        // A template that fails is an error of the spec, also for `check`.
        let document = composition.document;
        let document = document.map_err(|error| failed(Message::problems(error, &source, profile.as_ref())))?;
        findings.extend(guesses.into_iter().filter(|_| self.pedantic));
        let denied = if self.deny_warnings { Severity::Warning } else { Severity::Error };
        Ok(Checked { source, budget, document, findings, notes: Vec::new(), denied })
    }

    /// Reads the budget of a unit, in the form of the department's.
    ///
    /// # Errors
    /// The problems of its spec and profile.
    pub fn unit(&self, path: &Path) -> Result<Budget, Vec<Message>> {
        let input = input::at(path);
        Ok(self.resolve(&Source::read(&input)?, &input, |_| true)?.0)
    }

    /// Reads last year's budget. Its form may have been another one: the profile of the command line is that of this
    /// year.
    ///
    /// # Errors
    /// The problems of its spec and profile.
    pub fn last_year(&self, path: &Path) -> Result<Budget, Vec<Message>> {
        let input = input::at(path);
        let is_named =
            |spec: &Spec| self.profile.as_ref().is_some_and(|found| found.profile.name == spec.profile.value);
        Ok(self.resolve(&Source::read(&input)?, &input, is_named)?.0)
    }

    /// Resolves a spec with the profile of the command line where that `applies`, else with the one it names. Returns the
    /// profile's file as well.
    ///
    /// # Errors
    /// The problems of spec and profile.
    pub fn resolve(
        &self,
        source: &Arc<Source>,
        input: &Input,
        applies: impl Fn(&Spec) -> bool,
    ) -> Result<(Budget, Option<Arc<Source>>), Vec<Message>> {
        let spec = Spec::from_yaml(&source.text).map_err(|error| Message::problems(error, source, None))?;
        let given = self.profile.clone().filter(|_| applies(&spec));
        let found = given.map_or_else(|| self.named(&spec.profile, input, source), Ok)?;
        match Budget::resolve(spec, found.profile) {
            Ok(budget) => Ok((budget, found.source)),
            Err(error) => Err(Message::problems(error, source, found.source.as_ref())),
        }
    }

    /// Returns the profile of the command line, else the one that a spec names.
    ///
    /// # Errors
    /// The problems of the profile.
    #[cfg(feature = "workbook")]
    pub fn profile(
        &self,
        spec: &Spec,
        input: &Input,
        source: &Arc<Source>,
    ) -> Result<budgetdoc::Profile, Vec<Message>> {
        let found = self.profile.clone().map_or_else(|| self.named(&spec.profile, input, source), Ok)?;
        Ok(found.profile)
    }

    /// Returns the profile that a spec names.
    fn named(&self, name: &Located<String>, input: &Input, source: &Arc<Source>) -> Result<FoundProfile, Vec<Message>> {
        let in_spec = |error| Message::problems(error, source, None);
        let file = self.folders.file(name, input.path.as_deref()).map_err(in_spec)?;
        let mut known = self.named.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = known.entry(file.clone().unwrap_or_else(|| PathBuf::from(&name.value))).or_default();
        if let Some(found) = entry {
            return Ok(found.clone());
        }
        let mut files = Vec::new();
        let found = self.folders.named(name, input.path.as_deref(), &mut files, in_spec);
        self.profile_files.lock().unwrap_or_else(PoisonError::into_inner).extend(files);
        Ok(entry.insert(found?).clone())
    }

    /// Returns the files of profiles that were read, also of those with problems.
    pub fn profile_files(&self) -> BTreeSet<PathBuf> {
        self.profile_files.lock().unwrap_or_else(PoisonError::into_inner).clone()
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
