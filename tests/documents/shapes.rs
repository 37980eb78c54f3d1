//! Made-up budgets, one for each shape: what they print, as text, and that it can be set and written.

use std::fmt::Write as _;

use budgetdoc::document::{Block, Document};
use budgetdoc::{layout, write_docx, write_pdf};

use crate::reference::rows;
use budgetdoc_tests::Golden;

/// The specs in specs/ that are made up.
pub const SHAPES: [&str; 14] = [
    "made-up-agriculture-office-2023",
    "made-up-carry-over-2019",
    "made-up-county-2026",
    "made-up-county-congress-2023",
    "made-up-culture-bureau-2024",
    "made-up-funds-2025",
    "made-up-institution-2022",
    "made-up-ministry-2025",
    "made-up-mountain-town-2023",
    "made-up-new-unit-2025",
    "made-up-subdistrict-2025",
    "made-up-town-2026",
    "made-up-township-2025",
    "made-up-water-office-2025",
];

/// A document as text: a line for each heading, paragraph and row.
pub fn text(document: &Document) -> String {
    let mut out = String::new();
    for block in &document.blocks {
        match block {
            Block::Cover(cover) => {
                let _ = writeln!(out, "# {}", cover.title.to_plain());
                cover.lines.iter().for_each(|line| out += &format!("  {}\n", line.to_plain()));
            }
            Block::Contents(_) | Block::PageBreak => {}
            Block::Heading(heading) => {
                let mark = "#".repeat(usize::from(heading.level) + 1);
                let _ = writeln!(out, "\n{mark} {}", heading.text.to_plain());
            }
            Block::Paragraph(paragraph) => {
                let _ = writeln!(out, "{}", paragraph.text.to_plain());
            }
            // Its first words are those of the caption.
            Block::Chart(chart) => {
                let _ = writeln!(out, "[{}]", chart.summary);
            }
            Block::Table(table) => {
                if let Some(heading) = &table.heading {
                    let _ = writeln!(out, "\n[{}] {}", heading.number, heading.title.to_plain());
                }
                if let Some((left, right)) = &table.caption {
                    let _ = writeln!(out, "{} … {}", left.to_plain(), right.to_plain());
                }
                for row in rows(table) {
                    let _ = writeln!(out, "| {} |", row.join(" | "));
                }
                table.notes.iter().for_each(|note| out += &format!("{}\n", note.to_plain()));
            }
        }
    }
    out
}

#[test]
fn every_shape_prints_what_it_did() {
    let fonts = crate::fonts();
    for name in SHAPES {
        let document = crate::spec(name);
        let pages = layout(&document, fonts).unwrap();
        let (pdf, docx) = (write_pdf(&document, &pages, fonts), write_docx(&document, &pages, fonts));
        assert!(pdf.unwrap().starts_with(b"%PDF") && docx.unwrap().starts_with(b"PK"), "{name}");
        Golden::new(name).text("document.txt", &text(&document)).finish();
    }
}

/// The specs in specs/.
pub fn names() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs");
    let names = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter_map(|name| Some(name.strip_suffix(".yaml")?.to_owned())).collect();
    names.sort();
    names
}

#[test]
fn every_spec_is_tested_whole() {
    let names = names();
    let mut tested: Vec<&str> = SHAPES.to_vec();
    tested.extend(["longgang-womens-federation-2022", "putuo-finance-bureau-2025", "jiangsu-congress-office-2019"]);
    tested.sort_unstable();
    assert_eq!(names, tested);
    // What is shown as an example has nothing to be mended.
    for name in names {
        let grave = |finding: &budgetdoc::check::Finding| finding.severity > budgetdoc::check::Severity::Note;
        let findings: Vec<_> = budgetdoc::check(&crate::budget(&name)).into_iter().filter(grave).collect();
        assert!(findings.is_empty(), "{name}: {findings:?}");
    }
}
