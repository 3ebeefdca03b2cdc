//! The official paper form that a declared form stands for: the text that prescribes it, and its fields,
//! each with the questions that answer it.

use super::{Declaration, Kind, Placed, placed};
use crate::domain::words::Text;

/// An official paper form; its number is the declaration's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfficialForm {
    /// The text that prescribes it, such as `Thông tư số 53/2025/TT-BCA`; empty where none does.
    pub source: String,
    /// What else is to be known of it; or empty.
    pub note: Text,
    /// Whether number, source and fields are yet to be compared with the official text.
    pub to_verify: bool,
    /// Its fields, in its order.
    pub fields: Vec<OfficialField>,
    /// Questions that it does not have.
    pub added: Vec<AddedQuestion>,
}

/// A field of the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficialField {
    /// What it is, in a few Vietnamese words: labels are the paper's.
    pub label: String,
    /// Where the printed form has it from.
    pub from: FieldFrom,
}

/// Where the printed form has a field from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldFrom {
    /// The answers to these questions: `ho_ten`, `thanh_vien.ho_ten`.
    Answers(Vec<String>),
    /// The answer to this question, written out in words.
    Spelled(String),
    /// The print itself: to whom it goes, what is vowed, day and signature.
    Print,
}

/// A question that the paper does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedQuestion {
    /// The question.
    pub question: String,
    /// Why it is asked nevertheless.
    pub why: Text,
}

impl OfficialField {
    /// The questions that answer it.
    pub fn questions(&self) -> &[String] {
        match &self.from {
            FieldFrom::Answers(paths) => paths,
            FieldFrom::Spelled(path) => std::slice::from_ref(path),
            FieldFrom::Print => &[],
        }
    }
}

impl OfficialForm {
    /// Whether anything is known of it.
    pub fn is_known(&self) -> bool {
        *self != Self::default()
    }

    /// Whether the paper wants the answer to a question in words, too.
    pub fn is_spelled(&self, key: &str) -> bool {
        self.fields
            .iter()
            .any(|field| matches!(&field.from, FieldFrom::Spelled(path) if path == key))
    }

    /// Gives every mention of a question another name.
    pub(super) fn rename(&mut self, new_path: impl Fn(&str) -> Option<String>) {
        let named = self.fields.iter_mut().flat_map(|field| match &mut field.from {
            FieldFrom::Answers(paths) => paths.as_mut_slice(),
            FieldFrom::Spelled(path) => std::slice::from_mut(path),
            FieldFrom::Print => &mut [],
        });
        for path in named.chain(self.added.iter_mut().map(|added| &mut added.question)) {
            if let Some(new) = new_path(path) {
                *path = new;
            }
        }
    }
}

impl Declaration {
    /// The fields of the official form that a question is missing for.
    pub fn unanswered(&self) -> Vec<&OfficialField> {
        let lacks = |field: &&OfficialField| match &field.from {
            FieldFrom::Print => false,
            _ => field.questions().is_empty() || self.lacks_one(field.questions()),
        };
        self.official.fields.iter().filter(lacks).collect()
    }

    fn lacks_one(&self, paths: &[String]) -> bool {
        paths.iter().any(|path| self.spot(path).is_none())
    }

    /// Whether a question is asked on screens only: the paper does not have it, and nothing on the paper
    /// depends on it.
    pub fn is_for_screens(&self, key: &str) -> bool {
        let is_added = self.official.added.iter().any(|added| added.question == key);
        let of_sections = self.sections.iter().flat_map(|section| &section.only_if);
        let mut tested = of_sections.chain(self.questions().flat_map(|question| &question.only_if));
        is_added && !tested.any(|test| test.field.split('.').next() == Some(key))
    }

    /// The questions that the official form does not have and that nobody gave a reason for. A table is
    /// in it with its columns.
    pub fn unexplained(&self) -> Vec<Placed<'_>> {
        let official = &self.official;
        let on_paper = official.fields.iter().flat_map(OfficialField::questions);
        let known: Vec<&str> = on_paper
            .chain(official.added.iter().map(|added| &added.question))
            .map(String::as_str)
            .collect();
        let all = placed(self).into_iter();
        let is_table = |placed: &Placed<'_>| matches!(placed.question.kind, Kind::Table { .. });
        all.filter(|placed| !is_table(placed) && !known.contains(&placed.path().as_str())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Declaration, sketch};
    use super::{FieldFrom, OfficialField, OfficialForm};

    fn answered_by(label: &str, paths: &[&str]) -> OfficialField {
        let paths = paths.iter().map(|path| (*path).to_owned()).collect();
        OfficialField { label: label.to_owned(), from: FieldFrom::Answers(paths) }
    }

    #[test]
    fn a_field_without_its_question_and_a_question_without_a_field_are_told() {
        let text = "Họ và tên\nNgày sinh\nThành viên\n- Họ và tên\n- Quan hệ";
        let mut form = Declaration { sections: sketch(text, &|_| false), ..Declaration::default() };
        let day = form.sections[0].questions[1].key.clone();
        form.official = OfficialForm {
            fields: vec![
                answered_by("Họ tên", &["ho_va_ten"]),
                OfficialField {
                    label: "Ngày sinh bằng chữ".into(),
                    from: FieldFrom::Spelled(day.clone()),
                },
                answered_by("Thành viên", &["thanh_vien.ho_va_ten"]),
                OfficialField { label: "Chữ ký".into(), from: FieldFrom::Print },
            ],
            ..OfficialForm::default()
        };
        assert!(form.unanswered().is_empty() && form.official.is_spelled(&day));
        let left: Vec<String> = form.unexplained().iter().map(super::Placed::path).collect();
        assert_eq!(left, ["thanh_vien.quan_he"]);

        // What the paper does not have stands on screens, unless something of the paper depends on it.
        let why = crate::domain::words::Text { vi: "vì thế".into(), en: "so".into() };
        form.official.added = vec![super::AddedQuestion { question: "ho_va_ten".into(), why }];
        assert!(form.is_for_screens("ho_va_ten") && !form.is_for_screens("thanh_vien"));
        let given = crate::domain::process::Test::Given;
        form.sections[0].questions[2].only_if =
            vec![crate::domain::process::Condition { field: "ho_va_ten".into(), test: given }];
        assert!(!form.is_for_screens("ho_va_ten"));

        // Names follow; what is taken out is missed.
        form.rename("thanh_vien.ho_va_ten", "ten");
        form.rename("thanh_vien", "nguoi");
        form.rename("ho_va_ten", "ho_ten");
        assert!(form.unanswered().is_empty(), "{:?}", form.official);
        form.remove("nguoi.ten");
        form.remove("ho_ten");
        let missed: Vec<&str> =
            form.unanswered().iter().map(|field| field.label.as_str()).collect();
        assert_eq!(missed, ["Họ tên", "Thành viên"]);
    }
}
