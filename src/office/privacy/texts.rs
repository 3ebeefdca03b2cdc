//! The shape of `assets/privacy/texts.toml`.

use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::domain::privacy::{ConsentText, Notice, Place, Purpose, Texts};
use crate::domain::words::Text;

const SHIPPED: &str = include_str!("../../../assets/privacy/texts.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    notices: Vec<NoticeRow>,
    consents: Vec<ConsentRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    vi: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoticeRow {
    #[serde(deserialize_with = "place")]
    place: Place,
    version: u32,
    since: Date,
    what_for: Words,
    ground: Words,
    kept: Words,
    seen_by: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConsentRow {
    #[serde(deserialize_with = "purpose")]
    purpose: Purpose,
    version: u32,
    since: Date,
    name: Words,
    ask: Words,
    about: Words,
}

fn place<'de, D: Deserializer<'de>>(from: D) -> Result<Place, D::Error> {
    let id = String::deserialize(from)?;
    Place::from_id(&id).ok_or_else(|| D::Error::custom(format!("no place is called {id}")))
}

fn purpose<'de, D: Deserializer<'de>>(from: D) -> Result<Purpose, D::Error> {
    let id = String::deserialize(from)?;
    Purpose::from_id(&id).ok_or_else(|| D::Error::custom(format!("no purpose is called {id}")))
}

impl From<Words> for Text {
    fn from(words: Words) -> Self {
        Self { vi: words.vi, en: words.en }
    }
}

impl From<NoticeRow> for Notice {
    fn from(row: NoticeRow) -> Self {
        Self {
            place: row.place,
            version: row.version,
            since: row.since,
            what_for: row.what_for.into(),
            ground: row.ground.into(),
            kept: row.kept.into(),
            seen_by: row.seen_by.into(),
        }
    }
}

impl From<ConsentRow> for ConsentText {
    fn from(row: ConsentRow) -> Self {
        Self {
            purpose: row.purpose,
            version: row.version,
            since: row.since,
            ask: row.ask.into(),
            about: row.about.into(),
            name: row.name.into(),
        }
    }
}

/// The texts that ship.
///
/// # Errors
/// The file is malformed: where and why.
pub(super) fn shipped() -> Result<Texts, String> {
    let file: File = toml::from_str(SHIPPED)
        .map_err(|error| format!("the texts about personal data cannot be read: {error}"))?;
    Ok(Texts {
        notices: file.notices.into_iter().map(Notice::from).collect(),
        consents: file.consents.into_iter().map(ConsentText::from).collect(),
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::shipped;
    use crate::domain::privacy::{Place, Purpose};
    use crate::domain::words::Text;
    use crate::store::event_log::sha256;

    #[test]
    fn every_place_and_purpose_has_its_words_in_both_languages() {
        let texts = shipped().expect("the shipped texts are well-formed");
        let day = date(2026, 12, 1);
        for place in Place::ALL {
            let notice = texts.notice(place, day).expect("a notice");
            for text in [&notice.what_for, &notice.ground, &notice.kept, &notice.seen_by] {
                assert!(!text.vi.is_empty() && !text.en.is_empty(), "{place:?}");
            }
        }
        for purpose in Purpose::ALL {
            let consent = texts.consent(purpose, day).expect("a text");
            let is_said = |text: &Text| !text.vi.is_empty() && !text.en.is_empty();
            assert!([&consent.ask, &consent.about, &consent.name].into_iter().all(is_said));
        }
        assert!(texts.notice(Place::Filing, date(2025, 12, 31)).is_none(), "not before the law");
    }

    #[test]
    fn versions_that_people_agreed_to_never_change() {
        let texts = shipped().expect("the shipped texts are well-formed");
        let known =
            [(Purpose::Remember, 1, "5b9f9c7725b02bfa"), (Purpose::Papers, 1, "fef3a3b5c66641c8")];
        for (purpose, version, digest) in known {
            let text = texts.version(purpose, version).expect("a version that was shown");
            let own = data_encoding::HEXLOWER.encode(&sha256(text.said().as_bytes())[..8]);
            assert_eq!(own, digest, "{purpose:?} {version}: new words are a new version");
        }
        assert_eq!(texts.consents.len(), known.len(), "each version stands above");
    }
}
