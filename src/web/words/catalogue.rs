//! The life of the catalogue: when procedures are in force, what agencies say of them, imports.

crate::messages! {
    IN_FORCE: "Đang có hiệu lực" / "In force";
    NOT_YET: "Có hiệu lực từ {date}" / "In force from {date}";
    ENDED: "Hết hiệu lực từ {date}" / "Ended on {date}";
    ENDS_LATER: "Hết hiệu lực từ {date}" / "Ends on {date}";
    NOW: "Thủ tục thay thế" / "What takes its place";
    RUNNING: "Hồ sơ đã nộp trước ngày đó vẫn được giải quyết đến khi có kết quả." / "Dossiers that were filed before go on until their result.";
    WILL_END: "Thủ tục này hết hiệu lực từ {date}{by}." / "This procedure ends on {date}{by}.";
    BY: " theo {decision}" / " by {decision}";

    VALIDITY: "Hiệu lực" / "In force";
    VALIDITY_ABOUT: "Để trống cả hai ngày khi thủ tục luôn có hiệu lực. Ngày trong tương lai tự có tác dụng khi đến ngày. Hồ sơ đã tiếp nhận vẫn đi tiếp theo thủ tục đã tiếp nhận." / "Leave both dates empty while the procedure is always in force. A date in the future takes effect by itself. Dossiers that were received go on under the procedure as it was then.";
    FROM: "Có hiệu lực từ ngày" / "In force from";
    ENDS: "Hết hiệu lực từ ngày" / "Ends on";
    DECISION: "Quyết định công bố, thay thế hoặc bãi bỏ" / "Decision that publishes, replaces or abolishes it";
    SUCCESSORS: "Thủ tục thay thế" / "Procedures that take its place";
    SUCCESSORS_HINT: "Mã số, mỗi dòng một mã. Để trống khi bãi bỏ hẳn." / "Codes, one a line. Leave empty when it is abolished.";
    DATE_WRONG: "Nhập ngày, ví dụ 01/12/2026." / "Enter a date, such as 01/12/2026.";
    SAVE: "Lưu" / "Save";
    ABOLISH_TITLE: "Bãi bỏ “{name}” từ ngày {date}" / "Abolish “{name}” on {date}";
    REPLACE_TITLE: "Thay thế “{name}” từ ngày {date}" / "Replace “{name}” on {date}";
    ABOLISH: "Bãi bỏ" / "Abolish";
    REPLACE: "Thay thế" / "Replace";
    END_ABOUT: "Từ ngày đó thủ tục không nhận hồ sơ mới, tìm kiếm dẫn đến thủ tục thay thế. Sửa lại được bất cứ lúc nào." / "From that day on it takes no new dossiers, and the search leads to what takes its place. It can be changed at any time.";
    OPEN_DOSSIERS: "{n} hồ sơ đang giải quyết: tiếp tục theo thủ tục này" / "{n} open dossiers: they go on under this procedure";
    OPEN_DOSSIERS_MORE: "ít nhất {n} hồ sơ đang giải quyết: tiếp tục theo thủ tục này" / "at least {n} open dossiers: they go on under this procedure";
    DRAFTS: "{n} hồ sơ người dân đang soạn: từ ngày đó không gửi được nữa" / "{n} drafts of citizens: from that day on they can no longer be sent";
    HAS_FORM: "Có tờ khai điện tử: giữ nguyên cho hồ sơ đã nộp" / "It has an electronic form, which stays for dossiers that were filed";
    HAS_FEES: "Có mức phí, lệ phí do cơ quan đặt" / "It has fee rules of this office";
    HAS_PROCESSES: "Có {n} quy trình điện tử" / "It has {n} electronic processes";
    LED_BY: "Là phần liên thông của: {list}. Từ ngày đó hồ sơ mới không mở phần này nữa." / "It is a part of: {list}. From that day on new dossiers no longer open it.";
    LEADS: "Mở hồ sơ liên thông: {list}" / "It opens: {list}";
    REPLACES: "Đang thay thế: {list}. Người tìm các thủ tục đó sẽ được dẫn tiếp." / "It took the place of: {list}. Who looks for those is led on.";
    PUBLIC_PAGE: "Xem trang công khai" / "See the public page";

    AGENCIES: "Nơi tiếp nhận" / "Where it is taken";
    AGENCIES_ABOUT: "Mỗi cơ quan chọn có tiếp nhận thủ tục này không, ở quầy nào, giờ nào, và dặn thêm điều gì." / "Each agency says whether it takes this procedure, at which counter, when, and what else to know.";
    AGENCY: "Cơ quan" / "Agency";
    STATE: "Tình trạng" / "State";
    OFFER_TITLE: "{agency}: {name}" / "{agency}: {name}";
    OPEN: "Đang tiếp nhận" / "Takes it";
    OPEN_FROM: "Tiếp nhận từ {date}" / "Takes it from {date}";
    NOT_OPEN: "Không tiếp nhận" / "Does not take it";
    STOPPED: "Ngừng tiếp nhận" / "Has stopped";
    STOPPED_FROM: "Ngừng tiếp nhận từ {date}" / "Stops on {date}";
    SINCE: "Từ ngày" / "Since";
    GUIDANCE: "Hướng dẫn của cơ quan" / "The agency's guidance";
    GUIDANCE_HINT: "Hiện trên trang thủ tục và trên bản hướng dẫn in. Mỗi ý một dòng." / "Shown on the procedure's page and on the printed guide. One thought a line.";
    COUNTER: "Quầy" / "Counter";
    COUNTER_HINT: "Ví dụ: Quầy số 3, tầng 1" / "Such as: Counter 3, ground floor";
    HOURS: "Ngày, giờ tiếp nhận riêng" / "Own days and hours";
    HOURS_HINT: "Chỉ ghi khi khác giờ làm việc của Bộ phận Một cửa, ví dụ: sáng thứ Ba, thứ Năm 07:30–11:00" / "Only where they differ from those of the section, such as: Tuesday and Thursday 07:30–11:00";
    ASK_AT: "Hỏi thêm: {phone}." / "Ask at {phone}.";
    REASON: "Vì sao ngừng" / "Why it has stopped";
    REASON_HINT: "Người dân đọc trên trang thủ tục, ví dụ: chuyển trụ sở" / "People read it on the procedure's page, such as: the office is moving";
    INSTEAD: "Nộp ở đâu trong lúc đó" / "Where to file meanwhile";
    PHONE_HINT: "Ví dụ 0236 3111 222 hoặc 1900 1234" / "Such as 0236 3111 222 or 1900 1234";
    PHONE: "Điện thoại hỏi về thủ tục này" / "Telephone for this procedure";
    SECTION_PHONE: "Điện thoại" / "Telephone";
    ADDRESS: "Địa chỉ" / "Address";
    EDIT: "Sửa" / "Change";
    BACK: "Quay lại" / "Back";
    CHOOSE_PLACE: "Xã, phường hoặc cơ quan" / "Commune or agency";
    SHOW_PLACE: "Xem nơi này" / "Show this one";
    ALL_PLACES: "Xem mọi nơi tiếp nhận" / "Show every place";

    CAREFUL: "Xem kỹ trước khi ghi ({n})" / "Look at these first ({n})";
    CAREFUL_COUNT: "{n} thủ tục cần xem kỹ: đổi thời hạn, phí, giấy tờ bắt buộc, cách nộp, hoặc trái với điều cơ quan đã đặt" / "{n} procedures to look at first: deadline, fee, required papers or ways to file change, or what the office set is contradicted";
    MISSING_COUNT: "{n} thủ tục đang có hiệu lực không có trong tệp, với {open} hồ sơ đang giải quyết: giữ nguyên nếu không chọn bãi bỏ" / "{n} procedures in force are not in the file, with {open} open dossiers: they stay unless you choose to end them";
    REJECTED_COUNT: "{n} dòng bị loại, không ghi" / "{n} rows are rejected and not written";
    NEW_ONES: "Thủ tục mới ({n})" / "New procedures ({n})";
    OTHERS_TOO: "và {n} thủ tục nữa, ghi cùng" / "and {n} more, written along";
    MISSING: "Đang có hiệu lực mà tệp không có ({n}). Bãi bỏ?" / "In force and not in the file ({n}). Abolish?";
    MISSING_ABOUT: "Chỉ chọn khi tệp là danh mục đầy đủ của các lĩnh vực này và đã có quyết định bãi bỏ. Không chọn thì giữ nguyên." / "Choose only when the file is the full list of these fields and a decision abolishes them. What is not chosen stays.";
    MISSING_ONE: "{name}; {n} hồ sơ đang giải quyết" / "{name}; {n} open dossiers";
}
