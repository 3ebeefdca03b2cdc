//! Hand-over lists: which dossiers went from whom to whom, a list for each pair of hands.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::notices::said;
use super::{Deed, facts, no_paper, sheets, words};
use crate::documents::papers::{HandOver, HandOverLine, Party, Ready, Sheet};
use crate::domain::agency::Agency;
use crate::domain::calendar::words::instant_short;
use crate::domain::dossier::{Directory, Dossier, Event, Holder, Paper};
use crate::domain::ids::{AgencyCode, DossierId};
use crate::domain::words::{Lang, Message};
use crate::office::world::World;
use crate::office::{Office, no_dossier};
use crate::store::ledger::Failure;
use crate::store::reader::Reader;

/// Who hands over and who takes over, in the order of lists.
type Hands = (AgencyCode, [String; 4]);

impl Office {
    /// The lists of these dossiers, ready to be set.
    pub(super) fn hand_overs(
        &self,
        reader: &Reader,
        ids: &[DossierId],
        deed: Deed,
        base: &str,
    ) -> Result<Vec<Ready>, Failure> {
        let world = self.world();
        let mut lists: BTreeMap<Hands, (Timestamp, Vec<HandOverLine>)> = BTreeMap::new();
        for id in ids {
            let stored = reader.dossier(*id)?.ok_or_else(no_dossier)?;
            let dossier = &stored.dossier;
            if !deed.is_of(dossier) {
                return Err(no_paper().into());
            }
            let history = reader.history(&stored)?;
            let given = history.iter().rev().find(|(_, _, event)| hands_over(event, deed));
            let at = given.map_or(Timestamp::MIN, |(logged, _, _)| logged.header.at);
            let by = given.map_or("", |(logged, _, _)| logged.header.actor.as_str());
            let due = dossier
                .clock
                .due_at
                .or_else(|| history.iter().rev().find_map(|(logged, _, _)| logged.header.due_at));
            let line = HandOverLine {
                code: dossier.code.to_string(),
                procedure: dossier.procedure_name.clone(),
                person: dossier.owner.name.clone(),
                papers: carried(dossier, deed),
                due: due.map(instant_short).unwrap_or_default(),
            };
            let list = lists.entry(hands(&world, dossier, deed, by));
            let (last, lines) = list.or_insert((at, Vec::new()));
            *last = (*last).max(at);
            lines.push(line);
        }
        let mut papers = Vec::with_capacity(lists.len());
        for ((code, hands), (at, lines)) in lists {
            let Some(agency) = world.agency(&code) else { continue };
            let paper = self.hand_over(&world, agency, deed, hands, (at, lines));
            papers.push(self.signed(paper, self.list_statement(reader, deed, &code)?, base));
        }
        Ok(papers)
    }

    fn hand_over(
        &self,
        world: &World,
        agency: &Agency,
        deed: Deed,
        [giving, giver, taking, taker]: [String; 4],
        (at, lines): (Timestamp, Vec<HandOverLine>),
    ) -> Ready {
        let now = self.now();
        // A list that is printed later tells when the last of its dossiers changed hands.
        let at = if at == Timestamp::MIN { now } else { at };
        let pack = world.pack_for(&agency.code, now);
        // Who keeps the records numbers them.
        let mark = pack.paper(deed.id()).map(|form| form.mark.as_str()).filter(|m| !m.is_empty());
        let number = mark.map(|mark| words::NUMBER_BY_HAND.fill(Lang::Vi, &[("mark", mark)]));
        HandOver {
            sheet: Sheet { number, ..sheets::sheet(deed, pack, agency, now, self.is_demo) },
            is_results: deed == Deed::ResultHandOver,
            at: said(at),
            giver: Party { unit: giving, name: giver },
            receiver: Party { unit: taking, name: taker },
            lines,
        }
        .ready()
    }
}

/// Whether an event put a dossier, or its result, into other hands.
const fn hands_over(event: &Event, deed: Deed) -> bool {
    match deed {
        Deed::ResultHandOver => matches!(event, Event::Finished { .. }),
        _ => matches!(event, Event::Assigned { .. } | Event::Forwarded { .. }),
    }
}

/// Unit and name of both sides; the results go the way back.
fn hands(world: &World, dossier: &Dossier, deed: Deed, by: &str) -> Hands {
    let section = || {
        let agency = world.agency(&dossier.receiving_agency);
        agency.map(sheets::section).unwrap_or_default()
    };
    let [unit, name] = holder(world, dossier);
    if deed == Deed::ResultHandOver {
        return (dossier.competent_agency.clone(), [unit, name, section(), String::new()]);
    }
    let staff = world.staff(&by.into());
    let giving = staff.and_then(|staff| {
        let unit = staff.unit.as_ref()?;
        Some(world.agency(&staff.agency)?.unit(unit)?.name.clone())
    });
    let giver = staff.map(|staff| staff.full_name.clone()).unwrap_or_default();
    let agency = staff.map_or(&dossier.receiving_agency, |staff| &staff.agency);
    (agency.clone(), [giving.unwrap_or_else(section), giver, unit, name])
}

/// Unit and name of who holds the dossier; the agency when it is no unit.
fn holder(world: &World, dossier: &Dossier) -> [String; 2] {
    let Holder { unit, user } = &dossier.holder;
    let agency = world.agency(&dossier.competent_agency);
    let unit = unit.as_ref().and_then(|unit| agency?.unit(unit)).map(|unit| unit.name.clone());
    let name = user.as_ref().and_then(|user| world.staff(user)).map(|s| s.full_name.clone());
    let unit = unit.or_else(|| agency.map(|agency| agency.name.clone()));
    [unit.unwrap_or_default(), name.unwrap_or_default()]
}

/// What goes along with the dossier: its papers, or its result.
fn carried(dossier: &Dossier, deed: Deed) -> String {
    if deed == Deed::ResultHandOver {
        return facts::result(dossier).unwrap_or_default();
    }
    let sum = |count: fn(&Paper) -> u32, message: Message| {
        let sum: u32 = dossier.components.iter().map(count).sum();
        (sum > 0).then(|| message.fill(Lang::Vi, &[("n", &format!("{sum:02}"))]))
    };
    let originals = sum(|paper| paper.originals, words::ORIGINALS);
    let copies = sum(|paper| paper.copies, words::COPIES);
    let papers: Vec<String> = originals.into_iter().chain(copies).collect();
    if papers.is_empty() { words::NO_PAPERS.vi.to_owned() } else { papers.join(", ") }
}
