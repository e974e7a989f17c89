//! Whether a group is meant where its name stands: RSF are reporters, M23 a motorway, Wagner a tenor, Al Shabab a club, too.

use std::collections::HashSet;
use std::ops::Range;

use crate::document::Document;
use crate::entity::EntityKind;
use crate::groups::directory::{Group, Homonym, group};
use crate::mention::Mention;
use crate::places::Word;
use crate::text::folded_text::{fold, words};

/// Bytes beside a name that are looked at.
const AROUND: usize = 160;
/// Words of the longest name that an abbreviation is explained by.
const EXPLAINED: usize = 9;

/// Drops the mentions of built-in groups that mean something else. What an abbreviation is said to stand for holds for the
/// whole document, unless the group is named in full.
pub(crate) fn retain_meant(document: Document<'_>, mentions: &mut Vec<Mention>) {
    let is_group = |one: &Mention| {
        one.entity
            .as_ref()
            .is_some_and(|entity| entity.kind == EntityKind::Group)
    };
    if !mentions.iter().any(is_group) {
        return;
    }
    let mut explained: HashSet<(String, String)> = HashSet::new();
    let meant: Vec<bool> = mentions
        .iter()
        .map(|mention| {
            let Some((key, known)) = built_in(mention) else {
                return true;
            };
            let around = Around::of(document.field(mention.field), &mention.span);
            let named = |other: &String| document.title.contains(&**other) || document.text.contains(&**other);
            if is_acronym(around.name) && (around.stands_for_another(known) || known.stands_for.iter().any(named)) {
                explained.insert((key.to_owned(), around.name.to_owned()));
                return false;
            }
            !around.is_homonym(known)
        })
        .collect();
    let mut meant = meant.into_iter();
    let in_full = |mention: &Mention| document.field(mention.field)[mention.span.clone()].contains(' ');
    let full: HashSet<String> = mentions
        .iter()
        .filter(|mention| !explained.is_empty() && in_full(mention))
        .filter_map(|mention| built_in(mention).map(|(key, _)| key.to_owned()))
        .collect();
    mentions.retain(|mention| {
        let meant = meant.next().unwrap_or(true);
        let Some((key, _)) = built_in(mention).filter(|_| !explained.is_empty()) else {
            return meant;
        };
        let written = &document.field(mention.field)[mention.span.clone()];
        let other = explained.contains(&(key.to_owned(), written.to_owned())) && !full.contains(key);
        meant && !other
    });
}

/// The built-in group that a mention names, and its key.
fn built_in(mention: &Mention) -> Option<(&str, &'static Group)> {
    let entity = mention
        .entity
        .as_ref()
        .filter(|entity| entity.kind == EntityKind::Group)?;
    let key = entity.id.strip_prefix("group:")?;
    Some((key, group(key)?))
}

fn is_acronym(written: &str) -> bool {
    let letters = written.chars().count();
    (2..=6).contains(&letters)
        && written
            .chars()
            .all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '-')
}

/// A name and what stands beside it.
struct Around<'t> {
    before: &'t str,
    name: &'t str,
    after: &'t str,
}

impl<'t> Around<'t> {
    fn of(text: &'t str, span: &Range<usize>) -> Self {
        let mut begin = span.start.saturating_sub(AROUND);
        while !text.is_char_boundary(begin) {
            begin += 1;
        }
        let mut end = (span.end + AROUND).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        Self {
            before: &text[begin..span.start],
            name: &text[span.clone()],
            after: &text[span.end..end],
        }
    }

    /// `Reporters Without Borders (RSF)`: the words before the bracket begin with its letters and are none of the
    /// group's names.
    fn stands_for_another(&self, group: &Group) -> bool {
        let Some(before) = self
            .before
            .trim_end_matches(['“', '"', '«', '\u{A0}', ' '])
            .strip_suffix('(')
        else {
            return false;
        };
        let after = self.after.trim_start_matches(['”', '"', '»', '\u{A0}', ' ', '-']);
        if !after.starts_with([')', ',', ';']) {
            return false;
        }
        let sentence = before
            .rsplit(['.', ':', ';', '\n', '(', ')', ','])
            .next()
            .unwrap_or(before);
        let written: Vec<&str> = sentence.split_whitespace().collect();
        let last = &written[written.len().saturating_sub(EXPLAINED)..];
        let phrase = match (by_initials(last, self.name), by_capitals(last, self.name)) {
            (Some(phrase), _) | (None, Some(phrase)) => phrase,
            (None, None) => return false,
        };
        !is_alike(phrase, group)
    }

    fn is_homonym(&self, group: &Group) -> bool {
        let next = words(self.after).into_iter().next().unwrap_or_default();
        let joined = self.after.starts_with([' ', '\u{A0}', '\'', '’']);
        if joined && group.not_before.iter().any(|word| fold(word) == next) {
            return true;
        }
        let other = |homonym: &Homonym| match homonym {
            Homonym::Road => joined && ROADS.contains(&next.as_str()),
            Homonym::Person => self.is_surname() || (joined && OF_ARTISTS.contains(&next.as_str())),
            Homonym::Club => self.plays(),
        };
        group.homonyms.iter().any(other)
    }

