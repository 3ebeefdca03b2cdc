//! Head and foot of papers: what the rule pack and the agency say.

use jiff::Timestamp;

use super::{Source, words};
use crate::documents::papers::{Deed, PaperSize, Sheet};
use crate::domain::agency::Agency;
use crate::domain::calendar::local;
use crate::domain::dossier::Directory;
use crate::domain::rules::RulePack;
use crate::domain::words::Lang;

/// Head and foot of a paper of an agency under a pack, without a number or a code.
pub(super) fn sheet(
    deed: Deed,
    pack: &RulePack,
    agency: &Agency,
    issued: Timestamp,
    is_demo: bool,
) -> Sheet {
    let form = pack.paper(deed.id());
    let circular = pack.sources.iter().rev().find(|source| source.starts_with("Thông tư"));
    let number = form.map(|form| form.number.as_str()).filter(|number| !number.is_empty());
    let form_number = match (number, circular) {
        (Some(number), Some(circular)) => {
            words::FORM_NUMBER.fill(Lang::Vi, &[("number", number), ("source", circular)])
        }
        _ => String::new(),
    };
    let section = Some(agency.one_stop.clone()).filter(|name| !name.is_empty());
    let size = form.and_then(|form| PaperSize::from_name(&form.size));
    Sheet {
        paper: size.unwrap_or_else(|| deed.usual_size()),
        form_number,
        title: form.map_or(deed.name().vi.to_owned(), |form| form.title.clone()),
        superior: Some(agency.superior.clone()).filter(|name| !name.is_empty()),
        agency: agency.name.clone(),
        section: section.filter(|_| !deed.is_of_agency()),
        number: None,
        place: agency.place.clone(),
        issued: local(issued),
        dossier_code: None,
        training: is_demo.then(|| words::TRAINING.vi.to_owned()),
    }
}

/// The one-stop section of an agency, or the agency where it has none.
pub(super) fn section(agency: &Agency) -> String {
    match agency.one_stop.as_str() {
        "" => agency.name.clone(),
        section => section.to_owned(),
    }
}

impl Source<'_> {
    pub(super) fn sheet(&self) -> Sheet {
        let pack = self.world.rules(&self.dossier.rule_pack);
        // A paper that certifies no event is of the day on which it is printed.
        let issued = if self.deed.needs_event() { self.header.at } else { self.now };
        // What follows the agency in a code is given once; the record office numbers what an agency
        // itself writes (Decree 30/2020 art. 15).
        let code = self.dossier.code.as_str();
        let serial = code.strip_prefix(self.dossier.receiving_agency.as_str());
        let serial = serial.map_or(code, |rest| rest.trim_start_matches('-'));
        let mark = pack.paper(self.deed.id()).map(|form| form.mark.as_str());
        let mark = mark.filter(|mark| !mark.is_empty());
        Sheet {
            number: mark.map(|mark| match self.deed.is_of_agency() {
                true => words::NUMBER_BY_HAND.fill(Lang::Vi, &[("mark", mark)]),
                false => format!("{serial}/{mark}"),
            }),
            dossier_code: Some(self.dossier.code.to_string()),
            ..sheet(self.deed, pack, self.agency, issued, self.is_demo)
        }
    }
}
