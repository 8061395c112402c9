//! Rules of the container. What they find would come to 352/2207026, which names no cause.

use super::Out;
use crate::facts::{Edits, Facts};

/// Brands that Instagram is known to take.
const BRANDS: &[&str] = &[
    "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "avc1",
    "qt", "M4V", "M4VP", "MSNV", "hvc1", "dash", "3gp4", "3gp5", "3gp6",
];

/// Brands of pictures and sound alone.
const NO_VIDEO: &[&str] = &[
    "heic", "heix", "mif1", "msf1", "avif", "avis", "jp2", "jpx", "crx", "M4A", "M4B", "M4P", "F4A",
];

/// Files over the limit, and those that are over it if a megabyte is a million bytes.
pub(crate) fn size(facts: &Facts, out: &mut Out<'_>) {
    let (most, warn) = (out.policy.bytes_max.value, out.policy.bytes_warn.value);
    let actual = facts.bytes.to_string();
    if facts.bytes > most {
        out.error("file.size", &actual, &most.to_string());
    } else if facts.bytes > warn {
        out.warning("file.size", &actual, &warn.to_string());
    }
}

/// Instagram reads the file from its front.
pub(crate) fn moov_front(facts: &Facts, out: &mut Out<'_>) {
    if out.policy.moov_front.value && facts.moov_front == Some(false) {
        out.error("container.moov_front", "mdat, moov", "moov, mdat");
    }
}

/// An unusual brand is told, not refused: readers go by the boxes. A picture's is refused.
pub(crate) fn brand(facts: &Facts, out: &mut Out<'_>) {
    let Some(brand) = facts.brand.as_deref() else {
        return;
    };
    let usual = "isom, mp42, qt";
    if NO_VIDEO.contains(&brand) {
        out.error("container.brand", brand, usual);
    } else if !BRANDS.contains(&brand) {
        out.warning("container.brand", brand, usual);
    }
}

/// The index of a file in fragments does not tell what is in it.
pub(crate) fn fragmented(facts: &Facts, out: &mut Out<'_>) {
    if facts.fragmented {
        out.error("container.fragmented", "mvex", "moov");
    }
}

/// Instagram wants none; those that change nothing come from every encoder and pass.
pub(crate) fn edit_list(facts: &Facts, out: &mut Out<'_>) {
    match &facts.edits {
        Edits::None => {}
        Edits::Trivial => out.warning("container.edit_list", "changes nothing", "none"),
        Edits::Changes(what) => out.error("container.edit_list", what, "none"),
    }
}

/// Time codes, subtitles, measurements of the camera.
pub(crate) fn extra_track(facts: &Facts, out: &mut Out<'_>) {
    if !facts.other_tracks.is_empty() {
        let actual = facts.other_tracks.join(", ");
        out.warning("container.extra_track", &actual, "vide, soun");
    }
}
