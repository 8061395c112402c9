//! What a package carries for whoever finds it alone.

use cargo_metadata::{MetadataCommand, Package};

use super::{read, root};

const LICENCES: [&str; 2] = ["LICENSE-MIT", "LICENSE-APACHE"];

fn published() -> Vec<Package> {
    let mut command = MetadataCommand::new();
    let metadata = command.current_dir(root()).no_deps().exec().unwrap();
    let published = metadata.packages.into_iter();
    published
        .filter(|package| package.publish.as_deref() != Some(&[]))
        .collect()
}

#[test]
fn every_package_says_what_it_is_and_carries_its_licences() {
    let packages = published();
    assert!(packages.len() >= 6, "{}", packages.len());
    for package in packages {
        let name = &package.name;
        assert!(package.description.is_some(), "{name}");
        assert!(package.repository.is_some(), "{name}");
        assert!(package.license.is_some(), "{name}");
        let (keywords, categories) = (package.keywords.len(), package.categories.len());
        // More than five are refused by crates.io.
        assert!((1..=5).contains(&keywords), "{name}: {keywords} keywords");
        assert!(
            (1..=5).contains(&categories),
            "{name}: {categories} categories"
        );
        let readme = read(&format!("{name}/README.md"));
        assert!(readme.starts_with(&format!("# {name}\n")), "{name}");
        for licence in LICENCES {
            // Links to the root's: `cargo package` puts the texts into the package.
            assert_eq!(read(&format!("{name}/{licence}")), read(licence), "{name}");
        }
    }
}
