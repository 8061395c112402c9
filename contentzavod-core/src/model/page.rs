//! Pages of lists, and the opaque cursor between them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// A page from one item more than `limit`: the surplus item tells that there is a next page.
    #[must_use]
    pub fn cut(mut items: Vec<T>, limit: usize, cursor: impl Fn(&T) -> Cursor) -> Self {
        let more = items.len() > limit;
        items.truncate(limit);
        let next = more.then(|| items.last().map(cursor)).flatten();
        Self { items, next }
    }

    /// The same page with other items.
    #[must_use]
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(f).collect(),
            next: self.next,
        }
    }
}

/// The place after an item: its sort key and its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The sort key, e.g. milliseconds since 1970.
    pub key: i64,
    /// The id, which makes the place unique.
    pub id: Uuid,
}

impl Cursor {
    /// The opaque text of the API.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut bytes = self.key.to_be_bytes().to_vec();
        bytes.extend_from_slice(self.id.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads the text back; `None` for anything else.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (key, id) = bytes.split_at_checked(8)?;
        Some(Self {
            key: i64::from_be_bytes(key.try_into().ok()?),
            id: Uuid::from_slice(id).ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_round_trips_and_garbage_is_none() {
        let cursor = Cursor {
            key: -5,
            id: Uuid::from_u128(7),
        };
        assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        for text in ["", "x", "AAAA", "€"] {
            assert_eq!(Cursor::decode(text), None);
        }
    }

    #[test]
    fn the_surplus_item_only_tells_that_there_is_more() {
        let cursor = |n: &i64| Cursor {
            key: *n,
            id: Uuid::nil(),
        };
        let page = Page::cut(vec![1, 2, 3], 2, cursor);
        assert_eq!(page.items, [1, 2]);
        assert_eq!(page.next.map(|c| c.key), Some(2));
        assert_eq!(Page::cut(vec![1, 2], 2, cursor).next, None);
    }
}
