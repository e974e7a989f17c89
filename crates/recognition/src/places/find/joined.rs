//! Names in scripts that write other words on to them: Chinese, Japanese, Thai; Arabic, Hebrew, Korean.

use std::borrow::Cow;
use std::ops::Range;

use super::keys::{Hash, KEYS, NameId};
use super::walk::{Found, Walk, named};
use crate::text::{Reach, Tokens, cuts_a_word, may_begin, script, steps, word_end};

/// Characters of a name in a script without spaces, and of the longest in Korean.
const LETTERS: usize = 12;

/// Conjunctions, prepositions and the article that Hebrew writes on to the front of a name.
const HEBREW_BEFORE: [&str; 11] = ["ב", "ל", "מ", "ה", "ו", "ש", "כ", "וב", "ול", "ומ", "שב"];

/// Prepositions and the relative that Amharic and Tigrinya write on to the front of a name, folded.
const ETHIOPIC_BEFORE: [&str; 12] = ["በ", "ከ", "የ", "ለ", "ስለ", "እስከ", "ወደ", "በየ", "እንደ", "ብ", "ካብ", "ናይ"];

/// Chinese, Japanese, Thai: from each character the longest name.
pub(super) fn unspaced<'t>(tokens: &'t Tokens<'t>, at: usize, found: &mut Vec<Found<'t>>) {
    let token = &tokens.list[at];
    let stream = &tokens.folded.text;
    let mut begin = token.stream.start;
    while begin < token.stream.end {
        let mut hash = Hash::EMPTY;
        let mut longest = None;
        for (count, (offset, c)) in stream[begin..token.stream.end].char_indices().take(LETTERS).enumerate() {
            hash = hash.with(c.encode_utf8(&mut [0; 4]));
            if count == 0 {
                continue;
            }
            let end = begin + offset + c.len_utf8();
            let known = KEYS.look(hash);
            if let Some(name) = known.name()
                && may_begin(stream, begin, end)
                && !cuts_a_word(stream, &(begin..end))
                && word_end(stream, begin, end, Reach::Name).is_some()
            {
                longest = Some((end, name));
            }
            if count == 1 && !known.begins() {
                break;
            }
        }
        let step = stream[begin..].chars().next().map_or(1, char::len_utf8);
        match longest {
            Some((end, name)) => {
                found.push(Found {
                    first: at,
                    last: at,
                    start: begin,
                    end,
                    key: stream[begin..end].into(),
                    name,
                });
                begin = end;
            }
            None => begin += step,
        }
    }
}

/// Whether a short match in Chinese or Japanese overlaps with the name of a place that begins before it: 京都 in 東京都.
pub(crate) fn inside_longer_name(stream: &str, span: &Range<usize>) -> bool {
    let matched = &stream[span.clone()];
    let han = |c: char| script::unspaced(c) && !script::katakana(c);
    let letters = matched.chars().count();
    if letters > SHORT || !matched.chars().all(han) {
        return false;
    }
    let before = stream[..span.start].char_indices().rev().take(letters);
    before.take_while(|(_, c)| han(*c)).any(|(begin, _)| {
        let ends = stream[span.start..].char_indices().take(letters + SHORT);
        let mut ends = ends
            .map(|(at, c)| span.start + at + c.len_utf8())
            .skip_while(|end| *end <= span.start);
        // As long as what was matched, or longer.
        ends.any(|end| stream[begin..end].chars().count() >= letters && named(&stream[begin..end]).is_some())
    })
}

/// Characters of a match that is likely to be a part of other names.
const SHORT: usize = 3;

/// Arabic writes conjunctions and prepositions on to the front of a name, Korean particles on to its end.
pub(super) fn joined_on<'t>(tokens: &'t Tokens<'t>, at: usize, found: &mut Vec<Found<'t>>) {
    let token = &tokens.list[at];
    let stream = &tokens.folded.text;
    let word = &stream[token.stream.clone()];
    let Some(first) = word.chars().next() else { return };
    let part = |start: usize, end: usize, key: Cow<'t, str>, name: NameId| Found {
        first: at,
        last: at,
        start,
        end,
        key,
        name,
    };
    if script::hebrew(first) {
        for (offset, _) in word.char_indices().skip(1).take(2) {
            let (before, rest) = word.split_at(offset);
            if !HEBREW_BEFORE.contains(&before) || rest.chars().count() < 3 {
                continue;
            }
            let start = token.stream.start + offset;
            let count = found.len();
            Walk::new(tokens, at, false).longer(rest, start, found);
            if found.len() > count {
                return;
            }
            if let Some(name) = named(rest) {
                found.push(part(start, token.stream.end, rest.into(), name));
                return;
            }
        }
    } else if script::ethiopic(first) {
        for before in ETHIOPIC_BEFORE {
            let Some(rest) = word.strip_prefix(before).filter(|rest| rest.chars().count() >= 2) else {
                continue;
            };
            let start = token.stream.start + before.len();
            let count = found.len();
            Walk::new(tokens, at, false).longer(rest, start, found);
            if found.len() > count {
                return;
            }
            if let Some(name) = named(rest) {
                found.push(part(start, token.stream.end, rest.into(), name));
                return;
            }
        }
    } else if script::arabic(first) {
        for (offset, _) in word.char_indices().skip(1).take(4) {
            let start = token.stream.start + offset;
            if !may_begin(stream, start, token.stream.end) {
                continue;
            }
            // وبوركينا فاسو: the name goes on.
            let mut walk = Walk::new(tokens, at, false);
            let before = found.len();
            walk.longer(&word[offset..], start, found);
            if found.len() > before {
                return;
            }
            // للسودان is ل and السودان.
            let article = word[..offset]
                .ends_with("لل")
                .then(|| format!("ال{}", &word[offset..]).into());
            let mut keys = article.into_iter().chain([Cow::Borrowed(&word[offset..])]);
            if let Some((key, name)) = keys.find_map(|key| named(&key).map(|name| (key, name))) {
                found.push(part(start, token.stream.end, key, name));
                return;
            }
        }
    } else if script::hangul(first) {
        let mut hash = Hash::EMPTY;
        for (count, (offset, c)) in word.char_indices().take(LETTERS + 1).enumerate() {
            let end = token.stream.start + offset;
            let before = hash;
            hash = hash.with(c.encode_utf8(&mut [0; 4]));
            steps::count(1);
            if count >= 2
                && let Some(name) = KEYS.look(before).name()
                && word_end(stream, token.stream.start, end, Reach::Name).is_some()
            {
                found.push(part(token.stream.start, end, word[..offset].into(), name));
            }
        }
    }
}
