//! Network errors in words for people.

use std::error::Error;
use std::io;
use std::time::Duration;

use rustls::CertificateError;
use thiserror::Error;

use super::address::Refusal;

/// Errors of a request; fragments that complete "failed to read the feed: …".
#[derive(Debug, Error)]
pub enum NetError {
    #[error("{host} is {is}; such addresses are not asked unless `allow_private = true`")]
    Refused { host: String, is: &'static str },
    #[error("no address is known for {host}")]
    UnknownHost { host: String },
    #[error("cannot connect to {host}: {why}")]
    Connect { host: String, why: String },
    #[error("no secure connection to {host}: {why}")]
    Tls { host: String, why: String },
    #[error("{host} did not answer within {} seconds", .after.as_secs())]
    Timeout { host: String, after: Duration },
    #[error("the answer of {host} is large, and others as large were being read all the while; it is asked again")]
    Crowded { host: String },
    #[error("more than {max} redirects")]
    TooManyRedirects { max: u8 },
    #[error("{host} sends us round in a circle ({max} redirects) and sets cookies: it lets in only who keeps them")]
    WantsCookies { host: String, max: u8 },
    #[error("redirected to {to}, which is not a web address")]
    BadRedirect { to: String },
    #[error("{0}")]
    Other(String),
}

impl From<Refusal> for NetError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused {
            host: refusal.host,
            is: refusal.is,
        }
    }
}

/// Why the resolver returns no address.
#[derive(Debug, Error)]
pub(super) enum Unresolved {
    #[error("{} is {}", .0.host, .0.is)]
    Refused(Refusal),
    #[error("no address is known")]
    Unknown,
}

/// The stage at which a request failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Connecting,
    Asking,
}

/// Names the root cause of an error of the HTTP library. `after` is the connection timeout.
pub(super) fn name_fault(error: &(dyn Error + 'static), stage: Stage, host: &str, after: Duration) -> NetError {
    let host = host.to_owned();
    let causes = causes(error);
    for cause in &causes {
        if let Some(unresolved) = cause.downcast_ref::<Unresolved>() {
            return match unresolved {
                Unresolved::Refused(refusal) => NetError::Refused {
                    host: if refusal.host == host {
                        host
                    } else {
                        format!("{host} ({})", refusal.host)
                    },
                    is: refusal.is,
                },
                Unresolved::Unknown => NetError::UnknownHost { host },
            };
        }
        if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
            let why = words_for_tls(tls);
            return NetError::Tls { host, why };
        }
    }
    let deepest = causes.last().map(ToString::to_string).unwrap_or_default();
    if let Some(io) = causes.iter().rev().find_map(|cause| cause.downcast_ref::<io::Error>()) {
        return match (io.kind(), stage) {
            (io::ErrorKind::TimedOut, _) => NetError::Timeout { host, after },
            (kind, Stage::Connecting) => NetError::Connect {
                host,
                why: words_for_io(kind).map_or(deepest, str::to_owned),
            },
            (kind, Stage::Asking) => NetError::Other(match words_for_io(kind) {
                Some(words) => format!("{host} was asked, but {words}"),
                None => format!("{host} was asked, but no answer came: {deepest}"),
            }),
        };
    }
    match stage {
        Stage::Connecting if deepest.contains("timed out") => NetError::Timeout { host, after },
        Stage::Connecting => NetError::Connect { host, why: deepest },
        Stage::Asking if deepest.contains("closed before message completed") => {
            NetError::Other(format!("{host} closed the connection without an answer"))
        }
        Stage::Asking => NetError::Other(format!("{host} did not answer as a web server does: {deepest}")),
    }
}

/// Whether a body failed to decode, rather than its connection.
pub(super) fn is_undecodable(error: &(dyn Error + 'static)) -> bool {
    // The decoder's error is an `io::Error` right below the library's own; those of a connection are wrapped in a
    // protocol error.
    causes(error)
        .into_iter()
        .find(|cause| !cause.is::<reqwest::Error>())
        .is_some_and(|cause| cause.is::<io::Error>())
}

/// Whether the body was decoded to its end and trailing bytes followed.
pub(super) fn has_only_a_tail(error: &(dyn Error + 'static)) -> bool {
    causes(error)
        .iter()
        .any(|cause| cause.to_string().contains("extra bytes after body"))
}

/// Whether a compressed body ended early.
pub(super) fn ends_early(error: &(dyn Error + 'static)) -> bool {
    causes(error).iter().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|io| io.kind() == io::ErrorKind::UnexpectedEof)
    })
}

