//! The one table of Instagram's error codes: what each means, and what is done about it.
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
    /// What happened, in plain English.
    pub says: &'static str,
    /// What Instagram's own text adds is worth showing.
    pub quote: bool,
    /// A guess for unknown subcodes of a known code: never a proof that nothing was published.
    pub guess: bool,
}

const fn row(code: i64, subcode: i64, action: Action, says: &'static str) -> Row {
    Row {
        code: Code::Is(code),
        subcode: Some(subcode),
        action,
        says,
        quote: false,
        guess: false,
    }
}

const fn whole(code: i64, action: Action, says: &'static str) -> Row {
    Row {
        code: Code::Is(code),
        subcode: None,
        action,
        says,
        quote: false,
        guess: false,
    }
}

/// A row known from public reports, not from Meta's table.
const fn field(code: Code, subcode: i64, action: Action, says: &'static str) -> Row {
    Row {
        code,
        subcode: Some(subcode),
        action,
        says,
        quote: false,
        guess: false,
    }
}

impl Row {
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

const HOST: &str = "Instagram could not fetch the file from its address. The address must be public HTTPS and answer HEAD and Range requests quickly.";

/// Every row.
#[rustfmt::skip]
pub static TABLE: &[Row] = &[
    // Tokens and permissions.
    row(190, 458, Reauth, "The app was removed from the Instagram account. Connect the account again."),
    row(190, 459, User, "Instagram wants the account's owner to confirm who they are. Open the Instagram app, then connect the account again."),
    row(190, 460, Reauth, "The password changed or Instagram closed the session. Connect the account again."),
    row(190, 463, Reauth, "The access token has expired. Connect the account again."),
    row(190, 464, User, "The Instagram user is not confirmed. Confirm the account in the Instagram app, then connect it again."),
    row(190, 467, Reauth, "The access token is not valid any more. Connect the account again."),
    row(190, 492, Reauth, "The role on the Page is gone or two-factor sign-in is missing. Connect the account again."),
    whole(190, Reauth, "The access token is not valid. Connect the account again."),
    whole(102, Reauth, "The session is not valid any more. Connect the account again."),
    whole(10, Grant, "A permission is missing, or the account is not a professional one. Connect the account again and grant everything asked for.").quoting(),
    whole(200, Grant, "A permission is missing. Connect the account again and grant everything asked for.").to(299).quoting(),

    // The account.
    row(4, 2_207_051, Spam, "Instagram blocked the action as suspected spam. The post may be live all the same: look at the account, and wait some hours before posting again."),
    row(25, 2_207_050, User, "The Instagram account is restricted, inactive, or waits for its owner. Open the Instagram app and follow what it says."),
    whole(25, User, "The Instagram account is restricted. Open the Instagram app and follow what it says.").quoting().guessing(),
    whole(368, User, "Instagram judged the action abusive or wants a security check. Open the Instagram app and follow what it says."),

    // Limits.
    row(9, 2_207_042, Quota, "The account's publishing quota of the last 24 hours is used up."),
    whole(9, Quota, "The account's publishing quota is used up.").quoting().guessing(),
    whole(4, Wait, "The app has made too many calls."),
    whole(17, Wait, "Too many calls were made for this user."),
    whole(32, Wait, "Too many calls were made for this Page."),
    whole(613, Wait, "Too many calls of this kind were made."),
    whole(80_002, Wait, "Too many calls were made for this Instagram account."),

    // The platform itself.
    row(-1, 2_207_001, Retry, "Instagram had an internal error."),
    field(Is(-1), 2_207_085, Recreate, "Instagram failed inside. If it lasts, nobody in the business portfolio may have access to the Instagram account."),
    whole(-1, Retry, "Instagram had an internal error.").quoting().guessing(),
    whole(1, Retry, "Instagram had an unknown error."),
    whole(2, Retry, "Instagram is temporarily unavailable."),
    field(Is(100), 33, Blind, "Instagram does not show the object. That alone does not mean that it is gone."),
    field(Is(20), 1_772_107, Verify, "Instagram answered with an error, but the comment was created all the same."),
    whole(2635, Config, "This version of the Graph API is not served any more. The operator must set a newer one."),

    // The container.
    row(9007, 2_207_027, Poll, "The container is not ready to be published."),
    whole(9007, Poll, "The container is not available for publishing.").quoting().guessing(),
    row(-1, 2_207_032, Recreate, "Instagram could not create the media."),
    row(-1, 2_207_053, Recreate, "Instagram could not take the video over, for a reason it does not name."),
    row(-2, 2_207_003, Recreate, "Fetching the file took Instagram too long."),
    row(-2, 2_207_020, Recreate, "The uploaded file has expired at Instagram."),
    whole(-2, Recreate, "Instagram could not fetch the file.").quoting().guessing(),
    row(24, 2_207_006, Recreate, "Instagram cannot find the media; a permission may be missing."),
    row(24, 2_207_008, Recreate, "The container is unknown or has expired."),
    whole(24, Recreate, "The container cannot be found.").quoting().guessing(),
    row(9004, 2_207_052, Recreate, HOST),
    whole(9004, Recreate, HOST).guessing(),
    field(Any, 2_207_076, Recreate, "Instagram could not process the video, or its file was not served yet. If it lasts, encode the video again."),
    field(Any, 2_207_077, Recreate, HOST),
    field(Any, 2_207_082, Recreate, "Instagram could not process the file. A silent video with attached audio and very large files cause this."),

    // The content.
    row(1, 2_207_057, Fix, "The moment chosen for the cover lies outside the video."),
    row(100, 2_207_023, Fix, "Instagram does not know this media type."),
    row(100, 2_207_028, Fix, "A carousel takes 2 to 10 items."),
    row(100, 2_207_035, Fix, "Product tags on a video take no position."),
    row(100, 2_207_036, Fix, "Product tags on a photo need a position."),
    row(100, 2_207_037, Fix, "A tagged product is not valid."),
    row(100, 2_207_040, Fix, "More tags than the 20 that Instagram allows."),
    field(Is(100), 2_207_089, Fix, "A carousel's video cannot be published alone."),
    whole(100, Fix, "Instagram refuses a parameter of the call.").quoting(),
    field(Is(110), 2_207_018, Fix, "A tagged user or collaborator is private, misspelled, or written with @."),
    field(Is(110), 2_207_013, Fix, "The user id is not valid."),
    whole(110, Fix, "A user named in the post is not valid.").quoting().guessing(),
    row(352, 2_207_026, Fix, "Instagram does not support this video. Encode it as H.264 with AAC sound in MP4."),
    whole(352, Fix, "Instagram does not support this video.").quoting().guessing(),
    whole(2500, Fix, "Instagram does not understand the path or query of the call.").quoting(),
    row(36_000, 2_207_004, Fix, "The image is larger than 8 MiB."),
    whole(36_000, Fix, "The image is too large.").quoting().guessing(),
    row(36_001, 2_207_005, Fix, "The image's format is not supported. Use JPEG."),
    field(Is(36_001), 2_207_083, Fix, "The image's format is not valid. Use JPEG."),
    whole(36_001, Fix, "The image's format is not supported.").quoting().guessing(),
    row(36_003, 2_207_009, Fix, "The aspect ratio lies outside what Instagram takes, or Instagram got no bytes from the file's address."),
    whole(36_003, Fix, "The aspect ratio lies outside what Instagram takes.").quoting().guessing(),
    row(36_004, 2_207_010, Fix, "The caption is too long."),
    whole(36_004, Fix, "The caption is too long.").quoting().guessing(),
    field(Any, 2_207_073, Fix, "Media of this type cannot be deleted."),
    field(Any, 2_207_081, Fix, "The account may not publish trial reels. Publish without trial."),
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

/// A message of the code exchange, which has no codes: known by its English developer text.
#[derive(Debug, Clone, Copy)]
pub struct OAuthRow {
    /// Part of the message, lower case.
    pub part: &'static str,
    /// The stable end of our code: `instagram.oauth.<name>`.
    pub name: &'static str,
    /// What is done.
    pub action: Action,
    /// What happened.
    pub says: &'static str,
}

const fn oauth(
    part: &'static str,
    name: &'static str,
    action: Action,
    says: &'static str,
) -> OAuthRow {
    OAuthRow {
        part,
        name,
        action,
        says,
    }
}

/// The messages of the code exchange.
#[rustfmt::skip]
pub static OAUTH: &[OAuthRow] = &[
    oauth("matching code was not found", "code_used", Reauth, "The sign-in code was used already or has expired. Start again."),
    oauth("authorization code has been used", "code_used", Reauth, "The sign-in code was used already or has expired. Start again."),
    oauth("invalid platform app", "app_id", Config, "The app id belongs to another login family. The operator must set the Instagram app id."),
    oauth("redirect_uri", "redirect_uri", Config, "The redirect address is not the one registered with the app. The operator must register exactly the same."),
    oauth("insufficient developer role", "tester", Grant, "The account is not an accepted tester of the app, which is still in development."),
    oauth("invalid scope", "scope", Config, "A permission asked for does not exist. The operator must check the login family."),
    oauth("unsupported request - method type", "method", Reauth, "The token is of the Basic Display API, which was shut down. Connect the account again."),
];

/// The row of a message of the code exchange.
#[must_use]
pub fn find_oauth(message: &str) -> Option<&'static OAuthRow> {
    let message = message.to_lowercase();
    OAUTH.iter().find(|r| message.contains(r.part))
}
