//! Which requests are being answered, so that the end waits for them and not for connections on which
//! nobody has asked anything.

use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::ServiceResponse;
use actix_web::rt::time::sleep;
use actix_web::web::Bytes;

/// How often the end looks whether anything is left.
const LOOK: Duration = Duration::from_millis(20);
/// How long the last bytes may take to leave, once no answer is being made.
const LINGER: Duration = Duration::from_secs(1);
/// Bodies up to this size have left the handler whole when it returns, in bytes.
const SMALL: u64 = 64 << 10;

/// Counts requests whose head has come and whose answer has not left.
#[derive(Clone, Debug, Default)]
pub struct Answering(Arc<AtomicUsize>);

/// One such request.
pub(super) struct One(Answering);

impl Drop for One {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Answering {
    /// A request begins.
    pub(super) fn begin(&self) -> One {
        self.0.fetch_add(1, Ordering::Relaxed);
        One(self.clone())
    }

    /// Waits until none is left, and what was answered last has had time to leave.
    pub async fn none_left(&self) {
        loop {
            while self.0.load(Ordering::Relaxed) > 0 {
                sleep(LOOK).await;
            }
            sleep(LINGER).await;
            if self.0.load(Ordering::Relaxed) == 0 {
                return;
            }
        }
    }
}

/// The answer, counted until its body has left.
pub(super) fn until_sent(
    response: ServiceResponse<BoxBody>,
    one: Option<One>,
) -> ServiceResponse<BoxBody> {
    match (response.response().body().size(), one) {
        (BodySize::None | BodySize::Sized(..=SMALL), _) | (_, None) => response,
        (_, Some(one)) => response.map_body(|_, body| BoxBody::new(Counted { body, _one: one })),
    }
}

/// A body that counts while it is being sent.
struct Counted {
    body: BoxBody,
    _one: One,
}

impl MessageBody for Counted {
    type Error = Box<dyn Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.body).poll_next(cx)
    }
}
