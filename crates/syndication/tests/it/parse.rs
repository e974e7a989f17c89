//! From bytes to entries: every way in which a feed may be broken, and what must be read in it nevertheless.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use url::Url;
use wirewatch_syndication::{EntryKey, ParseError, ParsedFeed, Source, parse};

use shapes::{LEFT_BEHIND, SHAPES, processor_time};

#[path = "../../../../benches/road/shapes.rs"]
mod shapes;

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>Niger valley news</title><link>https://news.example.org/</link><language>en</language><ttl>30</ttl>
<item><title>Market reopens in Gao</title><link>https://news.example.org/1</link><guid>https://news.example.org/1</guid>
<description>Traders are back.</description><pubDate>Tue, 17 Sep 2024 08:00:00 GMT</pubDate><dc:creator>A. Touré</dc:creator></item>
<item><title>Bridge closed at Ségou</title><link>https://news.example.org/2</link><guid>https://news.example.org/2</guid>
<description>&lt;p&gt;Lorries wait.&lt;/p&gt;</description><pubDate>Tue, 17 Sep 2024 09:30:00 +0100</pubDate></item>
<item><title>School year starts</title><link>https://news.example.org/3</link><guid>https://news.example.org/3</guid>
<description>In three regions.</description><content:encoded><![CDATA[<p>In three regions.</p><p>More later.</p>]]></content:encoded>
<pubDate>Tue, 17 Sep 2024 10:00:00 GMT</pubDate><category>education</category></item>
</channel>
</rss>
"#;

const ATOM: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://infos.example.org/">
<title>Infos du fleuve</title><link href="/"/><link rel="self" href="/feed"/><id>tag:example.org,2024:feed</id>
<updated>2024-09-17T12:00:00Z</updated>
<entry><title>Le marché de Gao rouvre</title><link href="a/1"/><id>tag:example.org,2024:1</id>
<updated>2024-09-17T08:00:00Z</updated><summary>Les commerçants reviennent.</summary><author><name>B. Cissé</name></author></entry>
<entry><title type="html">Pont ferm&amp;eacute; &lt;b&gt;à Ségou&lt;/b&gt;</title><link href="a/2"/><id>tag:example.org,2024:2</id>
<updated>2024-09-17T09:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un.</p><p>Deux &amp; trois.</p></div></content></entry>
<entry><title>La rentrée</title><link href="a/3"/><id>tag:example.org,2024:3</id><updated>2024-09-17T10:00:00Z</updated></entry>
</feed>
"#;

const JSON: &str = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Niger valley news","home_page_url":"https://news.example.org/",
"items":[{"id":"1","url":"https://news.example.org/1","title":"Market reopens in Gao","content_html":"<p>Traders are back.</p>","date_published":"2024-09-17T08:00:00Z"},
{"id":2,"url":"/2","content_text":"Lorries wait in Ségou.","tags":"roads, transport","author":{"name":"A. Touré"}},
{"id":"3","title":"School year starts","date_published":"2024-09-17T10:00:00Z"}]}"#;

fn read(bytes: impl AsRef<[u8]>) -> ParsedFeed {
    let bytes = bytes.as_ref();
    parse(Source {
        bytes,
        content_type: None,
        url: None,
        language: None,
        zone: None,
    })
    .unwrap()
}

fn item(inner: &str) -> String {
    format!("<rss version=\"2.0\"><channel><title>t</title><item>{inner}</item></channel></rss>")
}

fn titles(feed: &ParsedFeed) -> Vec<&str> {
    feed.entries.iter().map(|entry| entry.title.as_str()).collect()
}

fn distinct(feed: &ParsedFeed) -> usize {
    feed.entries
        .iter()
        .map(|entry| entry.key)
        .collect::<HashSet<EntryKey>>()
        .len()
}

