//! The rule packs in words, for the public and for administration.

crate::messages! {
    RULES_TITLE: "Quy tắc đang áp dụng" / "Rules in force";
    RULES_INTRO: "Phần mềm tính thời hạn và kiểm tra hồ sơ theo các quy tắc dưới đây. Hồ sơ theo quy tắc có hiệu lực lúc được tiếp nhận." / "The software counts deadlines and checks dossiers by these rules. A dossier keeps the rules in force when it was received.";
    RULES_NOW: "đang áp dụng" / "in force";
    RULES_FROM: "Có hiệu lực từ {day}" / "In force from {day}";
    RULES_FROM_TO: "Có hiệu lực từ {from} đến {to}" / "In force from {from} to {to}";
    RULES_SOURCES: "Văn bản" / "Sources";
    RULE_ANSWER: "Trả lời hồ sơ trực tuyến" / "Answer to an online dossier";
    RULE_ANSWER_IS: "trong {n} giờ làm việc" / "within {n} working hours";
    RULE_SAME_DAY: "Thủ tục trả trong ngày" / "Same-day procedures";
    RULE_SAME_DAY_IS: "trả trong ngày khi tiếp nhận trước {time}" / "settled the same day when received before {time}";
    RULE_TRANSFER: "Chuyển hồ sơ cho đơn vị giải quyết" / "Handing over to the settling unit";
    RULE_TRANSFER_IS: "trong ngày; tiếp nhận sau {time} thì đầu giờ ngày làm việc tiếp theo" / "the same day; when received after {time}, the next working morning";
    RULE_SUPPLEMENT: "Yêu cầu bổ sung" / "Supplements";
    RULE_SUPPLEMENT_IS: "tối đa {n} lần trước và {n} lần sau khi tiếp nhận" / "at most {n} before and {n} after reception";
    RULE_PAUSE: "Sau khi bổ sung" / "After a supplement";
    RULE_RESTART: "thời hạn tính lại từ đầu" / "the deadline is counted anew";
    RULE_RESUME: "thời hạn tính tiếp, không kể thời gian chờ" / "the deadline goes on, without the time of waiting";
    RULE_LAPSE: "Không bổ sung" / "No supplement";
    RULE_LAPSE_IS: "sau {n} ngày có thể dừng giải quyết" / "after {n} days the settlement may be stopped";
    RULE_EXTEND: "Xin lỗi và hẹn lại" / "Apology and new date";
    RULE_EXTEND_IS: "tối đa {n} lần, chậm nhất {days} ngày trước ngày hẹn" / "at most {n}, at the latest {days} day before the due date";
    RULE_SOON: "Sắp đến hạn" / "Due soon";
    RULE_SOON_IS: "còn dưới {n} ngày làm việc" / "less than {n} working day left";
    RULE_DAY: "Giờ trong quy trình" / "Hours of processes";
    RULE_DAY_IS: "một ngày làm việc tính {n} giờ" / "a working day counts {n} hours";
    RULE_PAPERS: "Mẫu giấy" / "Forms";
    RULE_PAPER: "Mẫu số {number}: {title} (khổ {size})" / "Form {number}: {title} ({size})";
    TO_VERIFY: "chưa đối chiếu văn bản" / "not yet checked against the official text";

    RULES_FROM_NOBODY: "có hiệu lực, chưa cơ quan nào chọn" / "in force, chosen by no agency";
    RULE_LAPSE_NONE: "pháp luật không đặt thời hạn; hồ sơ chờ đến khi có giấy tờ" / "the law sets no time; the dossier waits for its papers";
    RULES_AT: "Áp dụng tại: {agencies}" / "Applied at: {agencies}";
    RULES_STEPS: "Các lần sửa đổi" / "Amendments";
    RULES_STEP: "{name}, từ {day}" / "{name}, from {day}";
    RULES_FIGURES: "Số liệu hiện hành" / "Figures now";
    RULES_FIGURES_THEN: "Số liệu khi còn hiệu lực" / "Figures while in force";
    RULES_OLDER: "Đã hết hiệu lực" / "No longer in force";
    RULES_COMING: "Chưa có hiệu lực" / "Not in force yet";
    RULE_CODE: "Mã hồ sơ" / "Dossier codes";
    RULE_KEPT: "Thời hạn lưu hồ sơ" / "How long dossiers are kept";
    RULE_KEPT_OF: "Thời hạn lưu hồ sơ {kind}" / "How long dossiers of {kind} are kept";
    RULE_KEPT_FOR: "{n} năm, tính từ hết năm hồ sơ kết thúc; sau đó tiêu hủy khi được phê duyệt" / "{n} years from the end of the year in which they ended; then disposed of when approved";
    RULE_KEPT_EVER: "Lưu vĩnh viễn" / "For ever";
    RULE_DURATION: "Thời hạn lĩnh vực {field}" / "Durations of the field {field}";
    RULE_BASIS: "Căn cứ: {source}" / "Basis: {source}";
    LYING: "{size} nằm ngang" / "{size} landscape";
    CODE_IS: "mã cơ quan, năm tháng ngày, số thứ tự trong ngày; ví dụ {example}" / "the agency's code, year month day, the number of that day; for example {example}";
    RULE_OTHER_PAPER: "{title} (khổ {size})" / "{title} ({size})";

    CHOOSE_TITLE: "Quy tắc" / "Rules";
    CHOOSE_ABOUT: "Mỗi cơ quan làm theo một bộ quy tắc. Hồ sơ đã tiếp nhận giữ quy tắc lúc tiếp nhận; lựa chọn mới áp dụng cho hồ sơ tiếp nhận từ nay." / "Each agency works under one rule pack. A dossier keeps the rules of its reception; a choice holds for what is received from now on.";
    CHOOSE_FILES: "Bộ quy tắc riêng là tệp TOML đặt trong thư mục {folder}, được đọc khi khởi động." / "Packs of one's own are TOML files in {folder}, read at the start.";
    CHOOSE_NOW: "Đang áp dụng" / "In force";
    CHOOSE_DEFAULT: "Mặc định: {name}" / "Default: {name}";
    CHOOSE_SAVE: "Lưu lựa chọn" / "Save the choice";
    CHOOSE_SEE: "Xem nội dung các bộ quy tắc" / "See the rule packs";
    CHOOSE_OF: "Bộ quy tắc của {agency}" / "Rule pack of {agency}";
}
