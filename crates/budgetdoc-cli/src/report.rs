//! What the user reads: problems with the lines they are in, findings, and what was written.

use std::io::IsTerminal;
use std::path::Path;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use budgetdoc::RenderError;
use budgetdoc::check::{Finding, Severity};
use budgetdoc::error::{Error, File};
use budgetdoc::font::FontWarning;
use budgetdoc::lang::Lang;
use budgetdoc::source::Place;

use crate::run::Checked;

/// A file of the user's, kept to show lines of it.
pub struct Source {
    pub name: String,
    pub text: String,
}

impl Source {
    /// The bytes of the word at `place`: to the next space or bracket, at least one character.
    fn span(&self, place: Place) -> (usize, usize) {
        let line = usize::try_from(place.line).unwrap_or(1).saturating_sub(1);
        let column = usize::try_from(place.column).unwrap_or(1).saturating_sub(1);
        let start: usize = self.text.split_inclusive('\n').take(line).map(str::len).sum();
        let rest = self.text[start..].lines().next().unwrap_or_default();
        let offset = rest.char_indices().nth(column).map_or(rest.len(), |(offset, _)| offset);
        let word = &rest[offset..];
        let end = word.find(|character: char| character.is_whitespace() || ",}]:".contains(character));
        let first = word.chars().next().map_or(0, char::len_utf8);
        (start + offset, end.unwrap_or(word.len()).max(first))
    }

    /// The first place where `character` stands.
    fn find(&self, character: char) -> Option<Place> {
        self.text.lines().zip(1..).find_map(|(text, line)| {
            let column = text.chars().position(|other| other == character)?;
            Some(Place { line, column: u32::try_from(column).ok()?.saturating_add(1) })
        })
    }
}

fn pick<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// Every problem of an error, with its line.
pub fn error(error: &Error, spec: &Source, profile: Option<&Source>, lang: Lang) {
    for problem in &error.problems {
        let source = match problem.file {
            File::Spec => Some(spec),
            File::Profile => profile,
            File::Subjects => None,
        };
        let message = Message {
            severity: Severity::Error,
            rule: None,
            text: problem.message.get(lang),
            help: problem.help.as_ref().map(|help| help.get(lang)),
            labels: unlabelled(problem.place),
        };
        message.print(source, lang);
    }
}

/// A problem that is in no line of a file.
pub fn plain(lang: Lang, zh: &str, en: &str, help_zh: &str, help_en: &str) {
    let (text, help) = (pick(lang, zh, en), Some(pick(lang, help_zh, help_en)));
    Message { severity: Severity::Error, rule: None, text, help, labels: Vec::new() }.print(None, lang);
}

/// A file that could not be written.
pub fn not_written(path: &Path, error: &std::io::Error, lang: Lang) {
    let name = path.display();
    plain(
        lang,
        &format!("无法写入 {name}：{error}"),
        &format!("{name} cannot be written: {error}"),
        "请检查文件夹的权限，以及文件是否正被 Word 等程序打开",
        "check the folder's permissions and whether another program has the file open",
    );
}

/// Something worth knowing about lines of a file.
pub fn note(source: &Source, places: &[Place], lang: Lang, zh: &str, en: &str, help: (&str, &str)) {
    let labels = places.iter().map(|place| (*place, String::new())).collect();
    let (text, help) = (pick(lang, zh, en), Some(pick(lang, help.0, help.1)));
    Message { severity: Severity::Note, rule: None, text, help, labels }.print(Some(source), lang);
}

/// Why a document could not be set or written.
pub fn render_error(error: &RenderError, spec: &Source, lang: Lang) {
    let (text, help, place) = match error {
        RenderError::MissingGlyph { character, role, place } => {
            let code = u32::from(*character);
            let zh = format!("所有字体都没有字符“{character}”（U+{code:04X}，用于 {}）", role.name());
            let help = pick(
                lang,
                "请换一个字，或用 --font 和 --font-dir 指定含有该字的字体",
                "write another character, or name a font that has it with --font and --font-dir",
            );
            let en = format!("no font has the character {character:?} (U+{code:04X}, {} role)", role.name());
            // The line of the text is known best by the character itself.
            (pick(lang, &zh, &en).to_owned(), Some(help), spec.find(*character).or(*place))
        }
        RenderError::ControlCharacter { character, place } => {
            let code = u32::from(*character);
            let zh = format!("文字中有不能打印的控制字符 U+{code:04X}，请删去");
            (pick(lang, &zh, &error.to_string()).to_owned(), None, spec.find(*character).or(*place))
        }
        RenderError::UnknownFamily { role, family, searched } => {
            let zh = format!("找不到 {} 指定的字体“{family}”，已查找：{}", role.name(), searched.join("、"));
            let help = pick(
                lang,
                "请用 --font-dir 指定字体所在的文件夹，或加 --system-fonts",
                "name its folder with --font-dir, or add --system-fonts",
            );
            (pick(lang, &zh, &error.to_string()).to_owned(), Some(help), None)
        }
        RenderError::TableTooWide { table, excess } => {
            let zh = format!("表“{table}”比版心宽 {excess} 磅，请减小栏宽或改为横向");
            (pick(lang, &zh, &error.to_string()).to_owned(), None, None)
        }
        RenderError::Grid { table, source } => {
            let zh = format!("表“{table}”的单元格拼不成表格：{source}");
            (pick(lang, &zh, &error.to_string()).to_owned(), None, None)
        }
        RenderError::Page { detail } => {
            let zh = format!("版面没有留出排字的位置：{detail}");
            (pick(lang, &zh, &error.to_string()).to_owned(), None, None)
        }
        RenderError::Font { file, detail } => {
            let zh = format!("字体文件 {file} 不能使用：{detail}");
            (pick(lang, &zh, &error.to_string()).to_owned(), None, None)
        }
        other => {
            let zh = format!("文件未能生成：{other}");
            (pick(lang, &zh, &other.to_string()).to_owned(), None, None)
        }
    };
    let message = Message { severity: Severity::Error, rule: None, text: &text, help, labels: unlabelled(place) };
    message.print(Some(spec), lang);
}

