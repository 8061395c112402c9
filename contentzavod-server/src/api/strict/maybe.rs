//! Bodies that may be left out.

use poem::http::header::CONTENT_LENGTH;
use poem::{Request, RequestBody, Result};
use poem_openapi::registry::{MetaRequest, Registry};
use poem_openapi::types::ParseFromJSON;
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};
use serde_json::json;

use super::Strict;

/// A [`Strict`] body whose fields may all be absent, and the body with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maybe<T>(pub T);

/// True when nothing was sent: neither a type nor a length.
fn is_absent(request: &Request) -> bool {
    let length = request.header(CONTENT_LENGTH).unwrap_or("0");
    let chunked = request.header("transfer-encoding").is_some();
    request.content_type().is_none() && length == "0" && !chunked
}

impl<'a, T: ParseFromJSON> ApiExtractor<'a> for Maybe<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        <Strict<T> as ApiExtractor<'a>>::register(registry);
    }

    // Clients are generated that always send one.
    fn request_meta() -> Option<MetaRequest> {
        <Strict<T> as ApiExtractor<'a>>::request_meta()
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        options: ExtractParamOptions<()>,
    ) -> Result<Self> {
        if is_absent(request)
            && let Ok(nothing) = T::parse_from_json(Some(json!({})))
        {
            return Ok(Self(nothing));
        }
        let strict = Strict::<T>::from_request(request, body, options).await?;
        Ok(Self(strict.0))
    }
}
