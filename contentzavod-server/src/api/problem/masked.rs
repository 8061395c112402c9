//! What a client sent is not repeated to it where it may be a secret in the wrong place: answers are
//! logged and pasted into reports.

/// Letters, digits, `_` and `-` in a row: from here on it may be a token. UUIDs are shorter.
const RUN: usize = 40;

/// The text with its length in the place of everything that may be a token.
pub(super) fn masked(text: String) -> String {
    if text.len() < RUN {
        return text;
    }
    let mut shown = String::with_capacity(text.len());
    let mut run = String::new();
    // One more character ends the last run.
    for c in text.chars().map(Some).chain([None]) {
        match c.filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')) {
            Some(c) => run.push(c),
            None => {
                if run.len() < RUN {
                    shown.push_str(&run);
                } else {
                    shown.push_str(&format!("<{} characters>", run.len()));
                }
                run.clear();
                shown.extend(c);
            }
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn what_may_be_a_token_is_not_repeated_and_everything_else_is() {
        let token = "IGAA".repeat(12);
        let uuid = "01a212ae-d294-766a-b88b-7dfdaa2cb39b";
        for (text, shown) in [
            (
                format!("content.{token}.x"),
                "content.<48 characters>.x".to_owned(),
            ),
            (
                format!("{token} {token}"),
                "<48 characters> <48 characters>".to_owned(),
            ),
            (format!("{uuid}, {uuid}"), format!("{uuid}, {uuid}")),
            ("Привет, ".repeat(40), "Привет, ".repeat(40)),
            (String::new(), String::new()),
        ] {
            assert_eq!(masked(text), shown);
        }
    }
}
