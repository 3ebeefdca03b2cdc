//! Codes on scanned sheets: pictures, and the pages of PDF files, are searched for QR codes.
//!
//! A picture has to be unpacked to be looked at, so a scan is the one attachment that lies in memory as a
//! whole, with a bound on what is read and on what it unpacks to.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};
use image::{GrayImage, ImageReader, Limits};
use rqrr::PreparedImage;

use super::sniff::MediaType;

/// Pages of a PDF that are looked at: a code stands on the first one, unless a cover was scanned too.
const MAX_PAGES: usize = 3;
/// The longer side of what is looked at, in pixels: an A4 sheet at 200 dots an inch.
const SIDE: u32 = 2_340;
/// The longer side of a picture that is unpacked.
const MAX_SIDE: u32 = 16_000;
/// Memory that a picture may unpack to.
const MAX_UNPACKED: u64 = 512 << 20;

/// The texts of the QR codes of a file that has at most `max_size` bytes; none where it cannot be read.
/// Takes up to a second of processor time.
pub fn codes(content: impl Read, media_type: MediaType, max_size: u64) -> Vec<String> {
    let mut bytes = Vec::new();
    if content.take(max_size).read_to_end(&mut bytes).is_err() {
        return Vec::new();
    }
    // Whoever made the file decides what the decoders meet: at worst it has no code.
    let found = catch_unwind(AssertUnwindSafe(|| match media_type {
        MediaType::Pdf => on_pages(bytes),
        MediaType::Jpeg | MediaType::Png => picture(bytes).map(|picture| on(&picture)),
        MediaType::Heic | MediaType::Webp => None,
    }));
    found.ok().flatten().unwrap_or_default()
}

/// The codes of the first page that has any.
fn on_pages(bytes: Vec<u8>) -> Option<Vec<String>> {
    let pdf = Pdf::new(Arc::new(bytes)).ok()?;
    let cache = RenderCache::new();
    let mut pages = pdf.pages().iter().take(MAX_PAGES).filter_map(|page| {
        let (width, height) = page.render_dimensions();
        let longer = width.max(height);
        let scale = (longer.is_finite() && longer > 1.0).then(|| SIDE as f32 / longer)?;
        let settings = RenderSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
            ..RenderSettings::default()
        };
        let drawn = render(page, &cache, &InterpreterSettings::default(), &settings);
        // Codes are black on white: any of the colours tells them apart.
        let grey = drawn.data().iter().map(|pixel| pixel.g).collect();
        GrayImage::from_raw(drawn.width().into(), drawn.height().into(), grey)
    });
    pages.find_map(|page| Some(on(&page)).filter(|codes| !codes.is_empty()))
}

fn picture(bytes: Vec<u8>) -> Option<GrayImage> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_UNPACKED);
    reader.limits(limits);
    let decoded = reader.decode().ok()?;
    let is_large = decoded.width().max(decoded.height()) > SIDE;
    Some(if is_large { decoded.thumbnail(SIDE, SIDE) } else { decoded }.into_luma8())
}

fn on(picture: &GrayImage) -> Vec<String> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let grey = picture.as_raw();
    let mut prepared =
        PreparedImage::prepare_from_greyscale(width, height, |x, y| grey[y * width + x]);
    let codes = prepared.detect_grids().into_iter().filter_map(|grid| grid.decode().ok());
    codes.map(|(_, text)| text).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use fast_qr::qr::QRBuilder;
    use image::{GrayImage, ImageFormat, Luma, imageops};

    use super::{MediaType, codes};

    const TEXT: &str = "https://mot-cua.example.vn/to-khai/1.001193/2";

    /// A sheet with a code in its corner, turned a quarter as scanners do.
    fn sheet() -> GrayImage {
        let code = QRBuilder::new(TEXT).build().unwrap();
        let mut sheet = GrayImage::from_pixel(1240, 1754, Luma([250]));
        for y in 0..code.size * 6 {
            for x in 0..code.size * 6 {
                if code[y / 6][x / 6].value() {
                    let at = |place: usize| u32::try_from(place).unwrap() + 90;
                    sheet.put_pixel(at(x), at(y), Luma([20]));
                }
            }
        }
        imageops::rotate90(&sheet)
    }

    fn written(format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        sheet().write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_code_is_found_on_pictures_however_they_lie() {
        let kinds = [(ImageFormat::Png, MediaType::Png), (ImageFormat::Jpeg, MediaType::Jpeg)];
        for (format, kind) in kinds {
            assert_eq!(codes(written(format).as_slice(), kind, 1 << 20), [TEXT], "{kind:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_has_no_code() {
        let picture = written(ImageFormat::Png);
        assert!(codes(&picture[..picture.len() / 2], MediaType::Png, 1 << 20).is_empty());
        assert!(codes(picture.as_slice(), MediaType::Pdf, 1 << 20).is_empty());
        assert!(codes(picture.as_slice(), MediaType::Png, 100).is_empty(), "more than is read");
    }
}
