//! Words of the REST API's problem documents.

pub use crate::office::shape::words::{
    A_DATE, A_NUMBER, A_POSITIVE_NUMBER, A_TEXT, MISSING, UNKNOWN_FIELD, UNKNOWN_VALUE,
};

crate::messages! {
    TITLE_UNAUTHENTICATED: "Chưa xác thực" / "Not authenticated";
    TITLE_NOT_FOUND: "Không tìm thấy" / "Not found";
    TITLE_MORE_TO_SIGN_IN: "Chưa đăng nhập xong" / "The sign-in is not complete";
    SECOND_REQUIRED: "Tài khoản có mã xác thực: gửi kèm `code`, mã đang hiện trên ứng dụng hoặc một mã dự phòng." / "The account has a second factor: send `code` too, the one that the app shows or a recovery code.";
    CHANGE_REQUIRED: "Mật khẩu này do người khác đặt: đăng nhập ở trang Một cửa để chọn mật khẩu của riêng mình." / "Somebody else set this password: sign in on the page of the desk and choose one of your own.";
    SET_UP_REQUIRED: "Vai trò của tài khoản bắt buộc có mã xác thực: đăng nhập ở trang Một cửa để cài." / "A role of the account demands a second factor: sign in on the page of the desk and set it up.";
    TITLE_FORBIDDEN: "Không được phép" / "Forbidden";
    TITLE_CONFLICT: "Hồ sơ đã thay đổi" / "The dossier has changed";
    TITLE_IMPOSSIBLE: "Chưa làm được ở trạng thái này" / "Impossible in this status";
    TITLE_INVALID: "Nội dung gửi chưa đúng" / "Something that was sent is missing or wrong";
    TITLE_TOO_LARGE: "Nội dung gửi quá lớn" / "Too large";
    TITLE_TOO_MANY: "Yêu cầu quá dày" / "Too many requests";
    TITLE_MALFORMED: "Không đọc được yêu cầu" / "The request cannot be read";
    TITLE_METHOD: "Phương thức không dùng được ở địa chỉ này" / "Method not allowed here";
    TITLE_MEDIA_TYPE: "Kiểu nội dung không được nhận" / "Unsupported media type";
    TITLE_OFFSET: "Phần tệp không nối tiếp" / "The piece does not follow";
    WRONG_OFFSET: "Đã có {offset} byte: gửi tiếp từ đó." / "{offset} bytes are here: go on from there.";
    PIECE_EXPECTED: "Gửi phần tệp dạng application/offset+octet-stream." / "Send the piece as application/offset+octet-stream.";
    TITLE_FAULT: "Hệ thống gặp sự cố" / "The system failed";
    PROOF_NEEDED: "Cần chứng thực số điện thoại hoặc email (X-Proof)." / "Send a proof of a phone or email (X-Proof).";
    SIGN_IN_FIRST: "Cần gửi kèm mã truy cập (Authorization: Bearer) hoặc chứng thực số điện thoại (X-Proof)." / "Send a token (Authorization: Bearer) or a proof of a phone (X-Proof).";
    TOKEN_WRONG: "Mã truy cập không đúng, đã thu hồi hoặc phiên đã hết." / "The token is wrong or revoked, or the session has ended.";
    DESK_ONLY: "Chỉ tài khoản làm việc tại bộ phận Một cửa được xem danh sách này." / "Only accounts that work at a desk see this list.";
    INTEGRATION_ONLY: "Chỉ tài khoản hoặc mã truy cập kết nối được đọc dòng sự kiện." / "Only integration accounts and tokens read the feed of events.";
    NO_DOSSIER: "Không có hồ sơ mang mã này." / "There is no dossier with this code.";
    NO_ATTACHMENT: "Hồ sơ không có tệp này." / "The dossier has no such file.";
    NO_ROUTE: "API không có địa chỉ này. Xem /api/v1/openapi.json." / "The API has no such address. See /api/v1/openapi.json.";
    WRONG_METHOD: "Địa chỉ này chỉ nhận: {methods}." / "This address takes only: {methods}.";
    NOT_JSON: "Nội dung gửi không phải JSON đúng cú pháp (dòng {line}, cột {column})." / "The body is not well-formed JSON (line {line}, column {column}).";
    FIELD_TWICE: "Mỗi trường chỉ gửi một lần." / "Send each field once.";
    HIDDEN_CHARACTERS: "Bỏ các ký tự điều khiển và ký tự đổi chiều chữ." / "Leave out control characters and marks that turn the direction of text.";
    NOT_AN_OBJECT: "Nội dung gửi phải là một đối tượng JSON." / "The body must be a JSON object.";
    JSON_EXPECTED: "Gửi nội dung dạng application/json." / "Send the body as application/json.";
    MULTIPART_EXPECTED: "Gửi nội dung dạng multipart/form-data, tệp ở phần “file”." / "Send the body as multipart/form-data, with the file as the part “file”.";
    BODY_TOO_LARGE: "Nội dung gửi vượt quá {max} KB." / "The body is larger than {max} KB.";
    BODY_CUT: "Nội dung gửi bị đứt giữa chừng. Gửi lại." / "The body ended early. Send it again.";
    MEANWHILE: "Đã xảy ra: {events}." / "Since then: {events}.";
    A_TIME: "thời điểm RFC 3339 như 2026-11-23T15:30:00+07:00, hoặc ngày dạng 2026-11-23" / "an instant of RFC 3339 such as 2026-11-23T15:30:00+07:00, or a date such as 2026-11-23";
    A_LIMIT: "số nguyên từ 1 đến 200" / "a whole number from 1 to 200";
    AN_ID: "mã tệp gồm 32 chữ số thập lục phân" / "a file's id of 32 hexadecimal digits";
    A_STATUS: "mã trạng thái từ 1 đến 10" / "a status from 1 to 10";
    CURSOR: "con trỏ của chính danh sách này" / "a cursor of this very list";
    UNKNOWN_ACTION: "Không có thao tác này. Các thao tác: {known}." / "There is no such action. Actions: {known}.";
    ACTION_NOT_HERE: "Ở đây chỉ làm được: {known}." / "Here only these can be done: {known}.";
    ADMIN_ONLY: "Chỉ tài khoản quản trị được đặt việc này." / "Only administrators set this.";
    DESK_HELPS: "Chỉ cán bộ tiếp nhận ghi được việc hỗ trợ nộp trực tuyến." / "Only a receptionist notes that the desk helped.";
    BATCH_SIZE: "Nêu từ 1 đến {max} hồ sơ." / "Name 1 to {max} dossiers.";
    COMPONENT_NAMELESS: "Nêu “id” hoặc “name” của thành phần." / "Give the component's “id” or “name”.";
    ROLE_MAY_NOT: "Vai trò của tài khoản không được làm việc này." / "Your role may not do this.";
    RESULT_MISSING: "Nêu “result” khi kết quả thuận lợi." / "Give the “result” when it is favourable.";
    AGENCY_NEEDED: "Nêu mã cơ quan." / "Name the agency by its code.";
    AGENCY_UNKNOWN: "Không có cơ quan mang mã này." / "There is no agency with this code.";
    KEY_WRONG: "Idempotency-Key gồm 1 đến 200 ký tự ASCII nhìn thấy được." / "An Idempotency-Key has 1 to 200 visible ASCII characters.";
    PROGRAMS_ONLY: "Chỉ hệ thống kết nối và cán bộ tiếp nhận được nêu mã của hệ thống khác." / "Only programs and receptionists give codes of other systems.";
    FILE_MISSING: "Thiếu tệp ở phần “file”." / "The file is missing; send it as the part “file”.";
    ONE_FILE: "Mỗi lần gửi một tệp." / "Send one file at a time.";
    PART_TOO_LONG: "Phần này dài quá {max} byte." / "This part is longer than {max} bytes.";
    CONTACT_NEEDED: "Nêu “phone” hoặc “email”." / "Give “phone” or “email”.";
    SLOW_DOWN: "Yêu cầu quá dày từ địa chỉ này. Thử lại sau {seconds} giây." / "Too many requests from this address. Try again in {seconds} seconds.";
    RANGE_WRONG: "Khoảng thời gian phải xuôi chiều và không quá 10 năm." / "The period must run forward and be 10 years at most.";
    FAULT: "Hệ thống gặp sự cố, chưa ghi nhận gì. Thử lại; nếu vẫn vậy, báo quản trị mã {reference}." / "The system failed and nothing was recorded. Try again; if it goes on, tell the administrator the reference {reference}.";
    NO_PAPER: "Hồ sơ không có giấy này." / "The dossier has no such paper.";
    A_PAPER_FORMAT: "pdf hoặc json" / "pdf or json";
}
