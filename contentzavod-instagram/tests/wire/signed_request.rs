//! What Meta signs, and everything that it did not.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::Secret;
use contentzavod_instagram::signed_request::{SignedRequest, SignedRequestError, verify};
use contentzavod_instagram::{GraphConfig, InstagramApp, MetaApp};
use proptest::prelude::*;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

const SECRET: &str = "0123456789abcdef0123456789abcdef";
/// Made elsewhere, with that secret.
const VECTOR: &str = "82Y2ZHx0B3CBvE4uriq62iuIqRL8HTDONrbBtxW6_sg.eyJ1c2VyX2lkIjoiMTc4NDE0MDAwMDAwMDAwMDAiLCJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImlzc3VlZF9hdCI6MTc2NzIyNTYwMH0";
const ISSUED: i64 = 1_767_225_600;

fn at(secs: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(secs, 0).unwrap()
}

fn heard(field: &str, secs: i64) -> Result<SignedRequest, SignedRequestError> {
    verify(field, &[SECRET.into()], at(secs))
}

fn signature(payload: &str) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
    hmac::sign(&key, payload.as_bytes()).as_ref().to_vec()
}

fn signed(body: &str) -> String {
    let payload = URL_SAFE_NO_PAD.encode(body);
    format!("{}.{payload}", URL_SAFE_NO_PAD.encode(signature(&payload)))
}

fn saying(body: &Value) -> Result<SignedRequest, SignedRequestError> {
    heard(&signed(&body.to_string()), ISSUED)
}

#[test]
fn what_meta_signed_is_heard() {
    let said = heard(VECTOR, ISSUED).unwrap();
    assert_eq!(said.user_id, "17841400000000000");
    assert_eq!(said.issued_at, at(ISSUED));
    assert_eq!(said, heard(VECTOR, ISSUED + 1).unwrap());
    assert!(said.marked_until() > at(ISSUED) + TimeDelta::hours(24));
    // A number beyond what JavaScript counts to.
    let number = json!({ "algorithm": "HMAC-SHA256", "issued_at": ISSUED.to_string(),
        "expires": ISSUED + 3600, "user_id": 27_640_000_000_000_001_u64 });
    assert_eq!(saying(&number).unwrap().user_id, "27640000000000001");
}

#[test]
fn either_app_may_have_signed_and_nobody_else() {
    let config = GraphConfig {
        instagram_app: Some(InstagramApp {
            id: "1".to_owned(),
            secret: "another secret".into(),
        }),
        meta_app: Some(MetaApp {
            id: None,
            secret: SECRET.into(),
        }),
        ..GraphConfig::default()
    };
    let secrets = config.app_secrets();
    let texts: Vec<&str> = secrets.iter().map(ExposeSecret::expose_secret).collect();
    assert_eq!(texts, ["another secret", SECRET]);
    assert!(verify(VECTOR, &secrets, at(ISSUED)).is_ok());
    let wrong: [&[Secret]; 3] = [&[], &secrets[..1], &["".into()]];
    for secrets in wrong {
        let refused = verify(VECTOR, secrets, at(ISSUED));
        assert_eq!(refused, Err(SignedRequestError::Signature));
    }
    // With no secret at all anybody could sign.
    let payload = VECTOR.split_once('.').unwrap().1;
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"");
    let forged = URL_SAFE_NO_PAD.encode(hmac::sign(&key, payload.as_bytes()));
    let forged = verify(&format!("{forged}.{payload}"), &["".into()], at(ISSUED));
    assert_eq!(forged, Err(SignedRequestError::Signature));
}

#[test]
fn a_changed_request_is_not_heard() {
    let (signature, payload) = VECTOR.split_once('.').unwrap();
    let other = URL_SAFE_NO_PAD.encode(json!({ "user_id": "1" }).to_string());
    for wrong in [
        format!("{signature}.{other}"),
        format!("{signature}.{payload}A"),
        format!("{signature}.{payload}="),
        format!("{}.{payload}", URL_SAFE_NO_PAD.encode([7; 32])),
        format!("{}.{payload}", &signature[..20]),
        format!(".{payload}"),
        format!("{signature}."),
    ] {
        let refused = heard(&wrong, ISSUED);
        assert_eq!(refused, Err(SignedRequestError::Signature), "{wrong}");
    }
    for wrong in ["", ".x y", "garbage", "ñ.ñ", &"a.".repeat(3000), "a+b/.c"] {
        let refused = heard(wrong, ISSUED);
        assert!(refused.is_err(), "{wrong}");
    }
}

#[test]
fn padding_is_no_difference() {
    let body = json!({ "algorithm": "HMAC-SHA256", "issued_at": ISSUED, "user_id": "12" });
    let payload = URL_SAFE.encode(body.to_string());
    assert!(payload.ends_with('='), "{payload}");
    let padded = format!("{}.{payload}", URL_SAFE.encode(signature(&payload)));
    let half = format!("{}.{payload}", URL_SAFE_NO_PAD.encode(signature(&payload)));
    let (padded, half) = (heard(&padded, ISSUED), heard(&half, ISSUED));
    // And the same said in another way is the same.
    assert_eq!(padded.unwrap().mark, half.unwrap().mark);
    assert_ne!(
        saying(&body).unwrap().mark,
        heard(VECTOR, ISSUED).unwrap().mark
    );
}

#[test]
fn it_is_heard_for_a_day() {
    for (secs, outcome) in [
        (24 * 3600, None),
        (24 * 3600 + 1, Some(SignedRequestError::Stale)),
        (-300, None),
        (-301, Some(SignedRequestError::Future)),
    ] {
        assert_eq!(heard(VECTOR, ISSUED + secs).err(), outcome, "{secs}");
    }
}

#[test]
fn what_is_signed_and_makes_no_sense_is_refused() {
    let good = json!({ "algorithm": "HMAC-SHA256", "issued_at": ISSUED, "user_id": "12" });
    assert!(saying(&good).is_ok());
    let with = |name: &str, value: Value| {
        let mut body = good.clone();
        body[name] = value;
        body
    };
    for wrong in [json!("none"), json!("hmac-sha256"), json!(null), json!(1)] {
        let refused = saying(&with("algorithm", wrong));
        assert_eq!(refused, Err(SignedRequestError::Algorithm));
    }
    for wrong in [
        with("issued_at", json!("yesterday")),
        with("issued_at", json!(i64::MAX)),
        with("issued_at", json!(1.5e300)),
        with("user_id", json!("")),
        with("user_id", json!("../1")),
        with("user_id", json!(-1)),
        with("user_id", json!(["12"])),
    ] {
        assert_eq!(
            saying(&wrong),
            Err(SignedRequestError::Malformed),
            "{wrong}"
        );
    }
    for text in [
        "",
        "[]",
        "null",
        "{",
        "{\"algorithm\":\"HMAC-SHA256\",\"algorithm\":\"x\"}",
    ] {
        assert!(heard(&signed(text), ISSUED).is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn nothing_panics(field in "\\PC{0,200}", body in ".{0,100}", secs in any::<i32>()) {
        let _ = heard(&field, secs.into());
        let _ = heard(&signed(&body), secs.into());
    }

    #[test]
    fn no_other_signature_will_do(at in 0..43_usize, with in "[A-Za-z0-9_-]") {
        let mut changed = VECTOR.to_owned();
        changed.replace_range(at..=at, &with);
        // The last character holds bits that say nothing: those are refused as no base64.
        let same = changed == VECTOR;
        prop_assert_eq!(heard(&changed, ISSUED).is_ok(), same);
    }
}
