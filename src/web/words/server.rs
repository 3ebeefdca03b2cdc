//! Words of answers that no page has given itself.

crate::messages! {
    HOME: "Về trang chủ" / "To the home page";
    NOT_FOUND: "Không tìm thấy trang" / "There is no such page";
    NOT_FOUND_ADVICE: "Kiểm tra lại địa chỉ, hoặc tìm thủ tục từ trang chủ." / "Check the address, or search for the procedure from the home page.";
    WRONG_METHOD_ADVICE: "Địa chỉ này không nhận cách gửi vừa dùng." / "This address does not take this method.";
    FORBIDDEN: "Chưa được mở trang này" / "This page is not open to you";
    FORBIDDEN_ADVICE: "Đăng nhập bằng tài khoản được giao việc này rồi mở lại." / "Sign in with an account that has this task, and open it again.";
    TOO_LARGE: "Nội dung gửi quá lớn" / "What was sent is too large";
    TOO_LARGE_ADVICE: "Giảm dung lượng tệp hoặc gửi thành nhiều lần." / "Make the file smaller, or send it in several parts.";
    TOO_SLOW: "Đường truyền quá chậm" / "The connection is too slow";
    TOO_SLOW_ADVICE: "Nội dung chưa gửi xong nên chưa được nhận. Gửi lại khi mạng ổn định." / "What was sent did not come whole, and was not taken. Send it again on a better connection.";
    OTHER_SITE: "Không phải địa chỉ của trang này" / "Not an address of this site";
    OTHER_SITE_ADVICE: "Mở trang bằng địa chỉ mà cơ quan đã công bố." / "Open the site under the address that the agency has published.";
    TOO_MANY: "Gửi quá nhiều lần" / "Too many requests";
    TOO_MANY_ADVICE: "Thử lại sau ít phút." / "Try again in a few minutes.";
    MALFORMED: "Không hiểu được yêu cầu" / "The request cannot be understood";
    MALFORMED_ADVICE: "Tải lại trang rồi gửi lại." / "Reload the page and send it again.";
    READ_ONLY: "Tạm thời chỉ xem được" / "Reading only for now";
    READ_ONLY_WHY: "Tạm thời chỉ xem được: {reason}. Quầy ghi sổ giấy." / "Reading only for now: {reason}. The counter writes on paper.";
    LOST_FILE: "Tệp đã hỏng" / "The file is damaged";
    LOST_FILE_WHY: "Tệp này đã hỏng hoặc bị mất trên máy chủ, mở lại không được. Báo cơ quan mã {reference} để phục hồi tệp từ bản sao lưu." / "This file is damaged or lost on the server, and opening it again cannot help. Tell the agency the reference {reference}, so that the file is restored from a backup.";
    FAULT: "Hệ thống gặp lỗi" / "Something went wrong here";
    FAULT_ADVICE: "Chưa có gì bị mất. Thử lại sau ít phút; nếu vẫn lỗi, báo cơ quan kèm mã dưới đây." / "Nothing that was acknowledged is lost. Try again in a few minutes; if it still fails, tell the agency the code below.";
}
