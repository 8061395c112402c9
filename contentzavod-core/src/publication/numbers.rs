//! Every number of the publication machine, in one place, with its reason.

use chrono::TimeDelta;

/// The numbers the machine and the engine run with. `Default` is the published table;
/// tests and the exhaustive walk use smaller ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// How long before its due time a publication is staged (at most 12 h: a container lives 24 h).
    pub stage_ahead: TimeDelta,
    /// How long before its due time a ready publication is claimed for its checks.
    pub check_ahead: TimeDelta,
    /// How long before its due time it is armed.
    pub arm_ahead: TimeDelta,
    /// A check older than this is made again before arming.
    pub check_fresh: TimeDelta,
    /// Containers made for one content version before giving up.
    pub containers_max: u32,
    /// A container is used only with at least this much of its life left.
    pub container_reserve: TimeDelta,
    /// Life of a container on the platform.
    pub container_life: TimeDelta,
    /// When an unpublished container is dead for sure.
    pub dead_after: TimeDelta,
    /// Hard limit of one publish call.
    pub publish_timeout: TimeDelta,
    /// Lease that must be left when the publish call starts.
    pub lease_at_fire: TimeDelta,
    /// Lease of pre-arm work and of looks, renewed every third of it while a call is in flight.
    pub lease_work: TimeDelta,
    /// Lease of an armed publication; not renewed once a call may have left.
    pub lease_armed: TimeDelta,
    /// Pause between tries that were provably not sent.
    pub not_sent_pause: TimeDelta,
    /// How long an answered publish call settles before it may be sent again.
    pub settle: TimeDelta,
    /// How long an unanswered one, or one whose sender died, settles.
    pub settle_timeout: TimeDelta,
    /// FINISHED readings needed before a container is sent again.
    pub finished_reads: u32,
    /// Sends of one container, at most.
    pub sends_max: u32,
    /// How long an uncertain publication is looked at before a person is asked.
    pub look_for: TimeDelta,
    /// How long a published one without media id or permalink is looked at.
    pub link_for: TimeDelta,
    /// Never ask again before a poll that says "not yet": first steps, the last one repeats.
    pub polls: Vec<TimeDelta>,
    /// Polling ends after this.
    pub polls_for: TimeDelta,
    /// Backoff of looks: first steps, the last one repeats.
    pub looks: Vec<TimeDelta>,
    /// Backoff of retryable pre-arm failures: first steps, the last one repeats.
    pub retries: Vec<TimeDelta>,
    /// How often a waiting publication looks whether its hindrance is gone.
    pub waiting_look: TimeDelta,
    /// Pause when the account's slot is busy.
    pub slot_pause: TimeDelta,
    /// Never send again after an unknown outcome: ask instead.
    pub strict: bool,
    /// How far the store's clock and the platform's may differ.
    pub clock_tolerance: TimeDelta,
    /// A platform time older than this is no witness.
    pub clock_witness_age: TimeDelta,
    /// Panics of one publication before it is ended.
    pub panics_max: u32,
    /// Lost leases after which a publication is ended.
    pub losses_max: u32,
    /// Wake-up when nothing else is due and the wake port works.
    pub safety_poll: TimeDelta,
    /// Later than this after its due time nothing goes out on its own, unless the post says otherwise.
    pub max_late: TimeDelta,
}

impl Default for Numbers {
    fn default() -> Self {
        let seconds = |list: &[i64]| list.iter().map(|s| TimeDelta::seconds(*s)).collect();
        Self {
            stage_ahead: TimeDelta::minutes(30),
            check_ahead: TimeDelta::seconds(30),
            arm_ahead: TimeDelta::seconds(1),
            check_fresh: TimeDelta::seconds(60),
            containers_max: 3,
            container_reserve: TimeDelta::hours(2),
            container_life: TimeDelta::hours(24),
            dead_after: TimeDelta::hours(25),
            publish_timeout: TimeDelta::seconds(30),
            lease_at_fire: TimeDelta::seconds(45),
            lease_work: TimeDelta::seconds(15),
            lease_armed: TimeDelta::seconds(90),
            not_sent_pause: TimeDelta::seconds(2),
            settle: TimeDelta::seconds(120),
            settle_timeout: TimeDelta::minutes(10),
            finished_reads: 3,
            sends_max: 3,
            look_for: TimeDelta::hours(25),
            link_for: TimeDelta::hours(24),
            polls: seconds(&[5, 10, 20, 30, 60]),
            polls_for: TimeDelta::hours(23),
            looks: seconds(&[15, 30, 60, 120, 300, 900, 3600]),
            retries: seconds(&[5, 15, 30, 60, 120, 300]),
            waiting_look: TimeDelta::seconds(60),
            slot_pause: TimeDelta::milliseconds(500),
            strict: false,
            clock_tolerance: TimeDelta::seconds(60),
            clock_witness_age: TimeDelta::minutes(10),
            panics_max: 3,
            losses_max: 3,
            safety_poll: TimeDelta::seconds(30),
            max_late: default_max_late(),
        }
    }
}

/// [`Numbers::max_late`] where nobody set another.
#[must_use]
pub fn default_max_late() -> TimeDelta {
    TimeDelta::hours(6)
}

/// The longest staging lead: beyond it a container could expire before its due time.
#[must_use]
pub fn stage_ahead_max() -> TimeDelta {
    TimeDelta::hours(12)
}

/// A token whose end the platform did not say is refreshed this long after it came to us: it is a
/// day old then for sure, and nobody knows how little is left of it.
#[must_use]
pub fn first_refresh_after() -> TimeDelta {
    TimeDelta::hours(25)
}

/// A token is refreshed this long after it was issued; platforms refuse those younger than a day.
#[must_use]
pub fn refresh_after() -> TimeDelta {
    TimeDelta::days(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_staged_as_early_and_goes_out_as_late_as_allowed_still_has_its_container() {
        let n = Numbers::default();
        assert_eq!(n.max_late, TimeDelta::hours(6));
        assert!(n.stage_ahead < stage_ahead_max());
        let longest = stage_ahead_max() + n.max_late + n.container_reserve;
        assert!(longest < n.container_life && n.container_life < n.dead_after);
    }

    #[test]
    fn a_token_is_refreshed_when_it_can_be_and_long_before_it_ends() {
        let (young, old) = (TimeDelta::days(1), TimeDelta::days(60));
        assert!(young < first_refresh_after() && first_refresh_after() < refresh_after());
        assert!(refresh_after() < old / 2, "there is time to try again");
    }
}
