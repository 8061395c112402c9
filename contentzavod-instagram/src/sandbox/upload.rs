//! Taking a video that is pushed: `POST /ig-api-upload/{version}/{container}`.

use std::sync::Arc;
use std::time::Duration;

use contentzavod_preflight::{Kind, sniff};
use http::Method;
use http::request::Parts;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::time::timeout;

use super::account::{Account, Holder, Known};
use super::answer::Answer;
use super::container::Pull;
use super::faults::{Fault, Stage};
use super::params::Params;
use super::pull;
use super::routes::Lost;
use super::state::State;
use super::strike::{self, Call};
use crate::family::Family;

/// The first segment of the path.
pub(super) const PATH: &str = "ig-api-upload";
/// The same with a version, as addresses that are given out have it.
pub(super) const PATH_V: &str = "ig-api-upload/v25.0";
/// A body of which nothing comes for so long is given up.
const IDLE: Duration = Duration::from_secs(30);
/// First bytes that tell the kind of a file.
const HEAD: usize = 32;

/// What has come of a video so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Upload {
    /// As the first push said.
    size: Option<u64>,
    taken: u64,
    hash: Sha256,
    head: Vec<u8>,
    /// Somebody is pushing.
    busy: bool,
}

impl Upload {
    /// As `video_status` tells it.
    pub(super) fn phase(&self, whole: bool) -> serde_json::Value {
        let status = match self.taken {
            _ if whole => "complete",
            0 => "not_started",
            _ => "in_progress",
        };
        json!({ "status": status, "bytes_transferred": self.taken })
    }
}

/// A push that was let in.
struct Push {
    container: String,
    account: Account,
    offset: u64,
    size: u64,
}

/// Answers a push, with the faults that strike it.
pub(super) async fn answer(
    state: &Arc<State>,
    parts: &Parts,
    path: &[&str],
    body: Incoming,
) -> Result<Answer, Lost> {
    let Some((token, holder)) = holder(state, parts) else {
        return Ok(unauthorized());
    };
    let container = path.last().copied().unwrap_or_default().to_owned();
    let owner = owner(state, &holder, &container);
    let account = owner.unwrap_or_else(|| holder.accounts[0].clone());
    let faults = state.lock().draws.draw(Stage::Upload, &account.username);
    state.called(&account.username, Stage::Upload);
    let call = Call {
        stage: Stage::Upload,
        method: Method::POST,
        id: container.clone(),
        account: account.clone(),
        holder,
        token,
        params: Params::default(),
    };
    let push = Push::of(parts, container, account);
    let push = async {
        match push {
            Ok(push) => taken(state, push, body, &faults).await,
            Err(refused) => Ok(refused),
        }
    };
    strike::around(state, &call, &faults, push).await
}

/// Whose the token is that stands behind the word `OAuth`; only of Facebook Login.
fn holder(state: &State, parts: &Parts) -> Option<(String, Holder)> {
    let word = parts.headers.get("authorization")?.to_str().ok()?;
    let token = word.strip_prefix("OAuth ")?;
    let now = state.now();
    let known = state.lock().accounts.of_token(token, now);
    match known {
        Known::Good(holder) if holder.family() == Family::Facebook => {
            Some((token.to_owned(), holder))
        }
        _ => None,
    }
}

/// The holder's account that a container belongs to.
fn owner(state: &State, holder: &Holder, container: &str) -> Option<Account> {
    let known = state.lock();
    let found = known.containers.get(container)?;
    let mut mine = holder.accounts.iter();
    mine.find(|a| a.ig_user == found.owner).cloned()
}

impl Push {
    fn of(parts: &Parts, container: String, account: Account) -> Result<Self, Answer> {
        let number = |name: &str| -> Result<u64, Answer> {
            let value = parts.headers.get(name).and_then(|v| v.to_str().ok());
            let number = value.and_then(|text| text.parse().ok());
            number.ok_or_else(|| failed(false, &format!("the header {name} must be a number")))
        };
        let (offset, size) = (number("offset")?, number("file_size")?);
        let length = number("content-length")?;
        if size.checked_sub(offset) != Some(length) {
            return Err(failed(
                false,
                "content-length must be file_size without offset",
            ));
        }
        if size == 0 || size > pull::VIDEO_MAX {
            return Err(failed(false, "the file is empty or too large"));
        }
        Ok(Self {
            container,
            account,
            offset,
            size,
        })
    }

