//! The pages in a real browser: Chromium, moved by its driver as a person moves it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod driver;
mod looks;
mod shots;
mod story;
mod tab;
mod ways;
