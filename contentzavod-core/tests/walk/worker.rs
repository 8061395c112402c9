//! What a worker may do with the row it holds, and everything that can become of it.

use chrono::{DateTime, Utc};
use contentzavod_core::ports::HandleState;
use contentzavod_core::publication::event::{Hindrance, SendEnd};
use contentzavod_core::publication::reconcile::{Candidate, Evidence};
use contentzavod_core::publication::{Code, Event, Handle, Progress, State, Trouble};

use crate::platform::Late;
use crate::world::{Event2, Held, LATE_BOUND, LATE_FAR, MISHAPS, Rules, World, time};

impl World {
    /// Everything a worker that holds the row may do next.
    pub(crate) fn work(&self, who: usize, out: &mut Vec<(String, Self)>) {
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
}

fn event_of(ended: &Event2, at: DateTime<Utc>, rules: &Rules) -> Event {
    let trouble = || Trouble::of(Code::CallHangs);
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
            retry_at: None,
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
