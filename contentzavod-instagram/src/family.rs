//! The login families: which host, whose token, who moves the bytes.

use contentzavod_core::model::{Access, Secret};
use contentzavod_core::ports::Fault;
use secrecy::ExposeSecret;

use crate::words;

/// A login family: the way by which an account let us in. A token of one family is garbage to the
/// other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Family {
    /// Instagram Login: no Facebook Page, and the platform fetches the video.
    #[default]
    Instagram,
    /// Facebook Login: the account hangs on a Page, and we push the video.
    Facebook,
}

impl Family {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Instagram, Self::Facebook];

    /// The word of [`Account::login`](contentzavod_core::model::Account::login).
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Instagram => "instagram",
            Self::Facebook => "facebook",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|family| family.as_str() == word)
    }

    /// The family that hands out tokens of this look; `None` where it does not show.
    #[must_use]
    pub fn of_token(token: &Secret) -> Option<Self> {
        let token = token.expose_secret();
        if token.starts_with("EAA") {
            Some(Self::Facebook)
        } else if token.starts_with("IG") {
            Some(Self::Instagram)
        } else {
            None
        }
    }

    /// Whether the platform fetches the video itself.
    #[must_use]
    pub const fn pulls(self) -> bool {
        matches!(self, Self::Instagram)
    }

    /// The family of an account's login. Where it is unknown its token is sent nowhere.
    pub(crate) fn of(access: &Access) -> Result<Self, Fault> {
        let login = access.login.as_str();
        Self::parse(login).ok_or_else(|| words::said("instagram.login_family").with("login", login))
    }
}
