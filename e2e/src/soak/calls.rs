//! Calls to a server that is killed while they are made: repeated until they are answered.

use std::time::Duration;

use chrono::{DateTime, Utc};
use contentzavod_core::ports::{Clock, SystemClock};
use reqwest::RequestBuilder;
use serde_json::Value;

use crate::api::Api;
use crate::process::Failure;

/// Between two tries.
const PAUSE: Duration = Duration::from_millis(250);
/// A server that answers nobody for so long is not only being killed.
const PATIENCE: Duration = Duration::from_secs(300);

/// A definite answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Value,
    /// When it was asked first, and when it was answered.
    pub(super) asked: DateTime<Utc>,
    pub(super) at: DateTime<Utc>,
    /// An earlier try got no answer: it may have been executed.
    pub(super) repeated: bool,
}

impl Answer {
    pub(super) const fn yes(&self) -> bool {
        self.status >= 200 && self.status < 300
    }
}

/// Makes a call until it is answered with something that is not an error of the server's own.
pub(super) async fn ask(
    api: &Api,
    clock: &SystemClock,
    call: impl Fn(&Api) -> RequestBuilder,
) -> Result<Answer, Failure> {
    let asked = clock.now();
    let begun = clock.elapsed();
    let mut repeated = false;
    loop {
        let last = match api.asked(call(api)).await {
            Ok((status, body)) if status < 500 && status != 429 => {
                let at = clock.now();
                return Ok(Answer {
                    status,
                    body,
                    asked,
                    at,
                    repeated,
                });
            }
            Ok((status, body)) => format!("{status} {body}"),
            Err(failure) => failure.to_string(),
        };
        if clock.elapsed().saturating_sub(begun) > PATIENCE {
            return Err(format!("no answer for {} s: {last}", PATIENCE.as_secs()).into());
        }
        repeated = true;
        tokio::time::sleep(PAUSE).await;
    }
}

/// Makes a call of the platform's own, which may be refusing connections just now.
pub(super) async fn platform(
    http: &reqwest::Client,
    call: impl Fn(&reqwest::Client) -> RequestBuilder,
) -> Result<Value, Failure> {
    let mut last: Failure = "never asked".into();
    for _ in 0..200 {
        match call(http).send().await {
            Ok(answer) => match answer.json().await {
                Ok(body) => return Ok(body),
                Err(error) => last = error.into(),
            },
            Err(error) => last = error.into(),
        }
        tokio::time::sleep(PAUSE).await;
    }
    Err(last)
}
