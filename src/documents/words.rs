//! What a person reads when a file cannot be taken, and when a paper was checked.

use crate::messages;

messages! {
    TOO_LARGE_BY: "{name} nặng {size} MB, tối đa {max} MB. Chụp lại nhỏ hơn hoặc tách ra."
        / "{name} is {size} MB, the limit is {max} MB. Take a smaller picture or split it.";
    TOO_LARGE: "{name} nặng hơn mức tối đa {max} MB. Chụp lại nhỏ hơn hoặc tách ra."
        / "{name} is larger than the limit of {max} MB. Take a smaller picture or split it.";
    EMPTY: "{name} là tệp rỗng. Chọn lại tệp."
        / "{name} is an empty file. Choose the file again.";
    WRONG_KIND: "Dùng ảnh JPG, PNG, HEIC hoặc PDF."
        / "Use a JPG, PNG or HEIC picture, or a PDF.";
    NOT_AS_NAMED: "Nội dung của {name} khác với loại tệp ghi ở tên. Dùng ảnh JPG, PNG, HEIC hoặc PDF."
        / "{name} is not the kind of file that its name says. Use a JPG, PNG or HEIC picture, or a PDF.";
    UNREADABLE: "Không mở được {name}: hỏng hoặc có mật khẩu."
        / "{name} cannot be opened: it is damaged or has a password.";
    ACTIVE: "{name} có mã lệnh, tệp đính kèm hoặc phần tự chạy. Mở tệp, chọn In → Lưu dạng PDF, rồi gửi bản mới."
        / "{name} holds a program, an attached file or something that starts by itself. Open it, print it to a new PDF, and send that one.";
    INFECTED: "{name} có mã độc nên không nhận. Quét virus máy đang dùng rồi chụp hoặc lập lại tệp."
        / "{name} carries a virus and is not taken. Clean the computer that it comes from, then take or make it again.";
    NOT_SCANNED: "Chưa kiểm tra được tệp nên chưa nhận. Thử lại sau ít phút; nếu gấp, mang giấy đến quầy."
        / "The file could not be checked and was not taken. Try again in a few minutes, or bring the paper to the counter.";
    TOO_MANY_PIXELS: "{name} có {size} triệu điểm ảnh, tối đa {max} triệu. Chụp lại ở độ phân giải thấp hơn."
        / "{name} has {size} million pixels, the limit is {max} million. Take it again at a lower resolution.";

    FILE_WHOLE: "Từng byte của tệp đúng như khi cơ quan phát hành."
        / "Every byte of the file is as the office issued it.";
    FILE_ALTERED: "Tệp đã bị sửa sau khi cơ quan phát hành."
        / "The file was altered after the office issued it.";
    FILE_UNSEALED: "Tệp PDF này không mang mã kiểm tra của cơ quan: do nơi khác lập, là bản quét hoặc bản in lại. Nếu giấy có in mã QR “Kiểm tra giấy”, hãy quét mã đó."
        / "This PDF carries no seal of an office: it was made elsewhere, scanned or printed anew. If the paper shows the QR code “Check this paper”, scan that code.";
    FILE_FOREIGN: "Tệp là ảnh hoặc loại tệp khác, không đọc được mã kiểm tra trong đó. Nếu ảnh chụp giấy có mã QR “Kiểm tra giấy”, hãy quét mã đó."
        / "The file is a picture or another kind of file, in which no code can be read. If it shows a paper with the QR code “Check this paper”, scan that code.";
    CONTENTS_WHOLE: "Nội dung đúng như cơ quan đã ký."
        / "The contents are as the office signed them.";
    TEXT_WHOLE: "Nội dung trong mã QR đúng như cơ quan đã ký. So các dòng dưới đây với chữ in trên giấy."
        / "What the QR code says is as the office signed it. Compare the lines below with what is printed on the paper.";
    TEXT_ALTERED: "Nội dung trong mã không khớp chữ ký: đã bị sửa."
        / "What the code says does not fit its signature: it was altered.";
    TEXT_BROKEN: "Mã bị thiếu, thừa hoặc sai ký tự. Quét lại cả mã QR, không gõ tay."
        / "Letters of the code are missing, added or wrong. Scan the whole QR code again; do not type it.";
    TEXT_UNSIGNED: "Không tìm thấy mã kiểm tra của giấy. Dán đường dẫn có được khi quét mã QR ở ô “Kiểm tra giấy”."
        / "No code of a paper was found. Paste the link that scanning the QR code “Check this paper” gives.";
    CONTENTS_ALTERED: "Nội dung kèm theo khác nội dung đã ký."
        / "The contents that come along are not those that were signed.";
    KEY_UNKNOWN: "Giấy ký bằng khóa {key}, khóa này không có ở đây nên chưa kết luận được. Lấy khóa công khai của cơ quan ghi trên giấy rồi kiểm tra lại."
        / "The paper was signed with the key {key}, which is not known here, so nothing can be said. Get the public key of the office that the paper names, and check again.";
}

#[cfg(test)]
mod tests {
    use super::ALL;

    /// The `{slots}` of a sentence, sorted.
    fn slots(text: &str) -> Vec<&str> {
        let mut slots: Vec<&str> =
            text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        slots.sort_unstable();
        slots
    }

    #[test]
    fn both_languages_have_the_same_slots() {
        for (name, message) in ALL {
            assert_eq!(slots(message.vi), slots(message.en), "{name}");
        }
    }
}
