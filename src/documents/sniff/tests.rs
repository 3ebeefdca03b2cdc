//! Small files made by hand, whole and broken, in chunks of every size.

use std::io::Write;

use proptest::prelude::*;

use super::{MediaType, Sniffed, Sniffer, Unfit, clean_name};

/// Judges a file, pushed in chunks of `step` bytes.
fn judge_by(
    step: usize,
    name: &str,
    declared: Option<&str>,
    bytes: &[u8],
) -> Result<Sniffed, Unfit> {
    let mut sniffer = Sniffer::new(name, declared);
    for chunk in bytes.chunks(step) {
        sniffer.push(chunk)?;
    }
    sniffer.finish()
}

/// Judges a file in one chunk and byte by byte: both must agree.
fn judge(name: &str, bytes: &[u8]) -> Result<Sniffed, Unfit> {
    let whole = judge_by(usize::MAX, name, None, bytes);
    assert_eq!(judge_by(1, name, None, bytes), whole, "chunking changed the judgement of {name}");
    whole
}

pub(crate) fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut file = vec![0xFF, 0xD8];
    // An application segment whose thumbnail has an end mark of its own.
    file.extend([0xFF, 0xE1, 0, 8, 0xFF, 0xD8, 0xFF, 0xD9, 1, 2]);
    file.extend([0xFF, 0xC0, 0, 11, 8]);
    file.extend(height.to_be_bytes());
    file.extend(width.to_be_bytes());
    file.extend([1, 1, 0x11, 0]);
    file.extend([0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0]);
    file.extend([0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD9]);
    file
}

pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    file.extend(width.to_be_bytes());
    file.extend(height.to_be_bytes());
    file.extend([8, 2, 0, 0, 0, 1, 2, 3, 4]);
    file.extend(b"\0\0\0\x05IDATabcde\x01\x02\x03\x04");
    file.extend(b"\0\0\0\0IEND\xae\x42\x60\x82");
    file
}

fn iso_box(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len() + 8).expect("small");
    [&size.to_be_bytes(), name.as_slice(), content].concat()
}

fn heic(brand: &[u8; 4], compatible: &[u8], width: u32, height: u32) -> Vec<u8> {
    let extent = [[0; 4], width.to_be_bytes(), height.to_be_bytes()].concat();
    let properties = iso_box(b"iprp", &iso_box(b"ipco", &iso_box(b"ispe", &extent)));
    let handler = iso_box(b"hdlr", &[0; 24]);
    [
        iso_box(b"ftyp", &[brand.as_slice(), &[0; 4], compatible].concat()),
        iso_box(b"meta", &[[0; 4].as_slice(), &handler, &properties].concat()),
        iso_box(b"mdat", &[7; 100]),
    ]
    .concat()
}

fn webp() -> Vec<u8> {
    let mut file = b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x63\0\0\x31\0\0".to_vec();
    file.extend([0; 4]);
    file
}

/// A PDF of `pages` pages; `trailer` is what stands beside its size.
pub(crate) fn pdf(pages: usize, trailer: &str) -> Vec<u8> {
    let mut text = "%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n".to_owned();
    text += &format!("2 0 obj <</Type/Pages /Count {pages}>> endobj\n");
    for page in 0..pages {
        text += &format!("{} 0 obj <</Type /Page /Parent 2 0 R>> endobj\n", page + 3);
    }
    text += &format!("trailer <</Size 9 {trailer}>>\nstartxref\n99\n%%EOF\n");
    text.into_bytes()
}

fn kind(result: Result<Sniffed, Unfit>) -> Result<MediaType, Unfit> {
    result.map(|sniffed| sniffed.media_type)
}

#[test]
fn each_kind_is_known_by_its_content() {
    assert_eq!(kind(judge("a.jpg", &jpeg(40, 30))), Ok(MediaType::Jpeg));
    assert_eq!(kind(judge("a.png", &png(40, 30))), Ok(MediaType::Png));
    assert_eq!(kind(judge("a.webp", &webp())), Ok(MediaType::Webp));
    for brand in [b"heic", b"heix", b"mif1", b"msf1", b"hevc"] {
        assert_eq!(kind(judge("a.HEIC", &heic(brand, b"mif1heic", 40, 30))), Ok(MediaType::Heic));
    }
    let sniffed = Sniffed { media_type: MediaType::Pdf, pages: Some(3) };
    assert_eq!(judge("a.pdf", &pdf(3, "")), Ok(sniffed));
}

