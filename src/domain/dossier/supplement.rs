//! `supplement`: new papers come in, online or at the counter, and the clock goes on.

use super::actor::Actor;
use super::clock;
use super::decide::{Context, optional};
use super::event::Event;
use super::state::{Attachment, Dossier};
use super::words;
use crate::domain::ids::ComponentId;
use crate::domain::refusal::Refusal;

pub(super) fn decide(
    dossier: &Dossier,
    attachments: &[Attachment],
    text: Option<&str>,
    promised: &[ComponentId],
    ctx: &Context<'_>,
) -> Result<Event, Refusal> {
    let text = optional("text", text)?;
    if !promised.is_empty() {
        return promise(dossier, attachments, text, promised);
    }
    // At the counter papers may come without a file; online something must come.
    if *ctx.actor == Actor::Applicant && attachments.is_empty() && text.is_none() {
        return Err(Refusal::field("uploads", words::SUPPLEMENT_EMPTY));
    }
    let due_at = clock::due_after_pause(dossier, ctx)?;
    Ok(Event::Supplemented { attachments: attachments.to_vec(), text, due_at })
}

/// The dossier goes on once what is promised is there: until then it waits for the applicant.
fn promise(
    dossier: &Dossier,
    attachments: &[Attachment],
    text: Option<String>,
    promised: &[ComponentId],
) -> Result<Event, Refusal> {
    let asked = |id: &ComponentId| {
        let items = dossier.supplement.iter().flat_map(|supplement| &supplement.items);
        items.filter_map(|item| item.component.as_ref()).any(|component| component == id)
    };
    if let Some(position) = promised.iter().position(|id| !asked(id)) {
        let field = format!("promised[{position}]");
        return Err(Refusal::field(field, words::PROMISED_NOT_ASKED));
    }
    let (attachments, components) = (attachments.to_vec(), promised.to_vec());
    Ok(Event::SupplementPromised { attachments, text, components })
}

#[cfg(test)]
mod tests {
    use crate::domain::catalogue::Channel;
    use crate::domain::deadline::PausePolicy;
    use crate::domain::dossier::fixture::{
        Case, World, at, invalid, missing, processor, receptionist, rules, supplement,
    };
    use crate::domain::dossier::{Actor, Command, Event, Status, clock};
    use jiff::civil::date;

    fn nothing() -> Command {
        Command::Supplement { attachments: Vec::new(), text: None, promised: Vec::new() }
    }

    #[test]
    fn it_returns_to_where_it_came_from() {
        let origins = [
            (Case::online(), receptionist(), Status::Registered),
            (Case::counter(), receptionist(), Status::Received),
            (Case::processing(), processor(), Status::Processing),
        ];
        for (case, actor, status) in origins {
            let case = case.after(actor, missing()).later(1).after(Actor::Applicant, supplement());
            assert_eq!(case.dossier.status, status);
            assert_eq!(case.dossier.supplement, None);
            assert!(case.dossier.clock.due_at.is_some());
        }
    }

    #[test]
    fn what_is_promised_on_paper_is_waited_for() {
        let case = Case::online().after(receptionist(), missing());
        let asked = case.dossier.supplement.clone().unwrap();
        let component = asked.items.iter().find_map(|item| item.component.clone()).unwrap();
        let promise =
            |promised| Command::Supplement { attachments: Vec::new(), text: None, promised };
        assert_eq!(
            case.refused(Actor::Applicant, promise(vec!["x".into()])),
            invalid("promised[0]")
        );
        let waiting = case.after(Actor::Applicant, promise(vec![component.clone()]));
        assert_eq!(waiting.dossier.status, Status::SupplementRequired);
        let left = waiting.dossier.supplement.as_ref().unwrap();
        assert!(left.is_promised && left.items.len() == 1, "{left:?}");
        assert_eq!(left.due_at, asked.due_at);
        assert_eq!(waiting.dossier.clock.due_at, None, "the clock stands");
        let done = waiting.after(receptionist(), nothing());
        assert_eq!((done.dossier.status, done.dossier.supplement), (Status::Registered, None));
    }

    #[test]
    fn before_reception_the_section_has_its_hours_again() {
        let case = Case::online()
            .after(receptionist(), missing())
            .when(date(2026, 11, 25).at(8, 30, 0, 0));
        let case = case.after(Actor::Applicant, supplement());
        assert_eq!(case.dossier.clock.due_at, Some(at(date(2026, 11, 26).at(9, 0, 0, 0))));
        let hours = clock::answer_duration(&rules());
        assert_eq!(hours.amount, 8);
    }

    #[test]
    fn after_it_the_deadline_restarts_or_resumes_as_the_pack_says() {
        let due = |policy| {
            let mut pack = rules();
            pack.supplement.policy = policy;
            let world = World::new(pack);
            let case = Case::filed(&world, Channel::Counter)
                .when(date(2026, 11, 24).at(9, 0, 0, 0))
                .after(receptionist(), missing())
                .when(date(2026, 11, 26).at(9, 0, 0, 0))
                .after(receptionist(), supplement());
            case.dossier.clock.due_at
        };
        assert_eq!(due(PausePolicy::Restart), Some(at(date(2026, 12, 3).at(17, 0, 0, 0))));
        assert_eq!(due(PausePolicy::Resume), Some(at(date(2026, 12, 2).at(17, 0, 0, 0))));
    }

    #[test]
    fn an_answer_in_words_is_part_of_the_supplement_and_no_internal_note() {
        let case =
            Case::online().after(receptionist(), missing()).after(Actor::Applicant, supplement());
        let (_, last) = case.log.last().unwrap();
        let Event::Supplemented { text, .. } = last else { panic!("{last:?}") };
        assert_eq!(text.as_deref(), Some("Đã bổ sung"));
        assert!(!case.log.iter().any(|(_, event)| matches!(event, Event::Noted { .. })));
    }

    #[test]
    fn online_something_must_come_and_at_the_counter_paper_may() {
        let case = Case::counter().after(receptionist(), missing());
        assert_eq!(case.refused(Actor::Applicant, nothing()), invalid("uploads"));
        assert_eq!(case.after(receptionist(), nothing()).dossier.status, Status::Received);
    }
}
