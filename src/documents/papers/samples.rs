//! Invented papers, on which layouts are tried: long names, stacked diacritics, all that may stand
//! on a paper at once. No real person.

use jiff::civil::{DateTime, date};

use super::signing::put_check;
use super::{
    Anchor, Apology, Attestation, AttestationBlock, BookLine, CashClosing, CertificationBook,
    CheckpointSheet, ClosingLine, ClosingSum, ComponentLine, Contact, ControlSheet, ControlStep,
    DeclaredField, DeclaredPaper, DeclaredSection, Deed, Envelope, FeeLine, FieldKind, FileLine,
    Follow, Guide, GuidePlace, HandOver, HandOverLine, Lookup, Party, PersonLines, Post, Poster,
    QueueTicket, Ready, Receipt, ReceptionRefusal, Register, RegisterLine, Sheet, Signer, Slip,
    StopNotice, SubmissionSlip, SupplementItem, SupplementRequest, TransferLines, amount_in_words,
};
use crate::documents::seal::PATH;

const SECTION: &str = "Trung tâm Phục vụ hành chính công phường Hải Châu";
const PROCEDURE: &str = "Cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất lần đầu cho hộ gia đình, cá nhân";
const RECEIVED: &str = "15 giờ 05 phút, ngày 23 tháng 11 năm 2026";
const DUE: &str = "17 giờ 00 phút, ngày 26 tháng 11 năm 2026";
const OFFICER: &str = "Trần Thị Quỳnh Ế Ỗ";
const AT: DateTime = date(2026, 11, 23).at(15, 5, 0, 0);

/// An invented paper of a kind, under a head and foot of one's own.
pub fn sample(deed: Deed, sheet: Sheet) -> Ready {
    let mut paper = unsigned(deed, sheet);
    if deed.is_signed() {
        put_check(
            &mut paper.data,
            &format!("HTTPS://MOT-CUA.EXAMPLE.VN{PATH}{}", "A2".repeat(110)),
        );
    }
    paper
}

fn unsigned(deed: Deed, mut sheet: Sheet) -> Ready {
    if matches!(
        deed,
        Deed::Register
            | Deed::HandOver
            | Deed::ResultHandOver
            | Deed::Poster
            | Deed::QueueTicket
            | Deed::CertificationBook
            | Deed::CashClosing
            | Deed::DeclaredForm
            | Deed::Guide
            | Deed::Checkpoint
    ) {
        sheet.dossier_code = None;
    }
    match deed {
        Deed::Receipt => receipt(sheet).ready(),
        Deed::SubmissionSlip => submission(sheet).ready(),
        Deed::SupplementRequest => supplement(sheet).ready(),
        Deed::ReceptionRefusal => refusal(sheet).ready(),
        Deed::Apology => apology(sheet).ready(),
        Deed::StopNotice => stop_notice(sheet).ready(),
        Deed::ControlSheet => control_sheet(sheet).ready(),
        Deed::Register => register(sheet, 5).ready(),
        Deed::HandOver => hand_over(sheet, false).ready(),
        Deed::ResultHandOver => hand_over(sheet, true).ready(),
        Deed::ResultSlip
        | Deed::ProxySlip
        | Deed::LostReceipt
        | Deed::ReturnSlip
        | Deed::FeeSlip => slip(deed, sheet).ready(),
        Deed::CashClosing => closing(sheet).ready(),
        Deed::Envelope => envelope(sheet).ready(),
        Deed::Poster => poster(sheet).ready(),
        Deed::QueueTicket => queue_ticket(sheet).ready(),
        Deed::Attestation => attestation(sheet).ready(),
        Deed::CertificationBook => certification_book(sheet).ready(),
        Deed::DeclaredForm => declared_form(sheet).ready(),
        Deed::Guide => guide(sheet).ready(),
        Deed::Checkpoint => CheckpointSheet::sample(sheet).ready(),
    }
}

fn person() -> PersonLines {
    PersonLines {
        name: "Nguyễn Thị Ngọc Quỳnh".to_owned(),
        address: Some(
            "Số 12, đường Lê Lợi, tổ dân phố 7, phường Hải Châu, thành phố Đà Nẵng".to_owned(),
        ),
        phone: Some("0912 345 678".to_owned()),
        email: Some("ngocquynh@example.vn".to_owned()),
    }
}

