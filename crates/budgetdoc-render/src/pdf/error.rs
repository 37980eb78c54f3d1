//! krilla's errors in words.

use krilla::configure::ValidationError as BrokenRule;
use krilla::error::KrillaError;
use krilla::text::Font;

use crate::error::{FontError, RenderError};
use crate::font::{Face, FontBook};

/// Returns the error of a PDF that fails for the reason in `detail`.
pub(super) fn write(detail: impl Into<String>) -> RenderError {
    RenderError::Write { format: "PDF", detail: detail.into() }
}

/// Returns the error krilla ended with, each broken rule spelled out. A face of `fonts` that is to blame is named.
pub(super) fn from_krilla(error: &KrillaError, fonts: &FontBook) -> RenderError {
    let blamed = |font: &Font, error: FontError| {
        let is_it = |face: &&Face| Font::new(face.data().into(), face.index()).as_ref() == Some(font);
        // krilla compares checksums that a file may carry wrongly; the compiled-in faces are tested, so a file is to blame.
        let face = fonts.faces().iter().filter(is_it).max_by_key(|face| face.file().is_some());
        face.map(|face| face.unusable(error))
    };
    let broken = match error {
        KrillaError::Validation(broken) => broken,
        KrillaError::Font(font, reason) => {
            let blamed = blamed(font, FontError::NotEmbeddable(reason.clone()));
            return blamed.unwrap_or_else(|| write(error.to_string()));
        }
        _ => return write(error.to_string()),
    };
    let restricted = broken.iter().find_map(|(rule, _)| match rule {
        BrokenRule::RestrictedLicense(font) => blamed(font, FontError::Restricted),
        _ => None,
    });
    if let Some(error) = restricted {
        return error;
    }
    let mut rules: Vec<String> = Vec::new();
    for rule in broken.iter().map(|(rule, _)| describe(rule)) {
        // The same rule broken by every glyph of a page is reported once.
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    write(format!("PDF/A-2a or PDF/UA-1 forbids it: {}", rules.join("; ")))
}

fn describe(rule: &BrokenRule) -> String {
    match rule {
        BrokenRule::TooLongString => "a string, such as the title, is longer than 32767 bytes".to_owned(),
        BrokenRule::TooLongName => "a font's name is longer than 127 bytes".to_owned(),
        BrokenRule::TooManyIndirectObjects => "the document has more than 8388607 objects".to_owned(),
        BrokenRule::ContainsNotDefGlyph(_, _, text) => format!("{text:?} is set with the glyph for missing characters"),
        BrokenRule::NoCodepointMapping(_, glyph, _) => format!("glyph {} stands for no character", glyph.to_u32()),
        BrokenRule::InvalidCodepointMapping(_, glyph, character, _)
        | BrokenRule::UnicodePrivateArea(_, glyph, character, _) => {
            format!(
                "glyph {} stands for U+{:04X}, a private or reserved character",
                glyph.to_u32(),
                u32::from(*character)
            )
        }
        BrokenRule::RestrictedLicense(_) => "the licence flags of a font do not permit embedding it".to_owned(),
        BrokenRule::NoDocumentLanguage => "the document has no language".to_owned(),
        BrokenRule::NoDocumentTitle => "the document has no title".to_owned(),
        BrokenRule::MissingHeadingTitle => "a heading has no words".to_owned(),
        BrokenRule::MissingDocumentOutline => "the document has no outline".to_owned(),
        BrokenRule::MissingAnnotationAltText(_) => "a link has no description".to_owned(),
        BrokenRule::MissingDocumentDate => "the document has no date".to_owned(),
        BrokenRule::MissingTagging => "the document has no structure".to_owned(),
        // The others need pictures, gradients, clip paths or attachments, none of which is ever drawn.
        other => format!("{other:?}"),
    }
}
