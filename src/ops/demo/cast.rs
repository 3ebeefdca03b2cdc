//! Who plays in the demo's stories: agencies with their desks, procedures, applicants.

use crate::domain::agency::{Agency, Role, Staff};
use crate::domain::catalogue::{Channel, DurationUnit, Level, Procedure};
use crate::domain::dossier::published;
use crate::domain::ids::AgencyCode;
use crate::domain::person::Person;
use crate::ops::demo_data::DemoData;

use super::stories::{Clock, Ending, Story};

/// The procedure whose process has two consultations side by side and a step that may be left out.
pub(super) const LAND: &str = "1.013978";

/// The whole cast.
pub(super) struct Cast<'a> {
    pub data: &'a DemoData,
}

impl<'a> Cast<'a> {
    /// The agencies of a level.
    pub fn agencies(&self, level: Level) -> Vec<&'a Agency> {
        self.data.agencies.iter().filter(|agency| agency.level == level).collect()
    }

    /// An account with a role at an agency; in the unit that fits the field, if there is one.
    pub fn staff(&self, role: Role, agency: &AgencyCode, field: &str) -> Option<&'a Staff> {
        let at_agency =
            || self.data.staff.iter().filter(|staff| staff.agency == *agency && staff.is(role));
        let unit = unit_of(field);
        let in_unit =
            |staff: &&Staff| staff.unit.as_ref().is_some_and(|code| code.as_str() == unit);
        at_agency().find(in_unit).or_else(|| at_agency().next())
    }

    /// Somebody else to ask: a processor of another unit of the same agency.
    pub fn consulted(&self, agency: &AgencyCode, asking: &Staff) -> Option<&'a Staff> {
        self.data.staff.iter().find(|staff| {
            staff.agency == *agency && staff.is(Role::Processor) && staff.unit != asking.unit
        })
    }

    /// A processor of a unit.
    pub fn of_unit(&self, agency: &AgencyCode, unit: &str) -> Option<&'a Staff> {
        let in_unit = |staff: &&Staff| staff.unit.as_ref().is_some_and(|u| u.as_str() == unit);
        let all = self.data.staff.iter();
        all.filter(|s| s.agency == *agency && s.is(Role::Processor)).find(in_unit)
    }

    /// A procedure of a level whose duration lets a story stand as its clock says; one about land
    /// when the story has the tax on it to be paid.
    pub fn procedure(
        &self,
        level: Level,
        story: &Story,
        turn: usize,
    ) -> Option<(&'a Procedure, u32)> {
        let owes = story.ending == Ending::PaymentRequired;
        let follows = story.ending.follows_process();
        let fits = |days: u32| match story.clock {
            Clock::OnTime => (4..=30).contains(&days),
            Clock::DueSoon => (2..=5).contains(&days),
            Clock::Overdue | Clock::Past(_) => (1..=10).contains(&days),
        };
        let suitable: Vec<(&'a Procedure, u32)> = self
            .data
            .procedures
            .iter()
            .map(|stored| &stored.procedure)
            .filter(|procedure| procedure.levels == [level])
            .filter(|procedure| !owes || procedure.field == "Đất đai")
            .filter(|procedure| !follows || procedure.code.as_str() == LAND)
            .filter(|procedure| {
                story.channel != Channel::Online || procedure.takes(Channel::Online)
            })
            .filter_map(|procedure| {
                let duration = published(procedure, Channel::Counter)?;
                let days = Some(duration.amount)
                    .filter(|_| duration.unit == DurationUnit::WorkingDay)
                    .filter(|days| follows || fits(*days));
                days.map(|days| (procedure, days))
            })
            .collect();
        // A step that shares no factor with most counts visits them all.
        (!suitable.is_empty()).then(|| suitable[turn * 7 % suitable.len()])
    }

    /// An applicant.
    pub fn person(&self, turn: usize) -> Person {
        let people = &self.data.people;
        people.get(turn % people.len().max(1)).map(|one| one.person.clone()).unwrap_or_default()
    }
}

/// The unit of a commune that works on a field.
fn unit_of(field: &str) -> &'static str {
    match field {
        "Đăng ký, quản lý cư trú" => "cong-an",
        "Thành lập và hoạt động của hộ kinh doanh" => "kinh-te",
        "Đất đai" | "Hoạt động xây dựng" => "dia-chinh-xay-dung",
        "Bảo trợ xã hội" | "Giảm nghèo" | "Tổ chức cai nghiện ma túy và quản lý sau cai nghiện" => {
            "van-hoa-xa-hoi"
        }
        "Quốc tịch" => "hanh-chinh-tu-phap",
        _ => "tu-phap-ho-tich",
    }
}
