//! What can go wrong between a document and its files.

use budgetdoc_document::Place;
use budgetdoc_document::{GridError, Role};

/// A character that no face of a role has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no face of the {} role has the character {character:?} (U+{:04X})", role.name(), *character as u32)]
pub struct MissingGlyph {
    /// The character.
    pub character: char,
    /// The role it should have been set in.
    pub role: Role,
    /// Where the text stands in the user's file.
    pub place: Option<Place>,
}

fn joined(glyphs: &[MissingGlyph]) -> String {
    glyphs.iter().map(MissingGlyph::to_string).collect::<Vec<_>>().join("; ")
}

/// Why a document could not be set or written.
///
/// ```
/// use budgetdoc_document::Role;
/// use budgetdoc_render::RenderError;
/// use budgetdoc_render::font::{FontBook, FontSearch};
/// let families = vec![(Role::Body, "没有的字体".to_owned())];
/// let error = FontBook::load(&FontSearch { families, ..FontSearch::default() }).unwrap_err();
/// assert!(matches!(error, RenderError::UnknownFamily { role: Role::Body, .. }));
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// Characters that no face at hand has a glyph for, each once, in the order they were met.
    #[error("{}; write other characters or name a font that has them with --font and --font-dir", joined(.0))]
    MissingGlyphs(Vec<MissingGlyph>),
    /// A character that can stand in no document, such as U+0000.
    #[error("the control character U+{:04X} cannot be printed; delete it", *character as u32)]
    ControlCharacter {
        /// The character.
        character: char,
        /// Where the text stands in the user's file.
        place: Option<Place>,
    },
    /// A table whose cells do not make a grid.
    #[error("table {table}: {source}")]
    Grid {
        /// Number and title, or the position of a table without them.
        table: String,
        /// What is wrong.
        source: GridError,
    },
    /// A table that does not fit between the margins however narrow its columns.
    #[error(
        "table {table} is wider than its page by {excess} pt; take fixed widths from its columns or turn it to landscape"
    )]
    TableTooWide {
        /// Number and title, or the position.
        table: String,
        /// Points too many.
        excess: i32,
    },
    /// A page style whose margins leave no room, or a style without size or pitch.
    #[error("the page style leaves no room to set text: {detail}; correct the paper, the margins or the type size")]
    Page {
        /// What exactly.
        detail: String,
    },
    /// A font file that cannot be read.
    #[error("the font file {file} cannot be used: {detail}; name another with --font-dir")]
    Font {
        /// The file's path, or the face's name for a face that is built in.
        file: String,
        /// Why.
        detail: String,
    },
    /// A family the user asked for that is in none of the folders named.
    #[error("no font family {family:?} for the {} role was found in {}; name its folder with --font-dir or use --system-fonts", role.name(), searched.join(", "))]
    UnknownFamily {
        /// The role it was meant for.
        role: Role,
        /// The family.
        family: String,
        /// Where it was looked for.
        searched: Vec<String>,
    },
    /// A format's own rule is broken; the text of the writing library tells which.
    #[error(
        "the {format} file could not be written: {detail}; this is a defect of budgetdoc, please report it with the spec"
    )]
    Write {
        /// PDF or DOCX.
        format: &'static str,
        /// What the library said.
        detail: String,
    },
}
