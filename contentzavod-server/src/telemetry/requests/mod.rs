//! The log of requests: who did what, when, and how it ended, one JSON object a line.
//!
//! It is the operator's record of what was done with the API, beside the log of the process, and
//! knows no path, query, body, address or token. It lies in the data directory, a file a day (UTC),
//! for its owner only, and its days are deleted when they are older than the operator keeps them.
//! A thread of its own writes it: a request never waits for it, and where the disk fails, lines are
//! lost and counted.

mod writer;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::Clock;
use tokio_util::sync::CancellationToken;

use crate::middleware::who::Who;
use crate::telemetry::REQUEST_LINES_LOST;
use writer::Writer;

/// So many lines may wait for the disk; what comes on top of them is lost.
const WAITING_MAX: usize = 4096;
/// How often the days are looked through: none stays much longer than it should.
const LOOK: TimeDelta = TimeDelta::hours(1);
/// How long an end waits for the last lines.
const LAST_WAIT: Duration = Duration::from_secs(2);

/// One request and its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// The id under which the log of the process knows it.
    pub request_id: String,
    /// The method, of those we serve.
    pub method: &'static str,
    /// The pattern of its path.
    pub route: String,
    /// The status of its answer.
    pub status: u16,
    /// How long the head of the answer took.
    pub millis: f64,
    /// Whose call it was, where somebody was known.
    pub who: Option<Who>,
}

/// What the writing thread is told.
#[derive(Debug)]
enum Order {
    Line(DateTime<Utc>, Answered),
    /// Days that are too old at this time go.
    Tend(DateTime<Utc>),
    /// Everything before this is on its way to the disk.
    Flush(SyncSender<()>),
}

/// Takes what is to be logged. Clones write to the same files.
#[derive(Debug, Clone)]
pub struct RequestLog {
    orders: SyncSender<Order>,
    clock: Arc<dyn Clock>,
}

impl RequestLog {
    /// Begins to log into a folder, which is made if it is missing, and deletes days that are older
    /// than `keep` there.
    ///
    /// # Errors
    ///
    /// When the system gives no thread. A folder that cannot be written is warned of, and tried
    /// again: requests go on.
    pub fn start(folder: PathBuf, keep: TimeDelta, clock: Arc<dyn Clock>) -> io::Result<Self> {
        let (log, orders) = Self::waiting(WAITING_MAX, clock);
        let writer = Writer::new(folder, keep);
        let thread = std::thread::Builder::new().name("requests".to_owned());
        thread.spawn(move || writer.run(&orders))?;
        log.tend();
        Ok(log)
    }

    /// One whose orders are carried out by whoever takes them.
    fn waiting(most: usize, clock: Arc<dyn Clock>) -> (Self, Receiver<Order>) {
        let (orders, taken) = sync_channel(most);
        (Self { orders, clock }, taken)
    }

    /// Logs a request, or counts that it could not be. Never waits.
    pub fn note(&self, answered: Answered) {
        let line = Order::Line(self.clock.now(), answered);
        if self.orders.try_send(line).is_err() {
            metrics::counter!(REQUEST_LINES_LOST).increment(1);
        }
    }

    /// Looks through the days once. Where lines wait already, the next look sees to it.
    pub fn tend(&self) {
        drop(self.orders.try_send(Order::Tend(self.clock.now())));
    }

    /// Looks through the days until `shutdown`, whether requests come or not.
    pub async fn keep(self, shutdown: CancellationToken) {
        loop {
            self.tend();
            let pause = self.until_next_look();
            let sleep = self.clock.sleep(pause);
            if shutdown.run_until_cancelled(sleep).await.is_none() {
                return;
            }
        }
    }

    /// An hour, or to the beginning of the next day.
    fn until_next_look(&self) -> Duration {
        let now = self.clock.now();
        let midnight = now.date_naive().succ_opt();
        let midnight = midnight.map_or(LOOK, |day| {
            day.and_time(chrono::NaiveTime::MIN).and_utc() - now
        });
        // Not a moment too early.
        let pause = midnight.min(LOOK).max(TimeDelta::seconds(1));
        pause.to_std().unwrap_or(Duration::from_secs(1))
    }

