//! Words of a person's own papers: kept, shown, used again, deleted.

crate::messages! {
    TITLE: "Giấy tờ của tôi" / "My papers";
    INTRO: "Kết quả đã được cấp và giấy tờ Ông/Bà giữ lại để nộp cho lần sau. Chỉ Ông/Bà mở được, sau khi nhập mã xác thực." / "Results that were issued to you, and papers that you keep for the next time. Only you can open them, after entering a code.";
    OPEN: "Giấy tờ của tôi" / "My papers";
    OPEN_COUNT: "{n} giấy tờ để dùng lại" / "{n} papers to use again";
    RESULTS: "Kết quả từ hồ sơ" / "Results of dossiers";
    NO_RESULTS: "Chưa có kết quả nào dạng tệp. Khi hồ sơ có kết quả, tệp tự hiện ở đây." / "No result has come as a file yet. Once a dossier has one, it appears here by itself.";
    KEPT: "Giấy tờ đã giữ" / "Papers kept";
    NO_KEPT: "Chưa giữ giấy tờ nào." / "No papers are kept yet.";
    ADD: "Thêm giấy tờ" / "Add a paper";
    KEEP_OF: "Giữ lại giấy tờ đã nộp" / "Keep papers that were handed in";
    KEEP_OF_TEXT: "Chọn hồ sơ có giấy tờ cần giữ để lần sau không phải chụp lại." / "Choose the dossier whose papers you want to keep, so that you need not photograph them again.";

    NUMBER: "Số" / "Number";
    ISSUED: "Ngày cấp" / "Issued on";
    ISSUER: "Nơi cấp" / "Issued by";
    EXPIRES: "Hết hạn" / "Expires on";
    FROM: "Nguồn" / "Source";
    FROM_RESULT: "Kết quả của hồ sơ {code}" / "Result of dossier {code}";
    FROM_COMPARED: "Nộp trong hồ sơ {code}, cán bộ đã đối chiếu bản chính" / "Handed in with dossier {code}, compared with the original by an officer";
    FROM_HANDED_IN: "Nộp trong hồ sơ {code}, chưa đối chiếu" / "Handed in with dossier {code}, not compared";
    FROM_ADDED: "Tự tải lên, chưa đối chiếu" / "Added by yourself, not compared";
    VOUCHED: "Đã xác nhận" / "Confirmed";
    EXPIRED: "Hết hạn từ {date}" / "Expired on {date}";
    EXPIRES_SOON: "Hết hạn sau {n} ngày" / "Expires in {n} days";
    EXPIRES_TODAY: "Hết hạn hôm nay" / "Expires today";
    REMIND: "Giấy tờ sắp hoặc đã hết hạn" / "Papers that expire soon or have expired";
    FILES: "Tệp" / "Files";
    DELETE: "Xóa" / "Delete";
    DELETE_TITLE: "Xóa “{name}”?" / "Delete “{name}”?";
    DELETE_TEXT: "Tệp và thông tin của giấy này bị xóa khỏi hệ thống và không lấy lại được. Hồ sơ đã nộp bằng giấy này vẫn giữ bản của mình." / "The files and what was noted of this paper are removed from the system and cannot be brought back. Dossiers that were filed with it keep their own copies.";
    DELETED: "Đã xóa giấy tờ." / "The paper was deleted.";
    ADDED: "Đã giữ giấy tờ." / "The paper is kept.";
    OF_DOSSIER: "Kết quả nằm trong hồ sơ và theo thời hạn lưu trữ của hồ sơ." / "A result belongs to its dossier and stays as long as that is stored.";

    NAME: "Tên giấy tờ" / "Name of the paper";
    NAME_HINT: "Ví dụ: Giấy chứng nhận kết hôn" / "Such as: marriage certificate";
    DATE_WRONG: "Ngày phải là ngày có thật, ví dụ 27/11/2026" / "The date must be a real one, such as 27/11/2026";
    EXPIRES_HINT: "Để trống nếu giấy không có thời hạn" / "Leave empty if the paper has no end";
    KEEP: "Giữ trong Giấy tờ của tôi" / "Keep in My papers";
    KEEP_TITLE: "Giữ giấy tờ của hồ sơ {code}" / "Keep papers of dossier {code}";
    KEEP_WHICH: "Giấy tờ cần giữ" / "Papers to keep";
    KEEP_NONE: "Chọn ít nhất một giấy tờ" / "Choose at least one paper";
    NOTHING_TO_KEEP: "Hồ sơ này không có tệp nào để giữ." / "This dossier has no files to keep.";
    KEEP_AFTER: "Giữ giấy tờ đã nộp để dùng lại" / "Keep the papers for the next time";

    REUSE_OTHERS: "{n} giấy tờ khác của tôi" / "{n} more of my papers";
    REUSE: "Lấy từ Giấy tờ của tôi" / "Take from My papers";
    USE: "Dùng giấy này" / "Use this paper";
    CANNOT_USE: "Không dùng được: đã hết hạn." / "Cannot be used: it has expired.";
    ORIGIN: "Lấy từ kho của người nộp: {what}" / "From the applicant's own papers: {what}";
    ORIGIN_RESULT: "kết quả {name} số {number} của hồ sơ {code}" / "result {name}, number {number}, of dossier {code}";
    ORIGIN_RESULT_UNNUMBERED: "kết quả {name} của hồ sơ {code}" / "result {name} of dossier {code}";
    ORIGIN_COMPARED: "{name}, đã đối chiếu bản chính ở hồ sơ {code}" / "{name}, compared with the original in dossier {code}";
    ORIGIN_HANDED_IN: "{name}, nộp ở hồ sơ {code}, chưa đối chiếu" / "{name}, handed in with dossier {code}, not compared";
    ORIGIN_ADDED: "{name}, tự tải lên, chưa đối chiếu" / "{name}, added by the person, not compared";
}
