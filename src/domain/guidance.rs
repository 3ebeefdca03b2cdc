//! "Có đúng thủ tục không?": a few questions lead from a procedure to the sibling that fits. Questions
//! lead downwards only, so that nobody goes round in circles, and every answer leads to something.

use super::dossier::Form;
use super::ids::ProcedureCode;
use super::process::Condition;
use super::words::Text;

/// The sentences of this rule.
pub mod words {
    crate::messages! {
        NO_QUESTION: "nhóm này chưa có câu hỏi nào" / "this family has no question";
        KEY_TWICE: "hai câu hỏi cùng mang mã “{key}”" / "two questions have the key “{key}”";
        ONE_ANSWER: "câu “{question}” phải có ít nhất hai câu trả lời" / "the question “{question}” needs two answers at least";
        LEADS_NOWHERE: "ở câu “{question}”, câu trả lời “{answer}” không dẫn đến đâu: không có câu hỏi “{key}”" / "at “{question}”, the answer “{answer}” leads nowhere: there is no question “{key}”";
        LEADS_NOWHERE_BUT: "ở câu “{question}”, câu trả lời “{answer}” không dẫn đến đâu: không có câu hỏi “{key}”; ở dưới có: {keys}" / "at “{question}”, the answer “{answer}” leads nowhere: there is no question “{key}”; below are: {keys}";
        LEADS_UP: "ở câu “{question}”, câu trả lời “{answer}” dẫn ngược lên câu “{key}”: hỏi mãi không hết. Chỉ dẫn đến câu ở dưới" / "at “{question}”, the answer “{answer}” leads up to “{key}” and round in circles. Lead to a question below only";
        NEVER_ASKED: "không câu trả lời nào dẫn đến câu “{question}”" / "no answer leads to the question “{question}”";
        NEVER_REACHED: "không câu trả lời nào dẫn đến thủ tục {code}" / "no answer leads to the procedure {code}";
        SILENT: "ở câu “{question}”, câu trả lời “{answer}” chưa nói vì sao hoặc đến đâu" / "at “{question}”, the answer “{answer}” says neither why nor where";
    }
}

/// The questions of a family of procedures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guide {
    /// Its name in files.
    pub id: String,
    /// What it is about.
    pub title: Text,
    /// On whose pages it is asked.
    pub procedures: Vec<ProcedureCode>,
    /// The questions; the first begins.
    pub questions: Vec<Asked>,
    /// What the answers of a form lead to, whoever left the questions out.
    pub signposts: Vec<Signpost>,
}

/// Answers of a procedure's form that are those of another procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signpost {
    /// In whose form.
    pub of: ProcedureCode,
    /// When all of these hold.
    pub only_if: Vec<Condition>,
    /// The procedure that is meant.
    pub to: ProcedureCode,
    /// Why.
    pub why: Text,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its name in the family.
    pub key: String,
    /// What is asked.
    pub text: Text,
    /// The answers.
    pub answers: Vec<Reply>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// What people read.
    pub text: Text,
    /// Where it leads.
    pub leads: Leads,
}

/// Where an answer leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// To another question, by its key.
    Question(String),
    /// To a procedure, and why it is that one.
    Procedure(ProcedureCode, Text),
    /// To somewhere else.
    Elsewhere(Text),
}

/// A part of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// The procedures on whose pages it is asked.
    Procedures,
    /// A question, by its place.
    Question(usize),
    /// An answer, by the places of its question and its own.
    Answer(usize, usize),
    /// What the answers of a form lead to, by its place.
    Signpost(usize),
}

/// Where somebody stands after some answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing<'a> {
    /// The questions that were answered, each with its answer.
    pub answered: Vec<(&'a Asked, &'a Reply)>,
    /// What comes now.
    pub now: Now<'a>,
}

