//! Words of declared forms.

crate::messages! {
    UPDATE: "Cập nhật các câu hỏi" / "Update the questions";
    MORE: "Theo câu trả lời, còn câu hỏi cần trả lời thêm bên dưới." / "Your answers bring more questions below.";
    PROPOSED: "Gợi ý sẵn, sửa nếu khác." / "Proposed; change it if it differs.";
    ROW: "dòng" / "row";
}
