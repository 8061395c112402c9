//! The one table of Instagram's error codes: what is done about each. What it says to a person
//! stands under its key in [`crate::words`].
//!
//! Codes, subcodes and meanings are those of Meta's error reference (page of 2 June 2026);
//! rows with `field` come from public reports only. HTTP statuses classify nothing: one code
//! arrives as 400, 401, 403 and 500.

/// What is done about an error. How it reads on each kind of call stands in
/// [`super::Refusal`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// The same call again, later.
    Retry,
    /// The same call again, not before the limits allow it.
    Wait,
    /// The container is not ready: ask again.
    Poll,
    /// A new container of the same content.
    Recreate,
    /// A person must change the content.
    Fix,
    /// The token is dead: connect again.
    Reauth,
    /// A permission is missing: connect again and grant it.
    Grant,
    /// The account's owner must act in the Instagram app.
    User,
    /// The publishing quota is used up.
    Quota,
    /// Called spam, which may be said of a post that is live.
    Spam,
    /// The operator of this server must act.
    Config,
    /// Says nothing about the object or the token.
    Blind,
    /// May have been done all the same: look, never repeat.
    Verify,
}

/// Which codes a row is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// This one.
    Is(i64),
    /// These, both ends included.
    Between(i64, i64),
    /// The subcode alone names it; as a rule it stands in a container's status.
    Any,
}

impl Code {
    const fn covers(self, code: i64) -> bool {
        match self {
            Self::Is(own) => own == code,
            Self::Between(first, last) => first <= code && code <= last,
            Self::Any => false,
        }
    }
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Its codes.
    pub code: Code,
    /// Its subcode; `None`: the row of the code, whatever the subcode.
    pub subcode: Option<i64>,
    /// What is done.
    pub action: Action,
    /// What Instagram's own text adds is worth showing.
    pub quote: bool,
    /// A guess for unknown subcodes of a known code: never a proof that nothing was published.
    pub guess: bool,
}

const fn row(code: i64, subcode: i64, action: Action) -> Row {
    Row {
        code: Code::Is(code),
        subcode: Some(subcode),
        action,
        quote: false,
        guess: false,
    }
}

const fn whole(code: i64, action: Action) -> Row {
    Row {
        code: Code::Is(code),
        subcode: None,
        action,
        quote: false,
        guess: false,
    }
}

/// A row known from public reports, not from Meta's table.
const fn field(code: Code, subcode: i64, action: Action) -> Row {
    Row {
        code,
        subcode: Some(subcode),
        action,
        quote: false,
        guess: false,
    }
}

impl Row {
    /// Under which key its words stand: `instagram.<code>.<subcode>`, without what is missing.
    #[must_use]
    pub fn key(&self) -> String {
        let code = match self.code {
            Code::Is(code) | Code::Between(code, _) => Some(code),
            Code::Any => None,
        };
        name_of(code, self.subcode)
    }

    const fn quoting(mut self) -> Self {
        self.quote = true;
        self
    }

    const fn guessing(mut self) -> Self {
        self.guess = true;
        self
    }

    const fn to(mut self, last: i64) -> Self {
        if let Code::Is(first) = self.code {
            self.code = Code::Between(first, last);
        }
        self
    }
}

use Action::{
    Blind, Config, Fix, Grant, Poll, Quota, Reauth, Recreate, Retry, Spam, User, Verify, Wait,
};
use Code::{Any, Is};

