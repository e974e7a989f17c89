//! Why a watch fired on an entry: what was found, what it says, and the part of the text to show.

use std::ops::Range;

use super::alert::{Excerpt, Found, Named, Reason};
use super::clean::{clean, clean_marked};
use super::decide::Brings;
use super::numbers::numbers;
use wirewatch_recognition::{Document, Examined, Field, Mention, NamedEntity, Verdict, Watchlist};

/// Characters of an excerpt.
const EXCERPT: usize = 300;

/// The reason, and what the entry says to the watch. The only place that asks the watchlist for words.
pub fn reason(
    watchlist: &Watchlist,
    document: Document<'_>,
    examined: &Examined,
    verdict: &Verdict,
) -> (Reason, Brings) {
    let because = clean(&verdict.sentence(watchlist, document, examined));
    let mut found: Vec<Found> = Vec::new();
    let mut brings = brought(document, examined, verdict);
    for mention in mentions(examined, verdict) {
        let text = document
            .field(mention.field)
            .get(mention.span.clone())
            .unwrap_or_default();
        let this = Found {
            text: clean(text),
            term: watchlist.term(mention.term).written(),
            entity: mention
                .entity
                .as_ref()
                .map(|entity| (entity.id.clone(), entity.name.clone())),
        };
        let value = this
            .entity
            .as_ref()
            .map_or_else(|| this.term.clone(), |(id, _)| id.clone());
        if brings.terms.iter().all(|(known, _)| *known != value) {
            brings.terms.push((value, this.text.clone()));
        }
        if !found.contains(&this) {
            found.push(this);
        }
    }
    let entities = verdict.entities(watchlist, document, examined);
    let named = entities.into_iter().map(|one| named(document, one)).collect();
    (Reason { because, found, named }, brings)
}

fn named(document: Document<'_>, one: NamedEntity) -> Named {
    let text = document.field(one.field).get(one.span).unwrap_or_default();
    let (distance_km, from) = one.away.unzip();
    Named {
        entity: one.entity.id.clone(),
        kind: one.entity.kind,
        name: one.entity.name.clone(),
        country: one.entity.country.clone(),
        lat: one.point.map(|point| point.lat),
        lon: one.point.map(|point| point.lon),
        distance_km: distance_km.map(|km| (km * 10.0).round() / 10.0),
        from,
        confidence: (one.confidence * 1000.0).round() / 1000.0,
        field: one.field,
        text: clean(text),
    }
}

/// The mentions that a verdict rests on, in the order of the text.
pub fn mentions<'e>(examined: &'e Examined, verdict: &Verdict) -> Vec<&'e Mention> {
    verdict
        .mentions()
        .into_iter()
        .filter_map(|index| examined.mentions.get(index))
        .collect()
}

/// Numbers in the sentences that mention the watch, and beside casualties anywhere.
fn brought(document: Document<'_>, examined: &Examined, verdict: &Verdict) -> Brings {
    let mentions = mentions(examined, verdict);
    let mut brings = Brings::default();
    for field in [Field::Title, Field::Text] {
        let text = document.field(field);
        let near = |sentence: &Range<usize>| {
            let inside = |mention: &&&Mention| mention.field == field && sentence.contains(&mention.span.start);
            mentions.iter().any(|mention| inside(&mention))
        };
        for number in numbers(text, near) {
            if brings.numbers.iter().all(|(value, _)| *value != number.value) {
                brings.numbers.push((number.value, clean(&text[number.span])));
            }
        }
    }
    brings
}

/// About 300 characters of the text around as many mentions as fit, at words, with `…` where it goes on. Where the
/// text has none, its beginning.
pub fn excerpt(document: Document<'_>, mentions: &[&Mention]) -> Excerpt {
    let text = document.text;
    let marks: Vec<Range<usize>> = mentions
        .iter()
        .filter(|mention| mention.field == Field::Text && text.get(mention.span.clone()).is_some())
        .map(|mention| mention.span.clone())
        .collect();
    let (start, end) = window(text, &marks);
    let inside = |mark: &&Range<usize>| start <= mark.start && mark.end <= end;
    let moved: Vec<Range<usize>> = marks
        .iter()
        .filter(inside)
        .map(|mark| mark.start - start..mark.end - start)
        .collect();
    let (shown, moved) = clean_marked(&text[start..end], &moved);
    let lead = if start > 0 { "… " } else { "" };
    let tail = if end < text.trim_end().len() { " …" } else { "" };
    Excerpt {
        text: format!("{lead}{shown}{tail}"),
        marks: moved
            .into_iter()
            .map(|mark| mark.start + lead.len()..mark.end + lead.len())
            .collect(),
    }
}

/// Bytes of the text to show.
fn window(text: &str, marks: &[Range<usize>]) -> (usize, usize) {
    let forward = |from: usize, most: usize| {
        text[from..]
            .char_indices()
            .nth(most)
            .map_or(text.len(), |(at, _)| from + at)
    };
    let back = |from: usize, most: usize| {
        text[..from]
            .char_indices()
            .rev()
            .take(most)
            .last()
            .map_or(from, |(at, _)| at)
    };
    let fits = |first: &Range<usize>| {
        let end = forward(first.start, EXCERPT - EXCERPT / 4);
        marks
            .iter()
            .filter(|mark| mark.start >= first.start && mark.end <= end)
            .count()
    };
    // The first of the best.
    let Some(first) = marks.iter().rev().max_by_key(|first| fits(first)) else {
        return (0, word_end(text, forward(0, EXCERPT), 0));
    };
    let start = word_start(text, back(first.start, EXCERPT / 4), first.start);
    let start = if text[..start].chars().count() < 40 { 0 } else { start };
    let end = word_end(text, forward(start, EXCERPT), first.end);
    (start, end)
}

/// The next beginning of a word at or after `at`, not after `latest`.
fn word_start(text: &str, at: usize, latest: usize) -> usize {
    if at == 0 || text[..at].ends_with(char::is_whitespace) {
        return at;
    }
    let rest = &text[at..latest];
    let found = rest.char_indices().find(|(_, c)| c.is_whitespace());
    found.map_or(latest, |(space, c)| at + space + c.len_utf8())
}

/// The last end of a word at or before `at`, not before `earliest`. A text without spaces is cut anywhere.
fn word_end(text: &str, at: usize, earliest: usize) -> usize {
    if at == text.len() || text[at..].starts_with(char::is_whitespace) {
        return at.max(earliest);
    }
    text[..at]
        .rfind(char::is_whitespace)
        .filter(|space| *space > earliest && *space * 2 > at)
        .unwrap_or(at.max(earliest))
}
