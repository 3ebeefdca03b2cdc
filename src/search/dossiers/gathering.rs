//! Gathers the newest matches after a cursor, and counts all of them, without scoring.
//!
//! A dossier that only one facet's filter turns away is counted in that facet: so each facet says what
//! another choice of it would find.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, ColumnValues, StrColumn};
use tantivy::{COLLECT_BLOCK_BUFFER_LEN, DocId, Score, SegmentOrdinal, SegmentReader};

use super::facets::{Facet, Filters, Tally};
use super::layout::{fast, moment};

/// Sorts dossiers: order, then both halves of the id.
pub type Place = (u64, u64, u64);

type Values = Arc<dyn ColumnValues<u64>>;

/// The facets, and the order.
const COLUMNS: usize = Facet::ALL.len() + 1;
/// What a row without a value has.
const NONE: u64 = u64::MAX;
/// A wanted value that a segment does not have.
const UNKNOWN: u64 = u64::MAX - 1;

/// What to gather.
pub struct Gather<'a> {
    /// Most places to return.
    pub limit: usize,
    /// Only places below this one; what is counted does not depend on it.
    pub after: Option<Place>,
    /// What narrows the answer.
    pub filters: Filters<'a>,
}

/// What was gathered.
#[derive(Default)]
pub struct Gathered {
    /// The newest first.
    pub places: Vec<Place>,
    /// Dossiers that met the words, whatever the filters.
    pub met: u64,
    /// Dossiers that passed the filters too.
    pub total: u64,
    /// By facet.
    pub tally: Tally,
}

pub struct SegmentGather {
    newest: Newest,
    facets: [Counted; Facet::ALL.len()],
    holder: Option<(Values, u64)>,
    bounds: Vec<Bounds>,
    met: u64,
    total: u64,
    /// What was read of a block of documents.
    block: Vec<[u64; COLUMNS]>,
}

/// A facet in a segment.
struct Counted {
    values: Values,
    names: Option<StrColumn>,
    wanted: Option<u64>,
    counts: Vec<u64>,
}

/// A column of instants, and from where to before where; rows without an instant are outside.
struct Bounds {
    values: Values,
    from: u64,
    to: u64,
}

struct Newest {
    limit: usize,
    after: Option<Place>,
    order: Values,
    high: Values,
    low: Values,
    heap: BinaryHeap<Reverse<Place>>,
}

impl Collector for Gather<'_> {
    type Fruit = Gathered;
    type Child = SegmentGather;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<SegmentGather> {
        let numbers = |name| segment.fast_fields().column_first_or_default::<u64>(name);
        let filters = &self.filters;
        let [a, b, c, d] = Facet::ALL;
        let counted =
            |facet: Facet| Counted::of(segment, facet.name(), filters.facets[facet as usize]);
        let holder = match filters.holder {
            Some(holder) => {
                let column = Counted::of(segment, fast::HOLDER, Some(holder))?;
                Some((column.values, column.wanted.unwrap_or(UNKNOWN)))
            }
            None => None,
        };
        let mut bounds = Vec::new();
        for (name, from, to) in [
            (fast::RECEIVED, filters.received_from, filters.received_to),
            (fast::DUE, filters.due_from, filters.due_before),
        ] {
            if from.is_some() || to.is_some() {
                let (from, to) = (from.map_or(1, moment), to.map_or(u64::MAX, moment));
                bounds.push(Bounds { values: numbers(name)?, from, to });
            }
        }
        Ok(SegmentGather {
            newest: Newest {
                limit: self.limit,
                after: self.after,
                order: numbers(fast::ORDER)?,
                high: numbers(fast::HIGH)?,
                low: numbers(fast::LOW)?,
                heap: BinaryHeap::with_capacity(self.limit + 1),
            },
            facets: [counted(a)?, counted(b)?, counted(c)?, counted(d)?],
            holder,
            bounds,
            met: 0,
            total: 0,
            block: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<tantivy::Result<Gathered>>) -> tantivy::Result<Gathered> {
        let mut all = Gathered::default();
        for fruit in fruits {
            let fruit = fruit?;
            all.places.extend(fruit.places);
            all.met += fruit.met;
            all.total += fruit.total;
            for (facet, counts) in fruit.tally {
                let known = all.tally.entry(facet).or_default();
                for (value, count) in counts {
                    *known.entry(value).or_default() += count;
                }
            }
        }
        all.places.sort_unstable_by(|a, b| b.cmp(a));
        all.places.truncate(self.limit);
        Ok(all)
    }
}

impl SegmentCollector for SegmentGather {
    type Fruit = tantivy::Result<Gathered>;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.collect_block(&[doc]);
    }

    /// Reads a column for all documents at once: a list of everything has a million of them.
    fn collect_block(&mut self, docs: &[DocId]) {
        self.met += docs.len() as u64;
        let mut block = std::mem::take(&mut self.block);
        block.resize(docs.len(), [0; COLUMNS]);
        let mut read = [0; COLLECT_BLOCK_BUFFER_LEN];
        let columns = self.facets.iter().map(|facet| &facet.values);
        for (at, column) in columns.chain([&self.newest.order]).enumerate() {
            for (docs, rows) in docs.chunks(read.len()).zip(block.chunks_mut(read.len())) {
                column.get_vals(docs, &mut read[..docs.len()]);
                for (row, value) in rows.iter_mut().zip(&read) {
                    row[at] = *value;
                }
            }
        }
        for (doc, [a, b, c, d, order]) in docs.iter().zip(&block) {
            self.take(*doc, [*a, *b, *c, *d], *order);
        }
        self.block = block;
    }

    fn harvest(self) -> tantivy::Result<Gathered> {
        let mut tally = Tally::new();
        for (facet, counted) in Facet::ALL.into_iter().zip(self.facets) {
            tally.insert(facet, counted.named()?);
        }
        let places = self.newest.heap.into_iter().map(|Reverse(place)| place).collect();
        Ok(Gathered { places, met: self.met, total: self.total, tally })
    }
}

