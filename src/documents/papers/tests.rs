//! Each paper is set and its text read back from the layout.

use jiff::civil::{date, datetime};

use super::{
    Anchor, ComponentLine, Contact, FileLine, Lookup, PaperSize, PersonLines, Receipt,
    ReceptionRefusal, Sheet, SubmissionSlip, SupplementItem, SupplementRequest, date_in_words,
    time_in_words,
};

fn sheet(form: &str, title: &str, suffix: &str) -> Sheet {
    Sheet {
        paper: PaperSize::A5,
        form_number: format!("Mẫu số {form}, Thông tư 03/2025/TT-VPCP"),
        title: title.into(),
        superior: Some("Ủy ban nhân dân phường Hải Châu".into()),
        agency: "Trung tâm Phục vụ hành chính công".into(),
        section: None,
        number: Some(format!("12/{suffix}")),
        place: "Hải Châu".into(),
        issued: datetime(2026, 11, 23, 15, 5, 0, 0),
        dossier_code: Some("H40.12-261123-0001".into()),
        training: None,
    }
}

fn person() -> PersonLines {
    PersonLines {
        name: "Nguyễn Thị Ngọc Quỳnh".into(),
        address: Some(
            "Số 12, đường Lê Lợi, tổ dân phố 7, phường Hải Châu, thành phố Đà Nẵng".into(),
        ),
        phone: Some("0912 345 678".into()),
        email: Some("ngocquynh@example.vn".into()),
    }
}

fn lookup() -> Option<Lookup> {
    Some(Lookup {
        qr: "https://mot-cua.example.vn/tra-cuu/H40.12-261123-0001?m=K7M29PXD".into(),
        address: "mot-cua.example.vn/tra-cuu".into(),
        secret: Some("K7M29PXD".into()),
    })
}

fn anchor() -> Option<Anchor> {
    Some(Anchor { sequence: 1284, chain_hash: [0x9f; 32] })
}

fn file(number: usize) -> FileLine {
    FileLine {
        name: format!("Giấy chứng sinh trang {number}.jpg"),
        size: "1,2 MB".into(),
        sha256: [u8::try_from(number).unwrap_or(0); 32],
    }
}

fn components(count: usize, files: usize) -> Vec<ComponentLine> {
    let names = [
        "Tờ khai đăng ký khai sinh theo mẫu",
        "Giấy chứng sinh do cơ sở y tế nơi trẻ em sinh ra cấp; trường hợp không có thì nộp văn bản của người làm chứng",
        "Văn bản ủy quyền được chứng thực theo quy định của pháp luật",
    ];
    (0..count)
        .map(|i| ComponentLine {
            name: names[i % 3].into(),
            originals: u32::from(i % 2 == 0),
            copies: u32::from(i % 2 == 1),
            form: if i % 2 == 0 { "Bản giấy" } else { "Tệp điện tử" }.into(),
            files: (0..files).filter(|f| f % count == i).map(file).collect(),
        })
        .collect()
}

