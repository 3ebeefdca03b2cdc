//! Kinds of notices, the fields that their words may name, and the words themselves.

use super::words;
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::{Lang, Message};

/// Most characters of a template.
const MOST: usize = 4_000;

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $sample:ident;)*) => {
        /// A fact that a template may name in braces.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Field { $($(#[$doc])* $variant,)* }

        impl Field {
            /// Every field.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name between the braces.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// An invented value, for previews.
            pub const fn sample(self) -> Message {
                match self { $(Self::$variant => words::$sample,)* }
            }
        }
    };
}

fields! {
    /// The dossier's code: every template has it.
    Code = "mã hồ sơ", SAMPLE_CODE;
    /// The procedure's name.
    Procedure = "thủ tục", SAMPLE_PROCEDURE;
    /// The agency that speaks.
    Agency = "cơ quan", SAMPLE_AGENCY;
    /// Until when, or from when.
    Due = "hạn", SAMPLE_DUE;
    /// Why.
    Reason = "lý do", SAMPLE_REASON;
    /// Papers or lines of money.
    Items = "giấy tờ", SAMPLE_ITEMS;
    /// A sum of money.
    Amount = "số tiền", SAMPLE_AMOUNT;
    /// Where the result is.
    Place = "nơi nhận", SAMPLE_PLACE;
    /// A day.
    Day = "ngày", SAMPLE_DAY;
    /// A step of the process.
    Step = "bước", SAMPLE_STEP;
    /// The page about the dossier.
    Link = "liên kết", SAMPLE_LINK;
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $tag:literal $variant:ident = $id:literal,
        $name:ident, $subject:ident, $long:ident, $short:ident, [$($field:ident),*];)*) => {
        /// What a notice is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[$doc])* $variant,)* }

        impl Kind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The byte under which it is stored; never reused.
            pub const fn tag(self) -> u8 {
                match self { $(Self::$variant => $tag,)* }
            }

            /// The name in settings and addresses.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// The name for people.
            pub const fn name(self) -> Message {
                match self { $(Self::$variant => words::$name,)* }
            }

            /// What its words may name, besides code, procedure, agency and link.
            const fn own_fields(self) -> &'static [Field] {
                match self { $(Self::$variant => &[$(Field::$field),*],)* }
            }

            const fn messages(self) -> [Message; 3] {
                match self {
                    $(Self::$variant => [words::$subject, words::$long, words::$short],)*
                }
            }
        }
    };
}

