//! What values that hold secrets show of them, and what the published documents show.

use std::path::Path;

use contentzavod_core::model::{Access, Secret};
use contentzavod_core::ports::Vault as _;
use contentzavod_core::ports::vault::SealContext;
use contentzavod_server::config::{self, Overrides};
use contentzavod_store::vault::KeyRingVault;
use secrecy::ExposeSecret as _;

use crate::canary::{Canary, Source, leaks};
use crate::story::{APP_SECRET, TOKEN};

/// Both forms of a value's `Debug`.
fn shown(name: &str, value: &dyn std::fmt::Debug) -> Source {
    Source::new(name, format!("{value:?}\n{value:#?}"))
}

#[test]
fn no_debug_shows_a_secret() {
    let key = KeyRingVault::generate();
    let vault = KeyRingVault::parse(&key).unwrap();
    let context = SealContext {
        workspace: uuid::Uuid::nil().into(),
        noun: "account",
        field: "token",
        id: uuid::Uuid::nil(),
    };
    let sealed = vault.seal(&Secret::from(TOKEN), &context).unwrap();
    let environment = [
        ("CONTENTZAVOD_INSTAGRAM__APP_ID", "1234567890"),
        ("CONTENTZAVOD_INSTAGRAM__APP_SECRET", APP_SECRET),
        ("CONTENTZAVOD_ENCRYPTION_KEYS", key.expose_secret()),
    ];
    let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let settings = config::load(&Overrides::default(), environment.into_iter(), None).unwrap();
    let client = contentzavod_client::Client::with_api_key("http://127.0.0.1:1", TOKEN).unwrap();
    let account = contentzavod_client::types::NewAccount::builder().access_token(TOKEN);
    let made: contentzavod_client::types::MadeApiKey = serde_json::from_value(serde_json::json!({
        "api_key": { "id": uuid::Uuid::nil(), "name": "a", "prefix": "cz_live_a", "last_four": "abcd",
                     "created_at": "2026-12-01T09:00:00Z" },
        "secret": TOKEN,
    }))
    .unwrap();
    let access = Access {
        account: uuid::Uuid::nil().into(),
        remote_user_id: "1".to_owned(),
        token: Secret::from(TOKEN),
        login: "instagram".to_owned(),
    };
    let all = [
        shown("Access", &access),
        shown("Settings", &settings),
        shown("KeyRingVault", &vault),
        shown("Sealed", &sealed),
        shown("Client", &client),
        shown("NewAccount", &account),
        shown("MadeApiKey", &made),
    ];
    let canaries = [
        Canary::new("token", TOKEN),
        Canary::new("app secret", APP_SECRET),
        Canary::new("master key", key.expose_secret()),
        Canary::new("sealed token", &*sealed.0),
    ];
    let found: Vec<String> = all.iter().flat_map(|s| leaks(&canaries, s)).collect();
    assert!(found.is_empty(), "{found:#?}");
    // What shows everything is seen to do so.
    assert!(!leaks(&canaries, &shown("a bare token", &TOKEN)).is_empty());
}

/// Letters and digits in a row that no document of ours needs, unless it is listed here.
const RUN: usize = 32;
/// Long names that are no secrets.
const KNOWN: [&str; 0] = [];

/// What looks like a credential: how real tokens and keys begin, and long mixed runs.
fn credentials(text: &str) -> Vec<String> {
    let runs = text.split(|c: char| !(c.is_ascii_alphanumeric() || "_-+/=".contains(c)));
    let suspicious = |run: &&str| {
        let starts = ["IGAA", "EAA", "cz_live_", "sk_", "ghp_", "AKIA", "eyJ"];
        // Names of the stand-in's tokens: Meta's have no dash there.
        let stand_in = run.starts_with("EAA-");
        let begun = starts
            .iter()
            .any(|s| run.starts_with(s) && run.len() >= s.len() + 12 && !stand_in);
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        let upper = run.bytes().filter(u8::is_ascii_uppercase).count();
        let mixed = run.len() >= RUN && digits >= 2 && upper >= 2;
        (begun || mixed) && !KNOWN.contains(run)
    };
    runs.filter(suspicious).map(str::to_owned).collect()
}

#[test]
fn the_published_documents_hold_no_credential() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for path in [
        "openapi.yaml",
        "contentzavod-client/src/generated.rs",
        "README.md",
        "docs/sandbox.md",
    ] {
        let text = std::fs::read_to_string(root.join(path)).unwrap();
        assert_eq!(credentials(&text), Vec::<String>::new(), "{path}");
        let middle = text.len() / 2;
        let middle = (middle..).find(|at| text.is_char_boundary(*at)).unwrap();
        for planted in [
            TOKEN,
            "cz_live_0123456789abcdefghij",
            "dGhpcyBpcyBhIGtleSBvZiAzMiBieXRlcyE0Mjk4",
        ] {
            let (before, after) = text.split_at(middle);
            let with = format!("{before} {planted} {after}");
            assert_eq!(credentials(&with), [planted], "{path} hides a leak");
        }
    }
}
