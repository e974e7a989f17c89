//! Webhooks by Standard Webhooks 1.0 (github.com/standard-webhooks/standard-webhooks): the request, and what its answer
//! means.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use percent_encoding::percent_decode;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION};
use sha2::Sha256;
use url::{Host, Position, Url};

use super::event::event_body;
use crate::deliver::attempt::AttemptOutcome;
use crate::deliver::outgoing_message::OutgoingMessage;
use crate::deliver::receiver::Secret;
use crate::net::{Client, Method, NetError, Request, Response, ShownAddress, retry_after, scrubbed};
use crate::text::{one_line, shorten};

/// Characters of an answer that are kept.
const LONGEST_ANSWER: usize = 200;
/// Bytes of its body that are looked at for them.
const KEPT_OF_BODY: usize = 16 * LONGEST_ANSWER;

/// One attempt.
pub(crate) async fn send(
    client: &Client,
    url: &Url,
    secret: Option<&Secret>,
    outgoing: &OutgoingMessage,
    now: Timestamp,
) -> AttemptOutcome {
    let written = match secret {
        None => None,
        Some(secret) => match secret.read().await {
            Ok(written) => Some(written),
            Err(why) => return AttemptOutcome::later(why),
        },
    };
    let secret = match written.as_deref().map(key).transpose() {
        Ok(key) => key,
        Err(why) => return AttemptOutcome::later(why),
    };
    let request = match request(outgoing, url, secret.as_deref(), now) {
        Ok(request) => request,
        Err(why) => return AttemptOutcome::never(why),
    };
    let secrets = secrets_of(url, written.as_deref());
    let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
    let answer = client.send(request).await.map(|response| without(response, &secrets));
    outcome(&answer, url, now).without(&secrets)
}

/// Everything about this receiver that nobody else may read: a chat's address is its password.
fn secrets_of(url: &Url, secret: Option<&str>) -> Vec<String> {
    let decoded = |text: &str| percent_decode(text.as_bytes()).decode_utf8_lossy().into_owned();
    let (user, password) = (decoded(url.username()), url.password().map(decoded));
    let mut secrets = vec![url[Position::BeforePath..].to_owned(), url.path().to_owned()];
    secrets.extend(password.as_ref().map(|password| format!("{user}:{password}")));
    secrets.extend(password);
    secrets.extend(url.query_pairs().map(|(_, value)| value.into_owned()));
    secrets.extend(secret.map(str::to_owned));
    secrets.extend(
        secret
            .and_then(|secret| secret.strip_prefix("whsec_"))
            .map(str::to_owned),
    );
    // A short word of the path is found in any answer.
    let segments = url.path().split('/').filter(|segment| segment.len() >= 12);
    secrets.extend(segments.map(decoded));
    secrets
}

/// The part of an answer's body that is kept, without what it repeats of the request.
fn without(mut response: Response, secrets: &[&str]) -> Response {
    response.body.truncate(KEPT_OF_BODY);
    response.body = scrubbed(&String::from_utf8_lossy(&response.body), secrets).into_bytes();
    response
}

/// The bytes that sign: `whsec_` and base64, or any other text as it stands.
fn key(written: &str) -> Result<Vec<u8>, String> {
    let key = match written.strip_prefix("whsec_") {
        Some(coded) => BASE64
            .decode(coded.trim())
            .map_err(|why| format!("the webhook's secret begins with whsec_, but what follows is not base64: {why}"))?,
        None => written.as_bytes().to_vec(),
    };
    match key.is_empty() {
        true => Err("the webhook's secret is empty".into()),
        false => Ok(key),
    }
}

