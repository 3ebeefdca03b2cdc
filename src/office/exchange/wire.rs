//! The file of a procedure.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Part, Words, words};
use crate::domain::ids::ProcedureCode;
use crate::domain::notice::{Kind, Template};
use crate::domain::refusal::{FieldError, Refusal};
use crate::office::fees::wire::ScheduleWire;
use crate::office::forms::wire::DeclarationRow;
use crate::office::processes::wire::StepRow;
use crate::office::shape;

/// Says what the file is.
pub(super) const FORMAT: &str = "motcua-procedure";
/// The version of its shape.
pub(super) const VERSION: u32 = 1;

/// A procedure with all that belongs to it. What is absent stays as it is where the file is read.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// `motcua-procedure`.
    pub format: String,
    /// 1.
    pub version: u32,
    /// What the catalogue says, as a line of its export.
    pub procedure: Value,
    /// The form in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<DeclarationRow>,
    /// The steps of the process that every agency has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process: Option<Vec<StepRow>>,
    /// The fees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fees: Option<ScheduleWire>,
    /// When which papers are asked for, as the lines of `assets/filing/papers.txt`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub papers: Option<Vec<String>>,
    /// Words of letters that are not those that ship.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<TemplateRow>,
}

/// The words of a letter.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateRow {
    kind: String,
    subject: String,
    long: String,
    short: String,
}

impl Bundle {
    /// The file without some parts; what the catalogue says stays, since it names the procedure.
    pub(super) fn without(&self, left: &BTreeSet<Part>) -> Self {
        let mut bundle = self.clone();
        for part in left {
            match part {
                Part::Catalogue => {}
                Part::Form => bundle.form = None,
                Part::Process => bundle.process = None,
                Part::Fees => bundle.fees = None,
                Part::Papers => bundle.papers = None,
                Part::Letters => bundle.templates.clear(),
            }
        }
        bundle
    }

    /// The procedure's code and name.
    pub fn named(&self) -> (ProcedureCode, String) {
        let text = |part: &str| self.procedure[part].as_str().unwrap_or_default().to_owned();
        (ProcedureCode::new(text("code")), text("name"))
    }
}

/// Reads a file.
pub(super) fn parse(bytes: &[u8]) -> Result<Bundle, Refusal> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let bundle: Bundle = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        if error.inner().is_data() {
            return shape::refused(&error);
        }
        let (line, column) = (error.inner().line().to_string(), error.inner().column().to_string());
        Refusal::field("file", words::NOT_JSON.text(&[("line", &line), ("column", &column)]))
    })?;
    match (bundle.format.as_str(), bundle.version) {
        (FORMAT, VERSION) => Ok(bundle),
        (FORMAT, _) => Err(Refusal::field("file", words::OTHER_VERSION)),
        _ => Err(Refusal::field("file", words::OTHER_FORMAT)),
    }
}

pub(super) fn template_row(kind: Kind, template: &Template) -> TemplateRow {
    TemplateRow {
        kind: kind.id().to_owned(),
        subject: template.subject.clone(),
        long: template.long.clone(),
        short: template.short.clone(),
    }
}

/// The words of letters; a kind that there is not is refused.
pub(super) fn templates(rows: &[TemplateRow], errors: &mut Vec<FieldError>) -> Vec<Words> {
    let mut found = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let template = Template {
            subject: row.subject.clone(),
            long: row.long.clone(),
            short: row.short.clone(),
        };
        match Kind::from_id(&row.kind) {
            Some(kind) => found.push((kind, template)),
            None => errors.push(FieldError {
                field: format!("templates[{place}].kind"),
                text: words::LETTER_UNKNOWN.text(&[("kind", &row.kind)]),
            }),
        }
    }
    found
}
