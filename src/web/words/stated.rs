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
}
