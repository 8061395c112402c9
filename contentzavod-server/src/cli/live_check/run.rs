//! The check itself, step by step.

use std::time::Duration;

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use contentzavod_core::model::{Lang, Quota};
use contentzavod_core::ports::{
    Answer, CallError, Fault, HandleState, PublishError, Published, Publisher, RemoteMedia,
};
use contentzavod_core::publication::Handle;

use super::Options;
use super::prepared::Prepared;
use super::report::Report;
use crate::cli::say;

/// A Reel is processed in minutes; what takes longer is stuck.
const PATIENCE: TimeDelta = TimeDelta::minutes(20);
/// How long after publishing the list and the link may take to show it.
const SHOWN_WITHIN: TimeDelta = TimeDelta::minutes(3);

type Went<T> = Result<T, String>;

pub(super) async fn run(p: &Prepared, options: &Options, report: &mut Report) -> Went<()> {
    checked(p)?;
    let before = called(p, report, "media list", p.publisher.recent(&p.access)).await?;
    let quota = called(p, report, "quota", p.publisher.quota(&p.access)).await?;
    report.answer("quota_total", quota.total);
    report.answer("quota_used_before", quota.used);
    let create = p.publisher.create(&p.access, &p.request);
    let handle = called(p, report, "create", create).await?;
    let deliver = p.publisher.deliver(&p.access, &handle, &p.source);
    called(p, report, "deliver", deliver).await?;
    processed(p, &handle, report).await?;
    let due = until_due(p, options).await;
    report.time("due", due);
    let id = published(p, &handle, report).await?;
    let again = if options.once {
        Second::NotTried
    } else {
        second(p, &handle, &id, report).await
    };
    let live = read_back(p, &handle, &id, &before, report).await?;
    let lateness = told_time(due, live, report);
    let after = called(p, report, "quota", p.publisher.quota(&p.access)).await;
    counted(report, quota, after.ok());
    let new = new_since(p, &before, report).await;
    say(format_args!("  {new} new media on the account"));
    if new > 1 {
        say(
            "  Instagram published one container more than once: delete what is too many in its app",
        );
    }
    report.answer("new_media", new);
    let in_time = lateness.is_some_and(|late| late >= TimeDelta::zero());
    if new == 1 && in_time && again.is_harmless() {
        report.good();
    }
    Ok(())
}

/// Every rule of the platform, before anything is sent.
fn checked(p: &Prepared) -> Went<()> {
    let found = p.publisher.validate(&p.request);
    let errors: Vec<String> = found
        .iter()
        .filter(|finding| finding.is_error())
        .map(|finding| {
            let fix = finding.fix.as_deref().unwrap_or_default();
            format!("{}: {} {fix}", finding.rule, finding.message)
        })
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(errors.join("\n  "))
    }
}

/// Makes a call, prints and notes it.
async fn called<T>(
    p: &Prepared,
    report: &mut Report,
    name: &str,
    call: impl Future<Output = Result<Answer<T>, CallError>>,
) -> Went<T> {
    let began = p.clock.elapsed();
    let answer = call.await;
    let took = p.clock.elapsed().saturating_sub(began).as_millis();
    let took = i64::try_from(took).unwrap_or(i64::MAX);
    let code = answer
        .as_ref()
        .err()
        .map(|error| error.fault().code.clone());
    report.step(name, took, code.as_deref());
    say(format_args!(
        "  {name}: {} ms{}",
        took,
        code.map_or_else(String::new, |code| format!(", {code}"))
    ));
    answer
        .map(|a| a.value)
        .map_err(|error| told(name, error.fault()))
}

fn told(name: &str, fault: &Fault) -> String {
    format!("{name}: {} ({})", fault.says(Lang::En), fault.code)
}

async fn processed(p: &Prepared, handle: &Handle, report: &mut Report) -> Went<()> {
    let began = p.clock.now();
    let mut pause = Duration::from_secs(2);
    loop {
        let status = called(
            p,
            report,
            "container",
            p.publisher.status(&p.access, handle),
        )
        .await;
        match status {
            Ok(status) if status.state == HandleState::Finished => {
                let took = p.clock.now() - began;
                report.answer("processing_seconds", took.num_seconds());
                return Ok(());
            }
            Ok(status) if status.state == HandleState::InProgress => {}
            Ok(status) => {
                let why = status.fault.map(|fault| told("container", &fault));
                return Err(why.unwrap_or_else(|| format!("the container is {:?}", status.state)));
            }
            // Reads fail now and then; they say nothing.
            Err(_) => {}
        }
        if p.clock.now() - began > PATIENCE {
            return Err("the container was not ready within 20 minutes".to_owned());
        }
        p.clock.sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(30));
    }
}

/// Waits for the due time: a whole second, so that it can be compared with Instagram's.
async fn until_due(p: &Prepared, options: &Options) -> DateTime<Utc> {
    let second = TimeDelta::seconds(1);
    let at = p.clock.now() + TimeDelta::seconds(options.after.into()) + second;
    let due = at.duration_trunc(second).unwrap_or(at);
    say(format_args!("  due at {}", due.format("%H:%M:%S%.3f UTC")));
    let left = (due - p.clock.now()).to_std().unwrap_or_default();
    p.clock.sleep(left).await;
    due
}

async fn published(p: &Prepared, handle: &Handle, report: &mut Report) -> Went<String> {
    let sent = p.clock.now();
    report.time("sent", sent);
    let answer = p.publisher.publish(&p.access, handle).await;
    let took = (p.clock.now() - sent).num_milliseconds();
    match answer {
        Ok(answer) => {
            report.step("publish", took, None);
            say(format_args!("  publish: {took} ms"));
            match answer.value {
                Published::Live(id) => Ok(id),
                Published::Accepted => Err("publish: taken, and no id was named".to_owned()),
            }
        }
        Err(error) => {
            let fault = fault_of(&error);
            report.step("publish", took, Some(&fault.code));
            Err(format!(
                "{}; it may be live all the same: look at the account",
                told("publish", fault)
            ))
        }
    }
}

