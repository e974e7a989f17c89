//! One conditional GET, or one read of a local file.

use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use tokio::io::AsyncReadExt;
use url::Url;

use super::state::{FeedSettings, FeedState};
use crate::net::{
    BodyEnd, Client, HeaderMap, HeaderName, HeaderValue, LARGE, Method, NetError, Request, Response, Unpacked, header,
    same_site, unpacked,
};

/// What came back, or what kept it from coming.
#[derive(Debug)]
pub struct Answer {
    pub at: Timestamp,
    /// From the question to the last byte.
    pub took: Duration,
    pub response: Result<Response, NetError>,
}

/// Feeds by name first; then what feeds are commonly served as; then anything, for servers that know no better.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, \
                      application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1";

/// RFC 3229 §10.5.3.
static A_IM: HeaderName = HeaderName::from_static("a-im");

const MAX_REDIRECTS: u8 = 10;

/// Asks for a feed once. A `file:` feed answers like a server that gives an ETag made of the file's size and time.
pub async fn fetch(client: &Client, memory: &FeedState, settings: &FeedSettings, now: Timestamp) -> Answer {
    let asked = Instant::now();
    let response = if settings.url.scheme() == "file" {
        read_file(memory, settings, client).await
    } else {
        ask(client, memory, settings).await
    };
    Answer {
        at: now,
        took: asked.elapsed(),
        response,
    }
}

/// Asks once, without conditions, for another page of a feed.
///
/// What makes the page large is left out: its feed may hold a turn among large bodies, and two that each wait for a second
/// one would wait for each other.
pub async fn fetch_older(client: &Client, url: Url, settings: &FeedSettings) -> Result<Response, NetError> {
    let client = way_of(client, settings)?;
    let client = client.limited_to(client.max_bytes().min(LARGE as u64));
    let mut headers = HeaderMap::new();
    show(&mut headers, &url, settings).await?;
    headers.insert(header::ACCEPT, HeaderValue::from_static(ACCEPT));
    let request = Request {
        method: Method::Get,
        url,
        headers,
        conditions_for: None,
        max_redirects: MAX_REDIRECTS,
    };
    client.send(request).await
}

async fn ask(client: &Client, memory: &FeedState, settings: &FeedSettings) -> Result<Response, NetError> {
    let client = way_of(client, settings)?;
    let mut request = conditional_get(memory, settings);
    show(&mut request.headers, &request.url, settings).await?;
    client.send(request).await
}

/// Returns the client that reaches a feed.
pub fn way_of(client: &Client, settings: &FeedSettings) -> Result<Client, NetError> {
    match &settings.access.via {
        Some(via) => client.through(via),
        None => Ok(client.clone()),
    }
}

/// Adds what opens the door of a feed, for its own site alone. All of it is marked as secret: it goes to no other site
/// with a redirect, and into no log.
async fn show(headers: &mut HeaderMap, url: &Url, settings: &FeedSettings) -> Result<(), NetError> {
    let access = &settings.access;
    if !same_site(&settings.url, url) {
        return Ok(());
    }
    if let Some(user) = &access.user {
        let password = match &access.password {
            Some(password) => password.read().await.map_err(NetError::Other)?,
            None => String::new(),
        };
        let proof = format!("Basic {}", STANDARD.encode(format!("{user}:{password}")));
        headers.insert(header::AUTHORIZATION, secret_value(&proof, "user and password")?);
    }
    for (name, secret) in &access.headers {
        let text = secret.read().await.map_err(NetError::Other)?;
        headers.insert(name.clone(), secret_value(&text, name.as_str())?);
    }
    Ok(())
}

fn secret_value(text: &str, what: &str) -> Result<HeaderValue, NetError> {
    let mut value = HeaderValue::from_str(text)
        .map_err(|_| NetError::Other(format!("{what}: it holds characters that a header cannot carry")))?;
    value.set_sensitive(true);
    Ok(value)
}

