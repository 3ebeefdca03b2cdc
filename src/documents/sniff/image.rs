//! The structure of the four kinds of pictures: where they end and how large they are.

use super::walk::{Format, Next, be16, be32};

/// Joint Photographic Experts Group: segments up to the scan, then data up to the end mark.
///
/// Phones append a film or data of their own after the end mark, so that it may stand anywhere
/// after the scan began; inside the scan's data it cannot occur by chance.
#[derive(Default)]
pub(super) struct Jpeg {
    expects: JpegPart,
    marker: u8,
    pixels: u64,
}

#[derive(Clone, Copy, Default)]
enum JpegPart {
    #[default]
    Start,
    Marker,
    Code,
    Length,
    Frame(u64),
}

const START_OF_SCAN: u8 = 0xDA;
const END_OF_IMAGE: u8 = 0xD9;

impl Jpeg {
    fn expect(&mut self, part: JpegPart, next: Next) -> Next {
        self.expects = part;
        next
    }

    fn marker(&mut self, code: u8) -> Next {
        self.marker = code;
        match code {
            // Fill bytes may precede a marker's code.
            0xFF => self.expect(JpegPart::Code, Next::take(1)),
            // Markers without a segment.
            0x01 | 0xD0..=0xD7 => self.expect(JpegPart::Marker, Next::take(2)),
            // An end before any scan, or no marker at all.
            0x00 | END_OF_IMAGE => Next::Broken,
            _ => self.expect(JpegPart::Length, Next::take(2)),
        }
    }

    fn segment(&mut self, length: u64) -> Next {
        let is_frame =
            matches!(self.marker, 0xC0..=0xCF) && !matches!(self.marker, 0xC4 | 0xC8 | 0xCC);
        match length {
            0 | 1 => Next::Broken,
            _ if self.marker == START_OF_SCAN => Next::Pair([0xFF, END_OF_IMAGE]),
            7.. if is_frame => self.expect(JpegPart::Frame(length - 7), Next::take(5)),
            _ => self.expect(JpegPart::Marker, Next::Field { skip: length - 2, take: 2 }),
        }
    }
}

impl Format for Jpeg {
    fn first(&self) -> Next {
        Next::take(2)
    }

    fn field(&mut self, bytes: &[u8]) -> Next {
        match self.expects {
            JpegPart::Start => self.expect(JpegPart::Marker, Next::take(2)),
            JpegPart::Marker if bytes[0] == 0xFF => self.marker(bytes[1]),
            JpegPart::Marker => Next::Broken,
            JpegPart::Code => self.marker(bytes[0]),
            JpegPart::Length => self.segment(be16(bytes, 0)),
            JpegPart::Frame(rest) => {
                self.pixels = self.pixels.max(be16(bytes, 1) * be16(bytes, 3));
                self.expect(JpegPart::Marker, Next::Field { skip: rest, take: 2 })
            }
        }
    }

    fn may_end(&self) -> bool {
        false
    }

    fn pixels(&self) -> u64 {
        self.pixels
    }
}

/// Portable Network Graphics: chunks up to `IEND`.
#[derive(Default)]
pub(super) struct Png {
    expects: PngPart,
    pixels: u64,
}

#[derive(Clone, Copy, Default)]
enum PngPart {
    #[default]
    Header,
    Chunk,
    LastChecksum,
}

impl Png {
    fn header(&mut self, bytes: &[u8]) -> Next {
        if be32(bytes, 0) != 13 || &bytes[4..8] != b"IHDR" {
            return Next::Broken;
        }
        self.pixels = be32(bytes, 8) * be32(bytes, 12);
        self.expects = PngPart::Chunk;
        // Five more bytes of the header and its checksum.
        Next::Field { skip: 9, take: 8 }
    }

    fn chunk(&mut self, length: u64, name: &[u8]) -> Next {
        if name == b"IEND" && length == 0 {
            self.expects = PngPart::LastChecksum;
            return Next::take(4);
        }
        if !name.iter().all(u8::is_ascii_alphabetic) {
            return Next::Broken;
        }
        Next::Field { skip: length + 4, take: 8 }
    }
}

