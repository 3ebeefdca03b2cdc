//! Words of the page where questions and conditions of papers are edited.

crate::messages! {
    TITLE: "Câu hỏi và giấy tờ" / "Questions and papers";
    QUESTIONS: "Có đúng thủ tục không?" / "Is this the right procedure?";
    QUESTIONS_ABOUT: "Người dân trả lời vài câu rồi được dẫn đến đúng thủ tục trong nhóm. Sửa ở đây thì cơ quan dùng bản của mình." / "Citizens answer a few questions and are led to the right procedure of the family. What is changed here holds for this office.";
    PAPERS: "Giấy tờ và điều kiện" / "Papers and conditions";
    PAPERS_ABOUT: "Giấy nào cần trong trường hợp nào: trang thủ tục, bước nộp giấy tờ, quầy và API cùng theo." / "Which paper is needed when: the procedure's page, the filing, the desk and the API follow it.";
    PAPERS_OF: "Giấy tờ: {procedure}" / "Papers: {procedure}";
    OWN: "bản của cơ quan" / "the office's own";
    NO_RULES: "chưa có điều kiện" / "no conditions yet";
    SUPPLIED: "Bản có sẵn." / "As supplied.";
    SET_BY: "{who} sửa lúc {time}." / "Changed by {who} at {time}.";
    LINES: "Nội dung, mỗi dòng một ý" / "The lines";
    QUESTIONS_HINT: "“== mã | tên nhóm | tiếng Anh”; “thủ tục: các mã”; “? mã câu | câu hỏi | tiếng Anh”; “- trả lời | tiếng Anh > mã câu ở dưới”, “> mã thủ tục | vì sao | tiếng Anh” hoặc “> nơi khác | đến đâu | tiếng Anh”. Phần tiếng Anh có thể bỏ." / "“== id | family | English”; “thủ tục: codes”; “? key | question | English”; “- answer | English > key of a question below”, “> code | why | English” or “> nơi khác | where to go | English”. English may be left out.";
    PAPERS_HINT: "Mỗi dòng: tên giấy (vài chữ trong tên) | khi nào | bắt buộc | vì sao không cần | tiếng Anh. Khi nào: tự nộp, ủy quyền, đại diện; trực tiếp, trực tuyến, bưu chính; câu MÃ là GIÁ TRỊ, câu MÃ khác GIÁ TRỊ, câu MÃ có, câu MÃ trống. Nhiều điều kiện cách nhau bằng dấu chấm phẩy." / "A line: paper (words of its name) | when | bắt buộc | why not needed | English. When: tự nộp, ủy quyền, đại diện; trực tiếp, trực tuyến, bưu chính; câu KEY là VALUE, câu KEY khác VALUE, câu KEY có, câu KEY trống. Several are separated by semicolons.";
    FORM_QUESTIONS: "Câu hỏi của tờ khai" / "Questions of the form";
    SAVE: "Lưu" / "Save";
    SAVED: "Đã lưu." / "Saved.";
    TAKE_BACK: "Dùng lại bản có sẵn" / "Use the supplied one again";
}
