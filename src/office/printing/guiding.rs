//! The guide to a procedure, from what the catalogue and the agencies say of it.

use super::{Deed, Pdf, facts, page_address, sheets, words};
use crate::documents::papers::{Follow, Guide, GuidePlace, Lookup};
use crate::domain::agency::Agency;
use crate::domain::catalogue::{Channel, Component, Procedure};
use crate::domain::deadline::Duration;
use crate::domain::dossier::Directory;
use crate::domain::ids::{AgencyCode, ProcedureCode};
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::validity::{Standing, said};
use crate::domain::words::Lang;
use crate::office::Office;
use crate::office::world::World;
use crate::store::ledger::Failure;

impl Office {
    /// The guide to a procedure: of every agency that takes it, or of one. Call it on a blocking pool.
    ///
    /// # Errors
    /// There is no such procedure, or no agency at all.
    pub fn guide(
        &self,
        procedure: &ProcedureCode,
        agency: Option<&AgencyCode>,
        base: &str,
    ) -> Result<Pdf, Failure> {
        let (world, now, today) = (self.world(), self.now(), self.today());
        let none = || Refusal::new(RefusalKind::NotFound, crate::office::words::PROCEDURE_UNKNOWN);
        let known = world.procedure(procedure).ok_or_else(none)?;
        let takers = match world.standing(procedure, today) {
            Standing::Ended(_) => Vec::new(),
            Standing::NotYet(_) | Standing::InForce => world.takers(known, today),
        };
        let chosen: Vec<&Agency> = match takers.iter().find(|taker| Some(&taker.code) == agency) {
            Some(one) => vec![one],
            None => takers,
        };
        let head = chosen.first().copied().or_else(|| world.home()).ok_or_else(none)?;
        let pack = world.pack_for(&head.code, now);
        let qr = page_address(base, &format!("/thu-tuc/{procedure}"));
        let address = qr.split_once("://").map_or(qr.as_str(), |(_, rest)| rest).to_owned();
        let notice = said(procedure, today, world.as_ref());
        let is_in_force = world.is_in_force(procedure, today);
        let halted = world
            .halted(known, today)
            .into_iter()
            .filter(|halted| is_in_force && agency.is_none_or(|chosen| *chosen == halted.code));
        let halted = halted.filter_map(|halted| {
            crate::domain::offer::said(&halted.code, procedure, today, world.as_ref())
        });
        let notices: Vec<String> = notice.into_iter().chain(halted).map(|text| text.vi).collect();
        let guide = Guide {
            sheet: sheets::sheet(Deed::Guide, pack, head, now, self.is_demo),
            heading: known.name.clone(),
            notice: notices.join(" "),
            facts: about(known),
            ways: ways(known),
            groups: groups(
                known,
                known.takes(Channel::Online) && world.form(procedure, None).is_some(),
            ),
            places: chosen.iter().map(|agency| place(&world, agency, procedure)).collect(),
            steps: known
                .steps
                .lines()
                .map(without_number)
                .filter(|line| !line.is_empty())
                .collect(),
            results: known.results.iter().map(|result| result.name.clone()).collect(),
            conditions: known.requirements.trim().to_owned(),
            basis: known.legal_basis.clone(),
            about: words::GUIDE_ABOUT.vi.to_owned(),
            follow: Follow { lookup: Some(Lookup { qr, address, secret: None }), anchor: None },
        };
        let papers = vec![guide.ready()];
        let bytes = self.set(&papers)?;
        Ok(Pdf::of(papers, bytes, format!("huong-dan-{procedure}.pdf")))
    }
}

fn about(procedure: &Procedure) -> Vec<(String, String)> {
    let lines = [
        (words::GUIDE_CODE, procedure.code.to_string()),
        (words::GUIDE_FIELD, procedure.field.clone()),
        (words::GUIDE_WHO, procedure.subjects.join(", ")),
        (words::GUIDE_AGENCY, procedure.agency.clone()),
        (words::GUIDE_DECISION, procedure.decision.clone()),
    ];
    let lines = lines.into_iter().filter(|(_, value)| !value.is_empty());
    lines.map(|(label, value)| (label.vi.to_owned(), value)).collect()
}

fn ways(procedure: &Procedure) -> Vec<(String, String, String)> {
    let way = |way: &crate::domain::catalogue::SubmissionWay| {
        let duration = way.unit.map(|unit| Duration::new(way.duration.unwrap_or(0), unit));
        let fee = match way.fee_text.trim() {
            "" => facts::published_fee(procedure, way.channel),
            text => text.to_owned(),
        };
        let duration = duration.map(facts::duration).unwrap_or_default();
        (facts::way(way.channel).to_owned(), duration, fee)
    };
    procedure.submission.iter().map(way).collect()
}

/// Papers by case: those of every case first.
fn groups(procedure: &Procedure, is_declared: bool) -> Vec<(String, Vec<(String, String)>)> {
    let mut groups: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for component in &procedure.components {
        let case = component.group.trim_end_matches(':').to_owned();
        let is_form = procedure.declaration().is_some_and(|form| form.id == component.id);
        let counts = counts(component);
        let counts = match is_form && is_declared {
            true => words::GUIDE_DECLARED.fill(Lang::Vi, &[("counts", &counts)]),
            false => counts,
        };
        let line = (component.name.clone(), counts);
        match groups.iter_mut().find(|(known, _)| *known == case) {
            Some((_, lines)) => lines.push(line),
            None => groups.push((case, vec![line])),
        }
    }
    groups.sort_by_key(|(case, _)| !case.is_empty());
    groups
}

fn counts(component: &Component) -> String {
    let of = |message: crate::domain::words::Message, n: u32| {
        (n > 0).then(|| message.fill(Lang::Vi, &[("n", &n.to_string())]))
    };
    let parts = [
        of(words::GUIDE_ORIGINALS, component.originals),
        of(words::GUIDE_COPIES, component.copies),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let counts = match parts.is_empty() {
        true => words::GUIDE_SHOWN.vi.to_owned(),
        false => parts.join(", "),
    };
    match component.mandatory {
        true => counts,
        false => words::GUIDE_IF_ANY.fill(Lang::Vi, &[("counts", &counts)]),
    }
}

fn place(world: &World, agency: &Agency, procedure: &ProcedureCode) -> GuidePlace {
    let offer = world.offer(&agency.code, procedure).cloned().unwrap_or_default();
    let phone = if offer.phone.is_empty() { &agency.phone } else { &offer.phone };
    let said = |message: crate::domain::words::Message, slot: &str, value: &str| {
        (!value.is_empty()).then(|| message.fill(Lang::Vi, &[(slot, value)]))
    };
    let lines = [
        Some(offer.counter.clone()).filter(|counter| !counter.is_empty()),
        said(words::GUIDE_HOURS, "hours", &offer.hours_said(Lang::Vi).join("; ")),
        Some(agency.address.clone()).filter(|address| !address.is_empty()),
        said(words::POSTER_PHONE, "phone", phone),
    ];
    GuidePlace {
        name: sheets::section(agency),
        lines: lines.into_iter().flatten().collect(),
        guidance: offer.guidance,
    }
}

/// A step without "Bước 1:" before it: the paper numbers them.
fn without_number(line: &str) -> String {
    let line = line.trim();
    let rest = line.strip_prefix("Bước").map(str::trim_start);
    let rest = rest.map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let bare = rest.and_then(|rest| rest.strip_prefix(':').or_else(|| rest.strip_prefix('.')));
    bare.map_or(line, str::trim).to_owned()
}
