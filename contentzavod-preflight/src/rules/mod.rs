//! One rule a function; each says which error of Instagram it prevents.

pub(crate) mod audio;
pub(crate) mod container;
pub(crate) mod video;

use crate::finding::Finding;
use crate::messages;
use crate::policy::{Policy, levelled};

/// Collects what rules find, as seriously as the policy takes each.
#[derive(Debug)]
pub(crate) struct Out<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) found: Vec<Finding>,
}

impl<'a> Out<'a> {
    pub(crate) const fn new(policy: &'a Policy) -> Self {
        Self {
            policy,
            found: Vec::new(),
        }
    }

    /// A rule that usually refuses.
    pub(crate) fn error(&mut self, rule: &str, actual: &str, limit: &str) {
        self.push(messages::error(rule, actual, limit));
    }

    /// A rule that usually warns.
    pub(crate) fn warning(&mut self, rule: &str, actual: &str, limit: &str) {
        self.push(messages::warning(rule, actual, limit));
    }

    fn push(&mut self, finding: Finding) {
        self.found.extend(levelled(&self.policy.levels, finding));
    }
}