fn lookup() -> Option<Lookup> {
    Some(Lookup {
        qr: "https://mot-cua.example.vn/tra-cuu/H40.12-261123-0001?ma=K7M29PXD".to_owned(),
        address: "mot-cua.example.vn/tra-cuu".to_owned(),
        secret: Some("K7M29PXD".to_owned()),
    })
}

fn follow() -> Follow {
    Follow { lookup: lookup(), anchor: Some(Anchor { sequence: 1284, chain_hash: [0x9f; 32] }) }
}

fn file(number: usize) -> FileLine {
    FileLine {
        name: format!("Giấy chứng sinh trang {number}.jpg"),
        size: "1,2 MB".to_owned(),
        sha256: [u8::try_from(number).unwrap_or(0); 32],
    }
}

/// So many papers with so many files.
pub(super) fn components(count: usize, files: usize) -> Vec<ComponentLine> {
    let names = [
        "Tờ khai đăng ký khai sinh theo mẫu",
        "Giấy chứng sinh do cơ sở y tế nơi trẻ em sinh ra cấp; trường hợp không có thì nộp văn bản của người làm chứng",
        "Văn bản ủy quyền được chứng thực theo quy định của pháp luật",
    ];
    let line = |i: usize| ComponentLine {
        name: names[i % names.len()].to_owned(),
        originals: u32::from(i.is_multiple_of(2)),
        copies: u32::from(!i.is_multiple_of(2)),
        form: if i.is_multiple_of(2) { "Bản giấy" } else { "Tệp điện tử" }.to_owned(),
        files: (0..files).filter(|f| f % count == i).map(file).collect(),
    };
    (0..count).map(line).collect()
}

pub(super) fn receipt(sheet: Sheet) -> Receipt {
    Receipt {
        sheet,
        received_at_section: SECTION.to_owned(),
        person: person(),
        procedure: "Đăng ký khai sinh".to_owned(),
        competent_agency: None,
        components: components(3, 2),
        sets: 1,
        duration: "03 ngày làm việc".to_owned(),
        received: AT,
        due: Some(date(2026, 11, 26).at(17, 0, 0, 0)),
        hand_over: format!("Tại quầy, {SECTION}"),
        fee: "8.000 đồng, đã thu".to_owned(),
        book: None,
        note: None,
        lookup: lookup(),
        anchor: follow().anchor,
        submitter: "Đặng Hữu Phước".to_owned(),
        officer: OFFICER.to_owned(),
    }
}

pub(super) fn submission(sheet: Sheet) -> SubmissionSlip {
    SubmissionSlip {
        sheet,
        subtitle: "Phiếu này chưa thay cho Giấy tiếp nhận hồ sơ và hẹn trả kết quả.".to_owned(),
        person: person(),
        owner: Some("Đặng Hữu Phước".to_owned()),
        procedure: "Đăng ký khai sinh".to_owned(),
        sent: AT,
        answer: "Bộ phận Một cửa trả lời thứ Ba 24/11/2026, trước 17:00".to_owned(),
        hand_over: "Trực tuyến".to_owned(),
        fee: "Không".to_owned(),
        components: components(3, 5),
        lookup: lookup(),
        anchor: follow().anchor,
    }
}

pub(super) fn supplement(sheet: Sheet) -> SupplementRequest {
    let item = |name: &str, reason: &str| SupplementItem {
        name: name.to_owned(),
        originals: 1,
        certified: 0,
        photocopies: 1,
        reason: reason.to_owned(),
    };
    SupplementRequest {
        sheet,
        person: person(),
        procedure: "Đăng ký khai sinh".to_owned(),
        items: vec![
            item("Giấy chứng sinh", "Bản chụp mờ, không đọc được số và ngày cấp"),
            item("Văn bản ủy quyền", "Chưa chứng thực chữ ký theo quy định"),
        ],
        reason: None,
        until: Some("17 giờ 00 phút, ngày 30 tháng 11 năm 2026".to_owned()),
        clock: Some("Tạm dừng đến khi nhận đủ giấy tờ bổ sung, còn 03 ngày làm việc".to_owned()),
        contact: contact(),
        lookup: lookup(),
        anchor: follow().anchor,
        officer: OFFICER.to_owned(),
    }
}

