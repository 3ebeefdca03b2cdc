//! Phiếu từ chối tiếp nhận giải quyết hồ sơ.

use serde_json::{Value, json};

use super::{
    Anchor, Contact, Lookup, PersonLines, Sheet, add_lookup, contact_data, extend, person_data,
    sheet_data,
};
use crate::documents::deed::Deed;
use crate::documents::typeset::Ready;

/// The refusal to take a dossier (form 03 of Circulars 01/2018 and 03/2025), with its reasons.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReceptionRefusal {
    /// Head and foot.
    pub sheet: Sheet,
    /// The section that took it in, or was asked to.
    pub received_at_section: String,
    /// The agency that settles it, when it refuses after reception.
    pub refused_by: Option<String>,
    /// Who wanted to file.
    pub person: PersonLines,
    /// What is asked for: the procedure's name.
    pub procedure: String,
    /// The reasons, a paragraph each.
    pub reasons: Vec<String>,
    /// The legal source, if the reason is one of law.
    pub basis: Option<String>,
    /// Who helps.
    pub contact: Contact,
    /// How to look the dossier up.
    pub lookup: Option<Lookup>,
    /// Where the refusal stands in the log.
    pub anchor: Option<Anchor>,
    /// Who wanted to hand it in, under the left signature.
    pub submitter: String,
    /// Who refuses, under the right signature.
    pub officer: String,
}

impl ReceptionRefusal {
    /// The paper, ready to be set.
    pub fn ready(&self) -> Ready {
        let mut data = sheet_data(&self.sheet);
        add_lookup(&mut data, self.lookup.as_ref(), self.anchor);
        extend(
            &mut data,
            [
                ("received_at_section", json!(self.received_at_section)),
                ("refused_by", json!(self.refused_by)),
                ("person", person_data(&self.person)),
                ("procedure", json!(self.procedure)),
                ("reasons", json!(self.reasons)),
                ("basis", json!(self.basis)),
                ("contact", contact_data(&self.contact)),
                ("submitter", json!(self.submitter)),
                ("officer", json!(self.officer)),
            ],
        );
        Ready::new(Deed::ReceptionRefusal, Value::Object(data), self.sheet.issued)
    }
}
