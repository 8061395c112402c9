//! A stand-in that plays Telegram, Google and Yandex over HTTP, for tests and for trying things out.
//!
//! It refuses what they refuse: an unknown client, a wrong secret, a redirect address that was not
//! registered, a code used twice or by somebody else, a PKCE verifier that does not fit, a sign-in
//! without nonce where one is a must. What comes back can be spoiled, one [`Twist`] at a time.

mod answer;
mod grants;
mod keys;
mod page;
mod routes;
mod serve;
mod token;

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use contentzavod_core::ports::Clock;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

use grants::Grant;
use keys::Keys;

/// Whom it plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// Telegram, by OpenID Connect.
    Telegram,
    /// Google, by OpenID Connect.
    Google,
    /// Yandex, by OAuth.
    Yandex,
}

impl Part {
    /// The first part of its paths.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Telegram => "telegram",
            Self::Google => "google",
            Self::Yandex => "yandex",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        let all = [Self::Telegram, Self::Google, Self::Yandex];
        all.into_iter().find(|part| part.as_str() == word)
    }
}

/// What is wrong with the next answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Twist {
    /// The id token is not signed at all.
    AlgorithmNone,
    /// It is signed with the client's secret.
    SecretAsKey,
    /// It is of another issuer.
    OtherIssuer,
    /// It is for another client.
    OtherAudience,
    /// It is for us and for another client.
    TwoAudiences,
    /// It has the nonce of another sign-in.
    OtherNonce,
    /// It has no nonce.
    NoNonce,
    /// It ended a minute and a half ago.
    Expired,
    /// It was made eleven minutes ago.
    Old,
    /// It was made two minutes from now.
    Early,
    /// It names a key that nobody has.
    UnknownKey,
    /// It brings its own key, and says so in its head.
    OwnKey,
    /// It brings its own key, and names one of ours.
    OwnKeyAsOurs,
    /// What it says was changed after it was signed.
    Changed,
    /// It was made for another party (`azp`).
    OtherParty,
    /// It is signed with one key and names another.
    OtherKey,
    /// It has no number of a user.
    NoNumber,
    /// There is none.
    NoToken,
    /// `/info` is about a token of another app.
    OtherClient,
    /// The redirect names another issuer.
    OtherRedirectIssuer,
    /// The token endpoint fails.
    Broken,
    /// What it says of itself cannot be read.
    Speechless,
}

/// This server, as the stand-in knows it.
#[derive(Debug, Clone)]
pub(crate) struct Registered {
    pub(crate) secret: String,
    pub(crate) redirects: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) clients: HashMap<(Part, String), Registered>,
    pub(crate) grants: HashMap<String, Grant>,
    /// Tokens of Yandex: whose they are, and for which client.
    pub(crate) tokens: HashMap<String, (String, String)>,
    /// Names and numbers of people.
    pub(crate) people: BTreeMap<String, i64>,
    /// What they all read, as far as a provider says it.
    pub(crate) locale: String,
    pub(crate) keys: Keys,
    pub(crate) twist: Option<Twist>,
    pub(crate) calls: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) base: Url,
    pub(crate) clock: Arc<dyn Clock>,
    known: Mutex<Known>,
}

impl State {
    pub(crate) fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn issuer(&self, part: Part) -> String {
        format!("{}{}", self.base, part.as_str())
    }
}

/// The running stand-in; it ends when it is dropped.
#[derive(Debug)]
pub struct StandIn {
    state: Arc<State>,
    serving: JoinHandle<()>,
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl StandIn {
    /// Starts on a free port of this machine, with one person, Anna, who reads Russian.
    ///
    /// # Errors
    ///
    /// When there is no port.
    pub async fn start(clock: Arc<dyn Clock>) -> std::io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let base = format!("http://{}/", listener.local_addr()?);
        let state = Arc::new(State {
            base: Url::parse(&base).map_err(std::io::Error::other)?,
            clock,
            known: Mutex::new(Known {
                clients: HashMap::new(),
                grants: HashMap::new(),
                tokens: HashMap::new(),
                people: BTreeMap::from([("Anna".to_owned(), 424_242)]),
                locale: "ru".to_owned(),
                keys: Keys::new().map_err(std::io::Error::other)?,
                twist: None,
                calls: Vec::new(),
            }),
        });
        let serving = tokio::spawn(serve::serve(listener, Arc::clone(&state)));
        Ok(Self { state, serving })
    }

    /// Where somebody's paths begin; the issuer of those who have one.
    #[must_use]
    pub fn url(&self, part: Part) -> Url {
        let mut url = self.state.base.clone();
        url.set_path(part.as_str());
        url
    }

    /// Registers a client, as in a provider's console.
    pub fn register(&self, part: Part, id: &str, secret: &str, redirects: &[&str]) {
        let registered = Registered {
            secret: secret.to_owned(),
            redirects: redirects.iter().map(|r| (*r).to_owned()).collect(),
        };
        let key = (part, id.to_owned());
        self.state.lock().clients.insert(key, registered);
    }

    /// Somebody more; their number.
    pub fn person(&self, name: &str) -> i64 {
        let mut known = self.state.lock();
        let next = 424_242 + i64::try_from(known.people.len()).unwrap_or_default();
        *known.people.entry(name.to_owned()).or_insert(next)
    }

    /// What everybody reads from now on.
    pub fn reads(&self, locale: &str) {
        locale.clone_into(&mut self.state.lock().locale);
    }

    /// Spoils the next answer that can be spoiled so.
    pub fn twist(&self, twist: Twist) {
        self.state.lock().twist = Some(twist);
    }

    /// Turns the keys: what is signed from now on needs the new ones.
    ///
    /// # Errors
    ///
    /// When no key can be made.
    pub fn turn_keys(&self) -> std::io::Result<()> {
        let keys = Keys::new().map_err(std::io::Error::other)?;
        self.state.lock().keys = keys;
        Ok(())
    }

    /// Method and path of every call, in order.
    #[must_use]
    pub fn calls(&self) -> Vec<String> {
        self.state.lock().calls.clone()
    }

    /// What somebody's browser does on the page: agrees, and goes where it is sent.
    ///
    /// # Errors
    ///
    /// The words of the page where the provider refuses to ask at all.
    pub fn agree(&self, address: &Url, name: &str) -> Result<Url, String> {
        let asked = grants::ask(&self.state, address)?;
        Ok(grants::agree(&self.state, asked, name))
    }

    /// The same, but they turn back.
    ///
    /// # Errors
    ///
    /// As [`Self::agree`].
    pub fn decline(&self, address: &Url) -> Result<Url, String> {
        let asked = grants::ask(&self.state, address)?;
        Ok(grants::decline(&asked))
    }
}
