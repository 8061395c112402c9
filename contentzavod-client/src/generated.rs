//! Generated from openapi.yaml by `cargo xtask client`; edits here are lost.

#![allow(
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused_imports,
    clippy::all,
    clippy::pedantic,
    clippy::restriction,
    rustdoc::all,
    reason = "generated: the generator is held to its own style, its input to ours"
)]

pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
pub mod types {
    ///A connected account.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Account {
        ///Our id.
        pub id: ::uuid::Uuid,
        ///How it was connected: `instagram` (Instagram Login) or `facebook` (Facebook Login).
        pub login: ::std::string::String,
        ///The platform, e.g. `instagram`.
        pub platform: ::std::string::String,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub quota: ::std::option::Option<Quota>,
        ///The platform's id of it.
        pub remote_user_id: ::std::string::String,
        pub status: AccountStatus,
        ///When the token stops working, at the latest.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub token_expires_at: ::std::option::Option<
            ::chrono::DateTime<::chrono::offset::Utc>,
        >,
        ///The handle people know it by.
        pub username: ::std::string::String,
    }
    impl Account {
        pub fn builder() -> builder::Account {
            Default::default()
        }
    }
    ///Every account of the workspace.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct AccountList {
        ///Oldest first.
        pub items: ::std::vec::Vec<Account>,
        ///Absent: there is no other page.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    impl AccountList {
        pub fn builder() -> builder::AccountList {
            Default::default()
        }
    }
    ///Whether the account can publish.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum AccountStatus {
        #[serde(rename = "active")]
        Active,
        #[serde(rename = "reauthorize")]
        Reauthorize,
        #[serde(rename = "disconnected")]
        Disconnected,
        #[serde(rename = "restricted")]
        Restricted,
    }
    impl ::std::fmt::Display for AccountStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Active => f.write_str("active"),
                Self::Reauthorize => f.write_str("reauthorize"),
                Self::Disconnected => f.write_str("disconnected"),
                Self::Restricted => f.write_str("restricted"),
            }
        }
    }
    impl ::std::str::FromStr for AccountStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "active" => Ok(Self::Active),
                "reauthorize" => Ok(Self::Reauthorize),
                "disconnected" => Ok(Self::Disconnected),
                "restricted" => Ok(Self::Restricted),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for AccountStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for AccountStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A key, without its secret.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ApiKey {
        ///When it was made.
        pub created_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///When it ends, if it does.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub expires_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///Its id.
        pub id: ::uuid::Uuid,
        ///How it ends.
        pub last_four: ::std::string::String,
        ///When it was last used, to the minute.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub last_used_at: ::std::option::Option<
            ::chrono::DateTime<::chrono::offset::Utc>,
        >,
        ///What the person calls it.
        pub name: ::std::string::String,
        ///How it begins.
        pub prefix: ::std::string::String,
        ///What it may be used for; absent: everything that its maker may, as keys of the command line.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub scopes: ::std::vec::Vec<::std::string::String>,
    }
    impl ApiKey {
        pub fn builder() -> builder::ApiKey {
            Default::default()
        }
    }
    ///Every key of the workspace.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ApiKeyList {
        ///Oldest first.
        pub items: ::std::vec::Vec<ApiKey>,
        ///Absent: there is no other page.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    impl ApiKeyList {
        pub fn builder() -> builder::ApiKeyList {
            Default::default()
        }
    }
    ///How an account shall be connected.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct ConnectAccount {
        /**`instagram` (Instagram Login) or `facebook` (through a Facebook Page); the server's usual one
when absent.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub login: ::std::option::Option<::std::string::String>,
        ///A path of this server's pages where the person wants to go afterwards.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub return_to: ::std::option::Option<::std::string::String>,
    }
    impl ConnectAccount {
        pub fn builder() -> builder::ConnectAccount {
            Default::default()
        }
    }
    ///Where a person agrees.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ConnectStarted {
        /**Open it in the person's browser. For a session it leads to the platform's page at once, and
only that session ends it; for a key to a page of this server that asks first, once, within
half an hour.*/
        pub authorize_url: ::std::string::String,
    }
    impl ConnectStarted {
        pub fn builder() -> builder::ConnectStarted {
            Default::default()
        }
    }
    ///The content of a post.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(tag = "kind")]
    pub enum Content {
        #[serde(rename = "instagram_reel")]
        InstagramReel {
            ///Label the Reel as made with AI.
            #[serde(default)]
            ai_generated: bool,
            ///Name of the original audio.
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            audio_name: ::std::option::Option<::std::string::String>,
            ///Caption, at most 2,200 characters, 30 hashtags and 20 mentions.
            #[serde(default)]
            caption: ::std::string::String,
            ///Usernames invited as collaborators, at most three, without `@`.
            #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
            collaborators: ::std::vec::Vec<::std::string::String>,
            ///An uploaded JPEG as cover.
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            cover_media_id: ::std::option::Option<::uuid::Uuid>,
            ///The id of a Facebook Page that has a place.
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            location_id: ::std::option::Option<::std::string::String>,
            ///The uploaded video.
            media_id: ::uuid::Uuid,
            ///May it appear in the feed besides the Reels tab.
            #[serde(default = "defaults::default_bool::<true>")]
            share_to_feed: bool,
            ///Which moment of the video is the cover, in milliseconds.
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            thumb_offset_ms: ::std::option::Option<u64>,
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            trial: ::std::option::Option<Trial>,
            ///Usernames tagged in the video.
            #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
            user_tags: ::std::vec::Vec<::std::string::String>,
        },
    }
    ///What is left to say to somebody whose data is deleted.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Farewell {
        ///Under which the deletion can be looked up for three years. It is shown this once.
        pub confirmation_code: crate::Secret,
        ///Files whose bytes went, or are going.
        pub files: u64,
        ///Publications whose call may have left: they may still go live.
        pub may_go_live: u64,
        ///Where.
        pub status_url: crate::Secret,
        ///What stays on the platforms: only its owner can delete it there.
        pub stays_live: ::std::vec::Vec<StaysLive>,
        ///Workspaces that went with them.
        pub workspaces: u64,
    }
    impl Farewell {
        pub fn builder() -> builder::Farewell {
            Default::default()
        }
    }
    ///A rule that something breaks: what is wrong, what is wanted, and how to mend it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Finding {
        ///What was found.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub actual: ::std::option::Option<::std::string::String>,
        ///Where the rule is explained.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub doc: ::std::option::Option<::std::string::String>,
        ///Which field breaks it, as a JSON path (`content.caption`), where there is one.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub field: ::std::option::Option<::std::string::String>,
        ///How to mend it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub fix: ::std::option::Option<::std::string::String>,
        ///What is wanted.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub limit: ::std::option::Option<::std::string::String>,
        ///What is wrong, for a person.
        pub message: ::std::string::String,
        ///The rule's stable id, e.g. `field.missing`.
        pub rule: ::std::string::String,
        pub severity: Severity,
    }
    impl Finding {
        pub fn builder() -> builder::Finding {
            Default::default()
        }
    }
    ///How far it has come.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum FixStatus {
        #[serde(rename = "planned")]
        Planned,
        #[serde(rename = "queued")]
        Queued,
        #[serde(rename = "running")]
        Running,
        #[serde(rename = "done")]
        Done,
        #[serde(rename = "failed")]
        Failed,
        #[serde(rename = "cancelled")]
        Cancelled,
    }
    impl ::std::fmt::Display for FixStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Planned => f.write_str("planned"),
                Self::Queued => f.write_str("queued"),
                Self::Running => f.write_str("running"),
                Self::Done => f.write_str("done"),
                Self::Failed => f.write_str("failed"),
                Self::Cancelled => f.write_str("cancelled"),
            }
        }
    }
    impl ::std::str::FromStr for FixStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "planned" => Ok(Self::Planned),
                "queued" => Ok(Self::Queued),
                "running" => Ok(Self::Running),
                "done" => Ok(Self::Done),
                "failed" => Ok(Self::Failed),
                "cancelled" => Ok(Self::Cancelled),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for FixStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for FixStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A sign of life.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Health {
        ///`ok`; `disk_full` while the server takes nothing new for want of disk space.
        pub status: ::std::string::String,
        ///The server's clock.
        pub time: ::chrono::DateTime<::chrono::offset::Utc>,
        ///The version that runs.
        pub version: ::std::string::String,
    }
    impl Health {
        pub fn builder() -> builder::Health {
            Default::default()
        }
    }
    ///What the person signs in with.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Identity {
        ///Since when.
        pub created_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///`telegram`, `google`, `yandex`, or `link`.
        pub provider: ::std::string::String,
        ///The provider's id of the person.
        pub subject: ::std::string::String,
    }
    impl Identity {
        pub fn builder() -> builder::Identity {
            Default::default()
        }
    }
    ///An Instagram Reel and its options.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct InstagramReel {
        ///Label the Reel as made with AI.
        #[serde(default)]
        pub ai_generated: bool,
        ///Name of the original audio.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub audio_name: ::std::option::Option<::std::string::String>,
        ///Caption, at most 2,200 characters, 30 hashtags and 20 mentions.
        #[serde(default)]
        pub caption: ::std::string::String,
        ///Usernames invited as collaborators, at most three, without `@`.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub collaborators: ::std::vec::Vec<::std::string::String>,
        ///An uploaded JPEG as cover.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub cover_media_id: ::std::option::Option<::uuid::Uuid>,
        ///The id of a Facebook Page that has a place.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub location_id: ::std::option::Option<::std::string::String>,
        ///The uploaded video.
        pub media_id: ::uuid::Uuid,
        ///May it appear in the feed besides the Reels tab.
        #[serde(default = "defaults::default_bool::<true>")]
        pub share_to_feed: bool,
        ///Which moment of the video is the cover, in milliseconds.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub thumb_offset_ms: ::std::option::Option<u64>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub trial: ::std::option::Option<Trial>,
        ///Usernames tagged in the video.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub user_tags: ::std::vec::Vec<::std::string::String>,
    }
    impl InstagramReel {
        pub fn builder() -> builder::InstagramReel {
            Default::default()
        }
    }
    ///An invitation, without what opens it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Invitation {
        ///When it was made.
        pub created_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///Until when it can be followed.
        pub ends_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///Its id.
        pub id: ::uuid::Uuid,
        pub role: Role,
    }
    impl Invitation {
        pub fn builder() -> builder::Invitation {
            Default::default()
        }
    }
    ///Every invitation that can still be followed.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct InvitationList {
        ///Oldest first.
        pub items: ::std::vec::Vec<Invitation>,
        ///Absent: there is no other page.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    impl InvitationList {
        pub fn builder() -> builder::InvitationList {
            Default::default()
        }
    }
    ///How a key is exchanged.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct KeyRotation {
        ///For how many hours the old key goes on, 0 to 168; 24 when absent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub grace_hours: ::std::option::Option<u32>,
    }
    impl KeyRotation {
        pub fn builder() -> builder::KeyRotation {
            Default::default()
        }
    }
    ///A new key with its secret, which is shown this once.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MadeApiKey {
        pub api_key: ApiKey,
        ///The secret: keep it, it is stored nowhere.
        pub secret: crate::Secret,
    }
    impl MadeApiKey {
        pub fn builder() -> builder::MadeApiKey {
            Default::default()
        }
    }
    ///A new invitation with its link, which is shown this once.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MadeInvitation {
        pub invitation: Invitation,
        ///The link: whoever follows it first comes in. It is stored nowhere.
        pub url: crate::Secret,
    }
    impl MadeInvitation {
        pub fn builder() -> builder::MadeInvitation {
            Default::default()
        }
    }
    ///The person who is asking.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Me {
        ///Their id.
        pub id: ::uuid::Uuid,
        ///What they sign in with; empty for whoever was made on the command line.
        pub identities: ::std::vec::Vec<Identity>,
        ///`en` or `ru`.
        pub locale: ::std::string::String,
        ///Display name.
        pub name: ::std::string::String,
        pub role: Role,
        pub workspace: Workspace,
    }
    impl Me {
        pub fn builder() -> builder::Me {
            Default::default()
        }
    }
    ///What shall change; absent fields stay.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct MeChange {
        ///`en` or `ru`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub locale: ::std::option::Option<::std::string::String>,
        ///Display name, 1 to 100 characters.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub workspace: ::std::option::Option<WorkspaceChange>,
    }
    impl MeChange {
        pub fn builder() -> builder::MeChange {
            Default::default()
        }
    }
    ///An uploaded file.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Media {
        ///Length in bytes.
        pub bytes: u64,
        ///When the last byte came.
        pub created_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///Duration of a video in milliseconds.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub duration_ms: ::std::option::Option<u64>,
        ///When the bytes go; absent while a post needs them.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub expires_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///The name it was uploaded under.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub filename: ::std::option::Option<::std::string::String>,
        ///Findings of the check: warnings, and errors of a file that was kept to be mended.
        pub findings: ::std::vec::Vec<Finding>,
        ///Display height in pixels.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub height: ::std::option::Option<u32>,
        ///Our id.
        pub id: ::uuid::Uuid,
        pub kind: MediaKind,
        /**SHA-256 of the file as it was uploaded; present where its index was moved to the front, which
changes neither picture nor sound.*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub original_sha256: ::std::option::Option<::std::string::String>,
        ///SHA-256 of the bytes, lower-case hex.
        pub sha256: ::std::string::String,
        pub status: MediaStatus,
        ///Display width in pixels.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub width: ::std::option::Option<u32>,
    }
    impl Media {
        pub fn builder() -> builder::Media {
            Default::default()
        }
    }
    ///Something about a video that encoding it changes.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MediaChange {
        ///What the video is now.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub from: ::std::option::Option<::std::string::String>,
        ///The rule that is broken now.
        pub rule: ::std::string::String,
        ///What it becomes.
        pub to: ::std::string::String,
    }
    impl MediaChange {
        pub fn builder() -> builder::MediaChange {
            Default::default()
        }
    }
    ///Encoding a video anew.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MediaFix {
        /**What changes. Of a video in fragments or in another format more may show, and change, once it
is packed anew.*/
        pub changes: ::std::vec::Vec<MediaChange>,
        ///The same as a command, for a machine with ffmpeg.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub command: ::std::option::Option<::std::string::String>,
        ///When it was asked for.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub created_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///When it ended.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub ended_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///Why there is no new file.
        pub findings: ::std::vec::Vec<Finding>,
        ///The file as it is; it stays.
        pub media_id: ::uuid::Uuid,
        ///Of the video, so many in a hundred are encoded.
        pub progress: u8,
        ///The new file, once it is there.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub result_media_id: ::std::option::Option<::uuid::Uuid>,
        pub shape: Shape,
        pub status: FixStatus,
        ///Rules whose warnings stay.
        pub stays: ::std::vec::Vec<::std::string::String>,
    }
    impl MediaFix {
        pub fn builder() -> builder::MediaFix {
            Default::default()
        }
    }
    ///What the bytes are.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum MediaKind {
        #[serde(rename = "video")]
        Video,
        #[serde(rename = "image")]
        Image,
    }
    impl ::std::fmt::Display for MediaKind {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Video => f.write_str("video"),
                Self::Image => f.write_str("image"),
            }
        }
    }
    impl ::std::str::FromStr for MediaKind {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "video" => Ok(Self::Video),
                "image" => Ok(Self::Image),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for MediaKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for MediaKind {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///One page of files.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MediaList {
        ///Newest first.
        pub items: ::std::vec::Vec<Media>,
        ///Send it as `cursor` for the next page; absent at the end.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    impl MediaList {
        pub fn builder() -> builder::MediaList {
            Default::default()
        }
    }
    ///Whether the bytes are still here.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum MediaStatus {
        #[serde(rename = "ready")]
        Ready,
        #[serde(rename = "refused")]
        Refused,
        #[serde(rename = "deleted")]
        Deleted,
    }
    impl ::std::fmt::Display for MediaStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Ready => f.write_str("ready"),
                Self::Refused => f.write_str("refused"),
                Self::Deleted => f.write_str("deleted"),
            }
        }
    }
    impl ::std::str::FromStr for MediaStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "ready" => Ok(Self::Ready),
                "refused" => Ok(Self::Refused),
                "deleted" => Ok(Self::Deleted),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for MediaStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for MediaStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///Somebody in the workspace.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Member {
        ///Since when.
        pub created_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///Their name.
        pub name: ::std::string::String,
        pub role: Role,
        ///Their id.
        pub user_id: ::uuid::Uuid,
    }
    impl Member {
        pub fn builder() -> builder::Member {
            Default::default()
        }
    }
    ///What shall change about a member.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MemberChange {
        pub role: Role,
    }
    impl MemberChange {
        pub fn builder() -> builder::MemberChange {
            Default::default()
        }
    }
    ///Everybody in the workspace.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct MemberList {
        ///Oldest first.
        pub items: ::std::vec::Vec<Member>,
        ///Absent: there is no other page.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    impl MemberList {
        pub fn builder() -> builder::MemberList {
            Default::default()
        }
    }
    ///An account to be connected by a token.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct NewAccount {
        ///A token generated in the Meta dashboard.
        pub access_token: crate::Secret,
        ///The login family of the token, `instagram` or `facebook`, where its beginning does not tell.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub login: ::std::option::Option<::std::string::String>,
        ///Which account, where the token may act for several; the refusal without it lists them.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub remote_user_id: ::std::option::Option<::std::string::String>,
    }
    impl NewAccount {
        pub fn builder() -> builder::NewAccount {
            Default::default()
        }
    }
    ///A key to be made.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct NewApiKey {
        ///How many days it opens anything, 1 to 365; 90 when absent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub days: ::std::option::Option<u32>,
        ///What to call it, 1 to 100 characters.
        pub name: ::std::string::String,
        /**`accounts:read`, `accounts:write`, `media:write`, `posts:read`, `posts:write`,
`posts:publish`, `account:export`; absent: all of them but the last.*/
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub scopes: ::std::vec::Vec<::std::string::String>,
    }
    impl NewApiKey {
        pub fn builder() -> builder::NewApiKey {
            Default::default()
        }
    }
    ///An invitation to be made.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct NewInvitation {
        pub role: Role,
    }
    impl NewInvitation {
        pub fn builder() -> builder::NewInvitation {
            Default::default()
        }
    }
    ///A post to be scheduled.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct NewPost {
        ///The accounts it goes out on, at least one unless it is a draft.
        pub account_ids: ::std::vec::Vec<::uuid::Uuid>,
        pub content: Content,
        ///Keep it as a draft.
        #[serde(default)]
        pub draft: bool,
        ///How late it may go out on its own, `1m` to `7d`; absent: the server's, usually `6h`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub max_late: ::std::option::Option<::std::string::String>,
        ///`2026-12-01T09:00:00+03:00`, or local `2026-12-01T09:00`; absent: now.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub publish_at: ::std::option::Option<::std::string::String>,
        ///IANA zone of local times; absent: the workspace's.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timezone: ::std::option::Option<::std::string::String>,
    }
    impl NewPost {
        pub fn builder() -> builder::NewPost {
            Default::default()
        }
    }
    ///A workspace to be made.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct NewWorkspace {
        ///Display name, 1 to 100 characters.
        pub name: ::std::string::String,
        ///IANA zone that local times are read in; UTC when absent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timezone: ::std::option::Option<::std::string::String>,
    }
    impl NewWorkspace {
        pub fn builder() -> builder::NewWorkspace {
            Default::default()
        }
    }
    ///A fact a person must learn.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Notification {
        ///The account it is about.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub account_id: ::std::option::Option<::uuid::Uuid>,
        ///When it was written.
        pub created_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///Its id.
        pub id: ::uuid::Uuid,
        ///What it is about, a stable word such as `published` or `needs_review`.
        pub kind: ::std::string::String,
        ///The file it is about.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub media_id: ::std::option::Option<::uuid::Uuid>,
        ///The fact in the person's language.
        pub message: ::std::string::String,
        ///The post it is about.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub post_id: ::std::option::Option<::uuid::Uuid>,
        ///The publication it is about.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub publication_id: ::std::option::Option<::uuid::Uuid>,
    }
    impl Notification {
        pub fn builder() -> builder::Notification {
            Default::default()
        }
    }
    ///One page of the inbox.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct NotificationList {
        ///Oldest first.
        pub items: ::std::vec::Vec<Notification>,
        ///Send it as `after` for what comes later; absent when nothing came.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    impl NotificationList {
        pub fn builder() -> builder::NotificationList {
            Default::default()
        }
    }
    ///A workspace, and what the person is there.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct OwnWorkspace {
        ///True for the one that the request works in.
        pub current: bool,
        pub role: Role,
        pub workspace: Workspace,
    }
    impl OwnWorkspace {
        pub fn builder() -> builder::OwnWorkspace {
            Default::default()
        }
    }
    ///A post: content, accounts and a time.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Post {
        pub content: Content,
        ///When it was made.
        pub created_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///Warnings about it, where there are any; in the answers of scheduling and changing it alone.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub findings: ::std::vec::Vec<Finding>,
        ///Our id.
        pub id: ::uuid::Uuid,
        ///The wall-clock time that was chosen, in `timezone`, e.g. `2026-12-01T09:00:00`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub local_time: ::std::option::Option<::std::string::String>,
        ///Later than so many seconds after its time nothing goes out on its own.
        pub max_late_seconds: i64,
        ///One per account.
        pub publications: ::std::vec::Vec<Publication>,
        ///The instant it goes out; absent for a draft without a time.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub publish_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        pub status: PostStatus,
        ///IANA zone.
        pub timezone: ::std::string::String,
        ///When it last changed.
        pub updated_at: ::chrono::DateTime<::chrono::offset::Utc>,
    }
    impl Post {
        pub fn builder() -> builder::Post {
            Default::default()
        }
    }
    ///What shall change; absent fields stay.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct PostChange {
        ///Other accounts; drafts only.
        #[serde(default, skip_serializing_if = "::std::vec::Vec::is_empty")]
        pub account_ids: ::std::vec::Vec<::uuid::Uuid>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub content: ::std::option::Option<Content>,
        ///`false` schedules a draft.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub draft: ::std::option::Option<bool>,
        ///Another lateness, `1m` to `7d`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub max_late: ::std::option::Option<::std::string::String>,
        ///Another time, as when scheduling.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub publish_at: ::std::option::Option<::std::string::String>,
        ///Another IANA zone; a local time keeps its wall clock.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timezone: ::std::option::Option<::std::string::String>,
    }
    impl PostChange {
        pub fn builder() -> builder::PostChange {
            Default::default()
        }
    }
    ///What checking a post showed; nothing was written.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PostCheck {
        ///Every broken rule, and every warning.
        pub findings: ::std::vec::Vec<Finding>,
        ///The instant it would go out; absent when the time cannot be read.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub publish_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///True when it could be scheduled as it is.
        pub valid: bool,
    }
    impl PostCheck {
        pub fn builder() -> builder::PostCheck {
            Default::default()
        }
    }
    ///One page of posts.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PostList {
        ///Newest time first.
        pub items: ::std::vec::Vec<Post>,
        ///Send it as `cursor` for the next page; absent at the end.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    impl PostList {
        pub fn builder() -> builder::PostList {
            Default::default()
        }
    }
    ///The state of a post, derived from its publications: the first that applies to any.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum PostStatus {
        #[serde(rename = "needs_review")]
        NeedsReview,
        #[serde(rename = "uncertain")]
        Uncertain,
        #[serde(rename = "failed")]
        Failed,
        #[serde(rename = "missed")]
        Missed,
        #[serde(rename = "waiting_quota")]
        WaitingQuota,
        #[serde(rename = "waiting_account")]
        WaitingAccount,
        #[serde(rename = "publishing")]
        Publishing,
        #[serde(rename = "scheduled")]
        Scheduled,
        #[serde(rename = "draft")]
        Draft,
        #[serde(rename = "published")]
        Published,
        #[serde(rename = "cancelled")]
        Cancelled,
    }
    impl ::std::fmt::Display for PostStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::NeedsReview => f.write_str("needs_review"),
                Self::Uncertain => f.write_str("uncertain"),
                Self::Failed => f.write_str("failed"),
                Self::Missed => f.write_str("missed"),
                Self::WaitingQuota => f.write_str("waiting_quota"),
                Self::WaitingAccount => f.write_str("waiting_account"),
                Self::Publishing => f.write_str("publishing"),
                Self::Scheduled => f.write_str("scheduled"),
                Self::Draft => f.write_str("draft"),
                Self::Published => f.write_str("published"),
                Self::Cancelled => f.write_str("cancelled"),
            }
        }
    }
    impl ::std::str::FromStr for PostStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "needs_review" => Ok(Self::NeedsReview),
                "uncertain" => Ok(Self::Uncertain),
                "failed" => Ok(Self::Failed),
                "missed" => Ok(Self::Missed),
                "waiting_quota" => Ok(Self::WaitingQuota),
                "waiting_account" => Ok(Self::WaitingAccount),
                "publishing" => Ok(Self::Publishing),
                "scheduled" => Ok(Self::Scheduled),
                "draft" => Ok(Self::Draft),
                "published" => Ok(Self::Published),
                "cancelled" => Ok(Self::Cancelled),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for PostStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for PostStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A refusal (RFC 9457).
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Problem {
        ///The stable code programs decide by, e.g. `media.in_use`.
        pub code: ::std::string::String,
        ///What happened this time.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub detail: ::std::option::Option<::std::string::String>,
        ///Every rule that was broken.
        pub findings: ::std::vec::Vec<Finding>,
        ///Names this request in the server's log.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub request_id: ::std::option::Option<::std::string::String>,
        ///The HTTP status.
        pub status: u16,
        ///The kind of problem for a person; the same for every occurrence.
        pub title: ::std::string::String,
        ///The kind of problem as a URI: `urn:contentzavod:problem:` and the code.
        #[serde(rename = "type")]
        pub type_: ::std::string::String,
    }
    impl Problem {
        pub fn builder() -> builder::Problem {
            Default::default()
        }
    }
    ///One post on one account.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Publication {
        ///Its account.
        pub account_id: ::uuid::Uuid,
        ///Tries of preparing it that failed and were repeated.
        pub attempts: u32,
        ///When it is to go out.
        pub due_at: ::chrono::DateTime<::chrono::offset::Utc>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error: ::std::option::Option<PublicationError>,
        ///What to know before acting on it.
        pub findings: ::std::vec::Vec<Finding>,
        ///Our id.
        pub id: ::uuid::Uuid,
        ///Where people see it; may come a little after `published`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub permalink: ::std::option::Option<::std::string::String>,
        ///Its post.
        pub post_id: ::uuid::Uuid,
        ///When it went live.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub published_at: ::std::option::Option<
            ::chrono::DateTime<::chrono::offset::Utc>,
        >,
        ///Instagram's id of the published media.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub remote_id: ::std::option::Option<::std::string::String>,
        ///Publish calls that may have left.
        pub sends: u32,
        pub status: PublicationStatus,
    }
    impl Publication {
        pub fn builder() -> builder::Publication {
            Default::default()
        }
    }
    ///Why a publication stands where it stands.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PublicationError {
        /**What to do, a stable word: `edit`, `reconnect`, `open_app`, `retry`, `resolve`, `operator`
(whoever runs the server must act), `wait` or `none`.*/
        pub action: ::std::string::String,
        ///A stable code, e.g. `media.gone`.
        pub code: ::std::string::String,
        ///What happened and what to do, for a person, in their language.
        pub message: ::std::string::String,
    }
    impl PublicationError {
        pub fn builder() -> builder::PublicationError {
            Default::default()
        }
    }
    ///Where a publication stands.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum PublicationStatus {
        #[serde(rename = "draft")]
        Draft,
        #[serde(rename = "scheduled")]
        Scheduled,
        #[serde(rename = "preparing")]
        Preparing,
        #[serde(rename = "processing")]
        Processing,
        #[serde(rename = "ready")]
        Ready,
        #[serde(rename = "waiting_quota")]
        WaitingQuota,
        #[serde(rename = "waiting_account")]
        WaitingAccount,
        #[serde(rename = "armed")]
        Armed,
        #[serde(rename = "uncertain")]
        Uncertain,
        #[serde(rename = "needs_review")]
        NeedsReview,
        #[serde(rename = "published")]
        Published,
        #[serde(rename = "failed")]
        Failed,
        #[serde(rename = "missed")]
        Missed,
        #[serde(rename = "cancelled")]
        Cancelled,
    }
    impl ::std::fmt::Display for PublicationStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Draft => f.write_str("draft"),
                Self::Scheduled => f.write_str("scheduled"),
                Self::Preparing => f.write_str("preparing"),
                Self::Processing => f.write_str("processing"),
                Self::Ready => f.write_str("ready"),
                Self::WaitingQuota => f.write_str("waiting_quota"),
                Self::WaitingAccount => f.write_str("waiting_account"),
                Self::Armed => f.write_str("armed"),
                Self::Uncertain => f.write_str("uncertain"),
                Self::NeedsReview => f.write_str("needs_review"),
                Self::Published => f.write_str("published"),
                Self::Failed => f.write_str("failed"),
                Self::Missed => f.write_str("missed"),
                Self::Cancelled => f.write_str("cancelled"),
            }
        }
    }
    impl ::std::str::FromStr for PublicationStatus {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "draft" => Ok(Self::Draft),
                "scheduled" => Ok(Self::Scheduled),
                "preparing" => Ok(Self::Preparing),
                "processing" => Ok(Self::Processing),
                "ready" => Ok(Self::Ready),
                "waiting_quota" => Ok(Self::WaitingQuota),
                "waiting_account" => Ok(Self::WaitingAccount),
                "armed" => Ok(Self::Armed),
                "uncertain" => Ok(Self::Uncertain),
                "needs_review" => Ok(Self::NeedsReview),
                "published" => Ok(Self::Published),
                "failed" => Ok(Self::Failed),
                "missed" => Ok(Self::Missed),
                "cancelled" => Ok(Self::Cancelled),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for PublicationStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for PublicationStatus {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///What the platform still lets the account publish, as last read.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Quota {
        ///Publications allowed in the window.
        pub total: u32,
        ///Publications counted in the window.
        pub used: u32,
        ///Length of the moving window in seconds.
        pub window_secs: u32,
    }
    impl Quota {
        pub fn builder() -> builder::Quota {
            Default::default()
        }
    }
    ///What went out, where, when, and under which names Instagram knows it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Receipt {
        ///Its account.
        pub account_id: ::uuid::Uuid,
        ///When it was armed.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub armed_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///When we knew that it is live.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub confirmed_at: ::std::option::Option<
            ::chrono::DateTime<::chrono::offset::Utc>,
        >,
        ///Instagram's container.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub container_id: ::std::option::Option<::std::string::String>,
        ///When it was to go out.
        pub due_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///Where people see it; absent while it is looked for.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub permalink: ::std::option::Option<::std::string::String>,
        ///Its post.
        pub post_id: ::uuid::Uuid,
        ///The publication.
        pub publication_id: ::uuid::Uuid,
        ///When Instagram says that it went live.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub published_at: ::std::option::Option<
            ::chrono::DateTime<::chrono::offset::Utc>,
        >,
        ///Instagram's id of the media; absent while it is looked for.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub remote_id: ::std::option::Option<::std::string::String>,
        ///Every publish call that may have left.
        pub sends: ::std::vec::Vec<Sent>,
        ///When the first publish call was made.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub sent_at: ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
        ///SHA-256 of the published file, lower-case hex.
        pub sha256: ::std::string::String,
        ///The account's name on Instagram.
        pub username: ::std::string::String,
    }
    impl Receipt {
        pub fn builder() -> builder::Receipt {
            Default::default()
        }
    }
    ///What became of a publication that Instagram does not tell about.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(tag = "outcome")]
    pub enum Resolve {
        #[serde(rename = "live")]
        Live {
            ///Where, if you know.
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            permalink: ::std::option::Option<::std::string::String>,
        },
        #[serde(rename = "not_live")]
        NotLive {
            ///The earlier try may still go live; it may then appear twice.
            #[serde(default)]
            accept_duplicate_risk: bool,
            ///When, as when scheduling; absent: now.
            #[serde(skip_serializing_if = "::std::option::Option::is_none")]
            publish_at: ::std::option::Option<::std::string::String>,
        },
        #[serde(rename = "leave")]
        Leave,
    }
    ///Leave it.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    #[serde(transparent)]
    pub struct ResolveLeave(
        pub ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    );
    impl ::std::ops::Deref for ResolveLeave {
        type Target = ::serde_json::Map<::std::string::String, ::serde_json::Value>;
        fn deref(
            &self,
        ) -> &::serde_json::Map<::std::string::String, ::serde_json::Value> {
            &self.0
        }
    }
    impl ::std::convert::From<ResolveLeave>
    for ::serde_json::Map<::std::string::String, ::serde_json::Value> {
        fn from(value: ResolveLeave) -> Self {
            value.0
        }
    }
    impl ::std::convert::From<
        ::serde_json::Map<::std::string::String, ::serde_json::Value>,
    > for ResolveLeave {
        fn from(
            value: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        ) -> Self {
            Self(value)
        }
    }
    ///It is live.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct ResolveLive {
        ///Where, if you know.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub permalink: ::std::option::Option<::std::string::String>,
    }
    impl ResolveLive {
        pub fn builder() -> builder::ResolveLive {
            Default::default()
        }
    }
    ///It is not live: publish it again.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct ResolveNotLive {
        ///The earlier try may still go live; it may then appear twice.
        #[serde(default)]
        pub accept_duplicate_risk: bool,
        ///When, as when scheduling; absent: now.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub publish_at: ::std::option::Option<::std::string::String>,
    }
    impl ResolveNotLive {
        pub fn builder() -> builder::ResolveNotLive {
            Default::default()
        }
    }
    ///How a failed or missed publication shall go out after all.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct Retry {
        ///Another video, e.g. because the old one is gone.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub media_id: ::std::option::Option<::uuid::Uuid>,
        ///When, as when scheduling; absent: now.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub publish_at: ::std::option::Option<::std::string::String>,
    }
    impl Retry {
        pub fn builder() -> builder::Retry {
            Default::default()
        }
    }
    ///What somebody may do in a workspace.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Role {
        #[serde(rename = "viewer")]
        Viewer,
        #[serde(rename = "editor")]
        Editor,
        #[serde(rename = "owner")]
        Owner,
    }
    impl ::std::fmt::Display for Role {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Viewer => f.write_str("viewer"),
                Self::Editor => f.write_str("editor"),
                Self::Owner => f.write_str("owner"),
            }
        }
    }
    impl ::std::str::FromStr for Role {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "viewer" => Ok(Self::Viewer),
                "editor" => Ok(Self::Editor),
                "owner" => Ok(Self::Owner),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Role {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Role {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A publish call that may have left.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Sent {
        ///When the call was made.
        pub at: ::chrono::DateTime<::chrono::offset::Utc>,
        pub outcome: SentOutcome,
        ///Instagram's trace id, for its support.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub trace: ::std::option::Option<::std::string::String>,
    }
    impl Sent {
        pub fn builder() -> builder::Sent {
            Default::default()
        }
    }
    ///What a publish call came to.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum SentOutcome {
        #[serde(rename = "live")]
        Live,
        #[serde(rename = "accepted")]
        Accepted,
        #[serde(rename = "refused")]
        Refused,
        #[serde(rename = "unknown")]
        Unknown,
    }
    impl ::std::fmt::Display for SentOutcome {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Live => f.write_str("live"),
                Self::Accepted => f.write_str("accepted"),
                Self::Refused => f.write_str("refused"),
                Self::Unknown => f.write_str("unknown"),
            }
        }
    }
    impl ::std::str::FromStr for SentOutcome {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "live" => Ok(Self::Live),
                "accepted" => Ok(Self::Accepted),
                "refused" => Ok(Self::Refused),
                "unknown" => Ok(Self::Unknown),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for SentOutcome {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SentOutcome {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A browser that somebody is signed in with.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Session {
        ///When it began.
        pub created_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///True for the one that asks.
        pub current: bool,
        ///When it ends, whatever happens.
        pub ends_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///Its id.
        pub id: ::uuid::Uuid,
        ///How they came in: `telegram`, `google`, `yandex`, or `link`.
        pub provider: ::std::string::String,
        ///When it was last used, to a few minutes; it ends seven days after.
        pub seen_at: ::chrono::DateTime<::chrono::offset::Utc>,
        ///The workspace it works in.
        pub workspace_id: ::uuid::Uuid,
    }
    impl Session {
        pub fn builder() -> builder::Session {
            Default::default()
        }
    }
    ///Every session of the person.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct SessionList {
        ///Oldest first.
        pub items: ::std::vec::Vec<Session>,
        ///Absent: there is no other page.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    impl SessionList {
        pub fn builder() -> builder::SessionList {
            Default::default()
        }
    }
    ///How bad a finding is.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Severity {
        #[serde(rename = "error")]
        Error,
        #[serde(rename = "warning")]
        Warning,
    }
    impl ::std::fmt::Display for Severity {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Error => f.write_str("error"),
                Self::Warning => f.write_str("warning"),
            }
        }
    }
    impl ::std::str::FromStr for Severity {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "error" => Ok(Self::Error),
                "warning" => Ok(Self::Warning),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Severity {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Severity {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///What becomes of a picture that is not 9:16.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Shape {
        #[serde(rename = "keep")]
        Keep,
        #[serde(rename = "pad")]
        Pad,
        #[serde(rename = "crop")]
        Crop,
    }
    impl ::std::fmt::Display for Shape {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Keep => f.write_str("keep"),
                Self::Pad => f.write_str("pad"),
                Self::Crop => f.write_str("crop"),
            }
        }
    }
    impl ::std::str::FromStr for Shape {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "keep" => Ok(Self::Keep),
                "pad" => Ok(Self::Pad),
                "crop" => Ok(Self::Crop),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Shape {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Shape {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A name under which posts stay on a platform.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct StaysLive {
        ///The platform, e.g. `instagram`.
        pub platform: ::std::string::String,
        ///How many posts of ours are live there.
        pub posts: u64,
        ///The handle people know the account by.
        pub username: ::std::string::String,
    }
    impl StaysLive {
        pub fn builder() -> builder::StaysLive {
            Default::default()
        }
    }
    ///How a trial reel reaches followers.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum Trial {
        #[serde(rename = "manual")]
        Manual,
        #[serde(rename = "performance")]
        Performance,
    }
    impl ::std::fmt::Display for Trial {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Manual => f.write_str("manual"),
                Self::Performance => f.write_str("performance"),
            }
        }
    }
    impl ::std::str::FromStr for Trial {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "manual" => Ok(Self::Manual),
                "performance" => Ok(Self::Performance),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for Trial {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for Trial {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///Where the person works.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Workspace {
        ///Its id.
        pub id: ::uuid::Uuid,
        ///Display name.
        pub name: ::std::string::String,
        ///IANA zone that local times are read in.
        pub timezone: ::std::string::String,
    }
    impl Workspace {
        pub fn builder() -> builder::Workspace {
            Default::default()
        }
    }
    ///What shall change about the workspace; absent fields stay.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct WorkspaceChange {
        ///Display name, 1 to 100 characters.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///IANA zone, e.g. `Europe/Moscow`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub timezone: ::std::option::Option<::std::string::String>,
    }
    impl WorkspaceChange {
        pub fn builder() -> builder::WorkspaceChange {
            Default::default()
        }
    }
    ///Every workspace of the person.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct WorkspaceList {
        ///Oldest first.
        pub items: ::std::vec::Vec<OwnWorkspace>,
        ///Absent: there is no other page.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next_cursor: ::std::option::Option<::std::string::String>,
    }
    impl WorkspaceList {
        pub fn builder() -> builder::WorkspaceList {
            Default::default()
        }
    }
    /// Types for composing complex structures.
    pub mod builder {
        #[derive(Clone, Debug)]
        pub struct Account {
            id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            login: ::std::result::Result<::std::string::String, ::std::string::String>,
            platform: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            quota: ::std::result::Result<
                ::std::option::Option<super::Quota>,
                ::std::string::String,
            >,
            remote_user_id: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            status: ::std::result::Result<super::AccountStatus, ::std::string::String>,
            token_expires_at: ::std::result::Result<
                ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                ::std::string::String,
            >,
            username: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Account {
            fn default() -> Self {
                Self {
                    id: Err("no value supplied for id".to_string()),
                    login: Err("no value supplied for login".to_string()),
                    platform: Err("no value supplied for platform".to_string()),
                    quota: Ok(Default::default()),
                    remote_user_id: Err(
                        "no value supplied for remote_user_id".to_string(),
                    ),
                    status: Err("no value supplied for status".to_string()),
                    token_expires_at: Ok(Default::default()),
                    username: Err("no value supplied for username".to_string()),
                }
            }
        }
        impl Account {
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn login<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.login = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for login: {e}")
                    });
                self
            }
            pub fn platform<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.platform = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for platform: {e}")
                    });
                self
            }
            pub fn quota<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Quota>>,
                T::Error: ::std::fmt::Display,
            {
                self.quota = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for quota: {e}")
                    });
                self
            }
            pub fn remote_user_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.remote_user_id = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for remote_user_id: {e}"
                        )
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::AccountStatus>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
            pub fn token_expires_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.token_expires_at = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for token_expires_at: {e}"
                        )
                    });
                self
            }
            pub fn username<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.username = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for username: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Account> for super::Account {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Account,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    id: value.id?,
                    login: value.login?,
                    platform: value.platform?,
                    quota: value.quota?,
                    remote_user_id: value.remote_user_id?,
                    status: value.status?,
                    token_expires_at: value.token_expires_at?,
                    username: value.username?,
                })
            }
        }
        impl ::std::convert::From<super::Account> for Account {
            fn from(value: super::Account) -> Self {
                Self {
                    id: Ok(value.id),
                    login: Ok(value.login),
                    platform: Ok(value.platform),
                    quota: Ok(value.quota),
                    remote_user_id: Ok(value.remote_user_id),
                    status: Ok(value.status),
                    token_expires_at: Ok(value.token_expires_at),
                    username: Ok(value.username),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct AccountList {
            items: ::std::result::Result<
                ::std::vec::Vec<super::Account>,
                ::std::string::String,
            >,
            next_cursor: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for AccountList {
            fn default() -> Self {
                Self {
                    items: Err("no value supplied for items".to_string()),
                    next_cursor: Ok(Default::default()),
                }
            }
        }
        impl AccountList {
            pub fn items<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Account>>,
                T::Error: ::std::fmt::Display,
            {
                self.items = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for items: {e}")
                    });
                self
            }
            pub fn next_cursor<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.next_cursor = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for next_cursor: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<AccountList> for super::AccountList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: AccountList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    items: value.items?,
                    next_cursor: value.next_cursor?,
                })
            }
        }
        impl ::std::convert::From<super::AccountList> for AccountList {
            fn from(value: super::AccountList) -> Self {
                Self {
                    items: Ok(value.items),
                    next_cursor: Ok(value.next_cursor),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ApiKey {
            created_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            expires_at: ::std::result::Result<
                ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            last_four: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            last_used_at: ::std::result::Result<
                ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            prefix: ::std::result::Result<::std::string::String, ::std::string::String>,
            scopes: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ApiKey {
            fn default() -> Self {
                Self {
                    created_at: Err("no value supplied for created_at".to_string()),
                    expires_at: Ok(Default::default()),
                    id: Err("no value supplied for id".to_string()),
                    last_four: Err("no value supplied for last_four".to_string()),
                    last_used_at: Ok(Default::default()),
                    name: Err("no value supplied for name".to_string()),
                    prefix: Err("no value supplied for prefix".to_string()),
                    scopes: Ok(Default::default()),
                }
            }
        }
        impl ApiKey {
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn expires_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.expires_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for expires_at: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn last_four<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.last_four = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for last_four: {e}")
                    });
                self
            }
            pub fn last_used_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.last_used_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for last_used_at: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn prefix<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.prefix = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for prefix: {e}")
                    });
                self
            }
            pub fn scopes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.scopes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for scopes: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ApiKey> for super::ApiKey {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ApiKey,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    created_at: value.created_at?,
                    expires_at: value.expires_at?,
                    id: value.id?,
                    last_four: value.last_four?,
                    last_used_at: value.last_used_at?,
                    name: value.name?,
                    prefix: value.prefix?,
                    scopes: value.scopes?,
                })
            }
        }
        impl ::std::convert::From<super::ApiKey> for ApiKey {
            fn from(value: super::ApiKey) -> Self {
                Self {
                    created_at: Ok(value.created_at),
                    expires_at: Ok(value.expires_at),
                    id: Ok(value.id),
                    last_four: Ok(value.last_four),
                    last_used_at: Ok(value.last_used_at),
                    name: Ok(value.name),
                    prefix: Ok(value.prefix),
                    scopes: Ok(value.scopes),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ApiKeyList {
            items: ::std::result::Result<
                ::std::vec::Vec<super::ApiKey>,
                ::std::string::String,
            >,
            next_cursor: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ApiKeyList {
            fn default() -> Self {
                Self {
                    items: Err("no value supplied for items".to_string()),
                    next_cursor: Ok(Default::default()),
                }
            }
        }
        impl ApiKeyList {
            pub fn items<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::ApiKey>>,
                T::Error: ::std::fmt::Display,
            {
                self.items = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for items: {e}")
                    });
                self
            }
            pub fn next_cursor<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.next_cursor = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for next_cursor: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ApiKeyList> for super::ApiKeyList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ApiKeyList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    items: value.items?,
                    next_cursor: value.next_cursor?,
                })
            }
        }
        impl ::std::convert::From<super::ApiKeyList> for ApiKeyList {
            fn from(value: super::ApiKeyList) -> Self {
                Self {
                    items: Ok(value.items),
                    next_cursor: Ok(value.next_cursor),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ConnectAccount {
            login: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            return_to: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ConnectAccount {
            fn default() -> Self {
                Self {
                    login: Ok(Default::default()),
                    return_to: Ok(Default::default()),
                }
            }
        }
        impl ConnectAccount {
            pub fn login<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.login = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for login: {e}")
                    });
                self
            }
            pub fn return_to<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.return_to = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for return_to: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ConnectAccount> for super::ConnectAccount {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ConnectAccount,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    login: value.login?,
                    return_to: value.return_to?,
                })
            }
        }
        impl ::std::convert::From<super::ConnectAccount> for ConnectAccount {
            fn from(value: super::ConnectAccount) -> Self {
                Self {
                    login: Ok(value.login),
                    return_to: Ok(value.return_to),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ConnectStarted {
            authorize_url: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ConnectStarted {
            fn default() -> Self {
                Self {
                    authorize_url: Err("no value supplied for authorize_url".to_string()),
                }
            }
        }
        impl ConnectStarted {
            pub fn authorize_url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.authorize_url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for authorize_url: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ConnectStarted> for super::ConnectStarted {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ConnectStarted,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    authorize_url: value.authorize_url?,
                })
            }
        }
        impl ::std::convert::From<super::ConnectStarted> for ConnectStarted {
            fn from(value: super::ConnectStarted) -> Self {
                Self {
                    authorize_url: Ok(value.authorize_url),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Farewell {
            confirmation_code: ::std::result::Result<
                crate::Secret,
                ::std::string::String,
            >,
            files: ::std::result::Result<u64, ::std::string::String>,
            may_go_live: ::std::result::Result<u64, ::std::string::String>,
            status_url: ::std::result::Result<crate::Secret, ::std::string::String>,
            stays_live: ::std::result::Result<
                ::std::vec::Vec<super::StaysLive>,
                ::std::string::String,
            >,
            workspaces: ::std::result::Result<u64, ::std::string::String>,
        }
        impl ::std::default::Default for Farewell {
            fn default() -> Self {
                Self {
                    confirmation_code: Err(
                        "no value supplied for confirmation_code".to_string(),
                    ),
                    files: Err("no value supplied for files".to_string()),
                    may_go_live: Err("no value supplied for may_go_live".to_string()),
                    status_url: Err("no value supplied for status_url".to_string()),
                    stays_live: Err("no value supplied for stays_live".to_string()),
                    workspaces: Err("no value supplied for workspaces".to_string()),
                }
            }
        }
        impl Farewell {
            pub fn confirmation_code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<crate::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.confirmation_code = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for confirmation_code: {e}"
                        )
                    });
                self
            }
            pub fn files<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.files = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for files: {e}")
                    });
                self
            }
            pub fn may_go_live<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.may_go_live = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for may_go_live: {e}")
                    });
                self
            }
            pub fn status_url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<crate::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.status_url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status_url: {e}")
                    });
                self
            }
            pub fn stays_live<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::StaysLive>>,
                T::Error: ::std::fmt::Display,
            {
                self.stays_live = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for stays_live: {e}")
                    });
                self
            }
            pub fn workspaces<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.workspaces = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for workspaces: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Farewell> for super::Farewell {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Farewell,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    confirmation_code: value.confirmation_code?,
                    files: value.files?,
                    may_go_live: value.may_go_live?,
                    status_url: value.status_url?,
                    stays_live: value.stays_live?,
                    workspaces: value.workspaces?,
                })
            }
        }
        impl ::std::convert::From<super::Farewell> for Farewell {
            fn from(value: super::Farewell) -> Self {
                Self {
                    confirmation_code: Ok(value.confirmation_code),
                    files: Ok(value.files),
                    may_go_live: Ok(value.may_go_live),
                    status_url: Ok(value.status_url),
                    stays_live: Ok(value.stays_live),
                    workspaces: Ok(value.workspaces),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Finding {
            actual: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            doc: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            field: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            fix: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            limit: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            message: ::std::result::Result<::std::string::String, ::std::string::String>,
            rule: ::std::result::Result<::std::string::String, ::std::string::String>,
            severity: ::std::result::Result<super::Severity, ::std::string::String>,
        }
        impl ::std::default::Default for Finding {
            fn default() -> Self {
                Self {
                    actual: Ok(Default::default()),
                    doc: Ok(Default::default()),
                    field: Ok(Default::default()),
                    fix: Ok(Default::default()),
                    limit: Ok(Default::default()),
                    message: Err("no value supplied for message".to_string()),
                    rule: Err("no value supplied for rule".to_string()),
                    severity: Err("no value supplied for severity".to_string()),
                }
            }
        }
        impl Finding {
            pub fn actual<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.actual = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for actual: {e}")
                    });
                self
            }
            pub fn doc<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.doc = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for doc: {e}")
                    });
                self
            }
            pub fn field<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.field = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for field: {e}")
                    });
                self
            }
            pub fn fix<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.fix = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for fix: {e}")
                    });
                self
            }
            pub fn limit<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.limit = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for limit: {e}")
                    });
                self
            }
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for message: {e}")
                    });
                self
            }
            pub fn rule<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.rule = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for rule: {e}")
                    });
                self
            }
            pub fn severity<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Severity>,
                T::Error: ::std::fmt::Display,
            {
                self.severity = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for severity: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Finding> for super::Finding {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Finding,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    actual: value.actual?,
                    doc: value.doc?,
                    field: value.field?,
                    fix: value.fix?,
                    limit: value.limit?,
                    message: value.message?,
                    rule: value.rule?,
                    severity: value.severity?,
                })
            }
        }
        impl ::std::convert::From<super::Finding> for Finding {
            fn from(value: super::Finding) -> Self {
                Self {
                    actual: Ok(value.actual),
                    doc: Ok(value.doc),
                    field: Ok(value.field),
                    fix: Ok(value.fix),
                    limit: Ok(value.limit),
                    message: Ok(value.message),
                    rule: Ok(value.rule),
                    severity: Ok(value.severity),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Health {
            status: ::std::result::Result<::std::string::String, ::std::string::String>,
            time: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            version: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Health {
            fn default() -> Self {
                Self {
                    status: Err("no value supplied for status".to_string()),
                    time: Err("no value supplied for time".to_string()),
                    version: Err("no value supplied for version".to_string()),
                }
            }
        }
        impl Health {
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
            pub fn time<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.time = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for time: {e}")
                    });
                self
            }
            pub fn version<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.version = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for version: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Health> for super::Health {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Health,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    status: value.status?,
                    time: value.time?,
                    version: value.version?,
                })
            }
        }
        impl ::std::convert::From<super::Health> for Health {
            fn from(value: super::Health) -> Self {
                Self {
                    status: Ok(value.status),
                    time: Ok(value.time),
                    version: Ok(value.version),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Identity {
            created_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            provider: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            subject: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Identity {
            fn default() -> Self {
                Self {
                    created_at: Err("no value supplied for created_at".to_string()),
                    provider: Err("no value supplied for provider".to_string()),
                    subject: Err("no value supplied for subject".to_string()),
                }
            }
        }
        impl Identity {
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn provider<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.provider = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for provider: {e}")
                    });
                self
            }
            pub fn subject<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.subject = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for subject: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Identity> for super::Identity {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Identity,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    created_at: value.created_at?,
                    provider: value.provider?,
                    subject: value.subject?,
                })
            }
        }
        impl ::std::convert::From<super::Identity> for Identity {
            fn from(value: super::Identity) -> Self {
                Self {
                    created_at: Ok(value.created_at),
                    provider: Ok(value.provider),
                    subject: Ok(value.subject),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct InstagramReel {
            ai_generated: ::std::result::Result<bool, ::std::string::String>,
            audio_name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            caption: ::std::result::Result<::std::string::String, ::std::string::String>,
            collaborators: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
            cover_media_id: ::std::result::Result<
                ::std::option::Option<::uuid::Uuid>,
                ::std::string::String,
            >,
            location_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            media_id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            share_to_feed: ::std::result::Result<bool, ::std::string::String>,
            thumb_offset_ms: ::std::result::Result<
                ::std::option::Option<u64>,
                ::std::string::String,
            >,
            trial: ::std::result::Result<
                ::std::option::Option<super::Trial>,
                ::std::string::String,
            >,
            user_tags: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for InstagramReel {
            fn default() -> Self {
                Self {
                    ai_generated: Ok(Default::default()),
                    audio_name: Ok(Default::default()),
                    caption: Ok(Default::default()),
                    collaborators: Ok(Default::default()),
                    cover_media_id: Ok(Default::default()),
                    location_id: Ok(Default::default()),
                    media_id: Err("no value supplied for media_id".to_string()),
                    share_to_feed: Ok(super::defaults::default_bool::<true>()),
                    thumb_offset_ms: Ok(Default::default()),
                    trial: Ok(Default::default()),
                    user_tags: Ok(Default::default()),
                }
            }
        }
        impl InstagramReel {
            pub fn ai_generated<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.ai_generated = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for ai_generated: {e}")
                    });
                self
            }
            pub fn audio_name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.audio_name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for audio_name: {e}")
                    });
                self
            }
            pub fn caption<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.caption = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for caption: {e}")
                    });
                self
            }
            pub fn collaborators<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.collaborators = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for collaborators: {e}")
                    });
                self
            }
            pub fn cover_media_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::uuid::Uuid>>,
                T::Error: ::std::fmt::Display,
            {
                self.cover_media_id = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for cover_media_id: {e}"
                        )
                    });
                self
            }
            pub fn location_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.location_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for location_id: {e}")
                    });
                self
            }
            pub fn media_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.media_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for media_id: {e}")
                    });
                self
            }
            pub fn share_to_feed<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.share_to_feed = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for share_to_feed: {e}")
                    });
                self
            }
            pub fn thumb_offset_ms<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u64>>,
                T::Error: ::std::fmt::Display,
            {
                self.thumb_offset_ms = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for thumb_offset_ms: {e}"
                        )
                    });
                self
            }
            pub fn trial<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Trial>>,
                T::Error: ::std::fmt::Display,
            {
                self.trial = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for trial: {e}")
                    });
                self
            }
            pub fn user_tags<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.user_tags = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for user_tags: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<InstagramReel> for super::InstagramReel {
            type Error = super::error::ConversionError;
            fn try_from(
                value: InstagramReel,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    ai_generated: value.ai_generated?,
                    audio_name: value.audio_name?,
                    caption: value.caption?,
                    collaborators: value.collaborators?,
                    cover_media_id: value.cover_media_id?,
                    location_id: value.location_id?,
                    media_id: value.media_id?,
                    share_to_feed: value.share_to_feed?,
                    thumb_offset_ms: value.thumb_offset_ms?,
                    trial: value.trial?,
                    user_tags: value.user_tags?,
                })
            }
        }
        impl ::std::convert::From<super::InstagramReel> for InstagramReel {
            fn from(value: super::InstagramReel) -> Self {
                Self {
                    ai_generated: Ok(value.ai_generated),
                    audio_name: Ok(value.audio_name),
                    caption: Ok(value.caption),
                    collaborators: Ok(value.collaborators),
                    cover_media_id: Ok(value.cover_media_id),
                    location_id: Ok(value.location_id),
                    media_id: Ok(value.media_id),
                    share_to_feed: Ok(value.share_to_feed),
                    thumb_offset_ms: Ok(value.thumb_offset_ms),
                    trial: Ok(value.trial),
                    user_tags: Ok(value.user_tags),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Invitation {
            created_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            ends_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            role: ::std::result::Result<super::Role, ::std::string::String>,
        }
        impl ::std::default::Default for Invitation {
            fn default() -> Self {
                Self {
                    created_at: Err("no value supplied for created_at".to_string()),
                    ends_at: Err("no value supplied for ends_at".to_string()),
                    id: Err("no value supplied for id".to_string()),
                    role: Err("no value supplied for role".to_string()),
                }
            }
        }
        impl Invitation {
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn ends_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.ends_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for ends_at: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn role<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Role>,
                T::Error: ::std::fmt::Display,
            {
                self.role = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for role: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Invitation> for super::Invitation {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Invitation,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    created_at: value.created_at?,
                    ends_at: value.ends_at?,
                    id: value.id?,
                    role: value.role?,
                })
            }
        }
        impl ::std::convert::From<super::Invitation> for Invitation {
            fn from(value: super::Invitation) -> Self {
                Self {
                    created_at: Ok(value.created_at),
                    ends_at: Ok(value.ends_at),
                    id: Ok(value.id),
                    role: Ok(value.role),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct InvitationList {
            items: ::std::result::Result<
                ::std::vec::Vec<super::Invitation>,
                ::std::string::String,
            >,
            next_cursor: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for InvitationList {
            fn default() -> Self {
                Self {
                    items: Err("no value supplied for items".to_string()),
                    next_cursor: Ok(Default::default()),
                }
            }
        }
        impl InvitationList {
            pub fn items<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Invitation>>,
                T::Error: ::std::fmt::Display,
            {
                self.items = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for items: {e}")
                    });
                self
            }
            pub fn next_cursor<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.next_cursor = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for next_cursor: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<InvitationList> for super::InvitationList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: InvitationList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    items: value.items?,
                    next_cursor: value.next_cursor?,
                })
            }
        }
        impl ::std::convert::From<super::InvitationList> for InvitationList {
            fn from(value: super::InvitationList) -> Self {
                Self {
                    items: Ok(value.items),
                    next_cursor: Ok(value.next_cursor),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct KeyRotation {
            grace_hours: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for KeyRotation {
            fn default() -> Self {
                Self {
                    grace_hours: Ok(Default::default()),
                }
            }
        }
        impl KeyRotation {
            pub fn grace_hours<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.grace_hours = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for grace_hours: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<KeyRotation> for super::KeyRotation {
            type Error = super::error::ConversionError;
            fn try_from(
                value: KeyRotation,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    grace_hours: value.grace_hours?,
                })
            }
        }
        impl ::std::convert::From<super::KeyRotation> for KeyRotation {
            fn from(value: super::KeyRotation) -> Self {
                Self {
                    grace_hours: Ok(value.grace_hours),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct MadeApiKey {
            api_key: ::std::result::Result<super::ApiKey, ::std::string::String>,
            secret: ::std::result::Result<crate::Secret, ::std::string::String>,
        }
        impl ::std::default::Default for MadeApiKey {
            fn default() -> Self {
                Self {
                    api_key: Err("no value supplied for api_key".to_string()),
                    secret: Err("no value supplied for secret".to_string()),
                }
            }
        }
        impl MadeApiKey {
            pub fn api_key<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::ApiKey>,
                T::Error: ::std::fmt::Display,
            {
                self.api_key = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for api_key: {e}")
                    });
                self
            }
            pub fn secret<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<crate::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.secret = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for secret: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<MadeApiKey> for super::MadeApiKey {
            type Error = super::error::ConversionError;
            fn try_from(
                value: MadeApiKey,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    api_key: value.api_key?,
                    secret: value.secret?,
                })
            }
        }
        impl ::std::convert::From<super::MadeApiKey> for MadeApiKey {
            fn from(value: super::MadeApiKey) -> Self {
                Self {
                    api_key: Ok(value.api_key),
                    secret: Ok(value.secret),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct MadeInvitation {
            invitation: ::std::result::Result<super::Invitation, ::std::string::String>,
            url: ::std::result::Result<crate::Secret, ::std::string::String>,
        }
        impl ::std::default::Default for MadeInvitation {
            fn default() -> Self {
                Self {
                    invitation: Err("no value supplied for invitation".to_string()),
                    url: Err("no value supplied for url".to_string()),
                }
            }
        }
        impl MadeInvitation {
            pub fn invitation<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Invitation>,
                T::Error: ::std::fmt::Display,
            {
                self.invitation = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for invitation: {e}")
                    });
                self
            }
            pub fn url<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<crate::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.url = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for url: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<MadeInvitation> for super::MadeInvitation {
            type Error = super::error::ConversionError;
            fn try_from(
                value: MadeInvitation,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    invitation: value.invitation?,
                    url: value.url?,
                })
            }
        }
        impl ::std::convert::From<super::MadeInvitation> for MadeInvitation {
            fn from(value: super::MadeInvitation) -> Self {
                Self {
                    invitation: Ok(value.invitation),
                    url: Ok(value.url),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Me {
            id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            identities: ::std::result::Result<
                ::std::vec::Vec<super::Identity>,
                ::std::string::String,
            >,
            locale: ::std::result::Result<::std::string::String, ::std::string::String>,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            role: ::std::result::Result<super::Role, ::std::string::String>,
            workspace: ::std::result::Result<super::Workspace, ::std::string::String>,
        }
        impl ::std::default::Default for Me {
            fn default() -> Self {
                Self {
                    id: Err("no value supplied for id".to_string()),
                    identities: Err("no value supplied for identities".to_string()),
                    locale: Err("no value supplied for locale".to_string()),
                    name: Err("no value supplied for name".to_string()),
                    role: Err("no value supplied for role".to_string()),
                    workspace: Err("no value supplied for workspace".to_string()),
                }
            }
        }
        impl Me {
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn identities<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Identity>>,
                T::Error: ::std::fmt::Display,
            {
                self.identities = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for identities: {e}")
                    });
                self
            }
            pub fn locale<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.locale = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for locale: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn role<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Role>,
                T::Error: ::std::fmt::Display,
            {
                self.role = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for role: {e}")
                    });
                self
            }
            pub fn workspace<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Workspace>,
                T::Error: ::std::fmt::Display,
            {
                self.workspace = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for workspace: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Me> for super::Me {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Me,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    id: value.id?,
                    identities: value.identities?,
                    locale: value.locale?,
                    name: value.name?,
                    role: value.role?,
                    workspace: value.workspace?,
                })
            }
        }
        impl ::std::convert::From<super::Me> for Me {
            fn from(value: super::Me) -> Self {
                Self {
                    id: Ok(value.id),
                    identities: Ok(value.identities),
                    locale: Ok(value.locale),
                    name: Ok(value.name),
                    role: Ok(value.role),
                    workspace: Ok(value.workspace),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct MeChange {
            locale: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            workspace: ::std::result::Result<
                ::std::option::Option<super::WorkspaceChange>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for MeChange {
            fn default() -> Self {
                Self {
                    locale: Ok(Default::default()),
                    name: Ok(Default::default()),
                    workspace: Ok(Default::default()),
                }
            }
        }
        impl MeChange {
            pub fn locale<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.locale = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for locale: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn workspace<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::WorkspaceChange>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.workspace = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for workspace: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<MeChange> for super::MeChange {
            type Error = super::error::ConversionError;
            fn try_from(
                value: MeChange,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    locale: value.locale?,
                    name: value.name?,
                    workspace: value.workspace?,
                })
            }
        }
        impl ::std::convert::From<super::MeChange> for MeChange {
            fn from(value: super::MeChange) -> Self {
                Self {
                    locale: Ok(value.locale),
                    name: Ok(value.name),
                    workspace: Ok(value.workspace),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Media {
            bytes: ::std::result::Result<u64, ::std::string::String>,
            created_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            duration_ms: ::std::result::Result<
                ::std::option::Option<u64>,
                ::std::string::String,
            >,
            expires_at: ::std::result::Result<
                ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                ::std::string::String,
            >,
            filename: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            findings: ::std::result::Result<
                ::std::vec::Vec<super::Finding>,
                ::std::string::String,
            >,
            height: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            kind: ::std::result::Result<super::MediaKind, ::std::string::String>,
            original_sha256: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            sha256: ::std::result::Result<::std::string::String, ::std::string::String>,
            status: ::std::result::Result<super::MediaStatus, ::std::string::String>,
            width: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Media {
            fn default() -> Self {
                Self {
                    bytes: Err("no value supplied for bytes".to_string()),
                    created_at: Err("no value supplied for created_at".to_string()),
                    duration_ms: Ok(Default::default()),
                    expires_at: Ok(Default::default()),
                    filename: Ok(Default::default()),
                    findings: Err("no value supplied for findings".to_string()),
                    height: Ok(Default::default()),
                    id: Err("no value supplied for id".to_string()),
                    kind: Err("no value supplied for kind".to_string()),
                    original_sha256: Ok(Default::default()),
                    sha256: Err("no value supplied for sha256".to_string()),
                    status: Err("no value supplied for status".to_string()),
                    width: Ok(Default::default()),
                }
            }
        }
        impl Media {
            pub fn bytes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.bytes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for bytes: {e}")
                    });
                self
            }
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn duration_ms<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u64>>,
                T::Error: ::std::fmt::Display,
            {
                self.duration_ms = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for duration_ms: {e}")
                    });
                self
            }
            pub fn expires_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.expires_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for expires_at: {e}")
                    });
                self
            }
            pub fn filename<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.filename = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for filename: {e}")
                    });
                self
            }
            pub fn findings<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Finding>>,
                T::Error: ::std::fmt::Display,
            {
                self.findings = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for findings: {e}")
                    });
                self
            }
            pub fn height<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.height = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for height: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn kind<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::MediaKind>,
                T::Error: ::std::fmt::Display,
            {
                self.kind = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for kind: {e}")
                    });
                self
            }
            pub fn original_sha256<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.original_sha256 = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for original_sha256: {e}"
                        )
                    });
                self
            }
            pub fn sha256<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.sha256 = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for sha256: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::MediaStatus>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
            pub fn width<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.width = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for width: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Media> for super::Media {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Media,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    bytes: value.bytes?,
                    created_at: value.created_at?,
                    duration_ms: value.duration_ms?,
                    expires_at: value.expires_at?,
                    filename: value.filename?,
                    findings: value.findings?,
                    height: value.height?,
                    id: value.id?,
                    kind: value.kind?,
                    original_sha256: value.original_sha256?,
                    sha256: value.sha256?,
                    status: value.status?,
                    width: value.width?,
                })
            }
        }
        impl ::std::convert::From<super::Media> for Media {
            fn from(value: super::Media) -> Self {
                Self {
                    bytes: Ok(value.bytes),
                    created_at: Ok(value.created_at),
                    duration_ms: Ok(value.duration_ms),
                    expires_at: Ok(value.expires_at),
                    filename: Ok(value.filename),
                    findings: Ok(value.findings),
                    height: Ok(value.height),
                    id: Ok(value.id),
                    kind: Ok(value.kind),
                    original_sha256: Ok(value.original_sha256),
                    sha256: Ok(value.sha256),
                    status: Ok(value.status),
                    width: Ok(value.width),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct MediaChange {
            from: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            rule: ::std::result::Result<::std::string::String, ::std::string::String>,
            to: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for MediaChange {
            fn default() -> Self {
                Self {
                    from: Ok(Default::default()),
                    rule: Err("no value supplied for rule".to_string()),
                    to: Err("no value supplied for to".to_string()),
                }
            }
        }
        impl MediaChange {
            pub fn from<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.from = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for from: {e}")
                    });
                self
            }
            pub fn rule<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.rule = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for rule: {e}")
                    });
                self
            }
            pub fn to<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.to = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for to: {e}"));
                self
            }
        }
        impl ::std::convert::TryFrom<MediaChange> for super::MediaChange {
            type Error = super::error::ConversionError;
            fn try_from(
                value: MediaChange,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    from: value.from?,
                    rule: value.rule?,
                    to: value.to?,
                })
            }
        }
        impl ::std::convert::From<super::MediaChange> for MediaChange {
            fn from(value: super::MediaChange) -> Self {
                Self {
                    from: Ok(value.from),
                    rule: Ok(value.rule),
                    to: Ok(value.to),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct MediaFix {
            changes: ::std::result::Result<
                ::std::vec::Vec<super::MediaChange>,
                ::std::string::String,
            >,
            command: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            created_at: ::std::result::Result<
                ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                ::std::string::String,
            >,
            ended_at: ::std::result::Result<
                ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                ::std::string::String,
            >,
            findings: ::std::result::Result<
                ::std::vec::Vec<super::Finding>,
                ::std::string::String,
            >,
            media_id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            progress: ::std::result::Result<u8, ::std::string::String>,
            result_media_id: ::std::result::Result<
                ::std::option::Option<::uuid::Uuid>,
                ::std::string::String,
            >,
            shape: ::std::result::Result<super::Shape, ::std::string::String>,
            status: ::std::result::Result<super::FixStatus, ::std::string::String>,
            stays: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for MediaFix {
            fn default() -> Self {
                Self {
                    changes: Err("no value supplied for changes".to_string()),
                    command: Ok(Default::default()),
                    created_at: Ok(Default::default()),
                    ended_at: Ok(Default::default()),
                    findings: Err("no value supplied for findings".to_string()),
                    media_id: Err("no value supplied for media_id".to_string()),
                    progress: Err("no value supplied for progress".to_string()),
                    result_media_id: Ok(Default::default()),
                    shape: Err("no value supplied for shape".to_string()),
                    status: Err("no value supplied for status".to_string()),
                    stays: Err("no value supplied for stays".to_string()),
                }
            }
        }
        impl MediaFix {
            pub fn changes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::MediaChange>>,
                T::Error: ::std::fmt::Display,
            {
                self.changes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for changes: {e}")
                    });
                self
            }
            pub fn command<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.command = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for command: {e}")
                    });
                self
            }
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn ended_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.ended_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for ended_at: {e}")
                    });
                self
            }
            pub fn findings<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Finding>>,
                T::Error: ::std::fmt::Display,
            {
                self.findings = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for findings: {e}")
                    });
                self
            }
            pub fn media_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.media_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for media_id: {e}")
                    });
                self
            }
            pub fn progress<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u8>,
                T::Error: ::std::fmt::Display,
            {
                self.progress = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for progress: {e}")
                    });
                self
            }
            pub fn result_media_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::uuid::Uuid>>,
                T::Error: ::std::fmt::Display,
            {
                self.result_media_id = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for result_media_id: {e}"
                        )
                    });
                self
            }
            pub fn shape<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Shape>,
                T::Error: ::std::fmt::Display,
            {
                self.shape = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for shape: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::FixStatus>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
            pub fn stays<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.stays = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for stays: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<MediaFix> for super::MediaFix {
            type Error = super::error::ConversionError;
            fn try_from(
                value: MediaFix,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    changes: value.changes?,
                    command: value.command?,
                    created_at: value.created_at?,
                    ended_at: value.ended_at?,
                    findings: value.findings?,
                    media_id: value.media_id?,
                    progress: value.progress?,
                    result_media_id: value.result_media_id?,
                    shape: value.shape?,
                    status: value.status?,
                    stays: value.stays?,
                })
            }
        }
        impl ::std::convert::From<super::MediaFix> for MediaFix {
            fn from(value: super::MediaFix) -> Self {
                Self {
                    changes: Ok(value.changes),
                    command: Ok(value.command),
                    created_at: Ok(value.created_at),
                    ended_at: Ok(value.ended_at),
                    findings: Ok(value.findings),
                    media_id: Ok(value.media_id),
                    progress: Ok(value.progress),
                    result_media_id: Ok(value.result_media_id),
                    shape: Ok(value.shape),
                    status: Ok(value.status),
                    stays: Ok(value.stays),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct MediaList {
            items: ::std::result::Result<
                ::std::vec::Vec<super::Media>,
                ::std::string::String,
            >,
            next_cursor: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for MediaList {
            fn default() -> Self {
                Self {
                    items: Err("no value supplied for items".to_string()),
                    next_cursor: Ok(Default::default()),
                }
            }
        }
        impl MediaList {
            pub fn items<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Media>>,
                T::Error: ::std::fmt::Display,
            {
                self.items = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for items: {e}")
                    });
                self
            }
            pub fn next_cursor<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.next_cursor = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for next_cursor: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<MediaList> for super::MediaList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: MediaList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    items: value.items?,
                    next_cursor: value.next_cursor?,
                })
            }
        }
        impl ::std::convert::From<super::MediaList> for MediaList {
            fn from(value: super::MediaList) -> Self {
                Self {
                    items: Ok(value.items),
                    next_cursor: Ok(value.next_cursor),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Member {
            created_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            role: ::std::result::Result<super::Role, ::std::string::String>,
            user_id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
        }
        impl ::std::default::Default for Member {
            fn default() -> Self {
                Self {
                    created_at: Err("no value supplied for created_at".to_string()),
                    name: Err("no value supplied for name".to_string()),
                    role: Err("no value supplied for role".to_string()),
                    user_id: Err("no value supplied for user_id".to_string()),
                }
            }
        }
        impl Member {
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn role<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Role>,
                T::Error: ::std::fmt::Display,
            {
                self.role = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for role: {e}")
                    });
                self
            }
            pub fn user_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.user_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for user_id: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Member> for super::Member {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Member,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    created_at: value.created_at?,
                    name: value.name?,
                    role: value.role?,
                    user_id: value.user_id?,
                })
            }
        }
        impl ::std::convert::From<super::Member> for Member {
            fn from(value: super::Member) -> Self {
                Self {
                    created_at: Ok(value.created_at),
                    name: Ok(value.name),
                    role: Ok(value.role),
                    user_id: Ok(value.user_id),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct MemberChange {
            role: ::std::result::Result<super::Role, ::std::string::String>,
        }
        impl ::std::default::Default for MemberChange {
            fn default() -> Self {
                Self {
                    role: Err("no value supplied for role".to_string()),
                }
            }
        }
        impl MemberChange {
            pub fn role<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Role>,
                T::Error: ::std::fmt::Display,
            {
                self.role = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for role: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<MemberChange> for super::MemberChange {
            type Error = super::error::ConversionError;
            fn try_from(
                value: MemberChange,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { role: value.role? })
            }
        }
        impl ::std::convert::From<super::MemberChange> for MemberChange {
            fn from(value: super::MemberChange) -> Self {
                Self { role: Ok(value.role) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct MemberList {
            items: ::std::result::Result<
                ::std::vec::Vec<super::Member>,
                ::std::string::String,
            >,
            next_cursor: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for MemberList {
            fn default() -> Self {
                Self {
                    items: Err("no value supplied for items".to_string()),
                    next_cursor: Ok(Default::default()),
                }
            }
        }
        impl MemberList {
            pub fn items<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Member>>,
                T::Error: ::std::fmt::Display,
            {
                self.items = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for items: {e}")
                    });
                self
            }
            pub fn next_cursor<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.next_cursor = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for next_cursor: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<MemberList> for super::MemberList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: MemberList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    items: value.items?,
                    next_cursor: value.next_cursor?,
                })
            }
        }
        impl ::std::convert::From<super::MemberList> for MemberList {
            fn from(value: super::MemberList) -> Self {
                Self {
                    items: Ok(value.items),
                    next_cursor: Ok(value.next_cursor),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NewAccount {
            access_token: ::std::result::Result<crate::Secret, ::std::string::String>,
            login: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            remote_user_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for NewAccount {
            fn default() -> Self {
                Self {
                    access_token: Err("no value supplied for access_token".to_string()),
                    login: Ok(Default::default()),
                    remote_user_id: Ok(Default::default()),
                }
            }
        }
        impl NewAccount {
            pub fn access_token<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<crate::Secret>,
                T::Error: ::std::fmt::Display,
            {
                self.access_token = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for access_token: {e}")
                    });
                self
            }
            pub fn login<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.login = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for login: {e}")
                    });
                self
            }
            pub fn remote_user_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.remote_user_id = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for remote_user_id: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NewAccount> for super::NewAccount {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NewAccount,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    access_token: value.access_token?,
                    login: value.login?,
                    remote_user_id: value.remote_user_id?,
                })
            }
        }
        impl ::std::convert::From<super::NewAccount> for NewAccount {
            fn from(value: super::NewAccount) -> Self {
                Self {
                    access_token: Ok(value.access_token),
                    login: Ok(value.login),
                    remote_user_id: Ok(value.remote_user_id),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NewApiKey {
            days: ::std::result::Result<
                ::std::option::Option<u32>,
                ::std::string::String,
            >,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            scopes: ::std::result::Result<
                ::std::vec::Vec<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for NewApiKey {
            fn default() -> Self {
                Self {
                    days: Ok(Default::default()),
                    name: Err("no value supplied for name".to_string()),
                    scopes: Ok(Default::default()),
                }
            }
        }
        impl NewApiKey {
            pub fn days<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<u32>>,
                T::Error: ::std::fmt::Display,
            {
                self.days = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for days: {e}")
                    });
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn scopes<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.scopes = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for scopes: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NewApiKey> for super::NewApiKey {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NewApiKey,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    days: value.days?,
                    name: value.name?,
                    scopes: value.scopes?,
                })
            }
        }
        impl ::std::convert::From<super::NewApiKey> for NewApiKey {
            fn from(value: super::NewApiKey) -> Self {
                Self {
                    days: Ok(value.days),
                    name: Ok(value.name),
                    scopes: Ok(value.scopes),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NewInvitation {
            role: ::std::result::Result<super::Role, ::std::string::String>,
        }
        impl ::std::default::Default for NewInvitation {
            fn default() -> Self {
                Self {
                    role: Err("no value supplied for role".to_string()),
                }
            }
        }
        impl NewInvitation {
            pub fn role<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Role>,
                T::Error: ::std::fmt::Display,
            {
                self.role = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for role: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NewInvitation> for super::NewInvitation {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NewInvitation,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self { role: value.role? })
            }
        }
        impl ::std::convert::From<super::NewInvitation> for NewInvitation {
            fn from(value: super::NewInvitation) -> Self {
                Self { role: Ok(value.role) }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NewPost {
            account_ids: ::std::result::Result<
                ::std::vec::Vec<::uuid::Uuid>,
                ::std::string::String,
            >,
            content: ::std::result::Result<super::Content, ::std::string::String>,
            draft: ::std::result::Result<bool, ::std::string::String>,
            max_late: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            publish_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            timezone: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for NewPost {
            fn default() -> Self {
                Self {
                    account_ids: Err("no value supplied for account_ids".to_string()),
                    content: Err("no value supplied for content".to_string()),
                    draft: Ok(Default::default()),
                    max_late: Ok(Default::default()),
                    publish_at: Ok(Default::default()),
                    timezone: Ok(Default::default()),
                }
            }
        }
        impl NewPost {
            pub fn account_ids<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::uuid::Uuid>>,
                T::Error: ::std::fmt::Display,
            {
                self.account_ids = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for account_ids: {e}")
                    });
                self
            }
            pub fn content<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Content>,
                T::Error: ::std::fmt::Display,
            {
                self.content = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for content: {e}")
                    });
                self
            }
            pub fn draft<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.draft = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for draft: {e}")
                    });
                self
            }
            pub fn max_late<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.max_late = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for max_late: {e}")
                    });
                self
            }
            pub fn publish_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.publish_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for publish_at: {e}")
                    });
                self
            }
            pub fn timezone<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.timezone = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for timezone: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NewPost> for super::NewPost {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NewPost,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    account_ids: value.account_ids?,
                    content: value.content?,
                    draft: value.draft?,
                    max_late: value.max_late?,
                    publish_at: value.publish_at?,
                    timezone: value.timezone?,
                })
            }
        }
        impl ::std::convert::From<super::NewPost> for NewPost {
            fn from(value: super::NewPost) -> Self {
                Self {
                    account_ids: Ok(value.account_ids),
                    content: Ok(value.content),
                    draft: Ok(value.draft),
                    max_late: Ok(value.max_late),
                    publish_at: Ok(value.publish_at),
                    timezone: Ok(value.timezone),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NewWorkspace {
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            timezone: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for NewWorkspace {
            fn default() -> Self {
                Self {
                    name: Err("no value supplied for name".to_string()),
                    timezone: Ok(Default::default()),
                }
            }
        }
        impl NewWorkspace {
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn timezone<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.timezone = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for timezone: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NewWorkspace> for super::NewWorkspace {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NewWorkspace,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    name: value.name?,
                    timezone: value.timezone?,
                })
            }
        }
        impl ::std::convert::From<super::NewWorkspace> for NewWorkspace {
            fn from(value: super::NewWorkspace) -> Self {
                Self {
                    name: Ok(value.name),
                    timezone: Ok(value.timezone),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Notification {
            account_id: ::std::result::Result<
                ::std::option::Option<::uuid::Uuid>,
                ::std::string::String,
            >,
            created_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            kind: ::std::result::Result<::std::string::String, ::std::string::String>,
            media_id: ::std::result::Result<
                ::std::option::Option<::uuid::Uuid>,
                ::std::string::String,
            >,
            message: ::std::result::Result<::std::string::String, ::std::string::String>,
            post_id: ::std::result::Result<
                ::std::option::Option<::uuid::Uuid>,
                ::std::string::String,
            >,
            publication_id: ::std::result::Result<
                ::std::option::Option<::uuid::Uuid>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Notification {
            fn default() -> Self {
                Self {
                    account_id: Ok(Default::default()),
                    created_at: Err("no value supplied for created_at".to_string()),
                    id: Err("no value supplied for id".to_string()),
                    kind: Err("no value supplied for kind".to_string()),
                    media_id: Ok(Default::default()),
                    message: Err("no value supplied for message".to_string()),
                    post_id: Ok(Default::default()),
                    publication_id: Ok(Default::default()),
                }
            }
        }
        impl Notification {
            pub fn account_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::uuid::Uuid>>,
                T::Error: ::std::fmt::Display,
            {
                self.account_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for account_id: {e}")
                    });
                self
            }
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn kind<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.kind = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for kind: {e}")
                    });
                self
            }
            pub fn media_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::uuid::Uuid>>,
                T::Error: ::std::fmt::Display,
            {
                self.media_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for media_id: {e}")
                    });
                self
            }
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for message: {e}")
                    });
                self
            }
            pub fn post_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::uuid::Uuid>>,
                T::Error: ::std::fmt::Display,
            {
                self.post_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for post_id: {e}")
                    });
                self
            }
            pub fn publication_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::uuid::Uuid>>,
                T::Error: ::std::fmt::Display,
            {
                self.publication_id = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for publication_id: {e}"
                        )
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Notification> for super::Notification {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Notification,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    account_id: value.account_id?,
                    created_at: value.created_at?,
                    id: value.id?,
                    kind: value.kind?,
                    media_id: value.media_id?,
                    message: value.message?,
                    post_id: value.post_id?,
                    publication_id: value.publication_id?,
                })
            }
        }
        impl ::std::convert::From<super::Notification> for Notification {
            fn from(value: super::Notification) -> Self {
                Self {
                    account_id: Ok(value.account_id),
                    created_at: Ok(value.created_at),
                    id: Ok(value.id),
                    kind: Ok(value.kind),
                    media_id: Ok(value.media_id),
                    message: Ok(value.message),
                    post_id: Ok(value.post_id),
                    publication_id: Ok(value.publication_id),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct NotificationList {
            items: ::std::result::Result<
                ::std::vec::Vec<super::Notification>,
                ::std::string::String,
            >,
            next_cursor: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for NotificationList {
            fn default() -> Self {
                Self {
                    items: Err("no value supplied for items".to_string()),
                    next_cursor: Ok(Default::default()),
                }
            }
        }
        impl NotificationList {
            pub fn items<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Notification>>,
                T::Error: ::std::fmt::Display,
            {
                self.items = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for items: {e}")
                    });
                self
            }
            pub fn next_cursor<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.next_cursor = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for next_cursor: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<NotificationList> for super::NotificationList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: NotificationList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    items: value.items?,
                    next_cursor: value.next_cursor?,
                })
            }
        }
        impl ::std::convert::From<super::NotificationList> for NotificationList {
            fn from(value: super::NotificationList) -> Self {
                Self {
                    items: Ok(value.items),
                    next_cursor: Ok(value.next_cursor),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct OwnWorkspace {
            current: ::std::result::Result<bool, ::std::string::String>,
            role: ::std::result::Result<super::Role, ::std::string::String>,
            workspace: ::std::result::Result<super::Workspace, ::std::string::String>,
        }
        impl ::std::default::Default for OwnWorkspace {
            fn default() -> Self {
                Self {
                    current: Err("no value supplied for current".to_string()),
                    role: Err("no value supplied for role".to_string()),
                    workspace: Err("no value supplied for workspace".to_string()),
                }
            }
        }
        impl OwnWorkspace {
            pub fn current<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.current = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for current: {e}")
                    });
                self
            }
            pub fn role<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Role>,
                T::Error: ::std::fmt::Display,
            {
                self.role = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for role: {e}")
                    });
                self
            }
            pub fn workspace<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Workspace>,
                T::Error: ::std::fmt::Display,
            {
                self.workspace = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for workspace: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<OwnWorkspace> for super::OwnWorkspace {
            type Error = super::error::ConversionError;
            fn try_from(
                value: OwnWorkspace,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    current: value.current?,
                    role: value.role?,
                    workspace: value.workspace?,
                })
            }
        }
        impl ::std::convert::From<super::OwnWorkspace> for OwnWorkspace {
            fn from(value: super::OwnWorkspace) -> Self {
                Self {
                    current: Ok(value.current),
                    role: Ok(value.role),
                    workspace: Ok(value.workspace),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Post {
            content: ::std::result::Result<super::Content, ::std::string::String>,
            created_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            findings: ::std::result::Result<
                ::std::vec::Vec<super::Finding>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            local_time: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            max_late_seconds: ::std::result::Result<i64, ::std::string::String>,
            publications: ::std::result::Result<
                ::std::vec::Vec<super::Publication>,
                ::std::string::String,
            >,
            publish_at: ::std::result::Result<
                ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                ::std::string::String,
            >,
            status: ::std::result::Result<super::PostStatus, ::std::string::String>,
            timezone: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            updated_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Post {
            fn default() -> Self {
                Self {
                    content: Err("no value supplied for content".to_string()),
                    created_at: Err("no value supplied for created_at".to_string()),
                    findings: Ok(Default::default()),
                    id: Err("no value supplied for id".to_string()),
                    local_time: Ok(Default::default()),
                    max_late_seconds: Err(
                        "no value supplied for max_late_seconds".to_string(),
                    ),
                    publications: Err("no value supplied for publications".to_string()),
                    publish_at: Ok(Default::default()),
                    status: Err("no value supplied for status".to_string()),
                    timezone: Err("no value supplied for timezone".to_string()),
                    updated_at: Err("no value supplied for updated_at".to_string()),
                }
            }
        }
        impl Post {
            pub fn content<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::Content>,
                T::Error: ::std::fmt::Display,
            {
                self.content = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for content: {e}")
                    });
                self
            }
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn findings<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Finding>>,
                T::Error: ::std::fmt::Display,
            {
                self.findings = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for findings: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn local_time<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.local_time = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for local_time: {e}")
                    });
                self
            }
            pub fn max_late_seconds<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<i64>,
                T::Error: ::std::fmt::Display,
            {
                self.max_late_seconds = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for max_late_seconds: {e}"
                        )
                    });
                self
            }
            pub fn publications<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Publication>>,
                T::Error: ::std::fmt::Display,
            {
                self.publications = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for publications: {e}")
                    });
                self
            }
            pub fn publish_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.publish_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for publish_at: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::PostStatus>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
            pub fn timezone<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.timezone = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for timezone: {e}")
                    });
                self
            }
            pub fn updated_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.updated_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for updated_at: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Post> for super::Post {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Post,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    content: value.content?,
                    created_at: value.created_at?,
                    findings: value.findings?,
                    id: value.id?,
                    local_time: value.local_time?,
                    max_late_seconds: value.max_late_seconds?,
                    publications: value.publications?,
                    publish_at: value.publish_at?,
                    status: value.status?,
                    timezone: value.timezone?,
                    updated_at: value.updated_at?,
                })
            }
        }
        impl ::std::convert::From<super::Post> for Post {
            fn from(value: super::Post) -> Self {
                Self {
                    content: Ok(value.content),
                    created_at: Ok(value.created_at),
                    findings: Ok(value.findings),
                    id: Ok(value.id),
                    local_time: Ok(value.local_time),
                    max_late_seconds: Ok(value.max_late_seconds),
                    publications: Ok(value.publications),
                    publish_at: Ok(value.publish_at),
                    status: Ok(value.status),
                    timezone: Ok(value.timezone),
                    updated_at: Ok(value.updated_at),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct PostChange {
            account_ids: ::std::result::Result<
                ::std::vec::Vec<::uuid::Uuid>,
                ::std::string::String,
            >,
            content: ::std::result::Result<
                ::std::option::Option<super::Content>,
                ::std::string::String,
            >,
            draft: ::std::result::Result<
                ::std::option::Option<bool>,
                ::std::string::String,
            >,
            max_late: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            publish_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            timezone: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for PostChange {
            fn default() -> Self {
                Self {
                    account_ids: Ok(Default::default()),
                    content: Ok(Default::default()),
                    draft: Ok(Default::default()),
                    max_late: Ok(Default::default()),
                    publish_at: Ok(Default::default()),
                    timezone: Ok(Default::default()),
                }
            }
        }
        impl PostChange {
            pub fn account_ids<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<::uuid::Uuid>>,
                T::Error: ::std::fmt::Display,
            {
                self.account_ids = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for account_ids: {e}")
                    });
                self
            }
            pub fn content<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<super::Content>>,
                T::Error: ::std::fmt::Display,
            {
                self.content = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for content: {e}")
                    });
                self
            }
            pub fn draft<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<bool>>,
                T::Error: ::std::fmt::Display,
            {
                self.draft = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for draft: {e}")
                    });
                self
            }
            pub fn max_late<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.max_late = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for max_late: {e}")
                    });
                self
            }
            pub fn publish_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.publish_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for publish_at: {e}")
                    });
                self
            }
            pub fn timezone<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.timezone = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for timezone: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<PostChange> for super::PostChange {
            type Error = super::error::ConversionError;
            fn try_from(
                value: PostChange,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    account_ids: value.account_ids?,
                    content: value.content?,
                    draft: value.draft?,
                    max_late: value.max_late?,
                    publish_at: value.publish_at?,
                    timezone: value.timezone?,
                })
            }
        }
        impl ::std::convert::From<super::PostChange> for PostChange {
            fn from(value: super::PostChange) -> Self {
                Self {
                    account_ids: Ok(value.account_ids),
                    content: Ok(value.content),
                    draft: Ok(value.draft),
                    max_late: Ok(value.max_late),
                    publish_at: Ok(value.publish_at),
                    timezone: Ok(value.timezone),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct PostCheck {
            findings: ::std::result::Result<
                ::std::vec::Vec<super::Finding>,
                ::std::string::String,
            >,
            publish_at: ::std::result::Result<
                ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                ::std::string::String,
            >,
            valid: ::std::result::Result<bool, ::std::string::String>,
        }
        impl ::std::default::Default for PostCheck {
            fn default() -> Self {
                Self {
                    findings: Err("no value supplied for findings".to_string()),
                    publish_at: Ok(Default::default()),
                    valid: Err("no value supplied for valid".to_string()),
                }
            }
        }
        impl PostCheck {
            pub fn findings<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Finding>>,
                T::Error: ::std::fmt::Display,
            {
                self.findings = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for findings: {e}")
                    });
                self
            }
            pub fn publish_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.publish_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for publish_at: {e}")
                    });
                self
            }
            pub fn valid<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.valid = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for valid: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<PostCheck> for super::PostCheck {
            type Error = super::error::ConversionError;
            fn try_from(
                value: PostCheck,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    findings: value.findings?,
                    publish_at: value.publish_at?,
                    valid: value.valid?,
                })
            }
        }
        impl ::std::convert::From<super::PostCheck> for PostCheck {
            fn from(value: super::PostCheck) -> Self {
                Self {
                    findings: Ok(value.findings),
                    publish_at: Ok(value.publish_at),
                    valid: Ok(value.valid),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct PostList {
            items: ::std::result::Result<
                ::std::vec::Vec<super::Post>,
                ::std::string::String,
            >,
            next_cursor: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for PostList {
            fn default() -> Self {
                Self {
                    items: Err("no value supplied for items".to_string()),
                    next_cursor: Ok(Default::default()),
                }
            }
        }
        impl PostList {
            pub fn items<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Post>>,
                T::Error: ::std::fmt::Display,
            {
                self.items = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for items: {e}")
                    });
                self
            }
            pub fn next_cursor<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.next_cursor = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for next_cursor: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<PostList> for super::PostList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: PostList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    items: value.items?,
                    next_cursor: value.next_cursor?,
                })
            }
        }
        impl ::std::convert::From<super::PostList> for PostList {
            fn from(value: super::PostList) -> Self {
                Self {
                    items: Ok(value.items),
                    next_cursor: Ok(value.next_cursor),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Problem {
            code: ::std::result::Result<::std::string::String, ::std::string::String>,
            detail: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            findings: ::std::result::Result<
                ::std::vec::Vec<super::Finding>,
                ::std::string::String,
            >,
            request_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            status: ::std::result::Result<u16, ::std::string::String>,
            title: ::std::result::Result<::std::string::String, ::std::string::String>,
            type_: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for Problem {
            fn default() -> Self {
                Self {
                    code: Err("no value supplied for code".to_string()),
                    detail: Ok(Default::default()),
                    findings: Err("no value supplied for findings".to_string()),
                    request_id: Ok(Default::default()),
                    status: Err("no value supplied for status".to_string()),
                    title: Err("no value supplied for title".to_string()),
                    type_: Err("no value supplied for type_".to_string()),
                }
            }
        }
        impl Problem {
            pub fn code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.code = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for code: {e}")
                    });
                self
            }
            pub fn detail<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.detail = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for detail: {e}")
                    });
                self
            }
            pub fn findings<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Finding>>,
                T::Error: ::std::fmt::Display,
            {
                self.findings = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for findings: {e}")
                    });
                self
            }
            pub fn request_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.request_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for request_id: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u16>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
            pub fn title<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.title = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for title: {e}")
                    });
                self
            }
            pub fn type_<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.type_ = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for type_: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Problem> for super::Problem {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Problem,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    code: value.code?,
                    detail: value.detail?,
                    findings: value.findings?,
                    request_id: value.request_id?,
                    status: value.status?,
                    title: value.title?,
                    type_: value.type_?,
                })
            }
        }
        impl ::std::convert::From<super::Problem> for Problem {
            fn from(value: super::Problem) -> Self {
                Self {
                    code: Ok(value.code),
                    detail: Ok(value.detail),
                    findings: Ok(value.findings),
                    request_id: Ok(value.request_id),
                    status: Ok(value.status),
                    title: Ok(value.title),
                    type_: Ok(value.type_),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Publication {
            account_id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            attempts: ::std::result::Result<u32, ::std::string::String>,
            due_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            error: ::std::result::Result<
                ::std::option::Option<super::PublicationError>,
                ::std::string::String,
            >,
            findings: ::std::result::Result<
                ::std::vec::Vec<super::Finding>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            permalink: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            post_id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            published_at: ::std::result::Result<
                ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                ::std::string::String,
            >,
            remote_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            sends: ::std::result::Result<u32, ::std::string::String>,
            status: ::std::result::Result<
                super::PublicationStatus,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Publication {
            fn default() -> Self {
                Self {
                    account_id: Err("no value supplied for account_id".to_string()),
                    attempts: Err("no value supplied for attempts".to_string()),
                    due_at: Err("no value supplied for due_at".to_string()),
                    error: Ok(Default::default()),
                    findings: Err("no value supplied for findings".to_string()),
                    id: Err("no value supplied for id".to_string()),
                    permalink: Ok(Default::default()),
                    post_id: Err("no value supplied for post_id".to_string()),
                    published_at: Ok(Default::default()),
                    remote_id: Ok(Default::default()),
                    sends: Err("no value supplied for sends".to_string()),
                    status: Err("no value supplied for status".to_string()),
                }
            }
        }
        impl Publication {
            pub fn account_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.account_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for account_id: {e}")
                    });
                self
            }
            pub fn attempts<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.attempts = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for attempts: {e}")
                    });
                self
            }
            pub fn due_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.due_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for due_at: {e}")
                    });
                self
            }
            pub fn error<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<super::PublicationError>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.error = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for error: {e}")
                    });
                self
            }
            pub fn findings<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Finding>>,
                T::Error: ::std::fmt::Display,
            {
                self.findings = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for findings: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn permalink<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.permalink = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for permalink: {e}")
                    });
                self
            }
            pub fn post_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.post_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for post_id: {e}")
                    });
                self
            }
            pub fn published_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.published_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for published_at: {e}")
                    });
                self
            }
            pub fn remote_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.remote_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for remote_id: {e}")
                    });
                self
            }
            pub fn sends<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.sends = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for sends: {e}")
                    });
                self
            }
            pub fn status<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::PublicationStatus>,
                T::Error: ::std::fmt::Display,
            {
                self.status = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for status: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Publication> for super::Publication {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Publication,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    account_id: value.account_id?,
                    attempts: value.attempts?,
                    due_at: value.due_at?,
                    error: value.error?,
                    findings: value.findings?,
                    id: value.id?,
                    permalink: value.permalink?,
                    post_id: value.post_id?,
                    published_at: value.published_at?,
                    remote_id: value.remote_id?,
                    sends: value.sends?,
                    status: value.status?,
                })
            }
        }
        impl ::std::convert::From<super::Publication> for Publication {
            fn from(value: super::Publication) -> Self {
                Self {
                    account_id: Ok(value.account_id),
                    attempts: Ok(value.attempts),
                    due_at: Ok(value.due_at),
                    error: Ok(value.error),
                    findings: Ok(value.findings),
                    id: Ok(value.id),
                    permalink: Ok(value.permalink),
                    post_id: Ok(value.post_id),
                    published_at: Ok(value.published_at),
                    remote_id: Ok(value.remote_id),
                    sends: Ok(value.sends),
                    status: Ok(value.status),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct PublicationError {
            action: ::std::result::Result<::std::string::String, ::std::string::String>,
            code: ::std::result::Result<::std::string::String, ::std::string::String>,
            message: ::std::result::Result<::std::string::String, ::std::string::String>,
        }
        impl ::std::default::Default for PublicationError {
            fn default() -> Self {
                Self {
                    action: Err("no value supplied for action".to_string()),
                    code: Err("no value supplied for code".to_string()),
                    message: Err("no value supplied for message".to_string()),
                }
            }
        }
        impl PublicationError {
            pub fn action<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.action = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for action: {e}")
                    });
                self
            }
            pub fn code<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.code = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for code: {e}")
                    });
                self
            }
            pub fn message<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.message = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for message: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<PublicationError> for super::PublicationError {
            type Error = super::error::ConversionError;
            fn try_from(
                value: PublicationError,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    action: value.action?,
                    code: value.code?,
                    message: value.message?,
                })
            }
        }
        impl ::std::convert::From<super::PublicationError> for PublicationError {
            fn from(value: super::PublicationError) -> Self {
                Self {
                    action: Ok(value.action),
                    code: Ok(value.code),
                    message: Ok(value.message),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Quota {
            total: ::std::result::Result<u32, ::std::string::String>,
            used: ::std::result::Result<u32, ::std::string::String>,
            window_secs: ::std::result::Result<u32, ::std::string::String>,
        }
        impl ::std::default::Default for Quota {
            fn default() -> Self {
                Self {
                    total: Err("no value supplied for total".to_string()),
                    used: Err("no value supplied for used".to_string()),
                    window_secs: Err("no value supplied for window_secs".to_string()),
                }
            }
        }
        impl Quota {
            pub fn total<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.total = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for total: {e}")
                    });
                self
            }
            pub fn used<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.used = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for used: {e}")
                    });
                self
            }
            pub fn window_secs<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u32>,
                T::Error: ::std::fmt::Display,
            {
                self.window_secs = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for window_secs: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Quota> for super::Quota {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Quota,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    total: value.total?,
                    used: value.used?,
                    window_secs: value.window_secs?,
                })
            }
        }
        impl ::std::convert::From<super::Quota> for Quota {
            fn from(value: super::Quota) -> Self {
                Self {
                    total: Ok(value.total),
                    used: Ok(value.used),
                    window_secs: Ok(value.window_secs),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Receipt {
            account_id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            armed_at: ::std::result::Result<
                ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                ::std::string::String,
            >,
            confirmed_at: ::std::result::Result<
                ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                ::std::string::String,
            >,
            container_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            due_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            permalink: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            post_id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            publication_id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            published_at: ::std::result::Result<
                ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                ::std::string::String,
            >,
            remote_id: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            sends: ::std::result::Result<
                ::std::vec::Vec<super::Sent>,
                ::std::string::String,
            >,
            sent_at: ::std::result::Result<
                ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                ::std::string::String,
            >,
            sha256: ::std::result::Result<::std::string::String, ::std::string::String>,
            username: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Receipt {
            fn default() -> Self {
                Self {
                    account_id: Err("no value supplied for account_id".to_string()),
                    armed_at: Ok(Default::default()),
                    confirmed_at: Ok(Default::default()),
                    container_id: Ok(Default::default()),
                    due_at: Err("no value supplied for due_at".to_string()),
                    permalink: Ok(Default::default()),
                    post_id: Err("no value supplied for post_id".to_string()),
                    publication_id: Err(
                        "no value supplied for publication_id".to_string(),
                    ),
                    published_at: Ok(Default::default()),
                    remote_id: Ok(Default::default()),
                    sends: Err("no value supplied for sends".to_string()),
                    sent_at: Ok(Default::default()),
                    sha256: Err("no value supplied for sha256".to_string()),
                    username: Err("no value supplied for username".to_string()),
                }
            }
        }
        impl Receipt {
            pub fn account_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.account_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for account_id: {e}")
                    });
                self
            }
            pub fn armed_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.armed_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for armed_at: {e}")
                    });
                self
            }
            pub fn confirmed_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.confirmed_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for confirmed_at: {e}")
                    });
                self
            }
            pub fn container_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.container_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for container_id: {e}")
                    });
                self
            }
            pub fn due_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.due_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for due_at: {e}")
                    });
                self
            }
            pub fn permalink<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.permalink = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for permalink: {e}")
                    });
                self
            }
            pub fn post_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.post_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for post_id: {e}")
                    });
                self
            }
            pub fn publication_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.publication_id = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for publication_id: {e}"
                        )
                    });
                self
            }
            pub fn published_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.published_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for published_at: {e}")
                    });
                self
            }
            pub fn remote_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.remote_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for remote_id: {e}")
                    });
                self
            }
            pub fn sends<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Sent>>,
                T::Error: ::std::fmt::Display,
            {
                self.sends = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for sends: {e}")
                    });
                self
            }
            pub fn sent_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<
                    ::std::option::Option<::chrono::DateTime<::chrono::offset::Utc>>,
                >,
                T::Error: ::std::fmt::Display,
            {
                self.sent_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for sent_at: {e}")
                    });
                self
            }
            pub fn sha256<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.sha256 = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for sha256: {e}")
                    });
                self
            }
            pub fn username<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.username = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for username: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Receipt> for super::Receipt {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Receipt,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    account_id: value.account_id?,
                    armed_at: value.armed_at?,
                    confirmed_at: value.confirmed_at?,
                    container_id: value.container_id?,
                    due_at: value.due_at?,
                    permalink: value.permalink?,
                    post_id: value.post_id?,
                    publication_id: value.publication_id?,
                    published_at: value.published_at?,
                    remote_id: value.remote_id?,
                    sends: value.sends?,
                    sent_at: value.sent_at?,
                    sha256: value.sha256?,
                    username: value.username?,
                })
            }
        }
        impl ::std::convert::From<super::Receipt> for Receipt {
            fn from(value: super::Receipt) -> Self {
                Self {
                    account_id: Ok(value.account_id),
                    armed_at: Ok(value.armed_at),
                    confirmed_at: Ok(value.confirmed_at),
                    container_id: Ok(value.container_id),
                    due_at: Ok(value.due_at),
                    permalink: Ok(value.permalink),
                    post_id: Ok(value.post_id),
                    publication_id: Ok(value.publication_id),
                    published_at: Ok(value.published_at),
                    remote_id: Ok(value.remote_id),
                    sends: Ok(value.sends),
                    sent_at: Ok(value.sent_at),
                    sha256: Ok(value.sha256),
                    username: Ok(value.username),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ResolveLive {
            permalink: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ResolveLive {
            fn default() -> Self {
                Self {
                    permalink: Ok(Default::default()),
                }
            }
        }
        impl ResolveLive {
            pub fn permalink<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.permalink = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for permalink: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ResolveLive> for super::ResolveLive {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ResolveLive,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    permalink: value.permalink?,
                })
            }
        }
        impl ::std::convert::From<super::ResolveLive> for ResolveLive {
            fn from(value: super::ResolveLive) -> Self {
                Self {
                    permalink: Ok(value.permalink),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct ResolveNotLive {
            accept_duplicate_risk: ::std::result::Result<bool, ::std::string::String>,
            publish_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for ResolveNotLive {
            fn default() -> Self {
                Self {
                    accept_duplicate_risk: Ok(Default::default()),
                    publish_at: Ok(Default::default()),
                }
            }
        }
        impl ResolveNotLive {
            pub fn accept_duplicate_risk<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.accept_duplicate_risk = value
                    .try_into()
                    .map_err(|e| {
                        format!(
                            "error converting supplied value for accept_duplicate_risk: {e}"
                        )
                    });
                self
            }
            pub fn publish_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.publish_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for publish_at: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<ResolveNotLive> for super::ResolveNotLive {
            type Error = super::error::ConversionError;
            fn try_from(
                value: ResolveNotLive,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    accept_duplicate_risk: value.accept_duplicate_risk?,
                    publish_at: value.publish_at?,
                })
            }
        }
        impl ::std::convert::From<super::ResolveNotLive> for ResolveNotLive {
            fn from(value: super::ResolveNotLive) -> Self {
                Self {
                    accept_duplicate_risk: Ok(value.accept_duplicate_risk),
                    publish_at: Ok(value.publish_at),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Retry {
            media_id: ::std::result::Result<
                ::std::option::Option<::uuid::Uuid>,
                ::std::string::String,
            >,
            publish_at: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Retry {
            fn default() -> Self {
                Self {
                    media_id: Ok(Default::default()),
                    publish_at: Ok(Default::default()),
                }
            }
        }
        impl Retry {
            pub fn media_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::uuid::Uuid>>,
                T::Error: ::std::fmt::Display,
            {
                self.media_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for media_id: {e}")
                    });
                self
            }
            pub fn publish_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.publish_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for publish_at: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Retry> for super::Retry {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Retry,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    media_id: value.media_id?,
                    publish_at: value.publish_at?,
                })
            }
        }
        impl ::std::convert::From<super::Retry> for Retry {
            fn from(value: super::Retry) -> Self {
                Self {
                    media_id: Ok(value.media_id),
                    publish_at: Ok(value.publish_at),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Sent {
            at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            outcome: ::std::result::Result<super::SentOutcome, ::std::string::String>,
            trace: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Sent {
            fn default() -> Self {
                Self {
                    at: Err("no value supplied for at".to_string()),
                    outcome: Err("no value supplied for outcome".to_string()),
                    trace: Ok(Default::default()),
                }
            }
        }
        impl Sent {
            pub fn at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.at = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for at: {e}"));
                self
            }
            pub fn outcome<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<super::SentOutcome>,
                T::Error: ::std::fmt::Display,
            {
                self.outcome = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for outcome: {e}")
                    });
                self
            }
            pub fn trace<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.trace = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for trace: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Sent> for super::Sent {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Sent,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    at: value.at?,
                    outcome: value.outcome?,
                    trace: value.trace?,
                })
            }
        }
        impl ::std::convert::From<super::Sent> for Sent {
            fn from(value: super::Sent) -> Self {
                Self {
                    at: Ok(value.at),
                    outcome: Ok(value.outcome),
                    trace: Ok(value.trace),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Session {
            created_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            current: ::std::result::Result<bool, ::std::string::String>,
            ends_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            provider: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            seen_at: ::std::result::Result<
                ::chrono::DateTime<::chrono::offset::Utc>,
                ::std::string::String,
            >,
            workspace_id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
        }
        impl ::std::default::Default for Session {
            fn default() -> Self {
                Self {
                    created_at: Err("no value supplied for created_at".to_string()),
                    current: Err("no value supplied for current".to_string()),
                    ends_at: Err("no value supplied for ends_at".to_string()),
                    id: Err("no value supplied for id".to_string()),
                    provider: Err("no value supplied for provider".to_string()),
                    seen_at: Err("no value supplied for seen_at".to_string()),
                    workspace_id: Err("no value supplied for workspace_id".to_string()),
                }
            }
        }
        impl Session {
            pub fn created_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.created_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for created_at: {e}")
                    });
                self
            }
            pub fn current<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<bool>,
                T::Error: ::std::fmt::Display,
            {
                self.current = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for current: {e}")
                    });
                self
            }
            pub fn ends_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.ends_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for ends_at: {e}")
                    });
                self
            }
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn provider<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.provider = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for provider: {e}")
                    });
                self
            }
            pub fn seen_at<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
                T::Error: ::std::fmt::Display,
            {
                self.seen_at = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for seen_at: {e}")
                    });
                self
            }
            pub fn workspace_id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.workspace_id = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for workspace_id: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Session> for super::Session {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Session,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    created_at: value.created_at?,
                    current: value.current?,
                    ends_at: value.ends_at?,
                    id: value.id?,
                    provider: value.provider?,
                    seen_at: value.seen_at?,
                    workspace_id: value.workspace_id?,
                })
            }
        }
        impl ::std::convert::From<super::Session> for Session {
            fn from(value: super::Session) -> Self {
                Self {
                    created_at: Ok(value.created_at),
                    current: Ok(value.current),
                    ends_at: Ok(value.ends_at),
                    id: Ok(value.id),
                    provider: Ok(value.provider),
                    seen_at: Ok(value.seen_at),
                    workspace_id: Ok(value.workspace_id),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct SessionList {
            items: ::std::result::Result<
                ::std::vec::Vec<super::Session>,
                ::std::string::String,
            >,
            next_cursor: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for SessionList {
            fn default() -> Self {
                Self {
                    items: Err("no value supplied for items".to_string()),
                    next_cursor: Ok(Default::default()),
                }
            }
        }
        impl SessionList {
            pub fn items<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::Session>>,
                T::Error: ::std::fmt::Display,
            {
                self.items = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for items: {e}")
                    });
                self
            }
            pub fn next_cursor<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.next_cursor = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for next_cursor: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<SessionList> for super::SessionList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: SessionList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    items: value.items?,
                    next_cursor: value.next_cursor?,
                })
            }
        }
        impl ::std::convert::From<super::SessionList> for SessionList {
            fn from(value: super::SessionList) -> Self {
                Self {
                    items: Ok(value.items),
                    next_cursor: Ok(value.next_cursor),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct StaysLive {
            platform: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
            posts: ::std::result::Result<u64, ::std::string::String>,
            username: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for StaysLive {
            fn default() -> Self {
                Self {
                    platform: Err("no value supplied for platform".to_string()),
                    posts: Err("no value supplied for posts".to_string()),
                    username: Err("no value supplied for username".to_string()),
                }
            }
        }
        impl StaysLive {
            pub fn platform<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.platform = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for platform: {e}")
                    });
                self
            }
            pub fn posts<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<u64>,
                T::Error: ::std::fmt::Display,
            {
                self.posts = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for posts: {e}")
                    });
                self
            }
            pub fn username<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.username = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for username: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<StaysLive> for super::StaysLive {
            type Error = super::error::ConversionError;
            fn try_from(
                value: StaysLive,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    platform: value.platform?,
                    posts: value.posts?,
                    username: value.username?,
                })
            }
        }
        impl ::std::convert::From<super::StaysLive> for StaysLive {
            fn from(value: super::StaysLive) -> Self {
                Self {
                    platform: Ok(value.platform),
                    posts: Ok(value.posts),
                    username: Ok(value.username),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct Workspace {
            id: ::std::result::Result<::uuid::Uuid, ::std::string::String>,
            name: ::std::result::Result<::std::string::String, ::std::string::String>,
            timezone: ::std::result::Result<
                ::std::string::String,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for Workspace {
            fn default() -> Self {
                Self {
                    id: Err("no value supplied for id".to_string()),
                    name: Err("no value supplied for name".to_string()),
                    timezone: Err("no value supplied for timezone".to_string()),
                }
            }
        }
        impl Workspace {
            pub fn id<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::uuid::Uuid>,
                T::Error: ::std::fmt::Display,
            {
                self.id = value
                    .try_into()
                    .map_err(|e| format!("error converting supplied value for id: {e}"));
                self
            }
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn timezone<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::string::String>,
                T::Error: ::std::fmt::Display,
            {
                self.timezone = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for timezone: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<Workspace> for super::Workspace {
            type Error = super::error::ConversionError;
            fn try_from(
                value: Workspace,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    id: value.id?,
                    name: value.name?,
                    timezone: value.timezone?,
                })
            }
        }
        impl ::std::convert::From<super::Workspace> for Workspace {
            fn from(value: super::Workspace) -> Self {
                Self {
                    id: Ok(value.id),
                    name: Ok(value.name),
                    timezone: Ok(value.timezone),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct WorkspaceChange {
            name: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
            timezone: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for WorkspaceChange {
            fn default() -> Self {
                Self {
                    name: Ok(Default::default()),
                    timezone: Ok(Default::default()),
                }
            }
        }
        impl WorkspaceChange {
            pub fn name<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.name = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for name: {e}")
                    });
                self
            }
            pub fn timezone<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.timezone = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for timezone: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<WorkspaceChange> for super::WorkspaceChange {
            type Error = super::error::ConversionError;
            fn try_from(
                value: WorkspaceChange,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    name: value.name?,
                    timezone: value.timezone?,
                })
            }
        }
        impl ::std::convert::From<super::WorkspaceChange> for WorkspaceChange {
            fn from(value: super::WorkspaceChange) -> Self {
                Self {
                    name: Ok(value.name),
                    timezone: Ok(value.timezone),
                }
            }
        }
        #[derive(Clone, Debug)]
        pub struct WorkspaceList {
            items: ::std::result::Result<
                ::std::vec::Vec<super::OwnWorkspace>,
                ::std::string::String,
            >,
            next_cursor: ::std::result::Result<
                ::std::option::Option<::std::string::String>,
                ::std::string::String,
            >,
        }
        impl ::std::default::Default for WorkspaceList {
            fn default() -> Self {
                Self {
                    items: Err("no value supplied for items".to_string()),
                    next_cursor: Ok(Default::default()),
                }
            }
        }
        impl WorkspaceList {
            pub fn items<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::vec::Vec<super::OwnWorkspace>>,
                T::Error: ::std::fmt::Display,
            {
                self.items = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for items: {e}")
                    });
                self
            }
            pub fn next_cursor<T>(mut self, value: T) -> Self
            where
                T: ::std::convert::TryInto<::std::option::Option<::std::string::String>>,
                T::Error: ::std::fmt::Display,
            {
                self.next_cursor = value
                    .try_into()
                    .map_err(|e| {
                        format!("error converting supplied value for next_cursor: {e}")
                    });
                self
            }
        }
        impl ::std::convert::TryFrom<WorkspaceList> for super::WorkspaceList {
            type Error = super::error::ConversionError;
            fn try_from(
                value: WorkspaceList,
            ) -> ::std::result::Result<Self, super::error::ConversionError> {
                Ok(Self {
                    items: value.items?,
                    next_cursor: value.next_cursor?,
                })
            }
        }
        impl ::std::convert::From<super::WorkspaceList> for WorkspaceList {
            fn from(value: super::WorkspaceList) -> Self {
                Self {
                    items: Ok(value.items),
                    next_cursor: Ok(value.next_cursor),
                }
            }
        }
    }
    /// Generation of default values for serde.
    pub mod defaults {
        pub(super) fn default_bool<const V: bool>() -> bool {
            V
        }
    }
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
    impl ::std::convert::From<InstagramReel> for Content {
        fn from(value: InstagramReel) -> Self {
            let InstagramReel {
                ai_generated,
                audio_name,
                caption,
                collaborators,
                cover_media_id,
                location_id,
                media_id,
                share_to_feed,
                thumb_offset_ms,
                trial,
                user_tags,
            } = value;
            Self::InstagramReel {
                ai_generated,
                audio_name,
                caption,
                collaborators,
                cover_media_id,
                location_id,
                media_id,
                share_to_feed,
                thumb_offset_ms,
                trial,
                user_tags,
            }
        }
    }
    impl ::std::convert::From<ResolveLive> for Resolve {
        fn from(value: ResolveLive) -> Self {
            let ResolveLive { permalink } = value;
            Self::Live { permalink }
        }
    }
    impl ::std::convert::From<ResolveNotLive> for Resolve {
        fn from(value: ResolveNotLive) -> Self {
            let ResolveNotLive { accept_duplicate_risk, publish_at } = value;
            Self::NotLive {
                accept_duplicate_risk,
                publish_at,
            }
        }
    }
}
#[derive(Clone, Debug)]
/**Client for contentzavod

Instagram Reels go out on time, once, from a server you own.

Version: 0.1.0*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
}
impl Client {
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(baseurl: &str, client: reqwest::Client) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
        }
    }
}
impl ClientInfo<()> for Client {
    fn api_version() -> &'static str {
        "0.1.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &() {
        &()
    }
}
impl ClientHooks<()> for &Client {}
impl Client {
    /**The process answers. It says nothing about what stands behind it

Sends a `GET` request to `/healthz`

```text
let response = client.health_get()
    .send()
    .await;
```*/
    pub fn health_get(&self) -> builder::HealthGet<'_> {
        builder::HealthGet::new(self)
    }
    /**The database answers, so work can be done; else 503

200 also while nothing new is taken for want of disk space, which `status` tells: posts
under way go on, and platforms fetch their files from here.

Sends a `GET` request to `/readyz`

```text
let response = client.ready_get()
    .send()
    .await;
```*/
    pub fn ready_get(&self) -> builder::ReadyGet<'_> {
        builder::ReadyGet::new(self)
    }
    /**List the workspace's accounts

Sends a `GET` request to `/v1/accounts`

```text
let response = client.account_list()
    .send()
    .await;
```*/
    pub fn account_list(&self) -> builder::AccountList<'_> {
        builder::AccountList::new(self)
    }
    /**Connect the account that a token belongs to, or give a known one the new token

Sends a `POST` request to `/v1/accounts`

```text
let response = client.account_create()
    .body(body)
    .send()
    .await;
```*/
    pub fn account_create(&self) -> builder::AccountCreate<'_> {
        builder::AccountCreate::new(self)
    }
    /**Begin to connect an account on the platform's own pages

Sends a `POST` request to `/v1/accounts/connect`

```text
let response = client.account_connect()
    .body(body)
    .send()
    .await;
```*/
    pub fn account_connect(&self) -> builder::AccountConnect<'_> {
        builder::AccountConnect::new(self)
    }
    /**Read an account, with its quota as the platform tells it now

Sends a `GET` request to `/v1/accounts/{id}`

```text
let response = client.account_get()
    .id(id)
    .send()
    .await;
```*/
    pub fn account_get(&self) -> builder::AccountGet<'_> {
        builder::AccountGet::new(self)
    }
    /**Disconnect an account: its token is erased at once, its posts wait

Sends a `DELETE` request to `/v1/accounts/{id}`

```text
let response = client.account_delete()
    .id(id)
    .send()
    .await;
```*/
    pub fn account_delete(&self) -> builder::AccountDelete<'_> {
        builder::AccountDelete::new(self)
    }
    /**List the workspace's keys

Sends a `GET` request to `/v1/api-keys`

```text
let response = client.api_key_list()
    .send()
    .await;
```*/
    pub fn api_key_list(&self) -> builder::ApiKeyList<'_> {
        builder::ApiKeyList::new(self)
    }
    /**Make a key. Its secret is in this answer and nowhere else

Sends a `POST` request to `/v1/api-keys`

```text
let response = client.api_key_create()
    .body(body)
    .send()
    .await;
```*/
    pub fn api_key_create(&self) -> builder::ApiKeyCreate<'_> {
        builder::ApiKeyCreate::new(self)
    }
    /**Delete a key: it opens nothing from now on

Sends a `DELETE` request to `/v1/api-keys/{id}`

```text
let response = client.api_key_delete()
    .id(id)
    .send()
    .await;
```*/
    pub fn api_key_delete(&self) -> builder::ApiKeyDelete<'_> {
        builder::ApiKeyDelete::new(self)
    }
    /**Exchange a key for a new one with the same scopes; the old one goes on for a while

Sends a `POST` request to `/v1/api-keys/{id}/rotate`

```text
let response = client.api_key_rotate()
    .id(id)
    .body(body)
    .send()
    .await;
```*/
    pub fn api_key_rotate(&self) -> builder::ApiKeyRotate<'_> {
        builder::ApiKeyRotate::new(self)
    }
    /**List the invitations that nobody has followed yet

Sends a `GET` request to `/v1/invitations`

```text
let response = client.invitation_list()
    .send()
    .await;
```*/
    pub fn invitation_list(&self) -> builder::InvitationList<'_> {
        builder::InvitationList::new(self)
    }
    /**Invite somebody: the link in the answer lets one person in, within seven days

Sends a `POST` request to `/v1/invitations`

```text
let response = client.invitation_create()
    .body(body)
    .send()
    .await;
```*/
    pub fn invitation_create(&self) -> builder::InvitationCreate<'_> {
        builder::InvitationCreate::new(self)
    }
    /**Take an invitation back

Sends a `DELETE` request to `/v1/invitations/{id}`

```text
let response = client.invitation_delete()
    .id(id)
    .send()
    .await;
```*/
    pub fn invitation_delete(&self) -> builder::InvitationDelete<'_> {
        builder::InvitationDelete::new(self)
    }
    /**List files, newest first

Sends a `GET` request to `/v1/media`

Arguments:
- `cursor`: `next_cursor` of the page before.
- `limit`: 1 to 100; 50 when absent.
```text
let response = client.media_list()
    .cursor(cursor)
    .limit(limit)
    .send()
    .await;
```*/
    pub fn media_list(&self) -> builder::MediaList<'_> {
        builder::MediaList::new(self)
    }
    /**Upload a video or a JPEG cover. 201 means that it is on disk and Instagram would take it

A video whose only fault is that its index stands behind the frames is mended: the index is
moved to the front, and a finding tells so.

Sends a `POST` request to `/v1/media`

Arguments:
- `filename`: The file's name, for display only.
- `keep_refused`: Keep a video that Instagram would refuse if this server can mend it (`media_fix`): its
status is `refused` then, and no post takes it as it is.
- `body`
```text
let response = client.media_create()
    .filename(filename)
    .keep_refused(keep_refused)
    .body(body)
    .send()
    .await;
```*/
    pub fn media_create(&self) -> builder::MediaCreate<'_> {
        builder::MediaCreate::new(self)
    }
    /**Read a file's record

Sends a `GET` request to `/v1/media/{id}`

```text
let response = client.media_get()
    .id(id)
    .send()
    .await;
```*/
    pub fn media_get(&self) -> builder::MediaGet<'_> {
        builder::MediaGet::new(self)
    }
    /**Delete a file. In use: 409 naming the posts, unless they shall be cancelled with it

Sends a `DELETE` request to `/v1/media/{id}`

Arguments:
- `id`
- `cancel_posts`: Cancel the posts that use it, all or nothing.
```text
let response = client.media_delete()
    .id(id)
    .cancel_posts(cancel_posts)
    .send()
    .await;
```*/
    pub fn media_delete(&self) -> builder::MediaDelete<'_> {
        builder::MediaDelete::new(self)
    }
    /**Read how far it has come

Sends a `GET` request to `/v1/media/{id}/fix`

```text
let response = client.media_fix_get()
    .id(id)
    .send()
    .await;
```*/
    pub fn media_fix_get(&self) -> builder::MediaFixGet<'_> {
        builder::MediaFixGet::new(self)
    }
    /**Say what encoding a video anew would change, and with `confirm` do so

Without `confirm` nothing is begun. With it one video after another is encoded in the
background; ask again with GET. The file stays as it is, and the new one gets an id of its
own. One with another shape is under way: 409. Where the server has no ffmpeg: 501, with the command to run elsewhere.

Sends a `POST` request to `/v1/media/{id}/fix`

Arguments:
- `id`
- `confirm`: Begin.
- `shape`: What becomes of a picture that is not 9:16; `keep` when absent.
```text
let response = client.media_fix()
    .id(id)
    .confirm(confirm)
    .shape(shape)
    .send()
    .await;
```*/
    pub fn media_fix(&self) -> builder::MediaFix<'_> {
        builder::MediaFix::new(self)
    }
    /**Call it off. One that has ended stays as it ended

Sends a `DELETE` request to `/v1/media/{id}/fix`

```text
let response = client.media_fix_cancel()
    .id(id)
    .send()
    .await;
```*/
    pub fn media_fix_cancel(&self) -> builder::MediaFixCancel<'_> {
        builder::MediaFixCancel::new(self)
    }
    /**List who is in the workspace

Sends a `GET` request to `/v1/members`

```text
let response = client.member_list()
    .send()
    .await;
```*/
    pub fn member_list(&self) -> builder::MemberList<'_> {
        builder::MemberList::new(self)
    }
    /**Send a member away, or leave: their sessions and keys in the workspace end at once

Sends a `DELETE` request to `/v1/members/{id}`

```text
let response = client.member_delete()
    .id(id)
    .send()
    .await;
```*/
    pub fn member_delete(&self) -> builder::MemberDelete<'_> {
        builder::MemberDelete::new(self)
    }
    /**Give a member another role. A workspace keeps one owner at least

Sends a `PATCH` request to `/v1/members/{id}`

```text
let response = client.member_update()
    .id(id)
    .body(body)
    .send()
    .await;
```*/
    pub fn member_update(&self) -> builder::MemberUpdate<'_> {
        builder::MemberUpdate::new(self)
    }
    /**Read the inbox, oldest first. Ask again with `next_cursor` for what came since

Sends a `GET` request to `/v1/notifications`

Arguments:
- `after`: `next_cursor` of the page before.
- `limit`: 1 to 100; 50 when absent.
```text
let response = client.notification_list()
    .after(after)
    .limit(limit)
    .send()
    .await;
```*/
    pub fn notification_list(&self) -> builder::NotificationList<'_> {
        builder::NotificationList::new(self)
    }
    /**List posts, newest time first

Sends a `GET` request to `/v1/posts`

Arguments:
- `account_id`: With a publication on this account.
- `cursor`: `next_cursor` of the page before.
- `from`: Due at or after this.
- `limit`: 1 to 100; 50 when absent.
- `status`: With this status.
- `to`: Due before this.
```text
let response = client.post_list()
    .account_id(account_id)
    .cursor(cursor)
    .from(from)
    .limit(limit)
    .status(status)
    .to(to)
    .send()
    .await;
```*/
    pub fn post_list(&self) -> builder::PostList<'_> {
        builder::PostList::new(self)
    }
    /**Schedule a post, or publish it now

Sends a `POST` request to `/v1/posts`

Arguments:
- `idempotency_key`: 1 to 255 visible characters, kept for 24 h: the same key and body give the first answer.
- `body`
```text
let response = client.post_create()
    .idempotency_key(idempotency_key)
    .body(body)
    .send()
    .await;
```*/
    pub fn post_create(&self) -> builder::PostCreate<'_> {
        builder::PostCreate::new(self)
    }
    /**Check a post as scheduling would, and write nothing

Sends a `POST` request to `/v1/posts/validate`

```text
let response = client.post_validate()
    .body(body)
    .send()
    .await;
```*/
    pub fn post_validate(&self) -> builder::PostValidate<'_> {
        builder::PostValidate::new(self)
    }
    /**Read a post

Sends a `GET` request to `/v1/posts/{id}`

```text
let response = client.post_get()
    .id(id)
    .send()
    .await;
```*/
    pub fn post_get(&self) -> builder::PostGet<'_> {
        builder::PostGet::new(self)
    }
    /**Take back what is not being published yet, and delete the post's record

Sends a `DELETE` request to `/v1/posts/{id}`

```text
let response = client.post_delete()
    .id(id)
    .send()
    .await;
```*/
    pub fn post_delete(&self) -> builder::PostDelete<'_> {
        builder::PostDelete::new(self)
    }
    /**Change a post, all or nothing; 409 names the publications whose publishing has begun

Sends a `PATCH` request to `/v1/posts/{id}`

```text
let response = client.post_update()
    .id(id)
    .body(body)
    .send()
    .await;
```*/
    pub fn post_update(&self) -> builder::PostUpdate<'_> {
        builder::PostUpdate::new(self)
    }
    /**Take back every publication of the post, all or nothing

Sends a `POST` request to `/v1/posts/{id}/cancel`

```text
let response = client.post_cancel()
    .id(id)
    .send()
    .await;
```*/
    pub fn post_cancel(&self) -> builder::PostCancel<'_> {
        builder::PostCancel::new(self)
    }
    /**Take one publication back; 409 when publishing has begun

Sends a `POST` request to `/v1/publications/{id}/cancel`

```text
let response = client.publication_cancel()
    .id(id)
    .send()
    .await;
```*/
    pub fn publication_cancel(&self) -> builder::PublicationCancel<'_> {
        builder::PublicationCancel::new(self)
    }
    /**The receipt of a published publication, for download

Sends a `GET` request to `/v1/publications/{id}/receipt`

```text
let response = client.publication_receipt()
    .id(id)
    .send()
    .await;
```*/
    pub fn publication_receipt(&self) -> builder::PublicationReceipt<'_> {
        builder::PublicationReceipt::new(self)
    }
    /**Say what became of a publication in review

Sends a `POST` request to `/v1/publications/{id}/resolve`

```text
let response = client.publication_resolve()
    .id(id)
    .body(body)
    .send()
    .await;
```*/
    pub fn publication_resolve(&self) -> builder::PublicationResolve<'_> {
        builder::PublicationResolve::new(self)
    }
    /**Let a failed or missed publication go out after all

Sends a `POST` request to `/v1/publications/{id}/retry`

```text
let response = client.publication_retry()
    .id(id)
    .body(body)
    .send()
    .await;
```*/
    pub fn publication_retry(&self) -> builder::PublicationRetry<'_> {
        builder::PublicationRetry::new(self)
    }
    /**List the browsers that the person is signed in with

Sends a `GET` request to `/v1/sessions`

```text
let response = client.session_list()
    .send()
    .await;
```*/
    pub fn session_list(&self) -> builder::SessionList<'_> {
        builder::SessionList::new(self)
    }
    /**Sign a browser out: its cookie opens nothing from now on

Sends a `DELETE` request to `/v1/sessions/{id}`

```text
let response = client.session_delete()
    .id(id)
    .send()
    .await;
```*/
    pub fn session_delete(&self) -> builder::SessionDelete<'_> {
        builder::SessionDelete::new(self)
    }
    /**Read who is asking

Sends a `GET` request to `/v1/users/me`

```text
let response = client.me_get()
    .send()
    .await;
```*/
    pub fn me_get(&self) -> builder::MeGet<'_> {
        builder::MeGet::new(self)
    }
    /**Change name, language, and the workspace's name and zone

Sends a `PUT` request to `/v1/users/me`

```text
let response = client.me_update()
    .body(body)
    .send()
    .await;
```*/
    pub fn me_update(&self) -> builder::MeUpdate<'_> {
        builder::MeUpdate::new(self)
    }
    /**Delete everything of the person: account, sessions, and the workspaces that are theirs alone with
posts, files, keys, and the access to Instagram accounts. Workspaces that others share stay with
them, with what is connected there. What is live on Instagram stays there

Sends a `DELETE` request to `/v1/users/me`

```text
let response = client.me_delete()
    .send()
    .await;
```*/
    pub fn me_delete(&self) -> builder::MeDelete<'_> {
        builder::MeDelete::new(self)
    }
    /**Take everything out: the person, the workspaces they own, posts, files, as one archive

Sends a `GET` request to `/v1/users/me/export`

```text
let response = client.me_export()
    .send()
    .await;
```*/
    pub fn me_export(&self) -> builder::MeExport<'_> {
        builder::MeExport::new(self)
    }
    /**Stop being known by one of several identities; the person's other sessions end

Sends a `DELETE` request to `/v1/users/me/identities/{provider}/{subject}`

```text
let response = client.identity_delete()
    .provider(provider)
    .subject(subject)
    .send()
    .await;
```*/
    pub fn identity_delete(&self) -> builder::IdentityDelete<'_> {
        builder::IdentityDelete::new(self)
    }
    /**List the person's workspaces

Sends a `GET` request to `/v1/workspaces`

```text
let response = client.workspace_list()
    .send()
    .await;
```*/
    pub fn workspace_list(&self) -> builder::WorkspaceList<'_> {
        builder::WorkspaceList::new(self)
    }
    /**Make a workspace whose owner the person is

Sends a `POST` request to `/v1/workspaces`

```text
let response = client.workspace_create()
    .body(body)
    .send()
    .await;
```*/
    pub fn workspace_create(&self) -> builder::WorkspaceCreate<'_> {
        builder::WorkspaceCreate::new(self)
    }
    /**Work in another workspace from now on. A key is bound to its own

Sends a `POST` request to `/v1/workspaces/{id}/enter`

```text
let response = client.workspace_enter()
    .id(id)
    .send()
    .await;
```*/
    pub fn workspace_enter(&self) -> builder::WorkspaceEnter<'_> {
        builder::WorkspaceEnter::new(self)
    }
}
/// Types for composing operation parameters.
pub mod builder {
    use super::types;
    use super::{
        encode_path, ByteStream, ClientInfo, ClientHooks, Error, OperationInfo,
        RequestBuilderExt, ResponseValue,
    };
    /**Builder for [`Client::health_get`]

[`Client::health_get`]: super::Client::health_get*/
    #[derive(Debug, Clone)]
    pub struct HealthGet<'a> {
        client: &'a super::Client,
    }
    impl<'a> HealthGet<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/healthz`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Health>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/healthz", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "health_get",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::ready_get`]

