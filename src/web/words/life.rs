//! Matters of life.

crate::messages! {
    TITLE: "Việc trong đời" / "Matters of life";
    ABOUT: "Mỗi việc gồm nhiều thủ tục. Chọn việc đang cần, làm lần lượt từ trên xuống." / "Each matter asks for several procedures. Choose what has happened, and go from top to bottom.";
    EVERY: "Mọi việc trong đời" / "All matters of life";
    IN_ORDER: "Các thủ tục theo thứ tự" / "The procedures in their order";
    PROCEDURES: "{n} thủ tục" / "{n} procedures";
    NONE: "Danh mục chưa có thủ tục của việc này." / "The catalogue has no procedure for this yet.";
    NOT_FOUND: "Không có việc mang tên này." / "There is no matter of this name.";
    HINT: "Việc trong đời: {name}. Xem {n} thủ tục theo thứ tự cần làm" / "A matter of life: {name}. See its {n} procedures in their order";

    ADMIN_ABOUT: "Người dân thấy ở trang chủ, trang Việc trong đời và khi tìm bằng lời. Thủ tục không có trong danh mục tự được bỏ qua." / "People see these on the home page, on their own page, and when they search in words. Procedures that the catalogue does not have are left out.";
    ADD: "Thêm việc" / "Add a matter";
    NAME: "Tên" / "Name";
    STATE: "Tình trạng" / "State";
    SHOWN: "Đang hiện" / "Shown";
    HIDDEN: "Đang ẩn" / "Hidden";
    NOTHING_HERE: "Chưa có thủ tục trong danh mục" / "No procedure in the catalogue";
    NAME_VI: "Tên tiếng Việt" / "Name in Vietnamese";
    NAME_EN: "Tên tiếng Anh" / "Name in English";
    SLUG: "Tên trong địa chỉ trang" / "Name in the address";
    SLUG_HINT: "Chữ thường không dấu, số, gạch ngang, ví dụ: mo-lop-day-them" / "Lower-case letters, digits, dashes, such as: private-lessons";
    ABOUT_VI: "Cần biết trước, tiếng Việt" / "What to know before, in Vietnamese";
    ABOUT_EN: "Cần biết trước, tiếng Anh" / "What to know before, in English";
    WORDS: "Người dân nói thế nào" / "How people say it";
    WORDS_HINT: "Mỗi dòng một cách nói. Tìm bằng lời này thì việc hiện trên đầu." / "One expression a line. Who searches with it sees the matter first.";
    STEPS: "Các thủ tục theo thứ tự" / "The procedures in their order";
    STEPS_HINT: "Mỗi dòng: mã số | dùng để làm gì | tiếng Anh (có thể bỏ)" / "A line each: code | what it is for in Vietnamese | in English (may be left out)";
    HIDE: "Ẩn việc này" / "Hide it";
    SAVE: "Lưu" / "Save";
    RESET: "Lấy lại bản có sẵn" / "Take the one that ships";
    DROP: "Bỏ việc này" / "Remove it";
    BACK: "Quay lại" / "Back";
    TAKEN: "Đã có việc mang tên này." / "There is one of this name already.";
}
