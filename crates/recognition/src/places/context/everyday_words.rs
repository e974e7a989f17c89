//! Names that are everyday words, too: `Nice`, `Reading`, `Tours`.

use super::standing::{Setting, Standing};
use super::wording::Word;
use crate::gazetteer::{Gazetteer, NameKind, PlaceKind};
use crate::places::find::{Found, named};
use crate::places::place_mention::Why;
use crate::places::resolve::Reading;
use crate::text::{Gap, Tokens};

/// A town of eighty thousand: large enough to be named without a word of explanation.
pub(super) const LARGE_TOWN: f64 = 4.9;

/// A name that also is an everyday word: `Nice`, `Reading`, `Mobile`, `Tours`.
pub(super) fn everyday(setting: &Setting, found: &Found, word: Word, best: &Reading, located: bool) -> Standing {
    let tokens = setting.tokens;
    let shouted = tokens.capitals_say_nothing || tokens.title_case;
    let runs_on = tokens
        .after(found.last)
        .is_some_and(|at| tokens.capital(at) && !Word::new(tokens.word(at)).is_neutral());
    // In other scripts no name is the gazetteer's main one.
    let main = best.name_kind == NameKind::Main || !found.key.is_ascii();
    let large = best.weight >= LARGE_TOWN && main;
    // English writes half of its nouns with capitals, and German all of them.
    let small_nouns = setting
        .language
        .is_some_and(|language| !matches!(language, "en" | "de"));
    let amid = !shouted && !tokens.begins_sentence(found.first);
    let told = located && !shouted && !runs_on && !word.is_capitalised();
    match () {
        () if large && joined_with_town(tokens, found) => Standing::Located,
        () if told && (large || (main && small_nouns)) => Standing::Located,
        () if best.weight >= 5.0 && located && !tokens.capitals_say_nothing => Standing::Weak(Why::CommonWord),
        () if best.weight >= 6.4 && amid => Standing::Weak(Why::CommonWord),
        () if large && small_nouns && heads(tokens, found) => Standing::Firm,
        () if large && small_nouns && !runs_on && (amid || !shouted) => Standing::Weak(Why::CommonWord),
        () if precise_after(tokens, found) && located && !tokens.capitals_say_nothing => {
            Standing::Weak(Why::CommonWord)
        }
        () if located && !shouted && !runs_on && !word.is_capitalised() && is_town(best) => Standing::Word,
        () => Standing::Out,
    }
}

/// `Nice-Tours`, `Bath–Reading`: a match, a road, a line between two towns, each large enough to be named so.
fn joined_with_town(tokens: &Tokens, found: &Found) -> bool {
    let before = found.first.checked_sub(1).filter(|at| tokens.list[*at].hyphen);
    let after = Some(found.last + 1).filter(|_| tokens.list[found.last].hyphen);
    before.into_iter().chain(after).any(|at| {
        let senses = || named(tokens.word(at)).into_iter().flat_map(|name| name.senses());
        tokens.capital(at)
            && senses().any(|sense| {
                let town = || Gazetteer::built_in().spot(sense.place);
                sense.name_kind == NameKind::Main
                    && town().is_some_and(|town| {
                        matches!(town.kind, PlaceKind::City | PlaceKind::Capital)
                            && f64::from(town.population.max(1)).log10() >= LARGE_TOWN
                    })
            })
    })
}

/// Whether it is an everyday word as it is written: an accent tells Acacías from acacias.
pub(super) fn is_everyday(setting: &Setting, found: &Found, word: Word) -> bool {
    if !word.is_common(setting.language) {
        return false;
    }
    let written = setting.tokens.folded.original_span(found.start..found.end);
    let accented = setting.original.get(written).is_some_and(|written| !written.is_ascii());
    !(accented && word.is_english())
}

/// A town of ten thousand people under its own name.
fn is_town(reading: &Reading) -> bool {
    reading.weight >= 4.0 && reading.name_kind == NameKind::Main
}

/// Whether the name is the head of a title, before a colon: `Tours : un immeuble évacué`.
pub(super) fn heads(tokens: &Tokens, found: &Found) -> bool {
    let end = tokens.list[found.last].stream.end;
    found.first == 0 && tokens.folded.text[end..].trim_start().starts_with(':')
}

/// `Reading, England`: a capitalised word after a comma.
fn precise_after(tokens: &Tokens, found: &Found) -> bool {
    tokens.list[found.last].after == Gap::Comma && tokens.capital(found.last + 1)
}
