//! What a person says became of a publication that the platform does not tell about.

/// The answer to "did it go out?".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// It is live.
    Live {
        /// Where, if they know.
        permalink: Option<String>,
    },
    /// It is not live: publish it again.
    NotLive {
        /// They know that it may appear twice.
        accept_duplicate_risk: bool,
        /// When; absent: now.
        publish_at: Option<String>,
    },
    /// Leave it; the record says that the outcome is unknown.
    Leave,
}