#[test]
fn an_rss_feed_is_read_whole() {
    let feed = read(RSS);
    assert_eq!(feed.title.as_deref(), Some("Niger valley news"));
    assert_eq!(feed.link.as_deref(), Some("https://news.example.org/"));
    assert_eq!(feed.language.as_deref(), Some("en"));
    assert_eq!(feed.hints.update_every, Some(Duration::from_secs(1800)));
    assert_eq!(feed.repairs, []);
    assert!(!feed.cut_short);
    assert_eq!(
        titles(&feed),
        ["Market reopens in Gao", "Bridge closed at Ségou", "School year starts"]
    );
    let [first, second, third] = feed.entries.as_slice() else {
        panic!("three entries")
    };
    assert_eq!(first.authors, ["A. Touré"]);
    assert_eq!(second.text, "Lorries wait.");
    assert_eq!(second.published.unwrap().to_string(), "2024-09-17T08:30:00Z");
    assert_eq!(third.text, "In three regions.\n\nMore later.");
    assert_eq!(third.tags, ["education"]);
}

#[test]
fn an_atom_feed_is_read_whole() {
    let feed = read(ATOM);
    assert_eq!(feed.link.as_deref(), Some("https://infos.example.org/"));
    assert_eq!(feed.repairs, []);
    assert_eq!(
        titles(&feed),
        ["Le marché de Gao rouvre", "Pont fermé à Ségou", "La rentrée"]
    );
    let [first, second, _] = feed.entries.as_slice() else {
        panic!("three entries")
    };
    assert_eq!(first.link.as_deref(), Some("https://infos.example.org/a/1"));
    assert_eq!(first.language.as_deref(), Some("fr"));
    assert_eq!(first.authors, ["B. Cissé"]);
    assert_eq!(
        (first.published, first.updated.unwrap().as_second()),
        (None, 1_726_560_000)
    );
    assert_eq!(second.text, "Un.\n\nDeux & trois.");
}

#[test]
fn a_json_feed_is_read_whole() {
    let url = Url::parse("https://news.example.org/feed.json").unwrap();
    let feed = parse(Source {
        bytes: JSON.as_bytes(),
        content_type: None,
        url: Some(&url),
        language: None,
        zone: None,
    })
    .unwrap();
    assert_eq!(titles(&feed), ["Market reopens in Gao", "", "School year starts"]);
    assert_eq!(feed.entries[1].id.as_deref(), Some("2"));
    assert_eq!(feed.entries[1].link.as_deref(), Some("https://news.example.org/2"));
    assert_eq!(feed.entries[1].tags, ["roads", "transport"]);
    assert_eq!(feed.entries[1].authors, ["A. Touré"]);
    let old = JSON.replace("https://jsonfeed.org", "http://jsonfeed.org");
    assert_eq!(read(old).entries.len(), 3);
}

/// One table row: the case, the body, the titles that must be read.
type Row<'a> = (&'a str, String, &'a [&'a str]);

