//! Statements of Telegram's widget and Mini Apps: the vectors, and everything that is not one.

use std::sync::Arc;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use contentzavod_core::ports::{Clock, IdentityError, IdentityProvider};
use contentzavod_core::testing::ManualClock;
use contentzavod_identity::Telegram;
use proptest::prelude::*;

const TOKEN: &str = "123456789:TEST-ONLY-not-a-real-token-AAAAAAAAAAA";
/// When both statements were signed.
const SIGNED: i64 = 1_767_225_600;

const WIDGET: &[(&str, &str)] = &[
    ("id", "424242"),
    ("first_name", "Аня"),
    ("username", "anya_test"),
    ("photo_url", "https://t.me/i/userpic/320/x.jpg"),
    ("auth_date", "1767225600"),
    (
        "hash",
        "261175aac38ff91fdedf027ecd211d8bd18c28b8684c90b77d6d34373b52f03a",
    ),
];
const APP: &[(&str, &str)] = &[
    ("auth_date", "1767225600"),
    ("query_id", "AAE_test"),
    ("signature", "c2lnbmF0dXJlLXBsYWNlaG9sZGVy"),
    (
        "user",
        r#"{"id":424242,"first_name":"Аня","username":"anya_test","language_code":"ru"}"#,
    ),
    (
        "hash",
        "7c1a5d818037719865f6741b959cae1a26bc056db6fed817f15f8b855fcdba7b",
    ),
];

