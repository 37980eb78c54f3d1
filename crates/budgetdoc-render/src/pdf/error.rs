//! krilla's errors in words.

use krilla::configure::ValidationError as Fault;
use krilla::error::KrillaError;
use krilla::text::Font;

use crate::error::{FontFault, RenderError};
use crate::font::{Face, FontBook};

/// Returns the error of a PDF that fails for the reason in `detail`.
pub(super) fn write(detail: impl Into<String>) -> RenderError {
    RenderError::Write { format: "PDF", detail: detail.into() }
}

/// Returns the error krilla ended with, each broken rule spelled out. A face of `fonts` that is to blame is named.
pub(super) fn from_krilla(error: &KrillaError, fonts: &FontBook) -> RenderError {
    let blamed = |font: &Font, fault: FontFault| {
        let is_it = |face: &&Face| Font::new(face.data().into(), face.index()).as_ref() == Some(font);
        // krilla compares checksums that a file may carry wrongly; the compiled-in faces are tested, so a file is to blame.
        let face = fonts.faces().iter().filter(is_it).max_by_key(|face| face.file().is_some());
        face.map(|face| face.unusable(fault))
    };
    let faults = match error {
        KrillaError::Validation(faults) => faults,
        KrillaError::Font(font, reason) => {
            let blamed = blamed(font, FontFault::NotEmbeddable(reason.clone()));
            return blamed.unwrap_or_else(|| write(error.to_string()));
        }
        _ => return write(error.to_string()),
    };
    let restricted = faults.iter().find_map(|(fault, _)| match fault {
        Fault::RestrictedLicense(font) => blamed(font, FontFault::Restricted),
        _ => None,
    });
    if let Some(error) = restricted {
        return error;
    }
    let mut rules: Vec<String> = Vec::new();
    for rule in faults.iter().map(|(fault, _)| describe(fault)) {
        // The same rule broken by every glyph of a page is said once.
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    write(format!("PDF/A-2a or PDF/UA-1 forbids it: {}", rules.join("; ")))
}

fn describe(fault: &Fault) -> String {
    match fault {
        Fault::TooLongString => "a string, such as the title, is longer than 32767 bytes".to_owned(),
        Fault::TooLongName => "a font's name is longer than 127 bytes".to_owned(),
        Fault::TooManyIndirectObjects => "the document has more than 8388607 objects".to_owned(),
        Fault::ContainsNotDefGlyph(_, _, text) => format!("{text:?} is set with the glyph for missing characters"),
        Fault::NoCodepointMapping(_, glyph, _) => format!("glyph {} stands for no character", glyph.to_u32()),
        Fault::InvalidCodepointMapping(_, glyph, character, _) | Fault::UnicodePrivateArea(_, glyph, character, _) => {
            format!(
                "glyph {} stands for U+{:04X}, a private or reserved character",
                glyph.to_u32(),
                u32::from(*character)
            )
        }
        Fault::RestrictedLicense(_) => "the licence flags of a font do not permit embedding it".to_owned(),
        Fault::NoDocumentLanguage => "the document has no language".to_owned(),
        Fault::NoDocumentTitle => "the document has no title".to_owned(),
        Fault::MissingHeadingTitle => "a heading has no words".to_owned(),
        Fault::MissingDocumentOutline => "the document has no outline".to_owned(),
        Fault::MissingAnnotationAltText(_) => "a link has no description".to_owned(),
        Fault::MissingDocumentDate => "the document has no date".to_owned(),
        Fault::MissingTagging => "the document has no structure".to_owned(),
        // The others need pictures, gradients, clip paths or attachments, none of which is ever drawn.
        other => format!("{other:?}"),
    }
}
