//! What the reading and the ranking weigh: few numbers in `assets/search/weights.tsv`, which a person
//! can read and [`super::fitting`] can improve over a file of queries.

/// The shipped numbers.
const WEIGHTS: &str = include_str!("../../assets/search/weights.tsv");

macro_rules! weights {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// The numbers, by name.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Weights {
            $($(#[$doc])* pub $name: f32,)+
        }

        impl Weights {
            /// Every name, in the order of the list.
            pub const NAMES: &[&str] = &[$(stringify!($name)),+];

            /// The number with this name.
            pub fn named(&mut self, name: &str) -> Option<&mut f32> {
                match name {
                    $(stringify!($name) => Some(&mut self.$name),)+
                    _ => None,
                }
            }
        }
    };
}

weights! {
    /// Two neighbours say this much of what their rarity suggests, beside their halves.
    pair,
    /// A folded match of a syllable with known diacritics: perhaps another word.
    other_tones,
    /// The same when nobody spells it so: surely mistyped.
    unknown_tones,
    /// A bare syllable in a query with diacritics elsewhere.
    bare_among_accented,
    /// What everyday words keep when their literal sense misleads.
    misleads,
    /// What a slip keeps that was mended.
    mended,
    /// What a slip keeps that was mended to fit its neighbour.
    mended_by_neighbour,
    /// A match in field, results or subjects counts this much of one in the name.
    about,
    /// The same for components and conditions.
    body,
    /// An official phrase is worth at most this much.
    phrase_cap,
    /// How steeply a phrase loses that a name holds in part only.
    phrase_power,
    /// The same for the words as said.
    literal_power,
    /// What the words as said keep beside official phrases.
    beside,
    /// What an official phrase keeps that is not the first for its expression.
    later,
    /// What further official phrases keep beside the best one.
    further,
    /// What expressions keep that say whom a matter is for, beside others that say which.
    whom,
    /// What an expression keeps at least that stands for a small part of the query.
    covers,
    /// What the name keeps that a known query is about, when the query is just like it.
    asked,
    /// How steeply that falls with likeness.
    asked_power,
    /// The likeness from which on a known query says anything.
    asked_least,
    /// What a second known query of the same name adds to the likeness.
    asked_again,
    /// What single syllables of official phrases keep; their pairs say the rest.
    official_single,
    /// What single syllables of the words as said keep.
    said_single,
    /// What a name loses whose syllables the query does not explain.
    unexplained,
    /// What a long name loses.
    length_loss,
    /// How far the factors of special cases are believed.
    special_power,
    /// What a name keeps that has none of the deeds that the query asks for.
    lacks_deed,
    /// What a procedure keeps that only a province settles.
    province,
    /// What a procedure keeps that only a ministry settles.
    ministry,
    /// What one keeps further that the commune does not settle, when the query names the commune.
    not_there,
}

impl Weights {
    /// The shipped numbers.
    pub fn builtin() -> Self {
        let mut weights = Self::default();
        for line in WEIGHTS.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, value)) = line.split_once('\t')
                && let (Some(weight), Ok(value)) = (weights.named(name), value.trim().parse())
            {
                *weight = value;
            }
        }
        weights
    }
}

#[cfg(test)]
mod tests {
    use super::{WEIGHTS, Weights};

    #[test]
    fn every_weight_is_listed_once() {
        let lines = WEIGHTS.lines().filter(|line| !line.starts_with('#'));
        let named: Vec<&str> = lines.filter_map(|l| l.split_once('\t')).map(|l| l.0).collect();
        assert_eq!(named, Weights::NAMES);
        let mut weights = Weights::builtin();
        for name in Weights::NAMES {
            let weight = *weights.named(name).unwrap();
            assert!(weight.is_finite() && weight >= 0.0, "{name}");
        }
    }
}
