//! Papers under a key: the statement of each stands on it as a code, and the file is sealed.

use serde_json::{Value, json};

use super::{Layouts, PaperFault, Ready, render_all};
use crate::documents::qr;
use crate::documents::seal::{NoTrailer, PaperKey, Part, SignedCheckpoint, Statement, seal};

/// What is drawn and not said; it is no part of a paper's contents.
const DRAWN: [&str; 2] = ["qr", "check"];
/// The lists of a paper, one of which it is about.
const LISTS: [&str; 4] = ["components", "items", "lines", "steps"];

/// The paper with its signed statement. `statement` lacks what follows from the contents: their
/// digest and the length of their list.
pub fn sign(mut paper: Ready, statement: Statement, key: &PaperKey, base: &str) -> Ready {
    let contents = contents(&paper.data);
    let items = LISTS.iter().find_map(|name| contents.get(name)?.as_array()).map_or(0, Vec::len);
    let items = u64::try_from(items).unwrap_or(u64::MAX);
    let text = Statement { contents: Part::digest(&contents), items, ..statement }.sign(key);
    put_check(&mut paper.data, &Statement::address(base, &text));
    paper.signed = Some(Part { text, contents });
    paper
}

/// The sheet of a checkpoint: its code holds the checkpoint itself, whole.
pub fn sign_checkpoint(mut paper: Ready, signed: &SignedCheckpoint, base: &str) -> Ready {
    let (contents, text) = (contents(&paper.data), signed.text());
    put_check(&mut paper.data, &Statement::address(base, &text));
    paper.signed = Some(Part { text, contents });
    paper
}

/// Sets signed papers as one file, under a seal that covers every byte.
///
/// # Errors
/// As [`render_all`].
pub fn render_signed(
    layouts: &Layouts,
    papers: &[Ready],
    key: &PaperKey,
) -> Result<Vec<u8>, PaperFault> {
    let pdf = render_all(layouts, papers)?;
    let parts: Vec<Part> = papers.iter().filter_map(|paper| paper.signed.clone()).collect();
    let Some(deed) = papers.first().map(|paper| paper.deed).filter(|_| !parts.is_empty()) else {
        return Ok(pdf);
    };
    let fault = |error: NoTrailer| {
        let (message, place) = (error.to_string(), "seal".to_owned());
        PaperFault { deed, message, place }
    };
    seal(pdf, parts, key).map_err(fault)
}

/// The code with which a paper is checked.
pub(super) fn put_check(data: &mut Value, address: &str) {
    if let (Some(data), Ok(qr)) = (data.as_object_mut(), qr::svg(address)) {
        data.insert("check".to_owned(), json!({ "qr": qr }));
    }
}

fn contents(data: &Value) -> Value {
    let mut contents = data.clone();
    if let Some(fields) = contents.as_object_mut() {
        for name in DRAWN {
            fields.remove(name);
        }
    }
    contents
}
