//! Bodies made to fill the memory of those who read them.

/// Decoded bytes of each, below the 20 MB that are read of a feed.
pub const BYTES: usize = 19_000_000;

/// One kind of such bodies.
#[derive(Debug, Clone, Copy)]
pub struct Filler {
    pub name: &'static str,
    pub content_type: &'static str,
    begin: &'static str,
    /// Repeated, each with its number in place of `#`.
    middle: &'static str,
    end: &'static str,
}

const RSS: &str = "application/rss+xml";
const JSON: &str = "application/feed+json";

const fn rss(name: &'static str, begin: &'static str, middle: &'static str, end: &'static str) -> Filler {
    Filler {
        name,
        content_type: RSS,
        begin,
        middle,
        end,
    }
}

pub const FILLERS: &[Filler] = &[
    rss(
        "tiny items",
        "<rss version=\"2.0\"><channel><title>T</title>",
        "<item><guid>#</guid></item>",
        "</channel></rss>",
    ),
    rss(
        "items with a title",
        "<rss version=\"2.0\"><channel><title>T</title>",
        "<item><guid>#</guid><title>Rain in Sikasso #</title></item>",
        "</channel></rss>",
    ),
    rss(
        "Atom entries",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title>",
        "<entry><id>#</id></entry>",
        "</feed>",
    ),
    rss(
        "RDF items",
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\">",
        "<item rdf:about=\"#\"/>",
        "</rdf:RDF>",
    ),
    Filler {
        name: "JSON items",
        content_type: JSON,
        begin: "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[",
        middle: "{\"id\":#},",
        end: "{\"id\":\"last\"}]}",
    },
    Filler {
        name: "one JSON item of tags",
        content_type: JSON,
        begin: "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"#\",\"tags\":[",
        middle: "1,",
        end: "1]}]}",
    },
    rss(
        "attributes",
        "<rss version=\"2.0\"",
        " a#=\"\"",
        "><channel><item><guid>1</guid></item></channel></rss>",
    ),
    rss(
        "namespaces of items",
        "<rss version=\"2.0\"><channel>",
        "<item xmlns:a#=\"b\"><guid>#</guid></item>",
        "</channel></rss>",
    ),
    rss("nested elements", "<rss version=\"2.0\"><channel>", "<a>", ""),
    rss(
        "tags of one item",
        "<rss version=\"2.0\"><channel><item><guid>1</guid>",
        "<category>a</category>",
        "</item></channel></rss>",
    ),
    rss(
        "one title",
        "<rss version=\"2.0\"><channel><item><title>",
        "word ",
        "</title></item></channel></rss>",
    ),
    rss(
        "one text",
        "<rss version=\"2.0\"><channel><item><guid>1</guid><description>",
        "a b ",
        "</description></item></channel></rss>",
    ),
    rss(
        "one text of markup",
        "<rss version=\"2.0\"><channel><item><guid>1</guid><description>",
        "&lt;p&gt;a",
        "</description></item></channel></rss>",
    ),
    rss(
        "a watched word again and again",
        "<rss version=\"2.0\"><channel><item><guid>1</guid><description>",
        "Kayes ",
        "</description></item></channel></rss>",
    ),
    rss(
        "places again and again",
        "<rss version=\"2.0\"><channel><item><guid>1</guid><description>",
        "Gao, Paris, Mopti, ",
        "</description></item></channel></rss>",
    ),
    rss(
        "items of places",
        "<rss version=\"2.0\"><channel>",
        "<item><guid>#</guid><title>Gao, Paris, Mopti, Kidal, Nice, Lyon #</title></item>",
        "</channel></rss>",
    ),
    rss(
        "a list of feeds",
        "<opml version=\"2.0\"><body>",
        "<outline xmlUrl=\"http://a/#\"/>",
        "</body></opml>",
    ),
    rss(
        "a list of pages",
        "<urlset>",
        "<url><loc>http://a/#</loc></url>",
        "</urlset>",
    ),
];

impl Filler {
    /// The body; `salt` makes it another one.
    pub fn body(&self, salt: usize) -> Vec<u8> {
        let mut body = self.begin.replace('#', &salt.to_string());
        if self.begin.contains("1999/02/22") {
            self.begin.clone_into(&mut body);
        }
        let parts: Vec<&str> = self.middle.split('#').collect();
        for number in 0.. {
            if body.len() + self.end.len() >= BYTES {
                break;
            }
            for (at, part) in parts.iter().enumerate() {
                if at > 0 {
                    body.push_str(&(salt * 10_000_000 + number).to_string());
                }
                body.push_str(part);
            }
        }
        body.push_str(self.end);
        body.into_bytes()
    }
}
