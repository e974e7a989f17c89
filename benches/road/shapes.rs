//! Bodies that ask for as much work as they can: by names, at any length, for the measurement and for the tests.

use std::time::Duration;

/// What this thread has worked, where the system tells: what else runs on the machine is not to be measured.
pub fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanos = stat.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanos))
}

/// A shape, and how a body of about so many bytes is made of it.
pub struct Shape {
    pub name: &'static str,
    before: &'static str,
    /// Repeated; every `#` becomes a number, another in each.
    part: &'static [u8],
    after: &'static str,
}

impl Shape {
    /// A body of about `len` bytes.
    pub fn body(&self, len: usize) -> Vec<u8> {
        let mut body = self.before.as_bytes().to_vec();
        for number in 0_usize.. {
            for byte in self.part {
                match byte {
                    b'#' => body.extend(number.to_string().bytes()),
                    byte => body.push(*byte),
                }
            }
            if body.len() >= len {
                break;
            }
        }
        body.extend(self.after.bytes());
        body
    }

    /// Two parts, each of them half of the body: what the first leaves behind is paid for by the second.
    pub fn halves(&self, second: &Self, len: usize) -> Vec<u8> {
        let mut body = self.body(len / 2);
        body.extend(second.body(len / 2));
        body
    }
}

const fn shape(name: &'static str, before: &'static str, part: &'static str, after: &'static str) -> Shape {
    Shape {
        name,
        before,
        part: part.as_bytes(),
        after,
    }
}

const FEED: &str = "<feed xmlns='http://www.w3.org/2005/Atom'>";
const RSS: &str = "<rss version='2.0'><channel><item>";
const TITLE: &str = "<rss version='2.0'><channel><item><title>";
const TEXT: &str = "<rss version='2.0'><channel><item><description>";
const PAGE: &str = "<!doctype html><html><body>";

pub const SHAPES: &[Shape] = &[
    // Markup that does not end.
    shape("open_comments", RSS, "<!--", ""),
    shape("open_sections", RSS, "<![CDATA[</item>", ""),
    shape("open_tags", RSS, "<a ", ""),
    shape("open_quotes", RSS, "<a b=\"<a \"", ""),
    shape("quotes_of_both_kinds", RSS, "<a b=\"<a b='", ""),
    shape("declarations", "", "<?xml ", ""),
    shape("closed_declarations", "", "<?xml >", ""),
    shape("open_instructions", RSS, "<?a ", ""),
    shape("doctypes", "", "<!DOCTYPE a [", ""),
    shape(
        "definitions",
        "<!DOCTYPE a [",
        "<!ENTITY a# '&a#;'>",
        "]><rss><channel><item><title>&a1;&a1;",
    ),
    shape("end_tags", RSS, "</b>", ""),
    shape("end_tags_of_fields", TITLE, "</b>", ""),
    shape("angles", RSS, "<", ""),
    // Elements in numbers.
    shape("unclosed_items", "<rss version='2.0'><channel>", "<item>", ""),
    shape("empty_items", "<rss version='2.0'><channel>", "<item/>", ""),
    shape(
        "short_texts",
        "<rss version='2.0'><channel>",
        "<item><description>a",
        "",
    ),
    shape("short_ids", "<rss version='2.0'><channel>", "<item><guid>#", ""),
    shape("short_authors", "<rss version='2.0'><channel>", "<item><author>a", ""),
    shape("short_items", "<rss version='2.0'><channel>", "<item><title>a", ""),
    shape("entries_with_ids", FEED, "<entry><id>#</id></entry>", "</feed>"),
    shape(
        "one_id_for_all",
        FEED,
        "<entry><id>a</id><title>#</title></entry>",
        "</feed>",
    ),
    shape("categories", RSS, "<category>a</category>", "</item>"),
    shape(
        "categories_with_terms",
        FEED,
        "<entry><id>a</id></entry><category term='a'/>",
        "",
    ),
    shape(
        "authors",
        "<feed><entry>",
        "<author><name>#</name></author>",
        "</entry>",
    ),
    shape("links", "<feed><entry>", "<link href='#'/>", "</entry>"),
    shape("elements_within_elements", RSS, "<media:group>", ""),
    shape("deep_and_long", RSS, "<a><b></b>", ""),
    shape("markup_within_markup", TITLE, "<b>", ""),
    // Markup of other vocabularies, and of none.
    shape(
        "foreign_in_open_xhtml",
        "<feed><entry>",
        "<content type='xhtml'><div><dc:title>a",
        "",
    ),
    shape(
        "foreign_in_closed_xhtml",
        "<feed><entry><content type='xhtml'><div>",
        "<dc:title>a</dc:title>",
        "</div></content></entry></feed>",
    ),
    shape("open_drawings", TEXT, "<svg><dc:title>", ""),
    shape("unknown_elements", TEXT, "<x#>a</x#>", ""),
    shape("unknown_within_unknown", TEXT, "<x#>", ""),
    shape(
        "texts_of_one_entry",
        RSS,
        "<itunes:summary>a #</itunes:summary>",
        "</item>",
    ),
    shape("attributes", "<rss><channel><item ", "a='b' ", ">"),
    shape(
        "attributes_with_names",
        "<rss><channel>",
        "<b a#='' b='' c='' d='' e='' f='' g='' h='' i='' j='' k='' />",
        "",
    ),
    shape("namespaces", RSS, "<a xmlns:b='c'>", ""),
    shape("xml_base", FEED, "<a xml:base='x#'></a>", ""),
    shape(
        "xml_base_with_links",
        "<feed xml:base='https://a.example/'>",
        "<entry><link href='#'/></entry>",
        "",
    ),
    shape("namespaces_by_number", RSS, "<a xmlns:b#='c'></a>", ""),
    // Text.
    shape("ampersands", TITLE, "&a", "</title></item>"),
    shape("references", TITLE, "&amp;lt;", "</title></item>"),
    shape("references_without_end", TEXT, "&amp;notin", "</description></item>"),
    shape(
        "references_of_forty",
        TEXT,
        "&amp;CounterClockwiseContourIntegralCounter",
        "</description></item>",
    ),
    shape("numbers_as_references", TEXT, "&#1234;", "</description></item>"),
    shape("unknown_references", TEXT, "&nosuch;", "</description></item>"),
    shape("scripts_in_texts", TEXT, "&lt;script&gt;", "</description></item>"),
    shape("comments_in_texts", TEXT, "&lt;!--", "</description></item>"),
    shape(
        "quotes_in_texts",
        TEXT,
        "&lt;a b=\"&lt;a \" c=\"",
        "</description></item>",
    ),
    shape("angles_in_texts", TEXT, "&lt;", "</description></item>"),
    shape("tags_in_texts", TEXT, "&lt;b&gt;", "</description></item>"),
    shape("breaks_in_texts", TEXT, "a&lt;br&gt;", "</description></item>"),
    shape("texts_of_lines", TEXT, "a\n\n", "</description></item>"),
    shape("white_space", TEXT, " \u{a0}", "</description></item>"),
    shape(
        "summary_in_content",
        "<feed><entry><summary>a",
        " a",
        "</summary><content>b a a</content></entry>",
    ),
    shape("digits", "<rss><channel><item><pubDate>", "1", "</pubDate></item>"),
    shape(
        "dates_of_words",
        "<rss><channel>",
        "<item><pubDate>a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x</pubDate>",
        "",
    ),
    shape(
        "dates_of_long_words",
        "<rss><channel>",
        "<item><pubDate>jan feb mar apr mai jun jul aug sep oct nov dec jan feb mar apr mai jun jul aug sep oct nov dec</pubDate>",
        "",
    ),
    shape("short_dates", "<rss><channel>", "<item><pubDate>1.1.2024", ""),
    shape("control_characters", TEXT, "a\u{92}", "</description></item>"),
    // Bytes.
    Shape {
        name: "utf8_bad",
        before: TEXT,
        part: b"\xC3\xA9\x92",
        after: "</description></item>",
    },
    Shape {
        name: "latin_1",
        before: TEXT,
        part: b"\xE9t\xE9 ",
        after: "</description></item>",
    },
    Shape {
        name: "bytes_without_sense",
        before: TEXT,
        part: b"\x81\xFE\x80\xFD\xE0\xA4",
        after: "</description></item>",
    },
    // JSON.
    shape("json_items", "{\"items\":[{}", ",{}", "]}"),
    shape("json_items_with_ids", "{\"items\":[{}", ",{\"id\":#}", "]}"),
    shape("json_cut", "{\"items\":[{\"id\":1}", ",{\"id\":#}", ""),
    shape("json_titles", "{\"items\":[{}", ",{\"title\":\"a\"}", "]}"),
    shape("json_authors", "{\"items\":[{\"authors\":[1", ",\"a#\"", "]}]}"),
    shape("json_tags", "{\"items\":[{\"tags\":[1", ",\"\"", "]}]}"),
    shape(
        "json_people_within_people",
        "{\"items\":[{\"authors\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1",
        ",\"a\"",
        "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}]}",
    ),
    shape("json_open", "{\"items\":[{}", ",[", ""),
    // Pages.
    shape("page_of_links", PAGE, "<a href='/feed'>", ""),
    shape("page_of_feeds", PAGE, "<link rel=alternate type=text/xml href=#>", ""),
    shape("page_of_bases", PAGE, "<base href='https://a.example/#'>", ""),
];

