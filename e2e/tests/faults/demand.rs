//! What is demanded of each story.

use contentzavod_client::types::PublicationStatus as Status;
use contentzavod_instagram::sandbox::Stage;

use crate::rows::{Row, When};
use crate::story::Outcome;

/// How a story must end.
#[derive(Debug)]
pub(crate) struct Demand {
    end: Status,
    /// A state it must have been in on the way.
    by: Option<Status>,
}

/// What the promise says of a story.
pub(crate) fn of(row: &Row) -> Demand {
    let end = |end| Demand { end, by: None };
    let by = |by| Demand {
        end: Status::Published,
        by: Some(by),
    };
    let publish = row.stage == Stage::Publish;
    match row.kind() {
        // Reconciled, then asked; never sent again.
        "spam" if publish && row.fault["live"] == false => end(Status::NeedsReview),
        // No new container after arming; the armed one is proven dead.
        "container_error" | "expired" if publish => end(Status::Missed),
        // Not curable by a new container.
        "container_error" if row.when == When::First && row.fault["subcode"] == 2_207_026 => {
            end(Status::Failed)
        }
        "quota" if row.stage == Stage::Quota => by(Status::WaitingQuota),
        "token_death" if row.stage != Stage::Permalink && row.when == When::First && !publish => {
            by(Status::WaitingAccount)
        }
        "restricted" if matches!(row.stage, Stage::Create | Stage::Upload) => {
            by(Status::WaitingAccount)
        }
        _ => end(Status::Published),
    }
}

impl Demand {
    /// Everything that an outcome does against it.
    pub(crate) fn broken_by(&self, outcome: &Outcome) -> Vec<String> {
        let mut broken = never(outcome);
        if outcome.end != self.end {
            broken.push(format!("ended {} and not {}", outcome.end, self.end));
        }
        if let Some(by) = self.by.filter(|by| !outcome.way.contains(by)) {
            broken.push(format!("was never {by}"));
        }
        // The API's word is the ledger's.
        let live = outcome.ledger.first().map(|entry| entry.media.as_str());
        let said = (outcome.end == Status::Published).then_some(outcome.remote_id.as_deref());
        if said.is_some() != live.is_some() || said.flatten() != live {
            broken.push("the API says other than the ledger".to_owned());
        }
        broken
    }
}

/// What must never happen and did.
fn never(outcome: &Outcome) -> Vec<String> {
    let mut broken = Vec::new();
    let ledger = &outcome.ledger;
    if !outcome.struck {
        broken.push("the fault did not strike".to_owned());
    }
    if ledger.len() > 1 {
        broken.push("went out twice".to_owned());
    }
    if ledger.iter().any(|entry| entry.at < outcome.due) {
        broken.push("went out early".to_owned());
    }
    if ledger.iter().any(|entry| entry.sha256 != outcome.sha256) {
        broken.push("other bytes went out".to_owned());
    }
    if outcome.end == Status::Published && ledger.is_empty() {
        broken.push("said to be live and is not".to_owned());
    }
    broken
}
