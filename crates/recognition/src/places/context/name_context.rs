//! What the words around a name say: a place, a word, a person, an organisation.

use super::abbreviations::counts_in;
use super::everyday_words::{LARGE_TOWN, everyday, heads, is_everyday};
use super::exceptions::{in_exceptions, is_exception, is_other_thing};
use super::organisations::part_of_other;
use super::persons::{is_surname_of, person};
use super::standing::{Setting, Standing};
use super::word_lists::{THAI_BEFORE, is_before_place};
use super::wording::{Word, locative_of, postposition, turkish_ending};
use crate::gazetteer::{NameKind, PlaceKind};
use crate::places::find::Found;
use crate::places::place_mention::Why;
use crate::places::resolve::Reading;
use crate::text::{Gap, Shape, Tokens};

pub(crate) fn standing(setting: &Setting, found: &Found, readings: &mut Vec<Reading>) -> Standing {
    let tokens = setting.tokens;
    admit(setting, found, readings);
    let Some(best) = best(readings) else {
        return Standing::Out;
    };
    let several = found.last > found.first;
    let key = &*found.key;
    let word = if several { Word::default() } else { Word::new(key) };
    if excepted(tokens, found) {
        let surname = setting.word(tokens.after(found.last));
        return if word.is_first_name() && surname.is_surname() && !surname.is_neutral() {
            Standing::FullName
        } else {
            Standing::Out
        };
    }
    // A headline too short to tell its language: another name of a place that is a word somewhere is hardly that place.
    // In other scripts than Latin no name is the gazetteer's main one.
    let alternate = best.name_kind == NameKind::Alternate && found.key.is_ascii();
    let unlikely = setting.language.is_none() && alternate && word.is_everyday_somewhere();
    let common = is_everyday(setting, found, word) || unlikely;
    let named = word.is_first_name() || word.is_surname();
    // A country's name in another language: `Gene`, `Chili`, `Dominique`.
    let borrowed = alternate && (common || named);
    let country = best.weight >= 8.0 && !borrowed;
    let (before, after) = (tokens.before(found.first), tokens.after(found.last));
    if tokens.list[found.first].shape == Shape::Uncased {
        return uncased(setting, found, word, &best, country);
    }
    let word_after = setting.word(after);
    if let Some(standing) = part_of_other(setting, found, &best, country) {
        return standing;
    }
    if best.name_kind == NameKind::Demonym && is_surname_of(setting, before) {
        return Standing::Weak(Why::PersonName);
    }
    if best.name_kind == NameKind::Demonym {
        if word_after.is_of_wares() || is_spoken_of(setting, before, after) {
            return Standing::Out;
        }
        let longer = after.is_some_and(|at| tokens.capital(at)) && word_after.joins_demonym();
        return if longer {
            Standing::Weak(Why::PartOfName)
        } else {
            Standing::Firm
        };
    }
    let located = is_located(setting, found);
    // `Sens. Casey and Specter`, `Don King`.
    if !country && word.is_title() && tokens.list[found.last].after == Gap::Dot {
        return Standing::Out;
    }
    if let Some(standing) = person(setting, found, word, country, located) {
        return standing;
    }
    let small = best.weight < 6.0 && best.place.kind != PlaceKind::Capital;
    if !country && !several && small && !located && word_after.speaks() {
        return Standing::Person;
    }
    let borne = word_after.bears_names() && after.is_some_and(|at| tokens.capital(at));
    if borne && !setting.tokens.title_case {
        return if country {
            Standing::Weak(Why::Organisation)
        } else {
            Standing::Out
        };
    }
    if best.place.kind == PlaceKind::Country && after.is_some_and(|at| tokens.word(at) == "river") {
        return Standing::Out;
    }
    if common && !country {
        return everyday(setting, found, word, &best, located);
    }
    // Mali is money matters in Turkish; a country is meant where it says so, or amid a sentence.
    let abroad = setting.language.is_some_and(|language| language != "en");
    if common && abroad && (best.name_kind == NameKind::Main || !found.key.is_ascii()) && !located {
        let amid = !tokens.begins_sentence(found.first) && !tokens.title_case && setting.language != Some("de");
        if !amid && !heads(tokens, found) {
            return Standing::Weak(Why::CommonWord);
        }
    }
    if !country && word.is_famous() {
        return Standing::Weak(Why::PersonName);
    }
    if located || acts_there(tokens, found) {
        return Standing::Located;
    }
    if tokens.capitals_say_nothing && best.weight < 6.0 {
        return Standing::Weak(Why::NoCapitals);
    }
    // German writes every noun with a capital.
    let capitals_tell = !setting.tokens.title_case && setting.language != Some("de");
    if !country && !several && capitals_tell && within_name(tokens, before, after) {
        let surname = word.is_surname() && !setting.word(before).is_neutral();
        return match best.weight {
            weight if weight >= 6.3 => Standing::Weak(Why::PartOfName),
            _ if surname => Standing::Person,
            _ => Standing::Out,
        };
    }
    if !country && named && (best.weight < 6.3 || borrowed) {
        return Standing::Weak(Why::PersonName);
    }
    Standing::Firm
}

