//! Records what templates print: in the output a figure is only its digits.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use budgetdoc_document::Place;

use crate::compose::passage::FigureInWords;

/// The records of one run of a template, shared by figures, filters and the environment.
#[derive(Clone, Debug, Default)]
pub(super) struct Trace(Arc<Mutex<Notes>>);

#[derive(Debug, Default)]
struct Notes {
    /// The last value an expression has made.
    made: Option<PrintedWords>,
    printed: VecDeque<PrintedWords>,
}

/// Printed words and their meaning, if known.
#[derive(Debug)]
pub(super) struct PrintedWords {
    pub words: String,
    pub means: Option<Meaning>,
}

/// Meaning of words.
#[derive(Clone, Debug)]
pub(super) enum Meaning {
    /// A figure.
    Figure(FigureInWords),
    /// Words of another text of the spec: its name, and their place.
    Quotation(Arc<str>, Option<Place>),
}

impl Trace {
    /// Clears the records.
    pub fn clear(&self) {
        *self.notes() = Notes::default();
    }

    /// Records a value an expression makes.
    pub fn make(&self, words: &str, means: Meaning) {
        self.notes().made = Some(PrintedWords { words: words.to_owned(), means: Some(means) });
    }

    /// Records words printed by an expression. They have the meaning of the last value made if that has the same words.
    pub fn print(&self, words: &str) {
        let mut notes = self.notes();
        let made = notes.made.take().filter(|made| made.words == words);
        notes.printed.push_back(made.unwrap_or_else(|| PrintedWords { words: words.to_owned(), means: None }));
    }

    /// Returns the meaning of the next words of the output. Words kept by `{% set %}` were printed earlier.
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
