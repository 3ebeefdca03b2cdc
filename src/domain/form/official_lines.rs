//! The list of an official form as officials type it: a field a line, `Ngày sinh = Ngày, tháng, năm sinh`.
//! Questions are called by their labels; where two have the same, by the label with the name in brackets.

use super::{AddedQuestion, Declaration, FieldFrom, OfficialField, placed, words};
use crate::domain::refusal::FieldError;
use crate::domain::words::{Text, fold};

/// Stands for what the print has by itself.
const PRINTED: &str = "in sẵn";
/// Stands behind a question that the paper has in words, too.
const SPELLED: &str = "(bằng chữ)";

impl Declaration {
    /// The fields of the official form, one a line.
    pub fn official_text(&self) -> String {
        let calls = Calls::of(self);
        let line = |field: &OfficialField| {
            let answered = match &field.from {
                FieldFrom::Print => PRINTED.to_owned(),
                FieldFrom::Spelled(path) => match calls.call(path) {
                    Some(call) => format!("{call} {SPELLED}"),
                    None => String::new(),
                },
                FieldFrom::Answers(paths) => {
                    paths.iter().filter_map(|path| calls.call(path)).collect::<Vec<_>>().join("; ")
                }
            };
            format!("{} = {answered}", field.label).trim_end().to_owned()
        };
        self.official.fields.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// The questions that it does not have, each with why it is asked, one a line.
    pub fn added_text(&self) -> String {
        let calls = Calls::of(self);
        let line = |added: &AddedQuestion| {
            let english = match added.why.en == added.why.vi {
                true => String::new(),
                false => format!(" | {}", added.why.en),
            };
            let call = calls.call(&added.question)?;
            Some(format!("{call} = {}{english}", added.why.vi))
        };
        self.official.added.iter().filter_map(line).collect::<Vec<_>>().join("\n")
    }

    /// Reads the fields of the official form.
    ///
    /// # Errors
    /// Each line that names a question which the form does not have, or a name which several have.
    pub fn read_official(&self, typed: &str) -> Result<Vec<OfficialField>, Vec<FieldError>> {
        let calls = Calls::of(self);
        each_line(typed, OFFICIAL_FIELDS, |line| {
            let (label, answered) = line.rsplit_once('=').unwrap_or((line, ""));
            let answered = answered.trim();
            let from = match answered.strip_suffix(SPELLED) {
                _ if fold(answered) == fold(PRINTED) => FieldFrom::Print,
                Some(call) => FieldFrom::Spelled(calls.path(call)?),
                None => {
                    let calls_of =
                        answered.split(';').map(str::trim).filter(|call| !call.is_empty());
                    FieldFrom::Answers(
                        calls_of.map(|call| calls.path(call)).collect::<Result<_, _>>()?,
                    )
                }
            };
            let label = label.trim().to_owned();
            if label.is_empty() {
                return Err(words::OFFICIAL_LABEL.into());
            }
            Ok(OfficialField { label, from })
        })
    }

    /// Reads the questions that the official form does not have.
    ///
    /// # Errors
    /// As [`Declaration::read_official`]; or a line does not say why.
    pub fn read_added(&self, typed: &str) -> Result<Vec<AddedQuestion>, Vec<FieldError>> {
        let calls = Calls::of(self);
        each_line(typed, OFFICIAL_ADDED, |line| {
            let (call, why) = line.split_once('=').unwrap_or((line, ""));
            let question = calls.path(call)?;
            let (vi, en) = why.split_once('|').unwrap_or((why, why));
            if vi.trim().is_empty() {
                return Err(words::ADDED_WHY.into());
            }
            let why = Text { vi: vi.trim().to_owned(), en: en.trim().to_owned() };
            Ok(AddedQuestion { question, why })
        })
    }

    /// Takes every question that nothing explains as a field of the official form.
    pub fn take_as_official(&mut self) {
        let calls = Calls::of(self);
        let taken: Vec<OfficialField> = self
            .unexplained()
            .iter()
            .map(|placed| {
                let path = placed.path();
                let label = calls.names.iter().find(|(known, _)| *known == path);
                let label = label.map_or_else(|| path.clone(), |(_, name)| name.clone());
                OfficialField { label, from: FieldFrom::Answers(vec![path]) }
            })
            .collect();
        self.official.fields.extend(taken);
    }
}

/// The place of the typed fields in refusals.
pub const OFFICIAL_FIELDS: &str = "official_fields";
/// The place of the typed reasons in refusals.
pub const OFFICIAL_ADDED: &str = "official_added";

fn each_line<T>(
    typed: &str,
    field: &str,
    read: impl Fn(&str) -> Result<T, Text>,
) -> Result<Vec<T>, Vec<FieldError>> {
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    let lines = typed.lines().enumerate().map(|(place, line)| (place + 1, line.trim()));
    for (number, line) in lines.filter(|(_, line)| !line.is_empty()) {
        match read(line) {
            Ok(meant) => found.push(meant),
            Err(why) => {
                let number = number.to_string();
                let number = Text { vi: number.clone(), en: number };
                let text = words::LINE_N.text_of(&[("n", &number), ("why", &why)]);
                errors.push(FieldError { field: field.to_owned(), text });
            }
        }
    }
    if errors.is_empty() { Ok(found) } else { Err(errors) }
}

/// What questions are called in a line.
struct Calls {
    /// Paths with labels, a column's behind its table's.
    names: Vec<(String, String)>,
}

impl Calls {
    fn of(declaration: &Declaration) -> Self {
        let name = |placed: &super::Placed<'_>| match placed.table {
            Some(table) => format!("{} › {}", table.label.vi, placed.question.label.vi),
            None => placed.question.label.vi.clone(),
        };
        let all = placed(declaration);
        Self { names: all.iter().map(|placed| (placed.path(), name(placed))).collect() }
    }

