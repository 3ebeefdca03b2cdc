//! The world is closed, its fonts are Vietnamese, and text stays text.

use jiff::civil::{DateTime, datetime};
use serde_json::{Value, json};
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

use super::text::{is_covered, printable};
use super::world::{PRESS, PaperWorld};
use super::{Layout, Layouts, PaperFault, Ready};
use crate::documents::deed::Deed;

/// The data of a refusal, the shortest paper, with a person of this name.
fn refusal(name: &str) -> Value {
    json!({
        "paper": "a5", "form_number": "Mẫu số 03", "title": "Phiếu từ chối", "superior": null,
        "agency": "UBND phường Hải Châu", "section": null, "number": null,
        "place_and_date": "Hải Châu, ngày 23 tháng 11 năm 2026", "dossier_code": null,
        "training": null, "qr": null, "lookup_secret": null, "lookup_address": null,
        "anchor": null, "refused_by": null, "received_at_section": "Bộ phận Một cửa",
        "person": { "name": name, "address": null, "phone": null, "email": null },
        "procedure": "Đăng ký khai sinh", "reasons": ["Không thuộc thẩm quyền."], "basis": null,
        "contact": { "name": "Trần B", "phone": null }, "submitter": "An", "officer": "Bình",
    })
}

fn render(deed: Deed, data: &Value, issued: DateTime) -> Result<Vec<u8>, PaperFault> {
    super::render(&Layouts::default(), &Ready::new(deed, data.clone(), issued))
}

/// All text of a set paper, in order.
fn text_of(deed: Deed, data: &Value) -> String {
    let layouts = Layouts::default();
    let world = PaperWorld::new(&layouts, deed, printable(data).to_string());
    let set = typst::compile::<PagedDocument>(&world);
    assert!(set.warnings.is_empty(), "{:?}", set.warnings);
    let mut text = String::new();
    for page in set.output.expect("a paper").pages() {
        gather(&page.frame, &mut text);
    }
    text
}

fn gather(frame: &Frame, text: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => gather(&group.frame, text),
            FrameItem::Text(run) => text.push_str(&run.text),
            _ => {}
        }
    }
}

#[test]
fn the_fonts_cover_every_vietnamese_letter() {
    assert_eq!(PRESS.fonts.len(), 4);
    let vowels = "aăâeêioôơuưy";
    let tones = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
    let mut letters: Vec<char> = "đĐ–…“”•₫§\u{25A1}".chars().collect();
    for vowel in vowels.chars().chain(vowels.to_uppercase().chars()) {
        for tone in tones {
            let decomposed = json!(format!("{vowel}{tone}"));
            let composed = printable(&decomposed);
            letters.extend(composed.as_str().expect("text").chars());
        }
    }
    assert_eq!(letters.len(), 10 + 2 * 12 * 6, "each vowel with each tone is one letter");
    for letter in letters {
        assert!(is_covered(letter), "{letter} U+{:04X}", u32::from(letter));
    }
}

#[test]
fn what_people_wrote_is_never_markup() {
    let attack =
        r##"#panic("x") $ x^2 $ *b* _i_ `raw` #read("/etc/passwd") <l> @r // -- ~ \u{41}"##;
    let text = text_of(Deed::ReceptionRefusal, &refusal(attack));
    // Spaces may fall at line ends.
    let squeeze = |text: &str| text.split_whitespace().collect::<String>();
    assert!(squeeze(&text).contains(&squeeze(attack)), "{text}");
}

#[test]
fn decomposed_and_stacked_letters_are_set_composed() {
    let text = text_of(Deed::ReceptionRefusal, &refusal("Nguye\u{302}\u{303}n E\u{302}\u{301}"));
    assert!(text.contains("Nguyễn Ế"), "{text}");
}

#[test]
fn what_the_fonts_lack_is_shown_as_a_gap() {
    let shown = printable(&json!(["龍 An", "a\u{202E}b\u{0}c\td", "👍🏽"]));
    assert_eq!(shown, json!(["\u{25A1} An", "abc d", "\u{25A1}\u{25A1}"]));
    assert!(
        render(Deed::ReceptionRefusal, &refusal("龍"), datetime(2026, 11, 23, 9, 0, 0, 0)).is_ok()
    );
}

#[test]
fn the_same_data_gives_the_same_bytes() {
    let at = datetime(2026, 11, 23, 9, 0, 0, 0);
    let set = |name, at| render(Deed::ReceptionRefusal, &refusal(name), at).expect("a paper");
    let first = set("An", at);
    assert_eq!(first, set("An", at));
    assert_ne!(first, set("Bình", at));
    assert_ne!(first, set("An", datetime(2026, 11, 24, 9, 0, 0, 0)));
}

#[test]
fn missing_data_is_a_fault_with_its_place() {
    let at = datetime(2026, 11, 23, 9, 0, 0, 0);
    let fault = render(Deed::Receipt, &json!({}), at).expect_err("no data");
    assert_eq!(fault.deed, Deed::Receipt);
    assert!(fault.place.starts_with("parts.typ:"), "{fault}");
    assert!(!fault.message.is_empty());
}

#[test]
fn papers_are_archival() {
    let pdf = render(Deed::ReceptionRefusal, &refusal("An"), datetime(2026, 11, 23, 9, 0, 0, 0));
    let pdf = String::from_utf8_lossy(&pdf.expect("a paper")).into_owned();
    assert!(pdf.contains("pdfaid:part>2<") || pdf.contains("pdfaid:part=\"2\""), "no PDF/A mark");
}

#[test]
fn an_adapted_layout_is_used_and_reaches_nothing_outside() {
    let at = datetime(2026, 11, 23, 9, 0, 0, 0);
    let paper = Ready::new(Deed::ReceptionRefusal, refusal("An"), at);
    let layout = Layout::Paper(Deed::ReceptionRefusal);
    let own = |text: &str| Layouts::default().with(layout, text.to_owned());
    let adapted = "#import \"parts.typ\": *\n#show: sheet\n#data.person.name đã đọc.";
    assert!(super::render(&own(adapted), &paper).is_ok());
    for (line, wrong) in [
        (1, "#read(\"/etc/passwd\")"),
        (1, "#json(\"../secret.json\")"),
        (2, "An\n#import \"@preview/cetz:0.3.0\": canvas"),
        (3, "#import \"parts.typ\": *\n#show: sheet\n#data.no_such_field"),
        (2, "An\n#let x = ("),
        (1, "#while true { }"),
    ] {
        let fault = super::render(&own(wrong), &paper).expect_err(wrong);
        let place = format!("reception_refusal.typ:{line}:");
        assert!(fault.place.starts_with(&place), "{wrong}: {fault}");
    }
}
