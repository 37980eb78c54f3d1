//! Changes of an outline, so that a profile inserts a block without a copy of all others.

use serde::Serialize;

use super::OutlineItem;
use crate::error::{Problem, ProblemCode};
use crate::source::Located;
use crate::yaml::{choice, record};

record! {
    /// A change of the outline: one of `after`, `before`, `replace` and `drop`, and what is inserted there.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct OutlineChange {
        /// The block to insert after.
        pub after: Option<Located<BlockName>> = default,
        /// The block to insert before.
        pub before: Option<Located<BlockName>> = default,
        /// The block to replace; the blocks below a heading stay.
        pub replace: Option<Located<BlockName>> = default,
        /// The block to leave out, with all that is below a heading.
        pub drop: Option<Located<BlockName>> = default,
        /// The blocks to insert.
        pub insert: Vec<OutlineItem> = default,
    }
}

choice! {
    /// A block of an outline, named by what it prints. No two of the outline are named alike.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum BlockName {
        /// A group by its title.
        Group(String) = "group",
        /// A part by its title.
        Part(String) = "part",
        /// A section by its title.
        Section(String) = "section",
        /// A section within a section by its title.
        Subsection(String) = "subsection",
        /// A text by its key.
        Text(String) = "text",
        /// A lead by its words.
        Lead(String) = "lead",
        /// A signature by its lines.
        Signature(String) = "signature",
        /// A table by its id.
        Table(String) = "table",
        /// A chart by its caption.
        Chart(String) = "chart",
        /// The terms explained.
        Glossary = "glossary",
    }
}

impl BlockName {
    /// Returns the name of a block; none of `when` and `units`, whose blocks have names.
    fn of(block: &OutlineItem) -> Option<BlockName> {
        Some(match block {
            OutlineItem::Group(title) => BlockName::Group(title.value.clone()),
            OutlineItem::Part(title) => BlockName::Part(title.value.clone()),
            OutlineItem::Section(title) => BlockName::Section(title.value.clone()),
            OutlineItem::Subsection(title) => BlockName::Subsection(title.value.clone()),
            OutlineItem::Text(key) => BlockName::Text(key.value.clone()),
            OutlineItem::Lead(words) => BlockName::Lead(words.value.clone()),
            OutlineItem::Signature(lines) => BlockName::Signature(lines.value.clone()),
            OutlineItem::Table(id) => BlockName::Table(id.value.clone()),
            OutlineItem::Chart(chart) => BlockName::Chart(chart.caption.value.clone()),
            OutlineItem::Glossary => BlockName::Glossary,
            OutlineItem::When(_) | OutlineItem::Units(_) => return None,
        })
    }

    fn written(&self) -> String {
        let (kind, name) = match self {
            BlockName::Group(name) => ("group", name),
            BlockName::Part(name) => ("part", name),
            BlockName::Section(name) => ("section", name),
            BlockName::Subsection(name) => ("subsection", name),
            BlockName::Text(name) => ("text", name),
            BlockName::Lead(name) => ("lead", name),
            BlockName::Signature(name) => ("signature", name),
            BlockName::Table(name) => ("table", name),
            BlockName::Chart(name) => ("chart", name),
            BlockName::Glossary => return "glossary".to_owned(),
        };
        format!("{kind}: {name}")
    }
}

/// The place of a change at the block it names.
#[derive(Clone, Copy)]
enum Way {
    After,
    Before,
    Replace,
    Drop,
}

/// Makes the changes one after the other.
pub(super) fn apply(changes: Vec<Located<OutlineChange>>, outline: &mut Vec<OutlineItem>, problems: &mut Vec<Problem>) {
    let problem = |place, zh: &str, en: &str| Problem::spec(ProblemCode::OutlineChange, place, zh, en);
    for Located { value: change, place } in changes {
        let OutlineChange { after, before, replace, drop, insert } = change;
        let ways = [(after, Way::After), (before, Way::Before), (replace, Way::Replace), (drop, Way::Drop)];
        let mut named = ways.into_iter().filter_map(|(name, way)| Some((name?, way)));
        let (Some((name, way)), None) = (named.next(), named.next()) else {
            let en = "write one of `after`, `before`, `replace` and `drop`, and only one";
            problems.push(problem(place, "after、before、replace、drop 中应当写一个，且只写一个", en));
            continue;
        };
        let names: Vec<_> = OutlineItem::all(outline).into_iter().filter_map(BlockName::of).collect();
        let written = name.written();
        match names.iter().filter(|other| **other == name.value).count() {
            0 => {
                let known: Vec<_> = names.iter().map(BlockName::written).collect();
                let known: Vec<_> = known.iter().map(String::as_str).collect();
                let noun = ("这一块内容", "block");
                problems.push(Problem::unknown(ProblemCode::OutlineChange, name.place, noun, &written, &known));
            }
            1 => splice(outline, &name, way, &insert),
            count => problems.push(problem(
                name.place,
                &format!("“{written}”有 {count} 处，不知道是哪一处；请写相邻的一块"),
                &format!("`{written}` occurs {count} times; name a block next to it"),
            )),
        }
    }
}

/// Inserts at the block of that name, also within `when` and `units`.
fn splice(outline: &mut Vec<OutlineItem>, name: &BlockName, way: Way, insert: &[OutlineItem]) {
    if let Some(at) = outline.iter().position(|block| BlockName::of(block).as_ref() == Some(name)) {
        let rest = &outline[at + 1..];
        let below = rest.iter().take_while(|block| rank(block) > rank(&outline[at])).count();
        let replaced = match way {
            Way::After => at + 1..at + 1,
            Way::Before => at..at,
            Way::Replace => at..at + 1,
            Way::Drop => at..at + 1 + below,
        };
        outline.splice(replaced, insert.iter().cloned());
        return;
    }
    for block in outline {
        match block {
            OutlineItem::When(when) => {
                splice(&mut when.then, name, way, insert);
                splice(&mut when.otherwise, name, way, insert);
            }
            OutlineItem::Units(blocks) => splice(blocks, name, way, insert),
            OutlineItem::Group(_)
            | OutlineItem::Part(_)
            | OutlineItem::Section(_)
            | OutlineItem::Subsection(_)
            | OutlineItem::Text(_)
            | OutlineItem::Lead(_)
            | OutlineItem::Signature(_)
            | OutlineItem::Table(_)
            | OutlineItem::Chart(_)
            | OutlineItem::Glossary => {}
        }
    }
}

/// Returns the rank of a heading, the highest first; blocks without a heading of their own have the last one and are
/// below no other such block.
fn rank(block: &OutlineItem) -> u8 {
    match block {
        OutlineItem::Group(_) => 0,
        OutlineItem::Part(_) => 1,
        OutlineItem::Section(_) => 2,
        OutlineItem::Subsection(_) => 3,
        OutlineItem::Text(_)
        | OutlineItem::Lead(_)
        | OutlineItem::Signature(_)
        | OutlineItem::Table(_)
        | OutlineItem::Chart(_)
        | OutlineItem::Glossary
        | OutlineItem::When(_)
        | OutlineItem::Units(_) => 4,
    }
}
