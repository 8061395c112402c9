//! The table of the switches: fields, stages, what each does and what the ledger shows. What is
//! read from JSON, `GET /__faults/kinds`, the help of the command and the page in the
//! documentation all follow it.

use serde_json::{Value, json};

use super::Stage;

/// A switch.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Its name in JSON, under `fault`.
    pub name: &'static str,
    /// What stands beside it.
    pub fields: &'static [Field],
    /// Where it makes sense.
    pub stages: &'static [Stage],
    /// What it does.
    pub does: &'static str,
    /// What the ledger shows.
    pub ledger: &'static str,
    /// A rule, as JSON.
    pub example: &'static str,
}

/// A field of a switch.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its name in JSON.
    pub name: &'static str,
    /// What it may be.
    pub takes: Takes,
    /// What it is when it is missing, as JSON; without this it must be there.
    pub default: Option<&'static str>,
    /// What it means.
    pub means: &'static str,
}

/// What a field may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// A whole number from the first to the second.
    Number(i64, i64),
    /// One of these numbers.
    Numbers(&'static [i64]),
    /// One of these words.
    Words(&'static [&'static str]),
    /// `true` or `false`.
    Truth,
}

impl Takes {
    /// Whether a value is one.
    #[must_use]
    pub fn fits(self, value: &Value) -> bool {
        match self {
            Self::Number(least, most) => value.as_i64().is_some_and(|n| least <= n && n <= most),
            Self::Numbers(known) => value.as_i64().is_some_and(|n| known.contains(&n)),
            Self::Words(known) => value.as_str().is_some_and(|word| known.contains(&word)),
            Self::Truth => value.is_boolean(),
        }
    }

    /// In words, after "must be".
    #[must_use]
    pub fn says(self) -> String {
        let list = |known: Vec<String>| format!("one of {}", known.join(", "));
        match self {
            Self::Number(least, most) => format!("a whole number from {least} to {most}"),
            Self::Numbers(known) => list(known.iter().map(ToString::to_string).collect()),
            Self::Words(known) => list(known.iter().map(ToString::to_string).collect()),
            Self::Truth => "true or false".to_owned(),
        }
    }
}

impl Kind {
    /// The switch of a name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// As `GET /__faults/kinds` shows it.
    #[must_use]
    pub fn shown(&self) -> Value {
        let fields: Vec<Value> = self.fields.iter().map(Field::shown).collect();
        let example: Option<Value> = serde_json::from_str(self.example).ok();
        json!({
            "fault": self.name,
            "fields": fields,
            "stages": self.stages,
            "does": self.does,
            "ledger": self.ledger,
            "example": example,
        })
    }
}

impl Field {
    fn shown(&self) -> Value {
        let default: Option<Value> = self.default.and_then(|d| serde_json::from_str(d).ok());
        json!({
            "name": self.name,
            "takes": self.takes.says(),
            "required": self.default.is_none(),
            "default": default,
            "means": self.means,
        })
    }
}

/// A day, in milliseconds and seconds: nothing is longer.
const DAY_MS: i64 = 86_400_000;
const DAY: i64 = 86_400;

/// Subcodes that a container's status may name.
const CONTAINER: &[i64] = &[
    2_207_001, 2_207_003, 2_207_004, 2_207_005, 2_207_009, 2_207_020, 2_207_026, 2_207_032,
    2_207_050, 2_207_052, 2_207_053, 2_207_057, 2_207_076, 2_207_077, 2_207_082, 2_207_083,
    2_207_085,
];
/// Subcodes of a dead token; 0: none is given.
const TOKEN: &[i64] = &[0, 458, 459, 460, 463, 464, 467, 492];

const fn field(name: &'static str, takes: Takes, means: &'static str) -> Field {
    Field {
        name,
        takes,
        default: None,
        means,
    }
}

const fn optional(
    name: &'static str,
    takes: Takes,
    default: &'static str,
    means: &'static str,
) -> Field {
    Field {
        name,
        takes,
        default: Some(default),
        means,
    }
}

const CALLS: &[Stage] = Stage::CALLS;
/// Calls whose execution can be put off: what is pushed comes with the call.
const PUT_OFF: &[Stage] = &[
    Stage::Me,
    Stage::Create,
    Stage::Status,
    Stage::Publish,
    Stage::Recent,
    Stage::Permalink,
    Stage::Quota,
    Stage::Refresh,
];
const WRITES: &[Stage] = &[Stage::Create, Stage::Publish];
const OF_CONTAINER: &[Stage] = &[Stage::Create, Stage::Status, Stage::Publish];
const AS_USUAL: &str = "as without the fault: the call is executed";
const NOTHING: &str = "nothing: the call is not executed";

