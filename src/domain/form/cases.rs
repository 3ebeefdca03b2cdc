//! Test cases of a form: filled in once, and tried at every change of the form, the process or the fees.

use jiff::civil::Date;

use super::reading::{is_blank, plain};
use super::{Case, Declaration, Evaluation, Expected, Kind, Paper, evaluate, words};
use crate::domain::catalogue::{Channel, Procedure};
use crate::domain::dossier::Form;
use crate::domain::fee::{Charge, Schedule, dong};
use crate::domain::process::{Condition, Step};
use crate::domain::words::{Lang, Message, Text, fold};

/// What stands around a form: by what its answers are charged, which papers are asked for and which
/// steps a dossier goes through.
#[derive(Clone, Debug)]
pub struct Around {
    /// Today.
    pub today: Date,
    /// The way in by which a case is filed.
    pub channel: Channel,
    /// What it costs.
    pub fees: Schedule,
    /// Papers that the catalogue always asks for, but the declaration itself.
    pub always: Vec<String>,
    /// The steps of the process; none while there is none.
    pub steps: Option<Vec<Step>>,
}

/// What comes of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The answers, read.
    pub found: Evaluation,
    /// The fees.
    pub fees: Vec<Charge>,
    /// The papers asked for.
    pub papers: Vec<String>,
    /// The steps that run; none while there is no process.
    pub steps: Option<Vec<String>>,
}

impl Around {
    /// What stands around the form of a procedure.
    pub fn of(procedure: &Procedure, fees: Schedule, today: Date) -> Self {
        let channel = match procedure.takes(Channel::Online) {
            true => Channel::Online,
            false => procedure.submission.first().map_or(Channel::Counter, |way| way.channel),
        };
        let form = procedure.declaration().map(|component| &component.id);
        let always = procedure.components.iter();
        let always = always.filter(|known| known.mandatory && Some(&known.id) != form);
        let always = always.map(|component| component.name.clone()).collect();
        Self { today, channel, fees, always, steps: None }
    }

    /// A form that stands by itself.
    pub fn nothing(today: Date) -> Self {
        let (channel, fees) = (Channel::Online, Schedule::default());
        Self { today, channel, fees, always: Vec::new(), steps: None }
    }
}

impl Paper {
    /// Whether a paper of the catalogue is this one, by how its name begins.
    pub fn is(&self, component: &str) -> bool {
        let name = format!("{} ", fold(component));
        let begins = |words: &String| {
            let words = fold(words);
            !words.is_empty() && name.starts_with(&format!("{words} "))
        };
        match self.known_as.as_slice() {
            [] => begins(&self.name.vi),
            known => known.iter().any(begins),
        }
    }

    /// Whether answers ask for it.
    pub fn is_asked(&self, answers: &Form) -> bool {
        self.only_if.iter().all(|condition| condition.holds_when_answered(answers))
    }
}

impl Declaration {
    /// Whether answers ask for a paper of the catalogue; none when the form does not speak of it.
    pub fn asks_for(&self, component: &str, answers: &Form) -> Option<bool> {
        let mut own = self.papers.iter().filter(|paper| paper.is(component)).peekable();
        own.peek()?;
        Some(own.any(|paper| paper.is_asked(answers)))
    }

    /// What comes of answers.
    pub fn outcome(&self, answers: &Form, around: &Around) -> Outcome {
        let found = evaluate(self, answers, around.today);
        let fees = around.fees.charges(&found.answers, around.channel, around.today);
        let papers = match self.papers.as_slice() {
            [] => around.always.clone(),
            own => {
                let asked = own.iter().filter(|paper| paper.is_asked(&found.answers));
                asked.map(|paper| paper.name.vi.clone()).collect()
            }
        };
        let runs = |step: &&Step| {
            let holds = |when: &Condition| when.holds(&found.answers);
            !step.skip_when.as_ref().is_some_and(holds)
        };
        let steps = around.steps.as_ref();
        let steps =
            steps.map(|all| all.iter().filter(runs).map(|step| step.name.clone()).collect());
        Outcome { found, fees, papers, steps }
    }

