//! What a person reads when a use case is refused.

crate::messages! {
    KEY_REUSED: "Khóa chống gửi trùng này đã dùng cho một yêu cầu khác." / "This idempotency key was used for another request.";
    NO_DOSSIER: "Không có hồ sơ mang mã này. So lại với giấy tiếp nhận." / "There is no dossier with this code. Compare it with the receipt.";
    SECRET_WRONG: "Mã tra cứu chưa khớp, còn {n} lần." / "The lookup secret does not match, {n} tries are left.";
    LOCKED: "Thử sai nhiều lần. Thử lại sau {minutes} phút." / "Too many wrong tries. Try again in {minutes} minutes.";
    UPLOAD_UNKNOWN: "Không có tệp đã tải lên mang mã này, hoặc đã quá 24 giờ." / "There is no uploaded file with this id, or it is older than 24 hours.";
    UPLOAD_USED: "Tệp này đã thuộc một hồ sơ khác." / "This file belongs to another dossier already.";
    UPLOAD_TWICE: "Tệp này được nêu hai lần." / "This file is named twice.";
    CODE_TAKEN: "Mã này đã thuộc một hồ sơ khác." / "This code belongs to another dossier already.";
    NO_AGENCY: "Chưa có cơ quan nào tiếp nhận thủ tục này." / "No agency takes this procedure yet.";
    WRONG_PASSWORD: "Tên hoặc mật khẩu chưa đúng." / "The name or the password is not right.";
    SIGN_IN_LOCKED: "Tạm khóa đến {time}." / "Locked until {time}.";
    BUSY: "Hệ thống đang bận. Thử lại sau ít giây." / "The system is busy. Try again in a few seconds.";
    SIGN_IN_FIRST: "Cần đăng nhập hoặc gửi kèm mã truy cập." / "Sign in, or send a token.";
    ROLE_MAY_NOT: "Vai trò của tài khoản không được làm việc này." / "Your role may not do this.";
    CODE_WRONG: "Mã chưa đúng, còn {n} lần." / "The code is not right, {n} tries are left.";
    CODE_EXPIRED: "Mã hết hạn. Bấm Gửi lại mã." / "The code has expired. Ask for a new one.";
    CONTACT_MISSING: "Nhập số điện thoại hoặc email." / "Enter a phone number or an email address.";
    USER_EXISTS: "Đã có tài khoản “{name}”." / "There is an account “{name}” already.";
    USER_UNKNOWN: "Không có tài khoản “{name}”." / "There is no account “{name}”.";
    LAST_ADMIN: "“{name}” là tài khoản quản trị duy nhất đăng nhập được. Mở khóa hoặc thêm một tài khoản quản trị khác trước." / "“{name}” is the only administrator's account that can sign in. Enable or add another one first.";
    USER_NAME_WRONG: "Tên tài khoản chỉ gồm chữ thường không dấu, số, dấu chấm và gạch ngang, từ 2 đến 40 ký tự." / "An account's name has 2 to 40 lower-case letters, digits, dots and dashes.";
    PASSWORD_SHORT: "Mật khẩu cần ít nhất {n} ký tự." / "The password needs at least {n} characters.";
    AGENCY_UNKNOWN: "Không có cơ quan mang mã “{code}”." / "There is no agency with the code “{code}”.";
    AGENCY_WRONG: "Mã cơ quan chỉ gồm chữ hoa, số và dấu chấm, ví dụ H40.12." / "An agency's code has upper-case letters, digits and dots, such as H40.12.";
    TOKEN_UNKNOWN: "Không có mã truy cập mang tên “{name}”." / "There is no token named “{name}”.";
    TOKEN_EXISTS: "Đã có mã truy cập mang tên “{name}”." / "There is a token named “{name}” already.";
    PROCEDURE_UNKNOWN: "Không có thủ tục mang mã này." / "There is no procedure with this code.";
    CURSOR_WRONG: "Con trỏ trang không hợp lệ. Mở lại danh sách từ đầu." / "The cursor is not valid. Open the list from its start.";
    PAPER_NONE: "Hồ sơ chưa có giấy này." / "The dossier has no such paper.";
    PACK_UNKNOWN: "Không có bộ quy tắc này." / "There is no such rule pack.";
    PACK_NOT_IN_FORCE: "Bộ quy tắc này không có hiệu lực hôm nay." / "This rule pack is not in force today.";
    ATTACHMENT_NONE: "Hồ sơ không có tệp này." / "The dossier has no such file.";
    PASSWORD_LONG: "Mật khẩu tối đa {n} ký tự." / "The password may have at most {n} characters.";
    DURATION_WRONG: "Thời hạn từ 1 đến {max}." / "A duration is from 1 to {max}.";
    DISK_FULL: "ổ đĩa của máy chủ đã đầy" / "the server's disk is full";
    DISK_READ_ONLY: "máy chủ không ghi được vào ổ đĩa" / "the server cannot write to its disk";
    CLOCK_BEHIND: "đồng hồ của máy chủ chạy lùi" / "the server's clock has jumped back";
    NO_ACCOUNT: "Cơ quan không có tài khoản này." / "The agency has no such account.";
    TOO_MANY_LINES: "Quá nhiều dòng: tối đa {max}. Chọn khoảng ngày ngắn hơn." / "Too many lines: at most {max}. Choose fewer days.";
    FOLLOWS_ITSELF: "Thủ tục này được mở theo thủ tục {code}: nêu tất cả ở thủ tục đó." / "This procedure is opened by {code}: declare all of them there.";
    ENTRANCE_WRONG: "Nhập địa chỉ bắt đầu bằng https:// hoặc http://." / "Enter an address that begins with https:// or http://.";
    CERTIFY_NOW: "Trước {hour} phải chứng thực và trả ngay trong ngày." / "Before {hour} papers are certified and handed over the same day.";
    NOT_EXEMPT: "Không giấy tờ nào ở trên thuộc diện miễn, giảm này." / "None of the papers is exempt for this reason.";
    TICKET_NONE: "Hôm nay chưa phát số này." / "This number was not given today.";
    NAME_MISSING: "Nhập tên." / "Enter a name.";
}