/// Every row.
#[rustfmt::skip]
pub static TABLE: &[Row] = &[
    // Tokens and permissions.
    row(190, 458, Reauth),
    row(190, 459, User),
    row(190, 460, Reauth),
    row(190, 463, Reauth),
    row(190, 464, User),
    row(190, 467, Reauth),
    row(190, 492, Reauth),
    whole(190, Reauth),
    whole(102, Reauth),
    whole(10, Grant).quoting(),
    whole(200, Grant).to(299).quoting(),

    // The account.
    row(4, 2_207_051, Spam),
    row(25, 2_207_050, User),
    whole(25, User).quoting().guessing(),
    whole(368, User),

    // Limits.
    row(9, 2_207_042, Quota),
    whole(9, Quota).quoting().guessing(),
    whole(4, Wait),
    whole(17, Wait),
    whole(32, Wait),
    whole(613, Wait),
    whole(80_002, Wait),

    // The platform itself.
    row(-1, 2_207_001, Retry),
    field(Is(-1), 2_207_085, Recreate),
    whole(-1, Retry).quoting().guessing(),
    whole(1, Retry),
    whole(2, Retry),
    field(Is(100), 33, Blind),
    field(Is(20), 1_772_107, Verify),
    whole(2635, Config),

    // The container.
    row(9007, 2_207_027, Poll),
    whole(9007, Poll).quoting().guessing(),
    row(-1, 2_207_032, Recreate),
    row(-1, 2_207_053, Recreate),
    row(-2, 2_207_003, Recreate),
    row(-2, 2_207_020, Recreate),
    whole(-2, Recreate).quoting().guessing(),
    row(24, 2_207_006, Recreate),
    row(24, 2_207_008, Recreate),
    whole(24, Recreate).quoting().guessing(),
    row(9004, 2_207_052, Recreate),
    whole(9004, Recreate).guessing(),
    field(Any, 2_207_076, Recreate),
    field(Any, 2_207_077, Recreate),
    field(Any, 2_207_082, Recreate),

    // The content.
    row(1, 2_207_057, Fix),
    row(100, 2_207_023, Fix),
    row(100, 2_207_028, Fix),
    row(100, 2_207_035, Fix),
    row(100, 2_207_036, Fix),
    row(100, 2_207_037, Fix),
    row(100, 2_207_040, Fix),
    field(Is(100), 2_207_089, Fix),
    whole(100, Fix).quoting(),
    field(Is(110), 2_207_018, Fix),
    field(Is(110), 2_207_013, Fix),
    whole(110, Fix).quoting().guessing(),
    row(352, 2_207_026, Fix),
    whole(352, Fix).quoting().guessing(),
    whole(2500, Fix).quoting(),
    row(36_000, 2_207_004, Fix),
    whole(36_000, Fix).quoting().guessing(),
    row(36_001, 2_207_005, Fix),
    field(Is(36_001), 2_207_083, Fix),
    whole(36_001, Fix).quoting().guessing(),
    row(36_003, 2_207_009, Fix),
    whole(36_003, Fix).quoting().guessing(),
    row(36_004, 2_207_010, Fix),
    whole(36_004, Fix).quoting().guessing(),
    field(Any, 2_207_073, Fix),
    field(Any, 2_207_081, Fix),
];

/// Instagram's own subcodes are long and unique: they name an error whatever code they come with.
const OWN_SUBCODES: i64 = 1_000_000;

/// The row of a code and a subcode: a dead token first, then subcode, then code.
#[must_use]
pub fn find(code: Option<i64>, subcode: Option<i64>) -> Option<&'static Row> {
    let token = matches!(code, Some(190 | 102));
    let exact = || {
        TABLE.iter().find(|r| {
            r.subcode.is_some() && r.subcode == subcode && code.is_some_and(|c| r.code.covers(c))
        })
    };
    let by_subcode = || {
        let own = subcode.filter(|s| *s >= OWN_SUBCODES && !token)?;
        TABLE.iter().find(|r| r.subcode == Some(own))
    };
    let by_code = || {
        let code = code?;
        TABLE
            .iter()
            .find(|r| r.subcode.is_none() && r.code.covers(code))
    };
    exact().or_else(by_subcode).or_else(by_code)
}

/// `instagram.<code>.<subcode>`, without what is missing.
pub(crate) fn name_of(code: Option<i64>, subcode: Option<i64>) -> String {
    let numbers: Vec<String> = [code, subcode]
        .into_iter()
        .flatten()
        .map(|n| n.to_string())
        .collect();
    if numbers.is_empty() {
        return "instagram.unknown".to_owned();
    }
    format!("instagram.{}", numbers.join("."))
}

/// A message of the code exchange, which has no codes: known by its English developer text.
#[derive(Debug, Clone, Copy)]
pub struct OAuthRow {
    /// Part of the message, lower case.
    pub part: &'static str,
    /// The stable end of our code: `instagram.oauth.<name>`.
    pub name: &'static str,
    /// What is done.
    pub action: Action,
}

const fn oauth(part: &'static str, name: &'static str, action: Action) -> OAuthRow {
    OAuthRow { part, name, action }
}

/// The messages of the code exchange.
#[rustfmt::skip]
pub static OAUTH: &[OAuthRow] = &[
    oauth("matching code was not found", "code_used", Reauth),
    oauth("authorization code has been used", "code_used", Reauth),
    oauth("invalid platform app", "app_id", Config),
    oauth("redirect_uri", "redirect_uri", Config),
    oauth("insufficient developer role", "tester", Grant),
    oauth("invalid scope", "scope", Config),
    oauth("unsupported request - method type", "method", Reauth),
];

/// The row of a message of the code exchange.
#[must_use]
pub fn find_oauth(message: &str) -> Option<&'static OAuthRow> {
    let message = message.to_lowercase();
    OAUTH.iter().find(|r| message.contains(r.part))
}