/// A name in a script without capitals.
fn uncased(setting: &Setting, found: &Found, word: Word, best: &Reading, country: bool) -> Standing {
    let tokens = setting.tokens;
    let demonym = best.name_kind == NameKind::Demonym;
    let common = !demonym && word.is_common(setting.language);
    let located = is_located(setting, found) || says_where(setting, found);
    if setting.word(tokens.before(found.first)).is_first_name() && !located && found.first == found.last {
        return match country || demonym {
            true => Standing::Weak(Why::PersonName),
            false => Standing::Person,
        };
    }
    // 加沙: the gazetteer calls the usual names of large places main ones.
    let short = found.key.chars().count() <= 2 && !country && best.name_kind != NameKind::Main;
    match () {
        () if common && located && !short => Standing::Located,
        () if common && (country || best.weight >= LARGE_TOWN) => Standing::Weak(Why::CommonWord),
        () if common => Standing::Out,
        () if short => Standing::Weak(Why::Short),
        () if located => Standing::Located,
        () => Standing::Firm,
    }
}

/// In scripts without capitals: a word for a kind of place before it, a postposition after it, or what is written on to it.
fn says_where(setting: &Setting, found: &Found) -> bool {
    let tokens = setting.tokens;
    let run = &tokens.list[found.first].stream;
    let before = &tokens.folded.text[run.start..found.start.max(run.start)];
    let joined =
        matches!(before, "ب" | "ل" | "وب" | "ول" | "فب") || THAI_BEFORE.iter().any(|one| before.ends_with(one));
    joined
        || setting.word(tokens.before(found.first)).names_kind()
        || tokens.after(found.last).is_some_and(|at| postposition(tokens.word(at)))
}

/// What every town has: `Philadelphia police`, `Idlib residents`.
fn acts_there(tokens: &Tokens, found: &Found) -> bool {
    tokens.after(found.last).is_some_and(|at| {
        matches!(
            tokens.word(at),
            "police" | "mayor" | "residents" | "airport" | "suburb" | "suburbs" | "hospital"
        )
    })
}

/// Whether a people's name is that of a language: `speaks Spanish`, `in French and Farsi`.
fn is_spoken_of(setting: &Setting, before: Option<usize>, after: Option<usize>) -> bool {
    let tokens = setting.tokens;
    let word = |at: Option<usize>| at.map_or("", |at| tokens.word(at));
    // “in Spanish waters” is a place.
    let ends_list = after.is_none() || matches!(word(after), "after" | "before");
    let ends = after.is_none() || matches!(word(after), "and" | "or" | "after" | "before" | "language" | "et" | "y");
    let spoken = before.and_then(|at| tokens.before(at));
    // “in English and Spanish”
    let listed = matches!(word(before), "and" | "or")
        && spoken
            .and_then(|at| tokens.before(at))
            .is_some_and(|at| matches!(tokens.word(at), "in" | "both"));
    let speaks = |at: Option<usize>| matches!(word(at), "speak" | "speaks" | "spoke" | "spoken" | "speaking");
    speaks(before)
        || speaks(spoken)
        || (ends_list && listed)
        || (ends && word(before) == "in")
        || word(after) == "language"
}

/// After “in”, “near”, “à”; after “of” only where a word for a place, or for what every town has, stands before: `the town
/// of Reading`, `l'hôpital de Liège`.
fn is_located(setting: &Setting, found: &Found) -> bool {
    let tokens = setting.tokens;
    if setting.language == Some("tr") && tokens.list[found.last].after == Gap::Apostrophe {
        return turkish_ending(tokens.word(found.last + 1));
    }
    let Some(at) = found.first.checked_sub(1) else {
        return false;
    };
    // d'Ivoire, l'Aïr: the particle stands before an apostrophe.
    if !matches!(tokens.list[at].after, Gap::Space | Gap::Apostrophe) {
        return false;
    }
    let word = Word::new(tokens.word(at));
    let of_language = |language| locative_of(language, tokens.word(at));
    if word.is_locative(setting.language)
        || word.names_kind()
        || setting.language.is_some_and(of_language)
        || is_before_place(tokens.word(at))
    {
        return true;
    }
    // “the town of”, “près de”.
    if !word.is_genitive() {
        return false;
    }
    let before = setting.word(tokens.before(at));
    before.is_settlement() || before.is_public() || before.is_locative(setting.language)
}

