//! Signing in: out to a provider, back again, and a session.
//!
//! Whoever comes back must bring the state of a sign-in that began here, once, within ten minutes, in
//! the same browser and on the same provider's path. Only then is the provider asked who it is.

mod asserted;
mod error;
mod links;
mod outcome;
mod session;

use std::sync::Arc;

use chrono::TimeDelta;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use url::Url;
use uuid::Uuid;

pub use error::SignInError;
pub use links::{LINK, Newcomer};
use outcome::outcome;
pub(super) use outcome::word_of;
pub use session::{ABSOLUTE, FRESH, IDLE};

use super::error::ServiceError;
use super::facade::Contentzavod;
use crate::model::random::base62;
use crate::model::{
    Identity, Lang, Login, Purpose, Secret, Session, SessionId, User, UserId, Workspace,
    WorkspaceId,
};
use crate::ports::store::{Admission, Arrival, Hash, Linked};
use crate::ports::{IdentityProvider, Pending, Person, Returned, SealContext};

/// A sign-in that takes longer is begun anew.
pub(super) const UNDER_WAY: TimeDelta = TimeDelta::minutes(10);
/// Characters of what opens something: 256 bits.
pub(in crate::service) const SECRET: usize = 43;
/// Longest path of ours that somebody is sent back to.
const RETURN_MAX: usize = 512;

/// Who may come in, and how.
#[derive(Debug, Clone, Default)]
pub struct Front {
    /// Ways to sign in, in the order they are shown.
    pub providers: Vec<Arc<dyn IdentityProvider>>,
    /// Newcomers are let in without an invitation.
    pub open: bool,
}

/// A sign-in that begins. `Debug` shows none of it: the address holds the state.
pub struct Started {
    /// Where the browser goes.
    pub url: Url,
    /// What only this browser keeps until it comes back.
    pub browser: Secret,
}

impl std::fmt::Debug for Started {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Started").finish_non_exhaustive()
    }
}

/// What a browser brings back. `Debug` shows none of it.
#[derive(Default)]
pub struct Back {
    /// The state of the sign-in.
    pub state: String,
    /// The code to exchange.
    pub code: Option<Secret>,
    /// Who says it is the issuer.
    pub issuer: Option<String>,
    /// The word of the provider where nobody agreed.
    pub error: Option<String>,
    /// What only the browser that began it keeps.
    pub browser: Option<Secret>,
    /// The token of the session that this browser has.
    pub before: Option<Secret>,
    /// What its person reads, where the provider does not say.
    pub lang: Lang,
}

impl std::fmt::Debug for Back {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Back")
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

/// Somebody came in.
#[derive(Debug)]
pub struct SignedIn {
    /// Opens the session; shown to its browser once.
    pub token: Secret,
    /// The session.
    pub session: Session,
    /// Nobody knew them before.
    pub new: bool,
    /// Where they wanted to go.
    pub return_to: Option<String>,
}

/// SHA-256 of what opens something.
pub(in crate::service) fn hashed(text: &str) -> Hash {
    Sha256::digest(text.as_bytes()).into()
}

/// Where what a provider must be reminded of belongs: it opens for its own state only.
pub(super) fn pending_context(state: &Hash) -> SealContext<'static> {
    let mut id = [0; 16];
    id.copy_from_slice(state.get(..16).unwrap_or(&[0; 16]));
    SealContext {
        // Nobody is signed in yet.
        workspace: WorkspaceId(Uuid::nil()),
        noun: "login",
        field: "pending",
        id: Uuid::from_bytes(id),
    }
}

/// Paths under which a visit begins or ends something: nobody is sent there by whoever may choose where
/// others go on.
const ACTING: [&str; 3] = ["/auth/", "/oauth/", "/invitation/"];

