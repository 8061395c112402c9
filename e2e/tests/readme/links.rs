//! Every link inside the repository leads somewhere, and what there is to see is linked.

use std::path::Path;

use super::{DOCUMENTS, read, root};

/// The targets of Markdown's links that are no address.
fn links(text: &str) -> Vec<&str> {
    let targets = text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    targets
        .map(|target| target.split('#').next().unwrap_or(target))
        .filter(|target| !target.is_empty() && !target.contains("://"))
        .collect()
}

/// Documents of the repository and of its crates.
fn documents() -> Vec<String> {
    let mut all: Vec<String> = DOCUMENTS.map(str::to_owned).into();
    all.push("CHANGELOG.md".to_owned());
    all.extend(pages());
    all.extend(listed("docs/rules"));
    for entry in std::fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if root().join(&name).join("README.md").exists() {
            all.push(format!("{name}/README.md"));
        }
    }
    all
}

/// What stands in a folder.
fn listed(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap();
    entries
        .map(|entry| format!("{folder}/{}", entry.unwrap().file_name().to_str().unwrap()))
        .collect()
}

/// The pages in `docs`; of a folder its first one, which leads to the others.
fn pages() -> Vec<String> {
    let pages = listed("docs").into_iter();
    pages
        .map(|page| match root().join(&page).is_dir() {
            true => format!("{page}/README.md"),
            false => page,
        })
        .collect()
}

#[test]
fn the_first_page_of_a_folder_leads_to_the_others() {
    let first = read("docs/rules/README.md");
    let linked = links(&first);
    let others = listed("docs/rules");
    assert!(others.len() > 40, "{others:?}");
    for page in others {
        let name = page.rsplit('/').next().unwrap();
        assert!(
            name == "README.md" || linked.contains(&name),
            "{page} is not linked"
        );
    }
}

#[test]
fn every_page_is_in_the_readme() {
    let readme = read("README.md");
    let linked = links(&readme);
    let pages = pages();
    assert!(pages.len() >= 3, "{pages:?}");
    for page in pages {
        assert!(linked.contains(&page.as_str()), "{page} is not linked");
    }
}

#[test]
fn every_link_leads_somewhere() {
    let mut seen = 0;
    for document in documents() {
        let folder = root().join(&document);
        let folder = folder.parent().unwrap();
        for link in links(&read(&document)) {
            assert!(folder.join(link).exists(), "{document}: {link}");
            seen += 1;
        }
    }
    assert!(seen > 10, "only {seen} links were found");
}

#[test]
fn links_are_found_and_addresses_are_not() {
    let text = "[a](b.md), [c](https://d.example/e), [`f`](g#h) and [i](#j)";
    assert_eq!(links(text), ["b.md", "g"]);
}

/// Paths between backticks, `{a,b}` written out; `contentzavod-` is left out before them.
fn paths(text: &str) -> Vec<String> {
    const ROOMS: [&str; 10] = [
        "core",
        "contentzavod-identity",
        "store",
        "instagram",
        "preflight",
        "server",
        "client",
        "e2e",
        "examples",
        "xtask",
    ];
    let mut found = Vec::new();
    for code in text.split('`').skip(1).step_by(2) {
        let room = code.split_once('/').map(|(room, _)| room);
        if !room.is_some_and(|room| ROOMS.contains(&room)) || code.contains("NNNN") {
            continue;
        }
        match code.split_once('{').zip(code.split_once('}')) {
            Some(((before, _), (inner, after))) => {
                let names = inner.rsplit('{').next().unwrap_or(inner).split(',');
                found.extend(names.map(|name| format!("{before}{name}{after}")));
            }
            None => found.push(code.to_owned()),
        }
    }
    found
}

#[test]
fn every_path_is_there() {
    let mut seen = 0;
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        for path in paths(&read(document)) {
            let there = [path.clone(), format!("contentzavod-{path}")];
            let there = there.iter().any(|path| root().join(path).exists());
            assert!(there, "{document}: {path}");
            seen += 1;
        }
    }
    assert!(seen > 25, "only {seen} paths were found");
    let found = paths("`core/a.rs` in `or/this`, `store/{b,c}/d`, `NNNN`");
    assert_eq!(found, ["core/a.rs", "store/b/d", "store/c/d"]);
}

#[test]
fn every_example_and_every_crate_is_in_the_readme() {
    let readme = read("README.md");
    let linked = links(&readme);
    let folder = root().join("examples/examples");
    let mut there: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    there.extend(std::fs::read_dir(root()).unwrap().map(Result::unwrap));
    let mut seen = 0;
    for entry in there {
        let path = entry.path();
        let short = path.strip_prefix(root()).unwrap().to_str().unwrap();
        let name = Path::new(short).file_name().unwrap().to_str().unwrap();
        if short.starts_with("examples/") || name.starts_with("contentzavod-") {
            assert!(linked.contains(&short), "{short} is not linked");
            seen += 1;
        }
    }
    assert!(seen >= 9, "only {seen}");
}
