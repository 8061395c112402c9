//! How much callers may do, with time under the tests' control.

use chrono::TimeDelta;
use contentzavod_instagram::Family;
use contentzavod_instagram::sandbox::INSTAGRAM_APP;
use futures::future::join_all;
use reqwest::{Method, RequestBuilder};
use serde_json::json;

use crate::world::{Answer, REEL, World, read};

const ME: &str = "/v1/users/me";

async fn limited(settings: &[(&str, &str)]) -> World {
    let names = settings.iter();
    let names: Vec<_> = names
        .map(|(name, value)| (format!("CONTENTZAVOD_{name}"), *value))
        .collect();
    let set: Vec<_> = names
        .iter()
        .map(|(name, value)| (name.as_str(), *value))
        .collect();
    World::with(&set).await
}

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer
        .headers
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

async fn asked(request: RequestBuilder) -> Answer {
    read(request.send().await.unwrap()).await
}

/// A call with a key that is none.
fn guess(w: &World) -> RequestBuilder {
    w.request_as("cz_live_guess", Method::GET, ME)
}

#[tokio::test]
async fn every_answer_tells_what_is_left_and_then_when_to_come_again() {
    let w = limited(&[("LIMITS__API", "3/min")]).await;
    for left in ["2", "1", "0"] {
        let answer = w.get(ME).await.fine();
        assert_eq!(header(&answer, "ratelimit-policy"), "\"api\";q=3;w=60");
        let reset = (3 - left.parse::<u32>().unwrap()) * 20;
        let standing = format!("\"api\";r={left};t={reset}");
        assert_eq!(header(&answer, "ratelimit"), standing);
        assert_eq!(header(&answer, "ratelimit-limit"), "3");
        assert_eq!(header(&answer, "ratelimit-remaining"), left);
        assert_eq!(header(&answer, "ratelimit-reset"), reset.to_string());
    }
    let refused = w.get(ME).await.refused(429, "limits.exceeded");
    assert_eq!(header(&refused, "retry-after"), "20");
    assert_eq!(header(&refused, "ratelimit"), "\"api\";r=0;t=60");
    let detail = refused.body["detail"].as_str().unwrap();
    assert_eq!(
        detail,
        "Calls of the API: 3 in 1 min at most. Try again in 20 s."
    );
    // What a handler would refuse is counted, too.
    w.clock.advance(TimeDelta::seconds(20));
    let missing = w
        .get("/v1/posts/018f4b1e-0000-7000-8000-00000000dead")
        .await;
    let missing = missing.refused(404, "post.not_found");
    assert_eq!(header(&missing, "ratelimit-remaining"), "0");
    w.get(ME).await.refused(429, "limits.exceeded");
    w.clock.advance(TimeDelta::seconds(20));
    w.get(ME).await.fine();
}

#[tokio::test]
async fn a_refusal_speaks_the_readers_language() {
    let w = limited(&[("LIMITS__API", "1/h")]).await;
    w.get(ME).await.fine();
    let call = w.request(Method::GET, ME).header("accept-language", "ru");
    let refused = asked(call).await.refused(429, "limits.exceeded");
    let detail = refused.body["detail"].as_str().unwrap();
    assert_eq!(
        detail,
        "Вызовы API: не больше 1 за 1 ч. Повторите через 3600 с."
    );
}

#[tokio::test]
async fn each_key_is_counted_by_itself() {
    let w = limited(&[("LIMITS__API", "2/min")]).await;
    let other = w.person("Boris").await;
    for _ in 0..2 {
        w.get(ME).await.fine();
    }
    w.get(ME).await.refused(429, "limits.exceeded");
    asked(w.request_as(&other, Method::GET, ME)).await.fine();
    w.get(ME).await.refused(429, "limits.exceeded");
}

#[tokio::test]
async fn those_who_come_at_the_same_time_get_no_more() {
    let w = limited(&[("LIMITS__API", "5/min")]).await;
    let answers = join_all((0..20).map(|_| w.get(ME))).await;
    let fine = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(fine, 5);
}

#[tokio::test]
async fn who_guesses_keys_hears_only_that_it_is_too_much() {
    let w = limited(&[("LIMITS__API", "600/min")]).await;
    for nth in 0..20 {
        // No key, no key at all, something else.
        let call = match nth % 3 {
            0 => guess(&w),
            1 => reqwest_plain(&w, ME),
            _ => reqwest_plain(&w, ME).header("authorization", "Basic eDp5"),
        };
        let answer = asked(call).await.refused(401, "auth.required");
        assert!(header(&answer, "ratelimit-policy").starts_with("\"address\";q=20"));
    }
    let refused = asked(guess(&w)).await.refused(429, "limits.exceeded");
    assert_eq!(header(&refused, "retry-after"), "3");
    assert!(!refused.headers.contains_key("www-authenticate"));
    // Who is known comes in, from the same address.
    w.get(ME).await.fine();
    // And nobody needs a key to see whether the server lives.
    asked(reqwest_plain(&w, "/healthz")).await.fine();
    w.clock.advance(TimeDelta::seconds(3));
    asked(guess(&w)).await.refused(401, "auth.required");
    asked(guess(&w)).await.refused(429, "limits.exceeded");
}

