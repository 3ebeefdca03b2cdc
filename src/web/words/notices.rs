//! Notices, at the desk, in administration and for the public.

use crate::domain::notice::{Channel, DeliveryState};
use crate::domain::words::Message;

crate::messages! {
    TITLE: "Thông báo" / "Notices";
    NONE: "Chưa có thông báo nào." / "No notices yet.";
    TO_APPLICANT: "Gửi người nộp" / "To the applicant";
    TO_STAFF: "Gửi {name}" / "To {name}";
    WAY: "Kênh" / "Channel";
    TO: "Đến" / "To";
    STATE: "Tình trạng" / "State";
    TRIES: "Số lần gửi" / "Tries";
    WHEN: "Thời gian" / "Time";
    ERROR: "Lỗi" / "Error";
    DOSSIER: "Hồ sơ" / "Dossier";
    AGAIN: "Gửi lại" / "Send again";
    AGAIN_DONE: "Đã xếp hàng gửi lại." / "It will be sent again.";
    TEXT: "Nội dung" / "Text";

    WEB: "Trang của Một cửa" / "On our pages";
    EMAIL: "Email" / "Email";
    SMS: "Tin nhắn SMS" / "Text message";
    ZALO: "Zalo" / "Zalo";
    OTHER: "Cổng khác" / "Another gateway";
    WAITING: "Chờ gửi" / "Waiting";
    SENT: "Đã gửi" / "Sent";
    DEAD: "Không gửi được" / "Given up";
    WITHHELD: "Tập huấn: không gửi" / "Demo: not sent";

    PROPOSED: "Hồ sơ có thể trễ hạn {due}. Văn bản xin lỗi và hẹn lại chỉ gửi được đến hết ngày {day}." / "The dossier may miss {due}. An apology with a new date can only be sent until the end of {day}.";
    PROPOSED_WAY: "Lập văn bản xin lỗi và hẹn lại" / "Write the apology";

    OUTBOX: "Hàng đợi" / "Queue";
    QUEUED: "Chờ gửi" / "Waiting";
    GIVEN_UP: "Không gửi được" / "Given up";
    TROUBLED: "Lỗi gần đây" / "Recent errors";
    NO_TROUBLE: "Không có lỗi." / "No errors.";
    DEMO: "Bản tập huấn không gửi tin ra ngoài; tin hiện trên trang hồ sơ." / "Nothing leaves the demo; notices are shown with the dossier.";
    SETTINGS: "Cài đặt" / "Settings";
    SAVED: "Đã lưu." / "Saved.";
    SAVE: "Lưu" / "Save";
    ADDRESS: "Địa chỉ trang công khai" / "Public address";
    ADDRESS_HINT: "Đứng trong liên kết của tin, ví dụ https://motcua.xa.gov.vn" / "Stands in links, for example https://motcua.xa.gov.vn";
    QUIET_FROM: "Không gửi từ" / "Quiet from";
    QUIET_TO: "Đến" / "Until";
    QUIET_HINT: "Để trống cả hai thì gửi mọi giờ. Mã xác thực luôn gửi ngay." / "Leave both empty to send at all hours. One-time codes always go at once.";
    MOST_TRIES: "Số lần gửi tối đa" / "Most tries";
    HOST: "Máy chủ thư (SMTP)" / "Mail server (SMTP)";
    HOST_HINT: "Để trống thì không gửi email" / "Leave empty to send no email";
    PORT: "Cổng" / "Port";
    SECURITY: "Bảo mật" / "Security";
    STARTTLS: "STARTTLS" / "STARTTLS";
    TLS: "TLS" / "TLS";
    PLAIN_TEXT: "Không mã hóa (chỉ trong mạng nội bộ)" / "None (closed networks only)";
    USER: "Tài khoản" / "Account";
    PASSWORD: "Mật khẩu" / "Password";
    KEPT_SECRET: "Đã lưu và không hiện lại; để trống thì giữ nguyên" / "Stored and never shown; leave empty to keep it";
    FROM: "Người gửi" / "Sender";
    FROM_HINT: "Ví dụ: Một cửa phường <motcua@xa.gov.vn>" / "For example: Một cửa phường <motcua@xa.gov.vn>";
    URL: "Địa chỉ cổng" / "Gateway's address";
    URL_HINT: "Để trống thì không dùng kênh này" / "Leave empty not to use this channel";
    METHOD: "Phương thức" / "Method";
    HEADERS: "Tiêu đề HTTP" / "HTTP headers";
    HEADERS_HINT: "Mỗi dòng một tiêu đề, dạng Tên: giá trị. Đã lưu và không hiện lại; để trống thì giữ nguyên" / "One a line, as Name: value. Stored and never shown; leave empty to keep them";
    BODY: "Nội dung gửi" / "What is sent";
    BODY_HINT: "JSON hoặc biểu mẫu; các chỗ điền ghi trong ngoặc nhọn: to, text, id" / "JSON or a form; places in braces: to, text, id";
    PLAIN: "Bỏ dấu tiếng Việt" / "Leave out Vietnamese diacritics";
    SUCCESS_FIELD: "Trường báo thành công" / "Field that says success";
    SUCCESS_HINT: "Để trống thì HTTP 2xx là thành công" / "Leave empty if HTTP 2xx is success";
    SUCCESS_VALUE: "Giá trị khi thành công" / "Its value on success";
    TRY: "Gửi thử" / "Try out";
    TRY_TO: "Số điện thoại hoặc email" / "Phone or email";
    TRIED: "Đã gửi thử. Tải lại trang để xem kết quả." / "Sent for a try. Reload the page to see how it went.";
    TRIED_OK: "Gửi thử {when}: bên nhận đã nhận" / "Tried {when}: taken";
    TRIED_FAILED: "Gửi thử {when}: {error}" / "Tried {when}: {error}";

    TEMPLATES: "Mẫu tin" / "Templates";
    TEMPLATE_OF: "Mẫu tin: {name}" / "Template: {name}";
    CHANGED: "đã sửa" / "changed";
    SUBJECT: "Tiêu đề" / "Subject";
    LONG: "Nội dung đầy đủ (email, trang)" / "Whole text (email, pages)";
    SHORT: "Nội dung ngắn (tin nhắn)" / "Short text (messages)";
    FIELDS: "Trường dùng được: {names}" / "Fields: {names}";
    PREVIEW: "Xem trước" / "Preview";
    RESET: "Dùng lại mẫu gốc" / "Back to the original";
    COUNT: "{n}/{most} ký tự" / "{n}/{most} characters";
    BACK: "Về trang Thông báo" / "Back to notices";
}

/// The name of a channel.
pub const fn channel(channel: Channel) -> Message {
    match channel {
        Channel::Web => WEB,
        Channel::Email => EMAIL,
        Channel::Sms => SMS,
        Channel::Zalo => ZALO,
        Channel::Other => OTHER,
    }
}

/// How far a delivery is.
pub const fn state(state: DeliveryState) -> Message {
    match state {
        DeliveryState::Waiting => WAITING,
        DeliveryState::Sent => SENT,
        DeliveryState::Dead => DEAD,
        DeliveryState::Withheld => WITHHELD,
    }
}
