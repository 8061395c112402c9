//! Fetching the files as Meta's crawler does: HEAD, then ranges, no redirects.

use std::sync::Arc;
use std::time::Duration;

use contentzavod_preflight::{Kind, sniff};
use http::StatusCode;
use reqwest::Response;
use sha2::{Digest, Sha256};
use url::Url;

use super::container::Pull;
use super::ledger::{Pulled, Record};
use super::state::State;

/// Bytes of one range.
const PIECE: u64 = 4 * 1024 * 1024;
/// What the platform takes of a Reel.
pub(super) const VIDEO_MAX: u64 = 300_000_000;
/// What the platform takes of a cover.
const COVER_MAX: u64 = 8 * 1024 * 1024;
/// First bytes that tell the kind of a file.
const HEAD: usize = 32;

/// The address did not give the file.
pub(super) const UNFETCHED: u32 = 2_207_052;
/// It took too long.
const TIMED_OUT: u32 = 2_207_003;
/// The file broke off, or ranges were not honoured.
const BROKEN_OFF: u32 = 2_207_077;
/// Too large.
const TOO_LARGE: u32 = 2_207_082;
/// Not a video that is supported.
const NO_VIDEO: u32 = 2_207_026;
/// Not a picture that is supported.
const NO_PICTURE: u32 = 2_207_083;

/// The crawler. One for the whole sandbox.
#[expect(
    clippy::disallowed_methods,
    reason = "the stand-in's own client: it plays Meta's crawler, not ours"
)]
pub(super) fn client() -> std::io::Result<reqwest::Client> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .connect_timeout(Duration::from_secs(10))
        .read_timeout(Duration::from_secs(30))
        .timeout(Duration::from_secs(120))
        .user_agent("facebookexternalhit/1.1 (contentzavod sandbox)")
        .build()
        .map_err(std::io::Error::other)
}

/// Why a file was not fetched.
#[derive(Debug)]
struct Failure {
    subcode: u32,
    why: String,
}

impl Failure {
    fn new(subcode: u32, why: impl Into<String>) -> Self {
        let why = why.into();
        Self { subcode, why }
    }
}

/// The address is a secret: errors go on without it.
impl From<reqwest::Error> for Failure {
    fn from(error: reqwest::Error) -> Self {
        let subcode = if error.is_timeout() {
            TIMED_OUT
        } else {
            UNFETCHED
        };
        Self::new(subcode, error.without_url().to_string())
    }
}

/// What a file must be.
struct Wanted {
    most: u64,
    types: &'static [&'static str],
    good: fn(Option<Kind>) -> bool,
    otherwise: u32,
}

const VIDEO: Wanted = Wanted {
    most: VIDEO_MAX,
    types: &["video/", "application/octet-stream"],
    good: |kind| matches!(kind, Some(Kind::Mp4 | Kind::Mov)),
    otherwise: NO_VIDEO,
};

const COVER: Wanted = Wanted {
    most: COVER_MAX,
    types: &["image/jpeg"],
    good: |kind| kind == Some(Kind::Jpeg),
    otherwise: NO_PICTURE,
};

