//! Says before the deadline what Instagram would refuse, and why.
//!
//! Instagram answers a bad video with one code that names no cause, at the moment it was promised
//! for. This crate looks inside the file and names the rule: pure Rust, no async, no network, no
//! file system of its own.
//!
//! ```
//! use contentzavod_preflight::{Policy, Verdict, check};
//!
//! let not_a_video = std::io::Cursor::new(b"hello, world".to_vec());
//! let report = check(not_a_video, 12, &Policy::instagram_reel());
//! assert_eq!(report.verdict, Verdict::Reject);
//! assert_eq!(report.findings[0].rule, "container.format");
//! ```
#![forbid(unsafe_code)]

mod bitstream;
mod boxes;
pub mod caption;
mod check;
mod cover;
pub mod facts;
mod faststart;
pub mod finding;
mod head;
mod jpeg;
pub mod messages;
mod movie;
pub mod pages;
pub mod policy;
pub mod report;
mod rules;
mod sniff;
mod table;
mod track;
pub mod transcode;
pub mod walk;

pub use caption::{check_caption, normalise_caption};
pub use check::check;
pub use cover::check_cover;
pub use facts::{AudioFacts, Edits, Facts, VideoFacts};
pub use faststart::{FaststartError, faststart, moved};
pub use finding::{Finding, Severity};
pub use head::{Head, check_head};
pub use messages::{Lang, localise};
pub use policy::{CaptionPolicy, Level, Limit, Policy};
pub use report::{Report, Verdict};
pub use sniff::{Kind, SNIFFED, sniff};
pub use transcode::{Change, Incurable, Shape, Transcode};