/// Every switch.
#[rustfmt::skip]
pub static KINDS: &[Kind] = &[
    Kind { name: "reply_lost", fields: &[], stages: CALLS,
        does: "Executed, and the connection ends without an answer.",
        ledger: AS_USUAL,
        example: r#"{"stage": "publish", "fault": "reply_lost", "count": 1}"# },
    Kind { name: "dropped", fields: &[], stages: CALLS,
        does: "The connection ends without an answer before the call is executed.",
        ledger: NOTHING,
        example: r#"{"stage": "publish", "fault": "dropped", "count": 1}"# },
    Kind { name: "slow", fields: &[field("ms", Takes::Number(0, DAY_MS), "milliseconds")], stages: CALLS,
        does: "Executed and answered so late. A caller that hangs up before changes nothing: the call is executed.",
        ledger: "the call's line, with the late time",
        example: r#"{"stage": "create", "fault": "slow", "ms": 800}"# },
    Kind { name: "late", fields: &[
            field("ms", Takes::Number(0, DAY_MS), "milliseconds until the call is executed"),
            optional("reply", Takes::Words(&["closed", "timeout", "held"]), "\"closed\"", "what the caller gets at once: the connection ends, a gateway's 504, or nothing for as long as it waits"),
        ], stages: PUT_OFF,
        does: "The caller gets its end first, and the call is executed later. A token that is dead by then changes nothing.",
        ledger: "nothing at first; the call's line once the time has passed",
        example: r#"{"stage": "publish", "fault": "late", "ms": 5000, "reply": "timeout", "count": 1}"# },
    Kind { name: "server_error", fields: &[
            optional("status", Takes::Numbers(&[500, 502, 503]), "500", "500 with Instagram's code 2 as JSON; 502 and 503 with a gateway's page"),
            field("after", Takes::Truth, "executed all the same"),
        ], stages: CALLS,
        does: "Answered with an error of the platform, before or after the call was executed.",
        ledger: "with `after: true` as usual, else nothing",
        example: r#"{"stage": "publish", "fault": "server_error", "status": 502, "after": true, "count": 1}"# },
    Kind { name: "spam", fields: &[field("live", Takes::Truth, "executed all the same")], stages: WRITES,
        does: "Answered with 403 and 4/2207051, action blocked, which Instagram also says of posts that are live.",
        ledger: "with `live: true` as usual, else nothing",
        example: r#"{"stage": "publish", "fault": "spam", "live": true, "count": 1}"# },
    Kind { name: "quota", fields: &[optional("secs", Takes::Number(0, DAY), "0", "it stays used up for the account's calls of so many seconds")], stages: &[Stage::Publish, Stage::Quota],
        does: "The account's quota is used up: a publish is refused with 403 and 9/2207042, the quota reads full.",
        ledger: NOTHING,
        example: r#"{"stage": "quota", "fault": "quota", "secs": 3600, "count": 1}"# },
    Kind { name: "token_death", fields: &[optional("subcode", Takes::Numbers(TOKEN), "463", "which 190: 463 expired, 460 password, 458 app removed, 0 none")], stages: CALLS,
        does: "From this call on every token of the account is refused with 400 and 190, until `POST /__accounts` makes one again (the same text may be made again).",
        ledger: NOTHING,
        example: r#"{"stage": "status", "fault": "token_death", "count": 1}"# },
    Kind { name: "not_ready", fields: &[], stages: &[Stage::Publish],
        does: "Answered with 400 and 9007/2207027, whatever the container is.",
        ledger: NOTHING,
        example: r#"{"stage": "publish", "fault": "not_ready", "count": 1}"# },
    Kind { name: "restricted", fields: &[], stages: CALLS,
        does: "Answered with 400 and 25/2207050: the account is restricted until its owner acts.",
        ledger: NOTHING,
        example: r#"{"stage": "create", "fault": "restricted", "count": 1}"# },
    Kind { name: "read_refused", fields: &[], stages: CALLS,
        does: "Answered with 400 and 100/33, as of an object that is not there. Says nothing about it.",
        ledger: NOTHING,
        example: r#"{"stage": "status", "fault": "read_refused", "probability": 0.3, "account": "demo"}"# },
    Kind { name: "list_lag", fields: &[field("secs", Takes::Number(0, DAY), "seconds since a media went live; Instagram takes up to 120")], stages: &[Stage::Recent, Stage::Permalink],
        does: "The read does not show media that are younger: they are missing from the list, and alone they are answered with 100/33.",
        ledger: "shows them all the same",
        example: r#"{"stage": "recent", "fault": "list_lag", "secs": 60}"# },
    Kind { name: "container_error", fields: &[field("subcode", Takes::Numbers(CONTAINER), "what the status names")], stages: OF_CONTAINER,
        does: "The container turns ERROR: at `create` instead of FINISHED, at `status` and `publish` at this call. Publishing it is refused with 9007/2207027; one that is live stays live, though its status says ERROR.",
        ledger: "no publication after it; what was published before stays",
        example: r#"{"stage": "create", "fault": "container_error", "subcode": 2207076, "count": 1}"# },
    Kind { name: "expired", fields: &[optional("secs", Takes::Number(0, DAY), "0", "seconds until then")], stages: OF_CONTAINER,
        does: "The container expires so long after the call. Publishing it then is refused with 400 and 24/2207008.",
        ledger: "no publication after it; what was published before stays",
        example: r#"{"stage": "create", "fault": "expired", "secs": 60, "count": 1}"# },
    Kind { name: "garbage", fields: &[optional("body", Takes::Words(&["noise", "html", "empty", "cut", "duplicate_keys"]), "\"noise\"", "bytes that are no text, a page, nothing, JSON without its end, the right JSON with each key twice and another value the second time")], stages: CALLS,
        does: "Answered with 200 and a body that is no answer.",
        ledger: AS_USUAL,
        example: r#"{"stage": "publish", "fault": "garbage", "body": "html", "count": 1}"# },
    Kind { name: "huge", fields: &[field("mb", Takes::Number(1, 1024), "megabytes")], stages: CALLS,
        does: "The answer is JSON with so much padding, in chunks without a length.",
        ledger: AS_USUAL,
        example: r#"{"stage": "recent", "fault": "huge", "mb": 64}"# },
    Kind { name: "half", fields: &[], stages: CALLS,
        does: "The `Content-Length` is right, half of the body follows, and the connection ends.",
        ledger: AS_USUAL,
        example: r#"{"stage": "publish", "fault": "half", "count": 1}"# },
    Kind { name: "slow_body", fields: &[field("ms", Takes::Number(0, DAY_MS), "milliseconds before each byte")], stages: CALLS,
        does: "The body comes byte by byte.",
        ledger: AS_USUAL,
        example: r#"{"stage": "status", "fault": "slow_body", "ms": 200}"# },
    Kind { name: "wrong_date", fields: &[field("secs", Takes::Number(-30 * DAY, 30 * DAY), "seconds ahead; negative: behind")], stages: Stage::ANSWERS,
        does: "The `Date` of the answer is off by so much.",
        ledger: "as usual, with the right time",
        example: r#"{"stage": "status", "fault": "wrong_date", "secs": -7200}"# },
    Kind { name: "cut", fields: &[field("bytes", Takes::Number(0, 300_000_000), "bytes of this push that are taken")], stages: &[Stage::Upload],
        does: "The push breaks off once so many bytes have come; the platform keeps them, and `video_status` tells how many.",
        ledger: "nothing, until the rest was pushed",
        example: r#"{"stage": "upload", "fault": "cut", "bytes": 100000, "count": 1}"# },
    Kind { name: "upload_refused", fields: &[optional("retriable", Takes::Truth, "false", "what the refusal says of trying again")], stages: &[Stage::Upload],
        does: "The video is taken whole, and the push answered with 400 and `debug_info`, as of a failure. The container finishes all the same.",
        ledger: AS_USUAL,
        example: r#"{"stage": "upload", "fault": "upload_refused", "count": 1}"# },
    Kind { name: "usage", fields: &[
            field("percent", Takes::Number(0, 1000), "percent of the account's limits that are used up"),
            optional("minutes", Takes::Number(0, 2880), "0", "minutes until calls are taken again"),
        ], stages: PUT_OFF,
        does: "Executed and answered; the header `X-Business-Use-Case-Usage` says that the account's limits are used up so far.",
        ledger: AS_USUAL,
        example: r#"{"stage": "status", "fault": "usage", "percent": 96, "minutes": 30}"# },
    Kind { name: "limited", fields: &[
            optional("code", Takes::Numbers(&[4, 17, 32, 613, 80_002]), "80002", "whose limit: 4 app, 17 user, 32 Page, 613 kind of call, 80002 account"),
            optional("minutes", Takes::Number(0, 2880), "0", "minutes until calls are taken again, as the header says"),
        ], stages: PUT_OFF,
        does: "Refused with 400 and the code: calls are not taken for now.",
        ledger: NOTHING,
        example: r#"{"stage": "create", "fault": "limited", "minutes": 10, "count": 1}"# },
    Kind { name: "refuse_connection", fields: &[
            optional("connections", Takes::Number(0, 1_000_000), "0", "so many new connections are reset before a byte is read"),
            optional("secs", Takes::Number(0, DAY), "0", "for so many seconds nobody listens; `connections` count after that"),
        ], stages: Stage::CONNECTED,
        does: "The call is executed and answered as usual; then kept connections end and new ones are refused. At `connection` it begins with that connection, which is reset. One of the two fields must be more than 0.",
        ledger: "the call as usual; nothing of what is refused",
        example: r#"{"stage": "quota", "fault": "refuse_connection", "connections": 1, "count": 1}"# },
];
