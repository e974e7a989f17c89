//! What the words around a name say: a place, a word, a person, an organisation.

use super::exceptions::{in_exceptions, is_exception};
use super::finding::Found;
use super::mention::Why;
use super::senses::Reading;
use super::tokens::{Gap, Shape, Tokens};
use super::wording;
use crate::watch::gazetteer::{NameKind, PlaceKind};

/// How far the words around a name speak for a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Standing {
    /// Nothing speaks against it.
    Firm,
    /// After “in”, “near”, “à”.
    Located,
    /// Something does: it needs a second sign.
    Weak(Why),
    Out,
}

pub(super) fn standing(tokens: &Tokens, found: &Found, readings: &mut Vec<Reading>) -> Standing {
    admit(tokens, found, readings);
    let Some(best) = best(readings) else {
        return Standing::Out;
    };
    let country = best.weight >= 8.0;
    let several = found.last > found.first;
    if excepted(tokens, found) {
        return Standing::Out;
    }
    let (before, after) = (tokens.before(found.first), tokens.after(found.last));
    let word_before = before.map_or("", |at| tokens.word(at));
    let word_after = after.map_or("", |at| tokens.word(at));
    let located = wording::is_preposition(word_before);
    if tokens.list[found.first].shape == Shape::Uncased {
        let short = found.key.chars().count() <= 2 && !country;
        return if short {
            Standing::Weak(Why::Short)
        } else {
            Standing::Firm
        };
    }
    if best.name_kind == NameKind::Demonym {
        return Standing::Firm;
    }
    let key = found.key.as_str();
    let common = !several && wording::is_common(key);
    if let Some(standing) = person(tokens, found, country) {
        return standing;
    }
    let borne = wording::bears_names(word_after) && after.is_some_and(|at| tokens.capital(at));
    if borne {
        return if country {
            Standing::Weak(Why::Organisation)
        } else {
            Standing::Out
        };
    }
    if word_after == "river" && best.place.kind == PlaceKind::Country {
        return Standing::Out;
    }
    if common && !country {
        let large = best.weight >= 5.0;
        let sure = located && !tokens.capitals_say_nothing;
        return match (large, sure) {
            (true, true) => Standing::Weak(Why::CommonWord),
            _ if best.weight >= 6.4 && !tokens.begins_sentence(found.first) => Standing::Weak(Why::CommonWord),
            _ if precise_after(tokens, found) && sure => Standing::Weak(Why::CommonWord),
            _ => Standing::Out,
        };
    }
    if located {
        return Standing::Located;
    }
    if tokens.capitals_say_nothing && best.weight < 6.0 {
        return Standing::Weak(Why::NoCapitals);
    }
    if !country && !several && within_name(tokens, before, after) {
        return if best.weight >= 6.3 {
            Standing::Weak(Why::PartOfName)
        } else {
            Standing::Out
        };
    }
    if !country && !several && (wording::is_first_name(key) || wording::is_surname(key)) && best.weight < 6.3 {
        return Standing::Weak(Why::PersonName);
    }
    Standing::Firm
}

fn best(readings: &[Reading]) -> Option<Reading> {
    readings.iter().copied().max_by(|a, b| a.weight.total_cmp(&b.weight))
}

/// Drops the readings for which the capitals are wrong.
fn admit(tokens: &Tokens, found: &Found, readings: &mut Vec<Reading>) {
    let shape = tokens.list[found.first].shape;
    let last = tokens.list[found.last].shape;
    let letters = found.key.chars().count();
    let dotted = tokens.list[found.first].stream.len() == 1 && tokens.list[found.first].after == Gap::Dot;
    let common = found.first == found.last && wording::is_common(&found.key);
    readings.retain(|reading| match reading.name_kind {
        NameKind::Capitals => {
            (shape == Shape::Upper && (!tokens.capitals_say_nothing || letters > 2))
                || dotted
                || shape == Shape::Uncased
        }
        NameKind::Demonym => shape != Shape::Lower || (!common && letters >= 5),
        NameKind::Generic => false,
        _ if shape == Shape::Uncased => true,
        _ if shape == Shape::Lower || last == Shape::Lower => false,
        // An acronym is no town (`ISIS`, `ARM`); a headline may shout.
        _ if shape == Shape::Upper && letters <= 4 && !tokens.capitals_say_nothing => {
            reading.weight >= 8.0 && letters > 3 || dotted
        }
        _ if letters <= 3 => reading.weight >= 5.0 && reading.name_kind == NameKind::Main,
        _ => true,
    });
}

fn excepted(tokens: &Tokens, found: &Found) -> bool {
    if !in_exceptions(&found.key) {
        return false;
    }
    let before = tokens.before(found.first).map(|at| tokens.word(at));
    let after = tokens.after(found.last);
    let next = after.map(|at| tokens.word(at));
    let third = after.and_then(|at| tokens.after(at)).map(|at| tokens.word(at));
    let key = &found.key;
    let is = |parts: &[Option<&str>]| {
        parts.iter().all(Option::is_some) && {
            let phrase: Vec<&str> = parts.iter().copied().flatten().collect();
            is_exception(&phrase.join(" "))
        }
    };
    is(&[before, Some(key)])
        || is(&[Some(key), next])
        || is(&[before, Some(key), next])
        || is(&[Some(key), next, third])
}

/// Titles and first names before, surnames after.
fn person(tokens: &Tokens, found: &Found, country: bool) -> Option<Standing> {
    if found.last > found.first {
        return None;
    }
    let mut before = tokens.before(found.first);
    // `Mr. Washington`: the stop belongs to the title.
    if before.is_none() && found.first > 0 && tokens.list[found.first - 1].after == Gap::Dot {
        let abbreviated = tokens.word(found.first - 1);
        if wording::is_title(abbreviated) || (abbreviated.len() == 1 && tokens.capital(found.first - 1)) {
            before = Some(found.first - 1);
        }
    }
    let after = tokens.after(found.last).filter(|at| tokens.capital(*at));
    if let Some(at) = before.filter(|at| tokens.capital(*at)) {
        let word = tokens.word(at);
        let named = wording::is_first_name(word) && !wording::is_common(word);
        if wording::is_title(word) && !country || named && word != found.key || (word.len() == 1 && !country) {
            return Some(Standing::Out);
        }
        if named && country {
            return Some(Standing::Weak(Why::PersonName));
        }
    }
    if let Some(at) = after
        && wording::is_first_name(&found.key)
        && !wording::is_neutral(tokens.word(at))
        && (wording::is_surname(tokens.word(at)) || !country)
    {
        return Some(Standing::Out);
    }
    None
}

/// Between capitalised words that are no part of an address: `Ford Madison`, `Boston Consulting`.
fn within_name(tokens: &Tokens, before: Option<usize>, after: Option<usize>) -> bool {
    if tokens.capitals_say_nothing {
        return false;
    }
    let names = |at: Option<usize>| {
        at.is_some_and(|at| {
            let word = tokens.word(at);
            tokens.capital(at) && !wording::is_neutral(word) && !tokens.begins_sentence(at)
        })
    };
    names(before) || names(after)
}

/// `Reading, England`: a capitalised word after a comma.
fn precise_after(tokens: &Tokens, found: &Found) -> bool {
    tokens.list[found.last].after == Gap::Comma && tokens.capital(found.last + 1)
}
