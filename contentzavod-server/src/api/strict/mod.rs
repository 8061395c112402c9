//! JSON bodies, read strictly: every unknown, missing and wrong-typed field is named at once.
//!
//! poem-openapi stops at the first bad field, ignores unknown ones, and takes numbers for strings.
//! So the body is first held against the very schema that the document publishes.

mod checked;
mod maybe;
mod walk;

use poem::http::StatusCode;
use poem::{Request, RequestBody, Result};
use poem_openapi::error::ContentTypeError;
use poem_openapi::payload::{Json, Payload};
use poem_openapi::registry::{MetaMediaType, MetaRequest, MetaSchemaRef, Registry};
use poem_openapi::types::{ParseFromJSON, Type};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};
use serde_json::Value;

use super::problem::{Refused, body_too_large};

pub use checked::Checked;
pub use maybe::Maybe;

/// The largest JSON body, in bytes.
pub const BODY_MAX: usize = 256 << 10;

/// A JSON body that fits its schema exactly.
///
/// Bytes that are not JSON: 400. More than 256 KiB: 413. Another content type: 415. Everything
/// else that does not fit: one 422 with all findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strict<T>(pub T);

impl<T: Type> Payload for Strict<T> {
    const CONTENT_TYPE: &'static str = Json::<T>::CONTENT_TYPE;

    fn check_content_type(content_type: &str) -> bool {
        Json::<T>::check_content_type(content_type)
    }

    fn schema_ref() -> MetaSchemaRef {
        T::schema_ref()
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<'a, T: ParseFromJSON> ApiExtractor<'a> for Strict<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        <Self as Payload>::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        let body = MetaMediaType {
            content_type: Self::CONTENT_TYPE,
            schema: T::schema_ref(),
        };
        Some(MetaRequest {
            description: None,
            content: vec![body],
            required: true,
        })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        options: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let checked = Checked::from_request(request, body, options).await?;
        Ok(Self(checked.fitting()?))
    }
}

/// The JSON of a body, whatever it says.
async fn json<T>(request: &Request, body: &mut RequestBody) -> Result<Value>
where
    T: ParseFromJSON,
{
    match request.content_type() {
        Some(given) if Strict::<T>::check_content_type(given) => {}
        Some(given) => {
            let content_type = given.to_owned();
            return Err(ContentTypeError::NotSupported { content_type }.into());
        }
        None => return Err(ContentTypeError::ExpectContentType.into()),
    }
    let bytes = read(body).await?;
    Ok(serde_json::from_slice(&bytes).map_err(|error| not_json(&error))?)
}

async fn read(body: &mut RequestBody) -> Result<Vec<u8>> {
    let body = body.take().map_err(poem::Error::from)?;
    match body.into_bytes_limit(BODY_MAX).await {
        Ok(bytes) => Ok(bytes.to_vec()),
        Err(poem::error::ReadBodyError::PayloadTooLarge) => {
            Err(body_too_large(BODY_MAX as u64).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// The place is told, the text is not: it may hold a secret.
fn not_json(error: &serde_json::Error) -> Refused {
    let place = format!("at line {}, column {}", error.line(), error.column());
    let why = match error.classify() {
        serde_json::error::Category::Eof => "it ends too early",
        _ if error.to_string().starts_with("recursion limit") => "it is nested too deeply",
        _ => "this is not JSON",
    };
    Refused::new(StatusCode::BAD_REQUEST, "body.not_json").detail(format!("{why}, {place}"))
}
