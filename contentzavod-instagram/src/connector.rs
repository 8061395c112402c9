//! Instagram accounts as a [`Connector`] of the core.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::{Access, Secret};
use contentzavod_core::ports::{
    Answer, CallError, Clock, Connector, Fault, Identified, Refreshed, SystemClock,
};

use crate::family::Family;
use crate::graph::{ConfigError, GraphClient, GraphConfig, Page, Token};
use crate::publisher::PLATFORM;
use crate::words;

/// What publishing by Facebook Login needs; the other permissions only help to find the account.
const NEEDED: [&str; 2] = ["instagram_basic", "instagram_content_publish"];
/// Without it Pages of a business portfolio are left out of the list, with no error.
const PORTFOLIO: &str = "business_management";

/// Connects Instagram accounts.
#[derive(Debug, Clone)]
pub struct InstagramConnector {
    client: GraphClient,
    clock: Arc<dyn Clock>,
    usual: Family,
}

impl InstagramConnector {
    /// Makes a connector.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] when the configuration cannot work.
    pub fn new(config: GraphConfig) -> Result<Self, ConfigError> {
        Ok(Self {
            client: GraphClient::new(config)?,
            clock: Arc::new(SystemClock::new()),
            usual: Family::default(),
        })
    }

    /// The family of tokens that do not show theirs; Instagram Login without it.
    #[must_use]
    pub const fn usual(mut self, family: Family) -> Self {
        self.usual = family;
        self
    }

    /// Counts times from this clock where the platform does not say its own.
    #[must_use]
    pub fn with_clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.client = self.client.with_clock(clock.clone());
        self.clock = clock;
        self
    }

    fn client_of(&self, access: &Access) -> Result<GraphClient, CallError> {
        let family = Family::of(access).map_err(CallError::Token)?;
        Ok(self.client.of(family))
    }

    /// The accounts behind the Pages of a token. A token that lives an hour is exchanged first where
    /// the app is known: what is made of it would end with it.
    async fn behind_pages(&self, given: &Secret) -> Result<Answer<Vec<Identified>>, CallError> {
        let client = self.client.of(Family::Facebook);
        let lasting = lasting(&client, given).await?;
        let token = lasting.as_ref().map_or(given, |lasting| &lasting.token);
        let granted = client.permissions(token).await?.value;
        if let Some(granted) = &granted {
            refuse_missing(granted)?;
        }
        let answer = client.pages(token).await?;
        if !answer.value.iter().any(|page| page.instagram.is_some()) {
            let fault = nothing_behind(&answer.value, granted.as_deref());
            return Err(CallError::Permission(fault));
        }
        let scopes = granted.unwrap_or_default();
        let now = answer.remote_time.unwrap_or_else(|| self.clock.now());
        Ok(answer.map(|pages| {
            let found = pages.into_iter();
            let found = found.filter_map(|page| identified(page, lasting.as_ref(), &scopes, now));
            found.collect()
        }))
    }
}

#[async_trait]
impl Connector for InstagramConnector {
    fn platform(&self) -> &str {
        PLATFORM
    }

    fn logins(&self) -> Vec<&'static str> {
        let mut all = Family::ALL.map(Family::as_str);
        all.sort_by_key(|login| *login != self.usual.as_str());
        all.to_vec()
    }

    async fn identify(
        &self,
        token: &Secret,
        login: Option<&str>,
    ) -> Result<Answer<Vec<Identified>>, CallError> {
        let said = login.and_then(Family::parse);
        let family = said.or_else(|| Family::of_token(token));
        match family.unwrap_or(self.usual) {
            Family::Instagram => {
                let client = self.client.of(Family::Instagram);
                let answer = client.me(token).await?;
                let now = answer.remote_time.unwrap_or_else(|| self.clock.now());
                // How old it is nobody tells; none lives longer.
                Ok(answer.map(|mut who| {
                    who.ends_by = Some(now + life());
                    vec![who]
                }))
            }
            Family::Facebook => self.behind_pages(token).await,
        }
    }

    async fn refresh(&self, access: &Access) -> Result<Answer<Refreshed>, CallError> {
        let client = self.client_of(access)?;
        if client.family() == Family::Facebook {
            // Nothing of the kind there: people sign in again.
            return Err(CallError::Unreadable(words::said("instagram.no_refresh")));
        }
        let answer = client.refresh(&access.token).await?;
        let now = answer.remote_time.unwrap_or_else(|| self.clock.now());
        Ok(answer.map(|t| Refreshed {
            expires_at: now + TimeDelta::seconds(i64::from(t.life_secs())),
            token: t.token,
        }))
    }

    async fn revoke(&self, access: &Access) -> Result<(), CallError> {
        self.client_of(access)?.revoke(&access.token).await
    }
}

/// As long as a token lives that nobody renews.
fn life() -> TimeDelta {
    TimeDelta::seconds(i64::from(crate::graph::LIFE_SECS))
}

/// The long-lived token of a person's, where the app may ask for it. A Page's token has none, and is
/// none the worse for it.
async fn lasting(client: &GraphClient, given: &Secret) -> Result<Option<Token>, CallError> {
    let Some(app) = client.config().meta_app.clone() else {
        return Ok(None);
    };
    let Some(id) = app.id.as_deref() else {
        return Ok(None);
    };
    match client.exchange_facebook(id, &app.secret, given).await {
        Ok(answer) => Ok(Some(answer.value)),
        // What is made of a short token ends with it: better to ask again than to take that.
        Err(error @ CallError::Transient(_)) => Err(error),
        Err(error) => {
            tracing::warn!(%error, "the token was not exchanged for a long-lived one");
            Ok(None)
        }
    }
}

fn refuse_missing(granted: &[String]) -> Result<(), CallError> {
    let missing: Vec<&str> = NEEDED
        .into_iter()
        .filter(|needed| !granted.iter().any(|g| g == needed))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let fault = words::said("instagram.permissions.missing").with("missing", missing.join(", "));
    Err(CallError::Permission(fault))
}

/// Why there is no account: no Page shown, or none that is linked to one.
fn nothing_behind(pages: &[Page], granted: Option<&[String]>) -> Fault {
    if pages.is_empty() {
        let portfolio = granted.is_some_and(|all| all.iter().any(|g| g == PORTFOLIO));
        return words::said(if portfolio {
            "instagram.pages.none"
        } else {
            "instagram.pages.hidden"
        });
    }
    let names: Vec<&str> = pages.iter().map(|page| page.name.as_str()).collect();
    words::said("instagram.pages.unlinked").with("pages", names.join(", "))
}

/// The Page's own token has no end of its own, so it is the one to keep.
fn identified(
    page: Page,
    lasting: Option<&Token>,
    scopes: &[String],
    now: DateTime<Utc>,
) -> Option<Identified> {
    let account = page.instagram?;
    let own = page.token.is_some();
    let lasting = lasting.filter(|_| !own);
    let life = |token: &Token| TimeDelta::seconds(i64::from(token.life_secs()));
    Some(Identified {
        remote_user_id: account.id,
        app_scoped_id: None,
        username: account.username,
        place: Some(page.name).filter(|name| !name.is_empty()),
        login: Family::Facebook.as_str().to_owned(),
        token: page.token.or_else(|| lasting.map(|l| l.token.clone())),
        renews: false,
        scopes: scopes.to_vec(),
        expires_at: lasting.map(|token| now + life(token)),
        ends_by: None,
    })
}
