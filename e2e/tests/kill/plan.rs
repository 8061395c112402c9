//! What falls due when, and when is killed: drawn from a seed.

use chrono::{DateTime, TimeDelta, Utc};

/// How often the binary is killed.
pub(crate) const KILLS: usize = 10;
/// How many posts fall due meanwhile.
pub(crate) const POSTS: usize = 60;
/// The accounts they go out on: one whose call was cut off waits, the others go on.
pub(crate) const ACCOUNTS: usize = 12;
/// From scheduling to the first due time: preparing waits 5 s for the first look at a container.
const LEAD_MS: u64 = 15_000;
/// From the first due time to the last.
const SPREAD_MS: u64 = 20_000;
/// Posts are armed a second ahead: the first kills meet what is armed and not yet sent.
const BEFORE_MS: u64 = 800;

/// A seeded sequence of numbers (`SplitMix64`): the same seed kills at the same moments.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`.
    pub(crate) const fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % end
    }
}

pub(crate) fn seed() -> u64 {
    let given = std::env::var("KILL_SEED").ok();
    given.and_then(|text| text.parse().ok()).unwrap_or(7)
}

/// A scheduled post.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    /// Its id in the API.
    pub(crate) id: String,
    /// Its caption, which no other has.
    pub(crate) caption: String,
    /// When it is due.
    pub(crate) due: DateTime<Utc>,
}

/// The due times, in no order.
pub(crate) fn due_times(random: &mut Random, begin: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let whole = DateTime::from_timestamp_millis(begin.timestamp_millis()).unwrap_or(begin);
    let due = (0..POSTS).map(|_| whole + ms(LEAD_MS + random.below(SPREAD_MS)));
    due.collect()
}

/// One moment in each tenth of the time in which posts fall due, anywhere in it.
pub(crate) fn kill_moments(random: &mut Random, posts: &[Planned]) -> Vec<DateTime<Utc>> {
    let first = posts.iter().map(|p| p.due).min().unwrap_or_default();
    let tenth = (SPREAD_MS + BEFORE_MS) / KILLS as u64;
    let moments = (0..KILLS as u64).map(|n| n * tenth + random.below(tenth));
    moments.map(|at| first - ms(BEFORE_MS) + ms(at)).collect()
}

fn ms(count: u64) -> TimeDelta {
    TimeDelta::milliseconds(i64::try_from(count).unwrap_or(i64::MAX))
}
