//! Writes files atomically.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::interrupt;
use crate::report::Message;
use crate::words;

/// Prefix of temporary files.
const TEMPORARY: &str = ".budgetdoc-";

/// Writes all files, each under a temporary name first, and renames them only when every one is complete.
///
/// Links are followed; existing files keep their permissions.
///
/// # Errors
/// The first file that could not be written, with the reason. No file has been replaced then, unless a renaming failed.
pub fn write_all(files: &[(PathBuf, Vec<u8>)]) -> Result<(), (PathBuf, io::Error)> {
    interrupt::outlive_size_limits();
    let mut ready = Vec::new();
    for (path, bytes) in files {
        ready.push((prepare(path, bytes).map_err(|error| (path.clone(), error))?, path));
    }
    for ((file, goal), path) in ready {
        file.persist(goal).map_err(|error| (path.clone(), error.error))?;
    }
    Ok(())
}

/// Writes a new file.
///
/// # Errors
/// The file exists or cannot be written.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Box<Message>> {
    if path.symlink_metadata().is_ok() {
        return Err(words::exists_already(path));
    }
    write_all(&[(path.to_owned(), bytes.to_vec())]).map_err(|(path, error)| words::cannot_write(&path, &error))
}

/// Removes the temporary files of killed programs from a folder and returns the names of their targets. A file still
/// being written is locked and stays.
pub fn remove_leftovers(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let left = entries.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let (goal, _) = name.strip_prefix(TEMPORARY)?.rsplit_once('~')?;
        let file = File::open(entry.path()).ok().filter(|file| file.try_lock().is_ok());
        file.and_then(|_| fs::remove_file(entry.path()).ok()).map(|()| goal.to_owned())
    });
    left.collect()
}

/// Writes a temporary file next to its target and returns both.
fn prepare(path: &Path, bytes: &[u8]) -> io::Result<(NamedTempFile, PathBuf)> {
    // Follows links, which renaming would replace.
    let goal = if path.is_symlink() { path.canonicalize()? } else { path.to_owned() };
    let replaced = match goal.metadata() {
        Ok(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        // Renaming would replace a device or pipe by a file.
        Ok(metadata) if !metadata.is_file() => return Err(io::ErrorKind::InvalidInput.into()),
        metadata => metadata.ok(),
    };
    // In the folder of the target: renaming does not cross file systems.
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
        // A temporary file is private; a document has the permissions of the umask.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = loop {
        let file = builder.tempfile_in(folder)?;
        file.as_file().lock()?;
        // Another run takes a file that is not locked yet for a leftover.
        if file.path().exists() {
            break file;
        }
    };
    if let Some(replaced) = replaced {
        file.as_file().set_permissions(replaced.permissions())?;
    }
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok((file, goal))
}
