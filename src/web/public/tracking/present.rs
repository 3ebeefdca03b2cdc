//! What happens now, by whom, until when, and what the applicant does: a row for every status.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::domain::calendar::local;
use crate::domain::calendar::words::{date_long, day_long};
use crate::domain::catalogue::Channel;
use crate::domain::deadline::{Deadline, Remaining, remaining};
use crate::domain::dossier::{
    Action, Directory, Dossier, Event, Stage, Status, answer_duration, clock_agency, explain,
    run_of,
};
use crate::domain::ids::ComponentId;
use crate::domain::process::Run;
use crate::domain::words::{Lang, Message};
use crate::office::tracking::Happened;
use crate::office::world::World;
use crate::web::process::present;
use crate::web::public::page::money;
use crate::web::words::{fees as fee_words, public_tracking as words};

/// What is known of a dossier beside itself.
pub(super) struct View<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// What happened to it, oldest first.
    pub history: &'a [Happened],
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

    /// The calculation of the date that runs now, or of what remains of it; none when nothing runs.
    pub(super) fn deadline(&self) -> Option<Deadline> {
        let dossier = self.dossier;
        let calendar = self.world.calendar(clock_agency(dossier));
        let rules = self.world.rules(&dossier.rule_pack);
        let deadline = explain(dossier, calendar, rules).ok().flatten();
        // While a supplement is awaited no answer is due: the section has its hours anew after it.
        deadline.filter(|d| d.due_at.is_some() || !dossier.is_before_reception())
    }

    /// How late it is: the promised date has passed.
    pub(super) fn late(&self) -> Option<Remaining> {
        let dossier = self.dossier;
        let calendar = self.world.calendar(clock_agency(dossier));
        let left = remaining(calendar, dossier.clock.due_at?, self.now);
        matches!(left, Remaining::Overdue(_)).then_some(left)
    }

    /// Where it stands in its process.
    pub(super) fn run(&self) -> Option<Run> {
        let history = self.history.iter().map(|happened| (happened.at, &happened.event));
        run_of(self.dossier, history, self.world)
    }

    /// The number of the present step, how many there are, and what it is.
    fn step(&self) -> Option<(usize, usize, String)> {
        present(self.lang, &self.run()?)
    }

    /// Whether the applicant fetches the result by downloading it.
    fn downloads(&self) -> bool {
        let dossier = self.dossier;
        let online = dossier.return_channel == Channel::Online;
        online && dossier.attachments.iter().any(|file| file.is_result)
    }

    /// Whether the result still lies at the unit that settled the dossier.
    fn is_at_unit(&self) -> bool {
        let at_section = self.dossier.outcome.as_ref().is_some_and(|outcome| outcome.at_section);
        !at_section && !self.downloads()
    }

    /// Whether the applicant ended it.
    fn is_withdrawn(&self) -> bool {
        let mut ends = self.history.iter().rev().map(|happened| &happened.event);
        let ended = ends.find(|event| {
            matches!(
                event,
                Event::Stopped { .. }
                    | Event::Voided { .. }
                    | Event::WithdrawalApproved
                    | Event::WithdrawalRequested { .. }
            )
        });
        matches!(ended, Some(Event::WithdrawalApproved | Event::WithdrawalRequested { .. }))
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
            Status::Processing if self.step().is_some() => {
                let (n, all, step) = self.step().unwrap_or_default();
                let values = [
                    ("unit", self.unit()),
                    ("n", n.to_string()),
                    ("all", all.to_string()),
                    ("step", step),
                ];
                let values = values.each_ref().map(|(name, v)| (*name, v.as_str()));
                words::NOW_4_STEP.fill(lang, &values)
            }
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
            Status::SupplementRequired => words::NOW_5.fill(lang, &[("what", &self.missing())]),
            Status::PaymentRequired => {
                let names: Vec<&str> =
                    dossier.open_fees().map(|fee| fee.line.name.as_str()).collect();
                let amount = money(dossier.unpaid());
                words::NOW_6.fill(lang, &[("what", &names.join(", ")), ("amount", &amount)])
            }
            Status::WithdrawalRequested => words::NOW_7.say(lang).to_owned(),
            Status::Stopped if self.is_withdrawn() => words::NOW_8_ASKED.say(lang).to_owned(),
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

    /// What is missing, counted: "2 giấy tờ và 1 nội dung".
    fn missing(&self) -> String {
        let items = self.dossier.supplement.iter().flat_map(|supplement| &supplement.items);
        let (papers, others): (Vec<_>, Vec<_>) = items.partition(|item| item.component.is_some());
        let count = |n: usize, one: Message, many: Message| {
            let message = if n == 1 { one } else { many };
            (n > 0).then(|| message.fill(self.lang, &[("n", &n.to_string())]))
        };
        let parts = [
            count(papers.len(), words::PAPERS_ONE, words::PAPERS_MANY),
            count(others.len(), words::OTHERS_ONE, words::OTHERS_MANY),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(words::AND.say(self.lang))
    }

    /// The papers that the applicant has said to bring.
    fn promised(&self) -> Vec<String> {
        let asked = self.dossier.supplement.iter().filter(|supplement| supplement.is_promised);
        asked
            .flat_map(|supplement| &supplement.items)
            .filter_map(|item| paper_name(self.world, self.dossier, item.component.as_ref()?))
            .collect()
    }

    fn is_refused(&self) -> bool {
        self.dossier.outcome.as_ref().is_some_and(|outcome| !outcome.favourable)
    }

    /// Who has it; nobody any more once it has ended.
    pub(super) fn who(&self) -> Option<String> {
        match self.dossier.status {
            Status::Finished if self.is_at_unit() => Some(self.unit()),
            Status::Registered | Status::Finished => Some(self.section()),
            Status::SupplementRequired | Status::PaymentRequired => {
                Some(words::YOURSELF.say(self.lang).to_owned())
            }
            Status::NotReceived | Status::Stopped | Status::ResultReturned => None,
            Status::Received | Status::Processing | Status::WithdrawalRequested => {
                Some(self.unit())
            }
        }
    }

    /// Until when.
    pub(super) fn until(&self) -> Vec<String> {
        let (dossier, lang) = (self.dossier, self.lang);
        match dossier.status {
            Status::Registered => {
                let mut lines = vec![self.due(words::ANSWER_BEFORE)];
                lines.extend(
                    self.late().map(|late| words::LATE.fill(lang, &[("late", &late.say(lang))])),
                );
                lines
            }
            Status::Received | Status::Processing => self.due_or_late(),
            Status::SupplementRequired => {
                let asked = dossier.supplement.as_ref().and_then(|supplement| supplement.due_at);
                let by = asked.map_or_else(
                    || words::NO_LAST_DAY.say(lang).to_owned(),
                    |at| date_long(at, lang),
                );
                vec![by, self.paused()]
            }
            Status::PaymentRequired => vec![self.paused()],
            Status::WithdrawalRequested => vec![words::PAUSED_7.say(lang).to_owned()],
            Status::Finished => vec![self.result_from()],
            Status::NotReceived | Status::Stopped | Status::ResultReturned => {
                let ended = dossier.returned_at.or(dossier.ended_at);
                let day = local(ended.unwrap_or(dossier.submitted_at)).date();
                vec![day_long(day, lang)]
            }
        }
    }

    /// From when the result can be fetched: once the section has it, when it next is open.
    fn result_from(&self) -> String {
        let (dossier, lang) = (self.dossier, self.lang);
        let ended = dossier.ended_at.unwrap_or(dossier.submitted_at);
        if self.downloads() {
            let day = local(ended).date();
            return words::FROM_ONLINE.fill(lang, &[("day", &day_long(day, lang))]);
        }
        if self.is_at_unit() {
            return words::ON_ITS_WAY.fill(lang, &[("section", &self.section())]);
        }
        let arrived = self.history.iter().rev().find(|h| h.event == Event::ResultReceived);
        let arrived = arrived.map_or(ended, |happened| happened.at);
        let calendar = self.world.calendar(&dossier.receiving_agency);
        let day = calendar.receipt_day(arrived).unwrap_or_else(|| local(arrived).date());
        words::FROM.fill(lang, &[("day", &day_long(day, lang))])
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
        let when = date_long(due, lang);
        match self.late() {
            None if dossier.clock.extended_to.is_some() => {
                vec![words::LATE_NEW_DATE.fill(lang, &[("when", &when)])]
            }
            None => vec![self.due(words::DUE)],
            Some(late) => {
                let late = words::LATE_NO_DATE.fill(lang, &[("late", &late.say(lang))]);
                vec![self.due(words::DUE), late]
            }
        }
    }

    fn paused(&self) -> String {
        let (dossier, lang) = (self.dossier, self.lang);
        if dossier.is_before_reception() {
            let hours = answer_duration(self.world.rules(&dossier.rule_pack)).amount;
            return words::PAUSED_ANSWER.fill(lang, &[("n", &hours.to_string())]);
        }
        let left = self.deadline().and_then(|deadline| deadline.remaining);
        match left {
            // The words of what remains begin with "tạm dừng" themselves.
            Some(left) => {
                let words_ = left.say(lang);
                let left = words_.split_once(", ").map_or(words_.as_str(), |(_, rest)| rest);
                words::PAUSED.fill(lang, &[("left", left)])
            }
            None => words::PAUSED_PLAIN.say(lang).to_owned(),
        }
    }

    /// What the applicant does.
    pub(super) fn you(&self) -> Markup {
        let (dossier, lang) = (self.dossier, self.lang);
        let plain = |message: Message| html! { (message.say(lang)) };
        let payable = dossier.unpaid() > 0 && dossier.status != Status::PaymentRequired;
        if payable && Action::DeclareTransfer.from().contains(&dossier.status) {
            return self.to_payment();
        }
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
                @let promised = self.promised();
                @if !promised.is_empty() {
                    p { (words::DO_BRING.fill(lang, &[("papers", &promised.join("; "))])) }
                }
                @let label = if promised.is_empty() { words::DO_SUPPLEMENT } else { words::OR_SUPPLEMENT };
                a href={ "/tra-cuu/" (dossier.code) "/bo-sung" } { (label.say(lang)) }
                @if dossier.supplement.as_ref().is_some_and(|s| s.due_at.is_some()) {
                    p.hint { (words::MAY_STOP.say(lang)) }
                }
            },
            Status::PaymentRequired => self.to_payment(),
            Status::Stopped => plain(words::DO_TAKE_BACK),
            Status::Finished => match dossier.return_channel {
                Channel::Post => plain(words::DO_WAIT_POST),
                _ if self.downloads() => plain(words::DO_DOWNLOAD),
                _ if self.is_at_unit() => plain(words::DO_WAIT_RESULT),
                Channel::Counter | Channel::Online => plain(words::DO_FETCH),
            },
            Status::ResultReturned => html! { a href="/danh-gia" { (words::DO_RATE.say(lang)) } },
        }
    }
}

impl View<'_> {
    /// The way to the payment page, or that the bank is waited for.
    fn to_payment(&self) -> Markup {
        let (dossier, lang) = (self.dossier, self.lang);
        let label = match dossier.declared {
            Some(_) => fee_words::PAY_WAITING.say(lang).to_owned(),
            None => words::TO_PAY_AMOUNT.fill(lang, &[("amount", &money(dossier.unpaid()))]),
        };
        html! { a href={ "/tra-cuu/" (dossier.code) "/thanh-toan" } { (label) } }
    }
}

/// What a paper is called: as it was handed in, else in the catalogue.
pub(super) fn paper_name(
    world: &World,
    dossier: &Dossier,
    component: &ComponentId,
) -> Option<String> {
    let handed_in = dossier.paper(component).map(|paper| paper.name.clone());
    handed_in.or_else(|| {
        let at = dossier.received_at.unwrap_or(Timestamp::MAX);
        let procedure = world.procedure_at(&dossier.procedure, at)?;
        procedure.component(component.as_str()).map(|component| component.name.clone())
    })
}
