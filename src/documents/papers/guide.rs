//! The guide to a procedure: what its page says, on paper, in large type.

use serde::Serialize;

use super::{Deed, Follow, Ready, Sheet, ready};

/// An agency that takes the procedure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct GuidePlace {
    /// Its section.
    pub name: String,
    /// Counter, hours, address, telephone: a line each.
    pub lines: Vec<String>,
    /// Its own guidance, or empty.
    pub guidance: String,
}

/// A guide to take home.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Guide {
    /// Head and foot.
    #[serde(skip)]
    pub sheet: Sheet,
    /// The procedure's name.
    pub heading: String,
    /// That it is not in force, and what takes its place; or empty.
    pub notice: String,
    /// Code, field, who may apply, who settles it.
    pub facts: Vec<(String, String)>,
    /// Ways to file, with duration and fee.
    pub ways: Vec<(String, String, String)>,
    /// Papers by case, with how many of each; the first case is every one.
    pub groups: Vec<(String, Vec<(String, String)>)>,
    /// Where it is taken.
    pub places: Vec<GuidePlace>,
    /// Steps.
    pub steps: Vec<String>,
    /// What the applicant gets.
    pub results: Vec<String>,
    /// Conditions.
    pub conditions: String,
    /// Legal sources.
    pub basis: Vec<String>,
    /// What the code opens.
    pub about: String,
    /// The address behind the code.
    #[serde(skip)]
    pub follow: Follow,
}

impl Guide {
    /// The paper, ready to be set.
    pub fn ready(&self) -> Ready {
        ready(Deed::Guide, &self.sheet, &self.follow, self)
    }
}
