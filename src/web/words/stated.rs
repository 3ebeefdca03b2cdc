//! The words of what an applicant has stated.

crate::messages! {
    OWNER: "Chủ hồ sơ" / "Owner";
    SUBMITTER: "Người nộp" / "Submitter";
    FORM: "Nội dung khai" / "Answers";
    RESULT: "Kết quả" / "Result";
    NAME: "Họ, chữ đệm và tên" / "Full name";
    ID_NUMBER: "Số định danh, hộ chiếu hoặc mã số thuế" / "Identity, passport or tax number";
    BIRTH_DATE: "Ngày sinh" / "Date of birth";
    PHONE: "Số điện thoại" / "Telephone";
    EMAIL: "Email" / "Email";
    ADDRESS: "Địa chỉ" / "Address";
    REQUEST: "Nội dung đề nghị" / "What is asked for";
    COPIES: "Số bản" / "Number of copies";
    RESULT_NAME: "Tên kết quả" / "The result's name";
    RESULT_NUMBER: "Số của kết quả" / "The result's number";
    NOTHING: "(chưa có)" / "(nothing)";

    FULL_NAME: "Họ và tên" / "Full name";
    CHILD_NAME: "Họ, chữ đệm và tên con" / "The child's full name";
    CHILDREN: "Số con" / "Number of children";
    TWINS: "Sinh đôi" / "Twins";
    BORN: "Ngày sinh" / "Date of birth";
    SEX: "Giới tính" / "Sex";
    PAPER_KIND: "Loại giấy tờ tùy thân" / "Kind of identity paper";
    PAPER_NUMBER: "Số giấy tờ tùy thân" / "Number of the identity paper";
    PAPER_ISSUER: "Nơi cấp giấy tờ tùy thân" / "Issuer of the identity paper";
    PAPER_DATE: "Ngày cấp giấy tờ tùy thân" / "Date of the identity paper";
    RESIDENCE: "Nơi thường trú" / "Permanent residence";
    LIVES_AT: "Nơi ở hiện tại" / "Present home";
    ETHNICITY: "Dân tộc" / "Ethnic group";
    NATIONALITY: "Quốc tịch" / "Nationality";
    RELIGION: "Tôn giáo" / "Religion";
    OCCUPATION: "Nghề nghiệp" / "Occupation";
    EDUCATION: "Trình độ" / "Education";
    MARRIAGE: "Tình trạng hôn nhân" / "Marital status";
    HOUSEHOLD: "Quan hệ với chủ hộ" / "Relation to the householder";
    ASKED: "Nội dung đề nghị" / "What is asked for";
    REASON: "Lý do" / "Reason";
    PURPOSE: "Mục đích sử dụng" / "Purpose";
    RETURN: "Hình thức nhận kết quả" / "How the result comes";
    PLEDGE: "Cam đoan" / "Pledge";
    REMARK: "Ghi chú" / "Remark";
    TELEPHONE: "Số điện thoại" / "Telephone";
    MAIL: "Thư điện tử" / "Email";
    HOME: "Địa chỉ" / "Address";
    EXEMPT: "Được miễn nghĩa vụ tài chính" / "Exempt from the financial obligation";
    PLACE_ONLY: "Chỉ đổi nơi nhận" / "Only where it is received changes";
    HOME_CONFIRMED: "Chỗ ở đã được xác nhận" / "The home is confirmed already";
    GUIDE_READ: "Đã đọc hướng dẫn" / "The guide was read";
}

/// The questions behind the names of answers that are often asked.
pub const QUESTIONS: &[(&str, crate::domain::words::Message)] = &[
    ("noi_dung", REQUEST),
    ("so_ban", COPIES),
    ("so_ban_can_cap", COPIES),
    ("ho_ten", FULL_NAME),
    ("ho_ten_con", CHILD_NAME),
    ("so_con", CHILDREN),
    ("song_sinh", TWINS),
    ("ngay_sinh", BORN),
    ("gioi_tinh", SEX),
    ("loai_giay_to", PAPER_KIND),
    ("so_giay_to", PAPER_NUMBER),
    ("noi_cap_giay_to", PAPER_ISSUER),
    ("ngay_cap_giay_to", PAPER_DATE),
    ("noi_thuong_tru", RESIDENCE),
    ("noi_o_hien_tai", LIVES_AT),
    ("dan_toc", ETHNICITY),
    ("quoc_tich", NATIONALITY),
    ("ton_giao", RELIGION),
    ("nghe_nghiep", OCCUPATION),
    ("trinh_do", EDUCATION),
    ("tinh_trang_hon_nhan", MARRIAGE),
    ("quan_he_voi_chu_ho", HOUSEHOLD),
    ("noi_dung_de_nghi", ASKED),
    ("ly_do", REASON),
    ("muc_dich_su_dung", PURPOSE),
    ("hinh_thuc_nhan", RETURN),
    ("cam_doan", PLEDGE),
    ("ghi_chu", REMARK),
    ("dien_thoai", TELEPHONE),
    ("thu_dien_tu", MAIL),
    ("dia_chi", HOME),
    ("mien_nghia_vu", EXEMPT),
    ("chi_doi_noi_nhan", PLACE_ONLY),
    ("cho_o_da_xac_nhan", HOME_CONFIRMED),
    ("da_doc_huong_dan", GUIDE_READ),
];
