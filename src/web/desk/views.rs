//! The lists of the inbox: what each asks of the office, and whom it is for.

use super::access::Desk;
use crate::domain::agency::Role;
use crate::domain::dossier::Queue;
use crate::domain::words::Message;
use crate::office::lists::{Counts, ListQuery};
use crate::web::words::desk as words;

/// A list of the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Chờ kiểm tra.
    ToCheck,
    /// Chờ phân công.
    ToAssign,
    /// Của tôi.
    Mine,
    /// Đơn vị tôi.
    MyUnit,
    /// Chờ phê duyệt.
    ToApprove,
    /// Chờ cấp số.
    ToNumber,
    /// Chờ cấp số, ghi kết quả.
    ToFinish,
    /// Sắp đến hạn.
    DueSoon,
    /// Quá hạn.
    Overdue,
    /// Chờ người nộp.
    Waiting,
    /// Yêu cầu rút.
    Withdrawals,
    /// Đề nghị sửa thông tin.
    Corrections,
    /// Xin ý kiến.
    Consultations,
    /// Kết quả cần nhận.
    ToReceive,
    /// Chờ trả.
    ToDeliver,
    /// Đã kết thúc.
    Ended,
    /// Tất cả.
    All,
}

impl View {
    /// Every list, in the order of the day's work.
    pub const ALL: [Self; 17] = [
        Self::ToCheck,
        Self::ToAssign,
        Self::Mine,
        Self::MyUnit,
        Self::ToApprove,
        Self::ToNumber,
        Self::ToFinish,
        Self::DueSoon,
        Self::Overdue,
        Self::Waiting,
        Self::Withdrawals,
        Self::Corrections,
        Self::Consultations,
        Self::ToReceive,
        Self::ToDeliver,
        Self::Ended,
        Self::All,
    ];

