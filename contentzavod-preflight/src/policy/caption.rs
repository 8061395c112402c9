//! Limits of captions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Level, Limit, limit};

/// Meta's table of parameters on the page of `POST /{ig-user-id}/media`.
const META: &str = "Meta, Instagram Platform, IG User Media: caption";
const ANNOUNCED: &str = "Instagram, announced in December 2025: five hashtags";

/// Limits of the text under a post on one platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptionPolicy {
    /// Platform, e.g. `instagram_caption`.
    pub name: String,
    /// Raised when a limit changes.
    pub version: u32,
    /// Most characters, counted as Unicode scalar values of the normalised caption.
    pub characters_max: Limit<usize>,
    /// Most hashtags.
    pub hashtags_max: Limit<usize>,
    /// More hashtags than that are told: sources disagree.
    pub hashtags_warn: Limit<usize>,
    /// Most mentions.
    pub mentions_max: Limit<usize>,
    /// Rules that are taken more or less seriously than usual, by their ids.
    pub levels: BTreeMap<String, Level>,
}

impl CaptionPolicy {
    /// Captions of Instagram.
    #[must_use]
    pub fn instagram() -> Self {
        Self {
            name: "instagram_caption".to_owned(),
            version: 2,
            characters_max: limit(2200, META),
            hashtags_max: limit(30, META),
            hashtags_warn: limit(5, ANNOUNCED),
            mentions_max: limit(20, META),
            levels: BTreeMap::new(),
        }
    }

    /// Takes a rule more or less seriously than usual.
    #[must_use]
    pub fn with(mut self, rule: impl Into<String>, level: Level) -> Self {
        self.levels.insert(rule.into(), level);
        self
    }
}
