//! The machine room: `[mail]`, `[store]`, `[polling]`, `[health]`.

use std::path::PathBuf;
use std::time::Duration;

use super::access::way;
use super::paths::tidy;
use super::receivers::Known;
use crate::config::configuration::{Health, Polling, StoreSettings};
use crate::config::schema::{HEALTH, MAIL, POLLING, STORE};
use crate::config::source::{At, Node};
use crate::config::values::{Check, Fields, mailbox};
use crate::deliver::{MailServer, Security};
use crate::net::{PrivateAddresses, Via};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
/// 18 months of the mean Gregorian year.
const KEEP_SECS: u64 = 47_335_428;

struct Server {
    host: String,
    port: u16,
    security: Security,
}

/// `host`, `host:587`, `smtps://host`, `smtp://host:25`, `[::1]:25`.
fn server(written: &str) -> Result<Server, (String, Option<String>)> {
    let refuse = |what: String| {
        let mend = "write \"smtp.example.org:587\", or \"smtps://smtp.example.org\"";
        Err((what, Some(mend.to_owned())))
    };
    let (implicit, rest) = match written.trim().split_once("://") {
        Some(("smtps", rest)) => (true, rest),
        Some(("smtp", rest)) => (false, rest),
        Some((scheme, _)) => return refuse(format!("`{scheme}://` is not the way to a mail server")),
        None => (false, written.trim()),
    };
    let rest = rest.trim_end_matches('/');
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (rest, None),
    };
    let host = host.trim_matches(['[', ']']);
    if host.is_empty() || host.contains(['/', '@', ' ']) {
        return refuse(format!("`{written}` is not the name of a mail server"));
    }
    let loopback = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
    let security = match (implicit, loopback) {
        (true, _) => Security::Implicit,
        (false, true) => Security::Plain,
        (false, false) => Security::StartTls,
    };
    let port = match port {
        None => match security {
            Security::Implicit => 465,
            Security::StartTls => 587,
            Security::Plain => 25,
        },
        Some(port) => match port.parse::<u16>() {
            Ok(port) if port > 0 => port,
            _ => return refuse(format!("`{port}` is not a port: a number from 1 to 65535")),
        },
    };
    Ok(Server {
        host: host.to_owned(),
        port,
        // Port 465 is TLS from the first byte whatever is written before it (RFC 8314 §3.3).
        security: if port == 465 { Security::Implicit } else { security },
    })
}

pub(crate) fn mail(check: &mut Check<'_>, node: Option<&Node>) -> Option<MailServer> {
    let fields = Fields::open(check, &MAIL, None, node?)?;
    let (written, from) = (fields.text(check, "server"), fields.text(check, "from"));
    for (key, example) in [
        ("server", "smtp.example.org:587"),
        ("from", "Wirewatch <alerts@example.org>"),
    ] {
        if fields.lacks(&[key]) {
            let mend = format!("add {key} = \"{example}\"");
            check.missing(&At::Key(fields.at), format!("[mail] needs `{key}`"), Some(mend));
        }
    }
    let (user, password) = (fields.text(check, "user"), fields.secret(check, "password"));
    let timeout = fields.duration(check, "timeout");
    let server = written.and_then(|written| match server(written.text) {
        Ok(server) => Some(server),
        Err((what, mend)) => {
            check.error(&written.at(), what, mend);
            None
        }
    });
    let from = from.and_then(|from| match mailbox(from.text) {
        Ok(_) => Some(from.text.trim().to_owned()),
        Err((what, mend)) => {
            check.error(&from.at(), what, mend);
            None
        }
    });
    match (fields.node("user"), fields.node("password")) {
        (Some(_), None) => {
            let mend = "add password = { file = \"/etc/wirewatch/smtp-password\" }, or take `user` out".to_owned();
            check.missing(
                &fields.at_key("user"),
                "there is a `user` and no `password`",
                Some(mend),
            );
        }
        (None, Some(_)) => check.missing(&fields.at_key("password"), "there is a `password` and no `user`", None),
        _ => {}
    }
    let server = server?;
    Some(MailServer {
        host: server.host,
        port: server.port,
        security: server.security,
        from: from?,
        user: user.map(|user| user.text.trim().to_owned()),
        password,
        timeout: timeout.unwrap_or(Duration::from_secs(MINUTE)),
    })
}

/// Where the store is when no `[store]` says so: the folder that systemd gives, /var/lib for a configuration in /etc, else
/// beside the configuration folder, so that every command finds it from wherever it is called.
fn default_store(check: &Check<'_>) -> PathBuf {
    let folder = check.outside.folder();
    // systemd may give several, parted by colons (systemd.exec(5)).
    let given = check.outside.variable("STATE_DIRECTORY");
    match given
        .as_deref()
        .and_then(|folders| folders.split(':').find(|folder| !folder.is_empty()))
    {
        Some(given) => PathBuf::from(given),
        None if folder.starts_with("/etc") => PathBuf::from("/var/lib/wirewatch"),
        None => folder.parent().unwrap_or(folder).join("wirewatch-data"),
    }
}

pub(crate) fn store(check: &mut Check<'_>, node: Option<&Node>) -> StoreSettings {
    let fields = node.and_then(|node| Fields::open(check, &STORE, None, node));
    let path = fields.as_ref().and_then(|fields| fields.text(check, "path"));
    let keep = fields.as_ref().and_then(|fields| fields.duration(check, "keep"));
    StoreSettings {
        path: match path {
            Some(path) => tidy(&check.outside.folder().join(path.text)),
            None => default_store(check),
        },
        keep: keep.unwrap_or(Duration::from_secs(KEEP_SECS)),
    }
}

