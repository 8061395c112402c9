//! What happens when: drawn from the seed before anything begins.

use std::time::Duration;

use super::Settings;
use super::random::Random;

/// Before this nothing is due: what is asked first must be prepared.
const FIRST_DUE_MS: u64 = 10_000;
/// The first kill comes after this.
const QUIET_MS: u64 = 2_000;

/// A campaign, as it is to be. Times count from its begin.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The posts, in the order in which they are asked for.
    pub posts: Vec<Planned>,
    /// When the server is killed.
    pub kills: Vec<Duration>,
    /// When all posts are due and all kills done.
    pub end: Duration,
}

/// A post, as it is to be.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Its number.
    pub number: usize,
    /// The number of its account.
    pub account: usize,
    /// Its caption. Twins share it, on one account.
    pub caption: String,
    /// When it is asked for.
    pub asked: Duration,
    /// When it is due; `None`: at once.
    pub due: Option<Duration>,
    /// What its person does to it before it is due, and when.
    pub deed: Option<(Duration, Deed)>,
}

/// What a person does to a post that was not asked of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Takes it back.
    Cancel,
    /// Changes the caption.
    Caption,
    /// Moves it so much later.
    Later(Duration),
    /// Wants it at once.
    Now,
    /// Deletes it.
    Delete,
}

impl Plan {
    /// Draws a campaign.
    #[must_use]
    pub fn draw(settings: &Settings) -> Self {
        let kills = kills(settings);
        let last = kills.last().copied().unwrap_or_default();
        let end = last.max(ms(FIRST_DUE_MS)) + Duration::from_secs(2);
        let mut posts = posts(settings, end);
        posts.sort_by_key(|post| (post.asked, post.number));
        Self { posts, kills, end }
    }
}

/// Lives of every length: some end while the server starts, some see whole posts through.
fn kills(settings: &Settings) -> Vec<Duration> {
    let mut random = Random::of(settings.seed, "kills");
    let pace = u64::try_from(settings.pace.as_millis()).unwrap_or(u64::MAX);
    let mut at = QUIET_MS;
    let life = |_| {
        at += match random.below(10) {
            0..3 => random.between(30, pace / 3),
            3..8 => random.between(pace / 3, pace * 3 / 2),
            _ => random.between(pace * 3 / 2, pace * 5 / 2),
        };
        ms(at)
    };
    (0..settings.kills).map(life).collect()
}

fn posts(settings: &Settings, end: Duration) -> Vec<Planned> {
    let mut random = Random::of(settings.seed, "posts");
    let mut posts: Vec<Planned> = Vec::with_capacity(settings.posts);
    let last = u64::try_from(end.as_millis()).unwrap_or(u64::MAX);
    for number in 0..settings.posts {
        let due = random.between(FIRST_DUE_MS, last);
        let at_once = random.percent(8);
        let lead = if at_once {
            0
        } else {
            random.between(9_000, 60_000)
        };
        let mut post = Planned {
            number,
            account: number % settings.accounts,
            caption: format!("soak {number}"),
            asked: ms(due.saturating_sub(lead)),
            due: (!at_once).then(|| ms(due)),
            deed: deed(&mut random, due, lead),
        };
        if random.percent(3)
            && let Some(twin) = posts.last_mut()
        {
            post.caption.clone_from(&twin.caption);
            post.account = twin.account;
            // Whose is whose could not be told after another caption.
            (post.deed, twin.deed) = (None, None);
        }
        posts.push(post);
    }
    posts
}

/// Some change their mind, most of them around the moment when it is armed.
fn deed(random: &mut Random, due: u64, lead: u64) -> Option<(Duration, Deed)> {
    let deed = match random.below(100) {
        0..7 => Deed::Cancel,
        7..12 => Deed::Caption,
        12..15 => Deed::Later(ms(random.between(1_000, 20_000))),
        15..17 => Deed::Now,
        17..20 => Deed::Delete,
        _ => return None,
    };
    let before = match random.below(3) {
        0 => random.between(0, lead),
        _ => random.between(0, lead.min(2_500)),
    };
    Some((ms(due - before.min(due)), deed))
}

const fn ms(count: u64) -> Duration {
    Duration::from_millis(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_repeats_and_everything_falls_into_the_campaign() {
        let settings = Settings::new(400, 40);
        let plan = Plan::draw(&settings);
        let again = Plan::draw(&settings);
        assert_eq!(format!("{plan:?}"), format!("{again:?}"));
        assert_eq!((plan.posts.len(), plan.kills.len()), (400, 40));
        assert!(plan.kills.is_sorted());
        let in_time =
            |post: &Planned| post.asked <= plan.end && post.due.is_none_or(|due| due <= plan.end);
        assert!(plan.posts.iter().all(in_time));
        for wanted in [Deed::Cancel, Deed::Caption, Deed::Now, Deed::Delete] {
            let done = |post: &Planned| post.deed.is_some_and(|(_, deed)| deed == wanted);
            assert!(plan.posts.iter().any(done), "{wanted:?}");
        }
    }
}
