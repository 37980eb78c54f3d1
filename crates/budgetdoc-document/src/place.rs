//! Places in the user's file, so that every message can point at its cause.

use serde::{Deserialize, Serialize};

/// A position in a spec or profile: line and column, both counted from one, columns in characters.
///
/// ```
/// use budgetdoc_core::{source::Place, spec::Spec};
/// # let yaml = include_str!("../../../specs/longgang-womens-federation-2022.yaml");
/// let spec = Spec::from_yaml(yaml)?;
/// let Place { line, column, .. } = spec.year.place.unwrap();
/// assert_eq!(&yaml.lines().nth(line as usize - 1).unwrap()[column as usize - 1..], "2022");
/// # Ok::<(), budgetdoc_core::error::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in characters.
    pub column: u32,
}
