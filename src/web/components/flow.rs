//! A process as a drawing with a table beside it: a line with its stops, and branches where steps run
//! side by side.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::icon::Icon;
use super::table::{Column, DataTable, Row, data_table};
use super::tag::{Tone, tag};
use crate::domain::words::Lang;
use crate::web::words::components as words;

/// Width of the drawing without branches, in its own units.
const WIDTH: u32 = 340;
/// Where the line runs.
const LINE: u32 = 18;
/// From one branch to the next.
const BRANCH: u32 = 30;
/// Radius of a stop.
const STOP: u32 = 14;
/// Height of a line of words.
const LEADING: u32 = 19;
/// Least height of a step.
const LEAST: u32 = 56;
/// Letters of a line of words; the widest of the usual typefaces must fit.
const LETTERS: usize = 30;
/// Letters of the smaller lines below.
const LETTERS_UNDER: usize = 36;

/// How a step is drawn. Colour never speaks alone: the sign in the stop and the words say the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FlowState {
    /// Its number; nothing is said of it.
    #[default]
    Plain,
    /// Not reached.
    Waiting,
    /// Somebody is to do it now.
    Open,
    /// The same, and it is nearly or already due.
    Urgent,
    /// Done.
    Done,
    /// Done late.
    Late,
    /// Left out, or not waited for.
    Skipped,
}

impl FlowState {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "stop",
            Self::Waiting => "stop stop-waiting",
            Self::Open => "stop stop-open",
            Self::Urgent => "stop stop-urgent",
            Self::Done => "stop stop-done",
            Self::Late => "stop stop-late",
            Self::Skipped => "stop stop-skipped",
        }
    }

    /// What stands in the stop instead of its number.
    const fn sign(self) -> Option<&'static str> {
        match self {
            Self::Done => Some("✓"),
            Self::Late | Self::Urgent => Some("!"),
            Self::Skipped => Some("–"),
            Self::Plain | Self::Waiting | Self::Open => None,
        }
    }

    const fn look(self) -> (Tone, Icon) {
        match self {
            Self::Plain | Self::Waiting => (Tone::Plain, Icon::Square),
            Self::Open => (Tone::Accent, Icon::Arrows),
            Self::Urgent => (Tone::Warn, Icon::Clock),
            Self::Done => (Tone::Ok, Icon::Tick),
            Self::Late => (Tone::Bad, Icon::Alert),
            Self::Skipped => (Tone::Plain, Icon::Cross),
        }
    }
}

/// A step.
#[derive(Clone, Debug, Default)]
pub struct FlowStep {
    /// Its name.
    pub name: String,
    /// What is done and comes out; or empty.
    pub about: String,
    /// Who does it.
    pub who: String,
    /// Its hours in words; or empty.
    pub hours: String,
    /// A short remark for the drawing, such as how late it is; or empty.
    pub remark: String,
    /// Whether it runs beside the step before it.
    pub parallel: bool,
    /// How it is drawn.
    pub state: FlowState,
    /// The cells of the table after the first three.
    pub cells: Vec<Markup>,
}

/// A process.
#[derive(Clone, Copy, Debug)]
pub struct Flow<'a> {
    /// What it is, such as "Quy trình bản 2".
    pub title: &'a str,
    /// Its steps.
    pub steps: &'a [FlowStep],
    /// The headings of the cells after step, unit and hours; the table is left out without any.
    pub columns: &'a [&'a str],
}

/// The state of a step as a tag.
pub fn flow_tag(state: FlowState, label: &str) -> Markup {
    let (tone, drawing) = state.look();
    tag(tone, drawing, label)
}

/// A process, drawn and told.
pub fn flow(lang: Lang, flow: &Flow<'_>) -> Markup {
    html! {
        div.flow {
            (drawing(flow))
            @if !flow.columns.is_empty() { div { (table(lang, flow)) } }
        }
    }
}

fn table(lang: Lang, flow: &Flow<'_>) -> Markup {
    let mut columns = vec![
        Column::new(words::FLOW_STEP.say(lang)),
        Column::new(words::FLOW_WHO.say(lang)),
        Column::new(words::FLOW_HOURS.say(lang)),
    ];
    columns.extend(flow.columns.iter().map(|label| Column::new(label)));
    let rows: Vec<Row> = flow
        .steps
        .iter()
        .enumerate()
        .map(|(place, step)| {
            let mut cells = vec![
                html! {
                    strong { (place + 1) ". " (step.name) }
                    @if step.parallel { br; span.muted { (words::FLOW_BESIDE.say(lang)) } }
                    @if !step.about.is_empty() { br; span.muted { (step.about) } }
                },
                html! { (step.who) },
                html! { (step.hours) },
            ];
            cells.extend(step.cells.iter().cloned());
            Row::new(cells)
        })
        .collect();
    data_table(
        lang,
        &DataTable {
            caption: flow.title,
            caption_hidden: true,
            columns: &columns,
            rows: &rows,
            select: "",
        },
    )
}

/// A step's place in the drawing.
struct Place {
    branch: u32,
    top: u32,
    height: u32,
    lines: Vec<String>,
    under: Vec<String>,
}

impl Place {
    const fn x(&self) -> u32 {
        LINE + self.branch * BRANCH
    }

    const fn y(&self) -> u32 {
        self.top + STOP + 6
    }

    const fn bottom(&self) -> u32 {
        self.top + self.height
    }
}

