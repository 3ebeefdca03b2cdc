//! Each paper is set and its pages counted; `samples` writes them to be looked at.

use jiff::civil::{date, datetime};

use super::samples::{components, receipt, refusal, register, submission, supplement};
use super::signing::put_check;
use super::{
    Deed, Layout, Layouts, PaperSize, Ready, Sheet, date_in_words, render, render_all, sample,
    time_in_words,
};

fn sheet(deed: Deed) -> Sheet {
    Sheet {
        paper: deed.usual_size(),
        form_number: "Mẫu số 01, Thông tư 03/2025/TT-VPCP".into(),
        title: title(deed).into(),
        superior: Some("Ủy ban nhân dân phường Hải Châu".into()),
        agency: "Trung tâm Phục vụ hành chính công".into(),
        section: None,
        number: Some("12/TNHS".into()),
        place: "Hải Châu".into(),
        issued: datetime(2026, 11, 23, 15, 5, 0, 0),
        dossier_code: Some("H40.12-261123-0001".into()),
        training: None,
    }
}

fn title(deed: Deed) -> &'static str {
    match deed {
        Deed::Apology => "Văn bản xin lỗi và đề nghị gia hạn thời gian trả kết quả",
        Deed::StopNotice => "Thông báo dừng giải quyết hồ sơ",
        Deed::ControlSheet => "Phiếu kiểm soát quá trình giải quyết hồ sơ",
        Deed::Register => "Sổ theo dõi hồ sơ",
        Deed::HandOver => "Biên bản bàn giao hồ sơ",
        Deed::LostReceipt => "Giấy cam kết mất giấy tiếp nhận",
        Deed::Poster => "Tra cứu thủ tục hành chính",
        _ => "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
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

fn set(paper: &Ready) -> Vec<u8> {
    render(&Layouts::default(), paper).expect("a paper")
}

#[test]
fn every_paper_fits_its_sheet() {
    for deed in Deed::ALL {
        assert_eq!(pages(&set(&sample(deed, sheet(deed)))), 1, "{deed:?}");
    }
}

#[test]
fn signed_papers_of_practice_fit_their_sheet_too() {
    let address = format!("HTTPS://MOTCUA.EXAMPLE.VN/KIEM-TRA/{}", "AF4KCMA4".repeat(24));
    // The sample of a receipt lists files, which may take a second sheet beside two codes.
    let slips = Deed::ALL.into_iter().filter(|deed| deed.is_signed() && *deed != Deed::Receipt);
    let long: Vec<Deed> = slips
        .filter(|deed| {
            let training = Some("Tập huấn: dữ liệu không thật, không gửi tin.".into());
            let mut paper = sample(*deed, Sheet { training, ..sheet(*deed) });
            put_check(&mut paper.data, &address);
            pages(&set(&paper)) > 1
        })
        .collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn a_receipt_fits_every_usual_size() {
    for paper in [PaperSize::A5, PaperSize::A5Landscape, PaperSize::A4] {
        let sheet = Sheet { paper, ..sheet(Deed::Receipt) };
        assert_eq!(pages(&set(&receipt(sheet).ready())), 1, "{paper:?}");
    }
}

#[test]
fn a_receipt_of_many_papers_takes_one_sheet_beside_both_codes() {
    let address = format!("HTTPS://MOTCUA.EXAMPLE.VN/KIEM-TRA/{}", "AF4KCMA4".repeat(24));
    let names = [
        "Tờ khai theo mẫu",
        "Giấy tờ chứng minh tình trạng hôn nhân của người nước ngoài, đã hợp pháp hóa",
        "Bản sao hộ chiếu",
    ];
    for count in [1, 4, 6, 8] {
        let mut long = receipt(sheet(Deed::Receipt));
        long.components = components(count, 0);
        for (line, name) in long.components.iter_mut().zip(names.iter().cycle()) {
            line.name = (*name).to_owned();
        }
        let mut paper = long.ready();
        put_check(&mut paper.data, &address);
        assert_eq!(pages(&set(&paper)), 1, "{count} papers");
    }
}

#[test]
fn many_papers_flow_to_further_pages() {
    let mut long = receipt(sheet(Deed::Receipt));
    long.components = components(30, 40);
    assert_eq!(pages(&set(&long.ready())), 4);
    let mut long = submission(sheet(Deed::SubmissionSlip));
    long.components = components(30, 40);
    assert!(pages(&set(&long.ready())) >= 3);
    assert!(pages(&set(&register(sheet(Deed::Register), 60).ready())) >= 3);
}

#[test]
fn papers_of_one_file_keep_their_own_pages() {
    let mut long = receipt(sheet(Deed::Receipt));
    long.components = components(30, 40);
    let papers = [
        supplement(sheet(Deed::SupplementRequest)).ready(),
        long.ready(),
        refusal(sheet(Deed::ReceptionRefusal)).ready(),
    ];
    let file = render_all(&Layouts::default(), &papers).expect("papers");
    assert_eq!(pages(&file), 1 + 4 + 1);
    assert_eq!(file, render_all(&Layouts::default(), &papers).expect("papers"));
    assert!(render_all(&Layouts::default(), &[]).is_err());
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
    // The layouts as they are on the disk now: looking at them needs no build.
    let layouts = Layout::all().fold(Layouts::default(), |layouts, layout| {
        let path = format!("{}/assets/papers/{}.typ", env!("CARGO_MANIFEST_DIR"), layout.id());
        layouts.with(layout, std::fs::read_to_string(path).expect("a layout"))
    });
    let save = |name: &str, paper: &Ready| {
        let pdf = render(&layouts, paper).expect("a paper");
        std::fs::write(folder.join(format!("{name}.pdf")), pdf).expect("written");
    };
    for deed in Deed::ALL {
        save(deed.id(), &sample(deed, sheet(deed)));
    }
    let lying = Sheet { paper: PaperSize::A5Landscape, ..sheet(Deed::Receipt) };
    save("receipt_landscape", &receipt(lying).ready());
    let large = Sheet {
        paper: PaperSize::A4,
        section: Some("Bộ phận Tiếp nhận và Trả kết quả".into()),
        training: Some("Tập huấn: dữ liệu không thật, không gửi tin.".into()),
        ..sheet(Deed::Apology)
    };
    save("apology_a4", &sample(Deed::Apology, large));
    save("register_long", &register(sheet(Deed::Register), 60).ready());
}
