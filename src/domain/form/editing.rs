//! A form in the hands of an official: questions found by the names of their answers, moved, removed,
//! and set beside each other.

use super::renaming::Names;
use super::{
    ChoiceOption, Declaration, Expected, Kind, OfficialForm, PLACE_PARTS, Question, Section,
    is_key, words,
};
use crate::domain::process::Condition;
use crate::domain::words::Text;

/// Where a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The section.
    pub section: usize,
    /// The question in it.
    pub question: usize,
    /// The column, when it is one of a table.
    pub column: Option<usize>,
}

/// Where a question moves to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Before the one above; from the top of a section to the end of the one before.
    Up,
    /// Behind the one below; from the end of a section to the top of the next.
    Down,
}

impl Question {
    /// A question whose answer a condition can look at; none where its name is none of a question's.
    pub fn looked_at(when: &Condition, label: Text) -> Option<Self> {
        let (key, part) =
            when.field.split_once('.').map_or((&*when.field, None), |(k, p)| (k, Some(p)));
        let kind = match (part, when.test.value()) {
            (Some(part), _) if PLACE_PARTS.contains(&part) => Kind::Place,
            (Some(_), _) => return None,
            (None, None) => Kind::Text { lines: 1 },
            (None, Some(value)) if is_yes_or_no(value) => Kind::Tick,
            (None, Some(value)) if value.parse::<rust_decimal::Decimal>().is_ok() => {
                Kind::Number { min: None, max: None, places: 0 }
            }
            (None, Some(value)) => {
                let said = Text { vi: value.to_owned(), en: value.to_owned() };
                let other = ChoiceOption { value: OTHER.to_owned(), label: words::OTHER.into() };
                Kind::Choice(vec![ChoiceOption { value: value.to_owned(), label: said }, other])
            }
        };
        is_key(key).then(|| Self::new(key, label, kind))
    }
}

/// The answer beside the one that a condition looks at.
const OTHER: &str = "gia_tri_khac";

fn is_yes_or_no(value: &str) -> bool {
    matches!(value.trim().to_lowercase().as_str(), "có" | "không" | "true" | "false" | "yes" | "no")
}

impl Declaration {
    /// A copy for another procedure: under a title of its own, signed by whoever declares, and with test
    /// cases that expect nothing of the fees, papers and steps of this.
    pub fn copied(&self, title: Text) -> Self {
        let (form_number, official, signers) = (String::new(), OfficialForm::default(), Vec::new());
        let mut copy = Self { title, form_number, official, signers, ..self.clone() };
        copy.cases.iter_mut().for_each(|case| case.expected = Expected::default());
        copy
    }

    /// Where the question with a path such as `ho_ten` or `thanh_vien.ho_ten` stands.
    pub fn spot(&self, path: &str) -> Option<Spot> {
        let (key, column) = path.split_once('.').map_or((path, None), |(a, b)| (a, Some(b)));
        let found = self.sections.iter().enumerate().find_map(|(section, known)| {
            let question = known.questions.iter().position(|question| question.key == key)?;
            Some((section, question))
        });
        let (section, question) = found?;
        let column = match column {
            None => None,
            Some(column) => {
                let Kind::Table { columns, .. } = &self.sections[section].questions[question].kind
                else {
                    return None;
                };
                Some(columns.iter().position(|known| known.key == column)?)
            }
        };
        Some(Spot { section, question, column })
    }

    /// The questions beside the one at a spot: of its section, or the columns of its table.
    pub fn beside(&self, spot: Spot) -> &[Question] {
        let Some(section) = self.sections.get(spot.section) else { return &[] };
        let question = section.questions.get(spot.question);
        match (spot.column, question.map(|question| &question.kind)) {
            (None, _) => &section.questions,
            (Some(_), Some(Kind::Table { columns, .. })) => columns,
            _ => &[],
        }
    }