kinds! {
    /// An online dossier came in.
    1 Submitted = "submitted",
        KIND_SUBMITTED, SUBMITTED_SUBJECT, SUBMITTED_LONG, SUBMITTED_SHORT, [Due];
    /// Received, with the due date.
    2 Received = "received",
        KIND_RECEIVED, RECEIVED_SUBJECT, RECEIVED_LONG, RECEIVED_SHORT, [Due];
    /// Not received, with the reason.
    3 Refused = "refused",
        KIND_REFUSED, REFUSED_SUBJECT, REFUSED_LONG, REFUSED_SHORT, [Reason];
    /// Papers are missing.
    4 SupplementAsked = "supplement_asked",
        KIND_SUPPLEMENT, SUPPLEMENT_SUBJECT, SUPPLEMENT_LONG, SUPPLEMENT_SHORT, [Items, Due];
    /// Money is asked for.
    5 PaymentAsked = "payment_asked",
        KIND_PAYMENT, PAYMENT_SUBJECT, PAYMENT_LONG, PAYMENT_SHORT, [Amount, Items];
    /// Stopped, with the reason.
    6 Stopped = "stopped",
        KIND_STOPPED, STOPPED_SUBJECT, STOPPED_LONG, STOPPED_SHORT, [Reason];
    /// An apology and a new date.
    7 Apology = "apology",
        KIND_APOLOGY, APOLOGY_SUBJECT, APOLOGY_LONG, APOLOGY_SHORT, [Due, Reason];
    /// A calendar changed and the date with it.
    8 DateMoved = "date_moved",
        KIND_DATE_MOVED, DATE_MOVED_SUBJECT, DATE_MOVED_LONG, DATE_MOVED_SHORT, [Due, Reason];
    /// Sent to the competent agency.
    9 Transferred = "transferred",
        KIND_TRANSFERRED, TRANSFERRED_SUBJECT, TRANSFERRED_LONG, TRANSFERRED_SHORT, [Reason];
    /// Given back as asked.
    10 Withdrawn = "withdrawn",
        KIND_WITHDRAWN, WITHDRAWN_SUBJECT, WITHDRAWN_LONG, WITHDRAWN_SHORT, [];
    /// Not given back.
    11 Kept = "kept",
        KIND_KEPT, KEPT_SUBJECT, KEPT_LONG, KEPT_SHORT, [Reason, Due];
    /// A favourable result is there.
    12 ResultReady = "result_ready",
        KIND_RESULT, RESULT_SUBJECT, RESULT_LONG, RESULT_SHORT, [Place];
    /// A reasoned refusal is there.
    13 Denied = "denied",
        KIND_DENIED, DENIED_SUBJECT, DENIED_LONG, DENIED_SHORT, [Reason, Place];
    /// Handed over: now it can be rated.
    14 Delivered = "delivered",
        KIND_DELIVERED, DELIVERED_SUBJECT, DELIVERED_LONG, DELIVERED_SHORT, [];
    /// A typing error was put right at the desk.
    55 Corrected = "corrected",
        KIND_CORRECTED, CORRECTED_SUBJECT, CORRECTED_LONG, CORRECTED_SHORT, [Reason];
    /// What the applicant asked to have corrected stays.
    56 NotCorrected = "not_corrected",
        KIND_NOT_CORRECTED, NOT_CORRECTED_SUBJECT, NOT_CORRECTED_LONG, NOT_CORRECTED_SHORT, [Reason];
    /// To the desk: the dossier is yours now.
    15 Assigned = "assigned",
        KIND_ASSIGNED, ASSIGNED_SUBJECT, ASSIGNED_LONG, ASSIGNED_SHORT, [Due];
    /// To the desk: your opinion is asked.
    16 Consulted = "consulted",
        KIND_CONSULTED, CONSULTED_SUBJECT, CONSULTED_LONG, CONSULTED_SHORT, [Reason, Due];
    /// To the desk: due soon.
    17 DueSoon = "due_soon",
        KIND_DUE_SOON, DUE_SOON_SUBJECT, DUE_SOON_LONG, DUE_SOON_SHORT, [Due];
    /// To the desk: overdue.
    18 Overdue = "overdue",
        KIND_OVERDUE, OVERDUE_SUBJECT, OVERDUE_LONG, OVERDUE_SHORT, [Due];
    /// To the approver: there is still time for an apology.
    19 ApologyProposed = "apology_proposed",
        KIND_PROPOSED, PROPOSED_SUBJECT, PROPOSED_LONG, PROPOSED_SHORT, [Due, Day];
    /// To the desk: a step of the process is nearly due.
    33 StepDue = "step_due",
        KIND_STEP, STEP_SUBJECT, STEP_LONG, STEP_SHORT, [Step, Due];
    /// The transfer that the applicant declared is not on the account.
    40 TransferMissing = "transfer_missing",
        KIND_TRANSFER, TRANSFER_SUBJECT, TRANSFER_LONG, TRANSFER_SHORT, [Reason, Amount];
    /// To the desk that was asked: its answer is due soon.
    43 ConsultationDue = "consultation_due",
        KIND_ASKED_DUE, ASKED_DUE_SUBJECT, ASKED_DUE_LONG, ASKED_DUE_SHORT, [Reason, Due];
    /// To both desks: an answer is late.
    44 ConsultationLate = "consultation_late",
        KIND_ASKED_LATE, ASKED_LATE_SUBJECT, ASKED_LATE_LONG, ASKED_LATE_SHORT, [Reason, Due];
    /// To the desk that asked: the answer is there.
    45 ConsultationAnswered = "consultation_answered",
        KIND_ANSWERED, ANSWERED_SUBJECT, ANSWERED_LONG, ANSWERED_SHORT, [Reason];
}

impl Kind {
    /// The kind with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.id() == id)
    }

    /// The kind with this tag.
    pub fn from_tag(tag: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.tag() == tag)
    }

    /// Whether the desk reads it, not the applicant.
    pub const fn is_for_staff(self) -> bool {
        matches!(
            self,
            Self::Assigned
                | Self::Consulted
                | Self::DueSoon
                | Self::Overdue
                | Self::ApologyProposed
                | Self::StepDue
                | Self::ConsultationDue
                | Self::ConsultationLate
                | Self::ConsultationAnswered
        )
    }

    /// Everything that its words may name.
    pub fn fields(self) -> Vec<Field> {
        let common = [Field::Code, Field::Procedure, Field::Agency, Field::Link];
        common.into_iter().chain(self.own_fields().iter().copied()).collect()
    }
}

/// The words of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The subject of an email, the heading on a page.
    pub subject: String,
    /// The whole text.
    pub long: String,
    /// The text of a short message.
    pub short: String,
}

