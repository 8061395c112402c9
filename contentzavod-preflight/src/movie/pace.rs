//! How many frames a second, and whether they come evenly; from runs, never one by one.

use crate::track::Track;

/// Frames whose duration is further from the usual one are uneven: rounding moves it less.
const APART: f64 = 0.15;
/// A frame that stands so many times as long as the usual one is a gap.
const GAP: f64 = 10.0;
/// More uneven frames than this share, and the rate is variable.
const SHARE: f64 = 0.05;

/// Frames per second and whether the rate is variable.
pub(super) fn read(track: &Track<'_>) -> (Option<f64>, bool) {
    let scale = f64::from(track.timescale);
    let runs = || track.tables.times.pairs();
    let Some((_, usual)) = runs().max_by_key(|(count, _)| *count) else {
        return (None, false);
    };
    let (mut count, mut ticks) = (0.0, 0.0);
    for (frames, delta) in runs() {
        count += f64::from(frames);
        ticks += f64::from(frames) * f64::from(delta);
    }
    let mean = ticks / count;
    let uneven: f64 = runs()
        .filter(|(_, delta)| (f64::from(*delta) - mean).abs() > mean * APART)
        .map(|(frames, _)| f64::from(frames))
        .sum();
    // One long gap is few frames and much of the time.
    let gaps: f64 = runs()
        .filter(|(_, delta)| f64::from(*delta) > f64::from(usual) * GAP)
        .map(|(frames, delta)| f64::from(frames) * f64::from(delta))
        .sum();
    let many = uneven > (count * SHARE).max(2.0);
    let variable = count > 2.0 && (many || gaps > ticks * SHARE);
    // The first and the last frame of many files carry an odd duration.
    let few = track.tables.times.len() <= 3;
    let fps = if few && usual > 0 && !variable {
        scale / f64::from(usual)
    } else {
        count * scale / ticks
    };
    (
        Some(fps).filter(|fps| fps.is_finite() && *fps > 0.0),
        variable,
    )
}
