//! Containers: what they hold, where they stand at a time, and their ids.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use url::Url;

use super::ledger::{Pulled, Record};
use super::state::Settings;
use super::upload::Upload;

/// Ids of containers begin so.
const CONTAINER: &str = "1788";
/// Ids of media begin so.
const MEDIA: &str = "1792";

pub(super) type Containers = HashMap<String, Container>;

/// What fetching the files came to.
#[derive(Debug, Clone)]
pub(super) enum Pull {
    /// It is to be pushed.
    Waiting,
    Running,
    Done {
        sha256: String,
        at: DateTime<Utc>,
    },
    Failed {
        subcode: u32,
    },
}

/// A container.
#[derive(Debug, Clone)]
pub(super) struct Container {
    /// The professional account it belongs to.
    pub(super) owner: String,
    pub(super) caption: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) pull: Pull,
    /// What was pushed of the video.
    pub(super) upload: Upload,
    /// Where the cover is.
    pub(super) cover: Option<Url>,
    /// The media it became last, and how often it became one.
    pub(super) published: Option<(String, u32)>,
    /// What a fault did to it.
    pub(super) ails: Ails,
}

/// What a fault did to a container.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ails {
    /// It turns ERROR with this subcode.
    pub(super) error: Option<u32>,
    /// It does so at once, and not where it would be FINISHED.
    pub(super) at_once: bool,
    /// It expires then.
    pub(super) expires: Option<DateTime<Utc>>,
}

/// Where a container stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Code {
    InProgress,
    /// Ready, and these are the bytes.
    Finished {
        sha256: String,
    },
    Published {
        sha256: String,
    },
    Expired,
    Error {
        subcode: u32,
    },
}

impl Container {
    /// Where it stands at a time: nothing moves it but the clock, its fetch, and faults.
    pub(super) fn code(&self, now: DateTime<Utc>, settings: &Settings) -> Code {
        let code = self.healthy(now, settings);
        match (self.ails.error, &code) {
            (Some(subcode), Code::Finished { .. }) => Code::Error { subcode },
            (Some(subcode), Code::InProgress | Code::Published { .. }) if self.ails.at_once => {
                Code::Error { subcode }
            }
            _ => code,
        }
    }

    fn healthy(&self, now: DateTime<Utc>, settings: &Settings) -> Code {
        let life = self.created_at + settings.container_life;
        let expires = self.ails.expires.map_or(life, |at| at.min(life));
        let fetched = match &self.pull {
            Pull::Done { sha256, at } => Some((sha256.clone(), *at)),
            _ => None,
        };
        match (fetched, &self.pull) {
            (Some((sha256, _)), _) if self.published.is_some() => Code::Published { sha256 },
            _ if now >= expires => Code::Expired,
            (_, Pull::Failed { subcode }) => Code::Error { subcode: *subcode },
            (Some((sha256, at)), _) if now >= at + settings.processing => Code::Finished { sha256 },
            _ => Code::InProgress,
        }
    }
}

impl From<&Pulled> for Pull {
    fn from(pulled: &Pulled) -> Self {
        match &pulled.sha256 {
            Some(sha256) => Self::Done {
                sha256: sha256.clone(),
                at: pulled.at,
            },
            None => Self::Failed {
                subcode: pulled.subcode.unwrap_or(super::pull::UNFETCHED),
            },
        }
    }
}

/// The containers of an earlier run. A fetch that was cut off with it has failed.
pub(super) fn restored(records: &[Record]) -> Containers {
    let mut containers = Containers::new();
    for record in records {
        match record {
            Record::Create(made) => {
                let container = Container {
                    owner: made.ig_user.clone(),
                    caption: made.caption.clone(),
                    created_at: made.at,
                    pull: Pull::Failed {
                        subcode: super::pull::UNFETCHED,
                    },
                    upload: Upload::default(),
                    cover: None,
                    published: None,
                    ails: Ails::default(),
                };
                containers.insert(made.container.clone(), container);
            }
            Record::Pull(pulled) => {
                if let Some(container) = containers.get_mut(&pulled.container) {
                    container.pull = pulled.into();
                }
            }
            Record::Publish(entry) => {
                if let Some(container) = containers.get_mut(&entry.container) {
                    container.published = Some((entry.media.clone(), entry.time));
                }
            }
        }
    }
    containers
}

/// Gives out ids: decimal strings beyond what a double holds, as the platform's are.
#[derive(Debug)]
pub(super) struct Ids(u64);

impl Ids {
    /// Goes on behind everything an earlier run gave out.
    pub(super) fn after(records: &[Record], now: DateTime<Utc>) -> Self {
        let time = u64::try_from(now.timestamp_millis()).unwrap_or(0);
        let given = records.iter().filter_map(|record| match record {
            Record::Create(made) => made.container.strip_prefix(CONTAINER)?.parse().ok(),
            Record::Pull(_) => None,
            Record::Publish(entry) => entry.media.strip_prefix(MEDIA)?.parse().ok(),
        });
        Self(given.max().unwrap_or(0).max(time))
    }

    pub(super) fn container(&mut self) -> String {
        self.0 += 1;
        format!("{CONTAINER}{}", self.0)
    }

    pub(super) fn media(&mut self) -> String {
        self.0 += 1;
        format!("{MEDIA}{}", self.0)
    }
}

/// Whether an id is of a media, by its look alone.
pub(super) fn is_media(id: &str) -> bool {
    id.starts_with(MEDIA)
}
