//! Signed links `/m/{token}`: whoever holds one may fetch one file until it expires.
//!
//! A token is base64url without padding over: media id (16 bytes), expiry (8 bytes, seconds since
//! 1970, big-endian), content type (1 byte), HMAC-SHA256 over those (32 bytes). 76 characters, no
//! look-up needed. The key is derived from a master key of the deployment, so a link says nothing
//! about it and a rotation keeps old links alive as long as the old key is in the ring.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::{Media, MediaId};
use contentzavod_core::ports::{Clock, MediaLinks};
use url::Url;
use uuid::Uuid;

/// Keeps these links apart from everything else ever signed under the same master key.
const PURPOSE: &[u8] = b"contentzavod media link v1";
const ID: usize = 16;
const BODY: usize = ID + 8 + 1;
const TAG: usize = 32;

/// The content types files are served with; the index goes into the token.
const TYPES: [&str; 4] = [
    "application/octet-stream",
    "video/mp4",
    "video/quicktime",
    "image/jpeg",
];

/// A key that signs links.
#[derive(Clone)]
pub struct LinkKey(hmac::Key);

impl LinkKey {
    /// Derives the key of links from a master key of the deployment.
    #[must_use]
    pub fn derive(master: &[u8]) -> Self {
        let master = hmac::Key::new(hmac::HMAC_SHA256, master);
        let derived = hmac::sign(&master, PURPOSE);
        Self(hmac::Key::new(hmac::HMAC_SHA256, derived.as_ref()))
    }
}

impl fmt::Debug for LinkKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkKey(…)")
    }
}

/// What a good token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened {
    /// The file.
    pub media: MediaId,
    /// The content type it is served with.
    pub content_type: &'static str,
    /// When the link stops working.
    pub expires_at: DateTime<Utc>,
}

/// Makes and opens links.
#[derive(Debug, Clone)]
pub struct SignedLinks {
    base: Url,
    clock: Arc<dyn Clock>,
    /// Never empty; the first signs, all of them open.
    keys: Vec<LinkKey>,
}

impl SignedLinks {
    /// Links under a public address, signed by `key`. A path in `base` is kept: `https://host/a` → `/a/m/…`.
    #[must_use]
    pub fn new(mut base: Url, key: LinkKey, clock: Arc<dyn Clock>) -> Self {
        base.set_query(None);
        base.set_fragment(None);
        if !base.path().ends_with('/') {
            let path = format!("{}/", base.path());
            base.set_path(&path);
        }
        Self {
            base,
            clock,
            keys: vec![key],
        }
    }

    /// Also opens links of an older key.
    #[must_use]
    pub fn also(mut self, older: LinkKey) -> Self {
        self.keys.push(older);
        self
    }

    /// The token of a file until a time.
    #[must_use]
    pub fn seal(&self, media: MediaId, content_type: &str, expires_at: DateTime<Utc>) -> String {
        let kind = TYPES.iter().position(|t| *t == content_type).unwrap_or(0);
        let mut bytes = Vec::with_capacity(BODY + TAG);
        bytes.extend_from_slice(media.0.as_bytes());
        bytes.extend_from_slice(&expires_at.timestamp().to_be_bytes());
        bytes.push(u8::try_from(kind).unwrap_or(0));
        // `new` puts one key in, nothing takes any out.
        if let Some(key) = self.keys.first() {
            bytes.extend_from_slice(hmac::sign(&key.0, &bytes).as_ref());
        }
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// What a token says; `None` for a wrong, changed or expired one. Compares in constant time.
    #[must_use]
    pub fn open(&self, token: &str, now: DateTime<Utc>) -> Option<Opened> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (body, tag) = bytes.split_at_checked(BODY)?;
        if !self
            .keys
            .iter()
            .any(|key| hmac::verify(&key.0, body, tag).is_ok())
        {
            return None;
        }
        let (id, rest) = body.split_at_checked(ID)?;
        let (expiry, kind) = rest.split_at_checked(8)?;
        let expires_at = DateTime::from_timestamp(i64::from_be_bytes(expiry.try_into().ok()?), 0)?;
        (now < expires_at).then_some(())?;
        Some(Opened {
            media: MediaId(Uuid::from_slice(id).ok()?),
            content_type: TYPES.get(usize::from(*kind.first()?)).copied()?,
            expires_at,
        })
    }

