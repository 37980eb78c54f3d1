//! Faces and which of them sets which character.
//!
//! A [`FontBook`] gives every [`Role`](budgetdoc_document::Role) a chain of faces. The open faces under the SIL
//! licence are compiled in; 仿宋 and 楷体 are looked for in folders when the program runs, and so is any family the user
//! names. Nothing here reads the environment or prints: the caller passes folders in and shows the warnings.

mod book;
#[cfg(test)]
mod damaged;
mod face;
mod glyphs;
mod missing;
mod search;

pub(crate) use book::is_latin;
pub use book::{FontBook, FontWarning};
pub use face::{Face, FaceId};
pub(crate) use glyphs::{FaceGlyph, GlyphTable};
pub use search::{FontSearch, Surroundings};
