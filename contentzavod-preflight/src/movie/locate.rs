//! Where samples lie, found going forward through the tables.

use crate::track::Tables;

/// Sizes that are added up in all: honest chunks hold few samples.
const ADDITIONS: u64 = 2_000_000;

/// Finds samples in rising order.
#[derive(Debug)]
pub(super) struct Locator<'a> {
    tables: Tables<'a>,
    /// The row of `stsc` that is looked at.
    row: usize,
    /// The first sample of the row's first chunk, from 0.
    first: u64,
    left: u64,
}

impl<'a> Locator<'a> {
    pub(super) const fn new(tables: Tables<'a>) -> Self {
        Self {
            tables,
            row: 0,
            first: 0,
            left: ADDITIONS,
        }
    }

    /// Where a sample begins and how long it is; its number counts from 0 and never falls.
    pub(super) fn find(&mut self, sample: u64) -> Option<(u64, u32)> {
        let (sizes, chunks) = (self.tables.sizes?, self.tables.chunks?);
        let size = sizes.get(sample)?;
        loop {
            let spread = self.tables.spread;
            let chunk = spread.u32(self.row, 0)?.checked_sub(1)?;
            let each = u64::from(spread.u32(self.row, 1)?);
            let inside = sample.checked_sub(self.first)?;
            let next = spread.u32(self.row + 1, 0);
            let run = next.map(|next| u64::from(next.saturating_sub(chunk + 1)) * each);
            if let Some(run) = run
                && inside >= run
            {
                self.first = self.first.checked_add(run)?;
                self.row += 1;
                continue;
            }
            let before = inside.checked_rem(each)?;
            let chunk = u64::from(chunk) + inside / each;
            let start = chunks.get(usize::try_from(chunk).ok()?)?;
            let mut at = start;
            self.left = self.left.checked_sub(before)?;
            for earlier in sample - before..sample {
                at = at.checked_add(u64::from(sizes.get(earlier)?))?;
            }
            return Some((at, size));
        }
    }
}
