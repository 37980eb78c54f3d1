//! All faults of a YAML file, not only the first.
//!
//! serde gives up at the first fault. So a faulty file is read again and again, each time passing over the entries that
//! were found wrong and standing in for the keys that were found missing, until nothing new comes to light. Only files
//! with faults pay for it.

mod hole;
mod watch;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde_saphyr::{DuplicateKeyPolicy, Error};

use crate::error::options;
use crate::lang::nearest;
use crate::over::{Below, Over};
use watch::Watched;

/// How many readings a file gets: an end for files in which everything is wrong.
const READINGS: usize = 400;

/// Indices of entries from here on are stand-ins.
const STAND_IN: usize = usize::MAX / 2;

/// The way from the top of the file to an entry: the number of each entry on it.
type Path = Vec<usize>;

/// What is known of a file, and where the present reading is.
#[derive(Debug, Default)]
struct Survey {
    /// Entries found wrong. They are passed over.
    wrong: BTreeSet<Path>,
    /// Keys found missing, by the mapping they are missing in, each with the number of what stands in for its value.
    missing: BTreeMap<Path, Vec<(&'static str, usize)>>,
    path: RefCell<Path>,
    /// The last text read.
    word: RefCell<String>,
    /// The keys of the entries read so far.
    keys: RefCell<BTreeMap<Path, String>>,
    /// The entry the present reading came to an end in.
    end: RefCell<Option<Path>>,
}

impl Survey {
    /// Does `step` in the entry `index` of the present mapping or list, and remembers if it ends there.
    fn within<T, E>(&self, index: usize, step: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.path.borrow_mut().push(index);
        let result = step();
        if result.is_err() && self.end.borrow().is_none() {
            *self.end.borrow_mut() = Some(self.path.borrow().clone());
        }
        self.path.borrow_mut().pop();
        result
    }

    fn path_of(&self, index: usize) -> Path {
        let path = self.path.borrow();
        path.iter().copied().chain([index]).collect()
    }

    fn is_wrong(&self, index: usize) -> bool {
        self.wrong.contains(&self.path_of(index))
    }

    /// Remembers the last text read as the key of an entry.
    fn remember_key(&self, index: usize) {
        self.keys.borrow_mut().insert(self.path_of(index), self.word.take());
    }

    /// The stand-in for a key missing in the present mapping.
    fn stand_in(&self, index: usize) -> Option<(&'static str, usize)> {
        self.missing.get(&*self.path.borrow())?.get(index).copied()
    }

    /// Whether the key missing at `path` was found there already, but wrong or misspelt.
    fn explained(&self, path: &[usize], field: &str) -> bool {
        let keys = self.keys.borrow();
        let mut inside = self.wrong.iter().filter(|other| other.split_last().is_some_and(|(_, above)| above == path));
        inside.any(|entry| keys.get(entry).is_some_and(|key| nearest(key, [field]).is_some()))
    }
}

/// The faults of a text that cannot be read as a `T`, in the order they were found.
pub(crate) fn all<T: DeserializeOwned>(text: &str, below: &Below) -> Vec<Error> {
    let mut survey = Survey::default();
    let mut options = options();
    let mut faults: Vec<Error> = Vec::new();
    for _ in 0..READINGS {
        let reading = serde_saphyr::with_deserializer_from_str_with_options(text, options.clone(), |deserializer| {
            let inner = Over::new(deserializer, below.clone());
            T::deserialize(Watched { inner, survey: &survey })
        });
        let Err(fault) = reading else { break };
        let path = survey.end.take().unwrap_or_default();
        let depth = path.iter().position(|index| *index >= STAND_IN);
        match fault.without_snippet() {
            Error::SerdeMissingField { field, .. } => {
                let field = *field;
                if depth.is_none() && !survey.explained(&path, field) {
                    faults.push(fault);
                }
                survey.missing.entry(path).or_default().push((field, 0));
            }
            _ if depth.is_some() => {
                // A stand-in was of the wrong kind. Where none fits, the mapping it stands in is passed over.
                let depth = depth.unwrap_or_default();
                let above = path[..depth].to_vec();
                let index = path[depth] - STAND_IN;
                let tries = survey.missing.get_mut(&above).and_then(|fields| fields.get_mut(index));
                let Some((_, tried)) = tries else { break };
                *tried += 1;
                if *tried > hole::CHOICES && (above.is_empty() || !survey.wrong.insert(above)) {
                    break;
                }
            }
            inner => {
                if matches!(inner, Error::DuplicateMappingKey { .. }) {
                    // The reader would stop there again; from now on the types refuse keys that stand twice.
                    options.duplicate_keys = DuplicateKeyPolicy::PassThrough;
                }
                let stuck = path.is_empty() || !survey.wrong.insert(path);
                let place = |fault: &Error| fault.location().map(|place| (place.line(), place.column()));
                let (here, line) = (place(&fault), place(&fault).map(|(line, _)| line));
                let said = faults.iter().any(|known| place(known) == here);
                // What keeps the reader from going on is mostly what led to another fault in that line, and so is what
                // stands behind brackets where there should be none.
                let same = faults.iter().any(|known| {
                    let brackets = matches!(known.without_snippet(), Error::Unexpected { .. });
                    (stuck || brackets) && place(known).map(|(line, _)| line) == line
                });
                if !said && !same {
                    faults.push(fault);
                }
                if stuck {
                    break;
                }
            }
        }
    }
    faults
}
