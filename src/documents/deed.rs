//! The papers of the one-stop section, named by what they are for (domain section 7).

/// A paper by its deed; the rule pack gives its number, title and size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deed {
    /// Giấy tiếp nhận hồ sơ và hẹn trả kết quả.
    Receipt,
    /// What a citizen prints after filing online.
    SubmissionSlip,
    /// Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.
    SupplementRequest,
    /// Phiếu từ chối tiếp nhận giải quyết hồ sơ.
    ReceptionRefusal,
    /// Phiếu xin lỗi và hẹn lại ngày trả kết quả.
    Apology,
    /// Thông báo dừng giải quyết hồ sơ.
    StopNotice,
    /// Phiếu kiểm soát quá trình giải quyết hồ sơ.
    ControlSheet,
    /// Sổ theo dõi hồ sơ.
    Register,
    /// Biên bản bàn giao hồ sơ: from the section to the settling unit.
    HandOver,
    /// Biên bản bàn giao kết quả: from the settling unit to the section.
    ResultHandOver,
    /// Phiếu trả kết quả.
    ResultSlip,
    /// Giấy đề nghị nhận kết quả thay.
    ProxySlip,
    /// Giấy cam kết mất giấy tiếp nhận.
    LostReceipt,
    /// Giấy nhận lại giấy tờ.
    ReturnSlip,
    /// Phiếu nộp phí, lệ phí.
    FeeSlip,
    /// Bảng kê chốt sổ thu phí, lệ phí của một ngày.
    CashClosing,
    /// Nhãn phong bì.
    Envelope,
    /// Tờ niêm yết có mã QR.
    Poster,
    /// Phiếu số thứ tự.
    QueueTicket,
    /// Lời chứng.
    Attestation,
    /// Sổ chứng thực.
    CertificationBook,
    /// Tờ khai, đơn: the declared form of a procedure, filled in or empty.
    DeclaredForm,
    /// Hướng dẫn thực hiện thủ tục, to take home.
    Guide,
    /// Phiếu chốt nhật ký: where an agency's log stood, to sign and file away.
    Checkpoint,
}

impl Deed {
    /// Every paper, in the order of lists.
    pub const ALL: [Self; 24] = [
        Self::Receipt,
        Self::SubmissionSlip,
        Self::SupplementRequest,
        Self::ReceptionRefusal,
        Self::Apology,
        Self::StopNotice,
        Self::ControlSheet,
        Self::Register,
        Self::HandOver,
        Self::ResultHandOver,
        Self::ResultSlip,
        Self::ProxySlip,
        Self::LostReceipt,
        Self::ReturnSlip,
        Self::FeeSlip,
        Self::CashClosing,
        Self::Envelope,
        Self::Poster,
        Self::QueueTicket,
        Self::Attestation,
        Self::CertificationBook,
        Self::DeclaredForm,
        Self::Guide,
        Self::Checkpoint,
    ];

