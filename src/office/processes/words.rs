//! What a person reads when a process is not published.

crate::messages! {
    CHANGED: "Đã có bản {version} được phát hành trong khi sửa. Xem bản mới rồi sửa lại." / "Version {version} was published meanwhile. Look at it, then edit again.";
}
