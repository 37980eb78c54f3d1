//! The same bytes wherever and whenever a program runs.

use std::path::Path;
use std::process::Command;

/// Surroundings that have changed the output of other programs: time zones, languages, home folders, clocks.
const SURROUNDINGS: [(&str, &[(&str, &str)]); 5] = [
    ("as it is", &[]),
    ("again", &[]),
    ("on the other side of the date line", &[("TZ", "Pacific/Kiritimati")]),
    ("in Turkish, where i is not I", &[("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8")]),
    ("without a home", &[("HOME", "/nonexistent"), ("LC_ALL", "C"), ("SOURCE_DATE_EPOCH", "1")]),
];

/// Runs `program` with `arguments` in several surroundings and folders, each time letting it write a file named
/// `output`, and returns the bytes they have in common. `{out}` in an argument is the file; other files are
/// named by absolute paths.
///
/// # Errors
/// The surroundings in which it failed, or wrote something else, and the first byte that differs.
pub fn same_bytes(program: &Path, arguments: &[&str], output: &str) -> Result<Vec<u8>, String> {
    let mut first: Option<Vec<u8>> = None;
    for (surroundings, variables) in SURROUNDINGS {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let file = folder.path().join(output);
        let arguments = arguments.iter().map(|argument| argument.replace("{out}", &file.to_string_lossy()));
        let run = Command::new(program)
            .args(arguments)
            .envs(variables.iter().copied())
            .current_dir(folder.path())
            .output()
            .map_err(|error| format!("{}: {error}", program.display()))?;
        if !run.status.success() {
            return Err(format!("{surroundings}: {}\n{}", run.status, String::from_utf8_lossy(&run.stderr)));
        }
        let bytes = std::fs::read(&file).map_err(|error| format!("{surroundings}: {}: {error}", file.display()))?;
        match &first {
            None => first = Some(bytes),
            Some(first) => compare(first, &bytes).map_err(|what| format!("{surroundings}: {what}"))?,
        }
    }
    first.ok_or_else(|| "there are no surroundings".to_owned())
}

/// Whether two files are the same.
///
/// # Errors
/// The first byte that differs, with the bytes around it.
pub fn compare(expected: &[u8], actual: &[u8]) -> Result<(), String> {
    if expected == actual {
        return Ok(());
    }
    let at = expected.iter().zip(actual).take_while(|(one, other)| one == other).count();
    let around = |bytes: &[u8]| {
        let piece = &bytes[at.saturating_sub(30).min(bytes.len())..(at + 30).min(bytes.len())];
        String::from_utf8_lossy(piece).escape_debug().to_string()
    };
    Err(format!(
        "byte {at} differs ({} and {} bytes): \"{}\" became \"{}\"",
        expected.len(),
        actual.len(),
        around(expected),
        around(actual)
    ))
}
