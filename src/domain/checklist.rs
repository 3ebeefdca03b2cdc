//! Which papers of a procedure are asked for: by who files, on which way, and by what was answered. One
//! rule for the page that says what to bring, the filing, the desk and the API.

use super::catalogue::{Channel, Component, Procedure};
use super::dossier::Form;
use super::form::Declaration;
use super::ids::ComponentId;
use super::person::{Mandate, MandateKind};
use super::process::{Condition, Test};
use super::words::{Message, Text, fold, nearest};

/// The sentences of this rule.
pub mod words {
    crate::messages! {
        NOT_FOR_ANOTHER: "Ông/Bà không nộp thay người khác" / "you do not file for somebody else";
        DECLARED: "đã kê khai trên mạng" / "it was declared online";
        FILLED_IN_HERE: "tờ khai được điền ngay khi nộp" / "the form is filled in as you file";
        NOT_BY_POST: "hồ sơ không gửi qua bưu chính" / "the dossier does not come by post";
        WRITTEN_ONLINE: "đây là mẫu của người nộp trực tuyến" / "this form is for those who file online";
        PAPER_NAMED: "không có giấy tờ nào tên là “{paper}” trong thủ tục này" / "the procedure has no paper called “{paper}”";
        PAPER_NEAR: "không có giấy tờ nào tên là “{paper}” trong thủ tục này; gần giống: {near}" / "the procedure has no paper called “{paper}”; similar ones: {near}";
        NO_FORM: "thủ tục chưa có tờ khai điện tử nên không có câu “{field}”" / "the procedure has no electronic form, so there is no question “{field}”";
        NEVER_ASKED: "giấy “{paper}” có điều kiện mà không ai đáp ứng" / "the conditions of “{paper}” are never fulfilled";
        WHY_MISSING: "giấy “{paper}” chưa ghi vì sao không cần" / "say why “{paper}” is not needed otherwise";
    }
}

/// Who files, beside the one whose matter it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filer {
    /// The one whose matter it is.
    Own,
    /// Somebody with a mandate.
    Mandate,
    /// A parent, a guardian or another representative by law.
    Law,
}

impl Filer {
    /// Each, with its name in files.
    pub const ALL: [(&'static str, Self); 3] =
        [("tự nộp", Self::Own), ("ủy quyền", Self::Mandate), ("đại diện", Self::Law)];

    /// Who files by this mandate.
    pub fn by(mandate: Option<&Mandate>) -> Self {
        match mandate.map(|mandate| mandate.kind) {
            None => Self::Own,
            Some(MandateKind::Authorised) => Self::Mandate,
            Some(MandateKind::LegalRepresentative) => Self::Law,
        }
    }
}

/// When a paper is asked for. Of several rules for a paper one must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperRule {
    /// The paper: its id, or words of its name.
    pub paper: String,
    /// Only of these; of everybody when nobody is named.
    pub filers: Vec<Filer>,
    /// Only on these ways in; on every way when none is named.
    pub channels: Vec<Channel>,
    /// Only when all of these hold.
    pub only_if: Vec<Condition>,
    /// Whether a dossier cannot go without it then.
    pub is_required: bool,
    /// Why it is not asked for otherwise.
    pub why: Text,
}

/// What is known of a filing.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Who files, once that is said.
    pub filer: Option<Filer>,
    /// The way in, once that is said.
    pub channel: Option<Channel>,
    /// The answers of the form.
    pub answers: &'a Form,
    /// Whether the form was filled in: what is not answered then is not answered at all.
    pub is_filled_in: bool,
    /// The paper whose electronic form was filled in; none when it comes on paper, or not yet.
    pub declared: Option<&'a ComponentId>,
}

/// What is said of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A dossier without it is refused.
    Required,
    /// It is handed in by whom it concerns.
    IfAny,
    /// It depends on what is not known yet.
    Open,
    /// It is not needed, and why.
    NotNeeded(Text),
    /// The catalogue's line is a remark, no paper.
    Remark,
}

/// A paper with what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed<'a> {
    /// The paper.
    pub component: &'a Component,
    /// What is said of it.
    pub verdict: Verdict,
}

/// The papers of a procedure with what is said of each, in the catalogue's order.
pub fn checklist<'a>(
    procedure: &'a Procedure,
    rules: &[PaperRule],
    facts: &Facts<'_>,
) -> Vec<Listed<'a>> {
    let listed = |component: &'a Component| {
        let verdict = verdict(component, rules, facts);
        Listed { component, verdict }
    };
    procedure.components.iter().map(listed).collect()
}

