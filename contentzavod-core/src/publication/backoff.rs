//! Backoff: a list of steps whose last one repeats. No jitter: the store decides the order.

use chrono::TimeDelta;

/// The pause before try number `done + 1`, where `done` tries lie behind.
#[must_use]
pub fn step(steps: &[TimeDelta], done: u32) -> TimeDelta {
    let index = usize::try_from(done).unwrap_or(usize::MAX);
    steps
        .get(index)
        .or_else(|| steps.last())
        .copied()
        .unwrap_or_else(|| TimeDelta::seconds(60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_step_repeats_and_an_empty_list_is_a_minute() {
        let steps = [TimeDelta::seconds(5), TimeDelta::seconds(10)];
        assert_eq!(step(&steps, 0), TimeDelta::seconds(5));
        assert_eq!(step(&steps, 1), TimeDelta::seconds(10));
        assert_eq!(step(&steps, 99), TimeDelta::seconds(10));
        assert_eq!(step(&[], 0), TimeDelta::seconds(60));
    }
}
