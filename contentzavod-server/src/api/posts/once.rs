//! Scheduling once per key: the fingerprint of a request, and the answer that a replay gets.

use aws_lc_rs::digest::{SHA256, digest};
use contentzavod_preflight::Finding;
use poem::http::header::HeaderValue;
use poem::http::{HeaderName, StatusCode};
use poem::{IntoResponse, Request, RequestBody, Response, Result};
use poem_openapi::payload::{Json, Payload};
use poem_openapi::registry::{MetaParamIn, MetaResponses, MetaSchemaRef, Registry};
use poem_openapi::types::{ToJSON, Type};
use poem_openapi::{ApiExtractor, ApiExtractorType, ApiResponse, ExtractParamOptions};

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

/// The key of a request, if it brought one.
///
/// poem-openapi's `Header` leaves out what is no text and takes the first of several: the client
/// would believe that its second try is harmless, and the post would go out twice.
#[derive(Debug)]
pub(super) struct OnceKey(pub(super) Option<String>);

impl<'a> ApiExtractor<'a> for OnceKey {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::Parameter];

    type ParamType = Option<String>;
    type ParamRawType = String;

    fn register(registry: &mut Registry) {
        <Option<String> as Type>::register(registry);
    }

    fn param_in() -> Option<MetaParamIn> {
        Some(MetaParamIn::Header)
    }

    fn param_schema_ref() -> Option<MetaSchemaRef> {
        Some(<Option<String> as Type>::schema_ref())
    }

    async fn from_request(
        request: &'a Request,
        _: &mut RequestBody,
        options: ExtractParamOptions<Option<String>>,
    ) -> Result<Self> {
        let mut keys = request.headers().get_all(options.name).iter();
        match (keys.next(), keys.next()) {
            (None, _) => Ok(Self(None)),
            (Some(key), None) => match checked(key.as_bytes()) {
                Some(key) => Ok(Self(Some(key))),
                None => Err(no_key(options.name, format!("{} bytes", key.len())).into()),
            },
            (Some(_), Some(_)) => Err(no_key(options.name, "more than one".to_owned()).into()),
        }
    }
}

/// The key, if it can be one.
fn checked(key: &[u8]) -> Option<String> {
    let good = (1..=KEY_MAX).contains(&key.len()) && key.iter().all(u8::is_ascii_graphic);
    good.then(|| String::from_utf8_lossy(key).into_owned())
}

fn no_key(name: &str, actual: String) -> Refused {
    let finding = Finding::error("idempotency_key.format", "This is no idempotency key.")
        .field(name)
        .actual(actual)
        .limit("1 to 255 visible ASCII characters, e.g. a UUID");
    Refused::broken("parameter.invalid", [finding])
}
