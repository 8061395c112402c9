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

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A kind of call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Whose a token is.
    Me,
    /// Making a container.
    Create,
    /// The state of a container.
    Status,
    /// Publishing a container.
    Publish,
    /// The list of media.
    Recent,
    /// The link of a media.
    Permalink,
    /// The publishing quota.
    Quota,
    /// Refreshing a token.
    Refresh,
}

/// What goes wrong. In JSON its name stands under `fault`, its numbers beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fault {
    /// Executed and in the ledger, and the connection ends without an answer.
    ReplyLost,
    /// Not executed, answered with 100/33: Instagram's way of not showing an object, which says
    /// nothing about it.
    ReadRefused,
    /// Executed so late.
    Slow {
        /// Milliseconds, of the sandbox's clock.
        ms: u64,
    },
}

/// A fault and when it happens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
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
#[serde(deny_unknown_fields)]
pub struct FaultPlan {
    /// Decides the probabilities, so that a run can be repeated; without it the sandbox's own.
    #[serde(default)]
    pub seed: Option<u64>,
    /// What a second publish of one container does.
    #[serde(default)]
    pub second_publish: SecondPublish,
    /// Faults, each tried on its own, in this order.
    #[serde(default)]
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

/// A rule as it is written: everything that is not the rule's own belongs to the fault.
#[derive(Deserialize)]
struct Written {
    stage: Stage,
    #[serde(default)]
    count: Option<u32>,
    #[serde(default)]
    probability: Option<f64>,
    #[serde(default)]
    account: Option<String>,
    #[serde(flatten)]
    fault: Map<String, Value>,
}

impl TryFrom<Written> for Rule {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let given = Value::Object(written.fault);
        let fault: Fault = serde_json::from_value(given.clone()).map_err(|e| e.to_string())?;
        // serde lets unknown fields of a tagged enum pass; a misspelt one would do nothing.
        let known = serde_json::to_value(fault).map_err(|e| e.to_string())?;
        let mut names = given.as_object().into_iter().flat_map(Map::keys);
        if let Some(name) = names.find(|name| known.get(name.as_str()).is_none()) {
            return Err(format!("unknown field `{name}` in a rule"));
        }
        let likely = written.probability.is_none_or(|p| (0.0..=1.0).contains(&p));
        if !likely {
            return Err("`probability` goes from 0 to 1".to_owned());
        }
        Ok(Self {
            stage: written.stage,
            fault,
            count: written.count,
            probability: written.probability,
            account: written.account,
        })
    }
}
