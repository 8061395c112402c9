//! The second model: two posts with one caption on one account, whose calls may get lost.

use chrono::TimeDelta;
use contentzavod_core::ports::HandleState;
use contentzavod_core::publication::event::SendEnd;
use contentzavod_core::publication::reconcile::{Candidate, Evidence};
use contentzavod_core::publication::{
    Code, Context, Event, Handle, Numbers, Progress, State, Trouble, step,
};

use crate::explore::{Found, Walk, walk};
use crate::platform::Platform;
use crate::world::{tidy, time};

const HORIZON: i64 = 6;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Twins {
    /// Arming waits while a twin is armed, uncertain or in review.
    one_at_a_time: bool,
    now: i64,
    rows: [Progress; 2],
    platform: Platform,
    /// The container's state can be read.
    readable: bool,
}

fn numbers() -> Numbers {
    let s = TimeDelta::seconds;
    Numbers {
        arm_ahead: s(0),
        settle: s(1),
        settle_timeout: s(1),
        finished_reads: 1,
        sends_max: 2,
        looks: vec![s(1)],
        look_for: s(4),
        ..Numbers::default()
    }
}

/// Walks the model.
pub(crate) fn walk_twins(one_at_a_time: bool) -> Found {
    let rows = [0, 1].map(|who| {
        let mut row = Progress::draft(time(0), TimeDelta::seconds(100), 1);
        let due = time(0);
        let events = [
            Event::Schedule {
                due,
                max_late: TimeDelta::seconds(100),
            },
            Event::Begin,
            Event::Created {
                handle: Handle(format!("c{who}")),
            },
            Event::Delivered,
            Event::Polled {
                state: HandleState::Finished,
                curable: false,
                trouble: None,
            },
            Event::Checked {
                baseline: Some(Vec::new()),
            },
        ];
        for event in events {
            row = ask(&row, event, 0).expect("the machine takes it");
        }
        row
    });
    walk(&Twins {
        one_at_a_time,
        now: 0,
        rows,
        platform: Platform::default(),
        readable: true,
    })
}

fn ask(row: &Progress, event: Event, now: i64) -> Option<Progress> {
    let numbers = numbers();
    let context = Context {
        now: time(now),
        numbers: &numbers,
    };
    step(row, event, &context).ok().map(|s| s.next)
}

impl Twins {
    fn with(&self, who: usize, row: Progress) -> Self {
        let mut next = self.clone();
        next.rows[who] = row;
        next
    }

    fn arm(&self, who: usize) -> Option<Self> {
        let twin = self.rows[1 - who].state;
        if self.one_at_a_time && twin.is_armed_side() {
            return None;
        }
        // What the checks read just before: the list as it is now.
        let baseline = self.platform.live.iter().map(|l| l.id.clone()).collect();
        let checked = ask(
            &self.rows[who],
            Event::Checked {
                baseline: Some(baseline),
            },
            self.now,
        )?;
        Some(self.with(who, ask(&checked, Event::Arm, self.now)?))
    }

    fn calls(&self, who: usize, out: &mut Vec<(String, Self)>) {
        let handle = format!("c{who}");
        let lost = SendEnd::Unknown {
            answered: false,
            retry_at: None,
            trouble: Trouble::of(Code::CallHangs),
        };
        let sent = |end| Event::Sent {
            at: time(self.now),
            end,
            trace: None,
        };
        let mut done = self.clone();
        if let Some(id) = done.platform.execute(who, 1, &handle, false, self.now) {
            let row = ask(&self.rows[who], sent(SendEnd::Live(id)), self.now);
            out.extend(row.map(|r| (format!("post {who} is live"), done.with(who, r))));
        }
        let row = ask(&self.rows[who], sent(lost), self.now).expect("the machine takes it");
        out.push((
            format!("post {who} is live, the reply is lost"),
            done.with(who, row.clone()),
        ));
        out.push((
            format!("post {who} is dropped, the reply is lost"),
            self.with(who, row),
        ));
    }

    fn look(&self, who: usize) -> Option<Self> {
        let row = &self.rows[who];
        row.next_at.filter(|at| *at <= time(self.now))?;
        let known = row.check.as_ref()?.baseline.clone()?;
        let bound: Vec<_> = self.rows[1 - who].remote_id.iter().cloned().collect();
        let fitting = self.platform.live.iter().map(|l| &l.id);
        let fitting = fitting.filter(|id| !known.contains(id) && !bound.contains(id));
        let candidates = fitting
            .map(|id| Candidate {
                id: id.clone(),
                permalink: None,
                at: None,
                caption_equal: true,
            })
            .collect();
        let handle = self
            .readable
            .then(|| self.platform.status(&format!("c{who}")));
        let evidence = Evidence {
            at: time(self.now),
            handle,
            remote_id: None,
            candidates: Some(candidates),
        };
        Some(self.with(who, ask(row, Event::Looked { evidence }, self.now)?))
    }
}

impl Walk for Twins {
    fn successors(&self) -> Vec<(String, Self)> {
        let mut out = Vec::new();
        if self.now < HORIZON {
            let mut next = self.clone();
            next.now += 1;
            out.push((format!("the clock shows {}", next.now), next));
        }
        if self.readable {
            let mut next = self.clone();
            next.readable = false;
            out.push(("containers cannot be read any more".to_owned(), next));
        }
        for who in 0..2 {
            match self.rows[who].state {
                State::Ready => {
                    out.extend(self.arm(who).map(|w| (format!("post {who} is armed"), w)));
                }
                State::Armed => self.calls(who, &mut out),
                State::Uncertain | State::NeedsReview => {
                    out.extend(
                        self.look(who)
                            .map(|w| (format!("post {who} is looked for"), w)),
                    );
                }
                _ => {}
            }
        }
        out
    }

    fn canonical(mut self) -> Self {
        for row in &mut self.rows {
            tidy(row);
            if let Some(doubt) = &mut row.doubt {
                doubt.quiet_reads = doubt.quiet_reads.min(1);
            }
        }
        self
    }

    fn promise(&self) -> Result<(), String> {
        for who in 0..2 {
            let live: Vec<_> = self.platform.of(who).collect();
            if live.len() > 1 {
                return Err(format!("post {who} is live {} times", live.len()));
            }
            if self.rows[who].state == State::Published && live.is_empty() {
                return Err(format!("post {who} is said to be live and is not"));
            }
            if let Some(id) = &self.rows[who].remote_id
                && live.iter().all(|l| l.id != *id)
            {
                return Err(format!(
                    "post {who} is said to be {id}, which is the other's"
                ));
            }
        }
        Ok(())
    }
}
