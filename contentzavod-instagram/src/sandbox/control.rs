//! The sandbox's own calls: faults, ledger, accounts.

use std::ops::Bound;

use chrono::TimeDelta;
use http::request::Parts;
use serde::Deserialize;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::answer::Answer;
use super::faults::{FaultPlan, KINDS, Kind};
use super::ledger::Record;
use super::scope;
use super::state::State;
use crate::family::Family;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewAccount {
    username: String,
    #[serde(default)]
    token: Option<String>,
    /// `instagram`, or `facebook`: a person with the account's Page.
    #[serde(default)]
    login: Option<String>,
    /// What the person granted; everything without it. Facebook Login only.
    #[serde(default)]
    scopes: Option<Vec<String>>,
    /// In how many seconds the token ends; never without it. Facebook Login only.
    #[serde(default)]
    ends_secs: Option<u32>,
}

/// Answers a call of the sandbox itself; `None` for calls of the platform.
pub(super) fn answer(state: &State, parts: &Parts, path: &[&str], body: &[u8]) -> Option<Answer> {
    Some(match (parts.method.as_str(), path) {
        ("GET", ["__faults"]) => shown(&state.faults()),
        ("POST", ["__faults"]) => match serde_json::from_slice::<FaultPlan>(body) {
            Ok(plan) => {
                state.set_faults(plan);
                shown(&state.faults())
            }
            Err(error) => refused(&error.to_string()),
        },
        ("GET", ["__faults", "kinds"]) => {
            let kinds: Vec<Value> = KINDS.iter().map(Kind::shown).collect();
            shown(&kinds)
        }
        ("GET", ["__calls"]) => shown(&state.calls()),
        ("GET", ["__ledger"]) => ledger(state, parts.uri.query()),
        ("POST", ["__accounts"]) => match serde_json::from_slice::<NewAccount>(body) {
            Ok(new) => account(state, &new),
            Err(error) => refused(&error.to_string()),
        },
        (_, [name, ..]) if name.starts_with("__") => {
            let known = "GET and POST /__faults, GET /__faults/kinds, GET /__ledger?kind=, GET /__calls, POST /__accounts";
            Answer::of(404, json!({ "message": format!("there are {known}") }))
        }
        _ => return None,
    })
}

fn ledger(state: &State, query: Option<&str>) -> Answer {
    let query = query.unwrap_or_default().as_bytes();
    let kind = form_urlencoded::parse(query).find(|(name, _)| name == "kind");
    let records = state.records();
    let wanted = |record: &&Record| match &kind {
        None => true,
        Some((_, kind)) => record.kind() == kind,
    };
    let records: Vec<&Record> = records.iter().filter(wanted).collect();
    shown(&records)
}

fn account(state: &State, new: &NewAccount) -> Answer {
    let now = state.now();
    let mut known = state.lock();
    let token = new.token.as_deref();
    let added = match new.login.as_deref() {
        None | Some("instagram") => known.accounts.add(&new.username, token, now),
        Some("facebook") => {
            let scopes = new.scopes.clone();
            let scopes = scopes.unwrap_or_else(|| scope::all(Family::Facebook));
            let names: Vec<&str> = new.username.split('+').collect();
            let ends = new.ends_secs.map(|n| now + TimeDelta::seconds(n.into()));
            let life = (
                Bound::Included(now),
                ends.map_or(Bound::Unbounded, Bound::Excluded),
            );
            known.accounts.add_person(&names, token, scopes, life)
        }
        Some(_) => return refused("login is instagram or facebook"),
    };
    match added {
        Some(token) => Answer::ok(json!({ "username": new.username, "access_token": token })),
        None => {
            refused("a username is 1-30 of a-z A-Z 0-9 . _, a token is 1-512 visible characters")
        }
    }
}

fn shown<T: serde::Serialize>(value: &T) -> Answer {
    Answer::ok(serde_json::to_value(value).unwrap_or(Value::Null))
}

fn refused(message: &str) -> Answer {
    Answer::of(422, json!({ "message": message }))
}
