//! Asks for a page and for a site's robots.txt: no cookies, no Referer, every hop of a redirect judged.

use url::Url;

use super::robots::Robots;
use crate::net::{Client, HeaderMap, HeaderValue, Method, NetError, Request, Response};
use wirewatch_syndication::page_text;

const ACCEPT: &str = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1";
/// RFC 9309 §2.3.1.2: at least five.
const ROBOTS_REDIRECTS: u8 = 5;
/// RFC 9309 §2.5: at least 500 KiB.
const ROBOTS_BYTES: usize = 512 * 1024;

/// One hop towards a page.
#[derive(Debug)]
pub enum Page {
    Came(Box<Response>),
    /// The site sends us there.
    Elsewhere(Url),
}

/// Asks for a page, one hop.
pub async fn ask_page(client: &Client, url: &Url) -> Result<Page, NetError> {
    let response = client.send(get(url, ACCEPT, 0)).await?;
    let location = response.headers.get("location").and_then(|value| value.to_str().ok());
    match location.filter(|_| matches!(response.status, 301..=303 | 307 | 308)) {
        Some(location) => match url.join(location) {
            Ok(target) => Ok(Page::Elsewhere(target)),
            Err(_) => Ok(Page::Came(Box::new(response))),
        },
        None => Ok(Page::Came(Box::new(response))),
    }
}

/// What a site's robots.txt came to (RFC 9309 §2.3.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RobotsFile {
    Read(Robots),
    /// A site that cannot say what it allows allows nothing, for the time being.
    Unreadable {
        why: String,
    },
}

/// Asks the site of a page for its rules.
pub async fn ask_robots(client: &Client, page: &Url) -> RobotsFile {
    let mut url = page.clone();
    url.set_path("/robots.txt");
    url.set_query(None);
    url.set_fragment(None);
    match client.send(get(&url, "text/plain, */*;q=0.1", ROBOTS_REDIRECTS)).await {
        Err(error) => RobotsFile::Unreadable { why: error.to_string() },
        Ok(response) => match response.status {
            200..=299 => {
                let body = &response.body[..response.body.len().min(ROBOTS_BYTES)];
                RobotsFile::Read(Robots::parse(&page_text(body, None)))
            }
            429 | 500..=599 => RobotsFile::Unreadable {
                why: format!("the site does not say what programs may read ({})", response.status),
            },
            _ => RobotsFile::Read(Robots::none()),
        },
    }
}

fn get(url: &Url, accept: &'static str, max_redirects: u8) -> Request {
    let mut headers = HeaderMap::new();
    headers.insert("accept", HeaderValue::from_static(accept));
    Request {
        method: Method::Get,
        url: url.clone(),
        headers,
        conditions_for: None,
        max_redirects,
    }
}
