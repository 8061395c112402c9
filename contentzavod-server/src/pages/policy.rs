//! What `/privacy` is made of: settings and the retention table, and nothing that is not so.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::Lang;
use contentzavod_core::model::retention::{self, Kept, Until};
use contentzavod_core::service::{Contentzavod, ServiceError};
use sha2::{Digest, Sha256};

use crate::config::{OperatorSettings, Provider, Settings};

/// Somebody whom something is passed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Third {
    /// Instagram's own login, and publishing; true where an app is set up for it. Tokens of either
    /// family are taken, whichever has one.
    Instagram(bool),
    /// Login by Facebook, and publishing; as above.
    Facebook(bool),
    /// Sign-in.
    SignIn(Provider),
}

/// What the page tells.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Who runs this server.
    pub operator: OperatorSettings,
    /// Whom something is passed to.
    pub thirds: Vec<Third>,
    /// What is kept, and for how long.
    pub table: Vec<(Kept, Until)>,
    /// Since when it reads so, once the database was asked.
    pub since: Option<DateTime<Utc>>,
}

impl Policy {
    /// As the settings have it.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let apps = &settings.instagram;
        let mut thirds = vec![
            Third::Instagram(apps.instagram_app().is_some()),
            Third::Facebook(apps.meta_app().is_some()),
        ];
        let providers = settings.sign_in.providers.iter();
        thirds.extend(providers.map(|provider| Third::SignIn(provider.kind)));
        Self {
            operator: settings.operator.clone(),
            thirds,
            table: retention::table(settings.media_ttl(), settings.log.retention),
            since: None,
        }
    }

    /// The same text is the same version, in whatever order it is written down here.
    fn version(&self) -> String {
        let mut sentences = [Lang::En, Lang::Ru]
            .map(|lang| self.sentences(lang))
            .concat();
        sentences.sort();
        let mut said = Sha256::new();
        for sentence in sentences {
            said.update(sentence.as_bytes());
            said.update([0]);
        }
        hex::encode(said.finalize())
    }

    /// Writes down that it reads so now, and since when. For the process that serves.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn dated(mut self, zavod: &Contentzavod) -> Result<Self, ServiceError> {
        self.since = Some(zavod.policy_since(&self.version()).await?);
        Ok(self)
    }
}

/// A span in words.
pub(super) fn span(value: TimeDelta, lang: Lang) -> String {
    let (days, hours, minutes) = (value.num_days(), value.num_hours(), value.num_minutes());
    let whole = |unit: TimeDelta| value.num_seconds() % unit.num_seconds() == 0;
    let (count, en, ru) = if days >= 365 && days % 365 == 0 && whole(TimeDelta::days(1)) {
        (days / 365, ["year", "years"], ["год", "года", "лет"])
    } else if days >= 2 && whole(TimeDelta::days(1)) {
        (days, ["day", "days"], ["день", "дня", "дней"])
    } else if hours >= 1 && whole(TimeDelta::hours(1)) {
        (hours, ["hour", "hours"], ["час", "часа", "часов"])
    } else {
        (
            minutes,
            ["minute", "minutes"],
            ["минута", "минуты", "минут"],
        )
    };
    match lang {
        Lang::En => format!("{count} {}", en[usize::from(count != 1)]),
        Lang::Ru => format!("{count} {}", ru[plural(count)]),
    }
}

/// Which of the three forms Russian takes for a number.
const fn plural(count: i64) -> usize {
    match (count % 10, count % 100) {
        (_, 11..=14) => 2,
        (1, _) => 0,
        (2..=4, _) => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_said_in_whole_units() {
        for (value, en, ru) in [
            (TimeDelta::days(30), "30 days", "30 дней"),
            (TimeDelta::days(1), "24 hours", "24 часа"),
            (TimeDelta::hours(1), "1 hour", "1 час"),
            (TimeDelta::minutes(90), "90 minutes", "90 минут"),
            (TimeDelta::days(1095), "3 years", "3 года"),
            (TimeDelta::days(366), "366 days", "366 дней"),
            (TimeDelta::days(11), "11 days", "11 дней"),
            (TimeDelta::days(22), "22 days", "22 дня"),
        ] {
            assert_eq!(span(value, Lang::En), en);
            assert_eq!(span(value, Lang::Ru), ru);
        }
    }
}
