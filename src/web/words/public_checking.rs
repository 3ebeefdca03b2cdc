//! Words of checking a paper.

crate::messages! {
    TITLE: "Kiểm tra giấy" / "Check a paper";
    INTRO: "Giấy do cơ quan phát hành có mã QR ghi “Kiểm tra giấy”. Quét mã bằng điện thoại, hoặc kiểm tra tại đây." / "The papers of this office carry a QR code “Kiểm tra giấy”. Scan it with a telephone, or check here.";
    TEXT: "Đường dẫn hoặc dãy ký tự trong mã QR" / "The link or the letters of the QR code";
    TEXT_HINT: "Dán nguyên văn những gì có được khi quét mã" / "Paste what scanning the code gives, as it is";
    FILE: "Hoặc tệp PDF của giấy" / "Or the paper's PDF file";
    FILE_HINT: "Tệp tải từ trang này, chưa in lại hay quét lại; tối đa {max} MB" / "The file as it came from this site, not printed anew or scanned; at most {max} MB";
    CHECK: "Kiểm tra" / "Check";
    NOTHING: "Dán đường dẫn của mã QR hoặc chọn tệp PDF." / "Paste the link of the QR code, or choose the PDF.";
    TOO_LARGE: "Tệp quá lớn, tối đa {max} MB." / "The file is too large, the limit is {max} MB.";

    GENUINE: "Giấy thật, chưa bị sửa." / "The paper is genuine and unaltered.";
    GENUINE_TEXT: "Mã trên giấy là thật." / "The code on the paper is genuine.";
    ALTERED: "Giấy đã bị sửa. Không dùng giấy này." / "The paper was altered. Do not rely on it.";
    NOT_IN_LOG: "Không dùng giấy này." / "Do not rely on this paper.";
    UNKNOWN: "Chưa kết luận được: giấy của hệ thống khác." / "Nothing can be said: the paper is from another system.";
    UNSIGNED: "Không tìm thấy mã của cơ quan: đây không phải giấy của cơ quan này, hoặc mã không nằm ở trang này." / "No code of ours was found: this is not a paper of this office, or the code is not on this page.";

    FACTS: "Cơ quan đã ký những điều này" / "What the office has signed";
    FACTS_HINT: "So với giấy đang cầm; khác một dòng là giấy không đúng." / "Compare it with the paper in hand; if one line differs, the paper is not right.";
    CLAIMS: "Giấy tự ghi như sau, chưa được kiểm chứng" / "What the paper claims, unverified";
    PAPER: "Loại giấy" / "Paper";
    AGENCY: "Cơ quan" / "Office";
    DOSSIER: "Hồ sơ" / "Dossier";
    AT: "Phát hành" / "Issued";
    AT_EVENT: "Xác nhận việc lúc" / "Certifies what happened at";
    DUE: "Ngày hẹn ghi trên giấy" / "Date that the paper promises";
    ITEMS: "Số dòng liệt kê" / "Lines listed";
    LISTED: "Giấy tờ liệt kê" / "What is listed";
    PLACE: "Dấu sổ điện tử" / "Place in the log";
    PLACE_IS: "số {n}, mã {digits}" / "number {n}, code {digits}";
    MAY_HAVE_MOVED: "Ngày hẹn có thể đã đổi sau khi in." / "The date may have changed since it was printed.";
    SEE_NOW: "Xem tình trạng hiện nay" / "See how it stands now";
    MORE: "… và {n} giấy khác trong tệp" / "… and {n} more papers in the file";

    OFFLINE: "Kiểm tra không cần mạng" / "Checking without a network";
    OFFLINE_IS: "Máy có sẵn khóa công khai của cơ quan kiểm tra được bằng lệnh:" / "A machine that has the office's public key checks with the command:";
    KEY: "Tải khóa công khai" / "Download the public key";
    KEY_ID: "Khóa đang dùng: {id}" / "Key in use: {id}";
    LIMITS: "Bản sao chụp của giấy thật vẫn có mã thật: mã cho biết nội dung do cơ quan phát hành, không cho biết ai đang cầm giấy." / "A copy of a genuine paper has a genuine code: the code tells that the office issued what it says, not who holds the paper.";
}
