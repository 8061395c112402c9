//! Which routes have a bucket of their own. A new route gets one by a line here.

use contentzavod_core::ports::Bucket;
use poem::http::Method;

/// Whose calls are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// Those of a user, once it is known who that is.
    User,
    /// Those of an address, before anything else is looked at.
    Address,
}

/// A route with its bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rule {
    /// `None`: any.
    method: Option<&'static str>,
    /// As poem writes it: `:id` is any segment, `*` at the end any rest.
    pub(super) path: &'static str,
    /// Where it is counted; `None`: it is not, though a line below would.
    pub(super) bucket: Option<Bucket>,
    /// With what else.
    pub(super) by: By,
}

const fn user(method: &'static str, path: &'static str, bucket: Bucket) -> Rule {
    Rule {
        method: Some(method),
        path,
        bucket: Some(bucket),
        by: By::User,
    }
}

const fn every(path: &'static str, bucket: Option<Bucket>, by: By) -> Rule {
    Rule {
        method: None,
        path,
        bucket,
        by,
    }
}

/// The first line that fits holds.
const RULES: &[Rule] = &[
    user("POST", "/v1/media", Bucket::Upload),
    user("POST", "/v1/api-keys", Bucket::KeyCreation),
    user("POST", "/v1/api-keys/:id/rotate", Bucket::KeyCreation),
    user("GET", "/v1/users/me/export", Bucket::Export),
    user("DELETE", "/v1/users/me", Bucket::Deletion),
    user("POST", "/export", Bucket::Export),
    user("POST", "/delete", Bucket::Deletion),
    // Nobody is kept from leaving.
    every("/auth/logout", None, By::Address),
    every("/auth/*", Some(Bucket::SignIn), By::Address),
    every("/oauth/*", Some(Bucket::SignIn), By::Address),
    every("/invitation/*", Some(Bucket::SignIn), By::Address),
    // All of them together are counted once it is known that it is the platform that calls.
    every("/webhooks/*", Some(Bucket::Webhooks), By::Address),
];

/// The line of a request.
pub(super) fn rule(method: &Method, path: &str) -> Option<&'static Rule> {
    // poem answers HEAD by doing what GET does.
    let method = match method.as_str() {
        "HEAD" => "GET",
        method => method,
    };
    let mut rules = RULES.iter();
    rules.find(|rule| rule.method.is_none_or(|own| own == method) && fits(rule.path, path))
}

fn fits(template: &str, path: &str) -> bool {
    let mut asked = path.trim_matches('/').split('/');
    for known in template.trim_matches('/').split('/') {
        match (known, asked.next()) {
            ("*", rest) => return rest.is_some(),
            (known, Some(segment)) if known == segment || known.starts_with(':') => {}
            _ => return false,
        }
    }
    asked.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_route_has_its_bucket_and_no_other_route_has_one() {
        for (method, path, bucket) in [
            ("POST", "/v1/media", Some(Bucket::Upload)),
            ("POST", "/v1/media/", Some(Bucket::Upload)),
            ("GET", "/v1/media", None),
            ("POST", "/v1/media/7/fix", None),
            ("POST", "/v1/api-keys", Some(Bucket::KeyCreation)),
            ("POST", "/v1/api-keys/7/rotate", Some(Bucket::KeyCreation)),
            ("DELETE", "/v1/api-keys/7", None),
            ("GET", "/v1/users/me/export", Some(Bucket::Export)),
            ("HEAD", "/v1/users/me/export", Some(Bucket::Export)),
            ("DELETE", "/v1/users/me", Some(Bucket::Deletion)),
            ("PUT", "/v1/users/me", None),
            ("GET", "/auth/google/start", Some(Bucket::SignIn)),
            ("POST", "/auth/telegram/callback", Some(Bucket::SignIn)),
            ("GET", "/oauth/instagram/callback", Some(Bucket::SignIn)),
            ("POST", "/auth/logout", None),
            ("POST", "/webhooks/meta/deauthorize", Some(Bucket::Webhooks)),
            ("GET", "/healthz", None),
            ("GET", "/", None),
        ] {
            let method = method.parse().unwrap();
            let found = rule(&method, path).and_then(|rule| rule.bucket);
            assert_eq!(found, bucket, "{method} {path}");
        }
    }
}