    fn beside_mut(&mut self, spot: Spot) -> Option<&mut Vec<Question>> {
        let questions = &mut self.sections.get_mut(spot.section)?.questions;
        if spot.column.is_none() {
            return Some(questions);
        }
        match &mut questions.get_mut(spot.question)?.kind {
            Kind::Table { columns, .. } => Some(columns),
            _ => None,
        }
    }

    /// The question at a spot.
    pub fn at(&self, spot: Spot) -> Option<&Question> {
        self.beside(spot).get(spot.place())
    }

    /// The question at a spot, to be changed.
    pub fn at_mut(&mut self, spot: Spot) -> Option<&mut Question> {
        self.beside_mut(spot)?.get_mut(spot.place())
    }

    /// The table that a spot is a column of.
    pub fn table_of(&self, spot: Spot) -> Option<&Question> {
        spot.column?;
        self.sections.get(spot.section)?.questions.get(spot.question)
    }

    /// Gives the question at a path another key; whatever refers to it follows.
    pub fn rename(&mut self, path: &str, key: &str) {
        let Some(spot) = self.spot(path) else { return };
        let Some(old) = self.at(spot).map(|question| question.key.clone()) else { return };
        let table = self.table_of(spot).map(|table| table.key.clone());
        if let Some(question) = self.at_mut(spot) {
            key.clone_into(&mut question.key);
        }
        let names = Names { old: &old, new: key, table: table.as_deref() };
        if let Some(table) = &table {
            for question in self.columns_mut(table) {
                names.in_question(question, true);
            }
        }
        for section in &mut self.sections {
            names.in_conditions(&mut section.only_if, false);
            section.questions.iter_mut().for_each(|question| names.in_question(question, false));
        }
        self.cases.iter_mut().for_each(|case| names.in_case(case));
        self.official.rename(|path| names.of_path(path));
    }

    fn columns_mut(&mut self, table: &str) -> &mut [Question] {
        let spot = self.spot(table);
        match spot.and_then(|spot| self.at_mut(spot)).map(|table| &mut table.kind) {
            Some(Kind::Table { columns, .. }) => columns,
            _ => &mut [],
        }
    }

    /// Gives so many questions right behind the one at a path its conditions.
    pub fn spread_conditions(&mut self, path: &str, count: usize) {
        let Some(spot) = self.spot(path) else { return };
        let Some(only_if) = self.at(spot).map(|question| question.only_if.clone()) else { return };
        let beside = self.beside_mut(spot).into_iter().flatten();
        for question in beside.skip(spot.place() + 1).take(count) {
            question.only_if.clone_from(&only_if);
        }
    }

    /// Takes the question at a path out.
    pub fn remove(&mut self, path: &str) -> Option<Question> {
        let spot = self.spot(path)?;
        let place = spot.place();
        self.beside_mut(spot).map(|questions| questions.remove(place))
    }

    /// Moves a question by one place.
    pub fn step(&mut self, path: &str, step: Step) {
        let Some(spot) = self.spot(path) else { return };
        let place = spot.place();
        let count = self.beside(spot).len();
        match step {
            Step::Up if place > 0 => self.swap(spot, place - 1),
            Step::Down if place + 1 < count => self.swap(spot, place + 1),
            _ if spot.column.is_some() => {}
            Step::Up if spot.section > 0 => {
                let question = self.sections[spot.section].questions.remove(place);
                self.sections[spot.section - 1].questions.push(question);
            }
            Step::Down if spot.section + 1 < self.sections.len() => {
                let question = self.sections[spot.section].questions.remove(place);
                self.sections[spot.section + 1].questions.insert(0, question);
            }
            _ => {}
        }
    }

    fn swap(&mut self, spot: Spot, with: usize) {
        if let Some(questions) = self.beside_mut(spot) {
            questions.swap(spot.place(), with);
        }
    }

    /// Sets a question behind another of the same form, or on top of a section; not a column.
    pub fn put_behind(&mut self, path: &str, behind: Behind<'_>) {
        let is_itself = matches!(behind, Behind::Question(key) if key == path);
        if is_itself || path.contains('.') || self.target(behind).is_none() {
            return;
        }
        let Some(question) = self.remove(path) else { return };
        if let Some((section, place)) = self.target(behind) {
            self.sections[section].questions.insert(place, question);
        }
    }