/// What stands before much else and would be paid for with each part of that.
pub const LEFT_BEHIND: &[(&str, Shape, Shape)] = &[
    (
        "many_namespaces_then_elements",
        shape(
            "",
            RSS,
            "<a b:a='' xmlns:c#='' xmlns:d#='' xmlns:e#='' xmlns:f#=''>",
            "",
        ),
        shape("", "", "<i>", ""),
    ),
    (
        "a_long_base_then_links",
        shape("", "<feed xml:base='https://a.example/", "a", "/'>"),
        shape("", "", "<entry><link href='b'/></entry>", ""),
    ),
    (
        "a_long_site_then_links",
        shape("", "<rss><channel><link>https://a.example/", "a", "/</link>"),
        shape("", "", "<item><link>b</link></item>", ""),
    ),
    (
        "a_long_language_then_entries",
        shape("", "<feed xml:lang='", "a", "'>"),
        shape("", "", "<entry><id>b</id></entry>", ""),
    ),
    (
        "a_long_page_base_then_feeds",
        shape("", "<html><base href='https://a.example/", "a", "/'>"),
        shape("", "", "<link rel=alternate type=text/xml href=a>", ""),
    ),
    (
        "a_long_definition_then_references",
        shape("", "<!DOCTYPE a [<!ENTITY a '", "b", "'>]><rss><channel><item><title>"),
        shape("", "", "&a;", ""),
    ),
    (
        "a_long_name_then_ends",
        shape("", "<rss><channel><", "a", "/><a"),
        shape("", ">", "</a>", ""),
    ),
    (
        "deep_then_ends",
        Shape {
            name: "",
            before: RSS,
            part: b"<a>",
            after: "",
        },
        shape("", "", "</b>", ""),
    ),
    (
        "channels_then_ends_in_a_field",
        shape("", "<rss>", "<channel>", ""),
        shape("", "<title>", "</channee>", ""),
    ),
];
