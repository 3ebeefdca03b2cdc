//! Processes and runs in the words of the pages: what the drawing and its table show.

use std::collections::BTreeSet;

use jiff::Timestamp;
use maud::{Markup, html};

use super::components::{Flow, FlowState, FlowStep, flow, flow_tag};
use super::stated::question;
use super::words::process as words;
use super::words::{roles, stated as stated_words};
use crate::domain::agency::Agency;
use crate::domain::calendar::words::instant_short;
use crate::domain::dossier::{Directory, Dossier, clock_agency};
use crate::domain::ids::AgencyCode;
use crate::domain::process::{
    Condition, How, Performer, Process, Run, Step, StepState, StepView, Test, Turn, performer_name,
    step_name, views, words as step_words,
};
use crate::domain::words::{Lang, alphabetical};
use crate::office::world::World;

/// Who does a step, as the agency calls it.
pub fn who(lang: Lang, agency: Option<&Agency>, by: &Performer) -> String {
    performer_name(by, agency, |role| roles::name(role).say(lang)).to_owned()
}

/// When a step is left out.
pub fn condition(lang: Lang, when: &Condition) -> String {
    let (message, value) = match &when.test {
        Test::Is(value) => (step_words::SKIP_IS, value.as_str()),
        Test::IsNot(value) => (step_words::SKIP_IS_NOT, value.as_str()),
        Test::Given => (step_words::SKIP_GIVEN, ""),
        Test::Missing => (step_words::SKIP_MISSING, ""),
    };
    message.fill(lang, &[("field", &answer_words(lang, &when.field)), ("value", value)])
}

/// An answer by its path in words: each part as it was asked.
fn answer_words(lang: Lang, path: &str) -> String {
    let parts: Vec<String> =
        path.split('.').map(|name| question(name).say(lang).to_owned()).collect();
    parts.join(", ")
}

/// The answers that a condition can look at, with their words: those of which it is known how they
/// are asked, and those that a published process looks at. Two with the same words show their names.
pub fn known_answers(lang: Lang, world: &World) -> Vec<(String, String)> {
    let asked = stated_words::QUESTIONS.iter().map(|(name, _)| *name);
    let names: BTreeSet<&str> = asked.chain(world.answers_tested()).collect();
    let words: Vec<(&str, String)> =
        names.into_iter().map(|name| (name, answer_words(lang, name))).collect();
    let is_shared = |said: &str| words.iter().filter(|(_, other)| other == said).count() > 1;
    let told = words.iter().map(|(name, said)| {
        let said = if is_shared(said) { format!("{said} ({name})") } else { said.clone() };
        ((*name).to_owned(), said)
    });
    let mut told: Vec<(String, String)> = told.collect();
    told.sort_by_cached_key(|(_, said)| alphabetical(said));
    told
}

/// Whom a consultation asks.
pub fn asked(world: &World, step: &Step, competent: Option<&AgencyCode>) -> Option<String> {
    let asked = step.consults.as_ref()?;
    let agency = asked.agency.as_ref().or(competent).and_then(|code| world.agency(code));
    let unit = asked.unit.as_ref().map(|code| {
        let known = agency.and_then(|agency| agency.unit(code));
        known.map_or_else(|| code.to_string(), |unit| unit.name.clone())
    });
    let name = asked.agency.as_ref().map(|code| {
        world.agency(code).map_or_else(|| code.to_string(), |agency| agency.name.clone())
    });
    match (unit, name) {
        (Some(unit), Some(agency)) => Some(format!("{unit}, {agency}")),
        (unit, agency) => unit.or(agency),
    }
}

fn hours(lang: Lang, step: &Step) -> String {
    match step.hours {
        0 => String::new(),
        hours => words::HOURS.fill(lang, &[("n", &hours.to_string())]),
    }
}

