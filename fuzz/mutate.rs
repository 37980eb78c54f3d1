//! Changes of lines and values that leave most of a text readable, as a fuzzer's own changes of bytes do not; in a workbook
//! changes of one of its parts, in a document as JSON changes of its values.

use std::io::{Cursor, Read, Write};
use std::ops::Range;

use serde_json::Value;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// What may replace a value, or a part of it.
const VALUES: [&str; 44] = [
    "",
    "~",
    "0",
    "-1",
    "1e3",
    "1,310",
    "0.001",
    "999999999999999999999999",
    "79228162514264337593543950335",
    "待填",
    "-",
    "true",
    "[]",
    "{}",
    "[[[]]]",
    "&a",
    "*a",
    "<<: *a",
    "!!str x",
    "|",
    ">-",
    "\"",
    "'",
    "{{ income }}",
    "{{ income | amount }}",
    "{{ projects[9].name }}",
    "{% for p in projects %}{{ p.name }}{% endfor %}",
    "{{",
    "}}",
    "{%",
    "{{ ----1 }}",
    "{{ 'x' * 9999 }}",
    "{# #}",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "\u{0}",
    "\u{20000}",
    "］",
    "：",
    "２０２２年",
    "一千二百万元",
    "（《“",
    "  - ",
];

struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }

    /// A border of a character of `text`.
    fn at(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// Returns the bytes with one to three changes; the same for the same seed.
pub fn mutate(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let workbook = bytes.starts_with(b"PK").then(|| change_part(bytes, &mut chance));
    let document = bytes.starts_with(b"{\"").then(|| serde_json::from_slice::<Value>(bytes));
    match (workbook, document) {
        (Some(Ok(changed)), _) => changed,
        (_, Some(Ok(mut value))) => {
            for _ in 0..=chance.below(3) {
                change_value(&mut value, &mut chance);
            }
            value.to_string().into_bytes()
        }
        _ => change_text(&String::from_utf8_lossy(bytes), &mut chance).into_bytes(),
    }
}

/// Packs the parts of a workbook again, one of them changed or left out.
fn change_part(bytes: &[u8], chance: &mut Chance) -> ZipResult<Vec<u8>> {
    let mut parts = ZipArchive::new(Cursor::new(bytes))?;
    let changed = chance.below(parts.len());
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..parts.len() {
        let part = parts.by_index(index)?;
        let name = part.name()?.into_owned();
        let mut content = Vec::new();
        part.take(1 << 20).read_to_end(&mut content)?;
        if index == changed {
            if chance.below(16) == 0 {
                continue;
            }
            // A line for each element.
            let text = String::from_utf8_lossy(&content).replace("><", ">\n<");
            content = change_text(&text, chance).replace(">\n<", "><").into_bytes();
        }
        packed.start_file(name, SimpleFileOptions::default())?;
        packed.write_all(&content)?;
    }
    Ok(packed.finish()?.into_inner())
}

/// Numbers at the borders of what a length, a count or an index may be.
const NUMBERS: [i64; 10] = [0, 1, -1, 2, 255, 65_536, 4_294_967_295, -2_147_483_648, i64::MAX, i64::MIN];

/// Changes a value within a value of JSON, which stays of its kind.
fn change_value(value: &mut Value, chance: &mut Chance) {
    match value {
        Value::Array(list) if !list.is_empty() && chance.below(8) > 0 => {
            let index = chance.below(list.len());
            change_value(&mut list[index], chance);
        }
        Value::Object(fields) if !fields.is_empty() => {
            let index = chance.below(fields.len());
            fields.values_mut().skip(index).take(1).for_each(|field| change_value(field, chance));
        }
        Value::Array(list) => {
            let (one, other) = (chance.below(list.len()), chance.below(list.len()));
            match chance.below(4) {
                0 => list.clear(),
                1 => list.truncate(one),
                2 if !list.is_empty() => list.swap(one, other),
                _ => list.extend(list.get(one).cloned()),
            }
        }
        Value::Number(number) => {
            let near = number.as_i64().map_or(0, |number| number.saturating_mul([-1, 2, 1000][chance.below(3)]));
            *number = if chance.below(2) == 0 { near } else { NUMBERS[chance.below(NUMBERS.len())] }.into();
        }
        Value::String(text) => {
            let (at, piece) = (chance.at(text), VALUES[chance.below(VALUES.len())]);
            text.insert_str(at, piece);
        }
        Value::Bool(truth) => *truth = !*truth,
        Value::Null | Value::Object(_) => *value = NUMBERS[chance.below(NUMBERS.len())].into(),
    }
}

fn change_text(text: &str, chance: &mut Chance) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    for _ in 0..=chance.below(3) {
        change(&mut lines, chance);
    }
    lines.join("\n")
}

/// Returns a value of a line: what is behind a key, a cell between tabs, or an attribute or text of an element.
fn value_of(line: &str, chance: &mut Chance) -> Option<Range<usize>> {
    let ends: &[char] = match line.starts_with('<') {
        true => &['"', '<', '>'],
        false => &['\t'],
    };
    if let Some((key, _)) = line.split_once(": ").filter(|_| !line.contains(ends)) {
        return Some(key.len() + 2..line.len());
    }
    let borders: Vec<usize> = line.match_indices(ends).map(|(at, _)| at).chain([line.len()]).collect();
    let end = chance.below(borders.len());
    let start = end.checked_sub(1).map_or(0, |before| borders[before] + 1);
    (borders.len() > 1).then_some(start..borders[end])
}

fn change(lines: &mut Vec<String>, chance: &mut Chance) {
    let (one, other) = (chance.below(lines.len()), chance.below(lines.len()));
    let value = VALUES[chance.below(VALUES.len())];
    match chance.below(11) {
        0 => lines.swap(one, other),
        1 if lines.len() > 1 => drop(lines.remove(one)),
        2 => lines.insert(other, lines[one].clone()),
        3 => lines[one].insert_str(0, [" ", "  ", "\t", "- ", "# "][chance.below(5)]),
        4 => lines[one] = lines[one].trim_start().to_owned(),
        5..=7 => {
            let Some(place) = value_of(&lines[one], chance) else { return };
            let moved = value_of(&lines[other], chance).map(|place| lines[other][place].to_owned());
            let value = moved.filter(|_| chance.below(3) == 0).unwrap_or_else(|| value.to_owned());
            lines[one].replace_range(place, &value);
        }
        8 => {
            let at = chance.at(&lines[one]);
            lines[one].insert_str(at, value);
        }
        9 => {
            let at = chance.at(&lines[one]);
            lines[one].truncate(at);
        }
        _ => {
            let (start, end) = (chance.at(&lines[one]), chance.at(&lines[one]));
            let (start, end) = (start.min(end), start.max(end));
            lines[one].replace_range(start..end, value);
        }
    }
}
