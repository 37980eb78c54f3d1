//! The font families a Word file names, and the font table for Word's substitutes.

use budgetdoc_document::Role;

use super::W;
use super::xml::{Element, Xml};

/// The family for each role: the user's, else the one of the official look.
pub(super) struct Families {
    names: Vec<String>,
}

impl Families {
    /// Creates the families; `named` returns the user's family for a role.
    pub(super) fn new<'f>(named: impl Fn(Role) -> Option<&'f str>) -> Self {
        let names = Role::ALL.iter().map(|role| named(*role).unwrap_or(role.office_family()).to_owned()).collect();
        Families { names }
    }

    /// Returns the family of a role.
    pub(super) fn family(&self, role: Role) -> &str {
        &self.names[role as usize]
    }

    /// Writes `w:rFonts` of text in `role`: its family for Chinese characters, the Latin one for letters and digits,
    /// which in titles are in the face of the titles. Faces of the theme are named as such.
    pub(super) fn write(&self, xml: &mut Xml, role: Role) {
        let latin = self.family(Role::Latin);
        let fonts = xml.element("w:rFonts");
        match role {
            Role::Title => write_theme(fonts, "major"),
            Role::Body => write_theme(fonts, "minor"),
            Role::Heading | Role::Subheading | Role::Table | Role::Latin => fonts
                .attr("w:asciiTheme", "minorHAnsi")
                .attr("w:eastAsia", self.family(role))
                .attr("w:hAnsiTheme", "minorHAnsi"),
        }
        .attr("w:cs", latin);
    }

    /// Writes `w:rFonts` of a style in `role` that is based on one in `base`.
    pub(super) fn write_change(&self, xml: &mut Xml, base: Role, role: Role) {
        if base == Role::Title || matches!(role, Role::Title | Role::Body) {
            self.write(xml, role);
        } else {
            xml.element("w:rFonts").attr("w:eastAsia", self.family(role));
        }
    }

    /// Writes `word/fontTable.xml`: other names and the build of each family, by which Word finds a substitute.
    pub(super) fn write_table(&self, xml: &mut Xml) {
        xml.element("w:fonts").attr("xmlns:w", W).children(|xml| {
            let mut written: Vec<&str> = Vec::new();
            for (role, name) in Role::ALL.iter().zip(&self.names) {
                if written.contains(&name.as_str()) {
                    continue;
                }
                written.push(name);
                write_font(xml, name, *role);
            }
        });
    }
}

/// Writes the faces of the theme, `major` or `minor`.
fn write_theme<'x, 's>(fonts: Element<'x, 's>, faces: &str) -> Element<'x, 's> {
    fonts
        .attr("w:asciiTheme", format_args!("{faces}HAnsi"))
        .attr("w:eastAsiaTheme", format_args!("{faces}EastAsia"))
        .attr("w:hAnsiTheme", format_args!("{faces}HAnsi"))
}

fn write_font(xml: &mut Xml, name: &str, role: Role) {
    // The first of the other names is one that Windows or Office has.
    // (other names, PANOSE, character set, family, pitch) as Windows describes its own faces.
    let (other, panose, charset, family, pitch) = match name {
        "方正小标宋简体" => (
            Some("华文中宋,STZhongsong,FZXiaoBiaoSong-B05S,方正小标宋_GBK,小标宋"),
            Some("03000509000000000000"),
            0x86,
            "script",
            "fixed",
        ),
        "黑体" => (Some("SimHei"), Some("02010609060101010101"), 0x86, "modern", "fixed"),
        "楷体_GB2312" => (Some("楷体,KaiTi,KaiTi_GB2312"), Some("02010609030101010101"), 0x86, "modern", "fixed"),
        "仿宋_GB2312" => {
            (Some("仿宋,FangSong,FangSong_GB2312"), Some("02010609030101010101"), 0x86, "modern", "fixed")
        }
        "宋体" => (Some("SimSun"), Some("02010600030101010101"), 0x86, "auto", "variable"),
        "Times New Roman" => (None, Some("02020603050405020304"), 0x00, "roman", "variable"),
        _ if role == Role::Latin => (None, None, 0x00, "roman", "variable"),
        _ => (None, None, 0x86, "auto", "variable"),
    };
    xml.element("w:font").attr("w:name", name).children(|xml| {
        if let Some(other) = other {
            xml.val("w:altName", other);
        }
        if let Some(panose) = panose {
            xml.val("w:panose1", panose);
        }
        xml.val("w:charset", format_args!("{charset:02X}"));
        xml.val("w:family", family);
        xml.val("w:pitch", pitch);
    });
}
