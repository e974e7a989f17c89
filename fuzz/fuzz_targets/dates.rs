//! Any text as the date of an entry: it is read as one between 1970 and 2200, or not at all.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wirewatch_syndication::{Source, parse};

fuzz_target!(|text: &str| {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let body = format!(
        "<rss version='2.0'><channel><item><title>a</title><pubDate>{text}</pubDate></item></channel></rss>"
    );
    let feed = parse(Source {
        bytes: body.as_bytes(),
        content_type: None,
        url: None,
            language: None, zone: None,
    })
    .expect("a feed, whatever its dates");
    let published = feed.entries.iter().filter_map(|entry| entry.published);
    for at in published {
        assert!((0..7_258_118_400).contains(&at.as_second()), "{at}");
    }
    assert_eq!(feed.entries.len(), 1);
});
