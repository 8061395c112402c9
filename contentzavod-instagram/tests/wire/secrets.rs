//! The canary: a token planted in every call must not be seen in anything that comes back.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use contentzavod_core::model::Secret;
use contentzavod_core::ports::{Connector, Publisher};
use contentzavod_instagram::graph::GraphClient;
use contentzavod_instagram::{InstagramConnector, InstagramPublisher};
use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span;

use crate::common::{CANARY, Platform, Raw, Then, access, config, handle, request, short, token};

const APP_SECRET: &str = "0123456789abcdef0123456789abcdef";

fn leaks(text: &str) -> bool {
    text.contains(CANARY)
        || text.contains("canary")
        || text.contains(APP_SECRET)
        || text.contains("m/signed")
}

/// Everything a caller could print of a result.
fn seen<T: Debug, E: Debug + ToString>(all: &mut Vec<String>, result: Result<T, E>) {
    match result {
        Ok(value) => all.push(format!("{value:?}")),
        Err(error) => all.extend([
            format!("{error:?}"),
            format!("{error:#?}"),
            error.to_string(),
        ]),
    }
}

/// Makes every call and collects what can be printed of it.
async fn everything(base: &str) -> Vec<String> {
    let mut config = config(base);
    config.timeouts = short();
    let publisher = InstagramPublisher::new(config.clone()).unwrap();
    let connector = InstagramConnector::new(config.clone()).unwrap();
    let client = GraphClient::new(config).unwrap();
    let secret = Secret::from(APP_SECRET.to_owned());
    let redirect = "https://our.example/cb".parse().unwrap();
    let access = access();
    let mut all = vec![format!("{publisher:?} {connector:?} {client:?} {access:?}")];
    seen(&mut all, publisher.create(&access, &request("c")).await);
    seen(&mut all, publisher.status(&access, &handle()).await);
    seen(&mut all, publisher.publish(&access, &handle()).await);
    seen(&mut all, publisher.recent(&access).await);
    seen(&mut all, publisher.quota(&access).await);
    seen(&mut all, publisher.permalink(&access, "1").await);
    seen(&mut all, connector.identify(&access.token, None).await);
    seen(
        &mut all,
        connector.identify(&access.token, Some("facebook")).await,
    );
    seen(&mut all, connector.refresh(&access).await);
    seen(&mut all, connector.revoke(&access).await);
    seen(&mut all, client.exchange_long(&secret, &token()).await);
    let code = client
        .exchange_code("1", &secret, &redirect, &token())
        .await;
    seen(&mut all, code);
    all
}

#[test]
fn the_canary_would_be_found() {
    assert!(leaks(&format!(
        "GET /refresh_access_token?access_token={CANARY}"
    )));
}

#[tokio::test]
async fn no_error_shows_a_token() {
    let echo = format!(
        "Malformed access token {CANARY} at https://graph.example/?access_token={CANARY}, \
         (token={CANARY}) client_secret:{APP_SECRET}, video https://media.example.org/m/signed"
    );
    let mut all = Vec::new();
    for code in [1, 10, 100, 190, 200, 2500, 77_777] {
        let error = json!({ "error": { "code": code, "message": echo, "error_user_msg": echo,
            "fbtrace_id": CANARY.repeat(9) } });
        let platform = Platform::says(400, &error).await;
        all.extend(everything(platform.config().graph_url.as_str()).await);
    }
    for body in [
        json!({ "message": echo }),
        json!({ "error_type": "x", "error_message": echo }),
        json!({ "debug_info": { "type": echo, "message": echo } }),
        json!({ "status_code": "ERROR", "status": echo }),
    ] {
        let platform = Platform::says(400, &body).await;
        all.extend(everything(platform.config().graph_url.as_str()).await);
        let platform = Platform::says(200, &body).await;
        all.extend(everything(platform.config().graph_url.as_str()).await);
    }
    assert!(all.len() > 200);
    for text in &all {
        assert!(!leaks(text), "{text}");
    }
}

#[tokio::test]
async fn no_lost_answer_shows_a_token() {
    let mut all = everything("http://nowhere.invalid").await;
    for then in [
        Then::Close,
        Then::Silence,
        Then::Write(b"HTTP/1.1 2".to_vec()),
    ] {
        let raw = Raw::new(then).await;
        all.extend(everything(&raw.base).await);
    }
    for text in &all {
        assert!(!leaks(text), "{text}");
    }
}

#[tokio::test]
async fn a_token_that_cannot_be_a_header_is_not_shown_either() {
    let platform = Platform::new().await;
    let mut broken = access();
    broken.token = Secret::from(format!("{CANARY}\r\nx: y"));
    let publisher = platform.publisher();
    let mut all = Vec::new();
    seen(&mut all, publisher.status(&broken, &handle()).await);
    seen(&mut all, publisher.publish(&broken, &handle()).await);
    assert_eq!(platform.heard().await.len(), 0);
    for text in &all {
        assert!(text.contains("instagram.unbuilt") && !leaks(text), "{text}");
    }
}

/// Writes down every event and span that any crate emits.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Log {
    fn write(&self, record: impl FnOnce(&mut dyn Visit)) {
        struct Lines<'a>(&'a mut String);
        impl Visit for Lines<'_> {
            fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
                use std::fmt::Write as _;
                writeln!(self.0, "{field}={value:?}").unwrap();
            }
        }
        record(&mut Lines(&mut self.0.lock().unwrap()));
    }
}

impl tracing::Subscriber for Log {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &span::Attributes<'_>) -> span::Id {
        self.write(|visit| span.record(visit));
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        self.write(|visit| values.record(visit));
    }
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, event: &tracing::Event<'_>) {
        self.write(|visit| event.record(visit));
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

#[tokio::test]
async fn no_log_line_shows_a_token() {
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let platform = Platform::says(200, &json!({ "id": "1", "access_token": CANARY })).await;
    everything(platform.config().graph_url.as_str()).await;
    let raw = Raw::new(Then::Close).await;
    everything(&raw.base).await;
    drop(guard);
    let text = log.0.lock().unwrap().clone();
    // It did listen.
    assert!(text.contains("media_publish") && text.contains("no answer"));
    for line in text.lines() {
        assert!(!leaks(line), "{line}");
    }
}
