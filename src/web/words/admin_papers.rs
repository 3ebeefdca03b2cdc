//! Layouts of papers, adapted by an administrator.

crate::messages! {
    LAYOUTS: "Mẫu giấy" / "Layouts of papers";
    LAYOUTS_ABOUT: "Mỗi giấy có một mẫu trình bày. Số, tên và khổ giấy lấy từ bộ quy tắc; mẫu chỉ đổi cách trình bày." / "Each paper has a layout. Number, title and size come from the rule pack; the layout only changes how it looks.";
    PAPER: "Giấy" / "Paper";
    STATE: "Tình trạng" / "State";
    CHANGE: "Sửa" / "Change";
    SHIPPED: "mẫu gốc" / "as shipped";
    ADAPTED: "{who} sửa lúc {when}" / "changed by {who}, {when}";
    PARTS: "Phần dùng chung: khổ giấy, tiêu đề, chữ ký" / "Shared: page, letterhead, signatures";
    TEXT: "Nội dung mẫu (Typst)" / "The layout (Typst)";
    TEXT_HINT: "Mẫu chỉ đọc được parts.typ và dữ liệu của giấy; không mở được tệp nào khác." / "A layout reads parts.typ and the paper's data, and no other file.";
    PREVIEW: "Xem trước (PDF)" / "Preview (PDF)";
    SAVE: "Lưu mẫu" / "Save the layout";
    RESET: "Khôi phục mẫu gốc" / "Reset to the shipped one";
    RESET_ABOUT: "Mẫu đã sửa bị bỏ." / "The changed layout is dropped.";
    SAVED: "Đã lưu mẫu." / "The layout was saved.";
    WAS_RESET: "Đã khôi phục mẫu gốc." / "The shipped layout is back.";
}
