//! The HTTP client: timeouts, size caps, its own redirects (each hop is checked), cookies only along them, no Referer.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use reqwest::header::{self, HeaderMap, HeaderValue};
use tokio::time::{Instant, timeout_at};
use url::Url;

use super::address::{PrivateAddresses, refuse_host};
use super::answer::{is_still_packed, redirect_target, remove_proofs, same_site, unconditional, without_secrets};
use super::body::{Bounds, End, drain, read_body};
use super::cookies::Cookies;
use super::fault::{NetError, Stage, name_fault};
use super::large::{LARGE, LargeBodies, LargeBody};
use super::message::{BodyEnd, Method, Request, Response};
use super::resolver::Hosts;
use super::shown::ShownAddress;
use super::unpack::{Unpacked, is_packed, unpacked};
use super::via::Via;

mod build;

#[derive(Debug, Clone)]
pub struct ClientSettings {
    /// The complete User-Agent, with a contact address.
    pub user_agent: String,
    /// For one request with all its redirects, from the DNS lookup to the last byte of the body.
    pub timeout: Duration,
    /// Maximum size of a decoded body; the rest is cut.
    pub max_bytes: u64,
    pub private_addresses: PrivateAddresses,
    pub via: Via,
}

/// Clients for other ways, each with the age of the files that it was made from.
type Ways = Arc<Mutex<HashMap<Via, (Vec<Option<SystemTime>>, Client)>>>;

#[derive(Debug, Clone)]
pub struct Client {
    decoding: reqwest::Client,
    /// Does not decode bodies; for servers that announce an encoding they do not use.
    verbatim: reqwest::Client,
    /// Trusted certificates: hundreds, read once.
    tls: Arc<rustls::ClientConfig>,
    hosts: Hosts,
    settings: Arc<ClientSettings>,
    large: LargeBodies,
    ways: Ways,
}

impl Client {
    /// Returns a client that shares these connections, with another size cap.
    pub fn limited_to(&self, max_bytes: u64) -> Self {
        let settings = ClientSettings {
            max_bytes,
            ..ClientSettings::clone(&self.settings)
        };
        Self {
            settings: Arc::new(settings),
            ..self.clone()
        }
    }

    /// The turns of large bodies, for those that come by another way than HTTP.
    pub fn large_bodies(&self) -> &LargeBodies {
        &self.large
    }

