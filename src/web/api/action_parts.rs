//! What the bodies of actions are made of.

use serde::Deserialize;
use utoipa::ToSchema;

use super::evidence::EvidenceBody;
use super::names::{FeeKindName, ResultFormName};
use crate::domain::dossier::CertifiedPaper;
use crate::domain::ids::ProcedureCode;

/// A paper as checked off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckedBody {
    /// The component's id.
    pub id: Option<String>,
    /// Or its exact name.
    pub name: Option<String>,
    /// Originals.
    #[serde(default)]
    pub originals: u32,
    /// Copies.
    #[serde(default)]
    pub copies: u32,
    /// Its form, number, date and issuer.
    #[serde(default)]
    pub evidence: EvidenceBody,
}

/// One missing thing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MissingBody {
    /// The component's id or name, when it is about one.
    pub component: Option<String>,
    /// What is wrong and how to repair it.
    pub reason: String,
}

/// A paper to certify.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaperToCertify {
    /// The procedure's code, which says in which book it stands.
    #[schema(example = "2.000815")]
    pub procedure: String,
    /// What the paper is called.
    #[schema(example = "Bằng tốt nghiệp")]
    pub name: String,
    /// Pages of the original.
    #[schema(minimum = 1)]
    pub pages: u32,
    /// Copies.
    #[schema(minimum = 1)]
    pub copies: u32,
}

impl From<PaperToCertify> for CertifiedPaper {
    fn from(paper: PaperToCertify) -> Self {
        let PaperToCertify { procedure, name, pages, copies } = paper;
        let procedure = ProcedureCode::new(procedure);
        Self { procedure, name, pages, copies, fee: 0, basis: None }
    }
}

/// A file for a component.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UploadBody {
    /// The component's id or name.
    pub component: Option<String>,
    /// The upload's id.
    pub id: String,
}

/// A fee line.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeeBody {
    /// What for.
    pub name: String,
    /// Whole VND.
    #[schema(minimum = 1)]
    pub amount: u64,
    /// A fee, or a statutory obligation that makes the status 6.
    pub kind: FeeKindName,
}

/// A result.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResultBody {
    /// The document's name.
    pub name: String,
    /// Its number; the clerk's when absent.
    pub number: Option<String>,
    /// Ids of uploads.
    #[serde(default)]
    pub uploads: Vec<String>,
    /// A file, which must then come with it, or a paper, which must then have a number; a file when
    /// one comes, else a paper, when absent.
    pub form: Option<ResultFormName>,
    /// Why the applicant, who chose to get it online, must fetch it: needed then without uploads.
    pub collect_reason: Option<String>,
}

/// A draft decision.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftBody {
    /// Its words.
    pub text: Option<String>,
    /// Ids of uploads.
    #[serde(default)]
    pub uploads: Vec<String>,
}
