//! The queue: the kiosk, the call screen, the counter that calls.

crate::messages! {
    KIOSK: "Lấy số thứ tự" / "Take a number";
    KIOSK_HINT: "Chọn việc cần làm" / "Choose what you have come for";
    WAITING_NOW: "{n} người đang chờ" / "{n} people are waiting";
    YOUR_NUMBER: "Số của Ông/Bà: {number}" / "Your number: {number}";
    AHEAD: "Trước Ông/Bà còn {n} người." / "{n} people are before you.";
    YOU_ARE_NEXT: "Ông/Bà là người tiếp theo." / "You are next.";
    GO_TO: "Mời Ông/Bà đến quầy {counter}." / "Please go to counter {counter}.";
    WATCH: "Theo dõi màn hình, đến quầy khi có số." / "Watch the screen and go to the counter when your number shows.";
    DONE: "Số này đã phục vụ xong." / "This number has been served.";
    MISSED: "Quầy đã gọi mà chưa thấy Ông/Bà. Báo cho quầy nào đang trống để được gọi lại." / "The counter called and did not see you. Tell a free counter, and you will be called again.";
    PRINT: "In phiếu" / "Print the ticket";
    ANOTHER: "Lấy số khác" / "Take another number";
    TAKEN_AT: "Lấy lúc {time}" / "Taken at {time}";
    UNKNOWN_SERVICE: "Chọn việc cần làm." / "Choose what you have come for.";

    UNKNOWN_NUMBER: "Hôm nay chưa phát số này." / "This number was not given today.";

    SCREEN: "Số đang gọi" / "Now serving";
    SCREEN_NUMBER: "Số" / "Number";
    SCREEN_COUNTER: "Quầy" / "Counter";
    SCREEN_NONE: "Chưa gọi số nào." / "No number has been called yet.";
    SCREEN_WAITING: "Đang chờ: {list}" / "Waiting: {list}";
    SCREEN_AT: "{time}, {day}" / "{time}, {day}";

    CALLING: "Gọi số" / "Call numbers";
    CALL_NEXT: "Gọi số tiếp theo" / "Call the next number";
    CALL_NEXT_HINT: "Số đang ở quầy được ghi là đã phục vụ." / "The number at the counter is recorded as served.";
    AGAIN: "Gọi lại" / "Call again";
    ABSENT: "Vắng mặt" / "Nobody came";
    SERVED: "Đã phục vụ xong" / "Served";
    COUNTER: "Quầy số" / "Counter number";
    SERVICES: "Gọi số của việc" / "Numbers of these services";
    SERVICES_HINT: "Không chọn thì gọi ai đến trước, việc nào cũng được." / "Without a choice, whoever came first is called.";
    COUNTER_MISSING: "Nhập số quầy." / "Enter the counter's number.";
    AT_COUNTER: "Số {number} đang ở quầy {counter}" / "Number {number} is at counter {counter}";
    NOBODY_AT_COUNTER: "Chưa có số nào ở quầy này." / "No number is at this counter.";
    NOBODY_WAITS: "Không còn ai chờ." / "Nobody is waiting.";
    CALLED_TIMES: "đã gọi {n} lần, lần cuối lúc {time}" / "called {n} times, last at {time}";
    ABSENT_LIST: "Đã gọi mà vắng mặt" / "Called, nobody came";
    CALL_THIS: "Gọi lại {number}" / "Call {number} again";
    TO_RECEPTION: "Tiếp nhận hồ sơ" / "Take a dossier in";
    TO_DELIVERY: "Trả kết quả" / "Deliver a result";
    TO_CERTIFICATION: "Chứng thực" / "Certify";
    OPEN_SCREEN: "Mở màn hình gọi số" / "Open the call screen";
    OPEN_KIOSK: "Mở trang lấy số" / "Open the kiosk page";
    FIGURES: "Số liệu ngày {day}" / "Figures of {day}";
    DAY: "Ngày" / "Day";
    SHOW: "Xem" / "Show";
    DAY_WRONG: "Ngày phải là ngày có thật, ví dụ 27/11/2026." / "The day must be a real one, such as 27/11/2026.";
    SERVICE: "Việc" / "Service";
    TAKEN: "Đã phát" / "Taken";
    WAITING: "Đang chờ" / "Waiting";
    WERE_SERVED: "Đã phục vụ" / "Served";
    WERE_ABSENT: "Vắng mặt" / "Nobody came";
    MEAN_WAIT: "Chờ trung bình (phút)" / "Mean wait (minutes)";
    MEAN_SERVE: "Phục vụ trung bình (phút)" / "Mean time at the counter (minutes)";
    ALL_SERVICES: "Tất cả" / "All";

    ADMIN_TITLE: "Hàng đợi" / "The queue";
    ADMIN_ABOUT: "Những việc mà người dân lấy số thứ tự. Mỗi việc có một chữ cái đứng trước số; việc không có tên thì không phát số. Số đã phát hôm nay giữ nguyên." / "What people take a number for. Each service has a letter before its numbers; one without a name gives none. Numbers already given today stay.";
    ADMIN_AGENCY: "Cơ quan" / "Agency";
    ADMIN_SERVICE: "Việc {letter}" / "Service {letter}";
    ADMIN_NAME: "Tên việc" / "Name";
    ADMIN_NAME_EN: "Tên tiếng Anh" / "English name";
    ADMIN_LEADS_TO: "Quầy làm tiếp ở" / "The counter goes on at";
    ADMIN_SAVE: "Lưu" / "Save";
    ADMIN_USUAL: "Dùng các việc thường dùng" / "Use the usual services";
    DOSSIERS: "Hồ sơ của số này" / "Dossiers of this number";
}