[`Client::ready_get`]: super::Client::ready_get*/
    #[derive(Debug, Clone)]
    pub struct ReadyGet<'a> {
        client: &'a super::Client,
    }
    impl<'a> ReadyGet<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/readyz`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Health>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/readyz", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "ready_get",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::account_list`]

[`Client::account_list`]: super::Client::account_list*/
    #[derive(Debug, Clone)]
    pub struct AccountList<'a> {
        client: &'a super::Client,
    }
    impl<'a> AccountList<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/accounts`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::AccountList>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/accounts", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "account_list",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::account_create`]

[`Client::account_create`]: super::Client::account_create*/
    #[derive(Debug, Clone)]
    pub struct AccountCreate<'a> {
        client: &'a super::Client,
        body: Result<types::builder::NewAccount, String>,
    }
    impl<'a> AccountCreate<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::NewAccount>,
            <V as std::convert::TryInto<types::NewAccount>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `NewAccount` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::NewAccount,
            ) -> types::builder::NewAccount,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/accounts`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Account>, Error<types::Problem>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::NewAccount::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/accounts", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "account_create",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                201u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::account_connect`]

[`Client::account_connect`]: super::Client::account_connect*/
    #[derive(Debug, Clone)]
    pub struct AccountConnect<'a> {
        client: &'a super::Client,
        body: Result<types::builder::ConnectAccount, String>,
    }
    impl<'a> AccountConnect<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::ConnectAccount>,
            <V as std::convert::TryInto<
                types::ConnectAccount,
            >>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `ConnectAccount` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::ConnectAccount,
            ) -> types::builder::ConnectAccount,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/accounts/connect`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ConnectStarted>, Error<types::Problem>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| {
                    types::ConnectAccount::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/accounts/connect", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "account_connect",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::account_get`]

