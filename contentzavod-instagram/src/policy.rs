//! What a Reel on Instagram must be beyond the file itself. Every finding at once, never the first
//! alone.
use contentzavod_core::ports::PublishRequest;
use contentzavod_preflight::Finding;
use url::Url;

/// The rule of a file that the platform has no way to fetch.
pub const NO_PUBLIC_URL: &str = "delivery.no_public_url";

/// Where the platform is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// X
    Internet,
    /// Y
    ThisMachine,
}
impl Reach {
    /// x
    pub fn of(_u: &Url) -> Self {
        Self::Internet
    }
}
/// x
pub fn validate(_r: &PublishRequest, _x: Reach) -> Vec<Finding> {
    Vec::new()
}
