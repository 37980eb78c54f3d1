//! Composes a document: the profile's outline, with its sentences filled in and its tables in cells.

mod chart;
mod explained;
mod names;
mod narrative;
mod normalize;
mod passage;
mod performance;
mod prose;
mod rounding_note;
mod table;

use crate::budget::{Budget, Scope, Total};
use crate::error::{Error, Problem};
use crate::money::{Amount, AmountFormat};
use crate::numerals::{TableNumber, label};
use crate::profile::{self, HeadingDef, Profile};
use crate::spec::Typography;
use budgetdoc_document::{
    Block, CellContent, Contents, Cover, Document, Heading, Info, Paragraph, Place, Role, Run, StyleName, Table, Text,
};
use narrative::Narrator;
pub use passage::{FigureInWords, Origin, Passage, PassageKind, Span};
pub use prose::Prose;
pub(crate) use prose::mentions;

impl Budget {
    /// Composes the document: cover, table of contents, and the profile's outline.
    ///
    /// Asked texts that the spec does not have leave a marked gap; `check` reports them.
    ///
    /// # Errors
    /// Every template that fails, with its line.
    pub fn compose(&self) -> Result<Document, Error> {
        self.compose_with_prose().document
    }

    /// Composes the document as [`Budget::compose`] does, and keeps its texts and the ids of its tables for checks.
    pub fn compose_with_prose(&self) -> Composition<'_> {
        let mut composer = Composer::new(self);
        let document = composer.document();
        Composition { budget: self, document, printed: composer.printed, prose: Prose::new(composer.narrator) }
    }

    /// Composes only the tables of the document, in its order, each with its id in the profile.
    ///
    /// They are the tables of [`Budget::compose`]: numbers, titles and words are filled in, figures are values with
    /// their formats.
    ///
    /// # Errors
    /// As [`Budget::compose`].
    pub fn compose_tables(&self) -> Result<Vec<(&str, Table)>, Error> {
        Composer::new(self).into_tables()
    }

    /// Returns the ids of the tables in the document, in its order, without those printed for each unit.
    pub fn table_ids(&self) -> Vec<&str> {
        self.outline().into_iter().filter_map(profile::OutlineItem::table).collect()
    }

    /// Returns the profile's outline with each `when` replaced by the blocks it chooses.
    pub(crate) fn outline(&self) -> Vec<&profile::OutlineItem> {
        let mut blocks = Vec::new();
        self.choose(&self.profile.outline, &mut blocks);
        blocks
    }

    fn choose<'a>(&self, outline: &'a [profile::OutlineItem], blocks: &mut Vec<&'a profile::OutlineItem>) {
        for block in outline {
            match block {
                profile::OutlineItem::When(when) => {
                    let chosen = when.any.iter().any(|name| self.is_there(name));
                    self.choose(if chosen { &when.then } else { &when.otherwise }, blocks);
                }
                profile::OutlineItem::Group(_)
                | profile::OutlineItem::Part(_)
                | profile::OutlineItem::Section(_)
                | profile::OutlineItem::Subsection(_)
                | profile::OutlineItem::Text(_)
                | profile::OutlineItem::Lead(_)
                | profile::OutlineItem::Signature(_)
                | profile::OutlineItem::Chart(_)
                | profile::OutlineItem::Glossary
                | profile::OutlineItem::Table(_)
                | profile::OutlineItem::Units(_) => blocks.push(block),
            }
        }
    }

    /// Returns whether a figure is not zero, this year or last.
    fn is_there(&self, name: &str) -> bool {
        let Some(measure) = self.profile.figures.get(name) else { return false };
        let facts = self.cube.select(measure, Scope::default());
        let mut terms = facts.flat_map(|fact| [Some(fact.this), fact.last]).flatten();
        terms.any(|term| !term.amount.is_zero())
    }
}

/// A budget composed once, for writers and checks.
pub struct Composition<'a> {
    /// The budget.
    pub budget: &'a Budget,
    /// The document, or every template that fails.
    pub document: Result<Document, Error>,
    /// Its texts.
    pub prose: Prose<'a>,
    printed: Vec<PrintedFor<'a>>,
}

/// What a table of the document is: its id in the profile, and the budget unit it is printed for, if not for all.
#[derive(Clone, Copy)]
struct PrintedFor<'a> {
    id: &'a str,
    unit: Option<usize>,
}

impl<'a> Composition<'a> {
    /// Returns the tables of the document in its order, each with its id in the profile, without those printed for each
    /// unit; none if a template fails.
    pub fn tables(&self) -> impl Iterator<Item = (&'a str, &Table)> {
        self.tables_of(None)
    }