[`Client::account_get`]: super::Client::account_get*/
    #[derive(Debug, Clone)]
    pub struct AccountGet<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
    }
    impl<'a> AccountGet<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/accounts/{id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Account>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/accounts/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "account_get",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::account_delete`]

[`Client::account_delete`]: super::Client::account_delete*/
    #[derive(Debug, Clone)]
    pub struct AccountDelete<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
    }
    impl<'a> AccountDelete<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/v1/accounts/{id}`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/accounts/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "account_delete",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::api_key_list`]

[`Client::api_key_list`]: super::Client::api_key_list*/
    #[derive(Debug, Clone)]
    pub struct ApiKeyList<'a> {
        client: &'a super::Client,
    }
    impl<'a> ApiKeyList<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/api-keys`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::ApiKeyList>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/api-keys", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "api_key_list",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::api_key_create`]

[`Client::api_key_create`]: super::Client::api_key_create*/
    #[derive(Debug, Clone)]
    pub struct ApiKeyCreate<'a> {
        client: &'a super::Client,
        body: Result<types::builder::NewApiKey, String>,
    }
    impl<'a> ApiKeyCreate<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::NewApiKey>,
            <V as std::convert::TryInto<types::NewApiKey>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `NewApiKey` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::NewApiKey) -> types::builder::NewApiKey,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/api-keys`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::MadeApiKey>, Error<types::Problem>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::NewApiKey::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/api-keys", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "api_key_create",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                201u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::api_key_delete`]

