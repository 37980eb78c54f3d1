//! Names that titles, heads and labels keep on one line.

use crate::spec::Spec;

/// Suffix of the name of a department's own office.
const HEAD_OFFICE: [&str; 3] = ["（本级）", "(本级)", "本级"];
/// Last characters of the names of places.
const PLACES: [char; 8] = ['省', '市', '区', '县', '州', '镇', '乡', '旗'];

/// Returns the spec's own names, and those of the department, the body above it and its units, each also without 本级 and
/// without the places it begins with: 深圳市龙岗区妇女联合会（本级）, 妇女联合会（本级）, 妇女联合会.
pub(super) fn names(spec: &Spec) -> Vec<String> {
    let department = &spec.department;
    let bodies = std::iter::once(&department.name)
        .chain(&department.supervisor)
        .chain(department.units.iter().map(|unit| &unit.name))
        .map(|name| name.value.trim());
    let mut names: Vec<&str> = spec.names.iter().map(|name| name.value.as_str()).collect();
    for name in bodies {
        let body = HEAD_OFFICE.iter().find_map(|word| name.strip_suffix(word)).unwrap_or(name);
        names.extend([name, body, without_places(name), without_places(body)]);
    }
    let mut once: Vec<String> = Vec::new();
    for name in names {
        if name.chars().count() > 1 && !once.iter().any(|known| known == name) {
            once.push(name.to_owned());
        }
    }
    once
}

/// Returns a name without the places it begins with. Places have two or three characters before their last, so that the
/// markets of 市场监督管理局 and the towns of 城乡建设局 are none.
fn without_places(name: &str) -> &str {
    let mut rest = name;
    loop {
        let mut ends = rest.char_indices().skip(2).take(2).filter(|(_, character)| PLACES.contains(character));
        let Some((at, place)) = ends.next() else { return rest };
        let after = &rest[at + place.len_utf8()..];
        if after.chars().count() < 3 || HEAD_OFFICE.iter().any(|word| after.starts_with(word)) {
            return rest;
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::without_places;

    #[test]
    fn places_are_removed_and_departments_kept() {
        for (name, body) in [
            ("深圳市龙岗区妇女联合会", "妇女联合会"),
            ("深圳市市场监督管理局", "市场监督管理局"),
            ("上海市普陀区财政局", "财政局"),
            ("深圳市住房和城乡建设局（本级）", "住房和城乡建设局（本级）"),
            ("江苏省人大常委会办公厅", "人大常委会办公厅"),
            ("某区某局", "某区某局"),
            ("龙岗区（本级）", "龙岗区（本级）"),
            ("龙岗区", "龙岗区"),
        ] {
            assert_eq!(without_places(name), body);
        }
    }
}
