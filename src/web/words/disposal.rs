//! Words of disposing of dossiers whose period is over.

crate::messages! {
    TITLE: "Tiêu hủy hồ sơ hết hạn lưu" / "Disposal of dossiers";
    NAV: "Tiêu hủy" / "Disposal";
    ABOUT: "Hồ sơ đã kết thúc được lưu theo thời hạn của bộ quy tắc, rồi tiêu hủy khi có người có thẩm quyền phê duyệt. Tiêu hủy là hủy khóa của hồ sơ: tên, giấy tờ, tờ khai không mở lại được, kể cả từ bản sao lưu cũ. Nhật ký, kết quả và biên bản tiêu hủy còn lại." / "Dossiers that have ended are kept for the period of the rule pack, then disposed of when an official approves it. Disposal destroys a dossier's key: names, papers and answers cannot be opened again, not even from an old backup. Log, results and the record of disposal stay.";
    DUE: "Đã hết hạn lưu" / "Period is over";
    NONE_DUE: "Không có hồ sơ nào hết hạn lưu." / "No dossier's period is over.";
    DOSSIER: "Mã hồ sơ" / "Dossier";
    PROCEDURE: "Thủ tục" / "Procedure";
    ENDED: "Kết thúc" / "Ended";
    PERIOD: "Thời hạn lưu" / "Kept for";
    YEARS: "{n} năm" / "{n} years";
    GROUND: "Căn cứ" / "Ground";
    GROUND_HINT: "Số, ngày quyết định tiêu hủy; không ghi tên người nộp" / "Number and date of the decision; no applicant's name";
    GROUND_EMPTY: "Ghi căn cứ tiêu hủy." / "Write the ground.";
    CHOOSE: "Chọn ít nhất một hồ sơ." / "Choose at least one dossier.";
    APPROVE: "Phê duyệt tiêu hủy hồ sơ đã chọn" / "Approve the disposal of those chosen";
    SURE: "Tiêu hủy {n} hồ sơ" / "Dispose of {n} dossiers";
    SURE_ABOUT: "Không khôi phục được. Thông tin cá nhân, tờ khai, giấy tờ, thư đã gửi của các hồ sơ này bị hủy ở mọi nơi." / "This cannot be undone. Personal data, answers, papers and letters of these dossiers are destroyed everywhere.";
    DONE: "Đã tiêu hủy {n} hồ sơ. Chép ngay thư mục keys/ vào nơi lưu, thay bản cũ." / "{n} dossiers were disposed of. Copy the folder keys/ to where its copy is kept now, in place of the old one.";
    RECORDS: "Biên bản tiêu hủy" / "Records of disposal";
    NO_RECORDS: "Chưa tiêu hủy lần nào." / "None yet.";
    RECORD: "Số {n}, {when}: {count} hồ sơ" / "No. {n}, {when}: {count} dossiers";
    APPROVED_BY: "Người phê duyệt: {name}" / "Approved by: {name}";
    RESULT: "Kết quả" / "Result";
    RESULT_FILE: "Tệp kết quả {n}" / "Result file {n}";
}