[`Client::api_key_delete`]: super::Client::api_key_delete*/
    #[derive(Debug, Clone)]
    pub struct ApiKeyDelete<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
    }
    impl<'a> ApiKeyDelete<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/v1/api-keys/{id}`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/api-keys/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "api_key_delete",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::api_key_rotate`]

[`Client::api_key_rotate`]: super::Client::api_key_rotate*/
    #[derive(Debug, Clone)]
    pub struct ApiKeyRotate<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
        body: Result<types::builder::KeyRotation, String>,
    }
    impl<'a> ApiKeyRotate<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::KeyRotation>,
            <V as std::convert::TryInto<types::KeyRotation>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `KeyRotation` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::KeyRotation,
            ) -> types::builder::KeyRotation,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/api-keys/{id}/rotate`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::MadeApiKey>, Error<types::Problem>> {
            let Self { client, id, body } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| types::KeyRotation::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/api-keys/{}/rotate", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "api_key_rotate",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                201u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::invitation_list`]

[`Client::invitation_list`]: super::Client::invitation_list*/
    #[derive(Debug, Clone)]
    pub struct InvitationList<'a> {
        client: &'a super::Client,
    }
    impl<'a> InvitationList<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/invitations`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::InvitationList>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/invitations", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "invitation_list",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::invitation_create`]

