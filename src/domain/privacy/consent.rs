//! Consents as they were given and taken back, and where a person stands after all of it.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Purpose;

/// What was done about somebody's data. The record of it stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// They agreed to a purpose.
    Agreed,
    /// They took that back.
    Withdrew,
    /// They took a copy of what is kept of them.
    Exported,
    /// They asked for something that the law gives them.
    Asked,
    /// They were told how it goes on.
    Told,
    /// They were told of a later date.
    Extended,
    /// It was granted.
    Granted,
    /// It was refused.
    Refused,
    /// They took the request back.
    TookBack,
    /// Nothing that is saved of them is used until they say so.
    Restricted,
    /// They ended that.
    Released,
    /// Their account was erased.
    Erased,
    /// A request ended with their account.
    Closed,
}

/// How somebody said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// In a box of a filing.
    Filing,
    /// On a page of their account.
    Account,
    /// Where they keep papers.
    Papers,
    /// At the counter.
    Counter,
    /// The office did it.
    Office,
}

impl Way {
    /// The name in exports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Filing => "filing",
            Self::Account => "account",
            Self::Papers => "papers",
            Self::Counter => "counter",
            Self::Office => "office",
        }
    }
}

/// A line of the record: it names a person by a keyed digest alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// Whose data.
    pub person: [u8; 32],
    /// Who did it: `applicant`, or an account.
    pub actor: String,
    /// What.
    pub act: Act,
    /// For what, of a consent.
    pub purpose: Option<Purpose>,
    /// The version of the words that they agreed to.
    pub version: u32,
    /// The SHA-256 of these words.
    pub text: [u8; 32],
    /// How they said it.
    pub way: Way,
    /// The number of the request; 0 when it is about none.
    pub request: u64,
}

/// What somebody agrees to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// The version of the words.
    pub version: u32,
    /// Since when.
    pub since: Timestamp,
    /// How they said it.
    pub way: Way,
}

/// Where a person stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    agreed: BTreeMap<Purpose, Agreement>,
    /// Since when nothing saved is used, if that was asked for.
    pub restricted: Option<Timestamp>,
}

impl Standing {
    /// After these entries of one person, the oldest first.
    pub fn after<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        entries.into_iter().fold(Self::default(), Self::then)
    }

    fn then(mut self, entry: &Entry) -> Self {
        match (entry.act, entry.purpose) {
            (Act::Agreed, Some(purpose)) => {
                let Entry { version, at: since, way, .. } = *entry;
                self.agreed.insert(purpose, Agreement { version, since, way });
            }
            (Act::Withdrew, Some(purpose)) => {
                self.agreed.remove(&purpose);
            }
            (Act::Erased, _) => return Self::default(),
            (Act::Restricted, _) => self.restricted = self.restricted.or(Some(entry.at)),
            (Act::Released, _) => self.restricted = None,
            _ => {}
        }
        self
    }

    /// What they agreed to for a purpose.
    pub fn agreed(&self, purpose: Purpose) -> Option<&Agreement> {
        self.agreed.get(&purpose)
    }

    /// Whether what is kept for a purpose may be offered to them for a filing.
    pub fn may_use(&self, purpose: Purpose) -> bool {
        self.restricted.is_none() && self.agreed.contains_key(&purpose)
    }
}

#[cfg(test)]
mod laws {
    use jiff::Timestamp;
    use proptest::prelude::{Just, Strategy, prop_oneof, proptest};

    use super::{Act, Entry, Standing, Way};
    use crate::domain::privacy::Purpose;

    fn entry(act: Act, purpose: Option<Purpose>, version: u32) -> Entry {
        Entry {
            at: Timestamp::from_second(i64::from(version)).expect("an instant"),
            person: [1; 32],
            actor: "applicant".to_owned(),
            act,
            purpose,
            version,
            text: [0; 32],
            way: Way::Account,
            request: 0,
        }
    }

    fn acts() -> impl Strategy<Value = Vec<Entry>> {
        let purpose = || prop_oneof![Just(Purpose::Remember), Just(Purpose::Papers)];
        let act = prop_oneof![
            purpose().prop_map(|purpose| (Act::Agreed, Some(purpose))),
            purpose().prop_map(|purpose| (Act::Withdrew, Some(purpose))),
            Just((Act::Restricted, None)),
            Just((Act::Released, None)),
            Just((Act::Exported, None)),
            Just((Act::Erased, None)),
        ];
        let number = |acts: Vec<(Act, Option<Purpose>)>| {
            let numbered = acts.into_iter().zip(1..);
            numbered.map(|((act, purpose), version)| entry(act, purpose, version)).collect()
        };
        proptest::collection::vec(act, 0..20).prop_map(number)
    }

    proptest! {
        #[test]
        fn the_last_word_on_a_purpose_counts(acts in acts()) {
            let standing = Standing::after(&acts);
            for purpose in Purpose::ALL {
                let is_about = |entry: &&Entry| {
                    entry.act == Act::Erased || entry.purpose == Some(purpose)
                };
                let last = acts.iter().rev().find(is_about);
                let agreed = last.filter(|entry| entry.act == Act::Agreed);
                assert_eq!(
                    standing.agreed(purpose).map(|agreement| agreement.version),
                    agreed.map(|entry| entry.version),
                );
            }
        }

        #[test]
        fn nothing_is_used_without_consent_or_under_a_restriction(acts in acts()) {
            let mut all = acts.clone();
            all.push(entry(Act::Restricted, None, 99));
            let restricted = Standing::after(&all);
            all.push(entry(Act::Released, None, 100));
            all.push(entry(Act::Withdrew, Some(Purpose::Remember), 101));
            let withdrawn = Standing::after(&all);
            for purpose in Purpose::ALL {
                assert!(!restricted.may_use(purpose));
            }
            assert!(!withdrawn.may_use(Purpose::Remember));
            let before = Standing::after(&acts).agreed(Purpose::Papers).is_some();
            assert_eq!(withdrawn.may_use(Purpose::Papers), before);
        }
    }
}
