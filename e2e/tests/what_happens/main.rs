//! "What happens when…": situations, what the person sees in each, and the proof that it is so.
//!
//! The pages `docs/what-happens.md` and `docs/what-happens.ru.md` are made of the table of situations
//! and of the same words that the API answers with; every row that promises a state is played
//! against a server and the sandbox.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod page;
mod play;
mod script;
mod situations;
mod world;
