//! Words of what proves the rest: checkpoints of logs, and who looked at which dossier.

use crate::domain::look::{Part, Relation};
use crate::domain::words::Message;

crate::messages! {
    OVERSIGHT: "Kiểm tra nhật ký" / "Logs";
    CHECKPOINTS: "Chốt nhật ký" / "Checkpoints";
    CHECKPOINTS_ABOUT: "Hết mỗi ngày, hệ thống chốt nhật ký của từng cơ quan: có bao nhiêu việc, mã chuỗi tại việc cuối, ký bằng khóa của hệ thống. In phiếu, ký tay và lưu nơi khác: về sau nhật ký bị sửa, cắt bớt hay viết lại đều lộ ra." / "When a day is over the system states where each agency's log stands: how many events, the chain's hash at the last one, signed with its key. Print the sheet, sign it and file it elsewhere: a log that is altered, cut or written anew later shows.";
    CHECK_HOW: "Đối chiếu phiếu đang giữ: quét mã trên phiếu, tải tệp lên trang Kiểm tra giấy, hoặc chạy lệnh motcua check --against TỆP." / "To compare a sheet in hand: scan its code, give the file to the page Check a paper, or run motcua check --against FILE.";
    TO_CHECK_PAGE: "Mở trang Kiểm tra giấy" / "Open the page Check a paper";
    AGENCY: "Cơ quan" / "Agency";
    SHOW: "Xem" / "Show";
    CREATE: "Chốt ngay" / "State it now";
    CREATED: "Đã chốt nhật ký: phiếu số {number}. In phiếu và lưu ngoài hệ thống." / "Checkpoint {number} was made. Print the sheet and keep it elsewhere.";
    NO_CHECKPOINTS: "Chưa chốt lần nào. Lần đầu được chốt khi hết ngày đầu tiên có hồ sơ." / "None yet. The first one is made when the first day with dossiers is over.";
    NUMBER: "Phiếu số" / "Number";
    AT: "Lúc" / "When";
    EVENTS: "Số việc" / "Events";
    LOOKS_COUNT: "Lượt xem" / "Looks";
    CHAIN: "Mã chuỗi" / "Hash";
    COPIES: "Bản lưu" / "Copies";
    SHEET: "Phiếu (PDF)" / "Sheet (PDF)";
    TEXT_FILE: "Tệp" / "Text file";

    LOOKS: "Nhật ký xem hồ sơ" / "Looks at dossiers";
    LOOKS_ABOUT: "Mỗi lần người của cơ quan, hoặc phần mềm kết nối, mở hồ sơ, tệp hoặc in giấy của hồ sơ đều được ghi lại và nối chuỗi. Xem lại cùng một phần trong 15 phút tính là một lượt." / "Each time somebody of the office, or a program, opens a dossier or a file of it or prints a paper of it, that is noted in a chain of its own. The same part seen again within 15 minutes is one look.";
    ACCOUNT: "Tài khoản" / "Account";
    ACCOUNT_HINT: "Tên đăng nhập" / "Sign-in name";
    DOSSIER: "Mã hồ sơ" / "Dossier";
    DAY: "Ngày" / "Day";
    DATE_WRONG: "Ngày chưa đúng. Ghi ngày/tháng/năm, ví dụ 24/11/2026." / "This is no date. Write day/month/year, such as 24/11/2026.";
    FILTER: "Lọc" / "Filter";
    ALL_LOOKS: "Xem tất cả" / "Show all";
    NO_LOOKS: "Không có lượt xem nào như vậy." / "There is no such look.";
    WHO: "Người xem" / "Who";
    WHAT: "Phần đã xem" / "What";
    WHY: "Vì sao được xem" / "Why it was theirs";
    GONE: "(hồ sơ đã tiêu hủy)" / "(disposed of)";

    PART_DOSSIER: "Hồ sơ" / "The dossier";
    PART_FILE: "Tệp đính kèm" / "A file";
    PART_PAPER: "In giấy của hồ sơ" / "A printed paper";
    BY_HOLDER: "đang thụ lý" / "handles it";
    BY_UNIT: "cùng đơn vị đang giữ" / "of the unit that has it";
    BY_COMPETENT: "thuộc cơ quan giải quyết" / "of the deciding agency";
    BY_RECEIVING: "thuộc nơi tiếp nhận" / "of the receiving agency";
    BY_PAST: "thuộc cơ quan đã chuyển đi" / "of the agency that transferred it";
    BY_CONSULTED: "được hỏi ý kiến" / "was asked for an opinion";
    BY_PROGRAM: "phần mềm kết nối" / "a program";

    SEEN_TITLE: "Ai đã xem hồ sơ của tôi" / "Who has seen my dossier";
    SEEN_ABOUT: "Những lần cán bộ hoặc phần mềm của cơ quan mở hồ sơ này, mới nhất ở trên. Xem lại trong 15 phút tính là một lượt." / "Each time an official or a program opened this dossier, newest first. The same part seen again within 15 minutes counts once.";
    SEEN_NOBODY: "Chưa có ai của cơ quan mở hồ sơ này." / "Nobody of the office has opened this dossier yet.";
    SEEN_ONLY: "Chỉ hiện {n} lượt gần nhất." / "Only the last {n} are shown.";
    SEEN_PROGRAM: "Phần mềm kết nối của cơ quan" / "A program of the office";
    SEEN_BACK: "Về hồ sơ {code}" / "Back to {code}";
    SEEN_ODD: "Thấy lượt xem không có lý do? Gửi phản ánh cho cơ quan." / "Is there a look without a reason? Tell the office.";
}

/// What was looked at.
pub const fn part(part: Part) -> Message {
    match part {
        Part::Dossier => PART_DOSSIER,
        Part::File => PART_FILE,
        Part::Paper => PART_PAPER,
    }
}

/// Why it was theirs.
pub const fn relation(relation: Relation) -> Message {
    match relation {
        Relation::Holder => BY_HOLDER,
        Relation::Unit => BY_UNIT,
        Relation::Competent => BY_COMPETENT,
        Relation::Receiving => BY_RECEIVING,
        Relation::Past => BY_PAST,
        Relation::Consulted => BY_CONSULTED,
        Relation::Program => BY_PROGRAM,
    }
}
