//! A body whose mistakes are kept, so that a resource can add those of its own rules to one answer.

use contentzavod_preflight::Finding;
use poem::{Request, RequestBody, Result};
use poem_openapi::registry::{MetaRequest, Registry};
use poem_openapi::types::ParseFromJSON;
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};
use serde_json::Value;

use super::{Strict, json, walk};
use crate::api::problem::Refused;

/// A JSON body that may break its schema.
///
/// What is not JSON at all is refused as by [`Strict`].
#[derive(Debug, Clone, PartialEq)]
pub struct Checked<T> {
    /// The body without the parts that do not fit; `None` where something required is among them.
    value: Option<T>,
    /// Every part that does not fit.
    findings: Vec<Finding>,
}

impl<T> Checked<T> {
    /// The body, if it fits its schema.
    ///
    /// # Errors
    ///
    /// 422 with all findings.
    pub fn fitting(self) -> Result<T, Refused> {
        match self.value {
            Some(value) if self.findings.is_empty() => Ok(value),
            _ => Err(refused(self.findings)),
        }
    }

    /// The body, if it fits its schema; else what fits of it is held against further rules, so that
    /// the refusal names everything at once.
    ///
    /// # Errors
    ///
    /// 422 with all findings; whatever `rules` fails of.
    pub async fn or_else_by<F, Fut>(self, rules: F) -> Result<T, Refused>
    where
        F: FnOnce(T) -> Fut,
        Fut: Future<Output = Result<Vec<Finding>, Refused>>,
    {
        match self.value {
            Some(value) if self.findings.is_empty() => Ok(value),
            Some(value) => {
                let mut findings = self.findings;
                findings.extend(rules(value).await?);
                Err(refused(findings))
            }
            None => Err(refused(self.findings)),
        }
    }
}

fn refused(findings: Vec<Finding>) -> Refused {
    Refused::broken("body.invalid", findings)
}

impl<'a, T: ParseFromJSON> ApiExtractor<'a> for Checked<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        <Strict<T> as ApiExtractor>::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        <Strict<T> as ApiExtractor>::request_meta()
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let mut json = json::<T>(request, body).await?;
        let mut findings = walk::check::<T>(&json);
        for finding in &findings {
            if let Some(field) = &finding.field {
                remove(&mut json, field);
            }
        }
        let value = match T::parse_from_json(Some(json)) {
            Ok(value) => Some(value),
            Err(error) => {
                // The schema was kept, and yet it cannot be read: its words are all there is.
                if findings.is_empty() {
                    let words = error.into_message();
                    findings.push(Finding::error("field.format", words));
                }
                None
            }
        };
        Ok(Self { value, findings })
    }
}

/// Removes what a path such as `content.caption` or `content.user_tags[1]` names; of a list the
/// whole, because its other items would move up and be named wrongly.
fn remove(json: &mut Value, path: &str) {
    let path = path.split('[').next().unwrap_or(path);
    let (parents, name) = path.rsplit_once('.').unwrap_or(("", path));
    let mut place = json;
    for parent in parents.split('.').filter(|parent| !parent.is_empty()) {
        let Some(next) = place.get_mut(parent) else {
            return;
        };
        place = next;
    }
    if let Some(object) = place.as_object_mut() {
        object.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::remove;

    #[test]
    fn what_a_path_names_goes_and_nothing_else() {
        let mut value = json!({ "a": { "b": 1, "c": [1, 2] }, "d": 3 });
        for path in ["a.b", "a.c[1]", "a.x.y", "nowhere", "", "d.e"] {
            remove(&mut value, path);
        }
        assert_eq!(value, json!({ "a": {}, "d": 3 }));
    }
}
