//! The composition root: settings and a data directory become the parts of the product.

use std::path::Path;
use std::sync::Arc;

use contentzavod_core::engine::Engine;
use contentzavod_core::ports::IdentityProvider;
use contentzavod_core::ports::{
    Blobs, Clock, Connector, EngineStore, LocalWake, MediaLinks, NoLinks, Publisher,
};
use contentzavod_core::service::{Contentzavod, Front, Intake, Parts};
use contentzavod_identity::{Credentials, Google, Telegram, Yandex};
use contentzavod_instagram::{InstagramConnector, InstagramPublisher};
use contentzavod_store::SqliteStore;
use contentzavod_store::blobs::LocalBlobs;
use contentzavod_store::sqlite::SqliteOptions;
use url::Url;

use crate::app::AppParts;
use crate::config::{Newcomers, Provider, ProviderSettings, Settings};
use crate::data_dir::DataDir;
use crate::encode::{Encoder, Encoding, Worker};
use crate::guard::Guard;
use crate::media::{LinkKey, SignedLinks, Spool, SpoolLimits};
use crate::meta::AppSecrets;
use crate::pages::policy::Policy;
use crate::site::Site;
use crate::telemetry::Metrics;

/// What makes a start impossible, in words for whoever typed the command.
pub type StartError = Box<dyn std::error::Error + Send + Sync>;

/// The product, put together and not yet running.
#[derive(Debug)]
pub struct Composed {
    /// The use cases.
    pub zavod: Contentzavod,
    /// The engine; it runs in one process only.
    pub engine: Engine,
    /// Where uploads go first.
    pub spool: Spool,
    store: Arc<SqliteStore>,
    blobs: Arc<LocalBlobs>,
    links: Option<SignedLinks>,
    encoder: Option<Encoder>,
    encoding: Encoding,
    site: Site,
    policy: Policy,
    app_secrets: AppSecrets,
    guard: Guard,
}

impl Composed {
    /// What the HTTP side works on.
    #[must_use]
    pub fn app_parts(&self, metrics: Option<Metrics>) -> AppParts {
        AppParts {
            zavod: self.zavod.clone(),
            spool: self.spool.clone(),
            blobs: self.blobs.clone(),
            links: self.links.clone(),
            encoding: self.encoding.clone(),
            site: self.site.clone(),
            policy: self.policy.clone(),
            app_secrets: self.app_secrets.clone(),
            metrics,
            guard: self.guard.clone(),
        }
    }

    /// What encodes videos anew, where ffmpeg was found; it works once it is run.
    #[must_use]
    pub fn encoder(&self) -> Option<Worker> {
        Some(Worker {
            zavod: self.zavod.clone(),
            spool: self.spool.clone(),
            blobs: self.blobs.clone(),
            encoder: self.encoder.clone()?,
            encoding: self.encoding.clone(),
        })
    }

    /// Writes down since when the privacy policy reads as it does, and tells people where it is new.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn date_policy(&mut self) -> Result<(), StartError> {
        self.policy = self.policy.clone().dated(&self.zavod).await?;
        Ok(())
    }

    /// Where this server is.
    #[must_use]
    pub const fn site(&self) -> &Site {
        &self.site
    }

    /// The database, for commands of the operator.
    pub(crate) fn store(&self) -> Arc<SqliteStore> {
        self.store.clone()
    }

    /// The files.
    pub(crate) fn blobs(&self) -> Arc<dyn Blobs> {
        self.blobs.clone()
    }

    /// Links to them, where there is a public address.
    pub(crate) const fn links(&self) -> Option<&SignedLinks> {
        self.links.as_ref()
    }

    /// The database, for those who follow what the engine does.
    #[must_use]
    pub fn engine_store(&self) -> Arc<dyn EngineStore> {
        self.store.clone()
    }

    /// Removes what a crash left of uploads, and what deletions left in the database's file. Only for the holder of the engine's lock.
    ///
    /// # Errors
    ///
    /// When the folders cannot be read.
    pub async fn clean_up(&self) -> Result<(), StartError> {
        let parts = self.spool.sweep()? + self.blobs.clear_partial().await?;
        if parts > 0 {
            tracing::info!(parts, "unfinished uploads were removed");
        }
        if let Err(error) = self.store.compact().await {
            tracing::warn!(%error, "the database could not be written anew after a deletion");
        }
        Ok(())
    }
}

/// Links under a public address: the first key signs, all of them open.
fn signed(base: Url, keys: Vec<LinkKey>, clock: &Arc<dyn Clock>) -> Option<SignedLinks> {
    let mut keys = keys.into_iter();
    let links = SignedLinks::new(base, keys.next()?, Arc::clone(clock));
    Some(keys.fold(links, SignedLinks::also))
}

/// What files must be; a copy of one is made only where the spool has room.
fn intake(settings: &Settings, spool: &Spool) -> Intake {
    let spool = spool.clone();
    let room = move |_: &Path, bytes| spool.room_for(bytes);
    settings.preflight.intake().with_room(room)
}

/// Where uploads go first, and what is looked at there.
fn spool(settings: &Settings, dir: &DataDir) -> Result<(Spool, Intake), StartError> {
    let spool = Spool::open(dir.path(), SpoolLimits::default())?;
    let intake = intake(settings, &spool);
    Ok((spool.looking(intake.clone()), intake))
}