    /// Waits until everything so far was written, or the disk hangs. Blocks; for the end.
    pub fn flush(&self) {
        let (done, wait) = sync_channel(1);
        if self.orders.send(Order::Flush(done)).is_ok() {
            // A disk that hangs holds up no end.
            let _ = wait.recv_timeout(LAST_WAIT);
        }
    }
}

#[cfg(test)]
mod tests {
    use contentzavod_core::testing::ManualClock;
    use metrics_exporter_prometheus::PrometheusBuilder;

    use super::*;

    fn answered(id: &str) -> Answered {
        Answered {
            request_id: id.to_owned(),
            method: "GET",
            route: "/healthz".to_owned(),
            status: 200,
            millis: 1.5,
            who: None,
        }
    }

    fn days(folder: &std::path::Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let name = |entry: io::Result<std::fs::DirEntry>| entry.unwrap().file_name();
        let names = entries.map(|entry| name(entry).into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn a_disk_that_hangs_loses_lines_and_holds_up_nobody() {
        let recorder = PrometheusBuilder::new().build_recorder();
        metrics::with_local_recorder(&recorder, || {
            let (log, orders) = RequestLog::waiting(2, Arc::new(ManualClock::new()));
            for nth in 0..5 {
                log.note(answered(&nth.to_string()));
            }
            assert_eq!(orders.try_iter().count(), 2);
            drop(orders);
            log.note(answered("after the end"));
        });
        let page = recorder.handle().render();
        assert!(page.contains(&format!("{REQUEST_LINES_LOST} 4")), "{page}");
    }

    #[test]
    fn each_day_has_its_file_and_old_ones_go() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("logs");
        let clock = Arc::new(ManualClock::new());
        std::fs::create_dir(&place).unwrap();
        let others = [
            "notes.txt",
            "requests-2020-1-1.jsonl",
            "requests-2020-13-01.jsonl",
        ];
        let (old, kept) = ("requests-2026-11-24.jsonl", "requests-2026-11-25.jsonl");
        for name in others.iter().chain([&old, &kept]) {
            std::fs::write(place.join(name), "{}\n").unwrap();
        }
        let keep = TimeDelta::days(7);
        let log = RequestLog::start(place.clone(), keep, clock.clone()).unwrap();
        log.note(answered("first"));
        log.flush();
        let today = "requests-2026-12-01.jsonl";
        let expected: Vec<_> = [others[0], others[1], others[2], kept, today].into();
        assert_eq!(days(&place), expected);
        clock.advance(TimeDelta::hours(15));
        log.note(answered("second"));
        log.flush();
        let text = |name: &str| std::fs::read_to_string(place.join(name)).unwrap();
        assert!(text(today).contains("first") && !text(today).contains("second"));
        assert!(text("requests-2026-12-02.jsonl").contains("second"));
    }

    /// The days go by themselves, at the time that the clock shows.
    #[tokio::test]
    async fn days_go_though_no_request_comes() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::new());
        let keep = TimeDelta::days(2);
        let log = RequestLog::start(folder.path().to_owned(), keep, clock.clone()).unwrap();
        log.note(answered("old"));
        log.flush();
        let shutdown = CancellationToken::new();
        let keeping = tokio::spawn(log.clone().keep(shutdown.clone()));
        clock.advance_to("2026-12-02T23:59:59Z".parse().unwrap());
        tokio::task::yield_now().await;
        log.flush();
        assert_eq!(days(folder.path()), ["requests-2026-12-01.jsonl"]);
        clock.advance(TimeDelta::seconds(1));
        let gone = async {
            while !days(folder.path()).is_empty() {
                tokio::task::yield_now().await;
            }
        };
        let patience = Duration::from_secs(20);
        tokio::time::timeout(patience, gone).await.expect("in time");
        shutdown.cancel();
        keeping.await.unwrap();
    }
}
