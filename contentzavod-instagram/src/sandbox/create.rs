//! Making a container.

use std::sync::Arc;

use chrono::TimeDelta;
use serde_json::json;

use super::account::Account;
use super::answer::Answer;
use super::container::{Ails, Container, Pull};
use super::disk::Written;
use super::form;
use super::ledger::{Created, Record};
use super::params::Params;
use super::pull;
use super::state::State;
use super::upload::{self, Upload};
use crate::family::Family;

/// Containers that an account may make in 24 hours.
const CONTAINERS_MAX: usize = 400;

/// `POST /{ig-user}/media`
pub(super) fn create(
    state: &Arc<State>,
    account: &Account,
    family: Family,
    params: &Params,
) -> Result<(Answer, Written), Answer> {
    let form::Reel {
        video,
        cover,
        caption,
    } = form::reel(params, family)?;
    let now = state.now();
    let mut known = state.lock();
    let day = now - TimeDelta::hours(24);
    let mine = known.containers.values();
    let mine = mine.filter(|c| c.owner == account.ig_user && c.created_at > day);
    if mine.count() >= CONTAINERS_MAX {
        let message = "The user has created too many containers in the last 24 hours";
        return Err(Answer::error(403, 9, 0, message));
    }
    let id = known.ids.container();
    let container = Container {
        owner: account.ig_user.clone(),
        caption: caption.clone(),
        created_at: now,
        pull: match video {
            Some(_) => Pull::Running,
            None => Pull::Waiting,
        },
        upload: Upload::default(),
        cover: cover.clone(),
        published: None,
        ails: Ails::default(),
    };
    known.containers.insert(id.clone(), container);
    let written = known.ledger.note(Record::Create(Created {
        at: now,
        ig_user: account.ig_user.clone(),
        username: account.username.clone(),
        container: id.clone(),
        caption,
        options: params.options(),
    }));
    drop(known);
    let mut answer = json!({ "id": id });
    match video {
        Some(video) => state.spawn(pull::pull(Arc::clone(state), id, video, cover)),
        None => answer["uri"] = json!(format!("{}{}/{id}", state.uploads(), upload::PATH_V)),
    }
    Ok((Answer::ok(answer), written))
}
