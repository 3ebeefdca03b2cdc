//! What is charged for by the answers of a form: pages, copies or cases that an applicant stated.

use jiff::civil::Date;

use super::{Asked, Assessment, Count, FeeRule, Schedule, Unit};
use crate::domain::catalogue::Channel;
use crate::domain::dossier::{Form, FormValue};

/// The answers that a rule is counted by: names of questions, of a table with its column
/// (`giay_to.so_trang`), which counts each row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// How many units.
    pub units: String,
    /// How many copies, where they count; one when no answer says it.
    pub copies: Option<String>,
    /// Of what: the name of the paper.
    pub what: Option<String>,
}

/// A fee as it is told: its name and whole đồng.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// What people read.
    pub name: String,
    /// Whole đồng.
    pub amount: u64,
}

impl Counted {
    /// The answers that it looks at.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let others = [&self.copies, &self.what].into_iter().flatten();
        std::iter::once(self.units.as_str()).chain(others.map(String::as_str))
    }
}

impl Schedule {
    /// The counts that the answers of a form state; what they leave open is not counted.
    pub fn counts(&self, answers: &Form, channel: Channel, day: Date) -> Vec<Count> {
        let counted = self.rules_for(channel, day).filter_map(|rule| {
            let counted = rule.counted.as_ref()?;
            Some(counts_of(rule, counted, answers))
        });
        counted.flatten().collect()
    }

    /// The rules that are charged for the answers of a declared form: of those that it counts, the ones that
    /// it counts something of.
    pub fn rules_of_form(
        &self,
        answers: &Form,
        channel: Channel,
        day: Date,
    ) -> impl Iterator<Item = &FeeRule> {
        let counts = |rule: &FeeRule, counted| !counts_of(rule, counted, answers).is_empty();
        self.rules_for(channel, day)
            .filter(move |rule| rule.counted.as_ref().is_none_or(|c| counts(rule, c)))
    }

    /// What a filing with these answers comes to as reception will compute it, line by line, without what
    /// is free and without exemptions.
    pub fn expected(&self, answers: &Form, channel: Channel, day: Date) -> Assessment {
        let counts = self.counts(answers, channel, day);
        let asked = Asked { channel, day, counts: &counts, exemption: None };
        let mut expected = self.assess(&asked).unwrap_or_default();
        expected.items.retain(|item| item.amount > 0);
        expected
    }

    /// What the answers come to, when they state something that is charged for; none while they do not,
    /// and what is published holds.
    pub fn by_answers(&self, answers: &Form, channel: Channel, day: Date) -> Option<Assessment> {
        let states = !self.counts(answers, channel, day).is_empty();
        states.then(|| self.expected(answers, channel, day))
    }

    /// The rules that are counted by answers of the form.
    pub fn by_form(&self, channel: Channel, day: Date) -> impl Iterator<Item = &FeeRule> {
        self.rules_for(channel, day).filter(|rule| rule.counted.is_some())
    }

    /// The rules that somebody counts at reception: no answer says how much.
    pub fn counted_later(&self, channel: Channel, day: Date) -> impl Iterator<Item = &FeeRule> {
        self.rules_for(channel, day)
            .filter(|rule| rule.counted.is_none() && rule.unit != Unit::Dossier && !rule.is_free())
    }

    /// What the answers of a form come to, without what is free.
    pub fn charges(&self, answers: &Form, channel: Channel, day: Date) -> Vec<Charge> {
        let charged = self.expected(answers, channel, day).items.into_iter();
        charged.map(|item| Charge { name: item.name, amount: item.amount }).collect()
    }
}

fn counts_of(rule: &FeeRule, counted: &Counted, answers: &Form) -> Vec<Count> {
    let table = counted.units.split_once('.').map(|(table, _)| table);
    let rows: Vec<&Form> = match table.map(|table| answers.get(table)) {
        None => vec![answers],
        Some(Some(FormValue::List(rows))) => rows
            .iter()
            .filter_map(|row| match row {
                FormValue::Group(cells) => Some(cells),
                _ => None,
            })
            .collect(),
        Some(_) => Vec::new(),
    };
    let count = |row: &&Form| {
        // An answer of the same table is one of the row.
        let said = |name: &str| match (name.split_once('.'), table) {
            (Some((of, column)), Some(table)) if of == table => row.get(column),
            (None, _) => answers.get(name),
            _ => None,
        };
        let number = |name: &str| said(name).and_then(whole).filter(|number| *number > 0);
        let copies = match &counted.copies {
            Some(name) => number(name)?,
            None => 1,
        };
        let what = counted.what.as_deref().and_then(said);
        let what = match what {
            Some(FormValue::Text(text)) => text.clone(),
            _ => String::new(),
        };
        Some(Count { rule: rule.id.clone(), what, units: number(&counted.units)?, copies })
    };
    rows.iter().filter_map(count).collect()
}

/// The whole number that an answer is kept as.
fn whole(value: &FormValue) -> Option<u32> {
    match value {
        FormValue::Number(text) => text.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Counted;
    use crate::domain::catalogue::Channel;
    use crate::domain::dossier::{FeeKind, Form, FormValue};
    use crate::domain::fee::{FeeRule, Schedule, Tier, Unit};

    fn schedule() -> Schedule {
        let rule = FeeRule {
            id: "copy".to_owned(),
            name: "Phí".to_owned(),
            kind: FeeKind::Fee,
            channels: Vec::new(),
            unit: Unit::Page,
            per_copy: true,
            tiers: vec![Tier { from: 1, price: 2_000 }, Tier { from: 3, price: 1_000 }],
            cap: None,
            valid_from: None,
            valid_to: None,
            source: "luật".to_owned(),
            counted: Some(Counted {
                units: "giay.trang".to_owned(),
                copies: Some("giay.ban".to_owned()),
                what: Some("giay.ten".to_owned()),
            }),
        };
        let once = FeeRule {
            id: "once".to_owned(),
            unit: Unit::Copy,
            per_copy: false,
            counted: Some(Counted { units: "so_ban".to_owned(), ..Counted::default() }),
            ..rule.clone()
        };
        Schedule { rules: vec![rule, once], exemptions: Vec::new() }
    }

    fn row(name: &str, pages: &str, copies: &str) -> FormValue {
        let number = |text: &str| FormValue::Number(text.to_owned());
        let cells = [
            ("ten", FormValue::Text(name.to_owned())),
            ("trang", number(pages)),
            ("ban", number(copies)),
        ];
        FormValue::Group(cells.into_iter().map(|(key, cell)| (key.to_owned(), cell)).collect())
    }

    #[test]
    fn each_row_of_a_table_is_charged_and_what_is_not_said_is_not() {
        let charged = |answers: Form| {
            let day = date(2026, 11, 30);
            let charges = schedule().charges(&answers, Channel::Counter, day);
            charges.into_iter().map(|c| (c.name, c.amount)).collect::<Vec<_>>()
        };
        let rows = vec![row("Bằng", "3", "2"), row("Sổ", "0", "1"), row("Thẻ", "1,5", "1")];
        let answers = Form::from_iter([("giay".to_owned(), FormValue::List(rows))]);
        assert_eq!(charged(answers), [("Phí: Bằng".to_owned(), 10_000)]);
        let two = FormValue::Number("2".to_owned());
        let answers = Form::from_iter([("so_ban".to_owned(), two)]);
        assert_eq!(charged(answers), [("Phí".to_owned(), 4_000)]);
        assert!(charged(Form::default()).is_empty());
    }
}
