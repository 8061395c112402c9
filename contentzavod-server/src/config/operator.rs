//! Who runs this server, for those who read what it keeps.

use super::names::variable;
use super::reader::Reader;
use super::text;

/// Who runs this server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct OperatorSettings {
    /// A person or a company.
    pub name: Option<String>,
    /// Where they can be reached: an address of mail, or a page.
    pub contact: Option<String>,
}

pub(super) fn read(r: &mut Reader, public: bool) -> OperatorSettings {
    let operator = OperatorSettings {
        name: r.read("operator.name", text::not_blank),
        contact: r.read("operator.contact", text::not_blank),
    };
    if public && operator.contact.is_none() {
        r.warn(format!(
            "nobody is told on the page /privacy how to reach you: set {} and {}",
            variable("operator.contact"),
            variable("operator.name")
        ));
    }
    operator
}
