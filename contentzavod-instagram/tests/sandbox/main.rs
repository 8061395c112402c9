//! The sandbox: what it answers on the wire, what it fetches and writes down, and that the real
//! client gets along with it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod accounts;
mod agreeing;
mod bench;
mod bodies;
mod chance;
mod contract;
mod execution;
mod facebook;
mod faults;
mod gate;
mod ledger;
mod load;
mod oauth;
mod page;
mod pull;
mod raw;
mod refusals;
mod states;
mod story;
mod web;
mod wire;