#[test]
fn what_loses_a_feed_elsewhere_is_read() {
    let rdf = |namespace: &str, item: &str| {
        format!(
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"{namespace}\"><channel><title>c</title></channel>{item}</rdf:RDF>"
        )
    };
    let table: &[Row<'_>] = &[
        ("a second XML declaration", item("<?xml version='1.0' encoding='x'?><title>a</title>"), &["a"]),
        ("a byline with full-width brackets", item("<title>a</title><author>山田太郎（a@b.jp）</author>"), &["a"]),
        ("a byline in guillemets", item("<title>a</title><author>«editor@example.org»</author>"), &["a"]),
        (
            "a huge media duration",
            item("<title>a</title><m:content xmlns:m='http://search.yahoo.com/mrss/' url='http://x/y' duration='99999999999999999999999'/>"),
            &["a"],
        ),
        (
            "Atom 0.3",
            "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title mode='escaped' type='text/html'>a &amp;amp; b</title><issued>2004-01-01T00:00:00Z</issued></entry></feed>".to_owned(),
            &["a & b"],
        ),
        ("Netscape RDF", rdf("http://my.netscape.com/rdf/simple/0.9/", "<item><title>a</title><link>http://x/</link></item>"), &["a"]),
        ("userland's namespace", item("<title>a</title>").replace("<rss ", "<rss xmlns='http://backend.userland.com/rss2' "), &["a"]),
        ("RSS 1.0 items without a link", rdf("http://purl.org/rss/1.0/", "<item><title>a</title></item>"), &["a"]),
        ("no version", item("<title>a</title>").replace(" version=\"2.0\"", ""), &["a"]),
        ("an odd version", item("<title>a</title>").replace("2.0", "3.14 beta"), &["a"]),
        ("a bare ampersand", item("<title>AT&T & Co</title><link>http://x/?a=1&copy=2</link>"), &["AT&T & Co"]),
        ("a bare angle", item("<title>5 < 6</title>"), &["5 < 6"]),
        ("an unknown type", ATOM.replace("<title>La", "<title type=\"bogus\">La"), &["Le marché de Gao rouvre", "Pont fermé à Ségou", "La rentrée"]),
        ("a missing end tag", item("<title>a<link>http://x/</link>"), &["a"]),
        ("an entry without its end", item("<title>a</title><item><title>b</title></item>"), &["a", "b"]),
        ("an end tag without a start", item("</div><title>a</title></p>"), &["a"]),
        ("no end at all", item("<title>a</title><guid>1</guid>").replace("</item></channel></rss>", ""), &["a"]),
        ("undefined entities", item("<title>Caf&eacute;&nbsp;bar &alpha;</title>"), &["Café bar α"]),
        ("C1 references", item("<title>l&#146;attaque</title>"), &["l’attaque"]),
        ("control characters", item("<title>a\u{8}b\u{0}c</title>"), &["abc"]),
        ("inline markup", item("<title>a <b>x</b> b</title>"), &["a x b"]),
        ("a title escaped twice", item("<title>Caf&amp;amp;eacute; &amp;lt;b&amp;gt;bar&amp;lt;/b&amp;gt;</title>"), &["Café bar"]),
        ("CDATA", item("<title><![CDATA[a & <i>b</i>]]></title>"), &["a & b"]),
        ("CDATA without an end", item("<title><![CDATA[a</title><link>http://x/</link>"), &["a"]),
        ("attributes given twice", item("<title a='1' a='2'>a</title>"), &["a"]),
        ("an undeclared prefix", item("<dc:title>a</dc:title><x:y>z</x:y>"), &["a"]),
        ("another prefix for a known namespace", item("<q:title xmlns:q='http://purl.org/dc/elements/1.1/'>a</q:title>"), &["a"]),
        ("warnings of PHP before the root", format!("<br />\n<b>Warning</b>: x < y &c in <b>/a.php</b><br />\n{}", item("<title>a</title>")), &["a"]),
        ("junk after the root", format!("{}<script>if (a < b && c) {{}}</script>", item("<title>a</title>")), &["a"]),
        ("blank lines first", format!("\n\n {}", item("<title>a</title>")), &["a"]),
        ("upper case", "<RSS VERSION='2.0'><CHANNEL><ITEM><TITLE>a</TITLE></ITEM></CHANNEL></RSS>".to_owned(), &["a"]),
        ("the title of a source is not the entry's", ATOM.replace("<entry><title>La", "<entry><source><title>x</title><id>y</id></source><title>La"), &["Le marché de Gao rouvre", "Pont fermé à Ségou", "La rentrée"]),
    ];
    for (case, body, expected) in table {
        let feed = read(body);
        assert_eq!(titles(&feed), *expected, "{case}");
        assert!(feed.entries.iter().all(|entry| !entry.title.is_empty()), "{case}");
    }
}