    /// The name in the address.
    pub const fn id(self) -> &'static str {
        match self {
            Self::ToCheck => "to_check",
            Self::ToAssign => "to_assign",
            Self::Mine => "mine",
            Self::MyUnit => "my_unit",
            Self::ToApprove => "to_approve",
            Self::ToNumber => "to_number",
            Self::ToFinish => "to_finish",
            Self::DueSoon => "due_soon",
            Self::Overdue => "overdue",
            Self::Waiting => "waiting",
            Self::Withdrawals => "withdrawals",
            Self::Corrections => "corrections",
            Self::Consultations => "consultations",
            Self::ToReceive => "results_to_receive",
            Self::ToDeliver => "to_deliver",
            Self::Ended => "ended",
            Self::All => "all",
        }
    }

    /// The list with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.id() == id)
    }

    /// Its words.
    pub const fn name(self) -> Message {
        match self {
            Self::ToCheck => words::VIEW_TO_CHECK,
            Self::ToAssign => words::VIEW_TO_ASSIGN,
            Self::Mine => words::VIEW_MINE,
            Self::MyUnit => words::VIEW_UNIT,
            Self::ToApprove => words::VIEW_TO_APPROVE,
            Self::ToNumber => words::VIEW_TO_NUMBER,
            Self::ToFinish => words::VIEW_TO_FINISH,
            Self::DueSoon => words::VIEW_DUE_SOON,
            Self::Overdue => words::VIEW_OVERDUE,
            Self::Waiting => words::VIEW_WAITING,
            Self::Withdrawals => words::VIEW_WITHDRAWALS,
            Self::Corrections => words::VIEW_CORRECTIONS,
            Self::Consultations => words::VIEW_CONSULTATIONS,
            Self::ToReceive => words::VIEW_TO_RECEIVE,
            Self::ToDeliver => words::VIEW_TO_DELIVER,
            Self::Ended => words::VIEW_ENDED,
            Self::All => words::VIEW_ALL,
        }
    }

    const fn queue(self) -> Option<Queue> {
        Some(match self {
            Self::ToCheck => Queue::ToCheck,
            Self::ToAssign => Queue::ToAssign,
            Self::ToApprove => Queue::ToApprove,
            Self::ToNumber => Queue::ToNumber,
            Self::ToFinish => Queue::ToFinish,
            Self::Waiting => Queue::Waiting,
            Self::Withdrawals => Queue::Withdrawals,
            Self::Corrections => Queue::Corrections,
            Self::Consultations => Queue::Consultations,
            Self::ToReceive => Queue::ResultsToReceive,
            Self::ToDeliver => Queue::ToDeliver,
            Self::Ended => Queue::Ended,
            Self::All => Queue::All,
            Self::Mine | Self::MyUnit | Self::DueSoon | Self::Overdue => return None,
        })
    }

    /// What it asks of the office.
    pub fn query(self, desk: &Desk) -> ListQuery {
        let now = desk.office().now();
        let soon = || desk.office().due_soon_until(&desk.staff.agency, now);
        let empty = ListQuery::default();
        match self {
            Self::Mine => ListQuery { assignee: Some(desk.staff.desk().clone()), ..empty },
            Self::MyUnit => ListQuery { my_unit: true, ..empty },
            Self::DueSoon => ListQuery { due_from: Some(now), due_before: Some(soon()), ..empty },
            Self::Overdue => ListQuery { due_before: Some(now), ..empty },
            _ => ListQuery { queue: self.queue(), ..empty },
        }
    }

    /// How many dossiers it holds.
    pub fn count(self, counts: &Counts) -> u64 {
        match (self, self.queue()) {
            (Self::Mine, _) => counts.mine,
            (Self::MyUnit, _) => counts.my_unit,
            (Self::DueSoon, _) => counts.due_soon,
            (Self::Overdue, _) => counts.overdue,
            (_, Some(queue)) => {
                let found = counts.queues.iter().find(|(known, _)| *known == queue);
                found.map_or(0, |(_, count)| *count)
            }
            (_, None) => 0,
        }
    }

    /// Whether its number says that there is something to do.
    pub const fn counts_matter(self) -> bool {
        !matches!(self, Self::Ended | Self::All)
    }

    /// The lists that an account works with.
    pub fn all_for(desk: &Desk) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|view| view.is_for(desk))
    }

    fn is_for(self, desk: &Desk) -> bool {
        let any = |roles: &[Role]| roles.iter().any(|role| desk.is(*role));
        let oversees = any(&[Role::Head, Role::Auditor, Role::Coordinator]);
        if !Self::sees_dossiers(desk) {
            return false;
        }
        match self {
            Self::ToCheck | Self::ToReceive | Self::ToDeliver | Self::Corrections => {
                oversees || any(&[Role::Receptionist])
            }
            Self::ToAssign => oversees || any(&[Role::Receptionist, Role::Processor]),
            Self::Mine | Self::Withdrawals => any(&[Role::Processor]),
            Self::MyUnit => desk.staff.unit.is_some() && any(&[Role::Processor]),
            Self::Consultations => any(&[Role::Processor, Role::Head]),
            Self::ToApprove => oversees || any(&[Role::Approver]),
            Self::ToNumber => any(&[Role::Clerk]),
            Self::ToFinish => any(&[Role::Processor, Role::Head]),
            Self::Waiting => oversees || any(&[Role::Receptionist, Role::Processor, Role::Cashier]),
            Self::DueSoon | Self::Overdue | Self::Ended | Self::All => true,
        }
    }

    /// Whether the account may look at dossiers at all: administrators without another role may not.
    pub fn sees_dossiers(desk: &Desk) -> bool {
        desk.staff.roles.iter().any(|role| role.is_desk() || *role == Role::Auditor)
    }

    /// The list with which an account's day begins.
    pub fn first_for(desk: &Desk) -> Self {
        let first = [
            (Role::Receptionist, Self::ToCheck),
            (Role::Processor, Self::Mine),
            (Role::Approver, Self::ToApprove),
            (Role::Clerk, Self::ToNumber),
            (Role::Coordinator, Self::ToAssign),
            (Role::Cashier, Self::Waiting),
            (Role::Head, Self::Overdue),
        ];
        first.into_iter().find(|(role, _)| desk.is(*role)).map_or(Self::All, |(_, view)| view)
    }
}

#[cfg(test)]
mod tests {
    use super::View;

    #[test]
    fn every_list_has_an_address_of_its_own() {
        for view in View::ALL {
            assert_eq!(View::from_id(view.id()), Some(view));
        }
    }
}
