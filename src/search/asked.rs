//! What people are known to ask for: everyday queries with the official name that each is about
//! (`assets/search/asked`). A new query is read by those it is most like, so that a whole sentence teaches what
//! no single word of it says.

use std::sync::{Arc, LazyLock};

use super::analysis::{self, Syllable};
use super::weights::Weights;

/// The shipped lists: official name, and queries separated by "|".
const LISTS: [&str; 3] = [
    include_str!("../../assets/search/asked/land-and-farms.tsv"),
    include_str!("../../assets/search/asked/people-and-shops.tsv"),
    include_str!("../../assets/search/asked/vehicles-and-houses.tsv"),
];
/// Names that one query is read as at most.
const MOST: usize = 3;
/// Fewer syllables are a word, which the dictionary knows better.
const SHORTEST: usize = 3;
/// Two neighbours count this much of what their rarity says, beside their halves.
const PAIR: f32 = 0.5;

/// A name that a query may be about.
pub struct Near<'a> {
    /// The official name.
    pub name: &'a [Arc<Syllable>],
    /// How like the query is to what is asked about it, 0 to 1.
    pub likeness: f32,
}

/// The known queries.
pub struct Asked {
    names: Vec<Vec<Arc<Syllable>>>,
    /// The name that each query is about.
    about: Vec<u32>,
    exact: Space,
    folded: Space,
}

/// What the queries are made of, in one way to spell it.
#[derive(Default)]
struct Space {
    /// A part by its digest, and a query that has it; in order.
    parts: Vec<(u32, u32)>,
    /// What all the parts of each query are worth.
    worth: Vec<f32>,
}

/// A part of a query: its digest, and what share of its rarity counts.
type Part = (u32, f32);

/// The same on every machine.
fn digest(text: &[&str]) -> u32 {
    let mut hasher = blake3::Hasher::new();
    for one in text {
        hasher.update(one.as_bytes()).update(&[0]);
    }
    let [a, b, c, d, ..] = *hasher.finalize().as_bytes();
    u32::from_le_bytes([a, b, c, d])
}

/// The syllables of a query and their pairs, each once.
fn parts(texts: &[&str], keeps: &[f32]) -> Vec<Part> {
    let single = texts.iter().zip(keeps).map(|(text, keeps)| (digest(&[text]), *keeps));
    let pairs = texts.windows(2).zip(keeps.windows(2));
    let pairs = pairs.map(|(pair, keeps)| (digest(pair), PAIR * keeps[0].min(keeps[1])));
    let mut parts: Vec<Part> = single.chain(pairs).collect();
    parts.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    parts.dedup_by_key(|part| part.0);
    parts
}

impl Space {
    fn of(queries: &[Vec<Syllable>], spelt: fn(&Syllable) -> &str) -> Self {
        let parts_of = |query: &Vec<Syllable>| {
            let texts: Vec<&str> = query.iter().map(spelt).collect();
            parts(&texts, &vec![1.0; texts.len()])
        };
        let each: Vec<Vec<Part>> = queries.iter().map(parts_of).collect();
        let mut space = Self::default();
        for (query, parts) in (0..).zip(&each) {
            space.parts.extend(parts.iter().map(|part| (part.0, query)));
        }
        space.parts.sort_unstable();
        space.worth = each.iter().map(|parts| space.worth_of(parts, queries.len())).collect();
        space
    }

    fn with(&self, part: u32) -> &[(u32, u32)] {
        let from = self.parts.partition_point(|one| one.0 < part);
        let len = self.parts[from..].partition_point(|one| one.0 == part);
        &self.parts[from..from + len]
    }

    fn worth_of(&self, parts: &[Part], all: usize) -> f32 {
        parts.iter().map(|(part, share)| share * rarity(all, self.with(*part).len())).sum()
    }

    /// How like each known query is: what both have of what either has.
    fn likeness(&self, parts: &[Part]) -> Vec<f32> {
        let all = self.worth.len();
        let (mut shared, mut own) = (vec![0.0; all], 0.0);
        for (part, share) in parts {
            let having = self.with(*part);
            let worth = share * rarity(all, having.len());
            own += worth;
            for (_, query) in having {
                shared[*query as usize] += worth;
            }
        }
        let of = |(shared, worth): (f32, &f32)| match shared {
            0.0 => 0.0,
            shared => (2.0 * shared / (own + worth)).min(1.0),
        };
        shared.into_iter().zip(&self.worth).map(of).collect()
    }
}

/// How much it says that a part occurs which so many of all have.
fn rarity(all: usize, having: usize) -> f32 {
    (1.0 + all as f32 / (having as f32 + 1.0)).ln()
}

