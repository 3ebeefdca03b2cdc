//! Query parameters: each read by name, the rest refused.

use actix_web::HttpRequest;
use actix_web::web::Query;

use super::body::wrong_value;
use crate::domain::refusal::{FieldError, Refusal};
use crate::domain::words::{Message, Text};
use crate::web::words::api as words;

/// Most items of a page.
const MAX_LIMIT: usize = 200;
/// Items of a page when nobody says.
const LIMIT: usize = 50;

/// The parameters of a request, with what is wrong in them.
#[derive(Debug)]
pub struct Params {
    pairs: Vec<(String, String)>,
    known: Vec<&'static str>,
    errors: Vec<FieldError>,
}

impl Params {
    /// The parameters of a request.
    pub fn of(request: &HttpRequest) -> Self {
        let pairs = Query::<Vec<(String, String)>>::from_query(request.query_string());
        let pairs = pairs.map(Query::into_inner).unwrap_or_default();
        Self { pairs, known: vec!["lang"], errors: Vec::new() }
    }

    /// A text; none when it is empty.
    pub fn text(&mut self, name: &'static str) -> Option<String> {
        self.known.push(name);
        let found = self.pairs.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    /// A text read as something else; none when it is absent or, noted as an error, wrong.
    pub fn read<T>(
        &mut self,
        name: &'static str,
        expected: Message,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(name)?;
        let value = read(&text);
        if value.is_none() {
            self.refuse(name, wrong_value(expected));
        }
        value
    }

    /// One of the known values; any other is noted as an error that names them.
    pub fn choice<T>(&mut self, name: &'static str, known: &[(&str, T)]) -> Option<T>
    where
        T: Copy,
    {
        let text = self.text(name)?;
        let found = known.iter().find(|(id, _)| *id == text).map(|(_, value)| *value);
        if found.is_none() {
            let ids: Vec<&str> = known.iter().map(|(id, _)| *id).collect();
            self.refuse(name, words::UNKNOWN_VALUE.text(&[("known", &ids.join(", "))]));
        }
        found
    }

    /// How many items the page may have.
    pub fn limit(&mut self) -> usize {
        let limit = self.read("limit", words::A_LIMIT, |text| text.parse().ok());
        match limit {
            Some(limit) if !(1..=MAX_LIMIT).contains(&limit) => {
                self.refuse("limit", wrong_value(words::A_LIMIT));
                LIMIT
            }
            Some(limit) => limit,
            None => LIMIT,
        }
    }

    /// Notes that a parameter is wrong.
    pub fn refuse(&mut self, name: &str, text: impl Into<Text>) {
        self.errors.push(FieldError { field: name.to_owned(), text: text.into() });
    }

    /// Refuses what was wrong, and parameters that nobody read.
    ///
    /// # Errors
    /// 422 with every wrong parameter.
    pub fn finish(mut self) -> Result<(), Refusal> {
        let known = self.known.join(", ");
        let unknown = self.pairs.iter().filter(|(name, _)| !self.known.contains(&name.as_str()));
        self.errors.extend(unknown.map(|(name, _)| FieldError {
            field: name.clone(),
            text: words::UNKNOWN_FIELD.text(&[("known", &known)]),
        }));
        if self.errors.is_empty() { Ok(()) } else { Err(Refusal::fields(self.errors)) }
    }
}