fn query(fields: &[(&str, &str)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(fields).finish()
}

fn telegram(after: i64) -> Telegram {
    let clock = ManualClock::new();
    let at = DateTime::from_timestamp(SIGNED + after, 0).unwrap();
    clock.jump(at);
    Telegram::of_bot(TOKEN.into(), Arc::new(clock) as Arc<dyn Clock>)
}

fn untrusted(statement: &str, after: i64) -> String {
    match telegram(after).verify(statement) {
        Err(IdentityError::Untrusted(why)) => why,
        other => panic!("{statement}: {other:?}"),
    }
}

fn changed(fields: &[(&'static str, &'static str)], key: &str, value: &'static str) -> String {
    let fields: Vec<_> = fields
        .iter()
        .map(|(k, v)| if *k == key { (*k, value) } else { (*k, *v) })
        .collect();
    query(&fields)
}

#[test]
fn the_vectors_are_believed() {
    let widget = telegram(0).verify(&query(WIDGET)).unwrap();
    assert_eq!(widget.who.subject, "424242");
    assert_eq!(widget.who.name.as_deref(), Some("Аня"));
    assert_eq!(widget.who.locale, None);
    let app = telegram(0).verify(&query(APP)).unwrap();
    assert_eq!(app.who.subject, "424242");
    assert_eq!(app.who.locale.as_deref(), Some("ru"));
    // The order in which fields come does not matter, and both have a mark that is used once.
    let mut turned = WIDGET.to_vec();
    turned.reverse();
    assert_eq!(telegram(0).verify(&query(&turned)).unwrap(), widget);
    assert_ne!(widget.mark, app.mark);
}

#[test]
fn a_statement_has_its_time() {
    let (widget, app) = (query(WIDGET), query(APP));
    for (statement, most) in [(&widget, 300), (&app, 3600)] {
        let used = telegram(most).verify(statement).unwrap();
        let until: DateTime<Utc> = used.until;
        assert!(
            until.timestamp() > SIGNED + most,
            "marks are kept until it is too old"
        );
        assert!(untrusted(statement, most + 1).contains("too old"));
        telegram(-60).verify(statement).unwrap();
        assert!(untrusted(statement, -61).contains("future"));
    }
}

#[test]
fn what_was_changed_is_not_believed() {
    for (key, value) in [
        ("id", "424243"),
        ("first_name", "Аня "),
        ("auth_date", "1767225601"),
        (
            "hash",
            "0000000000000000000000000000000000000000000000000000000000000000",
        ),
        ("hash", "2611"),
        ("hash", ""),
        (
            "hash",
            "261175AAC38FF91FDEDF027ECD211D8BD18C28B8684C90B77D6D34373B52F03A",
        ),
    ] {
        untrusted(&changed(WIDGET, key, value), 0);
    }
    for (key, value) in [("query_id", "AAE"), ("signature", ""), ("user", "{}")] {
        untrusted(&changed(APP, key, value), 0);
    }
    // Of another bot.
    let clock = ManualClock::new();
    clock.jump(DateTime::from_timestamp(SIGNED, 0).unwrap());
    let other = Telegram::of_bot("987:other".into(), Arc::new(clock));
    assert!(other.verify(&query(WIDGET)).is_err());
}

#[test]
fn fields_that_are_twice_missing_or_unknown_are_refused() {
    let twice = format!("{}&id=424242", query(WIDGET));
    assert!(untrusted(&twice, 0).contains("twice"));
    let more = format!("{}&is_admin=1", query(WIDGET));
    assert!(untrusted(&more, 0).contains("is_admin"));
    assert!(untrusted("", 0).contains("hash"));
    assert!(untrusted(&query(&WIDGET[..5]), 0).contains("hash"));
    assert!(untrusted(&format!("user={}&hash=00", "x".repeat(5000)), 0).contains("longer"));
}

#[test]
fn without_a_bot_there_is_no_such_way_in() {
    let credentials = contentzavod_identity::Credentials::new("1", "s".into());
    let clock = Arc::new(ManualClock::new());
    let telegram = Telegram::new(credentials, clock).unwrap();
    let refused = telegram.verify(&query(WIDGET));
    assert_eq!(refused, Err(IdentityError::Unsupported));
}

/// A statement that a key of the test signs for a bot, as Telegram does with its own.
fn signed_for(key: &Ed25519KeyPair, bot: &str, fields: &[(&str, &str)]) -> String {
    let mut lines: Vec<String> = fields.iter().map(|(k, v)| format!("{k}={v}")).collect();
    lines.sort();
    lines.insert(0, format!("{bot}:WebAppData"));
    let signature = URL_SAFE_NO_PAD.encode(key.sign(lines.join("\n").as_bytes()));
    let mut all = fields.to_vec();
    all.extend([("signature", signature.as_str()), ("hash", "00")]);
    query(&all)
}

#[test]
fn mini_apps_of_a_bot_whose_token_is_elsewhere_are_believed() {
    let key = Ed25519KeyPair::generate().unwrap();
    let public: [u8; 32] = key.public_key().as_ref().try_into().unwrap();
    let plain: Vec<_> = APP
        .iter()
        .copied()
        .filter(|(name, _)| !["hash", "signature"].contains(name))
        .collect();
    let telegram = |key, after| {
        let credentials = contentzavod_identity::Credentials::new("1", "s".into());
        let clock = ManualClock::new();
        clock.jump(DateTime::from_timestamp(SIGNED + after, 0).unwrap());
        let telegram = Telegram::new(credentials, Arc::new(clock)).unwrap();
        telegram.with_mini_apps_of(123_456_789, key)
    };
    let good = signed_for(&key, "123456789", &plain);
    let app = telegram(public, 0).verify(&good).unwrap();
    assert_eq!(app.who.subject, "424242");
    assert_eq!(app.who.name.as_deref(), Some("Аня"));
    // With padding it is the same statement.
    let padded = good.replace("&hash=", "%3D%3D&hash=");
    assert_eq!(telegram(public, 0).verify(&padded).unwrap(), app);
    telegram(public, 3600).verify(&good).unwrap();
    for (bad, key, after) in [
        (good.clone(), public, 3601),
        (good.clone(), public, -61),
        (good.clone(), contentzavod_identity::TELEGRAM_KEY, 0),
        (signed_for(&key, "987654321", &plain), public, 0),
        (good.replace("424242", "424243"), public, 0),
        (good.replace("AAE_test", "AAE"), public, 0),
        (query(&plain), public, 0),
        (query(APP), public, 0),
    ] {
        let refused = telegram(key, after).verify(&bad);
        assert!(matches!(refused, Err(IdentityError::Untrusted(_))), "{bad}");
    }
}

proptest! {
    #[test]
    fn any_text_is_refused_and_nothing_panics(text in ".{0,400}") {
        prop_assert!(telegram(0).verify(&text).is_err());
    }

    #[test]
    fn one_byte_changed_is_refused(at in 0_usize..400, to in any::<u8>()) {
        let good = query(WIDGET);
        let mut bytes = good.clone().into_bytes();
        let at = at % bytes.len();
        prop_assume!(bytes[at] != to);
        bytes[at] = to;
        if let Ok(text) = String::from_utf8(bytes) {
            // `+` and `%20` are one.
            let same = url::form_urlencoded::parse(text.as_bytes())
                .eq(url::form_urlencoded::parse(good.as_bytes()));
            prop_assert!(same || telegram(0).verify(&text).is_err());
        }
    }
}
