//! What a token shows: the account of Instagram Login, the Pages of Facebook Login, and which of them
//! can be published to.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::Secret;
use contentzavod_core::ports::{Answer, CallError, Clock, Fault, Identified, Seen};

use crate::family::Family;
use crate::graph::{GraphClient, LIFE_SECS, Page, Token};
use crate::words;

/// What publishing by Facebook Login needs; the other permissions only help to find the account.
pub(crate) const NEEDED: [&str; 2] = ["instagram_basic", "instagram_content_publish"];
/// Without it Pages of a business portfolio are left out of the list, with no error.
pub(crate) const PORTFOLIO: &str = "business_management";

/// The account that a token of Instagram Login is of.
pub(crate) async fn account(
    client: &GraphClient,
    clock: &dyn Clock,
    token: &Secret,
) -> Result<Answer<Vec<Seen>>, CallError> {
    let answer = client.me(token).await?;
    let now = answer.remote_time.unwrap_or_else(|| clock.now());
    Ok(answer.map(|profile| {
        let personal = profile.is_personal();
        let mut who = profile.who;
        let name = who.username.clone();
        // How old the token is nobody tells; none lives longer.
        who.ends_by = Some(now + life(LIFE_SECS));
        vec![if personal {
            let reason = words::said("instagram.account.personal").with("username", &name);
            hindered(name, reason)
        } else {
            Seen {
                account: Some(who),
                name,
                place: None,
                reason: None,
            }
        }]
    }))
}

/// The Pages of a token and the accounts behind them. A token that lives an hour is exchanged first
/// where the app is known: what is made of it would end with it.
pub(crate) async fn pages(
    client: &GraphClient,
    clock: &dyn Clock,
    given: &Secret,
) -> Result<Answer<Vec<Seen>>, CallError> {
    let lasting = lasting(client, given).await?;
    let token = lasting.as_ref().map_or(given, |lasting| &lasting.token);
    let granted = client.permissions(token).await?.value;
    if let Some(granted) = &granted {
        let missing = missing(&NEEDED, granted);
        if !missing.is_empty() {
            let fault = words::said("instagram.permissions.missing");
            let fault = fault.with("missing", missing.join(", "));
            return Err(CallError::Permission(fault));
        }
    }
    let answer = client.pages(token).await?;
    if answer.value.is_empty() {
        let reason = no_page(granted.as_deref());
        return Ok(answer.map(|_| vec![hindered(String::new(), reason)]));
    }
    // A Page's own token is nobody's.
    let of_person = granted.is_some() && answer.value.iter().any(|p| p.instagram.is_some());
    let behind = Behind {
        person: if of_person {
            person(client, token).await?
        } else {
            None
        },
        scopes: granted.unwrap_or_default(),
        now: answer.remote_time.unwrap_or_else(|| clock.now()),
        lasting,
    };
    Ok(answer.map(|pages| pages.into_iter().map(|page| behind.seen(page)).collect()))
}

/// What is the same of every account behind a token's Pages.
struct Behind {
    person: Option<String>,
    scopes: Vec<String>,
    now: DateTime<Utc>,
    lasting: Option<Token>,
}

impl Behind {
    fn seen(&self, page: Page) -> Seen {
        let about = |key: &str| words::said(key).with("page", &page.name);
        if page.instagram.is_none() {
            let reason = about("instagram.page.unlinked");
            return hindered(page.name, reason);
        }
        if !page.may_publish() {
            let reason = about("instagram.page.task");
            return hindered(page.name, reason);
        }
        let who = self.identified(page);
        Seen {
            name: who.as_ref().map(|w| w.username.clone()).unwrap_or_default(),
            place: who.as_ref().and_then(|who| who.place.clone()),
            account: who,
            reason: None,
        }
    }

    /// The Page's own token has no end of its own, so it is the one to keep.
    fn identified(&self, page: Page) -> Option<Identified> {
        let account = page.instagram?;
        let own = page.token.is_some();
        let lasting = self.lasting.as_ref().filter(|_| !own);
        Some(Identified {
            remote_user_id: account.id,
            app_scoped_id: self.person.clone(),
            username: account.username,
            place: Some(page.name).filter(|name| !name.is_empty()),
            login: Family::Facebook.as_str().to_owned(),
            token: page.token.or_else(|| lasting.map(|l| l.token.clone())),
            renews: false,
            scopes: self.scopes.clone(),
            expires_at: lasting.map(|token| self.now + life(token.life_secs())),
            ends_by: None,
        })
    }
}

const fn hindered(name: String, reason: Fault) -> Seen {
    Seen {
        account: None,
        name,
        place: None,
        reason: Some(reason),
    }
}

/// Why a token that shows all this is good for nothing.
pub(crate) fn why_none(seen: &[Seen]) -> Fault {
    const UNLINKED: &str = "instagram.page.unlinked";
    let reasons = || seen.iter().filter_map(|seen| seen.reason.as_ref());
    if let Some(other) = reasons().find(|reason| reason.code != UNLINKED) {
        return other.clone();
    }
    let names: Vec<&str> = seen.iter().map(|seen| seen.name.as_str()).collect();
    words::said("instagram.pages.unlinked").with("pages", names.join(", "))
}

/// As long as a token lives.
pub(crate) fn life(secs: u32) -> TimeDelta {
    TimeDelta::seconds(i64::from(secs))
}

/// What is needed and was not granted.
pub(crate) fn missing(needed: &[&str], granted: &[String]) -> Vec<String> {
    let absent = |name: &&&str| !granted.iter().any(|g| g == **name);
    let missing = needed.iter().filter(absent);
    missing.map(|name| (*name).to_owned()).collect()
}

/// The long-lived token of a person's, where the app may ask for it. A Page's token has none, and is
/// none the worse for it.
pub(crate) async fn lasting(
    client: &GraphClient,
    given: &Secret,
) -> Result<Option<Token>, CallError> {
    let Some((id, secret)) = client.config().app_of(Family::Facebook) else {
        return Ok(None);
    };
    match client.exchange_facebook(id, secret, given).await {
        Ok(answer) => Ok(Some(answer.value)),
        // What is made of a short token ends with it: better to ask again than to take that.
        Err(error @ CallError::Transient(_)) => Err(error),
        Err(error) => {
            tracing::warn!(%error, "the token was not exchanged for a long-lived one");
            Ok(None)
        }
    }
}

/// The id under which Meta will name the person. Without it their account can be connected all the
/// same: only their word on Meta's pages would not be understood.
async fn person(client: &GraphClient, token: &Secret) -> Result<Option<String>, CallError> {
    match client.person(token).await {
        Ok(answer) => Ok(Some(answer.value)),
        Err(error @ CallError::Transient(_)) => Err(error),
        Err(error) => {
            tracing::warn!(%error, "the platform does not say who the person is");
            Ok(None)
        }
    }
}

/// Why no Page is shown.
fn no_page(granted: Option<&[String]>) -> Fault {
    let portfolio = granted.is_some_and(|all| all.iter().any(|g| g == PORTFOLIO));
    words::said(if portfolio {
        "instagram.pages.none"
    } else {
        "instagram.pages.hidden"
    })
}
