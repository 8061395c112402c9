//! No secret is anywhere but where it must be: tokens, the app secret, API keys, signed links and the
//! master key go through stories on the real binary with everything logged, and then every place is
//! looked through: logs, answers, metrics, files, what commands print, the published documents.

mod canary;
mod mirror;
mod shown;
mod story;

use canary::{Canary, Source, leaks};

/// A leak that is put into a place is found there, in every form: the search is not blind.
fn planted(canaries: &[Canary], sources: &[Source]) {
    for source in sources {
        let end = source.bytes.len();
        for canary in canaries {
            for needle in canary.needles() {
                // In the midst of what is there, at whatever byte.
                let mut bytes = source.bytes[end.saturating_sub(40_000)..].to_vec();
                let middle = bytes.len() / 2;
                bytes.splice(middle..middle, needle.bytes.iter().copied());
                let found = leaks(
                    std::slice::from_ref(canary),
                    &Source::new(&*source.name, bytes),
                );
                let form = format!("{} ({})", canary.name, needle.form);
                assert!(
                    found.iter().any(|f| f.contains(&form)),
                    "{form} in {}",
                    source.name
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_are_nowhere() {
    let told = story::tell().await.unwrap();
    for name in [
        "app secret",
        "token",
        "dead token",
        "API key",
        "signed link",
        "master key",
    ] {
        assert!(told.canaries.iter().any(|c| c.name == name), "no {name}");
    }
    planted(&told.canaries, &told.sources);
    // What a person wrote is found where it belongs: the places are really looked through.
    let caption = [Canary::new("caption", story::PLANTED)];
    let seen: Vec<&str> = told
        .sources
        .iter()
        .filter(|source| !leaks(&caption, source).is_empty())
        .map(|source| source.name.as_str())
        .collect();
    for place in ["contentzavod.db", "answers of the API"] {
        assert!(
            seen.iter().any(|name| name.contains(place)),
            "{place} was not looked through: {seen:?}"
        );
    }
    let requests = told
        .sources
        .iter()
        .find(|source| source.name.contains("logs/requests-"))
        .expect("the log of requests was looked through");
    let requests = String::from_utf8_lossy(&requests.bytes);
    for route in ["/v1/accounts", "/m/:token"] {
        assert!(requests.contains(route), "{route} is not in {requests}");
    }
    let log = told
        .sources
        .iter()
        .find(|source| source.name == "log")
        .unwrap();
    for level in [" TRACE ", " DEBUG ", " INFO "] {
        let there = String::from_utf8_lossy(&log.bytes).contains(level);
        assert!(there, "nothing is logged at{level}");
    }
    let found: Vec<String> = told
        .sources
        .iter()
        .flat_map(|s| leaks(&told.canaries, s))
        .collect();
    for source in &told.sources {
        println!("{:>10} bytes {}", source.bytes.len(), source.name);
    }
    assert!(
        found.is_empty(),
        "{} leaks:\n{}",
        found.len(),
        found.join("\n")
    );
}
