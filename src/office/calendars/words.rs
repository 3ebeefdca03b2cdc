//! What a person reads when a calendar is refused, and why due dates moved.

crate::messages! {
    KEY_UNKNOWN: "Mục này không có nghĩa trong lịch làm việc." / "This key means nothing in a calendar.";
    WEEKDAY_WRONG: "Tên ngày là mon, tue, wed, thu, fri, sat hoặc sun." / "A weekday is mon, tue, wed, thu, fri, sat or sun.";
    SESSION_WRONG: "{value} không phải một buổi làm việc, ví dụ [\"07:30\", \"11:30\"]." / "{value} is no session; write [\"07:30\", \"11:30\"].";
    TIME_WRONG: "{value} không phải giờ trong ngày, ví dụ \"07:30\"." / "{value} is no time of the day, such as \"07:30\".";
    DATE_WRONG: "{value} không phải ngày, ví dụ \"2026-11-24\"." / "{value} is no date, such as \"2026-11-24\".";
    LIST_WRONG: "{value} không phải danh sách." / "{value} is no list.";
    OBJECT_WRONG: "{value} không phải đối tượng JSON." / "{value} is no JSON object.";
    AGENCY_BREAKS: "Với thay đổi này, lịch riêng của {agency} không dùng được: {why}" / "With this change the calendar of {agency} does not work: {why}";
    CHANGED: "Lịch làm việc của cơ quan thay đổi" / "The office calendar changed";
}
