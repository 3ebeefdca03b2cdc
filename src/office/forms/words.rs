//! What an administrator reads of published forms.

crate::messages! {
    CHANGED: "Tờ khai đã có phiên bản {version} từ khi trang này được mở. Xem lại rồi công bố." / "The form has got version {version} since you opened it. Look again, then publish.";
    IN_WORK: "Tờ khai này đang được sửa dở. Mở bản đang sửa để làm tiếp, hoặc bỏ bản đó trước." / "This form is being worked on. Go on with it, or throw it away first.";
    CHANGED_IN_WORK: "Tờ khai đang sửa vừa được người khác thay đổi hoặc phát hành. Mở lại trang rồi làm tiếp." / "The form in work has just been changed or published by somebody else. Open the page again, then go on.";
    DRAFTS_ANSWER: "“{label}”: {n} bản nháp đang trả lời trường này." / "“{label}”: {n} drafts answer it.";
    DRAFTS_UNKNOWN: "“{label}”: {n} bản nháp đang trả lời trường này. Đánh dấu vào ô xác nhận về bản nháp để phát hành." / "“{label}”: {n} drafts answer it. Tick that you know of the drafts to publish.";
    PROCESS_TESTS_IS: "Quy trình bỏ qua bước “{step}” khi “{label}” là “{value}”, mà tờ khai không hỏi điều đó. Giữ hoặc thêm trường này, hay sửa điều kiện của bước trong quy trình." / "The process leaves out the step “{step}” when “{label}” is “{value}”, which the form does not ask for. Keep or add the question, or change the step’s condition in the process.";
    PROCESS_TESTS_IS_NOT: "Quy trình bỏ qua bước “{step}” khi “{label}” không phải “{value}”, mà tờ khai không hỏi điều đó. Giữ hoặc thêm trường này, hay sửa điều kiện của bước trong quy trình." / "The process leaves out the step “{step}” when “{label}” is not “{value}”, which the form does not ask for. Keep or add the question, or change the step’s condition in the process.";
    PROCESS_TESTS_GIVEN: "Quy trình bỏ qua bước “{step}” khi “{label}” có khai, mà tờ khai không hỏi điều đó. Giữ hoặc thêm trường này, hay sửa điều kiện của bước trong quy trình." / "The process leaves out the step “{step}” when “{label}” is filled in, which the form does not ask for. Keep or add the question, or change the step’s condition in the process.";
    PROCESS_TESTS_MISSING: "Quy trình bỏ qua bước “{step}” khi “{label}” không khai, mà tờ khai không hỏi điều đó. Giữ hoặc thêm trường này, hay sửa điều kiện của bước trong quy trình." / "The process leaves out the step “{step}” when “{label}” is left empty, which the form does not ask for. Keep or add the question, or change the step’s condition in the process.";
    FEE_COUNTS: "Khoản thu “{rule}” đếm theo “{label}”, mà tờ khai không hỏi hoặc không phải là số: chọn trường khác, hoặc sửa khoản thu trước." / "The fee “{rule}” is counted by “{label}”, which the form does not ask for or which is no number: choose another question, or change the fee first.";
    RENEWED: "Cập nhật kết quả mong đợi của các trường hợp kiểm tra" / "Test cases taken over as they come out";
    KIND_UNKNOWN: "Không có loại trường “{kind}”." / "There is no kind of question “{kind}”.";
    NOT_FOR_KIND: "Loại trường này không có phần đó." / "This kind of question has no such part.";
    MUST_UNKNOWN: "Không có phép so sánh “{must}”." / "There is no comparison “{must}”.";
    WHEN_UNKNOWN: "Nhập past hoặc future." / "Enter past or future.";
    PREFILL_UNKNOWN: "Không có dữ liệu điền sẵn “{prefill}”." / "There is no “{prefill}” to begin with.";
    CALCULATION_MISSING: "Nhập phép tính." / "Enter the calculation.";
    NUMBER_MALFORMED: "“{number}” không phải là số." / "“{number}” is no number.";
    TOTAL_MALFORMED: "Nhập bảng và cột, ví dụ thanh_vien.thu_nhap." / "Enter a table and a column, such as thanh_vien.thu_nhap.";
    TWO_VALUES: "Phép trừ và phép chia cần đúng hai giá trị." / "Less and by take exactly two values.";
    CASE_FAILED: "Trường hợp “{name}” không còn đúng: {why}" / "The test case “{name}” no longer comes out: {why}";
}
