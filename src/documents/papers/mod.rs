//! The papers of the one-stop section, named by deed. Each is plain data with a `render`; their
//! numbers and titles come from the rule pack, their layout from `assets/papers`.
//!
//! Sources: Circular 01/2018/TT-VPCP (forms 01-03), Circular 03/2025/TT-VPCP, and Decree
//! 30/2020/ND-CP, Appendix I, for letterhead and dates. Papers are Vietnamese only.

mod amount;
mod certified;
mod checkpoint;
mod closing;
mod declared;
mod guide;
mod lists;
mod notices;
mod receipt;
mod refusal;
mod samples;
mod signing;
mod signs;
mod slip;
mod slips;
mod supplement;

#[cfg(test)]
mod tests;

use jiff::civil::{Date, DateTime};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::documents::qr;

pub use crate::documents::deed::{Deed, PaperSize};
pub use crate::documents::typeset::{
    Layout, Layouts, MAX_LAYOUT, PaperFault, Ready, render, render_all,
};
pub use amount::{amount_in_words, date_spelled};
pub use certified::{Attestation, AttestationBlock, BookLine, CertificationBook};
pub use checkpoint::CheckpointSheet;
pub use closing::{CashClosing, ClosingLine, ClosingSum};
pub use declared::{DeclaredField, DeclaredPaper, DeclaredSection, FieldKind};
pub use guide::{Guide, GuidePlace};
pub use lists::{ControlSheet, ControlStep, HandOver, HandOverLine, Party, Register, RegisterLine};
pub use notices::{Apology, Signer, StopNotice};
pub use receipt::Receipt;
pub use refusal::ReceptionRefusal;
pub use samples::sample;
pub use signing::{render_signed, sign, sign_checkpoint};
pub use signs::{Envelope, Post, Poster, QueueTicket};
pub use slip::SubmissionSlip;
pub use slips::{FeeLine, Slip, TransferLines};
pub use supplement::{SupplementItem, SupplementRequest};

/// What stands at the head and foot of every paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Size and direction.
    pub paper: PaperSize,
    /// The form's number and source, such as `Mẫu số 01, Thông tư 01/2018/TT-VPCP`.
    pub form_number: String,
    /// The form's title; printed in capitals.
    pub title: String,
    /// The agency above, if it is to be named.
    pub superior: Option<String>,
    /// The issuing agency.
    pub agency: String,
    /// The one-stop section, under the agency.
    pub section: Option<String>,
    /// The paper's number, such as `12/TNHS`, if it has one.
    pub number: Option<String>,
    /// The place in front of the date.
    pub place: String,
    /// The paper's date and time, Vietnam time.
    pub issued: DateTime,
    /// The dossier's code, once it has one.
    pub dossier_code: Option<String>,
    /// In training mode, the sentence that every page bears.
    pub training: Option<String>,
}

/// The person whom a paper names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PersonLines {
    /// Full name, as typed.
    pub name: String,
    /// One line.
    pub address: Option<String>,
    /// As the person writes it.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
}

/// A paper of the dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComponentLine {
    /// Its name.
    pub name: String,
    /// Number of originals; 0 prints a dash.
    pub originals: u32,
    /// Number of copies; 0 prints a dash.
    pub copies: u32,
    /// The form it came in, such as `Bản giấy` or `Tệp điện tử`.
    pub form: String,
    /// The files attached to it.
    pub files: Vec<FileLine>,
}

/// A file as it was received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileLine {
    /// Its cleaned name.
    pub name: String,
    /// Its size in words, such as `1,2 MB`; may be empty.
    pub size: String,
    /// SHA-256 of its content.
    pub sha256: [u8; 32],
}

/// How to follow the dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lookup {
    /// What the QR code holds: the address with code and secret.
    pub qr: String,
    /// The page to type in, without a scheme, such as `mot-cua.example.vn/tra-cuu`.
    pub address: String,
    /// The lookup secret; printed in two groups.
    pub secret: Option<String>,
}

/// Where the paper's event stands in the agency's log: the citizens' papers anchor it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Sequence number in the agency's log.
    pub sequence: u64,
    /// The event's chain hash; 16 hexadecimal digits of it are printed.
    pub chain_hash: [u8; 32],
}

/// How to follow the dossier, and where the paper stands in the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Follow {
    /// How to follow the dossier.
    pub lookup: Option<Lookup>,
    /// Where the paper's event stands in the log.
    pub anchor: Option<Anchor>,
}

