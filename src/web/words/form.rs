//! Words of declared forms.

crate::messages! {
    UPDATE: "Cập nhật các câu hỏi" / "Update the questions";
    MORE: "Theo câu trả lời, còn câu hỏi cần trả lời thêm bên dưới." / "Your answers bring more questions below.";
    PROVINCE: "Tỉnh, thành phố" / "Province or city";
    COMMUNE: "Xã, phường, đặc khu" / "Commune, ward or special zone";
    PLACE_DETAIL: "Số nhà, đường, thôn, tổ dân phố" / "House, street, hamlet";
    ROW: "dòng" / "row";
}
