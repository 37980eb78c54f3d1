use std::cmp::Reverse;
use std::path::PathBuf;
use std::sync::Arc;

use budgetdoc_document::Role;
use budgetdoc_fonts::{NOTO_SANS, NOTO_SERIF, NOTO_SERIF_BOLD, SYMBOLS, TINOS, TINOS_BOLD};
use filebuffer::FileBuffer;
use skrifa::FontRef;
use skrifa::raw::TableProvider;

use super::face::{Face, FaceGlyphs, FaceId};
use super::glyphs::FaceGlyph;
use super::search::FontSearch;
use crate::{FontError, RenderError};

const SERIF_BOLD: FaceId = FaceId(0);
const SERIF: FaceId = FaceId(1);
const SANS: FaceId = FaceId(2);
const LATIN: FaceId = FaceId(3);
const LATIN_BOLD: FaceId = FaceId(4);
const SYMBOL: FaceId = FaceId(5);

/// Faces that may not be compiled in: the role, the file and the family.
const RUN_TIME: [(Role, &str, &str); 2] =
    [(Role::Body, "FandolFang-Regular.ttf", "FandolFang"), (Role::Subheading, "FandolKai-Regular.ttf", "FandolKai")];

/// The file and family of a face for hanzi that no other face has, such as 囧 and 𠮷. Without it no
/// warning is given: the characters it would draw are named as missing.
const WIDE: (&str, &str) = ("NotoSerifSC-Wide.otf", "Noto Serif SC Wide");

/// A role set in a stand-in because its own face was not found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no {wanted} for the {} role in {}: {used} is used instead", role.name(), searched.join(", "))]
pub struct FontWarning {
    /// The role.
    pub role: Role,
    /// Family that belongs to the role.
    pub wanted: String,
    /// Family used instead.
    pub used: String,
    /// Folders searched for it.
    pub searched: Vec<String>,
}

impl FontWarning {
    /// Code and summary of every such warning, in Chinese and English, like
    /// [`RenderError::CODES`](crate::RenderError::CODES) of errors.
    pub const CODE: (&str, &str, &str) = ("stand-in-face", "改用了代用字体", "a stand-in replaces a face");
}

/// The faces of a document and, for every role, the order in which they are tried.
///
/// ```
/// use budgetdoc_document::Role;
/// use budgetdoc_render::font::{FontBook, FontSearch};
/// let book = FontBook::load(&FontSearch::default())?;
/// // Without a folder to look in, 仿宋 and 楷体 have stand-ins, and the book says so.
/// assert_eq!(book.warnings().len(), 2);
/// assert_eq!(book.family_for(Role::Body), None);
/// # Ok::<(), budgetdoc_render::RenderError>(())
/// ```
#[derive(Clone, Debug)]
pub struct FontBook {
    faces: Vec<Face>,
    /// The faces of Chinese characters, by role.
    chains: Vec<Vec<FaceId>>,
    /// The faces of Latin letters and digits in text.
    latin: Vec<FaceId>,
    /// The faces of Latin letters and digits next to heavy Chinese faces.
    latin_bold: Vec<FaceId>,
    families: Vec<(Role, String)>,
    warnings: Vec<FontWarning>,
}

impl FontBook {
    /// Loads the compiled-in faces, 仿宋 and 楷体 from the folders of `search`, and the families it names.
    ///
    /// # Errors
    /// A font file that cannot be read, or a family that is not found.
    pub fn load(search: &FontSearch) -> Result<Self, RenderError> {
        let mut book = FontBook::compiled_in()?;
        let named_roles: Vec<Role> = search.families.iter().filter_map(|(role, _)| *role).collect();
        for (role, file_name, family) in RUN_TIME.iter().filter(|(role, ..)| !named_roles.contains(role)) {
            match search.find(file_name) {
                Some(path) => {
                    let face = read(family, path, 0)?;
                    let id = book.add(face);
                    book.chains[*role as usize].insert(0, id);
                }
                None => {
                    let used = book.faces[book.chains[*role as usize][0].index()].family().to_owned();
                    book.warnings.push(FontWarning {
                        role: *role,
                        wanted: (*family).to_owned(),
                        used,
                        searched: search.names(),
                    });
                }
            }
        }
        if !search.families.is_empty() {
            book.add_families(search)?;
        }
        if let Some(path) = search.find(WIDE.0) {
            let id = book.add(read(WIDE.1, path, 0)?);
            book.chains.iter_mut().for_each(|chain| chain.push(id));
        }
        Ok(book)
    }

