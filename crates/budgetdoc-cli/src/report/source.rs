//! A file of the user, kept to show its lines.

use std::sync::Arc;

use budgetdoc::document::Place;

use super::Message;
use crate::input::Input;

/// A file of the user.
#[derive(Clone, Debug)]
pub struct Source {
    pub name: String,
    pub text: String,
    /// The byte each line begins at, and the end.
    starts: Vec<usize>,
    /// The places that the cells of a workbook begin at, in order, each with the cell's name; none of a text.
    cells: Vec<(Place, String)>,
}

impl Source {
    pub fn new(name: &str, text: String) -> Arc<Source> {
        Arc::new(Source::of_cells(name, text, Vec::new()))
    }

    /// Makes the source of a workbook, `text` being what its cells say.
    pub fn of_cells(name: &str, text: String, cells: Vec<(Place, String)>) -> Source {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).chain([text.len()]);
        Source { name: name.to_owned(), starts: starts.collect(), text, cells }
    }

    /// Reads an input whole.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(input: &Input) -> Result<Arc<Source>, Vec<Message>> {
        Ok(Source::read_noted(input)?.0)
    }

    /// Reads an input whole. Returns notes on its encoding, and on what of a workbook is not read.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read_noted(input: &Input) -> Result<(Arc<Source>, Vec<Message>), Vec<Message>> {
        #[cfg(feature = "workbook")]
        if let Some(path) = input.path.as_deref().filter(|path| crate::entry_book::is_book(path)) {
            let (source, notes) = crate::entry_book::read(input, path)?;
            return Ok((Arc::new(source), notes));
        }
        let (text, note) = input.read().map_err(|message| vec![*message])?;
        Ok((Source::new(&input.name(), text), note.into_iter().collect()))
    }

    /// Returns whether it is a workbook.
    pub fn is_book(&self) -> bool {
        !self.cells.is_empty()
    }

    /// Returns the name of the cell of a place; none of a text.
    pub fn cell(&self, place: Place) -> Option<&str> {
        let index = self.cells.partition_point(|(known, _)| *known <= place);
        self.cells.get(index.saturating_sub(1)).map(|(_, cell)| cell.as_str())
    }

    /// Returns a place as messages name it: `budget.yaml:3:5`, or `budget.xlsx:收入!B7`.
    pub fn at(&self, place: Place) -> String {
        match self.cell(place) {
            Some(cell) => format!("{}:{cell}", self.name),
            None => format!("{}:{}:{}", self.name, place.line, place.column),
        }
    }

    /// Returns the bytes of the words from `place` to `end`, their start and number. Without an end those of the word
    /// at `place`: to the next space, bracket or Chinese mark, at least one character.
    pub fn span(&self, place: Place, end: Option<Place>) -> (usize, usize) {
        let (start, word) = self.rest(place);
        if let Some(end) = end {
            let (end, _) = self.rest(end);
            return (start, end.saturating_sub(start));
        }
        let end =
            word.find(|character: char| character.is_whitespace() || ",}]:，。；：、）》〕】”".contains(character));
        let first = word.chars().next().map_or(0, char::len_utf8);
        (start, end.unwrap_or(word.len()).max(first))
    }

    /// Returns the byte at `place` and the rest of its line.
    fn rest(&self, place: Place) -> (usize, &str) {
        let column = usize::try_from(place.column).unwrap_or(1).saturating_sub(1);
        let start = self.start(place.line);
        let rest = self.text[start..].lines().next().unwrap_or_default();
        let offset = rest.char_indices().nth(column).map_or(rest.len(), |(offset, _)| offset);
        (start + offset, &rest[offset..])
    }

    /// Returns how many lines it has; behind a line break at the end is one more.
    pub fn lines(&self) -> u32 {
        u32::try_from(self.starts.len() - 1).unwrap_or(u32::MAX)
    }

    /// Returns the byte that a line, from 1, begins at; the end of the text for one behind it.
    pub fn start(&self, line: u32) -> usize {
        let index = usize::try_from(line).unwrap_or(1).saturating_sub(1);
        self.starts.get(index).copied().unwrap_or(self.text.len())
    }

    /// Returns the column after the words from `place` to `end`, or after the word at `place`, from 1, in characters.
    /// The words are on one line.
    pub fn end_column(&self, place: Place, end: Option<Place>) -> usize {
        let (start, length) = self.span(place, end);
        let word = self.text.get(start..start + length).map_or(0, |word| word.chars().count());
        place.column as usize + word.max(1)
    }

    /// Returns the first place of `character`.
    pub fn find(&self, character: char) -> Option<Place> {
        self.text.lines().zip(1..).find_map(|(text, line)| {
            let column = text.chars().position(|other| other == character)?;
            Some(Place { line, column: u32::try_from(column).ok()?.saturating_add(1) })
        })
    }
}
