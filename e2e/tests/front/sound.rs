//! What every page must be: what stands around it, what must not stand in it, and in which language.

use crate::browser::Answer;

/// What every answer with a page says.
const HEADERS: [(&str, &str); 5] = [
    ("content-type", "text/html; charset=utf-8"),
    ("cache-control", "no-store"),
    ("referrer-policy", "same-origin"),
    ("x-content-type-options", "nosniff"),
    ("cross-origin-opener-policy", "same-origin"),
];
/// What a page may do at all.
const POLICY: [&str; 6] = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
];

/// A page is as every page must be.
pub(crate) fn sound(path: &str, page: &Answer, lang: &str) {
    for (name, value) in HEADERS {
        assert_eq!(page.header(name), Some(value), "{path}: {name}");
    }
    let policy = page.header("content-security-policy").unwrap_or_default();
    let rules: Vec<_> = policy.split("; ").collect();
    assert_eq!(rules, POLICY, "{path}");
    runs_nothing(path, &page.body);
    says_something(path, &page.body, lang);
}

/// Nothing that runs, nothing that loads anything from elsewhere, no way to elsewhere.
fn runs_nothing(path: &str, body: &str) {
    let tags = tags(body);
    let harmless = |tag: &str| {
        let mut words = [
            "script", "style", "iframe", "object", "embed", "base", "img", "svg",
        ]
        .iter();
        !tag.contains(" on") && !tag.contains(" style") && !words.any(|word| tag.starts_with(word))
    };
    let odd = tags.iter().find(|tag| !harmless(tag));
    assert_eq!(odd, None, "{path}: {body}");
    for attribute in ["href=\"", "src=\"", "action=\""] {
        for rest in body.split(attribute).skip(1) {
            let to = rest.split('"').next().unwrap();
            assert!(to.starts_with('/') && !to.starts_with("//"), "{path}: {to}");
        }
    }
}

/// A title and a text, in its language.
fn says_something(path: &str, body: &str, lang: &str) {
    let doctype = format!("<!doctype html>\n<html lang=\"{lang}\">");
    assert!(body.starts_with(&doctype), "{path}: {body}");
    let title = between(body, "<title>", "</title>");
    assert!(title.len() > " · contentzavod".len(), "{path}: {title}");
    let main = between(body, "<main>", "</main>");
    let cyrillic = main.chars().any(|c| ('а'..='я').contains(&c));
    if lang == "ru" {
        assert!(cyrillic, "{path}: {main}");
    } else {
        // Languages are called what they call themselves.
        assert!(!cyrillic || main.contains("Русский"), "{path}: {main}");
    }
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let rest = text
        .split_once(from)
        .unwrap_or_else(|| panic!("no {from}: {text}"))
        .1;
    rest.split_once(to).unwrap().0
}

/// The tags of a page, without the values of their attributes.
fn tags(page: &str) -> Vec<String> {
    let tags = page
        .split('<')
        .skip(1)
        .map(|rest| rest.split('>').next().unwrap());
    let without = |tag: &str| tag.split('"').step_by(2).collect::<Vec<_>>().join("");
    tags.map(without).collect()
}