pub(crate) fn receipt() -> Receipt {
    Receipt {
        sheet: sheet("01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "TNHS"),
        received_at_section: "Trung tâm Phục vụ hành chính công phường Hải Châu".into(),
        person: person(),
        procedure: "Đăng ký khai sinh".into(),
        competent_agency: None,
        components: components(3, 2),
        sets: 1,
        duration: "03 ngày làm việc".into(),
        received: datetime(2026, 11, 23, 15, 5, 0, 0),
        due: Some(datetime(2026, 11, 26, 17, 0, 0, 0)),
        hand_over: "Tại quầy, Trung tâm Phục vụ hành chính công phường Hải Châu".into(),
        fee: "8.000 đồng, đã thu".into(),
        book: None,
        note: None,
        lookup: lookup(),
        anchor: anchor(),
        submitter: "Đặng Hữu Phước".into(),
        officer: "Trần Ế Ỗ Ậ".into(),
    }
}

fn slip() -> SubmissionSlip {
    SubmissionSlip {
        sheet: Sheet {
            form_number: String::new(),
            number: None,
            ..sheet("", "Phiếu xác nhận nộp hồ sơ trực tuyến", "")
        },
        subtitle: "Phiếu này chưa thay cho Giấy tiếp nhận hồ sơ và hẹn trả kết quả.".into(),
        person: person(),
        owner: Some("Đặng Hữu Phước".into()),
        procedure: "Đăng ký khai sinh".into(),
        sent: datetime(2026, 11, 23, 15, 5, 0, 0),
        answer: "Bộ phận Một cửa trả lời thứ Ba 24/11/2026, trước 17:00".into(),
        hand_over: "Trực tuyến".into(),
        fee: "Không".into(),
        components: components(3, 5),
        lookup: lookup(),
        anchor: anchor(),
    }
}

fn supplement() -> SupplementRequest {
    let item = |name: &str, reason: &str| SupplementItem {
        name: name.into(),
        originals: 1,
        certified: 0,
        photocopies: 1,
        reason: reason.into(),
    };
    SupplementRequest {
        sheet: sheet("02", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "HDHS"),
        person: person(),
        procedure: "Đăng ký khai sinh".into(),
        items: vec![
            item("Giấy chứng sinh", "Bản chụp mờ, không đọc được số và ngày cấp"),
            item("Văn bản ủy quyền", "Chưa chứng thực chữ ký theo quy định"),
        ],
        reason: None,
        until: Some("17 giờ 00 phút, ngày 30 tháng 11 năm 2026".into()),
        clock: Some("Tạm dừng đến khi nhận đủ giấy tờ bổ sung, còn 03 ngày làm việc".into()),
        contact: Contact {
            name: "Trần Ế Ỗ Ậ".into(), phone: Some("0236 3 123 456".into())
        },
        lookup: lookup(),
        anchor: anchor(),
        officer: "Trần Ế Ỗ Ậ".into(),
    }
}

fn refusal() -> ReceptionRefusal {
    ReceptionRefusal {
        sheet: sheet("03", "Phiếu từ chối tiếp nhận giải quyết hồ sơ", "TCHS"),
        received_at_section: "Trung tâm Phục vụ hành chính công phường Hải Châu".into(),
        person: person(),
        procedure: "Cấp giấy phép xây dựng nhà ở riêng lẻ".into(),
        reasons: vec![
            "Thửa đất thuộc hành lang bảo vệ an toàn công trình lưới điện cao áp, không thuộc trường hợp được cấp giấy phép xây dựng.".into(),
            "Hồ sơ thuộc thẩm quyền giải quyết của cơ quan khác trong tỉnh.".into(),
        ],
        basis: Some("Điều 91 Luật Xây dựng".into()),
        contact: Contact { name: "Bộ phận hướng dẫn".into(), phone: Some("0236 3 123 456".into()) },
        lookup: None,
        anchor: None,
        submitter: "Đặng Hữu Phước".into(),
        officer: "Trần Ế Ỗ Ậ".into(),
    }
}

/// Pages of a PDF that packs nothing away: page objects name their kind.
fn pages(pdf: &[u8]) -> usize {
    assert!(pdf.starts_with(b"%PDF-1.7"), "not a PDF");
    let text = String::from_utf8_lossy(pdf);
    text.matches("/Type/Page").count() + text.matches("/Type /Page").count()
        - text.matches("/Type/Pages").count()
        - text.matches("/Type /Pages").count()
}

#[test]
fn short_papers_fit_their_sheets() {
    assert_eq!(pages(&receipt().render().expect("receipt")), 1);
    assert_eq!(pages(&supplement().render().expect("supplement")), 1);
    assert_eq!(pages(&refusal().render().expect("refusal")), 1);
    assert_eq!(pages(&slip().render().expect("slip")), 1);
}

#[test]
fn every_size_is_set() {
    for paper in [PaperSize::A5, PaperSize::A5Landscape, PaperSize::A4] {
        let mut receipt = receipt();
        receipt.sheet.paper = paper;
        assert_eq!(pages(&receipt.render().expect("receipt")), 1, "{paper:?}");
    }
}

#[test]
fn many_papers_flow_to_further_pages() {
    let mut long = receipt();
    long.components = components(30, 40);
    assert_eq!(pages(&long.render().expect("receipt")), 4);
    let mut long = slip();
    long.components = components(30, 40);
    assert!(pages(&long.render().expect("slip")) >= 3);
}

#[test]
fn dates_follow_the_decree() {
    assert_eq!(date_in_words(date(2026, 2, 5)), "ngày 05 tháng 02 năm 2026");
    assert_eq!(date_in_words(date(2026, 11, 23)), "ngày 23 tháng 11 năm 2026");
    assert_eq!(
        time_in_words(datetime(2026, 3, 5, 9, 7, 0, 0)),
        "09 giờ 07 phút, ngày 05 tháng 3 năm 2026"
    );
}

#[test]
#[ignore = "writes samples to look at: MOTCUA_SAMPLES=folder cargo test samples -- --ignored"]
fn samples() {
    let folder = std::path::PathBuf::from(std::env::var_os("MOTCUA_SAMPLES").expect("a folder"));
    let save = |name: &str, pdf: Result<Vec<u8>, super::PaperFault>| {
        std::fs::write(folder.join(name), pdf.expect(name)).expect("written");
    };
    save("receipt.pdf", receipt().render());
    let mut lying = receipt();
    lying.sheet.paper = PaperSize::A5Landscape;
    save("receipt_landscape.pdf", lying.render());
    let mut large = receipt();
    large.sheet.paper = PaperSize::A4;
    large.sheet.section = Some("Bộ phận Tiếp nhận và Trả kết quả".into());
    large.sheet.training = Some("Tập huấn: dữ liệu không thật, không gửi tin.".into());
    save("receipt_a4.pdf", large.render());
    let mut long = receipt();
    long.components = components(30, 40);
    long.sheet.training = Some("Tập huấn: dữ liệu không thật, không gửi tin.".into());
    save("receipt_long.pdf", long.render());
    save("slip.pdf", slip().render());
    save("supplement.pdf", supplement().render());
    save("refusal.pdf", refusal().render());
}