/// What comes after some answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Now<'a> {
    /// A question.
    Ask(&'a Asked),
    /// The end, which is no question.
    End(&'a Leads),
}

impl Guide {
    /// Where answers lead, each given by its place; wrong ones and those too many are left out. None
    /// when there is no question.
    pub fn walk(&self, answers: &[usize]) -> Option<Standing<'_>> {
        let (mut asked, mut answered) = (self.questions.first()?, Vec::new());
        for place in answers {
            let Some(reply) = asked.answers.get(*place) else { break };
            answered.push((asked, reply));
            let Leads::Question(key) = &reply.leads else {
                return Some(Standing { answered, now: Now::End(&reply.leads) });
            };
            // A checked guide leads downwards only, which ends.
            asked = self.questions.iter().find(|question| question.key == *key)?;
        }
        Some(Standing { answered, now: Now::Ask(asked) })
    }

    /// What is wrong with it, and where.
    pub fn check(&self) -> Vec<(Part, Text)> {
        let mut wrong = Vec::new();
        if self.questions.is_empty() {
            wrong.push((Part::Whole, words::NO_QUESTION.into()));
        }
        for (place, asked) in self.questions.iter().enumerate() {
            let (question, here) = (asked.text.vi.as_str(), Part::Question(place));
            if self.questions[..place].iter().any(|other| other.key == asked.key) {
                wrong.push((here, words::KEY_TWICE.text(&[("key", &asked.key)])));
            }
            if asked.answers.len() < 2 {
                wrong.push((here, words::ONE_ANSWER.text(&[("question", question)])));
            }
            if place > 0 && !self.leads_to(|leads| *leads == Leads::Question(asked.key.clone())) {
                wrong.push((here, words::NEVER_ASKED.text(&[("question", question)])));
            }
            for (number, reply) in asked.answers.iter().enumerate() {
                let text = self.wrong_with(place, reply);
                wrong.extend(text.map(|text| (Part::Answer(place, number), text)));
            }
        }
        for code in &self.procedures {
            if !self.leads_to(|leads| matches!(leads, Leads::Procedure(to, _) if to == code)) {
                let text = words::NEVER_REACHED.text(&[("code", code.as_str())]);
                wrong.push((Part::Procedures, text));
            }
        }
        wrong
    }

    /// Every procedure that it names, with where.
    pub fn named(&self) -> impl Iterator<Item = (Part, &ProcedureCode)> {
        let on_pages = self.procedures.iter().map(|code| (Part::Procedures, code));
        let questions = self.questions.iter().enumerate();
        let led_to = questions.flat_map(|(place, asked)| {
            let answers = asked.answers.iter().enumerate();
            answers.filter_map(move |(number, reply)| match &reply.leads {
                Leads::Procedure(code, _) => Some((Part::Answer(place, number), code)),
                Leads::Question(_) | Leads::Elsewhere(_) => None,
            })
        });
        let posts = self.signposts.iter().enumerate();
        let posts = posts.flat_map(|(place, post)| {
            [&post.of, &post.to].map(|code| (Part::Signpost(place), code))
        });
        on_pages.chain(led_to).chain(posts)
    }

    /// The other procedure that the answers of a form are those of, and why.
    pub fn signpost(&self, of: &ProcedureCode, answers: &Form) -> Option<&Signpost> {
        let leads = |post: &&Signpost| {
            let holds = |condition: &Condition| condition.holds(answers);
            post.of == *of && post.only_if.iter().all(holds)
        };
        self.signposts.iter().find(leads)
    }

    fn leads_to(&self, is: impl Fn(&Leads) -> bool) -> bool {
        self.questions.iter().flat_map(|asked| &asked.answers).any(|reply| is(&reply.leads))
    }

    fn wrong_with(&self, place: usize, reply: &Reply) -> Option<Text> {
        let question = self.questions[place].text.vi.as_str();
        let slots = [("question", question), ("answer", reply.text.vi.as_str())];
        match &reply.leads {
            Leads::Question(key) => {
                let below = self.questions[place + 1..].iter().map(|asked| asked.key.as_str());
                let keys = below.collect::<Vec<_>>().join(", ");
                let slots = [slots[0], slots[1], ("key", key.as_str()), ("keys", &keys)];
                match self.questions.iter().rposition(|asked| asked.key == *key) {
                    None if keys.is_empty() => Some(words::LEADS_NOWHERE.text(&slots)),
                    None => Some(words::LEADS_NOWHERE_BUT.text(&slots)),
                    Some(to) if to <= place => Some(words::LEADS_UP.text(&slots)),
                    Some(_) => None,
                }
            }
            Leads::Procedure(_, said) | Leads::Elsewhere(said) => {
                said.vi.trim().is_empty().then(|| words::SILENT.text(&slots))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, Guide, Leads, Now, Part, Reply};
    use crate::domain::words::Text;

    fn text(words: &str) -> Text {
        Text { vi: words.to_owned(), en: words.to_owned() }
    }

    fn asked(key: &str, leads: Vec<Leads>) -> Asked {
        let reply = |leads| Reply { text: text("đáp"), leads };
        Asked { key: key.into(), text: text(key), answers: leads.into_iter().map(reply).collect() }
    }

    fn to(key: &str) -> Leads {
        Leads::Question(key.to_owned())
    }

    fn procedure(code: &str) -> Leads {
        Leads::Procedure(code.into(), text("vì thế"))
    }

    fn guide(questions: Vec<Asked>) -> Guide {
        Guide {
            id: "g".into(),
            title: text("g"),
            procedures: vec!["1".into()],
            questions,
            signposts: Vec::new(),
        }
    }

    #[test]
    fn answers_lead_to_a_procedure_and_wrong_ones_are_left_out() {
        let guide = guide(vec![
            asked("a", vec![procedure("1"), to("b")]),
            asked("b", vec![procedure("2"), Leads::Elsewhere(text("tòa án"))]),
        ]);
        assert!(guide.check().is_empty());
        let end = |answers: &[usize]| match guide.walk(answers).unwrap().now {
            Now::End(leads) => Some(leads.clone()),
            Now::Ask(_) => None,
        };
        assert_eq!(end(&[0]), Some(procedure("1")));
        assert_eq!(end(&[1, 0, 5]), Some(procedure("2")));
        assert_eq!(end(&[1]), None);
        assert_eq!(guide.walk(&[7]).unwrap().answered.len(), 0);
    }

    #[test]
    fn what_leads_in_a_circle_or_to_nothing_is_refused() {
        let wrong = |questions| guide(questions).check().len();
        assert_eq!(wrong(vec![]), 2, "no question, and the procedure is not reached");
        let circle = vec![
            asked("a", vec![procedure("1"), to("b")]),
            asked("b", vec![to("a"), procedure("1")]),
        ];
        let (at, why) = &guide(circle).check()[0];
        assert_eq!(*at, Part::Answer(1, 0));
        assert!(why.vi.contains("ngược lên"));
        assert_eq!(wrong(vec![asked("a", vec![procedure("1"), to("a")])]), 1);
        assert_eq!(wrong(vec![asked("a", vec![procedure("1"), to("khác")])]), 1);
        assert_eq!(wrong(vec![asked("a", vec![procedure("1")])]), 1);
        let silent = Leads::Elsewhere(Text::default());
        assert_eq!(wrong(vec![asked("a", vec![procedure("1"), silent])]), 1);
        let unasked = asked("b", vec![procedure("1"), procedure("2")]);
        assert_eq!(wrong(vec![asked("a", vec![procedure("1"), procedure("2")]), unasked]), 1);
    }
}