/// What feeds that carry more than news look like: the text that a watch judges by must be there.
#[test]
fn podcasts_videos_and_json_that_is_loose_are_read() {
    let podcast = r#"<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Radio Gao</title><itunes:author>Radio Gao</itunes:author>
<item><itunes:title>Le marché</itunes:title><title>Episode 12: le marché de Gao</title><itunes:summary>Les commerçants reviennent.</itunes:summary>
<itunes:author>A. Touré</itunes:author><itunes:duration>01:02:03</itunes:duration><guid isPermaLink="false">ep12</guid>
<enclosure url="https://audio.example/12.mp3" length="1" type="audio/mpeg"/><pubDate>Tue, 17 Sep 2024 08:00:00 GMT</pubDate></item>
</channel></rss>"#;
    let video = r#"<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
<title>Desk</title><entry><id>yt:video:abc</id><yt:videoId>abc</yt:videoId><title>Bridge at Ségou</title>
<link rel="alternate" href="https://www.youtube.com/watch?v=abc"/><author><name>Desk</name><uri>https://www.youtube.com/channel/x</uri></author>
<published>2024-09-17T08:00:00+00:00</published><updated>2024-09-18T08:00:00+00:00</updated>
<media:group><media:title>Bridge at Ségou</media:title><media:content url="https://www.youtube.com/v/abc" type="application/x-shockwave-flash" width="640" height="390"/>
<media:description>The bridge is closed for lorries.</media:description><media:community><media:statistics views="1"/></media:community></media:group></entry></feed>"#;
    let json = r#"{"version":"http://jsonfeed.org/version/1","title":"Desk","authors":{"name":"A. Touré"},
"items":[{"id":7,"url":"https://x.example/7","content_text":"Lorries wait.","authors":{"name":"B. Cissé"},"tags":"roads","date_published":1726560000},
{"id":"8","title":null,"url":"https://x.example/8","content_html":"<p>Two.</p>","tags":["a",1]}]}"#;
    let table = [
        (
            "a podcast",
            podcast,
            "Episode 12: le marché de Gao",
            "Les commerçants reviennent.",
            "https://audio.example/12.mp3",
            "A. Touré",
        ),
        (
            "a channel of videos",
            video,
            "Bridge at Ségou",
            "The bridge is closed for lorries.",
            "https://www.youtube.com/watch?v=abc",
            "Desk",
        ),
        (
            "loose JSON",
            json,
            "",
            "Lorries wait.",
            "https://x.example/7",
            "B. Cissé",
        ),
    ];
    for (case, body, title, text, link, author) in table {
        let feed = read(body);
        let entry = &feed.entries[0];
        assert_eq!((entry.title.as_str(), entry.text.as_str()), (title, text), "{case}");
        assert_eq!(entry.link.as_deref(), Some(link), "{case}");
        assert_eq!(entry.authors, [author], "{case}");
        assert_eq!(entry.published.unwrap().as_second(), 1_726_560_000, "{case}");
    }
    assert_eq!(distinct(&read(json)), 2);
}

#[test]
fn an_edited_headline_of_rss_1_0_keeps_its_key() {
    let rdf = |title: &str| {
        format!(
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\"><channel rdf:about=\"http://x/\"><title>c</title></channel><item rdf:about=\"http://x/1\"><title>{title}</title><link>http://x/1</link></item></rdf:RDF>"
        )
    };
    assert_eq!(
        read(rdf("Bridge closed")).entries[0].key,
        read(rdf("Bridge closed for a week")).entries[0].key
    );
}

#[test]
fn every_repair_is_told_in_words() {
    let table = [
        (item("<title>AT&T & b</title>"), "a bare & in place of &amp; (2 times)"),
        (item("<title>5 < 6</title>"), "a bare < in place of &lt;"),
        (
            item("<title>a</title>").replace(" version=\"2.0\"", ""),
            "a missing or unknown RSS version",
        ),
        (
            item("<title>a</title>").replace("</rss>", ""),
            "the end of the feed is missing",
        ),
        (
            item("<title>a</title><pubDate>soon</pubDate>"),
            "a date that cannot be read",
        ),
        (item("<title>a <b>b</b></title>"), "markup that is not escaped"),
        (item("<title>&eacute;</title>"), "an HTML entity that XML does not know"),
        (
            item("<dc:title>a</dc:title>"),
            "a namespace prefix that is not declared",
        ),
    ];
    for (body, words) in table {
        let repairs: Vec<String> = read(&body).repairs.iter().map(ToString::to_string).collect();
        assert_eq!(repairs, [words], "{body}");
    }
}

