//! Files that appear whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::report::Message;
use crate::words;

/// What the names of temporary files begin with.
const TEMPORARY: &str = ".budgetdoc-";

/// Writes all files, each under a temporary name first, and renames them only when every one is complete.
///
/// A link stays, and the file it leads to is written; a file that is there keeps its permissions.
///
/// # Errors
/// The first file that could not be written, with the reason. No file of the list has then been replaced, unless the
/// very renaming failed half way.
pub fn write_all(files: &[(PathBuf, Vec<u8>)]) -> Result<(), (PathBuf, io::Error)> {
    let mut ready = Vec::new();
    for (path, bytes) in files {
        ready.push((prepare(path, bytes).map_err(|error| (path.clone(), error))?, path));
    }
    for ((file, goal), path) in ready {
        file.persist(goal).map_err(|error| (path.clone(), error.error))?;
    }
    Ok(())
}

/// Writes a file that is not there yet.
///
/// # Errors
/// That it is, or why it could not be written.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Box<Message>> {
    if path.symlink_metadata().is_ok() {
        return Err(words::exists_already(path));
    }
    write_all(&[(path.to_owned(), bytes.to_vec())]).map_err(|(path, error)| words::cannot_write(&path, &error))
}

/// Removes the temporary files that programs which were killed have left in a folder, and returns the names of those they
/// were to become. A file that is still being written is locked, and stays.
pub fn sweep(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let left = entries.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let (goal, _) = name.strip_prefix(TEMPORARY)?.rsplit_once('~')?;
        let file = File::open(entry.path()).ok().filter(|file| file.try_lock().is_ok());
        file.and_then(|_| fs::remove_file(entry.path()).ok()).map(|()| goal.to_owned())
    });
    left.collect()
}

/// Writes a temporary file beside the one it is to become, and returns both.
fn prepare(path: &Path, bytes: &[u8]) -> io::Result<(NamedTempFile, PathBuf)> {
    // Through a link, or the link would be replaced by a file.
    let goal = if path.is_symlink() { path.canonicalize()? } else { path.to_owned() };
    let replaced = match goal.metadata() {
        Ok(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        // Renaming would put a file in the place of a device or a pipe.
        Ok(metadata) if !metadata.is_file() => return Err(io::ErrorKind::InvalidInput.into()),
        metadata => metadata.ok(),
    };
    // Beside its goal, so that renaming never crosses file systems.
    let folder = match goal.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut prefix = std::ffi::OsString::from(TEMPORARY);
    prefix.push(goal.file_name().unwrap_or_default());
    prefix.push("~");
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A temporary file is private by default; a document is an ordinary file, less what the umask takes.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.as_file().lock()?;
    if let Some(replaced) = replaced {
        file.as_file().set_permissions(replaced.permissions())?;
    }
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok((file, goal))
}
