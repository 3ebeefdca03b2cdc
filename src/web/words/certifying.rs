//! Certification at the counter, and its yearly books.

crate::messages! {
    TITLE: "Chứng thực" / "Certification";
    STEP_PERSON: "1. Người yêu cầu" / "1. Who asks";
    STEP_PAPERS: "2. Giấy tờ" / "2. Papers";
    STEP_FEE: "3. Thu phí, ký" / "3. Fee, signature";
    KIND: "Loại" / "Kind";
    NAME: "Tên giấy tờ" / "Name of the paper";
    PAGES: "Số trang" / "Pages";
    COPIES: "Số bản" / "Copies";
    ROW: "Giấy tờ thứ {n}" / "Paper {n}";
    ROWS_HINT: "Bấm Enter để thêm dòng. Dòng để trống tên thì bỏ qua. Số trang là của bản chính." / "Press Enter for another row. A row without a name is left out. Pages are those of the original.";
    FEE: "Phí" / "Fee";
    FEE_AMOUNT: "{amount} đồng" / "{amount} đồng";
    HOW: "Cách tính" / "How it is computed";
    TOTAL: "Tổng phí" / "Total fee";
    EXEMPTION: "Miễn, giảm phí" / "Exemption";
    METHOD: "Cách thu" / "How it is paid";
    RECEIPT_NUMBER: "Ký hiệu, số biên lai" / "Serial and number of the official receipt";
    SIGNER: "Người ký chứng thực" / "Who signs";
    CERTIFY: "Thu tiền, in lời chứng, trả" / "Collect, print the attestations, deliver";
    CERTIFY_FREE: "In lời chứng, trả" / "Print the attestations, deliver";
    LATER: "Thu tiền, hẹn trả ngày làm việc sau" / "Collect, deliver on the next working day";
    LATER_HINT: "Nhận sau {hour}: được trả trong ngày làm việc sau." / "Taken in after {hour}: delivery on the next working day is allowed.";
    UPDATE: "Cập nhật" / "Update";
    NO_KINDS: "Danh mục của cơ quan chưa có thủ tục chứng thực nào." / "The agency's catalogue has no procedure of certification.";
    DONE: "Đã chứng thực {code}" / "{code} was certified";
    TAKEN: "Đã nhận {code} để chứng thực" / "{code} was taken in to be certified";
    DUE: "Hẹn trả: {date}" / "To be delivered: {date}";
    PRINT_ATTESTATIONS: "In lời chứng" / "Print the attestations";
    PRINT_FEES: "In phiếu thu" / "Print the fee slip";
    PRINT_RECEIPT: "In giấy tiếp nhận" / "Print the receipt";
    NEXT_PERSON: "Người tiếp theo" / "Next person";
    LINE: "{name}: {copies} bản × {pages} trang, {fee} đồng" / "{name}: {copies} copies × {pages} pages, {fee} đồng";
    NUMBERED: "Số {number}. {line}" / "No. {number}. {line}";
    ASKED_BEFORE: "Giấy tờ đã nhận" / "Papers taken in";

    BOOKS: "Sổ chứng thực" / "Books of certification";
    BOOKS_ABOUT: "Mỗi loại một sổ, mỗi năm đánh số từ 01. In từng tháng, hết năm in cả năm để khóa sổ." / "One book a kind, numbered from 01 each year. Printed by month; the whole year to close the book.";
    BOOK: "Sổ" / "Book";
    YEAR: "Năm" / "Year";
    MONTH: "Tháng" / "Month";
    WHOLE_YEAR: "Cả năm (khóa sổ)" / "The whole year (closing)";
    MONTH_N: "Tháng {n}" / "Month {n}";
    SHOW: "Xem" / "Show";
    EMPTY: "Sổ chưa có việc nào trong kỳ này." / "The book has no entry in this period.";
    FOUND: "{n} số, {copies} bản, {fee} đồng" / "{n} numbers, {copies} copies, {fee} đồng";
    PDF: "In sổ (PDF)" / "Print the book (PDF)";
    XLSX: "Tải bảng tính (XLSX)" / "Download as a spreadsheet (XLSX)";
    NUMBER: "Số" / "Number";
    DATE: "Ngày" / "Date";
    PERSON: "Người yêu cầu" / "Who asked";
    PAPER: "Giấy tờ" / "Paper";
    SIGNED_BY: "Người ký" / "Signed by";
    DOSSIER: "Hồ sơ" / "Dossier";
    NEWEST: "Chỉ hiện {n} số cuối; bản in có đủ." / "Only the last {n} numbers are shown; the print has all.";
}