/// A path of ours that somebody may be sent to; anything else is none: an address elsewhere least of
/// all.
#[must_use]
pub fn path_of_ours(path: &str) -> Option<String> {
    let place = path.split(['?', '#']).next().unwrap_or_default();
    // Neither `/x/../auth/` nor `/%61uth/`: browsers and routers read them as what they mean.
    let plain = !place.contains("/.") && !place.contains('%');
    let ours = path.starts_with('/')
        && !path.starts_with("//")
        && plain
        && !ACTING.iter().any(|acting| path.starts_with(acting))
        && path.len() <= RETURN_MAX
        && !path.contains('\\')
        && path.chars().all(|c| c.is_ascii_graphic());
    ours.then(|| path.to_owned())
}

impl Contentzavod {
    /// The ways in, in the order they are shown.
    #[must_use]
    pub fn providers(&self) -> Vec<&'static str> {
        let providers = self.inner.front.providers.iter();
        providers.map(|provider| provider.name()).collect()
    }

    fn provider(&self, name: &str) -> Result<&dyn IdentityProvider, ServiceError> {
        let mut providers = self.inner.front.providers.iter();
        let provider = providers.find(|provider| provider.name() == name);
        provider
            .map(|provider| &**provider)
            .ok_or_else(|| SignInError::UnknownProvider.into())
    }

    /// Begins a sign-in at a provider. `redirect` is the address of ours that it comes back to, one a
    /// provider; `return_to` a path of ours where the person wanted to go.
    ///
    /// # Errors
    ///
    /// [`ServiceError::SignIn`] where there is no such provider, or it does not answer.
    pub async fn start_sign_in(
        &self,
        provider: &str,
        purpose: Purpose,
        redirect: &Url,
        return_to: Option<&str>,
    ) -> Result<Started, ServiceError> {
        let chosen = self.provider(provider)?;
        let (text, browser) = (base62(SECRET), Secret::from(base62(SECRET)));
        let begun = chosen
            .start(&text, redirect)
            .await
            .map_err(SignInError::from)?;
        let state = hashed(&text);
        let pending = serde_json::to_string(&begun.pending).map_err(std::io::Error::other)?;
        let login = Login {
            state,
            browser: hashed(browser.expose_secret()),
            provider: provider.to_owned(),
            purpose,
            pending: self
                .inner
                .vault
                .seal(&pending.into(), &pending_context(&state))?,
            redirect: redirect.to_string(),
            return_to: return_to.and_then(path_of_ours),
            ends_at: self.now() + UNDER_WAY,
        };
        self.store().begin_login(login).await?;
        Ok(Started {
            url: begun.url,
            browser,
        })
    }

    /// Ends a sign-in that came back on a provider's path.
    ///
    /// # Errors
    ///
    /// [`ServiceError::SignIn`]; nobody is signed in then, and the sign-in is used up.
    pub async fn finish_sign_in(
        &self,
        provider: &str,
        back: Back,
    ) -> Result<SignedIn, ServiceError> {
        let ended = self.ended(provider, back).await;
        outcome(provider, &ended);
        ended
    }

    async fn ended(&self, provider: &str, back: Back) -> Result<SignedIn, ServiceError> {
        let login = self.taken(provider, &back).await?;
        // To connect an account of a platform is no way in: nobody is asked who it is.
        if !login.purpose.is_way_in() {
            return Err(SignInError::Unknown.into());
        }
        let person = self.recognised(&login, &back).await?;
        match &login.purpose {
            Purpose::SignIn { invitation } => {
                let invitation = invitation.as_deref().and_then(read_hash);
                self.let_in(&login, person, invitation, &back).await
            }
            Purpose::Again { session } => self.proved_again(&login, &person, *session).await,
            Purpose::Link { session } => self.linked(&login, person, *session).await,
            // An account of a platform is no way in, and a link is followed elsewhere.
            Purpose::Connect { .. }
            | Purpose::Offer { .. }
            | Purpose::Choose { .. }
            | Purpose::Return { .. } => Err(SignInError::Unknown.into()),
        }
    }

    /// The sign-in of a state, used up, if this is the browser and the path that it began with.
    async fn taken(&self, provider: &str, back: &Back) -> Result<Login, ServiceError> {
        let login = self.store().take_login(hashed(&back.state)).await?;
        let login = login.ok_or(SignInError::Unknown)?;
        if login.provider != provider {
            return Err(SignInError::OtherProvider.into());
        }
        let browser = back.browser.as_ref();
        let browser = browser.map(|browser| hashed(browser.expose_secret()));
        if browser != Some(login.browser) {
            return Err(SignInError::OtherBrowser.into());
        }
        Ok(login)
    }

    async fn recognised(&self, login: &Login, back: &Back) -> Result<Person, ServiceError> {
        if let Some(word) = &back.error {
            return Err(SignInError::Declined(word_of(word)).into());
        }
        let code = back.code.clone().ok_or(SignInError::Unknown)?;
        let context = pending_context(&login.state);
        let pending = self.inner.vault.open(&login.pending, &context)?;
        let pending: Pending =
            serde_json::from_str(pending.expose_secret()).map_err(std::io::Error::other)?;
        let redirect = Url::parse(&login.redirect).map_err(std::io::Error::other)?;
        let returned = Returned {
            code,
            issuer: back.issuer.clone(),
        };
        let provider = self.provider(&login.provider)?;
        let person = provider.finish(&returned, &pending, &redirect).await;
        Ok(person.map_err(SignInError::from)?)
    }

    async fn let_in(
        &self,
        login: &Login,
        person: Person,
        invitation: Option<Hash>,
        back: &Back,
    ) -> Result<SignedIn, ServiceError> {
        let invitation = self.still_good(invitation).await?;
        let (token, before) = (Secret::from(base62(SECRET)), back.before.as_ref());
        let (provider, lang) = (&login.provider, back.lang);
        let arrival = self.arrival(provider, person, lang, invitation, before, &token);
        self.admitted(arrival, token, login.return_to.clone()).await
    }

    /// Whom a provider knows, before the door; `token` will open their session.
    fn arrival(
        &self,
        provider: &str,
        person: Person,
        lang: Lang,
        invitation: Option<Hash>,
        before: Option<&Secret>,
        token: &Secret,
    ) -> Arrival {
        let (newcomer, workspace) = self.newcomer(&person, lang);
        Arrival {
            session: self.new_session(provider, newcomer.id, workspace.id),
            provider: provider.to_owned(),
            subject: person.subject,
            newcomer,
            workspace,
            open: self.inner.front.open,
            invitation,
            token: hashed(token.expose_secret()),
            before: before.map(|token| hashed(token.expose_secret())),
        }
    }

    async fn admitted(
        &self,
        arrival: Arrival,
        token: Secret,
        return_to: Option<String>,
    ) -> Result<SignedIn, ServiceError> {
        match self.store().admit(arrival).await? {
            Admission::Uninvited => Err(SignInError::Uninvited.into()),
            Admission::In { session, new } => Ok(SignedIn {
                token,
                session,
                new,
                return_to,
            }),
        }
    }

    /// Somebody as they will be if nobody knows them.
    fn newcomer(&self, person: &Person, lang: Lang) -> (User, Workspace) {
        let now = self.now();
        let given = person.name.as_deref().unwrap_or_default();
        let name = super::users::checked_name(given, "name");
        let name = name.unwrap_or_else(|_| short(given));
        let locale = person
            .locale
            .as_deref()
            .and_then(Lang::named)
            .unwrap_or(lang);
        let user = User {
            id: UserId::generate(now),
            name: name.clone(),
            locale: match locale {
                Lang::En => "en".to_owned(),
                Lang::Ru => "ru".to_owned(),
            },
            created_at: now,
        };
        let workspace = Workspace {
            id: WorkspaceId::generate(now),
            name,
            timezone: "UTC".to_owned(),
            created_at: now,
        };
        (user, workspace)
    }

    fn new_session(&self, provider: &str, user: UserId, workspace: WorkspaceId) -> Session {
        let now = self.now();
        Session {
            id: SessionId::generate(now),
            user,
            workspace,
            provider: provider.to_owned(),
            created_at: now,
            signed_in_at: now,
            seen_at: now,
            ends_at: now + ABSOLUTE,
        }
    }

    /// The session of the browser that began it goes on under another token.
    async fn renewed(&self, login: &Login, session: Session) -> Result<SignedIn, ServiceError> {
        let (token, now) = (Secret::from(base62(SECRET)), self.now());
        let hash = hashed(token.expose_secret());
        if !self.store().renew_session(session.id, hash, now).await? {
            return Err(SignInError::Unknown.into());
        }
        Ok(SignedIn {
            token,
            session: Session {
                signed_in_at: now,
                ..session
            },
            new: false,
            return_to: login.return_to.clone(),
        })
    }

    /// The session that a sign-in was begun in, if it lives still.
    pub(super) async fn session_of(&self, id: SessionId) -> Result<Session, ServiceError> {
        let session = self.store().session_by_id(id).await?;
        session.ok_or_else(|| SignInError::Unknown.into())
    }

    async fn proved_again(
        &self,
        login: &Login,
        person: &Person,
        id: SessionId,
    ) -> Result<SignedIn, ServiceError> {
        let session = self.session_of(id).await?;
        let known_by = self.store().identities(session.user).await?;
        let theirs = known_by
            .iter()
            .any(|i| i.provider == login.provider && i.subject == person.subject);
        if !theirs {
            return Err(SignInError::SomebodyElse.into());
        }
        self.renewed(login, session).await
    }

    async fn linked(
        &self,
        login: &Login,
        person: Person,
        id: SessionId,
    ) -> Result<SignedIn, ServiceError> {
        let session = self.session_of(id).await?;
        let identity = Identity {
            provider: login.provider.clone(),
            subject: person.subject,
            user: session.user,
            created_at: self.now(),
        };
        match self.store().link(identity).await? {
            Linked::Taken => Err(SignInError::Taken.into()),
            Linked::Done => self.renewed(login, session).await,
        }
    }
}

