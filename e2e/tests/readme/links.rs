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
    for entry in std::fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if root().join(&name).join("README.md").exists() {
            all.push(format!("{name}/README.md"));
        }
    }
    all
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