const fn fault_of(error: &PublishError) -> &Fault {
    match error {
        PublishError::NotSent(fault)
        | PublishError::Spam(fault)
        | PublishError::Refused { fault, .. }
        | PublishError::Unknown { fault, .. } => fault,
        _ => unreachable!(),
    }
}

/// What a second publish of the same container did: the open question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Second {
    NotTried,
    Refused,
    /// It named the post that is live already.
    SameId,
    /// It named another post.
    AnotherId,
    /// Taken without naming anything.
    Taken,
    /// It did not get there.
    NotSent,
    /// Nobody answered.
    Unknown,
}

impl Second {
    fn of(answer: &Result<Answer<Published>, PublishError>, id: &str) -> Self {
        match answer {
            Ok(answer) => match &answer.value {
                Published::Live(again) if again == id => Self::SameId,
                Published::Live(_) => Self::AnotherId,
                Published::Accepted => Self::Taken,
            },
            Err(PublishError::NotSent(_)) => Self::NotSent,
            Err(PublishError::Unknown { .. }) => Self::Unknown,
            Err(_) => Self::Refused,
        }
    }

    /// It made no second post, whatever the list shows.
    const fn is_harmless(self) -> bool {
        matches!(
            self,
            Self::NotTried | Self::Refused | Self::SameId | Self::NotSent
        )
    }

    const fn word(self) -> &'static str {
        match self {
            Self::NotTried => "not_tried",
            Self::Refused => "refused",
            Self::SameId => "same_id",
            Self::AnotherId => "another_id",
            Self::Taken => "taken",
            Self::NotSent => "not_sent",
            Self::Unknown => "unknown",
        }
    }
}

async fn second(p: &Prepared, handle: &Handle, id: &str, report: &mut Report) -> Second {
    let sent = p.clock.now();
    let answer = p.publisher.publish(&p.access, handle).await;
    let took = (p.clock.now() - sent).num_milliseconds();
    let code = answer
        .as_ref()
        .err()
        .map(|error| fault_of(error).code.clone());
    let went = Second::of(&answer, id);
    report.step("second publish", took, code.as_deref());
    report.answer("second_publish", went.word());
    report.answer("second_publish_error", code.clone());
    let code = code.map_or_else(String::new, |code| format!(" with {code}"));
    let word = went.word().replace('_', " ");
    say(format_args!(
        "  second publish of the same container: {word}{code}"
    ));
    went
}

/// Instagram's timestamp of what is live, as far as it can be read.
async fn read_back(
    p: &Prepared,
    handle: &Handle,
    id: &str,
    before: &[RemoteMedia],
    report: &mut Report,
) -> Went<Option<DateTime<Utc>>> {
    let status = called(
        p,
        report,
        "container",
        p.publisher.status(&p.access, handle),
    )
    .await;
    // What the platform says in words may hold names: it stays out of the report.
    let word = status.map_or_else(
        |_| "unreadable".to_owned(),
        |status| format!("{:?}", status.state).to_lowercase(),
    );
    report.answer("container_after_publish", word.as_str());
    let began = p.clock.now();
    loop {
        let link = called(p, report, "link", p.publisher.permalink(&p.access, id)).await;
        let list = called(p, report, "media list", p.publisher.recent(&p.access)).await;
        if let (Ok(link), Ok(list)) = (link, list)
            && list.iter().any(|media| media.id == id)
        {
            say(format_args!("  live at {}", link.permalink));
            report.answer("shown_after_seconds", (p.clock.now() - began).num_seconds());
            shape(&list, id, before, report);
            return Ok(link.published_at);
        }
        if p.clock.now() - began > SHOWN_WITHIN {
            return Err("link and list did not show it within 3 minutes".to_owned());
        }
        p.clock.sleep(Duration::from_secs(5)).await;
    }
}

/// What the list shows of the new media: reconciling hangs on it.
fn shape(list: &[RemoteMedia], id: &str, before: &[RemoteMedia], report: &mut Report) {
    let mine = list.iter().find(|media| media.id == id);
    report.answer("list_shows_captions", mine.map(|m| m.caption.is_some()));
    report.answer("list_shows_kinds", mine.map(|m| m.kind.is_some()));
    report.answer("list_length_before", before.len());
}

fn told_time(
    due: DateTime<Utc>,
    live: Option<DateTime<Utc>>,
    report: &mut Report,
) -> Option<TimeDelta> {
    let Some(live) = live else {
        say("  Instagram tells no timestamp");
        return None;
    };
    let late = live - due;
    report.time("instagram_timestamp", live);
    report.answer("late_seconds", late.num_seconds());
    say(format_args!(
        "  due {}, live by Instagram's timestamp {} ({:+} s)",
        due.format("%H:%M:%S"),
        live.format("%H:%M:%S"),
        late.num_seconds()
    ));
    Some(late)
}

fn counted(report: &mut Report, before: Quota, after: Option<Quota>) {
    let moved = after.map(|after| i64::from(after.used) - i64::from(before.used));
    report.answer("quota_counter_moved_by", moved);
}

/// Media that were not there before: one, unless the second publish made another.
async fn new_since(p: &Prepared, before: &[RemoteMedia], report: &mut Report) -> usize {
    let list = called(p, report, "media list", p.publisher.recent(&p.access)).await;
    let list = list.unwrap_or_default();
    let known = |media: &&RemoteMedia| before.iter().all(|old| old.id != media.id);
    list.iter().filter(known).count()
}
