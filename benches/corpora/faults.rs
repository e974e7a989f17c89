//! Twenty faults as feeds in the wild have them, each put into a whole feed.

/// A feed with one fault, and how many of its entries can still be there.
pub struct Faulty {
    pub bytes: Vec<u8>,
    pub content_type: Option<&'static str>,
    pub entries: usize,
}

type Inject = fn(&str) -> Option<Vec<u8>>;

pub const FAULTS: &[(&str, Inject)] = &[
    ("a PHP warning before the root", |feed| {
        Some(format!("<br />\n<b>Warning</b>: include(/srv/www/head.php): failed & gone in <b>/srv/www/feed.php</b> on line <b>3</b><br />\n{feed}").into_bytes())
    }),
    ("blank lines first", |feed| Some(format!("\n\n  \n{feed}").into_bytes())),
    ("a bare ampersand in a title", |feed| {
        into_title(feed, "Fish & Chips AT&T ")
    }),
    ("a bare angle in a title", |feed| into_title(feed, "5 < 6 and 3<4 ")),
    ("inline markup in a title", |feed| {
        into_title(feed, "a <b>bold</b> <br> word ")
    }),
    ("unknown entities in a title", |feed| {
        into_title(feed, "Caf&eacute;&nbsp;bar &hellip; &foo; ")
    }),
    ("control characters in a title", |feed| {
        into_title(feed, "a\u{8}b\u{1b}c\0d ")
    }),
    ("an end tag that is missing", |feed| remove_nth(feed, "</title>", 2)),
    ("an end tag without a start", |feed| {
        before_nth(feed, &["</item>", "</entry>"], 0, "</b></div></foo>")
    }),
    ("an entry's end is missing", |feed| {
        remove_nth(
            feed,
            if feed.contains("</item>") {
                "</item>"
            } else {
                "</entry>"
            },
            0,
        )
    }),
    ("cut at 60 %", |feed| {
        Some(feed.as_bytes()[..feed.len() * 6 / 10].to_vec())
    }),
    ("latin-1 that is not declared", latin_1),
    ("one stray byte of windows-1252", |feed| {
        let mut bytes = into_title(feed, "\u{1}")?;
        let at = bytes.iter().position(|byte| *byte == 1)?;
        bytes[at] = 0x92;
        Some(bytes)
    }),
    ("UTF-8 declared as UTF-16", |feed| {
        let body = feed
            .find("?>")
            .filter(|_| feed.starts_with("<?xml"))
            .map_or(feed, |at| &feed[at + 2..]);
        Some(format!("<?xml version=\"1.0\" encoding=\"utf-16\"?>{body}").into_bytes())
    }),
    ("no version of RSS", |feed| {
        Some(feed.replacen(" version=\"2.0\"", "", 1).into_bytes())
    }),
    ("a second XML declaration", |feed| {
        before_nth(
            feed,
            &["<item", "<entry"],
            0,
            "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>",
        )
    }),
    ("a byline in Chinese with an address", |feed| {
        let author = if feed.contains("<item") {
            "<author>山田太郎（a@b.jp）</author>"
        } else {
            "<author><name>山田太郎（a@b.jp）</name></author>"
        };
        before_nth(feed, &["</item>", "</entry>"], 0, author)
    }),
    ("no end of the root", |feed| {
        let end = ["</rss>", "</feed>", "</rdf:RDF>"]
            .iter()
            .find_map(|end| feed.rfind(end))?;
        Some(feed.as_bytes()[..end].to_vec())
    }),
    ("an unknown type of text", |feed| {
        Some(feed.replacen("<title", "<title type=\"bogus\"", 3).into_bytes())
    }),
    (
        "a prefix that is not declared, an attribute given twice, junk after the root",
        |feed| {
            let feed = String::from_utf8(before_nth(
                feed,
                &["</item>", "</entry>"],
                0,
                "<foo:bar a=\"1\" a=\"2\">x</foo:bar>",
            )?)
            .ok()?;
            Some(format!("{feed}\n<!-- cached --><script>var a = 1 < 2 && 3;</script>\n").into_bytes())
        },
    ),
];

/// `feed` with the fault, which may find no place in it.
pub fn inject(feed: &str, entries: usize, inject: Inject) -> Option<Faulty> {
    let bytes = inject(feed)?;
    // A body cut short can hold no more entries than it holds ends of entries.
    let entries = if bytes.len() * 10 < feed.len() * 7 {
        let text = String::from_utf8_lossy(&bytes);
        entries.min(text.matches("</item>").count() + text.matches("</entry>").count())
    } else {
        entries
    };
    Some(Faulty {
        bytes,
        content_type: None,
        entries,
    })
}

fn title_of_entry(feed: &str) -> Option<usize> {
    let entry = ["<item", "<entry"].iter().filter_map(|tag| feed.find(tag)).min()?;
    let title = entry + feed[entry..].find("<title")?;
    let at = title + feed[title..].find('>')? + 1;
    (!feed[at..].starts_with("<![CDATA[")).then_some(at)
}

fn into_title(feed: &str, text: &str) -> Option<Vec<u8>> {
    let at = title_of_entry(feed)?;
    Some([&feed[..at], text, &feed[at..]].concat().into_bytes())
}

fn remove_nth(feed: &str, tag: &str, nth: usize) -> Option<Vec<u8>> {
    let (at, _) = feed.match_indices(tag).nth(nth)?;
    Some([&feed[..at], &feed[at + tag.len()..]].concat().into_bytes())
}

fn before_nth(feed: &str, tags: &[&str], nth: usize, text: &str) -> Option<Vec<u8>> {
    let at = tags
        .iter()
        .filter_map(|tag| feed.match_indices(tag).nth(nth))
        .map(|(at, _)| at)
        .min()?;
    Some([&feed[..at], text, &feed[at..]].concat().into_bytes())
}

fn latin_1(feed: &str) -> Option<Vec<u8>> {
    let body = feed
        .find("?>")
        .filter(|_| feed.starts_with("<?xml"))
        .map_or(feed, |at| &feed[at + 2..]);
    let at = title_of_entry(body)?;
    let text = [&body[..at], "Ségou, à l'école d'été ", &body[at..]].concat();
    Some(
        text.chars()
            .map(|char| u8::try_from(u32::from(char)).unwrap_or(b'?'))
            .collect(),
    )
}
