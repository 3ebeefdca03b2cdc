//! QR codes as vector drawings.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};
use maud::{Markup, html};

/// A QR code of `content` with a title for screen readers; `None` when the content is too long.
/// Its text stands beside it on the page: a code is never the only way.
pub fn qr_code(title: &str, content: &str) -> Option<Markup> {
    const QUIET: usize = 4;
    let code = QRBuilder::new(content).ecl(ECL::M).build().ok()?;
    let side = code.size + 2 * QUIET;
    let mut path = String::with_capacity(code.size * code.size * 4);
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let run = (x..code.size).take_while(|x| code[y][*x].value()).count();
            if run > 0 {
                // Writing to a String cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run + 1;
        }
    }
    Some(html! {
        svg.qr role="img" aria-label=(title) viewBox={ "0 0 " (side) " " (side) } {
            title { (title) }
            path.qr-paper d={ "M0 0h" (side) "v" (side) "H0z" } {}
            path.qr-ink d=(path) {}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::qr_code;

    #[test]
    fn a_code_has_its_title_and_an_endless_text_has_none() {
        let page = qr_code("Mã \"hồ sơ\"", "https://example.org/tra-cuu/H40.12-261123-0001");
        assert!(page.expect("short enough").into_string().contains("Mã &quot;hồ sơ&quot;"));
        assert!(qr_code("x", &"a".repeat(5000)).is_none());
    }
}