/// What is said of a paper.
pub fn verdict(component: &Component, rules: &[PaperRule], facts: &Facts<'_>) -> Verdict {
    if is_remark(component) {
        return Verdict::Remark;
    }
    if facts.declared == Some(&component.id) {
        return Verdict::NotNeeded(words::DECLARED.into());
    }
    let own: Vec<&PaperRule> = rules.iter().filter(|rule| rule.is_of(component)).collect();
    let usual = usual(component);
    let own = if own.is_empty() { usual.iter().collect() } else { own };
    let holds: Vec<Holds> = own.iter().map(|rule| rule.holds(facts)).collect();
    let held = own.iter().zip(&holds).filter(|(_, holds)| **holds == Holds::Yes);
    let is_required = |required: bool| if required { Verdict::Required } else { Verdict::IfAny };
    if own.is_empty() {
        return is_required(component.mandatory);
    }
    let mut held = held.map(|(rule, _)| rule.is_required).peekable();
    if held.peek().is_some() {
        return is_required(component.mandatory || held.any(|required| required));
    }
    match own.first() {
        Some(_) if holds.contains(&Holds::Open) => Verdict::Open,
        Some(rule) => Verdict::NotNeeded(rule.why.clone()),
        None => Verdict::IfAny,
    }
}

/// What must be known before every paper's verdict is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DependsOn {
    /// Who files.
    pub filer: bool,
    /// The way in.
    pub channel: bool,
    /// Names of answers, in the order in which the rules name them.
    pub answers: Vec<String>,
}

/// What the papers of a procedure depend on.
pub fn depends_on(procedure: &Procedure, rules: &[PaperRule]) -> DependsOn {
    let mut all = DependsOn::default();
    for component in procedure.components.iter().filter(|component| !is_remark(component)) {
        let own: Vec<PaperRule> =
            rules.iter().filter(|rule| rule.is_of(component)).cloned().collect();
        let own = if own.is_empty() { usual(component).into_iter().collect() } else { own };
        for rule in own {
            all.filer |= !rule.filers.is_empty();
            all.channel |= !rule.channels.is_empty();
            for condition in rule.only_if {
                if !condition.field.is_empty() && !all.answers.contains(&condition.field) {
                    all.answers.push(condition.field);
                }
            }
        }
    }
    all
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Yes,
    No,
    Open,
}

impl Holds {
    fn of(known: Option<bool>) -> Self {
        known.map_or(Self::Open, |holds| if holds { Self::Yes } else { Self::No })
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Open, _) | (_, Self::Open) => Self::Open,
            _ => Self::Yes,
        }
    }
}

impl PaperRule {
    /// Whether it speaks of this paper.
    pub fn is_of(&self, component: &Component) -> bool {
        self.paper == component.id.as_str() || fold(&component.name).contains(&fold(&self.paper))
    }

    fn holds(&self, facts: &Facts<'_>) -> Holds {
        let among = |named: bool, is_one: Option<bool>| match named {
            true => Holds::of(is_one),
            false => Holds::Yes,
        };
        let filer = facts.filer.map(|filer| self.filers.contains(&filer));
        let channel = facts.channel.map(|channel| self.channels.contains(&channel));
        let persons = among(!self.filers.is_empty(), filer);
        let ways = among(!self.channels.is_empty(), channel);
        let answers = self.only_if.iter().map(|condition| {
            let given = Condition { field: condition.field.clone(), test: Test::Given };
            let is_known = facts.is_filled_in || given.holds(facts.answers);
            Holds::of(is_known.then(|| condition.holds(facts.answers)))
        });
        answers.fold(persons.and(ways), Holds::and)
    }
}

/// What holds for papers of any procedure, by how the catalogue names them.
fn usual(component: &Component) -> Option<PaperRule> {
    let name = fold(&component.name);
    let rule = |filers: &[Filer], channels: &[Channel], is_required, why: Message| {
        Some(PaperRule {
            paper: component.id.to_string(),
            filers: filers.to_vec(),
            channels: channels.to_vec(),
            only_if: Vec::new(),
            is_required,
            why: why.into(),
        })
    };
    if is_mandate(&name) {
        return rule(&[Filer::Mandate], &[], true, words::NOT_FOR_ANOTHER);
    }
    let is_form = name.starts_with("to khai") || name.starts_with("don ");
    if is_form && name.contains("nop ho so theo hinh thuc truc tiep") {
        return rule(&[], &[Channel::Counter, Channel::Post], false, words::FILLED_IN_HERE);
    }
    if name.starts_with("mau ") && name.contains("dien tu") {
        // Who files online fills it in on the page: it is a paper of nobody.
        return rule(&[], &[], false, words::FILLED_IN_HERE).map(|rule| PaperRule {
            only_if: vec![never()],
            why: words::WRITTEN_ONLINE.into(),
            ..rule
        });
    }
    if name.starts_with("truong hop gui ho so qua he thong buu chinh") {
        return rule(&[], &[Channel::Post], false, words::NOT_BY_POST);
    }
    None
}

