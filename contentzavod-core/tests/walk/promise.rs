//! What must hold in every state.

use contentzavod_core::publication::State;

use crate::world::{DUE, World};

/// The promise: at most one, never early, never after a cancel, and never a lie.
pub(crate) fn check(world: &World) -> Result<(), String> {
    let live: Vec<_> = world.platform.of(0).collect();
    if live.len() > 1 {
        return Err(format!("published {} times", live.len()));
    }
    if let Some(early) = live.iter().find(|l| l.at < DUE) {
        return Err(format!("published early, at {}", early.at));
    }
    if world.cancelled && !live.is_empty() {
        return Err("published after a person was told it is cancelled".to_owned());
    }
    if let Some(old) = live.iter().find(|l| l.version != world.row.content_version) {
        return Err(format!("version {} is live after an edit", old.version));
    }
    match world.row.state {
        State::Published if live.is_empty() => Err("said to be live and is not".to_owned()),
        State::Failed | State::Missed | State::Scheduled | State::Ready if !live.is_empty() => {
            Err(format!("live, and said to be {}", world.row.state.as_str()))
        }
        State::Scheduled | State::Ready | State::Armed | State::Uncertain
            if world.row.next_at.is_none() =>
        {
            Err(format!("forgotten as {}", world.row.state.as_str()))
        }
        _ => Ok(()),
    }
}
