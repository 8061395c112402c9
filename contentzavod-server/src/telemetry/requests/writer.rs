//! The thread that writes the log of requests.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError};

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, Utc};
use serde::Serialize;

use super::{Answered, Order};
use crate::telemetry::REQUEST_LINES_LOST;

/// So much is written at once.
const BATCH: usize = 64 << 10;

/// A line, in the order of its fields.
#[derive(Serialize)]
struct Line<'a> {
    at: String,
    request_id: &'a str,
    method: &'a str,
    route: &'a str,
    status: u16,
    millis: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_id: Option<String>,
}

/// The files and what is on its way to them.
#[derive(Debug)]
pub(super) struct Writer {
    folder: PathBuf,
    keep: TimeDelta,
    day: NaiveDate,
    file: Option<File>,
    lines: Vec<u8>,
    count: u64,
    /// The operator knows already.
    failing: bool,
}

impl Writer {
    pub(super) fn new(folder: PathBuf, keep: TimeDelta) -> Self {
        Self {
            folder,
            keep,
            day: NaiveDate::MIN,
            file: None,
            lines: Vec::new(),
            count: 0,
            failing: false,
        }
    }

    /// Carries out orders until nobody is left who gives any.
    pub(super) fn run(mut self, orders: &Receiver<Order>) {
        loop {
            let order = match orders.try_recv() {
                Ok(order) => Ok(order),
                Err(TryRecvError::Empty) => {
                    self.write();
                    orders.recv()
                }
                Err(TryRecvError::Disconnected) => break,
            };
            match order {
                Ok(order) => self.obey(order),
                Err(_) => break,
            }
        }
        self.write();
    }

    fn obey(&mut self, order: Order) {
        match order {
            Order::Line(at, answered) => self.take(at, &answered),
            Order::Tend(now) => self.tend(now),
            Order::Flush(done) => {
                self.write();
                // Who waited may have given up.
                let _ = done.try_send(());
            }
        }
    }

    fn take(&mut self, at: DateTime<Utc>, answered: &Answered) {
        if at.date_naive() != self.day {
            self.write();
            self.file = None;
            self.day = at.date_naive();
        }
        let who = answered.who.as_ref();
        let line = Line {
            at: at.to_rfc3339_opts(SecondsFormat::Millis, true),
            request_id: &answered.request_id,
            method: answered.method,
            route: &answered.route,
            status: answered.status,
            millis: answered.millis,
            user_id: who.map(|who| who.user.to_string()),
            key_id: who.and_then(|who| Some(who.key?.to_string())),
            session_id: who.and_then(|who| Some(who.session?.to_string())),
        };
        let before = self.lines.len();
        if serde_json::to_writer(&mut self.lines, &line).is_err() {
            self.lines.truncate(before);
            return;
        }
        self.lines.push(b'\n');
        self.count += 1;
        if self.lines.len() >= BATCH {
            self.write();
        }
    }

    /// Writes what waits. What the disk does not take is lost: requests are more than their log.
    fn write(&mut self) {
        if self.lines.is_empty() {
            return;
        }
        match self.try_write() {
            Ok(()) if self.failing => {
                self.failing = false;
                tracing::info!("the log of requests is written again");
            }
            Ok(()) => {}
            Err(error) => {
                self.file = None;
                metrics::counter!(REQUEST_LINES_LOST).increment(self.count);
                if !self.failing {
                    self.failing = true;
                    let folder = self.folder.display();
                    tracing::warn!(
                        %error, %folder,
                        "the log of requests cannot be written: its lines are lost until it can"
                    );
                }
            }
        }
        self.lines.clear();
        self.count = 0;
    }

    fn try_write(&mut self) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            closed => closed.insert(open(&self.folder, self.day)?),
        };
        file.write_all(&self.lines)
    }

    /// Deletes days whose first hour is older than anything is kept, so that nothing is kept longer.
    fn tend(&mut self, now: DateTime<Utc>) {
        self.write();
        // Whoever moved or deleted the file of today gets a new one.
        self.file = None;
        // A folder that is not there has no days.
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let Some(day) = name.to_str().and_then(day_of) else {
                continue;
            };
            let begun = day.and_time(NaiveTime::MIN).and_utc();
            if now - begun < self.keep {
                continue;
            }
            if let Err(error) = fs::remove_file(entry.path()) {
                tracing::warn!(%error, %day, "an old log of requests cannot be deleted");
            }
        }
    }
}

fn name_of(day: NaiveDate) -> String {
    format!("requests-{}.jsonl", day.format("%Y-%m-%d"))
}

/// The day of a file that we wrote.
fn day_of(name: &str) -> Option<NaiveDate> {
    let day = name.strip_prefix("requests-")?.strip_suffix(".jsonl")?;
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
    (name_of(day) == name).then_some(day)
}

