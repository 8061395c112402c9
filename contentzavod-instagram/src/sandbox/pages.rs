//! Facebook Login: what a person granted, and the Pages.

use serde_json::{Value, json};

use super::account::{Account, Holder, Of};
use super::answer::Answer;
use super::fields::asked;
use super::params::Params;
use super::scope;
use super::state::State;

/// Pages in a list without `limit`, and with the greatest one.
const LIST: usize = 25;
const LIST_MAX: usize = 100;

/// `GET /me/permissions`
pub(super) fn permissions(holder: &Holder) -> Result<Answer, Answer> {
    only_people(holder, "permissions")?;
    let row = |scope: &&str| {
        let status = if holder.may(scope) {
            "granted"
        } else {
            "declined"
        };
        json!({ "permission": scope, "status": status })
    };
    let rows: Vec<Value> = scope::names(holder.family()).iter().map(row).collect();
    Ok(Answer::ok(json!({ "data": rows })))
}

/// `GET /me/accounts`: empty where the person did not let the app see the portfolio.
pub(super) fn list(state: &State, holder: &Holder, params: &Params) -> Result<Answer, Answer> {
    only_people(holder, "accounts")?;
    let number = |text: &str| text.parse::<usize>().is_ok_and(|n| n > 0);
    params.check("limit", "an integer greater than 0", number)?;
    let limit = params.get("limit").and_then(|text| text.parse().ok());
    let limit: usize = limit.unwrap_or(LIST).min(LIST_MAX);
    let after = params.get("after").and_then(|text| text.parse().ok());
    let from: usize = after.unwrap_or(0);
    let shown = holder.may(scope::PORTFOLIO) && holder.may("pages_show_list");
    let mine = if shown { &holder.accounts[..] } else { &[] };
    let mut known = state.lock();
    let pages = mine.iter().skip(from).take(limit).map(|account| {
        let token = known.accounts.page_token(account, holder);
        let mut page = whole(account);
        page["access_token"] = json!(token);
        page["tasks"] = json!(tasks(account));
        asked(&page, params, "id", &["instagram_business_account"])
    });
    let pages: Vec<Value> = pages.collect::<Result<_, _>>()?;
    let to = from + pages.len();
    let mut body = json!({ "data": pages });
    if to > from {
        body["paging"] =
            json!({ "cursors": { "before": from.to_string(), "after": to.to_string() } });
    }
    if to < mine.len() {
        body["paging"]["next"] = json!(format!("https://graph.example/me/accounts?after={to}"));
    }
    Ok(Answer::ok(body))
}

/// `GET /me` of a person or a Page.
pub(super) fn me(holder: &Holder, params: &Params) -> Result<Answer, Answer> {
    let me = match holder.of {
        Of::Page => whole(&holder.accounts[0]),
        _ => json!({ "id": holder.person(), "name": "A person of the sandbox" }),
    };
    let absent: &[&str] = match holder.of {
        Of::Page => &["instagram_business_account"],
        _ => &[],
    };
    asked(&me, params, "id", absent).map(Answer::ok)
}

/// What the person may do on an account's Page.
fn tasks(account: &Account) -> &'static [&'static str] {
    if account.is_tended() {
        &["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MANAGE"]
    } else {
        &["ANALYZE"]
    }
}

/// A Page, with everything but its token; the platform leaves out an account that is not linked.
fn whole(account: &Account) -> Value {
    let mut page = json!({
        "id": account.page,
        "name": format!("Page of {}", account.username),
    });
    if account.is_linked() {
        page["instagram_business_account"] = json!({
            "id": account.ig_user,
            "username": account.username,
            "profile_picture_url": format!("https://cdn.example/{}.jpg", account.username),
        });
    }
    page
}

fn only_people(holder: &Holder, edge: &str) -> Result<(), Answer> {
    if holder.of == Of::Person {
        return Ok(());
    }
    let message = format!("Tried accessing nonexisting field ({edge}) on node type (Page)");
    Err(Answer::parameter(&message))
}