[`Client::invitation_create`]: super::Client::invitation_create*/
    #[derive(Debug, Clone)]
    pub struct InvitationCreate<'a> {
        client: &'a super::Client,
        body: Result<types::builder::NewInvitation, String>,
    }
    impl<'a> InvitationCreate<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::NewInvitation>,
            <V as std::convert::TryInto<types::NewInvitation>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `NewInvitation` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::NewInvitation,
            ) -> types::builder::NewInvitation,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/invitations`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::MadeInvitation>, Error<types::Problem>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| {
                    types::NewInvitation::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/invitations", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "invitation_create",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                201u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::invitation_delete`]

[`Client::invitation_delete`]: super::Client::invitation_delete*/
    #[derive(Debug, Clone)]
    pub struct InvitationDelete<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
    }
    impl<'a> InvitationDelete<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/v1/invitations/{id}`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/invitations/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "invitation_delete",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::media_list`]

[`Client::media_list`]: super::Client::media_list*/
    #[derive(Debug, Clone)]
    pub struct MediaList<'a> {
        client: &'a super::Client,
        cursor: Result<Option<::std::string::String>, String>,
        limit: Result<Option<u32>, String>,
    }
    impl<'a> MediaList<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                cursor: Ok(None),
                limit: Ok(None),
            }
        }
        pub fn cursor<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.cursor = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for cursor failed"
                        .to_string()
                });
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u32>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u32` for limit failed".to_string());
            self
        }
        ///Sends a `GET` request to `/v1/media`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::MediaList>, Error<types::Problem>> {
            let Self { client, cursor, limit } = self;
            let cursor = cursor.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/media", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("cursor", &cursor))
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "media_list",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::media_create`]