/// What is done, whom it asks, what comes out.
fn about(lang: Lang, world: &World, step: &Step, competent: Option<&AgencyCode>) -> String {
    let asks = asked(world, step, competent).map(|who| words::ASKS.fill(lang, &[("who", &who)]));
    let does = Some(step.does.clone()).filter(|does| !does.is_empty());
    let document = Some(step.document.as_str()).filter(|document| !document.is_empty());
    let document = document.map(|name| words::BRINGS.fill(lang, &[("document", name)]));
    [does, asks, document].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn plain_step(
    lang: Lang,
    world: &World,
    process: &Process,
    place: usize,
    step: &Step,
    agency: Option<&Agency>,
) -> FlowStep {
    let competent = agency.map(|agency| &agency.code);
    FlowStep {
        name: step_name(process, place, lang).to_owned(),
        about: about(lang, world, step, competent),
        who: who(lang, agency, &step.by),
        hours: hours(lang, step),
        parallel: step.parallel,
        ..FlowStep::default()
    }
}

/// A process, drawn and told, as it is published or edited.
pub fn of_process(lang: Lang, world: &World, process: &Process, title: &str) -> Markup {
    let decides = process.agency.as_ref().and_then(|code| world.agency(code));
    let deciders = world.deciders(&process.procedure);
    let agency = decides.or(deciders.first().copied());
    let steps: Vec<FlowStep> = process
        .steps
        .iter()
        .enumerate()
        .map(|(place, step)| FlowStep {
            remark: step
                .skip_when
                .as_ref()
                .map(|_| words::MAY_SKIP.say(lang).to_owned())
                .unwrap_or_default(),
            cells: vec![
                html! { (step.ends_with.action().name().say(lang)) },
                html! { @if let Some(when) = &step.skip_when { (condition(lang, when)) } },
            ],
            ..plain_step(lang, world, process, place, step, agency)
        })
        .collect();
    let columns = [words::ENDS_WITH.say(lang), words::SKIP_WHEN.say(lang)];
    flow(lang, &Flow { title, steps: &steps, columns: &columns })
}

/// How each step of a run stands.
pub fn standing<'a>(
    world: &World,
    dossier: &Dossier,
    run: &'a Run,
    now: Timestamp,
) -> Vec<StepView<'a>> {
    let calendar = world.calendar(clock_agency(dossier));
    views(run, calendar, now, dossier.status.is_paused())
}

/// How a step stands, in a word and by how much.
pub fn state_words(
    lang: Lang,
    state: StepState,
    late: Option<crate::domain::deadline::Amount>,
) -> String {
    match (state, late) {
        (StepState::Overdue, Some(late)) => {
            words::OVERDUE_BY.fill(lang, &[("time", &late.say(lang))])
        }
        (StepState::Late, Some(late)) => words::LATE_BY.fill(lang, &[("time", &late.say(lang))]),
        (state, Some(late)) => {
            let values = [("state", state.name().say(lang).to_owned()), ("time", late.say(lang))];
            words::ALSO_LATE.fill(lang, &values.each_ref().map(|(n, v)| (*n, v.as_str())))
        }
        (state, None) => state.name().say(lang).to_owned(),
    }
}

/// How a step is drawn.
pub const fn look(state: StepState) -> FlowState {
    match state {
        StepState::Waiting => FlowState::Waiting,
        StepState::Open | StepState::Paused => FlowState::Open,
        StepState::DueSoon => FlowState::Urgent,
        StepState::Overdue | StepState::Late | StepState::Returned => FlowState::Late,
        StepState::Done | StepState::InTime => FlowState::Done,
        StepState::Skipped | StepState::Passed | StepState::Stopped => FlowState::Skipped,
    }
}