impl Format for Png {
    fn first(&self) -> Next {
        // The signature, then the first chunk's length, name, width and height.
        Next::Field { skip: 8, take: 16 }
    }

    fn field(&mut self, bytes: &[u8]) -> Next {
        match self.expects {
            PngPart::Header => self.header(bytes),
            PngPart::Chunk => self.chunk(be32(bytes, 0), &bytes[4..8]),
            PngPart::LastChecksum => Next::Complete,
        }
    }

    fn may_end(&self) -> bool {
        false
    }

    fn pixels(&self) -> u64 {
        self.pixels
    }
}

/// High Efficiency Image File: boxes that tile the file; sizes stand in `meta/iprp/ipco/ispe`.
#[derive(Default)]
pub(super) struct Heif {
    expects: HeifPart,
    pixels: u64,
    has_content: bool,
}

#[derive(Clone, Copy, Default)]
enum HeifPart {
    #[default]
    Box,
    LongSize,
    Extent(u64),
}

impl Heif {
    fn next_box(&mut self, skip: u64) -> Next {
        self.expects = HeifPart::Box;
        Next::Field { skip, take: 8 }
    }

    fn a_box(&mut self, size: u64, name: &[u8]) -> Next {
        if matches!(name, b"meta" | b"moov") {
            self.has_content = true;
        }
        match (name, size) {
            // The last box may run to the end of the file.
            (_, 0) => Next::Complete,
            (_, 1) => {
                self.expects = HeifPart::LongSize;
                Next::take(8)
            }
            (b"meta", 12..) => self.next_box(4),
            (b"iprp" | b"ipco", 8..) => self.next_box(0),
            (b"ispe", 20..) => {
                self.expects = HeifPart::Extent(size - 20);
                Next::take(12)
            }
            (_, 8..) => self.next_box(size - 8),
            _ => Next::Broken,
        }
    }
}

impl Format for Heif {
    fn first(&self) -> Next {
        Next::take(8)
    }

    fn field(&mut self, bytes: &[u8]) -> Next {
        match self.expects {
            HeifPart::Box => self.a_box(be32(bytes, 0), &bytes[4..8]),
            HeifPart::LongSize => match (be32(bytes, 0) << 32 | be32(bytes, 4)).checked_sub(16) {
                Some(rest) => self.next_box(rest),
                None => Next::Broken,
            },
            HeifPart::Extent(rest) => {
                self.pixels = self.pixels.max(be32(bytes, 4).saturating_mul(be32(bytes, 8)));
                self.next_box(rest)
            }
        }
    }

    fn may_end(&self) -> bool {
        self.has_content && matches!(self.expects, HeifPart::Box)
    }

    fn pixels(&self) -> u64 {
        self.pixels
    }
}

/// WebP: one chunk of chunks, whose length stands in front.
#[derive(Default)]
pub(super) struct WebP {
    seen: bool,
    pixels: u64,
}

impl Format for WebP {
    fn first(&self) -> Next {
        // Container header, first chunk's header and the 10 bytes that hold its extent.
        Next::take(30)
    }

    fn field(&mut self, bytes: &[u8]) -> Next {
        if self.seen {
            return Next::Complete;
        }
        self.seen = true;
        let little = |at: usize, count: usize| {
            (0..count).rev().fold(0, |sum, i| sum << 8 | u64::from(bytes[at + i]))
        };
        self.pixels = match &bytes[12..16] {
            b"VP8X" => (little(24, 3) + 1) * (little(27, 3) + 1),
            b"VP8 " => (little(26, 2) & 0x3FFF) * (little(28, 2) & 0x3FFF),
            b"VP8L" => {
                let bits = little(21, 4);
                ((bits & 0x3FFF) + 1) * ((bits >> 14 & 0x3FFF) + 1)
            }
            _ => return Next::Broken,
        };
        // The length counts from the ninth byte on; the last byte of it must be there.
        match little(4, 4) {
            length @ 23.. => Next::Field { skip: length + 8 - 31, take: 1 },
            22 => Next::Complete,
            _ => Next::Broken,
        }
    }

    fn may_end(&self) -> bool {
        false
    }

    fn pixels(&self) -> u64 {
        self.pixels
    }
}
