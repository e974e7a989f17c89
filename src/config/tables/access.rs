//! The keys that open doors: user and password, headers, proxies, certificates.

use std::path::PathBuf;

use url::Url;

use super::paths::tidy;
use crate::config::source::{At, Node, Severity, Written};
use crate::config::values::{Check, Fields, Text, kind, masked, secret_of};
use crate::feed::Access;
use crate::net::{ClientCertificate, HeaderName, Proxy, Secret, ShownAddress, Via};

/// Reads what opens the feeds of one table; `machine` is the way of all others.
pub(super) fn access(check: &mut Check<'_>, fields: &Fields<'_>, machine: &Via) -> Access {
    let user = fields.text(check, "user").map(|user| user.text.trim().to_owned());
    let password = fields.secret(check, "password");
    if user.is_none() && fields.node("password").is_some() {
        check.missing(
            &fields.at_key("password"),
            "there is a `password` and no `user`",
            Some("add user = \"…\"".to_owned()),
        );
    }
    if user.as_ref().is_some_and(|user| user.contains(':')) {
        let what = "a user name with a colon cannot be sent (RFC 7617)";
        check.error(&fields.at_key("user"), what, None);
    }
    let headers = headers(check, fields, user.is_some());
    Access {
        user,
        password,
        headers,
        via: own_way(check, fields, machine),
    }
}

/// Reads the way that a table gives: proxy, authorities, certificate. What it leaves out is as in `above`.
pub(super) fn way(check: &mut Check<'_>, fields: &Fields<'_>, above: &Via) -> Via {
    let mut via = above.clone();
    if let Some(text) = fields.text(check, "proxy") {
        via.proxy = proxy(check, fields, &text);
    } else if ["proxy_user", "proxy_password", "no_proxy"]
        .iter()
        .any(|key| fields.node(key).is_some())
    {
        let what = format!("{} says something of a proxy, and there is none", fields.header);
        check.missing(&At::Key(fields.at), what, Some("add proxy = \"http://…\"".to_owned()));
    }
    if let Some(file) = file(check, fields, "ca_file") {
        via.ca_file = Some(file);
    }
    via
}

fn own_way(check: &mut Check<'_>, fields: &Fields<'_>, machine: &Via) -> Option<Via> {
    let mut via = way(check, fields, machine);
    let (certificate, key) = (
        file(check, fields, "client_certificate"),
        file(check, fields, "client_key"),
    );
    match (certificate, key) {
        (Some(certificate), Some(key)) => via.certificate = Some(ClientCertificate { certificate, key }),
        _ => {
            for (key, other) in [
                ("client_certificate", "client_key"),
                ("client_key", "client_certificate"),
            ] {
                if fields.node(key).is_some() && fields.node(other).is_none() {
                    let what = format!("there is a `{key}` and no `{other}`");
                    check.missing(&fields.at_key(key), what, Some(format!("add {other} = \"….pem\"")));
                }
            }
        }
    }
    (via != *machine).then_some(via)
}

