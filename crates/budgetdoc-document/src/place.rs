use serde::{Deserialize, Serialize};

/// A place in the user's file (spec or profile), for messages to point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in characters.
    pub column: u32,
}

/// A stretch of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PlaceRange {
    /// The place of its first character.
    pub start: Place,
    /// The place behind its last character.
    pub end: Place,
}