fn contact() -> Contact {
    Contact { name: SECTION.to_owned(), phone: Some("0236 3 123 456".to_owned()) }
}

pub(super) fn refusal(sheet: Sheet) -> ReceptionRefusal {
    ReceptionRefusal {
        sheet,
        received_at_section: SECTION.to_owned(),
        refused_by: None,
        person: person(),
        procedure: "Cấp giấy phép xây dựng nhà ở riêng lẻ".to_owned(),
        reasons: vec![
            "Thửa đất thuộc hành lang bảo vệ an toàn công trình lưới điện cao áp, không thuộc trường hợp được cấp giấy phép xây dựng.".to_owned(),
            "Hồ sơ thuộc thẩm quyền giải quyết của cơ quan khác trong tỉnh.".to_owned(),
        ],
        basis: Some("Điều 91 Luật Xây dựng".to_owned()),
        contact: contact(),
        lookup: None,
        anchor: None,
        submitter: "Đặng Hữu Phước".to_owned(),
        officer: OFFICER.to_owned(),
    }
}

fn signer() -> Signer {
    Signer {
        role: "Thủ trưởng cơ quan, đơn vị".to_owned(), name: "Phạm Hữu Ễ".to_owned()
    }
}

fn recipients() -> Vec<String> {
    ["- Như trên;", "- Bộ phận tiếp nhận;", "- Lưu: VT, hồ sơ."].map(str::to_owned).to_vec()
}

fn apology(sheet: Sheet) -> Apology {
    Apology {
        sheet,
        person: person(),
        procedure: PROCEDURE.to_owned(),
        office: "Ủy ban nhân dân phường Hải Châu".to_owned(),
        received: RECEIVED.to_owned(),
        due: DUE.to_owned(),
        reason: "Phải xác minh nguồn gốc thửa đất tại cơ quan đăng ký đất đai của tỉnh khác, đến nay chưa có trả lời.".to_owned(),
        new_due: "17 giờ 00 phút, ngày 04 tháng 12 năm 2026".to_owned(),
        signer: signer(),
        recipients: recipients(),
        follow: follow(),
    }
}

fn stop_notice(sheet: Sheet) -> StopNotice {
    StopNotice {
        sheet,
        person: person(),
        procedure: PROCEDURE.to_owned(),
        office: "Ủy ban nhân dân phường Hải Châu".to_owned(),
        received: RECEIVED.to_owned(),
        basis: Some("yêu cầu rút hồ sơ của Ông/Bà".to_owned()),
        reason: "Người nộp hồ sơ có yêu cầu rút để bổ sung người đồng sử dụng đất.".to_owned(),
        stopped: "09 giờ 30 phút, ngày 25 tháng 11 năm 2026".to_owned(),
        received_at_section: SECTION.to_owned(),
        signer: signer(),
        recipients: recipients(),
        follow: follow(),
    }
}

fn control_sheet(sheet: Sheet) -> ControlSheet {
    let step = |deed: &str, giver: &str, receiver: &str, outcome: &str| ControlStep {
        deed: deed.to_owned(),
        giver: giver.to_owned(),
        receiver: receiver.to_owned(),
        at: RECEIVED.to_owned(),
        outcome: outcome.to_owned(),
        notes: Vec::new(),
    };
    let land = "Lê Văn Hiếu, Phòng Kinh tế, Hạ tầng và Đô thị";
    ControlSheet {
        sheet,
        person: person().name,
        procedure: PROCEDURE.to_owned(),
        competent: "Ủy ban nhân dân phường Hải Châu".to_owned(),
        consulted: vec!["Chi nhánh Văn phòng Đăng ký đất đai khu vực Hải Châu".to_owned()],
        received: RECEIVED.to_owned(),
        due: DUE.to_owned(),
        outcome: Some("Trước hạn 1 ngày làm việc".to_owned()),
        steps: vec![
            step("Tiếp nhận", "Nguyễn Thị Ngọc Quỳnh", OFFICER, "Đúng hạn"),
            step("Phân công", OFFICER, land, "Đúng hạn"),
            step("Trình duyệt", land, "Phạm Hữu Ễ", "Trước hạn"),
            step("Phê duyệt", "Phạm Hữu Ễ", "Văn thư", ""),
        ],
    }
}

