//! A call, and the faults that strike it.
//!
//! They act in this order, whatever the order of their rules; where two of one step strike, the
//! first rule decides:
//!
//! 1. `slow` waits.
//! 2. Something may be said instead of executing: `dropped`, `read_refused`, `server_error` before,
//!    `spam` that is not live, `quota`, `token_death`, `not_ready`, `restricted`.
//! 3. Else `late` gives its reply, and the call is executed when its time has come;
//! 4. or the call is executed at once, `list_lag`, `quota`, `container_error` and `expired` with it.
//! 5. The answer may be lost or replaced: `reply_lost`, `server_error` after, `spam` that is live.
//! 6. It is spoilt: `garbage`, `huge`, `half`, `slow_body`, `wrong_date`.
//! 7. `refuse_connection` begins.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use http::Method;
use serde_json::Value;
use tokio::sync::oneshot;

use super::account::{Account, Holder};
use super::answer::Answer;
use super::container::Ails;
use super::disk::Written;
use super::faults::{Fault, LateReply, Stage};
use super::params::Params;
use super::routes::Lost;
use super::spoil::Spoil;
use super::state::State;
use super::{create, pages, publish, reads, scope};
use crate::family::Family;

/// A call of the platform, once it is known whose it is.
pub(super) struct Call {
    pub(super) stage: Stage,
    pub(super) method: Method,
    /// The object of the call, as it stands in the path.
    pub(super) id: String,
    pub(super) account: Account,
    pub(super) holder: Holder,
    pub(super) token: String,
    pub(super) params: Params,
}

impl Call {
    /// The permissions that the call needs and its token has not.
    fn allowed(&self) -> Result<(), Answer> {
        let family = self.holder.family();
        let needed = match self.stage {
            Stage::Create | Stage::Publish => scope::publish(family),
            // Facebook tells everybody who they are.
            Stage::Me if family == Family::Facebook => return Ok(()),
            _ => scope::basic(family),
        };
        let publishes = matches!(self.stage, Stage::Create | Stage::Publish);
        let hindered = self.account.is_personal() || !self.account.is_tended();
        if self.holder.may(needed) && !(publishes && hindered) {
            Ok(())
        } else {
            Err(Answer::permission(needed))
        }
    }
}

type Outcome = Result<Answer, Lost>;

/// Answers a call, with the faults that strike it.
pub(super) async fn answer(state: &Arc<State>, call: Call) -> Outcome {
    let faults = {
        let mut known = state.lock();
        known.draws.draw(call.stage, &call.account.username)
    };
    state.called(&call.account.username, call.stage);
    if faults.is_empty() {
        return Ok(execute(state, &call, &faults).await);
    }
    let (state, call) = (Arc::clone(state), Arc::new(call));
    let slow = pause(&faults, |fault| match fault {
        Fault::Slow { ms } => Some(*ms),
        _ => None,
    });
    let Some(slow) = slow else {
        return struck(&state, &call, &faults).await;
    };
    // On its own: a caller that hangs up changes nothing.
    let (done, outcome) = oneshot::channel();
    let background = Arc::clone(&state);
    state.spawn(async move {
        background.clock.sleep(slow).await;
        let _ = done.send(struck(&background, &call, &faults).await);
    });
    outcome.await.unwrap_or(Err(Lost))
}

/// A call whose execution cannot be put off, with the faults that strike it.
pub(super) async fn around(
    state: &State,
    call: &Call,
    faults: &[Fault],
    execute: impl Future<Output = Outcome>,
) -> Outcome {
    let slow = pause(faults, |fault| match fault {
        Fault::Slow { ms } => Some(*ms),
        _ => None,
    });
    if let Some(slow) = slow {
        state.clock.sleep(slow).await;
    }
    let mut outcome = match instead(state, call, faults) {
        Some(outcome) => outcome,
        None => execute.await.and_then(|answer| replaced(answer, faults)),
    };
    if let Ok(answer) = &mut outcome {
        answer.spoil = Spoil::of(faults);
    }
    refuse(state, faults).await;
    outcome
}

/// From step 2 on.
async fn struck(state: &Arc<State>, call: &Arc<Call>, faults: &[Fault]) -> Outcome {
    let mut outcome = match instead(state, call, faults) {
        Some(outcome) => outcome,
        None => match late(state, call, faults).await {
            Some(outcome) => outcome,
            None => replaced(execute(state, call, faults).await, faults),
        },
    };
    if let Ok(answer) = &mut outcome {
        answer.ig_user = Some(call.account.ig_user.clone());
        answer.spoil = Spoil::of(faults);
    }
    refuse(state, faults).await;
    outcome
}

fn pause(faults: &[Fault], ms: impl Fn(&Fault) -> Option<u64>) -> Option<Duration> {
    let pauses: Vec<u64> = faults.iter().filter_map(ms).collect();
    let whole = || Duration::from_millis(pauses.iter().sum());
    (!pauses.is_empty()).then(whole)
}

/// What is said instead of executing.
fn instead(state: &State, call: &Call, faults: &[Fault]) -> Option<Outcome> {
    faults.iter().find_map(|fault| {
        Some(match *fault {
            Fault::Dropped => Err(Lost),
            Fault::ReadRefused => Ok(Answer::missing(&call.method, &call.id)),
            Fault::ServerError {
                status,
                after: false,
            } => Ok(Answer::failure(status)),
            Fault::Spam { live: false } => Ok(Answer::spam()),
            Fault::Limited { code, .. } => Ok(Answer::limited(code)),
            Fault::NotReady => Ok(Answer::not_ready()),
            Fault::Restricted => Ok(Answer::restricted()),
            Fault::TokenDeath { subcode } => {
                state.lock().accounts.kill(&call.account, subcode);
                Ok(Answer::dead_token(subcode))
            }
            Fault::Quota { secs } if call.stage == Stage::Publish => {
                let until = state.now() + seconds(secs);
                state.lock().fill(&call.account.ig_user, until);
                Ok(Answer::quota())
            }
            _ => return None,
        })
    })
}

