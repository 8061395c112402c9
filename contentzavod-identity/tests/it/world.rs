//! The stand-in, and each provider as a client of it.

use std::sync::Arc;

use contentzavod_core::ports::{Begun, Clock, IdentityError, IdentityProvider, Person, Returned};
use contentzavod_core::testing::ManualClock;
use contentzavod_identity::stand_in::{Part, StandIn};
use contentzavod_identity::{Credentials, Google, Telegram, Yandex};
use url::Url;

pub(crate) const ID: &str = "123456789";
pub(crate) const SECRET: &str = "a secret: with/odd+characters%20";
pub(crate) const BACK: &str = "https://zavod.example/auth/callback";

pub(crate) struct World {
    pub(crate) stand_in: StandIn,
    pub(crate) clock: Arc<ManualClock>,
}

impl World {
    pub(crate) async fn new() -> Self {
        drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
        let clock = Arc::new(ManualClock::new());
        let stand_in = StandIn::start(clock.clone()).await.unwrap();
        for part in [Part::Telegram, Part::Google, Part::Yandex] {
            stand_in.register(part, ID, SECRET, &[BACK]);
        }
        Self { stand_in, clock }
    }

    pub(crate) fn provider(&self, part: Part) -> Box<dyn IdentityProvider> {
        self.provider_as(part, ID, SECRET)
    }

    pub(crate) fn provider_as(
        &self,
        part: Part,
        id: &str,
        secret: &str,
    ) -> Box<dyn IdentityProvider> {
        let credentials = Credentials::new(id, secret.into());
        let clock: Arc<dyn Clock> = self.clock.clone();
        let url = self.stand_in.url(part);
        match part {
            Part::Telegram => Box::new(Telegram::at(&url, credentials, clock).unwrap()),
            Part::Google => Box::new(Google::at(&url, credentials, clock).unwrap()),
            Part::Yandex => {
                let info = format!("{url}/info").parse().unwrap();
                Box::new(Yandex::at(url, info, credentials).unwrap())
            }
        }
    }

    /// The whole way of somebody who agrees.
    pub(crate) async fn sign_in(&self, part: Part, name: &str) -> Result<Person, IdentityError> {
        let provider = self.provider(part);
        let begun = provider.start("the state", &back()).await?;
        let returned = returned(&self.stand_in.agree(&begun.url, name).unwrap());
        provider.finish(&returned, &begun.pending, &back()).await
    }

    pub(crate) async fn begun(&self, part: Part) -> (Box<dyn IdentityProvider>, Begun) {
        let provider = self.provider(part);
        let begun = provider.start("the state", &back()).await.unwrap();
        (provider, begun)
    }
}

pub(crate) fn back() -> Url {
    BACK.parse().unwrap()
}

/// What stands in the address that a browser came back with.
pub(crate) fn returned(url: &Url) -> Returned {
    let get = |name: &str| {
        let mut pairs = url.query_pairs();
        pairs
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    assert_eq!(get("state").as_deref(), Some("the state"));
    Returned {
        code: get("code").expect("a code").into(),
        issuer: get("iss"),
    }
}
