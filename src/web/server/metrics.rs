//! Figures of the running server, in the text format of Prometheus.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::Timestamp;

use crate::office::Failure;
use crate::web::Site;

/// Upper bounds of the classes of answering times, in milliseconds.
const BUCKETS: [u64; 8] = [1, 5, 10, 50, 100, 500, 1_000, 5_000];

/// Counters of requests; they begin at zero with the process.
pub struct Metrics {
    began_at: Timestamp,
    asked: AtomicU64,
    by_class: [AtomicU64; 5],
    buckets: [AtomicU64; BUCKETS.len()],
    micros: AtomicU64,
}

impl Metrics {
    /// Counters at zero; `first` makes the references of one start differ from another's.
    pub fn new(began_at: Timestamp, first: u64) -> Self {
        Self {
            began_at,
            asked: AtomicU64::new(first),
            by_class: Default::default(),
            buckets: Default::default(),
            micros: AtomicU64::new(0),
        }
    }

    /// The reference of a request: ten letters that a person can read out on the telephone.
    pub fn reference(&self) -> String {
        const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
        // An odd factor: neighbours look different, and none comes twice before all have come.
        let number = self.asked.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let letter = |place: u32| char::from(LETTERS[(number >> (5 * place)) as usize % 32]);
        (0..10).map(letter).collect()
    }

    /// Counts an answer by its status.
    pub fn count(&self, status: u16, took: Duration) {
        if let Some(class) = usize::from(status / 100).checked_sub(1)
            && let Some(counter) = self.by_class.get(class)
        {
            counter.fetch_add(1, Ordering::Relaxed);
        }
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.micros.fetch_add(micros, Ordering::Relaxed);
        for (bound, counter) in BUCKETS.iter().zip(&self.buckets) {
            if micros <= bound * 1_000 {
                counter.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// Everything as text.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn render(&self, site: &Site) -> Result<String, Failure> {
        let office = &site.office;
        let mut out = String::with_capacity(2_048);
        self.requests(&mut out);
        let load = office.load()?;
        let lag = load.last_commit.saturating_sub(load.indexed_commit);
        let (waiting, given_up) = office.outbox_size()?;
        let up = office.now().duration_since(self.began_at).as_secs();
        for (name, kind, help, value) in [
            ("motcua_up_seconds", "gauge", "Seconds since the start.", up.unsigned_abs()),
            ("motcua_commands_total", "counter", "Commands decided.", load.commands),
            ("motcua_commits_total", "counter", "Batches made durable.", load.batches),
            ("motcua_queue_length", "gauge", "Commands that wait for the writer.", load.waiting),
            ("motcua_last_commit", "gauge", "Number of the last commit.", load.last_commit),
            ("motcua_index_lag_commits", "gauge", "Commits not yet in the search index.", lag),
            ("motcua_dossiers", "gauge", "Dossiers in the store.", load.dossiers),
            ("motcua_letters_waiting", "gauge", "Deliveries that wait, up to 10000.", waiting),
            ("motcua_letters_given_up", "gauge", "Deliveries given up, up to 10000.", given_up),
            ("motcua_store_bytes", "gauge", "Size of the store's file.", load.store_bytes),
        ] {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}");
        }
        if let Some(certificates) = &site.certificates {
            let left = certificates.not_after().duration_since(office.now()).as_secs();
            let name = "motcua_certificate_seconds";
            let help = "Seconds until the server's certificate ends.";
            let _ = writeln!(out, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {left}");
        }
        Ok(out)
    }

    fn requests(&self, out: &mut String) {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        out.push_str("# HELP motcua_requests_total Answers by class of status.\n");
        out.push_str("# TYPE motcua_requests_total counter\n");
        let mut all = 0;
        for (class, counter) in (1..).zip(&self.by_class) {
            all += read(counter);
            let _ = writeln!(out, "motcua_requests_total{{class=\"{class}xx\"}} {}", read(counter));
        }
        let name = "motcua_request_seconds";
        let _ =
            writeln!(out, "# HELP {name} Time until an answer begins.\n# TYPE {name} histogram");
        for (bound, counter) in BUCKETS.iter().zip(&self.buckets) {
            let seconds = *bound as f64 / 1_000.0;
            let _ = writeln!(out, "{name}_bucket{{le=\"{seconds}\"}} {}", read(counter));
        }
        let sum = read(&self.micros) as f64 / 1_000_000.0;
        let _ = writeln!(
            out,
            "{name}_bucket{{le=\"+Inf\"}} {all}\n{name}_sum {sum}\n{name}_count {all}"
        );
    }
}
