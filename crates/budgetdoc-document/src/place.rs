//! Places in the user's file, so that every message can point at its cause.

use serde::{Deserialize, Serialize};

/// A position in a spec or profile: line and column, both counted from one, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in characters.
    pub column: u32,
}
