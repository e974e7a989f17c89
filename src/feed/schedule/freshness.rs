//! What an answer says about asking again: how long it is fresh (RFC 9111) and how long to pause (RFC 9110 §10.2.3).
//!
//! Times are reckoned against the server's own `Date`, so that a server whose clock is wrong is understood.

use std::time::Duration;

use jiff::Timestamp;

use crate::net::{HeaderName, Response, header};

/// Larger numbers of seconds mean "for ever" (RFC 9111 §1.2.2).
const FOR_EVER_SECS: u64 = 1 << 31;

/// The `max-age` that is remembered from here on, in seconds: what the answer says, or, for a 304 that says nothing,
/// what was `known` (RFC 9111 §4.3.4).
pub(crate) fn max_age(response: &Response, known: Option<u32>) -> Option<u32> {
    let directives = cache_directives(response);
    if response.status == 304 && directives.is_empty() && header_of(response, header::EXPIRES).is_none() {
        return known;
    }
    let (_, value) = directives.iter().find(|(name, _)| name == "max-age")?;
    u32::try_from(seconds(value)?.as_secs()).ok()
}

/// How long the answer stays fresh from when it came; `None` where the server does not say or forbids to rely on it.
/// `known` is [`max_age`] of what was stored.
pub(crate) fn fresh_for(response: &Response, known: Option<u32>, now: Timestamp) -> Option<Duration> {
    let directives = cache_directives(response);
    if directives.is_empty() && header_of(response, header::EXPIRES).is_none() {
        return known
            .map(|secs| Duration::from_secs(u64::from(secs)))
            .filter(|left| !left.is_zero());
    }
    if directives
        .iter()
        .any(|(name, _)| name == "no-cache" || name == "no-store")
    {
        return None;
    }
    let max_age = directives.iter().find(|(name, _)| name == "max-age");
    let lifetime = match max_age {
        Some((_, value)) => seconds(value)?,
        None => {
            // An `Expires` that is no date ("0", "-1") means "already" (RFC 9111 §5.3).
            let expires = http_date(header_of(response, header::EXPIRES)?)?;
            Duration::try_from(expires.duration_since(server_clock(response, now))).ok()?
        }
    };
    let age = header_of(response, header::AGE).and_then(seconds).unwrap_or_default();
    lifetime.checked_sub(age).filter(|left| !left.is_zero())
}

/// How long the server asks to be left alone; `None` where it does not, or where that time is over.
pub(crate) fn retry_after(response: &Response, now: Timestamp) -> Option<Duration> {
    let value = header_of(response, header::RETRY_AFTER)?;
    let pause = match seconds(value) {
        Some(pause) => pause,
        None => Duration::try_from(http_date(value)?.duration_since(server_clock(response, now))).ok()?,
    };
    Some(pause).filter(|pause| !pause.is_zero())
}

fn server_clock(response: &Response, now: Timestamp) -> Timestamp {
    header_of(response, header::DATE).and_then(http_date).unwrap_or(now)
}

/// Names in lower case, values without quotes; of several headers, all.
fn cache_directives(response: &Response) -> Vec<(String, String)> {
    response
        .headers
        .get_all(header::CACHE_CONTROL)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|directive| {
            let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
            (
                name.trim().to_ascii_lowercase(),
                value.trim().trim_matches('"').to_owned(),
            )
        })
        .collect()
}

fn header_of(response: &Response, name: HeaderName) -> Option<&str> {
    response.headers.get(name)?.to_str().ok().map(str::trim)
}

fn seconds(value: &str) -> Option<Duration> {
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(Duration::from_secs(
        value.parse().unwrap_or(FOR_EVER_SECS).min(FOR_EVER_SECS),
    ))
}

/// The three forms of RFC 9110 §5.6.7, and what mail calls a date, which some servers send.
fn http_date(value: &str) -> Option<Timestamp> {
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
