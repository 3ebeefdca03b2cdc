//! Matters of life (việc trong đời): what happens to people, and the procedures that it asks for, in
//! their order. Those that ship are reviewed data; an administrator changes them and adds others.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::settings::{self, Row};
use super::typed_lines::AtLine;
use super::world::World;
use super::{Failure, Office, words};
use crate::domain::catalogue::Procedure;
use crate::domain::dossier::Directory;
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::Text;
use crate::search::analysis::folded;
use crate::store::engine::{Fault, FaultKind};
use crate::store::reader::Reader;

const SHIPPED: &str = include_str!("../../assets/life/events.json");

/// Longest text of an event, in characters.
const LONGEST: usize = 500;
/// Most expressions and steps of an event.
const MOST: usize = 60;

/// A text in both languages, as it is written in files.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct TextRow {
    vi: String,
    #[serde(default)]
    en: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct StepRow {
    procedure: String,
    #[serde(default)]
    about: TextRow,
}

/// An event as files and settings have it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct EventRow {
    slug: String,
    name: TextRow,
    #[serde(default)]
    about: TextRow,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    steps: Vec<StepRow>,
    /// Not shown; the shipped one of this name neither.
    #[serde(default)]
    is_hidden: bool,
}

impl Row for EventRow {
    const KIND: &'static str = "life_event";
    fn key(&self) -> &str {
        &self.slug
    }
}

#[derive(Deserialize)]
struct File {
    events: Vec<EventRow>,
}

/// A procedure of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LifeStep {
    /// Its code; it need not be in the catalogue, and is left out then.
    pub procedure: ProcedureCode,
    /// What it is for, in this event.
    pub about: Text,
}

/// A matter of life.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LifeEvent {
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: Text,
    /// What to know of it before.
    pub about: Text,
    /// How people say it; a search that has one of these shows the event.
    pub words: Vec<String>,
    /// Its procedures, in order.
    pub steps: Vec<LifeStep>,
    /// Not shown to the public.
    pub is_hidden: bool,
}

impl From<TextRow> for Text {
    fn from(row: TextRow) -> Self {
        // What was written in one language only is shown in both.
        let en = if row.en.trim().is_empty() { row.vi.clone() } else { row.en };
        Self { vi: row.vi, en }
    }
}

impl From<EventRow> for LifeEvent {
    fn from(row: EventRow) -> Self {
        let step = |step: StepRow| LifeStep {
            procedure: ProcedureCode::new(step.procedure),
            about: step.about.into(),
        };
        Self {
            slug: row.slug,
            name: row.name.into(),
            about: row.about.into(),
            words: row.words,
            steps: row.steps.into_iter().map(step).collect(),
            is_hidden: row.is_hidden,
        }
    }
}

impl From<&LifeEvent> for EventRow {
    fn from(event: &LifeEvent) -> Self {
        let text = |text: &Text| TextRow { vi: text.vi.clone(), en: text.en.clone() };
        let step = |step: &LifeStep| StepRow {
            procedure: step.procedure.to_string(),
            about: text(&step.about),
        };
        Self {
            slug: event.slug.clone(),
            name: text(&event.name),
            about: text(&event.about),
            words: event.words.clone(),
            steps: event.steps.iter().map(step).collect(),
            is_hidden: event.is_hidden,
        }
    }
}

/// Those that ship; a test reads the file.
static EVENTS: LazyLock<Vec<LifeEvent>> = LazyLock::new(|| {
    let file: Result<File, _> = serde_json::from_str(SHIPPED);
    file.map(|file| file.events.into_iter().map(LifeEvent::from).collect()).unwrap_or_default()
});

/// Whether an event of this name ships.
pub fn is_shipped(slug: &str) -> bool {
    EVENTS.iter().any(|event| event.slug == slug)
}

/// The shipped ones as the instance changed them, then its own.
pub(super) fn read(reader: &Reader) -> Result<Vec<LifeEvent>, Failure> {
    let rows = settings::all::<EventRow>(reader)?.into_iter();
    let mut own: BTreeMap<String, LifeEvent> =
        rows.map(|row| (row.slug.clone(), row.into())).collect();
    if EVENTS.is_empty() {
        let what = "assets/life/events.json has no events".to_owned();
        return Err(Fault::new(FaultKind::Damaged, "reading life events", what).into());
    }
    let shipped =
        EVENTS.iter().map(|event| own.remove(&event.slug).unwrap_or_else(|| event.clone()));
    let mut events: Vec<LifeEvent> = shipped.collect();
    events.extend(own.into_values());
    Ok(events)
}

impl World {
    /// Every matter of life, hidden ones too.
    pub fn all_life_events(&self) -> &[LifeEvent] {
        &self.life
    }

    /// The matters of life that have a procedure here.
    pub fn life_events(&self) -> impl Iterator<Item = &LifeEvent> {
        let is_shown = |event: &&LifeEvent| {
            let is_here = |step: &LifeStep| self.procedure(&step.procedure).is_some();
            !event.is_hidden && event.steps.iter().any(is_here)
        };
        self.life.iter().filter(is_shown)
    }

    /// One of them.
    pub fn life_event(&self, slug: &str) -> Option<&LifeEvent> {
        self.life_events().find(|event| event.slug == slug)
    }

