//! Specs in entry workbooks, which are read as YAML whose places have cells.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use budgetdoc::check::Severity;
use budgetdoc::lang::Bilingual;
use budgetdoc::workbook::{Book, Entries, LARGEST_FILE, Remark, Weight, is_entry_book, read_book, read_entries};

use crate::input::Input;
use crate::report::{Message, Source};
use crate::words;

/// Returns whether a path is a workbook's.
pub fn is_book(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"))
}

/// Reads the sheets of a workbook.
///
/// # Errors
/// It cannot be read.
pub fn sheets(path: &Path) -> Result<Book, Vec<Message>> {
    let mut bytes = Vec::new();
    // A device has no end: one byte over the limit is enough to refuse it.
    let read = File::open(path).and_then(|file| file.take(LARGEST_FILE as u64 + 1).read_to_end(&mut bytes));
    read.map_err(|error| vec![*words::cannot_read(&path.display().to_string(), &error)])?;
    read_book(&bytes).map_err(|error| vec![about(path, &error.message)])
}

/// Makes the message about a whole workbook.
pub fn about(path: &Path, text: &Bilingual) -> Message {
    let name = path.display();
    Message::plain(Bilingual::new(format!("{name}：{}", text.zh), format!("{name}: {}", text.en)), None)
}

/// Makes the message of a remark on a workbook.
pub fn message(remark: &Remark) -> Message {
    let Bilingual { zh, en } = &remark.message;
    let text = match &remark.place {
        Some(place) => Bilingual::new(format!("{place}：{zh}"), format!("{place}: {en}")),
        None => remark.message.clone(),
    };
    let severity = match remark.weight {
        Weight::Fault | Weight::Error => Severity::Error,
        Weight::Warning => Severity::Warning,
        Weight::Note => Severity::Note,
    };
    Message { severity, ..Message::plain(text, None) }
}

/// Reads a spec from an entry workbook.
///
/// # Errors
/// It cannot be read, or holds the tables of a budget instead of a spec.
pub fn read(input: &Input, path: &Path) -> Result<(Source, Vec<Message>), Vec<Message>> {
    let book = sheets(path)?;
    if !is_entry_book(&book) {
        return Err(vec![*words::no_entry_book(&input.name())]);
    }
    let told = |remarks: &[Remark]| remarks.iter().map(message).collect::<Vec<_>>();
    let Entries { text, cells, remarks } = read_entries(&book).map_err(|remarks| told(&remarks))?;
    Ok((Source::of_cells(&input.name(), text, cells), told(&remarks)))
}
