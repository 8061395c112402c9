//! The world of the walk: one row, two workers, a person, a platform, and a clock of a few ticks.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::publication::{Context, Event, Numbers, Progress, State, step};

use crate::explore::{Walk, mark};
use crate::platform::Platform;

/// When the post is due, and when the walk ends.
pub(crate) const DUE: i64 = 2;
pub(crate) const HORIZON: i64 = 12;
pub(crate) const LEASE: i64 = 3;
/// A late call executes within the settle time, or long after it.
pub(crate) const LATE_BOUND: i64 = 2;
pub(crate) const LATE_FAR: i64 = 6;

/// The rules of the design, each of which can be switched off, and the platform's ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the walk"
)]
pub(crate) struct Rules {
    pub(crate) strict: bool,
    pub(crate) duplicates: bool,
    pub(crate) late_unbounded: bool,
    pub(crate) arm: bool,
    pub(crate) fence: bool,
    pub(crate) no_way_back: bool,
    pub(crate) reconcile_first: bool,
    pub(crate) error_is_unknown: bool,
}

impl Rules {
    pub(crate) const fn design() -> Self {
        Self {
            strict: false,
            duplicates: false,
            late_unbounded: false,
            arm: true,
            fence: true,
            no_way_back: true,
            reconcile_first: true,
            error_is_unknown: true,
        }
    }

    pub(crate) fn name(&self) -> String {
        format!(
            "{}, a second publish {}, late execution {}",
            if self.strict { "strict" } else { "not strict" },
            if self.duplicates {
                "duplicates"
            } else {
                "is refused"
            },
            if self.late_unbounded {
                "unbounded"
            } else {
                "within the settle time"
            },
        )
    }

    /// The numbers of the design, shrunk to ticks of a second.
    fn numbers(self) -> Numbers {
        let s = TimeDelta::seconds;
        Numbers {
            stage_ahead: s(2),
            check_ahead: s(1),
            arm_ahead: s(0),
            check_fresh: s(100),
            container_life: s(1000),
            container_reserve: s(1),
            dead_after: s(1000),
            containers_max: 3,
            lease_work: s(LEASE),
            lease_armed: s(LEASE),
            not_sent_pause: s(1),
            settle: s(2),
            settle_timeout: s(3),
            finished_reads: 2,
            sends_max: 2,
            look_for: s(8),
            looks: vec![s(1)],
            retries: vec![s(1)],
            polls: vec![s(1)],
            waiting_look: s(1),
            slot_pause: s(1),
            strict: self.strict,
            ..Numbers::default()
        }
    }
}

/// What a worker holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Held {
    /// A row it claimed.
    Row,
    /// The end of a call, not yet written.
    Ended(Box<Event2>),
}

/// An event that can be hashed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Event2 {
    Live(String),
    NotSent,
    Refused,
    Unknown {
        answered: bool,
    },
    Looked {
        state: Option<u8>,
        candidates: Option<Vec<String>>,
    },
}

/// A worker: what it saw when it claimed, and what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Worker {
    pub(crate) row: Progress,
    pub(crate) epoch: i64,
    pub(crate) lease_until: i64,
    pub(crate) held: Held,
    /// It armed the row itself.
    pub(crate) armed_it: bool,
    /// When it began to read, or called.
    pub(crate) read_at: i64,
}

/// One state of the walk.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct World {
    pub(crate) rules: Rules,
    pub(crate) now: i64,
    pub(crate) row: Progress,
    pub(crate) epoch: i64,
    pub(crate) lease_until: Option<i64>,
    pub(crate) workers: [Option<Worker>; 2],
    pub(crate) platform: Platform,
    /// A person was told that it is taken back.
    pub(crate) cancelled: bool,
    pub(crate) containers: u32,
    pub(crate) edits: u32,
    /// The platform and the net misbehaved so often.
    pub(crate) mishaps: u32,
}

pub(crate) fn time(tick: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + tick, 0).expect("a valid time")
}

fn tick_of(at: DateTime<Utc>) -> i64 {
    at.timestamp() - 1_800_000_000
}

/// So many mishaps in one life: enough for each rule to be needed, few enough to walk.
pub(crate) const MISHAPS: u32 = 2;

impl World {
    pub(crate) fn new(rules: Rules) -> Self {
        let mut world = Self {
            rules,
            now: 1,
            row: Progress::draft(time(DUE), TimeDelta::seconds(6), 1),
            epoch: 0,
            lease_until: None,
            workers: [None, None],
            platform: Platform::default(),
            cancelled: false,
            containers: 0,
            edits: 0,
            mishaps: 0,
        };
        world.row = world
            .ask(
                &world.row,
                Event::Schedule {
                    due: time(DUE),
                    max_late: TimeDelta::seconds(6),
                },
            )
            .expect("the machine takes it");
        world
    }

    pub(crate) fn ask(&self, row: &Progress, event: Event) -> Option<Progress> {
        let numbers = self.rules.numbers();
        let context = Context {
            now: time(self.now),
            numbers: &numbers,
        };
        step(row, event, &context).ok().map(|s| s.next)
    }

    pub(crate) fn handle(row: &Progress) -> Option<String> {
        row.container.as_ref().map(|c| c.handle.0.clone())
    }

