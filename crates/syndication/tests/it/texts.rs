//! The texts of an entry: markup of other vocabularies within them, types that nobody knows, and several elements that
//! each say something.

use wirewatch_syndication::{ParsedFeed, Source, parse};

fn read(body: &str) -> ParsedFeed {
    parse(Source {
        bytes: body.as_bytes(),
        content_type: None,
        url: None,
        language: None,
        zone: None,
    })
    .unwrap()
}

fn atom(inner: &str) -> String {
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\"><title>t</title><entry>{inner}</entry></feed>"
    )
}

fn rss(inner: &str) -> String {
    format!(
        "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\" xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>t</title><item>{inner}</item></channel></rss>"
    )
}

/// What comes behind a foreign element belongs to the entry still, and the entry's own fields stay as they are.
#[test]
fn foreign_elements_end_no_text() {
    let table = [
        (
            "Dublin Core in the metadata of SVG",
            "<svg xmlns='http://www.w3.org/2000/svg'><metadata><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><dc:title>Drawing</dc:title><dc:creator>I. Ink</dc:creator></rdf:RDF></metadata></svg>",
        ),
        (
            "the title of an SVG",
            "<svg xmlns='http://www.w3.org/2000/svg'><title>Map</title></svg>",
        ),
        (
            "an SVG with a prefix",
            "<svg:svg xmlns:svg='http://www.w3.org/2000/svg'><svg:title>Map</svg:title></svg:svg>",
        ),
        (
            "MathML with annotations",
            "<math xmlns='http://www.w3.org/1998/Math/MathML'><semantics><mi>x</mi><annotation-xml><dc:date>2001</dc:date></annotation-xml></semantics></math>",
        ),
        ("Media RSS in XHTML", "<media:title>Photo</media:title>"),
        ("a podcast's words in XHTML", "<itunes:subtitle>Sub</itunes:subtitle>"),
        (
            "names that RSS has too",
            "<author>Somebody</author><category>x</category><id>7</id>",
        ),
        (
            "an element of nobody",
            "<x:y xmlns:x='urn:x'><x:date>2001</x:date></x:y>",
        ),
        ("nested divisions", "<div><div><dc:title>Deep</dc:title></div></div>"),
    ];
    for (case, foreign) in table {
        let content = format!(
            "<title>Bridge closed</title><id>tag:x,1</id><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Before.</p>{foreign}<p>The army left Ségou.</p></div></content><updated>2024-09-17T08:00:00Z</updated><link href='https://x.example/1'/>"
        );
        let feed = read(&atom(&content));
        let entry = &feed.entries[0];
        assert_eq!(feed.entries.len(), 1, "{case}");
        assert_eq!(entry.title, "Bridge closed", "{case}");
        assert_eq!(entry.id.as_deref(), Some("tag:x,1"), "{case}");
        assert!(entry.authors.is_empty() && entry.tags.is_empty(), "{case}: {entry:?}");
        assert!(entry.text.starts_with("Before."), "{case}: {}", entry.text);
        assert!(entry.text.ends_with("The army left Ségou."), "{case}: {}", entry.text);
        assert_eq!(entry.updated.map(|at| at.as_second()), Some(1_726_560_000), "{case}");
        assert_eq!(entry.link.as_deref(), Some("https://x.example/1"), "{case}");
    }
    // The same in RSS, where nobody declares that markup comes.
    let svg = "<description><p>Before.</p><svg><metadata><dc:title>Drawing</dc:title></metadata></svg><p>Ségou.</p></description><guid>1</guid>";
    let feed = read(&rss(svg));
    assert_eq!(feed.entries[0].text, "Before.\n\nSégou.");
    assert_eq!(
        (&*feed.entries[0].title, feed.entries[0].id.as_deref()),
        ("", Some("1"))
    );
}

