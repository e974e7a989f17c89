//! Word lists that tell a place from a word, a person or an organisation.

use std::sync::LazyLock;

use super::word_lists::{
    ANIMALS, BETWEEN, BORNE_NAMES, CAPITALISED, COMMON, CURRENCIES, EVERYDAY, FAMOUS, FIRST, FUNCTION, GENITIVES,
    GIVEN, INSTITUTIONS, LAST, LOCATIVES, LOCATIVES_ELSEWHERE, LOCATIVES_OF, NAMED, NEUTRAL, OF_DIVISION, OF_WARES,
    ORDINARY, POSTPOSITIONS, PUBLIC, RANKS, SETTLEMENTS, SPEAKS, TEAMS, TEAMS_BEGIN, THINGS, TITLES, TREATIES,
    TURKISH_ENDINGS, WATERS, WITH_DEMONYM,
};
use crate::index::QuickMap;

/// The lists that a word stands in, found at one look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Word(u64);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Common,
    FirstName,
    Surname,
    Capitalised,
    Title,
    Locative,
    LocativeElsewhere,
    Genitive,
    Settlement,
    Public,
    Between,
    OfDivision,
    Speaks,
    WithDemonym,
    OfWares,
    Famous,
    BorneNames,
    Neutral,
    Named,
    Rank,
    Institution,
    Treaty,
    Water,
    Thing,
    Currency,
    Animal,
    Team,
    BeginsTeam,
    Ordinary,
    Function,
}

const LISTS: &[(List, &str)] = &[
    (List::Common, COMMON),
    (List::FirstName, FIRST),
    (List::Surname, LAST),
    (List::Capitalised, CAPITALISED),
    (List::Title, TITLES),
    (List::Locative, LOCATIVES),
    (List::LocativeElsewhere, LOCATIVES_ELSEWHERE),
    (List::Genitive, GENITIVES),
    (List::Settlement, SETTLEMENTS),
    (List::Public, PUBLIC),
    (List::Between, BETWEEN),
    (List::OfDivision, OF_DIVISION),
    (List::Speaks, SPEAKS),
    (List::WithDemonym, WITH_DEMONYM),
    (List::OfWares, OF_WARES),
    (List::Famous, FAMOUS),
    (List::BorneNames, BORNE_NAMES),
    (List::Neutral, NEUTRAL),
    (List::Named, NAMED),
    (List::FirstName, GIVEN),
    (List::Rank, RANKS),
    (List::Institution, INSTITUTIONS),
    (List::Institution, TREATIES),
    (List::Treaty, TREATIES),
    (List::Water, WATERS),
    (List::Thing, THINGS),
    (List::Currency, CURRENCIES),
    (List::Animal, ANIMALS),
    (List::Team, TEAMS),
    (List::BeginsTeam, TEAMS_BEGIN),
    (List::Ordinary, ORDINARY),
];

/// The languages (ISO 639-1) of [`EVERYDAY`] and [`FUNCTION`], in the order of their bits.
const LANGUAGES: [&str; 25] = [
    "fr", "es", "pt", "it", "de", "nl", "pl", "tr", "ru", "uk", "ar", "fa", "id", "ro", "hi", "sv", "da", "no", "cs",
    "hu", "sw", "so", "ha", "th", "bm",
];

/// The bit of the first of [`LANGUAGES`]; those below are of lists.
const FIRST_LANGUAGE: usize = 32;

/// Every word of the lists, a bit for each list that it stands in and for each language of which it is an everyday word.
static WORDS: LazyLock<QuickMap<&str, u64>> = LazyLock::new(|| {
    let mut words = QuickMap::default();
    for (list, text) in LISTS.iter().copied() {
        for word in text.split_whitespace() {
            *words.entry(word).or_default() |= bit(list);
        }
    }
    for (text, also) in [(FUNCTION, bit(List::Function)), (EVERYDAY, 0)] {
        for line in text.lines() {
            let (code, line) = line.split_once(' ').unwrap_or_default();
            let of_language = language_bit(code) | also;
            for word in line.split(' ') {
                *words.entry(word).or_default() |= of_language;
            }
        }
    }
    words
});

const fn bit(list: List) -> u64 {
    1 << list as u64
}

/// The bit of a language; none where there is no list of it.
fn language_bit(code: &str) -> u64 {
    let at = LANGUAGES.iter().position(|one| *one == code);
    at.map_or(0, |at| 1 << (FIRST_LANGUAGE + at))
}

/// Whether a folded word says where in this language alone.
pub(super) fn locative_of(language: &str, word: &str) -> bool {
    let of = LOCATIVES_OF.iter().find(|(code, _)| *code == language);
    of.is_some_and(|(_, words)| words.split(' ').any(|one| one == word))
}

/// Whether a folded word after an apostrophe is the ending of a place in Turkish.
pub(super) fn turkish_ending(word: &str) -> bool {
    TURKISH_ENDINGS.split(' ').any(|one| one == word)
}

/// Whether a folded word says where of the one before it, as in Hindi.
pub(super) fn postposition(word: &str) -> bool {
    POSTPOSITIONS.split(' ').any(|one| one == word)
}