    /// Writes under the fence; without the rule "fence" it always writes.
    pub(crate) fn record(&mut self, who: usize, next: Progress, hold: bool) -> bool {
        let Some(worker) = self.workers[who].as_mut() else {
            return false;
        };
        let ours = worker.epoch == self.epoch && worker.row.state == self.row.state;
        if self.rules.fence && !ours {
            self.workers[who] = None;
            return false;
        }
        self.row = next.clone();
        if hold {
            worker.row = next;
            worker.lease_until = self.now + LEASE;
            worker.held = Held::Row;
            self.lease_until = Some(worker.lease_until);
        } else {
            self.workers[who] = None;
            self.lease_until = None;
        }
        true
    }

    fn claim(&self, who: usize) -> Option<Self> {
        let due = self.row.next_at.is_some_and(|at| tick_of(at) <= self.now);
        let free = self.lease_until.is_none_or(|until| until <= self.now);
        // A published one is only looked at for its permalink.
        let done = self.row.state == State::Published;
        if !due || !free || done || self.workers[who].is_some() {
            return None;
        }
        let mut next = self.clone();
        next.epoch += 1;
        next.lease_until = Some(self.now + LEASE);
        next.workers[who] = Some(Worker {
            row: self.row.clone(),
            epoch: next.epoch,
            lease_until: self.now + LEASE,
            held: Held::Row,
            armed_it: false,
            read_at: 0,
        });
        Some(next)
    }

    /// A person cancels, or edits once.
    fn person(&self, out: &mut Vec<(String, Self)>) {
        if let Some(row) = self.ask(&self.row, Event::Cancel) {
            let mut next = self.by_person(row);
            next.cancelled = true;
            out.push(("a person cancels".to_owned(), next));
        }
        let version = self.row.content_version + 1;
        let edit = Event::Edit {
            due: None,
            max_late: None,
            content_version: Some(version),
        };
        if self.edits == 0
            && let Some(row) = self.ask(&self.row, edit)
        {
            let mut next = self.by_person(row);
            next.edits += 1;
            out.push(("a person edits".to_owned(), next));
        }
    }

    fn by_person(&self, row: Progress) -> Self {
        let mut next = self.clone();
        next.row = row;
        next.epoch += 1;
        next.lease_until = None;
        next
    }
}

/// Forgets times and counts that the machine only reports.
pub(crate) fn tidy(row: &mut Progress) {
    let then = time(0);
    row.attempts = 0;
    row.polls = 0;
    row.link_looks = 0;
    row.trouble = None;
    row.armed_at = row.armed_at.map(|_| then);
    row.ready_at = row.ready_at.map(|_| then);
    row.published_at = row.published_at.map(|_| then);
    row.confirmed_at = row.confirmed_at.map(|_| then);
    for send in &mut row.sends {
        send.at = then;
    }
    if let Some(container) = &mut row.container {
        container.created_at = then;
    }
    if let Some(check) = &mut row.check {
        check.at = then;
    }
    if let Some(doubt) = &mut row.doubt {
        doubt.looks = doubt.looks.min(1);
    }
}

impl Walk for World {
    fn successors(&self) -> Vec<(String, Self)> {
        let mut out = Vec::new();
        if self.now < HORIZON && !self.overdue() {
            let mut next = self.clone();
            next.now += 1;
            out.push((format!("the clock shows {}", next.now), next));
        }
        for who in 0..2 {
            if let Some(next) = self.claim(who) {
                out.push((
                    format!("worker {who} claims the row, {}", self.row.state.as_str()),
                    next,
                ));
            }
            self.work(who, &mut out);
            if self.workers[who].is_some() {
                let mut next = self.clone();
                next.workers[who] = None;
                out.push((format!("worker {who} dies"), next));
            }
        }
        for index in 0..self.platform.late.len() {
            let mut next = self.clone();
            next.platform
                .execute_late(index, self.rules.duplicates, self.now);
            out.push(("the platform executes the late call".to_owned(), next));
        }
        self.person(&mut out);
        out
    }

    /// Drops what no later step depends on, so that states that behave alike are one.
    fn canonical(mut self) -> Self {
        tidy(&mut self.row);
        for slot in &mut self.workers {
            let Some(worker) = slot else { continue };
            worker.epoch = if worker.epoch == self.epoch { 0 } else { -1 };
            tidy(&mut worker.row);
            let may_call = worker.row.state == State::Armed
                && worker.held == Held::Row
                && worker.armed_it
                && worker.lease_until > self.now;
            // Whoever is fenced off and cannot call any more is as good as dead.
            if self.rules.fence && worker.epoch == -1 && !may_call {
                *slot = None;
            }
        }
        self.epoch = 0;
        self.lease_until = self.lease_until.filter(|until| *until > self.now);
        if mark(&self.workers[0]) < mark(&self.workers[1]) {
            self.workers.swap(0, 1);
        }
        self
    }

    fn promise(&self) -> Result<(), String> {
        crate::promise::check(self)
    }
}

impl World {
    /// A late call executes by its time: the clock does not pass it.
    fn overdue(&self) -> bool {
        self.platform.late.iter().any(|l| l.by <= self.now)
    }
}
