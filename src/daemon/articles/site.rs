//! Which feeds a server's demand for a pause is meant for: those of one registrable domain, or of one private host.

use url::{Host, Url};

/// The site of an address: the registrable domain of a public host (`feeds.example.co.uk` is `example.co.uk`'s), else
/// the host itself, for private hosts and addresses have nothing in common but their network. `None` for a local file.
///
/// What is public is what the Public Suffix List knows, its private part included: two blogs of one hoster are two sites.
pub fn site_of(url: &Url) -> Option<String> {
    match url.host()? {
        Host::Domain(host) => Some(site_of_host(host)),
        address => Some(address.to_string()),
    }
}

/// The same for a host as text.
pub fn site_of_host(host: &str) -> String {
    let known = psl::domain(host.as_bytes()).filter(|domain| domain.suffix().is_known());
    let domain = known.and_then(|domain| std::str::from_utf8(domain.as_bytes()).ok());
    domain.unwrap_or(host).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_site_is_its_registrable_domain_and_a_private_host_is_alone() {
        let table = [
            ("a domain", "https://example.org/feed", Some("example.org")),
            ("a name below it", "https://feeds.example.org/a", Some("example.org")),
            (
                "a suffix of two parts",
                "https://www.bbc.co.uk/news/rss.xml",
                Some("bbc.co.uk"),
            ),
            (
                "a blog of a hoster",
                "https://sahel.blogspot.com/feed",
                Some("sahel.blogspot.com"),
            ),
            (
                "letters beyond ASCII",
                "https://www.bücher.de/",
                Some("xn--bcher-kva.de"),
            ),
            ("this machine", "http://localhost:8080/a", Some("localhost")),
            ("a host of the house", "http://bridge.lan/a", Some("bridge.lan")),
            ("its neighbour", "http://reader.lan/a", Some("reader.lan")),
            ("an address", "http://192.168.1.7/a", Some("192.168.1.7")),
            ("a longer address", "http://[fd00::7]/a", Some("[fd00::7]")),
            ("a file", "file:///srv/feed.xml", None),
        ];
        for (case, url, site) in table {
            assert_eq!(site_of(&Url::parse(url).unwrap()).as_deref(), site, "{case}");
        }
    }
}
