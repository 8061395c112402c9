//! The sequence parameter set of HEVC (ITU-T H.265, 7.3.2.2 and 7.3.3).

use super::Sps;
use super::bits::Bits;

/// Reads a parameter set, its NAL header in front.
pub(crate) fn sps(nal: &[u8]) -> Option<Sps> {
    let bits = &mut Bits::of_nal(nal.get(2..)?);
    bits.skip(4)?;
    let sub_layers = bits.bits(3)?;
    bits.skip(1)?;
    // Profile space, tier, profile, and the compatibility flags.
    bits.skip(8 + 32)?;
    let (progressive, interlaced) = (bits.bit()?, bits.bit()?);
    bits.skip(46)?;
    bits.skip(8)?;
    sub_layer_levels(bits, sub_layers)?;
    bits.ue()?;
    let mut sps = Sps {
        interlaced: interlaced && !progressive,
        ..Sps::default()
    };
    sps.chroma = u8::try_from(bits.ue()?).ok().filter(|c| *c <= 3)?;
    if sps.chroma == 3 {
        bits.bit()?;
    }
    let (width, height) = (bits.ue()?, bits.ue()?);
    let (mut across, mut down) = (0_u32, 0_u32);
    if bits.bit()? {
        let [left, right, top, bottom] = [bits.ue()?, bits.ue()?, bits.ue()?, bits.ue()?];
        let unit_x = if matches!(sps.chroma, 1 | 2) { 2 } else { 1 };
        let unit_y = if sps.chroma == 1 { 2 } else { 1 };
        across = left.checked_add(right)?.checked_mul(unit_x)?;
        down = top.checked_add(bottom)?.checked_mul(unit_y)?;
    }
    sps.width = width.checked_sub(across)?;
    sps.height = height.checked_sub(down)?;
    sps.depth = u8::try_from(bits.ue()?).ok()?.checked_add(8)?;
    Some(sps)
}

fn sub_layer_levels(bits: &mut Bits<'_>, sub_layers: u32) -> Option<()> {
    let mut present = [(false, false); 8];
    for layer in present.iter_mut().take(usize::try_from(sub_layers).ok()?) {
        *layer = (bits.bit()?, bits.bit()?);
    }
    if sub_layers > 0 {
        bits.skip(2 * (8 - sub_layers))?;
    }
    for (profile, level) in present {
        bits.skip(if profile { 88 } else { 0 })?;
        bits.skip(if level { 8 } else { 0 })?;
    }
    Some(())
}
