//! The check of a video: walk, decode, apply every rule.

use std::io::{Read, Seek, SeekFrom};

use mp4_atom::{Decode, Moov};

use crate::facts::Facts;
use crate::finding::Finding;
use crate::messages::{error, warning};
use crate::movie;
use crate::policy::Policy;
use crate::report::Report;
use crate::rules;
use crate::sniff::sniff;
use crate::walk::{Ended, TopBox, Walk, walk};

/// A fifteen-minute clip needs under 2 MB; more is no honest `moov`.
const MOOV_MAX: u64 = 64 * 1024 * 1024;

/// Checks a video of `length` bytes against a policy; every finding at once.
///
/// Never panics and never allocates by a length that the file only claims.
pub fn check<R: Read + Seek>(mut reader: R, length: u64, policy: &Policy) -> Report {
    let mut facts = Facts {
        bytes: length,
        ..Facts::default()
    };
    let mut findings = Vec::new();
    if length == 0 {
        findings.push(error("file.empty", "0", "1"));
        return Report::new(findings, facts);
    }
    rules::container::size(&facts, policy, &mut findings);
    if let Err(io) = look_inside(&mut reader, length, policy, &mut facts, &mut findings) {
        findings.push(error("container.malformed", &io.to_string(), "MP4, MOV"));
    }
    Report::new(findings, facts)
}

fn look_inside<R: Read + Seek>(
    reader: &mut R,
    length: u64,
    policy: &Policy,
    facts: &mut Facts,
    findings: &mut Vec<Finding>,
) -> std::io::Result<()> {
    reader.seek(SeekFrom::Start(0))?;
    let mut head = Vec::new();
    reader.by_ref().take(32).read_to_end(&mut head)?;
    if sniff(&head).is_none() || head.starts_with(&[0xFF, 0xD8]) {
        findings.push(error("container.format", &seen(&head), "MP4, MOV"));
        return Ok(());
    }
    facts.brand = brand(&head);
    let found = walk(reader, length)?;
    ending(&found, findings);
    let Some(moov) = found.find(b"moov").copied() else {
        findings.push(error("container.no_moov", "0", "moov"));
        return Ok(());
    };
    let mdat = found.find(b"mdat").map(|b| b.body);
    facts.moov_front = Some(mdat.is_none_or(|mdat| moov.body < mdat));
    rules::container::moov_front(facts, policy, findings);
    rules::container::brand(facts, findings);
    match decode(reader, moov)? {
        Ok(moov) => {
            movie::read(&moov, facts);
            rules::container::fragmented(&moov, findings);
            rules::video::all(facts, policy, findings);
            rules::audio::all(facts, policy, findings);
        }
        // A file that is cut inside `moov` is named as truncated already.
        Err(_) if matches!(found.ended, Ended::Truncated { .. }) => {}
        Err(why) => findings.push(error("container.malformed", &why, "moov")),
    }
    Ok(())
}

fn ending(found: &Walk, findings: &mut Vec<Finding>) {
    match found.ended {
        Ended::Well => {}
        Ended::Truncated { kind, missing } => {
            let kind = String::from_utf8_lossy(&kind).into_owned();
            let actual = format!("{missing} ({kind})");
            findings.push(error("container.truncated", &actual, "0"));
        }
        Ended::Malformed { at } if found.find(b"moov").is_some() => {
            findings.push(warning("container.trailing_bytes", &at.to_string(), "0"));
        }
        Ended::Malformed { at } => {
            let actual = format!("byte {at}");
            findings.push(error("container.malformed", &actual, "MP4, MOV"));
        }
    }
}

/// Reads `moov` whole, but never more than there is nor more than the cap.
fn decode<R: Read + Seek>(reader: &mut R, moov: TopBox) -> std::io::Result<Result<Moov, String>> {
    let size = moov.end - moov.body;
    if size > MOOV_MAX {
        return Ok(Err(format!("moov of {size} bytes")));
    }
    reader.seek(SeekFrom::Start(moov.body))?;
    let mut body = Vec::new();
    reader.by_ref().take(size).read_to_end(&mut body)?;
    let whole = u32::try_from(body.len() + 8).unwrap_or(u32::MAX);
    let mut boxed = Vec::with_capacity(body.len() + 8);
    boxed.extend_from_slice(&whole.to_be_bytes());
    boxed.extend_from_slice(b"moov");
    boxed.append(&mut body);
    Ok(Moov::decode(&mut boxed.as_slice()).map_err(|e| e.to_string()))
}

fn brand(head: &[u8]) -> Option<String> {
    (head.get(4..8)? == b"ftyp").then(|| {
        let brand = head.get(8..12).unwrap_or_default();
        String::from_utf8_lossy(brand).trim().to_owned()
    })
}

/// The first bytes for a person.
fn seen(head: &[u8]) -> String {
    let text: String = head
        .iter()
        .take(8)
        .map(|b| {
            if b.is_ascii_graphic() {
                char::from(*b)
            } else {
                '.'
            }
        })
        .collect();
    format!("{text:?}")
}
