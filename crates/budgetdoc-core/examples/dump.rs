//! dump
use budgetdoc_core::{budget::Budget, document::*, profile::Profile, spec::Spec};
fn main() {
    let spec = Spec::from_yaml(&std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap())
        .unwrap_or_else(|e| panic!("{e}"));
    let profile = Profile::built_in(&spec.profile).unwrap_or_else(|e| panic!("{e}"));
    let budget = Budget::resolve(spec, profile).unwrap_or_else(|e| panic!("{e}"));
    let doc = budget.compose().unwrap_or_else(|e| panic!("{e}"));
    for b in &doc.blocks {
        match b {
            Block::Table(t) => {
                if let Err(e) = t.grid() {
                    println!("GRID {e}");
                }
                println!(
                    "[{}] {:?} {:?}",
                    t.heading
                        .as_ref()
                        .map(|h| format!("{} {} {}", h.number, h.title.to_plain(), h.entry))
                        .unwrap_or_default(),
                    t.orientation,
                    t.caption.as_ref().map(|c| (c.0.to_plain(), c.1.to_plain()))
                );
                for g in t.groups() {
                    for r in g {
                        println!(
                            "  {}",
                            r.cells
                                .iter()
                                .map(|c| format!(
                                    "{}{}",
                                    c.text.iter().map(|t| t.to_plain()).collect::<Vec<_>>().join("/"),
                                    if c.columns > 1 || c.rows > 1 {
                                        format!("<{}x{}>", c.columns, c.rows)
                                    } else {
                                        String::new()
                                    }
                                ))
                                .collect::<Vec<_>>()
                                .join(" | ")
                        );
                    }
                    println!("  --");
                }
                for n in &t.notes {
                    println!("  {}", n.to_plain());
                }
            }
            Block::Heading(h) => println!("#{} {}", h.level, h.text.to_plain()),
            Block::Paragraph(p) => println!("    {} {:?}", p.text.to_plain(), p.text.origin),
            o => println!("{o:?}"),
        }
    }
}
