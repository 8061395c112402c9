//! Rules of the container.

use mp4_atom::Moov;

use crate::facts::Facts;
use crate::finding::Finding;
use crate::messages::{error, warning};
use crate::policy::Policy;

/// Brands that Instagram is known to take.
const BRANDS: &[&str] = &[
    "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "avc1",
    "qt", "M4V", "M4VP", "MSNV", "hvc1", "dash", "3gp4", "3gp5", "3gp6",
];

/// Prevents 352/2207026 on files over the limit.
pub(crate) fn size(facts: &Facts, policy: &Policy, out: &mut Vec<Finding>) {
    let most = policy.bytes_max.value;
    if facts.bytes > most {
        out.push(error(
            "file.size",
            &facts.bytes.to_string(),
            &most.to_string(),
        ));
    }
}

/// Prevents 352/2207026: Instagram reads the file from its front.
pub(crate) fn moov_front(facts: &Facts, policy: &Policy, out: &mut Vec<Finding>) {
    if policy.moov_front.value && facts.moov_front == Some(false) {
        out.push(error("container.moov_front", "mdat, moov", "moov, mdat"));
    }
}

/// An unusual brand is told, not refused: readers go by the boxes.
pub(crate) fn brand(facts: &Facts, out: &mut Vec<Finding>) {
    if let Some(brand) = facts.brand.as_deref().filter(|b| !BRANDS.contains(b)) {
        out.push(warning("container.brand", brand, "isom, mp42, qt"));
    }
}

/// A file in fragments is not named by Instagram's specification, so it is told, not refused.
pub(crate) fn fragmented(moov: &Moov, out: &mut Vec<Finding>) {
    if moov.mvex.is_some() {
        out.push(warning("container.fragmented", "mvex", "moov"));
    }
}
