//! What is altered is found, wherever it is.

use serde_json::json;

use super::{PaperKey, Part, Statement, Verdict, check, read_keys, seal};
use crate::documents::deed::Deed;
use crate::domain::ids::{AgencyCode, DossierCode};

fn key(seed: u8) -> PaperKey {
    PaperKey::from_bytes(&[seed; 32])
}

fn statement() -> Statement {
    Statement {
        deed: Deed::Receipt,
        agency: AgencyCode::from("H40.12"),
        code: Some(DossierCode::from("H40.12-261123-0001")),
        sequence: 20_417,
        chain: [0xab; 8],
        at: "2026-11-23T08:05:00Z".parse().expect("an instant"),
        due: Some("2026-11-26T10:00:00Z".parse().expect("an instant")),
        items: 3,
        contents: Part::digest(&json!({"title": "Giấy tiếp nhận"})),
    }
}

fn part() -> Part {
    Part { text: statement().sign(&key(1)), contents: json!({"title": "Giấy tiếp nhận"}) }
}

/// A PDF as the typesetter ends it.
fn pdf() -> Vec<u8> {
    b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n\
      <</Size 2/Root 1 0 R>>\nstartxref\n29\n%%EOF"
        .to_vec()
}

#[test]
fn a_text_says_what_was_signed_and_fits_a_small_code() {
    let text = statement().sign(&key(1));
    let keys = [key(1).public()];
    for held in [text.clone(), Statement::address("https://motcua.vn", &text), text.to_lowercase()]
    {
        let checked = check(held.as_bytes(), &keys);
        assert_eq!(checked.verdict, Verdict::Genuine, "{:?}", checked.reasons);
        assert_eq!(checked.papers[0].statement, statement());
    }
    let broken_into_lines: String = text
        .as_bytes()
        .chunks(40)
        .map(|line| format!("{}\n", String::from_utf8_lossy(line)))
        .collect();
    assert_eq!(check(broken_into_lines.as_bytes(), &keys).verdict, Verdict::Genuine);
    // Version 10 with error correction M takes 311 of these letters: 65 modules with their margin.
    assert!(Statement::address("https://dichvucong.haichau.danang.gov.vn", &text).len() <= 311);
    assert_eq!(check(text.as_bytes(), &[key(2).public()]).verdict, Verdict::UnknownKey);
    assert_eq!(check(b"Kinh gui: ong An", &keys).verdict, Verdict::Unsigned);
    let address = format!("https://vi.wikipedia.org/wiki/?q={}", "a%20b_c".repeat(40));
    assert_eq!(check(address.as_bytes(), &keys).verdict, Verdict::Unsigned);
    assert_eq!(check(&text.as_bytes()[..120], &keys).verdict, Verdict::Altered);
}

#[test]
fn every_altered_letter_of_a_text_is_found() {
    let text = statement().sign(&key(1));
    for at in 0..text.len() {
        let mut altered = text.clone().into_bytes();
        altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
        let verdict = check(&altered, &[key(1).public()]).verdict;
        // Letters of the key's name make it another key's.
        assert!(
            matches!(verdict, Verdict::Altered | Verdict::UnknownKey),
            "letter {at}: {verdict:?}"
        );
    }
    assert_eq!(check(&text.as_bytes()[1..], &[key(1).public()]).verdict, Verdict::Altered);
}

#[test]
fn every_altered_bit_of_a_file_is_found() {
    let file = seal(pdf(), vec![part()], &key(1)).expect("a file");
    assert!(seal(b"%PDF-1.7".to_vec(), vec![part()], &key(1)).is_err());
    let keys = [key(1).public()];
    let checked = check(&file, &keys);
    assert_eq!(checked.verdict, Verdict::Genuine, "{:?}", checked.reasons);
    assert_eq!(checked.papers[0].contents.as_ref().expect("contents")["title"], "Giấy tiếp nhận");
    for at in 0..file.len() {
        for bit in [0, 5] {
            let mut altered = file.clone();
            altered[at] ^= 1 << bit;
            assert_ne!(check(&altered, &keys).verdict, Verdict::Genuine, "byte {at}, bit {bit}");
        }
    }
    let longer = [&file[..], b"\n"].concat();
    assert_eq!(check(&longer, &keys).verdict, Verdict::Altered);
    assert_eq!(check(&file[..file.len() - 200], &keys).verdict, Verdict::Altered);
    assert_eq!(check(&pdf(), &keys).verdict, Verdict::Unsigned);
}

#[test]
fn a_seal_of_another_paper_or_another_key_seals_nothing() {
    let keys = [key(1).public()];
    let other = Part { contents: json!({"title": "Giấy khác"}), ..part() };
    let sealed = |part, by| seal(pdf(), vec![part], &key(by)).expect("a file");
    let checked = check(&sealed(other.clone(), 1), &keys);
    assert_eq!(checked.verdict, Verdict::Altered);
    // Who has another key can seal a file, but not under this one's name.
    assert_eq!(check(&sealed(part(), 2), &keys).verdict, Verdict::UnknownKey);
    let alone = serde_json::to_vec(&part()).expect("JSON");
    assert_eq!(check(&alone, &keys).verdict, Verdict::Genuine);
    let altered = serde_json::to_vec(&other).expect("JSON");
    assert_eq!(check(&altered, &keys).verdict, Verdict::Altered);
}

#[test]
fn a_public_key_travels_as_pem() {
    let (one, two) = (key(1).public(), key(2).public());
    let text = format!("Khóa của phường\n{}\nKhóa cũ\n{}", one.to_pem(), two.to_pem());
    assert_eq!(read_keys(&text), [one, two]);
    assert!(read_keys("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----").is_empty());
}
