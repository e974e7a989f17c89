//! Reads bodies of answers, each within its time, its size and its turn.

use tokio::time::{Instant, timeout_at};

use super::fault::{ends_early, has_only_a_tail, is_undecodable};
use super::large::{LARGE, LargeBodies, LargeBody};
use super::message::BodyEnd;

/// The body of a redirect is read up to this size, so that its connection can be reused; a longer one closes it.
const REDIRECT_BODY_BYTES: usize = 16 * 1024;

/// How reading a body ended, before its meaning is decided.
pub(super) enum End {
    Known(BodyEnd),
    Late,
    /// The bytes are not in the encoding that `Content-Encoding` announced.
    Undecodable,
    /// It is large, and its turn did not come.
    Crowded,
}

/// Bounds of one body.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds<'a> {
    pub(super) max_bytes: u64,
    pub(super) deadline: Instant,
    pub(super) turns: &'a LargeBodies,
}

/// Reads a body up to its bounds. One that turns out to be large waits for its turn, unless `large` holds it already. Nothing
/// more is taken from its server meanwhile, and that time is not counted.
pub(super) async fn read_body(
    mut answer: reqwest::Response,
    bounds: Bounds<'_>,
    large: &mut Option<LargeBody>,
) -> (Vec<u8>, End) {
    let max = usize::try_from(bounds.max_bytes).unwrap_or(usize::MAX);
    let mut deadline = bounds.deadline;
    let mut body = Vec::new();
    let end = loop {
        match timeout_at(deadline, answer.chunk()).await {
            Err(_) => break End::Late,
            Ok(Ok(None)) => break End::Known(BodyEnd::Whole),
            Ok(Ok(Some(chunk))) => {
                let taken = &chunk[..chunk.len().min(max - body.len())];
                if large.is_none() && body.len() + taken.len() > LARGE {
                    let asked = Instant::now();
                    *large = bounds.turns.enter().await;
                    if large.is_none() {
                        break End::Crowded;
                    }
                    deadline += asked.elapsed();
                }
                body.extend_from_slice(taken);
                if taken.len() < chunk.len() {
                    break End::Known(BodyEnd::TooLarge);
                }
            }
            Ok(Err(error)) if has_only_a_tail(&error) => break End::Known(BodyEnd::Whole),
            Ok(Err(error)) if is_undecodable(&error) && (body.is_empty() || !ends_early(&error)) => {
                break End::Undecodable;
            }
            Ok(Err(_)) => break End::Known(BodyEnd::CutShort),
        }
    };
    (body, end)
}

pub(super) async fn drain(mut answer: reqwest::Response, deadline: Instant) {
    let mut read = 0;
    while let Ok(Ok(Some(chunk))) = timeout_at(deadline, answer.chunk()).await {
        read += chunk.len();
        if read > REDIRECT_BODY_BYTES {
            break;
        }
    }
}
