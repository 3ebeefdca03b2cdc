//! What an import changes in a procedure, fact by fact, in words.

use super::words;
use crate::domain::catalogue::{
    Channel, Component, DurationUnit, Level, Procedure, ProcedureResult, SubmissionWay,
};
use crate::domain::fee::words::dong;
use crate::domain::words::{Lang, Message, Text};

/// Longest stretch of a text that is shown, in characters.
const SHOWN: usize = 160;

type Get = fn(&Procedure) -> &String;

/// Facts that are one text, with what they are called.
const TEXTS: [(&str, Message, Get); 9] = [
    ("name", words::FACT_NAME, |p| &p.name),
    ("decision", words::FACT_DECISION, |p| &p.decision),
    ("kind", words::FACT_KIND, |p| &p.kind),
    ("field", words::FACT_FIELD, |p| &p.field),
    ("issuer", words::FACT_ISSUER, |p| &p.issuer),
    ("agency", words::FACT_AGENCY, |p| &p.agency),
    ("coordinating_agency", words::FACT_COORDINATING, |p| &p.coordinating_agency),
    ("steps", words::FACT_STEPS, |p| &p.steps),
    ("requirements", words::FACT_REQUIREMENTS, |p| &p.requirements),
];

/// What differs between two states of a procedure; `fields` are the JSON names of the facts that do.
pub fn said(old: &Procedure, new: &Procedure, fields: &[String]) -> Vec<Text> {
    let mut said = Vec::new();
    for field in fields {
        match field.as_str() {
            "levels" => lists(words::FACT_LEVELS, &levels(old), &levels(new), &mut said),
            "subjects" => lists(words::FACT_SUBJECTS, &old.subjects, &new.subjects, &mut said),
            "legal_basis" => {
                lists(words::FACT_BASIS, &old.legal_basis, &new.legal_basis, &mut said);
            }
            "results" => lists(words::FACT_RESULTS, &results(old), &results(new), &mut said),
            "components" => papers(&old.components, &new.components, &mut said),
            "submission" => ways(&old.submission, &new.submission, &mut said),
            name => match TEXTS.iter().find(|(known, ..)| *known == name) {
                Some((_, label, get)) => said.push(text(*label, get(old), get(new))),
                None => said.push(words::FACT_OTHER.text(&[("field", name)])),
            },
        }
    }
    said
}

fn both(say: impl Fn(Lang) -> String) -> Text {
    Text { vi: say(Lang::Vi), en: say(Lang::En) }
}

/// "Tên: “cũ” → “mới”"; of long texts the places from which they differ.
fn text(label: Message, old: &str, new: &str) -> Text {
    let (old, new) = apart(old, new);
    both(|lang| {
        let empty = words::NOTHING.say(lang);
        let quote = |text: &str| match text {
            "" => empty.to_owned(),
            text => format!("“{text}”"),
        };
        let values = [("fact", label.say(lang)), ("old", &quote(&old)), ("new", &quote(&new))];
        words::FACT_CHANGED.fill(lang, &values)
    })
}

/// Two texts, cut to the stretch in which they differ when they are long.
fn apart(old: &str, new: &str) -> (String, String) {
    if old.chars().count() <= SHOWN && new.chars().count() <= SHOWN {
        return (old.to_owned(), new.to_owned());
    }
    let same = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).count();
    // A few words before, so that the place is found.
    let from = same.saturating_sub(20);
    let cut = |text: &str| {
        let rest: String = text.chars().skip(from).take(SHOWN).collect();
        let before = if from > 0 { "…" } else { "" };
        let after = if text.chars().count() > from + SHOWN { "…" } else { "" };
        format!("{before}{}{after}", rest.replace('\n', " "))
    };
    (cut(old), cut(new))
}

fn lists(label: Message, old: &[String], new: &[String], said: &mut Vec<Text>) {
    let mut one = |message: Message, item: &str| {
        said.push(both(|lang| message.fill(lang, &[("fact", label.say(lang)), ("item", item)])));
    };
    old.iter().filter(|item| !new.contains(item)).for_each(|item| one(words::ITEM_GONE, item));
    new.iter().filter(|item| !old.contains(item)).for_each(|item| one(words::ITEM_NEW, item));
    let mut before: Vec<&String> = old.iter().collect();
    let mut after: Vec<&String> = new.iter().collect();
    before.sort();
    after.sort();
    if before == after {
        said.push(both(|lang| words::ITEMS_MOVED.fill(lang, &[("fact", label.say(lang))])));
    }
}

fn levels(procedure: &Procedure) -> Vec<String> {
    let name = |level: &Level| {
        match level {
            Level::Ministry => "Bộ",
            Level::Province => "Tỉnh",
            Level::District => "Huyện",
            Level::Commune => "Xã",
        }
        .to_owned()
    };
    procedure.levels.iter().map(name).collect()
}

fn results(procedure: &Procedure) -> Vec<String> {
    let name = |result: &ProcedureResult| match result.code.as_str() {
        "" => result.name.clone(),
        code => format!("{} ({code})", result.name),
    };
    procedure.results.iter().map(name).collect()
}

