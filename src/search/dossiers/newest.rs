//! Collects the newest matches after a cursor, without scoring.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::ColumnValues;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::layout::fast;

/// Sorts dossiers: order, then both halves of the id.
pub type Place = (u64, u64, u64);

/// The newest `limit` matches that are older than `after`.
pub struct Newest {
    /// Most places to return.
    pub limit: usize,
    /// Only places below this one.
    pub after: Option<Place>,
}

pub struct SegmentNewest {
    limit: usize,
    after: Option<Place>,
    order: Arc<dyn ColumnValues<u64>>,
    high: Arc<dyn ColumnValues<u64>>,
    low: Arc<dyn ColumnValues<u64>>,
    heap: BinaryHeap<Reverse<Place>>,
}

impl Collector for Newest {
    type Fruit = Vec<Place>;
    type Child = SegmentNewest;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<SegmentNewest> {
        let column = |name| segment.fast_fields().column_first_or_default::<u64>(name);
        Ok(SegmentNewest {
            limit: self.limit,
            after: self.after,
            order: column(fast::ORDER)?,
            high: column(fast::HIGH)?,
            low: column(fast::LOW)?,
            heap: BinaryHeap::with_capacity(self.limit + 1),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Vec<Place>>) -> tantivy::Result<Vec<Place>> {
        let mut places: Vec<Place> = fruits.into_iter().flatten().collect();
        places.sort_unstable_by(|a, b| b.cmp(a));
        places.truncate(self.limit);
        Ok(places)
    }
}

impl SegmentCollector for SegmentNewest {
    type Fruit = Vec<Place>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let order = self.order.get_val(doc);
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

    fn harvest(self) -> Vec<Place> {
        self.heap.into_iter().map(|Reverse(place)| place).collect()
    }
}
