//! Health, metrics, the document and its page.

use std::path::Path;

use crate::world::World;

#[tokio::test]
async fn whoever_watches_gets_an_answer_without_a_key() {
    let w = World::new().await;
    for path in ["/healthz", "/readyz"] {
        let answer = w
            .request_as("", reqwest::Method::GET, path)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status().as_u16(), 200, "{path}");
    }
    w.get("/v1/users/me").await.fine();
    let metrics = w.get("/metrics").await.fine();
    let count =
        "contentzavod_http_requests_total{method=\"GET\",route=\"/v1/users/me\",status=\"200\"}";
    assert!(metrics.text.contains(count), "{}", metrics.text);
    assert!(!metrics.text.contains(&w.key));
}

#[tokio::test]
async fn the_document_is_served_as_it_is_checked_in() {
    let w = World::new().await;
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi.yaml");
    let file = std::fs::read_to_string(file).unwrap();
    let served = w.get("/openapi.yaml").await.fine();
    assert!(
        served.text == file,
        "openapi.yaml is stale: run `cargo xtask spec`"
    );
    let json = w.get("/openapi.json").await.fine();
    assert_eq!(json.body["info"]["title"], "contentzavod");
}

/// Meta's crawler keeps to it, so what it must fetch is let through, and nothing else.
#[tokio::test]
async fn crawlers_are_let_in_to_links_alone() {
    let w = World::new().await;
    let robots = w.get("/robots.txt").await.fine().text;
    let rules: Vec<&str> = robots.lines().collect();
    let wanted = [
        "User-agent: *",
        "Allow: /m/",
        "Allow: /privacy",
        "Allow: /data-deletion$",
        "Disallow: /",
    ];
    assert_eq!(rules, wanted);
}

#[tokio::test]
async fn the_reference_loads_nothing_from_elsewhere() {
    let w = World::new().await;
    let page = w.get("/docs").await.fine().text;
    assert!(page.contains("swagger"), "a page");
    for loading in [
        "src=\"http",
        "href=\"http",
        "src='http",
        "@import",
        "url(http",
    ] {
        assert!(!page.contains(loading), "{loading}");
    }
}

#[tokio::test]
async fn what_is_not_there_and_what_is_not_done_there_are_told_apart() {
    let w = World::new().await;
    w.get("/v1/nothing").await.refused(404, "route.not_found");
    let answer = w.delete("/v1/posts").await.refused(405, "route.method");
    assert_eq!(answer.headers["allow"], "GET, HEAD, POST");
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
}
