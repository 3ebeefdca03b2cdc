//! Procedures as the national catalogue publishes them.

use super::ids::{ComponentId, ProcedureCode};

/// The level of government that settles a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Bộ.
    Ministry,
    /// Tỉnh.
    Province,
    /// Huyện, until 30 June 2025.
    District,
    /// Xã, phường, đặc khu.
    Commune,
}

impl Level {
    /// All levels, from the top.
    pub const ALL: [Self; 4] = [Self::Ministry, Self::Province, Self::District, Self::Commune];
}

/// A way in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// Trực tiếp.
    Counter,
    /// Trực tuyến.
    Online,
    /// Dịch vụ bưu chính.
    Post,
}

impl Channel {
    /// All ways in.
    pub const ALL: [Self; 3] = [Self::Counter, Self::Online, Self::Post];
}

/// How a duration is counted (domain section 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DurationUnit {
    /// In the session or the same day (trả ngay).
    SameDay,
    /// Regular office minutes.
    WorkingHour,
    /// The clock's hours.
    Hour,
    /// Ngày làm việc.
    WorkingDay,
    /// Ngày.
    Day,
    /// Tháng.
    Month,
}

/// One published way to file: channel, duration, fee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmissionWay {
    /// The way in.
    pub channel: Channel,
    /// How long it takes, when the catalogue says so.
    pub duration: Option<u32>,
    /// How that is counted.
    pub unit: Option<DurationUnit>,
    /// The fee in whole đồng, when it is one figure.
    pub fee_vnd: Option<u64>,
    /// The fee in the catalogue's words.
    pub fee_text: String,
}

/// How the names of declarations begin.
const DECLARATIONS: [&str; 7] =
    ["Tờ khai", "Đơn", "Giấy đề nghị", "Giấy yêu cầu", "Phiếu", "Thông báo", "Văn bản đề nghị"];

/// A paper that the procedure asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// Stable within the procedure.
    pub id: ComponentId,
    /// The case that it belongs to, as the catalogue groups them; empty when always asked.
    pub group: String,
    /// Its name.
    pub name: String,
    /// Originals asked for.
    pub originals: u32,
    /// Copies asked for.
    pub copies: u32,
    /// Whether a dossier without it is refused at submission.
    pub mandatory: bool,
}

/// A result that the applicant gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcedureResult {
    /// Its name.
    pub name: String,
    /// Its national code, or empty.
    pub code: String,
}

/// A procedure (thủ tục hành chính).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Procedure {
    /// National code.
    pub code: ProcedureCode,
    /// Official name.
    pub name: String,
    /// The decision that published it, or empty.
    pub decision: String,
    /// Levels that settle it; empty when the catalogue does not say.
    pub levels: Vec<Level>,
    /// Kind in the catalogue's words.
    pub kind: String,
    /// Field (lĩnh vực).
    pub field: String,
    /// Who may apply.
    pub subjects: Vec<String>,
    /// The body that issued it (cơ quan ban hành), or empty.
    pub issuer: String,
    /// The agency that settles it, in the catalogue's words.
    pub agency: String,
    /// Agencies that take part, in the catalogue's words.
    pub coordinating_agency: String,
    /// Ways to file.
    pub submission: Vec<SubmissionWay>,
    /// Steps, a paragraph a line.
    pub steps: String,
    /// Papers asked for.
    pub components: Vec<Component>,
    /// Conditions.
    pub requirements: String,
    /// What the applicant gets.
    pub results: Vec<ProcedureResult>,
    /// Legal sources.
    pub legal_basis: Vec<String>,
}

impl Procedure {
    /// The published way for a channel, else the first one.
    pub fn way(&self, channel: Channel) -> Option<&SubmissionWay> {
        self.submission.iter().find(|way| way.channel == channel).or(self.submission.first())
    }

    /// Whether the catalogue publishes this way in.
    pub fn takes(&self, channel: Channel) -> bool {
        self.submission.iter().any(|way| way.channel == channel)
    }

    /// The paper that is the declaration itself: the form that people fill in.
    pub fn declaration(&self) -> Option<&Component> {
        let is_form = |component: &&Component| {
            DECLARATIONS.iter().any(|beginning| component.name.starts_with(beginning))
        };
        self.components.iter().find(is_form)
    }

    /// The component with this id, else the one with this exact name.
    pub fn component(&self, id_or_name: &str) -> Option<&Component> {
        self.components
            .iter()
            .find(|c| c.id.as_str() == id_or_name)
            .or_else(|| self.components.iter().find(|c| c.name == id_or_name))
    }
}