    /// Reserves the upload: nobody else pushes meanwhile.
    fn begin(&self, state: &State) -> Result<(), Answer> {
        let mut known = state.lock();
        let found = known.containers.get_mut(&self.container);
        let mine = found.filter(|c| c.owner == self.account.ig_user);
        let container = mine.ok_or_else(unauthorized)?;
        if !matches!(container.pull, Pull::Waiting) {
            return Err(failed(false, "no upload is expected"));
        }
        let upload = &mut container.upload;
        if upload.busy {
            return Err(failed(true, "another upload is under way"));
        }
        if upload.size.is_some_and(|size| size != self.size) {
            return Err(failed(false, "file_size is not what it was"));
        }
        if upload.taken != self.offset {
            let why = format!("offset is {} and not {}", self.offset, upload.taken);
            return Err(failed(true, &why));
        }
        upload.size = Some(self.size);
        upload.busy = true;
        Ok(())
    }

    fn takes(&self, state: &State, bytes: &[u8]) {
        let mut known = state.lock();
        if let Some(container) = known.containers.get_mut(&self.container) {
            let upload = &mut container.upload;
            let missing = HEAD.saturating_sub(upload.head.len());
            upload.head.extend(bytes.iter().take(missing));
            upload.hash.update(bytes);
            upload.taken += bytes.len() as u64;
        }
    }

    /// Lets others push; what has come, if it is all of it.
    fn end(&self, state: &State) -> Option<Upload> {
        let mut known = state.lock();
        let container = known.containers.get_mut(&self.container)?;
        container.upload.busy = false;
        if container.upload.taken < self.size {
            return None;
        }
        container.pull = Pull::Running;
        Some(container.upload.clone())
    }
}

/// Takes what comes, to its end or to where a fault cuts it.
async fn taken(
    state: &Arc<State>,
    push: Push,
    mut body: Incoming,
    faults: &[Fault],
) -> Result<Answer, Lost> {
    if let Err(refused) = push.begin(state) {
        return Ok(refused);
    }
    let cut = faults.iter().find_map(|fault| match *fault {
        Fault::Cut { bytes } => Some(bytes),
        _ => None,
    });
    let mut left = cut.unwrap_or(u64::MAX);
    while left > 0 {
        match timeout(IDLE, body.frame()).await {
            Ok(Some(Ok(frame))) => {
                let Ok(bytes) = frame.into_data() else {
                    continue;
                };
                let most = usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len());
                push.takes(state, &bytes[..most]);
                left -= most as u64;
            }
            _ => break,
        }
    }
    let Some(upload) = push.end(state) else {
        return Err(Lost);
    };
    state.spawn(finish(Arc::clone(state), push.container, upload));
    let refused = faults.iter().find_map(|fault| match *fault {
        Fault::UploadRefused { retriable } => Some(retriable),
        _ => None,
    });
    if let Some(retriable) = refused {
        return Ok(failed(retriable, "Request processing failed"));
    }
    if cut.is_some() {
        return Err(Lost);
    }
    let done = json!({ "success": true, "message": "Upload successful." });
    Ok(Answer::ok(done))
}

/// Everything has come: the cover is fetched, and the video processed.
async fn finish(state: Arc<State>, container: String, upload: Upload) {
    let good = matches!(sniff(&upload.head), Some(Kind::Mp4 | Kind::Mov));
    let file = pull::Fetched {
        bytes: upload.taken,
        sha256: hex::encode(upload.hash.finalize()),
    };
    pull::pushed(state, container, good.then_some(file)).await;
}

fn unauthorized() -> Answer {
    refused(
        false,
        "NotAuthorizedError",
        "User not authorized to perform this request",
    )
}

fn failed(retriable: bool, why: &str) -> Answer {
    refused(retriable, "ProcessingFailedError", why)
}

fn refused(retriable: bool, kind: &str, why: &str) -> Answer {
    let info = json!({ "retriable": retriable, "type": kind, "message": why });
    Answer::of(400, json!({ "debug_info": info }))
}
