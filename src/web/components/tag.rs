//! States in a word: the national status, the deadline, and plain tags.

use maud::{Markup, html};

use super::field::some;
use super::icon::{Icon, icon};
use crate::domain::words::{Lang, Message};
use crate::web::words::components as words;

/// The colour family of a tag. Colour never speaks alone: the words and the icon say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The agency's colour: on its way.
    Accent,
    /// Someone must act.
    Warn,
    /// Refused, late.
    Bad,
    /// Done.
    Ok,
    /// Done and closed: paper on ok.
    Solid,
    /// Set aside: withdrawal, training.
    Violet,
    /// Nothing to say about it.
    Plain,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Accent => "tag tag-accent",
            Self::Warn => "tag tag-warn",
            Self::Bad => "tag tag-bad",
            Self::Ok => "tag tag-ok",
            Self::Solid => "tag tag-solid",
            Self::Violet => "tag tag-violet",
            Self::Plain => "tag tag-plain",
        }
    }
}

/// A tag: an icon and a word.
pub fn tag(tone: Tone, drawing: Icon, label: &str) -> Markup {
    html! { strong class=(tone.class()) { (icon(drawing)) span { (label) } } }
}

/// The national words of a status code, 1 to 10.
pub const fn status_words(code: u8) -> Option<Message> {
    Some(match code {
        1 => words::STATUS_1,
        2 => words::STATUS_2,
        3 => words::STATUS_3,
        4 => words::STATUS_4,
        5 => words::STATUS_5,
        6 => words::STATUS_6,
        7 => words::STATUS_7,
        8 => words::STATUS_8,
        9 => words::STATUS_9,
        10 => words::STATUS_10,
        _ => return None,
    })
}

/// The status with its national words and its icon; an unknown code shows nothing.
pub fn status_tag(lang: Lang, code: u8) -> Markup {
    let (tone, drawing) = match code {
        1 => (Tone::Accent, Icon::Tray),
        2 => (Tone::Accent, Icon::Stamp),
        3 => (Tone::Bad, Icon::Cross),
        4 => (Tone::Accent, Icon::Arrows),
        5 => (Tone::Warn, Icon::PaperPlus),
        6 => (Tone::Warn, Icon::Coin),
        7 => (Tone::Violet, Icon::ArrowBack),
        9 => (Tone::Ok, Icon::Tick),
        10 => (Tone::Solid, Icon::TwoTicks),
        _ => (Tone::Plain, Icon::Square),
    };
    html! { @if let Some(label) = status_words(code) { (tag(tone, drawing, label.say(lang))) } }
}

/// How near a deadline is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Urgency {
    /// Time is left.
    #[default]
    Calm,
    /// Due today.
    Soon,
    /// Past due.
    Late,
    /// The clock stands still.
    Paused,
    /// Ended in time.
    InTime,
}

/// A deadline in words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Deadline<'a> {
    /// The words, such as "còn 2 ngày làm việc".
    pub words: &'a str,
    /// The due instant for machines (RFC 3339); or empty.
    pub datetime: &'a str,
    /// How near it is.
    pub urgency: Urgency,
    /// Where the calculation is explained; or empty.
    pub why: &'a str,
}

/// A deadline as a pill, with the way to its calculation.
pub fn deadline_pill(lang: Lang, deadline: &Deadline<'_>) -> Markup {
    let (tone, drawing) = match deadline.urgency {
        Urgency::Calm => (Tone::Plain, None),
        Urgency::Soon => (Tone::Warn, Some(Icon::Clock)),
        Urgency::Late => (Tone::Bad, Some(Icon::Alert)),
        Urgency::Paused => (Tone::Violet, Some(Icon::Pause)),
        Urgency::InTime => (Tone::Ok, Some(Icon::Tick)),
    };
    html! {
        span.deadline {
            time class=(tone.class()) datetime=[some(deadline.datetime)] {
                @if let Some(drawing) = drawing { (icon(drawing)) }
                span { (deadline.words) }
            }
            @if !deadline.why.is_empty() {
                " " a.why href=(deadline.why) aria-label=(words::WHY_LABEL.say(lang)) {
                    (words::WHY.say(lang))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{status_tag, status_words};
    use crate::domain::words::Lang;

    #[test]
    fn every_national_status_has_words_and_an_icon_and_no_other_code_does() {
        for code in 1..=10 {
            let page = status_tag(Lang::Vi, code).into_string();
            assert!(page.contains(status_words(code).expect("a national code").vi), "{code}");
            assert!(page.contains("<svg"), "{code}");
        }
        assert_eq!(status_words(0), None);
        assert_eq!(status_tag(Lang::Vi, 11).into_string(), "");
    }
}
