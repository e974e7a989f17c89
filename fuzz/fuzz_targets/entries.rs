//! Any bytes to entries, and to the feeds that a page points to: nothing panics, hangs or reads twice in two ways.

#![no_main]

use libfuzzer_sys::fuzz_target;
use url::Url;
use wirewatch_syndication::{Source, candidates, parse, plain_text};

/// What a transport may say of a body.
const KINDS: [Option<&str>; 4] = [
    None,
    Some("application/rss+xml; charset=windows-1251"),
    Some("text/html; charset=utf-8"),
    Some("application/feed+json"),
];

fuzz_target!(|input: &[u8]| {
    let Some((first, bytes)) = input.split_first() else {
        return;
    };
    let page = Url::parse("https://a.example/b/c?d").expect("an address");
    let source = Source {
        bytes,
        content_type: KINDS[usize::from(first & 3)],
        url: (first & 4 == 0).then_some(&page),
            language: None, zone: None,
    };
    let feed = parse(source);
    assert_eq!(feed, parse(source), "the same body is read in two ways");
    for entry in feed.iter().flat_map(|feed| &feed.entries) {
        let control = |char: char| char.is_control() && !matches!(char, '\t' | '\n' | '\r');
        assert!(!entry.title.chars().any(control) && !entry.text.chars().any(control));
        let plain = plain_text(&entry.text);
        let span = plain.source_span(0..plain.text.len());
        assert!(entry.text.get(span).is_some(), "the way back ends inside a character");
    }
    candidates(&page, bytes, source.content_type);
});
