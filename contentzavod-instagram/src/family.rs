//! The login families: which host, which scopes, who moves the bytes.

use contentzavod_core::model::Access;
use contentzavod_core::ports::Fault;

use crate::words;

/// A login family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// Instagram Login: no Facebook Page, and the platform fetches the video.
    Instagram,
}

impl Family {
    /// The family of an account's login. A token of one family is garbage to the other, so a
    /// stranger's is not sent.
    pub(crate) fn of(access: &Access) -> Result<Self, Fault> {
        match access.login.as_str() {
            "instagram" => Ok(Self::Instagram),
            other => Err(words::said("instagram.login_family").with("login", other)),
        }
    }
}
