//! Properties of an answer: its redirect target, whether that is the same site, whether its body is still packed.

use reqwest::header::{self, HeaderMap};
use url::Url;

use super::fault::NetError;
use super::shown::ShownAddress;

/// Credentials; never sent to another host.
const PROOFS: [header::HeaderName; 2] = [header::AUTHORIZATION, header::COOKIE];

/// Returns the headers without the conditional ones.
pub(super) fn unconditional(headers: &HeaderMap) -> HeaderMap {
    let mut headers = headers.clone();
    for name in [header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE] {
        headers.remove(name);
    }
    headers
}

/// Returns the redirect target of an answer. A 3xx without `Location` is an ordinary answer.
pub(super) fn redirect_target(status: u16, headers: &HeaderMap, from: &Url) -> Result<Option<Url>, NetError> {
    if !matches!(status, 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let Some(location) = headers.get(header::LOCATION) else {
        return Ok(None);
    };
    // Some servers send unescaped letters beyond ASCII; the URL parser escapes them.
    let to = String::from_utf8_lossy(location.as_bytes());
    match from.join(to.trim()) {
        Ok(target) if matches!(target.scheme(), "http" | "https") && target.has_host() => Ok(Some(target)),
        _ => Err(NetError::BadRedirect {
            to: ShownAddress::of_text(&to)
                .as_str()
                .chars()
                .filter(|c| !c.is_control())
                .take(200)
                .collect(),
        }),
    }
}

/// Whether two addresses have the same host and port; http and https count as one site only from http to https, since
/// the way back would send secrets in the open.
pub(crate) fn same_site(one: &Url, other: &Url) -> bool {
    let in_the_open = one.scheme() == "https" && other.scheme() == "http";
    one.host() == other.host() && one.port() == other.port() && !in_the_open
}

/// Removes what only the site that was asked may see: credentials, and all headers that are marked as secret.
pub(super) fn remove_proofs(headers: &mut HeaderMap) {
    let secret: Vec<_> = headers
        .iter()
        .filter(|(name, value)| value.is_sensitive() || PROOFS.contains(name))
        .map(|(name, _)| name.clone())
        .collect();
    for name in secret {
        headers.remove(name);
    }
}

/// Returns the address without user name and password. A feed's links are made absolute against it, and those reach
/// receivers.
pub(super) fn without_secrets(url: &Url) -> Url {
    let mut bare = url.clone();
    // Both fail only for addresses without a host, which carry no secrets.
    let _ = bare.set_username("");
    let _ = bare.set_password(None);
    bare
}

/// Whether a body is in an encoding that the decoding client does not know (`x-gzip`, `gzip, gzip`).
pub(super) fn is_still_packed(headers: &HeaderMap, body: &[u8]) -> bool {
    headers
        .get(header::CONTENT_ENCODING)
        .is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
        && !body.is_empty()
        && !looks_plain(body)
}

/// Whether a body announced as compressed is plain text: feeds and pages begin like this.
fn looks_plain(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    matches!(body.trim_ascii_start().first(), Some(b'<' | b'{' | b'['))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_ends_where_its_secrets_do() {
        let table = [
            ("another path", "https://a.example/x", "https://a.example/y", true),
            ("from http to https", "http://a.example/", "https://a.example/", true),
            ("from https to http", "https://a.example/", "http://a.example/", false),
            ("another port", "http://a.example/", "http://a.example:8080/", false),
            (
                "the same odd port",
                "http://a.example:8080/",
                "http://a.example:8080/y",
                true,
            ),
            ("another host", "https://a.example/", "https://b.example/", false),
            ("a host below", "https://a.example/", "https://www.a.example/", false),
        ];
        for (case, one, other, same) in table {
            let url = |text: &str| Url::parse(text).unwrap();
            assert_eq!(same_site(&url(one), &url(other)), same, "{case}");
        }
    }
}
