//! How a paper was handed in or shown: its form, number, date and issuer (domain section 2).

use jiff::civil::Date;

use super::decide::optional;
use super::words;
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::Message;

/// In what form a paper came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperForm {
    /// Bản chính.
    Original,
    /// Bản sao có chứng thực.
    CertifiedCopy,
    /// Bản chụp kèm bản chính để đối chiếu.
    Shown,
    /// Từ VNeID.
    VneId,
    /// Từ kho dữ liệu điện tử.
    Store,
    /// Từ cơ sở dữ liệu.
    Database,
}

impl PaperForm {
    /// Every form, in the order of lists.
    pub const ALL: [Self; 6] = [
        Self::Original,
        Self::CertifiedCopy,
        Self::Shown,
        Self::VneId,
        Self::Store,
        Self::Database,
    ];

    /// The name in forms and in the API.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::CertifiedCopy => "certified_copy",
            Self::Shown => "shown",
            Self::VneId => "vneid",
            Self::Store => "store",
            Self::Database => "database",
        }
    }

    /// The form with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.id() == id)
    }

    /// What people call it.
    pub const fn name(self) -> Message {
        match self {
            Self::Original => words::FORM_ORIGINAL,
            Self::CertifiedCopy => words::FORM_CERTIFIED_COPY,
            Self::Shown => words::FORM_SHOWN,
            Self::VneId => words::FORM_VNEID,
            Self::Store => words::FORM_STORE,
            Self::Database => words::FORM_DATABASE,
        }
    }
}

/// What was written down of a paper when it was checked off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Its form, when it was said.
    pub form: Option<PaperForm>,
    /// Its number.
    pub number: Option<String>,
    /// Its date.
    pub issued_on: Option<Date>,
    /// Who issued it.
    pub issuer: Option<String>,
}

impl Evidence {
    /// Whether nothing was written down.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// As it is kept: trimmed, not dated ahead. What is wrong is named below `field`.
    pub(super) fn checked(&self, field: &str, today: Date, errors: &mut Vec<FieldError>) -> Self {
        let mut text = |name: &str, value: &Option<String>| {
            optional(&format!("{field}.{name}"), value.as_deref()).unwrap_or_else(|refusal| {
                errors.extend(Refusal::fields(refusal.fields).fields);
                None
            })
        };
        let (number, issuer) = (text("number", &self.number), text("issuer", &self.issuer));
        if self.issued_on.is_some_and(|day| day > today) {
            let text = words::PAPER_AHEAD.into();
            errors.push(FieldError { field: format!("{field}.issued_on"), text });
        }
        Self { form: self.form, number, issued_on: self.issued_on, issuer }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Evidence, PaperForm};

    #[test]
    fn what_is_kept_is_trimmed_and_never_dated_ahead() {
        let today = date(2026, 11, 23);
        let typed = Evidence {
            form: Some(PaperForm::Shown),
            number: Some("  ".to_owned()),
            issued_on: Some(today),
            issuer: Some(" UBND phường ".to_owned()),
        };
        let mut errors = Vec::new();
        let kept = typed.checked("components[0]", today, &mut errors);
        assert!(errors.is_empty() && kept.number.is_none());
        assert_eq!(kept.issuer.as_deref(), Some("UBND phường"));
        let ahead = Evidence { issued_on: Some(date(2026, 11, 24)), ..kept };
        ahead.checked("components[0]", today, &mut errors);
        assert_eq!(errors[0].field, "components[0].issued_on");
        for form in PaperForm::ALL {
            assert_eq!(PaperForm::from_id(form.id()), Some(form));
        }
    }
}
