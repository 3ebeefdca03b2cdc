//! The counter.

crate::messages! {
    TITLE: "Tiếp nhận tại quầy" / "Reception at the counter";
    UPDATE: "Cập nhật" / "Update";
    RECEIVE: "Tiếp nhận và in" / "Receive and print";
    CLOSED_TODAY: "Hôm nay nghỉ. Hồ sơ nhận hôm nay tính thời hạn như nhận ngày {day}." / "The office is closed today. The time of what is taken in counts as if received on {day}.";
    STEP_PROCEDURE: "1. Thủ tục" / "1. Procedure";
    STEP_PERSON: "2. Người nộp" / "2. Submitter";
    STEP_PAPERS: "3. Giấy tờ" / "3. Papers";
    STEP_WAYS: "4. Cách nộp, cách nhận" / "4. Ways in and out";
    FIND_PROCEDURE: "Tìm thủ tục" / "Find the procedure";
    FIND_HINT: "Gõ tên hoặc mã rồi bấm Enter; không dấu cũng được" / "Type the name or the code, then Enter";
    WHICH_PROCEDURE: "Thủ tục" / "Procedure";
    OTHER_PROCEDURES: "Chọn thủ tục khác" / "Choose another procedure";
    NO_PROCEDURE: "Chưa tìm thấy thủ tục. Thử ít từ hơn." / "No procedure was found. Try fewer words.";
    PROCEDURE_MISSING: "Chọn thủ tục." / "Choose the procedure.";
    SCAN_CARD: "Quét thẻ căn cước" / "Scan the identity card";
    SCAN_OWNER_CARD: "Quét thẻ của chủ hồ sơ" / "Scan the owner's card";
    CARD_HINT: "Đặt con trỏ ở đây rồi quét mã QR trên thẻ" / "Put the cursor here and scan the card's QR code";
    CARD_READ: "Đã đọc thẻ {name}. Đối chiếu người với thẻ." / "The card of {name} was read. Compare the person with the card.";
    BIRTH_NOT_REAL: "Ngày sinh phải là ngày có thật." / "The date of birth must be a real date.";
    WHO: "Tư cách người nộp" / "In what capacity";
    WHO_SELF: "Nộp cho chính mình" / "For themselves";
    WHO_UPDATE: "Nộp thay: chọn rồi bấm Enter để nhập chủ hồ sơ." / "For another person: choose, then press Enter to enter the owner.";
    MANDATE_PAPER: "Giấy ủy quyền (số, ngày, nơi cấp)" / "Mandate (number, date, issuer)";
    PAPERS_LATER: "Chọn thủ tục để thấy giấy tờ cần có." / "Choose the procedure to see its papers.";
    NO_PAPERS: "Thủ tục không yêu cầu giấy tờ." / "The procedure asks for no papers.";
    SCAN: "Bản quét" / "Scan";
    SCAN_FILES: "Tệp quét, ảnh chụp" / "Scans, photos";
    FORM_SCAN: "Quét tờ khai có mã" / "Scan a form with a code";
    FORM_SCAN_ABOUT: "Tờ khai in từ trang thủ tục hay từ hồ sơ có mã QR ở góc trái. Tải bản quét lên: mã mở đúng thủ tục hoặc hồ sơ, bản quét nằm sẵn ở giấy tờ của nó." / "A form printed from its procedure or dossier has a QR code at the left. Upload the scan: the code opens that procedure or dossier, with the scan at its paper.";
    FORM_SCAN_FILES: "Bản quét tờ khai (PDF, JPEG, PNG)" / "Scan of the form (PDF, JPEG, PNG)";
    FORM_SCAN_READ: "Đọc mã" / "Read the code";
    FORM_SCAN_MISSING: "Chọn bản quét." / "Choose the scan.";
    FORM_SCAN_UNREAD: "Không đọc được mã trên bản quét. Quét lại cho thẳng và rõ, hoặc chọn thủ tục tại quầy rồi đính kèm." / "No code could be read. Scan again, straight and clear, or choose the procedure at the counter and attach the scan.";
    FORM_SCAN_UNKNOWN: "Mã trên tờ khai là của thủ tục {procedure}, không có trong danh mục." / "The code names procedure {procedure}, which is not in the catalogue.";
    FORM_CAME: "Đã mở từ mã trên tờ khai. Đối chiếu tờ khai với người nộp, rồi nhập người nộp." / "Opened by the form's code. Compare the form with the person, then enter the person.";
    FORM_CAME_BARE: "Đã mở từ mã trên tờ khai. Thủ tục này không có giấy tờ nào là tờ khai, nên bản quét chưa được đính kèm." / "Opened by the form's code. None of this procedure's papers is a declaration, so the scan is not attached.";
    FORM_OLD: "Tờ khai theo bản {version}; bản hiện hành là {newest}." / "The form is version {version}; the present one is {newest}.";
    PREVIEW: "Giấy tiếp nhận" / "The receipt";
    TICKED: "{n} / {of} giấy tờ" / "{n} of {of} papers";
    DUE: "Hẹn trả" / "Due";
    FREE: "Không" / "None";
    DONE: "Đã tiếp nhận {code}" / "{code} was received";
    NEXT_PERSON: "Người tiếp theo" / "Next person";
    PRINT_RECEIPT: "In giấy tiếp nhận (A5)" / "Print the receipt (A5)";
    SOMEBODY: "Người nộp" / "Submitter";
}
