//! Answers that are spoilt on their way: bodies that are no answer, too long, broken off, or slow.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use contentzavod_core::ports::Clock;
use futures::stream;
use http::HeaderValue;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Bytes, Frame};
use serde_json::Value;

use super::faults::{Fault, Garbage};
use super::routes::Lost;

/// The body of an answer.
pub(super) type Body = UnsyncBoxBody<Bytes, Lost>;

/// A page as gateways write it.
pub(super) const PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Sorry, something went wrong.\
    </title></head><body><h1>Sorry, something went wrong.</h1></body></html>\n";
pub(super) const HTML: &str = "text/html; charset=utf-8";
pub(super) const JSON: &str = "application/json; charset=UTF-8";

/// Bytes of one piece of a long body.
const PIECE: usize = 64 * 1024;
/// Pieces in a megabyte.
const PIECES: usize = 1024 * 1024 / PIECE;

/// What is done to an answer before it goes out.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spoil {
    garbage: Option<Garbage>,
    way: Way,
    /// Seconds that the date is ahead.
    pub(super) ahead: i64,
    /// Percent of the account's limits that are used up, and minutes until they are not.
    pub(super) usage: Option<(u32, u32)>,
}

/// How the body goes out.
#[derive(Debug, Clone, Copy, Default)]
enum Way {
    #[default]
    Whole,
    Half,
    Slow(Duration),
    Huge(usize),
}

impl Spoil {
    /// What the faults of a call do to its answer; where two do the same, the first.
    pub(super) fn of(faults: &[Fault]) -> Self {
        let mut spoil = Self::default();
        for fault in faults.iter().rev() {
            match *fault {
                Fault::Garbage { body } => spoil.garbage = Some(body),
                Fault::Half => spoil.way = Way::Half,
                Fault::SlowBody { ms } => spoil.way = Way::Slow(Duration::from_millis(ms)),
                Fault::Huge { mb } => spoil.way = Way::Huge(mb as usize),
                Fault::WrongDate { secs } => spoil.ahead = secs,
                Fault::Limited { minutes, .. } => spoil.usage = Some((100, minutes)),
                Fault::Usage { percent, minutes } => spoil.usage = Some((percent, minutes)),
                _ => {}
            }
        }
        spoil
    }

    /// The status, the content type and the text of what was to be the answer.
    pub(super) fn text(self, status: u16, body: &Value) -> (u16, &'static str, Bytes) {
        let json = Bytes::from(body.to_string());
        let Some(garbage) = self.garbage else {
            return (status, JSON, json);
        };
        let (kind, text) = match garbage {
            Garbage::Noise => (JSON, noise()),
            Garbage::Html => (HTML, Bytes::from_static(PAGE.as_bytes())),
            Garbage::Empty => (JSON, Bytes::new()),
            Garbage::Cut => (JSON, json.slice(..json.len() / 2)),
            Garbage::DuplicateKeys => (JSON, Bytes::from(twice(body))),
        };
        (200, kind, text)
    }

    /// The body, with the length that it announces.
    pub(super) fn body(self, text: Bytes, clock: Arc<dyn Clock>) -> (Body, Option<HeaderValue>) {
        let length = Some(HeaderValue::from(text.len()));
        match self.way {
            Way::Whole => (Full::new(text).map_err(never).boxed_unsync(), None),
            Way::Half => (half(&text), length),
            Way::Slow(pause) => (slow(text, pause, clock), length),
            Way::Huge(mb) => (huge(&text, mb), None),
        }
    }
}

fn never(impossible: Infallible) -> Lost {
    match impossible {}
}

/// Bytes that are neither JSON nor UTF-8.
fn noise() -> Bytes {
    Bytes::from_static(&[0xff, 0xfe, b'{', 0x00, 0x80, b'"', 0xc3, 0x28, 0x1b, b'\n'])
}

/// The same object with each key twice, the second time with another value.
fn twice(body: &Value) -> String {
    let object = body.as_object().into_iter().flatten();
    let pairs = object.map(|(name, value)| {
        let name = Value::from(name.as_str());
        format!("{name}:{value},{name}:\"0\"")
    });
    format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
}

/// Half of it; then the connection ends.
fn half(text: &Bytes) -> Body {
    let text = text.slice(..text.len() / 2);
    let parts = stream::unfold(Some(text), |text| async move {
        match text {
            Some(text) => Some((Ok(Frame::data(text)), None)),
            None => {
                // What was given goes out before the end is noticed.
                tokio::task::yield_now().await;
                Some((Err(Lost), None))
            }
        }
    });
    StreamBody::new(parts).boxed_unsync()
}

/// Each byte at its time; a clock that leaps lets several out.
fn slow(text: Bytes, pause: Duration, clock: Arc<dyn Clock>) -> Body {
    let began = clock.elapsed();
    let parts = stream::unfold((0, text, clock), move |(at, text, clock)| async move {
        if at >= text.len() {
            return None;
        }
        let nth = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let until = began.saturating_add(pause.saturating_mul(nth));
        clock.sleep(until.saturating_sub(clock.elapsed())).await;
        let byte = text.slice(at..=at);
        Some((Ok(Frame::data(byte)), (at + 1, text, clock)))
    });
    StreamBody::new(parts).boxed_unsync()
}

/// The answer with so much padding in front of its last brace.
fn huge(text: &Bytes, mb: usize) -> Body {
    let Some(head) = text.strip_suffix(b"}") else {
        return Full::new(text.clone()).map_err(never).boxed_unsync();
    };
    let comma = if head.len() > 1 { "," } else { "" };
    let head = [head, comma.as_bytes(), b"\"padding\":\""].concat();
    let piece = Bytes::from(vec![b'x'; PIECE]);
    let parts = std::iter::once(Bytes::from(head))
        .chain(std::iter::repeat_n(piece, mb * PIECES))
        .chain(std::iter::once(Bytes::from_static(b"\"}")));
    let parts = stream::iter(parts.map(|part| Ok(Frame::data(part))));
    StreamBody::new(parts).boxed_unsync()
}
