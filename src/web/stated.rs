//! What an applicant has stated, field by field: the words of each, what stands there, and how a
//! correction of it reads.

use crate::domain::calendar::words::date_short;
use crate::domain::dossier::{Change, Dossier, FormValue};
use crate::domain::form::{Declaration, read_again};
use crate::domain::person::Person;
use crate::domain::words::{Lang, Text};
use crate::web::words::stated as words;

/// Answers that hold the year of somebody who knows no more of their birth.
const BIRTH_YEARS: [&str; 2] = ["nam_sinh_nguoi_nop", "nam_sinh_chu_ho_so"];

/// A field that can be corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Its path, such as `owner.name`.
    pub path: String,
    /// Its words.
    pub label: Text,
    /// What stands there, as people type it.
    pub value: String,
}

/// Whose answers belong together on a page, by how their paths begin.
pub const GROUPS: [(&str, crate::domain::words::Message); 4] = [
    ("owner.", words::OWNER),
    ("submitter.", words::SUBMITTER),
    ("form.", words::FORM),
    ("result.", words::RESULT),
];

/// Everything that can be corrected in a box of its own: no answers of a declared form, which that form
/// asks for. The submitter is left out when that is the owner.
pub fn correctable(dossier: &Dossier, form: Option<&Declaration>) -> Vec<Stated> {
    let is_declared = |name: &str| form.is_some_and(|form| form.question(name).is_some());
    let mut all = person("owner", &dossier.owner);
    if dossier.owner != dossier.submitter {
        all.extend(person("submitter", &dossier.submitter));
    }
    let answers = dossier.form.iter();
    let answers = answers.filter(|(name, _)| !is_birth_year(name) && !is_declared(name));
    all.extend(answers.filter_map(|(name, value)| {
        let value = match value {
            FormValue::Text(text) | FormValue::Number(text) => text.clone(),
            FormValue::Null => String::new(),
            FormValue::Bool(_) | FormValue::List(_) | FormValue::Group(_) => return None,
        };
        Some(Stated { path: format!("form.{name}"), label: question(name), value })
    }));
    if let Some(outcome) = &dossier.outcome {
        let number = outcome.number.clone().unwrap_or_default();
        all.push(stated("result.name", outcome.name.clone()));
        all.push(stated("result.number", number));
    }
    all
}

/// Whether an answer of the form belongs to a person's date of birth.
pub fn is_birth_year(name: &str) -> bool {
    BIRTH_YEARS.contains(&name)
}

fn person(who: &str, person: &Person) -> Vec<Stated> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let birth = person.birth_date.map(date_short).unwrap_or_default();
    [
        ("name", person.name.clone()),
        ("id_number", text(&person.id_number)),
        ("birth_date", birth),
        ("phone", text(&person.phone)),
        ("email", text(&person.email)),
        ("address", text(&person.address)),
    ]
    .into_iter()
    .map(|(field, value)| stated(&format!("{who}.{field}"), value))
    .collect()
}

fn stated(path: &str, value: String) -> Stated {
    Stated { path: path.to_owned(), label: label(path), value }
}

/// The words of a field by its path.
fn label(path: &str) -> Text {
    let known = match path.rsplit_once('.') {
        Some(("form", name)) => return question(name),
        Some(("result", "name")) => words::RESULT_NAME,
        Some(("result", "number")) => words::RESULT_NUMBER,
        Some((_, "name")) => words::NAME,
        Some((_, "id_number")) => words::ID_NUMBER,
        Some((_, "birth_date")) => words::BIRTH_DATE,
        Some((_, "phone")) => words::PHONE,
        Some((_, "email")) => words::EMAIL,
        Some((_, "address")) => words::ADDRESS,
        _ => return Text { vi: path.to_owned(), en: path.to_owned() },
    };
    known.into()
}

/// The question behind an answer's name: as it was asked, else its name in words.
pub fn question(name: &str) -> Text {
    let known = words::QUESTIONS.iter().find(|(known, _)| *known == name);
    if let Some((_, question)) = known {
        return (*question).into();
    }
    let spaced = name.replace('_', " ");
    let mut letters = spaced.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let called = first + letters.as_str();
    Text { vi: called.clone(), en: called }
}

/// A value as people read it: dates by day, month, year.
fn read(path: &str, value: &str, lang: Lang) -> String {
    let date = path.ends_with(".birth_date").then(|| value.parse().ok().map(date_short)).flatten();
    match date {
        Some(date) => date,
        None if value.is_empty() => words::NOTHING.say(lang).to_owned(),
        None => value.to_owned(),
    }
}

/// A correction in words, a line a field: both values stand in it. Answers of a declared form are called
/// as that form calls them.
pub fn changed(changes: &[Change], form: Option<&Declaration>, lang: Lang) -> Vec<String> {
    changes.iter().map(|change| changed_line(change, form, lang)).collect()
}

fn changed_line(change: &Change, form: Option<&Declaration>, lang: Lang) -> String {
    let key = change.field.strip_prefix("form.");
    if let Some(question) = form.zip(key).and_then(|(form, key)| form.question(key)) {
        let said = |value: &str| match read_again(lang, question, value) {
            said if said.is_empty() => words::NOTHING.say(lang).to_owned(),
            said => said,
        };
        let (old, new) = (said(&change.old), said(&change.new));
        return format!("{}: {old} → {new}", question.label.say(lang));
    }
    let whose = GROUPS[..2].iter().find(|(begin, _)| change.field.starts_with(begin));
    let label = label(&change.field);
    let label = match whose {
        Some((_, whose)) => format!("{} ({})", label.say(lang), whose.say(lang).to_lowercase()),
        None => label.say(lang).to_owned(),
    };
    let value = |value: &str| read(&change.field, value, lang);
    format!("{label}: {} → {}", value(&change.old), value(&change.new))
}

#[cfg(test)]
mod tests {
    use super::{changed, question};
    use crate::domain::dossier::Change;
    use crate::domain::words::Lang;

    #[test]
    fn a_correction_reads_as_people_write() {
        let change = |field: &str, old: &str, new: &str| Change {
            field: field.to_owned(),
            old: old.to_owned(),
            new: new.to_owned(),
            answer: None,
        };
        let lines = changed(
            &[
                change("owner.birth_date", "1990-05-17", "1990-05-18"),
                change("submitter.phone", "", "0912345678"),
                change("form.noi_dung", "a", "b"),
            ],
            None,
            Lang::Vi,
        );
        assert_eq!(lines[0], "Ngày sinh (chủ hồ sơ): 17/05/1990 → 18/05/1990");
        assert_eq!(lines[1], "Số điện thoại (người nộp): (chưa có) → 0912345678");
        assert_eq!(lines[2], "Nội dung đề nghị: a → b");
    }

    #[test]
    fn an_unknown_answer_is_called_by_its_name_in_words() {
        assert_eq!(question("so_nha").vi, "So nha");
        assert_eq!(question("so_ban").vi, "Số bản");
    }
}
