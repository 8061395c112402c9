//! The language a client reads: findings are said in it.

use contentzavod_core::model::Lang;
use poem::http::header::ACCEPT_LANGUAGE;
use poem::{Endpoint, IntoResponse, Middleware, Request, Response, Result};

tokio::task_local! {
    static CURRENT: Lang;
}

/// The language of the request that this task answers; English outside of one.
#[must_use]
pub fn current() -> Lang {
    CURRENT.try_with(|lang| *lang).unwrap_or_default()
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
        let lang = preferred(request.header(ACCEPT_LANGUAGE).unwrap_or_default());
        let answer = async {
            match self.0.call(request).await {
                Ok(output) => output.into_response(),
                Err(error) => error.into_response(),
            }
        };
        Ok(CURRENT.scope(lang, answer).await)
    }
}

/// The language with the highest weight among those we speak: `ru;q=0.8, en;q=0.9` is English.
fn preferred(header: &str) -> Lang {
    let mut best = (Lang::En, 0.0);
    for part in header.split(',') {
        let mut pieces = part.split(';').map(str::trim);
        let name = pieces.next().unwrap_or_default();
        let lang = Lang::of(name);
        let spoken = lang == Lang::Ru || name.get(..2) == Some("en");
        let weight = pieces.find_map(|p| p.strip_prefix("q="));
        let weight: f32 = weight.map_or(1.0, |q| q.parse().unwrap_or(0.0));
        if spoken && weight > best.1 {
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
            ("", Lang::En),
            ("ru", Lang::Ru),
            ("ru-RU,ru;q=0.9,en-US;q=0.8", Lang::Ru),
            ("de, ru;q=0.5", Lang::Ru),
            ("ru;q=0.8, en;q=0.9", Lang::En),
            ("ru;q=0", Lang::En),
            ("ru;q=x, *", Lang::En),
        ];
        for (header, lang) in cases {
            assert_eq!(preferred(header), lang, "{header}");
        }
    }
}