#[test]
fn entries_without_anything_but_text_are_told_apart_and_known_again() {
    let body = item("<description>one</description></item><item><description>two</description>");
    let feed = read(&body);
    assert_eq!((feed.entries.len(), distinct(&feed)), (2, 2));
    assert_eq!(feed.entries, read(&body).entries);
}

#[test]
fn all_entries_share_one_guid() {
    let one = |title: &str, link: &str| {
        format!("<item><guid>same</guid><title>{title}</title><link>http://x/{link}</link></item>")
    };
    let table = [
        ("one guid", [one("a", "1"), one("b", "2"), one("c", "3")]),
        ("one guid and one link", [one("a", "1"), one("b", "1"), one("c", "1")]),
        (
            "one link, no guid",
            [one("a", "1"), one("b", "1"), one("c", "1")].map(|item| item.replace("<guid>same</guid>", "")),
        ),
    ];
    for (case, items) in table {
        let feed = read(format!(
            "<rss version='2.0'><channel>{}</channel></rss>",
            items.concat()
        ));
        assert_eq!((feed.entries.len(), distinct(&feed)), (3, 3), "{case}");
    }
}

#[test]
fn an_edited_headline_keeps_its_key() {
    let edited = RSS.replace("Bridge closed at Ségou", "Bridge at Ségou closed for a week");
    assert_eq!(read(RSS).entries[1].key, read(edited).entries[1].key);
    let secure = RSS.replace("<guid>https:", "<guid>http:");
    assert_eq!(read(RSS).entries[1].key, read(secure).entries[1].key);
}

#[test]
fn tags_are_not_in_the_text() {
    let feed = read(item(
        "<title>a</title><description>b</description><category>Mali</category><dc:subject>Niger</dc:subject>",
    ));
    let entry = &feed.entries[0];
    assert_eq!((entry.title.as_str(), entry.text.as_str()), ("a", "b"));
    assert_eq!(entry.tags, ["Mali", "Niger"]);
}

#[test]
fn a_feed_of_10_000_entries_is_read_whole() {
    let items: String = (0..10_000)
        .map(|n| format!("<item><title>Report {n}</title><guid>{n}</guid></item>"))
        .collect();
    let feed = read(format!("<rss version='2.0'><channel>{items}</channel></rss>"));
    assert_eq!((feed.entries.len(), distinct(&feed)), (10_000, 10_000));
    assert_eq!(feed.entries[6].title, "Report 6");
    assert_eq!(feed.entries[9_999].title, "Report 9999");
}

#[test]
fn advisories_with_private_links_and_no_content_stay_distinct() {
    let items: String = (0..5)
        .map(|n| format!("<item><title>Advisory {n}</title><link>https://portal.example.org/login</link></item>"))
        .collect();
    let feed = read(format!("<rss version='2.0'><channel>{items}</channel></rss>"));
    assert_eq!((feed.entries.len(), distinct(&feed)), (5, 5));
}

#[test]
fn a_body_cut_short_keeps_the_entries_that_came() {
    for (name, body, end) in [
        ("RSS", RSS, "</item>"),
        ("Atom", ATOM, "</entry>"),
        ("JSON", JSON, "},\n"),
    ] {
        let whole = read(body);
        for (at, _) in body.char_indices().skip(200) {
            let came = body[..at].matches(end).count().min(3);
            let Ok(feed) = parse(Source {
                bytes: &body.as_bytes()[..at],
                content_type: None,
                url: None,
                language: None,
                zone: None,
            }) else {
                assert_eq!(came, 0, "{name} cut at {at}");
                continue;
            };
            assert!(feed.entries.len() >= came, "{name} cut at {at}");
            assert_eq!(feed.entries[..came], whole.entries[..came], "{name} cut at {at}");
            if at < body.rfind(end).unwrap() {
                assert!(feed.cut_short, "{name} cut at {at}");
            }
        }
        assert!(!whole.cut_short, "{name}");
    }
}

