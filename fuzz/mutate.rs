//! Changes to a text of lines and values that leave most of it readable, as a fuzzer's own changes of bytes do not.

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

/// Returns the text with one to three changes; the same for the same seed.
pub fn mutate(text: &str, seed: u64) -> String {
    let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    for _ in 0..=chance.below(3) {
        change(&mut lines, &mut chance);
    }
    lines.join("\n")
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
        // The value behind a key.
        5 | 6 => {
            if let Some((key, _)) = lines[one].split_once(": ") {
                lines[one] = format!("{key}: {value}");
            }
        }
        7 => {
            if let (Some((key, _)), Some((_, value))) = (lines[one].split_once(": "), lines[other].split_once(": ")) {
                lines[one] = format!("{key}: {value}");
            }
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
