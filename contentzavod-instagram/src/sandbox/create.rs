//! Making a container.

use std::sync::Arc;

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

/// `POST /{ig-user}/media`
pub(super) fn create(
    state: &Arc<State>,
    account: &Account,
    params: &Params,
) -> Result<(Answer, Written), Answer> {
    let form::Reel {
        video,
        cover,
        caption,
    } = form::reel(params)?;
    let now = state.now();
    let mut known = state.lock();
    let id = known.ids.container();
    let container = Container {
        owner: account.ig_user.clone(),
        caption: caption.clone(),
        created_at: now,
        pull: Pull::Running,
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
    }));
    drop(known);
    state.spawn(pull::pull(Arc::clone(state), id.clone(), video, cover));
    Ok((Answer::ok(json!({ "id": id })), written))
}