/// A register with so many lines.
pub(super) fn register(sheet: Sheet, count: usize) -> Register {
    let line = |number: usize| RegisterLine {
        code: format!("H40.12-261123-{number:04}"),
        procedure: if number.is_multiple_of(3) { PROCEDURE } else { "Đăng ký khai sinh" }
            .to_owned(),
        sets: 1,
        person: person().name,
        address: format!("{}, 0912 345 678", person().address.unwrap_or_default()),
        competent: "Ủy ban nhân dân phường Hải Châu".to_owned(),
        received: "15:05 23/11/2026".to_owned(),
        due: "17:00 26/11/2026".to_owned(),
        sent: "15:40 23/11/2026".to_owned(),
        back: "10:12 26/11/2026".to_owned(),
        returned: String::new(),
        way: "Tại quầy".to_owned(),
        taker: String::new(),
        note: "Đã xử lý xong".to_owned(),
    };
    Register {
        sheet,
        period: "Từ ngày 01/11/2026 đến ngày 30/11/2026".to_owned(),
        lines: (1..=count).map(line).collect(),
        total: format!("{count:02}"),
    }
}

fn hand_over(sheet: Sheet, is_results: bool) -> HandOver {
    let line = |number: usize| HandOverLine {
        code: format!("H40.12-261123-{number:04}"),
        procedure: if number.is_multiple_of(2) { PROCEDURE } else { "Đăng ký khai sinh" }
            .to_owned(),
        person: person().name,
        papers: match is_results {
            true => "Giấy khai sinh, số 12/2026".to_owned(),
            false => "3 bản chính, 2 bản sao".to_owned(),
        },
        due: "17:00 26/11/2026".to_owned(),
    };
    let section = Party { unit: SECTION.to_owned(), name: OFFICER.to_owned() };
    let unit = Party { unit: "Tư pháp - Hộ tịch".to_owned(), name: String::new() };
    let (giver, receiver) = if is_results { (unit, section) } else { (section, unit) };
    let lines = (1..=6).map(line).collect();
    HandOver { sheet, is_results, at: RECEIVED.to_owned(), giver, receiver, lines }
}

fn slip(deed: Deed, sheet: Sheet) -> Slip {
    let fee = |name: &str, amount: &str, state: &str| FeeLine {
        name: name.to_owned(),
        amount: amount.to_owned(),
        state: state.to_owned(),
        why: vec!["1 hồ sơ × 28.000".to_owned()],
    };
    let is_blank = matches!(deed, Deed::ProxySlip | Deed::LostReceipt);
    Slip {
        deed,
        sheet,
        person: person(),
        submitter: PersonLines {
            name: "Đặng Hữu Phước".to_owned(), ..PersonLines::default()
        },
        procedure: PROCEDURE.to_owned(),
        received: Some(RECEIVED.to_owned()),
        result: Some("Giấy chứng nhận quyền sử dụng đất, số 123/2026, ngày 25/11/2026".to_owned()),
        taker: (!is_blank).then(|| "Đặng Hữu Phước".to_owned()),
        mandate: (!is_blank).then(|| "Giấy ủy quyền số 15, ngày 20/11/2026".to_owned()),
        at: Some(DUE.to_owned()),
        way: Some("Tại quầy".to_owned()),
        items: components(3, 0).into_iter().map(|paper| paper.name).collect(),
        fees: vec![
            fee(
                "Phí thẩm định hồ sơ cấp Giấy chứng nhận quyền sử dụng đất",
                "1.250.000",
                "chưa thu",
            ),
            fee("Lệ phí cấp giấy chứng nhận", "28.000", "đã thu, tiền mặt"),
        ],
        total: Some("1.278.000".to_owned()),
        total_in_words: Some(amount_in_words(1_278_000)),
        receipt_number: None,
        transfer: TransferLines {
            bank: "Agribank".to_owned(),
            account: "1500201234567".to_owned(),
            holder: "UBND PHUONG HAI CHAU".to_owned(),
            amount: "1.250.000".to_owned(),
            content: "H40.12-261123-0001".to_owned(),
            code: String::new(),
        }
        .with_code("00020101021138570010A0000007270127000697040301130011012345678"),
        officer: OFFICER.to_owned(),
        follow: Follow::default(),
    }
}

