//! What the catalogue says of a procedure, in words.

use super::page::money;
use crate::domain::catalogue::{Channel, DurationUnit, Level, Procedure, SubmissionWay};
use crate::domain::dossier::check_way;
use crate::domain::dossier::words::NATIONAL_ONLY;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::Lang;
use crate::web::Site;
use crate::web::words::public as words;

/// How long one way takes: "3 ngày làm việc".
pub(super) fn duration(way: &SubmissionWay, lang: Lang) -> String {
    let Some(unit) = way.unit else { return words::DURATION_OPEN.say(lang).to_owned() };
    duration_in_words(way.duration, unit, lang)
}

/// A duration: "3 ngày làm việc".
pub(in crate::web) fn duration_in_words(
    amount: Option<u32>,
    unit: DurationUnit,
    lang: Lang,
) -> String {
    let n = amount.unwrap_or(0);
    let message = match (unit, n) {
        (DurationUnit::SameDay, _) => return words::SAME_DAY.say(lang).to_owned(),
        (DurationUnit::WorkingHour, 1) => words::WORKING_HOUR,
        (DurationUnit::WorkingHour, _) => words::WORKING_HOURS,
        (DurationUnit::Hour, 1) => words::HOUR,
        (DurationUnit::Hour, _) => words::HOURS,
        (DurationUnit::WorkingDay, 1) => words::WORKING_DAY,
        (DurationUnit::WorkingDay, _) => words::WORKING_DAYS,
        (DurationUnit::Day, 1) => words::DAY,
        (DurationUnit::Day, _) => words::DAYS,
        (DurationUnit::Month, 1) => words::MONTH,
        (DurationUnit::Month, _) => words::MONTHS,
    };
    message.fill(lang, &[("n", &n.to_string())])
}

/// What one way costs, short: "Miễn phí", "20.000 đồng".
pub(super) fn fee(way: &SubmissionWay, lang: Lang) -> String {
    match way.fee_vnd {
        Some(0) => words::FREE.say(lang).to_owned(),
        Some(amount) => money(amount),
        None if way.fee_text.trim().is_empty() => words::FEE_OPEN.say(lang).to_owned(),
        None if way.fee_text.chars().count() <= 60 => way.fee_text.trim().to_owned(),
        None => words::FEE_BY_CASE.say(lang).to_owned(),
    }
}

/// How the fee is made up, when the short words do not say it all.
pub(super) fn fee_details(way: &SubmissionWay, lang: Lang) -> String {
    let text = way.fee_text.trim();
    let said = text.is_empty() || text == fee(way, lang);
    if said { String::new() } else { text.to_owned() }
}

/// A way in or out.
pub(super) fn channel(channel: Channel, lang: Lang) -> &'static str {
    match channel {
        Channel::Counter => words::AT_COUNTER.say(lang),
        Channel::Online => words::ONLINE.say(lang),
        Channel::Post => words::BY_POST.say(lang),
    }
}

/// A level of government.
pub(super) fn level(level: Level, lang: Lang) -> &'static str {
    match level {
        Level::Ministry => words::LEVEL_MINISTRY.say(lang),
        Level::Province => words::LEVEL_PROVINCE.say(lang),
        Level::District => words::LEVEL_DISTRICT.say(lang),
        Level::Commune => words::LEVEL_COMMUNE.say(lang),
    }
}

/// Whether it is filed online here, or the sentence that says what to do instead.
pub(super) fn filed_online(site: &Site, procedure: &Procedure) -> Result<(), Refusal> {
    site.office.check_in_force(&procedure.code)?;
    check_way(procedure, Channel::Online)
}

/// Whether it is filed online on this portal, at one agency at least.
pub(super) fn filed_here(site: &Site, procedure: &Procedure) -> Result<(), Refusal> {
    filed_online(site, procedure)?;
    let (world, today) = (site.office.world(), site.office.today());
    let here = world.own_takers(procedure, today);
    match here.is_empty() {
        false => Ok(()),
        true if world.national_takers(procedure, today).is_empty() => {
            Err(Refusal::new(RefusalKind::Invalid, words::NOWHERE))
        }
        true => Err(Refusal::new(RefusalKind::Invalid, NATIONAL_ONLY)),
    }
}

/// The few words of a card: field, duration, fee, ways.
pub(super) fn card(site: &Site, procedure: &Procedure, lang: Lang) -> Vec<String> {
    let mut facts = vec![procedure.field.clone()];
    if let Some(way) = procedure.way(Channel::Online) {
        facts.push(duration(way, lang));
        facts.push(fee(way, lang));
    }
    if filed_online(site, procedure).is_ok() {
        facts.push(words::CAN_FILE_ONLINE.say(lang).to_owned());
    }
    facts
}
