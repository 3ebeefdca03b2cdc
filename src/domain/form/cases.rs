//! Test cases of a form: filled in once, and tried at every change of the form, the process or the fees.

use jiff::civil::Date;

use super::reading::{is_blank, plain};
use super::{Case, Declaration, Evaluation, Expected, Kind, evaluate, read_again, words};
use crate::domain::catalogue::{Channel, Component, Procedure};
use crate::domain::checklist::{Facts, Filer, PaperRule, Verdict, verdict};
use crate::domain::dossier::Form;
use crate::domain::fee::{Charge, Schedule, dong};
use crate::domain::ids::ComponentId;
use crate::domain::process::{Condition, Step};
use crate::domain::words::{Lang, Message, Text};

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
    /// The papers of the catalogue.
    pub components: Vec<Component>,
    /// The one among them that the form stands for.
    pub declared: Option<ComponentId>,
    /// When which of them are asked for.
    pub rules: Vec<PaperRule>,
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
    /// The papers that must go along.
    pub papers: Vec<String>,
    /// The papers that go along if there are any.
    pub papers_if_any: Vec<String>,
    /// The steps that run; none while there is no process.
    pub steps: Option<Vec<String>>,
}

impl Around {
    /// What stands around the form of a procedure; its process is none yet.
    pub fn of(procedure: &Procedure, fees: Schedule, rules: &[PaperRule], today: Date) -> Self {
        let channel = match procedure.takes(Channel::Online) {
            true => Channel::Online,
            false => procedure.submission.first().map_or(Channel::Counter, |way| way.channel),
        };
        Self {
            today,
            channel,
            fees,
            declared: procedure.declaration().map(|component| component.id.clone()),
            components: procedure.components.clone(),
            rules: rules.to_vec(),
            steps: None,
        }
    }

    /// A form that stands by itself.
    pub fn nothing(today: Date) -> Self {
        let (channel, fees) = (Channel::Online, Schedule::default());
        let (components, rules) = (Vec::new(), Vec::new());
        Self { today, channel, fees, components, declared: None, rules, steps: None }
    }

    /// The papers of which this is said, for whoever files in their own matter with these answers.
    fn papers(&self, answers: &Form, said: &Verdict) -> Vec<String> {
        let (filer, channel) = (Some(Filer::Own), Some(self.channel));
        let declared = self.declared.as_ref();
        let facts = Facts { filer, channel, answers, is_filled_in: true, declared };
        let papers = self.components.iter();
        let papers = papers.filter(|paper| verdict(paper, &self.rules, &facts) == *said);
        papers.map(|paper| paper.name.clone()).collect()
    }
}

impl Declaration {
    /// What comes of answers.
    pub fn outcome(&self, answers: &Form, around: &Around) -> Outcome {
        let found = evaluate(self, answers, around.today);
        let fees = around.fees.charges(&found.answers, around.channel, around.today);
        let papers = around.papers(&found.answers, &Verdict::Required);
        let papers_if_any = around.papers(&found.answers, &Verdict::IfAny);
        let runs = |step: &&Step| {
            let holds = |when: &Condition| when.holds(&found.answers);
            !step.skip_when.as_ref().is_some_and(holds)
        };
        let steps = around.steps.as_ref();
        let steps =
            steps.map(|all| all.iter().filter(runs).map(|step| step.name.clone()).collect());
        Outcome { found, fees, papers, papers_if_any, steps }
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
                let (wanted, got) = (self.read_value(key, wanted), self.read_value(key, &got));
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

    /// The form with the papers of every test case as this catalogue has them.
    pub fn renew_papers(&mut self, around: &Around) {
        let mut cases = std::mem::take(&mut self.cases);
        for case in &mut cases {
            let expected = self.outcome(&case.answers, around).expected();
            case.expected.papers = expected.papers;
            case.expected.papers_if_any = expected.papers_if_any;
        }
        self.cases = cases;
    }

    /// A kept answer of a question as people read it.
    fn read_value(&self, key: &str, kept: &str) -> Text {
        let Some(question) = self.question(key).filter(|_| !kept.is_empty()) else {
            return if kept.is_empty() { words::NOTHING.into() } else { same(kept) };
        };
        let say = |lang| read_again(lang, question, kept);
        Text { vi: say(Lang::Vi), en: say(Lang::En) }
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
            papers_if_any: Some(self.papers_if_any.clone()),
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
        let papers = self.papers.clone().zip(Some(outcome.papers.clone()));
        let papers = papers.map(|(wanted, got)| (words::CASE_PAPERS, wanted, got));
        let if_any = self.papers_if_any.clone().zip(Some(outcome.papers_if_any.clone()));
        let if_any = if_any.map(|(wanted, got)| (words::CASE_PAPERS_IF_ANY, wanted, got));
        let steps = self.steps.clone().zip(outcome.steps.clone());
        let steps = steps.map(|(wanted, got)| (words::CASE_STEPS, wanted, got));
        let all: Vec<(Message, Vec<String>, Vec<String>)> =
            [fees, papers, if_any, steps].into_iter().flatten().collect();
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
