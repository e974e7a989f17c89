//! Cookies of one chain of redirects: a site that sets one and wants it back at once gets it, and it is forgotten then.

use reqwest::header::{self, HeaderMap, HeaderValue};
use url::Url;

/// Cookies of one chain, and bytes of one; more are no session.
const MOST: usize = 20;
const LONGEST: usize = 4096;

#[derive(Debug)]
struct Cookie {
    /// Scheme, host and port that set it: no other site gets it, also none below its host.
    host: String,
    secure: bool,
    path: String,
    name: String,
    value: String,
}

/// The cookies that came with the redirects of one request.
#[derive(Debug, Default)]
pub(super) struct Cookies(Vec<Cookie>);

impl Cookies {
    /// Whether any was set.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes in `Set-Cookie` (RFC 6265 §5.2), without what only a long life needs.
    pub(super) fn note(&mut self, from: &Url, headers: &HeaderMap) {
        for written in headers.get_all(header::SET_COOKIE) {
            let Ok(written) = written.to_str() else { continue };
            let mut parts = written.split(';');
            let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
                continue;
            };
            let (name, value) = (name.trim(), value.trim());
            if name.is_empty() || name.len() + value.len() > LONGEST || self.0.len() >= MOST {
                continue;
            }
            let mut cookie = Cookie {
                host: site(from),
                secure: false,
                path: default_path(from),
                name: name.to_owned(),
                value: value.to_owned(),
            };
            let mut over = value.is_empty();
            for part in parts {
                let (key, value) = part.split_once('=').unwrap_or((part, ""));
                match key.trim().to_ascii_lowercase().as_str() {
                    "secure" => cookie.secure = true,
                    "path" if value.trim().starts_with('/') => cookie.path = value.trim().to_owned(),
                    "max-age" => over |= value.trim().parse::<i64>().is_ok_and(|seconds| seconds <= 0),
                    _ => {}
                }
            }
            self.0
                .retain(|known| (&known.host, &known.path, &known.name) != (&cookie.host, &cookie.path, &cookie.name));
            if !over {
                self.0.push(cookie);
            }
        }
    }

    /// Adds to the headers what the address is to get, behind cookies that are there already.
    pub(super) fn add_to(&self, headers: &mut HeaderMap, url: &Url) {
        let site = site(url);
        let wanted = self.0.iter().filter(|cookie| {
            cookie.host == site
                && (!cookie.secure || url.scheme() == "https" || is_this_machine(url))
                && is_below(url.path(), &cookie.path)
        });
        let mut all: Vec<String> = wanted
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        if all.is_empty() {
            return;
        }
        if let Some(own) = headers.get(header::COOKIE).and_then(|own| own.to_str().ok()) {
            all.insert(0, own.to_owned());
        }
        if let Ok(mut value) = HeaderValue::from_str(&all.join("; ")) {
            value.set_sensitive(true);
            headers.insert(header::COOKIE, value);
        }
    }
}

/// Host and port; from http to https a site keeps its cookies, the way back is held off by `Secure` alone (RFC 6265 §8.6).
fn site(url: &Url) -> String {
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}{port}", url.host_str().unwrap_or_default())
}

fn is_this_machine(url: &Url) -> bool {
    matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
}

fn default_path(url: &Url) -> String {
    match url.path().rfind('/') {
        Some(at) if at > 0 => url.path()[..at].to_owned(),
        _ => "/".to_owned(),
    }
}

fn is_below(path: &str, cookie: &str) -> bool {
    path.strip_prefix(cookie)
        .is_some_and(|rest| rest.is_empty() || cookie.ends_with('/') || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_goes_to_its_site_and_path_alone() {
        let table = [
            ("as it is", "a=1", "https://x.example/f", Some("a=1")),
            ("another path of the folder", "a=1", "https://x.example/g", Some("a=1")),
            (
                "with attributes",
                "a=1; Path=/; HttpOnly; SameSite=Lax",
                "https://x.example/q/z",
                Some("a=1"),
            ),
            (
                "a domain above is not believed",
                "a=1; Domain=example",
                "https://y.example/f",
                None,
            ),
            ("another host", "a=1; Path=/", "https://y.example/f", None),
            ("a host below", "a=1; Path=/", "https://w.x.example/f", None),
            ("another port", "a=1; Path=/", "https://x.example:8443/f", None),
            ("in the open", "a=1; Path=/; Secure", "http://x.example/f", None),
            ("a path", "a=1; Path=/feeds", "https://x.example/feeds/1", Some("a=1")),
            (
                "a path that only begins so",
                "a=1; Path=/feeds",
                "https://x.example/feedsx",
                None,
            ),
            ("over already", "a=1; Path=/; Max-Age=0", "https://x.example/f", None),
            ("empty", "a=; Path=/", "https://x.example/f", None),
            ("no name", "=1", "https://x.example/f", None),
            ("no cookie", "nothing", "https://x.example/f", None),
        ];
        for (case, written, url, sent) in table {
            let mut set = HeaderMap::new();
            set.insert(header::SET_COOKIE, HeaderValue::from_str(written).unwrap());
            let mut cookies = Cookies::default();
            cookies.note(&Url::parse("https://x.example/f").unwrap(), &set);
            let mut headers = HeaderMap::new();
            cookies.add_to(&mut headers, &Url::parse(url).unwrap());
            let got = headers.get(header::COOKIE).map(|value| value.to_str().unwrap());
            assert_eq!(got, sent, "{case}");
        }
    }

    #[test]
    fn a_later_cookie_replaces_and_many_are_cut() {
        let from = Url::parse("https://x.example/").unwrap();
        let mut cookies = Cookies::default();
        for n in 0..100 {
            let mut set = HeaderMap::new();
            set.append(header::SET_COOKIE, HeaderValue::from_str(&format!("a={n}")).unwrap());
            set.append(header::SET_COOKIE, HeaderValue::from_str(&format!("b{n}=1")).unwrap());
            cookies.note(&from, &set);
        }
        assert!(cookies.0.len() <= MOST);
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("own=1"));
        cookies.add_to(&mut headers, &from);
        assert!(headers[header::COOKIE].to_str().unwrap().starts_with("own=1; "));
    }
}
