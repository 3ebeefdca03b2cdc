//! What a person reads when a file cannot be taken.

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
    TOO_MANY_PIXELS: "{name} có {size} triệu điểm ảnh, tối đa {max} triệu. Chụp lại ở độ phân giải thấp hơn."
        / "{name} has {size} million pixels, the limit is {max} million. Take it again at a lower resolution.";
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
