//! A token that nobody renews: its people hear of it in good time, each time once.

use chrono::TimeDelta;
use contentzavod_core::model::NoticeKind;
use contentzavod_core::ports::Clock;

use crate::{Day, secs};

#[tokio::test]
async fn an_end_that_comes_near_is_told_three_times() {
    let day = Day::new(|fake| fake).await;
    // Its token ends in sixty days, and this engine has nobody who could renew it.
    day.rig.account("1").await;
    let engine = day.engine();
    let end = day.rig.clock.now() + TimeDelta::days(60);
    let mut told = Vec::new();
    while day.rig.clock.now() < end - secs(3600) {
        engine.step(day.rig.clock.now()).await.unwrap();
        let inbox = day.rig.app.notifications(day.rig.actor, 0, 100).await;
        let inbox = inbox.unwrap();
        if inbox.len() > told.len() {
            told.push((end - day.rig.clock.now()).num_hours());
        }
        day.rig.clock.advance(TimeDelta::hours(1));
    }
    assert_eq!(told, [240, 72, 24]);
    let inbox = day.rig.app.notifications(day.rig.actor, 0, 100).await;
    let kinds: Vec<_> = inbox.unwrap().into_iter().map(|n| n.notice.kind).collect();
    assert_eq!(kinds, [NoticeKind::TokenEnding; 3]);
}
