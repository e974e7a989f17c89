//! What the words around a name say: a place, a word, a person, an organisation.

use super::abbreviations::counts_in;
use super::exceptions::{in_exceptions, is_exception, is_other_thing};
use super::finding::Found;
use super::mention::Why;
use super::organisations::part_of_other;
use super::senses::{Reading, reading};
use super::weights::SenseWeights;
use super::wording::{THAI_BEFORE, Word, locative_of, postposition, turkish_ending};
use crate::gazetteer::{Gazetteer, NameKind, PlaceKind};
use crate::text::tokens::{Gap, Shape, Tokens};

/// How far the words around a name speak for a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Standing {
    /// Nothing speaks against it.
    Firm,
    /// After “in”, “near”, “à”.
    Located,
    /// Something does: it needs a second sign.
    Weak(Why),
    /// An everyday word after “in”: it counts only where its country is named outright.
    Word,
    /// Here it is the name of a person; elsewhere in the document most likely too.
    Person,
    /// A phrase that is known to be a person's first name and surname (`Jordan Peterson`): no place here, and hardly one
    /// afterwards.
    FullName,
    Out,
}

impl Standing {
    /// Whether it may be a place at all.
    pub(super) fn is_place(self) -> bool {
        !matches!(self, Self::Person | Self::FullName | Self::Out)
    }
}

/// What holds for all names of a field.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) tokens: &'a Tokens<'a>,
    /// ISO 639-1; `None` where neither the feed nor the words tell.
    pub(super) language: Option<&'static str>,
    /// The field as given.
    pub(super) original: &'a str,
    /// As the feed says it, also those that are not told apart here.
    pub(super) given: Option<&'a str>,
}

impl Setting<'_> {
    pub(super) fn word(&self, at: Option<usize>) -> Word {
        at.map_or_else(Word::default, |at| Word::new(self.tokens.word(at)))
    }
}

pub(super) fn standing(setting: &Setting, found: &Found, readings: &mut Vec<Reading>) -> Standing {
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
    let unlikely = setting.language.is_none() && best.name_kind == NameKind::Alternate && word.is_everyday_somewhere();
    let common = is_everyday(setting, found, word) || unlikely;
    let named = word.is_first_name() || word.is_surname();
    // A country's name in another language: `Gene`, `Chili`, `Dominique`.
    let borrowed = best.name_kind == NameKind::Alternate && (common || named);
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
    if common && abroad && best.name_kind == NameKind::Main && !located {
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

/// A town of eighty thousand: large enough to be named without a word of explanation.
const LARGE_TOWN: f64 = 4.9;

/// A name that also is an everyday word: `Nice`, `Reading`, `Mobile`, `Tours`.
fn everyday(setting: &Setting, found: &Found, word: Word, best: &Reading, located: bool) -> Standing {
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

/// Whether it is an everyday word as it is written: an accent tells Acacías from acacias.
fn is_everyday(setting: &Setting, found: &Found, word: Word) -> bool {
    if !word.is_common(setting.language) {
        return false;
    }
    let written = setting.tokens.folded.original_span(found.start..found.end);
    let accented = setting.original.get(written).is_some_and(|written| !written.is_ascii());
    !(accented && word.is_english())
}

/// Words after which only a place comes: “in” and “the town of” in Arabic, “town” in Russian; folded.
fn is_before_place(word: &str) -> bool {
    matches!(
        word,
        "في" | "قرب"
            | "مدينه"
            | "بلده"
            | "قريه"
            | "شمال"
            | "جنوب"
            | "شرق"
            | "غرب"
            | "городе"
            | "город"
            | "города"
            | "городу"
            | "селе"
            | "села"
            | "поселке"
            | "деревне"
    )
}

/// A town of ten thousand people under its own name.
fn is_town(reading: &Reading) -> bool {
    reading.weight >= 4.0 && reading.name_kind == NameKind::Main
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

/// Whether the name is the head of a title, before a colon: `Tours : un immeuble évacué`.
fn heads(tokens: &Tokens, found: &Found) -> bool {
    let end = tokens.list[found.last].stream.end;
    found.first == 0 && tokens.folded.text[end..].trim_start().starts_with(':')
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

/// Whether a first name stands before: `Ana Nigerian`, `Tom Holland`.
fn is_surname_of(setting: &Setting, before: Option<usize>) -> bool {
    let word = setting.word(before);
    let capital = before.is_some_and(|at| setting.tokens.capital(at));
    capital && !setting.tokens.title_case && word.is_first_name() && !word.is_common(Some("en"))
}

/// Titles and first names before, surnames after.
fn person(setting: &Setting, found: &Found, own: Word, country: bool, located: bool) -> Option<Standing> {
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

/// `Reading, England`: a capitalised word after a comma.
fn precise_after(tokens: &Tokens, found: &Found) -> bool {
    tokens.list[found.last].after == Gap::Comma && tokens.capital(found.last + 1)
}
