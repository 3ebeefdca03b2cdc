//! Inter-connected procedures (liên thông): which procedures follow one that is filed, who decides
//! them, when they open, and what goes along. Declared as data for each leading procedure.

use super::actor::Directory;
use super::clock::published;
use crate::domain::agency::{Agency, Role};
use crate::domain::catalogue::{Channel, Procedure};
use crate::domain::ids::{AgencyCode, ComponentId, ProcedureCode};
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::{Message, Text};

/// Most procedures that follow one.
pub const MAX_FOLLOWERS: usize = 10;
/// Most answers of a form that are given another name.
const MAX_ANSWERS: usize = 50;

/// When the dossier of a following procedure opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Opens {
    /// Cùng lúc nộp: each part is checked for itself.
    WithSubmission,
    /// Khi tiếp nhận: the section's check holds for all of them.
    AtReception,
    /// Sau khi có kết quả, when that is favourable.
    AfterResult,
}

impl Opens {
    /// Every moment, in their order.
    pub const ALL: [Self; 3] = [Self::WithSubmission, Self::AtReception, Self::AfterResult];

    /// The name in the API and in settings.
    pub const fn id(self) -> &'static str {
        match self {
            Self::WithSubmission => "with_submission",
            Self::AtReception => "at_reception",
            Self::AfterResult => "after_result",
        }
    }

    /// The moment with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|opens| opens.id() == id)
    }

    /// The words for people.
    pub const fn name(self) -> Message {
        match self {
            Self::WithSubmission => words::WITH_SUBMISSION,
            Self::AtReception => words::AT_RECEPTION,
            Self::AfterResult => words::AFTER_RESULT,
        }
    }
}

/// Who decides a following procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decides {
    /// The agency that takes the leading dossier in.
    Receiving,
    /// The one that decides the leading dossier.
    Competent,
    /// Always this one.
    Agency(AgencyCode),
    /// The one that is chosen at filing, such as the commune where a child will live.
    Chosen,
}

impl Decides {
    /// The name in the API and in settings; that of an agency is its code.
    pub fn id(&self) -> &str {
        match self {
            Self::Receiving => "receiving",
            Self::Competent => "competent",
            Self::Chosen => "chosen",
            Self::Agency(code) => code.as_str(),
        }
    }

    /// What a name stands for.
    pub fn from_id(id: &str) -> Self {
        match id.trim() {
            "receiving" => Self::Receiving,
            "competent" => Self::Competent,
            "chosen" => Self::Chosen,
            code => Self::Agency(AgencyCode::new(code.to_uppercase())),
        }
    }
}

/// Where a paper of a following dossier comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A paper of the leading dossier, with its files.
    Paper(ComponentId),
    /// The leading dossier's result.
    Result,
}

impl Source {
    /// The name of the result in the API and in settings.
    pub const RESULT: &'static str = "result";

    /// The component's id, or [`Source::RESULT`].
    pub fn id(&self) -> &str {
        match self {
            Self::Paper(component) => component.as_str(),
            Self::Result => Self::RESULT,
        }
    }

    /// What a name stands for.
    pub fn from_id(id: &str) -> Self {
        match id.trim() {
            Self::RESULT => Self::Result,
            component => Self::Paper(ComponentId::new(component)),
        }
    }
}

/// A paper that goes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// From where.
    pub from: Source,
    /// As which component of the following procedure.
    pub to: ComponentId,
}

/// A procedure that follows another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follower {
    /// Which.
    pub procedure: ProcedureCode,
    /// Who decides it.
    pub decides: Decides,
    /// When its dossier opens.
    pub opens: Opens,
    /// The papers that go along.
    pub papers: Vec<Carried>,
    /// The answers that go along, each with its name there; all under their own names when empty.
    pub answers: Vec<(String, String)>,
}

/// Whether an agency is of a level that settles a procedure; every one is when the catalogue names
/// no level.
pub fn settles(agency: &Agency, procedure: &Procedure) -> bool {
    procedure.levels.is_empty() || procedure.levels.contains(&agency.level)
}