/// The words that ship. Letters to applicants begin with a greeting.
pub fn default_template(kind: Kind, lang: Lang) -> Template {
    let [subject, long, short] = kind.messages().map(|message| message.say(lang).to_owned());
    let long =
        if kind.is_for_staff() { long } else { format!("{}\n\n{long}", words::GREETING.say(lang)) };
    Template { subject, long, short }
}

/// Values of fields.
pub type Facts = Vec<(Field, String)>;

/// A template with each field's value in its place. A field without a value, which no checked
/// template names, stays as it is written.
pub fn fill(template: &str, facts: &Facts) -> String {
    let mut out = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match facts.iter().find(|(field, _)| field.name() == name) {
            Some((_, value)) => out.push_str(value),
            None => {
                out.push('{');
                out.push_str(name);
                out.push('}');
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// Whether the words of a kind can be used: they name only fields that the kind has, and the code.
///
/// # Errors
/// The fields `subject`, `long`, `short` that are wrong, with the place.
pub fn check_template(kind: Kind, template: &Template) -> Result<(), Refusal> {
    let parts = [
        ("subject", &template.subject, false),
        ("long", &template.long, true),
        ("short", &template.short, true),
    ];
    let errors: Vec<FieldError> = parts
        .into_iter()
        .filter_map(|(name, text, needs_code)| check_text(kind, name, text, needs_code).err())
        .flat_map(|refusal| refusal.fields)
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
}

fn check_text(kind: Kind, name: &str, text: &str, needs_code: bool) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::field(name, words::TEMPLATE_EMPTY));
    }
    if text.chars().count() > MOST {
        let most = MOST.to_string();
        return Err(Refusal::field(name, words::TEMPLATE_LONG.text(&[("most", &most)])));
    }
    let known = kind.fields();
    let mut has_code = false;
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|offset| at + offset) {
        let (line, column) = place(text, open);
        let place = [("line", line.as_str()), ("column", column.as_str())];
        let Some(close) = text[open..].find('}').map(|offset| open + offset) else {
            return Err(Refusal::field(name, words::FIELD_OPEN.text(&place)));
        };
        let named = &text[open + 1..close];
        if !known.iter().any(|field| field.name() == named) {
            let shown = format!("{{{named}}}");
            let values = [("name", shown.as_str()), place[0], place[1]];
            return Err(Refusal::field(name, words::FIELD_UNKNOWN.text(&values)));
        }
        has_code |= named == Field::Code.name();
        at = close + 1;
    }
    if needs_code && !has_code {
        let shown = format!("{{{}}}", Field::Code.name());
        return Err(Refusal::field(name, words::FIELD_MISSING.text(&[("name", &shown)])));
    }
    Ok(())
}

/// Line and character of a byte, from 1.
fn place(text: &str, byte: usize) -> (String, String) {
    let before = &text[..byte];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line.to_string(), column.to_string())
}

#[cfg(test)]
mod tests {
    use super::{Field, Kind, Template, check_template, default_template, fill};
    use crate::domain::words::Lang;

    #[test]
    fn the_words_that_ship_can_be_used_and_their_tags_differ() {
        for kind in Kind::ALL {
            for lang in [Lang::Vi, Lang::En] {
                assert_eq!(check_template(*kind, &default_template(*kind, lang)), Ok(()));
            }
            assert_eq!(Kind::from_id(kind.id()), Some(*kind));
            assert_eq!(Kind::from_tag(kind.tag()), Some(*kind));
        }
    }

    #[test]
    fn words_that_name_what_is_not_there_are_refused_with_the_place() {
        let good = default_template(Kind::Received, Lang::Vi);
        let said = |template: &Template| {
            let refusal = check_template(Kind::Received, template).unwrap_err();
            let told = refusal.fields.iter().map(|f| (f.field.clone(), f.text.vi.clone()));
            told.collect::<Vec<_>>()
        };
        let wrong =
            Template { long: "Hồ sơ {mã hồ sơ}\nvì {lý do}".to_owned(), ..good.clone() };
        let line = "Không có trường {lý do} (dòng 2, ký tự 4)";
        assert_eq!(said(&wrong), [("long".to_owned(), line.to_owned())]);
        let wrong =
            Template { short: "Đã tiếp nhận".to_owned(), subject: String::new(), ..good };
        assert_eq!(said(&wrong).len(), 2);
        assert_eq!(said(&wrong)[1].1, "Thiếu trường {mã hồ sơ}");
    }

    #[test]
    fn values_are_put_in_once_and_never_read_as_templates() {
        let facts = vec![(Field::Code, "{hạn}".to_owned()), (Field::Due, "mai".to_owned())];
        assert_eq!(fill("{mã hồ sơ}: {hạn} {ai} {", &facts), "{hạn}: mai {ai} {");
    }
}
