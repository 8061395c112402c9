//! The `AudioSpecificConfig` of AAC (ISO/IEC 14496-3, 1.6.2.1).

use super::bits::Bits;

/// Sample rates by their index.
const RATES: [u32; 13] = [
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350,
];

/// What a configuration says; `None` where it says it elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Aac {
    pub(crate) rate: Option<u32>,
    pub(crate) channels: Option<u16>,
}

/// Reads a configuration. Of audio that is reconstructed from half the rate (HE-AAC), the rate is
/// the one that is heard.
pub(crate) fn config(raw: &[u8]) -> Option<Aac> {
    let bits = &mut Bits::plain(raw);
    let kind = kind(bits)?;
    let mut rate = rate(bits)?;
    let channels = match bits.bits(4)? {
        0 => None,
        7 => Some(8),
        11 => Some(7),
        12 | 14 => Some(8),
        13 => Some(24),
        n => u16::try_from(n).ok(),
    };
    if matches!(kind, 5 | 29) {
        rate = self::rate(bits)?.or(rate);
    }
    // Parametric stereo makes two channels of one.
    let channels = if kind == 29 && channels == Some(1) {
        Some(2)
    } else {
        channels
    };
    Some(Aac { rate, channels })
}

fn kind(bits: &mut Bits<'_>) -> Option<u32> {
    match bits.bits(5)? {
        31 => Some(32 + bits.bits(6)?),
        kind => Some(kind),
    }
}

fn rate(bits: &mut Bits<'_>) -> Option<Option<u32>> {
    Some(match bits.bits(4)? {
        15 => Some(bits.bits(24)?),
        index => RATES.get(usize::try_from(index).ok()?).copied(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn configurations_of_each_kind_are_read() {
        let aac = |rate, channels| {
            Some(Aac {
                rate: Some(rate),
                channels,
            })
        };
        // LC, 48 kHz, stereo.
        assert_eq!(config(&[0x11, 0x90]), aac(48_000, Some(2)));
        // LC, 44.1 kHz, mono.
        assert_eq!(config(&[0x12, 0x08]), aac(44_100, Some(1)));
        // LC, an explicit rate of 96000, stereo: 00010 1111 <24 bits> 0010.
        let explicit = [
            0b0001_0111,
            0b1000_0000,
            0b1011_1011,
            0b1000_0000,
            0b0001_0000,
        ];
        assert_eq!(config(&explicit), aac(96_000, Some(2)));
        // HE-AAC: 00101, 24 kHz (6), stereo, heard at 48 kHz (3).
        assert_eq!(
            config(&[0b0010_1011, 0b0001_0001, 0b1000_0000]),
            aac(48_000, Some(2))
        );
        assert_eq!(config(&[0x11]), None);
    }
}
