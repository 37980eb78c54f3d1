//! Errors of laying out and writing a document.

use budgetdoc_document::{GridError, Place, Role};

/// A character that no face of a role has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no face of the {} role has the character {character:?} (U+{:04X})", role.name(), *character as u32)]
pub struct MissingGlyph {
    /// The character.
    pub character: char,
    /// The role of its text.
    pub role: Role,
    /// Place of the text in the spec.
    pub place: Option<Place>,
}

fn joined(glyphs: &[MissingGlyph]) -> String {
    glyphs.iter().map(MissingGlyph::to_string).collect::<Vec<_>>().join("; ")
}

/// Why a font file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FontError {
    /// It cannot be read, with the system's reason.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    /// It is no OpenType or TrueType font.
    #[error("it is not an OpenType or TrueType font")]
    NotAFont,
    /// The outline of a printed character cannot be drawn.
    #[error("the glyph of {0:?} is damaged")]
    DamagedGlyph(char),
    /// Its licence flags do not permit embedding (OpenType, OS/2 fsType).
    #[error("its licence flags (fsType) do not permit embedding")]
    Restricted,
    /// The PDF library cannot embed it, with its reason.
    #[error("it cannot be embedded: {0}")]
    NotEmbeddable(String),
}

impl FontError {
    fn in_chinese(&self) -> String {
        match self {
            FontError::Unreadable(reason) => format!("无法读取（{reason}）"),
            FontError::NotAFont => "不是 OpenType 或 TrueType 字体".to_owned(),
            FontError::DamagedGlyph(character) => format!("“{character}”的字形已损坏"),
            FontError::Restricted => "字体的授权标志（fsType）不允许嵌入文件".to_owned(),
            FontError::NotEmbeddable(reason) => format!("无法嵌入文件（{reason}）"),
        }
    }
}

/// Error of laying out or writing a document.
///
/// `Display` gives the message in English, [`RenderError::in_chinese`] in Chinese, [`RenderError::remedy`] the remedy.
///
/// ```
/// use budgetdoc_document::Role;
/// use budgetdoc_render::RenderError;
/// use budgetdoc_render::font::{FontBook, FontSearch};
/// let families = vec![(Some(Role::Body), "没有的字体".to_owned())];
/// let error = FontBook::load(&FontSearch { families, ..FontSearch::default() }).unwrap_err();
/// assert!(matches!(error, RenderError::UnknownFamily { role: "body", .. }));
/// assert_eq!(error.code(), "unknown-family");
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// Characters that no face has a glyph for, each once, in the order of the document.
    #[error("{}", joined(.0))]
    MissingGlyphs(Vec<MissingGlyph>),
    /// A control character, such as U+0000.
    #[error("the control character U+{:04X} cannot be printed", *character as u32)]
    ControlCharacter {
        /// The character.
        character: char,
        /// Place of the text in the spec.
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
    /// A table that does not fit between the margins at its narrowest.
    #[error("table {table} is wider than its page by {excess} pt")]
    TableTooWide {
        /// Number and title, or the position.
        table: String,
        /// Excess width in points, in the smallest type.
        excess: i32,
        /// Whether its page is wider than high already.
        turned: bool,
    },
    /// A page style whose margins leave no room, or a style without size or pitch.
    #[error("the page style leaves no room to set text: {en}")]
    Page {
        /// What is wrong, in Chinese.
        zh: String,
        /// The same in English.
        en: String,
    },
    /// A font file that cannot be used.
    #[error("the font file {file} cannot be used: {error}")]
    Font {
        /// The file's path, or the face's name for a face that is built in.
        file: String,
        /// Why.
        error: FontError,
    },
    /// A family named by the user that is in none of the folders.
    #[error("no font family {family:?} for the {role} role was found in {}", searched.join(", "))]
    UnknownFamily {
        /// The name of the role it is named for, or `fallback`.
        role: &'static str,
        /// The family.
        family: String,
        /// Folders searched for it.
        searched: Vec<String>,
    },
    /// A file cannot be written, because it breaks a rule of its format or the output fails.
    #[error("the {format} file could not be written: {detail}")]
    Write {
        /// PDF, DOCX or XLSX.
        format: &'static str,
        /// Reason, as the writing library gives it.
        detail: String,
    },
}

impl MissingGlyph {
    /// Returns the message in Chinese.
    pub fn in_chinese(&self) -> String {
        let MissingGlyph { character, role, .. } = self;
        format!("所有字体都没有字符“{character}”（U+{:04X}，用于 {}）", u32::from(*character), role.name())
    }
}

impl RenderError {
    /// All codes, each with a summary in Chinese and English.
    pub const CODES: [(&str, &str, &str); 8] = [
        ("control-character", "文字中有控制字符", "a text has a control character"),
        ("font-file", "字体文件不能使用", "a font file cannot be used"),
        ("missing-glyphs", "所有字体都没有的字符", "no face has a character"),
        ("page-style", "版面没有留出排字的位置", "a page style leaves no room to set text"),
        ("table-grid", "单元格拼不成表格", "the cells of a table make no grid"),
        ("table-too-wide", "表比版心宽", "a table is wider than its page"),
        ("unknown-family", "找不到指定的字体", "a font family is not found"),
        ("write", "文件未能生成", "a file could not be written"),
    ];