    /// What the question at a path is called; none when the form has none there.
    fn call(&self, path: &str) -> Option<String> {
        let (_, name) = self.names.iter().find(|(known, _)| known == path)?;
        let is_plain = !name.contains(['=', ';', '[', ']']) && !name.ends_with(SPELLED);
        let alike = self.names.iter().filter(|(_, other)| fold(other) == fold(name)).count();
        Some(match (is_plain, alike) {
            (true, 1) => name.clone(),
            (true, _) => format!("{name} [{path}]"),
            (false, _) => format!("[{path}]"),
        })
    }

    fn path(&self, call: &str) -> Result<String, Text> {
        let call = call.trim();
        let named = |name: &str| Text { vi: name.to_owned(), en: name.to_owned() };
        if let Some((_, path)) = call.strip_suffix(']').and_then(|call| call.rsplit_once('[')) {
            let known = self.names.iter().any(|(known, _)| known == path);
            let gone = || words::NO_SUCH_QUESTION.text_of(&[("name", &named(path))]);
            return if known { Ok(path.to_owned()) } else { Err(gone()) };
        }
        let wanted = fold(call);
        let whole = |name: &str| fold(name) == wanted;
        let column = |name: &str| name.rsplit('›').next().is_some_and(|own| fold(own) == wanted);
        let mut found: Vec<&String> =
            self.names.iter().filter(|(_, name)| whole(name)).map(|(path, _)| path).collect();
        if found.is_empty() {
            found = self.names.iter().filter(|(_, n)| column(n)).map(|(path, _)| path).collect();
        }
        match found.as_slice() {
            [path] => Ok((*path).clone()),
            [] => Err(words::NO_SUCH_QUESTION.text_of(&[("name", &named(call))])),
            [path, ..] => {
                let written = named(&format!("{call} [{path}]"));
                Err(words::SEVERAL_QUESTIONS.text_of(&[("name", &named(call)), ("as", &written)]))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Declaration, FieldFrom, sketch};

    fn form() -> Declaration {
        let text =
            "Họ và tên\nNgày sinh\nThành viên\n- Họ và tên\n- Quan hệ\n# Cha\nHọ và tên\nGhi chú";
        Declaration { sections: sketch(text, &|_| false), ..Declaration::default() }
    }

    #[test]
    fn what_is_typed_is_read_and_written_alike() {
        let mut form = form();
        let typed = "Kính gửi = in sẵn\nNgày sinh = ngay sinh (bằng chữ)\nTên cha = Họ và tên [ho_va_ten_2]\n\
            Gia đình = Thành viên › Họ và tên; Quan hệ\nChữ ký =";
        form.official.fields = form.read_official(typed).unwrap();
        form.official.added = form.read_added("Ghi chú = để liên hệ | to reach them").unwrap();
        assert_eq!(form.official.fields[0].from, FieldFrom::Print);
        assert_eq!(form.unanswered().len(), 1);
        let again = form.official_text();
        assert!(again.contains("Ngày sinh = Ngày sinh (bằng chữ)"), "{again}");
        assert_eq!(form.read_official(&again).unwrap(), form.official.fields);
        assert_eq!(form.read_added(&form.added_text()).unwrap(), form.official.added);

        // The rest with one press; nothing is left over.
        form.take_as_official();
        assert!(form.unexplained().is_empty());
        assert_eq!(form.read_official(&form.official_text()).unwrap(), form.official.fields);
    }

    #[test]
    fn each_wrong_line_is_named() {
        let form = form();
        let errors = form.read_official("A = Ghi chú\nB = Không có\n\nC = Họ và tên").unwrap_err();
        let said: Vec<&str> = errors.iter().map(|error| error.text.vi.as_str()).collect();
        assert!(said[0].starts_with("Dòng 2") && said[0].contains("Không có"), "{said:?}");
        assert!(said[1].starts_with("Dòng 4") && said[1].contains("[ho_va_ten]"), "{said:?}");
        assert_eq!(form.read_added("Ghi chú").unwrap_err().len(), 1);
    }
}
