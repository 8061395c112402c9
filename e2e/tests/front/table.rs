//! Who may do what, as a table.

use serde_json::{Value, json};

use crate::operations::{MISSING, Operation, reel};

/// The least that somebody must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who {
    Anybody,
    Viewer,
    Editor,
    Owner,
}

/// What a key must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    /// Nothing.
    Any,
    /// All of these scopes.
    With(&'static [&'static str]),
    /// To be made on the command line.
    Whole,
    /// No key can.
    None,
}

use Key::{Any, None as NoKey, Whole, With};
use Who::{Anybody, Editor, Owner, Viewer};

const READ: Key = With(&["posts:read"]);
const WRITE: Key = With(&["posts:write"]);
const PUBLISH: Key = With(&["posts:publish"]);
const UPLOAD: Key = With(&["media:write"]);

/// Operation, who, with which key, and whether they must have proved it a moment ago. Whoever adds an
/// operation says here who may.
#[rustfmt::skip]
pub(crate) const TABLE: &[(&str, Who, Key, bool)] = &[
    ("health_get",          Anybody, Any, false),
    ("ready_get",           Anybody, Any, false),
    ("me_get",              Viewer,  Any, false),
    ("me_update",           Viewer,  Whole, false),
    ("me_export",           Viewer,  With(&["account:export"]), true),
    ("me_delete",           Viewer,  Whole, true),
    ("identity_delete",     Viewer,  Whole, true),
    ("workspace_list",      Viewer,  Whole, false),
    ("workspace_create",    Viewer,  Whole, false),
    ("workspace_enter",     Viewer,  NoKey, false),
    ("member_list",         Viewer,  Whole, false),
    ("member_update",       Owner,   Whole, false),
    ("member_delete",       Owner,   Whole, false),
    ("invitation_list",     Owner,   Whole, false),
    ("invitation_create",   Owner,   Whole, false),
    ("invitation_delete",   Owner,   Whole, false),
    ("session_list",        Viewer,  Whole, false),
    ("session_delete",      Viewer,  Whole, false),
    ("api_key_list",        Owner,   Whole, false),
    ("api_key_create",      Owner,   Whole, true),
    ("api_key_rotate",      Owner,   Whole, true),
    ("api_key_delete",      Owner,   Whole, false),
    ("account_list",        Viewer,  With(&["accounts:read"]), false),
    ("account_get",         Viewer,  With(&["accounts:read"]), false),
    ("account_connect",     Owner,   With(&["accounts:write"]), false),
    ("account_create",      Owner,   With(&["accounts:write"]), false),
    ("account_delete",      Owner,   With(&["accounts:write"]), false),
    ("media_list",          Viewer,  READ, false),
    ("media_get",           Viewer,  READ, false),
    ("media_create",        Editor,  UPLOAD, false),
    ("media_delete",        Editor,  UPLOAD, false),
    ("media_fix",           Editor,  UPLOAD, false),
    ("media_fix_get",       Viewer,  READ, false),
    ("media_fix_cancel",    Editor,  UPLOAD, false),
    ("post_list",           Viewer,  READ, false),
    ("post_get",            Viewer,  READ, false),
    ("post_validate",       Viewer,  READ, false),
    ("post_create",         Editor,  PUBLISH, false),
    ("post_update",         Editor,  WRITE, false),
    ("post_delete",         Editor,  WRITE, false),
    ("post_cancel",         Editor,  WRITE, false),
    ("publication_cancel",  Editor,  WRITE, false),
    ("publication_retry",   Editor,  PUBLISH, false),
    ("publication_resolve", Editor,  PUBLISH, false),
    ("publication_receipt", Viewer,  READ, false),
    ("notification_list",   Viewer,  READ, false),
];

/// What bodies ask for besides: operation, what its body says more, and then who may.
pub(crate) fn more() -> Vec<(&'static str, Value, Who, Key)> {
    let draft = json!({ "account_ids": [], "content": reel(MISSING), "draft": true });
    vec![
        ("post_create", draft, Editor, WRITE),
        (
            "post_update",
            json!({ "draft": false }),
            Editor,
            With(&["posts:write", "posts:publish"]),
        ),
        (
            "me_update",
            json!({ "workspace": { "name": "Theirs" } }),
            Owner,
            Whole,
        ),
    ]
}

/// What the table says of an operation.
pub(crate) fn row(operation: &Operation) -> (Who, Key, bool) {
    let row = TABLE.iter().find(|row| row.0 == operation.id);
    let (_, who, key, fresh) =
        row.unwrap_or_else(|| panic!("{} is not in the table", operation.id));
    (*who, *key, *fresh)
}
