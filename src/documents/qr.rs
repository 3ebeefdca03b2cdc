//! QR codes as SVG, for pages and papers.

use std::fmt::Write;

use fast_qr::qr::QRBuilder;
use fast_qr::{ECL, QRCode};

/// Light modules around the code, as ISO/IEC 18004 asks.
const QUIET: usize = 4;

/// The text does not fit into a QR code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text is too long for a QR code: {0} bytes")]
pub struct TooLong(pub usize);

/// The text as a QR code (error correction M): an `<svg>` element without size, style or title, which
/// the page adds around it. Dark runs are one path, so that no seams show between modules.
///
/// # Errors
/// [`TooLong`] over 2,331 bytes.
pub fn svg(text: &str) -> Result<String, TooLong> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(|_| TooLong(text.len()))?;
    let side = code.size + 2 * QUIET;
    let path = dark_runs(&code);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/>\
         <path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

fn dark_runs(code: &QRCode) -> String {
    let mut path = String::with_capacity(code.size * code.size * 3);
    for y in 0..code.size {
        let mut x = 0;
        for run in code[y][..code.size].chunk_by(|a, b| a.value() == b.value()) {
            if run[0].value() {
                // Writing to a string cannot fail.
                let _ = write!(
                    path,
                    "M{} {}h{length}v1h-{length}z",
                    x + QUIET,
                    y + QUIET,
                    length = run.len()
                );
            }
            x += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::{TooLong, svg};

    #[test]
    fn a_code_is_plain_svg_with_three_finders() {
        let code = svg("H40.12-261123-0001").expect("short");
        assert!(code.starts_with("<svg xmlns=") && code.ends_with("</svg>"));
        assert!(!code.contains("style") && !code.contains("width="));
        // The outer edge of a finder pattern is a dark run of seven modules, above and below.
        assert!(code.matches("h7v1h-7z").count() >= 6, "{code}");
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        assert!(svg(&"a".repeat(2_300)).is_ok());
        assert_eq!(svg(&"a".repeat(3_000)), Err(TooLong(3_000)));
    }
}
