//! One rule a function; each says which error of Instagram it prevents.

pub(crate) mod audio;
pub(crate) mod container;
pub(crate) mod video;
