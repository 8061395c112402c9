//! What the fake platform holds.

use std::collections::{HashMap, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};

use super::script::Mishap;
use crate::ports::{HandleState, Usage};

/// A post that people can see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LivePost {
    /// The platform's id.
    pub id: String,
    /// The handle it came from.
    pub handle: String,
    /// The remote user it appeared on.
    pub remote_user_id: String,
    /// The caption.
    pub caption: String,
    /// When.
    pub at: DateTime<Utc>,
}

#[derive(Debug, Clone)]
pub(super) struct Staged {
    pub(super) remote_user_id: String,
    pub(super) caption: String,
    pub(super) polls_left: u32,
    pub(super) live: Option<String>,
}

/// Everything behind the lock.
#[derive(Debug, Default)]
pub(super) struct Platform {
    pub(super) staged: HashMap<String, Staged>,
    pub(super) live: Vec<LivePost>,
    pub(super) script: VecDeque<Mishap>,
    pub(super) reads_refused: u32,
    pub(super) hanging: u32,
    pub(super) processing_polls: u32,
    pub(super) quota_used: u32,
    pub(super) dead_tokens: bool,
    pub(super) usage: Option<Usage>,
    /// Answers so far.
    pub(super) calls: usize,
    pub(super) ahead: TimeDelta,
    pub(super) silent: bool,
    /// One answer in so many tells a time that is off by this, counted from the first.
    pub(super) lie: Option<(TimeDelta, u32)>,
    pub(super) told: u32,
    pub(super) at_once: usize,
    pub(super) at_once_max: usize,
    next: u32,
}

impl Platform {
    /// By how much the time of the next answer is ahead of ours.
    pub(super) fn tell(&mut self) -> TimeDelta {
        self.told += 1;
        let lie = self
            .lie
            .filter(|(_, one_in)| self.told.is_multiple_of(*one_in));
        self.ahead + lie.map_or(TimeDelta::zero(), |(by, _)| by)
    }

    /// One more publish call is in flight.
    pub(super) fn enter(&mut self) {
        self.at_once += 1;
        self.at_once_max = self.at_once_max.max(self.at_once);
    }

    pub(super) fn number(&mut self) -> u32 {
        self.next += 1;
        self.next
    }

    pub(super) fn state(&mut self, handle: &str) -> Option<HandleState> {
        let staged = self.staged.get_mut(handle)?;
        Some(if staged.live.is_some() {
            HandleState::Published
        } else if staged.polls_left > 0 {
            staged.polls_left -= 1;
            HandleState::InProgress
        } else {
            HandleState::Finished
        })
    }

    /// Makes it live; `Err` with the id that is live already.
    pub(super) fn execute(&mut self, handle: &str, now: DateTime<Utc>) -> Result<String, String> {
        let number = self.number();
        let Some(staged) = self.staged.get_mut(handle) else {
            return Err(String::new());
        };
        if let Some(id) = &staged.live {
            return Err(id.clone());
        }
        let id = format!("media-{number}");
        staged.live = Some(id.clone());
        self.live.push(LivePost {
            id: id.clone(),
            handle: handle.to_owned(),
            remote_user_id: staged.remote_user_id.clone(),
            caption: staged.caption.clone(),
            at: now,
        });
        Ok(id)
    }
}
