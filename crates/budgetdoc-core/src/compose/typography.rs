//! Slips of typing set right in a whole document.

use crate::typography::correct;
use budgetdoc_document::{Block, Document, Text};

/// Sets every text of a document right.
pub(super) fn normalize(document: &mut Document) {
    let one = |text: &mut Text| {
        for run in &mut text.runs {
            correct(&mut run.text);
        }
    };
    for block in &mut document.blocks {
        match block {
            Block::Cover(cover) => std::iter::once(&mut cover.title).chain(&mut cover.lines).for_each(one),
            Block::Contents(contents) => one(&mut contents.title),
            Block::Heading(heading) => one(&mut heading.text),
            Block::Paragraph(paragraph) => one(&mut paragraph.text),
            Block::Table(table) => {
                if let Some(heading) = &mut table.heading {
                    one(&mut heading.title);
                    correct(&mut heading.entry);
                }
                if let Some((left, right)) = &mut table.caption {
                    [left, right].into_iter().for_each(one);
                }
                let bodies = table.bodies.iter_mut().flat_map(|body| body.head.iter_mut().chain(&mut body.rows));
                let cells = table.head.iter_mut().chain(bodies).flat_map(|row| &mut row.cells);
                cells.flat_map(|cell| &mut cell.text).for_each(one);
                table.notes.iter_mut().for_each(one);
            }
            Block::PageBreak => {}
        }
    }
    correct(&mut document.info.title);
    correct(&mut document.info.author);
}
