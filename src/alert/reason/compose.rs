//! Why a watch fired on an entry: what was found, what it says, and the part of the text to show.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};
use std::ops::Range;

use super::document_numbers::Numbers;
use crate::alert::alert::{Excerpt, Found, Named, Reason};
use crate::alert::bounds::{BECAUSE, EXCERPT, FOUND, HEADLINE, MARKS, QUOTE};
use crate::alert::story::Facts;
use crate::text::{clean_line, clean_marked, shorten};
use wirewatch_recognition::{Document, Examined, Field, Mention, NamedEntity, Placed, Verdict, Watchlist};

/// Terms and numbers that an entry says to a watch: the first.
const TERMS: usize = 256;
const NUMBERS: usize = 256;

/// The reason, and what the entry says to the watch. The only place that asks the watchlist for words. `because` is the
/// verdict's sentence.
pub fn reason(
    watchlist: &Watchlist,
    document: Document<'_>,
    examined: &Examined,
    verdict: &Verdict,
    because: &str,
    numbers: &Numbers<'_>,
) -> (Reason, Facts) {
    let mut found: Vec<Found> = Vec::new();
    let (mut shown, mut said) = (HashSet::new(), HashSet::new());
    let mentions = mentions(examined, verdict);
    let mut facts = brought(document, &mentions, numbers);
    for mention in mentions {
        let text = document
            .field(mention.field)
            .get(mention.span.clone())
            .unwrap_or_default();
        let term = watchlist.term(mention.term).written();
        let this = Found {
            text: clean_line(text, QUOTE),
            term: shorten(&term, HEADLINE),
            entity: mention
                .entity
                .as_ref()
                .map(|entity| (entity.id.clone(), entity.name.clone())),
        };
        let value = this.entity.as_ref().map_or(term, |(id, _)| id.clone());
        if facts.terms.len() < TERMS && said.insert(value.clone()) {
            facts.terms.push((value, this.text.clone()));
        }
        let key = (
            this.text.clone(),
            mention.term,
            this.entity.as_ref().map(|(id, _)| id.clone()),
        );
        if found.len() < FOUND && shown.insert(key) {
            found.push(this);
        }
    }
    let entities = verdict.entities(watchlist, document, examined);
    let named = entities.into_iter().map(|one| named(document, one)).collect();
    let because = clean_line(because, BECAUSE);
    (Reason { because, found, named }, facts)
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
        text: clean_line(text, QUOTE),
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

/// Numbers in the sentences that mention the watch, and beside casualties anywhere; the first of each value.
fn brought(document: Document<'_>, mentions: &[&Mention], numbers: &Numbers<'_>) -> Facts {
    let mut facts = Facts::default();
    let mut said = HashSet::new();
    for field in [Field::Title, Field::Text] {
        let text = document.field(field);
        let starts = mentions.iter().filter(|one| one.field == field);
        for number in numbers.of(field, starts.map(|one| one.span.start)) {
            if facts.numbers.len() < NUMBERS && said.insert(&number.value) {
                let shown = clean_line(&text[number.span.clone()], QUOTE);
                facts.numbers.push((number.value.clone(), shown));
            }
        }
    }
    facts
}

/// Returns about 300 characters of the text around as many mentions as fit, at words, with `…` where it goes on; the
/// beginning of a text that has none. The mentions are marked, and so is the place that answered `where`.
pub fn excerpt(document: Document<'_>, mentions: &[&Mention], placed: Option<&Placed>) -> Excerpt {
    let text = document.text;
    let mentioned = mentions.iter().map(|mention| (mention.field, &mention.span));
    let place = placed.map(|placed| (placed.found.field, &placed.found.span));
    let mut marks: Vec<Range<usize>> = mentioned
        .chain(place)
        .filter(|(field, span)| *field == Field::Text && text.get((*span).clone()).is_some())
        .map(|(_, span)| span.clone())
        .collect();
    marks.sort_by_key(|mark| (mark.start, mark.end));
    marks.dedup_by(|next, before| next.start < before.end);
    let (start, end) = window(text, &marks);
    let inside = |mark: &&Range<usize>| start <= mark.start && mark.start < end;
    let moved: Vec<Range<usize>> = marks
        .iter()
        .filter(inside)
        .filter(|mark| mark.end <= end || mark.len() > EXCERPT / 2)
        .map(|mark| mark.start - start..mark.end.min(end) - start)
        .take(MARKS)
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

/// Bytes of the text to show: around the first of the marks that have as many others as any after them. `marks` rise.
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
    let mut best: Option<(usize, usize)> = None;
    let mut fitting = Fitting::new(marks);
    for (at, first) in marks.iter().enumerate() {
        let count = fitting.count(marks, at, forward(first.start, EXCERPT - EXCERPT / 4));
        // The first of the best.
        if best.is_none_or(|(_, most)| count > most) {
            best = Some((at, count));
        }
    }
    let Some((first, _)) = best else {
        return (0, word_end(text, forward(0, EXCERPT), 0));
    };
    let first = &marks[first];
    let start = word_start(text, back(first.start, EXCERPT / 4), first.start);
    let before = text[..start].char_indices().nth(39);
    let start = if before.is_none() { 0 } else { start };
    // A mark may be longer than all that is shown.
    let end = forward(start, EXCERPT);
    (start, word_end(text, end, first.end.min(end)))
}

/// Counts the marks that a window holds, for windows that begin with one mark after the other.
struct Fitting {
    /// Where marks end, falling: those beyond the window.
    beyond: Vec<usize>,
    /// Of the marks before the window, where those end that may reach beyond it.
    before: BinaryHeap<Reverse<usize>>,
    all: usize,
}

impl Fitting {
    fn new(marks: &[Range<usize>]) -> Self {
        let mut beyond: Vec<usize> = marks.iter().map(|mark| mark.end).collect();
        beyond.sort_unstable_by_key(|end| Reverse(*end));
        Self {
            all: beyond.len(),
            beyond,
            before: BinaryHeap::new(),
        }
    }

    /// How many marks from number `at` on end by `end`; both rise from call to call.
    fn count(&mut self, marks: &[Range<usize>], at: usize, end: usize) -> usize {
        while self.beyond.pop_if(|mark| *mark <= end).is_some() {}
        while self.before.peek().is_some_and(|Reverse(mark)| *mark <= end) {
            self.before.pop();
        }
        let count = self.all - self.beyond.len() + self.before.len() - at;
        self.before.push(Reverse(marks[at].end));
        count
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_a_window_are_counted_as_by_counting_each() {
        let mut random = fastrand::Rng::with_seed(5);
        for _ in 0..2_000 {
            let mut marks: Vec<Range<usize>> = (0..random.usize(0..12))
                .map(|_| {
                    let start = random.usize(0..60);
                    start..start + random.usize(1..25)
                })
                .collect();
            marks.sort_by_key(|mark| (mark.start, Reverse(mark.end)));
            let width = random.usize(1..30);
            let mut fitting = Fitting::new(&marks);
            for at in 0..marks.len() {
                let end = marks[at].start + width;
                let each = marks[at..].iter().filter(|mark| mark.end <= end).count();
                assert_eq!(fitting.count(&marks, at, end), each, "{marks:?} from {at} to {end}");
            }
        }
    }

    #[test]
    fn the_window_shows_the_first_place_with_most_of_the_marks() {
        let text = format!(
            "{}Mali {} Mali soldiers Mali {}",
            "a ".repeat(200),
            "b ".repeat(400),
            "c ".repeat(300)
        );
        let marks: Vec<Range<usize>> = text.match_indices("Mali").map(|(at, _)| at..at + 4).collect();
        let (start, end) = window(&text, &marks);
        assert_eq!(text[start..end].matches("Mali").count(), 2);
        for (sentence, text, mark) in [
            ("a mark longer than the excerpt", "x".repeat(5_000), 0..5_000),
            ("one in the middle of a word", "é".repeat(5_000), 2_000..9_000),
        ] {
            let (start, end) = window(&text, std::slice::from_ref(&mark));
            assert!(text[start..end].chars().count() <= EXCERPT, "{sentence}");
        }
    }
}
