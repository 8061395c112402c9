//! Everything a publication can say to a person, in English and Russian.
//!
//! The machine and the engine speak in codes ([`Code`]); a platform brings the words of its own
//! codes with its publisher. A [`Trouble`] is kept as code and arguments and becomes a text when
//! somebody reads it, in the reader's language: that is what a [`Phrasebook`] does.

mod action;
mod code;
mod notices;
mod phrasebook;
mod refusals;
pub mod rules;
mod states;
mod text;
mod trouble;

pub use action::Action;
pub use code::Code;
pub(crate) use phrasebook::unnamed;
pub use phrasebook::{Phrasebook, Told};
pub use refusals::Refused;
pub use states::StateWords;
pub use text::{Args, Words, fill, placeholders};
pub use trouble::Trouble;
