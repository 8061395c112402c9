//! What the graph of dependencies holds once, and what it must not hold.
//!
//! `cargo tree` says what is really built. `cargo metadata` joins the features of all platforms,
//! and so finds crates that nobody compiles.

use std::collections::BTreeSet;
use std::process::Command;

/// The platform of the binary that we release.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

/// What parses command lines, serves HTTP or prints logs is the business of a program.
const ONLY_IN_PROGRAMS: [&str; 5] = [
    "clap",
    "config",
    "poem",
    "poem-openapi",
    "tracing-subscriber",
];

/// A crate and its version.
type Built = BTreeSet<(String, String)>;

/// Everything that `cargo tree` finds with these arguments.
fn tree(arguments: &[&str]) -> Built {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--target", PLATFORM])
        .args(["--prefix", "none", "--format", "{p}"])
        .args(arguments)
        .current_dir(super::root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    let built: Built = text.lines().filter_map(name_and_version).collect();
    assert!(built.len() > 10, "{text}");
    built
}

/// Reads `hyper v1.12.0`, with what may follow.
fn name_and_version(line: &str) -> Option<(String, String)> {
    let mut words = line.split_whitespace();
    Some((words.next()?.to_owned(), words.next()?.to_owned()))
}

fn versions<'a>(built: &'a Built, name: &str) -> Vec<&'a str> {
    let same = built.iter().filter(|(found, _)| found == name);
    same.map(|(_, version)| version.as_str()).collect()
}

/// Those of the names that are built.
fn present<'a>(built: &Built, names: &[&'a str]) -> Vec<&'a str> {
    let there = |name: &&&str| !versions(built, name).is_empty();
    names.iter().filter(there).copied().collect()
}

#[test]
fn there_is_one_http_stack() {
    let built = tree(&["--workspace"]);
    for name in ["hyper", "reqwest", "rustls"] {
        let versions = versions(&built, name);
        assert_eq!(versions.len(), 1, "{name}: {versions:?}");
    }
}

#[test]
fn there_is_one_tls_provider() {
    let built = tree(&["--workspace"]);
    let others = present(&built, &["ring", "openssl", "openssl-sys", "native-tls"]);
    assert!(others.is_empty(), "{others:?}");
    assert_eq!(present(&built, &["aws-lc-rs"]), ["aws-lc-rs"]);
}

#[test]
fn libraries_need_nothing_of_a_program() {
    for library in [
        "contentzavod-core",
        "contentzavod-preflight",
        "contentzavod-instagram",
        "contentzavod-store",
        "contentzavod-client",
    ] {
        let built = tree(&["--package", library, "--edges", "normal,build"]);
        let found = present(&built, &ONLY_IN_PROGRAMS);
        assert!(found.is_empty(), "{library} builds {found:?}");
    }
    let server = tree(&["--package", "contentzavod-server", "--edges", "normal"]);
    let found = present(&server, &ONLY_IN_PROGRAMS);
    assert_eq!(found, ONLY_IN_PROGRAMS, "the names are still right");
}

/// A released binary cannot be told to die: only the tests' own program is built with the points.
#[test]
fn no_release_has_crash_points() {
    let crash_points = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO"))
            .args([
                "tree", "--locked", "--prefix", "none", "--format", "{p} {f}",
            ])
            .args(arguments)
            .current_dir(super::root())
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("contentzavod-core"), "{text}");
        text.contains("crash-points")
    };
    for package in [
        "contentzavod-server",
        "contentzavod-store",
        "contentzavod-examples",
    ] {
        let normal = ["--package", package, "--edges", "normal,build"];
        assert!(!crash_points(&normal), "{package}");
    }
    assert!(
        crash_points(&["--package", "e2e"]),
        "the name is still right"
    );
}

#[test]
fn the_crate_outside_locks_nothing_of_a_program() {
    let path = super::root().join("examples/outside/Cargo.lock");
    let lock = std::fs::read_to_string(path).unwrap();
    let locked: Built = lock
        .lines()
        .filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
        .map(|name| (name.to_owned(), String::new()))
        .collect();
    assert_eq!(present(&locked, &["contentzavod-core"]).len(), 1);
    let found = present(&locked, &ONLY_IN_PROGRAMS);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn what_is_built_is_read_from_the_tree() {
    let line = "contentzavod-core v0.1.0 (/somewhere/contentzavod-core) (*)";
    let (name, version) = name_and_version(line).unwrap();
    assert_eq!(
        (name.as_str(), version.as_str()),
        ("contentzavod-core", "v0.1.0")
    );
    let two = Built::from([
        ("hyper".to_owned(), "v0.14.1".to_owned()),
        ("hyper".to_owned(), "v1.2.0".to_owned()),
        ("ring".to_owned(), "v0.17.0".to_owned()),
    ]);
    assert_eq!(versions(&two, "hyper"), ["v0.14.1", "v1.2.0"]);
    assert_eq!(present(&two, &["openssl", "ring"]), ["ring"]);
}
