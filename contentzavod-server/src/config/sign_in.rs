//! Who may come in, and how.

use contentzavod_core::model::Secret;
use url::Url;

use super::names::variable;
use super::reader::Reader;
use super::text;

/// Ways to sign in, and who may.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct SignInSettings {
    /// The providers that are switched on, in the order they are shown.
    pub providers: Vec<ProviderSettings>,
    /// Who comes in without being asked.
    pub newcomers: Newcomers,
}

/// Who comes in without being asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Newcomers {
    /// Whoever signs in with a provider that is switched on.
    #[default]
    Open,
    /// Nobody: newcomers need an invitation.
    Invited,
}

impl Newcomers {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Invited => "invited",
        }
    }
}

/// A provider that is switched on.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ProviderSettings {
    /// Which.
    pub kind: Provider,
    /// Under what it knows this server.
    pub client_id: String,
    /// And proves it.
    pub client_secret: Secret,
    /// Where it is, if not at its own address.
    pub place: Place,
}

impl PartialEq for ProviderSettings {
    fn eq(&self, other: &Self) -> bool {
        (self.kind, &self.client_id) == (other.kind, &other.client_id)
    }
}

impl Eq for ProviderSettings {}

/// Who it is that people sign in with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provider {
    /// Telegram, by OpenID Connect.
    Telegram,
    /// Google, by OpenID Connect.
    Google,
    /// Yandex ID, by OAuth.
    Yandex,
}

impl Provider {
    const ALL: [Self; 3] = [Self::Telegram, Self::Google, Self::Yandex];

    /// The word in settings and paths.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Telegram => "telegram",
            Self::Google => "google",
            Self::Yandex => "yandex",
        }
    }

    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Telegram => ("telegram.client_id", "telegram.client_secret"),
            Self::Google => ("google.client_id", "google.client_secret"),
            Self::Yandex => ("yandex.client_id", "yandex.client_secret"),
        }
    }
}

/// Where a provider is, if not at its own address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Place {
    /// The issuer of OpenID Connect, or the base of OAuth.
    pub base: Option<Url>,
    /// Yandex: the address that tells who it is.
    pub info: Option<Url>,
}

/// Reads them, and says what is half set.
pub(super) fn read(r: &mut Reader) -> SignInSettings {
    let named = r.read("sign_in.providers", order);
    let set: Vec<_> = Provider::ALL
        .into_iter()
        .filter_map(|p| provider(r, p))
        .collect();
    let is_set = |p: &Provider| set.iter().any(|one| one.kind == *p);
    for missing in named.iter().flatten().filter(|p| !is_set(p)) {
        let (id, _) = missing.names();
        if !r.is_set(id) {
            r.wrong(id, "must be set too: sign_in.providers names the provider");
        }
    }
    let order = named.unwrap_or_else(|| Provider::ALL.to_vec());
    let pick = |kind: &Provider| set.iter().find(|one| one.kind == *kind).cloned();
    let providers: Vec<_> = order.iter().filter_map(pick).collect();
    let newcomers = r.read("sign_in.newcomers", newcomers);
    if newcomers.is_none() && !providers.is_empty() {
        r.warn(format!(
            "whoever signs in with a provider gets a workspace of their own; {}=invited lets in \
             invited people only",
            variable("sign_in.newcomers")
        ));
    }
    SignInSettings {
        providers,
        newcomers: newcomers.unwrap_or_default(),
    }
}

fn provider(r: &mut Reader, kind: Provider) -> Option<ProviderSettings> {
    let (id, secret) = kind.names();
    super::build::both_or_neither(r, id, secret);
    let client_id = r.read(id, text::not_blank);
    let client_secret = r.read(secret, |text| text::not_blank(text).map(Secret::from));
    let (base, info) = match kind {
        Provider::Telegram => (r.read("telegram.issuer", text::base_url), None),
        Provider::Google => (r.read("google.issuer", text::base_url), None),
        Provider::Yandex => (
            r.read("yandex.oauth_url", text::base_url),
            r.read("yandex.info_url", text::base_url),
        ),
    };
    Some(ProviderSettings {
        kind,
        client_id: client_id?,
        client_secret: client_secret?,
        place: Place { base, info },
    })
}

fn order(text: &str) -> Result<Vec<Provider>, String> {
    let rule = "must be telegram, google, yandex, or some of them, each once, with commas between";
    let find = |word: &str| {
        Provider::ALL
            .into_iter()
            .find(|p| p.as_str() == word.trim())
    };
    let all: Option<Vec<_>> = text.split(',').map(find).collect();
    let all = all.ok_or_else(|| rule.to_owned())?;
    let twice = all
        .iter()
        .enumerate()
        .any(|(at, one)| all[..at].contains(one));
    if twice { Err(rule.to_owned()) } else { Ok(all) }
}

fn newcomers(text: &str) -> Result<Newcomers, String> {
    match text.trim() {
        "open" => Ok(Newcomers::Open),
        "invited" => Ok(Newcomers::Invited),
        _ => Err("must be open or invited".to_owned()),
    }
}
