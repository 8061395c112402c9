//! What every source file looks like.

use std::ffi::OsStr;
use std::path::Path;

/// No file that is no test is longer.
const LINES_MAX: usize = 500;
/// Written by `cargo xtask client`.
const GENERATED: &str = "contentzavod-client/src/generated.rs";
/// Where SQL is: the one crate that speaks it, and the raw loop that it is measured against.
const SQL: [&str; 2] = ["contentzavod-store/", "bench/src/floor.rs"];
/// Statements of SQL, as they begin; this file spells them in two halves.
const STATEMENTS: [(&str, &str); 6] = [
    ("SEL", "ECT "),
    ("INS", "ERT INTO "),
    ("DEL", "ETE FROM "),
    ("CRE", "ATE TABLE "),
    ("ALT", "ER TABLE "),
    ("PRA", "GMA "),
];

/// What is wrong with a file, by its path from the root.
fn faults(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let documented = ["//!", "#![doc = include_str!("];
    if !documented.iter().any(|start| text.starts_with(start)) {
        faults.push(format!(
            "{path}: does not begin by saying what it is (`//!`)"
        ));
    }
    let lines = text.lines().count();
    if lines > LINES_MAX && path != GENERATED && !is_test(path) {
        faults.push(format!("{path}: {lines} lines, at most {LINES_MAX}"));
    }
    if !SQL.iter().any(|place| path.starts_with(place)) {
        for (first, second) in STATEMENTS {
            let statement = format!("{first}{second}");
            if text.contains(&statement) {
                faults.push(format!("{path}: `{statement}` belongs into the store"));
            }
        }
    }
    faults
}

fn is_test(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("/tests.rs")
}

/// Calls with every Rust file below a folder: its path from the root, and its text.
fn each_file(folder: &Path, root: &Path, see: &mut impl FnMut(&str, &str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        if path.is_dir() && name != "target" && !name.starts_with('.') {
            each_file(&path, root, see);
        } else if path.extension() == Some(OsStr::new("rs")) {
            let text = std::fs::read_to_string(&path).unwrap();
            let short = path.strip_prefix(root).unwrap_or(&path);
            see(&short.to_string_lossy().replace('\\', "/"), &text);
        }
    }
}

#[test]
fn every_file_keeps_the_rules() {
    let root = super::root();
    let (mut files, mut found) = (0, Vec::new());
    each_file(&root, &root, &mut |path, text| {
        files += 1;
        found.extend(faults(path, text));
    });
    assert!(files > 100, "only {files} files were found");
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn what_breaks_a_rule_is_found() {
    let long = format!("//! Long.\n{}", "\n".repeat(LINES_MAX));
    let (first, second) = STATEMENTS[0];
    let sql = format!("//! Reads.\nconst Q: &str = \"{first}{second}1\";");
    for (path, text, count) in [
        ("a/src/lib.rs", "//! Good.", 0),
        ("a/src/lib.rs", "pub mod undocumented;", 1),
        ("a/src/lib.rs", long.as_str(), 1),
        ("a/tests/long.rs", long.as_str(), 0),
        (GENERATED, long.as_str(), 0),
        ("a/src/lib.rs", sql.as_str(), 1),
        ("contentzavod-store/src/a.rs", sql.as_str(), 0),
    ] {
        let found = faults(path, text);
        assert_eq!(found.len(), count, "{path}: {found:?}");
    }
}
