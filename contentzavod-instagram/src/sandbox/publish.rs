//! Publishing a container.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::account::Account;
use super::answer::Answer;
use super::container::{Code, Container};
use super::disk::Written;
use super::faults::SecondPublish;
use super::ledger::{Entry, Ledger, Record};
use super::params::Params;
use super::state::State;

/// The window of the quota.
const WINDOW: TimeDelta = TimeDelta::hours(24);

/// `POST /{ig-user}/media_publish`
pub(super) fn publish(
    state: &State,
    account: &Account,
    params: &Params,
) -> Result<(Answer, Written), Answer> {
    params.only(&["creation_id"])?;
    let id = params.get("creation_id");
    let id = id.ok_or_else(|| Answer::parameter("Param creation_id is required"))?;
    let now = state.now();
    let mut known = state.lock();
    let found = known.containers.get(id);
    let container = found.filter(|c| c.owner == account.ig_user);
    let container = container.ok_or_else(|| gone("The media builder does not exist"))?;
    let sha256 = match container.code(now, &state.settings) {
        Code::Finished { sha256 } => sha256,
        Code::Published { sha256 } => match (known.draws.second_publish(), &container.published) {
            (SecondPublish::Duplicate, _) => sha256,
            (SecondPublish::SameId, Some((media, _))) => {
                let answer = Answer::ok(json!({ "id": media }));
                return Ok((answer, Written::nowhere()));
            }
            _ => return Err(Answer::not_ready()),
        },
        Code::Expired => return Err(gone("The media builder has expired")),
        Code::InProgress | Code::Error { .. } => return Err(Answer::not_ready()),
    };
    let used = used(&known.ledger, &account.ig_user, now);
    if used >= state.settings.quota || known.is_full(&account.ig_user, now) {
        return Err(Answer::quota());
    }
    let container = container.clone();
    let media = known.ids.media();
    let entry = entry(account, id, container, media.clone(), sha256, now);
    if let Some(container) = known.containers.get_mut(id) {
        container.published = Some((media.clone(), entry.time));
    }
    let written = known.ledger.note(Record::Publish(entry));
    Ok((Answer::ok(json!({ "id": media })), written))
}

fn entry(
    account: &Account,
    id: &str,
    container: Container,
    media: String,
    sha256: String,
    now: DateTime<Utc>,
) -> Entry {
    let before = container.published.map_or(0, |(_, times)| times);
    Entry {
        at: now,
        ig_user: account.ig_user.clone(),
        username: account.username.clone(),
        container: id.to_owned(),
        permalink: format!("https://www.instagram.com/reel/{}/", shortcode(&media)),
        media,
        caption: container.caption,
        sha256,
        time: before + 1,
        duplicate: before > 0,
    }
}

/// The short name of a media in links.
pub(super) fn shortcode(media: &str) -> String {
    let number = media.parse().unwrap_or(0_u64);
    format!("D{number:014X}")
}

fn gone(message: &str) -> Answer {
    Answer::error(400, 24, 2_207_008, message)
}

/// Publications of an account within the window.
pub(super) fn used(ledger: &Ledger, ig_user: &str, now: DateTime<Utc>) -> u32 {
    let mine = ledger.of_account(ig_user);
    let count = mine.take_while(|entry| entry.at > now - WINDOW).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}