impl Word {
    /// `folded` is a word of a text.
    pub(crate) fn new(folded: &str) -> Self {
        Self(WORDS.get(folded).copied().unwrap_or_default())
    }

    /// Whether it is an everyday word of any language but English.
    pub(crate) fn is_everyday_somewhere(self) -> bool {
        self.0 >> FIRST_LANGUAGE != 0
    }

    fn is_in(self, list: List) -> bool {
        self.0 & bit(list) != 0
    }

    /// Whether it is an everyday word of the text's language; where that is not known, of any.
    pub(crate) fn is_common(self, language: Option<&str>) -> bool {
        self.is_in(List::Capitalised)
            || match language {
                Some("en") => self.is_in(List::Common),
                Some(code) => self.0 & language_bit(code) != 0,
                None => self.is_in(List::Common) || self.is_in(List::Function),
            }
    }

    /// Whether it is an everyday word of English alone.
    pub(crate) fn is_english(self) -> bool {
        self.is_in(List::Common) && !self.is_in(List::Function) && !self.is_everyday_somewhere()
    }

    /// Whether every town has one or some.
    pub(crate) fn is_public(self) -> bool {
        self.is_in(List::Public)
    }

    /// Days, months, peoples: no place is meant by them, whatever stands before them.
    pub(crate) fn is_capitalised(self) -> bool {
        self.is_in(List::Capitalised)
    }

    pub(crate) fn is_locative(self, language: Option<&str>) -> bool {
        self.is_in(List::Locative) || (language != Some("en") && self.is_in(List::LocativeElsewhere))
    }

    /// Whether it says of the name right after it that it is a place's: `город`, `kota`, `مدينة`.
    pub(crate) fn names_kind(self) -> bool {
        self.is_in(List::Named)
    }

    pub(crate) fn is_genitive(self) -> bool {
        self.is_in(List::Genitive)
    }

    pub(crate) fn is_settlement(self) -> bool {
        self.is_in(List::Settlement)
    }

    pub(crate) fn is_between(self) -> bool {
        self.is_in(List::Between)
    }

    pub(crate) fn is_of_division(self) -> bool {
        self.is_in(List::OfDivision)
    }

    pub(crate) fn speaks(self) -> bool {
        self.is_in(List::Speaks)
    }

    pub(crate) fn is_of_wares(self) -> bool {
        self.is_in(List::OfWares)
    }

    pub(crate) fn joins_demonym(self) -> bool {
        self.is_in(List::WithDemonym)
    }

    pub(crate) fn is_first_name(self) -> bool {
        self.is_in(List::FirstName)
    }

    pub(crate) fn is_surname(self) -> bool {
        self.is_in(List::Surname) || self.is_famous()
    }

    pub(crate) fn is_famous(self) -> bool {
        self.is_in(List::Famous)
    }

    pub(crate) fn is_title(self) -> bool {
        self.is_in(List::Title)
    }

    pub(crate) fn bears_names(self) -> bool {
        self.is_in(List::BorneNames)
    }

    pub(crate) fn is_ordinary(self) -> bool {
        self.is_in(List::Ordinary)
    }

    pub(crate) fn is_rank(self) -> bool {
        self.is_in(List::Rank)
    }

    pub(crate) fn is_institution(self) -> bool {
        self.is_in(List::Institution)
    }

    pub(crate) fn is_treaty(self) -> bool {
        self.is_in(List::Treaty)
    }

    pub(crate) fn is_water(self) -> bool {
        self.is_in(List::Water)
    }

    pub(crate) fn is_thing(self) -> bool {
        self.is_in(List::Thing)
    }

    pub(crate) fn is_currency(self) -> bool {
        self.is_in(List::Currency)
    }

    pub(crate) fn is_animal(self) -> bool {
        self.is_in(List::Animal)
    }

    pub(crate) fn is_team(self) -> bool {
        self.is_in(List::Team)
    }

    pub(crate) fn begins_team(self) -> bool {
        self.is_in(List::BeginsTeam)
    }

    pub(crate) fn is_neutral(self) -> bool {
        self.is_in(List::Neutral)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_words_are_known_by_language() {
        for (language, word, expected) in [
            ("es", "dos", true),
            ("es", "ataque", true),
            ("es", "bogota", false),
            ("fr", "tours", true),
            ("fr", "bombe", true),
            ("fr", "lyon", false),
            ("en", "reading", true),
            ("en", "tours", true),
            ("de", "zentrum", true),
            ("de", "essen", true),
            ("de", "berlin", false),
            ("tr", "sali", true),
            ("tr", "mali", true),
            ("fr", "mali", false),
            ("sw", "amani", true),
            ("pl", "upal", true),
            ("ar", "كان", true),
            ("uk", "суми", true),
            ("ru", "орел", true),
            ("xx", "tours", false),
        ] {
            assert_eq!(
                Word::new(word).is_common(Some(language)),
                expected,
                "{language}: {word}"
            );
        }
    }

    #[test]
    fn every_line_of_everyday_words_has_a_language_that_is_known() {
        for line in FUNCTION.lines().chain(EVERYDAY.lines()) {
            let (code, words) = line.split_once(' ').unwrap_or_default();
            assert!(LANGUAGES.contains(&code), "{code}");
            assert!(!words.is_empty(), "{code}");
        }
    }
}