/// The reply of a call that is executed later than it is given.
async fn late(state: &Arc<State>, call: &Arc<Call>, faults: &[Fault]) -> Option<Outcome> {
    let (after, reply) = faults.iter().find_map(|fault| match *fault {
        Fault::Late { ms, reply } => Some((Duration::from_millis(ms), reply)),
        _ => None,
    })?;
    let (background, call) = (Arc::clone(state), Arc::clone(call));
    let faults = faults.to_vec();
    state.spawn(async move {
        background.clock.sleep(after).await;
        execute(&background, &call, &faults).await;
    });
    match reply {
        LateReply::Closed => Some(Err(Lost)),
        LateReply::Timeout => Some(Ok(Answer::gateway(504))),
        // Until the caller hangs up or the sandbox stops.
        LateReply::Held => std::future::pending().await,
    }
}

/// What is left of the answer of a call that was executed.
fn replaced(answer: Answer, faults: &[Fault]) -> Outcome {
    let instead = faults.iter().find_map(|fault| {
        Some(match *fault {
            Fault::ReplyLost => Err(Lost),
            Fault::ServerError {
                status,
                after: true,
            } => Ok(Answer::failure(status)),
            Fault::Spam { live: true } => Ok(Answer::spam()),
            _ => return None,
        })
    });
    instead.unwrap_or(Ok(answer))
}

async fn refuse(state: &State, faults: &[Fault]) {
    for fault in faults {
        if let Fault::RefuseConnection { connections, secs } = *fault {
            let shut = state.gate.hang_up(connections, Duration::from_secs(secs));
            let _ = shut.await;
        }
    }
}

/// Executes a call. An answer goes out only once what it tells is written down.
async fn execute(state: &Arc<State>, call: &Call, faults: &[Fault]) -> Answer {
    let at = match call.stage {
        Stage::Status => Some(call.id.as_str()),
        Stage::Publish => call.params.get("creation_id"),
        _ => None,
    };
    if let Some(container) = at {
        befall(state, call, container, faults);
    }
    let mut answer = match perform(state, call, faults) {
        Ok((answer, written)) => {
            if written.done().await {
                answer
            } else {
                // Executed, and yet an error: the platform does that, too.
                Answer::transient()
            }
        }
        Err(answer) => answer,
    };
    if call.stage == Stage::Create
        && let Some(container) = answer.body.get("id").and_then(Value::as_str)
    {
        befall(state, call, container, faults);
    }
    answer.ig_user = Some(call.account.ig_user.clone());
    answer
}

/// What the faults do to the container of a call.
fn befall(state: &State, call: &Call, container: &str, faults: &[Fault]) {
    let mut known = state.lock();
    let found = known.containers.get_mut(container);
    let Some(found) = found.filter(|c| c.owner == call.account.ig_user) else {
        return;
    };
    for fault in faults.iter().rev() {
        match *fault {
            Fault::ContainerError { subcode } => {
                found.ails = Ails {
                    error: Some(subcode),
                    at_once: call.stage != Stage::Create,
                    ..found.ails
                };
            }
            Fault::Expired { secs } => found.ails.expires = Some(state.now() + seconds(secs)),
            _ => {}
        }
    }
}

/// What the platform does.
fn perform(state: &Arc<State>, call: &Call, faults: &[Fault]) -> Result<(Answer, Written), Answer> {
    let (account, params, id) = (&call.account, &call.params, call.id.as_str());
    let family = call.holder.family();
    let owned = match call.stage {
        Stage::Create | Stage::Publish | Stage::Recent | Stage::Quota => account.is(id, family),
        _ => true,
    };
    if !owned {
        return Err(Answer::missing(&call.method, id));
    }
    call.allowed()?;
    let read = match call.stage {
        Stage::Create => return create::create(state, account, family, params),
        Stage::Publish => return publish::publish(state, account, params),
        Stage::Me => match (family, call.id.as_str()) {
            (Family::Instagram, _) => reads::me(state, account, params),
            (Family::Facebook, "permissions") => pages::permissions(&call.holder),
            (Family::Facebook, "accounts") => pages::list(state, &call.holder, params),
            (Family::Facebook, _) => pages::me(&call.holder, params),
        },
        Stage::Refresh => reads::refresh(state, params, &call.holder, &call.token),
        Stage::Status => reads::container(state, account, family, params, id),
        Stage::Permalink => reads::media(state, account, params, id, lag(faults)),
        Stage::Recent => reads::list(state, account, params, lag(faults)),
        Stage::Quota => {
            let full = faults.iter().find_map(|fault| match *fault {
                Fault::Quota { secs } => Some(state.now() + seconds(secs)),
                _ => None,
            });
            if let Some(until) = full {
                state.lock().fill(&account.ig_user, until);
            }
            reads::quota(state, account, params, full.is_some())
        }
        // No call comes so far.
        Stage::Upload | Stage::Time | Stage::Connection => Err(Answer::missing(&call.method, id)),
    };
    read.map(|answer| (answer, Written::nowhere()))
}

fn lag(faults: &[Fault]) -> TimeDelta {
    let lags = faults.iter().filter_map(|fault| match *fault {
        Fault::ListLag { secs } => Some(seconds(secs)),
        _ => None,
    });
    lags.max().unwrap_or_default()
}

fn seconds(secs: u64) -> TimeDelta {
    let whole = i64::try_from(secs).ok().and_then(TimeDelta::try_seconds);
    whole.unwrap_or(TimeDelta::MAX)
}
