//! Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.

use serde_json::{Value, json};

use super::{
    Anchor, Contact, Lookup, PersonLines, Sheet, add_lookup, contact_data, count, extend,
    person_data, sheet_data,
};
use crate::documents::deed::Deed;
use crate::documents::typeset::Ready;

/// The request to supplement a dossier (form 02 of Circulars 01/2018 and 03/2025): everything that
/// is missing, told once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupplementRequest {
    /// Head and foot.
    pub sheet: Sheet,
    /// The dossier's owner.
    pub person: PersonLines,
    /// What is asked for: the procedure's name.
    pub procedure: String,
    /// What is to be supplemented or mended.
    pub items: Vec<SupplementItem>,
    /// A reason for the whole, beside those of the items.
    pub reason: Option<String>,
    /// Until when, in words.
    pub until: Option<String>,
    /// What happens to the deadline meanwhile, in words.
    pub clock: Option<String>,
    /// Who helps.
    pub contact: Contact,
    /// How to supplement online.
    pub lookup: Option<Lookup>,
    /// Where the request stands in the log.
    pub anchor: Option<Anchor>,
    /// Who signs.
    pub officer: String,
}

/// One thing to supplement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupplementItem {
    /// The paper, or what is to be mended.
    pub name: String,
    /// Number of originals; 0 prints a dash.
    pub originals: u32,
    /// Number of certified copies; 0 prints a dash.
    pub certified: u32,
    /// Number of photocopies; 0 prints a dash.
    pub photocopies: u32,
    /// Why.
    pub reason: String,
}

impl SupplementRequest {
    /// The paper, ready to be set.
    pub fn ready(&self) -> Ready {
        let mut data = sheet_data(&self.sheet);
        add_lookup(&mut data, self.lookup.as_ref(), self.anchor);
        let item = |item: &SupplementItem| {
            json!({
                "name": item.name,
                "originals": count(item.originals),
                "certified": count(item.certified),
                "photocopies": count(item.photocopies),
                "reason": item.reason,
            })
        };
        extend(
            &mut data,
            [
                ("person", person_data(&self.person)),
                ("procedure", json!(self.procedure)),
                ("items", self.items.iter().map(item).collect()),
                ("reason", json!(self.reason)),
                ("until", json!(self.until)),
                ("clock", json!(self.clock)),
                ("contact", contact_data(&self.contact)),
                ("officer", json!(self.officer)),
            ],
        );
        Ready::new(Deed::SupplementRequest, Value::Object(data), self.sheet.issued)
    }
}
