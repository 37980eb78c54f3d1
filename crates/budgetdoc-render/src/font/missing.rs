//! The characters of a document that no face has, known without laying it out.

use budgetdoc_document::{Block, CellContent, ColumnKind, Document, Role, Row, StyleName, Table, Text};

use super::{FontBook, GlyphTable};
use crate::MissingGlyph;

impl FontBook {
    /// Returns the characters of a document that no face has, each once, in the order of the document: those for which
    /// [`layout`](crate::layout::layout) fails.
    ///
    /// ```
    /// use budgetdoc_document::{Block, Document, Info, PageStyle, Paragraph, StyleName, StyleSheet};
    /// use budgetdoc_render::font::{FontBook, FontSearch};
    /// # fn main() -> Result<(), budgetdoc_render::RenderError> {
    /// let text = Paragraph { style: StyleName::Body, text: "人名“𠀋”。".into() };
    /// let document = Document {
    ///     info: Info::default(),
    ///     page: PageStyle::gb9704(),
    ///     styles: StyleSheet::gb9704(),
    ///     names: Vec::new(),
    ///     blocks: vec![Block::Paragraph(text)],
    /// };
    /// let missing = FontBook::load(&FontSearch::default())?.missing_glyphs(&document);
    /// assert_eq!(missing.iter().map(|missing| missing.character).collect::<String>(), "𠀋");
    /// # Ok(()) }
    /// ```
    pub fn missing_glyphs(&self, document: &Document) -> Vec<MissingGlyph> {
        let mut finder = Finder { glyphs: GlyphTable::new(self), document };
        for block in &document.blocks {
            finder.block(block);
        }
        finder.glyphs.into_missing()
    }
}

struct Finder<'a> {
    glyphs: GlyphTable<'a>,
    document: &'a Document,
}

impl Finder<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Cover(cover) => {
                self.text(StyleName::CoverTitle, &cover.title);
                cover.lines.iter().for_each(|line| self.text(StyleName::CoverLine, line));
            }
            Block::Contents(contents) => self.text(StyleName::ContentsTitle, &contents.title),
            Block::Heading(heading) => {
                self.text(StyleName::heading(heading.level), &heading.text);
            }
            Block::Paragraph(paragraph) => self.text(paragraph.style, &paragraph.text),
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => {
                self.text(StyleName::ChartCaption, &chart.caption);
                let words =
                    chart.points.iter().flat_map(|point| [&point.name]).chain(&chart.series).chain([&chart.unit]);
                words.for_each(|words| self.characters(StyleName::TableText, words));
            }
            Block::PageBreak => {}
        }
    }

    fn table(&mut self, table: &Table) {
        if let Some(heading) = &table.heading {
            self.characters(StyleName::TableNumber, &heading.number);
            self.text(StyleName::TableTitle, &heading.title);
        }
        if let Some((left, right)) = &table.caption {
            [left, right].into_iter().for_each(|text| self.text(StyleName::TableCaption, text));
        }
        self.rows(&table.head, |_| StyleName::TableHead);
        for body in &table.bodies {
            self.rows(&body.head, |_| StyleName::TableHead);
            self.rows(&body.rows, |row| StyleName::of_cell(ColumnKind::Text, row.total));
        }
        table.notes.iter().for_each(|note| self.text(StyleName::TableNote, note));
    }

    fn rows(&mut self, rows: &[Row], style: impl Fn(&Row) -> StyleName) {
        for (style, cell) in rows.iter().flat_map(|row| row.cells.iter().map(|cell| (style(row), cell))) {
            match &cell.content {
                CellContent::Text(paragraphs) => paragraphs.iter().for_each(|text| self.text(style, text)),
                CellContent::Amount(number) | CellContent::Percentage(number) => {
                    self.characters(StyleName::TableAmount, &number.format.print(number.value));
                }
                CellContent::Code(code) => self.characters(style, code),
                CellContent::Empty => {}
            }
        }
    }

    fn characters(&mut self, style: StyleName, words: &str) {
        self.text(style, &Text::plain(words));
    }

    fn text(&mut self, style: StyleName, text: &Text) {
        let own = self.document.styles.get(style).role;
        for run in &text.runs {
            let role: Role = run.role.unwrap_or(own);
            for character in run.text.chars() {
                // Control characters and damaged glyphs are other errors.
                let _ = self.glyphs.glyph(role, character, text.origin);
            }
        }
    }
}
