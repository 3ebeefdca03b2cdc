//! What is said of tickets.

crate::messages! {
    FILING: "Nộp hồ sơ" / "File a dossier";
    RESULTS: "Nhận kết quả" / "Collect a result";
    CERTIFICATION: "Chứng thực" / "Certification";
    ADVICE: "Hướng dẫn, việc khác" / "Advice, other matters";
    NO_LONGER: "Việc {letter}" / "Service {letter}";
    NOTHING_OFFERED: "Đặt tên cho ít nhất một việc." / "Name at least one service.";
    NAME_MISSING: "Nhập tên cho việc {letter}." / "Name service {letter}.";
    NAME_LONG: "Tên việc {letter} dài tối đa {max} ký tự." / "The name of service {letter} has at most {max} characters.";
    NAME_TWICE: "Tên việc {letter} trùng với việc {other}." / "Service {letter} has the name of service {other}.";
    WAITING: "đang chờ" / "waiting";
    CALLED: "đang phục vụ" / "at the counter";
    SERVED: "đã phục vụ" / "served";
    ABSENT: "vắng mặt" / "absent";
    NOT_YOURS_NOW: "Số {number} đã xong hoặc quầy khác đang gọi. Gọi số tiếp theo." / "Number {number} is done with, or another counter is calling it. Call the next one.";
    NO_MORE: "Hôm nay đã phát hết số của việc này. Hỏi cán bộ tại quầy." / "Today's numbers for this are used up. Ask at the counter.";
    COUNTER_WRONG: "Nhập số quầy từ 1 đến {max}." / "Enter the counter's number, 1 to {max}.";
}
