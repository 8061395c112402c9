//! The groups of the document.

use poem_openapi::Tags;

/// A group of operations.
#[derive(Debug, Clone, Copy, Tags)]
pub enum Tag {
    /// The person who is asking, and the workspace they are in.
    Users,
    /// Keys for machines: `Authorization: Bearer cz_live_…`.
    #[oai(rename = "API keys")]
    ApiKeys,
    /// Connected Instagram accounts.
    Accounts,
    /// Uploaded videos and covers.
    Media,
    /// Content, accounts and a time.
    Posts,
    /// One post on one account.
    Publications,
    /// Facts a person must learn.
    Notifications,
    /// For whoever watches the process.
    System,
}
