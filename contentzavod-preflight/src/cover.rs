//! The check of a cover image.

use std::io::{Read, Seek, SeekFrom};

use crate::facts::Facts;
use crate::jpeg;
use crate::messages::error;
use crate::policy::Policy;
use crate::report::Report;

/// Checks a JPEG of `length` bytes against a policy. Prevents 2207004 (image too large) and
/// 2207005 (image format).
pub fn check_cover<R: Read + Seek>(mut reader: R, length: u64, policy: &Policy) -> Report {
    let mut facts = Facts {
        bytes: length,
        ..Facts::default()
    };
    let mut findings = Vec::new();
    if length == 0 {
        findings.push(error("file.empty", "0", "1"));
        return Report::new(findings, facts);
    }
    crate::rules::container::size(&facts, policy, &mut findings);
    let size = reader
        .seek(SeekFrom::Start(0))
        .and_then(|_| jpeg::size(&mut reader));
    match size {
        Ok(Some((width, height))) => {
            (facts.width, facts.height) = (Some(width), Some(height));
        }
        Ok(None) => findings.push(error("image.format", "unreadable", "JPEG")),
        Err(io) => findings.push(error("image.format", &io.to_string(), "JPEG")),
    }
    Report::new(findings, facts)
}
