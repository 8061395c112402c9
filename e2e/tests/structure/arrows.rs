//! Which crate of the workspace may depend on which.

use std::collections::BTreeSet;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

const CLIENT: &str = "contentzavod-client";
const CORE: &str = "contentzavod-core";
const EXAMPLES: &str = "contentzavod-examples";
const IDENTITY: &str = "contentzavod-identity";
const INSTAGRAM: &str = "contentzavod-instagram";
const PREFLIGHT: &str = "contentzavod-preflight";
const SERVER: &str = "contentzavod-server";
const STORE: &str = "contentzavod-store";

/// Every arrow there is, downwards only. A new one is a decision: it is made here.
const ARROWS: &[(&str, &[&str])] = &[
    (PREFLIGHT, &[]),
    (CORE, &[PREFLIGHT]),
    (IDENTITY, &[CORE]),
    (INSTAGRAM, &[CORE, PREFLIGHT]),
    (STORE, &[CORE]),
    // The composition root names the others and joins them.
    (SERVER, &[CORE, IDENTITY, INSTAGRAM, PREFLIGHT, STORE]),
    // Generated from openapi.yaml, which is all it may know.
    (CLIENT, &[]),
    ("xtask", &[]),
    ("bench", &[CORE, PREFLIGHT, STORE]),
    // Only here do server, client and sandbox meet.
    (
        "e2e",
        &[CLIENT, CORE, IDENTITY, INSTAGRAM, PREFLIGHT, SERVER, STORE],
    ),
    (
        EXAMPLES,
        &[CLIENT, CORE, INSTAGRAM, PREFLIGHT, SERVER, STORE],
    ),
];

/// What tests of any crate may use beside its own arrows: the core's feature `testing`.
const FOR_TESTS: &str = CORE;

type Arrow = (String, String);

fn listed() -> BTreeSet<Arrow> {
    let arrow = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    ARROWS
        .iter()
        .flat_map(|(from, to)| to.iter().map(move |to| arrow(from, to)))
        .collect()
}

fn metadata() -> Metadata {
    let mut command = MetadataCommand::new();
    command.current_dir(super::root()).no_deps();
    command.exec().unwrap()
}

/// The arrows between members, as their manifests declare them, optional ones included.
fn declared(metadata: &Metadata, for_tests: bool) -> BTreeSet<Arrow> {
    let mut arrows = BTreeSet::new();
    for package in &metadata.packages {
        for dependency in &package.dependencies {
            let ours = dependency.path.is_some();
            let tests_only = dependency.kind == DependencyKind::Development;
            if ours && tests_only == for_tests {
                arrows.insert((package.name.to_string(), dependency.name.clone()));
            }
        }
    }
    arrows
}

#[test]
fn every_member_has_its_line() {
    let members: BTreeSet<_> = metadata()
        .packages
        .iter()
        .map(|package| package.name.to_string())
        .collect();
    let lines: BTreeSet<_> = ARROWS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(members, lines);
}

#[test]
fn the_arrows_are_those_of_the_list() {
    let (declared, listed) = (declared(&metadata(), false), listed());
    let new: Vec<_> = declared.difference(&listed).collect();
    assert!(new.is_empty(), "nobody allowed {new:?}");
    let gone: Vec<_> = listed.difference(&declared).collect();
    assert!(gone.is_empty(), "the list still names {gone:?}");
}

#[test]
fn tests_reach_for_nothing_but_the_core() {
    let listed = listed();
    let new: Vec<_> = declared(&metadata(), true)
        .into_iter()
        .filter(|arrow| arrow.1 != FOR_TESTS && !listed.contains(arrow))
        .collect();
    assert!(new.is_empty(), "nobody allowed {new:?}");
}

#[test]
fn the_list_points_down_only() {
    // Each crate's line stands below the lines it points to.
    let place = |name: &str| ARROWS.iter().position(|(from, _)| *from == name);
    for (from, to) in listed() {
        if from != to {
            let below = place(&to) < place(&from) || matches!(from.as_str(), "e2e" | EXAMPLES);
            assert!(below, "{from} points up to {to}");
        }
    }
}
