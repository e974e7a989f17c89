//! The WebSub hubs that a document names (W3C Recommendation, §4).

use serde_json::{Map, Value};

/// The WebSub links of a document or of a `Link` header; as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Offered {
    pub hubs: Vec<String>,
    pub own: Option<String>,
}

impl Offered {
    /// Reads `hubs` and `feed_url` of a JSON Feed (1.1).
    pub fn of_json(feed: &Map<String, Value>) -> Self {
        let hubs = feed.get("hubs").and_then(Value::as_array);
        let addresses = hubs.into_iter().flatten().filter_map(|hub| hub["url"].as_str());
        Self {
            hubs: addresses.map(str::to_owned).collect(),
            own: feed.get("feed_url").and_then(Value::as_str).map(str::to_owned),
        }
    }

    /// Notes a link by its relations.
    pub fn note(&mut self, rel: &str, address: &str) {
        for rel in rel.split_ascii_whitespace() {
            if rel.eq_ignore_ascii_case("hub") {
                self.hubs.push(address.to_owned());
            } else if rel.eq_ignore_ascii_case("self") && self.own.is_none() {
                self.own = Some(address.to_owned());
            }
        }
    }
}
