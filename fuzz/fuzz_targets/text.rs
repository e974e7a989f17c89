//! Any text: the groups and places in it are found without a fall, each where the text is, and the same together as apart.

#![no_main]

use std::ops::Range;

use libfuzzer_sys::fuzz_target;
use wirewatch_recognition::{Document, Field, PlaceContext, groups_and_places, named_groups, places};

fuzz_target!(|written: &str| {
    let (title, text) = written.split_once('\n').unwrap_or((written, ""));
    let document = Document {
        title,
        text,
        ..Document::default()
    };
    let (groups_found, places_found) = groups_and_places(document, PlaceContext::default());
    let spans = groups_found.iter().map(|group| (group.field, &group.span));
    for (field, span) in spans.chain(places_found.iter().map(|place| (place.field, &place.span))) {
        assert!(stands_in(document, field, span), "a mention beside the text: {span:?}");
    }
    assert_eq!(groups_found, named_groups(document));
    assert_eq!(places_found, places(document, PlaceContext::default()));
});

fn stands_in(document: Document<'_>, field: Field, span: &Range<usize>) -> bool {
    document.field(field).get(span.clone()).is_some_and(|name| !name.is_empty())
}