[`Client::media_create`]: super::Client::media_create*/
    #[derive(Debug)]
    pub struct MediaCreate<'a> {
        client: &'a super::Client,
        filename: Result<Option<::std::string::String>, String>,
        keep_refused: Result<Option<bool>, String>,
        body: Result<reqwest::Body, String>,
    }
    impl<'a> MediaCreate<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                filename: Ok(None),
                keep_refused: Ok(None),
                body: Err("body was not initialized".to_string()),
            }
        }
        pub fn filename<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.filename = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for filename failed"
                        .to_string()
                });
            self
        }
        pub fn keep_refused<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<bool>,
        {
            self.keep_refused = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `bool` for keep_refused failed".to_string());
            self
        }
        pub fn body<B>(mut self, value: B) -> Self
        where
            B: std::convert::TryInto<reqwest::Body>,
        {
            self.body = value
                .try_into()
                .map_err(|_| {
                    "conversion to `reqwest::Body` for body failed".to_string()
                });
            self
        }
        ///Sends a `POST` request to `/v1/media`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Media>, Error<types::Problem>> {
            let Self { client, filename, keep_refused, body } = self;
            let filename = filename.map_err(Error::InvalidRequest)?;
            let keep_refused = keep_refused.map_err(Error::InvalidRequest)?;
            let body = body.map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/media", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .header(
                    ::reqwest::header::CONTENT_TYPE,
                    ::reqwest::header::HeaderValue::from_static(
                        "application/octet-stream",
                    ),
                )
                .body(body)
                .query(&progenitor_client::QueryParam::new("filename", &filename))
                .query(
                    &progenitor_client::QueryParam::new("keep_refused", &keep_refused),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "media_create",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                201u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::media_get`]

[`Client::media_get`]: super::Client::media_get*/
    #[derive(Debug, Clone)]
    pub struct MediaGet<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
    }
    impl<'a> MediaGet<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/media/{id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Media>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/media/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "media_get",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::media_delete`]