#[test]
fn names_without_a_claim_are_taken_by_content() {
    assert!(judge("giấy khai sinh số 1.2", &png(1, 1)).is_ok());
    assert!(judge("tep", &pdf(1, "")).is_ok());
    // Chat programs save pictures of any kind under `.jpg`.
    assert_eq!(kind(judge("zalo.jpg", &png(1, 1))), Ok(MediaType::Png));
}

#[test]
fn what_is_not_as_named_is_refused() {
    let zip = [b"PK\x03\x04".as_slice(), &[0; 60]].concat();
    assert_eq!(judge("a.pdf", &zip), Err(Unfit::NotAsNamed));
    assert_eq!(judge("a.pdf", &png(1, 1)), Err(Unfit::NotAsNamed));
    assert_eq!(judge("a.jpg", &pdf(1, "")), Err(Unfit::NotAsNamed));
    assert_eq!(judge("a.pdf.exe", &pdf(1, "")), Err(Unfit::NotAsNamed));
    assert_eq!(judge("a.pdf", b"<html><body>%PDF-1.4</body></html>"), Err(Unfit::NotAsNamed));
    let declared = |kind| judge_by(9, "a", Some(kind), &pdf(1, ""));
    assert_eq!(declared("image/png"), Err(Unfit::NotAsNamed));
    assert_eq!(declared("text/html; charset=utf-8"), Err(Unfit::NotAsNamed));
    assert!(declared("application/octet-stream").is_ok());
}

#[test]
fn a_kind_that_is_not_taken_is_no_lie_when_it_is_named_as_it_is() {
    let gif = [b"GIF89a".as_slice(), &[0; 60]].concat();
    for declared in [None, Some("image/gif")] {
        assert_eq!(judge_by(9, "x.gif", declared, &gif), Err(Unfit::WrongKind));
    }
}

#[test]
fn other_kinds_are_refused() {
    let others: [(&str, &[u8]); 7] = [
        ("a.exe", b"MZ\x90\0\x03\0\0\0"),
        ("a.docx", b"PK\x03\x04\x14\0\x06\0[Content_Types].xml"),
        ("a.html", b"<!doctype html><script>alert(1)</script>"),
        ("a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>"),
        ("a.zip", b"PK\x05\x06\0\0\0\0"),
        ("a.txt", b"xin ch\xc3\xa0o"),
        ("a", b"\x7fELF\x02\x01\x01"),
    ];
    for (name, bytes) in others {
        assert_eq!(judge(name, bytes), Err(Unfit::WrongKind), "{name}");
    }
    assert_eq!(judge("a", &heic(b"mif1", b"avif", 1, 1)), Err(Unfit::WrongKind));
    assert_eq!(judge("a", b""), Err(Unfit::Empty));
}

#[test]
fn files_of_two_kinds_are_refused() {
    let both = [jpeg(1, 1), pdf(1, "")].concat();
    assert_eq!(judge("a", &both), Err(Unfit::WrongKind));
    let archive = [b"PK\x03\x04".to_vec(), vec![0; 40], pdf(1, "")].concat();
    assert_eq!(judge("a", &archive), Err(Unfit::WrongKind));
    let page = [b"\n<script>".to_vec(), pdf(1, "")].concat();
    assert_eq!(judge("a", &page), Err(Unfit::WrongKind));
    let late = [vec![b' '; 1025], pdf(1, "")].concat();
    assert_eq!(judge("a", &late), Err(Unfit::WrongKind));
    let padded = [vec![b' '; 1000], pdf(1, "")].concat();
    assert!(judge("a", &padded).is_ok());
    assert_eq!(judge("a", &[b" ".to_vec(), png(1, 1)].concat()), Err(Unfit::WrongKind));
}

#[test]
fn locked_documents_are_refused() {
    for trailer in ["/Encrypt 12 0 R", "/Encrypt\n12 0 R", "/Encrypt<</V 4>>"] {
        let padding = format!("/Root 1 0 R {trailer}");
        assert_eq!(judge("a.pdf", &pdf(1, &padding)), Err(Unfit::Locked), "{trailer}");
        // Across the border between two chunks, wherever it lies.
        for step in [7, 64, 100, 251] {
            let judged = judge_by(step, "a.pdf", None, &pdf(40, &padding));
            assert_eq!(judged, Err(Unfit::Locked), "{trailer} by {step}");
        }
    }
    assert!(judge("a.pdf", &pdf(1, "/EncryptMetadata false /Note (/Encrypt me)")).is_ok());
}

/// A PDF whose objects with these bytes are packed into a stream.
fn packed(objects: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(objects).expect("memory takes all");
    let data = encoder.finish().expect("memory takes all");
    let head = b"7 0 obj <</Type /ObjStm /Filter /FlateDecode /N 1 /First 4>> stream\r\n";
    [&pdf(1, "")[..40], head, &data, b"\nendstream endobj ", &pdf(1, "")[8..]].concat()
}

