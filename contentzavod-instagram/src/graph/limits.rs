//! What comes beside an answer (clock, trace, usage of the limits), and the publishing quota.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::{Quota, Secret};
use contentzavod_core::ports::{Answer, CallError, Usage};
use reqwest::header::HeaderMap;
use serde_json::Value;

use super::client::{GraphClient, parsed, path_id};
use super::error::{Call, Failure};
use super::{scrub, value};

/// The counters of a usage header, all in percent.
const COUNTERS: [&str; 3] = ["call_count", "total_time", "total_cputime"];
/// Nothing is believed to take longer than this.
const PAUSE_MAX: i64 = 48 * 60 * 60;

/// What came beside an answer.
#[derive(Debug, Clone)]
pub(crate) struct Meta {
    /// The platform's clock where it said it, else ours: times are counted from here.
    pub(crate) now: DateTime<Utc>,
    pub(crate) remote_time: Option<DateTime<Utc>>,
    pub(crate) trace: Option<String>,
    pub(crate) usage: Option<Usage>,
    pub(crate) retry_after: Option<TimeDelta>,
}

impl Meta {
    /// Reads the headers; `now` is our clock.
    pub(crate) fn of(headers: &HeaderMap, now: DateTime<Utc>) -> Self {
        let remote_time = header(headers, "date").and_then(http_date);
        let now = remote_time.unwrap_or(now);
        Self {
            now,
            remote_time,
            trace: ["x-fb-trace-id", "x-fb-request-id"]
                .into_iter()
                .find_map(|name| header(headers, name).and_then(scrub::trace)),
            usage: usage(headers, now),
            retry_after: header(headers, "retry-after").and_then(|text| retry_after(text, now)),
        }
    }

    pub(crate) fn answer<T>(self, value: T) -> Answer<T> {
        Answer {
            value,
            remote_time: self.remote_time,
            trace: self.trace,
            usage: self.usage,
        }
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`.
fn http_date(text: &str) -> Option<DateTime<Utc>> {
    let at = DateTime::parse_from_rfc2822(text.trim()).ok()?;
    Some(at.with_timezone(&Utc))
}

/// Seconds, or a date.
fn retry_after(text: &str, now: DateTime<Utc>) -> Option<TimeDelta> {
    let seconds = match text.trim().parse::<i64>() {
        Ok(seconds) => seconds,
        Err(_) => (http_date(text)? - now).num_seconds(),
    };
    (seconds > 0).then(|| TimeDelta::seconds(seconds.min(PAUSE_MAX)))
}

/// The strictest counter of both headers, and the latest moment at which calls are taken again.
fn usage(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Usage> {
    let parsed = |name| -> Option<Value> { serde_json::from_str(header(headers, name)?).ok() };
    let app = parsed("x-app-usage");
    let business = parsed("x-business-use-case-usage");
    // Keyed by business or account; each key holds a list.
    let cases: Vec<&Value> = business
        .as_ref()
        .and_then(Value::as_object)
        .map(|keys| {
            keys.values()
                .flat_map(|v| v.as_array().into_iter().flatten())
                .collect()
        })
        .unwrap_or_default();
    let all = || app.iter().chain(cases.iter().copied());
    let percent = all()
        .flat_map(|entry| COUNTERS.iter().filter_map(|name| entry.get(name)))
        .filter_map(value::count)
        .max()?;
    let minutes = all()
        .filter_map(|entry| entry.get("estimated_time_to_regain_access"))
        .filter_map(value::count)
        .max()
        .filter(|minutes| *minutes > 0);
    Some(Usage {
        percent,
        regain_at: minutes.map(|m| now + TimeDelta::seconds((i64::from(m) * 60).min(PAUSE_MAX))),
    })
}

impl GraphClient {
    /// What Instagram's clock shows. Any answer of its host tells it, a refusal too, so nobody's
    /// token is needed.
    ///
    /// # Errors
    ///
    /// [`CallError`] when no answer comes.
    pub async fn time(&self) -> Result<Option<DateTime<Utc>>, CallError> {
        let url = self.unversioned(&[]);
        let heard = self.head("time", url).await;
        let headers = heard.map_err(|lost| Failure::Lost(lost).into_call(Call::Read))?;
        Ok(header(&headers, "date").and_then(http_date))
    }

    /// The account's publishing quota.
    ///
    /// # Errors
    ///
    /// As in [`CallError`]; `Unreadable` when the answer lacks a number.
    pub async fn publishing_limit(
        &self,
        token: &Secret,
        user: &str,
    ) -> Result<Answer<Quota>, CallError> {
        let user = path_id(user).map_err(|f| f.into_call(Call::Read))?;
        let path = [user, "content_publishing_limit"];
        let url = self.graph(&path, &[("fields", "quota_usage,config")]);
        let heard = self.read("content_publishing_limit", url, token).await;
        parsed(heard, Call::Read, read_quota)
    }
}

/// Reads `{"data":[{"quota_usage":2,"config":{"quota_total":50,"quota_duration":86400}}]}`.
///
/// `None` when a number is missing: Meta's own pages name three different totals, so none is
/// guessed here.
fn read_quota(body: &Value) -> Option<Quota> {
    let entry = value::unwrapped(body);
    let config = entry.get("config")?;
    Some(Quota {
        used: entry.get("quota_usage").and_then(value::count)?,
        total: config.get("quota_total").and_then(value::count)?,
        window_secs: config
            .get("quota_duration")
            .and_then(value::count)
            .unwrap_or(86_400),
    })
}