    fn compiled_in() -> Result<Self, RenderError> {
        let built_in = |family: &str, data: &'static [u8]| Face::new(family, None, Arc::new(data), 0);
        let faces = vec![
            built_in("Noto Serif CJK SC Bold", NOTO_SERIF_BOLD)?,
            built_in("Noto Serif CJK SC", NOTO_SERIF)?,
            built_in("Noto Sans CJK SC Medium", NOTO_SANS)?,
            built_in("Tinos", TINOS)?,
            built_in("Tinos Bold", TINOS_BOLD)?,
            built_in("Noto Sans Symbols 2", SYMBOLS)?,
        ];
        let chains = Role::ALL
            .iter()
            .map(|role| match role {
                Role::Title => vec![SERIF_BOLD, SERIF, SANS, LATIN, SYMBOL],
                Role::Heading | Role::Subheading => vec![SANS, SERIF, LATIN, SYMBOL],
                Role::Body | Role::Table | Role::Latin => vec![SERIF, SANS, LATIN, SYMBOL],
            })
            .collect();
        let (latin, latin_bold) = (vec![LATIN], vec![LATIN_BOLD, LATIN]);
        Ok(FontBook { faces, chains, latin, latin_bold, families: Vec::new(), warnings: Vec::new() })
    }

    fn add_families(&mut self, search: &FontSearch) -> Result<(), RenderError> {
        let mut database = fontdb::Database::new();
        for file in search.font_files() {
            // A file that cannot be read has no family: a family named in vain is reported as unknown.
            let _ = database.load_font_file(file);
        }
        if search.system {
            database.load_system_fonts();
        }
        for (role, family) in &search.families {
            let mut add = |weight| {
                self.add_family(&database, family, weight)?.ok_or_else(|| RenderError::UnknownFamily {
                    role: role.map_or(Role::FALLBACK, Role::name),
                    family: family.clone(),
                    searched: search.names(),
                })
            };
            let (normal, bold) = (fontdb::Weight::NORMAL, fontdb::Weight::BOLD);
            match *role {
                Some(Role::Latin) => {
                    let (id, bold_id) = (add(normal)?, add(bold)?);
                    self.latin.insert(0, id);
                    self.latin_bold.insert(0, bold_id);
                }
                Some(role) => {
                    let id = add(if role == Role::Title { bold } else { normal })?;
                    self.chains[role as usize].insert(0, id);
                }
                None => {
                    let id = add(normal)?;
                    self.chains.iter_mut().for_each(|chain| chain.push(id));
                }
            }
            self.families.extend(role.map(|role| (role, family.clone())));
        }
        Ok(())
    }

    fn add_family(
        &mut self,
        database: &fontdb::Database,
        family: &str,
        weight: fontdb::Weight,
    ) -> Result<Option<FaceId>, RenderError> {
        let query = fontdb::Query { families: &[fontdb::Family::Name(family)], weight, ..fontdb::Query::default() };
        let Some(found) = database.query(&query).and_then(|id| database.face(id)) else {
            return Ok(None);
        };
        // The whole face, not one of its name that is trimmed.
        let is_alike = |face: &&fontdb::FaceInfo| {
            (&face.families, face.weight, face.style, face.stretch)
                == (&found.families, found.weight, found.style, found.stretch)
        };
        let whole = database.faces().filter(is_alike).min_by_key(|face| Reverse(glyph_count(database, face.id)));
        let Some((source, index)) = whole.and_then(|face| database.face_source(face.id)) else {
            return Ok(None);
        };
        let face = match source {
            fontdb::Source::File(path) | fontdb::Source::SharedFile(path, _) => read(family, path, index)?,
            fontdb::Source::Binary(data) => Face::new(family, None, data, index)?,
        };
        Ok(Some(self.add(face)))
    }

