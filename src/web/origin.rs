//! Where a file comes from that an applicant took from their own papers, as an officer reads it.

use crate::domain::personal::{Origin, OriginKind};
use crate::domain::words::Lang;
use crate::web::words::public_personal as words;

/// The sentence: what it is, of which dossier, and whether somebody compared it.
pub fn origin_words(origin: &Origin, lang: Lang) -> String {
    let code = origin.dossier.as_ref().map_or("", |code| code.as_str());
    let number = origin.number.as_deref().unwrap_or_default();
    let message = match origin.kind {
        OriginKind::Result if number.is_empty() => words::ORIGIN_RESULT_UNNUMBERED,
        OriginKind::Result => words::ORIGIN_RESULT,
        OriginKind::Compared => words::ORIGIN_COMPARED,
        OriginKind::HandedIn => words::ORIGIN_HANDED_IN,
        OriginKind::Added => words::ORIGIN_ADDED,
    };
    let values = [("name", origin.name.as_str()), ("number", number), ("code", code)];
    words::ORIGIN.fill(lang, &[("what", &message.fill(lang, &values))])
}
