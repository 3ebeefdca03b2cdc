//! What is said about fee rules as data, and about accounts.

crate::messages! {
    UNKNOWN_VALUE: "Không hiểu giá trị “{value}”." / "The value “{value}” is unknown.";
    BANK_WRONG: "Chọn ngân hàng, hoặc nhập 6 chữ số mã NAPAS của ngân hàng." / "Choose the bank, or enter its six digits at NAPAS.";
    ACCOUNT_WRONG: "Số tài khoản gồm 1 đến 19 chữ số hoặc chữ cái không dấu." / "An account has 1 to 19 digits or plain letters.";
    HOLDER_WRONG: "Nhập tên chủ tài khoản, tối đa 100 ký tự." / "Enter the holder's name, at most 100 characters.";
}