impl Asked {
    /// The shipped queries, read once.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Asked> = LazyLock::new(|| Asked::parse(&LISTS));
        &BUILTIN
    }

    fn parse(lists: &[&str]) -> Self {
        let (mut names, mut about, mut queries) = (Vec::new(), Vec::new(), Vec::new());
        let lines = lists.iter().flat_map(|list| list.lines());
        for line in lines.filter(|line| !line.starts_with('#')) {
            let Some((name, asked)) = line.split_once('\t') else { continue };
            let number = u32::try_from(names.len()).unwrap_or(u32::MAX);
            names.push(analysis::syllables(name).into_iter().map(Arc::new).collect());
            for query in asked.split('|') {
                about.push(number);
                queries.push(analysis::syllables(query));
            }
        }
        let exact = Space::of(&queries, |syllable| &syllable.exact);
        let folded = Space::of(&queries, |syllable| &syllable.folded);
        Self { names, about, exact, folded }
    }

    /// The names whose queries this one is most like, the best first. `keeps` is what each syllable keeps of
    /// its usual weight.
    pub fn like(&self, said: &[Syllable], keeps: &[f32], weights: &Weights) -> Vec<Near<'_>> {
        if said.len() < SHORTEST {
            return Vec::new();
        }
        let accented = said.iter().any(Syllable::accented);
        let (space, spelt): (_, fn(&Syllable) -> &str) = match accented {
            true => (&self.exact, |syllable| &syllable.exact),
            false => (&self.folded, |syllable| &syllable.folded),
        };
        let texts: Vec<&str> = said.iter().map(spelt).collect();
        let likeness = space.likeness(&parts(&texts, keeps));
        // Of each name the query that is most like counts, and a share of the next one.
        let mut best = vec![(0.0_f32, 0.0_f32); self.names.len()];
        for (query, name) in likeness.into_iter().zip(&self.about) {
            let (first, second) = &mut best[*name as usize];
            (*first, *second) = (first.max(query), second.max(first.min(query)));
        }
        let mut near: Vec<(usize, f32)> = best
            .into_iter()
            .map(|(first, second)| (first + weights.asked_again * second).min(1.0))
            .enumerate()
            .filter(|(_, likeness)| *likeness >= weights.asked_least)
            .collect();
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        near.truncate(MOST);
        let near = near.into_iter();
        near.map(|(name, likeness)| Near { name: &self.names[name], likeness }).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Asked, LISTS};
    use crate::search::analysis;
    use crate::search::weights::Weights;

    fn nearest(query: &str) -> Option<String> {
        let said = analysis::syllables(query);
        let near = Asked::builtin().like(&said, &vec![1.0; said.len()], &Weights::builtin());
        let first = near.first()?;
        Some(first.name.iter().map(|s| s.typed.as_str()).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn each_line_has_a_name_with_queries_and_no_query_stands_at_two_names() {
        let mut of = BTreeMap::new();
        for line in LISTS.iter().flat_map(|list| list.lines()).filter(|l| !l.starts_with('#')) {
            let (name, queries) = line.split_once('\t').unwrap_or_else(|| panic!("{line:?}"));
            assert!(!name.trim().is_empty() && !queries.contains('\t'), "{line:?}");
            for query in queries.split('|').map(str::trim) {
                assert!((1..=16).contains(&analysis::syllables(query).len()), "{query:?}");
                assert!(!query.chars().any(char::is_control), "{query:?}");
                let other = of.insert(query.to_lowercase(), name);
                assert!(other.is_none(), "{query:?} stands at {other:?} and {name:?}");
            }
        }
        assert!(of.len() > 1_000);
    }

    #[test]
    fn a_query_is_read_by_those_it_is_like_with_diacritics_or_without() {
        let (line, query) = LISTS
            .iter()
            .flat_map(|list| list.lines())
            .filter(|line| !line.starts_with('#'))
            .find_map(|line| line.split_once('\t').map(|(n, q)| (n, q.split('|').next())))
            .unwrap();
        let query = query.unwrap();
        let name = analysis::syllables(line);
        let name = name.iter().map(|s| s.typed.as_str()).collect::<Vec<_>>().join(" ");
        assert_eq!(nearest(query).as_deref(), Some(name.as_str()));
        let bare: Vec<String> = analysis::syllables(query).into_iter().map(|s| s.folded).collect();
        assert_eq!(nearest(&bare.join(" ")).as_deref(), Some(name.as_str()));
        assert_eq!(nearest("zzz qqq"), None);
    }
}
