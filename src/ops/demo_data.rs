//! The demo's agencies, staff, procedures and people, from `assets/demo`, as domain values.

use jiff::civil::Date;
use serde::Deserialize;

use crate::domain::agency::{Agency, Role, Staff, Unit};
use crate::domain::dossier::linking::{Carried, Decides, Follower, Opens, Source};
use crate::domain::identity::Sex;
use crate::domain::ids::{AgencyCode, ComponentId, ProcedureCode, UnitCode, UserName};
use crate::domain::person::Person;
use crate::office::catalogue::{self, Stored, wire};
use crate::office::forms::Tests;
use crate::office::processes::wire::StepRow;
use crate::office::processes::{Draft, Whose};

/// Everything that a demo folder begins with.
#[derive(Clone, Debug)]
pub struct DemoData {
    /// Two communes and one department.
    pub agencies: Vec<Agency>,
    /// Accounts of every role; their passwords are the caller's.
    pub staff: Vec<Staff>,
    /// Procedures, ready to be stored.
    pub procedures: Vec<Stored>,
    /// Processes of some procedures, to be published.
    pub processes: Vec<Draft>,
    /// What follows which procedure.
    pub linked: Vec<(ProcedureCode, Vec<Follower>)>,
    /// Invented applicants.
    pub people: Vec<Applicant>,
}

/// An invented applicant.
#[derive(Clone, Debug)]
pub struct Applicant {
    /// Who it is; identity number, birth date, phone and address are always there.
    pub person: Person,
    /// For forms that ask for it.
    pub sex: Sex,
}

