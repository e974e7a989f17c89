//! How long an answer is fresh (RFC 9111).
//!
//! Times are reckoned against the server's own `Date`, so that a server whose clock is wrong is understood.

use std::time::Duration;

use jiff::Timestamp;

use crate::net::{Response, header, header_of, http_date, seconds, server_clock};

/// The `max-age` that is remembered from here on, in seconds: what the answer says, or, for a 304 that says nothing,
/// what was `known` (RFC 9111 §4.3.4).
pub(crate) fn max_age(response: &Response, known: Option<u32>) -> Option<u32> {
    let directives = cache_directives(response);
    if response.status == 304 && directives.is_empty() && header_of(&response.headers, header::EXPIRES).is_none() {
        return known;
    }
    let (_, value) = directives.iter().find(|(name, _)| name == "max-age")?;
    u32::try_from(seconds(value)?.as_secs()).ok()
}

/// How long the answer stays fresh from when it came; `None` where the server does not say or forbids to rely on it.
/// `known` is [`max_age`] of what was stored.
pub(crate) fn fresh_for(response: &Response, known: Option<u32>, now: Timestamp) -> Option<Duration> {
    let directives = cache_directives(response);
    if directives.is_empty() && header_of(&response.headers, header::EXPIRES).is_none() {
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
            let expires = http_date(header_of(&response.headers, header::EXPIRES)?)?;
            Duration::try_from(expires.duration_since(server_clock(&response.headers, now))).ok()?
        }
    };
    let age = header_of(&response.headers, header::AGE)
        .and_then(seconds)
        .unwrap_or_default();
    lifetime.checked_sub(age).filter(|left| !left.is_zero())
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
