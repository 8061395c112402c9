//! Rows as they are given out: what is no secret of ours or of the platform.

use serde::Serialize;
use serde_json::{Value, json};

use crate::model::{Account, ApiKey, Media, Publication, Receipt, Role, Scope, Scopes, Workspace};
use crate::ports::store::PostView;

/// Longest name of a file, in characters; systems allow 255 bytes.
const NAME_MAX: usize = 60;

/// A workspace with what somebody may do there.
pub(super) fn place((workspace, role): &(Workspace, Role)) -> Value {
    json!({
        "id": workspace.id,
        "name": workspace.name,
        "timezone": workspace.timezone,
        "created_at": workspace.created_at,
        "role": role,
        // Of the others only its owners take everything out.
        "exported": *role == Role::Owner,
    })
}

/// An account, without its token.
pub(super) fn account(account: &Account) -> Value {
    json!({
        "id": account.id,
        "platform": account.platform,
        "login": account.login,
        "remote_user_id": account.remote_user_id,
        "app_scoped_id": account.app_scoped_id,
        "username": account.username,
        "status": account.status,
        "token_obtained_at": account.token_obtained_at,
        "token_expires_at": account.token_expires_at,
        "scopes": account.scopes,
        "quota": account.quota,
        "quota_read_at": account.quota_read_at,
        "created_at": account.created_at,
        "updated_at": account.updated_at,
    })
}

/// A key without its secret; its scopes as they are asked for.
pub(super) fn key(key: &ApiKey) -> Value {
    let scopes = match &key.scopes {
        Scopes::All => Scope::ALL.to_vec(),
        Scopes::Only(some) => some.clone(),
    };
    json!({
        "id": key.id,
        "user": key.user,
        "name": key.name,
        "prefix": key.prefix,
        "last_four": key.last_four,
        "scopes": scopes,
        "created_at": key.created_at,
        "last_used_at": key.last_used_at,
        "expires_at": key.expires_at,
    })
}

/// A post with its publications and their receipts.
pub(super) struct Post<'a> {
    pub(super) view: &'a PostView,
    pub(super) receipts: Vec<Receipt>,
}

impl Serialize for Post<'_> {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let view = self.view;
        let publications: Vec<_> = view.publications.iter().map(publication).collect();
        json!({
            "status": view.status(),
            "post": view.post,
            "publications": publications,
            "receipts": self.receipts,
        })
        .serialize(out)
    }
}

/// A publication, without the platform's handles: they may carry what opens an upload.
fn publication(row: &Publication) -> Value {
    let p = &row.progress;
    json!({
        "id": row.id,
        "account": row.account,
        "state": p.state,
        "state_since": row.state_since,
        "due_at": p.due_at,
        "armed_at": p.armed_at,
        "sends": p.sends,
        "published_at": p.published_at,
        "confirmed_at": p.confirmed_at,
        "remote_id": p.remote_id,
        "permalink": p.permalink,
        "trouble": p.trouble,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    })
}

/// The name that a file was uploaded under, as every system takes it.
pub(super) fn file_name(media: &Media) -> String {
    let ending = match media.content_type.as_str() {
        "image/jpeg" => "jpg",
        "video/quicktime" => "mov",
        _ => "mp4",
    };
    let name = media.filename.as_deref().unwrap_or_default();
    // What the content says stands above what the name does.
    let stem = match name.rsplit_once('.') {
        Some((stem, given)) if given.chars().all(char::is_alphanumeric) => stem,
        _ => name,
    };
    let clean: String = stem
        .chars()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            c if c.is_control() => '_',
            c => c,
        })
        .take(NAME_MAX)
        .collect();
    let clean = clean.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if clean.is_empty() || is_taken(clean) {
        return format!("file.{ending}");
    }
    format!("{clean}.{ending}")
}

/// Names that Windows keeps for itself.
fn is_taken(name: &str) -> bool {
    let name = name.split('.').next().unwrap_or_default();
    let name = name.trim_end().to_ascii_lowercase();
    let numbered = |device: &str| {
        let number = name.strip_prefix(device);
        number.is_some_and(|n| n.chars().count() == 1)
    };
    ["con", "prn", "aux", "nul"].contains(&name.as_str()) || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::model::WorkspaceId;
    use crate::testing::suite::store::rows;

    #[test]
    fn a_name_is_one_that_every_system_takes() {
        let now = DateTime::UNIX_EPOCH;
        let mut media = rows::media(WorkspaceId::generate(now), now);
        for (given, expected) in [
            ("Ёлка 🎄.mp4", "Ёлка 🎄.mp4"),
            ("../../etc/passwd", "_.._etc_passwd.mp4"),
            ("a\\b:c.mov", "a_b_c.mp4"),
            ("..", "file.mp4"),
            ("nul.mp4", "file.mp4"),
            ("COM1.x.mp4", "file.mp4"),
            ("company.mp4", "company.mp4"),
            (" a\u{0}b .mp4", "a_b.mp4"),
            ("", "file.mp4"),
        ] {
            media.filename = Some(given.to_owned());
            assert_eq!(file_name(&media), expected, "{given}");
        }
        media.filename = Some("x".repeat(300));
        assert_eq!(file_name(&media).len(), NAME_MAX + 4);
        media.filename = None;
        media.content_type = "image/jpeg".to_owned();
        assert_eq!(file_name(&media), "file.jpg");
    }
}