[`Client::media_delete`]: super::Client::media_delete*/
    #[derive(Debug, Clone)]
    pub struct MediaDelete<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
        cancel_posts: Result<Option<bool>, String>,
    }
    impl<'a> MediaDelete<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
                cancel_posts: Ok(None),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        pub fn cancel_posts<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<bool>,
        {
            self.cancel_posts = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `bool` for cancel_posts failed".to_string());
            self
        }
        ///Sends a `DELETE` request to `/v1/media/{id}`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client, id, cancel_posts } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let cancel_posts = cancel_posts.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/media/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(
                    &progenitor_client::QueryParam::new("cancel_posts", &cancel_posts),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "media_delete",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::media_fix_get`]

[`Client::media_fix_get`]: super::Client::media_fix_get*/
    #[derive(Debug, Clone)]
    pub struct MediaFixGet<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
    }
    impl<'a> MediaFixGet<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/media/{id}/fix`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::MediaFix>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/media/{}/fix", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "media_fix_get",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::media_fix`]

[`Client::media_fix`]: super::Client::media_fix*/
    #[derive(Debug, Clone)]
    pub struct MediaFix<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
        confirm: Result<Option<bool>, String>,
        shape: Result<Option<types::Shape>, String>,
    }
    impl<'a> MediaFix<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
                confirm: Ok(None),
                shape: Ok(None),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        pub fn confirm<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<bool>,
        {
            self.confirm = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `bool` for confirm failed".to_string());
            self
        }
        pub fn shape<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::Shape>,
        {
            self.shape = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `Shape` for shape failed".to_string());
            self
        }
        ///Sends a `POST` request to `/v1/media/{id}/fix`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::MediaFix>, Error<types::Problem>> {
            let Self { client, id, confirm, shape } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let confirm = confirm.map_err(Error::InvalidRequest)?;
            let shape = shape.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/media/{}/fix", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("confirm", &confirm))
                .query(&progenitor_client::QueryParam::new("shape", &shape))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "media_fix",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::media_fix_cancel`]

[`Client::media_fix_cancel`]: super::Client::media_fix_cancel*/
    #[derive(Debug, Clone)]
    pub struct MediaFixCancel<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
    }
    impl<'a> MediaFixCancel<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/v1/media/{id}/fix`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::MediaFix>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/media/{}/fix", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "media_fix_cancel",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::member_list`]

