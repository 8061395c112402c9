//! The world of the walk: one row, two workers, a person, a platform, and a clock of a few ticks.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::HandleState;
use contentzavod_core::publication::event::{Hindrance, SendEnd};
use contentzavod_core::publication::reconcile::{Candidate, Evidence};
use contentzavod_core::publication::{
    Context, Event, Handle, Numbers, Progress, State, Trouble, step,
};

use crate::explore::{Walk, mark};
use crate::platform::{Late, Platform};

/// When the post is due, and when the walk ends.
pub(crate) const DUE: i64 = 2;
pub(crate) const HORIZON: i64 = 12;
const LEASE: i64 = 3;
/// A late call executes within the settle time, or long after it.
const LATE_BOUND: i64 = 2;
const LATE_FAR: i64 = 6;

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
const MISHAPS: u32 = 2;

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

    fn ask(&self, row: &Progress, event: Event) -> Option<Progress> {
        let numbers = self.rules.numbers();
        let context = Context {
            now: time(self.now),
            numbers: &numbers,
        };
        step(row, event, &context).ok().map(|s| s.next)
    }

    fn handle(row: &Progress) -> Option<String> {
        row.container.as_ref().map(|c| c.handle.0.clone())
    }

    /// Writes under the fence; without the rule "fence" it always writes.
    fn record(&mut self, who: usize, next: Progress, hold: bool) -> bool {
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

    /// Everything a worker that holds the row may do next.
    fn work(&self, who: usize, out: &mut Vec<(String, Self)>) {
        let Some(worker) = &self.workers[who] else {
            return;
        };
        let row = worker.row.clone();
        if let Held::Ended(ended) = &worker.held {
            self.write_end(who, ended, out);
            return;
        }
        match row.state {
            State::Scheduled => self.prepare(who, &row, out),
            State::Ready => self.arm(who, &row, out),
            State::Armed => self.armed(who, &row, out),
            State::Uncertain | State::NeedsReview => self.read(who, &row, out),
            _ => self.finish(who, out),
        }
    }

    /// An armed row: its own sender fires while the lease has life; a finder says the lease is lost.
    fn armed(&self, who: usize, row: &Progress, out: &mut Vec<(String, Self)>) {
        let worker = self.workers[who].as_ref().expect("the machine takes it");
        let armed_by_us = worker.armed_it;
        if armed_by_us {
            if worker.lease_until > self.now {
                self.call(who, row, out);
            } else {
                self.finish(who, out);
            }
            return;
        }
        let mut next = self.clone();
        let lost = if self.rules.no_way_back {
            self.ask(row, Event::LeaseLost)
        } else {
            // Back to the start, with a new container: what the design forbids.
            let mut back = row.clone();
            back.state = State::Scheduled;
            back.container = None;
            back.check = None;
            back.slot = false;
            back.next_at = Some(time(self.now));
            Some(back)
        };
        if let Some(lost) = lost {
            next.record(who, lost, false);
            out.push((
                format!("worker {who} finds the row armed and its lease ended"),
                next,
            ));
        }
    }

    fn finish(&self, who: usize, out: &mut Vec<(String, Self)>) {
        let mut next = self.clone();
        next.workers[who] = None;
        out.push((format!("worker {who} lets go"), next));
    }

    /// Container, delivery, processing and checks in one step: nothing there is irreversible.
    fn prepare(&self, who: usize, row: &Progress, out: &mut Vec<(String, Self)>) {
        let mut next = self.clone();
        if time(self.now) > row.latest() {
            if let Some(missed) = self.ask(row, Event::TooLate) {
                next.record(who, missed, false);
                out.push((format!("worker {who} finds it too late"), next));
            }
            return;
        }
        let Some(mut row) = self.ask(row, Event::Begin) else {
            return;
        };
        if row.state == State::Preparing {
            if row.container.is_none() {
                next.containers += 1;
                let handle = Handle(format!("c{}", next.containers));
                row = self
                    .ask(&row, Event::Created { handle })
                    .expect("the machine takes it");
            }
            row = self
                .ask(&row, Event::Delivered)
                .expect("the machine takes it");
            let polled = Event::Polled {
                state: HandleState::Finished,
                curable: false,
                trouble: None,
            };
            row = self.ask(&row, polled).expect("the machine takes it");
            let ids = self.platform.live.iter().map(|l| l.id.clone()).collect();
            row = self
                .ask(
                    &row,
                    Event::Checked {
                        baseline: Some(ids),
                    },
                )
                .expect("the machine takes it");
        }
        next.record(who, row, false);
        out.push((format!("worker {who} prepares the container"), next));
    }

    fn arm(&self, who: usize, row: &Progress, out: &mut Vec<(String, Self)>) {
        let mut next = self.clone();
        if time(self.now) > row.latest() {
            if let Some(missed) = self.ask(row, Event::TooLate) {
                next.record(who, missed, false);
                out.push((format!("worker {who} finds it too late"), next));
            }
            return;
        }
        let Some(armed) = self.ask(row, Event::Arm) else {
            return;
        };
        if !self.rules.arm {
            // Fires from ready: nothing is written before the call.
            if let Some(worker) = next.workers[who].as_mut() {
                worker.row = armed.clone();
            }
            next.call(who, &armed, out);
            return;
        }
        if next.record(who, armed, true)
            && let Some(worker) = next.workers[who].as_mut()
        {
            worker.armed_it = true;
        }
        out.push((format!("worker {who} arms"), next));
    }

    /// The irreversible call, with everything that can become of it.
    #[expect(clippy::too_many_lines, reason = "a line per thing that can happen")]
    fn call(&self, who: usize, row: &Progress, out: &mut Vec<(String, Self)>) {
        let Some(handle) = Self::handle(row) else {
            return;
        };
        let version = row.container.as_ref().map_or(0, |c| c.content_version);
        let end = |world: &Self, ended: Event2| {
            let mut next = world.clone();
            if let Some(worker) = next.workers[who].as_mut() {
                worker.held = Held::Ended(Box::new(ended));
                worker.read_at = world.now;
            }
            next
        };
        let mut executed = self.clone();
        let id = executed
            .platform
            .execute(0, version, &handle, self.rules.duplicates, self.now);
        if let Some(id) = id {
            out.push((
                format!("worker {who} publishes, live as {id}"),
                end(&executed, Event2::Live(id)),
            ));
        } else {
            out.push((
                format!("worker {who} publishes, refused as published"),
                end(self, Event2::Unknown { answered: true }),
            ));
        }
        if self.mishaps >= MISHAPS {
            return;
        }
        let mut mishap = |name: &str, world: &Self, ended: Event2| {
            let mut next = end(world, ended);
            next.mishaps += 1;
            out.push((format!("worker {who} publishes, {name}"), next));
        };
        mishap(
            "executed, the reply is lost",
            &executed,
            Event2::Unknown { answered: false },
        );
        mishap(
            "executed, the answer is an error",
            &executed,
            Event2::Unknown { answered: true },
        );
        mishap(
            "dropped before executing",
            self,
            Event2::Unknown { answered: false },
        );
        mishap("no connection", self, Event2::NotSent);
        mishap("refused for a named cause", self, Event2::Refused);
        if self.platform.late.is_empty() {
            let mut late = self.clone();
            let far = if self.rules.late_unbounded {
                LATE_FAR
            } else {
                LATE_BOUND
            };
            late.platform.late.push(Late {
                owner: 0,
                version,
                handle,
                by: self.now + far,
            });
            mishap(
                "the reply is lost and it will execute late",
                &late,
                Event2::Unknown { answered: false },
            );
        }
    }

    fn write_end(&self, who: usize, ended: &Event2, out: &mut Vec<(String, Self)>) {
        let worker = self.workers[who].as_ref().expect("the machine takes it");
        let row = &worker.row;
        let mut next = self.clone();
        let event = event_of(ended, time(worker.read_at), &self.rules);
        let looked = matches!(event, Event::Looked { .. });
        let Some(after) = self.ask(row, event) else {
            return;
        };
        let hold = after.state == State::Armed;
        let wrote = next.record(who, after, hold);
        if wrote
            && hold
            && let Some(worker) = next.workers[who].as_mut()
        {
            worker.armed_it = true;
        }
        let what = if looked {
            "what it saw"
        } else {
            "what the call came to"
        };
        let how = if wrote {
            "writes"
        } else {
            "is fenced off and cannot write"
        };
        out.push((format!("worker {who} {how} {what}"), next));
    }

    /// Reads the container and the list, or is refused.
    fn read(&self, who: usize, row: &Progress, out: &mut Vec<(String, Self)>) {
        let mut next = self.clone();
        if !self.rules.reconcile_first && row.state == State::Uncertain {
            let mut again = row.clone();
            again.state = State::Armed;
            again.armed_at = Some(time(self.now));
            if next.record(who, again, true)
                && let Some(worker) = next.workers[who].as_mut()
            {
                worker.armed_it = true;
            }
            out.push((format!("worker {who} arms again without looking"), next));
            return;
        }
        let state = Self::handle(row).map(|h| self.platform.status(&h));
        let known = row
            .check
            .as_ref()
            .and_then(|c| c.baseline.clone())
            .unwrap_or_default();
        let ids = self.platform.live.iter().map(|l| l.id.clone());
        let new = ids.filter(|id| !known.contains(id)).collect();
        let seen = Event2::Looked {
            state: state.map(|s| u8::from(s == HandleState::Published)),
            candidates: Some(new),
        };
        if let Some(worker) = next.workers[who].as_mut() {
            worker.held = Held::Ended(Box::new(seen));
            worker.read_at = self.now;
        }
        out.push((format!("worker {who} looks: container {state:?}"), next));
        if self.mishaps < MISHAPS {
            let mut refused = self.clone();
            refused.mishaps += 1;
            if let Some(worker) = refused.workers[who].as_mut() {
                let seen = Event2::Looked {
                    state: None,
                    candidates: None,
                };
                worker.held = Held::Ended(Box::new(seen));
                worker.read_at = self.now;
            }
            out.push((format!("worker {who} looks and is refused"), refused));
        }
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

fn event_of(ended: &Event2, at: DateTime<Utc>, rules: &Rules) -> Event {
    let trouble = || Trouble::new("walk", "walk", "wait");
    let sent = |end| Event::Sent {
        at,
        end,
        trace: None,
    };
    match ended {
        Event2::Live(id) => sent(SendEnd::Live(id.clone())),
        Event2::NotSent => sent(SendEnd::NotSent(trouble())),
        Event2::Refused => sent(SendEnd::Refused {
            cause: Hindrance::NotReady,
            trouble: trouble(),
            retry_at: None,
        }),
        // Without the rule an error is taken for "nothing went out".
        Event2::Unknown { .. } if !rules.error_is_unknown => sent(SendEnd::NotSent(trouble())),
        Event2::Unknown { answered } => sent(SendEnd::Unknown {
            answered: *answered,
            trouble: trouble(),
        }),
        Event2::Looked { state, candidates } => Event::Looked {
            evidence: Evidence {
                at,
                handle: state.map(|s| {
                    if s == 1 {
                        HandleState::Published
                    } else {
                        HandleState::Finished
                    }
                }),
                remote_id: None,
                candidates: candidates.as_ref().map(|ids| {
                    ids.iter()
                        .map(|id| Candidate {
                            id: id.clone(),
                            permalink: None,
                            at: None,
                            caption_equal: true,
                        })
                        .collect()
                }),
            },
        },
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
