//! What the index holds of a dossier: codes, days and agencies in clear, persons as hashes.

use std::collections::BTreeSet;

use jiff::Timestamp;
use tantivy::TantivyDocument;
use tantivy::schema::{FAST, Field, NumericOptions, STRING, Schema};

use super::facets::Facet;
use super::{DossierDoc, keyed::SearchKey};

/// The fields of the index. Nothing is stored; ids come back from fast fields.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The schema they make.
    pub schema: Schema,
    /// The id in hexadecimal, to delete by.
    pub id: Field,
    /// Codes and their fragments.
    pub code: Field,
    /// Agencies in relation to the dossier.
    pub agency: Field,
    /// What dossiers are counted by, in the order of [`Facet::ALL`].
    pub facets: [Field; Facet::ALL.len()],
    /// Account that it is with.
    pub holder: Field,
    /// Hashes of names.
    pub names: Field,
    /// Hashes of addresses.
    pub places: Field,
    /// Hashes of numbers.
    pub numbers: Field,
    high: Field,
    low: Field,
    order: Field,
    received: Field,
    due: Field,
}

/// Names of the fast fields.
pub mod fast {
    /// First eight bytes of the id.
    pub const HIGH: &str = "high";
    /// Last eight bytes of the id.
    pub const LOW: &str = "low";
    /// Sorts by day of receipt, then by the time in the id.
    pub const ORDER: &str = "order";
    /// The account that the dossier is with.
    pub const HOLDER: &str = "holder";
    /// When it was received: see [`super::moment`].
    pub const RECEIVED: &str = "received";
    /// When it is due, or was when it ended: see [`super::moment`].
    pub const DUE: &str = "due";
}

impl Layout {
    /// The layout of this version.
    pub fn new() -> Self {
        let mut schema = Schema::builder();
        let hashes = NumericOptions::default().set_indexed();
        let id = schema.add_text_field("id", STRING);
        let code = schema.add_text_field("code", STRING);
        let agency = schema.add_text_field("agency", STRING);
        let facets = Facet::ALL.map(|facet| schema.add_text_field(facet.name(), STRING | FAST));
        let holder = schema.add_text_field(fast::HOLDER, STRING | FAST);
        let names = schema.add_u64_field("names", hashes.clone());
        let places = schema.add_u64_field("places", hashes.clone());
        let numbers = schema.add_u64_field("numbers", hashes);
        let high = schema.add_u64_field(fast::HIGH, FAST);
        let low = schema.add_u64_field(fast::LOW, FAST);
        let order = schema.add_u64_field(fast::ORDER, FAST);
        let received = schema.add_u64_field(fast::RECEIVED, FAST);
        let due = schema.add_u64_field(fast::DUE, FAST);
        let schema = schema.build();
        Self {
            schema,
            id,
            code,
            agency,
            facets,
            holder,
            names,
            places,
            numbers,
            high,
            low,
            order,
            received,
            due,
        }
    }

    /// A dossier as the index keeps it.
    pub fn document(&self, dossier: &DossierDoc, key: &SearchKey) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(self.id, dossier.id.to_string());
        for agency in &dossier.agencies {
            document.add_text(self.agency, agency.as_str());
        }
        for (field, facet) in self.facets.iter().zip(Facet::ALL) {
            document.add_text(*field, dossier.value_of(facet));
        }
        if let Some(holder) = &dossier.holder {
            document.add_text(self.holder, holder.as_str());
        }
        let codes = std::iter::once(dossier.code.as_str())
            .chain(dossier.other_codes.iter().map(String::as_str));
        for fragment in codes.flat_map(code_fragments).collect::<BTreeSet<_>>() {
            document.add_text(self.code, fragment);
        }
        let hashes = key.persons(&dossier.persons);
        for (field, set) in [
            (self.names, hashes.names),
            (self.places, hashes.places),
            (self.numbers, hashes.numbers),
        ] {
            for hash in set {
                document.add_u64(field, hash);
            }
        }
        let (high, low) = halves(dossier.id.0);
        document.add_u64(self.high, high);
        document.add_u64(self.low, low);
        document.add_u64(self.order, order(dossier.day, high));
        document.add_u64(self.received, dossier.received_at.map_or(0, moment));
        document.add_u64(self.due, dossier.due_at.map_or(0, moment));
        document
    }
}

/// An instant as a column has it: microseconds since 1970, from 1 on; 0 is none.
pub fn moment(at: Timestamp) -> u64 {
    u64::try_from(at.as_microsecond()).unwrap_or(0).max(1)
}

/// The two halves of an id.
pub fn halves(id: [u8; 16]) -> (u64, u64) {
    let whole = u128::from_be_bytes(id);
    ((whole >> 64) as u64, whole as u64)
}

/// The id of two halves.
pub fn whole(high: u64, low: u64) -> [u8; 16] {
    (u128::from(high) << 64 | u128::from(low)).to_be_bytes()
}

/// Days since 1970 above, 40 bits of the milliseconds in a time-ordered id below.
fn order(day: i32, high: u64) -> u64 {
    let day = u64::from(day.max(0).unsigned_abs()) & 0xff_ffff;
    day << 40 | (high >> 16) & 0xff_ffff_ffff
}

/// What people type of a code: the whole, without punctuation, its digits, its parts, and its
/// last three to six letters or digits.
fn code_fragments(code: &str) -> Vec<String> {
    let upper = code.trim().to_uppercase();
    let plain = plain_code(&upper);
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    let mut fragments: Vec<String> = upper
        .split(|c: char| !c.is_alphanumeric())
        .filter(|p| p.len() >= 3)
        .map(str::to_owned)
        .collect();
    let ends = (3..=6).filter_map(|n| {
        let at = digits.len().checked_sub(n)?;
        Some(digits[at..].to_owned())
    });
    fragments.extend(ends);
    if let Some((_, tail)) = upper.split_once('-') {
        fragments.push(plain_code(tail));
    }
    fragments.extend([plain, digits]);
    fragments.retain(|f| !f.is_empty());
    fragments
}

/// A code as it is looked up: letters and digits only, upper case.
pub fn plain_code(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::{code_fragments, halves, order, plain_code, whole};

    #[test]
    fn a_code_is_found_by_what_people_type() {
        let fragments = code_fragments("H40.12-261123-0001");
        for typed in [
            "H40.12-261123-0001",
            "h40122611230001",
            "40122611230001",
            "0001",
            "261123-0001",
            "001",
        ] {
            assert!(fragments.contains(&plain_code(typed)), "{typed}");
        }
    }

    #[test]
    fn later_days_and_later_ids_come_first() {
        assert!(order(20_001, 0) > order(20_000, u64::MAX));
        assert!(order(20_000, 2 << 16) > order(20_000, 1 << 16));
        assert_eq!(order(-5, 0), 0);
        assert_eq!(whole(halves([9; 16]).0, halves([9; 16]).1), [9; 16]);
    }
}