[`Client::member_list`]: super::Client::member_list*/
    #[derive(Debug, Clone)]
    pub struct MemberList<'a> {
        client: &'a super::Client,
    }
    impl<'a> MemberList<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/members`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::MemberList>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/members", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "member_list",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::member_delete`]

[`Client::member_delete`]: super::Client::member_delete*/
    #[derive(Debug, Clone)]
    pub struct MemberDelete<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
    }
    impl<'a> MemberDelete<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/v1/members/{id}`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/members/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "member_delete",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::member_update`]

[`Client::member_update`]: super::Client::member_update*/
    #[derive(Debug, Clone)]
    pub struct MemberUpdate<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
        body: Result<types::builder::MemberChange, String>,
    }
    impl<'a> MemberUpdate<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::MemberChange>,
            <V as std::convert::TryInto<types::MemberChange>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `MemberChange` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::MemberChange,
            ) -> types::builder::MemberChange,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `PATCH` request to `/v1/members/{id}`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client, id, body } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| {
                    types::MemberChange::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/members/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .patch(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "member_update",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::notification_list`]

[`Client::notification_list`]: super::Client::notification_list*/
    #[derive(Debug, Clone)]
    pub struct NotificationList<'a> {
        client: &'a super::Client,
        after: Result<Option<::std::string::String>, String>,
        limit: Result<Option<u32>, String>,
    }
    impl<'a> NotificationList<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                after: Ok(None),
                limit: Ok(None),
            }
        }
        pub fn after<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.after = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for after failed"
                        .to_string()
                });
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u32>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u32` for limit failed".to_string());
            self
        }
        ///Sends a `GET` request to `/v1/notifications`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::NotificationList>, Error<types::Problem>> {
            let Self { client, after, limit } = self;
            let after = after.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/notifications", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("after", &after))
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "notification_list",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::post_list`]

[`Client::post_list`]: super::Client::post_list*/
    #[derive(Debug, Clone)]
    pub struct PostList<'a> {
        client: &'a super::Client,
        account_id: Result<Option<::uuid::Uuid>, String>,
        cursor: Result<Option<::std::string::String>, String>,
        from: Result<Option<::chrono::DateTime<::chrono::offset::Utc>>, String>,
        limit: Result<Option<u32>, String>,
        status: Result<Option<types::PostStatus>, String>,
        to: Result<Option<::chrono::DateTime<::chrono::offset::Utc>>, String>,
    }
    impl<'a> PostList<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                account_id: Ok(None),
                cursor: Ok(None),
                from: Ok(None),
                limit: Ok(None),
                status: Ok(None),
                to: Ok(None),
            }
        }
        pub fn account_id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.account_id = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for account_id failed".to_string()
                });
            self
        }
        pub fn cursor<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.cursor = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for cursor failed"
                        .to_string()
                });
            self
        }
        pub fn from<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
        {
            self.from = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: chrono :: DateTime < :: chrono :: offset :: Utc >` for from failed"
                        .to_string()
                });
            self
        }
        pub fn limit<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<u32>,
        {
            self.limit = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `u32` for limit failed".to_string());
            self
        }
        pub fn status<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::PostStatus>,
        {
            self.status = value
                .try_into()
                .map(Some)
                .map_err(|_| "conversion to `PostStatus` for status failed".to_string());
            self
        }
        pub fn to<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::chrono::DateTime<::chrono::offset::Utc>>,
        {
            self.to = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: chrono :: DateTime < :: chrono :: offset :: Utc >` for to failed"
                        .to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/posts`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::PostList>, Error<types::Problem>> {
            let Self { client, account_id, cursor, from, limit, status, to } = self;
            let account_id = account_id.map_err(Error::InvalidRequest)?;
            let cursor = cursor.map_err(Error::InvalidRequest)?;
            let from = from.map_err(Error::InvalidRequest)?;
            let limit = limit.map_err(Error::InvalidRequest)?;
            let status = status.map_err(Error::InvalidRequest)?;
            let to = to.map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/posts", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .query(&progenitor_client::QueryParam::new("account_id", &account_id))
                .query(&progenitor_client::QueryParam::new("cursor", &cursor))
                .query(&progenitor_client::QueryParam::new("from", &from))
                .query(&progenitor_client::QueryParam::new("limit", &limit))
                .query(&progenitor_client::QueryParam::new("status", &status))
                .query(&progenitor_client::QueryParam::new("to", &to))
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "post_list",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::post_create`]

[`Client::post_create`]: super::Client::post_create*/
    #[derive(Debug, Clone)]
    pub struct PostCreate<'a> {
        client: &'a super::Client,
        idempotency_key: Result<Option<::std::string::String>, String>,
        body: Result<types::builder::NewPost, String>,
    }
    impl<'a> PostCreate<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                idempotency_key: Ok(None),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn idempotency_key<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.idempotency_key = value
                .try_into()
                .map(Some)
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for idempotency_key failed"
                        .to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::NewPost>,
            <V as std::convert::TryInto<types::NewPost>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `NewPost` for body failed: {}", s));
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::NewPost) -> types::builder::NewPost,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/posts`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Post>, Error<types::Problem>> {
            let Self { client, idempotency_key, body } = self;
            let idempotency_key = idempotency_key.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| types::NewPost::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/posts", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            if let Some(value) = idempotency_key {
                header_map.append("Idempotency-Key", value.to_string().try_into()?);
            }
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "post_create",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                201u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::post_validate`]

[`Client::post_validate`]: super::Client::post_validate*/
    #[derive(Debug, Clone)]
    pub struct PostValidate<'a> {
        client: &'a super::Client,
        body: Result<types::builder::NewPost, String>,
    }
    impl<'a> PostValidate<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::NewPost>,
            <V as std::convert::TryInto<types::NewPost>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `NewPost` for body failed: {}", s));
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::NewPost) -> types::builder::NewPost,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/posts/validate`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::PostCheck>, Error<types::Problem>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::NewPost::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/posts/validate", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "post_validate",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::post_get`]

[`Client::post_get`]: super::Client::post_get*/
    #[derive(Debug, Clone)]
    pub struct PostGet<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
    }
    impl<'a> PostGet<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/posts/{id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Post>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/posts/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "post_get",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::post_delete`]

[`Client::post_delete`]: super::Client::post_delete*/
    #[derive(Debug, Clone)]
    pub struct PostDelete<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
    }
    impl<'a> PostDelete<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/v1/posts/{id}`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/posts/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "post_delete",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::post_update`]

[`Client::post_update`]: super::Client::post_update*/
    #[derive(Debug, Clone)]
    pub struct PostUpdate<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
        body: Result<types::builder::PostChange, String>,
    }
    impl<'a> PostUpdate<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::PostChange>,
            <V as std::convert::TryInto<types::PostChange>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `PostChange` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::PostChange,
            ) -> types::builder::PostChange,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `PATCH` request to `/v1/posts/{id}`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Post>, Error<types::Problem>> {
            let Self { client, id, body } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| types::PostChange::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/posts/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .patch(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "post_update",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::post_cancel`]

[`Client::post_cancel`]: super::Client::post_cancel*/
    #[derive(Debug, Clone)]
    pub struct PostCancel<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
    }
    impl<'a> PostCancel<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        ///Sends a `POST` request to `/v1/posts/{id}/cancel`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Post>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/posts/{}/cancel", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "post_cancel",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::publication_cancel`]

[`Client::publication_cancel`]: super::Client::publication_cancel*/
    #[derive(Debug, Clone)]
    pub struct PublicationCancel<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
    }
    impl<'a> PublicationCancel<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        ///Sends a `POST` request to `/v1/publications/{id}/cancel`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Publication>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/publications/{}/cancel", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "publication_cancel",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::publication_receipt`]

[`Client::publication_receipt`]: super::Client::publication_receipt*/
    #[derive(Debug, Clone)]
    pub struct PublicationReceipt<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
    }
    impl<'a> PublicationReceipt<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        ///Sends a `GET` request to `/v1/publications/{id}/receipt`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Receipt>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/publications/{}/receipt", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "publication_receipt",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::publication_resolve`]

[`Client::publication_resolve`]: super::Client::publication_resolve*/
    #[derive(Debug, Clone)]
    pub struct PublicationResolve<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
        body: Result<types::Resolve, String>,
    }
    impl<'a> PublicationResolve<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
                body: Err("body was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::Resolve>,
        {
            self.body = value
                .try_into()
                .map_err(|_| "conversion to `Resolve` for body failed".to_string());
            self
        }
        ///Sends a `POST` request to `/v1/publications/{id}/resolve`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Publication>, Error<types::Problem>> {
            let Self { client, id, body } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let body = body.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/publications/{}/resolve", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "publication_resolve",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::publication_retry`]

[`Client::publication_retry`]: super::Client::publication_retry*/
    #[derive(Debug, Clone)]
    pub struct PublicationRetry<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
        body: Result<types::builder::Retry, String>,
    }
    impl<'a> PublicationRetry<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::Retry>,
            <V as std::convert::TryInto<types::Retry>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `Retry` for body failed: {}", s));
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::Retry) -> types::builder::Retry,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/publications/{id}/retry`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Publication>, Error<types::Problem>> {
            let Self { client, id, body } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let body = body
                .and_then(|v| types::Retry::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/publications/{}/retry", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "publication_retry",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::session_list`]

[`Client::session_list`]: super::Client::session_list*/
    #[derive(Debug, Clone)]
    pub struct SessionList<'a> {
        client: &'a super::Client,
    }
    impl<'a> SessionList<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/sessions`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::SessionList>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/sessions", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "session_list",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::session_delete`]

[`Client::session_delete`]: super::Client::session_delete*/
    #[derive(Debug, Clone)]
    pub struct SessionDelete<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
    }
    impl<'a> SessionDelete<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/v1/sessions/{id}`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/sessions/{}", client.baseurl, encode_path(& id.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "session_delete",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::me_get`]

[`Client::me_get`]: super::Client::me_get*/
    #[derive(Debug, Clone)]
    pub struct MeGet<'a> {
        client: &'a super::Client,
    }
    impl<'a> MeGet<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/users/me`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Me>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/users/me", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "me_get",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::me_update`]

[`Client::me_update`]: super::Client::me_update*/
    #[derive(Debug, Clone)]
    pub struct MeUpdate<'a> {
        client: &'a super::Client,
        body: Result<types::builder::MeChange, String>,
    }
    impl<'a> MeUpdate<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::MeChange>,
            <V as std::convert::TryInto<types::MeChange>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| format!("conversion to `MeChange` for body failed: {}", s));
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(types::builder::MeChange) -> types::builder::MeChange,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `PUT` request to `/v1/users/me`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Me>, Error<types::Problem>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| types::MeChange::try_from(v).map_err(|e| e.to_string()))
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/users/me", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .put(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "me_update",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::me_delete`]

[`Client::me_delete`]: super::Client::me_delete*/
    #[derive(Debug, Clone)]
    pub struct MeDelete<'a> {
        client: &'a super::Client,
    }
    impl<'a> MeDelete<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `DELETE` request to `/v1/users/me`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Farewell>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/users/me", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "me_delete",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::me_export`]

[`Client::me_export`]: super::Client::me_export*/
    #[derive(Debug, Clone)]
    pub struct MeExport<'a> {
        client: &'a super::Client,
    }
    impl<'a> MeExport<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/users/me/export`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<ByteStream>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/users/me/export", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client.client.get(url).headers(header_map).build()?;
            let info = OperationInfo {
                operation_id: "me_export",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => Ok(ResponseValue::stream(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::identity_delete`]

[`Client::identity_delete`]: super::Client::identity_delete*/
    #[derive(Debug, Clone)]
    pub struct IdentityDelete<'a> {
        client: &'a super::Client,
        provider: Result<::std::string::String, String>,
        subject: Result<::std::string::String, String>,
    }
    impl<'a> IdentityDelete<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                provider: Err("provider was not initialized".to_string()),
                subject: Err("subject was not initialized".to_string()),
            }
        }
        pub fn provider<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.provider = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for provider failed"
                        .to_string()
                });
            self
        }
        pub fn subject<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::std::string::String>,
        {
            self.subject = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: std :: string :: String` for subject failed"
                        .to_string()
                });
            self
        }
        ///Sends a `DELETE` request to `/v1/users/me/identities/{provider}/{subject}`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client, provider, subject } = self;
            let provider = provider.map_err(Error::InvalidRequest)?;
            let subject = subject.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/users/me/identities/{}/{}", client.baseurl, encode_path(& provider
                .to_string()), encode_path(& subject.to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .delete(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "identity_delete",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::workspace_list`]

[`Client::workspace_list`]: super::Client::workspace_list*/
    #[derive(Debug, Clone)]
    pub struct WorkspaceList<'a> {
        client: &'a super::Client,
    }
    impl<'a> WorkspaceList<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self { client: client }
        }
        ///Sends a `GET` request to `/v1/workspaces`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::WorkspaceList>, Error<types::Problem>> {
            let Self { client } = self;
            let url = format!("{}/v1/workspaces", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .get(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "workspace_list",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                200u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::workspace_create`]

[`Client::workspace_create`]: super::Client::workspace_create*/
    #[derive(Debug, Clone)]
    pub struct WorkspaceCreate<'a> {
        client: &'a super::Client,
        body: Result<types::builder::NewWorkspace, String>,
    }
    impl<'a> WorkspaceCreate<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                body: Ok(::std::default::Default::default()),
            }
        }
        pub fn body<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<types::NewWorkspace>,
            <V as std::convert::TryInto<types::NewWorkspace>>::Error: std::fmt::Display,
        {
            self.body = value
                .try_into()
                .map(From::from)
                .map_err(|s| {
                    format!("conversion to `NewWorkspace` for body failed: {}", s)
                });
            self
        }
        pub fn body_map<F>(mut self, f: F) -> Self
        where
            F: std::ops::FnOnce(
                types::builder::NewWorkspace,
            ) -> types::builder::NewWorkspace,
        {
            self.body = self.body.map(f);
            self
        }
        ///Sends a `POST` request to `/v1/workspaces`
        pub async fn send(
            self,
        ) -> Result<ResponseValue<types::Workspace>, Error<types::Problem>> {
            let Self { client, body } = self;
            let body = body
                .and_then(|v| {
                    types::NewWorkspace::try_from(v).map_err(|e| e.to_string())
                })
                .map_err(Error::InvalidRequest)?;
            let url = format!("{}/v1/workspaces", client.baseurl,);
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .json(&body)
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "workspace_create",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                201u16 => ResponseValue::from_response(response).await,
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
    /**Builder for [`Client::workspace_enter`]

[`Client::workspace_enter`]: super::Client::workspace_enter*/
    #[derive(Debug, Clone)]
    pub struct WorkspaceEnter<'a> {
        client: &'a super::Client,
        id: Result<::uuid::Uuid, String>,
    }
    impl<'a> WorkspaceEnter<'a> {
        pub fn new(client: &'a super::Client) -> Self {
            Self {
                client: client,
                id: Err("id was not initialized".to_string()),
            }
        }
        pub fn id<V>(mut self, value: V) -> Self
        where
            V: std::convert::TryInto<::uuid::Uuid>,
        {
            self.id = value
                .try_into()
                .map_err(|_| {
                    "conversion to `:: uuid :: Uuid` for id failed".to_string()
                });
            self
        }
        ///Sends a `POST` request to `/v1/workspaces/{id}/enter`
        pub async fn send(self) -> Result<ResponseValue<()>, Error<types::Problem>> {
            let Self { client, id } = self;
            let id = id.map_err(Error::InvalidRequest)?;
            let url = format!(
                "{}/v1/workspaces/{}/enter", client.baseurl, encode_path(& id
                .to_string()),
            );
            let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
            header_map
                .append(
                    ::reqwest::header::HeaderName::from_static("api-version"),
                    ::reqwest::header::HeaderValue::from_static(
                        super::Client::api_version(),
                    ),
                );
            let mut request = client
                .client
                .post(url)
                .header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static("application/json"),
                )
                .headers(header_map)
                .build()?;
            let info = OperationInfo {
                operation_id: "workspace_enter",
            };
            client.pre(&mut request, &info).await?;
            let result = client.exec(request, &info).await;
            client.post(&result, &info).await?;
            let response = result?;
            match response.status().as_u16() {
                204u16 => Ok(ResponseValue::empty(response)),
                400u16..=499u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                500u16..=599u16 => {
                    Err(
                        Error::ErrorResponse(
                            ResponseValue::from_response(response).await?,
                        ),
                    )
                }
                _ => Err(Error::UnexpectedResponse(response)),
            }
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    pub use self::super::Client;
}
