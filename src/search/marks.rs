//! Which words of a found name answer the query, for showing them.

use std::collections::HashSet;
use std::ops::Range;

use super::analysis;
use super::reading::{Form, Reading};

/// Below this a term says too little to be shown.
const SPEAKS: f32 = 0.35;

/// The syllables that spoke for the results.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    exact: HashSet<String>,
    folded: HashSet<String>,
}

impl Marks {
    /// What a reading looks for.
    pub fn of(reading: &Reading<'_>) -> Self {
        let mut marks = Self::default();
        let clauses = reading.groups.iter().flat_map(|group| group.options.iter().flatten());
        for alternative in clauses.flatten().filter(|one| one.factor >= SPEAKS) {
            match alternative.form {
                Form::Exact => marks.exact.insert(alternative.term.clone()),
                Form::Folded => marks.folded.insert(alternative.term.clone()),
                Form::ExactPair | Form::FoldedPair => false,
            };
        }
        marks
    }

    /// The places in a text, in bytes; neighbouring syllables are one place.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = Vec::new();
        for (range, syllable) in analysis::pieces(text) {
            if !self.exact.contains(&syllable.exact) && !self.folded.contains(&syllable.folded) {
                continue;
            }
            match places.last_mut() {
                Some(last) if text[last.end..range.start].chars().all(char::is_whitespace) => {
                    last.end = range.end;
                }
                _ => places.push(range),
            }
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use super::Marks;

    #[test]
    fn neighbours_are_marked_as_one() {
        let marks = Marks {
            exact: ["trú\u{301}".to_owned()].into(),
            folded: ["tam".to_owned(), "tru".to_owned()].into(),
        };
        let text = "Đăng ký tạm trú, thường trú";
        let marked: Vec<&str> = marks.places(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(marked, ["tạm trú", "trú"]);
        assert!(marks.places("").is_empty());
    }
}
