//! What is particular to the store on SQLite: the file, the writer, the plans. What every store
//! must do is in the conformance suite.
#![cfg(feature = "sqlite")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

#[path = "sqlite/claims.rs"]
mod claims;
#[path = "sqlite/file.rs"]
mod file;
#[path = "sqlite/invariants.rs"]
mod invariants;
#[path = "sqlite/posts.rs"]
mod posts;
#[path = "sqlite/records.rs"]
mod records;
#[path = "sqlite/rights.rs"]
mod rights;
#[path = "sqlite/world.rs"]
mod world;
#[path = "sqlite/writes.rs"]
mod writes;
