//! `feeds parse`: files and addresses in, entries out.

use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};
use serde::Serialize;
use url::Url;

use crate::cli::print::{headline, json_lines, link, out, time};
use crate::net::{
    Client, ClientSettings, Method, PrivateAddresses, Request, Response, ShownAddress, Via, shown_text, unpacked,
};
use crate::text::clean;
use crate::text::count;
use wirewatch_syndication::{Entry, ParseError, ParsedFeed, Source, parse};

/// One feed as `--json` prints it; times in Unix seconds.
#[derive(Debug, Serialize)]
struct FeedLine {
    path: String,
    title: Option<String>,
    link: Option<String>,
    entries: Vec<EntryLine>,
    repairs: Vec<String>,
    error: Option<String>,
}

#[derive(Debug, Serialize)]
struct EntryLine {
    key: String,
    id: Option<String>,
    title: String,
    link: Option<String>,
    published: Option<i64>,
    updated: Option<i64>,
    text: String,
}

impl From<Entry> for EntryLine {
    fn from(entry: Entry) -> Self {
        Self {
            key: entry.key.to_string(),
            id: entry.id,
            title: entry.title,
            link: entry.link,
            published: entry.published.map(Timestamp::as_second),
            updated: entry.updated.map(Timestamp::as_second),
            text: entry.text,
        }
    }
}

/// Reads each file and address; a file as if `base` had answered with it.
pub async fn parse_all(what: &[String], base: Option<&str>, json: bool) -> Result<ExitCode> {
    let base = base.map(base_url).transpose()?;
    let mut failed = false;
    for path in what {
        let read = bytes_of(path).await;
        let parsed = read.and_then(|body| {
            let source = Source {
                bytes: &body.bytes,
                content_type: body.content_type.as_deref(),
                url: body.url.as_ref().or(base.as_ref()),
                language: None,
                zone: None,
            };
            parse(source).map_err(|error| anyhow::anyhow!(words(&error)))
        });
        failed |= parsed.is_err();
        let line = line(path, parsed);
        if json {
            json_lines([line])?;
        } else {
            show(&line)?;
        }
    }
    Ok(ExitCode::from(u8::from(failed)))
}

fn base_url(written: &str) -> Result<Url> {
    let shown = || ShownAddress::of_text(written);
    let url = Url::parse(written).with_context(|| format!("--base {} is not an address", shown()))?;
    if !matches!(url.scheme(), "http" | "https") {
        bail!(
            "--base {} is not an address of the web: it starts with https:// or http://",
            shown()
        );
    }
    Ok(url)
}

fn line(path: &str, parsed: Result<ParsedFeed>) -> FeedLine {
    match parsed {
        Ok(feed) => FeedLine {
            path: shown_path(path),
            title: feed.title,
            link: feed.link,
            entries: feed.entries.into_iter().map(EntryLine::from).collect(),
            repairs: feed.repairs.iter().map(ToString::to_string).collect(),
            error: None,
        },
        Err(error) => FeedLine {
            path: shown_path(path),
            title: None,
            link: None,
            entries: Vec::new(),
            repairs: Vec::new(),
            error: Some(shown_text(&format!("{error:#}"))),
        },
    }
}

/// A file by its path, an address as it may be shown.
fn shown_path(path: &str) -> String {
    match path.contains("://") {
        true => ShownAddress::of_text(path).to_string(),
        false => path.to_owned(),
    }
}

/// Why a body is no feed, with the feeds that the page itself suggests.
fn words(error: &ParseError) -> String {
    match error {
        ParseError::Html { suggests } if !suggests.is_empty() => {
            format!("{error}; the page suggests {}", suggests.join(" and "))
        }
        _ => error.to_string(),
    }
}

fn show(line: &FeedLine) -> Result<()> {
    out(|out| {
        let path = clean(&line.path);
        if let Some(error) = &line.error {
            return writeln!(out, "{path}: cannot be read: {}", clean(error));
        }
        let title = line.title.as_deref().map_or_else(|| "(no title)".to_owned(), headline);
        writeln!(out, "{path}: {title}, {}", count(line.entries.len(), "entry"))?;
        for repair in &line.repairs {
            writeln!(out, "  mended: {}", clean(repair))?;
        }
        for entry in &line.entries {
            let date = entry
                .published
                .or(entry.updated)
                .and_then(|second| Timestamp::from_second(second).ok());
            let date = date.map_or_else(|| "date unknown    ".to_owned(), time);
            writeln!(out, "  {date}  {}", headline(&entry.title))?;
            if let Some(written) = &entry.link {
                writeln!(out, "                    {}", link(written))?;
            }
        }
        Ok(())
    })
}

/// A body with what its transport said of it.
pub struct Body {
    pub bytes: Vec<u8>,
    pub content_type: Option<String>,
    pub url: Option<Url>,
}

/// Bytes that are read of a body, unpacked.
const MOST_BYTES: usize = 64 << 20;

/// Reads a file, or asks an address once. Whoever types an address may mean one of their own network.
pub async fn bytes_of(what: &str) -> Result<Body> {
    if !what.starts_with("http://") && !what.starts_with("https://") {
        let bytes = std::fs::read(Path::new(what)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => anyhow::anyhow!("cannot read {what}: there is no such file"),
            io::ErrorKind::IsADirectory => anyhow::anyhow!("cannot read {what}: it is a folder"),
            _ => anyhow::anyhow!("cannot read {what}: {error}"),
        })?;
        return Ok(Body {
            bytes: unpacked(bytes, MOST_BYTES).into_bytes(),
            content_type: None,
            url: None,
        });
    }
    let url = Url::parse(what).with_context(|| format!("{} is not an address", ShownAddress::of_text(what)))?;
    let client = Client::new(ClientSettings {
        user_agent: format!("Wirewatch/{} (feed reader)", env!("CARGO_PKG_VERSION")),
        timeout: Duration::from_secs(30),
        max_bytes: MOST_BYTES as u64,
        private_addresses: PrivateAddresses::Allowed,
        via: Via::default(),
    })?;
    let mut headers = HeaderMap::new();
    headers.insert(
        ACCEPT,
        HeaderValue::from_static("application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.8"),
    );
    let response = client
        .send(Request {
            method: Method::Get,
            url,
            headers,
            conditions_for: None,
            max_redirects: 10,
        })
        .await?;
    body(response)
}

fn body(response: Response) -> Result<Body> {
    if !(200..300).contains(&response.status) {
        bail!(
            "{} answers with status {}",
            ShownAddress::of(&response.url),
            response.status
        );
    }
    let content_type = response
        .headers
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    Ok(Body {
        bytes: response.body,
        content_type,
        url: Some(response.url),
    })
}
