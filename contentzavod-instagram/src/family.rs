//! The login families: which host, which scopes, who moves the bytes.

use contentzavod_core::model::Access;
use contentzavod_core::ports::Fault;

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
            other => Err(Fault::new(
                "instagram.login_family",
                format!(
                    "The account was connected with the login family {other:?}, which is not \
                     served here. Connect it again with Instagram Login."
                ),
            )),
        }
    }
}