    /// What goes wrong in a test case: nothing when it comes out as it says.
    pub fn try_case(&self, case: &Case, around: &Around) -> Vec<Text> {
        let outcome = self.outcome(&case.answers, around);
        let found = &outcome.found;
        let mut wrong = Vec::new();
        for (keys, must_show) in [(&case.shows, true), (&case.hides, false)] {
            for key in keys.iter().filter(|key| found.shows(key) != must_show) {
                let message = if must_show { words::CASE_HIDDEN } else { words::CASE_SHOWN };
                wrong.push(self.told(message, key, &[]));
            }
        }
        for problem in found.problems.iter().filter(|p| !case.errors.contains(&p.path)) {
            let why = [("why", &problem.text)];
            wrong.push(self.told(words::CASE_REFUSED, &problem.path, &why));
        }
        for path in
            case.errors.iter().filter(|path| found.problems.iter().all(|p| p.path != **path))
        {
            wrong.push(self.told(words::CASE_TAKEN, path, &[]));
        }
        for (key, wanted) in &case.values {
            let got = found.answers.get(key).map(plain).unwrap_or_default();
            if got != *wanted {
                let (wanted, got) = (same(wanted), same(&got));
                let values = [("wanted", &wanted), ("got", &got)];
                wrong.push(self.told(words::CASE_VALUE, key, &values));
            }
        }
        wrong.extend(case.expected.failed(&outcome));
        wrong
    }

    /// A test case that expects what comes of answers now: which of the questions with conditions are
    /// asked, every error, what is calculated, the fees, the papers and the steps.
    pub fn case_of(&self, name: &str, mut answers: Form, around: &Around) -> Case {
        answers.retain(|_, value| !is_blank(value));
        let outcome = self.outcome(&answers, around);
        let found = &outcome.found;
        let conditional = self.sections.iter().flat_map(|section| {
            let questions = section.questions.iter();
            questions.filter(|q| !section.only_if.is_empty() || !q.only_if.is_empty())
        });
        let (shows, hides) =
            conditional.map(|q| q.key.clone()).partition(|key: &String| found.shows(key));
        let mut errors: Vec<String> = found.problems.iter().map(|p| p.path.clone()).collect();
        errors.dedup();
        let calculated = self.questions().filter(|q| matches!(q.kind, Kind::Calculated(_)));
        let values = calculated
            .filter_map(|q| Some((q.key.clone(), plain(found.answers.get(&q.key)?))))
            .collect();
        let expected = outcome.expected();
        Case { name: name.to_owned(), answers, shows, hides, errors, values, expected }
    }

    /// The form with every test case taken over as it comes out now.
    pub fn renew_cases(&mut self, around: &Around) {
        let cases = std::mem::take(&mut self.cases);
        let renewed = cases.into_iter().map(|case| {
            let steps = case.expected.steps.clone();
            let mut renewed = self.case_of(&case.name, case.answers, around);
            // Without a process nothing is known of the steps.
            renewed.expected.steps = renewed.expected.steps.or(steps);
            renewed
        });
        self.cases = renewed.collect();
    }

    /// A message about an answer, which it names by its label.
    fn told(&self, message: Message, path: &str, values: &[(&str, &Text)]) -> Text {
        let label = self.label_of(path);
        message.text_of(&[&[("label", &label)], values].concat())
    }
}

impl Outcome {
    /// What a test case would expect beside the form.
    pub fn expected(&self) -> Expected {
        Expected {
            fees: Some(self.fees.clone()),
            papers: Some(self.papers.clone()),
            steps: self.steps.clone(),
        }
    }
}

impl Expected {
    /// What came otherwise.
    fn failed(&self, outcome: &Outcome) -> Vec<Text> {
        let charges = |fees: &[Charge]| {
            fees.iter().map(|fee| format!("{} {}", fee.name, dong(fee.amount))).collect()
        };
        let fees = self
            .fees
            .as_deref()
            .map(|wanted| (words::CASE_FEES, charges(wanted), charges(&outcome.fees)));
        let papers =
            self.papers.clone().map(|wanted| (words::CASE_PAPERS, wanted, outcome.papers.clone()));
        let steps = self.steps.clone().zip(outcome.steps.clone());
        let steps = steps.map(|(wanted, got)| (words::CASE_STEPS, wanted, got));
        let all: Vec<(Message, Vec<String>, Vec<String>)> =
            [fees, papers, steps].into_iter().flatten().collect();
        let other = all.into_iter().filter(|(_, wanted, got)| wanted != got);
        other
            .map(|(message, wanted, got)| {
                let say = |lang| {
                    let none = words::NOTHING.say(lang);
                    let list = |all: &[String]| match all {
                        [] => none.to_owned(),
                        all => all.join("; "),
                    };
                    message.fill(lang, &[("wanted", &list(&wanted)), ("got", &list(&got))])
                };
                Text { vi: say(Lang::Vi), en: say(Lang::En) }
            })
            .collect()
    }
}

/// Words that are the same in both languages.
fn same(text: &str) -> Text {
    Text { vi: text.to_owned(), en: text.to_owned() }
}
