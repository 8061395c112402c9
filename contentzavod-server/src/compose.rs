//! The composition root: settings and a data directory become the parts of the product.

use std::sync::Arc;

use contentzavod_core::engine::Engine;
use contentzavod_core::ports::{Blobs, Clock, Connector, LocalWake, MediaLinks, NoLinks, Publisher};
use contentzavod_core::service::{Contentzavod, Parts};
use contentzavod_instagram::{InstagramConnector, InstagramPublisher};
use contentzavod_store::SqliteStore;
use contentzavod_store::blobs::LocalBlobs;
use url::Url;

use crate::app::AppParts;
use crate::config::Settings;
use crate::data_dir::DataDir;
use crate::media::{LinkKey, SignedLinks, Spool, SpoolLimits};

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
    blobs: Arc<LocalBlobs>,
    links: Option<SignedLinks>,
}

impl Composed {
    /// What the HTTP side works on.
    #[must_use]
    pub fn app_parts(&self) -> AppParts {
        AppParts {
            zavod: self.zavod.clone(),
            spool: self.spool.clone(),
            blobs: self.blobs.clone(),
            links: self.links.clone(),
        }
    }

    /// Removes what a crash left of uploads. Only for the holder of the engine's lock.
    ///
    /// # Errors
    ///
    /// When the folders cannot be read.
    pub async fn clean_up(&self) -> Result<(), StartError> {
        let parts = self.spool.sweep()? + self.blobs.clear_partial().await?;
        if parts > 0 {
            tracing::info!(parts, "unfinished uploads were removed");
        }
        Ok(())
    }
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
    let keys = dir.keys(settings.encryption_keys.as_ref())?;
    let store = SqliteStore::open(&dir.database(), Arc::clone(&clock), settings.media_ttl());
    let store = Arc::new(store.await?);
    let vault = Arc::new(keys.vault);
    let blobs = Arc::new(LocalBlobs::open(dir.media())?);
    let spool = Spool::open(dir.root(), SpoolLimits::default())?;
    let signed = public_url
        .map(|base| SignedLinks::new(base, LinkKey::derive(&keys.master), Arc::clone(&clock)));
    let links: Arc<dyn MediaLinks> = match &signed {
        Some(links) => Arc::new(links.clone()),
        None => Arc::new(NoLinks),
    };
    let graph = settings.graph();
    let publisher = InstagramPublisher::new(graph.clone())?.with_clock(Arc::clone(&clock));
    let publisher: Arc<dyn Publisher> = Arc::new(publisher);
    let connector: Arc<dyn Connector> = Arc::new(InstagramConnector::new(graph)?);
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
    });
    let engine = Engine::builder(store, vault, blobs.clone() as Arc<dyn Blobs>, clock)
        .publisher(publisher)
        .connector(connector)
        .links(links)
        .wake(wake)
        .numbers(numbers)
        .sole()
        .build()?;
    Ok(Composed {
        zavod,
        engine,
        spool,
        blobs,
        links: signed,
    })
}