    fn target(&self, behind: Behind<'_>) -> Option<(usize, usize)> {
        match behind {
            Behind::Question(key) => {
                let spot = self.spot(key).filter(|spot| spot.column.is_none())?;
                Some((spot.section, spot.question + 1))
            }
            Behind::Top(section) => (section < self.sections.len()).then_some((section, 0)),
        }
    }

    /// Moves a section by one place.
    pub fn step_section(&mut self, place: usize, step: Step) {
        let other = match step {
            Step::Up => place.checked_sub(1),
            Step::Down => place.checked_add(1),
        };
        if let Some(other) = other.filter(|other| (*other).max(place) < self.sections.len()) {
            self.sections.swap(place, other);
        }
    }

    /// Adds sketched sections: questions without a heading go to the end of a section, or of the last.
    pub fn add(&mut self, sketched: Vec<Section>, section: usize) {
        let mut place = section;
        for new in sketched {
            match self.sections.get_mut(place).filter(|_| new.title.vi.is_empty()) {
                Some(known) => known.questions.extend(new.questions),
                None => {
                    place = (place + 1).min(self.sections.len());
                    self.sections.insert(place, new);
                }
            }
        }
    }

    /// Adds a question behind all others; a form without sections gets one.
    pub fn ask_last(&mut self, question: Question) {
        match self.sections.last_mut() {
            Some(section) => section.questions.push(question),
            None => self.sections.push(Section { questions: vec![question], ..Section::default() }),
        }
    }

    /// The questions that a question at a spot may refer to: those above it, in a table the columns
    /// above.
    pub fn above(&self, spot: Spot) -> Vec<&Question> {
        if spot.column.is_some() {
            return self.beside(spot).iter().take(spot.place()).collect();
        }
        let before = self.sections.iter().take(spot.section).flat_map(|known| &known.questions);
        let own = self.sections.get(spot.section).into_iter();
        before.chain(own.flat_map(|known| known.questions.iter().take(spot.question))).collect()
    }
}

/// What a question is set behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind<'a> {
    /// The question with this key.
    Question(&'a str),
    /// The heading of this section.
    Top(usize),
}

impl Spot {
    /// The place among the questions beside it.
    pub fn place(self) -> usize {
        self.column.unwrap_or(self.question)
    }
}

#[cfg(test)]
mod tests {
    use super::{Behind, Step};
    use crate::domain::form::{Declaration, sketch};

    fn form() -> Declaration {
        let text = "# A\nmột\nhai\n# B\nba\nbảng\n- c1\n- c2";
        Declaration { sections: sketch(text, &|_| false), ..Declaration::default() }
    }

    fn keys(form: &Declaration) -> Vec<Vec<&str>> {
        let sections = form.sections.iter();
        let questions = sections.map(|section| section.questions.iter());
        questions.map(|all| all.map(|question| question.key.as_str()).collect()).collect()
    }

    #[test]
    fn questions_move_within_and_over_sections() {
        let mut form = form();
        form.step("hai", Step::Up);
        assert_eq!(keys(&form), [vec!["hai", "mot"], vec!["ba", "bang"]]);
        form.step("mot", Step::Down);
        assert_eq!(keys(&form), [vec!["hai"], vec!["mot", "ba", "bang"]]);
        form.step("mot", Step::Up);
        form.step("hai", Step::Up);
        form.put_behind("hai", Behind::Question("bang"));
        form.put_behind("ba", Behind::Top(0));
        form.put_behind("mot", Behind::Question("nowhere"));
        assert_eq!(keys(&form), [vec!["ba", "mot"], vec!["bang", "hai"]]);
        form.step("bang.c2", Step::Up);
        form.step("bang.c2", Step::Up);
        assert_eq!(form.spot("bang.c2").unwrap().column, Some(0));
        form.step_section(1, Step::Up);
        form.step_section(1, Step::Down);
        assert_eq!(keys(&form), [vec!["bang", "hai"], vec!["ba", "mot"]]);
        assert_eq!(form.remove("bang.c1").unwrap().key, "c1");
        assert!(form.remove("bang.c1").is_none() && form.remove("ba.x").is_none());
    }

