//! Fetching the video as Meta's crawler does: HEAD, then ranges, no redirects.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use sha2::{Digest, Sha256};

use super::state::{Pull, State};

/// Bytes of one range.
const PIECE: u64 = 4 * 1024 * 1024;
/// What the platform takes at most.
const MOST: u64 = 1024 * 1024 * 1024;

#[expect(
    clippy::disallowed_methods,
    reason = "the stand-in's own client: it plays Meta's crawler, not ours"
)]
pub(super) fn client() -> std::io::Result<reqwest::Client> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_secs(60))
        .user_agent("facebookexternalhit/1.1 (contentzavod sandbox)")
        .build()
        .map_err(std::io::Error::other)
}

/// Fetches a container's video and notes what came of it.
pub(super) async fn pull(state: Arc<State>, container: String, url: String) {
    let fetched = fetch(&state.http, &url).await;
    let now = state.clock.now();
    let pull = match fetched {
        Ok(sha256) => Pull::Done { sha256, at: now },
        Err(why) => Pull::Failed(why),
    };
    if let Some(container) = state.lock().containers.get_mut(&container) {
        container.pull = pull;
    }
}

/// SHA-256 of the file behind an address, or what the platform says about it.
async fn fetch(http: &reqwest::Client, url: &str) -> Result<String, String> {
    let failed = |e: reqwest::Error| {
        let why = e.without_url();
        format!("2207052: The media could not be fetched from this URI ({why}).")
    };
    let head = http.head(url).send().await.map_err(failed)?;
    if head.status() != StatusCode::OK {
        return Err(format!(
            "2207052: The media could not be fetched from this URI (HEAD answered {}).",
            head.status()
        ));
    }
    let length = head
        .headers()
        .get("content-length")
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.parse::<u64>().ok())
        .filter(|n| (1..=MOST).contains(n))
        .ok_or("2207052: The media could not be fetched from this URI (no usable length).")?;
    let mut hash = Sha256::new();
    let mut at = 0;
    while at < length {
        let last = (at + PIECE).min(length) - 1;
        let range = format!("bytes={at}-{last}");
        let answer = http.get(url).header("range", range).send().await;
        let answer = answer.map_err(failed)?;
        if answer.status() != StatusCode::PARTIAL_CONTENT {
            return Err(format!(
                "2207052: The media could not be fetched from this URI (a range answered {}).",
                answer.status()
            ));
        }
        let bytes = answer.bytes().await.map_err(failed)?;
        if bytes.len() as u64 != last + 1 - at {
            return Err("2207052: The media ended early.".to_owned());
        }
        if at == 0 && contentzavod_preflight::sniff(&bytes).is_none() {
            return Err(
                "2207026: The video format is not supported. Please check spec for supported \
                 CodedException format"
                    .to_owned(),
            );
        }
        hash.update(&bytes);
        at = last + 1;
    }
    Ok(hex::encode(hash.finalize()))
}
