//! The switches for people: the table of the page in the documentation, and the command's help.

use std::fmt::Write;

use super::{Field, KINDS, Stage};

/// The switches as they stand in `docs/sandbox.md`, in Markdown.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from("| stage | call |\n|---|---|\n");
    for stage in Stage::ALL {
        let _ = writeln!(page, "| `{}` | {} |", stage.name(), code(stage.call()));
    }
    for kind in KINDS {
        let _ = write!(page, "\n### `{}`\n\n{}\n\n", kind.name, kind.does);
        let _ = writeln!(page, "- Ledger: {}.", kind.ledger);
        let _ = writeln!(page, "- Stages: {}.", stages(kind.stages));
        for field in kind.fields {
            let _ = writeln!(page, "- {}", told(field));
        }
        let _ = write!(
            page,
            "\n```sh\ncurl localhost:8090/__faults -d '{{\"rules\": [{}]}}'\n```\n",
            kind.example
        );
    }
    page
}

/// The switches as `contentzavod sandbox --help` shows them.
#[must_use]
pub fn help() -> String {
    let mut text = String::from("Stages:\n");
    for stage in Stage::ALL {
        let _ = writeln!(text, "  {:<12}{}", stage.name(), stage.call());
    }
    text.push_str("\nFaults, with their fields (default in brackets, * where it must be given):\n");
    for kind in KINDS {
        let fields = kind.fields.iter().map(|field| match field.default {
            Some(default) => format!("{} [{}]", field.name, default.trim_matches('"')),
            None => format!("{}*", field.name),
        });
        let fields: Vec<String> = fields.collect();
        let line = format!("  {:<18}{}", kind.name, fields.join(", "));
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// A call as code, a description as it is.
fn code(call: &str) -> String {
    if call.contains('/') {
        format!("`{call}`")
    } else {
        call.to_owned()
    }
}

fn stages(stages: &[Stage]) -> String {
    let every = Stage::CALLS.iter().all(|call| stages.contains(call));
    let rest = stages
        .iter()
        .filter(|s| !every || !Stage::CALLS.contains(s));
    let names = rest.map(|stage| format!("`{}`", stage.name()));
    let every = every.then(|| "every call".to_owned());
    let told: Vec<String> = every.into_iter().chain(names).collect();
    told.join(", ")
}

fn told(field: &Field) -> String {
    let need = match field.default {
        Some(default) => format!("`{default}` when missing"),
        None => "must be given".to_owned(),
    };
    format!(
        "`{}`: {}; {}; {need}.",
        field.name,
        field.means,
        field.takes.says()
    )
}
