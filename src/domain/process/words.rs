//! What a person reads of processes and their steps.

crate::messages! {
    USUAL_ASSIGN: "Tiếp nhận, chuyển xử lý" / "Reception and hand-over";
    USUAL_WORK: "Thẩm tra" / "Examination";
    USUAL_APPROVE: "Phê duyệt" / "Approval";
    USUAL_FINISH: "Hoàn thiện kết quả" / "Completion of the result";

    NO_STEPS: "Quy trình phải có ít nhất một bước." / "A process has at least one step.";
    TOO_MANY_STEPS: "Quy trình có tối đa {max} bước." / "A process has at most {max} steps.";
    NAME_MISSING: "Nhập tên bước." / "Enter the step's name.";
    TEXT_LONG: "Tối đa {max} ký tự." / "At most {max} characters.";
    ID_WRONG: "Mã bước gồm 1 đến 40 chữ thường không dấu, chữ số, gạch nối." / "A step's id has 1 to 40 small letters, digits or hyphens.";
    ID_TWICE: "Mã bước “{id}” đã dùng cho bước {n}." / "The id “{id}” is already that of step {n}.";
    HOURS_WRONG: "Nhập số giờ làm việc từ 1 đến {max}." / "Enter working hours from 1 to {max}.";
    HOURS_OVER: "Vượt thời hạn công bố {over} giờ: tổng {total}/{limit} giờ." / "{over} hours over the published duration: {total}/{limit} hours.";
    WHO_MISSING: "Chọn vai trò hoặc đơn vị thực hiện." / "Choose the role or the unit that does it.";
    WHO_TWICE: "Chỉ chọn một: vai trò hoặc đơn vị." / "Choose one: a role or a unit.";
    ROLE_UNKNOWN: "Không có vai trò “{role}”." / "There is no role “{role}”.";
    ROLE_NOT_DESK: "Vai trò “{role}” không giải quyết hồ sơ." / "The role “{role}” does not work on dossiers.";
    ROLE_MAY_NOT: "Vai trò này không thực hiện được “{action}”. Chọn vai trò khác, hoặc một đơn vị." / "This role cannot do “{action}”. Choose another role, or a unit.";
    UNIT_UNKNOWN: "Cơ quan giải quyết không có đơn vị “{unit}”." / "The competent agency has no unit “{unit}”.";
    ASKED_CLOSED: "{agency} đang ngừng tiếp nhận, không xin ý kiến được." / "{agency} is closed and cannot be asked.";
    AGENCY_UNKNOWN: "Không có cơ quan mang mã “{agency}”." / "There is no agency with the code “{agency}”.";
    ASKED_UNIT_UNKNOWN: "Cơ quan được lấy ý kiến không có đơn vị “{unit}”." / "The agency asked has no unit “{unit}”.";
    ASKED_MISSING: "Chọn cơ quan hoặc đơn vị được lấy ý kiến." / "Choose the agency or unit to ask.";
    ASKED_NOT_NEEDED: "Bước không kết thúc bằng trả lời ý kiến thì không chọn nơi được lấy ý kiến." / "Only a step that ends with an answer asks somebody.";
    ENDS_UNKNOWN: "Không có cách kết thúc bước “{action}”." / "A step cannot end with “{action}”.";
    ENDS_TWICE: "“{action}” đã kết thúc bước {n}." / "“{action}” already ends step {n}.";
    ENDS_ORDER: "“{action}” phải đứng trước bước {n}." / "“{action}” must come before step {n}.";
    FIRST_PARALLEL: "Bước đầu tiên không song song với bước nào." / "The first step runs beside none.";
    STAGE_PARALLEL: "“{action}” không song song với bước khác." / "“{action}” does not run beside another step.";
    FIELD_MISSING: "Chọn câu trả lời để xét, hoặc xóa phép so sánh và giá trị." / "Choose the answer to look at, or clear the test and the value.";
    FIELD_MALFORMED: "Tên câu trả lời “{field}” chưa đúng: chữ không dấu, chữ số và dấu _, ngăn cách bằng dấu chấm." / "“{field}” is no name of an answer: letters, digits and _, with dots between.";
    NEVER_LEFT_OUT: "Không có “{action}” thì hồ sơ không có kết quả: bước này không bỏ qua được." / "Without “{action}” a dossier has no result: this step is never left out.";
    FIELD_UNKNOWN: "Tờ khai của thủ tục không có trường “{field}”." / "The procedure's form has no field “{field}”.";
    TEST_UNKNOWN: "Không có phép so sánh “{test}”." / "There is no test “{test}”.";
    VALUE_MISSING: "Nhập giá trị để so sánh." / "Enter the value to compare with.";
    VALUE_NOT_NEEDED: "Phép so sánh này không cần giá trị." / "This test takes no value.";

    STATE_WAITING: "chưa đến" / "not reached";
    STATE_OPEN: "đang thực hiện" / "in progress";
    STATE_DUE_SOON: "sắp đến hạn" / "nearly due";
    STATE_OVERDUE: "đang quá hạn" / "overdue";
    STATE_PAUSED: "tạm dừng" / "paused";
    STATE_DONE: "đã xong" / "done";
    STATE_IN_TIME: "đúng hạn" / "in time";
    STATE_LATE: "trễ hạn" / "late";
    STATE_SKIPPED: "bỏ qua" / "left out";
    STATE_PASSED: "không chờ" / "not waited for";
    STATE_RETURNED: "bị trả lại" / "sent back";
    STATE_STOPPED: "đã dừng" / "stopped";

    SKIP_IS: "{field} là “{value}”" / "{field} is “{value}”";
    SKIP_IS_NOT: "{field} không phải “{value}”" / "{field} is not “{value}”";
    SKIP_GIVEN: "{field} có khai" / "{field} is filled in";
    SKIP_MISSING: "{field} không khai" / "{field} is left empty";

    FIELD_NAME: "Tên bước" / "Name";
    FIELD_BY: "Đơn vị" / "Unit";
    FIELD_HOURS: "Số giờ" / "Hours";
    FIELD_DOES: "Việc làm" / "What is done";
    FIELD_DOCUMENT: "Văn bản" / "Document";
    FIELD_CONSULTS: "Nơi được lấy ý kiến" / "Who is asked";
    FIELD_PARALLEL: "Song song với" / "Beside";
    FIELD_SKIP: "Bỏ qua khi" / "Left out when";
    FIELD_ENDS: "Kết thúc bằng" / "Ends with";
}