/// The parcel as a request. The body and the id are the same at every attempt, time and signature are not.
fn request(outgoing: &OutgoingMessage, url: &Url, key: Option<&[u8]>, now: Timestamp) -> Result<Request, String> {
    let unwritable = |why: &dyn std::fmt::Display| format!("the webhook cannot be written: {why}");
    let body = event_body(outgoing).map_err(|why| unwritable(&why))?;
    let (id, time) = (outgoing.id.to_string(), now.as_second().to_string());
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let mut set = |name: &'static str, value: &str| {
        HeaderValue::from_str(value)
            .map(|value| headers.insert(HeaderName::from_static(name), value))
            .map(|_| ())
    };
    set("webhook-id", &id).map_err(|why| unwritable(&why))?;
    set("webhook-timestamp", &time).map_err(|why| unwritable(&why))?;
    if let Some(key) = key {
        let signature = signature(key, &id, &time, &body).map_err(|why| unwritable(&why))?;
        set("webhook-signature", &signature).map_err(|why| unwritable(&why))?;
    }
    Ok(Request {
        method: Method::Post(body),
        url: url.clone(),
        headers,
        conditions_for: None,
        max_redirects: 0,
    })
}

fn signature(key: &[u8], id: &str, time: &str, body: &[u8]) -> Result<String, hmac::digest::InvalidLength> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key)?;
    for part in [id.as_bytes(), b".", time.as_bytes(), b".", body] {
        mac.update(part);
    }
    Ok(format!("v1,{}", BASE64.encode(mac.finalize().into_bytes())))
}

/// What the answer means: 2xx is accepted, 410 is a farewell, all else may be mended within three days. Other 4xx too:
/// a wrong path, a lost permission or a rejected signature is somebody's mistake, and must not cost an alert.
fn outcome(answer: &Result<Response, NetError>, url: &Url, now: Timestamp) -> AttemptOutcome {
    let response = match answer {
        Ok(response) => response,
        // A name may resolve to a private address for an hour (a captive portal); an address that is written is meant.
        Err(why @ NetError::Refused { .. }) if is_literal(url) => return AttemptOutcome::never(why.to_string()),
        // Written by clients that count a redirect as one too many where none is followed.
        Err(NetError::TooManyRedirects { .. }) => return AttemptOutcome::later(REDIRECTED),
        Err(why) => return AttemptOutcome::later(why.to_string()),
    };
    let retry_after = retry_after(&response.headers, now);
    match response.status {
        200..=299 => AttemptOutcome::Accepted {
            said: answer_line(response),
        },
        410 => AttemptOutcome::never(format!(
            "{}: the receiver is gone and wants no more; remove it, or give its new address",
            answer_line(response)
        )),
        300..=399 => {
            let to = response
                .headers
                .get(LOCATION)
                .and_then(|to| to.to_str().ok())
                .map(|to| one_line(ShownAddress::of_text(to).as_str()));
            let to = to
                .filter(|to| !to.is_empty())
                .map_or(String::new(), |to| format!(" to {}", shorten(&to, 200)));
            AttemptOutcome::Later {
                why: format!("{} redirects{to}; {REDIRECTED}", response.status),
                retry_after,
            }
        }
        _ => AttemptOutcome::Later {
            why: answer_line(response),
            retry_after,
        },
    }
}

const REDIRECTED: &str = "webhooks are not redirected, write the new address in the receiver's `webhook`";

fn is_literal(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        None => true,
    }
}

