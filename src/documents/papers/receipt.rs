//! Giấy tiếp nhận hồ sơ và hẹn trả kết quả.

use jiff::civil::DateTime;
use serde_json::{Value, json};

use super::{
    Anchor, ComponentLine, Lookup, PersonLines, Sheet, add_lookup, component_data, extend,
    person_data, sheet_data, time_in_words,
};
use crate::documents::deed::Deed;
use crate::documents::typeset::Ready;

/// The receipt of a dossier with its appointment (form 01 of Circulars 01/2018 and 03/2025).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// Head and foot.
    pub sheet: Sheet,
    /// The section that took the dossier in.
    pub received_at_section: String,
    /// The dossier's owner.
    pub person: PersonLines,
    /// What is asked for: the procedure's name.
    pub procedure: String,
    /// Who decides, when it is another agency than the one that receives.
    pub competent_agency: Option<String>,
    /// The papers that were handed in.
    pub components: Vec<ComponentLine>,
    /// Number of sets.
    pub sets: u32,
    /// The published duration in words, such as `03 ngày làm việc`.
    pub duration: String,
    /// When it was received, Vietnam time.
    pub received: DateTime,
    /// When the result will be handed over, Vietnam time.
    pub due: Option<DateTime>,
    /// Where and how the result will be handed over.
    pub hand_over: String,
    /// The fee in words, such as `8.000 đồng, đã thu` or `Không`.
    pub fee: String,
    /// Volume and number in the register on paper, where one is kept.
    pub book: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// How to follow the dossier.
    pub lookup: Option<Lookup>,
    /// Where the reception stands in the log.
    pub anchor: Option<Anchor>,
    /// Who handed it in, under the left signature.
    pub submitter: String,
    /// Who received it, under the right signature.
    pub officer: String,
}

impl Receipt {
    /// The paper, ready to be set.
    pub fn ready(&self) -> Ready {
        let mut data = sheet_data(&self.sheet);
        add_lookup(&mut data, self.lookup.as_ref(), self.anchor);
        extend(
            &mut data,
            [
                ("received_at_section", json!(self.received_at_section)),
                ("person", person_data(&self.person)),
                ("procedure", json!(self.procedure)),
                ("competent_agency", json!(self.competent_agency)),
                ("components", component_data(&self.components)),
                ("sets", json!(format!("{:02} (bộ)", self.sets))),
                ("duration", json!(self.duration)),
                ("received", json!(time_in_words(self.received))),
                ("due", json!(self.due.map(time_in_words))),
                ("hand_over", json!(self.hand_over)),
                ("fee", json!(self.fee)),
                ("book", json!(self.book)),
                ("note", json!(self.note)),
                ("submitter", json!(self.submitter)),
                ("officer", json!(self.officer)),
            ],
        );
        Ready::new(Deed::Receipt, Value::Object(data), self.sheet.issued)
    }
}
