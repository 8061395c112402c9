//! Boxes inside a box that lies in memory.

/// A box and its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Inner<'a> {
    pub(crate) kind: [u8; 4],
    /// Where the box begins, counted from the start of the slice that was walked.
    pub(crate) at: usize,
    /// It is there to its end.
    pub(crate) whole: bool,
    /// Where the body begins, counted from the start of the slice that was walked.
    pub(crate) body_at: usize,
    pub(crate) body: &'a [u8],
}

/// The boxes of a slice, in order; ends where no box follows.
#[derive(Debug, Clone)]
pub(crate) struct Boxes<'a> {
    all: &'a [u8],
    at: usize,
}

pub(crate) const fn boxes(all: &[u8]) -> Boxes<'_> {
    Boxes { all, at: 0 }
}

/// The body of the first box of a kind.
pub(crate) fn find<'a>(all: &'a [u8], kind: &[u8; 4]) -> Option<&'a [u8]> {
    boxes(all).find(|b| &b.kind == kind).map(|b| b.body)
}

/// The body of a box inside boxes.
pub(crate) fn dig<'a>(all: &'a [u8], path: &[&[u8; 4]]) -> Option<&'a [u8]> {
    path.iter().try_fold(all, |body, kind| find(body, kind))
}

impl<'a> Iterator for Boxes<'a> {
    type Item = Inner<'a>;

    fn next(&mut self) -> Option<Inner<'a>> {
        let rest = self.all.get(self.at..)?;
        let size = u64::from(u32(rest, 0)?);
        let kind = rest.get(4..8)?.try_into().ok()?;
        let (head, size) = match size {
            0 => (8, rest.len()),
            1 => (16, usize::try_from(u64(rest, 8)?).ok()?),
            size => (8, usize::try_from(size).ok()?),
        };
        // A body that is cut off is shown as far as it goes.
        let body = rest.get(head..size.min(rest.len()))?;
        let (at, body_at) = (self.at, self.at + head);
        self.at = self.at.checked_add(size)?;
        Some(Inner {
            kind,
            at,
            whole: size <= rest.len(),
            body_at,
            body,
        })
    }
}

/// A big-endian number at an offset.
pub(crate) fn u32(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(four.try_into().ok()?))
}

/// A big-endian number at an offset.
pub(crate) fn u64(bytes: &[u8], at: usize) -> Option<u64> {
    let eight = bytes.get(at..at.checked_add(8)?)?;
    Some(u64::from_be_bytes(eight.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_three_kinds_are_read_and_lies_end_the_walk() {
        let mut all = vec![0, 0, 0, 9, b'o', b'n', b'e', b' ', 7];
        all.extend([
            0, 0, 0, 1, b't', b'w', b'o', b' ', 0, 0, 0, 0, 0, 0, 0, 17, 8,
        ]);
        all.extend([0, 0, 0, 0, b'e', b'n', b'd', b' ', 9]);
        let found: Vec<_> = boxes(&all).map(|b| (b.kind, b.body_at, b.body)).collect();
        assert_eq!(
            found,
            [
                (*b"one ", 8, &[7][..]),
                (*b"two ", 25, &[8][..]),
                (*b"end ", 34, &[9][..]),
            ]
        );
        assert_eq!(find(&all, b"two "), Some(&[8][..]));
        for lie in [
            &[0, 0, 0, 7, b'b', b'a', b'd', b' '][..],
            &[
                0, 0, 0, 1, b'b', b'a', b'd', b' ', 255, 255, 255, 255, 255, 255, 255, 255,
            ],
            &[0, 0],
        ] {
            assert!(boxes(lie).all(|b| b.body.is_empty()), "{lie:?}");
            assert!(boxes(lie).count() <= 1);
        }
    }
}
