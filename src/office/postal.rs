//! What comes and goes by post on a day.

use super::printing::Period;
use super::{Caller, Office, no_dossier};
use crate::domain::catalogue::Channel;
use crate::domain::dossier::{Dossier, Queue};
use crate::office::lists::ListQuery;
use crate::store::ledger::Failure;

/// Days before a day in which what goes out on it may have been received.
const BEFORE: i64 = 120;
/// Most rows of what waits.
const ROWS: usize = 200;

/// The post of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Post {
    /// Results that wait to be sent.
    pub waiting: Vec<Dossier>,
    /// Results that were sent.
    pub sent: Vec<Dossier>,
    /// Dossiers that came.
    pub came: Vec<Dossier>,
}

impl Office {
    /// The post of a day at the caller's agency.
    ///
    /// # Errors
    /// The caller is not of a desk, or the store cannot be read.
    pub fn post_of(&self, caller: &Caller, day: Period) -> Result<Post, Failure> {
        let reader = self.ledger.reader()?;
        let (from, to) = day.instants();
        let mut post = Post::default();
        let query =
            ListQuery { queue: Some(Queue::ToDeliver), limit: ROWS, ..ListQuery::default() };
        let waiting = self.list(caller, &query)?.dossiers.into_iter();
        post.waiting = waiting.filter(|d| d.return_channel == Channel::Post).collect();
        for id in self.received_around(caller, &reader, day, BEFORE)? {
            let dossier = reader.dossier(id)?.ok_or_else(no_dossier)?.dossier;
            let within = |at: Option<jiff::Timestamp>| at.is_some_and(|at| from <= at && at < to);
            let by_post = dossier.delivery.as_ref().is_some_and(|d| d.channel == Channel::Post);
            if by_post && within(dossier.returned_at) {
                post.sent.push(dossier.clone());
            }
            if dossier.channel == Channel::Post && within(dossier.received_at) {
                post.came.push(dossier);
            }
        }
        Ok(post)
    }
}
