//! `budgetdoc render`.

use std::path::{Path, PathBuf};

use budgetdoc::check::Severity;
use budgetdoc::document::Document;
use budgetdoc::font::{FontBook, FontSearch, Surroundings};
use budgetdoc::lang::Lang;
use budgetdoc::{Layout, RenderError};

use crate::args::{Format, RenderOptions};
use crate::files;
use crate::report;
use crate::run::{self, Checked, Outcome};

pub fn run(options: &RenderOptions, lang: Lang) -> Outcome {
    let named_file = options.output.as_deref().and_then(format_of);
    if named_file.is_some() && options.specs.len() > 1 {
        report::plain(
            lang,
            "多个数据文件不能写入同一个文件",
            "several specs cannot be written into one file",
            "请在 -o 后写文件夹",
            "name a folder after -o",
        );
        return Outcome::Failed;
    }
    run::for_each(&options.specs, |spec| render(spec, options, named_file, lang))
}

fn render(spec: &Path, options: &RenderOptions, named_file: Option<Format>, lang: Lang) -> Outcome {
    let Some(checked) = run::check(spec, options.profile.as_deref(), lang) else { return Outcome::Failed };
    report::findings(&checked, Severity::Warning, lang);
    if checked.has_errors() && !options.force {
        report::summary(&checked, lang);
        report::nothing_written(lang);
        return Outcome::Findings;
    }
    let formats = named_file.map_or(options.formats.clone(), |format| vec![format]);
    let files = match produce(spec, options, &formats, &checked, lang) {
        Ok((layout, bytes)) => {
            let files: Vec<(PathBuf, Vec<u8>)> =
                bytes.into_iter().map(|(format, bytes)| (goal(spec, options, named_file, format), bytes)).collect();
            (layout.pages.len(), files)
        }
        Err(outcome) => return outcome,
    };
    let (pages, files) = files;
    if let Err((path, error)) = files::write_all(&files) {
        report::not_written(&path, &error, lang);
        return Outcome::Failed;
    }
    for (path, _) in &files {
        report::written(path, pages, lang);
    }
    if checked.has_errors() { Outcome::Findings } else { Outcome::Done }
}

type Produced = (Layout, Vec<(Format, Vec<u8>)>);

fn produce(
    spec: &Path,
    options: &RenderOptions,
    formats: &[Format],
    checked: &Checked,
    lang: Lang,
) -> Result<Produced, Outcome> {
    let families = checked.budget.spec.font_families().map_err(|error| {
        report::error(&error, &checked.source, None, lang);
        Outcome::Failed
    })?;
    set(spec, options, formats, &checked.document, families, lang).map_err(|error| {
        report::render_error(&error, &checked.source, lang);
        Outcome::Failed
    })
}

fn set(
    spec: &Path,
    options: &RenderOptions,
    formats: &[Format],
    document: &Document,
    mut families: Vec<(budgetdoc::document::Role, String)>,
    lang: Lang,
) -> Result<Produced, RenderError> {
    // The command line has the last word.
    families.retain(|(role, _)| options.fonts.iter().all(|(named, _)| named != role));
    families.extend(options.fonts.iter().cloned());
    let working_dir = std::env::current_dir().ok();
    let executable = std::env::current_exe().ok();
    let spec_dir = std::path::absolute(spec).ok().and_then(|path| path.parent().map(Path::to_path_buf));
    let variable = std::env::var_os("BUDGETDOC_FONT_DIR");
    let search = FontSearch {
        system: options.system_fonts,
        families,
        ..FontSearch::around(&Surroundings {
            named: &options.font_dirs,
            variable: variable.as_deref(),
            working_dir: working_dir.as_deref(),
            spec_dir: spec_dir.as_deref(),
            executable: executable.as_deref(),
        })
    };
    let fonts = FontBook::load(&search)?;
    report::font_warnings(fonts.warnings(), lang);
    let layout = budgetdoc::layout(document, &fonts)?;
    let mut files = Vec::new();
    for format in formats {
        let bytes = match format {
            Format::Pdf => budgetdoc::write_pdf(document, &layout, &fonts)?,
            Format::Docx => budgetdoc::write_docx(document, &layout, &fonts)?,
        };
        files.push((*format, bytes));
    }
    Ok((layout, files))
}

/// The format a path names, if it names a file.
fn format_of(path: &Path) -> Option<Format> {
    let extension = path.extension()?.to_str()?;
    Format::ALL.into_iter().find(|format| format.extension().eq_ignore_ascii_case(extension))
}

/// Where a format of a spec is written.
fn goal(spec: &Path, options: &RenderOptions, named_file: Option<Format>, format: Format) -> PathBuf {
    match &options.output {
        Some(file) if named_file.is_some() => file.clone(),
        folder => {
            let mut name = spec.file_stem().unwrap_or_default().to_os_string();
            name.push(".");
            name.push(format.extension());
            let beside = || spec.parent().map(Path::to_path_buf).unwrap_or_default();
            folder.clone().unwrap_or_else(beside).join(name)
        }
    }
}
