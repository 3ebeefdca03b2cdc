//! Words of what is the same on every page.

crate::messages! {
    FORM_TOO_OLD: "Trang mở đã lâu hoặc phiên đã hết. Tải lại trang rồi gửi lại; nội dung đã nhập vẫn còn." / "The page was open for long, or the session has ended. Reload it and send again; what was typed is kept.";
    DEMO: "Bản dùng thử: dữ liệu không thật, mật khẩu công khai, không gửi tin." / "Demo: the data is not real, passwords are public, no message is sent.";
}
