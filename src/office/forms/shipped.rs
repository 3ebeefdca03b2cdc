//! The forms that come with the program: reviewed data that an administrator publishes for a procedure
//! as it is, or after changing it.

use super::wire::{DeclarationRow, parse};
use crate::domain::ids::ProcedureCode;
use crate::domain::refusal::Refusal;

macro_rules! forms {
    ($($code:literal)*) => {
        &[$(($code, include_str!(concat!("../../../assets/forms/", $code, ".json"))),)*]
    };
}

/// National codes of procedures with the form that is shipped for each.
const FORMS: &[(&str, &str)] = forms! {
    "1.000656" "1.000689" "1.000894" "1.001193" "1.001612" "1.001776" "1.003554" "1.004194" "1.004837" "1.004873" "1.010041" "1.011607" "2.000635" "2.000720" "2.000815" "2.000884"
};

/// The procedures that a form is shipped for.
pub fn procedures() -> impl Iterator<Item = ProcedureCode> {
    FORMS.iter().map(|(code, _)| ProcedureCode::from(*code))
}

/// The form that is shipped for a procedure.
///
/// # Errors
/// Its file is damaged; a test reads every one.
pub fn form(procedure: &ProcedureCode) -> Option<Result<DeclarationRow, Refusal>> {
    let found = FORMS.iter().find(|(code, _)| *code == procedure.as_str());
    found.map(|(_, text)| parse(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::{Date, date};

    use super::{form, procedures};
    use crate::domain::dossier::{Form, FormValue};
    use crate::domain::fee::Schedule;
    use crate::domain::form::{Around, Declaration, Kind, OfficialField, Placed, check, placed};
    use crate::domain::ids::ProcedureCode;
    use crate::domain::words::Text;
    use crate::office::catalogue::{self, Facts};
    use crate::office::checklists::shipped_rules;
    use crate::office::fees::national;
    use crate::office::forms::wire;
    use crate::office::processes;

    fn texts(declaration: &Declaration) -> Vec<&Text> {
        let mut texts = vec![&declaration.title, &declaration.official.note];
        texts.extend(declaration.official.added.iter().map(|added| &added.why));
        for section in &declaration.sections {
            texts.extend([&section.title, &section.help]);
            for question in &section.questions {
                texts.extend([&question.label, &question.help]);
                match &question.kind {
                    Kind::Choice(options) => texts.extend(options.iter().map(|o| &o.label)),
                    Kind::Table { columns, .. } => texts.extend(columns.iter().map(|c| &c.label)),
                    _ => {}
                }
                texts.extend(question.checks.iter().map(|check| &check.message));
            }
        }
        texts
    }

    /// The demo's catalogue: its papers and ways in stand around the forms.
    const CATALOGUE: &str = include_str!("../../../assets/demo/procedures.jsonl");

    fn around(procedure: &ProcedureCode, today: Date) -> Around {
        let rows = catalogue::parse("procedures.jsonl", CATALOGUE.as_bytes()).unwrap().rows;
        let mut known = rows.into_iter().filter_map(|row| match row.facts {
            Facts::Line(line) => Some(line.procedure),
            Facts::List(_) => None,
        });
        let known = known.find(|known| known.code == *procedure).unwrap();
        let fees = national(procedure)
            .unwrap_or_else(|| Schedule::published(&known.submission, "danh mục"));
        let steps = processes::shipped::steps(procedure).unwrap();
        let steps = Some(processes::wire::steps(&steps).unwrap());
        let rules = shipped_rules(procedure);
        Around { steps, ..Around::of(&known, fees, rules, today) }
    }

    /// Every official field is answered, every question is official or has a reason, and the filled
    /// cases answer all of them.
    fn told_by_the_paper(procedure: &ProcedureCode, declaration: &Declaration, around: &Around) {
        let official = &declaration.official;
        assert!(official.fields.len() >= 10, "{procedure}: the paper's fields are listed");
        assert!(
            !official.source.is_empty() || !official.note.vi.is_empty(),
            "{procedure}: its source"
        );
        assert_eq!(declaration.unanswered(), Vec::<&OfficialField>::new(), "{procedure}");
        let left: Vec<String> = declaration.unexplained().iter().map(Placed::path).collect();
        assert_eq!(left, [""; 0], "{procedure}: neither on the paper nor explained");
        for added in &official.added {
            let is_there = declaration.spot(&added.question).is_some();
            assert!(is_there && !added.why.vi.is_empty(), "{procedure}: {}", added.question);
        }
        let right = declaration.cases.iter().filter(|case| case.errors.is_empty());
        let answered: BTreeSet<String> = right
            .flat_map(|case| reached(&declaration.outcome(&case.answers, around).found.answers))
            .collect();
        let all = placed(declaration).into_iter().map(|placed| placed.path());
        let never: Vec<String> = all.filter(|path| !answered.contains(path)).collect();
        assert_eq!(never, [""; 0], "{procedure}: no filled case answers these");
    }

    /// The paths that answers have something to say about.
    fn reached(answers: &Form) -> Vec<String> {
        let given = answers.iter().filter(|(_, value)| **value != FormValue::Null);
        let cells = given.clone().filter_map(|(key, value)| match value {
            FormValue::List(rows) => Some((key, rows)),
            _ => None,
        });
        let cells = cells.flat_map(|(key, rows)| {
            let of = move |row: &FormValue| match row {
                FormValue::Group(cells) => {
                    cells.keys().map(|cell| format!("{key}.{cell}")).collect()
                }
                _ => Vec::new(),
            };
            rows.iter().flat_map(of)
        });
        given.map(|(key, _)| key.clone()).chain(cells).collect()
    }

    #[test]
    fn every_shipped_form_can_be_published_and_speaks_both_languages() {
        let today = date(2026, 11, 30);
        for procedure in procedures() {
            let around = around(&procedure, today);
            let row = form(&procedure).unwrap().unwrap();
            let declaration = wire::declaration(&row).unwrap();
            assert_eq!(
                check(&declaration).map_err(|refusal| refusal.fields),
                Ok(()),
                "{procedure}"
            );
            let right = declaration.cases.iter().filter(|case| case.errors.is_empty());
            assert!(right.count() >= 5, "{procedure}: too few cases that are filled in rightly");
            for case in &declaration.cases {
                let wrong = declaration.try_case(case, &around);
                let expected = &case.expected;
                let papers = expected.papers.is_some() && expected.papers_if_any.is_some();
                let is_stated = papers && expected.steps.is_some();
                assert!(is_stated, "{procedure}, {}", case.name);
                assert!(wrong.is_empty(), "{procedure}, {}: {wrong:?}", case.name);
            }
            assert!(declaration.cases[0].errors.is_empty(), "the first is filled in rightly");
            let names = declaration.names();
            let mut asked = around.rules.iter().flat_map(|rule| &rule.only_if);
            assert!(asked.all(|tested| names.contains(&tested.field)), "{procedure}: its papers");
            told_by_the_paper(&procedure, &declaration, &around);
            for text in texts(&declaration) {
                assert!(text.vi.is_empty() || text.en != text.vi, "{procedure}: {}", text.vi);
            }
            // Exported and imported, it is the same.
            let again = serde_json::to_vec(&wire::row(&declaration)).unwrap();
            let again = wire::declaration(&wire::parse(&again).unwrap()).unwrap();
            assert_eq!(again, declaration);
        }
    }
}
