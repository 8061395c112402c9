//! How the platform misbehaves: the switches, as data.
//!
//! A plan as JSON, for `POST /__faults`:
//!
//! ```json
//! { "seed": 7, "second_publish": "duplicate",
//!   "rules": [
//!     { "stage": "publish", "fault": "reply_lost", "count": 1 },
//!     { "stage": "status", "fault": "read_refused", "probability": 0.3, "account": "demo" },
//!     { "stage": "create", "fault": "slow", "ms": 800 } ] }
//! ```
//!
//! Every switch with its fields, and where it makes sense, stands in [`KINDS`]; what is read from
//! JSON is checked against it.

mod kinds;
mod page;
mod read;
mod stage;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use kinds::{Field, KINDS, Kind, Takes};
pub use page::{help, markdown};
pub use stage::Stage;

/// What goes wrong. In JSON its name stands under `fault`, its numbers beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fault {
    /// Executed and in the ledger, and the connection ends without an answer.
    ReplyLost,
    /// Not executed; the connection ends without an answer.
    Dropped,
    /// Executed so late, also when the caller has hung up by then, and answered after that.
    Slow {
        /// Milliseconds, of the sandbox's clock.
        ms: u64,
    },
    /// The call gets its [`LateReply`] first and is executed so late.
    Late {
        /// Milliseconds, of the sandbox's clock.
        ms: u64,
        /// What the caller gets.
        reply: LateReply,
    },
    /// Answered with this status, before or after it was executed.
    ServerError {
        /// 500 with Instagram's code 2; 502 and 503 with a gateway's page.
        status: u16,
        /// Executed all the same.
        after: bool,
    },
    /// Answered with 403 and 4/2207051.
    Spam {
        /// Executed all the same.
        live: bool,
    },
    /// The account's quota is used up: a publish is refused with 9/2207042, the quota reads full.
    Quota {
        /// Also the account's calls of so many seconds after this one.
        secs: u64,
    },
    /// Not executed: from this call on every token of the account is refused with 190, until a
    /// token is made for it again.
    TokenDeath {
        /// Which 190.
        subcode: u32,
    },
    /// Not executed, answered with 9007/2207027.
    NotReady,
    /// Not executed, answered with 25/2207050: the account is restricted.
    Restricted,
    /// Not executed, answered with 100/33: Instagram's way of not showing an object, which says
    /// nothing about it.
    ReadRefused,
    /// The read does not show media younger than this.
    ListLag {
        /// Seconds since a media went live.
        secs: u64,
    },
    /// The container of the call turns ERROR. One that is live stays live.
    ContainerError {
        /// What its status names.
        subcode: u32,
    },
    /// The container of the call expires so long after it.
    Expired {
        /// Seconds.
        secs: u64,
    },
    /// Answered with 200 and a body that is no answer.
    Garbage {
        /// What stands in it.
        body: Garbage,
    },
    /// The answer is so long; its first bytes are the right ones.
    Huge {
        /// Megabytes.
        mb: u32,
    },
    /// The connection ends within the answer.
    Half,
    /// The answer comes byte by byte.
    SlowBody {
        /// Milliseconds of the sandbox's clock before each byte.
        ms: u64,
    },
    /// The `Date` of the answer is wrong.
    WrongDate {
        /// Seconds it is ahead; negative: behind.
        secs: i64,
    },
    /// A push breaks off after so many bytes; they are kept.
    Cut {
        /// Bytes of this push that are taken.
        bytes: u64,
    },
    /// A push is taken whole and called failed.
    UploadRefused {
        /// What the refusal says of trying again.
        retriable: bool,
    },
    /// Not executed: the limits of calls are used up.
    Limited {
        /// Which limit.
        code: i64,
        /// Minutes until calls are taken again.
        minutes: u32,
    },
    /// The headers say that the limits are used up so far.
    Usage {
        /// Percent.
        percent: u32,
        /// Minutes until calls are taken again.
        minutes: u32,
    },
    /// After this call nobody takes connections.
    RefuseConnection {
        /// So many new connections are reset before a byte is read.
        connections: u32,
        /// For so many seconds nobody listens, and kept connections end.
        secs: u64,
    },
}

/// What the caller of a call that is executed late gets before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LateReply {
    /// The connection ends at once.
    #[default]
    Closed,
    /// A gateway's 504.
    Timeout,
    /// Nothing, for as long as the caller waits.
    Held,
}

/// What stands in a body that is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Garbage {
    /// Bytes that are no text.
    #[default]
    Noise,
    /// A page.
    Html,
    /// Nothing.
    Empty,
    /// JSON without its end.
    Cut,
    /// The right JSON with each key twice, the second time with another value.
    DuplicateKeys,
}

/// A fault and when it happens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Value")]
pub struct Rule {
    /// At which kind of call.
    pub stage: Stage,
    /// What goes wrong.
    #[serde(flatten)]
    pub fault: Fault,
    /// So many times, and then never; without it always. A plan that is shown tells what is left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// With this probability from 0 to 1; without it surely.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// Only for this username.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
}

impl Rule {
    /// A fault at every call of a stage.
    #[must_use]
    pub const fn always(stage: Stage, fault: Fault) -> Self {
        Self {
            stage,
            fault,
            count: None,
            probability: None,
            account: None,
        }
    }

    /// A fault at the next `count` calls of a stage.
    #[must_use]
    pub const fn times(stage: Stage, fault: Fault, count: u32) -> Self {
        let mut rule = Self::always(stage, fault);
        rule.count = Some(count);
        rule
    }

    /// A fault with a probability from 0 to 1 at every call of a stage.
    #[must_use]
    pub const fn chance(stage: Stage, fault: Fault, probability: f64) -> Self {
        let mut rule = Self::always(stage, fault);
        rule.probability = Some(probability);
        rule
    }
}

/// What a second publish of one container does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondPublish {
    /// Refused with 9007/2207027.
    #[default]
    Refuse,
    /// Answered with the same media; nothing new goes live.
    SameId,
    /// Published once more, as another media.
    Duplicate,
}

/// How the platform misbehaves. The default behaves.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(try_from = "Value")]
pub struct FaultPlan {
    /// Decides the probabilities, so that a run can be repeated; without it the sandbox's own.
    pub seed: Option<u64>,
    /// What a second publish of one container does.
    pub second_publish: SecondPublish,
    /// Faults, each tried on its own, in this order.
    pub rules: Vec<Rule>,
}

impl From<Vec<Rule>> for FaultPlan {
    fn from(rules: Vec<Rule>) -> Self {
        Self {
            rules,
            ..Self::default()
        }
    }
}

impl TryFrom<Value> for Rule {
    type Error = String;

    fn try_from(written: Value) -> Result<Self, String> {
        read::rule(&written).map_err(|mistakes| mistakes.join("; "))
    }
}

impl TryFrom<Value> for FaultPlan {
    type Error = String;

    fn try_from(written: Value) -> Result<Self, String> {
        read::plan(&written).map_err(|mistakes| mistakes.join("; "))
    }
}
