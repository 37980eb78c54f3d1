use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use budgetdoc_document::Role;
use walkdir::{DirEntry, WalkDir};

/// The folders to search for faces that are not compiled in, and the families the user names.
///
/// ```
/// use budgetdoc_render::font::FontSearch;
/// let search = FontSearch { dirs: vec!["no such folder".into()], ..FontSearch::default() };
/// assert_eq!(search.find("FandolFang-Regular.ttf"), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FontSearch {
    /// Folders with their direct subfolders; the first that has a file wins.
    pub dirs: Vec<PathBuf>,
    /// Whether the families may be fonts installed on the machine. Slow, and the output depends on the
    /// machine.
    pub system: bool,
    /// Families to set roles in, in place of the book's own; without a role, those for characters that no other face
    /// has, in the order tried.
    pub families: Vec<(Option<Role>, String)>,
}

/// The paths that the default order of folders depends on, passed in by the caller.
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
    /// Returns the default order: the folders named, those of the variable, a folder `fonts` next to or above the
    /// working directory, the spec and the program, and `share/budgetdoc/fonts` of the program's installation.
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

    /// Returns the file of that name in one of the folders or their direct subfolders.
    pub fn find(&self, file_name: &str) -> Option<PathBuf> {
        self.dirs.iter().find_map(|dir| {
            let direct = dir.join(file_name);
            if direct.is_file() {
                return Some(direct);
            }
            // The order of a directory differs between file systems.
            let mut in_subfolders: Vec<PathBuf> = std::fs::read_dir(dir)
                .ok()?
                .filter_map(|entry| Some(entry.ok()?.path().join(file_name)))
                .filter(|path| path.is_file())
                .collect();
            in_subfolders.sort();
            in_subfolders.into_iter().next()
        })
    }

    /// Returns the font files below the folders, in the order of their names, without collections whose head announces
    /// more faces than they can hold: reading such a file takes minutes.
    pub(crate) fn font_files(&self) -> impl Iterator<Item = PathBuf> {
        let walks = self.dirs.iter().map(|dir| WalkDir::new(dir).follow_links(true).sort_by_file_name());
        let files = walks.flatten().filter_map(Result::ok).map(DirEntry::into_path);
        files.filter(|path| has_font_extension(path) && path.is_file() && is_plausible(path).unwrap_or(false))
    }

    /// Returns the folders as text, for messages.
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

fn has_font_extension(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_ascii_lowercase());
    extension.is_some_and(|extension| ["ttf", "otf", "ttc", "otc"].iter().any(|known| extension == *known))
}

/// Returns whether a file has room for the faces its head announces: a collection begins with its tag, version and
/// number of faces, and four bytes for each (OpenType 1.9, TTC header).
fn is_plausible(path: &Path) -> io::Result<bool> {
    const MAX_FACES: u64 = 1_000;
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut head = [0; 12];
    file.read_exact(&mut head)?;
    let [b't', b't', b'c', b'f', _, _, _, _, faces @ ..] = head else { return Ok(true) };
    let faces = u64::from(u32::from_be_bytes(faces));
    Ok(faces <= MAX_FACES && 12 + 4 * faces <= length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collection_that_announces_too_many_faces_is_passed_over() {
        let folder = tempfile::tempdir().expect("there is a folder for temporary files");
        let files = |dir: &Path| {
            let search = FontSearch { dirs: vec![dir.to_owned()], ..FontSearch::default() };
            search.font_files().count()
        };
        let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("it is written");
        write("huge.ttc", b"ttcf\0\x01\0\0\xff\xff\xff\xff");
        write("empty.ttf", b"");
        write("words.txt", b"ttcf\0\x01\0\0\0\0\0\0");
        assert_eq!(files(folder.path()), 0);
        write("one.TTC", b"ttcf\0\x01\0\0\0\0\0\x01\0\0\0\x10");
        assert_eq!(files(folder.path()), 1);
    }
}
