//! What moves between the counter and the house: scans, hand-over lists, the post.

crate::messages! {
    DIGITISE: "Số hóa giấy tờ" / "Digitise the papers";
    DIGITISE_ABOUT: "Chọn hoặc kéo thả nhiều tệp quét, ảnh chụp; mỗi tệp ghi vào một giấy tờ. Tệp PDF gồm nhiều giấy tờ: quét riêng từng giấy." / "Choose or drop several scans or pictures; each goes to one paper. Papers that share one PDF are scanned one by one.";
    CHOOSE_FILES: "Tệp quét, ảnh chụp" / "Scans, pictures";
    UPLOAD: "Tải lên" / "Upload";
    CAME: "Tệp đã tải lên" / "Files that came";
    FOR_PAPER: "Của giấy tờ" / "Of the paper";
    VIEW: "Xem" / "View";
    REMOVE: "Bỏ {name}" / "Remove {name}";
    COMPARED: "Đã đối chiếu với bản giấy; bản số hóa đúng với bản giấy." / "Compared with the paper; the scan is like the paper.";
    SAVE: "Ghi vào hồ sơ" / "Keep in the dossier";
    NOT_COMPARED: "Tệp trong hồ sơ chưa đối chiếu" / "Files of the dossier not compared yet";
    COMPARED_BY: "{name} đã đối chiếu" / "compared by {name}";

    HAND_OVERS: "Bàn giao" / "Hand-over";
    HAND_OVERS_ABOUT: "Hồ sơ từ bộ phận Một cửa đến đơn vị, kết quả từ đơn vị về bộ phận Một cửa. In biên bản để ký; người nhận bấm ký nhận trên máy." / "Dossiers from the section to a unit, results from a unit to the section. Print the list to be signed; whoever takes over acknowledges it here.";
    WAY: "Chiều" / "Direction";
    OUT: "Hồ sơ: Một cửa → đơn vị" / "Dossiers: section → unit";
    BACK: "Kết quả: đơn vị → Một cửa" / "Results: unit → section";
    UNIT: "Đơn vị" / "Unit";
    EVERY_UNIT: "Không chọn: mọi đơn vị" / "Without a choice: every unit";
    NOTHING_HANDED: "Kỳ này chưa bàn giao hồ sơ nào." / "Nothing was handed over in this period.";
    PRINT_LIST: "In biên bản bàn giao" / "Print the hand-over list";
    HANDED_AT: "Giao lúc" / "Handed over";
    TAKEN: "Người nhận" / "Taken over by";
    NOT_TAKEN: "chưa ký nhận" / "not acknowledged";
    TAKE: "Ký nhận đã nhận đủ hồ sơ đánh dấu" / "Acknowledge the ticked dossiers";
    TOOK: "Đã ký nhận {n} hồ sơ." / "{n} dossiers were acknowledged.";
    TICK_FIRST: "Đánh dấu hồ sơ đã nhận." / "Tick the dossiers that arrived.";
    TO_TAKE: "{n} hồ sơ chờ ký nhận" / "{n} dossiers wait to be acknowledged";

    POST: "Bưu chính" / "Post";
    POST_ABOUT: "Kết quả gửi qua bưu chính và hồ sơ nhận qua bưu chính trong ngày." / "Results that go out by post, and dossiers that came by post, on a day.";
    TO_SEND: "Chờ gửi" / "To be sent";
    SENT: "Đã gửi" / "Sent";
    CAME_BY_POST: "Đã nhận" / "Received";
    LABELS: "In nhãn phong bì" / "Print the envelope labels";
    SEND_THIS: "Ghi đã gửi" / "Record as sent";
    TRACKING: "Số vận đơn" / "Tracking number";
    RECIPIENT: "Người nhận, địa chỉ" / "Recipient, address";
    NONE_TODAY: "Không có." / "None.";
    DAY: "Ngày" / "Day";
}
