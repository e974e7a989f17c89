//! Times in the headers of an answer, against the server's own `Date`, so that a server whose clock is wrong is understood.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{self, HeaderMap, HeaderName};

/// Larger numbers of seconds mean "for ever" (RFC 9111 §1.2.2).
const FOR_EVER_SECS: u64 = 1 << 31;

/// Returns for how long a server asks to be left alone (`Retry-After`, RFC 9110 §10.2.3), by its own clock where it shows it.
/// `None` if it does not ask, or if that time is over.
pub fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let value = header_of(headers, header::RETRY_AFTER)?;
    let pause = match seconds(value) {
        Some(pause) => pause,
        None => Duration::try_from(http_date(value)?.duration_since(server_clock(headers, now))).ok()?,
    };
    Some(pause).filter(|pause| !pause.is_zero())
}

/// Returns the time by the server's own clock; ours if it shows none.
pub(crate) fn server_clock(headers: &HeaderMap, now: Timestamp) -> Timestamp {
    header_of(headers, header::DATE).and_then(http_date).unwrap_or(now)
}

/// Returns the first value of a header, trimmed.
pub(crate) fn header_of(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

/// Reads a number of seconds; at most [`FOR_EVER_SECS`].
pub(crate) fn seconds(value: &str) -> Option<Duration> {
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(Duration::from_secs(
        value.parse().unwrap_or(FOR_EVER_SECS).min(FOR_EVER_SECS),
    ))
}

/// Reads a date: the three forms of RFC 9110 §5.6.7, and what mail calls a date, which some servers send.
pub(crate) fn http_date(value: &str) -> Option<Timestamp> {
    httpdate::parse_http_date(value)
        .ok()
        .and_then(|time| Timestamp::try_from(time).ok())
        .or_else(|| {
            jiff::fmt::rfc2822::DateTimeParser::new()
                .relaxed_weekday(true)
                .parse_timestamp(value)
                .ok()
        })
}