    /// Returns the tables printed for a unit, by its index in the spec, or those of the department.
    pub fn tables_of(&self, unit: Option<usize>) -> impl Iterator<Item = (&'a str, &Table)> {
        let blocks = self.document.iter().flat_map(|document| &document.blocks);
        let tables = blocks.filter_map(|block| match block {
            Block::Table(table) => Some(&**table),
            Block::Cover(_)
            | Block::Contents(_)
            | Block::Heading(_)
            | Block::Paragraph(_)
            | Block::Chart(_)
            | Block::PageBreak => None,
        });
        let printed = self.printed.iter().zip(tables).filter(move |(printed, _)| printed.unit == unit);
        printed.map(|(printed, table)| (printed.id, table))
    }
}

/// Number of a section within a section, where the profile has no other.
const SUBSECTION: &str = "（{cn}）";

/// The document being composed, and the counters of its numbers.
struct Composer<'a> {
    budget: &'a Budget,
    narrator: Narrator<'a>,
    blocks: Vec<Block>,
    /// What the tables among the blocks are.
    printed: Vec<PrintedFor<'a>>,
    counters: Counters,
    /// Words that the next paragraph begins with.
    lead: Option<String>,
    /// Place of the table being composed in the profile, for errors of its templates.
    table_place: Option<Place>,
    /// Format of its amounts.
    table_amounts: AmountFormat,
    problems: Vec<Problem>,
}

/// The numbers of the last headings, table and chart.
#[derive(Clone, Copy, Default)]
struct Counters {
    groups: usize,
    parts: usize,
    sections: usize,
    subsections: usize,
    table: TableNumber,
    charts: usize,
}

impl<'a> Composer<'a> {
    fn new(budget: &'a Budget) -> Self {
        let (narrator, problems) = Narrator::new(budget);
        Composer {
            budget,
            narrator,
            blocks: Vec::new(),
            printed: Vec::new(),
            counters: Counters::default(),
            lead: None,
            table_place: None,
            table_amounts: AmountFormat::default(),
            problems,
        }
    }

    fn document(&mut self) -> Result<Document, Error> {
        let (budget, profile) = (self.budget, &self.budget.profile);
        let title = self.fill(&profile.cover);
        let lines = profile.cover_lines.iter().map(|line| Text::plain(self.fill(line))).collect();
        if profile.cover_page.unwrap_or(true) {
            self.blocks.push(Block::Cover(Cover { title: title.as_str().into(), lines }));
        }
        if !profile.contents.trim().is_empty() {
            self.blocks.push(Block::Contents(Contents { title: profile.contents.as_str().into() }));
        }
        for block in budget.outline() {
            self.block(block);
        }
        Error::unless_empty(std::mem::take(&mut self.problems))?;
        let department = &budget.spec.department;
        let page = profile.page.style(profile.continued.clone());
        let mut document = Document {
            info: Info {
                title,
                author: department.name.value.clone(),
                subject: profile.subject.clone(),
                keywords: Vec::new(),
                date: budget.spec.date(),
                source: budget.spec.source.get().map(str::to_owned),
            },
            styles: profile::styles(&page, &profile.styles),
            page,
            names: names::names(&budget.spec),
            blocks: std::mem::take(&mut self.blocks),
        };
        if budget.spec.typography == Typography::Normalize {
            normalize::document(&mut document);
        }
        Ok(document)
    }

    fn into_tables(mut self) -> Result<Vec<(&'a str, Table)>, Error> {
        let is_of_tables = |block: &&profile::OutlineItem| {
            matches!(block, profile::OutlineItem::Table(_) | profile::OutlineItem::Units(_))
        };
        self.budget.outline().into_iter().filter(is_of_tables).for_each(|block| self.block(block));
        Error::unless_empty(self.problems)?;
        let tables = self.blocks.into_iter().filter_map(|block| match block {
            Block::Table(table) => Some(*table),
            Block::Cover(_)
            | Block::Contents(_)
            | Block::Heading(_)
            | Block::Paragraph(_)
            | Block::Chart(_)
            | Block::PageBreak => None,
        });
        let mut tables: Vec<_> = self.printed.iter().map(|printed| printed.id).zip(tables).collect();
        if self.budget.spec.typography == Typography::Normalize {
            tables.iter_mut().for_each(|(_, table)| normalize::table(table));
        }
        Ok(tables)
    }

