//! Headers of the streams themselves: what they say holds where boxes are silent or lie.

pub(crate) mod aac;
mod bits;
pub(crate) mod h264;
pub(crate) mod hevc;

/// What a sequence parameter set says of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sps {
    /// `chroma_format_idc`: 0 is monochrome, 1 is 4:2:0, 2 is 4:2:2, 3 is 4:4:4.
    pub(crate) chroma: u8,
    pub(crate) depth: u8,
    pub(crate) interlaced: bool,
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Width to height of a pixel, where it is said.
    pub(crate) pixel: Option<(u32, u32)>,
}
