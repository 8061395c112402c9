//! The publishing engine of contentzavod.
//!
//! - [`model`]: nouns as data.
//! - [`publication`]: the machine, pure: state and event to state and effects.
//! - [`engine`]: the loops that make it happen.
//! - [`ports`]: what the core asks of the outside.
//! - [`service`]: the use cases, behind one facade.
//!
//! A program that embeds it gives an [`engine::Engine`] a store, a vault, blobs, a clock and a
//! publisher; `contentzavod-store` and `contentzavod-instagram` bring these. What the engine then
//! does with a publication is decided by a pure function that anybody can ask:
//!
//! ```
//! use chrono::{DateTime, TimeDelta};
//! use contentzavod_core::publication::{Context, Event, Numbers, Progress, State, step};
//!
//! let now = DateTime::from_timestamp(1_790_000_000, 0).ok_or("no time")?;
//! let (due, max_late) = (now + TimeDelta::hours(5), TimeDelta::hours(6));
//! let numbers = Numbers::default();
//!
//! let draft = Progress::draft(due, max_late, 1);
//! let schedule = Event::Schedule { due, max_late };
//! let scheduled = step(&draft, schedule, &Context { now, numbers: &numbers })?.next;
//!
//! assert_eq!(scheduled.state, State::Scheduled);
//! // Prepared half an hour ahead, so that at the due time one call is left.
//! assert_eq!(scheduled.next_at, Some(due - TimeDelta::minutes(30)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod crash;
pub mod engine;
pub mod model;
pub mod ports;
pub mod publication;
pub mod service;
#[cfg(feature = "testing")]
pub mod testing;
pub mod words;
