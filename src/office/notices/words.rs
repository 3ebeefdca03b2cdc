//! Refusals about notices.

crate::messages! {
    ADDRESS_WRONG: "Địa chỉ phải bắt đầu bằng http:// hoặc https://" / "The address must begin with http:// or https://";
    PORT_WRONG: "Cổng phải là số từ 1 đến 65535" / "The port is a number from 1 to 65535";
    FROM_WRONG: "Địa chỉ người gửi chưa đúng, ví dụ motcua@xa.gov.vn" / "The sender's address is wrong, for example motcua@xa.gov.vn";
    HOST_MISSING: "Nhập máy chủ thư" / "Enter the mail server";
    METHOD_WRONG: "Phương thức là POST, PUT hoặc GET" / "The method is POST, PUT or GET";
    HEADER_WRONG: "Mỗi dòng một tiêu đề, dạng Tên: giá trị" / "A header a line, as Name: value";
    BODY_NO_TO: "Nội dung gửi thiếu {place}" / "What is sent lacks {place}";
    TRIES_WRONG: "Số lần gửi là số từ 1 đến 20" / "The number of tries is from 1 to 20";
    TIME_WRONG: "Giờ có dạng 21:00" / "The time looks like 21:00";
    DEMO_KEEPS: "Bản tập huấn không gửi tin ra ngoài" / "Nothing leaves the demo";
    CHANNEL_UNSET: "Kênh này chưa được cài đặt" / "This channel is not set up";
    TO_WRONG: "Nhập số điện thoại hoặc địa chỉ email đúng với kênh" / "Enter a phone number or email address as the channel needs";
    NO_LETTER: "Không có tin báo này" / "There is no such notice";
    NO_PHONE_WAY: "Chưa gửi được mã: cơ quan chưa nối kênh tin nhắn. Dùng địa chỉ email." / "The code cannot be sent: the agency has no gateway for text messages yet. Use an email address.";
    NO_MAIL_WAY: "Chưa gửi được mã: cơ quan chưa nối máy chủ thư. Dùng số điện thoại." / "The code cannot be sent: the agency has no mail server yet. Use a telephone number.";
    NO_WAY: "Chưa gửi được mã: cơ quan chưa nối kênh tin nhắn hay máy chủ thư. Nộp hồ sơ tại quầy; tra cứu bằng mã in trên giấy tiếp nhận." / "The code cannot be sent: the agency has neither a gateway for text messages nor a mail server yet. File at the counter, and track with the secret printed on the receipt.";
    CODE_NOT_TAKEN: "Chưa gửi được mã: kênh gửi tin đang gián đoạn hoặc không nhận địa chỉ này. So lại, rồi thử lại sau ít phút." / "The code could not be sent: the gateway is down or does not take this address. Compare it, and try again in some minutes.";
    CODE_SUBJECT: "Mã xác thực" / "One-time code";
    CODE_TEXT: "Mã xác thực để {purpose}: {code}. Dùng trong {minutes} phút. Không đưa mã này cho ai." / "One-time code for {purpose}: {code}. Good for {minutes} minutes. Give it to nobody.";
    TEST_SUBJECT: "Gửi thử" / "Test";
    TEST_TEXT: "Tin gửi thử từ {agency}." / "A test from {agency}.";
}
