//! What holds for every declaration that is taken, and for all answers.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{
    Calculation, Check, ChoiceOption, Declaration, Kind, Must, Question, Section, When, check,
    evaluate,
};
use crate::domain::dossier::{Form, FormValue};
use crate::domain::process::{Condition, Test};
use crate::domain::words::Text;

const TODAY: Date = date(2026, 11, 30);

fn text(text: &str) -> Text {
    Text { vi: text.to_owned(), en: text.to_owned() }
}

fn question(key: &str, kind: Kind) -> Question {
    Question::new(key, text(key), kind)
}

fn options() -> Vec<ChoiceOption> {
    ["a", "b"].map(|value| ChoiceOption { value: value.to_owned(), label: text(value) }).into()
}

fn kinds() -> impl Strategy<Value = Kind> {
    let simple = prop_oneof![
        Just(Kind::Text { lines: 1 }),
        Just(Kind::Name),
        Just(Kind::Number { min: Some(Decimal::ONE), max: Some(Decimal::TEN), places: 2 }),
        Just(Kind::Money),
        Just(Kind::Date(When::Past)),
        Just(Kind::Choice(options())),
        Just(Kind::Tick),
        Just(Kind::IdNumber),
        Just(Kind::Phone),
    ];
    let table = (simple.clone(), any::<bool>(), 0u32..3).prop_map(|(kind, is_required, min)| {
        let column = Question { is_required, ..question("cot", kind) };
        Kind::Table { columns: vec![column], min, max: 4 }
    });
    prop_oneof![6 => simple, 1 => Just(Kind::Place), 1 => table]
}

/// A question: its kind, whether it is required, what it depends on, by numbers.
type Seed = (Kind, bool, Option<(u8, u8)>, u8);

/// Declarations that mostly can be taken: what a question refers to stands mostly above it.
fn declarations() -> impl Strategy<Value = Declaration> {
    let seed = (kinds(), any::<bool>(), prop::option::of((any::<u8>(), any::<u8>())), any::<u8>());
    prop::collection::vec(seed, 1..12).prop_map(|seeds| {
        let questions: Vec<Question> =
            seeds.iter().enumerate().map(|(place, seed)| seeded(&seeds, place, seed)).collect();
        let halves = questions.split_at(questions.len() / 2);
        let section = |questions: &[Question]| Section {
            title: text("Mục"),
            questions: questions.to_vec(),
            ..Section::default()
        };
        let sections = [halves.0, halves.1].into_iter().filter(|half| !half.is_empty());
        let sections = sections.map(section).collect();
        Declaration { title: text("Tờ khai"), sections, ..Declaration::default() }
    })
}

fn seeded(
    seeds: &[Seed],
    place: usize,
    (kind, is_required, depends, calculates): &Seed,
) -> Question {
    let own = question(&format!("q{place}"), kind.clone());
    let key = |pick: u8| format!("q{}", usize::from(pick) % seeds.len());
    if *calculates < 40 && place > 1 {
        let parts =
            (Calculation::Answer(key(*calculates)), Calculation::Answer(key(calculates / 2)));
        return question(&own.key, Kind::Calculated(Calculation::Quotient(Box::new(parts))));
    }
    let condition = depends.filter(|_| place > 0).map(|(pick, test)| Condition {
        field: format!("q{}", usize::from(pick) % (place + usize::from(test > 250))),
        test: match test % 4 {
            0 => Test::Is("a".to_owned()),
            1 => Test::IsNot("b".to_owned()),
            2 => Test::Given,
            _ => Test::Is("có".to_owned()),
        },
    });
    Question { is_required: *is_required, only_if: condition.into_iter().collect(), ..own }
}

fn answers() -> impl Strategy<Value = Form> {
    let leaf = prop_oneof![
        Just(FormValue::Null),
        any::<bool>().prop_map(FormValue::Bool),
        "[0-9.,eE-]{0,40}".prop_map(FormValue::Number),
        "\\PC{0,12}".prop_map(FormValue::Text),
        prop::sample::select(vec![
            "a",
            "b",
            "có",
            "2/11/2026",
            "036090001234",
            "0912345678",
            "3,5"
        ])
        .prop_map(|text| FormValue::Text(text.to_owned())),
    ];
    let value = leaf.prop_recursive(3, 24, 4, |inner| {
        let key = prop::sample::select(vec!["cot", "province", "commune", "detail", "khac"]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(FormValue::List),
            prop::collection::btree_map(key.prop_map(str::to_owned), inner, 0..4)
                .prop_map(|group| FormValue::Group(group.into())),
        ]
    });
    prop::collection::btree_map((0..14usize).prop_map(|n| format!("q{n}")), value, 0..12)
        .prop_map(Form::from)
}

