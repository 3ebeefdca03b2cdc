//! What holds for every component at once.

use std::fs;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use maud::Markup;

use super::gallery;
use crate::domain::words::Lang;
use crate::web::assets;
use crate::web::components::Crumb;
use crate::web::shell::{Area, DESK_NAV, Look, PageFrame, page};

fn framed(lang: Lang, desk: bool, look: Look) -> Markup {
    let area = Area::Desk {
        name: "Trần Thị Ngọc \"Ễnh\"", unit: "Bộ phận Một cửa", csrf: "t"
    };
    let frame = PageFrame {
        lang,
        title: "Thành phần giao diện",
        agency: "Ủy ban nhân dân phường Hòa Hưng",
        phone: "028 3865 4249",
        address: "Số 5 đường Ễ Ộ ậ, phường Hòa Hưng, Thành phố Hồ Chí Minh",
        look,
        area: if desk { area } else { Area::Public },
        path: "/thu-tuc/1.001193",
        above: &[
            Crumb { href: "/", label: "Trang chủ" },
            Crumb { href: "/thu-tuc", label: "Thủ tục" },
        ],
        training: "16:30, 27/11/2026",
        wide: true,
        ..PageFrame::default()
    };
    let frame = if desk { PageFrame { nav: DESK_NAV, path: "/mot-cua", ..frame } } else { frame };
    page(&frame, &gallery(lang))
}

fn compressed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("writing to memory");
    encoder.finish().expect("writing to memory").len()
}

/// The attributes of a page: every `name` in `<tag … name="…">`.
fn attributes(page: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for tag in page.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        // Values hold no quotes: the quote of an attribute is always its own.
        for (index, piece) in tag.split('"').enumerate() {
            if index % 2 == 0 {
                names.extend(piece.split_whitespace().filter_map(|word| word.strip_suffix('=')));
            }
        }
    }
    names
}

#[test]
fn no_page_carries_inline_style_or_script() {
    for desk in [false, true] {
        let text = framed(Lang::Vi, desk, Look::System).into_string();
        let names = attributes(&text);
        assert!(names.contains(&"class") && names.contains(&"aria-describedby"));
        for name in names {
            assert!(name != "style" && !name.starts_with("on"), "{name}");
        }
        assert!(!text.contains("<style") && !text.contains("javascript:"));
        assert_eq!(text.matches("<script").count(), text.matches("<script src=\"/assets/").count());
        assert!(!text.contains("=\"http"), "something comes from another host");
    }
}

#[test]
fn ids_are_unique_and_labels_reach_their_controls() {
    let text = framed(Lang::Vi, true, Look::System).into_string();
    let values = |name: &str| -> Vec<String> {
        let start = format!(" {name}=\"");
        let pieces = text.split(start.as_str()).skip(1);
        pieces.filter_map(|rest| rest.split('"').next().map(str::to_owned)).collect()
    };
    let mut ids = values("id");
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands twice");
    for reference in values("for").iter().chain(&values("aria-describedby")) {
        for id in reference.split(' ') {
            assert!(ids.binary_search(&id.to_owned()).is_ok(), "nothing has the id {id}");
        }
    }
}

#[test]
fn the_gallery_speaks_english_too_and_markup_in_names_stays_words() {
    let text = framed(Lang::En, true, Look::System).into_string();
    for words in ["Skip to content", "What can be done now", "Fix 3 things", "Sign out"] {
        assert!(text.contains(words), "{words}");
    }
    assert!(text.contains("Hợp tác xã &lt;Rau &quot;sạch&quot;&gt; &amp; O'Neil"));
}

#[test]
fn styles_scripts_and_pages_keep_their_weight() {
    let css = assets::bytes("site.css");
    let scripts = [assets::bytes("site.js"), assets::bytes("desk.js")].concat();
    assert!(!css.is_empty() && !scripts.is_empty());
    assert!(compressed(&css) <= 14 * 1024, "CSS {}", compressed(&css));
    assert!(compressed(&scripts) <= 10 * 1024, "scripts {}", compressed(&scripts));
    let text = framed(Lang::Vi, true, Look::System).into_string();
    assert!(compressed(text.as_bytes()) <= 24 * 1024, "HTML {}", compressed(text.as_bytes()));
}

/// Writes the gallery for a look in a browser: `cargo test -- --ignored write_the_gallery`.
#[test]
#[ignore = "writes files for the eye"]
fn write_the_gallery() {
    let folder = std::env::temp_dir().join("motcua-gallery");
    fs::create_dir_all(&folder).expect("a folder");
    for (name, desk, look) in [
        ("public", false, Look::Light),
        ("public-dark", false, Look::Dark),
        ("desk", true, Look::Light),
        ("desk-dark", true, Look::Dark),
    ] {
        let mut text = framed(Lang::Vi, desk, look).into_string();
        for asset in ["site.css", "site.js", "desk.js", "favicon.svg"] {
            text = text.replace(assets::href(asset), asset);
            fs::write(folder.join(asset), assets::bytes(asset)).expect("an asset");
        }
        fs::write(folder.join(format!("{name}.html")), text).expect("a page");
    }
}
