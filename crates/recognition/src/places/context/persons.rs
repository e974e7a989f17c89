//! Names of persons: titles and first names before a name, surnames after it.

use super::standing::{Setting, Standing};
use super::wording::Word;
use crate::gazetteer::Gazetteer;
use crate::places::find::Found;
use crate::places::place_mention::Why;
use crate::places::resolve::{SenseWeights, reading};
use crate::text::{Gap, Shape};

/// Whether a first name stands before: `Ana Nigerian`, `Tom Holland`.
pub(super) fn is_surname_of(setting: &Setting, before: Option<usize>) -> bool {
    let word = setting.word(before);
    let capital = before.is_some_and(|at| setting.tokens.capital(at));
    capital && !setting.tokens.title_case && word.is_first_name() && !word.is_common(Some("en"))
}

/// Titles and first names before, surnames after.
pub(super) fn person(setting: &Setting, found: &Found, own: Word, country: bool, located: bool) -> Option<Standing> {
    let tokens = setting.tokens;
    if found.last > found.first {
        return None;
    }
    let mut before = tokens.before(found.first);
    // `Mr. Washington`: the stop belongs to the title.
    if before.is_none() && found.first > 0 && tokens.list[found.first - 1].after == Gap::Dot {
        let abbreviated = tokens.word(found.first - 1);
        if Word::new(abbreviated).is_title() || (abbreviated.len() == 1 && tokens.capital(found.first - 1)) {
            before = Some(found.first - 1);
        }
    }
    let after = tokens.after(found.last).filter(|at| tokens.capital(*at));
    if !country && setting.language != Some("en") && setting.word(before).is_rank() {
        return Some(Standing::Person);
    }
    if let Some(at) = before.filter(|at| tokens.capital(*at)) {
        let word = tokens.word(at);
        let known = Word::new(word);
        let named = known.is_first_name() && !known.is_common(setting.language);
        // “A Gainesville man” begins with no initial, nor does “N.W. Rochester”.
        let dotted = tokens.list[at].after == Gap::Dot;
        let initial = dotted && word.len() == 1 && !matches!(word, "n" | "s" | "e" | "w");
        if known.is_title() && !country || named && word != found.key || (initial && !country) {
            return Some(Standing::Person);
        }
        if named && country {
            return Some(Standing::Weak(Why::PersonName));
        }
    }
    if let Some(at) = after
        && country
        && !located
        && (surname_follows(setting, at) || (own.is_first_name() && unknown_follows(setting, at)))
    {
        return Some(Standing::Weak(Why::Surname));
    }
    if let Some(at) = after
        && own.is_first_name()
        && !Word::new(tokens.word(at)).is_neutral()
        && (Word::new(tokens.word(at)).is_surname() || !country)
    {
        return Some(Standing::Person);
    }
    None
}

/// `Mali Jones`, `Chad Michael Murray`: hardly a word, and a surname, perhaps behind a second first name. In a headline of
/// which each word has a capital, no place of some size either: `Mali Niger Border`, `Iraq Jordan Talks`.
fn surname_follows(setting: &Setting, at: usize) -> bool {
    let tokens = setting.tokens;
    let surname = |at: usize| {
        let word = Word::new(tokens.word(at));
        let plain = word.is_surname() && !word.is_neutral() && !word.is_common(None);
        plain && !(setting.tokens.title_case && (word.is_famous() || is_well_known(tokens.word(at))))
    };
    let second = tokens.after(at).filter(|at| tokens.capital(*at));
    let first = Word::new(tokens.word(at));
    let first_name = first.is_first_name() && !first.is_common(setting.language);
    surname(at) || (first_name && second.is_some_and(surname))
}

/// `Israel Okafor`: behind a country that is a first name too, a word that is no word of English, no place, no office.
fn unknown_follows(setting: &Setting, at: usize) -> bool {
    let tokens = setting.tokens;
    let word = Word::new(tokens.word(at));
    let plain = tokens.list[at].shape == Shape::Title && !tokens.title_case && tokens.word(at).len() > 3;
    let known = word.is_ordinary() || word.is_common(None) || word.is_neutral() || is_place(tokens.word(at));
    plain && !known
}

/// Whether the gazetteer has the word at all.
fn is_place(word: &str) -> bool {
    Gazetteer::built_in().by_key(word).next().is_some()
}

/// Whether a place of a hundred thousand people is called so.
fn is_well_known(word: &str) -> bool {
    const WELL_KNOWN: f64 = 5.0;
    let gazetteer = Gazetteer::built_in();
    let mut readings = gazetteer.by_key(word).filter_map(|sense| {
        Some(reading(
            gazetteer.spot(sense.place)?,
            sense.name_kind,
            &SenseWeights::DEFAULT,
        ))
    });
    readings.any(|reading| reading.weight >= WELL_KNOWN)
}
