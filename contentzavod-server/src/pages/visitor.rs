//! Whoever looks at a page, as far as their cookie tells.

use contentzavod_core::model::{Actor, Secret, Session};
use contentzavod_core::service::Contentzavod;
use poem::http::header::HOST;
use poem::{FromRequest, Request, RequestBody, Result};
use uuid::Uuid;

use super::shell::Shell;
use crate::api::Refused;
use crate::api::auth::{Auth, Jar, by_cookie, note_language, own_page};
use crate::middleware::who;
use crate::site::{Cookies, Site};

/// Whoever looks at a page. What only a request of our own pages may do, they ask [`Self::ours`] for.
pub(super) struct Visitor<'a> {
    /// The use cases.
    pub(super) app: &'a Contentzavod,
    /// Where this server is.
    pub(super) site: &'a Site,
    /// What was asked.
    pub(super) request: &'a Request,
    auth: Option<Auth>,
}

impl<'a> Visitor<'a> {
    /// What the person signed in with, if they are.
    pub(super) const fn auth(&self) -> Option<&Auth> {
        self.auth.as_ref()
    }

    /// Their session, if they are signed in.
    pub(super) fn session(&self) -> Option<&Session> {
        self.auth.as_ref()?.session()
    }

    /// Who is signed in, and where.
    pub(super) fn actor(&self) -> Option<Actor> {
        let session = self.session()?;
        Some(Actor {
            user: session.user,
            workspace: session.workspace,
        })
    }

    /// Whoever must be signed in.
    pub(super) fn signed_in(&self) -> Result<&Auth, Refused> {
        self.auth().ok_or_else(Refused::unauthorized)
    }

    /// Refuses what another site made the browser send.
    pub(super) fn ours(&self) -> Result<(), Refused> {
        own_page(self.request, self.site)
    }

    /// What the browser keeps.
    pub(super) fn cookie(&self, jar: Jar) -> Option<Secret> {
        jar.of(self.request, self.site)
    }

    /// The id in a path; what is none is of nothing that there is.
    pub(super) fn id(text: &str, what: &'static str) -> Result<Uuid, Refused> {
        text.parse().map_err(|_| Refused::not_found(what))
    }

    /// The host that was asked.
    pub(super) fn host(&self) -> Option<&str> {
        self.request
            .header(HOST)
            .or_else(|| self.request.uri().host())
    }

    /// The texts, and the path that links begin with.
    pub(super) fn shell(&self) -> Shell {
        Shell::new(self.site)
    }

    /// The use cases, for what is the last thing done.
    pub(super) fn into_app(self) -> &'a Contentzavod {
        self.app
    }

    /// Why nobody can sign in by this address, if so.
    pub(super) fn trouble(&self) -> Option<String> {
        let words = self.shell().w;
        let base = self.site.base().as_str();
        match self.site.cookies_for(self.host()) {
            Cookies::Work => None,
            Cookies::NoAddress => Some(words.no_address.to_owned()),
            Cookies::PlainHttp => Some(words.plain_http.replace("{base}", base)),
        }
    }

    /// What may be the matter where a cookie did not come back to whoever set out from a host.
    pub(super) fn hints(&self, from: Option<&str>) -> Vec<String> {
        let words = self.shell().w;
        let host = from.or(self.host()).unwrap_or_default();
        let other = (!self.site.is_own(host)).then(|| {
            let text = words.other_address.replace("{host}", host);
            text.replace("{base}", self.site.base().as_str())
        });
        self.trouble().into_iter().chain(other).collect()
    }
}

impl<'a> FromRequest<'a> for Visitor<'a> {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        let app = request.data::<Contentzavod>();
        let site = request.data::<Site>();
        let (app, site) = app.zip(site).ok_or_else(Refused::internal)?;
        let auth = by_cookie(app, site, request).await?;
        let visitor = Self {
            app,
            site,
            request,
            auth,
        };
        if let Some(auth) = visitor.auth() {
            who::known(auth.who()).await?;
            note_language(app, auth).await;
        }
        Ok(visitor)
    }
}