/// Where the end of the text is missing, the next field of the entry still ends it.
#[test]
fn a_missing_end_within_foreign_markup_costs_no_field() {
    let rest = "<id>tag:x,1</id><updated>2024-09-17T08:00:00Z</updated>";
    let table = [
        ("no end of the content", "<content type='xhtml'><div><p>A.</p></div>"),
        ("no end of the division either", "<content type='xhtml'><div><p>A.</p>"),
        ("no end of an SVG", "<content type='xhtml'><div><p>A.</p><svg>"),
    ];
    for (case, content) in table {
        let two = format!(
            "{}{rest}</entry><entry><title>Two</title><id>tag:x,2</id><content>B.</content>",
            content
        );
        let feed = read(&atom(&two));
        let ids: Vec<_> = feed.entries.iter().map(|entry| entry.id.as_deref()).collect();
        assert_eq!(ids, [Some("tag:x,1"), Some("tag:x,2")], "{case}");
        assert_eq!(feed.entries[0].text, "A.", "{case}");
        assert!(feed.entries[0].updated.is_some(), "{case}");
    }
}

#[test]
fn titles_of_any_type_are_kept() {
    let types = [
        "TEXT",
        "plain",
        "text/plain",
        "Text/HTML",
        "application/octet-stream",
        "image/png",
        "string",
        "escaped",
        "xml",
        "html; charset=utf-8",
        "application/x-unknown",
    ];
    for kind in types {
        // `Mali`, `Gao1` and `Niger123` are base64 by chance.
        for title in ["Attack in Ségou", "Mali", "Niger123", "Gao1", "Two words"] {
            let feed = read(&atom(&format!("<title type=\"{kind}\">{title}</title><id>1</id>")));
            assert_eq!(feed.entries[0].title, title, "{kind}");
        }
        let feed = read(&atom(&format!(
            "<id>1</id><content type=\"{kind}\">Mali burns</content>"
        )));
        assert_eq!(feed.entries[0].text, "Mali burns", "{kind}");
    }
    let feed = read(&atom(
        "<title type=\"application/octet-stream\">QXR0YWNrIGluIFPDqWdvdQ==</title><id>1</id>",
    ));
    assert_eq!(feed.entries[0].title, "Attack in Ségou", "a media type, and packed");
    // Atom 0.3 packs, and says so.
    let feed = read(&atom("<title mode=\"base64\">U8OpZ291</title><id>1</id>"));
    assert_eq!(feed.entries[0].title, "Ségou");
}

/// Elements are no text, whatever their name; what only looks like one is.
#[test]
fn unknown_elements_do_not_leak() {
    let table = [
        (
            "a name of nobody",
            "Attack in <place>Ségou</place> today",
            "Attack in Ségou today",
        ),
        ("nested", "<a1><b2>Ségou</b2> falls</a1>", "Ségou falls"),
        (
            "one within HTML",
            "<b>Attack in <geo>Ségou</geo></b>",
            "Attack in Ségou",
        ),
        ("with a prefix", "Attack in <x:place>Ségou</x:place>", "Attack in Ségou"),
        (
            "with a prefix of HTML",
            "Attack in <h:b xmlns:h='http://www.w3.org/1999/xhtml'>Ségou</h:b>",
            "Attack in Ségou",
        ),
        ("empty", "Attack <placeholder/>in Ségou", "Attack in Ségou"),
        ("empty, with a prefix", "Attack <x:gap/>in Ségou", "Attack in Ségou"),
        (
            "with attributes",
            "Attack in <place id='7'>Ségou</place>",
            "Attack in Ségou",
        ),
        ("twice", "<em1>Gao</em1> and <em1>Ségou</em1>", "Gao and Ségou"),
        ("in capitals", "<PLACE>Gao</place> falls", "Gao falls"),
        ("crossed", "<aa>Gao <bb>and</aa> Ségou</bb>", "Gao <bb>and Ségou"),
        ("text in angles", "<Ségou> falls", "<Ségou> falls"),
        ("escaped text in angles", "&lt;Ségou&gt; falls", "<Ségou> falls"),
    ];
    for (case, written, read_as) in table {
        let feed = read(&rss(&format!("<title>{written}</title><guid>1</guid>")));
        assert_eq!(feed.entries[0].title, read_as, "{case}");
        let feed = read(&rss(&format!("<description>{written}</description><guid>1</guid>")));
        assert_eq!(feed.entries[0].text, read_as, "{case}, in the text");
        assert_eq!(feed.entries[0].id.as_deref(), Some("1"), "{case}");
    }
    let many = "<place>Gao</place> ".repeat(20_000);
    let feed = read(&rss(&format!("<description>{many}</description>")));
    assert!(feed.entries[0].text.starts_with("Gao Gao Gao "));
}

