//! `--fix`: the index moved to the front, written beside and renamed only when it is good.

use std::collections::HashSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use contentzavod_core::service::Intake;
use contentzavod_preflight::{Report, Verdict, faststart};

use super::examine;
use crate::compose::StartError;

/// Several files go into a folder, and none is written over.
pub(super) fn sensible(out: &Path, files: &[PathBuf]) -> Result<(), StartError> {
    let shown = out.display();
    if files.len() > 1 && !out.is_dir() {
        return Err(format!("--fix: {shown} must be a folder: there are several files").into());
    }
    let mut targets = HashSet::new();
    for file in files {
        let to = target(file, out);
        let shown = to.display();
        let same = to.canonicalize().ok().zip(file.canonicalize().ok());
        if same.is_some_and(|(to, from)| to == from) {
            return Err(format!("--fix: {shown} is the file itself; choose another").into());
        }
        if to.exists() {
            return Err(format!("--fix: {shown} is there already; choose another").into());
        }
        if !targets.insert(to.clone()) {
            return Err(format!("--fix: two files would become {shown}").into());
        }
    }
    Ok(())
}

fn target(file: &Path, out: &Path) -> PathBuf {
    match file.file_name().filter(|_| out.is_dir()) {
        Some(name) => out.join(name),
        None => out.to_owned(),
    }
}

/// Writes the mended file; returns where, and what is found in it.
pub(super) fn mend(file: &Path, out: &Path, intake: &Intake) -> Result<(PathBuf, Report), String> {
    let to = target(file, out);
    let folder = to.parent().filter(|f| !f.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let unwritten = |error: std::io::Error| format!("{} cannot be written: {error}", to.display());
    let mut beside = tempfile::NamedTempFile::new_in(folder).map_err(unwritten)?;
    let mut from = File::open(file).map_err(|error| format!("cannot be read: {error}"))?;
    let like = from.metadata().map_err(unwritten)?;
    let length = like.len();
    faststart(&mut from, length, beside.as_file_mut()).map_err(|error| error.to_string())?;
    // Read by whoever may read the original.
    let allowed = beside.as_file().set_permissions(like.permissions());
    allowed.map_err(unwritten)?;
    beside.as_file().sync_all().map_err(unwritten)?;
    let report = examine(beside.path(), intake).map_err(unwritten)?;
    if report.verdict != Verdict::Accept {
        return Err("it could not be mended: what came out would be refused".to_owned());
    }
    beside
        .persist_noclobber(&to)
        .map_err(|error| unwritten(error.error))?;
    Ok((to, report))
}
