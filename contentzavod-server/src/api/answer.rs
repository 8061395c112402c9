//! Success answers that more than one resource gives.

use poem::http::{StatusCode, header};
use poem::{IntoResponse, Response};
use poem_openapi::ApiResponse;
use poem_openapi::payload::{Json, Payload};
use poem_openapi::registry::{MetaMediaType, MetaResponse, MetaResponses, Registry};
use poem_openapi::types::{ToJSON, Type};

/// 201 with what was made.
#[derive(Debug)]
pub struct Created<T>(pub T);

impl<T: ToJSON> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        Json(self.0)
            .into_response()
            .with_status(StatusCode::CREATED)
            .into_response()
    }
}

impl<T: Type + ToJSON> ApiResponse for Created<T> {
    fn meta() -> MetaResponses {
        one(201, "Made.", Some(<Json<T> as Payload>::schema_ref()))
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

/// 204: done, nothing to say.
#[derive(Debug, Clone, Copy)]
pub struct Done;

impl IntoResponse for Done {
    fn into_response(self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }
}

impl ApiResponse for Done {
    fn meta() -> MetaResponses {
        one(204, "Done.", None)
    }

    fn register(_: &mut Registry) {}
}

/// A description of one answer, JSON if it has a body.
pub(super) fn one(
    status: u16,
    description: &'static str,
    schema: Option<poem_openapi::registry::MetaSchemaRef>,
) -> MetaResponses {
    let content = schema.map(|schema| MetaMediaType {
        content_type: Json::<bool>::CONTENT_TYPE,
        schema,
    });
    MetaResponses {
        responses: vec![MetaResponse {
            description,
            status: Some(status),
            status_range: None,
            content: content.into_iter().collect(),
            headers: vec![],
        }],
    }
}

/// 200 with something that browsers keep as a file.
#[derive(Debug)]
pub struct Download<T> {
    value: T,
    disposition: String,
}

impl<T> Download<T> {
    /// `name` is ours: letters, digits, dots and dashes.
    #[must_use]
    pub fn new(value: T, name: &str) -> Self {
        let disposition = format!("attachment; filename=\"{name}\"");
        Self { value, disposition }
    }
}

impl<T: ToJSON> IntoResponse for Download<T> {
    fn into_response(self) -> Response {
        Json(self.value)
            .with_header(header::CONTENT_DISPOSITION, self.disposition)
            .into_response()
    }
}

impl<T: Type + ToJSON> ApiResponse for Download<T> {
    fn meta() -> MetaResponses {
        one(200, "As asked.", Some(<Json<T> as Payload>::schema_ref()))
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}
