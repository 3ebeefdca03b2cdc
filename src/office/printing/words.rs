//! The sentences that papers take from the dossier. Papers are Vietnamese; the twins are for lists.

crate::messages! {
    RECEIPT: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả" / "Receipt with the appointment";
    SLIP: "Phiếu xác nhận nộp hồ sơ trực tuyến" / "Slip of the online submission";
    SUPPLEMENT: "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ" / "Request to supplement the dossier";
    REFUSAL: "Phiếu từ chối tiếp nhận giải quyết hồ sơ" / "Refusal to take the dossier";

    FORM_NUMBER: "Mẫu số {number}, {source}" / "Form {number}, {source}";
    TRAINING: "Bản dùng thử: dữ liệu không thật." / "Demo: the data are not real.";
    NOT_A_RECEIPT: "Phiếu này chưa thay cho Giấy tiếp nhận hồ sơ và hẹn trả kết quả."
        / "This slip does not stand for the receipt with the appointment.";
    ANSWER: "{section}, {date}" / "{section}, {date}";
    DUE_NOW: "Ngày hẹn trả hiện nay: {date}." / "The date that holds now: {date}.";
    PAUSED: "Tạm dừng đến khi nhận đủ giấy tờ bổ sung"
        / "Paused until the papers have come";
    PAUSED_WITH: "{left}, tính từ khi nhận đủ giấy tờ bổ sung"
        / "{left}, from when the papers have come";
    OTHER_ITEM: "Nội dung khác" / "Something else";

    ON_PAPER: "Bản giấy" / "On paper";
    FILE: "Tệp điện tử" / "File";
    PAPER_AND_FILE: "Bản giấy, tệp điện tử" / "On paper, and a file";

    AT_COUNTER: "Tại quầy, {section}" / "At the counter, {section}";
    BY_POST: "Qua dịch vụ bưu chính, đến {address}" / "By post, to {address}";
    BY_POST_BARE: "Qua dịch vụ bưu chính" / "By post";
    ONLINE: "Trực tuyến" / "Online";

    FREE: "Không" / "None";
    PAID: "{amount} đồng, đã thu" / "{amount} đồng, paid";
    UNPAID: "{amount} đồng, chưa thu" / "{amount} đồng, not paid yet";
    AMOUNT: "{amount} đồng" / "{amount} đồng";
    AS_PUBLISHED: "Theo mức đã công bố của thủ tục" / "As published for the procedure";

    SAME_DAY: "Trong ngày làm việc" / "The same working day";
    WORKING_HOURS: "{n} giờ làm việc" / "{n} working hours";
    HOURS: "{n} giờ" / "{n} hours";
    WORKING_DAYS: "{n} ngày làm việc" / "{n} working days";
    DAYS: "{n} ngày" / "{n} days";
    MONTHS: "{n} tháng" / "{n} months";

    MEGABYTES: "{n} MB" / "{n} MB";
    KILOBYTES: "{n} KB" / "{n} KB";
}