fn places(steps: &[FlowStep]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(steps.len());
    let mut top = 0;
    for step in steps {
        let lines = wrapped(&step.name, LETTERS);
        let under = wrapped(&under(step), LETTERS_UNDER);
        let count = u32::try_from(lines.len() + under.len()).unwrap_or(1);
        let height = (count * LEADING + 18).max(LEAST);
        let branch = match places.last() {
            Some(before) if step.parallel => before.branch + 1,
            _ => 0,
        };
        places.push(Place { branch, top, height, lines, under });
        top += height;
    }
    places
}

/// What stands under a step's name.
fn under(step: &FlowStep) -> String {
    let parts = [&step.who, &step.hours, &step.remark];
    let parts: Vec<&str> =
        parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect();
    parts.join(" · ")
}

/// Words in lines of so many letters; a longer word has a line of its own.
fn wrapped(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The path of the line and its branches.
fn path(places: &[Place]) -> String {
    let mut path = String::new();
    let (Some(first), Some(last)) = (places.first(), places.last()) else { return path };
    let group_of = |place: usize| {
        let begin = (0..=place).rev().find(|at| places[*at].branch == 0).unwrap_or(0);
        let end = (place + 1..places.len()).find(|at| places[*at].branch == 0);
        (begin, end.map_or(places.len() - 1, |end| end - 1))
    };
    let ends = if last.branch > 0 { last.bottom() } else { last.y() };
    let begins = if places.get(1).is_some_and(|next| next.branch > 0) { 0 } else { first.y() };
    // Writing to a text cannot fail.
    let _ = write!(path, "M{LINE} {begins}V{ends}");
    for (index, place) in places.iter().enumerate().filter(|(_, place)| place.branch > 0) {
        let (begin, end) = group_of(index);
        let (x, top, bottom) = (place.x(), places[begin].top, places[end].bottom());
        let (down, up) = (top + 20, bottom.saturating_sub(20));
        let _ = write!(
            path,
            "M{LINE} {top}C{LINE} {down} {x} {top} {x} {down}V{up}C{x} {bottom} {LINE} {up} {LINE} {bottom}"
        );
    }
    path
}

fn drawing(flow: &Flow<'_>) -> Markup {
    let places = places(flow.steps);
    let branches = places.iter().map(|place| place.branch).max().unwrap_or(0);
    let width = WIDTH + branches * BRANCH;
    let height = places.last().map_or(LEAST, |place| place.bottom() + 4);
    let words_at = LINE + branches * BRANCH + STOP + 14;
    html! {
        svg.flow-drawing role="img" viewBox={ "0 0 " (width) " " (height) }
            width=(width) height=(height) {
            title { (flow.title) ": " (told(flow)) }
            path.flow-line d=(path(&places)) fill="none" {}
            @for ((number, step), place) in (1..).zip(flow.steps).zip(&places) {
                g class=(step.state.class()) {
                    circle cx=(place.x()) cy=(place.y()) r=(STOP) {}
                    text.stop-sign x=(place.x()) y=(place.y() + 5) text-anchor="middle" {
                        @match step.state.sign() { Some(sign) => (sign), None => (number) }
                    }
                    @for (line, words) in (0..).zip(&place.lines) {
                        text.stop-name x=(words_at) y=(place.top + 20 + line * LEADING) { (words) }
                    }
                    @let below = u32::try_from(place.lines.len()).unwrap_or(1);
                    @for (line, words) in (below..).zip(&place.under) {
                        text.stop-under x=(words_at) y=(place.top + 20 + line * LEADING) { (words) }
                    }
                }
            }
        }
    }
}

/// The steps in one sentence, for those who do not see the drawing.
fn told(flow: &Flow<'_>) -> String {
    let step = |(number, step): (usize, &FlowStep)| match step.remark.as_str() {
        "" => format!("{number}. {}", step.name),
        remark => format!("{number}. {} ({remark})", step.name),
    };
    (1..).zip(flow.steps).map(step).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::{Flow, FlowState, FlowStep, LETTERS, flow, places, wrapped};
    use crate::domain::words::Lang;
    use maud::html;

    fn steps() -> Vec<FlowStep> {
        let step = |name: &str, parallel, state| FlowStep {
            name: name.to_owned(),
            parallel,
            state,
            cells: vec![html! { "x" }],
            ..FlowStep::default()
        };
        vec![
            step("Tiếp nhận", false, FlowState::Done),
            step("Lấy ý kiến <A>", false, FlowState::Open),
            step("Lấy ý kiến B", true, FlowState::Late),
            step("Phê duyệt", false, FlowState::Waiting),
        ]
    }

    #[test]
    fn steps_side_by_side_stand_on_branches() {
        let steps = steps();
        let branches: Vec<u32> = places(&steps).iter().map(|place| place.branch).collect();
        assert_eq!(branches, [0, 0, 1, 0]);
        let page = flow(Lang::Vi, &Flow { title: "Quy trình", steps: &steps, columns: &["Hạn"] });
        let page = page.into_string();
        assert!(page.contains("Lấy ý kiến &lt;A&gt;") && page.contains("✓"));
        assert_eq!(page.matches("<circle").count(), 4);
        assert_eq!(page.matches("<tr").count(), 5);
    }

    #[test]
    fn long_names_are_wrapped_and_never_cut() {
        let name = "Thẩm tra, xác minh thực địa và lập biên bản hiện trạng sử dụng đất";
        let lines = wrapped(name, LETTERS);
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.chars().count() <= LETTERS));
        assert_eq!(lines.join(" "), name);
    }
}
