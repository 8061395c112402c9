//! The facade and what it is made of.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::error::ServiceError;
use super::intake::Intake;
use super::sign_in::Front;
use crate::model::when::whole_ms;
use crate::ports::{Blobs, Clock, Connector, MediaLinks, Publisher, Store, Vault, Wake};
use crate::publication::Numbers;
use crate::words::Phrasebook;

/// What a [`Contentzavod`] is made of.
#[derive(Debug, Clone)]
pub struct Parts {
    /// The database.
    pub store: Arc<dyn Store>,
    /// Seals tokens.
    pub vault: Arc<dyn Vault>,
    /// Keeps files.
    pub blobs: Arc<dyn Blobs>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Links under which platforms fetch files.
    pub links: Arc<dyn MediaLinks>,
    /// Wakes the engine.
    pub wake: Arc<dyn Wake>,
    /// The platforms.
    pub publishers: Vec<Arc<dyn Publisher>>,
    /// The accounts' side of the platforms.
    pub connectors: Vec<Arc<dyn Connector>>,
    /// The numbers in force.
    pub numbers: Numbers,
    /// What files must be to be taken in.
    pub intake: Intake,
    /// Who may come in, and how.
    pub front: Front,
}

/// Every use case of the product. Cheap to clone.
///
/// ```no_run
/// # use contentzavod_core::model::{Actor, Content, MediaId, AccountId, Reel};
/// # use contentzavod_core::service::{Contentzavod, PostRequest, ServiceError};
/// # async fn schedule(
/// #     app: Contentzavod, actor: Actor, account: AccountId, media: MediaId,
/// # ) -> Result<(), ServiceError> {
/// let content = Content::InstagramReel(Reel::new(media, "Good morning"));
/// let request = PostRequest {
///     publish_at: Some("2026-12-01T09:00:00+03:00".to_owned()),
///     ..PostRequest::new(vec![account], content)
/// };
/// let view = app.create_post(actor, request).await?;
/// assert_eq!(view.publications.len(), 1);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Contentzavod {
    pub(super) inner: Arc<Inner>,
}

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) store: Arc<dyn Store>,
    pub(super) vault: Arc<dyn Vault>,
    pub(super) blobs: Arc<dyn Blobs>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) links: Arc<dyn MediaLinks>,
    pub(super) wake: Arc<dyn Wake>,
    pub(super) publishers: HashMap<String, Arc<dyn Publisher>>,
    pub(super) connectors: HashMap<String, Arc<dyn Connector>>,
    pub(super) numbers: Numbers,
    pub(super) intake: Intake,
    pub(super) front: Front,
    pub(super) words: Phrasebook,
}

impl Contentzavod {
    /// The facade over its parts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let publishers = parts.publishers.iter();
        let words = publishers.fold(Phrasebook::new(), |book, p| book.and(&**p));
        Self {
            inner: Arc::new(Inner {
                words,
                store: parts.store,
                vault: parts.vault,
                blobs: parts.blobs,
                clock: parts.clock,
                links: parts.links,
                wake: parts.wake,
                publishers: parts
                    .publishers
                    .into_iter()
                    .map(|p| (p.capabilities().platform.clone(), p))
                    .collect(),
                connectors: parts
                    .connectors
                    .into_iter()
                    .map(|c| (c.platform().to_owned(), c))
                    .collect(),
                numbers: parts.numbers,
                intake: parts.intake,
                front: parts.front,
            }),
        }
    }

    /// What the clock shows.
    #[must_use]
    pub fn time(&self) -> DateTime<Utc> {
        self.now()
    }

    /// The words of everything that can be said of a publication.
    #[must_use]
    pub fn words(&self) -> &Phrasebook {
        &self.inner.words
    }

    /// Returns when the database answers.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn ready(&self) -> Result<(), ServiceError> {
        self.store().last_event().await?;
        Ok(())
    }

    /// Times are kept to the millisecond: what is answered now is what is read later.
    pub(super) fn now(&self) -> DateTime<Utc> {
        whole_ms(self.inner.clock.now())
    }

    pub(super) fn store(&self) -> &dyn Store {
        &*self.inner.store
    }
}
