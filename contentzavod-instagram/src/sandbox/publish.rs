//! Publishing a container.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::answer::Answer;
use super::faults::SecondPublish;
use super::ledger::Entry;
use super::params::Params;
use super::reads::{self, Code};
use super::state::{Account, Known, Pull, State};

const WINDOW: TimeDelta = TimeDelta::hours(24);

/// `POST /{ig-user}/media_publish`
pub(super) fn publish(state: &State, account: &Account, params: &Params) -> Answer {
    let Some(id) = params.get("creation_id") else {
        return Answer::parameter("creation_id is missing");
    };
    let now = state.clock.now();
    let mut known = state.lock();
    let found = known
        .containers
        .get(id)
        .filter(|c| c.owner == account.ig_user);
    let Some(container) = found.cloned() else {
        return Answer::error(400, 24, 2_207_008, "The media builder does not exist");
    };
    match reads::code(&container, now, &state.settings) {
        Code::Finished => {}
        Code::Published => match known.faults.second_publish {
            SecondPublish::Refuse => return not_ready(),
            SecondPublish::SameId => {
                let media = container.published.map(|(media, _)| media);
                return Answer::ok(json!({ "id": media }));
            }
            SecondPublish::Duplicate => {}
        },
        Code::Expired => {
            return Answer::error(400, 24, 2_207_008, "The media builder has expired");
        }
        Code::InProgress | Code::Error(_) => return not_ready(),
    }
    if used(&known, &account.ig_user, now) >= state.settings.quota {
        let message = "The user has reached the maximum number of posts";
        return Answer::error(403, 9, 2_207_042, message);
    }
    let Pull::Done { sha256, .. } = container.pull else {
        return not_ready();
    };
    let media = format!("1792{}", known.number());
    let time = container.published.map_or(0, |(_, times)| times) + 1;
    let entry = Entry {
        at: now,
        ig_user: account.ig_user.clone(),
        username: account.username.clone(),
        container: id.to_owned(),
        permalink: format!("https://www.instagram.com/reel/{media}/"),
        media: media.clone(),
        caption: container.caption,
        sha256,
        time,
    };
    if let Err(error) = known.ledger.write(entry) {
        tracing::error!(%error, "the ledger could not be written");
        return Answer::error(500, 2, 0, "An unexpected error has occurred");
    }
    if let Some(container) = known.containers.get_mut(id) {
        container.published = Some((media.clone(), time));
    }
    Answer::ok(json!({ "id": media }))
}

fn not_ready() -> Answer {
    Answer::error(400, 9007, 2_207_027, "Media ID is not available")
}

/// Publications of the account within the window.
pub(super) fn used(known: &Known, ig_user: &str, now: DateTime<Utc>) -> u32 {
    let recent = known.ledger.entries().iter().rev();
    let count = recent
        .take_while(|e| e.at > now - WINDOW)
        .filter(|e| e.ig_user == ig_user)
        .count();
    u32::try_from(count).unwrap_or(u32::MAX)
}