#[test]
fn what_is_no_feed_is_named_for_what_it_is() {
    let page = "<!DOCTYPE html><html><head><link rel='alternate' type='application/rss+xml' href='/feed?a=1&amp;b=2'>\
                <link rel=alternate type=application/atom+xml href=https://x.example/atom><link rel=stylesheet href=x></head><body><p>a</body></html>";
    let url = Url::parse("https://news.example.org/world/").unwrap();
    let suggests = vec![
        "https://news.example.org/feed?a=1&b=2".to_owned(),
        "https://x.example/atom".to_owned(),
    ];
    let not = |text: &str| ParseError::NotAFeed {
        starts_with: text.to_owned(),
    };
    let table = [
        ("a page", page, ParseError::Html { suggests }),
        (
            "a page that names no feed",
            "<html><body>a</body></html>",
            ParseError::Html { suggests: Vec::new() },
        ),
        (
            "a page with elements that feeds have too",
            "<!doctype html><html><body><item><title>a</title></item></body></html>",
            ParseError::Html { suggests: Vec::new() },
        ),
        ("nothing", "", ParseError::Empty),
        ("white space", " \n\u{feff} ", ParseError::Empty),
        ("a text", "Too many requests", not("Too many requests")),
        (
            "another kind of XML",
            "<urlset><url/></urlset>",
            not("<urlset><url/></urlset>"),
        ),
        (
            "another kind of JSON",
            "{\"error\":\"gone\"}",
            not("{\"error\":\"gone\"}"),
        ),
    ];
    for (case, body, error) in table {
        let read = parse(Source {
            bytes: body.as_bytes(),
            content_type: Some("text/html"),
            url: Some(&url),
            language: None,
            zone: None,
        });
        assert_eq!(read, Err(error), "{case}");
    }
    assert_eq!(
        read("<rss version='2.0'><channel><title>a</title></channel></rss>").entries,
        []
    );
}

#[test]
fn links_are_made_absolute() {
    let url = Url::parse("https://news.example.org/feeds/all.xml").unwrap();
    let table = [
        (
            "against the feed",
            item("<link>../a</link>"),
            "https://news.example.org/a",
        ),
        (
            "against the base",
            item("<link>a</link>").replace("<item", "<item xml:base='https://x.example/b/'"),
            "https://x.example/b/a",
        ),
        (
            "against the base of a channel in CDF",
            "<CHANNEL BASE='https://x.example/b/' HREF='https://y.example/'><TITLE>t</TITLE><ITEM HREF='a'><TITLE>a</TITLE></ITEM></CHANNEL>".to_owned(),
            "https://x.example/b/a",
        ),
        (
            "absolute ones stay as written",
            item("<link>HTTP://Example.org/é?a=b c</link>"),
            "HTTP://Example.org/é?a=b c",
        ),
        (
            "a permalink stands for a link",
            item("<guid>https://x.example/1</guid>"),
            "https://x.example/1",
        ),
    ];
    for (case, body, link) in table {
        let feed = parse(Source {
            bytes: body.as_bytes(),
            content_type: None,
            url: Some(&url),
            language: None,
            zone: None,
        })
        .unwrap();
        assert_eq!(feed.entries[0].link.as_deref(), Some(link), "{case}");
    }
    let no_link = item("<guid isPermaLink='false'>https://x.example/1</guid>");
    assert_eq!(read(no_link).entries[0].link, None);
}

