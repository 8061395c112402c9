//! The platform's bad days: other faults every few seconds, and what struck.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::calls;
use super::mix::{self, Mix, Place};
use super::scene::Scene;
use crate::process::Failure;

/// Deals new faults until told to stop; then the platform behaves. How often each struck.
pub(super) async fn change(
    scene: &Scene,
    mut mix: Mix,
    phase: Duration,
    stop: &CancellationToken,
) -> Result<BTreeMap<Place, u64>, Failure> {
    let mut struck = BTreeMap::new();
    while !stop.is_cancelled() {
        set(scene, &mix.next_phase()).await?;
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(phase) => {}
        }
        let url = format!("{}/__faults", scene.sandbox);
        let shown = calls::platform(&scene.api.http, |http| http.get(&url)).await?;
        mix::count(&shown, &mut struck);
    }
    set(scene, &json!({})).await?;
    Ok(struck)
}

async fn set(scene: &Scene, plan: &Value) -> Result<(), Failure> {
    let url = format!("{}/__faults", scene.sandbox);
    let shown = calls::platform(&scene.api.http, |http| http.post(&url).json(plan)).await?;
    if shown["rules"].is_array() {
        return Ok(());
    }
    Err(format!("the platform did not take {plan}: {shown}").into())
}
