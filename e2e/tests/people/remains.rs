//! What is found of somebody in the server's files: tables, files of media, and logs.

use std::collections::BTreeSet;
use std::path::Path;

use crate::Left;

/// The log of requests names the user's id for as long as the page about privacy says.
const REQUESTS: &str = "logs";

/// Whatever is found anywhere under a folder, with the name of the file. The bytes of a database's file
/// hold those of all its tables, and of what was deleted from them.
pub(crate) fn of(folder: &Path, left: &Left, bytes: &[u8]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            found.extend(in_file(&path, &left.words));
            if folder.ends_with(REQUESTS) {
                continue;
            }
            found.extend(in_file(&path, &left.ids));
            let held = std::fs::read(&path).unwrap_or_default();
            if memchr::memmem::find(&held, bytes).is_some() {
                found.insert(format!("the video in {}", path.display()));
            }
        }
    }
    found
}

/// What is found in one file. One that went meanwhile holds nothing.
pub(crate) fn in_file(path: &Path, words: &[String]) -> BTreeSet<String> {
    let held = std::fs::read(path).unwrap_or_default();
    let found = words
        .iter()
        .filter(|word| memchr::memmem::find(&held, word.as_bytes()).is_some());
    found
        .map(|word| format!("{word} in {}", path.display()))
        .collect()
}