/// The error and its causes, outermost first. `io::Error::source` skips the error it holds; this does not.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> Vec<&'a (dyn Error + 'static)> {
    let mut all = vec![error];
    let mut at = error;
    while all.len() < 16 {
        let inner = at.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        let Some(next) = inner
            .map(|inner| inner as &(dyn Error + 'static))
            .or_else(|| at.source())
        else {
            break;
        };
        all.push(next);
        at = next;
    }
    all
}

fn words_for_io(kind: io::ErrorKind) -> Option<&'static str> {
    Some(match kind {
        io::ErrorKind::ConnectionRefused => "the connection was refused",
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::BrokenPipe => {
            "the connection was broken off"
        }
        io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown => "the network cannot be reached",
        io::ErrorKind::HostUnreachable => "the machine cannot be reached",
        io::ErrorKind::UnexpectedEof => "the connection was closed",
        _ => return None,
    })
}

fn words_for_tls(error: &rustls::Error) -> String {
    let words = match error {
        rustls::Error::InvalidCertificate(fault) => match fault {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => "its certificate has expired",
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                "its certificate is not valid yet; is the clock of this machine right?"
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "its certificate is for another name"
            }
            CertificateError::UnknownIssuer => "its certificate is signed by nobody this machine trusts",
            CertificateError::Revoked => "its certificate was revoked",
            _ => return format!("its certificate is not accepted ({error})"),
        },
        rustls::Error::InvalidMessage(_) => "it does not speak TLS on this port; is it http rather than https?",
        rustls::Error::AlertReceived(alert) => return format!("it broke off with {alert:?}"),
        rustls::Error::PeerIncompatible(_) => "it speaks only versions of TLS that are no longer safe",
        _ => return error.to_string(),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use rustls::InvalidMessage;

    use super::*;

    #[derive(Debug, Error)]
    #[error("outer")]
    struct Outer(#[source] Box<dyn Error + Send + Sync>);

    fn wrapped(inner: impl Error + Send + Sync + 'static) -> Outer {
        Outer(Box::new(io::Error::other(inner)))
    }

    #[test]
    fn a_fault_is_named_however_deep_it_lies() {
        let table = [
            (
                "a certificate that has expired",
                wrapped(rustls::Error::InvalidCertificate(CertificateError::Expired)),
                Stage::Connecting,
                "no secure connection to example.org: its certificate has expired",
            ),
            (
                "a certificate signed by a stranger",
                wrapped(rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer)),
                Stage::Connecting,
                "no secure connection to example.org: its certificate is signed by nobody this machine trusts",
            ),
            (
                "a certificate for another name",
                wrapped(rustls::Error::InvalidCertificate(CertificateError::NotValidForName)),
                Stage::Connecting,
                "no secure connection to example.org: its certificate is for another name",
            ),
            (
                "plain HTTP behind an https address",
                wrapped(rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType)),
                Stage::Connecting,
                "no secure connection to example.org: it does not speak TLS on this port; is it http rather than https?",
            ),
            (
                "nobody listens",
                wrapped(io::Error::from(io::ErrorKind::ConnectionRefused)),
                Stage::Connecting,
                "cannot connect to example.org: the connection was refused",
            ),
            (
                "no route to the network",
                wrapped(io::Error::from(io::ErrorKind::NetworkUnreachable)),
                Stage::Connecting,
                "cannot connect to example.org: the network cannot be reached",
            ),
            (
                "a connection that takes too long",
                wrapped(io::Error::from(io::ErrorKind::TimedOut)),
                Stage::Connecting,
                "example.org did not answer within 15 seconds",
            ),
            (
                "a reset after the question",
                wrapped(io::Error::from(io::ErrorKind::ConnectionReset)),
                Stage::Asking,
                "example.org was asked, but the connection was broken off",
            ),
            (
                "a name that nobody knows",
                wrapped(Unresolved::Unknown),
                Stage::Connecting,
                "no address is known for example.org",
            ),
            (
                "a name that leads inside",
                wrapped(Unresolved::Refused(Refusal {
                    host: "10.0.0.1".to_owned(),
                    is: "a private address (RFC 1918)",
                })),
                Stage::Connecting,
                "example.org (10.0.0.1) is a private address (RFC 1918); such addresses are not asked unless `allow_private = true`",
            ),
        ];
        for (case, error, stage, words) in table {
            let named = name_fault(&error, stage, "example.org", Duration::from_secs(15));
            assert_eq!(named.to_string(), words, "{case}");
        }
    }
}
