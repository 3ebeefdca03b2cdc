//! What whoever runs the machine should do about a fault.

crate::messages! {
    FULL_DISK:
        "Ổ đĩa chứa thư mục dữ liệu đã đầy; chưa có dữ liệu nào bị mất. Hãy giải phóng dung lượng hoặc mở rộng ổ đĩa, sau đó thực hiện lại thao tác."
        / "The disk of the data folder is full; nothing was lost. Free some space or enlarge the disk, then repeat the action.";
    READ_ONLY:
        "Không ghi được vào thư mục dữ liệu. Hãy kiểm tra quyền ghi của tài khoản chạy dịch vụ và bảo đảm ổ đĩa không ở chế độ chỉ đọc, sau đó khởi động lại dịch vụ."
        / "The data folder cannot be written. Check that the service's account may write there and that the disk is not mounted read-only, then restart the service.";
    CLOCK_BEHIND:
        "Đồng hồ của máy chủ chạy lùi so với sự kiện sau cùng. Hãy chỉnh đúng giờ; hệ thống ghi lại được khi đồng hồ vượt qua thời điểm đó."
        / "The server's clock is behind the last event. Put it right; writing goes on once the clock has passed that instant.";
    IN_USE:
        "Thư mục dữ liệu đang được một tiến trình khác sử dụng. Hãy dừng tiến trình đó trước, hoặc chọn thư mục dữ liệu khác."
        / "Another process is using the data folder. Stop it first, or choose another data folder.";
    DAMAGED:
        "Dữ liệu trên đĩa không còn nguyên vẹn. Hãy dừng dịch vụ, sao chép toàn bộ thư mục dữ liệu sang nơi khác để giữ nguyên hiện trạng, sau đó phục hồi từ bản sao lưu gần nhất."
        / "The data on the disk is damaged. Stop the service, copy the whole data folder elsewhere as it is, then restore the latest backup.";
    LOST_FILE:
        "Tệp đính kèm đã hỏng hoặc bị mất trên ổ đĩa; các dữ liệu khác không bị ảnh hưởng. Hãy phục hồi tệp này trong thư mục “blobs” từ bản sao lưu; “motcua check” liệt kê các tệp như vậy."
        / "An attachment is damaged or missing on the disk; nothing else is affected. Put its file in “blobs” back from a backup; “motcua check” lists such files.";
    NEWER_VERSION:
        "Dữ liệu được ghi bởi một phiên bản Motcua mới hơn. Hãy cài đặt phiên bản đó hoặc phiên bản mới hơn nữa; không sửa dữ liệu bằng phiên bản này."
        / "The data was written by a newer version of Motcua. Install that version or a later one; don't change the data with this one.";
    OLDER_VERSION:
        "Tệp dữ liệu ở định dạng cũ mà phiên bản này không đọc được. Hãy mở bằng phiên bản Motcua đã tạo ra tệp và nâng cấp lần lượt qua từng phiên bản."
        / "The data file has an old format that this version cannot read. Open it with the version of Motcua that made it, and upgrade one version at a time.";
    INTERRUPTED:
        "Kho dữ liệu đã được mở lại trong khi đang đọc. Hãy thực hiện lại thao tác."
        / "The store was opened again while it was being read. Repeat the action.";
    BUSY:
        "Kho dữ liệu đang được đọc hoặc ghi. Hãy dừng dịch vụ, sau đó chạy lại lệnh."
        / "The store is being read or written. Stop the service, then run the command again.";
    STORAGE:
        "Ổ đĩa báo lỗi khi đọc hoặc ghi. Hãy kiểm tra ổ đĩa và nhật ký hệ thống, sau đó khởi động lại dịch vụ; dữ liệu đã xác nhận sẽ được kiểm tra khi mở lại."
        / "The disk reported an error while reading or writing. Check the disk and the system log, then restart the service; what was acknowledged is verified when it opens.";
    MISUSE:
        "Đây là lỗi của chương trình. Hãy gửi nhật ký kèm thông báo này cho đơn vị hỗ trợ."
        / "This is a mistake in the program. Send the log with this message to whoever supports it.";
}
