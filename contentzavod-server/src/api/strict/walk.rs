//! A JSON value held against a schema of the published document.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use contentzavod_preflight::Finding;
use poem_openapi::registry::{MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::types::ParseFromJSON;
use serde_json::{Map, Value};

/// Findings in one answer; a body of nothing but mistakes is not answered with megabytes.
const FINDINGS_MAX: usize = 100;

/// The schemas of one body type.
struct Shapes {
    root: MetaSchemaRef,
    named: BTreeMap<String, MetaSchema>,
}

/// Everything about the value that does not fit the type's schema.
pub(super) fn check<T: ParseFromJSON>(value: &Value) -> Vec<Finding> {
    let shapes = shapes_of::<T>();
    let mut walk = Walk {
        shapes: &shapes,
        findings: Vec::new(),
    };
    walk.value(&shapes.root, value, "");
    walk.findings
}

/// The schemas of a type, collected once.
fn shapes_of<T: ParseFromJSON>() -> Arc<Shapes> {
    static KNOWN: LazyLock<Mutex<HashMap<String, Arc<Shapes>>>> = LazyLock::new(Mutex::default);
    // Names are unique in a document.
    let id = T::name().into_owned();
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let shapes = known.entry(id).or_insert_with(|| {
        let mut registry = Registry::new();
        T::register(&mut registry);
        Arc::new(Shapes {
            root: T::schema_ref(),
            named: registry.schemas,
        })
    });
    Arc::clone(shapes)
}

/// What a documented reference refers to: poem writes `allOf: [$ref, {description}]`.
fn wrapped(schema: &MetaSchema) -> Option<&MetaSchemaRef> {
    let says_something = |part: &&MetaSchemaRef| match part {
        MetaSchemaRef::Reference(_) => true,
        MetaSchemaRef::Inline(part) => !(part.ty.is_empty() && part.all_of.is_empty()),
    };
    let mut parts = schema.all_of.iter().filter(says_something);
    let only = parts.next()?;
    (parts.next().is_none() && schema.properties.is_empty()).then_some(only)
}

/// The properties of an object, whatever `allOf` they are spread over.
#[derive(Default)]
struct Fields<'a> {
    properties: Vec<(&'static str, &'a MetaSchemaRef)>,
    required: Vec<&'static str>,
    open: bool,
}

struct Walk<'a> {
    shapes: &'a Shapes,
    findings: Vec<Finding>,
}

