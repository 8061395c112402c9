//! Figures of a sample: percentiles, and the median of rounds.

use chrono::TimeDelta;
use serde_json::{Value, json};

/// How late a run was, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lateness {
    /// Half were no later.
    pub p50: f64,
    /// All but one in a hundred were no later.
    pub p99: f64,
    /// The latest.
    pub max: f64,
    /// How many came before their time.
    pub early: usize,
}

impl Lateness {
    /// The figures of a sample, in any order.
    #[must_use]
    pub fn of(late: &[TimeDelta]) -> Self {
        let mut ms: Vec<f64> = late.iter().map(|l| millis(*l)).collect();
        ms.sort_by(f64::total_cmp);
        Self {
            p50: percentile(&ms, 50),
            p99: percentile(&ms, 99),
            max: percentile(&ms, 100),
            early: ms.iter().filter(|ms| **ms < 0.0).count(),
        }
    }

    /// As a document.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({ "p50_ms": round(self.p50), "p99_ms": round(self.p99), "max_ms": round(self.max),
                "early": self.early })
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "latenesses are far below 2^52 microseconds"
)]
fn millis(late: TimeDelta) -> f64 {
    late.num_microseconds().unwrap_or(i64::MAX) as f64 / 1000.0
}

/// Three digits after the point.
#[must_use]
pub fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// The smallest value that so many percent of a sorted sample do not exceed; 0 of an empty one.
#[must_use]
pub fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

/// The middle of a sample; of two middles the smaller.
#[must_use]
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    percentile(&values, 50)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_of_the_sample() {
        let sample: Vec<f64> = (1..=1000).map(f64::from).collect();
        assert!((percentile(&sample, 50) - 500.0).abs() < f64::EPSILON);
        assert!((percentile(&sample, 99) - 990.0).abs() < f64::EPSILON);
        assert!((percentile(&sample, 100) - 1000.0).abs() < f64::EPSILON);
        assert!((percentile(&[7.0], 99) - 7.0).abs() < f64::EPSILON);
        assert!(percentile(&[], 99).abs() < f64::EPSILON);
        assert!((median(vec![3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
    }

    #[test]
    fn what_comes_before_its_time_is_counted() {
        let late = [-1, 0, 5].map(TimeDelta::milliseconds);
        let figures = Lateness::of(&late);
        assert_eq!(figures.early, 1);
        assert!((figures.max - 5.0).abs() < f64::EPSILON);
    }
}