/// A call without any key.
fn reqwest_plain(w: &World, path: &str) -> RequestBuilder {
    w.http.request(Method::GET, format!("{}{path}", w.base))
}

#[tokio::test]
async fn whatever_a_caller_writes_about_its_address_changes_nothing() {
    let w = limited(&[("LIMITS__API", "600/min")]).await;
    let lie = |nth: usize| {
        let address = format!("198.51.100.{nth}");
        guess(&w)
            .header("x-forwarded-for", &address)
            .header("x-real-ip", &address)
            .header("forwarded", format!("for={address}"))
            .header("cf-connecting-ip", &address)
    };
    for nth in 0..20 {
        asked(lie(nth)).await.refused(401, "auth.required");
    }
    asked(lie(99)).await.refused(429, "limits.exceeded");
}

#[tokio::test]
async fn a_trusted_proxy_says_for_whom_it_calls() {
    let set = [("LIMITS__API", "600/min"), ("TRUSTED_PROXIES", "127.0.0.1")];
    let w = limited(&set).await;
    let from = |chain: &str| guess(&w).header("x-forwarded-for", chain);
    for nth in 0..20 {
        // What the caller itself wrote before it means nothing.
        let chain = format!("203.0.113.{nth}, 198.51.100.1");
        asked(from(&chain)).await.refused(401, "auth.required");
    }
    asked(from("198.51.100.1"))
        .await
        .refused(429, "limits.exceeded");
    asked(from("198.51.100.2"))
        .await
        .refused(401, "auth.required");
    // Of the other headers none is read.
    let other = from("198.51.100.1").header("x-real-ip", "198.51.100.3");
    asked(other).await.refused(429, "limits.exceeded");
    // A network of IPv6 is one caller.
    for nth in 0..20 {
        let chain = format!("2001:db8::{nth:x}");
        asked(from(&chain)).await.refused(401, "auth.required");
    }
    asked(from("2001:db8::ffff"))
        .await
        .refused(429, "limits.exceeded");
    asked(from("2001:db8:0:1::1"))
        .await
        .refused(401, "auth.required");
}

#[tokio::test]
async fn uploads_are_counted_by_user_and_hold_up_nothing_else() {
    let w = limited(&[("LIMITS__API", "600/min"), ("LIMITS__UPLOAD", "2/h")]).await;
    let made = w
        .post("/v1/api-keys", &json!({ "name": "second" }))
        .await
        .made();
    let second = made.body["secret"].as_str().unwrap();
    let first = w.upload(REEL).await.made();
    let policy = "\"api\";q=600;w=60, \"upload\";q=2;w=3600";
    assert_eq!(header(&first, "ratelimit-policy"), policy);
    assert_eq!(header(&first, "ratelimit-remaining"), "1");
    // One that is refused was one, too, and so was one with another key.
    assert_eq!(w.upload(b"no video").await.status, 422);
    let third = w.request_as(second, Method::POST, "/v1/media?filename=a.mp4");
    let third = third
        .header("content-type", "application/octet-stream")
        .body(REEL);
    let refused = asked(third).await.refused(429, "limits.exceeded");
    assert_eq!(header(&refused, "retry-after"), "1800");
    w.get("/v1/media").await.fine();
    let other = w.person("Boris").await;
    let other = w.request_as(&other, Method::POST, "/v1/media?filename=a.mp4");
    let other = other
        .header("content-type", "application/octet-stream")
        .body(REEL);
    asked(other).await.made();
}

#[tokio::test]
async fn a_user_makes_five_keys_an_hour() {
    let w = limited(&[("LIMITS__API", "600/min")]).await;
    let new = json!({ "name": "ci" });
    for _ in 0..5 {
        w.post("/v1/api-keys", &new).await.made();
    }
    let refused = w.post("/v1/api-keys", &new).await;
    refused.refused(429, "limits.exceeded");
    w.get("/v1/api-keys").await.fine();
    w.clock.advance(TimeDelta::minutes(12));
    w.post("/v1/api-keys", &new).await.made();
}

