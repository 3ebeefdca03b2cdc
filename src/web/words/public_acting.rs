//! Words of what an applicant does to a dossier: corrections, papers added, and what changed meanwhile.

crate::messages! {
    OWN_ACTIONS: "Việc Ông/Bà có thể làm" / "What you can do";
    TO_DOSSIER: "Quay lại hồ sơ" / "Back to the dossier";

    CHANGED: "Hồ sơ vừa thay đổi trong lúc Ông/Bà nhập:" / "The dossier has changed while you were typing:";
    CHANGED_KEPT: "Nội dung đã nhập vẫn còn ở dưới. Xem lại, rồi gửi." / "What you typed is kept below. Look it over, then send it.";
    CHANGED_GONE: "Việc này không còn làm được." / "This can no longer be done.";
    TYPED: "Nội dung đã nhập" / "What you typed";

    CORRECT: "Sửa thông tin đã khai" / "Correct what was stated";
    CORRECT_NOW: "Hồ sơ chưa được tiếp nhận: nội dung sửa có hiệu lực ngay. Nội dung cũ vẫn được lưu. Điều ghi giống nhau ở tờ khai và ở người nộp, chủ hồ sơ thì sửa một nơi là đủ." / "The dossier has not been received: corrections count at once. The old values are kept. What the form repeats of a person is corrected in both places.";
    CORRECT_LATER: "Hồ sơ đã được tiếp nhận: Bộ phận Một cửa đối chiếu với giấy tờ rồi sửa, hoặc trả lời vì sao không sửa. Thời hạn giải quyết không thay đổi." / "The dossier has been received: the one-stop section compares it with the papers and corrects it, or tells why not. The deadline stays.";
    CORRECT_AGAIN: "Đang chờ trả lời đề nghị dưới đây. Đề nghị mới thay cho đề nghị này." / "This request waits for its answer. A new one takes its place.";
    CORRECT_WHY: "Lý do sửa" / "Why";
    CORRECT_WHY_HINT: "Ví dụ: gõ nhầm ngày sinh, khác giấy khai sinh" / "Such as: mistyped date of birth";
    CORRECT_SEND: "Gửi nội dung sửa" / "Send the corrections";
    CORRECTED_NOW: "Đã sửa thông tin." / "The corrections were made.";
    CORRECTION_SENT: "Đã gửi đề nghị sửa thông tin. Câu trả lời sẽ ghi ở trang này." / "The request was sent. The answer will stand on this page.";
    CORRECTION_WAITS: "Đề nghị sửa thông tin đang chờ Bộ phận Một cửa trả lời:" / "A request for a correction waits for the section's answer:";

    ADD_PAPERS: "Gửi thêm giấy tờ" / "Add papers";
    ADD_PAPERS_INTRO: "Gửi được đến khi hồ sơ được tiếp nhận. Tải tệp lên ở giấy tờ cần thêm, rồi bấm Gửi." / "Possible until the dossier is received. Upload files where they belong, then press Send.";
    ADD_PAPERS_SEND: "Gửi giấy tờ" / "Send the papers";
    OTHER_PAPER: "Giấy tờ khác" / "Another paper";
    PAPERS_SENT: "Đã gửi thêm giấy tờ." / "The papers were added.";
}