fn papers(old: &[Component], new: &[Component], said: &mut Vec<Text>) {
    let find =
        |papers: &'_ [Component], id: &str| papers.iter().position(|paper| paper.id.as_str() == id);
    for paper in old.iter().filter(|paper| find(new, paper.id.as_str()).is_none()) {
        said.push(words::PAPER_GONE.text(&[("paper", &paper.name)]));
    }
    for paper in new {
        match find(old, paper.id.as_str()) {
            None => said.push(words::PAPER_NEW.text(&[("paper", &paper.name)])),
            Some(place) => paper_changed(&old[place], paper, said),
        }
    }
    let ids = |papers: &[Component]| -> Vec<String> {
        papers.iter().map(|paper| paper.id.to_string()).collect()
    };
    let (before, after) = (ids(old), ids(new));
    let kept = |of: &[String], other: &[String]| -> Vec<String> {
        of.iter().filter(|id| other.contains(id)).cloned().collect()
    };
    if kept(&before, &after) != kept(&after, &before) {
        said.push(both(|lang| {
            words::ITEMS_MOVED.fill(lang, &[("fact", words::FACT_COMPONENTS.say(lang))])
        }));
    }
}

fn paper_changed(old: &Component, new: &Component, said: &mut Vec<Text>) {
    if old.name != new.name {
        said.push(words::PAPER_RENAMED.text(&[("old", &old.name), ("new", &new.name)]));
    }
    if (old.originals, old.copies) != (new.originals, new.copies) {
        let count = |paper: &Component| (paper.originals.to_string(), paper.copies.to_string());
        let ((old_originals, old_copies), (originals, copies)) = (count(old), count(new));
        said.push(words::PAPER_COUNTS.text(&[
            ("paper", &new.name),
            ("old_originals", &old_originals),
            ("old_copies", &old_copies),
            ("originals", &originals),
            ("copies", &copies),
        ]));
    }
    if old.mandatory != new.mandatory {
        let message = if new.mandatory { words::PAPER_DEMANDED } else { words::PAPER_OPTIONAL };
        said.push(message.text(&[("paper", &new.name)]));
    }
    if old.group != new.group {
        said.push(words::PAPER_MOVED.text(&[("paper", &new.name), ("case", &new.group)]));
    }
}

fn ways(old: &[SubmissionWay], new: &[SubmissionWay], said: &mut Vec<Text>) {
    for channel in Channel::ALL {
        let of = |ways: &[SubmissionWay]| -> Vec<SubmissionWay> {
            ways.iter().filter(|way| way.channel == channel).cloned().collect()
        };
        let (before, after) = (of(old), of(new));
        let name = channel_name(channel);
        let one =
            |message: Message| both(|lang| message.fill(lang, &[("channel", name.say(lang))]));
        match (before.as_slice(), after.as_slice()) {
            (before, after) if before == after => {}
            ([], _) => said.push(one(words::WAY_NEW)),
            (_, []) => said.push(one(words::WAY_GONE)),
            ([before], [after]) => way_changed(name, before, after, said),
            _ => said.push(one(words::WAY_CASES)),
        }
    }
}

fn way_changed(name: Message, old: &SubmissionWay, new: &SubmissionWay, said: &mut Vec<Text>) {
    let mut changed = |label: Message, say: fn(&SubmissionWay, Lang) -> String| {
        if say(old, Lang::Vi) == say(new, Lang::Vi) {
            return;
        }
        said.push(both(|lang| {
            let of = [("channel", name.say(lang)), ("fact", label.say(lang))];
            let fact = words::FACT_OF_WAY.fill(lang, &of);
            let (old, new) = apart(&say(old, lang), &say(new, lang));
            let values = [("fact", fact), ("old", old), ("new", new)];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            words::FACT_CHANGED.fill(lang, &values)
        }));
    };
    changed(words::FACT_DURATION, duration);
    changed(words::FACT_FEE, |way, lang| match way.fee_vnd {
        Some(fee) => dong(fee),
        None => words::NOTHING.say(lang).to_owned(),
    });
    changed(words::FACT_FEE_WORDS, |way, _| format!("“{}”", way.fee_text));
}

const fn channel_name(channel: Channel) -> Message {
    match channel {
        Channel::Counter => words::COUNTER,
        Channel::Online => words::ONLINE,
        Channel::Post => words::POST,
    }
}

/// A duration in a few words.
pub fn duration(way: &SubmissionWay, lang: Lang) -> String {
    let Some(unit) = way.unit else { return words::NOTHING.say(lang).to_owned() };
    let message = match unit {
        DurationUnit::SameDay => words::SAME_DAY,
        DurationUnit::WorkingHour => words::WORKING_HOURS,
        DurationUnit::Hour => words::HOURS,
        DurationUnit::WorkingDay => words::WORKING_DAYS,
        DurationUnit::Day => words::DAYS,
        DurationUnit::Month => words::MONTHS,
    };
    let amount = way.duration.unwrap_or(0).to_string();
    message.fill(lang, &[("n", &amount)])
}
