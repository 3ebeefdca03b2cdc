//! The slip that a citizen prints after filing online.

use jiff::civil::DateTime;
use serde_json::{Value, json};

use super::{
    Anchor, ComponentLine, Lookup, PersonLines, Sheet, add_lookup, component_data, extend,
    person_data, sheet_data, time_in_words,
};
use crate::documents::deed::Deed;
use crate::documents::typeset::Ready;

/// The confirmation of an online submission: what was sent, with the digest of every file. It is not
/// yet a receipt, and says so in its subtitle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubmissionSlip {
    /// Head and foot.
    pub sheet: Sheet,
    /// The sentence under the title.
    pub subtitle: String,
    /// Who filed.
    pub person: PersonLines,
    /// Whose matter it is, when that is somebody else.
    pub owner: Option<String>,
    /// What is asked for: the procedure's name.
    pub procedure: String,
    /// When it was sent, Vietnam time.
    pub sent: DateTime,
    /// Who answers until when, in words.
    pub answer: String,
    /// Where and how the result will be handed over.
    pub hand_over: String,
    /// The fee in words.
    pub fee: String,
    /// What was sent.
    pub components: Vec<ComponentLine>,
    /// How to follow the dossier.
    pub lookup: Option<Lookup>,
    /// Where the submission stands in the log.
    pub anchor: Option<Anchor>,
}

impl SubmissionSlip {
    /// The paper, ready to be set.
    pub fn ready(&self) -> Ready {
        let mut data = sheet_data(&self.sheet);
        add_lookup(&mut data, self.lookup.as_ref(), self.anchor);
        extend(
            &mut data,
            [
                ("subtitle", json!(self.subtitle)),
                ("person", person_data(&self.person)),
                ("owner", json!(self.owner)),
                ("procedure", json!(self.procedure)),
                ("received", json!(time_in_words(self.sent))),
                ("answer", json!(self.answer)),
                ("hand_over", json!(self.hand_over)),
                ("fee", json!(self.fee)),
                ("components", component_data(&self.components)),
            ],
        );
        Ready::new(Deed::SubmissionSlip, Value::Object(data), self.sheet.issued)
    }
}
