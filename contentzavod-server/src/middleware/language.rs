//! The language a client reads: everything meant for a person is said in it.
//!
//! Whoever is signed in reads what they set: their browser sends its own language with every request,
//! asked or not. Everybody else says it with `Accept-Language`, also a program with a key, for which
//! its owner's setting holds where it names none of ours; and else it is English.

use std::cell::Cell;

use contentzavod_core::model::Lang;
use poem::http::header::ACCEPT_LANGUAGE;
use poem::{Endpoint, IntoResponse, Middleware, Request, Response, Result};

tokio::task_local! {
    static CURRENT: Reading;
}

#[derive(Debug)]
struct Reading {
    asked: Option<Lang>,
    own: Cell<Option<Lang>>,
}

/// The language of the request that this task answers; English outside of one.
#[must_use]
pub fn current() -> Lang {
    let chosen = |reading: &Reading| reading.own.get().or(reading.asked).unwrap_or_default();
    CURRENT.try_with(chosen).unwrap_or_default()
}

/// True when the request names no language of ours.
pub(crate) fn is_open() -> bool {
    let open = |reading: &Reading| reading.asked.is_none();
    CURRENT.try_with(open).unwrap_or_default()
}

/// Notes the user's own setting, which goes before what the request names.
pub(crate) fn note(lang: Lang) {
    // Outside of a request there is nobody to read.
    let _ = CURRENT.try_with(|reading| reading.own.set(Some(lang)));
}

/// Reads `Accept-Language`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Languages;

/// The endpoint behind [`Languages`].
#[derive(Debug)]
pub struct WithLanguage<E>(E);

impl<E: Endpoint> Middleware<E> for Languages {
    type Output = WithLanguage<E>;

    fn transform(&self, endpoint: E) -> Self::Output {
        WithLanguage(endpoint)
    }
}

impl<E: Endpoint> Endpoint for WithLanguage<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let reading = Reading {
            asked: preferred(request.header(ACCEPT_LANGUAGE).unwrap_or_default()),
            own: Cell::new(None),
        };
        let answer = async {
            match self.0.call(request).await {
                Ok(output) => output.into_response(),
                Err(error) => error.into_response(),
            }
        };
        Ok(CURRENT.scope(reading, answer).await)
    }
}

/// The language with the highest weight among those we speak: `ru;q=0.8, en;q=0.9` is English.
fn preferred(header: &str) -> Option<Lang> {
    let mut best = (None, 0.0);
    for part in header.split(',') {
        let mut pieces = part.split(';').map(str::trim);
        let name = pieces.next().unwrap_or_default();
        let lang = Lang::named(name);
        let weight = pieces.find_map(|p| p.strip_prefix("q="));
        let weight: f32 = weight.map_or(1.0, |q| q.parse().unwrap_or(0.0));
        if lang.is_some() && weight > best.1 {
            best = (lang, weight);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_language_we_speak_is_taken() {
        let cases = [
            ("", None),
            ("ru", Some(Lang::Ru)),
            ("ru-RU,ru;q=0.9,en-US;q=0.8", Some(Lang::Ru)),
            ("de, ru;q=0.5", Some(Lang::Ru)),
            ("ru;q=0.8, en;q=0.9", Some(Lang::En)),
            ("ru;q=0", None),
            ("ru;q=x, *", None),
            ("de", None),
        ];
        for (header, lang) in cases {
            assert_eq!(preferred(header), lang, "{header}");
        }
    }
}