#[test]
fn documents_that_do_something_by_themselves_are_refused() {
    for name in [
        "/JavaScript",
        "/J#61vaScript",
        "/#4a#61#76#61#53#63#72#69#70#74",
        "/Launch",
        "/RichMedia",
        "/EmbeddedFile",
        "/EmbeddedFiles",
        "/FileAttachment",
        "/SubmitForm",
        "/GoToR",
    ] {
        for action in
            [format!("/A <</S {name} /JS (app.alert(1))>>"), format!("/Names <<{name} 9 0 R>>")]
        {
            assert_eq!(judge("a.pdf", &pdf(1, &action)), Err(Unfit::Active), "{action}");
            let hidden = packed(format!("9 0 <<{action}>>").as_bytes());
            assert_eq!(judge("a.pdf", &hidden), Err(Unfit::Active), "packed: {action}");
        }
    }
    for harmless in
        ["/JavaScripts 1", "/Launcher 1", "/OpenAction [3 0 R /Fit]", "/URI (https://x.vn)"]
    {
        assert!(judge("a.pdf", &pdf(1, harmless)).is_ok(), "{harmless}");
        assert!(judge("a.pdf", &packed(harmless.as_bytes())).is_ok(), "packed: {harmless}");
    }
}

#[test]
fn packed_objects_that_nobody_can_look_into_are_refused() {
    let mut other = packed(b"9 0 <<>>");
    let at = memchr::memmem::find(&other, b"stream\r\n").expect("a stream") + 8;
    other[at] = b'<';
    assert_eq!(judge("a.pdf", &other), Err(Unfit::Active));
    let bomb = packed(&vec![b' '; 80 << 20]);
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    assert_eq!(judge_by(4_096, "a.pdf", None, &bomb), Err(Unfit::Active));
}

#[test]
fn packed_objects_in_disguise_are_refused() {
    let usual = b"<</Type /ObjStm /Filter /FlateDecode /N 1 /First 4>> stream\r\n";
    let harmless = packed(b"9 0 <<>>");
    assert!(judge("a.pdf", &harmless).is_ok());
    let far = [b"<</Type /ObjStm ".as_slice(), &[b' '; 5000], &usual[15..]].concat();
    for disguise in [
        b"<</Type /Obj#53tm /Filter /FlateDecode /N 1 /First 4>> stream\r\n".as_slice(),
        b"<</Filter [/FlateDecode /FlateDecode] /Type /ObjStm /N 1 /First 4>> stream\r\n",
        b"<</Type /ObjStm /Filter /FlateDecode /DecodeParms <</Predictor 12>>>> stream\r\n",
        b"<</Type /ObjStm /X (stream\n) /Filter /FlateDecode /N 1>> stream\r\n",
        b"<</Type /ObjStm /stream\n /Filter /FlateDecode /N 1>> stream\r\n",
        &far,
    ] {
        let at = memchr::memmem::find(&harmless, usual).expect("the usual dictionary");
        let after = &harmless[at + usual.len()..];
        let hidden = [&harmless[..at], disguise, after].concat();
        let said = String::from_utf8_lossy(&disguise[..disguise.len().min(80)]);
        assert_eq!(judge("a.pdf", &hidden), Err(Unfit::Active), "{said}");
    }
}

#[test]
fn files_that_end_as_archives_are_refused() {
    // One entry, whose list of 46 bytes begins at byte 0.
    let list = [0; 46];
    let mut end = b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x2e\0\0\0\0\0\0\0\0\0".to_vec();
    for file in [jpeg(2, 2), png(2, 2), webp(), pdf(1, "")] {
        let both = [file.as_slice(), &list, &end].concat();
        assert_eq!(judge("a", &both), Err(Unfit::WrongKind), "{:?}", &file[..4]);
        let commented = [both.as_slice(), b"#"].concat();
        assert_eq!(judge("a", &commented), Err(Unfit::WrongKind), "readers forgive what follows");
    }
    end[10] = 0;
    let by_chance = [jpeg(2, 2).as_slice(), &list, &end].concat();
    assert!(judge("a", &by_chance).is_ok(), "four bytes alone are a chance");
}

