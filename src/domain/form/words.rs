//! What a person reads of declared forms.

crate::messages! {
    MISSING: "Nhập “{label}”." / "Enter “{label}”.";
    TICK_MISSING: "Đánh dấu vào ô “{label}”." / "Tick “{label}”.";
    TICK_WRONG: "Chỉ trả lời có hoặc không." / "Answer yes or no.";
    NUMBER_WRONG: "Nhập một số, ví dụ 1.250,5." / "Enter a number, such as 1.250,5.";
    NUMBER_WHOLE: "Nhập số nguyên." / "Enter a whole number.";
    NUMBER_PLACES: "Tối đa {n} chữ số sau dấu phẩy." / "At most {n} decimal places.";
    NUMBER_SMALL: "Nhập số từ {n} trở lên." / "Enter {n} or more.";
    NUMBER_LARGE: "Nhập số không quá {n}." / "Enter {n} or less.";
    DATE_WRONG: "Nhập ngày, tháng, năm, ví dụ 2/11/2026." / "Enter day, month and year, such as 2/11/2026.";
    DATE_FUTURE: "Ngày này chưa đến." / "This date is in the future.";
    DATE_PAST: "Ngày này đã qua." / "This date has passed.";
    CHOICE_UNKNOWN: "Chọn một trong các câu trả lời có sẵn." / "Choose one of the answers offered.";
    ONE_ANSWER: "Chỉ trả lời một nội dung." / "Give one answer.";
    ANSWER_LONG: "Tối đa {max} ký tự." / "At most {max} characters.";
    PLACE_WRONG: "Nhập tỉnh, xã và địa chỉ chi tiết." / "Enter province, commune and the detailed address.";
    PROVINCE_MISSING: "Chọn tỉnh, thành phố của “{label}”." / "Choose the province of “{label}”.";
    PROVINCE_UNKNOWN: "Chọn một trong 34 tỉnh, thành phố." / "Choose one of the 34 provinces and cities.";
    COMMUNE_UNKNOWN: "Chọn một xã, phường, đặc khu của {province}." / "Choose a commune of {province}.";
    COMMUNE_FORMER: "“{commune}” là tên trước ngày 01/7/2025; nay là {now}. Chọn tên mới."
        / "“{commune}” is a name from before 1 July 2025; now {now}. Choose the new name.";
    COMMUNE_MISSING: "Nhập xã, phường, đặc khu của “{label}”." / "Enter the commune of “{label}”.";
    TABLE_WRONG: "Nhập theo từng dòng." / "Enter it row by row.";
    ROWS_FEW: "“{label}”: nhập ít nhất {n} dòng." / "“{label}”: enter at least {n} rows.";
    ROWS_MANY: "“{label}”: nhập tối đa {n} dòng." / "“{label}”: enter at most {n} rows.";
    BY_ZERO: "Không tính được vì số chia bằng 0. Xem lại các số đã nhập ở trên." / "It cannot be calculated: the divisor is 0. Look at the numbers above.";
    TOO_LARGE: "Không tính được vì số quá lớn. Xem lại các số đã nhập ở trên." / "It cannot be calculated: the number is too large. Look at the numbers above.";

    YES: "Có" / "Yes";
    NO: "Không" / "No";
    AND: " và " / " and ";
    ASKED_WHEN: "Khai nếu {tests}" / "Only if {tests}";
    TEST_IS: "“{label}” là “{value}”" / "“{label}” is “{value}”";
    TEST_IS_NOT: "“{label}” không phải “{value}”" / "“{label}” is not “{value}”";
    TEST_GIVEN: "có “{label}”" / "there is “{label}”";
    TEST_MISSING: "không có “{label}”" / "there is no “{label}”";
    TEST_TICKED: "đánh dấu “{label}”" / "“{label}” is ticked";
    TEST_NOT_TICKED: "không đánh dấu “{label}”" / "“{label}” is not ticked";

    NAME_UNKNOWN: "tờ khai không có câu mang mã “{key}”" / "the form has no question with the key “{key}”";
    NAME_UNKNOWN_NEAR: "tờ khai không có câu mang mã “{key}”; gần giống: {near}" / "the form has no question with the key “{key}”; similar ones: {near}";
    ANSWER_UNKNOWN: "câu “{label}” không có câu trả lời “{value}”; dùng được: {answers}" / "“{label}” has no answer “{value}”; possible are: {answers}";
    ANSWERS_TICK: "có, không" / "có (ticked), không (not ticked)";
    ANSWERS_DATE: "một ngày như 2026-11-02" / "a date such as 2026-11-02";
    ANSWERS_TABLE: "chỉ xét có dòng nào hay không (có, trống)" / "whether there is any row (có, trống)";
    ANSWERS_PLACE: "xét từng phần: {parts}" / "a part of it: {parts}";
    ANSWERS_NUMBER: "một số" / "a number";

    NO_TITLE: "Nhập tên tờ khai." / "Enter the form's title.";
    NO_SECTIONS: "Tờ khai phải có ít nhất một mục." / "A form has at least one section.";
    NO_QUESTIONS: "Mục phải có ít nhất một trường." / "A section has at least one question.";
    TOO_MANY_PARTS: "Tối đa {max}." / "At most {max}.";
    SECTION_UNTITLED: "Nhập tên mục." / "Enter the section's title.";
    LABEL_MISSING: "Nhập nhãn của trường." / "Enter the question's label.";
    TEXT_TOO_LONG: "Tối đa {max} ký tự." / "At most {max} characters.";
    KEY_WRONG: "Mã trường gồm 1 đến 40 chữ thường không dấu, chữ số và dấu _, bắt đầu bằng chữ." / "A key has 1 to 40 small letters, digits and _, and begins with a letter.";
    KEY_TWICE: "Mã trường “{key}” đã dùng ở trên." / "The key “{key}” is already used above.";
    OPTIONS_FEW: "Trường chọn phải có ít nhất hai câu trả lời." / "A choice has at least two answers.";
    OPTION_EMPTY: "Nhập giá trị và nhãn của câu trả lời." / "Enter the answer's value and label.";
    OPTION_TWICE: "Giá trị “{value}” đã có." / "The value “{value}” is already there.";
    RANGE_EMPTY: "Giá trị nhỏ nhất lớn hơn giá trị lớn nhất: không thể trả lời." / "The least is more than the most: nobody could answer.";
    COLUMNS_FEW: "Bảng phải có ít nhất một cột." / "A table has at least one column.";
    COLUMN_KIND: "Cột của bảng không thể là bảng hay địa chỉ." / "A column cannot be a table or an address.";
    REF_UNKNOWN: "Trường được nhắc đến (mã “{key}”) không còn trong tờ khai." / "The question that is referred to (“{key}”) is no longer in the form.";
    REF_LATER: "Trường “{label}” đứng sau. Chuyển trường đó lên trước." / "“{label}” stands below. Move it above.";
    REF_CIRCULAR: "“{label}” lại phụ thuộc vào chính trường này: vòng tròn." / "“{label}” depends on this question itself: a circle.";
    REF_SELF: "Trường không thể phụ thuộc vào chính nó." / "A question cannot depend on itself.";
    REF_NO_NUMBER: "Trường “{label}” không phải là số." / "“{label}” is no number.";
    REF_NO_TABLE: "“{label}” không phải là bảng có cột số này." / "“{label}” is no table with this column of numbers.";
    ZERO_DIVISOR: "Phép chia cho 0." / "A division by zero.";
    CALCULATION_DEEP: "Phép tính quá phức tạp: tối đa {max} tầng." / "The calculation is too deep: at most {max} levels.";
    CALCULATION_EMPTY: "Phép tính chưa có số nào." / "The calculation has no numbers.";
    CALCULATED_REQUIRED: "Trường tính tự động không bắt buộc nhập." / "Nobody answers what is calculated.";
    NEVER_ASKED: "Điều kiện này không bao giờ đúng, nên trường không bao giờ được hỏi." / "This condition never holds, so it would never be asked.";
    CHECK_IMPOSSIBLE: "Không câu trả lời nào thỏa điều kiện này." / "No answer fulfils this.";
    TODAY_ALONE: "“Hôm nay” chỉ dùng để so sánh, không tính được." / "“Today” is only compared with, not calculated with.";
    TODAY_OF_TIME: "Chỉ ngày hoặc năm so sánh được với hôm nay." / "Only a date or a year can be compared with today.";
    YEARS_OF_TIME: "Chỉ cộng số năm vào ngày hoặc năm." / "Years are only added to a date or a year.";
    MESSAGE_MISSING: "Nhập lời nhắc khi không thỏa." / "Enter what is said when it does not hold.";
    CONDITION_EMPTY: "Nhập giá trị để so sánh." / "Enter the value to compare with.";
    CASE_NAMELESS: "Nhập tên trường hợp kiểm tra." / "Enter the test case's name.";

    PART_LABEL: "Nhãn" / "Label";
    PART_HELP: "Hướng dẫn" / "Help";
    PART_KIND: "Loại" / "Kind";
    PART_REQUIRED: "Bắt buộc" / "Required";
    PART_ONLY_IF: "Chỉ hỏi khi" / "Asked only when";
    PART_CHECKS: "Kiểm tra" / "Checks";
    PART_PREFILL: "Điền sẵn" / "Prefilled with";

    CASE_HIDDEN: "“{label}” phải được hỏi nhưng bị ẩn." / "“{label}” should be asked but is hidden.";
    CASE_SHOWN: "“{label}” phải ẩn nhưng lại được hỏi." / "“{label}” should be hidden but is asked.";
    CASE_REFUSED: "“{label}” bị từ chối: {why}" / "“{label}” is refused: {why}";
    CASE_TAKEN: "“{label}” phải bị từ chối nhưng được chấp nhận." / "“{label}” should be refused but is taken.";
    CASE_VALUE: "“{label}” phải là “{wanted}” nhưng là “{got}”." / "“{label}” should be “{wanted}” but is “{got}”.";
    CASE_FEES: "Phí, lệ phí phải là: {wanted}; nay là: {got}." / "The fees should be: {wanted}; they are: {got}.";
    CASE_PAPERS: "Giấy tờ phải nộp là: {wanted}; nay là: {got}." / "The papers should be: {wanted}; they are: {got}.";
    CASE_PAPERS_IF_ANY: "Giấy tờ nộp nếu có là: {wanted}; nay là: {got}." / "The papers handed in if there are any should be: {wanted}; they are: {got}.";
    CASE_STEPS: "Các bước phải là: {wanted}; nay là: {got}." / "The steps should be: {wanted}; they are: {got}.";
    NOTHING: "không có" / "none";
    ROW_OF: "{table}, dòng {n}" / "{table}, row {n}";
}
