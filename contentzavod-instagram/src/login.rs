//! Connecting on the platform's own pages: where a person agrees, and what their code is worth.

use contentzavod_core::model::Secret;
use contentzavod_core::ports::{Answer, CallError, Clock, Granted};
use url::Url;

use crate::family::Family;
use crate::graph::{GraphClient, GraphConfig, Token, join};
use crate::survey::{NEEDED, PORTFOLIO, lasting, life, missing};
use crate::words;

/// What publishing by Instagram Login needs, and all that is asked for.
const INSTAGRAM: [&str; 2] = [
    "instagram_business_basic",
    "instagram_business_content_publish",
];
/// Without it no Page is shown.
const PAGES: &str = "pages_show_list";
/// Asked for by Facebook Login: what publishing needs, and what finding the Pages takes.
const FACEBOOK: [&str; 5] = [
    NEEDED[0],
    NEEDED[1],
    PAGES,
    "pages_read_engagement",
    PORTFOLIO,
];
/// What nothing works without. Not every Page belongs to a portfolio.
const FACEBOOK_NEEDED: [&str; 3] = [NEEDED[0], NEEDED[1], PAGES];

const fn asked(family: Family) -> &'static [&'static str] {
    match family {
        Family::Instagram => &INSTAGRAM,
        Family::Facebook => &FACEBOOK,
    }
}

const fn needed(family: Family) -> &'static [&'static str] {
    match family {
        Family::Instagram => &INSTAGRAM,
        Family::Facebook => &FACEBOOK_NEEDED,
    }
}

/// Where a person agrees; `None` where the family has no app.
pub(crate) fn page(
    config: &GraphConfig,
    family: Family,
    state: &str,
    redirect: &Url,
) -> Option<Url> {
    let (id, _) = config.app_of(family)?;
    let mut url = match family {
        Family::Instagram => config.authorize_url.clone(),
        Family::Facebook => join(
            &config.facebook_authorize_url,
            &[&config.version, "dialog", "oauth"],
        ),
    };
    url.query_pairs_mut()
        .append_pair("client_id", id)
        .append_pair("redirect_uri", redirect.as_str())
        .append_pair("response_type", "code")
        .append_pair("scope", &asked(family).join(","))
        .append_pair("state", state)
        // Instagram would take whoever is signed in there; Facebook would not ask again for what was
        // unticked once.
        .extend_pairs(match family {
            Family::Instagram => [("force_reauth", "true")],
            Family::Facebook => [("auth_type", "rerequest")],
        });
    Some(url)
}

/// What a code is worth: a token of sixty days, unless something needed was unticked.
pub(crate) async fn exchange(
    client: &GraphClient,
    clock: &dyn Clock,
    code: &Secret,
    redirect: &Url,
) -> Result<Answer<Granted>, CallError> {
    let family = client.family();
    let app = client.config().app_of(family);
    let (id, secret) = app.ok_or_else(|| CallError::Unreadable(words::said("instagram.no_app")))?;
    let short = client.exchange_code(id, secret, redirect, code).await?;
    let granted = match family {
        Family::Instagram => Some(short.value.permissions.clone()).filter(|all| !all.is_empty()),
        Family::Facebook => client.permissions(&short.value.token).await?.value,
    };
    // Where the platform does not say, it was all: nothing is refused on a guess.
    let missing = granted
        .as_deref()
        .map(|granted| missing(needed(family), granted));
    let missing = missing.unwrap_or_default();
    let now = short.remote_time.unwrap_or_else(|| clock.now());
    let token = if missing.is_empty() {
        lived(client, secret, &short.value).await?
    } else {
        // Nothing comes of it: it need not live.
        short.value.clone()
    };
    Ok(short.map(|_| Granted {
        expires_at: Some(now + life(token.life_secs())),
        token: token.token,
        scopes: granted.unwrap_or_default(),
        missing,
    }))
}

/// The token of sixty days in the place of one that may live an hour.
async fn lived(client: &GraphClient, secret: &Secret, short: &Token) -> Result<Token, CallError> {
    match client.family() {
        Family::Instagram => {
            let long = client.exchange_long(secret, &short.token).await?;
            Ok(long.value)
        }
        Family::Facebook => {
            let long = lasting(client, &short.token).await?;
            Ok(long.unwrap_or_else(|| short.clone()))
        }
    }
}