/// Refuses a declaration that could not be carried out, with the place of each error.
///
/// # Errors
/// Names every field to repair, such as `followers[1].papers[0].to`.
pub fn check(
    leading: &Procedure,
    followers: &[Follower],
    directory: &dyn Directory,
) -> Result<(), Refusal> {
    let mut errors = Vec::new();
    if followers.len() > MAX_FOLLOWERS {
        let text = words::TOO_MANY.text(&[("max", &MAX_FOLLOWERS.to_string())]);
        errors.push(FieldError { field: "followers".to_owned(), text });
    }
    for (place, follower) in followers.iter().enumerate() {
        let at = |part: &str| format!("followers[{place}].{part}");
        let twice = followers[..place].iter().any(|other| other.procedure == follower.procedure);
        if follower.procedure == leading.code || twice {
            errors.push(FieldError { field: at("procedure"), text: words::TWICE.into() });
            continue;
        }
        match directory.procedure(&follower.procedure) {
            Some(procedure) => check_one(leading, follower, procedure, directory, &at, &mut errors),
            None => {
                let text = words::UNKNOWN_PROCEDURE.text(&[("code", follower.procedure.as_str())]);
                errors.push(FieldError { field: at("procedure"), text });
            }
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
}

fn check_one(
    leading: &Procedure,
    follower: &Follower,
    procedure: &Procedure,
    directory: &dyn Directory,
    at: &dyn Fn(&str) -> String,
    errors: &mut Vec<FieldError>,
) {
    let mut refuse = |field: String, text: Text| errors.push(FieldError { field, text });
    // A chain would open dossiers that nobody has looked at as a whole.
    if !directory.followers(&follower.procedure).is_empty() {
        refuse(at("procedure"), words::LEADS_ITSELF.into());
    }
    if published(procedure, Channel::Counter).is_none() {
        refuse(at("procedure"), words::NO_DURATION.into());
    }
    if let Decides::Agency(code) = &follower.decides {
        let values = [("agency", code.as_str())];
        match directory.agency(code) {
            None => refuse(at("agency"), words::UNKNOWN_AGENCY.text(&values)),
            Some(_) if !directory.is_open(code) => {
                refuse(at("agency"), words::AGENCY_CLOSED.text(&values));
            }
            Some(agency) if !settles(agency, procedure) => {
                refuse(at("agency"), words::NOT_COMPETENT.text(&values));
            }
            Some(_) if !directory.has_role(code, None, Role::Processor) => {
                refuse(at("agency"), words::NO_PROCESSOR.text(&values));
            }
            Some(_) => {}
        }
    }
    check_papers(leading, follower, procedure, at, &mut refuse);
    let is_name = |name: &str| !name.trim().is_empty() && name.chars().count() <= 100;
    let wrong = |(from, to): &(String, String)| !is_name(from) || !is_name(to);
    if follower.answers.len() > MAX_ANSWERS || follower.answers.iter().any(wrong) {
        refuse(at("answers"), words::ANSWERS_WRONG.into());
    }
}

fn check_papers(
    leading: &Procedure,
    follower: &Follower,
    procedure: &Procedure,
    at: &dyn Fn(&str) -> String,
    refuse: &mut dyn FnMut(String, Text),
) {
    let known = |id: &ComponentId, of: &Procedure| of.components.iter().any(|c| c.id == *id);
    let unknown = |id: &ComponentId| words::UNKNOWN_PAPER.text(&[("component", id.as_str())]);
    for (place, carried) in follower.papers.iter().enumerate() {
        let field = |part: &str| at(&format!("papers[{place}].{part}"));
        match &carried.from {
            Source::Paper(id) if !known(id, leading) => refuse(field("from"), unknown(id)),
            Source::Result if follower.opens != Opens::AfterResult => {
                refuse(field("from"), words::RESULT_LATER.into());
            }
            _ => {}
        }
        if !known(&carried.to, procedure) {
            refuse(field("to"), unknown(&carried.to));
        } else if follower.papers[..place].iter().any(|other| other.to == carried.to) {
            refuse(field("to"), words::PAPER_TWICE.into());
        }
    }
    for component in procedure.components.iter().filter(|component| component.mandatory) {
        if !follower.papers.iter().any(|carried| carried.to == component.id) {
            refuse(at("papers"), words::PAPER_LACKS.text(&[("component", &component.name)]));
        }
    }
}

/// What is read about links.
pub mod words {
    crate::messages! {
        WITH_SUBMISSION: "cùng lúc nộp" / "at the same time, when it is filed";
        AT_RECEPTION: "khi tiếp nhận" / "at reception";
        AFTER_RESULT: "sau khi có kết quả" / "after the result";
        TOO_MANY: "Quá nhiều thủ tục liên thông: tối đa {max}." / "Too many procedures follow: at most {max}.";
        TWICE: "Mỗi thủ tục chỉ nêu một lần, và khác thủ tục đứng đầu." / "Name each procedure once, and another than the leading one.";
        UNKNOWN_PROCEDURE: "Không có thủ tục mang mã “{code}”." / "There is no procedure with the code “{code}”.";
        LEADS_ITSELF: "Thủ tục này tự mở hồ sơ liên thông khác: nêu tất cả ở thủ tục đứng đầu." / "This procedure opens linked dossiers itself: declare all of them at the leading one.";
        NO_DURATION: "Chưa công bố thời hạn giải quyết thủ tục này." / "No duration is published for this procedure.";
        UNKNOWN_AGENCY: "Không có cơ quan mang mã “{agency}”." / "There is no agency with the code “{agency}”.";
        AGENCY_CLOSED: "Cơ quan “{agency}” đã ngừng hoạt động." / "The agency “{agency}” is closed.";
        NOT_COMPETENT: "Cơ quan “{agency}” không có thẩm quyền giải quyết thủ tục này." / "The agency “{agency}” does not settle this procedure.";
        NO_PROCESSOR: "Cơ quan “{agency}” chưa có công chức thụ lý." / "The agency “{agency}” has no processor.";
        UNKNOWN_PAPER: "Thủ tục không có thành phần hồ sơ “{component}”." / "The procedure has no component “{component}”.";
        RESULT_LATER: "Kết quả chỉ chuyển theo khi hồ sơ liên thông mở sau khi có kết quả." / "A result goes along only when the dossier opens after it.";
        PAPER_TWICE: "Giấy tờ này đã được nêu." / "This paper was named before.";
        PAPER_LACKS: "Chưa chọn nơi lấy “{component}”, là giấy tờ bắt buộc." / "Say where “{component}” comes from: it is mandatory.";
        ANSWERS_WRONG: "Mỗi dòng có một tên trường, dấu bằng và tên trường mới; tối đa 50 dòng." / "Each line has a field's name, an equals sign and the new name; 50 lines at most.";
    }
}

#[cfg(test)]
mod tests {
    use super::{Carried, Decides, Follower, Opens, Source, check};
    use crate::domain::dossier::Directory;
    use crate::domain::dossier::fixture::{
        DEPARTMENT, OTHER_PROCEDURE, PROCEDURE, UNPUBLISHED, WORLD,
    };

    fn follower() -> Follower {
        Follower {
            procedure: OTHER_PROCEDURE.into(),
            decides: Decides::Agency(DEPARTMENT.into()),
            opens: Opens::AtReception,
            papers: vec![Carried { from: Source::from_id("tp1"), to: "tp1".into() }],
            answers: Vec::new(),
        }
    }

    fn refused(followers: &[Follower]) -> Vec<String> {
        let leading = WORLD.procedure(&PROCEDURE.into()).unwrap();
        match check(leading, followers, &*WORLD) {
            Ok(()) => Vec::new(),
            Err(refusal) => refusal.fields.into_iter().map(|error| error.field).collect(),
        }
    }

    #[test]
    fn what_can_be_carried_out_is_taken() {
        assert!(refused(&[follower()]).is_empty());
        let result = Carried { from: Source::Result, to: "tp2".into() };
        let mut later = Follower { opens: Opens::AfterResult, ..follower() };
        later.papers.push(result);
        assert!(refused(&[later]).is_empty());
    }

    #[test]
    fn what_cannot_is_refused_at_its_place() {
        let one = |change: fn(&mut Follower)| {
            let mut follower = follower();
            change(&mut follower);
            refused(&[follower])
        };
        assert_eq!(one(|f| f.procedure = PROCEDURE.into()), ["followers[0].procedure"]);
        assert_eq!(one(|f| f.procedure = UNPUBLISHED.into()), ["followers[0].procedure"]);
        assert_eq!(one(|f| f.procedure = "9.9".into()), ["followers[0].procedure"]);
        assert_eq!(one(|f| f.decides = Decides::Agency("X1".into())), ["followers[0].agency"]);
        assert_eq!(one(|f| f.papers.clear()), ["followers[0].papers"]);
        assert_eq!(
            one(|f| f.papers[0].from = Source::from_id("tp9")),
            ["followers[0].papers[0].from"]
        );
        assert_eq!(one(|f| f.papers[0].from = Source::Result), ["followers[0].papers[0].from"]);
        assert_eq!(
            one(|f| f.papers.push(Carried { from: Source::from_id("tp2"), to: "tp1".into() })),
            ["followers[0].papers[1].to"]
        );
        assert_eq!(one(|f| f.answers.push((String::new(), "x".into()))), ["followers[0].answers"]);
        assert_eq!(refused(&[follower(), follower()]), ["followers[1].procedure"]);
    }

    #[test]
    fn names_are_read_back() {
        for opens in Opens::ALL {
            assert_eq!(Opens::from_id(opens.id()), Some(opens));
        }
        for id in ["receiving", "competent", "chosen", "H40.03"] {
            assert_eq!(Decides::from_id(id).id(), id);
        }
        for id in ["result", "tp1"] {
            assert_eq!(Source::from_id(id).id(), id);
        }
    }
}