#[test]
fn every_text_that_says_something_else_is_searched() {
    let table: &[(&str, &str, &str)] = &[
        (
            "description and Media RSS",
            "<description>Lorries wait.</description><media:description>The bridge at Ségou.</media:description>",
            "Lorries wait.\n\nThe bridge at Ségou.",
        ),
        (
            "in a group",
            "<description>Lorries wait.</description><media:group><media:content url='https://x/1.jpg'><media:description type='plain'>Ségou.</media:description></media:content></media:group>",
            "Lorries wait.\n\nSégou.",
        ),
        (
            "a podcast's summary",
            "<itunes:summary>Guests from Gao.</itunes:summary><description>Episode 12.</description>",
            "Episode 12.\n\nGuests from Gao.",
        ),
        (
            "subtitle, summary and description",
            "<itunes:subtitle>One.</itunes:subtitle><itunes:summary>Two.</itunes:summary><description>Three.</description>",
            "Three.\n\nOne.\n\nTwo.",
        ),
        (
            "description and summary",
            "<description>One.</description><summary>Two.</summary>",
            "One.\n\nTwo.",
        ),
        (
            "Dublin Core",
            "<description>One.</description><dc:description>Two.</dc:description>",
            "One.\n\nTwo.",
        ),
        (
            "two contents",
            "<content:encoded>One.</content:encoded><content>Two.</content>",
            "One.\n\nTwo.",
        ),
        (
            "the same twice",
            "<description>One.</description><itunes:summary>One.</itunes:summary><media:description>One.</media:description>",
            "One.",
        ),
        (
            "the same with other markup",
            "<description>&lt;p&gt;One.&lt;/p&gt;</description><itunes:summary>One.</itunes:summary>",
            "One.",
        ),
        (
            "a part of the other",
            "<description>One. Two.</description><media:description>Two.</media:description>",
            "One. Two.",
        ),
        (
            "the other is longer",
            "<description>One.</description><itunes:summary>One. Two.</itunes:summary>",
            "One. Two.",
        ),
        (
            "captions of two pictures",
            "<media:content><media:description>In Gao.</media:description></media:content><media:content><media:description>In Ségou.</media:description></media:content>",
            "In Gao.\n\nIn Ségou.",
        ),
        (
            "an empty one",
            "<description/><itunes:summary>One.</itunes:summary>",
            "One.",
        ),
    ];
    for (case, inner, text) in table {
        let feed = read(&rss(inner));
        assert_eq!(feed.entries[0].text, *text, "{case}");
        assert_eq!(feed.repairs, [], "{case}");
    }
    let json = |inner: &str| {
        read(&format!(
            "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"t\",\"items\":[{{\"id\":\"1\",{inner}}}]}}"
        ))
    };
    let feed = json("\"content_html\":\"<p>One.</p>\",\"content_text\":\"Two.\",\"summary\":\"Three.\"");
    assert_eq!(feed.entries[0].text, "Three.\n\nOne.\n\nTwo.");
}

/// More texts than any vocabulary has are counted, not kept, and what is read straight reads the same.
#[test]
fn texts_are_bounded() {
    let captions: String = (0..100)
        .map(|n| format!("<media:description>Caption {n}.</media:description>"))
        .collect();
    let feed = read(&rss(&captions));
    assert!(feed.entries[0].text.contains("Caption 8.") && !feed.entries[0].text.contains("Caption 9."));
    assert_eq!(feed.repairs[0].to_string(), "more texts in one entry than are read");
    let item = "<item><description>One.</description><itunes:summary>Two.</itunes:summary></item>";
    let many = rss("<title>a</title>").replace("</item>", &format!("</item>{}", item.repeat(3_000)));
    let feed = read(&many);
    assert_eq!(feed.entries.len(), 3_001);
    assert!(feed.entries[1..].iter().all(|entry| entry.text == "One.\n\nTwo."));
}

#[test]
fn types_of_media_rss_are_no_fault() {
    for kind in ["plain", "html"] {
        let feed = read(&rss(&format!(
            "<media:title type=\"{kind}\">A</media:title><media:description type=\"{kind}\">Ségou.</media:description>"
        )));
        assert_eq!(
            (feed.repairs.as_slice(), &*feed.entries[0].text),
            ([].as_slice(), "Ségou."),
            "{kind}"
        );
    }
}
