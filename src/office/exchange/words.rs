//! What an administrator reads of procedures as files.

crate::messages! {
    NOT_JSON: "Tệp không phải JSON hợp lệ hoặc bị cắt: hỏng ở dòng {line}, cột {column}. Xuất lại tệp rồi nhập." / "The file is no well-formed JSON, or was cut: it breaks at line {line}, column {column}. Export it again, then import it.";
    OTHER_FORMAT: "Tệp này không phải là thủ tục đã xuất từ Motcua." / "This file is no procedure exported from Motcua.";
    OTHER_VERSION: "Tệp do phiên bản mới hơn xuất ra. Cập nhật phần mềm rồi nhập lại." / "A newer version wrote the file. Update the program, then import it again.";
    CATALOGUE_FIRST: "Danh mục chưa có thủ tục này: ghi cả phần thông tin thủ tục." / "The catalogue lacks this procedure: take its facts over too.";
    LETTER_UNKNOWN: "Không có loại thông báo “{kind}”." / "There is no letter of the kind “{kind}”.";
}
