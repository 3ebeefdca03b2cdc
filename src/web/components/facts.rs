//! Facts about one thing: lists of answers, durations and fees, and what happened when.

use maud::{Markup, html};

use super::field::some;
use crate::domain::words::Lang;
use crate::web::words::components as words;

/// A question and its answer.
#[derive(Clone, Debug, Default)]
pub struct SummaryRow<'a> {
    /// The question.
    pub label: &'a str,
    /// The answer; `None` shows "Chưa có".
    pub value: Option<Markup>,
    /// Where it can be changed; or empty.
    pub change: &'a str,
}

impl<'a> SummaryRow<'a> {
    /// A row with plain words; empty words are no answer.
    pub fn text(label: &'a str, value: &str) -> Self {
        Self { label, value: some(value).map(|v| html! { (v) }), change: "" }
    }
}

/// Questions and answers, each with its way to change it.
pub fn summary_list(lang: Lang, rows: &[SummaryRow<'_>]) -> Markup {
    html! {
        dl.summary {
            @for row in rows {
                div {
                    dt { (row.label) }
                    dd {
                        @match &row.value {
                            Some(value) => (value),
                            None => span.muted { (words::NONE_YET.say(lang)) },
                        }
                    }
                    @if !row.change.is_empty() {
                        dd.change {
                            a href=(row.change) {
                                (words::CHANGE.say(lang)) span.hidden { ": " (row.label) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The few facts that answer "now, who, until when, what to do", large.
pub fn key_facts(rows: &[(&str, Markup)]) -> Markup {
    html! {
        dl.key-facts {
            @for (label, value) in rows { div { dt { (label) } dd { (value) } } }
        }
    }
}

/// Duration and fee of one way of submitting.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChannelFacts<'a> {
    /// The way, such as "Trực tuyến"; shown when the ways differ.
    pub channel: &'a str,
    /// How long, in words.
    pub duration: &'a str,
    /// How much, in words.
    pub fee: &'a str,
    /// How the fee is made up, when it has tiers; or empty.
    pub tiers: &'a str,
}

/// How long and how much; a row a way when they differ, one row when they agree.
pub fn duration_and_fees(lang: Lang, ways: &[ChannelFacts<'_>]) -> Markup {
    html! {
        dl.key-facts {
            div {
                dt { (words::DURATION.say(lang)) }
                (per_way(lang, ways, |way| (way.duration, "")))
            }
            div {
                dt { (words::FEES.say(lang)) }
                (per_way(lang, ways, |way| (way.fee, way.tiers)))
            }
        }
    }
}

fn per_way<'a>(
    lang: Lang,
    ways: &[ChannelFacts<'a>],
    fact: impl Fn(&ChannelFacts<'a>) -> (&'a str, &'a str),
) -> Markup {
    let agree = ways.windows(2).all(|pair| fact(&pair[0]) == fact(&pair[1]));
    let shown = if agree { &ways[..ways.len().min(1)] } else { ways };
    html! {
        @if ways.is_empty() { dd.muted { (words::NONE_YET.say(lang)) } }
        @for way in shown {
            @let (words_, tiers) = fact(way);
            dd {
                @if !agree { span.muted { (way.channel) ": " } }
                (words_)
                @if !tiers.is_empty() {
                    details { summary { (words::HOW_COUNTED.say(lang)) } p.as-typed { (tiers) } }
                }
            }
        }
    }
}

/// Something that happened, or is expected.
#[derive(Clone, Copy, Debug, Default)]
pub struct TimeLineEntry<'a> {
    /// When, in words.
    pub when: &'a str,
    /// When, for machines (RFC 3339); or empty.
    pub datetime: &'a str,
    /// What.
    pub what: &'a str,
    /// By whom: the unit for the public, the person for the desk.
    pub by: &'a str,
    /// What was said; or empty.
    pub note: &'a str,
    /// Whether it has not happened yet.
    pub expected: bool,
}

/// What happened, newest first; the caller puts what is expected on top.
pub fn time_line(lang: Lang, entries: &[TimeLineEntry<'_>]) -> Markup {
    html! {
        ol.time-line {
            @for entry in entries {
                li.expected[entry.expected] {
                    p.what {
                        @if entry.expected { span.muted { (words::EXPECTED.say(lang)) ": " } }
                        (entry.what)
                    }
                    @if !entry.when.is_empty() || !entry.by.is_empty() {
                        p.when {
                            @if !entry.when.is_empty() {
                                time datetime=[some(entry.datetime)] { (entry.when) }
                                @if !entry.by.is_empty() { " · " }
                            }
                            (entry.by)
                        }
                    }
                    @if !entry.note.is_empty() { p.as-typed { (entry.note) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ChannelFacts, duration_and_fees};
    use crate::domain::words::Lang;

    #[test]
    fn ways_that_agree_are_said_once() {
        let way = |channel, fee| ChannelFacts { channel, fee, duration: "3 ngày", tiers: "" };
        let page = duration_and_fees(Lang::Vi, &[way("Trực tuyến", "A"), way("Tại quầy", "B")]);
        let page = page.into_string();
        assert_eq!(page.matches("3 ngày").count(), 1);
        assert!(page.contains("Trực tuyến: </span>A") && page.contains("Tại quầy: </span>B"));
    }
}
