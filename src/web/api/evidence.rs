//! How a paper came, as programs write and read it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::dossier::{Evidence, PaperForm};

/// In what form a paper came.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaperFormName {
    /// The original.
    Original,
    /// A certified copy.
    CertifiedCopy,
    /// A copy, compared with the original that was shown.
    Shown,
    /// From VNeID.
    Vneid,
    /// From the document store.
    Store,
    /// From a database.
    Database,
}

/// What the desk writes down of a paper.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct EvidenceBody {
    /// Its form.
    pub form: Option<PaperFormName>,
    /// Its number.
    pub number: Option<String>,
    /// Its date.
    #[schema(value_type = Option<String>, format = Date)]
    pub issued_on: Option<Date>,
    /// Who issued it.
    pub issuer: Option<String>,
}

impl From<EvidenceBody> for Evidence {
    fn from(body: EvidenceBody) -> Self {
        let form = body.form.map(|form| match form {
            PaperFormName::Original => PaperForm::Original,
            PaperFormName::CertifiedCopy => PaperForm::CertifiedCopy,
            PaperFormName::Shown => PaperForm::Shown,
            PaperFormName::Vneid => PaperForm::VneId,
            PaperFormName::Store => PaperForm::Store,
            PaperFormName::Database => PaperForm::Database,
        });
        Self { form, number: body.number, issued_on: body.issued_on, issuer: body.issuer }
    }
}

impl From<&Evidence> for EvidenceBody {
    fn from(evidence: &Evidence) -> Self {
        let form = evidence.form.map(|form| match form {
            PaperForm::Original => PaperFormName::Original,
            PaperForm::CertifiedCopy => PaperFormName::CertifiedCopy,
            PaperForm::Shown => PaperFormName::Shown,
            PaperForm::VneId => PaperFormName::Vneid,
            PaperForm::Store => PaperFormName::Store,
            PaperForm::Database => PaperFormName::Database,
        });
        Self {
            form,
            number: evidence.number.clone(),
            issued_on: evidence.issued_on,
            issuer: evidence.issuer.clone(),
        }
    }
}