/// The demo's data files contradict their format; a test shows that the shipped ones do not.
#[derive(Debug, thiserror::Error)]
pub enum BadDemoData {
    /// A file is no JSON of the expected shape.
    #[error("demo data: {0}")]
    Json(#[from] serde_json::Error),
    /// A catalogue row cannot be used, or a name stands for nothing.
    #[error("demo data: {0}")]
    Content(String),
}

const AGENCIES: &str = include_str!("../../assets/demo/agencies.json");
const STAFF: &str = include_str!("../../assets/demo/staff.json");
const PEOPLE: &str = include_str!("../../assets/demo/people.json");
const PROCESSES: &str = include_str!("../../assets/demo/processes.json");
const LINKED: &str = include_str!("../../assets/demo/linked.json");
const PROCEDURES: &str = include_str!("../../assets/demo/procedures.jsonl");

/// Reads the shipped data.
///
/// # Errors
/// [`BadDemoData`] when a file was edited into something else than its format.
pub fn load() -> Result<DemoData, BadDemoData> {
    let agencies: Vec<WireAgency> = serde_json::from_str(AGENCIES)?;
    let staff: Vec<WireStaff> = serde_json::from_str(STAFF)?;
    let people: Vec<WirePerson> = serde_json::from_str(PEOPLE)?;
    let processes: Vec<WireProcess> = serde_json::from_str(PROCESSES)?;
    let linked: Vec<WireLeading> = serde_json::from_str(LINKED)?;
    Ok(DemoData {
        agencies: agencies.into_iter().map(WireAgency::agency).collect::<Result<_, _>>()?,
        staff: staff.into_iter().map(WireStaff::staff).collect::<Result<_, _>>()?,
        procedures: procedures()?,
        processes: processes.into_iter().map(WireProcess::draft).collect(),
        linked: linked.into_iter().map(WireLeading::followers).collect::<Result<_, _>>()?,
        people: people.into_iter().map(WirePerson::applicant).collect(),
    })
}

fn procedures() -> Result<Vec<Stored>, BadDemoData> {
    let parsed = catalogue::parse("procedures.jsonl", PROCEDURES.as_bytes())
        .map_err(|refusal| BadDemoData::Content(refusal.text.en))?;
    let plan = catalogue::plan(|_| None, parsed);
    match plan.report.rejected.first().or(plan.report.remarks.first()) {
        Some(bad) => Err(BadDemoData::Content(format!("line {}: {}", bad.row, bad.reason.en))),
        None => Ok(plan.writes),
    }
}

#[derive(Deserialize)]
struct WireProcess {
    procedure: String,
    agency: Option<String>,
    steps: Vec<StepRow>,
}

impl WireProcess {
    fn draft(self) -> Draft {
        let procedure = ProcedureCode::new(self.procedure);
        let whose = Whose { procedure, agency: self.agency.map(AgencyCode::new) };
        Draft { whose, steps: self.steps, seen: Some(0), tests: Tests::Hold }
    }
}

#[derive(Deserialize)]
struct WireAgency {
    code: String,
    name: String,
    superior: String,
    place: String,
    level: String,
    one_stop: String,
    address: String,
    phone: String,
    units: Vec<WireUnit>,
}

#[derive(Deserialize)]
struct WireUnit {
    code: String,
    name: String,
}

impl WireAgency {
    fn agency(self) -> Result<Agency, BadDemoData> {
        let level = wire::level(&self.level);
        let unit = |unit: WireUnit| Unit { code: UnitCode::new(unit.code), name: unit.name };
        Ok(Agency {
            code: AgencyCode::new(self.code),
            name: self.name,
            superior: self.superior,
            place: self.place,
            level: level.ok_or(BadDemoData::Content(format!("level {}", self.level)))?,
            one_stop: self.one_stop,
            address: self.address,
            phone: self.phone,
            units: self.units.into_iter().map(unit).collect(),
        })
    }
}

#[derive(Deserialize)]
struct WireLeading {
    procedure: String,
    followers: Vec<WireFollower>,
}

#[derive(Deserialize)]
struct WireFollower {
    procedure: String,
    agency: String,
    opens: String,
    papers: Vec<(String, String)>,
    answers: Vec<(String, String)>,
}

impl WireLeading {
    fn followers(self) -> Result<(ProcedureCode, Vec<Follower>), BadDemoData> {
        let followers = self.followers.into_iter().map(WireFollower::follower);
        Ok((ProcedureCode::new(self.procedure), followers.collect::<Result<_, _>>()?))
    }
}

impl WireFollower {
    fn follower(self) -> Result<Follower, BadDemoData> {
        let opens = Opens::from_id(&self.opens);
        let papers = self
            .papers
            .into_iter()
            .map(|(from, to)| Carried { from: Source::from_id(&from), to: ComponentId::new(to) });
        Ok(Follower {
            procedure: ProcedureCode::new(self.procedure),
            decides: Decides::from_id(&self.agency),
            opens: opens.ok_or_else(|| BadDemoData::Content(format!("opens {}", self.opens)))?,
            papers: papers.collect(),
            answers: self.answers,
        })
    }
}

#[derive(Deserialize)]
struct WireStaff {
    name: String,
    full_name: String,
    roles: Vec<String>,
    agency: String,
    unit: Option<String>,
    enabled: bool,
}

impl WireStaff {
    fn staff(self) -> Result<Staff, BadDemoData> {
        let role = |id: &String| {
            Role::from_id(id).ok_or_else(|| BadDemoData::Content(format!("role {id}")))
        };
        Ok(Staff {
            name: UserName::new(self.name),
            full_name: self.full_name,
            roles: self.roles.iter().map(role).collect::<Result<_, _>>()?,
            agency: AgencyCode::new(self.agency),
            unit: self.unit.map(UnitCode::new),
            enabled: self.enabled,
            stands_in_for: None,
        })
    }
}

#[derive(Deserialize)]
struct WirePerson {
    name: String,
    id_number: String,
    birth_date: Date,
    sex: WireSex,
    phone: String,
    email: Option<String>,
    address: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum WireSex {
    Male,
    Female,
}

impl WirePerson {
    fn applicant(self) -> Applicant {
        let person = Person {
            name: self.name,
            id_number: Some(self.id_number),
            birth_date: Some(self.birth_date),
            phone: Some(self.phone),
            email: self.email,
            address: Some(self.address),
        };
        let sex = match self.sex {
            WireSex::Male => Sex::Male,
            WireSex::Female => Sex::Female,
        };
        Applicant { person, sex }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Applicant, DemoData, Role, Stored, load, wire};
    use crate::domain::catalogue::{DurationUnit, Level};
    use crate::domain::identity::{self, IdentityNumber};

