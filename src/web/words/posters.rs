//! Posters with a QR code.

crate::messages! {
    TITLE: "Tờ niêm yết" / "Posters";
    ABOUT: "Tờ dán tại trụ sở, nhà văn hóa, trường học: người dân quét mã để xem giấy tờ cần có và nộp hồ sơ. Mỗi thủ tục một trang." / "For the wall of the office, of community houses and schools: people scan the code to see what to bring and to file. A page for each procedure.";
    AGENCY: "Của cơ quan" / "Of the agency";
    SIZE: "Khổ giấy" / "Size";
    A4: "A4" / "A4";
    A3: "A3" / "A3";
    FIELD: "Lĩnh vực" / "Field";
    FIELD_MISSING: "Chọn lĩnh vực để in mọi thủ tục của lĩnh vực đó." / "Choose the field whose procedures are printed.";
    FIELD_HINT: "Một tờ cho cả lĩnh vực, hoặc mỗi thủ tục của lĩnh vực một tờ" / "One poster for the field, or one for each of its procedures";
    PROCEDURES: "Mã thủ tục" / "Codes of procedures";
    PROCEDURES_HINT: "Mỗi dòng một mã. Để trống cả lĩnh vực và mã thì in tờ của trang chủ." / "One a line. With neither field nor codes, the poster of the home page is printed.";
    PRINT: "In" / "Print";
    PRINT_FIELD: "In mọi thủ tục của lĩnh vực" / "Print every procedure of the field";
    OF_THIS: "In tờ niêm yết" / "Print the poster";
    GUIDE: "In bản hướng dẫn" / "Print the guide";
}