    fn add(&mut self, face: Face) -> FaceId {
        let is_same =
            |other: &Face| other.file().is_some() && other.file() == face.file() && other.index() == face.index();
        if let Some(index) = self.faces.iter().position(is_same) {
            return FaceId(index as u16);
        }
        self.faces.push(face);
        // A book has few faces: one for each family that a role names.
        FaceId((self.faces.len() - 1) as u16)
    }

    /// Returns a face by its number.
    ///
    /// # Panics
    /// If the number is of another book.
    pub fn face(&self, id: FaceId) -> &Face {
        &self.faces[id.index()]
    }

    /// Returns all faces, in the order of their numbers.
    pub fn faces(&self) -> &[Face] {
        &self.faces
    }

    /// Returns the first face of a role's Chinese characters; for [`Role::Latin`] that of letters and digits.
    pub fn first_face(&self, role: Role) -> FaceId {
        match role {
            Role::Latin => self.latin[0],
            _ => self.chains[role as usize][0],
        }
    }

    /// Returns the family that [`FontSearch::families`] names for a role.
    pub fn family_for(&self, role: Role) -> Option<&str> {
        self.families.iter().rev().find(|(named, _)| *named == role).map(|(_, family)| family.as_str())
    }

    /// Returns a warning for each role set in a stand-in.
    pub fn warnings(&self) -> &[FontWarning] {
        &self.warnings
    }

    /// Returns the glyph that sets `character` in `role`. `tables` are those of the faces, in their order.
    /// [`super::GlyphTable`] caches the result.
    pub(crate) fn look_up(&self, tables: &[Option<FaceGlyphs<'_>>], role: Role, character: char) -> Option<FaceGlyph> {
        // Digits of regular weight look faint next to 黑体 and the titles.
        let is_heavy = matches!(role, Role::Title | Role::Heading);
        let latin = if is_heavy { &self.latin_bold } else { &self.latin };
        let chain = &self.chains[role as usize];
        let (first, second) = if is_latin(character) || role == Role::Latin { (latin, chain) } else { (chain, latin) };
        first.iter().chain(second).find_map(|id| {
            let face = &self.faces[id.index()];
            if character == '￥' && face.family() == "FandolFang" {
                // FandolFang draws a dollar sign.
                return None;
            }
            let (glyph, units) = tables[id.index()].as_ref()?.glyph(character)?;
            let ink = if is_punctuation(character) { face.ink_sides(glyph) } else { None };
            let ink = ink.unwrap_or((0, i32::from(units)));
            Some(FaceGlyph { face: *id, id: glyph, units, units_per_em: face.units_per_em(), ink })
        })
    }
}

/// Returns whether a character is set in the Latin face: letters, digits and ASCII marks. Marks that Chinese and Latin
/// share, such as quotation marks and dashes, are Chinese (clreq 3.1.2).
pub(crate) fn is_latin(character: char) -> bool {
    matches!(character, '\u{20}'..='\u{7e}' | '\u{a0}' | '\u{c0}'..='\u{24f}') && !matches!(character, '×' | '÷')
}

/// Returns whether a character is of the blocks of full-width punctuation, whose blank halves can be cut.
fn is_punctuation(character: char) -> bool {
    matches!(character,
        '\u{b7}' | '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{301f}' | '\u{30fb}' | '\u{ff01}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}

/// Returns the number of glyphs of a face; 0 if it cannot be read.
fn glyph_count(database: &fontdb::Database, id: fontdb::ID) -> u16 {
    let count = |data: &[u8], index| FontRef::from_index(data, index).ok()?.maxp().ok().map(|maxp| maxp.num_glyphs());
    database.with_face_data(id, count).flatten().unwrap_or_default()
}

fn read(family: &str, path: PathBuf, index: u32) -> Result<Face, RenderError> {
    let unreadable = |error: std::io::Error| RenderError::Font {
        file: path.display().to_string(),
        error: FontError::Unreadable(error.to_string()),
    };
    // Mapped: most of a Chinese face is never needed.
    let data = FileBuffer::open(&path).map_err(unreadable)?;
    Face::new(family, Some(path), Arc::new(data), index)
}
