//! The steps of a filing, in order, and the questions that each of them asks.

use crate::domain::catalogue::Procedure;
use crate::domain::words::Message;
use crate::office::drafts::Answers;
use crate::web::words::public_filing as words;

/// A page of a filing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Who files, and where.
    Who,
    /// The person who files.
    Applicant,
    /// The person whose matter it is; only when that is another.
    Owner,
    /// What is asked for.
    Form,
    /// The papers.
    Papers,
    /// How the result comes.
    Return,
    /// Everything once more.
    Send,
}

/// The questions about a person, after the prefix.
pub(super) const PERSON: [&str; 14] = [
    "name",
    "birth_date.day",
    "birth_date.month",
    "birth_date.year",
    "id_kind",
    "id_number",
    "phone",
    "no_phone",
    "email",
    "address",
    "address.province",
    "address.commune",
    "address.detail",
    "address.was",
];

impl Step {
    const ALL: [Self; 7] = [
        Self::Who,
        Self::Applicant,
        Self::Owner,
        Self::Form,
        Self::Papers,
        Self::Return,
        Self::Send,
    ];

    /// The last part of its address.
    pub(super) const fn slug(self) -> &'static str {
        match self {
            Self::Who => "ai-nop",
            Self::Applicant => "nguoi-nop",
            Self::Owner => "chu-ho-so",
            Self::Form => "to-khai",
            Self::Papers => "giay-to",
            Self::Return => "nhan-ket-qua",
            Self::Send => "gui",
        }
    }

    /// The step at this address.
    pub(super) fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.slug() == slug)
    }

    /// Its number among the five that people count.
    pub(super) const fn number(self) -> usize {
        match self {
            Self::Who | Self::Applicant | Self::Owner => 1,
            Self::Form => 2,
            Self::Papers => 3,
            Self::Return => 4,
            Self::Send => 5,
        }
    }

    /// Its heading.
    pub(super) const fn heading(self) -> Message {
        match self {
            Self::Who => words::WHO_FILES,
            Self::Applicant => words::APPLICANT,
            Self::Owner => words::OWNER,
            Self::Form => words::STEP_FORM,
            Self::Papers => words::STEP_PAPERS,
            Self::Return => words::STEP_RETURN,
            Self::Send => words::STEP_SEND,
        }
    }

    /// The steps that these answers lead through.
    pub(super) fn path(answers: &Answers) -> Vec<Self> {
        let other = is_for_another(answers);
        Self::ALL.into_iter().filter(|step| *step != Self::Owner || other).collect()
    }

    /// The step after it.
    pub(super) fn next(self, answers: &Answers) -> Self {
        let path = Self::path(answers);
        let here = path.iter().position(|step| *step == self);
        here.and_then(|here| path.get(here + 1)).copied().unwrap_or(Self::Send)
    }

    /// The step before it.
    pub(super) fn before(self, answers: &Answers) -> Option<Self> {
        let path = Self::path(answers);
        let here = path.iter().position(|step| *step == self)?;
        here.checked_sub(1).and_then(|before| path.get(before)).copied()
    }

    /// The names of its questions, beside those about procedures that follow.
    pub(super) fn questions(self, procedure: &Procedure) -> Vec<String> {
        let person = |who: &str| PERSON.iter().map(move |part| format!("{who}.{part}")).collect();
        match self {
            Self::Who => ["who", "place", "competent"].map(str::to_owned).into(),
            Self::Applicant => person("applicant"),
            Self::Owner => {
                let mut questions: Vec<String> = person("owner");
                questions.push("mandate.paper".to_owned());
                questions
            }
            // The answers of a declared form are taken by `declared::fill`.
            Self::Form => vec!["form.noi_dung".to_owned()],
            Self::Papers => {
                procedure.components.iter().map(|c| format!("paper.{}.mode", c.id)).collect()
            }
            Self::Return => vec!["return".to_owned()],
            Self::Send => Vec::new(),
        }
    }
}

/// Whether the matter is somebody else's.
pub(super) fn is_for_another(answers: &Answers) -> bool {
    matches!(answers.get("who").map(String::as_str), Some("mandate" | "law"))
}

#[cfg(test)]
mod tests {
    use super::Step;
    use crate::office::drafts::Answers;

    #[test]
    fn the_owner_is_asked_for_only_when_it_is_another() {
        let mut answers = Answers::new();
        assert_eq!(Step::Applicant.next(&answers), Step::Form);
        answers.insert("who".to_owned(), "law".to_owned());
        assert_eq!(Step::Applicant.next(&answers), Step::Owner);
        assert_eq!(Step::Form.before(&answers), Some(Step::Owner));
        assert_eq!(Step::Who.before(&answers), None);
        assert_eq!(Step::Send.next(&answers), Step::Send);
    }

    #[test]
    fn every_step_is_found_at_its_address() {
        for step in Step::ALL {
            assert_eq!(Step::from_slug(step.slug()), Some(step));
        }
        assert_eq!(Step::from_slug("da-gui"), None);
    }
}
