//! What browsers are told to keep to, on every answer.

use reqwest::Method;
use reqwest::header::HeaderMap;

use crate::world::World;

const EVERYWHERE: [(&str, &str); 3] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
];

async fn headers(w: &World, method: &Method, path: &str) -> (u16, HeaderMap) {
    let answer = w.request(method.clone(), path).send().await.unwrap();
    (answer.status().as_u16(), answer.headers().clone())
}

fn text(headers: &HeaderMap, name: &str) -> String {
    let all = headers.get_all(name).iter();
    let all: Vec<_> = all.map(|value| value.to_str().unwrap()).collect();
    all.join(" AND ")
}

#[tokio::test]
async fn every_answer_has_them_whatever_it_is() {
    let w = World::new().await;
    for (method, path, status) in [
        (Method::GET, "/v1/users/me", 200),
        (Method::HEAD, "/v1/users/me", 200),
        (Method::GET, "/healthz", 200),
        (Method::GET, "/docs/", 200),
        (Method::GET, "/openapi.yaml", 200),
        (Method::GET, "/robots.txt", 200),
        (Method::GET, "/metrics", 200),
        (Method::GET, "/v1/nowhere", 404),
        (Method::PUT, "/v1/posts", 405),
        (Method::OPTIONS, "/v1/posts", 405),
        (Method::POST, "/v1/posts", 415),
        (Method::GET, "/m/forged", 404),
        (Method::HEAD, "/m/forged", 404),
    ] {
        let (seen, headers) = headers(&w, &method, path).await;
        assert_eq!(seen, status, "{method} {path}");
        for (name, value) in EVERYWHERE {
            assert_eq!(text(&headers, name), value, "{method} {path}");
        }
        assert!(
            text(&headers, "permissions-policy").contains("camera=()"),
            "{path}"
        );
        let pulled = path.starts_with("/m/");
        let resource = if pulled { "" } else { "same-origin" };
        assert_eq!(
            text(&headers, "cross-origin-resource-policy"),
            resource,
            "{path}"
        );
        let policy = text(&headers, "content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'; "),
            "{path}: {policy}"
        );
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        let open = path.starts_with("/docs");
        assert_eq!(policy.contains("unsafe-inline"), open, "{path}: {policy}");
        let kept = ["/docs/", "/openapi.yaml", "/robots.txt"].contains(&path) || pulled;
        let cache = if kept { "" } else { "no-store" };
        assert_eq!(text(&headers, "cache-control"), cache, "{method} {path}");
        assert_eq!(text(&headers, "strict-transport-security"), "", "{path}");
    }
}

/// The reference is one page with everything in it: what its policy allows is all that it needs.
#[tokio::test]
async fn the_reference_loads_nothing_that_its_policy_forbids() {
    let w = World::new().await;
    let answer = w.request(Method::GET, "/docs/").send().await.unwrap();
    let policy = text(answer.headers(), "content-security-policy");
    let page = answer.text().await.unwrap();
    for inline in ["<script charset", "<style charset"] {
        assert!(page.contains(inline), "{inline}");
    }
    for outside in ["<script src", "<link ", "<iframe", "<object"] {
        assert!(!page.contains(outside), "{outside}");
    }
    for allowed in [
        "script-src 'unsafe-inline'",
        "style-src 'unsafe-inline'",
        "connect-src 'self'",
    ] {
        assert!(policy.contains(allowed), "{policy}");
    }
    assert!(!policy.contains("unsafe-eval"), "{policy}");
}

#[tokio::test]
async fn https_stays_https() {
    for (set, value) in [
        (&[][..], "max-age=31536000; includeSubDomains"),
        (
            &[("CONTENTZAVOD_HSTS_SUBDOMAINS", "false")],
            "max-age=31536000",
        ),
    ] {
        let w = World::secure(set).await;
        for path in ["/v1/users/me", "/nowhere", "/docs/"] {
            let (_, headers) = headers(&w, &Method::GET, path).await;
            assert_eq!(text(&headers, "strict-transport-security"), value, "{path}");
        }
    }
}
