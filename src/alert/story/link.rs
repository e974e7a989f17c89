//! Links as they are compared: without what only tells the publisher who came from where.

use url::Url;

/// Parameters that track a reader and choose no page, besides `utm_*`, `at_*` (BBC), `ns_*` (comScore) and `mc_*`
/// (Mailchimp). From the links that publishers put into their own feeds and from the lists of browsers that strip them.
const TRACKING: &[&str] = &[
    "_ga",
    "amp",
    "cid",
    "cmp",
    "cmpid",
    "dclid",
    "emc",
    "fbclid",
    "ftag",
    "gclid",
    "guccounter",
    "icid",
    "igshid",
    "ito",
    "maca",
    "mkt_tok",
    "msclkid",
    "ncid",
    "ocid",
    "outputtype",
    "partner",
    "ref",
    "ref_src",
    "smid",
    "smtyp",
    "sref",
    "srnd",
    "traffic_source",
    "wbraid",
    "gbraid",
    "wt_mc",
    "xtor",
    "yclid",
];

/// Hosts whose links are another one at every fetch and never name a page twice.
const OPAQUE: &[&str] = &["news.google.com", "news.url.google.com"];

/// The link as a key: no scheme, no `www.`, `m.` or `amp`, no fragment, no tracking, no final slash, parameters sorted.
/// `None` where it names no page of its own: not HTTP, opaque, or the front page of a site.
pub fn canonical(link: &str) -> Option<String> {
    let url = unwrap_redirect(Url::parse(link.trim()).ok()?);
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let mut host = url.host_str()?.trim_end_matches('.').to_ascii_lowercase();
    if OPAQUE.contains(&host.as_str()) {
        return None;
    }
    for prefix in ["www.", "m.", "mobile.", "amp."] {
        if let Some(rest) = host.strip_prefix(prefix)
            && rest.contains('.')
        {
            host = rest.to_owned();
        }
    }
    if let Some(port) = url.port() {
        host = format!("{host}:{port}");
    }
    let mut path: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    for end in [0, path.len().saturating_sub(1)] {
        if path.len() > 1 && path.get(end) == Some(&"amp") {
            path.remove(end);
        }
    }
    let mut query: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !is_tracking(name))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    query.sort();
    if path.is_empty() && query.is_empty() {
        return None;
    }
    let mut key = format!("{host}/{}", path.join("/"));
    for (name, value) in query {
        key.push_str(&format!("&{name}={value}"));
    }
    Some(key)
}

/// The site that a link leads to, as a word: `bbc` of `https://www.bbc.co.uk/news/1`.
pub fn site(link: &str) -> Option<String> {
    let url = Url::parse(link.trim()).ok()?;
    let host = url.host_str()?.to_ascii_lowercase();
    (!OPAQUE.contains(&host.as_str())).then(|| host.strip_prefix("www.").unwrap_or(&host).to_owned())
}

fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["utm_", "at_", "ns_", "mc_"]
        .iter()
        .any(|prefix| name.starts_with(prefix))
        || TRACKING.contains(&name.as_str())
}

/// Google Alerts and Bing News carry the page itself as a parameter.
fn unwrap_redirect(url: Url) -> Url {
    let host = url.host_str().unwrap_or_default();
    let parameter: &[&str] = match (host, url.path()) {
        ("www.google.com" | "google.com", "/url") => &["url", "q"],
        ("www.bing.com", "/news/apiclick.aspx") => &["url"],
        _ => return url,
    };
    let inner = url
        .query_pairs()
        .find(|(name, _)| parameter.contains(&name.as_ref()))
        .and_then(|(_, value)| Url::parse(&value).ok());
    inner.unwrap_or(url)
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn links_that_lead_to_one_page_are_one_key() {
        for (what, one, other) in [
            (
                "scheme, www and final slash",
                "http://www.rfi.fr/fr/afrique/x/",
                "https://rfi.fr/fr/afrique/x",
            ),
            (
                "tracking",
                "https://a.example/x?utm_source=rss&id=3",
                "https://a.example/x?id=3#top",
            ),
            (
                "order of parameters",
                "https://a.example/x?b=2&a=1",
                "https://a.example/x?a=1&b=2",
            ),
            (
                "mobile host",
                "https://m.dw.com/a/b",
                "https://www.dw.com/a/b?maca=en-rss",
            ),
            (
                "amp host",
                "https://amp.theguardian.com/world/1",
                "https://theguardian.com/world/1?CMP=share",
            ),
            ("amp at the end", "https://a.example/x/amp/", "https://a.example/x"),
            ("amp at the front", "https://a.example/amp/x/y", "https://a.example/x/y"),
            (
                "BBC medium",
                "https://bbc.co.uk/news/1?at_medium=RSS&at_campaign=KARANGA",
                "https://bbc.co.uk/news/1#0",
            ),
            (
                "wrapped by Google Alerts",
                "https://www.google.com/url?rct=j&url=https://a.example/x&ct=ga",
                "https://a.example/x",
            ),
        ] {
            assert!(canonical(one).is_some(), "{what}");
            assert_eq!(canonical(one), canonical(other), "{what}");
        }
    }

    #[test]
    fn links_that_name_no_page_are_no_key() {
        for link in [
            "https://news.google.com/rss/articles/CBMiX2h0?oc=5",
            "https://a.example/",
            "https://a.example/?utm_source=rss",
            "mailto:desk@a.example",
            "not a link",
        ] {
            assert_eq!(canonical(link), None, "{link}");
        }
        assert_ne!(
            canonical("https://a.example/x?id=1"),
            canonical("https://a.example/x?id=2")
        );
        assert_ne!(canonical("https://a.example:8080/x"), canonical("https://a.example/x"));
    }
}
