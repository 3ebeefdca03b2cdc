//! What happens now, by whom, until when, and what the applicant does: a row for every status.

use maud::{Markup, html};

use crate::domain::calendar::local;
use crate::domain::calendar::words::{date_long, day_long};
use crate::domain::catalogue::Channel;
use crate::domain::deadline::{Deadline, Remaining, remaining};
use crate::domain::dossier::{Directory, Dossier, Stage, Status, clock_agency, explain};
use crate::domain::words::{Lang, Message};
use crate::office::world::World;
use crate::web::public::page::money;
use crate::web::words::public_tracking as words;

/// What is known of a dossier beside itself.
pub(super) struct View<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// The picture of the world.
    pub world: &'a World,
    /// The present instant.
    pub now: jiff::Timestamp,
    /// The language.
    pub lang: Lang,
}

impl View<'_> {
    /// The one-stop section that took it in.
    pub(super) fn section(&self) -> String {
        let agency = self.world.agency(&self.dossier.receiving_agency);
        agency.map(|agency| agency.one_stop.clone()).unwrap_or_default()
    }

    /// The unit that settles it, else the agency; never a person.
    pub(super) fn unit(&self) -> String {
        let Some(agency) = self.world.agency(&self.dossier.competent_agency) else {
            return String::new();
        };
        let unit = self.dossier.holder.unit.as_ref().and_then(|code| agency.unit(code));
        match unit {
            Some(unit) => format!("{}, {}", unit.name, agency.name),
            None => agency.name.clone(),
        }
    }

    /// The calculation of the date that runs now; none when nothing runs.
    pub(super) fn deadline(&self) -> Option<Deadline> {
        let calendar = self.world.calendar(clock_agency(self.dossier));
        let rules = self.world.rules(&self.dossier.rule_pack);
        explain(self.dossier, calendar, rules).ok().flatten()
    }

    /// One sentence: what happens now.
    pub(super) fn sentence(&self) -> String {
        let (dossier, lang) = (self.dossier, self.lang);
        let because = |message: Message| {
            message.fill(lang, &[("reason", dossier.reason.as_deref().unwrap_or("–"))])
        };
        match dossier.status {
            Status::Registered => words::NOW_1.say(lang).to_owned(),
            Status::Received => words::NOW_2.say(lang).to_owned(),
            Status::NotReceived => because(words::NOW_3),
            Status::Processing => {
                let stage = match dossier.stage {
                    Stage::Work => words::STAGE_1,
                    Stage::AwaitingApproval => words::STAGE_2,
                    Stage::Approved => words::STAGE_3,
                    Stage::Numbered => words::STAGE_4,
                };
                let values = [("unit", self.unit()), ("stage", stage.say(lang).to_owned())];
                words::NOW_4.fill(lang, &values.each_ref().map(|(name, v)| (*name, v.as_str())))
            }
            Status::SupplementRequired => {
                let items = dossier.supplement.as_ref().map_or(0, |s| s.items.len());
                words::NOW_5.fill(lang, &[("n", &items.to_string())])
            }
            Status::PaymentRequired => {
                let unpaid = dossier.fees.iter().filter(|fee| fee.paid.is_none());
                let names: Vec<&str> = unpaid.map(|fee| fee.line.name.as_str()).collect();
                let amount = money(dossier.unpaid());
                words::NOW_6.fill(lang, &[("what", &names.join(", ")), ("amount", &amount)])
            }
            Status::WithdrawalRequested => words::NOW_7.say(lang).to_owned(),
            Status::Stopped if dossier.reason.is_none() => words::NOW_8_PLAIN.say(lang).to_owned(),
            Status::Stopped => because(words::NOW_8),
            Status::Finished if self.is_refused() => words::NOW_9_REFUSED.say(lang).to_owned(),
            Status::Finished => words::NOW_9.say(lang).to_owned(),
            Status::ResultReturned => {
                let how = match dossier.delivery.as_ref().map(|delivery| delivery.channel) {
                    Some(Channel::Online) => words::HOW_ONLINE,
                    Some(Channel::Post) => words::HOW_POST,
                    Some(Channel::Counter) | None => words::HOW_COUNTER,
                };
                words::NOW_10.fill(lang, &[("how", how.say(lang))])
            }
        }
    }

    fn is_refused(&self) -> bool {
        self.dossier.outcome.as_ref().is_some_and(|outcome| !outcome.favourable)
    }

    /// Who has it.
    pub(super) fn who(&self) -> String {
        match self.dossier.status {
            Status::Registered | Status::Finished => self.section(),
            Status::SupplementRequired | Status::PaymentRequired => {
                words::YOURSELF.say(self.lang).to_owned()
            }
            Status::NotReceived | Status::Stopped | Status::ResultReturned => self.section(),
            Status::Received | Status::Processing | Status::WithdrawalRequested => self.unit(),
        }
    }

    /// Until when.
    pub(super) fn until(&self) -> Vec<String> {
        let (dossier, lang) = (self.dossier, self.lang);
        match dossier.status {
            Status::Registered => vec![self.due(words::ANSWER_BEFORE)],
            Status::Received | Status::Processing => self.due_or_late(),
            Status::SupplementRequired | Status::PaymentRequired => {
                let asked = dossier.supplement.as_ref().and_then(|supplement| supplement.due_at);
                let mut lines: Vec<String> =
                    asked.into_iter().map(|at| date_long(at, lang)).collect();
                lines.push(self.paused());
                lines
            }
            Status::WithdrawalRequested => vec![words::PAUSED_7.say(lang).to_owned()],
            Status::Finished => {
                let from = dossier.ended_at.unwrap_or(dossier.submitted_at);
                vec![words::FROM.fill(lang, &[("day", &day_long(local(from).date(), lang))])]
            }
            Status::NotReceived | Status::Stopped | Status::ResultReturned => {
                let ended = dossier.returned_at.or(dossier.ended_at);
                let day = local(ended.unwrap_or(dossier.submitted_at)).date();
                vec![words::ENDED_ON.fill(lang, &[("day", &day_long(day, lang))])]
            }
        }
    }

    fn due(&self, message: Message) -> String {
        match self.dossier.clock.due_at {
            Some(at) => message.fill(self.lang, &[("when", &date_long(at, self.lang))]),
            None => words::NO_DATE.say(self.lang).to_owned(),
        }
    }

    fn due_or_late(&self) -> Vec<String> {
        let (dossier, lang) = (self.dossier, self.lang);
        let Some(due) = dossier.clock.due_at else {
            return vec![words::NO_DATE.say(lang).to_owned()];
        };
        if dossier.clock.extended_to.is_some() && self.now <= due {
            return vec![words::LATE_NEW_DATE.fill(lang, &[("when", &date_long(due, lang))])];
        }
        let mut lines = vec![self.due(words::DUE)];
        let calendar = self.world.calendar(&dossier.competent_agency);
        if let late @ Remaining::Overdue(_) = remaining(calendar, due, self.now) {
            lines.push(words::LATE.fill(lang, &[("late", &late.say(lang))]));
        }
        lines
    }

    fn paused(&self) -> String {
        let left = self.deadline().and_then(|deadline| deadline.remaining);
        match left {
            // The words of what remains begin with "tạm dừng" themselves.
            Some(left) => {
                let words_ = left.say(self.lang);
                let left = words_.split_once(", ").map_or(words_.as_str(), |(_, rest)| rest);
                words::PAUSED.fill(self.lang, &[("left", left)])
            }
            None => words::PAUSED_PLAIN.say(self.lang).to_owned(),
        }
    }

    /// What the applicant does.
    pub(super) fn you(&self) -> Markup {
        let (dossier, lang) = (self.dossier, self.lang);
        let plain = |message: Message| html! { (message.say(lang)) };
        match dossier.status {
            Status::Registered => {
                let papers = dossier.components.iter().filter(|p| p.on_paper && !p.checked);
                let papers: Vec<&str> = papers.map(|paper| paper.name.as_str()).collect();
                if papers.is_empty() {
                    return plain(words::DO_NOTHING);
                }
                html! { (words::DO_BRING.fill(lang, &[("papers", &papers.join("; "))])) }
            }
            Status::Received => plain(words::DO_KEEP),
            Status::NotReceived => plain(words::DO_AGAIN),
            Status::Processing | Status::WithdrawalRequested => plain(words::DO_NOTHING),
            Status::SupplementRequired => html! {
                a href={ "/tra-cuu/" (dossier.code) "/bo-sung" } { (words::DO_SUPPLEMENT.say(lang)) }
                @if dossier.supplement.as_ref().is_some_and(|s| s.due_at.is_some()) {
                    p.hint { (words::MAY_STOP.say(lang)) }
                }
            },
            Status::PaymentRequired => plain(words::DO_PAY),
            Status::Stopped => plain(words::DO_TAKE_BACK),
            Status::Finished => {
                let files = dossier.attachments.iter().any(|file| file.is_result);
                plain(match (files, dossier.return_channel) {
                    (true, Channel::Online) => words::DO_DOWNLOAD,
                    (_, Channel::Post) => words::DO_WAIT_POST,
                    _ => words::DO_FETCH,
                })
            }
            Status::ResultReturned => html! { a href="/danh-gia" { (words::DO_RATE.say(lang)) } },
        }
    }
}
