//! Words of requests about personal data.

crate::messages! {
    ACCESS: "Xem dữ liệu và biết được dùng làm gì" / "See the data and what they are used for";
    COPY: "Nhận bản sao dữ liệu" / "Get a copy of the data";
    RECTIFY: "Sửa dữ liệu sai" / "Correct wrong data";
    RESTRICT: "Hạn chế việc dùng dữ liệu" / "Restrict the use of data";
    OBJECT: "Phản đối việc dùng dữ liệu" / "Object to the use of data";
    WITHDRAW: "Rút lại sự đồng ý" / "Take consent back";
    ERASE: "Xóa dữ liệu" / "Erase data";

    RECEIVED: "Mới nhận" / "Received";
    TOLD: "Đang giải quyết" / "In progress";
    GRANTED: "Đã chấp nhận, đang thực hiện" / "Granted, being carried out";
    DONE: "Đã thực hiện" / "Carried out";
    REFUSED: "Từ chối" / "Refused";
    TAKEN_BACK: "Người yêu cầu đã rút" / "Taken back";
    CLOSED: "Đã đóng cùng tài khoản" / "Closed with the account";

    NO_PERIOD: "Bộ quy tắc không có thời hạn cho loại yêu cầu này." / "The rules set no period for this kind of request.";
    NOT_NOW: "Không làm được ở tình trạng hiện tại của yêu cầu; tải lại trang." / "Not possible where the request stands now; reload the page.";
    ANOTHER_PERSON: "Việc xóa do chính bạn ghi nhận tại quầy: người đứng đầu hoặc quản trị viên khác phải kiểm tra rồi chấp nhận" / "You recorded this deletion at the counter yourself: another head or administrator has to check and grant it";
    TEXT_MISSING: "Ghi nội dung trả lời" / "Write what the person is told";
    GROUND_MISSING: "Chọn căn cứ từ chối" / "Choose the ground of the refusal";
}
