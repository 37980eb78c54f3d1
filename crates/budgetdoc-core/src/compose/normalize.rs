//! Corrects slips of typing in a document.

use crate::typography::correct;
use budgetdoc_document::{Block, CellContent, Document, Table, Text};

/// Corrects every text of a document.
pub(super) fn document(document: &mut Document) {
    for block in &mut document.blocks {
        match block {
            Block::Cover(cover) => std::iter::once(&mut cover.title).chain(&mut cover.lines).for_each(text),
            Block::Contents(contents) => text(&mut contents.title),
            Block::Heading(heading) => text(&mut heading.text),
            Block::Paragraph(paragraph) => text(&mut paragraph.text),
            Block::Table(block) => table(block),
            Block::Chart(chart) => {
                text(&mut chart.caption);
                chart.points.iter_mut().for_each(|point| correct(&mut point.name));
            }
            Block::PageBreak => {}
        }
    }
    correct(&mut document.info.title);
    correct(&mut document.info.author);
}

/// Corrects every text of a table, but not figures and codes.
pub(super) fn table(table: &mut Table) {
    if let Some(heading) = &mut table.heading {
        text(&mut heading.title);
        correct(&mut heading.entry);
    }
    if let Some((left, right)) = &mut table.caption {
        [left, right].into_iter().for_each(text);
    }
    let bodies = table.bodies.iter_mut().flat_map(|body| body.head.iter_mut().chain(&mut body.rows));
    for cell in table.head.iter_mut().chain(bodies).flat_map(|row| &mut row.cells) {
        match &mut cell.content {
            CellContent::Text(paragraphs) => paragraphs.iter_mut().for_each(text),
            CellContent::Empty | CellContent::Code(_) | CellContent::Amount(_) | CellContent::Percentage(_) => {}
        }
    }
    table.notes.iter_mut().for_each(text);
}

fn text(text: &mut Text) {
    for run in &mut text.runs {
        correct(&mut run.text);
    }
}