#[test]
fn cut_files_are_refused() {
    let films_follow = [jpeg(2, 2), vec![9; 500]].concat();
    assert!(judge("a.jpg", &films_follow).is_ok(), "phones append films");
    for file in [jpeg(40, 30), png(40, 30), webp(), heic(b"heic", b"", 40, 30), pdf(2, "")] {
        for lost in [2, 5, 10] {
            let cut = &file[..file.len() - lost - usize::from(file[0] == b'%') * 3];
            assert_eq!(judge("a", cut), Err(Unfit::Truncated), "{:?} without {lost}", &file[..4]);
        }
    }
    // Named as a picture, but nothing that could be one.
    assert_eq!(judge("a.jpg", &[1, 2, 3]), Err(Unfit::Truncated));
}

#[test]
fn enormous_pictures_are_refused() {
    assert_eq!(judge("a", &jpeg(40_000, 5_000)).map(|s| s.pages), Ok(Some(1)));
    assert_eq!(judge("a", &jpeg(40_001, 5_000)), Err(Unfit::TooManyPixels(200_005_000)));
    assert_eq!(judge("a", &png(1 << 20, 1 << 20)), Err(Unfit::TooManyPixels(1 << 40)));
    let wide = heic(b"heic", b"", u32::MAX, u32::MAX);
    assert!(matches!(judge("a", &wide), Err(Unfit::TooManyPixels(_))));
}

#[test]
fn pages_are_told_only_when_they_are_sure() {
    let mut packed = pdf(2, "");
    packed.extend(b"5 0 obj <</Type /ObjStm>> startxref 1 %%EOF");
    assert_eq!(judge("a", &packed).map(|s| s.pages), Ok(None));
    let revised = [pdf(2, ""), b"3 0 obj <</Type /Page>> startxref 1 %%EOF".to_vec()].concat();
    assert_eq!(judge("a", &revised).map(|s| s.pages), Ok(None));
}

#[test]
fn refusals_name_the_file_in_both_languages() {
    let refusal = Unfit::Locked.refusal("đơn.pdf");
    assert_eq!(refusal.text.vi, "Không mở được đơn.pdf: hỏng hoặc có mật khẩu.");
    assert_eq!(refusal.text.en, "đơn.pdf cannot be opened: it is damaged or has a password.");
    let refusal = Unfit::TooManyPixels(200_000_001).refusal("a.png");
    assert!(refusal.text.vi.starts_with("a.png có 201 triệu điểm ảnh, tối đa 200 triệu."));
}

#[test]
fn names_are_cleaned_and_kept() {
    assert_eq!(clean_name("C:\\Users\\An\\Giấy khai sinh.pdf"), "Giấy khai sinh.pdf");
    assert_eq!(clean_name("../../etc/passwd"), "passwd");
    assert_eq!(clean_name("Gia\u{302}\u{301}y.jpg"), "Giấy.jpg");
    assert_eq!(clean_name("a\r\nb\0.pdf"), "a b.pdf");
    assert_eq!(clean_name("ảnh\u{202E}gpj.exe"), "ảnhgpj.exe");
    assert_eq!(clean_name(" .. "), "tep");
    let long = clean_name(&format!("{}.pdf", "ệ".repeat(500)));
    assert_eq!(long.chars().count(), 120);
    assert!(long.ends_with("….pdf"));
}

/// Beginnings that lead into each scan.
fn beginning() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        Just(vec![]),
        Just(jpeg(9, 9)[..12].to_vec()),
        Just(png(9, 9)[..33].to_vec()),
        Just(webp()[..16].to_vec()),
        Just(heic(b"heic", b"mif1", 9, 9)[..20].to_vec()),
        Just(pdf(1, "")[..30].to_vec()),
    ]
}

proptest! {
    #[test]
    fn no_bytes_panic_and_no_chunking_changes_the_judgement(
        start in beginning(),
        rest in proptest::collection::vec(any::<u8>(), 0..4_000),
        step in 1_usize..3_000,
        name in ".{0,20}",
    ) {
        let file = [start, rest].concat();
        let name = clean_name(&name);
        prop_assert_eq!(judge_by(step, &name, None, &file), judge_by(1, &name, None, &file));
    }

    #[test]
    fn cleaning_is_bounded_and_final(name in "\\PC{0,300}") {
        let clean = clean_name(&name);
        prop_assert!(!clean.is_empty() && clean.chars().count() <= 120);
        prop_assert!(!clean.contains(['/', '\\', '"']) && !clean.contains(char::is_control));
        prop_assert_eq!(clean_name(&clean), clean);
    }

    /// The same with what names are cleaned of, met far more often than among all letters.
    #[test]
    fn what_is_cleaned_away_hides_nothing(name in r#"[./\\ "<>ae1̸̣́\u{200B}\u{3000}]{0,300}"#) {
        let clean = clean_name(&name);
        prop_assert_eq!(clean_name(&clean), clean);
    }
}