fn closing(sheet: Sheet) -> CashClosing {
    let line = |number: usize| ClosingLine {
        at: "15:05, 23/11/2026".to_owned(),
        code: format!("H40.12-261123-{number:04}"),
        payer: person().name,
        what: "Phí chứng thực bản sao".to_owned(),
        method: "tiền mặt".to_owned(),
        receipt: format!("AA/26E {number:07}"),
        amount: if number == 3 { "-18.000" } else { "18.000" }.to_owned(),
        reversal: number == 3,
        reason: if number == 3 { "Thu nhầm hồ sơ" } else { "" }.to_owned(),
    };
    let sum = |method: &str, taken: &str| ClosingSum {
        method: method.to_owned(),
        count: "3".to_owned(),
        taken: taken.to_owned(),
        reversed: "18.000".to_owned(),
        left: taken.to_owned(),
    };
    CashClosing {
        sheet,
        day: "23/11/2026".to_owned(),
        state: "Đã chốt sổ lúc 17:00, 23/11/2026".to_owned(),
        cashier: OFFICER.to_owned(),
        lines: (1..=6).map(line).collect(),
        sums: vec![sum("tiền mặt", "1.250.000"), sum("chuyển khoản", "36.000")],
        left: "1.286.000".to_owned(),
        left_in_words: amount_in_words(1_286_000),
        cash: "1.250.000".to_owned(),
    }
}

fn envelope(sheet: Sheet) -> Envelope {
    let person = person();
    Envelope {
        sheet,
        sender: Post {
            name: SECTION.to_owned(),
            address: "Số 76 đường Quang Trung, phường Hải Châu, thành phố Đà Nẵng".to_owned(),
            phone: "0236 3 123 456".to_owned(),
        },
        recipient: Post {
            name: person.name,
            address: person.address.unwrap_or_default(),
            phone: person.phone.unwrap_or_default(),
        },
        content: "Kết quả giải quyết thủ tục hành chính".to_owned(),
        follow: follow(),
    }
}

fn poster(sheet: Sheet) -> Poster {
    Poster {
        sheet,
        heading: "Đăng ký khai sinh".to_owned(),
        notice: String::new(),
        about: "Quét mã để xem giấy tờ cần có, thời gian, lệ phí và nộp hồ sơ".to_owned(),
        facts: vec![
            ("Thời gian giải quyết".to_owned(), "01 ngày làm việc".to_owned()),
            ("Phí, lệ phí".to_owned(), "Không".to_owned()),
        ],
        office: vec![SECTION.to_owned(), "Điện thoại: 0236 3 123 456".to_owned()],
        follow: Follow { lookup: lookup(), anchor: None },
    }
}

fn guide(sheet: Sheet) -> Guide {
    let line = |name: &str, detail: &str| (name.to_owned(), detail.to_owned());
    Guide {
        sheet,
        heading: "Đăng ký khai sinh".to_owned(),
        notice: String::new(),
        facts: vec![line("Mã thủ tục", "1.001193"), line("Ai được làm", "Cá nhân")],
        ways: vec![("Trực tiếp".to_owned(), "01 ngày làm việc".to_owned(), "Không".to_owned())],
        groups: vec![(
            String::new(),
            vec![
                line("Tờ khai đăng ký khai sinh", "1 bản chính"),
                line("Giấy chứng sinh", "1 bản chính"),
            ],
        )],
        places: vec![GuidePlace {
            name: SECTION.to_owned(),
            lines: vec!["Quầy số 3".to_owned(), "Điện thoại: 0236 3 123 456".to_owned()],
            guidance: "Mang theo bản chính để đối chiếu.".to_owned(),
        }],
        steps: vec!["Nộp hồ sơ.".to_owned(), "Nhận kết quả.".to_owned()],
        results: vec!["Giấy khai sinh".to_owned()],
        conditions: String::new(),
        basis: vec!["Luật Hộ tịch".to_owned()],
        about: "Quét mã để xem bản mới nhất".to_owned(),
        follow: Follow { lookup: lookup(), anchor: None },
    }
}

fn queue_ticket(sheet: Sheet) -> QueueTicket {
    QueueTicket {
        sheet,
        ticket: "A012".to_owned(),
        service: "Nộp hồ sơ".to_owned(),
        at: "08:15 23/11/2026".to_owned(),
        ahead: "Trước Ông/Bà còn 3 người".to_owned(),
    }
}