/// The run of a dossier for the desk, drawn and told; `by` names who did an event of its log.
pub fn of_run(
    lang: Lang,
    world: &World,
    (dossier, run): (&Dossier, &Run),
    now: Timestamp,
    by: &dyn Fn(u64) -> String,
) -> Markup {
    let agency = world.agency(&dossier.competent_agency);
    let steps: Vec<FlowStep> = standing(world, dossier, run, now)
        .into_iter()
        .map(|view| {
            let state = view.state;
            let remark = match state {
                StepState::Waiting => String::new(),
                _ => state_words(lang, state, view.late),
            };
            FlowStep {
                remark,
                state: look(state),
                cells: vec![
                    times(&view, |turn| Some(instant_short(turn.passage.opened_at))),
                    times(&view, |turn| turn.passage.due_at.map(instant_short)),
                    times(&view, |turn| ended(turn, by)),
                    outcomes(lang, &view),
                ],
                ..plain_step(lang, world, &run.process, view.place, view.step, agency)
            }
        })
        .collect();
    let columns = [words::OPENED, words::DUE, words::ENDED, words::STANDING];
    let columns = columns.map(|label| label.say(lang));
    let title = title_of(lang, &run.process);
    flow(lang, &Flow { title: &title, steps: &steps, columns: &columns })
}

/// A line for each time that a step was gone through.
fn times(view: &StepView<'_>, say: impl Fn(&Turn<'_>) -> Option<String>) -> Markup {
    let is_left_out = |turn: &&Turn<'_>| turn.state != StepState::Skipped;
    html! {
        @for (index, turn) in view.turns.iter().filter(is_left_out).enumerate() {
            @if index > 0 { br; }
            (say(turn).unwrap_or_else(|| "–".to_owned()))
        }
    }
}

fn ended(turn: &Turn<'_>, by: &dyn Fn(u64) -> String) -> Option<String> {
    let ended = turn.passage.ended?;
    let at = instant_short(ended.at);
    match ended.how {
        How::Done | How::Returned => Some(format!("{at}, {}", by(ended.version))),
        _ => Some(at),
    }
}

fn outcomes(lang: Lang, view: &StepView<'_>) -> Markup {
    html! {
        @if view.turns.is_empty() { (flow_tag(look(view.state), view.state.name().say(lang))) }
        @for (index, turn) in view.turns.iter().enumerate() {
            @if index > 0 { br; }
            (flow_tag(look(turn.state), &state_words(lang, turn.state, turn.late)))
            @if let (StepState::Skipped, Some(when)) = (turn.state, &view.step.skip_when) {
                " " (words::BECAUSE.fill(lang, &[("when", &condition(lang, when))]))
            }
        }
    }
}

/// "Quy trình bản 2", or "Quy trình mặc định".
pub fn title_of(lang: Lang, process: &Process) -> String {
    match process.version {
        0 => words::USUAL.say(lang).to_owned(),
        version => words::VERSION.fill(lang, &[("n", &version.to_string())]),
    }
}

/// The run of a dossier for its applicant: which steps there are and which one it is in, no more.
pub fn simply(lang: Lang, run: &Run) -> Markup {
    let open: Vec<usize> = run.open().map(|(_, passage)| passage.step as usize).collect();
    let steps: Vec<FlowStep> = run
        .process
        .steps
        .iter()
        .enumerate()
        .map(|(place, step)| FlowStep {
            name: step_name(&run.process, place, lang).to_owned(),
            parallel: step.parallel,
            state: match run.passage(place).and_then(|passage| passage.ended) {
                _ if open.contains(&place) => FlowState::Open,
                Some(ended) if ended.how == How::Done => FlowState::Done,
                Some(_) => FlowState::Skipped,
                None => FlowState::Waiting,
            },
            ..FlowStep::default()
        })
        .collect();
    flow(lang, &Flow { title: words::STEPS.say(lang), steps: &steps, columns: &[] })
}

/// "bước 2/4: thẩm tra": the number of the first open step, how many there are, and the names of
/// those that are open. None when none is.
pub fn present(lang: Lang, run: &Run) -> Option<(usize, usize, String)> {
    let mut open: Vec<usize> = run.open().map(|(_, passage)| passage.step as usize).collect();
    open.sort_unstable();
    let first = *open.first()?;
    let lowered = |place: &usize| {
        let mut letters = step_name(&run.process, *place, lang).chars();
        let first: String = letters.next().map(|c| c.to_lowercase().collect()).unwrap_or_default();
        first + letters.as_str()
    };
    let names: Vec<String> = open.iter().map(lowered).collect();
    Some((first + 1, run.process.steps.len(), names.join(", ")))
}