    fn block(&mut self, block: &'a profile::OutlineItem) {
        let Profile { numbering, headings, .. } = &self.budget.profile;
        match block {
            profile::OutlineItem::Group(title) => {
                self.counters.groups += 1;
                let title = label(&numbering.group, self.counters.groups) + &self.fill_at(title, title.place);
                self.heading(title, headings.group);
            }
            profile::OutlineItem::Part(title) => {
                self.counters.parts += 1;
                self.counters.sections = 0;
                let title = label(&numbering.part, self.counters.parts) + &self.fill_at(title, title.place);
                // The title of a group stays with its first part.
                let below_group = matches!(self.blocks.last(), Some(Block::Heading(_)));
                self.heading(title, HeadingDef { new_page: headings.part.new_page && !below_group, ..headings.part });
            }
            profile::OutlineItem::Section(title) => {
                self.counters.sections += 1;
                self.counters.subsections = 0;
                let title = label(&numbering.section, self.counters.sections) + &self.fill_at(title, title.place);
                self.heading(title, headings.section);
            }
            profile::OutlineItem::Subsection(title) => {
                self.counters.subsections += 1;
                let numbering = numbering.subsection.as_deref().unwrap_or(SUBSECTION);
                let title = label(numbering, self.counters.subsections) + &self.fill_at(title, title.place);
                self.heading(title, headings.of_subsections());
            }
            profile::OutlineItem::Text(key) => {
                for line in self.narrator.lines(key) {
                    let mut text = Text::plain(line.filled.text).at(line.place);
                    if let Some(lead) = self.lead.take() {
                        text.runs.insert(0, Run { text: lead, role: Some(Role::Heading) });
                    }
                    self.paragraph(StyleName::Body, text);
                }
                // A text without lines has none for it to begin.
                self.lead = None;
            }
            profile::OutlineItem::Lead(words) => self.lead = Some(self.fill_at(words, words.place)),
            profile::OutlineItem::Signature(words) => {
                let filled = self.fill_at(words, words.place);
                for line in filled.lines().map(str::trim).filter(|line| !line.is_empty()) {
                    self.paragraph(StyleName::Signature, Text::plain(line));
                }
            }
            profile::OutlineItem::Chart(def) => self.chart(def),
            profile::OutlineItem::Glossary => self.glossary(),
            profile::OutlineItem::Table(id) => {
                let tables = self.tables(id);
                self.printed.extend(tables.iter().map(|_| PrintedFor { id: id.as_str(), unit: None }));
                self.blocks.extend(tables.into_iter().map(|table| Block::Table(Box::new(table))));
            }
            // `outline` has replaced it.
            profile::OutlineItem::When(_) => {}
            profile::OutlineItem::Units(blocks) => self.units(blocks),
        }
    }

    /// Composes blocks for each unit, with its figures.
    fn units(&mut self, blocks: &'a [profile::OutlineItem]) {
        for unit in 0..self.budget.spec.department.units.len() {
            let own = self.budget.of_unit(unit, blocks);
            let mut composer = Composer { counters: self.counters, ..Composer::new(&own) };
            let mut chosen = Vec::new();
            own.choose(blocks, &mut chosen);
            chosen.into_iter().for_each(|block| composer.block(block));
            let ids = composer
                .printed
                .iter()
                .filter_map(|printed| self.budget.profile.tables.keys().find(|id| id.value == printed.id));
            self.printed.extend(ids.map(|id| PrintedFor { id: id.as_str(), unit: Some(unit) }));
            self.counters = composer.counters;
            let problems = composer.problems.into_iter().filter(|problem| !self.problems.contains(problem));
            self.problems.extend(problems.collect::<Vec<_>>());
            self.blocks.append(&mut composer.blocks);
        }
    }

    fn heading(&mut self, title: String, def: HeadingDef) {
        let HeadingDef { level, new_page, contents } = def;
        self.blocks.push(Block::Heading(Heading { level, text: title.into(), new_page, contents }));
    }

    fn paragraph(&mut self, style: StyleName, text: Text) {
        self.blocks.push(Block::Paragraph(Paragraph { style, text }));
    }

    fn glossary(&mut self) {
        for (index, (term, is_own)) in self.budget.glossary().enumerate() {
            let lead = format!("{}{}：", label(&self.budget.profile.numbering.term, index + 1), term.term.value);
            let meaning =
                if is_own { term.meaning.value.clone() } else { self.fill_at(&term.meaning, term.meaning.place) };
            let runs = vec![
                Run { text: lead, role: Some(Role::Heading) },
                Run { text: meaning.trim().to_owned(), role: None },
            ];
            // A place of the profile would point into the wrong file.
            self.paragraph(StyleName::Body, Text { runs, origin: term.meaning.place.filter(|_| is_own) });
        }
    }

    /// Fills in a template of the profile; reports one that fails and returns it as it is.
    fn fill(&mut self, template: &str) -> String {
        self.fill_at(template, self.table_place)
    }

    /// Fills in a template of the profile with its place there.
    fn fill_at(&mut self, template: &str, place: Option<Place>) -> String {
        match self.narrator.fill(template, place) {
            Ok(text) => text,
            Err(problem) => {
                // The caption is above every table: its error is reported once.
                if !self.problems.contains(&problem) {
                    self.problems.push(problem);
                }
                template.to_owned()
            }
        }
    }
}

/// Returns the content of a cell with a sum; a gap while one of its terms is unfilled.
fn figure(total: &Total, format: &AmountFormat) -> CellContent {
    if total.is_unfilled() { Amount::GAP.into() } else { CellContent::Amount(format.number(total.or_zero())) }
}
