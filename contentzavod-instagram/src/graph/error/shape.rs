//! The shapes in which errors arrive. Every field is optional, numbers may be strings.

use serde_json::Value;

use crate::graph::value;

/// What an answer's body says went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    /// The Graph shape: `{"error": {…}}`.
    Graph {
        code: Option<i64>,
        subcode: Option<i64>,
        transient: bool,
        text: Option<String>,
        trace: Option<String>,
    },
    /// The flat shape of the code exchange: `{"error_type", "code", "error_message"}`.
    OAuth { text: String },
    /// The shape of the upload host: `{"debug_info": {…}}`.
    Upload {
        retriable: bool,
        kind: String,
        text: Option<String>,
    },
    /// Some gateway's `{"message": "…"}`, or another JSON without a code.
    Plain { text: Option<String> },
    /// No JSON at all.
    NoJson,
}

/// Reads an error out of a body that is JSON; `None` when it shows none.
pub(crate) fn read(body: &Value) -> Option<Said> {
    if let Some(error) = body.get("error").filter(|e| !e.is_null()) {
        return Some(graph(error, body));
    }
    if body.get("error_type").is_some() || body.get("error_message").is_some() {
        let text = text_of(body, "error_message").unwrap_or_default();
        return Some(Said::OAuth { text });
    }
    body.get("debug_info").map(upload)
}

/// What a refusal without a known error in it says.
pub(crate) fn plain(body: &Value) -> Said {
    Said::Plain {
        text: text_of(body, "message"),
    }
}

fn graph(error: &Value, body: &Value) -> Said {
    // OAuth 2 spells it `{"error": "invalid_request", "error_description": "…"}`.
    if let Some(word) = error.as_str() {
        let text = text_of(body, "error_description").unwrap_or_else(|| word.to_owned());
        return Said::OAuth { text };
    }
    Said::Graph {
        code: error.get("code").and_then(value::integer),
        // Zero is written where there is none.
        subcode: error
            .get("error_subcode")
            .and_then(value::integer)
            .filter(|s| *s != 0),
        transient: error.get("is_transient").and_then(value::flag) == Some(true),
        text: text_of(error, "error_user_msg").or_else(|| text_of(error, "message")),
        trace: text_of(error, "fbtrace_id"),
    }
}

fn upload(info: &Value) -> Said {
    Said::Upload {
        retriable: info.get("retriable").and_then(value::flag) == Some(true),
        kind: text_of(info, "type").unwrap_or_default(),
        text: text_of(info, "message"),
    }
}

fn text_of(object: &Value, field: &str) -> Option<String> {
    let text = object.get(field)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The subcode in a container's status text, as in
/// `Error: Media upload has failed with error code 2207026`.
pub(crate) fn status_subcode(text: &str) -> Option<i64> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .find(|word| {
            word.len() == 7 && word.starts_with("2207") && word.bytes().all(|b| b.is_ascii_digit())
        })
        .and_then(|word| word.parse().ok())
}