impl<'a> Walk<'a> {
    fn resolve(&self, schema: &'a MetaSchemaRef) -> Option<&'a MetaSchema> {
        match schema {
            MetaSchemaRef::Inline(schema) => Some(schema),
            MetaSchemaRef::Reference(name) => self.shapes.named.get(name),
        }
    }

    fn note(&mut self, finding: Finding) {
        if self.findings.len() < FINDINGS_MAX {
            self.findings.push(finding);
        }
    }

    fn value(&mut self, schema: &'a MetaSchemaRef, value: &Value, path: &str) {
        let Some(schema) = self.resolve(schema) else {
            return;
        };
        self.typed(schema, value, path);
    }

    fn typed(&mut self, schema: &'a MetaSchema, value: &Value, path: &str) {
        if schema.nullable && value.is_null() {
            return;
        }
        if let Some(only) = wrapped(schema) {
            return self.value(only, value, path);
        }
        if !schema.one_of.is_empty() {
            return self.union(schema, value, path);
        }
        match schema.ty {
            "object" => self.object(schema, value, path),
            "" if !schema.all_of.is_empty() => self.object(schema, value, path),
            "array" => self.array(schema, value, path),
            _ => self.scalar(schema, value, path),
        }
    }

    fn array(&mut self, schema: &'a MetaSchema, value: &Value, path: &str) {
        let Some(items) = value.as_array() else {
            return self.note(wrong(path, "an array", value));
        };
        let Some(item) = &schema.items else { return };
        for (index, value) in items.iter().enumerate() {
            self.value(item, value, &format!("{path}[{index}]"));
        }
    }

    /// The variant that the discriminator names.
    fn union(&mut self, schema: &'a MetaSchema, value: &Value, path: &str) {
        let Some(object) = value.as_object() else {
            return self.note(wrong(path, "an object", value));
        };
        let Some(tag) = &schema.discriminator else {
            return;
        };
        let field = join(path, tag.property_name);
        let words: Vec<&str> = tag.mapping.iter().map(|(word, _)| word.as_str()).collect();
        let Some(given) = object.get(tag.property_name) else {
            return self.note(missing(&field).limit(words.join(", ")));
        };
        let Some(word) = given.as_str() else {
            return self.note(wrong(&field, "a string", given));
        };
        let variant = tag.mapping.iter().find(|(known, _)| known == word);
        let Some((_, name)) = variant else {
            return self.note(no_such_word(&field, word, &words));
        };
        let name = name.rsplit('/').next().unwrap_or(name);
        if let Some(schema) = self.shapes.named.get(name) {
            self.object(schema, value, path);
        }
    }

    fn object(&mut self, schema: &'a MetaSchema, value: &Value, path: &str) {
        let Some(object) = value.as_object() else {
            return self.note(wrong(path, "an object", value));
        };
        let mut fields = Fields::default();
        self.collect(schema, &mut fields);
        for name in &fields.required {
            if !object.contains_key(*name) {
                self.note(missing(&join(path, name)));
            }
        }
        for (name, schema) in &fields.properties {
            match object.get(*name) {
                // Absent and null are alike where nothing is required.
                None => {}
                Some(Value::Null) if !fields.required.contains(name) => {}
                Some(value) => self.value(schema, value, &join(path, name)),
            }
        }
        if !fields.open {
            self.unknown(object, &fields, path);
        }
    }

    fn collect(&self, schema: &'a MetaSchema, fields: &mut Fields<'a>) {
        fields.required.extend(&schema.required);
        let properties = schema.properties.iter();
        fields.properties.extend(properties.map(|(n, s)| (*n, s)));
        fields.open |= schema.additional_properties.is_some();
        for part in &schema.all_of {
            if let Some(part) = self.resolve(part) {
                self.collect(part, fields);
            }
        }
    }

    fn unknown(&mut self, object: &Map<String, Value>, fields: &Fields<'_>, path: &str) {
        for name in object.keys() {
            let known = fields.properties.iter().map(|(known, _)| *known);
            if known.clone().any(|known| known == name) {
                continue;
            }
            let nearest = known
                .map(|known| (strsim::jaro_winkler(known, name), known))
                .max_by(|a, b| a.0.total_cmp(&b.0))
                .filter(|(likeness, _)| *likeness > 0.8);
            let finding = Finding::error("field.unknown", "There is no such field.")
                .field(join(path, &cut(name)));
            self.note(match nearest {
                Some((_, known)) => finding.fix(format!("Did you mean `{known}`?")),
                None => finding,
            });
        }
    }

    fn scalar(&mut self, schema: &'a MetaSchema, value: &Value, path: &str) {
        let finding = match (schema.ty, value) {
            ("string", Value::String(text)) => text_fault(schema, text, path),
            ("string", _) => Some(wrong(path, wanted(schema), value)),
            ("boolean", Value::Bool(_)) | ("number", Value::Number(_)) => None,
            ("boolean", _) => Some(wrong(path, "true or false", value)),
            ("number", _) => Some(wrong(path, "a number", value)),
            ("integer", _) => integer_fault(schema, value, path),
            _ => None,
        };
        if let Some(finding) = finding {
            self.note(finding);
        }
    }
}

fn text_fault(schema: &MetaSchema, text: &str, path: &str) -> Option<Finding> {
    if !schema.enum_items.is_empty() {
        let words: Vec<&str> = schema.enum_items.iter().filter_map(Value::as_str).collect();
        return (!words.contains(&text)).then(|| no_such_word(path, text, &words));
    }
    let good = match schema.format {
        Some("uuid") => uuid::Uuid::try_parse(text).is_ok(),
        Some("date-time") => chrono::DateTime::parse_from_rfc3339(text).is_ok(),
        _ => true,
    };
    (!good).then(|| {
        Finding::error("field.format", "The field has another format.")
            .field(path)
            .actual(cut(text))
            .limit(wanted(schema))
    })
}

fn integer_fault(schema: &MetaSchema, value: &Value, path: &str) -> Option<Finding> {
    let unsigned = schema.format.is_some_and(|f| f.starts_with("uint"));
    let limit = if unsigned {
        "a whole number, 0 or more"
    } else {
        "a whole number"
    };
    let max = match schema.format {
        Some("uint32") => u64::from(u32::MAX),
        Some("int32") => i32::MAX as u64,
        Some("int64") => i64::MAX as u64,
        _ => u64::MAX,
    };
    let fits = value.as_u64().is_some_and(|n| n <= max) || (!unsigned && value.as_i64().is_some());
    (!fits).then(|| wrong(path, limit, value))
}

fn wanted(schema: &MetaSchema) -> &'static str {
    match schema.format {
        Some("uuid") => "a UUID",
        Some("date-time") => "an RFC 3339 time, e.g. 2026-12-01T09:00:00Z",
        _ => "a string",
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn missing(field: &str) -> Finding {
    Finding::error("field.missing", "The field is required.").field(field)
}

/// The kind of value is told, its text is not: it may hold a secret in the wrong place.
fn wrong(path: &str, limit: &str, value: &Value) -> Finding {
    let actual = match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        Value::String(_) => "a string".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    };
    let finding = Finding::error("field.type", "The field has another type.");
    let finding = finding.actual(actual).limit(limit);
    if path.is_empty() {
        finding
    } else {
        finding.field(path)
    }
}

fn no_such_word(field: &str, word: &str, words: &[&str]) -> Finding {
    Finding::error("field.value", "The field takes other values.")
        .field(field)
        .actual(cut(word))
        .limit(words.join(", "))
}

/// At most 100 characters.
fn cut(text: &str) -> String {
    match text.char_indices().nth(100) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
