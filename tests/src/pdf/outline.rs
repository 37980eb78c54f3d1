//! Properties, page labels and outline of a PDF.

use std::fmt::Write as _;

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, Object};

use super::object::{Places, list, name, string, text};

/// The label of every page.
pub fn labels(catalog: &Dict<'_>, pages: usize) -> Vec<String> {
    let entries = catalog.get::<Dict<'_>>("PageLabels").map(|labels| list(&labels, "Nums")).unwrap_or_default();
    let mut ranges: Vec<(usize, Dict<'_>)> = Vec::new();
    let mut start = 0;
    for entry in entries {
        match entry {
            Object::Dict(label) => ranges.push((start, label)),
            other => start = other.into_i32().and_then(|start| usize::try_from(start).ok()).unwrap_or(usize::MAX),
        }
    }
    (0..pages)
        .map(|page| {
            let Some((start, label)) = ranges.iter().rev().find(|(start, _)| *start <= page) else {
                return "none".to_owned();
            };
            let number = label.get::<i32>("St").unwrap_or(1) + i32::try_from(page - start).unwrap_or(0);
            let number = match name(label, "S").as_deref() {
                Some("D") => number.to_string(),
                Some("r") => roman(number),
                Some(style) => format!("{style}{number}"),
                None => String::new(),
            };
            format!("{}{number}", string(label, "P").unwrap_or_default())
        })
        .collect()
}

fn roman(mut number: i32) -> String {
    let mut out = String::new();
    for (value, letters) in [(50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")] {
        while number >= value {
            out += letters;
            number -= value;
        }
    }
    out
}

/// `outline.txt`: properties, labels, and the outline as an indented list.
pub fn describe(pdf: &Pdf, catalog: &Dict<'_>, labels: &[String]) -> String {
    let mut out = String::new();
    let metadata = pdf.metadata();
    let properties = [
        ("title", &metadata.title),
        ("author", &metadata.author),
        ("subject", &metadata.subject),
        ("keywords", &metadata.keywords),
        ("creator", &metadata.creator),
    ];
    for (what, value) in properties {
        // The version of the program is the only part that changes with every release.
        let value = value.as_deref().map(text).unwrap_or_default();
        let value = value.replace(env!("CARGO_PKG_VERSION"), "<version>");
        let _ = writeln!(out, "{what}: {value}");
    }
    for (what, moment) in [("created", metadata.creation_date), ("modified", metadata.modification_date)] {
        let moment = moment.map(|at| {
            let (hour, minute, second) = (at.hour, at.minute, at.second);
            let zone = format!("{:+03}:{:02}", at.utc_offset_hour, at.utc_offset_minute);
            format!("{}-{:02}-{:02} {hour:02}:{minute:02}:{second:02} {zone}", at.year, at.month, at.day)
        });
        let _ = writeln!(out, "{what}: {}", moment.unwrap_or_default());
    }
    let _ = writeln!(out, "language: {}", string(catalog, "Lang").unwrap_or_default());
    let _ = writeln!(out, "labels: {}", labels.join(" "));
    let _ = writeln!(out, "\noutline");
    if let Some(outlines) = catalog.get::<Dict<'_>>("Outlines") {
        entries(&outlines, &Places::of(pdf), 1, &mut out);
    }
    out
}

fn entries(parent: &Dict<'_>, places: &Places, depth: usize, out: &mut String) {
    let mut next = parent.get::<Dict<'_>>("First");
    while let Some(entry) = next {
        let title = string(&entry, "Title").unwrap_or_default();
        let open = if entry.get::<i32>("Count").is_some_and(|count| count < 0) { " (closed)" } else { "" };
        let _ = writeln!(out, "{}{title}  → {}{open}", "  ".repeat(depth), places.destination(&entry));
        entries(&entry, places, depth + 1, out);
        next = entry.get::<Dict<'_>>("Next");
    }
}
