//! What an administrator reads of procedures as files.

crate::messages! {
    NOT_A_BUNDLE: "Tệp không đọc được tại “{place}”: {why}" / "The file cannot be read at “{place}”: {why}";
    OTHER_FORMAT: "Tệp này không phải là thủ tục đã xuất từ Motcua." / "This file is no procedure exported from Motcua.";
    OTHER_VERSION: "Tệp do phiên bản mới hơn xuất ra. Cập nhật phần mềm rồi nhập lại." / "A newer version wrote the file. Update the program, then import it again.";
    LETTER_UNKNOWN: "Không có loại thông báo “{kind}”." / "There is no letter of the kind “{kind}”.";
}