    #[test]
    fn conditions_spread_to_the_questions_right_behind() {
        use crate::domain::process::{Condition, Test};

        let text = "một\nhai\nba\nbốn\n# B\nnăm";
        let mut form = Declaration { sections: sketch(text, &|_| false), ..Declaration::default() };
        form.sections[0].questions[1].only_if =
            vec![Condition { field: "mot".to_owned(), test: Test::Given }];
        form.spread_conditions("hai", 1);
        let asked = |form: &Declaration| {
            let all = form.questions().map(|question| question.only_if.len());
            all.collect::<Vec<_>>()
        };
        assert_eq!(asked(&form), [0, 1, 1, 0, 0]);
        form.spread_conditions("hai", 99);
        assert_eq!(asked(&form), [0, 1, 1, 1, 0], "its own section only");
    }

    #[test]
    fn what_refers_to_a_question_follows_its_new_key() {
        use crate::domain::dossier::{Form, FormValue};
        use crate::domain::form::{Calculation, Kind};
        use crate::domain::process::{Condition, Test};

        let mut form = form();
        let given = |field: &str| Condition { field: field.to_owned(), test: Test::Given };
        form.sections[1].only_if = vec![given("mot")];
        form.sections[1].questions[1].only_if = vec![given("mot")];
        let total = Calculation::Total { table: "bang".to_owned(), column: "c1".to_owned() };
        form.sections[1].questions[0].kind = Kind::Calculated(total);
        let row = Form::from_iter([("c1".to_owned(), FormValue::Bool(true))]);
        let answers = [
            ("mot".to_owned(), FormValue::Bool(true)),
            ("bang".to_owned(), FormValue::List(vec![FormValue::Group(row)])),
        ];
        form.cases.push(crate::domain::form::Case {
            name: "một".to_owned(),
            answers: answers.into_iter().collect(),
            shows: vec!["mot".to_owned()],
            hides: Vec::new(),
            errors: vec!["bang[0].c1".to_owned()],
            values: Vec::new(),
            expected: Default::default(),
        });
        form.rename("mot", "dau");
        form.rename("bang.c1", "cot");
        assert_eq!(form.sections[1].only_if[0].field, "dau");
        assert_eq!(form.sections[1].questions[1].only_if[0].field, "dau");
        let total = Calculation::Total { table: "bang".to_owned(), column: "cot".to_owned() };
        assert_eq!(form.sections[1].questions[0].kind, Kind::Calculated(total));
        let case = &form.cases[0];
        assert!(case.answers.get("dau").is_some() && case.answers.get("mot").is_none());
        assert_eq!((case.shows[0].as_str(), case.errors[0].as_str()), ("dau", "bang[0].cot"));
    }

    #[test]
    fn what_stands_above_can_be_referred_to() {
        let form = form();
        let above = |path: &str| {
            let spot = form.spot(path).unwrap();
            form.above(spot).iter().map(|question| question.key.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(above("ba"), ["mot", "hai"]);
        assert_eq!(above("bang.c2"), ["c1"]);
        assert!(above("mot").is_empty());
    }

    #[test]
    fn sketches_are_added_to_a_section_or_behind_it() {
        let mut form = form();
        form.add(sketch("bốn\n# C\nnăm", &|_| false), 0);
        assert_eq!(keys(&form), [vec!["mot", "hai", "bon"], vec!["nam"], vec!["ba", "bang"]]);
        let mut empty = Declaration::default();
        empty.add(sketch("một\n# B\nhai", &|_| false), 0);
        assert_eq!(keys(&empty), [vec!["mot"], vec!["hai"]]);
    }
}
