//! Examples of the OpenAPI document: they work on the demo, with the version of the dossier at hand.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::domain::dossier::Action;

/// An example of an action on `today`: who may do it in the demo and when, and the body.
pub fn action(action: Action, today: Date) -> (&'static str, Value) {
    let later = today.saturating_add(30.days());
    let (who, mut body) = before_approval(action, later)
        .or_else(|| of_money(action))
        .or_else(|| on_the_way(action, today))
        .unwrap_or_else(|| at_the_end(action));
    body["action"] = json!(action.id());
    body["version"] = json!(1);
    (who, body)
}

fn before_approval(action: Action, later: Date) -> Option<(&'static str, Value)> {
    Some(match action {
        Action::Accept => (
            "tiepnhan1, status 1",
            json!({
                "note": "Đã đối chiếu từng giấy tờ.",
            }),
        ),
        Action::Refuse => (
            "tiepnhan1, status 1",
            json!({
                "reason": "Thủ tục này không thuộc thẩm quyền của Ủy ban nhân dân phường.",
            }),
        ),
        Action::RequestSupplement => (
            "tiepnhan1, status 1 or 2; thuly1, status 4",
            json!({
                "items": [{"component": "tp1", "reason": "Tờ khai thiếu chữ ký ở trang 2."}],
                "due_at": later,
            }),
        ),
        Action::Supplement => (
            "tiepnhan1, status 5",
            json!({
                "uploads": [], "note": "Đã nhận bản gốc tại quầy.",
            }),
        ),
        Action::Transfer => (
            "tiepnhan1, status 1 or 2",
            json!({
                "agency": "H40.15", "reason": "Người nộp thường trú tại xã Hải Hậu.",
            }),
        ),
        Action::ChangeProcedure => (
            "tiepnhan1, status 1 or 2",
            json!({
                "procedure": "1.004873", "reason": "Chọn nhầm thủ tục khi nộp.",
            }),
        ),
        Action::Assign => ("dieuphoi1, status 2 or 4", json!({ "to": "thuly1" })),
        Action::Forward => ("dieuphoi1, status 2 or 4", json!({ "unit": "tu-phap-ho-tich" })),
        Action::Consult => (
            "thuly1, status 4",
            json!({
                "agency": "H40.15", "question": "Đề nghị xác nhận nơi thường trú trước đây.",
                "due_at": later,
            }),
        ),
        Action::AnswerConsultation => (
            "thuly11, status 4, when H40.15 was asked",
            json!({
                "consultation": 1, "answer": "Có đăng ký thường trú đến năm 2024.",
            }),
        ),
        Action::SubmitForApproval => (
            "thuly1, status 4, stage work",
            json!({
                "draft": {"text": "Hồ sơ đủ điều kiện, đề nghị cấp giấy khai sinh."},
            }),
        ),
        Action::Approve => ("lanhdao1, status 4, stage awaiting_approval", json!({})),
        Action::ReturnForRework => (
            "lanhdao1, status 4, stage awaiting_approval",
            json!({
                "reason": "Bổ sung căn cứ pháp lý vào dự thảo.",
            }),
        ),
        _ => return None,
    })
}

fn on_the_way(action: Action, today: Date) -> Option<(&'static str, Value)> {
    Some(match action {
        Action::IssueNumber => (
            "vanthu1, status 4, stage approved",
            json!({
                "number": "125/UBND", "date": today,
            }),
        ),
        Action::CompleteStep => (
            "thuly2, status 4, on a land dossier whose first check is open",
            json!({
                "step": "tham-tra", "note": "Đã đối chiếu bản đồ địa chính.",
            }),
        ),
        Action::Extend => (
            "lanhdao1, status 2 or 4, before the due date",
            json!({
                "due_at": today.saturating_add(60.days()),
                "reason": "Cần xác minh tại nơi cư trú trước đây.",
            }),
        ),
        Action::RequestWithdrawal => (
            "tiepnhan1, status 1, 2, 4, 5 or 6",
            json!({
                "reason": "Người nộp không còn nhu cầu.",
            }),
        ),
        Action::ApproveWithdrawal => ("thuly1, status 7", json!({})),
        Action::RejectWithdrawal => (
            "thuly1, status 7",
            json!({
                "reason": "Kết quả đã được ký.",
            }),
        ),
        Action::Stop => (
            "lanhdao1, status 2, 4, 5 or 6",
            json!({
                "reason": "Quá thời hạn bổ sung giấy tờ.", "decision_number": "17/TB-UBND",
            }),
        ),
        _ => return None,
    })
}

