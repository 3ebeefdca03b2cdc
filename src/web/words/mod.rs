//! The sentences of the pages, a file an area. Each file declares its own with `messages!`.

pub mod absences;
pub mod admin;
pub mod admin_guiding;
pub mod admin_papers;
pub mod agencies;
pub mod api;
pub mod calendar;
pub mod catalogue;
pub mod certifying;
pub mod components;
pub mod data_requests;
pub mod desk;
pub mod desk_actions;
pub mod desk_counter;
pub mod desk_events;
pub mod desk_flows;
pub mod desk_printing;
pub mod dictionary;
pub mod disposal;
pub mod exchange;
pub mod fees;
pub mod form;
pub mod form_builder;
pub mod life;
pub mod linking;
pub mod mandates;
pub mod notices;
pub mod own_account;
pub mod passkeys;
pub mod posters;
pub mod privacy;
pub mod process;
pub mod proof;
pub mod public;
pub mod public_account;
pub mod public_acting;
pub mod public_checking;
pub mod public_filing;
pub mod public_personal;
pub mod public_tracking;
pub mod rights;
pub mod roles;
pub mod rules;
pub mod server;
pub mod shell;
pub mod sign_on;
pub mod stated;
pub mod tickets;
pub mod visitor;

#[cfg(test)]
mod tests {
    use crate::domain::words::Message;

    /// Every list of messages of this floor, with the file it is from.
    const LISTS: &[(&str, &[(&str, Message)])] = &[
        ("absences", super::absences::ALL),
        ("admin", super::admin::ALL),
        ("api", super::api::ALL),
        ("calendar", super::calendar::ALL),
        ("catalogue", super::catalogue::ALL),
        ("components", super::components::ALL),
        ("mandates", super::mandates::ALL),
        ("notices", super::notices::ALL),
        ("own_account", super::own_account::ALL),
        ("passkeys", super::passkeys::ALL),
        ("posters", super::posters::ALL),
        ("process", super::process::ALL),
        ("data_requests", super::data_requests::ALL),
        ("privacy", super::privacy::ALL),
        ("proof", super::proof::ALL),
        ("public", super::public::ALL),
        ("public_account", super::public_account::ALL),
        ("public_checking", super::public_checking::ALL),
        ("public_acting", super::public_acting::ALL),
        ("public_filing", super::public_filing::ALL),
        ("public_personal", super::public_personal::ALL),
        ("public_tracking", super::public_tracking::ALL),
        ("rights", super::rights::ALL),
        ("server", super::server::ALL),
        ("desk", super::desk::ALL),
        ("desk_actions", super::desk_actions::ALL),
        ("desk_counter", super::desk_counter::ALL),
        ("desk_flows", super::desk_flows::ALL),
        ("desk_events", super::desk_events::ALL),
        ("desk_printing", super::desk_printing::ALL),
        ("dictionary", super::dictionary::ALL),
        ("disposal", super::disposal::ALL),
        ("exchange", super::exchange::ALL),
        ("fees", super::fees::ALL),
        ("form", super::form::ALL),
        ("form_builder", super::form_builder::ALL),
        ("admin_guiding", super::admin_guiding::ALL),
        ("admin_papers", super::admin_papers::ALL),
        ("life", super::life::ALL),
        ("linking", super::linking::ALL),
        ("rules", super::rules::ALL),
        ("roles", super::roles::ALL),
        ("shell", super::shell::ALL),
        ("sign_on", super::sign_on::ALL),
        ("stated", super::stated::ALL),
        ("certifying", super::certifying::ALL),
        ("tickets", super::tickets::ALL),
        ("visitor", super::visitor::ALL),
    ];

    fn slots(words: &str) -> Vec<&str> {
        let mut found: Vec<&str> = words
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
            .collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn every_message_speaks_both_languages_with_the_same_slots() {
        for (file, list) in LISTS {
            for (name, message) in *list {
                assert!(!message.vi.trim().is_empty(), "{file}::{name} has no Vietnamese");
                assert!(!message.en.trim().is_empty(), "{file}::{name} has no English");
                assert_eq!(slots(message.vi), slots(message.en), "slots of {file}::{name}");
            }
        }
    }

    #[test]
    fn the_words_keep_the_house_tone() {
        for (file, list) in LISTS {
            for (name, message) in *list {
                let vi = message.vi.to_lowercase();
                for banned in ["vui lòng", "quý khách", "bạn ", "!", "anh/chị", "tthc"] {
                    assert!(!vi.contains(banned), "{file}::{name} says “{banned}”");
                }
            }
        }
    }
}
