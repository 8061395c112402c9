//! Putting an engine together.

use std::collections::HashMap;
use std::sync::Arc;

use super::Engine;
use super::clocks::Asking;
use super::pace::Pace;
use super::shared::{Platform, Shared};
use super::store_time::StoreTime;
use super::witness::Witness;
use crate::ports::{
    AccessSource, Blobs, Clock, Connector, EngineStore, LocalWake, MediaLinks, NoLinks, Publisher,
    Vault, VaultAccess, Wake,
};
use crate::publication::Numbers;

/// Why an engine cannot be built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// No publisher was given.
    #[error("an engine needs at least one publisher")]
    NoPublisher,
    /// Two publishers serve one platform.
    #[error("two publishers serve the platform {0:?}")]
    TwoPublishers(String),
}

/// Collects the parts of an [`Engine`]; only publishers are required.
#[derive(Debug)]
pub struct Builder {
    store: Arc<dyn EngineStore>,
    vault: Arc<dyn Vault>,
    blobs: Arc<dyn Blobs>,
    clock: Arc<dyn Clock>,
    links: Arc<dyn MediaLinks>,
    access: Arc<dyn AccessSource>,
    wake: Arc<dyn Wake>,
    publishers: Vec<Arc<dyn Publisher>>,
    connectors: Vec<Arc<dyn Connector>>,
    numbers: Numbers,
    sole: bool,
}

impl Engine {
    /// Begins to put an engine together.
    #[must_use]
    pub fn builder(
        store: Arc<dyn EngineStore>,
        vault: Arc<dyn Vault>,
        blobs: Arc<dyn Blobs>,
        clock: Arc<dyn Clock>,
    ) -> Builder {
        Builder {
            access: Arc::new(VaultAccess::new(Arc::clone(&vault))),
            store,
            vault,
            blobs,
            clock,
            links: Arc::new(NoLinks),
            wake: Arc::new(LocalWake::new()),
            publishers: Vec::new(),
            connectors: Vec::new(),
            numbers: Numbers::default(),
            sole: false,
        }
    }
}

impl Builder {
    /// Adds a platform.
    #[must_use]
    pub fn publisher(mut self, publisher: Arc<dyn Publisher>) -> Self {
        self.publishers.push(publisher);
        self
    }

    /// Adds the accounts' side of a platform: tokens are then kept alive.
    #[must_use]
    pub fn connector(mut self, connector: Arc<dyn Connector>) -> Self {
        self.connectors.push(connector);
        self
    }

    /// Links under which platforms fetch files; none without it.
    #[must_use]
    pub fn links(mut self, links: Arc<dyn MediaLinks>) -> Self {
        self.links = links;
        self
    }

    /// Takes tokens from the host instead of the vault.
    #[must_use]
    pub fn access(mut self, access: Arc<dyn AccessSource>) -> Self {
        self.access = access;
        self
    }

    /// How sleepers are woken early.
    #[must_use]
    pub fn wake(mut self, wake: Arc<dyn Wake>) -> Self {
        self.wake = wake;
        self
    }

    /// Other numbers than the published ones.
    #[must_use]
    pub fn numbers(mut self, numbers: Numbers) -> Self {
        self.numbers = numbers;
        self
    }

    /// This is the only engine of its store: at the start every former lease is void.
    #[must_use]
    pub const fn sole(mut self) -> Self {
        self.sole = true;
        self
    }

    /// The engine.
    ///
    /// # Errors
    ///
    /// [`BuildError`] when there is no publisher, or two for one platform.
    pub fn build(self) -> Result<Engine, BuildError> {
        if self.publishers.is_empty() {
            return Err(BuildError::NoPublisher);
        }
        let mut platforms = HashMap::new();
        for publisher in self.publishers {
            let name = publisher.capabilities().platform.clone();
            let platform = Platform::new(publisher, &self.numbers);
            if platforms.insert(name.clone(), platform).is_some() {
                return Err(BuildError::TwoPublishers(name));
            }
        }
        Ok(Engine::new(Shared {
            store: self.store,
            vault: self.vault,
            blobs: self.blobs,
            clock: self.clock,
            links: self.links,
            access: self.access,
            wake: self.wake,
            platforms,
            connectors: self
                .connectors
                .into_iter()
                .map(|c| (c.platform().to_owned(), c))
                .collect(),
            numbers: self.numbers,
            witness: Witness::default(),
            asking: Asking::default(),
            store_time: StoreTime::default(),
            pace: Pace::default(),
            sole: self.sole,
        }))
    }
}
