//! Scheduling once per key: the fingerprint of a request, and the answer that a replay gets.

use aws_lc_rs::digest::{SHA256, digest};
use contentzavod_preflight::Finding;
use poem::http::header::HeaderValue;
use poem::http::{HeaderName, StatusCode};
use poem::{IntoResponse, Response};
use poem_openapi::ApiResponse;
use poem_openapi::payload::{Json, Payload};
use poem_openapi::registry::{MetaResponses, Registry};
use poem_openapi::types::{ToJSON, Type};

use super::asked::NewPost;
use super::view::Post;
use crate::api::answer::one;
use crate::api::problem::Refused;

/// The header by which a client knows the first answer when it comes again.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
const KEY_MAX: usize = 255;

/// 201 with the post, as bytes: a replay is the first answer, byte for byte.
#[derive(Debug)]
pub(super) struct PostMade {
    body: Vec<u8>,
    replayed: bool,
}

impl PostMade {
    pub(super) const fn new(body: Vec<u8>) -> Self {
        let replayed = false;
        Self { body, replayed }
    }

    pub(super) const fn again(body: Vec<u8>) -> Self {
        let replayed = true;
        Self { body, replayed }
    }
}

impl IntoResponse for PostMade {
    fn into_response(self) -> Response {
        let mut response = Response::builder()
            .status(StatusCode::CREATED)
            .content_type(Json::<Post>::CONTENT_TYPE)
            .body(self.body);
        if self.replayed {
            let yes = HeaderValue::from_static("true");
            response.headers_mut().insert(REPLAYED, yes);
        }
        response
    }
}

impl ApiResponse for PostMade {
    fn meta() -> MetaResponses {
        let words = "Scheduled. A repeated key gives the first answer again, with \
                     `Idempotency-Replayed: true`.";
        one(201, words, Some(<Json<Post> as Payload>::schema_ref()))
    }

    fn register(registry: &mut Registry) {
        Post::register(registry);
    }
}

/// The bytes of an answer.
pub(super) fn bytes(post: &Post) -> Vec<u8> {
    post.to_json_string().into_bytes()
}

/// Requests that say the same have the same fingerprint, however they are written.
pub(super) fn fingerprint(request: &NewPost) -> [u8; 32] {
    let text = request.to_json_string();
    let mut print = [0; 32];
    print.copy_from_slice(digest(&SHA256, text.as_bytes()).as_ref());
    print
}

/// The key, if it can be one.
pub(super) fn checked_key(key: &str) -> Result<&str, Refused> {
    let good = (1..=KEY_MAX).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
    if good {
        return Ok(key);
    }
    let finding = Finding::error("idempotency_key.format", "This is no idempotency key.")
        .field("Idempotency-Key")
        .actual(format!("{} bytes", key.len()))
        .limit("1 to 255 visible ASCII characters, e.g. a UUID");
    let title = "A parameter breaks a rule";
    Err(Refused::broken("parameter.invalid", title, [finding]))
}
