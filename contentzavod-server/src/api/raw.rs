//! Raw bytes as a request body, under whatever name they are sent.

use futures::Stream;
use poem::http::header;
use poem::{Request, RequestBody, Result};
use poem_openapi::payload::{Binary, Payload};
use poem_openapi::registry::{MetaMediaType, MetaRequest, Registry};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

use super::problem::unsupported_upload;

/// The bytes of a file. Published as `application/octet-stream`; another name or none is taken
/// too, except that of a form, which would wrap them.
#[derive(Debug)]
pub struct Raw {
    body: poem::Body,
    declared: Option<u64>,
}

impl Raw {
    /// What `Content-Length` said.
    #[must_use]
    pub const fn declared(&self) -> Option<u64> {
        self.declared
    }

    /// The bytes as they come.
    pub fn into_stream(self) -> impl Stream<Item = std::io::Result<bytes::Bytes>> + Send {
        self.body.into_bytes_stream()
    }
}

impl<'a> ApiExtractor<'a> for Raw {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        <Binary<poem::Body> as Payload>::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        let body = MetaMediaType {
            content_type: <Binary<poem::Body> as Payload>::CONTENT_TYPE,
            schema: <Binary<poem::Body> as Payload>::schema_ref(),
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
        _: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let kind = request.content_type().unwrap_or_default();
        let form = ["multipart/", "application/x-www-form-urlencoded"];
        if form.iter().any(|form| kind.starts_with(form)) {
            return Err(unsupported_upload(kind).into());
        }
        let declared = request.header(header::CONTENT_LENGTH);
        Ok(Self {
            declared: declared.and_then(|length| length.parse().ok()),
            body: body.take().map_err(poem::Error::from)?,
        })
    }
}
