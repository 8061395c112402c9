//! A page a rule, made from the code, and found by its address in every finding.

use std::collections::BTreeSet;
use std::path::Path;

use contentzavod_preflight::{check_caption, messages, pages};

use crate::common::{REEL, report, report_with};

fn folder() -> Option<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/rules");
    // The crate as it is packaged has no pages beside it.
    folder.parent().is_some_and(Path::is_dir).then_some(folder)
}

#[test]
fn every_rule_has_a_page_and_the_pages_are_what_the_code_says() {
    let made = pages::pages();
    let rules: BTreeSet<_> = messages::texts()
        .map(|t| format!("{}.md", t.rule))
        .collect();
    let names: BTreeSet<_> = made.iter().skip(1).map(|(name, _)| name.clone()).collect();
    assert_eq!(names, rules);
    let Some(folder) = folder() else {
        return;
    };
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        for (name, text) in &made {
            std::fs::write(folder.join(name), text).unwrap();
        }
    }
    for (name, text) in &made {
        let kept = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(
            kept == *text,
            "docs/rules/{name} differs: UPDATE_DOCS=1 cargo test -p contentzavod-preflight --test it pages"
        );
    }
    let kept = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(kept, made.len(), "pages of rules that are no more");
}

#[test]
fn every_finding_carries_the_address_of_its_page() {
    let mut policy = contentzavod_preflight::Policy::instagram_reel();
    policy.width_max.value = 1;
    let captions = contentzavod_preflight::CaptionPolicy::instagram();
    let mut found = report(b"no video").findings;
    found.extend(report_with(REEL, &policy).findings);
    found.extend(check_caption(&"#a".repeat(2201), &captions));
    found.push(contentzavod_preflight::moved());
    assert!(found.len() >= 4);
    for finding in found {
        let doc = finding.doc.expect("an address");
        assert!(
            doc.ends_with(&format!("/docs/rules/{}.md", finding.rule)),
            "{doc}"
        );
        assert_eq!(pages::address(&finding.rule), Some(doc));
    }
    assert_eq!(pages::address("account.platform"), None);
}
