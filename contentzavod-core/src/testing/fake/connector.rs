//! The accounts' side of a fake platform: what a person agrees to stands in their code.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;
use url::Url;

use crate::model::{Access, Secret};
use crate::ports::fault::Fault;
use crate::ports::{Answer, CallError, Connector, Granted, Identified, Refreshed, Seen};

/// A platform whose codes and tokens are the names of accounts with `+` between them. A name that
/// begins with `bare.` cannot be connected; a code `unticked` lacks a scope, and any code works once.
#[derive(Debug)]
pub struct FakeConnector {
    apps: Vec<&'static str>,
    expires_at: Option<DateTime<Utc>>,
    used: Mutex<HashSet<String>>,
    down: Mutex<bool>,
}

impl FakeConnector {
    /// A platform with two families of sign-in, `instagram` and `facebook`; of these `apps` have one.
    #[must_use]
    pub fn new(apps: &[&'static str]) -> Self {
        Self {
            apps: apps.to_vec(),
            expires_at: None,
            used: Mutex::default(),
            down: Mutex::new(false),
        }
    }

    /// Its tokens end then.
    #[must_use]
    pub const fn ending(mut self, at: DateTime<Utc>) -> Self {
        self.expires_at = Some(at);
        self
    }

    /// From now on tokens are answered, or nobody is there.
    pub fn set_down(&self, down: bool) {
        *self.down.lock().unwrap_or_else(PoisonError::into_inner) = down;
    }

    fn there(&self) -> Result<(), CallError> {
        let down = self.down.lock().unwrap_or_else(PoisonError::into_inner);
        if *down {
            let fault = Fault::new("fake.down", "nobody is there");
            return Err(CallError::Transient(fault));
        }
        Ok(())
    }
}

fn seen(name: &str, login: &str) -> Seen {
    let bare = name.starts_with("bare.");
    let who = Identified {
        remote_user_id: format!("id-{name}"),
        app_scoped_id: Some(format!("app-{name}")),
        username: name.to_owned(),
        place: Some(format!("Place of {name}")),
        login: login.to_owned(),
        token: None,
        renews: true,
        scopes: Vec::new(),
        expires_at: None,
        ends_by: None,
    };
    Seen {
        name: name.to_owned(),
        place: who.place.clone(),
        reason: bare.then(|| Fault::new("fake.bare", "nothing hangs here")),
        account: (!bare).then_some(who),
    }
}

#[async_trait]
impl Connector for FakeConnector {
    fn platform(&self) -> &'static str {
        "instagram"
    }

    fn logins(&self) -> Vec<&'static str> {
        vec!["instagram", "facebook"]
    }

    fn has_app(&self, login: &str) -> bool {
        self.apps.contains(&login)
    }

    fn authorize(&self, login: &str, state: &str, redirect: &Url) -> Option<Url> {
        if !self.has_app(login) {
            return None;
        }
        let mut url = Url::parse("https://fake.example/agree").ok()?;
        url.query_pairs_mut()
            .append_pair("login", login)
            .append_pair("state", state)
            .append_pair("redirect_uri", redirect.as_str());
        Some(url)
    }

    async fn exchange(
        &self,
        _login: &str,
        code: &Secret,
        _redirect: &Url,
    ) -> Result<Answer<Granted>, CallError> {
        self.there()?;
        let code = code.expose_secret().to_owned();
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if !used.insert(code.clone()) {
            let fault = Fault::new("fake.code_used", "the code was used");
            return Err(CallError::Token(fault));
        }
        let unticked = code == "unticked";
        Ok(Answer::of(Granted {
            token: code.into(),
            scopes: vec!["basic".to_owned()],
            missing: unticked.then(|| "publish".to_owned()).into_iter().collect(),
            expires_at: self.expires_at,
        }))
    }

    async fn survey(
        &self,
        token: &Secret,
        login: Option<&str>,
    ) -> Result<Answer<Vec<Seen>>, CallError> {
        self.there()?;
        let login = login.unwrap_or("instagram");
        let names = token.expose_secret().split('+');
        Ok(Answer::of(names.map(|name| seen(name, login)).collect()))
    }

    async fn identify(
        &self,
        token: &Secret,
        login: Option<&str>,
    ) -> Result<Answer<Vec<Identified>>, CallError> {
        let all = self.survey(token, login).await?;
        let found: Vec<Identified> = all.value.into_iter().filter_map(|s| s.account).collect();
        if found.is_empty() {
            let fault = Fault::new("fake.bare", "nothing hangs there");
            return Err(CallError::Permission(fault));
        }
        Ok(Answer::of(found))
    }

    async fn refresh(&self, _access: &Access) -> Result<Answer<Refreshed>, CallError> {
        Err(CallError::Transient(Fault::default()))
    }

    async fn revoke(&self, _access: &Access) -> Result<(), CallError> {
        Ok(())
    }
}
