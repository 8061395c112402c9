#![doc = include_str!("../README.md")]

mod connect;
#[rustfmt::skip]
mod generated;
mod problem;
mod secret;
pub mod upload;

pub use connect::{ApiKey, ConnectError};
pub use generated::{ByteStream, Client, ClientInfo, Error, ResponseValue, builder, types};
pub use secret::Secret;