/// Status and the first words of the body: `503 “down for repair”`.
fn answer_line(response: &Response) -> String {
    let begin = &response.body[..response.body.len().min(4 * LONGEST_ANSWER)];
    let words = shorten(&one_line(&String::from_utf8_lossy(begin)), LONGEST_ANSWER);
    match words.is_empty() {
        true => response.status.to_string(),
        false => format!("{} “{words}”", response.status),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::net::BodyEnd;

    fn url() -> Url {
        Url::parse("https://soar.example.org/hooks").unwrap()
    }

    fn answer(status: u16, headers: &[(&'static str, &str)], body: &str) -> Result<Response, NetError> {
        let pairs = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()));
        let (headers, body) = (pairs.collect(), body.as_bytes().to_vec());
        Ok(Response {
            status,
            url: url(),
            moved_to: None,
            headers,
            body,
            end: BodyEnd::Whole,
            large: None,
        })
    }

    fn later(why: &str, seconds: Option<u64>) -> AttemptOutcome {
        AttemptOutcome::Later {
            why: why.into(),
            retry_after: seconds.map(Duration::from_secs),
        }
    }

    #[test]
    fn what_an_answer_means() {
        let accepted = |said: &str| AttemptOutcome::Accepted { said: said.into() };
        let date = ("date", "Sat, 14 Sep 2024 06:00:00 GMT");
        let refused = || {
            Err(NetError::Refused {
                host: "soar.example.org".into(),
                is: "a private address",
            })
        };
        let gone = "410: the receiver is gone and wants no more; remove it, or give its new address";
        let moved = "302 redirects to https://b.org/; webhooks are not redirected, write the new address in the \
            receiver's `webhook`";
        let rows = [
            ("204 is accepted", answer(204, &[], ""), accepted("204")),
            (
                "200 with words",
                answer(200, &[], "thanks\nmany"),
                accepted("200 “thanks many”"),
            ),
            ("410 is for ever", answer(410, &[], ""), AttemptOutcome::never(gone)),
            ("404 may be mended", answer(404, &[], ""), later("404", None)),
            (
                "401 may be mended",
                answer(401, &[], "bad\u{1b}[2J sig"),
                later("401 “bad [2J sig”", None),
            ),
            ("500 is tried again", answer(500, &[], ""), later("500", None)),
            (
                "429 with seconds",
                answer(429, &[("retry-after", "120")], ""),
                later("429", Some(120)),
            ),
            ("503 without", answer(503, &[], ""), later("503", None)),
            (
                "503 with a date, by the server's clock",
                answer(503, &[("retry-after", "Sat, 14 Sep 2024 06:10:00 GMT"), date], ""),
                later("503", Some(600)),
            ),
            (
                "503 with a date, by ours",
                answer(503, &[("retry-after", "Thu, 01 Jan 1970 00:01:00 GMT")], ""),
                later("503", Some(60)),
            ),
            (
                "a date that is past",
                answer(503, &[("retry-after", date.1), date], ""),
                later("503", None),
            ),
            (
                "nonsense",
                answer(503, &[("retry-after", "soon")], ""),
                later("503", None),
            ),
            (
                "an absurd number",
                answer(503, &[("retry-after", "99999999999999999999999")], ""),
                later("503", Some(1 << 31)),
            ),
            (
                "a redirect is not followed",
                answer(302, &[("location", "https://b.org/")], ""),
                later(moved, None),
            ),
            (
                "no answer",
                Err(NetError::Other("no route".into())),
                later("no route", None),
            ),
        ];
        for (sentence, answer, expected) in rows {
            assert_eq!(outcome(&answer, &url(), Timestamp::UNIX_EPOCH), expected, "{sentence}");
        }
        let portal = outcome(&refused(), &url(), Timestamp::UNIX_EPOCH);
        assert!(
            matches!(portal, AttemptOutcome::Later { .. }),
            "a name may resolve otherwise tomorrow"
        );
        for literal in ["http://10.0.0.1/", "http://localhost:80/", "http://[::1]/"] {
            let outcome = outcome(&refused(), &Url::parse(literal).unwrap(), Timestamp::UNIX_EPOCH);
            assert!(matches!(outcome, AttemptOutcome::Never { .. }), "{literal}");
        }
    }

    /// The example that the libraries of Standard Webhooks test themselves with.
    #[test]
    fn a_signature_is_as_the_standard_says() {
        let key = key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed = signature(
            &key,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "1614265330",
            br#"{"test": 2432232314}"#,
        );
        assert_eq!(signed.unwrap(), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_hostile_answer_is_cut() {
        let long = outcome(
            &answer(500, &[], &"é\u{0}".repeat(1_000_000)),
            &url(),
            Timestamp::UNIX_EPOCH,
        );
        let AttemptOutcome::Later { why, .. } = long else {
            panic!("{long:?}")
        };
        assert!(why.chars().count() <= LONGEST_ANSWER + 10, "{why}");
    }

    #[test]
    fn secrets_are_read_as_the_standard_says() {
        assert_eq!(key("whsec_aGVsbG8="), Ok(b"hello".to_vec()));
        assert_eq!(key("hello"), Ok(b"hello".to_vec()));
        assert!(key("whsec_???").is_err_and(|why| why.contains("not base64")));
        assert!(key("whsec_").is_err_and(|why| why.contains("empty")));
        assert!(key("").is_err());
    }
}
