//! How the platform misbehaves: rules per stage, by count or probability, seeded and replayable.

use serde::{Deserialize, Serialize};

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

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fault {
    /// Executed, and the connection ends without an answer.
    ReplyLost,
    /// Refused as Instagram refuses reads at times: 100/33, which says nothing.
    ReadRefused,
    /// Answered so late.
    Slow {
        /// Milliseconds.
        ms: u64,
    },
}

/// A fault and when it happens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// At which kind of call.
    pub stage: Stage,
    /// What goes wrong.
    pub fault: Fault,
    /// So many times; without it always.
    #[serde(default)]
    pub count: Option<u32>,
    /// With this probability from 0 to 1; without it surely.
    #[serde(default)]
    pub probability: Option<f64>,
    /// Only for this username.
    #[serde(default)]
    pub account: Option<String>,
}

/// What a second publish of one container does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondPublish {
    /// Refused.
    #[default]
    Refuse,
    /// Answered with the same media.
    SameId,
    /// Published once more.
    Duplicate,
}

/// How the platform misbehaves. The default behaves.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultPlan {
    /// Seeds the probabilities anew, so that a run can be repeated.
    #[serde(default)]
    pub seed: Option<u64>,
    /// What a second publish of one container does.
    #[serde(default)]
    pub second_publish: SecondPublish,
    /// Faults, each tried on its own.
    #[serde(default)]
    pub rules: Vec<Rule>,
}

impl FaultPlan {
    /// The faults of a call, used up where they are counted. `roll` gives numbers from 0 to 1.
    pub(super) fn draw(
        &mut self,
        stage: Stage,
        username: &str,
        mut roll: impl FnMut() -> f64,
    ) -> Vec<Fault> {
        let mut drawn = Vec::new();
        for rule in &mut self.rules {
            let mine = rule.account.as_deref().is_none_or(|a| a == username);
            if rule.stage != stage || !mine || rule.count == Some(0) {
                continue;
            }
            if rule.probability.is_some_and(|p| roll() >= p) {
                continue;
            }
            if let Some(count) = &mut rule.count {
                *count -= 1;
            }
            drawn.push(rule.fault);
        }
        drawn
    }
}
