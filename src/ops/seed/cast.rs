//! Who plays in the stories: the instance's own agencies, desks and procedures, and invented people.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::filing::PAPERS;
use super::nothing_to_file;
use super::plan::Dice;
use crate::domain::agency::{Role, Staff};
use crate::domain::catalogue::{Channel, Procedure};
use crate::domain::dossier::{Actor, Directory, Dossier, Submission, check_way};
use crate::domain::ids::{AgencyCode, UnitCode, UserName};
use crate::domain::person::Person;
use crate::office::Failure;
use crate::office::world::World;
use crate::ops::demo_data::Applicant;

/// Procedures that stories are told of, at most.
const PROCEDURES: usize = 500;

/// Where a procedure can be handed in, and who then decides.
type Ways = Vec<(AgencyCode, AgencyCode)>;

/// The cast.
pub struct Cast {
    pub(super) world: Arc<World>,
    people: Vec<Applicant>,
    procedures: Vec<(Arc<Procedure>, Ways)>,
    desks: HashMap<(AgencyCode, Role), Staff>,
    processors: HashMap<AgencyCode, Vec<Staff>>,
}

impl Cast {
    /// The cast of an instance on a day.
    ///
    /// # Errors
    /// No procedure can be filed anywhere.
    pub fn of(world: Arc<World>, day: Date, people: Vec<Applicant>) -> Result<Self, Failure> {
        let fileable = |procedure: &&Arc<Procedure>| {
            [Channel::Counter, Channel::Online].iter().all(|way| check_way(procedure, *way).is_ok())
                && world.is_in_force(&procedure.code, day)
                && !procedure.components.is_empty()
                // The stories have one dossier each.
                && world.followers(&procedure.code).is_empty()
        };
        let ways = |procedure: &Arc<Procedure>| {
            let takers = world.own_takers(procedure, day).into_iter();
            let ways: Vec<_> = takers
                .map(|taker| (taker.code.clone(), world.competent(&taker.code, procedure)))
                .collect();
            (procedure.clone(), ways)
        };
        let mut procedures: Vec<_> = world
            .procedures()
            .filter(fileable)
            // Its invented answers fit no declared form.
            .filter(|procedure| world.form_versions(&procedure.code).is_empty())
            .map(ways)
            .filter(|(_, ways)| !ways.is_empty())
            .take(PROCEDURES)
            .collect();
        // The reference dossier has three papers.
        let fits = |procedure: &Procedure| {
            let mandatory = procedure.components.iter().filter(|c| c.mandatory).count();
            procedure.components.len() >= PAPERS && mandatory <= PAPERS
        };
        if procedures.iter().any(|(procedure, _)| fits(procedure)) {
            procedures.retain(|(procedure, _)| fits(procedure));
        }
        if procedures.is_empty() || people.is_empty() {
            return Err(nothing_to_file());
        }
        let mut desks = HashMap::new();
        let mut processors: HashMap<AgencyCode, Vec<Staff>> = HashMap::new();
        for agency in world.agencies() {
            for role in Role::ALL {
                desks.insert((agency.code.clone(), role), desk(&world, role, &agency.code));
            }
            let own = world.accounts().into_iter();
            let own = own.filter(|s| s.enabled && s.agency == agency.code && s.is(Role::Processor));
            processors.insert(agency.code.clone(), own.cloned().collect());
        }
        Ok(Self { world, people, procedures, desks, processors })
    }

    /// An account with this role at the agency, or a made-up one.
    pub(super) fn desk(&self, role: Role, agency: &AgencyCode) -> Actor {
        let known = self.desks.get(&(agency.clone(), role));
        Actor::Staff(known.cloned().unwrap_or_else(|| made_up(role, agency)))
    }

    /// Who files: the applicant, or a receptionist.
    pub(super) fn filer(&self, submission: &Submission) -> Actor {
        match submission.channel {
            Channel::Online => Actor::Applicant,
            Channel::Counter | Channel::Post => {
                self.desk(Role::Receptionist, &submission.receiving_agency)
            }
        }
    }

    /// To whom a dossier is assigned: a processor, else a unit.
    pub(super) fn holder(
        &self,
        agency: &AgencyCode,
        dice: &mut Dice,
    ) -> Option<(Option<UserName>, Option<UnitCode>)> {
        let processors = self.processors.get(agency).map_or(&[][..], Vec::as_slice);
        if !processors.is_empty() {
            return Some((Some(processors[dice.below(processors.len())].name.clone()), None));
        }
        let unit = self.world.agency(agency)?.units.first()?;
        Some((None, Some(unit.code.clone())))
    }

    /// What the applicant of a dossier gets.
    pub(super) fn result_name(&self, dossier: &Dossier) -> String {
        let procedure = self.world.procedure(&dossier.procedure);
        let result = procedure.and_then(|procedure| procedure.results.first());
        result.map_or_else(|| dossier.procedure_name.clone(), |result| result.name.clone())
    }

    pub(super) fn person(&self, dice: &mut Dice) -> Person {
        self.people[dice.below(self.people.len())].person.clone()
    }

    /// A procedure, where it is handed in, and who decides.
    pub(super) fn procedure(&self, dice: &mut Dice) -> (&Procedure, &AgencyCode, &AgencyCode) {
        let (procedure, ways) = &self.procedures[dice.below(self.procedures.len())];
        let (receiving, competent) = &ways[dice.below(ways.len())];
        (procedure, receiving, competent)
    }
}

fn desk(world: &World, role: Role, agency: &AgencyCode) -> Staff {
    let known = world.accounts().into_iter();
    let mut known = known.filter(|s| s.enabled && s.agency == *agency && s.is(role));
    known.next().cloned().unwrap_or_else(|| made_up(role, agency))
}

fn made_up(role: Role, agency: &AgencyCode) -> Staff {
    Staff {
        name: UserName::from("seed"),
        full_name: "Dữ liệu mẫu".to_owned(),
        roles: vec![role],
        agency: agency.clone(),
        unit: None,
        enabled: true,
        stands_in_for: None,
    }
}