    fn bounds(&self, deadline: Instant) -> Bounds<'_> {
        Bounds {
            max_bytes: self.settings.max_bytes,
            deadline,
            turns: &self.large,
        }
    }

    /// [`ClientSettings::max_bytes`], for bodies that arrive by another way than HTTP.
    pub fn max_bytes(&self) -> u64 {
        self.settings.max_bytes
    }

    /// Sends one request and follows its redirects.
    ///
    /// A short or too large body is an answer, and so is a body still arriving at the timeout.
    ///
    /// # Errors
    ///
    /// No answer arrived.
    pub async fn send(&self, request: Request) -> Result<Response, NetError> {
        let deadline = Instant::now() + self.settings.timeout;
        let Request {
            mut method,
            mut url,
            mut headers,
            conditions_for,
            max_redirects,
        } = request;
        let conditions_for = conditions_for.unwrap_or_else(|| url.clone());
        let mut moved_to = None;
        let mut only_permanent = true;
        let mut cookies = Cookies::default();
        for hop in 0..=max_redirects {
            let mut sent = match same_site(&conditions_for, &url) {
                true => Cow::Borrowed(&headers),
                false => Cow::Owned(unconditional(&headers)),
            };
            if !cookies.is_empty() {
                cookies.add_to(sent.to_mut(), &url);
            }
            let answer = self.ask(&self.decoding, &method, &url, &sent, deadline).await?;
            let status = answer.status().as_u16();
            let Some(target) = redirect_target(status, answer.headers(), &url)?.filter(|_| max_redirects > 0) else {
                return self.finish(answer, &method, &url, moved_to, &sent, deadline).await;
            };
            drop(sent);
            cookies.note(&url, answer.headers());
            if hop == max_redirects {
                break;
            }
            only_permanent &= matches!(status, 301 | 308);
            if only_permanent {
                moved_to = Some(target.clone());
            }
            if !same_site(&url, &target) {
                remove_proofs(&mut headers);
            }
            // As browsers do (WHATWG Fetch §4.4): only 307 and 308 repeat a body.
            if matches!(status, 301..=303) {
                method = Method::Get;
            }
            drain(answer, deadline).await;
            url = target;
        }
        match cookies.is_empty() {
            true => Err(NetError::TooManyRedirects { max: max_redirects }),
            false => Err(NetError::WantsCookies {
                host: host_of(&url)?,
                max: max_redirects,
            }),
        }
    }

    /// Sends one hop; returns when the headers of its answer arrive.
    async fn ask(
        &self,
        client: &reqwest::Client,
        method: &Method,
        url: &Url,
        headers: &HeaderMap,
        deadline: Instant,
    ) -> Result<reqwest::Response, NetError> {
        let host = host_of(url)?;
        if self.settings.private_addresses == PrivateAddresses::Refused
            && let Some(refusal) = refuse_host(url)
        {
            return Err(refusal.into());
        }
        let asking = match method {
            Method::Get => client.get(url.clone()),
            Method::Post(body) => client.post(url.clone()).body(body.clone()),
        };
        let asked = asking.build().map(|mut asking| {
            // In addition to the credentials in the address itself.
            asking.headers_mut().extend(headers.clone());
            client.execute(asking)
        });
        let answer = async { asked?.await };
        match timeout_at(deadline, answer).await {
            Err(_) => Err(NetError::Timeout {
                host,
                after: self.settings.timeout,
            }),
            Ok(Err(error)) => {
                let stage = if error.is_connect() {
                    Stage::Connecting
                } else {
                    Stage::Asking
                };
                Err(name_fault(&error, stage, &host, self.settings.timeout / 2))
            }
            Ok(Ok(answer)) => Ok(answer),
        }
    }

    /// Reads the body of the last answer. A body that does not decode is requested once more without any encoding; a
    /// POST is never repeated.
    async fn finish(
        &self,
        answer: reqwest::Response,
        method: &Method,
        url: &Url,
        moved_to: Option<Url>,
        headers: &HeaderMap,
        deadline: Instant,
    ) -> Result<Response, NetError> {
        let as_response = |status: u16, headers: HeaderMap, body: Vec<u8>, end: BodyEnd| Response {
            status,
            url: without_secrets(url),
            moved_to: moved_to.clone(),
            headers,
            body,
            end,
            large: None,
        };
        let mut large = None;
        let (status, answered) = (answer.status().as_u16(), answer.headers().clone());
        let (body, end) = read_body(answer, self.bounds(deadline), &mut large).await;
        let (body, end) = self.unpack(body, end, &mut large).await;
        let undecoded = matches!(end, End::Undecodable) || is_still_packed(&answered, &body);
        if undecoded
            && *method == Method::Get
            && let Some((status, answered, body, end)) = self.ask_verbatim(url, headers, deadline, &mut large).await
        {
            return Ok(Response {
                large,
                ..as_response(status, answered, body, end)
            });
        }
        let end = match end {
            End::Known(end) => end,
            End::Crowded => return Err(NetError::Crowded { host: host_of(url)? }),
            End::Late if body.is_empty() => {
                return Err(NetError::Timeout {
                    host: host_of(url)?,
                    after: self.settings.timeout,
                });
            }
            End::Late | End::Undecodable => BodyEnd::CutShort,
        };
        Ok(Response {
            large,
            ..as_response(status, answered, body, end)
        })
    }

    /// Undoes packings that the headers do not name. What grows large by it waits for its turn.
    async fn unpack(&self, body: Vec<u8>, end: End, large: &mut Option<LargeBody>) -> (Vec<u8>, End) {
        if !is_packed(&body) || !matches!(end, End::Known(_) | End::Late) {
            return (body, end);
        }
        let max = usize::try_from(self.settings.max_bytes).unwrap_or(usize::MAX);
        let mut found = unpacked(body.clone(), max.min(LARGE));
        if max > LARGE && matches!(found, Unpacked::Long(_)) {
            if large.is_none() {
                *large = self.large.enter().await;
            }
            if large.is_none() {
                return (Vec::new(), End::Crowded);
            }
            found = unpacked(body, max);
        }
        match found {
            Unpacked::Plain(body) | Unpacked::Whole(body) => (body, end),
            Unpacked::Long(body) => (body, End::Known(BodyEnd::TooLarge)),
            Unpacked::Cut(body) if body.is_empty() => (body, End::Undecodable),
            Unpacked::Cut(body) => (body, End::Known(BodyEnd::CutShort)),
        }
    }

    /// Repeats the request without any encoding; `None` if that is no better than the first answer.
    async fn ask_verbatim(
        &self,
        url: &Url,
        headers: &HeaderMap,
        deadline: Instant,
        large: &mut Option<LargeBody>,
    ) -> Option<(u16, HeaderMap, Vec<u8>, BodyEnd)> {
        let mut headers = headers.clone();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let answer = self
            .ask(&self.verbatim, &Method::Get, url, &headers, deadline)
            .await
            .ok()?;
        let (status, mut answered) = (answer.status(), answer.headers().clone());
        if status.is_redirection() && status.as_u16() != 304 {
            return None;
        }
        let (body, end) = read_body(answer, self.bounds(deadline), large).await;
        let (body, end) = self.unpack(body, end, large).await;
        if is_still_packed(&answered, &body) {
            return None;
        }
        answered.remove(header::CONTENT_ENCODING);
        let end = match end {
            End::Known(end) => end,
            End::Crowded => return None,
            End::Late | End::Undecodable if body.is_empty() => return None,
            End::Late | End::Undecodable => BodyEnd::CutShort,
        };
        Some((status.as_u16(), answered, body, end))
    }
}

fn host_of(url: &Url) -> Result<String, NetError> {
    match url.host_str() {
        Some(host) if matches!(url.scheme(), "http" | "https") => Ok(host.to_owned()),
        _ => Err(NetError::Other(format!(
            "{} is not a web address",
            ShownAddress::of(url)
        ))),
    }
}

#[cfg(test)]
mod tests;