fn best(readings: &[Reading]) -> Option<Reading> {
    readings.iter().copied().max_by(|a, b| a.weight.total_cmp(&b.weight))
}

/// Drops the readings for which the capitals are wrong.
fn admit(setting: &Setting, found: &Found, readings: &mut Vec<Reading>) {
    let tokens = setting.tokens;
    let shape = tokens.list[found.first].shape;
    let last = end_shape(tokens, found);
    let letters = found.key.chars().count();
    let dotted = tokens.list[found.first].stream.len() == 1 && tokens.list[found.first].after == Gap::Dot;
    let common = || found.first == found.last && Word::new(&found.key).is_common(setting.language);
    let located = letters <= 3 && is_located(setting, found) && !tokens.title_case;
    // `S. Air`: an initial and a name.
    let initial = found.last > found.first && tokens.list[found.first].stream.len() == 1 && dotted;
    readings.retain(|reading| match reading.name_kind {
        NameKind::Capitals if !dotted && !counts_in(&found.key, setting.given) => false,
        NameKind::Capitals => {
            (shape == Shape::Upper && (!tokens.capitals_say_nothing || letters > 2))
                || dotted
                || shape == Shape::Uncased
        }
        // `N. Korea` is a name by itself.
        _ if initial => reading.place.kind == PlaceKind::Country && reading.name_kind == NameKind::Main,
        NameKind::Demonym => shape != Shape::Lower || (letters >= 5 && !common()),
        NameKind::Generic => false,
        _ if shape == Shape::Uncased => true,
        // al-Bab: the article.
        _ if shape == Shape::Lower => {
            found.last > found.first && tokens.list[found.first].hyphen
                || (names_area(reading) && goes_on_high(tokens, found))
        }
        // Харьковская область, Corea del Norte.
        _ if last == Shape::Lower => {
            reading.place.kind == PlaceKind::Country || names_area(reading) || !found.key.is_ascii()
        }
        // An acronym is no town (`ISIS`, `ARM`); a headline may shout.
        _ if shape == Shape::Upper && letters <= 4 && !tokens.capitals_say_nothing => {
            reading.weight >= 8.0 && letters > 3 || dotted
        }
        // Beyond Latin letters newspapers write no other name.
        _ if letters <= 3 => {
            let usual = reading.name_kind == NameKind::Main || !found.key.is_ascii();
            usual && (reading.weight >= 5.0 || (reading.weight >= 4.0 && located))
        }
        _ => true,
    });
}

fn names_area(reading: &Reading) -> bool {
    matches!(
        reading.place.kind,
        PlaceKind::Constituent | PlaceKind::Region | PlaceKind::Continent | PlaceKind::Admin1
    )
}

/// `south Lebanon`, `delta du Niger`: a capital follows; of three words and more none needs one: `three-border area`.
fn goes_on_high(tokens: &Tokens, found: &Found) -> bool {
    found.last >= found.first + 2 || (found.first + 1..=found.last).any(|at| tokens.capital(at))
}

/// How the last word of a name is written; in small letters behind an apostrophe or hyphen (Sa'dah, Mu-se) as the word that
/// it belongs to.
fn end_shape(tokens: &Tokens, found: &Found) -> Shape {
    let mut at = found.last;
    while at > found.first
        && tokens.list[at].shape == Shape::Lower
        && (tokens.list[at - 1].after == Gap::Apostrophe || tokens.list[at - 1].hyphen)
    {
        at -= 1;
    }
    tokens.list[at].shape
}

fn excepted(tokens: &Tokens, found: &Found) -> bool {
    if is_other_thing(&found.key) {
        return true;
    }
    if !in_exceptions(&found.key) {
        return false;
    }
    let before = tokens.before(found.first).map(|at| tokens.word(at));
    let after = tokens.after(found.last);
    let next = after.map(|at| tokens.word(at));
    let third = after.and_then(|at| tokens.after(at)).map(|at| tokens.word(at));
    let key = &*found.key;
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

/// Between capitalised words that are no part of an address: `Ford Madison`, `Boston Consulting`.
fn within_name(tokens: &Tokens, before: Option<usize>, after: Option<usize>) -> bool {
    if tokens.capitals_say_nothing {
        return false;
    }
    let names = |at: Option<usize>| {
        at.is_some_and(|at| {
            tokens.capital(at) && !tokens.begins_sentence(at) && !Word::new(tokens.word(at)).is_neutral()
        })
    };
    names(before) || names(after)
}