/// Twenty faults, and how many of the three entries each leaves to feed-rs alone, so that we know what we are for.
#[test]
fn twenty_faults_cost_no_entry() {
    type Fault = fn(&str) -> Vec<u8>;
    let faults: &[(&str, Fault)] = &[
        ("warning before the root", |feed| {
            format!("<b>Warning</b>: a & b <br/>\n{feed}").into()
        }),
        ("blank lines first", |feed| format!("\n\n{feed}").into()),
        ("bare ampersand", |feed| feed.replacen("Gao", "A & B", 1).into()),
        ("bare angle", |feed| feed.replacen("Gao", "5 < 6", 1).into()),
        ("inline markup", |feed| feed.replacen("Gao", "<b>Gao</b><br>", 1).into()),
        ("unknown entities", |feed| {
            feed.replacen("Gao", "G&agrave;o &foo;", 1).into()
        }),
        ("control characters", |feed| {
            feed.replacen("Gao", "G\u{1}a\0o", 1).into()
        }),
        ("missing end tag", |feed| feed.replacen("Gao</title>", "Gao", 1).into()),
        ("missing end of an entry", |feed| {
            feed.replacen("</item>", "", 1).replacen("</entry>", "", 1).into()
        }),
        ("stray end tag", |feed| {
            feed.replacen("</item>", "</b></item>", 1)
                .replacen("</entry>", "</b></entry>", 1)
                .into()
        }),
        ("cut after the last entry", |feed| {
            feed[..feed.rfind("</item>").or(feed.rfind("</entry>")).unwrap() + 7].into()
        }),
        ("undeclared latin-1", |feed| {
            let body = &feed[feed.find("?>").unwrap() + 2..];
            body.chars()
                .map(|char| u8::try_from(u32::from(char)).unwrap_or(b'?'))
                .collect()
        }),
        ("stray byte", |feed| {
            feed.replacen("Gao", "\u{1}", 1)
                .bytes()
                .map(|byte| if byte == 1 { 0x92 } else { byte })
                .collect()
        }),
        ("declared UTF-16", |feed| {
            feed.replacen("UTF-8", "utf-16", 1)
                .replacen("utf-8", "utf-16", 1)
                .into()
        }),
        ("no version", |feed| feed.replacen(" version=\"2.0\"", "", 1).into()),
        ("second declaration", |feed| {
            feed.replacen("<title>", "<?xml version='1.0' encoding='x'?><title>", 2)
                .into()
        }),
        ("byline", |feed| {
            feed.replacen("</item>", "<author>山（a@b.jp）</author></item>", 1)
                .into()
        }),
        ("no end of the root", |feed| {
            feed.replacen("</rss>", "", 1).replacen("</feed>", "", 1).into()
        }),
        ("unknown type", |feed| {
            feed.replace("<title>", "<title type=\"x\">").into()
        }),
        ("undeclared prefix, attribute twice, junk after", |feed| {
            format!("{}<p>a & b", feed.replacen("<title>", "<x:y a='1' a='2'/><title>", 2)).into()
        }),
    ];
    let mut plain = 0;
    for (name, fault) in faults {
        for (kind, body) in [("RSS", RSS), ("Atom", ATOM)] {
            let bytes = fault(body);
            assert_eq!(read(&bytes).entries.len(), 3, "{kind}: {name}");
            let alone = std::panic::catch_unwind(|| {
                feed_rs::parser::parse(bytes.as_slice()).map_or(0, |feed| feed.entries.len())
            });
            plain += alone.unwrap_or(0);
        }
    }
    assert!(
        plain < 100,
        "feed-rs alone keeps {plain} of 120: is the pre-pass still needed?"
    );
}

#[test]
fn entries_in_which_nothing_stands_are_one_entry() {
    let feed = read(
        "<rss version='2.0'><channel><item/><item> </item><item><link>a</link></item><item></item></channel></rss>",
    );
    assert_eq!((feed.entries.len(), distinct(&feed)), (2, 2));
}

/// feed-rs reads the first entries of a feed, and what was gathered of the others is read as it would.
#[test]
fn the_last_of_many_entries_are_read_like_the_first() {
    for body in [RSS, ATOM] {
        let start = body.find("<item>").or(body.find("<entry>")).unwrap();
        let end = body.rfind("</channel>").or(body.rfind("</feed>")).unwrap();
        let odd = "<item><title> a ]]&gt; &amp;amp; b </title><pubDate>no date</pubDate></item><item><dc:date>2024-09-17</dc:date></item>";
        let entries = format!("{}{odd}", &body[start..end]);
        let feed = read(format!("{}{}{}", &body[..start], entries.repeat(500), &body[end..]));
        assert_eq!(feed.entries.len(), 500 * 5);
        for (first, last) in feed.entries[..5].iter().zip(&feed.entries[2_495..]) {
            assert_eq!(first, last);
        }
        let odd = feed.repairs.iter().find(|repair| repair.what.contains("date"));
        assert_eq!(odd.map(|repair| repair.count), Some(500), "each of them is counted");
    }
}

