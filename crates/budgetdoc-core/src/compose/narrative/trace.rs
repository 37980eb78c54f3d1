//! What the template language prints, noted while it does: the output alone does not tell a figure from its digits.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use budgetdoc_document::Place;

use crate::compose::passage::FigureInWords;

/// What is noted of one run of a template. Figures, filters and the environment share it.
#[derive(Clone, Debug, Default)]
pub(super) struct Trace(Arc<Mutex<Notes>>);

#[derive(Debug, Default)]
struct Notes {
    /// What an expression has made so far; it may go on with it.
    made: Option<PrintedWords>,
    printed: VecDeque<PrintedWords>,
}

/// Words that were printed, and what they stand for if that is known.
#[derive(Debug)]
pub(super) struct PrintedWords {
    pub words: String,
    pub means: Option<Meaning>,
}

/// What words stand for.
#[derive(Clone, Debug)]
pub(super) enum Meaning {
    /// A figure.
    Figure(FigureInWords),
    /// Words the spec has elsewhere: what they are part of, and where they begin.
    Quotation(Arc<str>, Option<Place>),
}

impl Trace {
    /// Forgets what was noted.
    pub fn clear(&self) {
        *self.notes() = Notes::default();
    }

    /// Notes what an expression makes.
    pub fn make(&self, words: &str, means: Meaning) {
        self.notes().made = Some(PrintedWords { words: words.to_owned(), means: Some(means) });
    }

    /// Notes that an expression's words are printed. They are what was made last if they are still the same.
    pub fn print(&self, words: &str) {
        let mut notes = self.notes();
        let made = notes.made.take().filter(|made| made.words == words);
        notes.printed.push_back(made.unwrap_or_else(|| PrintedWords { words: words.to_owned(), means: None }));
    }

    /// Returns what the next words of the output stand for. Words that were kept (`{% set %}`) were printed before.
    pub fn next(&self, words: &str) -> Option<Meaning> {
        let mut notes = self.notes();
        while let Some(printed) = notes.printed.pop_front() {
            if printed.words == words {
                return printed.means;
            }
        }
        None
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
