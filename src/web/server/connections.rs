//! How many connections one address may hold: whoever opens more only keeps others out.

use std::any::Any;
use std::collections::HashMap;
use std::net::{IpAddr, Shutdown, TcpStream};
use std::os::fd::AsFd;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::dev::Extensions;
use actix_web::rt::net::TcpStream as Stream;

use super::forwarded::TrustedProxies;
use crate::web::limits::network;

/// Files that the store, the index and uploads need beside connections.
const OTHER_FILES: usize = 256;

/// Open connections of each network.
#[derive(Clone)]
pub(super) struct Connections {
    most: usize,
    trusted: TrustedProxies,
    open: Arc<Mutex<HashMap<String, usize>>>,
}

/// One of them, as long as it is open.
struct Open {
    network: String,
    all: Arc<Mutex<HashMap<String, usize>>>,
}

impl Drop for Open {
    fn drop(&mut self) {
        let mut open = locked(&self.all);
        if let Some(count) = open.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.network);
            }
        }
    }
}

fn locked(all: &Mutex<HashMap<String, usize>>) -> MutexGuard<'_, HashMap<String, usize>> {
    all.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Connections {
    /// At most so many for each network; proxies speak for many.
    pub fn new(most: usize, trusted: TrustedProxies) -> Self {
        Self { most, trusted, open: Arc::default() }
    }

    /// Counts a new connection, or shuts it.
    pub fn admit(&self, connection: &dyn Any, data: &mut Extensions) {
        let secure = || connection.downcast_ref::<TlsStream<Stream>>().map(|tls| tls.get_ref().0);
        let Some(stream) = connection.downcast_ref::<Stream>().or_else(secure) else { return };
        let Ok(peer) = stream.peer_addr() else { return };
        match self.count(peer.ip()) {
            Some(open) => drop(data.insert(open)),
            None => shut(stream),
        }
    }

    fn count(&self, peer: IpAddr) -> Option<Open> {
        let most = if self.trusted.has(peer) { usize::MAX } else { self.most };
        let network = network(&peer.to_string());
        let mut open = locked(&self.open);
        let count = open.entry(network.clone()).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        drop(open);
        Some(Open { network, all: self.open.clone() })
    }
}

/// Ends a connection for which nobody is owed an answer.
fn shut(stream: &Stream) {
    if let Ok(twin) = stream.as_fd().try_clone_to_owned() {
        // It may be gone already.
        let _ = TcpStream::from(twin).shutdown(Shutdown::Both);
    }
}

/// How many connections may be open at once: as many as were set, unless the system gives fewer files.
pub(super) fn most_at_once(wanted: usize) -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let files = files.and_then(|rest| rest.split_whitespace().next()?.parse::<usize>().ok());
    match files.map(|files| files.saturating_sub(OTHER_FILES).max(64)) {
        Some(most) if most < wanted => {
            tracing::warn!(most, wanted, "the system allows fewer open files than connections");
            most
        }
        _ => wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::{Connections, TrustedProxies};

    #[test]
    fn an_address_holds_so_many_and_its_neighbours_are_not_kept_out() {
        let proxy = "10.0.0.1".parse().unwrap();
        let all = Connections::new(2, TrustedProxies(vec![proxy]));
        let greedy = "2001:db8::1".parse().unwrap();
        let held: Vec<_> = (0..2).filter_map(|_| all.count(greedy)).collect();
        assert_eq!(held.len(), 2);
        assert!(all.count(greedy).is_none());
        assert!(all.count("2001:db8::2".parse().unwrap()).is_none(), "the same network");
        let other = all.count("192.0.2.1".parse().unwrap());
        assert!(other.is_some());
        assert_eq!((0..9).filter_map(|_| all.count(proxy)).count(), 9, "a proxy speaks for many");
        drop(held);
        assert!(all.count(greedy).is_some());
        drop(other);
        assert!(all.open.lock().unwrap().is_empty(), "what is closed is forgotten");
    }
}
