//! How soon each restart worked again: for people, nothing is asserted.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::Value;

use e2e::world::Life;

/// A line for each restart: when it took work, and when its first post was known to be live.
///
/// A restart that found nothing due, or was killed at once, has none.
pub(crate) fn restarts(lives: &[Life], told: &[Value]) {
    let published: Vec<DateTime<Utc>> = told
        .iter()
        .filter(|notice| notice["kind"] == "published")
        .filter_map(|notice| notice["created_at"].as_str()?.parse().ok())
        .collect();
    // The first life was no restart.
    for (number, life) in lives.iter().enumerate().skip(1) {
        let end = lives.get(number + 1).map(|next| next.started);
        let mine = |at: &&DateTime<Utc>| **at >= life.started && end.is_none_or(|end| **at < end);
        let first = published.iter().filter(mine).min();
        let resumed = first.and_then(|at| (*at - life.started).to_std().ok());
        println!(
            "restart {number}: ready {}, first post known to be live {}",
            ms(life.ready),
            ms(resumed)
        );
    }
}

fn ms(time: Option<Duration>) -> String {
    time.map_or_else(
        || "not before it was killed".to_owned(),
        |time| format!("after {} ms", time.as_millis()),
    )
}