fn attestation(sheet: Sheet) -> Attestation {
    let block = |title: &str, text: &str, number: &str| AttestationBlock {
        title: title.to_owned(),
        text: text.to_owned(),
        paper: "Bằng tốt nghiệp trung học phổ thông".to_owned(),
        number: number.to_owned(),
        place_and_date: "Hải Châu, ngày 23 tháng 11 năm 2026".to_owned(),
        signer: "Phạm Hữu Ễ".to_owned(),
    };
    let copy = block(
        "Bản sao từ bản chính",
        "Chứng thực bản sao đúng với bản chính.",
        "1234, quyển số 01/2026-SCT/BS",
    );
    let signature = block(
        "Chữ ký",
        "Nguyễn Thị Ngọc Quỳnh, giấy tờ tùy thân số 048190001234, đã ký trước mặt người tiếp nhận.",
        "56, quyển số 01/2026-SCT/CK,ĐC",
    );
    Attestation { sheet, blocks: vec![copy.clone(), copy, signature] }
}

fn certification_book(sheet: Sheet) -> CertificationBook {
    let line = |number: u32| BookLine {
        number: format!("{number:02}"),
        date: "23/11/2026".to_owned(),
        person: person().name,
        identity: "048190001234".to_owned(),
        paper: "Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất"
            .to_owned(),
        signer: "Phạm Hữu Ễ".to_owned(),
        copies: "3".to_owned(),
        fee: "21.000".to_owned(),
        note: format!("H40.12-261123-{number:04}"),
    };
    CertificationBook {
        sheet,
        book: "Quyển số 01/2026-SCT/BS".to_owned(),
        period: "Năm 2026".to_owned(),
        closes: true,
        first: "01".to_owned(),
        last: "06".to_owned(),
        numbers: "06".to_owned(),
        copies: "18".to_owned(),
        fees: "126.000".to_owned(),
        fees_in_words: amount_in_words(126_000),
        lines: (1..=6).map(line).collect(),
    }
}

/// A form with a field of every kind.
fn declared_form(sheet: Sheet) -> DeclaredPaper {
    let field = |label: &str, value: &str, kind| DeclaredField {
        label: label.to_owned(),
        value: value.to_owned(),
        kind,
        ..DeclaredField::default()
    };
    let options = vec![("Nam".to_owned(), false), ("Nữ".to_owned(), true)];
    let table = FieldKind::Table {
        columns: vec!["Họ, chữ đệm, tên".to_owned(), "Quan hệ với chủ hộ".to_owned()],
        rows: vec![vec!["Nguyễn Văn Ễ".to_owned(), "Con".to_owned()], vec![String::new(); 2]],
    };
    let owner = vec![
        field("Họ, chữ đệm, tên", &person().name, FieldKind::Line),
        field("Số định danh cá nhân", "048190001234", FieldKind::Digits),
        field("Ngày, tháng, năm sinh", "", FieldKind::Date),
        field("Giới tính", "", FieldKind::Choice { options }),
        field("Dân tộc", "Kinh", FieldKind::Short),
        field("Nơi cư trú", "", FieldKind::Place),
    ];
    let matter = vec![
        field("Nội dung đề nghị", "", FieldKind::Lines { lines: 3 }),
        DeclaredField {
            when: "Khai nếu “Nội dung đề nghị” là “Đăng ký tạm trú”".to_owned(),
            help: "Không tính người khai.".to_owned(),
            ..field("Người cùng thay đổi", "", table)
        },
        field("Đề nghị cấp bản sao", "", FieldKind::Tick { ticked: true }),
    ];
    let section = |title: &str, fields| DeclaredSection {
        title: title.to_owned(),
        fields,
        ..DeclaredSection::default()
    };
    DeclaredPaper {
        sheet,
        blank: false,
        to: String::new(),
        named: "Tờ khai 1.004222, bản 12".to_owned(),
        source: "Thông tư số 53/2025/TT-BCA".to_owned(),
        sections: vec![section("Người khai", owner), section("Nội dung", matter)],
        signed_at: "Hải Châu, ngày 23 tháng 11 năm 2026".to_owned(),
        signers: vec![
            ("Chủ hộ".to_owned(), String::new()),
            ("Người khai".to_owned(), person().name),
        ],
        follow: follow(),
    }
}
