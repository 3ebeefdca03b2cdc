//! Bodies that come too slowly: a client that sends a byte now and then would hold a connection and
//! its handler for ever.

use std::cell::Cell;
use std::future::Future;
use std::io::{Error, ErrorKind};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_web::HttpMessage;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_util::Stream;
use tokio::time::{Instant, Sleep, sleep_until};

/// Bytes a second below which nobody is waited for longer: a tenth of a weak telephone's.
const SLOWEST: u64 = 1_024;

/// How long a client may leave us waiting for the next part of its body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience(pub Duration);

/// Whether a body was given up.
pub(super) type GivenUp = Rc<Cell<bool>>;

impl Patience {
    /// Watches the request's body, if it has one.
    pub fn watch(self, request: &mut ServiceRequest) -> GivenUp {
        let given_up = GivenUp::default();
        let payload = match request.take_payload() {
            Payload::None => Payload::None,
            payload => {
                let body = Body {
                    payload,
                    patience: self.0,
                    waited: Duration::ZERO,
                    received: 0,
                    waiting: None,
                    given_up: given_up.clone(),
                };
                let payload: Pin<Box<dyn Stream<Item = _>>> = Box::pin(body);
                Payload::Stream { payload }
            }
        };
        request.set_payload(payload);
        given_up
    }
}

/// A body that is given up when it comes too slowly. Only time in which we wait for the client
/// counts, not what a handler takes.
struct Body {
    payload: Payload,
    patience: Duration,
    waited: Duration,
    received: u64,
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
    given_up: GivenUp,
}

impl Body {
    /// How long the next part is waited for: less once all parts together took too long.
    fn still(&self) -> Duration {
        let earned = Duration::from_secs(self.received / SLOWEST);
        (2 * self.patience + earned).saturating_sub(self.waited).min(self.patience)
    }
}

impl Stream for Body {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let body = self.get_mut();
        if let Poll::Ready(next) = Pin::new(&mut body.payload).poll_next(cx) {
            if let Some((since, _)) = body.waiting.take() {
                body.waited += since.elapsed();
            }
            if let Some(Ok(bytes)) = &next {
                body.received += bytes.len() as u64;
            }
            return Poll::Ready(next);
        }
        let still = body.still();
        let (_, end) = body.waiting.get_or_insert_with(|| {
            let now = Instant::now();
            (now, Box::pin(sleep_until(now + still)))
        });
        ready!(end.as_mut().poll(cx));
        body.given_up.set(true);
        Poll::Ready(Some(Err(PayloadError::Io(Error::from(ErrorKind::TimedOut)))))
    }
}