    /// The name in rule packs and addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::SubmissionSlip => "submission_slip",
            Self::SupplementRequest => "supplement_request",
            Self::ReceptionRefusal => "reception_refusal",
            Self::Apology => "apology",
            Self::StopNotice => "stop_notice",
            Self::ControlSheet => "control_sheet",
            Self::Register => "register",
            Self::HandOver => "hand_over",
            Self::ResultHandOver => "result_hand_over",
            Self::ResultSlip => "result_slip",
            Self::ProxySlip => "proxy_slip",
            Self::LostReceipt => "lost_receipt",
            Self::ReturnSlip => "return_slip",
            Self::FeeSlip => "fee_slip",
            Self::CashClosing => "cash_closing",
            Self::Envelope => "envelope",
            Self::Poster => "poster",
            Self::QueueTicket => "queue_ticket",
            Self::Attestation => "attestation",
            Self::CertificationBook => "certification_book",
            Self::DeclaredForm => "declared_form",
            Self::Guide => "guide",
            Self::Checkpoint => "checkpoint",
        }
    }

    /// The paper with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.id() == id)
    }

    /// Its number in signed statements; never given to another paper.
    pub const fn tag(self) -> u8 {
        match self {
            Self::Receipt => 1,
            Self::SubmissionSlip => 2,
            Self::SupplementRequest => 3,
            Self::ReceptionRefusal => 4,
            Self::Apology => 5,
            Self::StopNotice => 6,
            Self::ControlSheet => 7,
            Self::Register => 8,
            Self::HandOver => 9,
            Self::ResultHandOver => 10,
            Self::ResultSlip => 11,
            Self::ProxySlip => 12,
            Self::LostReceipt => 13,
            Self::ReturnSlip => 14,
            Self::FeeSlip => 15,
            Self::Envelope => 16,
            Self::Poster => 17,
            Self::QueueTicket => 18,
            Self::Attestation => 19,
            Self::CertificationBook => 20,
            Self::CashClosing => 21,
            Self::DeclaredForm => 22,
            Self::Guide => 23,
            Self::Checkpoint => 24,
        }
    }

    /// The paper with this number.
    pub fn from_tag(tag: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.tag() == tag)
    }

    /// Whether it carries a signed statement. Labels, posters and tickets certify nothing;
    /// attestations are signed by hand and stamped, declarations by whoever declares.
    pub const fn is_signed(self) -> bool {
        !matches!(
            self,
            Self::Envelope
                | Self::Poster
                | Self::QueueTicket
                | Self::Attestation
                | Self::DeclaredForm
                | Self::Guide
        )
    }

    /// Its size where the rule pack names none.
    pub const fn usual_size(self) -> PaperSize {
        match self {
            Self::Register | Self::CertificationBook => PaperSize::A4Landscape,
            Self::ControlSheet
            | Self::HandOver
            | Self::ResultHandOver
            | Self::Attestation
            | Self::CashClosing
            | Self::Poster
            | Self::DeclaredForm
            | Self::Guide
            | Self::Checkpoint => PaperSize::A4,
            Self::Envelope => PaperSize::A6Landscape,
            Self::QueueTicket => PaperSize::Roll80,
            _ => PaperSize::A5,
        }
    }
}

/// The size of a paper; the rule pack says which.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PaperSize {
    /// 148 × 210 mm, upright.
    #[default]
    A5,
    /// 210 × 148 mm, lying.
    A5Landscape,
    /// 210 × 297 mm, upright.
    A4,
    /// 297 × 420 mm, upright: for the wall.
    A3,
    /// 297 × 210 mm, lying.
    A4Landscape,
    /// 148 × 105 mm, lying.
    A6Landscape,
    /// A roll of 80 mm, as long as needed.
    Roll80,
}

impl PaperSize {
    /// Every size.
    pub const ALL: [Self; 7] = [
        Self::A5,
        Self::A5Landscape,
        Self::A4,
        Self::A3,
        Self::A4Landscape,
        Self::A6Landscape,
        Self::Roll80,
    ];

    /// The name in layouts.
    pub const fn id(self) -> &'static str {
        match self {
            Self::A5 => "a5",
            Self::A5Landscape => "a5_landscape",
            Self::A4 => "a4",
            Self::A3 => "a3",
            Self::A4Landscape => "a4_landscape",
            Self::A6Landscape => "a6_landscape",
            Self::Roll80 => "80mm",
        }
    }

    /// The size that a rule pack names, such as `A5` or `A4 landscape`.
    pub fn from_name(name: &str) -> Option<Self> {
        let id = name.to_ascii_lowercase().replace(' ', "_");
        Self::ALL.into_iter().find(|size| size.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::{Deed, PaperSize};

    #[test]
    fn every_paper_has_a_name_of_its_own() {
        for deed in Deed::ALL {
            assert_eq!(Deed::from_id(deed.id()), Some(deed));
            assert_eq!(Deed::from_tag(deed.tag()), Some(deed));
        }
    }

    #[test]
    fn sizes_are_named_as_rule_packs_name_them() {
        assert_eq!(PaperSize::from_name("A4 landscape"), Some(PaperSize::A4Landscape));
        assert_eq!(PaperSize::from_name("A5"), Some(PaperSize::A5));
        assert_eq!(PaperSize::from_name("Letter"), None);
    }
}