fn conditional_get(memory: &FeedState, settings: &FeedSettings) -> Request {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static(ACCEPT));
    let validators = [
        (header::IF_NONE_MATCH, &memory.validators.etag),
        (header::IF_MODIFIED_SINCE, &memory.validators.last_modified),
    ];
    for (name, validator) in validators {
        if let Some(value) = validator
            .as_ref()
            .and_then(|v| HeaderValue::from_bytes(v.as_bytes()).ok())
        {
            headers.insert(name, value);
        }
    }
    // RFC 3229: where we name what we have, what is new since is enough.
    if memory.validators.etag.is_some() {
        headers.insert(A_IM.clone(), HeaderValue::from_static("feed"));
    }
    let url = match memory.adopted_address() {
        None => settings.url.clone(),
        Some(_) => memory.address().unwrap_or_else(|| settings.url.clone()),
    };
    let elsewhere = memory.validators_from.as_deref().filter(|from| *from != url.as_str());
    Request {
        method: Method::Get,
        conditions_for: elsewhere.and_then(|from| Url::parse(from).ok()),
        url,
        headers,
        max_redirects: MAX_REDIRECTS,
    }
}

async fn read_file(memory: &FeedState, settings: &FeedSettings, client: &Client) -> Result<Response, NetError> {
    let max_bytes = client.max_bytes();
    let Ok(path) = settings.url.to_file_path() else {
        return Err(NetError::Other(format!(
            "{} names no file of this machine; write it as file:///folder/feed.xml",
            settings.shown()
        )));
    };
    let answer = |status: u16, headers: HeaderMap, body: Vec<u8>, end: BodyEnd| Response {
        status,
        url: settings.url.clone(),
        moved_to: None,
        headers,
        body,
        end,
        large: None,
    };
    let metadata = tokio::fs::metadata(&path)
        .await
        .map_err(|error| in_words(&path, &error))?;
    if metadata.is_dir() {
        return Err(NetError::Other(format!("{} is a folder, not a file", path.display())));
    }
    if !metadata.is_file() {
        return Err(NetError::Other(format!("{} is not an ordinary file", path.display())));
    }
    let modified = metadata
        .modified()
        .ok()
        .and_then(|time| Timestamp::try_from(time).ok())
        .unwrap_or_default();
    let etag = format!("\"{:x}-{:x}\"", metadata.len(), modified.as_nanosecond());
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_str(&etag) {
        headers.insert("etag", value);
    }
    if memory.validators.etag.as_ref() == Some(&etag) {
        return Ok(answer(304, headers, Vec::new(), BodyEnd::Whole));
    }
    let file = tokio::fs::File::open(&path)
        .await
        .map_err(|error| in_words(&path, &error))?;
    let large = match metadata.len() > LARGE as u64 {
        false => None,
        true => match client.large_bodies().enter().await {
            Some(turn) => Some(turn),
            None => {
                let host = path.display().to_string();
                return Err(NetError::Crowded { host });
            }
        },
    };
    let mut body = Vec::new();
    file.take(max_bytes.saturating_add(1))
        .read_to_end(&mut body)
        .await
        .map_err(|error| in_words(&path, &error))?;
    let max = usize::try_from(max_bytes).unwrap_or(usize::MAX);
    let end = if body.len() > max {
        BodyEnd::TooLarge
    } else {
        BodyEnd::Whole
    };
    body.truncate(max);
    let (body, end) = match unpacked(body, max) {
        Unpacked::Plain(body) | Unpacked::Whole(body) => (body, end),
        Unpacked::Long(body) => (body, BodyEnd::TooLarge),
        Unpacked::Cut(body) => (body, BodyEnd::CutShort),
    };
    Ok(Response {
        large,
        ..answer(200, headers, body, end)
    })
}

fn in_words(path: &Path, error: &std::io::Error) -> NetError {
    NetError::Other(match error.kind() {
        ErrorKind::NotFound => format!("there is no file {}", path.display()),
        ErrorKind::PermissionDenied => format!("{} may not be read by this user", path.display()),
        _ => format!("{} cannot be read: {error}", path.display()),
    })
}
