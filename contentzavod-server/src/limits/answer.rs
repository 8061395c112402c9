//! What callers hear of their limits: headers on every answer that was counted, and 429.
//!
//! `RateLimit-Policy` and `RateLimit` are those of the IETF's draft, one item a bucket. Most programs
//! still read the three older ones, which can tell of one bucket only: the one that is nearest its end.

use std::time::Duration;

use contentzavod_core::model::Lang;
use contentzavod_core::ports::{Bucket, Decision};
use poem::http::header::{HeaderName, HeaderValue};
use poem::http::{HeaderMap, StatusCode};

use crate::api::Refused;
use crate::middleware::language;

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const STANDING: HeaderName = HeaderName::from_static("ratelimit");
const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");

/// Whole seconds, none of them too few.
fn seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

/// Writes what was counted into the answer's headers.
pub(super) fn tell(decisions: &[(Bucket, Decision)], headers: &mut HeaderMap) {
    let limited = || decisions.iter().filter(|(_, told)| told.is_limited());
    let nearest = limited().min_by_key(|(_, told)| (told.allowed, told.remaining));
    let Some((_, nearest)) = nearest else {
        return;
    };
    let policy = limited().map(|(bucket, told)| {
        let (name, per) = (bucket.as_str(), seconds(told.per));
        format!("\"{name}\";q={};w={per}", told.limit)
    });
    let standing = limited().map(|(bucket, told)| {
        let (name, reset) = (bucket.as_str(), seconds(told.reset));
        format!("\"{name}\";r={};t={reset}", told.remaining)
    });
    for (name, value) in [
        (POLICY, policy.collect::<Vec<_>>().join(", ")),
        (STANDING, standing.collect::<Vec<_>>().join(", ")),
        (LIMIT, nearest.limit.to_string()),
        (REMAINING, nearest.remaining.to_string()),
        (RESET, seconds(nearest.reset).to_string()),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
}

/// 429, with how much may be done and when to come again.
pub(super) fn exceeded(bucket: Bucket, decision: &Decision) -> Refused {
    // At least a second: whoever hears 0 comes at once.
    let wait = decision.retry_after.map(|after| seconds(after).max(1));
    let lang = language::current();
    let (limit, per) = (decision.limit, span(decision.per, lang));
    let what = named(bucket, lang);
    let wait = wait.unwrap_or_else(|| seconds(decision.per));
    let detail = match lang {
        Lang::En => format!("{what}: {limit} in {per} at most. Try again in {wait} s."),
        Lang::Ru => format!("{what}: не больше {limit} за {per}. Повторите через {wait} с."),
    };
    Refused::new(StatusCode::TOO_MANY_REQUESTS, "limits.exceeded")
        .detail(detail)
        .retry_after(wait)
}

fn span(per: Duration, lang: Lang) -> String {
    let seconds = per.as_secs();
    let (count, en, ru) = match seconds {
        0..60 => (seconds, "s", "с"),
        60..3600 => (seconds / 60, "min", "мин"),
        _ => (seconds / 3600, "h", "ч"),
    };
    match lang {
        Lang::En => format!("{count} {en}"),
        Lang::Ru => format!("{count} {ru}"),
    }
}

fn named(bucket: Bucket, lang: Lang) -> &'static str {
    let (en, ru) = match bucket {
        Bucket::Api => ("Calls of the API", "Вызовы API"),
        Bucket::Address => ("Calls without a valid key", "Вызовы без действующего ключа"),
        Bucket::SignIn => ("Tries to sign in", "Попытки войти"),
        Bucket::Upload => ("Uploads", "Загрузки файлов"),
        Bucket::KeyCreation => ("New keys", "Новые ключи"),
        Bucket::Export => ("Exports", "Выгрузки данных"),
        Bucket::Deletion => ("Deletions", "Удаления"),
        Bucket::Forgery => ("Sign-ins that are not known", "Неизвестные входы"),
        Bucket::Webhooks => ("Messages of platforms", "Сообщения площадок"),
        _ => ("Calls", "Вызовы"),
    };
    match lang {
        Lang::En => en,
        Lang::Ru => ru,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(limit: u32, remaining: u32) -> Decision {
        Decision {
            allowed: true,
            limit,
            per: Duration::from_secs(60),
            remaining,
            reset: Duration::from_millis(100),
            retry_after: None,
        }
    }

    #[test]
    fn every_bucket_is_told_and_the_nearest_in_the_older_way() {
        let mut headers = HeaderMap::new();
        let told = [
            (Bucket::Api, decision(600, 599)),
            (Bucket::Webhooks, Decision::UNLIMITED),
            (Bucket::Upload, decision(120, 7)),
        ];
        tell(&told, &mut headers);
        let text = |name: HeaderName| headers[name].to_str().unwrap().to_owned();
        assert_eq!(text(POLICY), "\"api\";q=600;w=60, \"upload\";q=120;w=60");
        assert_eq!(text(STANDING), "\"api\";r=599;t=1, \"upload\";r=7;t=1");
        let older = [text(LIMIT), text(REMAINING), text(RESET)];
        assert_eq!(older, ["120", "7", "1"]);
    }

    #[test]
    fn without_a_limit_nothing_is_told() {
        let mut headers = HeaderMap::new();
        tell(&[], &mut headers);
        tell(&[(Bucket::Api, Decision::UNLIMITED)], &mut headers);
        assert!(headers.is_empty(), "{headers:?}");
    }
}