/// Who helps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Person or section.
    pub name: String,
    /// Telephone.
    pub phone: Option<String>,
}

/// The fields that every template reads.
fn sheet_data(sheet: &Sheet) -> Map<String, Value> {
    let fields = [
        ("paper", json!(sheet.paper.id())),
        ("form_number", json!(sheet.form_number)),
        ("title", json!(sheet.title)),
        ("superior", json!(sheet.superior)),
        ("agency", json!(sheet.agency)),
        ("section", json!(sheet.section)),
        ("number", json!(sheet.number)),
        (
            "place_and_date",
            json!(format!("{}, {}", sheet.place, date_in_words(sheet.issued.date()))),
        ),
        ("dossier_code", json!(sheet.dossier_code)),
        ("training", json!(sheet.training)),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn person_data(person: &PersonLines) -> Value {
    json!({
        "name": person.name,
        "address": person.address,
        "phone": person.phone,
        "email": person.email,
    })
}

fn component_data(components: &[ComponentLine]) -> Value {
    let line = |component: &ComponentLine| {
        let files: Vec<Value> = component.files.iter().map(file_data).collect();
        json!({
            "name": component.name,
            "originals": count(component.originals),
            "copies": count(component.copies),
            "form": component.form,
            "files": files,
        })
    };
    components.iter().map(line).collect()
}

fn file_data(file: &FileLine) -> Value {
    json!({ "name": file.name, "size": file.size, "digest": groups(&hex(&file.sha256), 8) })
}

/// Adds the lookup strip; without a lookup the strip is left out.
fn add_lookup(data: &mut Map<String, Value>, lookup: Option<&Lookup>, anchor: Option<Anchor>) {
    let qr = lookup.and_then(|lookup| qr::svg(&lookup.qr).ok());
    let secret = lookup.and_then(|lookup| lookup.secret.as_deref()).map(|s| groups(s, 4).join(" "));
    let anchor = anchor.map(|anchor| {
        let digits = groups(&hex(&anchor.chain_hash[..8]), 4).join(" ");
        json!({ "sequence": anchor.sequence.to_string(), "digits": digits })
    });
    data.insert("qr".to_owned(), json!(qr));
    data.insert("lookup_secret".to_owned(), json!(secret));
    data.insert("lookup_address".to_owned(), json!(lookup.map(|lookup| &lookup.address)));
    data.insert("anchor".to_owned(), json!(anchor));
}

fn contact_data(contact: &Contact) -> Value {
    json!({ "name": contact.name, "phone": contact.phone })
}

/// A paper whose fields are its own, ready to be set.
fn ready(deed: Deed, sheet: &Sheet, follow: &Follow, fields: &impl Serialize) -> Ready {
    let mut data = sheet_data(sheet);
    add_lookup(&mut data, follow.lookup.as_ref(), follow.anchor);
    if let Ok(Value::Object(fields)) = serde_json::to_value(fields) {
        debug_assert!(fields.keys().all(|name| !data.contains_key(name)), "a field of the sheet");
        data.extend(fields);
    }
    Ready::new(deed, Value::Object(data), sheet.issued)
}

/// Adds named fields to a paper's data.
fn extend<const N: usize>(data: &mut Map<String, Value>, fields: [(&str, Value); N]) {
    data.extend(fields.into_iter().map(|(name, value)| (name.to_owned(), value)));
}

fn count(number: u32) -> String {
    if number == 0 { "–".to_owned() } else { number.to_string() }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The text in groups of `size` characters, which people can compare.
fn groups(text: &str, size: usize) -> Vec<String> {
    let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    chars.chunks(size).map(|group| group.iter().collect()).collect()
}

/// `ngày 05 tháng 02 năm 2026`: days under 10 and the first two months take a zero, so that nobody
/// adds a digit (Decree 30/2020, Appendix I, II.4).
pub fn date_in_words(date: Date) -> String {
    let (day, month, year) = (date.day(), date.month(), date.year());
    match month {
        1 | 2 => format!("ngày {day:02} tháng {month:02} năm {year}"),
        _ => format!("ngày {day:02} tháng {month} năm {year}"),
    }
}

/// `16 giờ 05 phút, ngày 23 tháng 11 năm 2026`.
pub fn time_in_words(at: DateTime) -> String {
    format!("{:02} giờ {:02} phút, {}", at.hour(), at.minute(), date_in_words(at.date()))
}
