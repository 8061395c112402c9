//! The check of a cover image.

use std::io::{Read, Seek, SeekFrom};

use crate::facts::Facts;
use crate::jpeg;
use crate::policy::Policy;
use crate::report::Report;
use crate::rules::{self, Out};

/// Checks a JPEG of `length` bytes against a policy. Prevents 2207004 (image too large) and
/// 2207005 (image format).
pub fn check_cover<R: Read + Seek>(mut reader: R, length: u64, policy: &Policy) -> Report {
    let mut facts = Facts {
        bytes: length,
        ..Facts::default()
    };
    let mut out = Out::new(policy);
    if length == 0 {
        out.error("file.empty", "0", "1");
        return Report::new(out.found, facts);
    }
    rules::container::size(&facts, &mut out);
    let size = reader
        .seek(SeekFrom::Start(0))
        .and_then(|_| jpeg::size(&mut reader));
    match size {
        Ok(Some((width, height))) => {
            (facts.width, facts.height) = (Some(width), Some(height));
        }
        Ok(None) => out.error("image.format", "unreadable", "JPEG"),
        Err(io) => out.error("image.format", &io.to_string(), "JPEG"),
    }
    Report::new(out.found, facts)
}
