//! The page where people agree.

use super::State;
use super::grants::Asked;

/// One button a person, and one to turn back. The address of the page is what is asked for.
pub(crate) fn ask(state: &State, asked: &Asked, address: &str) -> String {
    let known = state.lock();
    let buttons: String = known
        .people
        .keys()
        .map(|name| {
            let name = escaped(name);
            format!("<button name=\"who\" value=\"{name}\">Continue as {name}</button>\n")
        })
        .collect();
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Stand-in for {part}</title>\n\
         <h1>Stand-in for {part}</h1>\n<p>{client} asks for: {scopes}</p>\n\
         <form method=\"post\" action=\"/{part}/agree\">\n\
         <input type=\"hidden\" name=\"address\" value=\"{address}\">\n{buttons}\
         <button name=\"who\" value=\"\">Cancel</button></form></html>",
        part = asked.part.as_str(),
        client = escaped(&asked.client),
        scopes = escaped(&asked.scopes.join(", ")),
        address = escaped(address),
    )
}

/// The words of a refusal.
pub(crate) fn refusal(why: &str) -> String {
    format!(
        "<!doctype html><meta charset=\"utf-8\"><title>Refused</title><h1>{}</h1>",
        escaped(why)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}
