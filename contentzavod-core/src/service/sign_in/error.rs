//! Why nobody was signed in.

use crate::ports::IdentityError;

/// Why nobody was signed in. No variant holds a code, a state or a token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignInError {
    /// There is no such way in, or it is switched off.
    #[error("there is no such provider")]
    UnknownProvider,
    /// The sign-in is not known: never begun here, used already, or too old.
    #[error("this sign-in is not known, was used, or is too old")]
    Unknown,
    /// It began in another browser.
    #[error("this sign-in began in another browser")]
    OtherBrowser,
    /// It began at another provider.
    #[error("this sign-in began at another provider")]
    OtherProvider,
    /// The person turned back, or the provider did; its word.
    #[error("the provider said {0:?}")]
    Declined(String),
    /// Newcomers need an invitation.
    #[error("newcomers need an invitation")]
    Uninvited,
    /// Whoever came back is not whom the session belongs to.
    #[error("it was somebody else who came back")]
    SomebodyElse,
    /// Somebody else is known by it.
    #[error("somebody else is known by it")]
    Taken,
    /// Who began it may not connect accounts there, or not any more.
    #[error("they may not connect accounts there")]
    MayNotConnect,
    /// The provider.
    #[error(transparent)]
    Provider(#[from] IdentityError),
}