/// A condition that nothing fulfils.
fn never() -> Condition {
    Condition { field: String::new(), test: Test::Is(String::new()) }
}

/// Whether a paper of the catalogue is the mandate of who files for somebody else.
pub fn is_of_mandate(component: &Component) -> bool {
    is_mandate(&fold(&component.name))
}

/// Whether a paper of the catalogue is a mandate, by how its folded name begins.
fn is_mandate(name: &str) -> bool {
    let kinds = ["van ban ", "giay ", "hop dong "];
    kinds.iter().filter_map(|kind| name.trim().strip_prefix(kind)).any(|rest| {
        // “… ủy quyền cho một thành viên” is a paper of the matter itself.
        rest.starts_with("uy quyen") && !rest.starts_with("uy quyen cho mot thanh vien")
    })
}

/// Whether a line of the catalogue's list is a remark.
fn is_remark(component: &Component) -> bool {
    let (group, name) = (fold(&component.group), fold(&component.name));
    let name = name.trim_start_matches(['*', '+', '-', ' ']);
    let is_said = group.starts_with("luu y")
        || ["luu y", "ghi chu", "nguoi co yeu cau", "truong hop cac thong tin"]
            .iter()
            .any(|beginning| name.starts_with(beginning));
    is_said && !component.mandatory && component.originals == 0 && component.copies == 0
}

/// What is wrong with a rule: it names no paper, question or answer, or can never hold.
pub fn wrong_with(
    rule: &PaperRule,
    procedure: &Procedure,
    form: Option<&Declaration>,
) -> Vec<Text> {
    let (mut wrong, paper) = (Vec::new(), [("paper", rule.paper.as_str())]);
    if rule.paper.trim().is_empty() || !procedure.components.iter().any(|c| rule.is_of(c)) {
        let names = procedure.components.iter().map(|component| component.name.as_str());
        let near = nearest(&rule.paper, names).join("; ");
        wrong.push(match near.is_empty() {
            true => words::PAPER_NAMED.text(&paper),
            false => words::PAPER_NEAR.text(&[paper[0], ("near", &near)]),
        });
    }
    wrong.extend(rule.only_if.iter().filter_map(|condition| match form {
        Some(form) => form.wrong_with(condition),
        None => Some(words::NO_FORM.text(&[("field", &condition.field)])),
    }));
    if contradicts(&rule.only_if) {
        wrong.push(words::NEVER_ASKED.text(&paper));
    }
    if rule.why.vi.trim().is_empty() {
        wrong.push(words::WHY_MISSING.text(&paper));
    }
    wrong
}

