//! `supplement`: new papers come in, online or at the counter, and the clock goes on.

use super::actor::Actor;
use super::clock;
use super::decide::{Context, optional};
use super::event::Event;
use super::state::{Attachment, Dossier};
use super::words;
use crate::domain::refusal::Refusal;

pub(super) fn decide(
    dossier: &Dossier,
    attachments: &[Attachment],
    text: Option<&str>,
    ctx: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let text = optional("text", text)?;
    // At the counter papers may come without a file; online something must come.
    if *ctx.actor == Actor::Applicant && attachments.is_empty() && text.is_none() {
        return Err(Refusal::field("uploads", words::SUPPLEMENT_EMPTY));
    }
    let due_at = clock::due_after_pause(dossier, ctx)?;
    let mut events = Vec::with_capacity(2);
    if let Some(text) = text {
        events.push(Event::Noted { text });
    }
    events.push(Event::Supplemented { attachments: attachments.to_vec(), due_at });
    Ok(events)
}
