//! Words of the page where a procedure's file is read back.

crate::messages! {
    PARTS: "Ghi những phần nào" / "Which parts to take over";
    PARTS_HINT: "Phần không chọn thì giữ nguyên như đang có. Các phần được chọn phải khớp nhau; chỗ không khớp được nêu ra, chưa ghi gì." / "What is not chosen stays as it is here. What is chosen must fit together; what does not is named, and nothing is written.";
    PART_CATALOGUE: "Thông tin thủ tục trong danh mục" / "The facts of the catalogue";
    PART_FORM: "Tờ khai điện tử" / "The electronic form";
    PART_PROCESS: "Quy trình" / "The process";
    PART_FEES: "Phí, lệ phí" / "The fees";
    PART_PAPERS: "Giấy tờ và điều kiện" / "Papers and their conditions";
    PART_LETTERS: "Lời thông báo ({n})" / "The words of letters ({n})";
    ADDED: "Thêm: {what}" / "New: {what}";
    GONE: "Bỏ: {what}" / "Gone: {what}";
    CHANGED: "Đổi: {old} → {new}" / "Changed: {old} → {new}";
    AT: "Ở {words} ({place}): {why}" / "At {words} ({place}): {why}";

    PLACE_PROCEDURE: "danh mục" / "catalogue";
    PLACE_FORM: "tờ khai" / "form";
    PLACE_PROCESS: "quy trình" / "process";
    PLACE_FEES: "phí" / "fees";
    PLACE_PAPERS: "giấy tờ" / "papers";
    PLACE_TEMPLATES: "lời thông báo" / "letter";
    PLACE_SECTIONS: "mục" / "section";
    PLACE_QUESTIONS: "câu" / "question";
    PLACE_COLUMNS: "cột" / "column";
    PLACE_OPTIONS: "câu trả lời" / "answer";
    PLACE_ONLY_IF: "điều kiện" / "condition";
    PLACE_CHECKS: "kiểm tra" / "check";
    PLACE_CASES: "trường hợp kiểm tra" / "test case";
    PLACE_STEPS: "bước" / "step";
    PLACE_RULES: "khoản thu" / "fee";
    PLACE_LINES: "các dòng" / "lines";
}

/// What the parts of a place in a file are called.
pub const PLACES: [(&str, crate::domain::words::Message); 16] = [
    ("procedure", PLACE_PROCEDURE),
    ("form", PLACE_FORM),
    ("process", PLACE_PROCESS),
    ("fees", PLACE_FEES),
    ("papers", PLACE_PAPERS),
    ("templates", PLACE_TEMPLATES),
    ("sections", PLACE_SECTIONS),
    ("questions", PLACE_QUESTIONS),
    ("columns", PLACE_COLUMNS),
    ("options", PLACE_OPTIONS),
    ("only_if", PLACE_ONLY_IF),
    ("checks", PLACE_CHECKS),
    ("cases", PLACE_CASES),
    ("steps", PLACE_STEPS),
    ("rules", PLACE_RULES),
    ("lines", PLACE_LINES),
];
