//! Crash points: named places at which the process dies when its environment asks for it.
//!
//! They exist only with the feature `crash-points`, which no released binary has; without it every
//! point is nothing. With it `ZAVOD_CRASH_AT=arm.committed` aborts the process when it comes
//! to that point, `ZAVOD_CRASH_AT=claimed:3` when it comes there for the third time, and
//! `ZAVOD_CRASH_ONLY` counts only what is done for the post of this caption (points of a transaction
//! count every post). Before it dies
//! the process writes the point's name into the file that `ZAVOD_CRASH_MARK` names, so that a
//! test can tell a crash at its point from any other end.
//!
//! ```
//! use contentzavod_core::crash::Point;
//!
//! assert_eq!(Point::parse("arm.committed"), Some(Point::ArmCommitted));
//! assert_eq!(Point::ALL.len(), 17);
//! ```

macro_rules! points {
    ($($(#[$doc:meta])* $variant:ident => $name:literal,)+) => {
        /// A place on a post's way at which nothing may be lost or doubled.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Point { $($(#[$doc])* $variant,)+ }

        impl Point {
            /// Every point, in the order of a post's way.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Its name in `ZAVOD_CRASH_AT`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

points! {
    /// A post is written, its transaction is not committed.
    CreateUncommitted => "create.uncommitted",
    /// The post is committed, nobody has been told.
    CreateCommitted => "create.committed",
    /// A row is claimed, nothing is done for it yet.
    Claimed => "claimed",
    /// The container is about to be asked for.
    ContainerAhead => "container.ahead",
    /// The platform has made the container, its handle is not written.
    ContainerMade => "container.made",
    /// The handle is written, the video is about to be brought.
    Delivering => "delivering",
    /// The platform fetches the video, and does not have it whole.
    Pulling => "pulling",
    /// The platform has said where the container stands, nothing is written of it.
    Polled => "polled",
    /// Every check before arming is done, nothing is armed.
    ArmAhead => "arm.ahead",
    /// The arm is written, its transaction is not committed.
    ArmUncommitted => "arm.uncommitted",
    /// The arm is committed, the engine does not know it.
    ArmCommitted => "arm.committed",
    /// The row is armed and known to be, nothing is sent.
    Sending => "sending",
    /// The platform's answer is heard, nothing is written of it.
    Answered => "answered",
    /// What the answer says is written, its transaction is not committed.
    AnswerUncommitted => "answer.uncommitted",
    /// What the platform shows of an unclear call is read, no verdict is written.
    Looked => "looked",
    /// What the answer says is committed; the permalink is not known.
    Published => "published",
    /// Posts have moved with the rules of their zones, the version of the rules is not written.
    ZonesFollowed => "zones.followed",
}

impl Point {
    /// The point of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|p| p.as_str() == name)
    }
}

/// Dies here, if the environment says so. `caption` is that of the post for which something is done.
#[cfg(not(feature = "crash-points"))]
#[inline]
pub const fn at(_: Point, _: &str) {}

#[cfg(feature = "crash-points")]
pub use armed::at;

#[cfg(feature = "crash-points")]
mod armed {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::Point;

    /// What the environment asks for.
    struct Plan {
        point: Point,
        left: AtomicU32,
        only: Option<String>,
    }

    static PLAN: OnceLock<Option<Plan>> = OnceLock::new();

    fn plan() -> Option<Plan> {
        let wanted = std::env::var("ZAVOD_CRASH_AT").ok()?;
        let (name, nth) = wanted.split_once(':').unwrap_or((wanted.as_str(), "1"));
        let point = Point::parse(name);
        let (Some(point), Ok(nth)) = (point, nth.parse::<u32>()) else {
            // A test of a point that does not exist must not pass for one that was not reached.
            tracing::error!(wanted, "there is no such crash point");
            std::process::abort();
        };
        Some(Plan {
            point,
            left: AtomicU32::new(nth),
            only: std::env::var("ZAVOD_CRASH_ONLY").ok(),
        })
    }

    /// Dies here, if the environment says so. `caption` is that of the post for which something is
    /// done.
    pub fn at(point: Point, caption: &str) {
        let Some(plan) = PLAN.get_or_init(plan) else {
            return;
        };
        let meant = plan.only.as_deref().is_none_or(|only| only == caption);
        if plan.point != point || !meant || plan.left.fetch_sub(1, Ordering::Relaxed) != 1 {
            return;
        }
        if let Some(mark) = std::env::var_os("ZAVOD_CRASH_MARK")
            && let Err(error) = std::fs::write(mark, point.as_str())
        {
            tracing::error!(%error, "the mark of a crash point could not be written");
        }
        std::process::abort();
    }
}
