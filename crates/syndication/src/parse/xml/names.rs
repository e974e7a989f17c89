//! Namespaces by their address or usual prefix, and the attributes that apply to a whole element.

use std::collections::HashMap;

/// A vocabulary that feeds are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Space {
    /// RSS of every version, and elements in no namespace.
    Plain,
    Atom,
    DublinCore,
    Content,
    Itunes,
    Media,
    Syndication,
    FeedBurner,
    GeoRss,
    Gml,
    /// W3C geo, and the older ICBM and GeoURL modules.
    Geo,
    Gdacs,
    /// Common Alerting Protocol.
    Cap,
    Xhtml,
    Rdf,
    Other,
}

/// Finds a vocabulary by its address, however carelessly written.
fn by_address(address: &str) -> Option<Space> {
    let address = address.trim().to_ascii_lowercase();
    let bare = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))
        .unwrap_or(&address)
        .trim_end_matches(['/', '#']);
    let space = match bare {
        "" => Space::Plain,
        "www.w3.org/2005/atom" | "purl.org/atom/ns" | "purl.org/net/atom/ns" | "purl.org/atom-blog/ns" => Space::Atom,
        "purl.org/rss/1.0"
        | "my.netscape.com/rdf/simple/0.9"
        | "channel.netscape.com/rdf/simple/0.9"
        | "my.netscape.com/publish/formats/rss-0.91.dtd"
        | "purl.org/net/rss1.1"
        | "backend.userland.com/rss"
        | "backend.userland.com/rss2"
        | "backend.userland.com/rss091"
        | "backend.userland.com/rss092"
        | "blogs.law.harvard.edu/tech/rss"
        | "cyber.law.harvard.edu/rss"
        | "www.rssboard.org/rss-specification" => Space::Plain,
        "purl.org/dc/elements/1.0"
        | "purl.org/dc/elements/1.1"
        | "purl.org/dc/terms"
        | "purl.org/dc/qualifiers/1.0" => Space::DublinCore,
        "purl.org/rss/1.0/modules/content" => Space::Content,
        "www.itunes.com/dtds/podcast-1.0.dtd" | "www.itunes.com/dtds/podcast" | "example.com/dtds/podcast-1.0.dtd" => {
            Space::Itunes
        }
        "search.yahoo.com/mrss" | "search.yahoo.com/rss" | "video.search.yahoo.com/mrss" => Space::Media,
        "purl.org/rss/1.0/modules/syndication" => Space::Syndication,
        "rssnamespace.org/feedburner/ext/1.0" => Space::FeedBurner,
        "www.georss.org/georss" | "www.georss.org/georss/10" | "www.georss.org/georss/11" => Space::GeoRss,
        "www.opengis.net/gml" | "www.opengis.net/gml/3.2" => Space::Gml,
        "www.w3.org/2003/01/geo/wgs84_pos"
        | "www.w3.org/2003/01/geo"
        | "postneo.com/icbm"
        | "geourl.org/rss/module" => Space::Geo,
        "www.gdacs.org" | "gdacs.org" => Space::Gdacs,
        "urn:oasis:names:tc:emergency:cap:1.2"
        | "urn:oasis:names:tc:emergency:cap:1.1"
        | "urn:oasis:names:tc:emergency:cap:1.0"
        | "www.incident.com/cap/1.0" => Space::Cap,
        "www.w3.org/1999/xhtml" => Space::Xhtml,
        "www.w3.org/1999/02/22-rdf-syntax-ns" => Space::Rdf,
        _ => return None,
    };
    Some(space)
}

/// Finds a vocabulary by its usual prefix.
fn by_prefix(prefix: &str) -> Option<Space> {
    let space = match prefix.to_ascii_lowercase().as_str() {
        "rss" | "rss09" | "rss1" | "rss2" | "rss10" => Space::Plain,
        "atom" | "atom03" | "atom10" | "a10" => Space::Atom,
        "dc" | "dcterms" => Space::DublinCore,
        "content" => Space::Content,
        "itunes" => Space::Itunes,
        "media" => Space::Media,
        "sy" => Space::Syndication,
        "feedburner" => Space::FeedBurner,
        "georss" => Space::GeoRss,
        "gml" => Space::Gml,
        "geo" | "icbm" | "geourl" => Space::Geo,
        "gdacs" => Space::Gdacs,
        "cap" => Space::Cap,
        "xhtml" | "html" | "xhtml2" => Space::Xhtml,
        "rdf" => Space::Rdf,
        _ => return None,
    };
    Some(space)
}

/// Namespaces declared by the open elements.
#[derive(Debug, Default)]
pub(crate) struct Spaces<'a> {
    by_prefix: HashMap<&'a str, Space>,
    /// Each declaration, and the one that it hides.
    declared: Vec<(&'a str, Option<Space>)>,
}

impl<'a> Spaces<'a> {
    /// A mark to return to when the element ends.
    pub(crate) fn mark(&self) -> usize {
        self.declared.len()
    }

    pub(crate) fn back_to(&mut self, mark: usize) {
        for (prefix, hidden) in self.declared.drain(mark.min(self.declared.len())..).rev() {
            match hidden {
                Some(space) => self.by_prefix.insert(prefix, space),
                None => self.by_prefix.remove(prefix),
            };
        }
    }

    /// Records an `xmlns` attribute. `outer` is the document's root or channel, whose own unknown namespace is taken
    /// for a feed's.
    pub(crate) fn declare(&mut self, attribute: &'a str, address: &str, outer: bool) {
        let prefix = match attribute.strip_prefix("xmlns") {
            Some("") => "",
            Some(rest) => match rest.strip_prefix(':') {
                Some(prefix) => prefix,
                None => return,
            },
            None => return,
        };
        let unknown = if prefix.is_empty() && outer {
            Space::Plain
        } else {
            Space::Other
        };
        let space = by_address(address).or_else(|| by_prefix(prefix)).unwrap_or(unknown);
        let hidden = self.by_prefix.insert(prefix, space);
        self.declared.push((prefix, hidden));
    }

    /// Returns the namespace and local name of an element, and whether its prefix was declared.
    pub(crate) fn resolve<'n>(&self, name: &'n str) -> (Space, &'n str, bool) {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        match self.by_prefix.get(prefix) {
            Some(space) => (*space, local, true),
            None if prefix.is_empty() => (Space::Plain, local, true),
            None => (by_prefix(prefix).unwrap_or(Space::Other), local, false),
        }
    }
}