    /// The wall clock the expiry is counted by.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }
}

impl MediaLinks for SignedLinks {
    fn link(&self, media: &Media, ttl: TimeDelta) -> Option<Url> {
        // Seconds are cut in the token: one more keeps the promise of "at least".
        let expires_at = self.now().checked_add_signed(ttl)? + TimeDelta::seconds(1);
        let token = self.seal(media.id, &media.content_type, expires_at);
        self.base.join("m/").ok()?.join(&token).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contentzavod_core::model::{MediaKind, MediaStatus, WorkspaceId};
    use contentzavod_core::testing::ManualClock;

    fn clock() -> Arc<dyn Clock> {
        Arc::new(ManualClock::at(at(0)))
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_790_000_000 + seconds, 500_000_000).unwrap()
    }

    fn links(base: &str, master: &[u8]) -> SignedLinks {
        SignedLinks::new(base.parse().unwrap(), LinkKey::derive(master), clock())
    }

    fn media() -> Media {
        Media {
            id: MediaId(Uuid::from_u128(0x1234)),
            workspace: WorkspaceId(Uuid::nil()),
            kind: MediaKind::Video,
            status: MediaStatus::Ready,
            filename: None,
            content_type: "video/quicktime".into(),
            bytes: 1,
            sha256: String::new(),
            original_sha256: None,
            duration_ms: None,
            width: None,
            height: None,
            findings: vec![],
            expires_at: None,
            created_at: at(0),
        }
    }

    fn token(url: &Url) -> String {
        url.path_segments().unwrap().next_back().unwrap().into()
    }

    #[test]
    fn a_link_opens_for_its_time_and_not_after() {
        let links = links("https://example.org", b"master");
        let url = links.link(&media(), TimeDelta::hours(25)).unwrap();
        assert!(url.as_str().starts_with("https://example.org/m/"), "{url}");
        assert!(url.as_str().is_ascii() && url.as_str().len() < 120);
        let token = token(&url);
        let opened = links.open(&token, at(25 * 3600)).unwrap();
        assert_eq!(opened.media, media().id);
        assert_eq!(opened.content_type, "video/quicktime");
        assert_eq!(links.open(&token, at(25 * 3600 + 1)), None);
    }

    #[test]
    fn a_path_of_the_public_address_is_kept() {
        for base in ["https://h.example/a", "https://h.example/a/?x=1#y"] {
            let url = links(base, b"m").link(&media(), TimeDelta::hours(1));
            let url = url.unwrap();
            assert!(url.as_str().starts_with("https://h.example/a/m/"), "{url}");
            assert_eq!(url.query(), None);
        }
    }

    #[test]
    fn any_changed_character_is_refused() {
        let links = links("https://h.example", b"master");
        let token = links.seal(media().id, "video/mp4", at(60));
        for place in 0..token.len() {
            for other in ['A', 'B', '-', '='] {
                let mut changed: Vec<char> = token.chars().collect();
                if changed[place] == other {
                    continue;
                }
                changed[place] = other;
                let changed: String = changed.into_iter().collect();
                assert_eq!(links.open(&changed, at(0)), None, "{changed}");
            }
        }
        for text in ["", "x", "€", &token[..40], &format!("{token}AAAA")] {
            assert_eq!(links.open(text, at(0)), None);
        }
    }

    #[test]
    fn another_key_opens_nothing_and_an_older_one_still_opens() {
        let old = links("https://h.example", b"old");
        let token = old.seal(media().id, "image/jpeg", at(60));
        let new = links("https://h.example", b"new");
        assert_eq!(new.open(&token, at(0)), None);
        let both = new.also(LinkKey::derive(b"old"));
        assert_eq!(both.open(&token, at(0)).unwrap().content_type, "image/jpeg");
    }

    #[test]
    fn debug_shows_no_key() {
        let text = format!("{:?}", LinkKey::derive(b"master"));
        assert_eq!(text, "LinkKey(…)");
    }
}
