//! What a normal client does, and how long it takes.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use contentzavod_core::ports::Clock;

use crate::process::Failure;
use crate::world::World;

const REEL: &[u8] = include_bytes!("../../../contentzavod-server/assets/reel.mp4");

/// What is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// A page of posts.
    Read,
    /// A new post, checked and written.
    Schedule,
    /// A small video, checked and kept.
    Upload,
}

/// All of them.
pub const CALLS: [Call; 3] = [Call::Read, Call::Schedule, Call::Upload];

/// A normal client with an account and a video.
#[derive(Debug)]
pub struct Normal {
    account: String,
    media: String,
    scheduled: u32,
}

impl Normal {
    /// Connects the account and uploads the video.
    ///
    /// # Errors
    ///
    /// When a call fails, or is refused.
    pub async fn new(world: &World) -> Result<Self, Failure> {
        let token = crate::api::Api::sandbox_account(&world.sandbox_url, "normal").await?;
        Ok(Self {
            account: world.api.connect(&token).await?,
            media: world.api.upload(REEL).await?,
            scheduled: 0,
        })
    }

    /// Makes one call, on a connection of its own; how long it took.
    ///
    /// # Errors
    ///
    /// When it fails, or is refused.
    pub async fn call(&mut self, world: &World, call: Call) -> Result<Duration, Failure> {
        let api = &world.api;
        let begun = Instant::now();
        match call {
            Call::Read => drop(api.rows().await?),
            Call::Schedule => {
                self.scheduled += 1;
                // Far away, so that nothing is published meanwhile.
                let due = world.clock.now() + TimeDelta::days(30);
                let due = due + TimeDelta::minutes(self.scheduled.into());
                let caption = format!("normal {}", self.scheduled);
                api.schedule(&self.account, &self.media, &caption, due)
                    .await?;
            }
            Call::Upload => drop(api.upload(REEL).await?),
        }
        Ok(begun.elapsed())
    }
}

/// The time that this part of the calls did not exceed; `None` without a call.
#[must_use]
pub fn quantile(times: &mut [Duration], part: f64) -> Option<Duration> {
    times.sort_unstable();
    let last = times.len().checked_sub(1)?;
    times.get((last as f64 * part).round() as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_of_sorted_times() {
        let mut times: Vec<_> = (1..=101).rev().map(Duration::from_millis).collect();
        assert_eq!(quantile(&mut times, 0.5), Some(Duration::from_millis(51)));
        assert_eq!(quantile(&mut times, 0.99), Some(Duration::from_millis(100)));
        assert_eq!(quantile(&mut [], 0.5), None);
    }
}