/// A hash as it stands in a purpose.
fn read_hash(text: &str) -> Option<Hash> {
    hex::decode(text).ok()?.try_into().ok()
}

/// A name that is no name of ours, made one.
fn short(name: &str) -> String {
    let kept: String = name.chars().filter(|c| !c.is_control()).take(100).collect();
    let kept = kept.trim();
    if kept.is_empty() {
        "—".to_owned()
    } else {
        kept.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours_are_gone_back_to() {
        for path in ["/", "/calendar", "/posts/1?tab=2#x", "/a?b=%20/../c"] {
            assert_eq!(path_of_ours(path).as_deref(), Some(path));
        }
        let long = format!("/{}", "x".repeat(RETURN_MAX));
        for path in [
            "",
            "calendar",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a b",
            "/\n",
            "/\u{0}",
            "/auth/google/start?invitation=x",
            "/oauth/instagram/start?ticket=x&go=1",
            "/invitation/x",
            "/x/../auth/google/start",
            "/%61uth/google/start",
            "/я",
            &long,
        ] {
            assert_eq!(path_of_ours(path), None, "{path:?}");
        }
    }

    #[test]
    fn a_name_is_made_of_anything() {
        assert_eq!(short(" \u{7}Anna "), "Anna");
        assert_eq!(short(""), "—");
        assert_eq!(short(&"я".repeat(300)).chars().count(), 100);
    }

    #[test]
    fn what_is_sealed_for_one_state_opens_for_no_other() {
        let one = pending_context(&hashed("one"));
        assert_ne!(one, pending_context(&hashed("two")));
    }
}