/// Whether two of the conditions exclude each other.
fn contradicts(conditions: &[Condition]) -> bool {
    let pairs = conditions
        .iter()
        .enumerate()
        .flat_map(|(place, one)| conditions[place + 1..].iter().map(move |other| (one, other)));
    pairs.filter(|(one, other)| one.field == other.field).any(|(one, other)| {
        match (&one.test, &other.test) {
            (Test::Is(a), Test::Is(b)) => a != b,
            (Test::Is(a), Test::IsNot(b)) | (Test::IsNot(b), Test::Is(a)) => a == b,
            (Test::Is(_) | Test::Given, Test::Missing) => true,
            (Test::Missing, Test::Is(_) | Test::Given) => true,
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{Facts, Filer, PaperRule, Verdict, verdict, wrong_with};
    use crate::domain::catalogue::{Channel, Component, Procedure};
    use crate::domain::dossier::{Form, FormValue};
    use crate::domain::process::{Condition, Test};
    use crate::domain::words::Text;

    fn paper(name: &str, mandatory: bool) -> Component {
        Component {
            id: "tp1".into(),
            group: String::new(),
            name: name.to_owned(),
            originals: 1,
            copies: 0,
            mandatory,
        }
    }

    fn procedure(components: Vec<Component>) -> Procedure {
        Procedure {
            code: "1.000656".into(),
            name: String::new(),
            decision: String::new(),
            levels: Vec::new(),
            kind: String::new(),
            field: String::new(),
            subjects: Vec::new(),
            issuer: String::new(),
            agency: String::new(),
            coordinating_agency: String::new(),
            submission: Vec::new(),
            steps: String::new(),
            components,
            requirements: String::new(),
            results: Vec::new(),
            legal_basis: Vec::new(),
        }
    }

    fn rule(value: &str) -> PaperRule {
        PaperRule {
            paper: "báo tử".to_owned(),
            filers: Vec::new(),
            channels: Vec::new(),
            only_if: vec![Condition { field: "co".into(), test: Test::Is(value.into()) }],
            is_required: true,
            why: why(),
        }
    }

    fn why() -> Text {
        Text { vi: "không có".to_owned(), en: "none".to_owned() }
    }

    fn form(answer: Option<&str>) -> Form {
        let answer = answer.map(|text| ("co".to_owned(), FormValue::Text(text.to_owned())));
        answer.into_iter().collect()
    }

    fn said(
        component: &Component,
        rules: &[PaperRule],
        answers: &Form,
        is_filled_in: bool,
    ) -> Verdict {
        let (filer, channel) = (Some(Filer::Own), Some(Channel::Online));
        verdict(component, rules, &Facts { filer, channel, answers, is_filled_in, declared: None })
    }

    #[test]
    fn a_mandatory_paper_is_demanded_only_when_its_condition_holds() {
        let (paper, rules) = (paper("Giấy báo tử", true), [rule("bao_tu")]);
        let none = Verdict::NotNeeded(why());
        assert_eq!(said(&paper, &rules, &form(Some("bao_tu")), true), Verdict::Required);
        assert_eq!(said(&paper, &rules, &form(Some("khong")), true), none);
        assert_eq!(said(&paper, &rules, &form(None), true), none);
        assert_eq!(said(&paper, &rules, &form(None), false), Verdict::Open);
        assert_eq!(said(&paper, &[], &form(None), false), Verdict::Required);
        let either = [rule("bao_tu"), rule("thay_the")];
        assert_eq!(said(&paper, &either, &form(Some("thay_the")), true), Verdict::Required);
    }

    #[test]
    fn a_mandate_is_asked_of_those_who_have_one() {
        for (name, is_mandate) in [
            ("Văn bản ủy quyền, khi Ông/Bà nộp thay", true),
            ("Giấy uỷ quyền", true),
            ("GIẤY ỦY QUYỀN", true),
            ("Giấy chứng sinh", false),
            ("Giấy tờ của người ủy quyền", false),
            ("Văn bản ủy quyền cho một thành viên làm chủ hộ", false),
        ] {
            let paper = paper(name, false);
            let answers = form(None);
            let as_filer = |filer| {
                let facts = Facts {
                    filer,
                    channel: Some(Channel::Counter),
                    answers: &answers,
                    is_filled_in: false,
                    declared: None,
                };
                verdict(&paper, &[], &facts)
            };
            let is = |verdict: Verdict, other: Verdict| match is_mandate {
                true => verdict,
                false => other,
            };
            let needed = is(Verdict::Required, Verdict::IfAny);
            assert_eq!(as_filer(Some(Filer::Mandate)), needed, "{name}");
            assert_eq!(as_filer(None), is(Verdict::Open, Verdict::IfAny), "{name}");
            let own = as_filer(Some(Filer::Own));
            assert_eq!(matches!(own, Verdict::NotNeeded(_)), is_mandate, "{name}");
        }
    }

    #[test]
    fn remarks_of_the_catalogue_are_no_papers() {
        let mut remark = paper("Lưu ý: mang theo bản chính", false);
        remark.originals = 0;
        assert_eq!(said(&remark, &[], &form(None), true), Verdict::Remark);
        remark.mandatory = true;
        assert_eq!(said(&remark, &[], &form(None), true), Verdict::Required);
    }

    #[test]
    fn rules_name_what_there_is_and_can_hold() {
        let procedure = procedure(vec![paper("Giấy báo tử", true)]);
        let wrong = |rules: &[PaperRule]| {
            let wrong = rules.iter().flat_map(|rule| wrong_with(rule, &procedure, None));
            wrong.map(|text| text.vi).collect::<Vec<_>>()
        };
        assert!(wrong(&[PaperRule { only_if: Vec::new(), ..rule("") }]).is_empty());
        assert!(wrong(&[rule("a")])[0].contains("co"));
        let other = PaperRule { paper: "hộ chiếu".into(), only_if: Vec::new(), ..rule("") };
        assert!(wrong(&[other])[0].contains("hộ chiếu"));
        let mut never = rule("a");
        never.only_if.push(Condition { field: "co".into(), test: Test::Is("b".into()) });
        assert_eq!(wrong(&[never]).len(), 3);
        let silent = PaperRule { why: Text::default(), only_if: Vec::new(), ..rule("") };
        assert_eq!(wrong(&[silent]).len(), 1);
    }
}
