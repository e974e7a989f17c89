//! The callback addresses of hubs (WebSub §5.3 and §7): how they are built, and what a request to one means. Pure.

use url::Url;
use url::form_urlencoded;

use super::listen::Asked;
use crate::feed::Callback;

/// Path prefix of callbacks, below the public address.
const PATH: &str = "websub/";

/// What a request is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Called {
    /// A hub verifies or denies a subscription.
    Verify { token: String, callback: Callback },
    /// A hub pushes content in the request's body.
    Push { token: String },
    /// No such address.
    NotFound,
    /// The address exists, but not for this method.
    NotAllowed,
}

/// Returns the address at which a hub reaches a subscription. `public` ends with a slash.
pub fn callback_url(public: &Url, token: &str) -> Option<Url> {
    public.join(&format!("{PATH}{token}")).ok()
}

/// Classifies a request. `public` may be below a path, and a proxy may have removed that path.
pub fn called(asked: &Asked, public: &Url) -> Called {
    let below = asked
        .path
        .strip_prefix(public.path())
        .or_else(|| asked.path.strip_prefix('/'));
    let token = below.and_then(|path| path.strip_prefix(PATH));
    let Some(token) = token.filter(|token| !token.is_empty() && token.bytes().all(is_of_token)) else {
        return Called::NotFound;
    };
    let token = token.to_owned();
    match asked.method.as_str() {
        "POST" => Called::Push { token },
        "GET" => match callback(&asked.query) {
            Some(callback) => Called::Verify { token, callback },
            None => Called::NotFound,
        },
        _ => Called::NotAllowed,
    }
}

fn is_of_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_".contains(&byte)
}

fn callback(query: &str) -> Option<Callback> {
    let value = |name: &str| {
        let found = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name);
        found.map(|(_, value)| value.into_owned())
    };
    Some(Callback {
        mode: value("hub.mode")?,
        topic: value("hub.topic")?,
        challenge: value("hub.challenge"),
        lease_seconds: value("hub.lease_seconds").and_then(|seconds| seconds.trim().parse().ok()),
        reason: value("hub.reason"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::HeaderMap;

    #[test]
    fn a_call_is_known_by_its_path_below_the_public_address() {
        let verify =
            "hub.mode=subscribe&hub.topic=https%3A%2F%2Fa.example%2Ff%3Fx%3D1&hub.challenge=a+b&hub.lease_seconds=600";
        let table = [
            (
                "a push",
                "https://w.example/",
                "POST",
                "/websub/t0-k_n",
                "",
                "push t0-k_n",
            ),
            (
                "below a path",
                "https://w.example/wire/",
                "POST",
                "/wire/websub/t0",
                "",
                "push t0",
            ),
            (
                "a proxy took the path off",
                "https://w.example/wire/",
                "POST",
                "/websub/t0",
                "",
                "push t0",
            ),
            (
                "a question",
                "https://w.example/",
                "GET",
                "/websub/t0",
                verify,
                "subscribe https://a.example/f?x=1 a b 600",
            ),
            (
                "a question of nothing",
                "https://w.example/",
                "GET",
                "/websub/t0",
                "",
                "not found",
            ),
            (
                "another method",
                "https://w.example/",
                "PUT",
                "/websub/t0",
                "",
                "not allowed",
            ),
            ("no token", "https://w.example/", "POST", "/websub/", "", "not found"),
            (
                "more than a token",
                "https://w.example/",
                "POST",
                "/websub/t0/../x",
                "",
                "not found",
            ),
            ("elsewhere", "https://w.example/", "GET", "/", "", "not found"),
        ];
        for (case, public, method, path, query, expected) in table {
            let asked = Asked {
                method: method.to_owned(),
                path: path.to_owned(),
                query: query.to_owned(),
                headers: HeaderMap::new(),
                body: Vec::new(),
                room: Default::default(),
            };
            let words = match called(&asked, &public.parse().unwrap()) {
                Called::Push { token } => format!("push {token}"),
                Called::Verify { callback, .. } => format!(
                    "{} {} {} {}",
                    callback.mode,
                    callback.topic,
                    callback.challenge.unwrap_or_default(),
                    callback.lease_seconds.unwrap_or_default()
                ),
                Called::NotFound => "not found".to_owned(),
                Called::NotAllowed => "not allowed".to_owned(),
            };
            assert_eq!(words, expected, "{case}");
        }
        let url = callback_url(&"https://w.example/wire/".parse().unwrap(), "t0").unwrap();
        assert_eq!(url.as_str(), "https://w.example/wire/websub/t0");
    }
}