pub(crate) fn polling(check: &mut Check<'_>, node: Option<&Node>) -> Polling {
    let mut polling = Polling {
        fastest: Duration::from_secs(5 * MINUTE),
        slowest: Duration::from_secs(HOUR),
        at_once: 32,
        gap: Duration::from_secs(2),
        timeout: Duration::from_secs(30),
        article_wait: Duration::from_secs(2 * MINUTE),
        max_bytes: 20_000_000,
        contact: None,
        private_addresses: PrivateAddresses::Refused,
        via: Via::default(),
    };
    let Some(fields) = node.and_then(|node| Fields::open(check, &POLLING, None, node)) else {
        return polling;
    };
    (polling.fastest, polling.slowest) = pace(check, &fields, polling.fastest, polling.slowest);
    if let Some(at_once) = fields.whole(check, "at_once") {
        polling.at_once = usize::try_from(at_once).unwrap_or(polling.at_once);
    }
    polling.gap = fields.pause(check, "gap").unwrap_or(polling.gap);
    polling.timeout = fields.duration(check, "timeout").unwrap_or(polling.timeout);
    polling.article_wait = fields.pause(check, "article_wait").unwrap_or(polling.article_wait);
    polling.max_bytes = fields.size(check, "max_size").unwrap_or(polling.max_bytes);
    if let Some(contact) = fields.text(check, "contact") {
        let plain = contact.text.trim();
        let web = url::Url::parse(plain).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "mailto"));
        let printable = plain
            .bytes()
            .all(|b| (0x20..0x7F).contains(&b) && !b"()\\".contains(&b));
        if (web || mailbox(plain).is_ok()) && printable {
            polling.contact = Some(plain.to_owned());
        } else {
            let mend = "write \"name@example.org\" or \"https://example.org/contact\"".to_owned();
            check.error(
                &contact.at(),
                format!("`{plain}` is neither a mail nor a web address"),
                Some(mend),
            );
        }
    }
    if fields.flag(check, "allow_private") == Some(true) {
        polling.private_addresses = PrivateAddresses::Allowed;
    }
    polling.via = way(check, &fields, &Via::default());
    polling
}

/// `fastest` and `slowest` of a table, or those that stand above it.
pub(super) fn pace(
    check: &mut Check<'_>,
    fields: &Fields<'_>,
    fastest: Duration,
    slowest: Duration,
) -> (Duration, Duration) {
    let own = (fields.duration(check, "fastest"), fields.duration(check, "slowest"));
    if own.0.is_some_and(|fast| fast < Duration::from_secs(MINUTE)) {
        let what = "no feed is asked more often than once a minute";
        let mend = "write fastest = \"1 min\"".to_owned();
        check.warn(&fields.at_key("fastest"), what, Some(mend));
    }
    match own {
        (Some(fast), Some(slow)) if fast > slow => {
            let what = "`fastest` is a longer time than `slowest`";
            check.error(&fields.at_key("fastest"), what, Some("exchange the two".to_owned()));
            (slow, fast)
        }
        // One alone moves the other where they would cross.
        (Some(fast), None) => (fast, slowest.max(fast)),
        (None, Some(slow)) => (fastest.min(slow), slow),
        (fast, slow) => (fast.unwrap_or(fastest), slow.unwrap_or(slowest)),
    }
}

pub(crate) fn health(check: &mut Check<'_>, node: Option<&Node>, receivers: &Known<'_>) -> Health {
    let mut health = Health {
        tell: Vec::new(),
        feed_failing_for: Duration::from_secs(3 * HOUR),
        heartbeat: None,
    };
    let Some(fields) = node.and_then(|node| Fields::open(check, &HEALTH, None, node)) else {
        return health;
    };
    health.tell = receivers.read(check, &fields, "tell");
    health.feed_failing_for = fields
        .duration(check, "feed_failing_for")
        .unwrap_or(health.feed_failing_for);
    health.heartbeat = fields.time(check, "heartbeat");
    if health.heartbeat.is_some() && fields.node("tell").is_none() {
        let mend = "add tell = [\"…\"] with the name of a receiver".to_owned();
        check.warn(
            &fields.at_key("heartbeat"),
            "nobody is told of the heartbeat",
            Some(mend),
        );
    }
    health
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_servers_are_read_as_people_write_them() {
        let cases = [
            (
                "host and port",
                "smtp.example.org:587",
                Some(("smtp.example.org", 587, Security::StartTls)),
            ),
            (
                "host alone",
                "smtp.example.org",
                Some(("smtp.example.org", 587, Security::StartTls)),
            ),
            (
                "implicit TLS",
                "smtps://smtp.example.org",
                Some(("smtp.example.org", 465, Security::Implicit)),
            ),
            (
                "the port of implicit TLS",
                "smtp.example.org:465",
                Some(("smtp.example.org", 465, Security::Implicit)),
            ),
            (
                "this machine",
                "localhost:1025",
                Some(("localhost", 1025, Security::Plain)),
            ),
            (
                "this machine by number",
                "[::1]:1025",
                Some(("::1", 1025, Security::Plain)),
            ),
            ("a web address", "https://example.org", None),
            ("no port", "example.org:smtp", None),
            ("an address", "me@example.org", None),
        ];
        for (what, written, expected) in cases {
            let read = server(written).ok();
            assert_eq!(
                read.as_ref().map(|s| (s.host.as_str(), s.port, s.security)),
                expected,
                "{what}"
            );
        }
    }
}
