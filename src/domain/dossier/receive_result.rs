//! `receive_result`: the section takes the paper result from the settling unit.

use super::event::Event;

pub(super) fn decide() -> Event {
    Event::ResultReceived
}
