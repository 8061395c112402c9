//! A refusal as a person reads it.

use std::fmt;

use crate::types::{Finding, Problem};

/// What happened, then a line for every broken rule.
impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = self.detail.as_ref().unwrap_or(&self.title);
        write!(out, "{what} ({} {})", self.status, self.code)?;
        for finding in &self.findings {
            write!(out, "\n- {finding}")?;
        }
        Ok(())
    }
}

/// Where it is wrong, what, and how to mend it.
impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = &self.field {
            write!(out, "{field}: ")?;
        }
        out.write_str(&self.message)?;
        match &self.fix {
            Some(fix) => write!(out, " {fix}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::types::Problem;

    #[test]
    fn a_refusal_reads_as_text() {
        let problem: Problem = serde_json::from_str(
            r#"{ "type": "urn:contentzavod:problem:invalid", "title": "Some fields are wrong.",
                "status": 422, "code": "invalid", "findings": [
                { "rule": "caption.too_long", "severity": "error", "field": "content.caption",
                  "message": "The caption is too long.", "fix": "Shorten it." },
                { "rule": "account.none", "severity": "error", "message": "No account." }] }"#,
        )
        .unwrap();
        assert_eq!(
            problem.to_string(),
            "Some fields are wrong. (422 invalid)\n\
             - content.caption: The caption is too long. Shorten it.\n\
             - No account."
        );
    }
}