/// In all, unoptimised, and beside other tests: what grows with the square takes minutes. What a megabyte costs is
/// measured by `cargo bench --bench road -- hostile`.
#[test]
fn no_body_takes_long() {
    /// Searched to the end again and again at the speed of a search, which only a larger body shows.
    const SEEN_LATE: [&str; 2] = ["open_instructions", "json_authors"];
    let shapes = SHAPES.iter().map(|shape| {
        let len = if SEEN_LATE.contains(&shape.name) {
            1_000_000
        } else {
            200_000
        };
        (shape.name, shape.body(len))
    });
    let left_behind = LEFT_BEHIND
        .iter()
        .map(|(name, first, second)| (*name, first.halves(second, 500_000)));
    for (case, body) in shapes.chain(left_behind) {
        let (start, began) = (Instant::now(), processor_time());
        let _ = parse(Source {
            bytes: &body,
            content_type: None,
            url: None,
            language: None,
            zone: None,
        });
        let worked = processor_time().zip(began).map(|(now, began)| now - began);
        let took = worked.unwrap_or(start.elapsed());
        assert!(took < Duration::from_secs(4), "{case}: {took:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = parse(Source { bytes: &bytes, content_type: None, url: None, language: None , zone: None});
    }

    #[test]
    fn no_mutation_of_a_feed_makes_it_panic(
        which in 0..3_usize,
        edits in proptest::collection::vec((any::<prop::sample::Index>(), 0..4_u8, any::<u8>(), any::<prop::sample::Index>()), 1..12),
    ) {
        let mut bytes = [RSS, ATOM, JSON][which].as_bytes().to_vec();
        for (at, kind, byte, other) in edits {
            let (at, other) = (at.index(bytes.len().max(1)), other.index(bytes.len().max(1)));
            let (from, to) = (at.min(other), at.max(other));
            match kind {
                0 if at < bytes.len() => bytes[at] = byte,
                1 => bytes.insert(at.min(bytes.len()), b"<>&\"'/![]\x80"[usize::from(byte) % 10]),
                2 => drop(bytes.drain(from..to.min(from + 40))),
                _ => {
                    let part = bytes[from..to.min(from + 200)].to_vec();
                    bytes.splice(from..from, part);
                }
            }
        }
        let first = parse(Source { bytes: &bytes, content_type: None, url: None, language: None , zone: None});
        prop_assert_eq!(first, parse(Source { bytes: &bytes, content_type: None, url: None, language: None , zone: None}));
    }
}

#[test]
fn the_publisher_of_an_aggregated_entry_is_read() {
    for (what, inner, expected) in [
        (
            "the text of source",
            "<title>Rain</title><source url=\"https://a.example/\">The Sahel &amp;amp; Desert Times</source>",
            Some("The Sahel & Desert Times"),
        ),
        ("none", "<title>Rain</title>", None),
        (
            "an empty one",
            "<title>Rain</title><source url=\"https://a.example/\"/>",
            None,
        ),
        (
            "the first of two",
            "<title>Rain</title><source>One Daily</source><source>Two Daily</source>",
            Some("One Daily"),
        ),
    ] {
        let feed = read(item(inner));
        assert_eq!(feed.entries[0].publisher.as_deref(), expected, "{what}");
    }
    let long = format!("<title>Rain</title><source>{}</source>", "long ".repeat(100));
    assert_eq!(
        read(item(&long)).entries[0].publisher,
        None,
        "what is longer than a name"
    );
    // RFC 4287 §4.2.11: the source of Atom holds elements of its own, which are none of the entry.
    let atom = ATOM.replace(
        "<title>La rentrée</title>",
        "<source><title>Autre</title></source><title>La rentrée</title>",
    );
    let feed = read(atom);
    assert_eq!(
        (&*feed.entries[2].title, &feed.entries[2].publisher),
        ("La rentrée", &None)
    );
}
