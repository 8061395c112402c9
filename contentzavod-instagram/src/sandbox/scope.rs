//! Permissions, by the names that each family has for them.

use crate::family::Family;

const INSTAGRAM: [&str; 5] = [
    "instagram_business_basic",
    "instagram_business_content_publish",
    "instagram_business_manage_comments",
    "instagram_business_manage_insights",
    "instagram_business_manage_messages",
];

const FACEBOOK: [&str; 7] = [
    "instagram_basic",
    "instagram_content_publish",
    "instagram_manage_comments",
    "instagram_manage_insights",
    "pages_show_list",
    "pages_read_engagement",
    "business_management",
];

/// Every one of a family.
pub(super) fn all(family: Family) -> Vec<String> {
    names(family).iter().map(|s| (*s).to_owned()).collect()
}

pub(super) const fn names(family: Family) -> &'static [&'static str] {
    match family {
        Family::Instagram => &INSTAGRAM,
        Family::Facebook => &FACEBOOK,
    }
}

/// What reading an account needs.
pub(super) const fn basic(family: Family) -> &'static str {
    match family {
        Family::Instagram => INSTAGRAM[0],
        Family::Facebook => FACEBOOK[0],
    }
}

/// What publishing needs.
pub(super) const fn publish(family: Family) -> &'static str {
    match family {
        Family::Instagram => INSTAGRAM[1],
        Family::Facebook => FACEBOOK[1],
    }
}

/// Without it Pages of a business portfolio are not listed, with no error.
pub(super) const PORTFOLIO: &str = FACEBOOK[6];