    /// Returns the code of the variant, which is stable from version to version.
    pub const fn code(&self) -> &'static str {
        match self {
            RenderError::MissingGlyphs(_) => "missing-glyphs",
            RenderError::ControlCharacter { .. } => "control-character",
            RenderError::Grid { .. } => "table-grid",
            RenderError::TableTooWide { .. } => "table-too-wide",
            RenderError::Page { .. } => "page-style",
            RenderError::Font { .. } => "font-file",
            RenderError::UnknownFamily { .. } => "unknown-family",
            RenderError::Write { .. } => "write",
        }
    }

    /// Returns the place of the text in the spec, of several texts the first.
    pub fn place(&self) -> Option<Place> {
        match self {
            RenderError::MissingGlyphs(glyphs) => glyphs.iter().find_map(|glyph| glyph.place),
            RenderError::ControlCharacter { place, .. } => *place,
            RenderError::Grid { .. }
            | RenderError::TableTooWide { .. }
            | RenderError::Page { .. }
            | RenderError::Font { .. }
            | RenderError::UnknownFamily { .. }
            | RenderError::Write { .. } => None,
        }
    }

    /// Returns the message in Chinese.
    pub fn in_chinese(&self) -> String {
        match self {
            RenderError::MissingGlyphs(glyphs) => {
                glyphs.iter().map(MissingGlyph::in_chinese).collect::<Vec<_>>().join("；")
            }
            RenderError::ControlCharacter { character, .. } => {
                format!("文字中有不能打印的控制字符 U+{:04X}", u32::from(*character))
            }
            RenderError::Grid { table, source } => format!("表“{table}”的单元格拼不成表格：{}", source.in_chinese()),
            RenderError::TableTooWide { table, excess, .. } => format!("表“{table}”比版心宽 {excess} 磅"),
            RenderError::Page { zh, .. } => format!("版面没有留出排字的位置：{zh}"),
            RenderError::Font { file, error } => format!("字体文件 {file} 不能使用：{}", error.in_chinese()),
            RenderError::UnknownFamily { role, family, searched } => {
                format!("找不到 {role} 指定的字体“{family}”，已查找：{}", searched.join("、"))
            }
            RenderError::Write { format, detail } => format!("{format} 文件未能生成：{detail}"),
        }
    }

    /// Returns the remedy in Chinese and English.
    pub const fn remedy(&self) -> (&'static str, &'static str) {
        match self {
            RenderError::MissingGlyphs(_) => {
                ("请换一个字，或提供含有该字的字体", "write another character, or give a font that has it")
            }
            RenderError::ControlCharacter { .. } => ("请删去这个字符", "delete the character"),
            RenderError::Grid { .. } => {
                ("请核对各行单元格的数目和合并范围", "check the number of cells in each row and their spans")
            }
            RenderError::TableTooWide { turned: true, .. } => (
                "纸张已是横向：请减小固定栏宽，去掉几栏或改用较大的金额单位",
                "the page is landscape: remove fixed column widths or columns, or take a larger unit of amounts",
            ),
            RenderError::TableTooWide { turned: false, .. } => {
                ("请减小栏宽或改为横向", "remove fixed column widths or make it landscape")
            }
            RenderError::Page { .. } => ("请修改纸张、页边距或字号", "correct the paper, the margins or the type size"),
            RenderError::Font { .. } => ("请换用另一个字体文件", "give another font file"),
            RenderError::UnknownFamily { .. } => ("请提供字体所在的文件夹", "give the folder that holds the family"),
            RenderError::Write { .. } => (
                "这是 budgetdoc 的缺陷，请连同数据文件一起报告",
                "this is a bug in budgetdoc; please report it with the document",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn errors_have_codes_of_their_own_and_name_no_option() {
        let place = Some(Place { line: 3, column: 5 });
        let text = || "a".to_owned();
        let errors = [
            RenderError::MissingGlyphs(vec![MissingGlyph { character: '龘', role: Role::Body, place }]),
            RenderError::ControlCharacter { character: '\u{7}', place },
            RenderError::Grid { table: text(), source: GridError::Width { group: 0, row: 1, covered: 2, columns: 3 } },
            RenderError::TableTooWide { table: text(), excess: 3, turned: true },
            RenderError::Page { zh: text(), en: text() },
            RenderError::Font { file: text(), error: FontError::NotAFont },
            RenderError::UnknownFamily { role: "body", family: text(), searched: Vec::new() },
            RenderError::Write { format: "PDF", detail: text() },
        ];
        let codes: BTreeSet<&str> = errors.iter().map(RenderError::code).collect();
        assert_eq!(codes.into_iter().collect::<Vec<_>>(), RenderError::CODES.map(|(code, ..)| code));
        assert_eq!(errors.iter().filter_map(RenderError::place).count(), 2);
        for error in &errors {
            let (zh, en) = error.remedy();
            let said = [error.to_string(), error.in_chinese(), zh.to_owned(), en.to_owned()];
            assert!(said.iter().all(|text| !text.contains("--")), "{said:?}");
        }
    }
}