    /// Behind a first name: `Hugo Wagner`.
    fn is_surname(&self) -> bool {
        let Some(before) = self.before.strip_suffix([' ', '\u{A0}']) else {
            return false;
        };
        let first = before
            .rsplit(|c: char| !c.is_alphanumeric() && c != '-')
            .next()
            .unwrap_or_default();
        let folded = fold(first);
        let word = Word::new(&folded);
        first.starts_with(char::is_uppercase) && word.is_first_name() && !word.is_common(Some("en"))
    }

    /// Beside what clubs do: `beat Al Hilal`, `striker`, `2-1`.
    fn plays(&self) -> bool {
        let (before, after) = (words(self.before), words(self.after));
        let near = before.iter().rev().take(3).chain(after.iter().take(3));
        let plays = |word: &String| OF_CLUBS.contains(&word.as_str());
        let score = || {
            let figures: Vec<bool> = after
                .iter()
                .take(3)
                .map(|word| word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()))
                .collect();
            figures.windows(2).any(|pair| pair[0] && pair[1])
        };
        near.into_iter().any(plays) || score()
    }
}

/// The words whose initials the acronym has, small words counted or not.
fn by_initials<'w, 't>(words: &'w [&'t str], acronym: &str) -> Option<&'w [&'t str]> {
    let letters: Vec<char> = fold(acronym).chars().filter(|c| c.is_alphanumeric()).collect();
    let initial = |word: &&str| fold(word).chars().find(|c| c.is_alphanumeric());
    let small =
        |word: &&str| word.chars().count() <= 3 && word.chars().all(|c| c.is_lowercase() || c == '\'' || c == '’');
    (1..=words.len()).find_map(|count| {
        let phrase = &words[words.len() - count..];
        let all: Vec<char> = phrase.iter().filter_map(initial).collect();
        let large: Vec<char> = phrase.iter().filter(|word| !small(word)).filter_map(initial).collect();
        (all == letters || (large == letters && !small(&phrase[0]))).then_some(phrase)
    })
}

/// Two words in capitals and more up to the bracket, whose initials begin the acronym: `Bachelor of Laws (BLA)`. Any other
/// name may stand there beside the group itself: `in Burkina Faso (JNIM)`.
fn by_capitals<'w, 't>(words: &'w [&'t str], acronym: &str) -> Option<&'w [&'t str]> {
    let letters: Vec<char> = fold(acronym).chars().filter(|c| c.is_alphanumeric()).collect();
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    if !words.last().is_some_and(capital) {
        return None;
    }
    (0..words.len()).rev().find_map(|first| {
        let phrase = &words[first..];
        let named = |word: &&&str| capital(word) && word.chars().count() > 1;
        let initials: Vec<char> = phrase
            .iter()
            .filter(named)
            .filter_map(|word| fold(word).chars().next())
            .collect();
        (capital(&words[first]) && initials.len() >= 2 && letters.starts_with(&initials)).then_some(phrase)
    })
}

/// Whether half of the phrase's words, and all but one of a name's, begin alike: `Rapid Support Force`.
fn is_alike(phrase: &[&str], group: &Group) -> bool {
    const ALIKE: usize = 4;
    let beginnings = |text: &str| -> HashSet<String> {
        let long = words(text).into_iter().filter(|word| word.chars().count() >= ALIKE);
        long.map(|word| word.chars().take(ALIKE).collect()).collect()
    };
    let said = beginnings(&phrase.join(" "));
    group.names.iter().any(|name| {
        let known = beginnings(name);
        let shared = known.intersection(&said).count();
        shared > 0
            && 2 * shared >= said.len()
            && shared + 1 >= known.len()
            && (known.len() > 2 || shared == known.len())
    })
}

const ROADS: [&str; 22] = [
    "motorway",
    "junction",
    "junctions",
    "northbound",
    "southbound",
    "eastbound",
    "westbound",
    "road",
    "highway",
    "carriageway",
    "interchange",
    "expressway",
    "freeway",
    "autoroute",
    "autobahn",
    "autopista",
    "autovia",
    "crash",
    "traffic",
    "closed",
    "roadworks",
    "tailbacks",
];
const OF_ARTISTS: [&str; 14] = [
    "opera",
    "operas",
    "overture",
    "festival",
    "aria",
    "arias",
    "concert",
    "symphony",
    "tenor",
    "soprano",
    "singer",
    "exhibition",
    "album",
    "novel",
];
const OF_CLUBS: [&str; 48] = [
    "beat",
    "beats",
    "derby",
    "striker",
    "midfielder",
    "goalkeeper",
    "defender",
    "winger",
    "coach",
    "manager",
    "fc",
    "sc",
    "vs",
    "v",
    "league",
    "cup",
    "fixture",
    "kickoff",
    "penalty",
    "goal",
    "goals",
    "equaliser",
    "equalizer",
    "hat",
    "draw",
    "draws",
    "defeat",
    "defeats",
    "thrash",
    "thrashes",
    "signs",
    "transfer",
    "loan",
    "semifinal",
    "semifinals",
    "quarterfinal",
    "final",
    "club",
    "buteur",
    "entraineur",
    "gardien",
    "defenseur",
    "championnat",
    "bat",
    "delantero",
    "entrenador",
    "liga",
    "portero",
];
