//! What the checks of identity, tax code, phone and email say.

crate::messages! {
    ID_SHAPE: "Số định danh có 12 chữ số. Kiểm tra lại số trên thẻ căn cước."
        / "An identity number has 12 digits. Check the number on the card.";
    ID_PLACE: "Ba số đầu của số định danh không phải mã tỉnh đã biết. Kiểm tra lại."
        / "The first three digits of the identity number are no known province. Check them.";
    ID_BIRTH_YEAR: "Số định danh cho năm sinh {number}, ngày sinh ghi năm {stated}. Kiểm tra lại."
        / "The identity number says born in {number}, the birth date says {stated}. Check them.";
    ID_SEX: "Số định danh và giới tính không khớp. Kiểm tra lại."
        / "The identity number and the sex do not fit. Check them.";
    TAX_SHAPE: "Mã số thuế có 10 chữ số, thêm -001 nếu là đơn vị phụ thuộc; hộ kinh doanh dùng số định danh 12 chữ số."
        / "A tax code has 10 digits, with -001 for a branch; a household business uses its owner's 12 digits.";
    TAX_CHECK: "Mã số thuế chưa đúng: số kiểm tra không khớp."
        / "The tax code is wrong: its check digit does not fit.";
    NAME_LATIN: "Nhập họ tên bằng chữ La-tinh như trong hộ chiếu: giấy tờ không in được chữ khác."
        / "Write the name in Latin letters, as in the passport: papers cannot print others.";
    NAME_SHAPE: "Họ tên phải có chữ cái và không có ký hiệu, biểu tượng."
        / "A name has letters, and no symbols or pictures.";
    PHONE_SHAPE: "Số điện thoại chưa đúng. Nhập số di động 10 chữ số, số cố định bắt đầu bằng 02, hoặc số nước ngoài bắt đầu bằng dấu +."
        / "The phone number is wrong. Enter a mobile number of 10 digits, a fixed line starting with 02, or a foreign number starting with +.";
    EMAIL_SHAPE: "Địa chỉ email chưa đúng, ví dụ: ten@example.org."
        / "The email address is wrong; an example: name@example.org.";
    NOT_A_CARD: "Không đọc được mã trên thẻ. Quét lại hoặc nhập tay."
        / "The card's code could not be read. Scan again or type it in.";
    GARBLED: "Tên có ký tự lạ. Tắt bộ gõ tiếng Việt rồi quét lại."
        / "The name has strange characters. Switch the Vietnamese input method off and scan again.";
}
