//! What is kept of a body that brings too much, and what is said of the rest.

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

fn repairs(feed: &ParsedFeed) -> String {
    let words: Vec<String> = feed.repairs.iter().map(ToString::to_string).collect();
    words.join("; ")
}

/// The hour of that number, from 2024 on.
fn hour(number: usize) -> String {
    let day = 1 + number / 24 % 28;
    let (year, month) = (2024 + number / 24 / 28 / 12, 1 + number / 24 / 28 % 12);
    format!("{year}-{month:02}-{day:02}T{:02}:00:00Z", number % 24)
}

fn rss(items: impl Iterator<Item = (usize, Option<usize>)>) -> String {
    let items: String = items
        .map(|(number, date)| {
            let date = date.map_or(String::new(), |date| {
                format!(
                    "<dc:date xmlns:dc=\"http://purl.org/dc/elements/1.1/\">{}</dc:date>",
                    hour(date)
                )
            });
            format!("<item><guid>{number}</guid><title>Number {number}</title>{date}</item>")
        })
        .collect();
    format!("<rss version=\"2.0\"><channel><title>T</title>{items}</channel></rss>")
}

fn json(items: impl Iterator<Item = (usize, Option<usize>)>) -> String {
    let items: Vec<String> = items
        .map(|(number, date)| {
            let date = date.map_or(String::new(), |date| format!(",\"date_published\":\"{}\"", hour(date)));
            format!("{{\"id\":\"{number}\",\"title\":\"Number {number}\"{date}}}")
        })
        .collect();
    let items = items.join(",");
    format!("{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[{items}]}}")
}

#[test]
fn of_too_many_entries_the_newest_are_kept_and_the_others_counted() {
    const ALL: usize = 30_000;
    const KEPT: usize = 20_000;
    type Write = fn(&mut dyn Iterator<Item = (usize, Option<usize>)>) -> String;
    let formats: [(&str, Write); 2] = [("RSS", |items| rss(items)), ("JSON", |items| json(items))];
    for (format, write) in formats {
        let ids = |items: &mut dyn Iterator<Item = (usize, Option<usize>)>| -> Vec<usize> {
            let feed = read(&write(items));
            assert_eq!(
                (feed.entries.len(), feed.left_out as usize),
                (KEPT, ALL - KEPT),
                "{format}"
            );
            feed.entries
                .iter()
                .map(|entry| entry.id.as_deref().unwrap().parse().unwrap())
                .collect()
        };
        let newest_first = ids(&mut (0..ALL).map(|number| (number, Some(ALL - number))));
        assert!(newest_first.into_iter().eq(0..KEPT), "{format}, newest first");
        let undated = ids(&mut (0..ALL).map(|number| (number, None)));
        assert!(undated.into_iter().eq(0..KEPT), "{format}, undated: the first");
        let oldest_first = ids(&mut (0..ALL).map(|number| (number, Some(number))));
        let last = &oldest_first[oldest_first.len() - 17_000..];
        assert!(
            last.iter().copied().eq(ALL - 17_000..ALL),
            "{format}, oldest first: the last"
        );
    }
}

#[test]
fn as_many_entries_as_are_kept_are_no_surplus() {
    let feed = read(&rss((0..20_000).map(|number| (number, None))));
    assert_eq!((feed.entries.len(), feed.left_out), (20_000, 0));
    assert_eq!(feed.repairs, []);
}

#[test]
fn what_is_too_long_in_an_entry_is_cut_and_said() {
    let item =
        |inside: &str| format!("<rss version=\"2.0\"><channel><item><guid>1</guid>{inside}</item></channel></rss>");
    let json = |inside: &str| {
        format!("{{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{{\"id\":\"1\",{inside}}}]}}")
    };
    let many = |count: usize, one: &str| one.repeat(count);
    // (what it is, the body, bytes of title and text, authors, tags, words of the repair)
    type Row<'a> = (&'a str, String, (usize, usize), (usize, usize), &'a str);
    let rows: [Row<'_>; 12] = [
        (
            "a long report",
            item(&format!("<description>{}</description>", many(40_000, "é word "))),
            (0, 319_999),
            (0, 0),
            "",
        ),
        (
            "a text of two megabytes",
            item(&format!("<description>{}</description>", many(400_000, "éa b "))),
            (0, 1 << 20),
            (0, 0),
            "text longer than 1 MB",
        ),
        (
            "the same in JSON",
            json(&format!("\"content_text\":\"{}\"", many(400_000, "éa b "))),
            (0, 1 << 20),
            (0, 0),
            "text longer than 1 MB",
        ),
        (
            "a long headline",
            item(&format!("<title>{}</title>", many(1_000, "word "))),
            (4_999, 0),
            (0, 0),
            "",
        ),
        (
            "a headline of a megabyte",
            item(&format!("<title>{}</title>", many(200_000, "word "))),
            (16 << 10, 0),
            (0, 0),
            "title longer than 16 KB",
        ),
        (
            "the same in JSON",
            json(&format!("\"title\":\"{}\"", many(200_000, "word "))),
            (16 << 10, 0),
            (0, 0),
            "title longer than 16 KB",
        ),
        (
            "64 tags",
            item(&many(64, "<category>a</category>")),
            (0, 0),
            (0, 64),
            "",
        ),
        (
            "65 tags",
            item(&many(65, "<category>a</category>")),
            (0, 0),
            (0, 64),
            "authors or tags",
        ),
        (
            "thousands of authors",
            item(&many(5_000, "<author>a</author>")),
            (0, 0),
            (64, 0),
            "authors or tags",
        ),
        (
            "thousands of tags in JSON",
            json(&format!("\"tags\":[{}\"z\"]", many(5_000, "\"a\","))),
            (0, 0),
            (0, 64),
            "values in one place",
        ),
        (
            "a text of many tags in JSON",
            json(&format!("\"tags\":\"{}\"", many(5_000, "a,"))),
            (0, 0),
            (0, 64),
            "authors or tags",
        ),
        (
            "thousands of values that are not read in JSON",
            json(&format!("\"_x\":[{}1],\"title\":\"late\"", many(5_000, "1,"))),
            (4, 0),
            (0, 0),
            "",
        ),
    ];
    for (case, body, (title, text), (authors, tags), words) in rows {
        let feed = read(&body);
        let entry = &feed.entries[0];
        assert_eq!(entry.title.len(), title, "{case}");
        assert!(
            text.abs_diff(entry.text.len()) <= 3,
            "{case}: {} bytes of text",
            entry.text.len()
        );
        assert_eq!((entry.authors.len(), entry.tags.len()), (authors, tags), "{case}");
        let said = repairs(&feed);
        assert!(
            said.contains(words) && (said.is_empty() == words.is_empty()),
            "{case}: {said}"
        );
    }
}

#[test]
fn an_entry_behind_a_large_one_is_read_in_its_place() {
    let large = "word ".repeat(100_000);
    let body = format!(
        "<rss version=\"2.0\"><channel><item><guid>1</guid><title>One &amp;amp; two</title></item>\
         <item><guid>2</guid><description>{large}</description></item>\
         <item><guid>3</guid><title>Three</title><pubDate>Tue, 17 Sep 2024 06:00:00 GMT</pubDate></item></channel></rss>"
    );
    let feed = read(&body);
    let ids: Vec<&str> = feed.entries.iter().filter_map(|entry| entry.id.as_deref()).collect();
    assert_eq!(ids, ["1", "2", "3"]);
    assert_eq!(feed.entries[0].title, "One & two");
    assert_eq!(feed.entries[1].text.len(), large.len() - 1);
    assert!(feed.entries[2].published.is_some());
}
