//! The page where a person agrees: who they are, what they untick.

use std::fmt::Write as _;

use http::request::Parts;
use url::Url;

use super::account::is_name;
use super::answer::Answer;
use super::oauth::{app, give, missing};
use super::params::Params;
use super::scope;
use super::state::State;
use crate::family::Family;

/// Stands in what the page's own form sends.
const FORM: &str = "sandbox_form";
/// Begins the name of a permission that is ticked there.
const TICK: &str = "sandbox_tick.";

const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
    <meta name=\"viewport\" content=\"width=device-width\">\
    <title>Sandbox: an app asks</title><style>body{font:16px/1.5 system-ui,sans-serif;\
    max-width:34rem;margin:2rem auto;padding:0 1rem}fieldset{margin:1rem 0}label{display:block}\
    </style></head><body>\n";
const FOOT: &str = "<button>Agree</button>\n\
    <button name=\"sandbox_cancel\" value=\"1\" formnovalidate>Cancel</button>\n\
    </form></body></html>\n";

/// The page where a person agrees: shown to a browser, and left at once by everybody else.
pub(super) fn page(
    state: &State,
    parts: &Parts,
    family: Family,
    params: &Params,
) -> Result<Answer, Answer> {
    let (back, asked) = in_order(state, family, params)?;
    let told = params.all().any(|(name, _)| name.starts_with("sandbox_"));
    if !told && is_browser(parts) {
        let names = state.lock().accounts.names();
        return Ok(Answer::page(shown(family, params, &asked, &names)));
    }
    left(state, family, params, (back, asked))
}

fn is_browser(parts: &Parts) -> bool {
    let accepts = parts.headers.get("accept");
    accepts.is_some_and(|kinds| kinds.as_bytes().starts_with(b"text/html"))
}

/// Where the page goes back to, and what is asked for, if all of it is as it must be.
fn in_order<'a>(
    state: &State,
    family: Family,
    params: &'a Params,
) -> Result<(Url, Vec<&'a str>), Answer> {
    let need = |name| params.get(name).ok_or_else(|| missing(name));
    if need("client_id")? != app(family).id {
        return Err(Answer::oauth("Invalid platform app"));
    }
    let redirect = need("redirect_uri")?;
    let registered = &state.settings.redirects;
    let known = registered.is_empty() || registered.iter().any(|known| known == redirect);
    let Some(back) = Url::parse(redirect).ok().filter(|_| known) else {
        return Err(Answer::oauth(
            "Error validating verification code. Please make sure your redirect_uri is identical \
             to the one you used in the OAuth dialog request",
        ));
    };
    if need("response_type")? != "code" {
        return Err(Answer::oauth("Invalid response_type"));
    }
    let asked: Vec<&str> = need("scope")?.split([',', ' ']).map(str::trim).collect();
    if asked
        .iter()
        .any(|scope| !scope::names(family).contains(scope))
    {
        return Err(Answer::oauth("Invalid scope"));
    }
    Ok((back, asked))
}

/// What the person has done on the page.
fn left(
    state: &State,
    family: Family,
    params: &Params,
    (mut back, asked): (Url, Vec<&str>),
) -> Result<Answer, Answer> {
    if params.get("sandbox_cancel") == Some("1") {
        back.query_pairs_mut()
            .append_pair("error", "access_denied")
            .append_pair("error_reason", "user_denied")
            .append_pair("error_description", "The user denied your request");
    } else {
        let accounts = params.get("sandbox_account").unwrap_or("demo");
        let one = family == Family::Facebook || !accounts.contains('+');
        if !one || !accounts.split('+').all(is_name) {
            return Err(missing("sandbox_account"));
        }
        let declined = params.get("sandbox_declined").unwrap_or_default();
        let unticked = |scope: &str| {
            params.get(FORM).is_some() && params.get(&format!("{TICK}{scope}")).is_none()
        };
        let kept = |scope: &&str| !declined.split(',').any(|d| d == *scope) && !unticked(scope);
        let redirect = params.get("redirect_uri").unwrap_or_default();
        let scopes = asked.into_iter().filter(kept);
        let code = give(state, family, accounts, redirect, scopes);
        back.query_pairs_mut().append_pair("code", &code);
    }
    if let Some(state) = params.get("state") {
        back.query_pairs_mut().append_pair("state", state);
    }
    if family == Family::Instagram {
        back.set_fragment(Some("_"));
    }
    Ok(Answer::redirect(back))
}

/// The page for what is asked, with the names of the accounts that there are.
fn shown(family: Family, params: &Params, asked: &[&str], names: &[String]) -> String {
    let mut html = HEAD.to_owned();
    let (title, hint) = match family {
        Family::Instagram => (
            "Instagram Login",
            "Any name makes an account; one that begins with <code>personal.</code> is no \
             professional one.",
        ),
        Family::Facebook => (
            "Facebook Login",
            "Several Pages with <code>+</code> between them. Behind a name that begins with \
             <code>bare.</code> there is a Page without an account, and behind <code>viewer.</code> \
             one where you may only look.",
        ),
    };
    let _ = write!(
        html,
        "<h1>{title}</h1>\n<p>The sandbox plays this page. An app asks to act for an account of \
         yours.</p>\n<form method=\"get\">\n<input type=\"hidden\" name=\"{FORM}\" value=\"1\">\n"
    );
    for (name, value) in params.all() {
        let (name, value) = (escaped(name), escaped(value));
        let _ = writeln!(
            html,
            "<input type=\"hidden\" name=\"{name}\" value=\"{value}\">"
        );
    }
    let _ = write!(
        html,
        "<label>Account <input name=\"sandbox_account\" value=\"demo\" list=\"known\" required \
         pattern=\"[A-Za-z0-9_.+]+\"></label>\n<p>{hint}</p>\n<datalist id=\"known\">"
    );
    for name in names {
        let _ = write!(html, "<option value=\"{}\">", escaped(name));
    }
    html.push_str("</datalist>\n<fieldset><legend>The app may</legend>\n");
    for scope in asked {
        let scope = escaped(scope);
        let _ = writeln!(
            html,
            "<label><input type=\"checkbox\" name=\"{TICK}{scope}\" value=\"1\" checked> \
             {scope}</label>"
        );
    }
    html.push_str("</fieldset>\n");
    html.push_str(FOOT);
    html
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}