    fn data() -> DemoData {
        load().expect("the shipped data")
    }

    #[test]
    fn every_procedure_can_be_opened_at_once() {
        let procedures = data().procedures;
        assert!(procedures.len() >= 45, "{}", procedures.len());
        let mut units = HashSet::new();
        for Stored { procedure: p, .. } in &procedures {
            assert!(!p.submission.is_empty() && !p.components.is_empty(), "{}", p.code);
            for way in &p.submission {
                assert!(way.duration.is_some() && way.unit.is_some(), "{}", p.code);
                assert!(way.fee_vnd.is_some() && !way.fee_text.is_empty(), "{}", p.code);
                units.insert(way.unit.map(wire::unit_id));
            }
            assert!(!p.steps.is_empty() && !p.agency.is_empty() && !p.field.is_empty());
            assert!(!p.results.is_empty() && !p.legal_basis.is_empty(), "{}", p.code);
            assert!(!p.levels.is_empty(), "{}", p.code);
            for paper in p.components.iter().filter(|paper| paper.mandatory) {
                assert!(paper.originals + paper.copies > 0, "{}: {}", p.code, paper.name);
            }
        }
        for unit in [DurationUnit::SameDay, DurationUnit::WorkingHour, DurationUnit::WorkingDay] {
            assert!(units.contains(&Some(wire::unit_id(unit))), "{unit:?}");
        }
        let fields: HashSet<_> = procedures.iter().map(|s| s.procedure.field.as_str()).collect();
        assert!(fields.len() >= 8, "{fields:?}");
        assert!(procedures.iter().any(|s| s.procedure.levels == [Level::Province]));
    }

    #[test]
    fn no_text_breaks_the_rules_of_style() {
        for Stored { procedure: p, .. } in &data().procedures {
            let text = format!("{:?}", p).to_lowercase();
            assert!(!text.contains("vui lòng") && !text.contains('!'), "{}", p.code);
        }
    }

    #[test]
    fn staff_stand_at_real_units_and_every_commune_has_every_role() {
        let data = data();
        let mut names = HashSet::new();
        for staff in &data.staff {
            assert!(names.insert(staff.name.clone()), "{} twice", staff.name);
            let agency = data.agencies.iter().find(|agency| agency.code == staff.agency);
            let agency = agency.unwrap_or_else(|| panic!("{}: {}", staff.name, staff.agency));
            if let Some(unit) = &staff.unit {
                assert!(agency.unit(unit).is_some(), "{}: {unit}", staff.name);
            }
        }
        for agency in data.agencies.iter().filter(|agency| agency.level == Level::Commune) {
            for role in Role::ALL {
                let has = data.staff.iter().any(|s| s.agency == agency.code && s.is(role));
                assert!(has, "{}: no {}", agency.code, role.id());
            }
        }
        assert_eq!(data.agencies.len(), 3);
    }

    #[test]
    fn people_are_plausible_and_distinct() {
        let people = data().people;
        assert!(people.len() >= 60);
        let mut numbers = HashSet::new();
        for Applicant { person, sex } in &people {
            let number = person.id_number.as_deref().expect("a number");
            assert!(numbers.insert(number.to_owned()), "{number} twice");
            let parsed = IdentityNumber::parse(number).expect("well formed");
            assert!(parsed.warnings(person.birth_date, Some(*sex)).is_empty(), "{number}");
            let phone = person.phone.as_deref().expect("a phone");
            assert_eq!(identity::phone(phone).as_deref(), Ok(phone));
            if let Some(email) = person.email.as_deref() {
                assert_eq!(identity::email(email).as_deref(), Ok(email));
            }
            assert!(person.address.as_ref().is_some_and(|address| address.contains("Ninh Bình")));
        }
    }
}