    /// The procedures of an event that are in the catalogue, in order, with what each is for; where one
    /// has ended, what took its place.
    pub fn life_steps<'a>(
        &'a self,
        event: &'a LifeEvent,
        day: jiff::civil::Date,
    ) -> Vec<(&'a Procedure, &'a Text)> {
        let mut steps: Vec<(&Procedure, &Text)> = Vec::new();
        for step in &event.steps {
            let known: Vec<&Procedure> = match self.is_in_force(&step.procedure, day) {
                true => self.procedure(&step.procedure).into_iter().collect(),
                false => self.heirs(&step.procedure, day),
            };
            for procedure in known {
                if steps.iter().all(|(other, _)| other.code != procedure.code) {
                    steps.push((procedure, &step.about));
                }
            }
        }
        steps
    }

    /// What is wrong with a step of an event at its place: a code that the catalogue does not have and
    /// the event had not before. What ships names procedures of the whole national catalogue.
    pub fn wrong_steps(&self, event: &LifeEvent) -> Vec<AtLine> {
        let before = self.life.iter().chain(EVENTS.iter()).filter(|known| known.slug == event.slug);
        let known: HashSet<&ProcedureCode> =
            before.flat_map(|event| event.steps.iter().map(|step| &step.procedure)).collect();
        let steps = event.steps.iter().enumerate();
        let unknown = steps.filter(|(_, step)| !known.contains(&step.procedure));
        let wrong = unknown.filter_map(|(place, step)| {
            let text = self.no_procedure(&step.procedure)?;
            Some(AtLine { line: Some(place + 1), text })
        });
        wrong.collect()
    }

    fn check_steps(&self, event: &LifeEvent) -> Result<(), Refusal> {
        let wrong = self.wrong_steps(event).into_iter().map(|wrong| wrong.error("steps"));
        let errors: Vec<FieldError> = wrong.collect();
        if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
    }

    /// The event that a question names, if it does; the one with the longest expression.
    pub fn event_meant(&self, question: &str) -> Option<&LifeEvent> {
        let asked = format!(" {} ", folded(question));
        let said = |event: &&LifeEvent| {
            let words = event.words.iter().map(|word| folded(word));
            let named = words.filter(|word| asked.contains(&format!(" {word} ")));
            named.map(|word| word.len()).max()
        };
        let known = self.life_events().filter_map(|event| Some((said(&event)?, event)));
        known.max_by_key(|(length, _)| *length).map(|(_, event)| event)
    }
}

impl Office {
    /// Writes a matter of life, in the place of the one that has its name.
    ///
    /// # Errors
    /// Names every field to repair.
    pub fn set_life_event(&self, event: &LifeEvent) -> Result<(), Failure> {
        check(event)?;
        self.world().check_steps(event)?;
        let row = EventRow::from(event);
        self.ledger.run_blocking(move |txn| settings::put(txn, &row))?;
        self.refresh_world()
    }

    /// Takes back what was written; a shipped one is as it ships again.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn reset_life_event(&self, slug: &str) -> Result<(), Failure> {
        let slug = slug.to_owned();
        self.ledger.run_blocking(move |txn| {
            settings::delete::<EventRow>(txn, &slug);
            Ok(())
        })?;
        self.refresh_world()
    }
}

fn check(event: &LifeEvent) -> Result<(), Refusal> {
    let mut errors = Vec::new();
    let mut refuse = |field: &str, text: Text| {
        errors.push(FieldError { field: field.to_owned(), text });
    };
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !(1..=60).contains(&event.slug.len()) || !event.slug.chars().all(plain) {
        refuse("slug", words::EVENT_SLUG_WRONG.into());
    }
    if event.name.vi.trim().is_empty() {
        refuse("name_vi", words::EVENT_NAME_MISSING.into());
    }
    let most = [("max", LONGEST.to_string())];
    let most = most.each_ref().map(|(name, value)| (*name, value.as_str()));
    for (field, text) in [("name", &event.name), ("about", &event.about)] {
        for (lang, said) in [("vi", &text.vi), ("en", &text.en)] {
            if said.chars().count() > LONGEST {
                refuse(&format!("{field}_{lang}"), words::EVENT_TOO_LONG.text(&most));
            }
        }
    }
    let is_long = |step: &LifeStep| step.about.vi.chars().count() > LONGEST;
    if event.steps.is_empty() {
        refuse("steps", words::EVENT_STEPS_MISSING.into());
    } else if event.steps.len() > MOST || event.steps.iter().any(is_long) {
        refuse("steps", words::EVENT_TOO_LONG.text(&most));
    }
    if event.words.len() > MOST {
        refuse("words", words::EVENT_TOO_LONG.text(&most));
    }
    if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors)) }
}

#[cfg(test)]
mod tests {
    use super::{EVENTS, check};

    #[test]
    fn the_shipped_events_hold_what_is_asked_of_others() {
        assert!(EVENTS.len() >= 10);
        for event in EVENTS.iter() {
            assert_eq!(check(event), Ok(()), "{}", event.slug);
            assert!(!event.words.is_empty() && event.name.en != event.name.vi, "{}", event.slug);
        }
    }
}