fn linking(signed: Option<&SignedLinks>) -> Arc<dyn MediaLinks> {
    match signed {
        Some(links) => Arc::new(links.clone()),
        None => Arc::new(NoLinks),
    }
}

/// The ways in, in the order they are shown.
fn front(settings: &Settings, clock: &Arc<dyn Clock>) -> Result<Front, StartError> {
    let providers = settings.sign_in.providers.iter();
    let providers = providers.map(|one| provider(one, clock));
    Ok(Front {
        providers: providers.collect::<Result<_, _>>()?,
        open: settings.sign_in.newcomers == Newcomers::Open,
    })
}

fn provider(
    one: &ProviderSettings,
    clock: &Arc<dyn Clock>,
) -> Result<Arc<dyn IdentityProvider>, StartError> {
    let known = Credentials::new(one.client_id.clone(), one.client_secret.clone());
    let clock = Arc::clone(clock);
    Ok(match (one.kind, &one.place.base) {
        (Provider::Telegram, None) => Arc::new(Telegram::new(known, clock)?),
        (Provider::Telegram, Some(at)) => Arc::new(Telegram::at(at, known, clock)?),
        (Provider::Google, None) => Arc::new(Google::new(known, clock)?),
        (Provider::Google, Some(at)) => Arc::new(Google::at(at, known, clock)?),
        (Provider::Yandex, base) => Arc::new(yandex(base.as_ref(), one, known)?),
    })
}

fn yandex(
    base: Option<&Url>,
    one: &ProviderSettings,
    known: Credentials,
) -> Result<Yandex, StartError> {
    let yandex = Yandex::new(known)?;
    let yandex = match base {
        Some(base) => yandex.asking(base.clone()),
        None => yandex,
    };
    Ok(match &one.place.info {
        Some(info) => yandex.told_by(info.clone()),
        None => yandex,
    })
}

/// ffmpeg, where it is wanted and found, and what the API knows of it.
fn encoder(settings: &Settings) -> Result<(Option<Encoder>, Encoding), StartError> {
    let encoder = Encoder::find(&settings.media.ffmpeg)?;
    let encoding = encoder.as_ref().map(|_| Encoding::on());
    Ok((encoder, encoding.unwrap_or_default()))
}

/// A platform's two sides: posts, and accounts.
type Sides = (Arc<dyn Publisher>, Arc<dyn Connector>);

fn instagram(settings: &Settings, clock: &Arc<dyn Clock>) -> Result<Sides, StartError> {
    let (graph, family) = (settings.graph(), settings.instagram.login);
    let publisher = InstagramPublisher::new(graph.clone())?.usual(family);
    let publisher = publisher
        .captions(settings.preflight.captions())
        .with_clock(Arc::clone(clock));
    let connector = InstagramConnector::new(graph)?.usual(family);
    let connector = connector.with_clock(Arc::clone(clock));
    Ok((Arc::new(publisher), Arc::new(connector)))
}

/// Puts everything together. `public_url` is where platforms reach this server, if they do.
///
/// # Errors
///
/// [`StartError`] naming the file or setting that stands in the way.
pub async fn compose(
    settings: &Settings,
    dir: &DataDir,
    clock: Arc<dyn Clock>,
    public_url: Option<Url>,
) -> Result<Composed, StartError> {
    let guard = Guard::new(settings, public_url.as_ref(), Arc::clone(&clock));
    let keys = dir.keys(settings.encryption_keys.as_ref())?;
    let (path, ttl) = (dir.database(), settings.media_ttl());
    let reserve = dir.reserve();
    let options = SqliteOptions::new(&path).on_full(move || reserve.release());
    let store = Arc::new(SqliteStore::open_with(&options, Arc::clone(&clock), ttl).await?);
    let site = Site::new(public_url.as_ref(), settings.listen, settings.tls.is_some());
    let signed = public_url.and_then(|base| signed(base, keys.link_keys(), &clock));
    let vault = dir.vault(keys.vault, settings.encryption_keys.is_some());
    let files = settings.media_dir().unwrap_or_else(|| dir.media());
    let blobs = Arc::new(LocalBlobs::open(files)?);
    let (spool, intake) = spool(settings, dir)?;
    let links = linking(signed.as_ref());
    let (publisher, connector) = instagram(settings, &clock)?;
    let (wake, numbers) = (Arc::new(LocalWake::new()), settings.numbers());
    let zavod = Contentzavod::new(Parts {
        store: store.clone(),
        vault: vault.clone(),
        blobs: blobs.clone(),
        clock: Arc::clone(&clock),
        links: Arc::clone(&links),
        wake: wake.clone(),
        publishers: vec![Arc::clone(&publisher)],
        connectors: vec![Arc::clone(&connector)],
        numbers: numbers.clone(),
        intake,
        front: front(settings, &clock)?,
    });
    let engine = Engine::builder(store.clone(), vault, blobs.clone() as Arc<dyn Blobs>, clock)
        .publisher(publisher)
        .connector(connector)
        .links(links)
        .wake(wake)
        .numbers(numbers)
        .sole()
        .build()?;
    let (encoder, encoding) = encoder(settings)?;
    Ok(Composed {
        encoder,
        encoding,
        site,
        policy: Policy::of(settings),
        app_secrets: AppSecrets(settings.graph().app_secrets()),
        guard,
        zavod,
        engine,
        spool,
        store,
        blobs,
        links: signed,
    })
}