/// The findings of at least `least`, each with the lines of the figures it compares.
pub fn findings(checked: &Checked, least: Severity, lang: Lang) {
    for finding in checked.findings.iter().filter(|finding| finding.severity >= least) {
        let message = Message {
            severity: finding.severity,
            rule: Some(finding.rule),
            text: finding.message.get(lang),
            help: Some(finding.help.get(lang)),
            labels: labels(finding, lang),
        };
        message.print(Some(&checked.source), lang);
    }
}

/// Every line that has part in a finding, named once.
fn labels(finding: &Finding, lang: Lang) -> Vec<(Place, String)> {
    let mut labels: Vec<(Place, String)> = Vec::new();
    for figure in &finding.figures {
        for (_, place) in &figure.terms {
            if let Some(place) = place.filter(|place| labels.iter().all(|(known, _)| known != place)) {
                labels.push((
                    place,
                    figure.label.get(lang).split(['（', '(']).next().unwrap_or_default().trim().to_owned(),
                ));
            }
        }
    }
    if labels.is_empty() {
        labels.extend(finding.place.map(|place| (place, String::new())));
    }
    labels
}

fn unlabelled(place: Option<Place>) -> Vec<(Place, String)> {
    place.into_iter().map(|place| (place, String::new())).collect()
}

/// A line that counts the findings of a spec.
pub fn summary(checked: &Checked, lang: Lang) {
    let count = |severity| checked.findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let name = &checked.source.name;
    match lang {
        Lang::Zh => println!("{name}：错误 {errors}，警告 {warnings}，提示 {notes}"),
        Lang::En => println!("{name}: {errors} errors, {warnings} warnings, {notes} notes"),
    }
}

/// What was written.
pub fn written(path: &Path, pages: usize, lang: Lang) {
    let path = path.display();
    match lang {
        Lang::Zh => println!("已生成 {path}（{pages} 页）"),
        Lang::En => println!("wrote {path} ({pages} pages)"),
    }
}

/// That findings kept the files from being written.
pub fn nothing_written(lang: Lang) {
    eprintln!(
        "{}",
        pick(
            lang,
            "核对发现错误，没有生成文件；如仍要生成，请加 --force",
            "the checks found errors and nothing was written; --force writes all the same",
        )
    );
}

/// The roles set in a stand-in, one warning each.
pub fn font_warnings(warnings: &[FontWarning], lang: Lang) {
    for warning in warnings {
        let (role, wanted, used) = (warning.role.name(), &warning.wanted, &warning.used);
        let searched = warning.searched.join("、");
        let zh = format!("没有找到 {role} 用的字体 {wanted}，改用 {used}；已查找：{searched}");
        let en = format!("{wanted}, meant for the {role} role, was not found; {used} is used. Looked in: {searched}");
        let help = pick(lang, "请用 --font-dir 指定字体所在的文件夹", "name the folder with the fonts by --font-dir");
        let text = pick(lang, &zh, &en);
        let message = Message { severity: Severity::Warning, rule: None, text, help: Some(help), labels: Vec::new() };
        message.print(None, lang);
    }
}

/// A message and what belongs to it.
struct Message<'a> {
    severity: Severity,
    rule: Option<&'a str>,
    text: &'a str,
    help: Option<&'a str>,
    labels: Vec<(Place, String)>,
}

impl Message<'_> {
    fn print(&self, source: Option<&Source>, lang: Lang) {
        let (level, name) = match self.severity {
            Severity::Error => (Level::ERROR, pick(lang, "错误", "error")),
            Severity::Warning => (Level::WARNING, pick(lang, "警告", "warning")),
            Severity::Note => (Level::NOTE, pick(lang, "提示", "note")),
        };
        let mut title = level.with_name(name).primary_title(self.text);
        if let Some(rule) = self.rule {
            title = title.id(rule);
        }
        let mut group = match source.filter(|_| !self.labels.is_empty()) {
            Some(source) => {
                let spans = self.labels.iter().enumerate().map(|(index, (place, label))| {
                    let (start, length) = source.span(*place);
                    let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
                    let span = kind.span(start..start + length);
                    if label.is_empty() { span } else { span.label(label.as_str()) }
                });
                title.element(Snippet::source(&source.text).path(&source.name).annotations(spans))
            }
            None => Group::with_title(title),
        };
        if let Some(help) = self.help {
            group = group.element(Level::HELP.with_name(pick(lang, "办法", "help")).message(help));
        }
        let coloured = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        let renderer = if coloured { Renderer::styled() } else { Renderer::plain() };
        eprintln!("{}\n", renderer.decor_style(DecorStyle::Unicode).render(&[group]));
    }
}
