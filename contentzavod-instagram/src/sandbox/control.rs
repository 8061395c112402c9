//! The sandbox's own calls: faults, ledger, accounts.

use std::sync::Arc;

use http::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::Answer;
use super::faults::FaultPlan;
use super::state::State;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewAccount {
    username: String,
}

/// Answers a call of the sandbox itself; `None` for calls of the platform.
pub(super) fn answer(
    state: &Arc<State>,
    method: &Method,
    path: &[&str],
    body: &[u8],
) -> Option<Answer> {
    Some(match (method.as_str(), path) {
        ("GET", ["__faults"]) => shown(&state.faults()),
        ("POST", ["__faults"]) => match serde_json::from_slice::<FaultPlan>(body) {
            Ok(plan) => {
                state.set_faults(plan);
                shown(&state.faults())
            }
            Err(error) => refused(&error),
        },
        ("GET", ["__ledger"]) => shown(&state.ledger()),
        ("POST", ["__accounts"]) => match serde_json::from_slice::<NewAccount>(body) {
            Ok(new) => Answer::ok(json!({ "access_token": state.add_account(&new.username) })),
            Err(error) => refused(&error),
        },
        (_, [name]) if name.starts_with("__") => Answer {
            status: 404,
            body: json!({ "message": "there are /__faults, /__ledger and /__accounts" }),
        },
        _ => return None,
    })
}

fn shown<T: serde::Serialize>(value: &T) -> Answer {
    Answer::ok(serde_json::to_value(value).unwrap_or(Value::Null))
}

fn refused(error: &serde_json::Error) -> Answer {
    Answer {
        status: 422,
        body: json!({ "message": error.to_string() }),
    }
}
