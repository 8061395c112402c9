//! The front door from outside: how people come in, how they do not, and what they may do then.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod away;
mod browser;
mod connect;
mod cookies;
mod crossed;
mod foreign;
mod invited;
mod operations;
mod pages;
mod proved;
mod refused;
mod rights;
mod roles;
mod sound;
mod table;
mod ways;
mod world;
