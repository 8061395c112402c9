//! The source tree: where it stands, and checked-in files that a chore derives.

use std::path::{Path, PathBuf};

use crate::Failure;

/// The repository's root, one above this crate.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Reads a checked-in file, telling how to make it when it is missing.
pub(crate) fn read(file: &str, remedy: &str) -> Result<String, Failure> {
    std::fs::read_to_string(root().join(file))
        .map_err(|error| format!("cannot read {file}: {error}; run `{remedy}`").into())
}

/// Writes a derived file, or with `check` only compares it with what is checked in.
pub(crate) fn settle(file: &str, wanted: &str, check: bool, remedy: &str) -> Result<(), Failure> {
    let path = root().join(file);
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    if found == wanted {
        println!("{file} is current");
        return Ok(());
    }
    if check {
        let line = first_difference(&found, wanted);
        return Err(format!("{file} is stale from line {line}; run `{remedy}` and review").into());
    }
    std::fs::write(&path, wanted).map_err(|error| format!("cannot write {file}: {error}"))?;
    println!("{file} written");
    Ok(())
}

/// The number of the first line in which two texts differ, counted from one.
fn first_difference(left: &str, right: &str) -> usize {
    let same = left
        .lines()
        .zip(right.lines())
        .take_while(|(left, right)| left == right);
    same.count() + 1
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn the_first_differing_line_is_named() {
        assert_eq!(first_difference("a\nb\nc", "a\nx\nc"), 2);
        assert_eq!(first_difference("a", "a\nb"), 2);
    }
}
