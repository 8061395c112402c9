//! What a live check needs: the account with its access, the file where the server can serve it.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use chrono::TimeDelta;
use contentzavod_core::model::{
    Access, Account, AccountStatus, Actor, Content, Media, Reel, Trial, UserId,
};
use contentzavod_core::ports::access::open_token;
use contentzavod_core::ports::store::AccountStore as _;
use contentzavod_core::ports::{
    BlobError, Blobs, ByteStream, Clock, MediaLinks, MediaSource, PublishRequest, Publisher,
    SystemClock,
};
use contentzavod_core::service::Upload;
use contentzavod_instagram::InstagramPublisher;
use sha2::{Digest, Sha256};

use super::Options;
use crate::cli::doctor::{Reached, get};
use crate::cli::spelled;
use crate::compose::{Composed, StartError, compose};
use crate::config::Settings;
use crate::data_dir::{DATABASE, DataDir};

/// Containers live a day; links a bit longer.
const LINK: TimeDelta = TimeDelta::hours(25);
const BATCH: usize = 100;

/// Everything that is needed to publish once.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) account: Account,
    pub(super) access: Access,
    pub(super) publisher: InstagramPublisher,
    pub(super) request: PublishRequest,
    pub(super) source: Source,
    pub(super) clock: Arc<dyn Clock>,
    composed: Composed,
    actor: Actor,
}

impl Prepared {
    pub(super) async fn new(settings: &Settings, options: &Options) -> Result<Self, StartError> {
        if !settings.data_dir.join(DATABASE).exists() {
            let folder = settings.data_dir.display();
            return Err(format!("there is no database in {folder}: start `contentzavod serve` and connect the account first").into());
        }
        let dir = DataDir::open(&settings.data_dir)?;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let public = settings.public_url.clone();
        let composed = compose(settings, &dir, Arc::clone(&clock), public).await?;
        let account = account(&composed, options).await?;
        let keys = dir.keys(settings.encryption_keys.as_ref())?;
        let sealed = account.token.as_ref().ok_or("the account has no token")?;
        let access = Access {
            account: account.id,
            login: account.login.clone(),
            remote_user_id: account.remote_user_id.clone(),
            token: open_token(&keys.vault, &account, sealed)?,
        };
        let publisher = InstagramPublisher::new(settings.graph())?
            .usual(settings.instagram.login)
            .with_clock(Arc::clone(&clock));
        if publisher.pulls(&account.login) {
            served(settings).await?;
        }
        let actor = Actor {
            user: UserId::generate(clock.now()),
            workspace: account.workspace,
        };
        let media = media(&composed, &dir, actor, &options.video).await?;
        let mut reel = Reel::new(media.id, options.caption.clone());
        reel.trial = options.trial.then_some(Trial::Manual);
        let link = composed.links().and_then(|links| links.link(&media, LINK));
        let request = PublishRequest {
            content: Content::InstagramReel(reel),
            login: Some(account.login.clone()),
            media_url: link,
            media: media.clone(),
            cover: None,
            cover_url: None,
        };
        let source = Source {
            blobs: composed.blobs(),
            media,
        };
        Ok(Self {
            account,
            access,
            publisher,
            request,
            source,
            clock,
            composed,
            actor,
        })
    }

    /// Deletes the file again: it belongs to no post.
    pub(super) async fn clean_up(&self) {
        let id = self.request.media.id;
        if let Err(error) = self
            .composed
            .zavod
            .delete_media(self.actor, id, false)
            .await
        {
            tracing::warn!(%error, "the file of the check was not deleted; it goes by itself");
        }
    }
}

async fn account(composed: &Composed, options: &Options) -> Result<Account, StartError> {
    let store = composed.store();
    let mut after = None;
    loop {
        // Nobody's key has no name: these are all that have a token.
        let some = store.sealed_by_others("", after, BATCH).await?;
        after = some.last().map(|account| account.id);
        let last = some.len() < BATCH;
        if let Some(found) = some.into_iter().find(|a| a.id.0 == options.account) {
            return match found.status {
                AccountStatus::Active => Ok(found),
                other => Err(format!(
                    "the account @{} is {}: connect it again first",
                    found.username,
                    other.as_str()
                )
                .into()),
            };
        }
        if last {
            let id = options.account;
            return Err(format!(
                "no connected account has the id {id}; `GET /v1/accounts` lists them"
            )
            .into());
        }
    }
}

/// Instagram will fetch the file from the running server.
async fn served(settings: &Settings) -> Result<(), StartError> {
    let Some(base) = &settings.public_url else {
        // Checking the request tells the ways out.
        return Ok(());
    };
    let base = base.as_str().trim_end_matches('/');
    match get(&format!("{base}/healthz")).await {
        Reached::Answer { status: 200, .. } => Ok(()),
        Reached::Answer { status, .. } => Err(format!(
            "{base}/healthz answers {status}; Instagram could not fetch the video: see `contentzavod doctor`"
        )
        .into()),
        Reached::Silence(why) => Err(format!(
            "{base} does not answer ({why}); start `contentzavod serve` first: Instagram fetches the video from it"
        )
        .into()),
    }
}

/// Takes a copy of the file in, checked as an upload is.
async fn media(
    composed: &Composed,
    dir: &DataDir,
    actor: Actor,
    video: &Path,
) -> Result<Media, StartError> {
    let named = |error: std::io::Error| format!("{}: {error}", video.display());
    let mut from = std::fs::File::open(video).map_err(named)?;
    // On the filesystem of the files, so that it can be moved there.
    let copy = tempfile::NamedTempFile::new_in(dir.incoming())?;
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    let mut piece = vec![0; 1 << 20];
    let mut to = copy.as_file();
    loop {
        let n = from.read(&mut piece).map_err(named)?;
        let Some(read) = piece.get(..n).filter(|read| !read.is_empty()) else {
            break;
        };
        hash.update(read);
        std::io::Write::write_all(&mut to, read)?;
        bytes += n as u64;
    }
    to.sync_all()?;
    let name = video
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let upload = Upload {
        path: copy.path().to_owned(),
        bytes,
        sha256: hex::encode(hash.finalize()),
        filename: name,
        keep_refused: false,
    };
    let media = composed.zavod.add_media(actor, upload).await;
    media.map_err(spelled)
}

/// The bytes, where they are pushed.
#[derive(Debug)]
pub(super) struct Source {
    blobs: Arc<dyn Blobs>,
    media: Media,
}

#[async_trait::async_trait]
impl MediaSource for Source {
    fn len(&self) -> u64 {
        self.media.bytes
    }

    async fn read_from(&self, offset: u64) -> std::io::Result<ByteStream> {
        let range = self
            .blobs
            .range(self.media.id, offset..self.media.bytes)
            .await;
        range.map_err(|error| match error {
            BlobError::Unavailable(io) => io,
            other => std::io::Error::other(other),
        })
    }
}
