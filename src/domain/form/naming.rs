//! Who is named in the answers of a form: what a dossier is found by, beside its owner and submitter.

use super::{Declaration, Kind, Question};
use crate::domain::dossier::{Form, FormValue};
use crate::domain::person::Person;

impl Declaration {
    /// Names and numbers of persons and organisations in the answers, each as a person of its own.
    pub fn named(&self, answers: &Form) -> Vec<Person> {
        let mut found = Vec::new();
        for question in self.questions() {
            let Some(value) = answers.get(&question.key) else { continue };
            match (&question.kind, value) {
                (Kind::Table { columns, .. }, FormValue::List(rows)) => {
                    for row in rows {
                        let FormValue::Group(row) = row else { continue };
                        let cells = columns.iter().map(|column| (column, row.get(&column.key)));
                        found.extend(cells.filter_map(|(column, cell)| person(column, cell?)));
                    }
                }
                _ => found.extend(person(question, value)),
            }
        }
        found
    }
}

fn person(question: &Question, value: &FormValue) -> Option<Person> {
    let (FormValue::Text(text) | FormValue::Number(text)) = value else { return None };
    let text = text.trim().to_owned();
    let empty = Person::default();
    if text.is_empty() {
        return None;
    }
    Some(match question.kind {
        Kind::Name => Person { name: text, ..empty },
        Kind::IdNumber | Kind::TaxCode => Person { id_number: Some(text), ..empty },
        Kind::Phone => Person { phone: Some(text), ..empty },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Declaration, Kind, Question, Section};
    use crate::domain::dossier::{Form, FormValue};
    use crate::domain::words::Text;

    fn asked(key: &str, kind: Kind) -> Question {
        Question::new(key, Text::default(), kind)
    }

    #[test]
    fn whoever_is_named_is_found_in_tables_too() {
        let columns = vec![asked("name", Kind::Name), asked("born", Kind::Text { lines: 1 })];
        let family = Kind::Table { columns, min: 0, max: 9 };
        let questions = vec![
            asked("child", Kind::Name),
            asked("tel", Kind::Phone),
            asked("why", Kind::Text { lines: 3 }),
            asked("family", family),
        ];
        let form = Declaration {
            sections: vec![Section { questions, ..Section::default() }],
            ..Declaration::default()
        };
        let text = |text: &str| FormValue::Text(text.to_owned());
        let answers = |pairs: Vec<(&str, FormValue)>| -> Form {
            pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
        };
        let row = |name: &str| {
            FormValue::Group(answers(vec![("name", text(name)), ("born", text("1990"))]))
        };
        let named = form.named(&answers(vec![
            ("child", text(" Lê Bảo An ")),
            ("tel", text("0912345678")),
            ("why", text("Trần Thị Không")),
            ("family", FormValue::List(vec![row("Lê Văn Ba"), row("")])),
        ]));
        let names: Vec<&str> = named.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names, ["Lê Bảo An", "", "Lê Văn Ba"]);
        assert_eq!(named[1].phone.as_deref(), Some("0912345678"));
    }
}
