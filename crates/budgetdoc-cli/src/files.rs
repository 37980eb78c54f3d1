//! Files that appear whole or not at all.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::report::Message;
use crate::words;

/// Writes all files, each under a temporary name first, and renames them only when every one is complete.
///
/// # Errors
/// The first file that could not be written, with the reason. No file of the list has then been replaced, unless the
/// very renaming failed half way.
pub fn write_all(files: &[(PathBuf, Vec<u8>)]) -> Result<(), (PathBuf, io::Error)> {
    let mut ready = Vec::new();
    for (path, bytes) in files {
        ready.push((prepare(path, bytes).map_err(|error| (path.clone(), error))?, path));
    }
    for (file, path) in ready {
        file.persist(path).map_err(|error| (path.clone(), error.error))?;
    }
    Ok(())
}

/// Writes a file that is not there yet.
///
/// # Errors
/// That it is, or why it could not be written.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Box<Message>> {
    if path.exists() {
        return Err(words::exists_already(path));
    }
    write_all(&[(path.to_owned(), bytes.to_vec())]).map_err(|(path, error)| words::cannot_write(&path, &error))
}

fn prepare(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    // Beside its goal, so that renaming never crosses file systems.
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".budgetdoc-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A temporary file is private by default; a document is an ordinary file, less what the umask takes.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}
