//! Templates cut at their braces. Nothing else in the workspace looks for `{{` and `{%`.

use std::ops::Range;

/// A piece of a template; all of them in a row are the template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Segment<'t> {
    pub kind: SegmentKind,
    /// Its bytes in the template, with its braces.
    pub range: Range<usize>,
    /// The words between the braces, without blanks and `-` or `+` around it; of words, the words.
    pub code: &'t str,
}

/// What a piece of a template is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SegmentKind {
    /// Words printed as they are.
    Words,
    /// `{{ … }}`: something is printed in its place.
    Value,
    /// `{% … %}`
    Statement,
    /// `{# … #}`
    Comment,
}

/// Cuts a template into its segments. Braces that are not closed reach to its end.
pub(crate) fn segments(template: &str) -> impl Iterator<Item = Segment<'_>> {
    let mut at = 0;
    // Behind `{% raw %}` braces are words.
    let mut raw = false;
    std::iter::from_fn(move || {
        let rest = template.get(at..).filter(|rest| !rest.is_empty())?;
        let start = at;
        let opening = if raw { end_of_raw(rest) } else { opening(rest) };
        let words = opening.unwrap_or(rest.len());
        let Some(kind) = kind_at(rest).filter(|_| words == 0) else {
            raw = false;
            at += words;
            return Some(Segment { kind: SegmentKind::Words, range: start..at, code: &rest[..words] });
        };
        let end = closing(rest, kind);
        let inside = &rest[2..end.unwrap_or(rest.len())];
        at += end.map_or(rest.len(), |end| end + 2);
        let code = inside.trim_start_matches(['-', '+']).trim_end_matches(['-', '+']).trim();
        raw = kind == SegmentKind::Statement && code == "raw";
        Some(Segment { kind, range: start..at, code })
    })
}

/// Maximum length of the words between two braces, in ASCII characters: Chinese words are no operators. The template language recurses over chains of operators
/// without a limit of its own: a few thousand minus signs overflow the stack.
const LONGEST_CODE: usize = 1_000;

/// Maximum number of statements in a template: each `elif` is one level of recursion.
const MOST_STATEMENTS: usize = 300;

/// Returns the first piece of a template that goes beyond what the template language can be trusted with.
pub(crate) fn beyond_limits(template: &str) -> Option<Segment<'_>> {
    let is_long = |segment: &Segment| segment.code.bytes().filter(u8::is_ascii).count() > LONGEST_CODE;
    let mut statements = 0;
    segments(template).find(|segment| match segment.kind {
        SegmentKind::Words | SegmentKind::Comment => false,
        SegmentKind::Value => is_long(segment),
        SegmentKind::Statement => {
            statements += 1;
            statements > MOST_STATEMENTS || is_long(segment)
        }
    })
}

impl<'t> Segment<'t> {
    /// Returns the name a value is of and the filters behind it: `income` and `amount(decimals=0)`.
    pub fn name_and_filters(&self) -> (&'t str, &'t str) {
        let (name, filters) = self.code.split_once('|').unwrap_or((self.code, ""));
        (name.trim(), filters.trim())
    }
}

/// Returns where the next braces open.
fn opening(text: &str) -> Option<usize> {
    text.match_indices('{').map(|(at, _)| at).find(|at| kind_at(&text[*at..]).is_some())
}

/// Returns what the braces are that a text begins with.
fn kind_at(text: &str) -> Option<SegmentKind> {
    match text.as_bytes() {
        [b'{', b'{', ..] => Some(SegmentKind::Value),
        [b'{', b'%', ..] => Some(SegmentKind::Statement),
        [b'{', b'#', ..] => Some(SegmentKind::Comment),
        _ => None,
    }
}

/// Returns where `{% endraw %}` begins.
fn end_of_raw(text: &str) -> Option<usize> {
    let mut braces = text.match_indices("{%").map(|(at, _)| at);
    braces.find(|at| text[at + 2..].trim_start_matches(['-', '+', ' ']).starts_with("endraw"))
}

/// Returns where the braces that open a text close: not within quotation marks or brackets of their own, unless these
/// are not closed.
fn closing(text: &str, kind: SegmentKind) -> Option<usize> {
    let end = match kind {
        SegmentKind::Value => "}}",
        SegmentKind::Statement => "%}",
        SegmentKind::Comment | SegmentKind::Words => return text.find("#}"),
    };
    let mut quote = None;
    let mut escaped = false;
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().skip(2) {
        match (quote, byte) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), b'\\') => escaped = true,
            (Some(open), _) => quote = quote.filter(|_| byte != open),
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, _) if depth == 0 && text.as_bytes()[at..].starts_with(end.as_bytes()) => return Some(at),
            (None, b'{' | b'(' | b'[') => depth += 1,
            (None, b'}' | b')' | b']') => depth = depth.saturating_sub(1),
            (None, _) => {}
        }
    }
    text[2..].find(end).map(|at| at + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(template: &str) -> Vec<(SegmentKind, &str)> {
        segments(template).map(|segment| (segment.kind, segment.code)).collect()
    }

    #[test]
    fn a_template_is_cut_at_its_braces() {
        use SegmentKind::{Comment, Statement, Value, Words};
        assert_eq!(
            cut("为{{ a | f(x=\"}}\") }}，{# 注 #}{%- if {\"k\": 1} -%} {b} {% endif %}"),
            [
                (Words, "为"),
                (Value, "a | f(x=\"}}\")"),
                (Words, "，"),
                (Comment, "注"),
                (Statement, "if {\"k\": 1}"),
                (Words, " {b} "),
                (Statement, "endif"),
            ]
        );
        assert_eq!(cut("{{ a }}{{ b"), [(Value, "a"), (Value, "b")]);
        assert_eq!(cut("{{ a(x=\\\"，\\\") }}b"), [(Value, "a(x=\\\"，\\\")"), (Words, "b")], "as YAML quotes it");
        assert_eq!(
            cut("{% raw %}{{ a }}{% endraw %}"),
            [(Statement, "raw"), (Words, "{{ a }}"), (Statement, "endraw")]
        );
        assert_eq!(cut(""), []);
    }

    #[test]
    fn the_segments_are_the_template() {
        for template in
            ["", "文字", "为{{ a }}，其中{% if b -%}\n 乙{% endif %}{# 丙 #}。", "{{", "甲{% raw %}{{{% endraw %}乙"]
        {
            let joined: String = segments(template).map(|segment| &template[segment.range]).collect();
            assert_eq!(joined, template);
        }
    }

    #[test]
    fn the_template_language_cuts_in_the_same_places() {
        let template = "甲{{ 1 }}乙{%- if {\"}}\": \"%}\"} -%} 丙 {{ \"}}\" }} {%- endif %}{# 丁 #}\n{% raw %}{{ 戊 }}{% endraw %}。";
        let environment = minijinja::Environment::new();
        let parsed = environment.template_from_str(template).expect("it works out");
        let (_, printed) = parsed.render_with_spans(()).expect("it works out");
        let words: Vec<_> = segments(template).filter(|segment| segment.kind == SegmentKind::Words).collect();
        for span in printed.iter().filter(|span| span.kind() == minijinja::OutputSpanKind::Raw) {
            let range = span.source_range();
            let is_around = |words: &Segment| words.range.start <= range.start && range.end <= words.range.end;
            assert!(words.iter().any(is_around), "{:?}", &template[range]);
        }
    }
}
