//! Flags, environment and file, each as a layer of known names.

use std::fmt;
use std::path::{Path, PathBuf};

use config::{FileFormat, Map, Source, Value, ValueKind};

use super::Overrides;
use super::error::Mistake;
use super::names;
use super::reader::Reader;

/// One place settings come from: paths of known names, each value with where it was written.
#[derive(Clone, Default)]
pub(super) struct Layer(Vec<(&'static str, Value)>);

impl Layer {
    fn put(&mut self, path: &'static str, origin: &str, kind: impl Into<ValueKind>) {
        let origin = origin.to_owned();
        self.0.push((path, Value::new(Some(&origin), kind)));
    }
}

impl fmt::Debug for Layer {
    /// The values may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|(path, _)| path))
            .finish()
    }
}

impl Source for Layer {
    fn clone_into_box(&self) -> Box<dyn Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, config::ConfigError> {
        let entries = self.0.iter();
        Ok(entries
            .map(|(path, value)| ((*path).to_owned(), value.clone()))
            .collect())
    }
}

/// The layers, the weakest first. Unknown names are reported and left out.
pub(super) fn gather(
    overrides: &Overrides,
    variables: impl Iterator<Item = (String, String)>,
    file: Option<&Path>,
    reader: &mut Reader,
) -> [Layer; 3] {
    let mut named = None;
    let environment = environment(variables, &mut named, reader);
    let file = file.or(named.as_deref());
    let file = file.map(|path| from_file(path, reader));
    [file.unwrap_or_default(), environment, flags(overrides)]
}

fn flags(overrides: &Overrides) -> Layer {
    let mut layer = Layer::default();
    if let Some(listen) = &overrides.listen {
        layer.put("listen", "--listen", listen.as_str());
    }
    if let Some(url) = &overrides.public_url {
        layer.put("public_url", "--public-url", url.as_str());
    }
    if overrides.insecure_http {
        layer.put("insecure_http", "--insecure-http", true);
    }
    if let Some(url) = &overrides.sandbox {
        // Each host under its name: the sandbox then refuses what the real one refuses.
        let base = url.trim_end_matches('/');
        for (path, host) in [
            ("instagram.graph_url", "graph.instagram.com"),
            ("instagram.facebook_graph_url", "graph.facebook.com"),
            ("instagram.oauth_url", "api.instagram.com"),
            (
                "instagram.authorize_url",
                "www.instagram.com/oauth/authorize",
            ),
            ("instagram.facebook_authorize_url", "www.facebook.com"),
        ] {
            layer.put(path, "--sandbox", format!("{base}/{host}"));
        }
        layer.put("instagram.rupload_url", "--sandbox", base);
    }
    layer
}

fn environment(
    variables: impl Iterator<Item = (String, String)>,
    file: &mut Option<PathBuf>,
    reader: &mut Reader,
) -> Layer {
    let mut layer = Layer::default();
    // Their order is the operating system's whim; that of the mistakes is not.
    let mut variables: Vec<_> = variables
        .filter(|(name, _)| name.starts_with(names::PREFIX))
        .collect();
    variables.sort();
    for (variable, value) in variables {
        if variable == names::CONFIG {
            *file = (!value.is_empty()).then(|| value.into());
            continue;
        }
        let Some(known) = names::by_variable(&variable) else {
            // The value is not shown: it may be a secret under a misspelt name.
            let rule = format!(
                "is no known setting; did you mean {}?",
                names::nearest_variable(&variable)
            );
            reader.report(Mistake::new(variable, rule));
            continue;
        };
        if !value.is_empty() {
            add(&mut layer, known, &variable, value, reader);
        }
    }
    layer
}

fn from_file(path: &Path, reader: &mut Reader) -> Layer {
    let shown = path.display().to_string();
    let mut layer = Layer::default();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            let rule = format!("cannot be read as the configuration file: {error}");
            reader.report(Mistake::new(shown, rule));
            return layer;
        }
    };
    let parsed = config::File::from_str(&text, FileFormat::Toml).collect();
    let keys = match parsed {
        Ok(map) => flatten(map),
        Err(error) => {
            let rule = format!("is no valid TOML{}", place(&error));
            reader.report(Mistake::new(shown, rule));
            return layer;
        }
    };
    for (key, value) in keys {
        let origin = format!("{key} in {shown}");
        let Some(known) = names::by_key(&key) else {
            let nearest = names::nearest_key(&key);
            let rule = format!("is no known setting; did you mean {nearest}?");
            reader.report(Mistake::new(origin, rule));
            continue;
        };
        match as_text(value) {
            Some(text) => add(&mut layer, known, &origin, text, reader),
            None => reader.report(Mistake::new(origin, "must be one value or a list of texts")),
        }
    }
    layer
}

/// Where the parser stopped. Its whole message shows the line, and that may hold a secret.
fn place(error: &config::ConfigError) -> String {
    let config::ConfigError::FileParse { cause, .. } = error else {
        return String::new();
    };
    let text = cause.to_string();
    let line = text.lines().next().unwrap_or_default();
    let at = line.find(" at line ").map(|at| &line[at..]);
    at.map_or_else(String::new, ToOwned::to_owned)
}

fn add(layer: &mut Layer, known: names::Known, origin: &str, value: String, reader: &mut Reader) {
    let (name, is_file) = known;
    // An environment may hold one name twice: there the later one counts, as for other programs.
    let other =
        |(path, value): &(&str, Value)| *path == name.path && value.origin() != Some(origin);
    if layer.0.iter().any(other) {
        let rule = "is set twice, as a value and as a file; set one of them";
        reader.report(Mistake::new(origin, rule));
        return;
    }
    if is_file {
        reader.points_to_file(origin);
    }
    layer.put(name.path, origin, value);
}

/// Tables as keys joined by dots, in a steady order.
pub(super) fn flatten(map: Map<String, Value>) -> Vec<(String, Value)> {
    let mut out = Vec::new();
    let mut rest: Vec<(String, Value)> = map.into_iter().collect();
    while let Some((key, value)) = rest.pop() {
        match value.kind {
            ValueKind::Table(table) if !table.is_empty() => {
                let inner = table.into_iter();
                rest.extend(inner.map(|(inner, value)| (format!("{key}.{inner}"), value)));
            }
            _ => out.push((key, value)),
        }
    }
    out.sort_by(|(a, _), (b, _)| a.cmp(b));
    out
}

/// A value as the environment would spell it: lists by commas. An empty table has no spelling.
pub(super) fn as_text(value: Value) -> Option<String> {
    match value.kind {
        ValueKind::Array(list) => {
            let texts: Option<Vec<String>> = list.into_iter().map(as_text).collect();
            texts.map(|texts| texts.join(","))
        }
        ValueKind::Table(_) | ValueKind::Nil => None,
        _ => value.into_string().ok(),
    }
}
