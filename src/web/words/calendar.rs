//! The editor of office calendars.

crate::messages! {
    TITLE: "Lịch làm việc" / "Office calendar";
    COMMON: "Lịch chung" / "Common calendar";
    WHOSE: "Lịch của" / "Calendar of";
    YEAR: "Năm" / "Year";
    SHOW: "Xem" / "Show";
    INHERITS: "{agency} đang theo lịch chung." / "{agency} follows the common calendar.";
    DIFFERS: "{agency} có lịch riêng, khác lịch chung: {what}." / "{agency} has a calendar of its own; it differs from the common one: {what}.";
    COMMON_ABOUT: "Mọi cơ quan theo lịch chung, trừ những gì cơ quan tự đặt." / "Every agency follows the common calendar, but for what it sets itself.";
    SAVED: "Đã lưu. {n} hồ sơ đổi ngày hẹn." / "Saved. {n} dossiers have a new due date.";
    NOTHING: "Lịch không có gì thay đổi." / "Nothing changes in the calendar.";
    DAYS_OF: "Ngày nghỉ và ngày làm bù năm {year}" / "Days off and days made up in {year}";
    EDIT: "Sửa lịch" / "Change the calendar";
    WEEKLY: "Giờ làm việc trong tuần" / "Office hours of the week";
    WEEKLY_HINT: "Ví dụ 07:30-11:30, 13:30-17:00. Để trống là ngày nghỉ." / "Such as 07:30-11:30, 13:30-17:00. Empty means closed.";
    EXTRA: "Buổi làm thêm" / "Extra sessions";
    EXTRA_HINT: "Nhận hồ sơ, không tính là ngày làm việc. Không có vào ngày nghỉ lễ." / "They take dossiers and make no working day. None on holidays.";
    OFF: "Ngày nghỉ năm {year}" / "Days off in {year}";
    OFF_HINT: "Mỗi dòng một ngày, ví dụ 24/11/{year}. Ngày nghỉ hằng tuần không cần ghi." / "One a line, such as 24/11/{year}. Weekly rest need not stand here.";
    WORKED: "Ngày làm bù năm {year}" / "Days made up in {year}";
    WORKED_HINT: "Mỗi dòng một ngày. Giờ theo thứ Hai, hoặc ghi sau dấu hai chấm: 10/01/{year}: 07:30-11:30." / "One a line. Monday's hours, or those after a colon: 10/01/{year}: 07:30-11:30.";
    CHECK: "Kiểm tra thay đổi" / "Check the change";
    INHERIT: "Bỏ lịch riêng, theo lịch chung" / "Drop the own calendar, follow the common one";
    CHANGES: "Thay đổi" / "Changes";
    MOVES: "{n} hồ sơ đổi ngày hẹn." / "{n} dossiers get another due date.";
    MOVES_SHOW: "Xem" / "Show";
    MOVES_FIRST: "Hiện {n} hồ sơ đầu." / "The first {n} are shown.";
    NO_MOVES: "Không hồ sơ nào đổi ngày hẹn." / "No dossier gets another due date.";
    FROM_TO: "{from} → {to}" / "{from} → {to}";
    REASON: "Lý do (người nộp sẽ đọc)" / "Reason (the applicant will read it)";
    SAVE: "Lưu và báo người nộp" / "Save and tell the applicants";
    SAVE_ONLY: "Lưu" / "Save";
    GO_ON: "Sửa tiếp" / "Go on editing";
    CHANGED_MEANWHILE: "Lịch vừa được người khác sửa. Xem lại rồi lưu." / "Somebody else has just changed the calendar. Look again, then save.";

    SESSIONS_WRONG: "“{text}” không phải một buổi, ví dụ 07:30-11:30." / "“{text}” is no session; write 07:30-11:30.";
    DATE_WRONG: "“{text}” không phải ngày, ví dụ 24/11/2026." / "“{text}” is no date; write 24/11/2026.";
    DATE_TWICE: "{date} vừa là ngày nghỉ vừa là ngày làm bù." / "{date} stands among the days off and the days made up.";
    YEAR_WRONG: "Năm từ {first} đến {last}." / "A year is from {first} to {last}.";

    IS_OFF: "{date}: nghỉ" / "{date}: off";
    IS_OFF_NAMED: "{date}: nghỉ, {name}" / "{date}: off, {name}";
    IS_WORKED: "{date}: làm việc" / "{date}: worked";
    IS_WORKED_AT: "{date}: làm việc {sessions}" / "{date}: worked {sessions}";
    IS_ORDINARY: "{date}: theo thứ trong tuần" / "{date}: as its weekday";
    WEEK_CHANGES: "giờ làm việc trong tuần" / "the office hours of the week";
    EXTRA_CHANGES: "buổi làm thêm" / "the extra sessions";
    DAYS_CHANGE: "{n} ngày" / "{n} days";
}
