//! What roles are called.

use crate::domain::agency::Role;
use crate::domain::words::Message;

crate::messages! {
    RECEPTIONIST: "Tiếp nhận hồ sơ" / "Receptionist";
    COORDINATOR: "Điều phối" / "Coordinator";
    PROCESSOR: "Thụ lý" / "Processor";
    APPROVER: "Lãnh đạo phê duyệt" / "Approver";
    CLERK: "Văn thư" / "Clerk";
    CASHIER: "Thu phí, lệ phí" / "Cashier";
    HEAD: "Giám đốc, Phó Giám đốc Trung tâm" / "Head of centre";
    ADMIN: "Quản trị" / "Administrator";
    AUDITOR: "Kiểm tra" / "Auditor";
    INTEGRATION: "Kết nối" / "Integration";
}

/// The name of a role.
pub const fn name(role: Role) -> Message {
    match role {
        Role::Receptionist => RECEPTIONIST,
        Role::Coordinator => COORDINATOR,
        Role::Processor => PROCESSOR,
        Role::Approver => APPROVER,
        Role::Clerk => CLERK,
        Role::Cashier => CASHIER,
        Role::Head => HEAD,
        Role::Admin => ADMIN,
        Role::Auditor => AUDITOR,
        Role::Integration => INTEGRATION,
    }
}