impl SegmentGather {
    fn take(&mut self, doc: DocId, values: [u64; Facet::ALL.len()], order: u64) {
        let outside = self.holder.as_ref().is_some_and(|(v, wanted)| v.get_val(doc) != *wanted)
            || self.bounds.iter().any(|bounds| !bounds.hold(doc));
        if outside {
            return;
        }
        let mut turned_away = self
            .facets
            .iter()
            .zip(values)
            .enumerate()
            .filter(|(_, (f, v))| f.wanted.is_some_and(|wanted| wanted != *v));
        let first = turned_away.next().map(|(at, _)| at);
        if turned_away.next().is_some() {
            return;
        }
        match first {
            Some(only) => self.facets[only].count(values[only]),
            None => {
                self.total += 1;
                for (facet, value) in self.facets.iter_mut().zip(values) {
                    facet.count(value);
                }
                self.newest.take(doc, order);
            }
        }
    }
}

impl Counted {
    fn of(segment: &SegmentReader, name: &str, wanted: Option<&str>) -> tantivy::Result<Self> {
        let names = segment.fast_fields().str(name)?;
        let wanted = match (wanted, &names) {
            (None, _) => None,
            (Some(_), None) => Some(UNKNOWN),
            (Some(text), Some(names)) => {
                Some(names.dictionary().term_ord(text.as_bytes())?.unwrap_or(UNKNOWN))
            }
        };
        let values = match &names {
            Some(names) => names.ords().clone().first_or_default_col(NONE),
            None => Column::build_empty_column(segment.max_doc()).first_or_default_col(NONE),
        };
        let terms = names.as_ref().map_or(0, |names| names.num_terms());
        Ok(Self { values, names, wanted, counts: vec![0; terms] })
    }

    fn count(&mut self, value: u64) {
        let at = usize::try_from(value).ok();
        if let Some(count) = at.and_then(|at| self.counts.get_mut(at)) {
            *count += 1;
        }
    }

    /// The counts by their values' names.
    fn named(self) -> tantivy::Result<BTreeMap<String, u64>> {
        let mut named = BTreeMap::new();
        let Some(names) = self.names else { return Ok(named) };
        for (ord, count) in (0_u64..).zip(self.counts).filter(|(_, count)| *count > 0) {
            let mut name = String::new();
            if names.ord_to_str(ord, &mut name)? {
                named.insert(name, count);
            }
        }
        Ok(named)
    }
}

impl Bounds {
    fn hold(&self, doc: DocId) -> bool {
        let at = self.values.get_val(doc);
        at >= self.from && at < self.to
    }
}

impl Newest {
    fn take(&mut self, doc: DocId, order: u64) {
        let least = self.heap.peek().filter(|_| self.heap.len() == self.limit);
        if least.is_some_and(|Reverse(least)| order < least.0)
            || self.after.is_some_and(|after| order > after.0)
        {
            return;
        }
        let place = (order, self.high.get_val(doc), self.low.get_val(doc));
        if self.after.is_none_or(|after| place < after) {
            self.heap.push(Reverse(place));
            if self.heap.len() > self.limit {
                self.heap.pop();
            }
        }
    }
}
