//! Whether a feed offers a hub, and under which name it is known there (WebSub §4).

use serde::{Deserialize, Serialize};
use url::Url;

use wirewatch_syndication::Offered;

use crate::net::Response;

/// A hub, and the topic to name to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub hub: String,
    pub topic: String,
}

/// What an answer offers: its `Link` header first, then the document (§4). Without a link to itself the topic is where
/// the answer came from.
pub fn offer(response: &Response, document: &Offered) -> Option<Offer> {
    let mut header = Offered::default();
    for value in response.headers.get_all("link") {
        if let Ok(value) = value.to_str() {
            for (address, rel) in links_in_header(value) {
                header.note(&rel, &address);
            }
        }
    }
    let absolute = |address: &String| {
        let url = response.url.join(address.trim()).ok()?;
        matches!(url.scheme(), "http" | "https").then_some(url)
    };
    let hub = header.hubs.iter().chain(&document.hubs).find_map(absolute)?;
    let own = header.own.iter().chain(&document.own).find_map(absolute);
    let topic: Url = own.unwrap_or_else(|| response.url.clone());
    Some(Offer {
        hub: hub.into(),
        topic: topic.into(),
    })
}

/// `<https://hub.example/>; rel="hub", <…>; rel=self` (RFC 8288 §3): addresses with their relations.
fn links_in_header(value: &str) -> Vec<(String, String)> {
    let mut links = Vec::new();
    let mut rest = value;
    while let Some(open) = rest.find('<') {
        let after = &rest[open + 1..];
        let Some(close) = after.find('>') else { break };
        let address = &after[..close];
        let parameters = &after[close + 1..];
        // A comma ends the link where it stands in no quotes.
        let mut quoted = false;
        let end = parameters.find(|char| {
            quoted ^= char == '"';
            char == ',' && !quoted
        });
        let (parameters, next) = parameters.split_at(end.unwrap_or(parameters.len()));
        for parameter in parameters.split(';') {
            if let Some((name, value)) = parameter.split_once('=')
                && name.trim().eq_ignore_ascii_case("rel")
            {
                links.push((address.to_owned(), value.trim().trim_matches('"').to_owned()));
                break;
            }
        }
        rest = next;
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::{BodyEnd, HeaderMap, HeaderValue};

    fn found(links: &[&'static str], document: &str) -> Option<(String, String)> {
        let mut headers = HeaderMap::new();
        for link in links {
            headers.append("link", HeaderValue::from_static(link));
        }
        let response = Response {
            status: 200,
            url: "https://a.example/feed".parse().unwrap(),
            moved_to: None,
            headers,
            body: Vec::new(),
            end: BodyEnd::Whole,
            large: None,
        };
        let document = match serde_json::from_str::<serde_json::Value>(document) {
            Ok(serde_json::Value::Object(feed)) => Offered::of_json(&feed),
            _ => wirewatch_syndication::offered(document),
        };
        offer(&response, &document).map(|offer| (offer.hub, offer.topic))
    }

    #[test]
    fn a_hub_is_found_in_the_header_before_the_document() {
        let both = "https://hub.example/ https://a.example/topic";
        let table: &[(&str, &[&'static str], &str, Option<&str>)] = &[
            (
                "two links in one header",
                &["<https://hub.example/>; rel=\"hub\", <https://a.example/topic>; rel=self"],
                "",
                Some(both),
            ),
            (
                "a header each",
                &["<https://hub.example/>; rel=hub", "</topic>; rel=\"self\""],
                "",
                Some(both),
            ),
            (
                "an Atom feed",
                &[],
                "<feed xmlns=\"http://www.w3.org/2005/Atom\"><link rel=\"hub\" href=\"https://hub.example/\"/><link rel='self' href='https://a.example/topic'/></feed>",
                Some(both),
            ),
            (
                "an RSS feed",
                &[],
                "<rss xmlns:atom='http://www.w3.org/2005/Atom'><channel><link>https://a.example/</link><atom:link rel='hub' href='https://hub.example/'/><atom10:link rel='self' href='https://a.example/topic'/></channel></rss>",
                Some(both),
            ),
            (
                "a page",
                &[],
                "<!doctype html><html><head><LINK REL='hub' HREF='https://hub.example/'><link rel=\"self\" href=\"/topic\"></head></html>",
                Some(both),
            ),
            (
                "the header wins",
                &["<https://hub.example/>; rel=hub, <https://a.example/topic>; rel=self"],
                "<feed><link rel='hub' href='https://other.example/'/><link rel='self' href='https://a.example/other'/></feed>",
                Some(both),
            ),
            (
                "no name of its own",
                &["<https://hub.example/>; rel=hub"],
                "",
                Some("https://hub.example/ https://a.example/feed"),
            ),
            (
                "a JSON Feed",
                &[],
                "{\"feed_url\": \"https://a.example/topic\", \"hubs\": [{\"type\": \"WebSub\", \"url\": \"https://hub.example/\"}]}",
                Some(both),
            ),
            (
                "a link of an entry",
                &[],
                "<feed><entry><link rel='hub' href='https://hub.example/'/></entry></feed>",
                None,
            ),
            ("no hub", &["<https://a.example/>; rel=self"], "<feed/>", None),
            (
                "a hub that is no address",
                &["<mailto:hub@example.org>; rel=hub"],
                "",
                None,
            ),
            (
                "a comma in quotes",
                &[
                    "<https://x.example/>; title=\"a, <b>\"; rel=next, <https://hub.example/>; rel=\"hub next\", </topic>; rel=self",
                ],
                "",
                Some(both),
            ),
        ];
        for (case, links, document, expected) in table {
            let found = found(links, document).map(|(hub, topic)| format!("{hub} {topic}"));
            assert_eq!(found.as_deref(), *expected, "{case}");
        }
    }
}
