//! What is filed: the reference dossier of every measurement, 25 answers and 3 papers.

use super::cast::Cast;
use super::plan::{Dice, Plan};
use crate::domain::catalogue::{Channel, Procedure};
use crate::domain::dossier::{Form, FormValue, Submission, SubmittedPaper};
use crate::office::filing::{FiledPaper, Filing};

/// Papers of a reference dossier, unless the procedure demands more.
pub(super) const PAPERS: usize = 3;

/// The answers of the form, beside those about the person.
const ANSWERS: [(&str, &[&str]); 18] = [
    ("noi_cap_giay_to", &["Cục Cảnh sát quản lý hành chính về trật tự xã hội", "Bộ Công an"]),
    ("ngay_cap_giay_to", &["2021-04-12", "2022-08-30", "2023-01-05", "2024-11-19"]),
    (
        "noi_thuong_tru",
        &["Tổ 4, phường Nam Định, tỉnh Ninh Bình", "Xóm 7, xã Hải Hậu, tỉnh Ninh Bình"],
    ),
    ("noi_o_hien_tai", &["Số 18 đường Trần Phú, phường Nam Định", "Thôn Đông, xã Hải Hậu"]),
    ("dan_toc", &["Kinh", "Tày", "Mường", "Thái"]),
    ("quoc_tich", &["Việt Nam"]),
    ("ton_giao", &["Không", "Công giáo", "Phật giáo"]),
    ("nghe_nghiep", &["Giáo viên", "Nông dân", "Công nhân may", "Kinh doanh hộ gia đình"]),
    ("trinh_do", &["12/12", "Cao đẳng", "Đại học"]),
    ("tinh_trang_hon_nhan", &["Đã kết hôn", "Chưa kết hôn"]),
    ("quan_he_voi_chu_ho", &["Chủ hộ", "Vợ", "Chồng", "Con"]),
    (
        "noi_dung_de_nghi",
        &[
            "Đề nghị giải quyết theo quy định để bổ sung vào hồ sơ cá nhân.",
            "Đề nghị cấp giấy tờ để làm thủ tục nhập học cho con tại trường tiểu học trên địa bàn.",
        ],
    ),
    ("ly_do", &["Bổ sung giấy tờ", "Thay đổi thông tin", "Lần đầu"]),
    ("so_ban_can_cap", &["1", "2", "3"]),
    ("muc_dich_su_dung", &["Làm thủ tục vay vốn", "Nhập học", "Xin việc làm"]),
    ("hinh_thuc_nhan", &["Trực tiếp", "Bưu chính", "Trực tuyến"]),
    ("cam_doan", &["Tôi cam đoan những nội dung trên là đúng sự thật."]),
    ("ghi_chu", &["", "Liên hệ trong giờ hành chính"]),
];

fn form(person: &crate::domain::person::Person, dice: &mut Dice) -> Form {
    let mut form: Form = ANSWERS
        .iter()
        .map(|(name, values)| {
            let value = values[dice.below(values.len())];
            ((*name).to_owned(), FormValue::Text(value.to_owned()))
        })
        .collect();
    let mut put = |name: &str, value: Option<String>| {
        form.insert(name.to_owned(), value.map_or(FormValue::Null, FormValue::Text));
    };
    put("ho_ten", Some(person.name.clone()));
    put("so_giay_to", person.id_number.clone());
    put("ngay_sinh", person.birth_date.map(|day| day.to_string()));
    put("dien_thoai", person.phone.clone());
    put("thu_dien_tu", person.email.clone());
    put("dia_chi", person.address.clone());
    form.insert("da_doc_huong_dan".to_owned(), FormValue::Bool(true));
    form
}

/// Every mandatory paper, and others up to three: id, originals, copies.
fn papers(procedure: &Procedure) -> Vec<(String, u32, u32)> {
    let mandatory = procedure.components.iter().filter(|c| c.mandatory);
    let others = procedure.components.iter().filter(|c| !c.mandatory);
    let needed = procedure.components.iter().filter(|c| c.mandatory).count();
    mandatory
        .chain(others)
        .take(needed.max(PAPERS))
        .map(|c| (c.id.to_string(), c.originals.max(1), c.copies))
        .collect()
}

/// What the plan's applicant files.
pub(super) fn submission(cast: &Cast, plan: &Plan) -> Submission {
    let mut dice = plan.dice.clone();
    let (procedure, receiving, competent) = cast.procedure(&mut dice);
    let applicant = cast.person(&mut dice);
    let paper = |(component, originals, copies)| SubmittedPaper {
        component,
        originals,
        copies,
        on_paper: true,
        attachments: Vec::new(),
        evidence: Default::default(),
    };
    Submission {
        procedure: procedure.code.clone(),
        receiving_agency: receiving.clone(),
        competent_agency: competent.clone(),
        channel: plan.channel,
        return_channel: Channel::Counter,
        owner: None,
        form: form(&applicant, &mut dice),
        applicant,
        mandate: None,
        papers: papers(procedure).into_iter().map(paper).collect(),
        external_codes: Vec::new(),
        linked: Vec::new(),
        is_assisted: false,
        form_version: None,
    }
}

/// The reference dossier as a citizen files it online; the number tells which one.
pub(in crate::ops) fn reference(cast: &Cast, number: u64) -> Filing {
    let mut dice = Dice::new(0, number);
    let (procedure, receiving, _) = cast.procedure(&mut dice);
    let applicant = cast.person(&mut dice);
    let paper = |(component, originals, copies)| FiledPaper {
        component,
        originals,
        copies,
        on_paper: true,
        uploads: Vec::new(),
        evidence: Default::default(),
    };
    Filing {
        procedure: procedure.code.to_string(),
        agency: Some(receiving.to_string()),
        channel: Channel::Online,
        return_channel: Channel::Counter,
        owner: None,
        form: form(&applicant, &mut dice),
        applicant,
        mandate: None,
        papers: papers(procedure).into_iter().map(paper).collect(),
        external_codes: Vec::new(),
        competent: None,
        linked: Vec::new(),
        is_assisted: false,
        form_version: None,
    }
}