/// An answer that a question takes.
fn filled(question: &Question) -> FormValue {
    let text = |text: &str| FormValue::Text(text.to_owned());
    match &question.kind {
        Kind::Text { .. } | Kind::Name => text("Nguyễn Văn An"),
        Kind::Number { .. } | Kind::Money => FormValue::Number("2".to_owned()),
        Kind::Date(_) => text("1/2/1990"),
        Kind::Choice(_) => text("a"),
        Kind::Tick => FormValue::Bool(true),
        Kind::IdNumber => text("036090001234"),
        Kind::Phone => text("0912345678"),
        Kind::Email => text("a@b.vn"),
        Kind::TaxCode => text("036090001234"),
        Kind::Ethnicity => text("Kinh"),
        Kind::Nationality => text("Việt Nam"),
        Kind::Place => FormValue::Group(
            [("province", "Tỉnh Ninh Bình"), ("commune", "Xã Gia Viễn")]
                .map(|(part, value)| (part.to_owned(), text(value)))
                .into_iter()
                .collect(),
        ),
        Kind::Table { columns, min, .. } => {
            let row: Form = columns.iter().map(|c| (c.key.clone(), filled(c))).collect();
            FormValue::List(vec![FormValue::Group(row); (*min).max(1) as usize])
        }
        Kind::Calculated(_) => FormValue::Null,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn reading_answers_again_changes_nothing(form in declarations(), given in answers()) {
        let once = evaluate(&form, &given, TODAY);
        let twice = evaluate(&form, &once.answers, TODAY);
        prop_assert_eq!(&once.answers, &twice.answers);
        prop_assert_eq!(once.shown().collect::<Vec<_>>(), twice.shown().collect::<Vec<_>>());
        prop_assert_eq!(once.problems.is_empty(), twice.problems.is_empty());
    }

    #[test]
    fn what_is_not_asked_has_no_answer_and_no_error(form in declarations(), given in answers()) {
        let found = evaluate(&form, &given, TODAY);
        for question in form.questions().filter(|question| !found.shows(&question.key)) {
            prop_assert!(!found.answers.contains_key(&question.key), "{}", question.key);
            let own = |path: &str| path.split(['.', '[']).next() == Some(question.key.as_str());
            prop_assert!(found.problems.iter().all(|problem| !own(&problem.path)));
        }
        for (key, value) in given.iter().filter(|(key, _)| form.question(key).is_none()) {
            prop_assert_eq!(found.answers.get(key), Some(value), "what nobody asks stays");
        }
    }

    #[test]
    fn whatever_is_taken_can_be_filled_in(form in declarations()) {
        prop_assume!(check(&form).is_ok());
        let given: Form = form.questions().map(|q| (q.key.clone(), filled(q))).collect();
        let problems = evaluate(&form, &given, TODAY).problems;
        prop_assert!(problems.is_empty(), "{problems:?}");
    }
}

/// The places that are refused in a form of these questions.
fn refused(questions: Vec<Question>) -> Vec<String> {
    let section = Section { title: text("Mục"), questions, ..Section::default() };
    let form = Declaration { title: text("T"), sections: vec![section], ..Declaration::default() };
    let refusal = check(&form).err();
    refusal.map_or(Vec::new(), |refusal| refusal.fields.into_iter().map(|f| f.field).collect())
}

fn when(key: &str, field: &str, test: Test) -> Question {
    let only_if = vec![Condition { field: field.to_owned(), test }];
    Question { only_if, ..question(key, Kind::Text { lines: 1 }) }
}

#[test]
fn each_mistake_of_a_declaration_is_refused_at_its_place() {
    let choice = || question("loai", Kind::Choice(options()));
    let calculated = |a: Calculation, b: Calculation| {
        question("tong", Kind::Calculated(Calculation::Quotient(Box::new((a, b)))))
    };
    let one_of = |key: &str| Calculation::Answer(key.to_owned());
    let zero = || Calculation::Constant(Decimal::ZERO);
    let money = || question("tien", Kind::Money);
    let one = Calculation::Answer("tien".to_owned());
    assert_eq!(refused(vec![choice(), when("b", "loai", Test::Is("a".into()))]), [""; 0]);
    assert_eq!(refused(Vec::new()), ["sections[0].questions"]);
    assert_eq!(refused(vec![choice(), choice()]), ["sections[0].questions[1].key"]);
    assert_eq!(
        refused(vec![when("x", "y", Test::Given), when("y", "x", Test::Given)]),
        ["sections[0].questions[0].only_if[0]"],
        "a circle",
    );
    assert_eq!(refused(vec![when("x", "x", Test::Given)]), ["sections[0].questions[0].only_if[0]"]);
    let never = vec![choice(), when("b", "loai", Test::Is("c".into()))];
    assert_eq!(refused(never), ["sections[0].questions[1].only_if[0]"]);
    assert_eq!(
        refused(vec![money(), calculated(one.clone(), zero())]),
        ["sections[0].questions[1].calculate"]
    );
    let of_words = vec![choice(), calculated(Calculation::Answer("loai".into()), one)];
    assert_eq!(
        refused(of_words),
        ["sections[0].questions[1].calculate", "sections[0].questions[1].calculate"]
    );
    let itself = Calculation::Difference(Box::new((one_of("tien"), one_of("tien"))));
    assert_eq!(
        refused(vec![money(), calculated(one_of("tien"), itself)]),
        ["sections[0].questions[1].calculate"],
        "a number less itself is zero whatever it is",
    );
    let not = vec![choice(), when("b", "loai", Test::Missing)];
    let both = Condition { field: "loai".to_owned(), test: Test::IsNot("a".into()) };
    let mut never = not.clone();
    never[1].only_if.push(both);
    assert_eq!(refused(not), [""; 0]);
    assert_eq!(refused(never), ["sections[0].questions[1].only_if[1]"]);
    let few = question("it", Kind::Choice(options()[..1].to_vec()));
    assert_eq!(refused(vec![few]), ["sections[0].questions[0].options"]);
    let empty = Kind::Table { columns: Vec::new(), min: 2, max: 1 };
    assert_eq!(
        refused(vec![question("bang", empty)]),
        ["sections[0].questions[0].min", "sections[0].questions[0].columns"]
    );
}

#[test]
fn checks_that_leave_no_answer_over_are_refused_where_the_last_one_falls() {
    let check = |must, value: i64| Check {
        must,
        than: Calculation::Constant(Decimal::from(value)),
        years: 0,
        message: text("Sai"),
    };
    let number = |places, checks: Vec<Check>| {
        let kind = Kind::Number { min: None, max: Some(Decimal::from(10)), places };
        vec![Question { checks, is_required: true, ..question("so", kind) }]
    };
    let [from, to, not] = [Must::AtLeast, Must::AtMost, Must::Differ];
    assert_eq!(refused(number(0, vec![check(from, 3), check(to, 5)])), [""; 0]);
    let at = |place: usize| vec![format!("sections[0].questions[0].checks[{place}]")];
    assert_eq!(refused(number(0, vec![check(from, 11)])), at(0));
    assert_eq!(refused(number(0, vec![check(from, 6), check(to, 5)])), at(1));
    let only = vec![check(from, 4), check(to, 4), check(not, 4)];
    assert_eq!(refused(number(0, only)), at(2));
    // No whole number lies between.
    let between =
        Kind::Number { min: Some(Decimal::new(12, 1)), max: Some(Decimal::new(18, 1)), places: 0 };
    assert_eq!(refused(vec![question("so", between)]), ["sections[0].questions[0].min"]);
}

#[test]
fn a_day_is_compared_with_today_and_with_other_days_in_years() {
    let compared = |must, than, years| Check { must, than, years, message: text("Sai") };
    let day = |key: &str, checks| Question { checks, ..question(key, Kind::Date(When::Any)) };
    let year = Kind::Number { min: None, max: None, places: 0 };
    let of_age = compared(Must::AtMost, Calculation::Today, -18);
    let older = compared(Must::AtMost, Calculation::Answer("con".to_owned()), -12);
    let section = Section {
        title: text("Mục"),
        questions: vec![
            day("con", Vec::new()),
            day("lon", vec![of_age]),
            Question { checks: vec![older.clone()], ..question("nam_sinh", year) },
            day("me", vec![older]),
        ],
        ..Section::default()
    };
    let form =
        Declaration { title: text("Tờ khai"), sections: vec![section], ..Declaration::default() };
    assert_eq!(check(&form), Ok(()));
    let wrong = |key: &str, said: &str| {
        let answers = [("con", "2025-06-15"), (key, said)];
        let answers = answers.map(|(key, said)| (key.to_owned(), FormValue::Text(said.to_owned())));
        !evaluate(&form, &Form::from_iter(answers), TODAY).problems.is_empty()
    };
    for (key, right, other) in [
        ("lon", "30/11/2008", "1/12/2008"),
        ("nam_sinh", "2013", "2014"),
        ("me", "15/6/2013", "16/6/2013"),
    ] {
        assert!(!wrong(key, right), "{key} {right}");
        assert!(wrong(key, other), "{key} {other}");
    }
}