fn of_money(action: Action) -> Option<(&'static str, Value)> {
    Some(match action {
        Action::RequestPayment => (
            "thungan1, status 2 or 4",
            json!({
                "fees": [{"name": "Lệ phí hộ tịch", "amount": 8000, "kind": "fee"}],
            }),
        ),
        Action::RecordPayment => (
            "thungan1, when something is to be paid",
            json!({
                "method": "cash", "receipt_number": "AA/26E 0000123",
            }),
        ),
        Action::ReversePayment => (
            "thungan1, when something was paid",
            json!({
                "reason": "Thu nhầm hồ sơ, đã trả lại tiền.",
            }),
        ),
        Action::CancelPaymentRequest => (
            "thungan1, when something is to be paid",
            json!({
                "reason": "Yêu cầu nhầm hồ sơ.",
            }),
        ),
        Action::DeclareTransfer => ("the applicant, when something is to be paid", json!({})),
        Action::RejectTransfer => (
            "thungan1, when a transfer was declared",
            json!({
                "reason": "Đến hết ngày chưa thấy tiền về tài khoản.",
            }),
        ),
        _ => return None,
    })
}

fn at_the_end(action: Action) -> (&'static str, Value) {
    match action {
        Action::Finish => (
            "thuly1, status 4, stage approved or numbered",
            json!({
                "favourable": true, "result": {"name": "Giấy khai sinh", "number": "125/2026"},
            }),
        ),
        _ => ending(action),
    }
}

fn ending(action: Action) -> (&'static str, Value) {
    match action {
        Action::Deliver => (
            "tiepnhan1, status 9",
            json!({
                "channel": "counter", "received_by": "Trần Thị Bích", "taker": "mandated",
                "mandate_paper": "Giấy ủy quyền số 15, ngày 20/11/2026",
            }),
        ),
        Action::Certify => (
            "tiepnhan1, status 2 or 4, a procedure of certification",
            json!({
                "papers": [
                    {"procedure": "2.000815", "name": "Bằng tốt nghiệp", "pages": 2, "copies": 3},
                ],
                "signer": "lanhdao1", "method": "cash", "receipt_number": "CT/26E 0000456",
            }),
        ),
        Action::ReturnPapers => (
            "tiepnhan1, status 3, 8 or 10",
            json!({
                "items": ["Giấy chứng sinh (bản chính)"], "received_by": "Nguyễn Văn An",
            }),
        ),
        Action::Void => (
            "giamdoc1, status 1 or 2",
            json!({
                "reason": "Nhập trùng một hồ sơ.",
            }),
        ),
        Action::Note => (
            "tiepnhan1, any status",
            json!({
                "note": "Đã gọi điện cho người nộp.",
            }),
        ),
        _ => righting(action),
    }
}

fn righting(action: Action) -> (&'static str, Value) {
    match action {
        Action::Correct => (
            "tiepnhan1, before the end",
            json!({
                "changes": {"owner.address": "Số 5, đường Trần Hưng Đạo, phường Nam Định"},
                "reason": "Ghi nhầm số nhà.",
            }),
        ),
        Action::AddPapers => (
            "the applicant, status 1",
            json!({
                "uploads": [{"component": "tp1", "id": "0f8fad5bd9cb469fa16570867728950e"}],
            }),
        ),
        Action::RequestCorrection => (
            "the applicant, before the end",
            json!({
                "changes": {"owner.birth_date": "1990-05-18"}, "reason": "Gõ nhầm ngày sinh.",
            }),
        ),
        Action::RejectCorrection => (
            "tiepnhan1, after reception, when a correction was asked for",
            json!({
                "reason": "Giấy khai sinh nộp kèm ghi ngày 17.",
            }),
        ),
        Action::CorrectResult => (
            "tiepnhan1, status 9 or 10",
            json!({
                "changes": {"result.number": "126/2026"},
                "reason": "Quyết định đính chính số 21/QĐ-UBND.",
            }),
        ),
        _ => ("tiepnhan1, status 9", json!({})),
    }
}

/// An example of a submission.
pub fn submission() -> Value {
    json!({
        "procedure": "1.001022",
        "agency": "H40.12",
        "channel": "online",
        "applicant": {
            "name": "Nguyễn Văn An",
            "id_number": "036090001234",
            "birth_date": "1990-05-17",
            "phone": "0912345678",
            "address": "Số 4, đường Trần Hưng Đạo, phường Nam Định, tỉnh Ninh Bình",
        },
        "form": {"con": "Nguyễn Minh Khang", "nguoi_nhan": "Cha"},
        "components": [
            {"id": "tp1", "originals": 1, "copies": 0, "on_paper": true},
            {"id": "tp2", "originals": 1, "copies": 0, "on_paper": true},
        ],
        "return_channel": "counter",
    })
}