/// A file that was fetched.
#[derive(Default)]
pub(super) struct Fetched {
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

/// Fetches a container's files and notes what came of it.
pub(super) async fn pull(state: Arc<State>, container: String, video: Url, cover: Option<Url>) {
    let fetched = both(&state, Some(&video), cover.as_ref()).await;
    let fetched = fetched.map(|(file, cover)| (file.unwrap_or_default(), cover));
    note(&state, container, fetched);
}

/// The same once a video was pushed; `None`: it is none.
pub(super) async fn pushed(state: Arc<State>, container: String, file: Option<Fetched>) {
    let cover = {
        let known = state.lock();
        let found = known.containers.get(&container);
        found.and_then(|c| c.cover.clone())
    };
    let fetched = match file {
        Some(file) => {
            let fetched = both(&state, None, cover.as_ref()).await;
            fetched.map(|(_, cover)| (file, cover))
        }
        None => Err(Failure::new(NO_VIDEO, "the kind of the file")),
    };
    note(&state, container, fetched);
}

fn note(state: &State, container: String, fetched: Result<(Fetched, Option<Fetched>), Failure>) {
    let (file, cover, failure) = match fetched {
        Ok((file, cover)) => (Some(file), cover, None),
        Err(failure) => (None, None, Some(failure)),
    };
    let pulled = Pulled {
        at: state.now(),
        container,
        bytes: file.as_ref().map_or(0, |file| file.bytes),
        sha256: file.map(|file| file.sha256),
        cover_sha256: cover.map(|cover| cover.sha256),
        subcode: failure.as_ref().map(|f| f.subcode),
        error: failure.map(|f| f.why),
    };
    let mut known = state.lock();
    if let Some(container) = known.containers.get_mut(&pulled.container) {
        container.pull = Pull::from(&pulled);
    }
    // Nobody waits for it: what is published later is written behind it.
    let _ = known.ledger.note(Record::Pull(pulled));
}

async fn both(
    state: &State,
    video: Option<&Url>,
    cover: Option<&Url>,
) -> Result<(Option<Fetched>, Option<Fetched>), Failure> {
    let turn = state.crawlers.acquire().await;
    let _turn = turn.map_err(|_| Failure::new(UNFETCHED, "the sandbox is going down"))?;
    let mut files = [None, None];
    for (file, url, wanted) in [(0, video, &VIDEO), (1, cover, &COVER)] {
        if let Some(url) = url {
            files[file] = Some(fetch(&state.http, url, wanted).await?);
        }
    }
    let [video, cover] = files;
    Ok((video, cover))
}

async fn fetch(http: &reqwest::Client, url: &Url, wanted: &Wanted) -> Result<Fetched, Failure> {
    let length = length(http, url, wanted).await?;
    if length > wanted.most {
        let why = format!("{length} bytes are more than {}", wanted.most);
        return Err(Failure::new(TOO_LARGE, why));
    }
    let mut file = Reading::default();
    while file.bytes < length {
        let last = (file.bytes + PIECE).min(length) - 1;
        let range = format!("bytes={}-{last}", file.bytes);
        let answer = http.get(url.clone()).header("range", range).send().await?;
        piece(answer, &mut file, last + 1).await?;
    }
    if !(wanted.good)(sniff(&file.head)) {
        return Err(Failure::new(wanted.otherwise, "the kind of the file"));
    }
    Ok(Fetched {
        bytes: file.bytes,
        sha256: hex::encode(file.hash.finalize()),
    })
}

/// The length that HEAD tells.
async fn length(http: &reqwest::Client, url: &Url, wanted: &Wanted) -> Result<u64, Failure> {
    let answer = http.head(url.clone()).send().await?;
    if answer.status() != StatusCode::OK {
        let why = format!("HEAD answered {}", answer.status());
        return Err(Failure::new(UNFETCHED, why));
    }
    let kind = header(&answer, "content-type").unwrap_or_default();
    if !wanted.types.iter().any(|known| kind.starts_with(known)) {
        let why = format!("the content type is {kind:?}");
        return Err(Failure::new(UNFETCHED, why));
    }
    let length = header(&answer, "content-length").and_then(|v| v.parse().ok());
    length
        .filter(|length| *length > 0)
        .ok_or_else(|| Failure::new(UNFETCHED, "HEAD told no length"))
}

fn header(answer: &Response, name: &str) -> Option<String> {
    let value = answer.headers().get(name)?;
    Some(value.to_str().ok()?.to_owned())
}

/// A file on its way in.
#[derive(Default)]
struct Reading {
    hash: Sha256,
    bytes: u64,
    head: Vec<u8>,
}

/// Takes one range in, which must end before `end`.
async fn piece(mut answer: Response, file: &mut Reading, end: u64) -> Result<(), Failure> {
    let from = file.bytes;
    if answer.status() != StatusCode::PARTIAL_CONTENT {
        let why = format!("a range answered {}", answer.status());
        let subcode = if answer.status().is_success() {
            BROKEN_OFF
        } else {
            UNFETCHED
        };
        return Err(Failure::new(subcode, why));
    }
    let said = header(&answer, "content-range").unwrap_or_default();
    if !said.starts_with(&format!("bytes {from}-{}/", end - 1)) {
        let why = format!("a range answered {said:?}");
        return Err(Failure::new(BROKEN_OFF, why));
    }
    while let Some(chunk) = answer.chunk().await? {
        let missing = HEAD.saturating_sub(file.head.len());
        file.head.extend(chunk.iter().take(missing));
        file.hash.update(&chunk);
        file.bytes += chunk.len() as u64;
        if file.bytes > end {
            break;
        }
    }
    if file.bytes == end {
        Ok(())
    } else {
        let why = format!("a range ended at {} and not {end}", file.bytes);
        Err(Failure::new(BROKEN_OFF, why))
    }
}
