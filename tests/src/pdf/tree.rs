//! The structure tree of a tagged PDF.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, Object};

use super::object::{Places, list, name, string, strings};

enum Child {
    Element(Element),
    /// Content: page and number.
    Content(usize, i32),
    /// A link: where it leads and what is said of it.
    Link(String),
}

struct Element {
    role: String,
    remarks: String,
    children: Vec<Child>,
}

/// The tree, and what its leaves say once the pages are read.
pub struct Tree {
    root: Vec<Element>,
    roles: BTreeMap<(usize, i32), String>,
    texts: BTreeMap<(usize, i32), String>,
}

impl Tree {
    /// Reads the tree of a catalog; a PDF without one has an empty tree.
    pub fn read(pdf: &Pdf, catalog: &Dict<'_>) -> Self {
        let mut tree = Tree { root: Vec::new(), roles: BTreeMap::new(), texts: BTreeMap::new() };
        let places = Places::of(pdf);
        if let Some(root) = catalog.get::<Dict<'_>>("StructTreeRoot") {
            for object in list(&root, "K") {
                if let Some(dict) = object.into_dict() {
                    let element = tree.element(&dict, &places);
                    tree.root.push(element);
                }
            }
        }
        tree
    }

    fn element(&mut self, dict: &Dict<'_>, places: &Places) -> Element {
        let role = name(dict, "S").unwrap_or_else(|| "?".to_owned());
        let own_page = dict.get_ref("Pg").and_then(|page| places.index(page.into()));
        let mut children = Vec::new();
        let content = |tree: &mut Tree, page: Option<usize>, mcid: i32| {
            // A page that is not there shows up as one far away.
            let place = (page.unwrap_or(usize::MAX), mcid);
            tree.roles.insert(place, role.clone());
            Child::Content(place.0, place.1)
        };
        for object in list(dict, "K") {
            children.push(match object {
                Object::Dict(child) => match name(&child, "Type").as_deref() {
                    Some("MCR") => {
                        let page = child.get_ref("Pg").and_then(|page| places.index(page.into())).or(own_page);
                        content(self, page, child.get::<i32>("MCID").unwrap_or(-1))
                    }
                    Some("OBJR") => {
                        let link = child.get::<Dict<'_>>("Obj").unwrap_or_default();
                        let said = string(&link, "Contents").unwrap_or_default();
                        Child::Link(format!("→ {} “{said}”", places.destination(&link)))
                    }
                    _ => Child::Element(self.element(&child, places)),
                },
                other => content(self, own_page, other.into_i32().unwrap_or(-1)),
            });
        }
        Element { remarks: remarks(dict), role, children }
    }

    /// The role of a piece of content.
    pub fn role(&self, page: usize, mcid: i32) -> String {
        self.roles.get(&(page, mcid)).cloned().unwrap_or_else(|| "lost".to_owned())
    }

    /// What a piece of content says.
    pub fn say(&mut self, page: usize, mcid: i32, text: String) {
        self.texts.insert((page, mcid), text);
    }

    /// The tree, a line an element, indented.
    pub fn describe(&self) -> String {
        let mut out = String::new();
        for element in &self.root {
            self.line(element, 0, &mut out);
        }
        out
    }

    fn line(&self, element: &Element, depth: usize, out: &mut String) {
        let indent = "  ".repeat(depth);
        let _ = write!(out, "{indent}{}{}", element.role, element.remarks);
        let mut page = None;
        for child in &element.children {
            if let Child::Content(at, mcid) = child {
                let text = self.texts.get(&(*at, *mcid)).map_or("", String::as_str);
                // Text that goes on over a page says so; empty text was drawn without a character.
                let turn = if page.is_some_and(|page| page != *at) { "⏎" } else { "" };
                let gap = if page.is_none() { "  " } else { "" };
                let _ = write!(out, "{gap}{turn}{text}");
                page = Some(*at);
            }
        }
        out.push('\n');
        for child in &element.children {
            match child {
                Child::Element(element) => self.line(element, depth + 1, out),
                Child::Link(link) => {
                    let _ = writeln!(out, "{indent}  {link}");
                }
                Child::Content(..) => {}
            }
        }
    }
}

/// Title, identifier, spans, heads, scope and summary, as far as an element has them.
fn remarks(dict: &Dict<'_>) -> String {
    let mut remarks = String::new();
    for key in ["T", "Alt", "ActualText", "Lang", "ID"] {
        if let Some(text) = string(dict, key) {
            let _ = write!(remarks, " {key}=“{text}”");
        }
    }
    for attributes in list(dict, "A").into_iter().filter_map(Object::into_dict) {
        for (key, value) in attributes.entries() {
            let key = key.as_str();
            if key == "O" {
                continue;
            }
            let value = string(&attributes, key)
                .or_else(|| name(&attributes, key))
                .or_else(|| strings(&attributes, key).map(|items| items.join(",")))
                .or_else(|| attributes.get::<i32>(key).map(|number| number.to_string()))
                .unwrap_or_else(|| format!("{value:?}"));
            let _ = write!(remarks, " {key}={value}");
        }
    }
    remarks
}
