//! `[web]`: where others reach us.

use std::net::SocketAddr;

use url::Url;

use crate::config::configuration::Web;
use crate::config::schema::WEB;
use crate::config::source::{At, Node};
use crate::config::values::{Check, Fields};

type Mistake = (String, Option<String>);

/// `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080`, `:8080` on every address of the machine.
fn listen(written: &str) -> Result<SocketAddr, Mistake> {
    let plain = written.trim();
    let mend = Some("write \"127.0.0.1:8080\"".to_owned());
    if plain.contains("://") {
        return Err((
            format!("`{plain}` is an address of the web; `listen` wants one of this machine"),
            mend,
        ));
    }
    let with_host = match plain.strip_prefix(':') {
        Some(port) => format!("[::]:{port}"),
        None => plain.replacen("localhost:", "127.0.0.1:", 1),
    };
    with_host
        .parse()
        .map_err(|_| (format!("`{plain}` is not an address and a port of this machine"), mend))
}

/// A web address without query, with a slash at its end.
fn public(written: &str) -> Result<Url, Mistake> {
    let plain = written.trim();
    let mend = |near: &str| Some(format!("write \"{near}\""));
    let mut url = match Url::parse(plain) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => url,
        _ => {
            return Err((
                format!("`{plain}` is not a web address"),
                mend("https://wirewatch.example.org/"),
            ));
        }
    };
    if url.query().is_some() || url.fragment().is_some() {
        url.set_query(None);
        url.set_fragment(None);
        let what = format!("`{plain}` has more than a host and a path");
        return Err((what, mend(url.as_str())));
    }
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Ok(url)
}

pub(crate) fn web(check: &mut Check<'_>, node: Option<&Node>) -> Web {
    let Some(fields) = node.and_then(|node| Fields::open(check, &WEB, None, node)) else {
        return Web::default();
    };
    let mut web = Web::default();
    if let Some(text) = fields.text(check, "listen") {
        match listen(text.text) {
            Ok(address) => web.listen = Some(address),
            Err((what, mend)) => check.error(&text.at(), what, mend),
        }
    }
    if let Some(text) = fields.text(check, "public") {
        match public(text.text) {
            Ok(url) => {
                let reached = url
                    .host_str()
                    .is_some_and(|host| host.contains('.') || host.starts_with('['));
                if !reached {
                    let what = format!("`{}` leads no hub of the world to this machine", text.text.trim());
                    let mend = "write the address that others reach it by, or leave `public` out".to_owned();
                    check.warn(&text.at(), what, Some(mend));
                }
                web.public = Some(url);
            }
            Err((what, mend)) => check.error(&text.at(), what, mend),
        }
    }
    if fields.node("public").is_some() && fields.node("listen").is_none() {
        check.missing(
            &At::Key(fields.at),
            "there is a `public` address, and nothing that listens behind it",
            Some("add listen = \"127.0.0.1:8080\"".to_owned()),
        );
    }
    web
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_write_them() {
        for (case, written, read) in [
            ("this machine", "127.0.0.1:8080", Some("127.0.0.1:8080")),
            ("by name", "localhost:8080", Some("127.0.0.1:8080")),
            ("every address", ":8080", Some("[::]:8080")),
            ("no port", "127.0.0.1", None),
            ("an address of the web", "http://127.0.0.1:8080", None),
        ] {
            assert_eq!(
                listen(written).ok().map(|address| address.to_string()).as_deref(),
                read,
                "{case}"
            );
        }
        for (case, written, read) in [
            ("a host", "https://w.example.org", Some("https://w.example.org/")),
            (
                "a path",
                "https://w.example.org/wire",
                Some("https://w.example.org/wire/"),
            ),
            ("no scheme", "w.example.org", None),
            ("a query", "https://w.example.org/?a", None),
        ] {
            assert_eq!(public(written).ok().as_ref().map(Url::as_str), read, "{case}");
        }
    }
}
