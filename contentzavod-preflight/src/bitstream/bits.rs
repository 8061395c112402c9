//! Bits of a NAL unit, emulation prevention removed.

/// Reads bits from the front; `None` past the end.
#[derive(Debug)]
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    /// How many zero bytes came before the next one.
    zeros: u8,
    byte: u8,
    left: u8,
    /// The bytes are a NAL unit: 00 00 03 stands for 00 00.
    nal: bool,
}

impl<'a> Bits<'a> {
    pub(super) const fn of_nal(bytes: &'a [u8]) -> Self {
        Self::new(bytes, true)
    }

    pub(super) const fn plain(bytes: &'a [u8]) -> Self {
        Self::new(bytes, false)
    }

    const fn new(bytes: &'a [u8], nal: bool) -> Self {
        Self {
            bytes,
            at: 0,
            zeros: 0,
            byte: 0,
            left: 0,
            nal,
        }
    }

    fn next_byte(&mut self) -> Option<u8> {
        let mut byte = *self.bytes.get(self.at)?;
        self.at += 1;
        if self.nal && self.zeros >= 2 && byte == 3 {
            self.zeros = 0;
            byte = *self.bytes.get(self.at)?;
            self.at += 1;
        }
        self.zeros = if byte == 0 {
            self.zeros.saturating_add(1)
        } else {
            0
        };
        Some(byte)
    }

    pub(super) fn bit(&mut self) -> Option<bool> {
        if self.left == 0 {
            self.byte = self.next_byte()?;
            self.left = 8;
        }
        self.left -= 1;
        Some(self.byte >> self.left & 1 == 1)
    }

    /// Up to 32 bits.
    pub(super) fn bits(&mut self, count: u32) -> Option<u32> {
        let mut value = 0;
        for _ in 0..count {
            value = value << 1 | u32::from(self.bit()?);
        }
        Some(value)
    }

    pub(super) fn skip(&mut self, count: u32) -> Option<()> {
        for _ in 0..count {
            self.bit()?;
        }
        Some(())
    }

    /// An unsigned number of Exp-Golomb.
    pub(super) fn ue(&mut self) -> Option<u32> {
        let mut zeros = 0;
        while !self.bit()? {
            zeros += 1;
            if zeros > 31 {
                return None;
            }
        }
        let base = (1_u32 << zeros) - 1;
        base.checked_add(self.bits(zeros)?)
    }

    /// A signed number of Exp-Golomb.
    pub(super) fn se(&mut self) -> Option<i64> {
        let code = i64::from(self.ue()?);
        Some(if code % 2 == 0 {
            -code / 2
        } else {
            (code + 1) / 2
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_exp_golomb_come_out_and_ends_are_told() {
        // 1 010 011 00100 00101
        let mut bits = Bits::plain(&[0b1010_0110, 0b0100_0010, 0b1000_0000]);
        let read: Vec<_> = (0..5).map(|_| bits.ue().unwrap()).collect();
        assert_eq!(read, [0, 1, 2, 3, 4]);
        assert_eq!(Bits::plain(&[0; 16]).ue(), None);
        assert_eq!(Bits::plain(&[]).bit(), None);
        let mut signed = Bits::plain(&[0b0100_1100, 0b1000_0000]);
        assert_eq!(
            (signed.se(), signed.se(), signed.se()),
            (Some(1), Some(-1), Some(2))
        );
    }

    #[test]
    fn emulation_prevention_is_removed_in_a_nal_only() {
        let bytes = [0, 0, 3, 1];
        assert_eq!(Bits::of_nal(&bytes).bits(24), Some(1));
        assert_eq!(Bits::plain(&bytes).bits(24), Some(3));
    }
}