/// The file of a day, for its owner only, its last line whole.
fn open(folder: &Path, day: NaiveDate) -> io::Result<File> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    let mut options = File::options();
    options.create(true).append(true).read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
        builder.mode(0o700);
        options.mode(0o600);
    }
    builder.create(folder)?;
    let mut file = options.open(folder.join(name_of(day)))?;
    let about = file.metadata()?;
    #[cfg(unix)]
    if about.is_file() {
        use std::os::unix::fs::PermissionsExt as _;
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
    }
    // A process that died, or a disk that filled up, may have broken one off.
    if about.is_file() && about.len() > 0 {
        let mut last = [0];
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
        if last != *b"\n" {
            file.write_all(b"\n")?;
        }
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use contentzavod_core::model::random::base62;
    use contentzavod_core::model::{ApiKeyId, UserId};
    use metrics_exporter_prometheus::PrometheusBuilder;
    use serde_json::Value;

    use super::*;
    use crate::middleware::who::Who;

    const DAY: &str = "requests-2026-12-01.jsonl";

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn answered(id: &str) -> Answered {
        let now = at("2026-12-01T09:00:00Z");
        Answered {
            request_id: id.to_owned(),
            method: "POST",
            route: "/v1/posts/:id/cancel".to_owned(),
            status: 409,
            millis: 2.25,
            who: Some(Who::with_key(
                UserId::generate(now),
                ApiKeyId::generate(now),
            )),
        }
    }

    fn log(writer: &mut Writer, id: &str) {
        let line = Order::Line(at("2026-12-01T09:00:00.25Z"), answered(id));
        writer.obey(line);
        writer.write();
    }

    fn lines(file: &Path) -> Vec<Value> {
        let text = fs::read_to_string(file).unwrap();
        let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
        lines.collect()
    }

    #[test]
    fn a_line_says_who_did_what_and_is_closed_to_others() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("logs");
        let mut writer = Writer::new(place.clone(), TimeDelta::days(30));
        log(&mut writer, "a");
        let file = place.join(DAY);
        let line = &lines(&file)[0];
        assert_eq!(line["at"], "2026-12-01T09:00:00.250Z");
        assert_eq!(line["request_id"], "a");
        assert_eq!(line["method"], "POST");
        assert_eq!(line["route"], "/v1/posts/:id/cancel");
        assert_eq!(line["status"], 409);
        assert_eq!(line["millis"], 2.25);
        assert!(line["user_id"].is_string() && line["key_id"].is_string());
        assert_eq!(line.as_object().unwrap().len(), 8, "{line}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&place), mode(&file)), (0o700, 0o600));
        }
    }

    #[test]
    fn a_line_that_broke_off_spoils_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(DAY);
        fs::write(&file, "{\"at\":\"2026-12").unwrap();
        let mut writer = Writer::new(folder.path().to_owned(), TimeDelta::days(30));
        log(&mut writer, "a");
        log(&mut writer, "b");
        let text = fs::read_to_string(&file).unwrap();
        let whole: Vec<Value> = text
            .lines()
            .skip(1)
            .map(|l| serde_json::from_str(l).unwrap())
            .collect();
        assert_eq!(whole.len(), 2, "{text}");
    }

    #[test]
    fn a_file_that_was_moved_away_is_begun_anew() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(DAY);
        let mut writer = Writer::new(folder.path().to_owned(), TimeDelta::days(30));
        log(&mut writer, "a");
        fs::rename(&file, folder.path().join("kept.jsonl")).unwrap();
        writer.obey(Order::Tend(at("2026-12-01T10:00:00Z")));
        log(&mut writer, "b");
        assert_eq!(lines(&file).len(), 1);
    }

    /// What the process says, for whoever watches it.
    #[derive(Clone, Default)]
    struct Said(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Said {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What is said, and counted as lost, while this is done.
    fn watched(what: impl FnOnce()) -> (String, String) {
        let said = Said::default();
        let writer = said.clone();
        let lines = tracing_subscriber::fmt()
            .with_writer(move || writer.clone())
            .finish();
        let recorder = PrometheusBuilder::new().build_recorder();
        metrics::with_local_recorder(&recorder, || tracing::subscriber::with_default(lines, what));
        let said = String::from_utf8(said.0.lock().unwrap().clone()).unwrap();
        (said, recorder.handle().render())
    }

    #[test]
    fn a_disk_that_takes_nothing_is_told_of_once_and_used_again() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join(base62(8));
        // A file stands where the folder should be.
        fs::write(&place, "").unwrap();
        let (said, page) = watched(|| {
            let mut writer = Writer::new(place.clone(), TimeDelta::days(30));
            log(&mut writer, "lost");
            log(&mut writer, "lost, too");
            fs::remove_file(&place).unwrap();
            log(&mut writer, "there");
            log(&mut writer, "there, too");
        });
        assert_eq!(said.matches("cannot be written").count(), 1, "{said}");
        assert_eq!(said.matches("is written again").count(), 1, "{said}");
        assert!(page.contains(&format!("{REQUEST_LINES_LOST} 2")), "{page}");
        assert_eq!(lines(&place.join(DAY)).len(), 2);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_holds_up_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(DAY);
        std::os::unix::fs::symlink("/dev/full", &file).unwrap();
        let (said, page) = watched(|| {
            let mut writer = Writer::new(folder.path().to_owned(), TimeDelta::days(30));
            log(&mut writer, "lost");
            fs::remove_file(&file).unwrap();
            log(&mut writer, "there");
        });
        assert_eq!(said.matches("cannot be written").count(), 1, "{said}");
        assert!(page.contains(&format!("{REQUEST_LINES_LOST} 1")), "{page}");
        assert_eq!(lines(&file).len(), 1);
    }
}
