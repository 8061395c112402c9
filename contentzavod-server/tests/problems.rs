//! Refusals as clients see them: one shape, whoever refuses.
#![expect(
    clippy::unused_async,
    reason = "poem-openapi takes async functions only"
)]

use contentzavod_core::ports::StoreError;
use contentzavod_server::api::Refused;
use contentzavod_server::middleware::{Panics, Paths, Problems, RequestIds};
use poem::http::{Method, StatusCode};
use poem::{Endpoint, EndpointExt, Request, Response, Route, get, handler};
use poem_openapi::param::Path;
use poem_openapi::payload::PlainText;
use poem_openapi::{OpenApi, OpenApiService};
use serde_json::Value;

#[handler]
fn fine() -> &'static str {
    "fine"
}

#[handler]
fn full() -> Result<&'static str, Refused> {
    Err(StoreError::Full.into())
}

#[handler]
fn down() -> Result<&'static str, Refused> {
    Err(StoreError::Unavailable("locked by /secret/place".to_owned()).into())
}

#[handler]
fn corrupt() -> Result<&'static str, Refused> {
    Err(StoreError::Corrupt("row 17".to_owned()).into())
}

#[handler]
fn takes_text(_body: String) -> &'static str {
    "read"
}

async fn call(request: Request) -> Response {
    let routes = Route::new()
        .at("/fine", get(fine))
        .at("/full", get(full))
        .at("/down", get(down))
        .at("/corrupt", get(corrupt))
        .at("/text", poem::post(takes_text));
    routes
        .with(Problems)
        .with(RequestIds)
        .get_response(request)
        .await
}

async fn ask(method: Method, path: &str) -> (Response, Value) {
    let uri = path.parse().expect("a path");
    let mut response = call(Request::builder().method(method).uri(uri).finish()).await;
    let body = response.take_body().into_string().await.expect("text");
    let problem = serde_json::from_str(&body).unwrap_or(Value::Null);
    (response, problem)
}

#[tokio::test]
async fn every_refusal_has_the_same_shape_and_names_its_request() {
    let cases = [
        (Method::GET, "/nowhere", 404, "route.not_found"),
        (Method::POST, "/fine", 405, "route.method"),
        (Method::GET, "/full", 507, "storage.full"),
        (Method::GET, "/down", 503, "database.unavailable"),
        (Method::GET, "/corrupt", 500, "internal"),
    ];
    for (method, path, status, code) in cases {
        let (response, problem) = ask(method, path).await;
        assert_eq!(response.status().as_u16(), status, "{path}");
        assert_eq!(
            response.content_type(),
            Some("application/problem+json"),
            "{path}"
        );
        assert_eq!(problem["status"], status, "{path}");
        assert_eq!(problem["code"], code, "{path}");
        assert_eq!(problem["type"], format!("urn:contentzavod:problem:{code}"));
        assert_eq!(
            response.header("x-request-id"),
            problem["request_id"].as_str(),
            "{path}"
        );
        assert!(problem["findings"].is_array() && problem["title"].is_string());
    }
}

#[tokio::test]
async fn what_failed_inside_is_not_told() {
    for path in ["/down", "/corrupt"] {
        let (_, problem) = ask(Method::GET, path).await;
        let text = problem.to_string();
        assert!(
            !text.contains("secret") && !text.contains("row 17"),
            "{text}"
        );
    }
    let (response, _) = ask(Method::GET, "/down").await;
    assert!(response.header("retry-after").is_some());
}

#[tokio::test]
async fn a_harmless_id_is_taken_over_and_another_is_not() {
    let get = |id: &str| {
        let uri = "/fine".parse().expect("a path");
        let request = Request::builder()
            .uri(uri)
            .header("x-request-id", id.to_owned());
        call(request.finish())
    };
    let kept = get("mine-1").await;
    assert_eq!(kept.status(), StatusCode::OK);
    assert_eq!(kept.header("x-request-id"), Some("mine-1"));
    for bad in ["a b", "<script>", &"x".repeat(65), ""] {
        let made = get(bad).await;
        let id = made.header("x-request-id").expect("an id").to_owned();
        assert!(id != bad && id.len() == 20, "{bad:?} became {id:?}");
    }
}

