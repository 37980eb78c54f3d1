//! Small helps for reading objects.

use std::collections::BTreeMap;

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Number, Object, ObjectIdentifier, String as Bytes,
};

/// A text string of a PDF: UTF-16 with its mark, UTF-8 with its mark, or one byte a character.
pub fn text(bytes: &[u8]) -> String {
    if let Some(utf16) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        let units = utf16.chunks(2).map(|pair| u16::from(pair[0]) << 8 | u16::from(*pair.get(1).unwrap_or(&0)));
        return char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    }
    let utf8 = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]);
    utf8.map_or_else(
        || bytes.iter().map(|byte| char::from(*byte)).collect(),
        |utf8| String::from_utf8_lossy(utf8).into_owned(),
    )
}

pub fn string(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<Bytes<'_>>(key).map(|bytes| text(bytes.as_bytes()))
}

/// The strings of an array.
pub fn strings(dict: &Dict<'_>, key: &str) -> Option<Vec<String>> {
    let items: Vec<Bytes<'_>> = dict.get::<Array<'_>>(key)?.iter().collect();
    Some(items.iter().map(|bytes| text(bytes.as_bytes())).collect())
}

pub fn name(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<Name<'_>>(key).map(|name| name.as_str().to_owned())
}

/// The things an entry holds: those of an array, or the one thing itself.
pub fn list<'a>(dict: &Dict<'a>, key: &str) -> Vec<Object<'a>> {
    if let Some(array) = dict.get::<Array<'a>>(key) {
        let mut items = array.flex_iter();
        return std::iter::from_fn(|| items.next::<Object<'a>>()).collect();
    }
    dict.get::<Object<'a>>(key).into_iter().collect()
}

/// A number as people write it: at most two decimals.
pub fn number(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    // Minus zero is zero.
    format!("{}", rounded + 0.0)
}

/// Index and height of every page, by the page's object.
pub struct Places(BTreeMap<ObjectIdentifier, (usize, f64)>);

impl Places {
    pub fn of(pdf: &Pdf) -> Self {
        let pages = pdf.pages().iter().enumerate();
        Places(
            pages
                .filter_map(|(index, page)| {
                    let height = f64::from(page.base_dimensions().1);
                    Some((page.raw().obj_id()?, (index, height)))
                })
                .collect(),
        )
    }

    pub fn index(&self, page: ObjectIdentifier) -> Option<usize> {
        self.0.get(&page).map(|(index, _)| *index)
    }

    /// `page 3 y 144` for the /Dest of an annotation or an outline entry.
    pub fn destination(&self, dict: &Dict<'_>) -> String {
        let Some(array) = dict.get::<Array<'_>>("Dest") else { return "nowhere".to_owned() };
        let items: Vec<MaybeRef<Object<'_>>> = array.raw_iter().collect();
        let page = items.first().and_then(MaybeRef::as_obj_ref).and_then(|page| self.0.get(&page.into()));
        let y = array.iter::<Object<'_>>().nth(3).and_then(Object::into_number).map(|y: Number| y.as_f64());
        match (page, y) {
            (Some((index, height)), Some(y)) => format!("page {} y {}", index + 1, number(height - y)),
            (Some((index, _)), None) => format!("page {}", index + 1),
            (None, _) => "nowhere".to_owned(),
        }
    }
}
