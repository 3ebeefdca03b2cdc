//! The national statuses (Circular 22/2019/TT-BTTTT, Appendix I) and the stages inside Processing.

use crate::domain::words::{Lang, Message};

/// A dossier's status. The number is the national code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// 1, waiting for its check at the counter.
    Registered = 1,
    /// 2, received: the clock runs.
    Received = 2,
    /// 3, ended.
    NotReceived = 3,
    /// 4, the clock runs.
    Processing = 4,
    /// 5, paused until the applicant adds papers.
    SupplementRequired = 5,
    /// 6, paused until a statutory financial obligation is met.
    PaymentRequired = 6,
    /// 7, paused until the withdrawal is decided.
    WithdrawalRequested = 7,
    /// 8, ended.
    Stopped = 8,
    /// 9, ended; waiting for delivery.
    Finished = 9,
    /// 10, ended.
    ResultReturned = 10,
}

impl Status {
    /// Every status, in the order of the national codes.
    pub const ALL: [Self; 10] = [
        Self::Registered,
        Self::Received,
        Self::NotReceived,
        Self::Processing,
        Self::SupplementRequired,
        Self::PaymentRequired,
        Self::WithdrawalRequested,
        Self::Stopped,
        Self::Finished,
        Self::ResultReturned,
    ];

    /// The national code, 1 to 10.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The status with this national code.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// The national words, with their English twins.
    pub const fn name(self) -> Message {
        let (vi, en) = match self {
            Self::Registered => ("Mới đăng ký", "Registered"),
            Self::Received => ("Được tiếp nhận", "Received"),
            Self::NotReceived => ("Không được tiếp nhận", "Not received"),
            Self::Processing => ("Đang xử lý", "Processing"),
            Self::SupplementRequired => ("Yêu cầu bổ sung giấy tờ", "Supplement required"),
            Self::PaymentRequired => {
                ("Yêu cầu thực hiện nghĩa vụ tài chính", "Financial obligation to meet")
            }
            Self::WithdrawalRequested => ("Công dân yêu cầu rút hồ sơ", "Withdrawal requested"),
            Self::Stopped => ("Dừng xử lý", "Stopped"),
            Self::Finished => ("Đã xử lý xong", "Finished"),
            Self::ResultReturned => ("Đã trả kết quả", "Result returned"),
        };
        Message { vi, en }
    }

    /// The national words in `lang`.
    pub const fn say(self, lang: Lang) -> &'static str {
        self.name().say(lang)
    }

    /// Whether the settlement is over: nothing is due any more.
    pub const fn is_ended(self) -> bool {
        matches!(self, Self::NotReceived | Self::Stopped | Self::Finished | Self::ResultReturned)
    }

    /// Whether the clock stands still until somebody else has done something.
    pub const fn is_paused(self) -> bool {
        matches!(self, Self::SupplementRequired | Self::PaymentRequired | Self::WithdrawalRequested)
    }
}

/// Where a dossier stands inside Processing; each change is a line of the control sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// The processor works on it.
    #[default]
    Work,
    /// Trình duyệt: waiting for the approver.
    AwaitingApproval,
    /// Phê duyệt: waiting for number and result.
    Approved,
    /// Cấp số: numbered by the clerk.
    Numbered,
}

impl Stage {
    /// The words on the dossier's page.
    pub const fn name(self) -> Message {
        let (vi, en) = match self {
            Self::Work => ("thụ lý", "in work"),
            Self::AwaitingApproval => ("chờ phê duyệt", "awaiting approval"),
            Self::Approved => ("đã phê duyệt", "approved"),
            Self::Numbered => ("đã cấp số", "numbered"),
        };
        Message { vi, en }
    }
}

#[cfg(test)]
mod tests {
    use super::Status;

    #[test]
    fn codes_are_the_national_ones() {
        for (position, status) in Status::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(status.code()), position + 1);
            assert_eq!(Status::from_code(status.code()), Some(status));
        }
        assert_eq!(Status::from_code(0), None);
        assert_eq!(Status::from_code(11), None);
    }
}
