//! The sequence parameter set of H.264 (ITU-T H.264, 7.3.2.1.1 and E.1.1).

use super::Sps;
use super::bits::Bits;

/// Profiles whose parameter sets name chroma and depth.
const HIGH: [u32; 13] = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

/// Shapes of pixels by `aspect_ratio_idc`, from 1.
const PIXELS: [(u32, u32); 16] = [
    (1, 1),
    (12, 11),
    (10, 11),
    (16, 11),
    (40, 33),
    (24, 11),
    (20, 11),
    (32, 11),
    (80, 33),
    (18, 11),
    (15, 11),
    (64, 33),
    (160, 99),
    (4, 3),
    (3, 2),
    (2, 1),
];

/// Reads a parameter set, its NAL header in front.
pub(crate) fn sps(nal: &[u8]) -> Option<Sps> {
    let bits = &mut Bits::of_nal(nal.get(1..)?);
    let profile = bits.bits(8)?;
    bits.skip(16)?;
    bits.ue()?;
    let mut sps = Sps {
        chroma: 1,
        depth: 8,
        ..Sps::default()
    };
    if HIGH.contains(&profile) {
        sps.chroma = u8::try_from(bits.ue()?).ok().filter(|c| *c <= 3)?;
        if sps.chroma == 3 {
            bits.bit()?;
        }
        sps.depth = u8::try_from(bits.ue()?).ok()?.checked_add(8)?;
        bits.ue()?;
        bits.bit()?;
        if bits.bit()? {
            scaling(bits, if sps.chroma == 3 { 12 } else { 8 })?;
        }
    }
    bits.ue()?;
    order(bits)?;
    bits.ue()?;
    bits.bit()?;
    let (columns, rows) = (bits.ue()?.checked_add(1)?, bits.ue()?.checked_add(1)?);
    let frames_only = bits.bit()?;
    sps.interlaced = !frames_only;
    if !frames_only {
        bits.bit()?;
    }
    bits.bit()?;
    let rows = rows.checked_mul(if frames_only { 1 } else { 2 })?;
    size(bits, &mut sps, columns, rows)?;
    // What stands after the size is a bonus.
    sps.pixel = pixel(bits);
    Some(sps)
}

/// Scaling lists are passed over.
fn scaling(bits: &mut Bits<'_>, lists: u32) -> Option<()> {
    for list in 0..lists {
        if !bits.bit()? {
            continue;
        }
        let (mut last, mut next) = (8, 8);
        for _ in 0..if list < 6 { 16 } else { 64 } {
            if next != 0 {
                next = (last + bits.se()?).rem_euclid(256);
            }
            if next != 0 {
                last = next;
            }
        }
    }
    Some(())
}

/// The order of pictures is passed over.
fn order(bits: &mut Bits<'_>) -> Option<()> {
    match bits.ue()? {
        0 => {
            bits.ue()?;
        }
        1 => {
            bits.bit()?;
            bits.ue()?;
            bits.ue()?;
            for _ in 0..bits.ue()?.min(255) {
                bits.ue()?;
            }
        }
        _ => {}
    }
    Some(())
}

fn size(bits: &mut Bits<'_>, sps: &mut Sps, columns: u32, rows: u32) -> Option<()> {
    let (width, height) = (columns.checked_mul(16)?, rows.checked_mul(16)?);
    let (mut across, mut down) = (0_u32, 0_u32);
    if bits.bit()? {
        let [left, right, top, bottom] = [bits.ue()?, bits.ue()?, bits.ue()?, bits.ue()?];
        let unit_x = if matches!(sps.chroma, 1 | 2) { 2 } else { 1 };
        let unit_y = if sps.chroma == 1 { 2 } else { 1 } * if sps.interlaced { 2 } else { 1 };
        across = left.checked_add(right)?.checked_mul(unit_x)?;
        down = top.checked_add(bottom)?.checked_mul(unit_y)?;
    }
    sps.width = width.checked_sub(across)?;
    sps.height = height.checked_sub(down)?;
    Some(())
}

fn pixel(bits: &mut Bits<'_>) -> Option<(u32, u32)> {
    if !(bits.bit()? && bits.bit()?) {
        return None;
    }
    match bits.bits(8)? {
        255 => Some((bits.bits(16)?, bits.bits(16)?)),
        index => PIXELS
            .get(usize::try_from(index).ok()?.checked_sub(1)?)
            .copied(),
    }
}
