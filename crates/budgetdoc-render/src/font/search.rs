use std::path::{Path, PathBuf};

use budgetdoc_document::Role;

/// Where faces are looked for that are not compiled in, and which families the user wants.
///
/// ```
/// use budgetdoc_render::font::FontSearch;
/// let search = FontSearch { dirs: vec!["no such folder".into()], ..FontSearch::default() };
/// assert_eq!(search.find("FandolFang-Regular.otf"), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FontSearch {
    /// Folders, the first to have a file wins. Their direct subfolders count as well.
    pub dirs: Vec<PathBuf>,
    /// Whether [`FontSearch::families`] may come from the fonts installed on the machine. Slow, and the result then
    /// depends on the machine.
    pub system: bool,
    /// Families to set roles in, in place of the book's own.
    pub families: Vec<(Role, String)>,
}

/// What the default order of folders depends on. All paths are passed in: nothing here asks the environment.
///
/// ```
/// use budgetdoc_render::font::{FontSearch, Surroundings};
/// let named = ["fonts of the office".into()];
/// let search = FontSearch::around(&Surroundings { named: &named, ..Surroundings::default() });
/// assert_eq!(search.dirs, named);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Surroundings<'a> {
    /// Folders named on the command line.
    pub named: &'a [PathBuf],
    /// The value of `BUDGETDOC_FONT_DIR`, with the separators of the platform's `PATH`.
    pub variable: Option<&'a std::ffi::OsStr>,
    /// The working directory.
    pub working_dir: Option<&'a Path>,
    /// The folder of the spec.
    pub spec_dir: Option<&'a Path>,
    /// The program file.
    pub executable: Option<&'a Path>,
}

impl FontSearch {
    /// The default order: the folders named, those of the variable, a folder `fonts` beside or above the working
    /// directory, the spec and the program, and `share/budgetdoc/fonts` of the program's installation.
    pub fn around(surroundings: &Surroundings<'_>) -> Self {
        let mut dirs: Vec<PathBuf> = surroundings.named.to_vec();
        if let Some(value) = surroundings.variable {
            dirs.extend(std::env::split_paths(value).filter(|dir| !dir.as_os_str().is_empty()));
        }
        let program_dir = surroundings.executable.and_then(Path::parent);
        for start in [surroundings.working_dir, surroundings.spec_dir, program_dir].into_iter().flatten() {
            dirs.extend(start.ancestors().map(|dir| dir.join("fonts")).find(|dir| dir.is_dir()));
        }
        if let Some(installation) = program_dir.and_then(Path::parent) {
            dirs.push(installation.join("share").join("budgetdoc").join("fonts"));
        }
        let mut seen = Vec::new();
        for dir in dirs {
            if !seen.contains(&dir) {
                seen.push(dir);
            }
        }
        FontSearch { dirs: seen, ..FontSearch::default() }
    }

    /// The file of that name in one of the folders or their direct subfolders.
    pub fn find(&self, file_name: &str) -> Option<PathBuf> {
        self.dirs.iter().find_map(|dir| {
            let here = dir.join(file_name);
            if here.is_file() {
                return Some(here);
            }
            // Sorted, because the order of a directory differs between file systems.
            let mut below: Vec<PathBuf> = std::fs::read_dir(dir)
                .ok()?
                .filter_map(|entry| Some(entry.ok()?.path().join(file_name)))
                .filter(|path| path.is_file())
                .collect();
            below.sort();
            below.into_iter().next()
        })
    }

    /// The folders as text, for messages.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.dirs.iter().map(|dir| dir.display().to_string()).collect();
        if self.system {
            names.push("the fonts of this machine".to_owned());
        }
        if names.is_empty() {
            names.push("no folder".to_owned());
        }
        names
    }
}
