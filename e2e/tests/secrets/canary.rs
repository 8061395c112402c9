//! What must be nowhere, and every form in which it could be somewhere.

use std::fmt::Write as _;

/// So much of a secret is a leak: a half-printed token is one.
const PART: usize = 12;
/// So much of it in another spelling, whose edges depend on what stands around.
const SPELT: usize = 16;

/// A value that is a secret.
#[derive(Debug, Clone)]
pub(crate) struct Canary {
    /// What it is, for a report.
    pub(crate) name: &'static str,
    value: String,
}

/// One form of a secret.
#[derive(Debug, Clone)]
pub(crate) struct Needle {
    /// Which form, for a report.
    pub(crate) form: &'static str,
    /// The bytes that are looked for.
    pub(crate) bytes: Vec<u8>,
}

impl Canary {
    /// A secret of at least 32 characters.
    pub(crate) fn new(name: &'static str, value: impl Into<String>) -> Self {
        let value = value.into();
        assert!(value.len() >= 32, "{name} is too short to be looked for");
        Self { name, value }
    }

    /// What is looked for.
    pub(crate) fn needles(&self) -> Vec<Needle> {
        let bytes = self.value.as_bytes();
        let end = bytes.len();
        let mut needles = Vec::new();
        let mut find = |form, bytes: Vec<u8>| needles.push(Needle { form, bytes });
        // The first characters tell the kind of a token and may be shown.
        find("beginning", bytes[8..8 + PART].to_vec());
        find(
            "middle",
            bytes[end / 2 - PART / 2..end / 2 + PART / 2].to_vec(),
        );
        find("end", bytes[end - PART..].to_vec());
        find(
            "reversed",
            bytes[end - PART..].iter().rev().copied().collect(),
        );
        find("percent", percent(&bytes[end - PART..]));
        find("hex", hex(&bytes[end - SPELT..], false));
        find("HEX", hex(&bytes[end - SPELT..], true));
        let numbers: Vec<String> = bytes[end - PART..]
            .iter()
            .map(ToString::to_string)
            .collect();
        find("numbers", numbers.join(", ").into_bytes());
        find(
            "utf-16",
            bytes[end - PART..].iter().flat_map(|b| [*b, 0]).collect(),
        );
        for shift in 0..3 {
            for url_safe in [false, true] {
                find("base64", base64_inside(bytes, shift, url_safe));
            }
        }
        needles
    }
}

/// Every byte as `%41`.
fn percent(bytes: &[u8]) -> Vec<u8> {
    let mut text = String::new();
    for byte in bytes {
        let _ = write!(text, "%{byte:02X}");
    }
    text.into_bytes()
}

fn hex(bytes: &[u8], upper: bool) -> Vec<u8> {
    let mut text = String::new();
    for byte in bytes {
        let _ = if upper {
            write!(text, "{byte:02X}")
        } else {
            write!(text, "{byte:02x}")
        };
    }
    text.into_bytes()
}

/// What base64 of any text around the secret shows of it: the whole groups within, where `shift`
/// bytes stand before it.
fn base64_inside(bytes: &[u8], shift: usize, url_safe: bool) -> Vec<u8> {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
    // Three bytes are four characters: whole groups begin `skip` bytes into the secret.
    let skip = (3 - shift) % 3;
    let whole = &bytes[skip..skip + SPELT / 3 * 3];
    let text = if url_safe {
        URL_SAFE_NO_PAD.encode(whole)
    } else {
        STANDARD_NO_PAD.encode(whole)
    };
    text.into_bytes()
}

/// A place that was looked through.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// What it is, for a report.
    pub(crate) name: String,
    /// Everything in it.
    pub(crate) bytes: Vec<u8>,
}

impl Source {
    pub(crate) fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            bytes: bytes.into(),
        }
    }
}

/// Every secret that a place holds, with some of what stands around it.
pub(crate) fn leaks(canaries: &[Canary], source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for canary in canaries {
        for needle in canary.needles() {
            if let Some(at) = position(&source.bytes, &needle.bytes) {
                let from = at.saturating_sub(120);
                let to = (at + 40).min(source.bytes.len());
                let around = String::from_utf8_lossy(&source.bytes[from..to]).into_owned();
                found.push(format!(
                    "{}: {} ({}): …{around}…",
                    source.name, canary.name, needle.form
                ));
            }
        }
    }
    found
}

fn position(hay: &[u8], needle: &[u8]) -> Option<usize> {
    memchr::memmem::find(hay, needle)
}
