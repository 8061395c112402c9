//! Sample tables as they lie in the file: never expanded, never trusted in their counts.

use crate::boxes::{u32, u64};

/// Rows of equal width.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Table<'a> {
    rows: &'a [u8],
    width: usize,
    /// More rows are claimed than there are.
    pub(crate) lies: bool,
}

impl<'a> Table<'a> {
    /// A table whose count stands after version and flags, and the rows after the count.
    pub(crate) fn read(body: &'a [u8], width: usize) -> Self {
        Self::with(body, 4, width)
    }

    fn with(body: &'a [u8], count_at: usize, width: usize) -> Self {
        let claimed = u32(body, count_at).map_or(0, |n| usize::try_from(n).unwrap_or(usize::MAX));
        let rows = body.get(count_at + 4..).unwrap_or_default();
        let there = rows.len() / width;
        Self {
            rows: rows.get(..claimed.min(there) * width).unwrap_or_default(),
            width,
            lies: claimed > there,
        }
    }

    pub(crate) const fn len(&self) -> usize {
        match self.rows.len().checked_div(self.width) {
            Some(n) => n,
            None => 0,
        }
    }

    fn row(&self, index: usize) -> Option<&'a [u8]> {
        let from = index.checked_mul(self.width)?;
        self.rows.get(from..from.checked_add(self.width)?)
    }

    /// The number in a column of a row.
    pub(crate) fn u32(&self, index: usize, column: usize) -> Option<u32> {
        u32(self.row(index)?, column * 4)
    }

    /// The 64-bit number that a row is.
    pub(crate) fn u64(&self, index: usize) -> Option<u64> {
        u64(self.row(index)?, 0)
    }

    /// The first two numbers of every row.
    pub(crate) fn pairs(self) -> impl Iterator<Item = (u32, u32)> + 'a {
        (0..self.len()).filter_map(move |i| Some((self.u32(i, 0)?, self.u32(i, 1)?)))
    }
}

/// Sizes of samples: `stsz` or `stz2`.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sizes<'a> {
    /// All of one size.
    Same {
        size: u32,
        count: u32,
    },
    Each(Table<'a>),
    /// Sizes of 4, 8 or 16 bits.
    Compact {
        bits: u8,
        count: u32,
        bytes: &'a [u8],
    },
}

impl<'a> Sizes<'a> {
    /// From the body of `stsz`.
    pub(crate) fn stsz(body: &'a [u8]) -> Option<Self> {
        let size = u32(body, 4)?;
        Some(if size == 0 {
            Self::Each(Table::with(body, 8, 4))
        } else {
            let count = u32(body, 8)?;
            Self::Same { size, count }
        })
    }

    /// From the body of `stz2`.
    pub(crate) fn stz2(body: &'a [u8]) -> Option<Self> {
        let bits = *body.get(7)?;
        let count = u32(body, 8)?;
        let bytes = body.get(12..)?;
        [4, 8, 16]
            .contains(&bits)
            .then_some(Self::Compact { bits, count, bytes })
    }

    /// How many samples there are; of a table with sizes, never more than it holds.
    pub(crate) fn count(&self) -> u64 {
        match *self {
            Self::Same { count, .. } => u64::from(count),
            Self::Each(table) => table.len() as u64,
            Self::Compact { bits, count, bytes } => {
                u64::from(count).min(bytes.len() as u64 * 8 / u64::from(bits))
            }
        }
    }

    pub(crate) fn get(&self, index: u64) -> Option<u32> {
        if index >= self.count() {
            return None;
        }
        let at = usize::try_from(index).ok()?;
        match *self {
            Self::Same { size, .. } => Some(size),
            Self::Each(table) => table.u32(at, 0),
            Self::Compact { bits: 4, bytes, .. } => {
                let byte = bytes.get(at / 2)?;
                Some(u32::from(if at % 2 == 0 { byte >> 4 } else { byte & 15 }))
            }
            Self::Compact { bits: 8, bytes, .. } => bytes.get(at).map(|b| u32::from(*b)),
            Self::Compact { bytes, .. } => {
                let two = bytes.get(at * 2..at * 2 + 2)?;
                Some(u32::from(u16::from_be_bytes(two.try_into().ok()?)))
            }
        }
    }

    /// Bytes of all samples.
    pub(crate) fn sum(&self) -> u64 {
        match *self {
            Self::Same { size, count } => u64::from(size) * u64::from(count),
            // Each size is 32 bits, and there are fewer than 2^32 of them.
            _ => (0..self.count())
                .filter_map(|i| self.get(i))
                .map(u64::from)
                .sum(),
        }
    }

    /// More are claimed than there are.
    pub(crate) fn lies(&self) -> bool {
        match *self {
            Self::Same { .. } => false,
            Self::Each(table) => table.lies,
            Self::Compact { count, .. } => self.count() < u64::from(count),
        }
    }
}

/// Where chunks begin: `stco` or `co64`.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Chunks<'a> {
    Short(Table<'a>),
    Long(Table<'a>),
}

impl<'a> Chunks<'a> {
    pub(crate) fn stco(body: &'a [u8]) -> Self {
        Self::Short(Table::read(body, 4))
    }

    pub(crate) fn co64(body: &'a [u8]) -> Self {
        Self::Long(Table::read(body, 8))
    }

    pub(crate) const fn len(&self) -> usize {
        match self {
            Self::Short(table) | Self::Long(table) => table.len(),
        }
    }

    pub(crate) fn get(&self, index: usize) -> Option<u64> {
        match self {
            Self::Short(table) => table.u32(index, 0).map(u64::from),
            Self::Long(table) => table.u64(index),
        }
    }

    pub(crate) const fn lies(&self) -> bool {
        match self {
            Self::Short(table) | Self::Long(table) => table.lies,
        }
    }

    /// The last offset of any chunk.
    pub(crate) fn furthest(&self) -> Option<u64> {
        (0..self.len()).filter_map(|i| self.get(i)).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_of_four_billion_rows_holds_what_is_there() {
        let body = [
            0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3,
        ];
        let table = Table::read(&body, 8);
        assert!(table.lies && table.len() == 1);
        assert_eq!(table.pairs().collect::<Vec<_>>(), [(1, 2)]);
        let each = Sizes::stsz(&[0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 5]).unwrap();
        assert!(each.lies() && each.count() == 1 && each.sum() == 5);
        let same = Sizes::stsz(&[0, 0, 0, 0, 0, 0, 0, 9, 255, 255, 255, 255]).unwrap();
        assert_eq!(same.sum(), 9 * u64::from(u32::MAX));
    }

    #[test]
    fn compact_sizes_are_read_in_each_width() {
        let head = |bits| vec![0, 0, 0, 0, 0, 0, 0, bits, 0, 0, 0, 3];
        for (bits, bytes) in [
            (4, &[0x12, 0x30][..]),
            (8, &[1, 2, 3]),
            (16, &[0, 1, 0, 2, 0, 3]),
        ] {
            let body = [head(bits), bytes.to_vec()].concat();
            let sizes = Sizes::stz2(&body).unwrap();
            assert_eq!(
                (sizes.count(), sizes.sum(), sizes.lies()),
                (3, 6, false),
                "{bits}"
            );
        }
        assert!(Sizes::stz2(&head(5)).is_none());
        assert!(Sizes::stz2(&head(16)).unwrap().lies());
    }
}
