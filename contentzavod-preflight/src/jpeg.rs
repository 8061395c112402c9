//! The size of a JPEG, from its frame header.

use std::io::{self, Read};

/// More segments than any honest header has.
const SEGMENTS_MAX: usize = 1000;

/// Width and height; `None` when there is no frame header.
pub(crate) fn size<R: Read>(reader: &mut R) -> io::Result<Option<(u32, u32)>> {
    let mut two = [0; 2];
    if !read(reader, &mut two)? || two != [0xFF, 0xD8] {
        return Ok(None);
    }
    for _ in 0..SEGMENTS_MAX {
        let Some(marker) = marker(reader)? else {
            return Ok(None);
        };
        match marker {
            // Start of frame, all kinds but the tables that share the range.
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let mut frame = [0; 7];
                if !read(reader, &mut frame)? {
                    return Ok(None);
                }
                let [_, _, _, h1, h0, w1, w0] = frame;
                let (h, w) = (u16::from_be_bytes([h1, h0]), u16::from_be_bytes([w1, w0]));
                return Ok((h > 0 && w > 0).then(|| (u32::from(w), u32::from(h))));
            }
            // Image data or the end before any frame.
            0xD9 | 0xDA => return Ok(None),
            // Markers without a body.
            0x01 | 0xD0..=0xD8 => {}
            _ => {
                if !read(reader, &mut two)? {
                    return Ok(None);
                }
                let Some(body) = u64::from(u16::from_be_bytes(two)).checked_sub(2) else {
                    return Ok(None);
                };
                io::copy(&mut reader.by_ref().take(body), &mut io::sink())?;
            }
        }
    }
    Ok(None)
}

fn marker<R: Read>(reader: &mut R) -> io::Result<Option<u8>> {
    let mut one = [0];
    if !read(reader, &mut one)? || one[0] != 0xFF {
        return Ok(None);
    }
    // Fill bytes may stand before the marker.
    for _ in 0..SEGMENTS_MAX {
        if !read(reader, &mut one)? {
            return Ok(None);
        }
        if one[0] != 0xFF {
            return Ok(Some(one[0]));
        }
    }
    Ok(None)
}

/// Fills the buffer; false when the file ends before.
fn read<R: Read>(reader: &mut R, buffer: &mut [u8]) -> io::Result<bool> {
    match reader.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(e) => Err(e),
    }
}