#[tokio::test]
async fn sign_ins_are_counted_by_address_before_anything_is_looked_at() {
    let w = limited(&[("LIMITS__SIGN_IN", "4/min")]).await;
    let paths = ["/auth/google/start", "/auth/yandex/callback?code=x&state=y"];
    for nth in 0..4 {
        let answer = asked(reqwest_plain(&w, paths[nth % 2])).await;
        assert_ne!(answer.status, 429, "{}", answer.text);
        assert!(header(&answer, "ratelimit").contains("\"sign_in\""));
    }
    for path in paths {
        let refused = asked(reqwest_plain(&w, path)).await;
        refused.refused(429, "limits.exceeded");
    }
    // Nobody is kept from leaving, and who has a key goes on.
    let leave = w.http.post(format!("{}/auth/logout", w.base));
    assert_ne!(asked(leave).await.status, 429);
    w.get(ME).await.fine();
}

/// Whoever is not the platform uses up what is theirs; only what it signed is counted together.
#[tokio::test]
async fn what_platforms_tell_is_counted_all_together() {
    let set = [
        ("LIMITS__SIGN_IN", "20/min"),
        ("TRUSTED_PROXIES", "127.0.0.1"),
        ("INSTAGRAM__APP_ID", INSTAGRAM_APP.id),
        ("INSTAGRAM__APP_SECRET", INSTAGRAM_APP.secret),
    ];
    let w = limited(&set).await;
    let signed = w.sandbox.signed_request(Family::Instagram, "anna");
    let tell = |address: usize, signed: &str| {
        let hook = w
            .http
            .post(format!("{}/webhooks/meta/data-deletion", w.base));
        let hook = hook.header("content-type", "application/x-www-form-urlencoded");
        let hook = hook.body(format!("signed_request={signed}"));
        hook.header("x-forwarded-for", format!("198.51.100.{address}"))
    };
    for _ in 0..20 {
        assert_eq!(asked(tell(1, "made.up")).await.status, 400);
    }
    // Who makes things up is not heard for a while, whatever else they say there.
    for said in ["made.up", &signed] {
        asked(tell(1, said)).await.refused(429, "limits.exceeded");
    }
    for address in 2..52 {
        assert_eq!(asked(tell(address, &signed)).await.status, 200);
    }
    asked(tell(52, &signed))
        .await
        .refused(429, "limits.exceeded");
    w.clock.advance(TimeDelta::seconds(1));
    assert_eq!(asked(tell(53, &signed)).await.status, 200);
}

/// Whoever comes back with a state that is none begins no more for a while, and others do.
#[tokio::test]
async fn made_up_states_are_counted_and_then_nothing_begins() {
    let set = [
        ("LIMITS__SIGN_IN", "20/min"),
        ("TRUSTED_PROXIES", "127.0.0.1"),
    ];
    let w = limited(&set).await;
    let comes_back = |address: usize| {
        let path = "/auth/google/callback?code=1&state=made-up";
        reqwest_plain(&w, path).header("x-forwarded-for", format!("198.51.100.{address}"))
    };
    for nth in 0..20 {
        // Not by trying too often, which is counted as well.
        w.clock.advance(TimeDelta::seconds(3));
        assert_eq!(asked(comes_back(1)).await.status, 400, "{nth}");
    }
    w.clock.advance(TimeDelta::seconds(3));
    let refused = asked(comes_back(1)).await.refused(429, "limits.exceeded");
    let wait: u64 = header(&refused, "retry-after").parse().unwrap();
    assert!((60..=180).contains(&wait), "{wait}");
    assert_eq!(asked(comes_back(2)).await.status, 400);
    w.clock.advance(TimeDelta::minutes(3));
    assert_eq!(asked(comes_back(1)).await.status, 400);
    // Whoever looks at somebody's page full of such pictures makes nothing up, nor is a proxy of ours
    // everybody who comes through it.
    for (address, fetched) in [("198.51.100.3", "image"), ("127.0.0.1", "document")] {
        for nth in 0..25 {
            w.clock.advance(TimeDelta::seconds(3));
            let path = "/auth/google/callback?code=1&state=made-up";
            let loads = reqwest_plain(&w, path).header("x-forwarded-for", address);
            let loads = loads.header("sec-fetch-dest", fetched);
            assert_eq!(asked(loads).await.status, 400, "{address} {nth}");
        }
    }
}

#[tokio::test]
async fn what_is_switched_off_is_neither_counted_nor_told() {
    let w = World::new().await;
    for _ in 0..30 {
        let answer = asked(guess(&w)).await.refused(401, "auth.required");
        assert_eq!(header(&answer, "ratelimit-policy"), "");
    }
    let answer = w.upload(REEL).await.made();
    assert_eq!(header(&answer, "ratelimit"), "");
}