/// A file that must be there, counted from the configuration folder.
fn file(check: &mut Check<'_>, fields: &Fields<'_>, key: &str) -> Option<PathBuf> {
    let text = fields.text(check, key)?;
    let path = tidy(&check.outside.folder().join(text.text.trim()));
    match check.outside.read(&path) {
        Ok(bytes) if !contains(&bytes, b"-----BEGIN ") => {
            let what = format!(
                "{} is no PEM file: nothing in it begins with -----BEGIN",
                path.display()
            );
            check.error(
                &text.at(),
                what,
                Some("convert it with `openssl x509 -outform pem`".to_owned()),
            );
            None
        }
        Ok(_) => Some(path),
        Err(why) => {
            let what = format!("{} cannot be read: {why}", path.display());
            let mend = "the user that Wirewatch runs as must be able to read it".to_owned();
            check.error(&text.at(), what, Some(mend));
            None
        }
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn proxy(check: &mut Check<'_>, fields: &Fields<'_>, text: &Text<'_>) -> Option<Proxy> {
    let written = text.text.trim();
    let user = fields.text(check, "proxy_user").map(|user| user.text.trim().to_owned());
    let password = fields.secret(check, "proxy_password");
    let mut except: Vec<String> = fields
        .texts(check, "no_proxy")
        .unwrap_or_default()
        .iter()
        .map(|host| host.text.trim().to_owned())
        .collect();
    let (http, https) = match written {
        "none" => return None,
        "environment" => {
            let variable = |check: &Check<'_>, names: [&str; 2]| {
                let found = names.iter().find_map(|name| check.outside.variable(name));
                found.filter(|value| !value.trim().is_empty())
            };
            let all = variable(check, ["ALL_PROXY", "all_proxy"]);
            let http = variable(check, ["http_proxy", "HTTP_PROXY"]).or_else(|| all.clone());
            let https = variable(check, ["https_proxy", "HTTPS_PROXY"]).or(all);
            if let Some(hosts) = variable(check, ["no_proxy", "NO_PROXY"]) {
                except.extend(hosts.split(',').map(|host| host.trim().to_owned()));
            }
            if http.is_none() && https.is_none() {
                let what = "the environment names no proxy: neither HTTP_PROXY nor HTTPS_PROXY is set";
                check.error(&text.at(), what, Some("set one, or write the proxy itself".to_owned()));
                return None;
            }
            let mut parsed = |written: Option<String>| match address(&written?) {
                Ok(url) => Some(url),
                Err(mend) => {
                    let what = "the proxy that the environment names cannot be used".to_owned();
                    check.error(&text.at(), what, Some(mend));
                    None
                }
            };
            (parsed(http), parsed(https))
        }
        written => match address(written) {
            Ok(url) if url.password().is_some() => {
                let what = "the password of the proxy does not belong in a file that people show around".to_owned();
                let place = masked(check.place(&text.at()), written);
                let mend = "write proxy_user, and proxy_password = { file = \"…\" }".to_owned();
                check.say(Severity::Error, place, what, Some(mend));
                return None;
            }
            Ok(url) => (Some(url.clone()), Some(url)),
            Err(mend) => {
                let what = format!("`{}` is no proxy", ShownAddress::of_text(written));
                let place = masked(check.place(&text.at()), written);
                check.say(Severity::Error, place, what, Some(mend));
                return None;
            }
        },
    };
    Some(Proxy {
        http,
        https,
        user,
        password,
        except,
    })
}

/// Reads the address of a proxy; else what to write.
fn address(written: &str) -> Result<Url, String> {
    let ways = "write \"http://host:port\" or \"socks5h://host:port\"".to_owned();
    let whole = match written.contains("://") {
        true => written.to_owned(),
        false => format!("http://{written}"),
    };
    let url = Url::parse(&whole).map_err(|_| ways.clone())?;
    match url.scheme() {
        "http" | "https" | "socks5h" if url.host_str().is_some_and(|host| !host.is_empty()) => Ok(url),
        "socks5" | "socks" | "socks4" | "socks4a" => Err(
            "write \"socks5h://…\": the proxy looks names up too, so that they do not leave this machine".to_owned(),
        ),
        _ => Err(ways),
    }
}

/// Headers that the client itself writes, or that say how the connection is used.
const OURS: &[&str] = &[
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "upgrade",
    "te",
    "trailer",
    "accept-encoding",
    "if-none-match",
    "if-modified-since",
    "a-im",
    "proxy-authorization",
];

fn headers(check: &mut Check<'_>, fields: &Fields<'_>, has_user: bool) -> Vec<(HeaderName, Secret)> {
    let Some(node) = fields.node("headers") else {
        return Vec::new();
    };
    let Written::Table(children) = &node.value else {
        fields.wrong(check, "headers", node);
        return Vec::new();
    };
    let mut headers = Vec::with_capacity(children.len());
    for (name, value) in children {
        let at = At::Key(value.at);
        let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
            check.error(&at, format!("`{name}` is not the name of a header"), None);
            continue;
        };
        if OURS.contains(&header.as_str()) {
            let mend = "take it out: Wirewatch writes it itself".to_owned();
            check.error(&at, format!("`{name}` cannot be set"), Some(mend));
            continue;
        }
        if header.as_str() == "authorization" && has_user {
            let mend = "take one of the two out".to_owned();
            check.error(&at, "`user` gives an Authorization already", Some(mend));
            continue;
        }
        if let Some(secret) = header_value(check, name, &header, value) {
            headers.push((header, secret));
        }
    }
    headers
}

fn header_value(check: &mut Check<'_>, name: &str, header: &HeaderName, value: &Node) -> Option<Secret> {
    match &value.value {
        Written::Text(text) if !is_secret(header.as_str()) => {
            let sendable = text.chars().all(|char| char == '\t' || !char.is_control());
            if !sendable {
                let what = format!("the value of `{name}` holds signs that a header cannot carry");
                check.error(&At::Value(value.at), what, None);
            }
            sendable.then(|| Secret::Value(text.clone()))
        }
        Written::Text(_) | Written::Table(_) => secret_of(check, name, value),
        other => {
            let what = format!(
                "a header should be a text in quotes or {{ file = \"…\" }}, and this is {}",
                kind(other)
            );
            check.error(&At::Value(value.at), what, None);
            None
        }
    }
}

/// Whether a header carries a secret by its name.
fn is_secret(name: &str) -> bool {
    let words = [
        "auth",
        "cookie",
        "key",
        "token",
        "secret",
        "password",
        "session",
        "signature",
        "credential",
    ];
    words.iter().any(|word| name.contains(word))
}