#[tokio::test]
async fn a_body_that_is_no_text_is_named() {
    let request = Request::builder()
        .method(Method::POST)
        .uri("/text".parse().expect("a path"))
        .body(vec![0xFF, 0xFE]);
    let mut response = call(request).await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    let body = response.take_body().into_string().await.expect("text");
    assert!(body.contains("body.not_utf8"), "{body}");
}

#[derive(Debug)]
struct Published;

#[OpenApi(prefix_path = "/v1/things")]
impl Published {
    #[oai(path = "/", method = "get")]
    async fn list(&self) -> PlainText<&'static str> {
        PlainText("list")
    }

    #[oai(path = "/:id/parts/:part", method = "get")]
    async fn part(&self, id: Path<u32>, part: Path<u32>) -> PlainText<String> {
        PlainText(format!("{} {}", id.0, part.0))
    }

    #[oai(path = "/:id/parts/:part", method = "delete")]
    async fn delete(&self, id: Path<u32>, part: Path<u32>) -> PlainText<String> {
        PlainText(format!("{} {}", id.0, part.0))
    }

    #[oai(path = "/:id/parts/all", method = "put")]
    async fn all(&self, id: Path<u32>) -> PlainText<String> {
        PlainText(id.0.to_string())
    }
}

async fn ask_published(method: Method, path: &str) -> (Response, Value) {
    let service = OpenApiService::new(Published, "test", "1");
    let paths = Paths::of_spec(&service.spec()).and("/m/{token}", &["GET"]);
    let routes = Route::new().at("/m/:token", get(fine)).nest("/", service);
    let endpoint = routes.with(paths).with(Problems).with(RequestIds);
    let uri = path.parse().expect("a path");
    let request = Request::builder().method(method).uri(uri).finish();
    let mut response = endpoint.get_response(request).await;
    let body = response.take_body().into_string().await.expect("text");
    (response, serde_json::from_str(&body).unwrap_or_default())
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    for (path, allow) in [
        ("/v1/things", "GET, HEAD"),
        ("/v1/things/1/parts/2", "GET, HEAD, DELETE"),
        ("/v1/things/1/parts/all", "PUT"),
        ("/m/x", "GET, HEAD"),
    ] {
        let (response, problem) = ask_published(Method::PATCH, path).await;
        assert_eq!(response.status(), 405, "{path}");
        assert_eq!(response.header("allow"), Some(allow), "{path}");
        assert_eq!(problem["code"], "route.method", "{path}");
    }
    let (response, problem) = ask_published(Method::PATCH, "/nowhere").await;
    assert_eq!(response.header("allow"), None);
    assert_eq!(problem["code"], "route.not_found");
}

#[tokio::test]
async fn a_wrong_part_of_a_path_has_the_name_the_api_gives_it() {
    for (path, name) in [
        ("/v1/things/x/parts/2", "id"),
        ("/v1/things/1/parts/x", "part"),
    ] {
        let (response, problem) = ask_published(Method::GET, path).await;
        assert_eq!(response.status(), 400, "{path}");
        assert_eq!(problem["findings"][0]["field"], name, "{problem}");
        assert!(!problem.to_string().contains("param0"), "{problem}");
    }
    let (response, _) = ask_published(Method::GET, "/v1/things/1/parts/2").await;
    assert_eq!(response.status(), 200);
}

#[handler]
fn panics() -> &'static str {
    panic!("the secret cause")
}

#[tokio::test]
async fn a_panic_is_a_problem_that_names_its_request() {
    let endpoint = get(panics).with(Panics).with(Problems).with(RequestIds);
    let mut response = endpoint.get_response(Request::default()).await;
    assert_eq!(response.status(), 500);
    let body = response.take_body().into_string().await.expect("text");
    let id = response.header("x-request-id").expect("an id");
    assert!(body.contains(id) && !body.contains("secret"), "{body}");
}
