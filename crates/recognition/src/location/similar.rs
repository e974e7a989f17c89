//! Places whose names are spelt nearly as one that no place bears: Qamishlee, Kiakpyu, Tinzaouaten.

use std::collections::HashMap;

use crate::gazetteer::{Gazetteer, NameKind, Place, PlaceKind, place_key};

/// Of places spelt as nearly, one with so many times fewer inhabitants is hardly meant.
const HARDLY: u32 = 200;

/// Returns up to `most` places whose names are spelt nearly so, the nearest first, among equals the most populous. One pass
/// over all names.
///
/// ```
/// let nearest = wirewatch_recognition::similar_places("Qamishlee", 3);
/// assert_eq!(nearest[0].country, Some("SY"));
/// ```
pub fn similar_places(written: &str, most: usize) -> Vec<Place> {
    let wanted = Spelling::of(&place_key(written));
    if wanted.letters < 3 {
        return Vec::new();
    }
    let gazetteer = Gazetteer::built_in();
    let mut best: HashMap<u32, usize> = HashMap::new();
    let mut keys = gazetteer.keys();
    while keys.advance() {
        let Some(distance) = wanted.distance(keys.key()) else {
            continue;
        };
        for sense in keys.senses() {
            if !matches!(sense.name_kind, NameKind::Demonym | NameKind::Capitals) {
                let known = best.entry(sense.place).or_insert(distance);
                *known = distance.min(*known);
            }
        }
    }
    let mut found: Vec<(usize, Place)> = best
        .into_iter()
        .filter_map(|(number, distance)| Some((distance, gazetteer.numbered(number)?)))
        // A hamlet that differs in a letter is not what anybody means; its name in full would have been found.
        .filter(|(_, place)| place.population >= 500 || place.kind != PlaceKind::City || place.geonames.is_none())
        .collect();
    found.sort_by(|(one, a), (other, b)| {
        one.cmp(other)
            .then(b.population.cmp(&a.population))
            .then(a.number.cmp(&b.number))
    });
    let Some((nearest, first)) = found.first().copied() else {
        return Vec::new();
    };
    let mut places: Vec<Place> = Vec::new();
    for (_, place) in found.into_iter().take_while(|(distance, _)| *distance == nearest) {
        if place.population < first.population / HARDLY {
            continue;
        }
        // A town and its district are one to who reads this.
        let known = |other: &Place| other.name == place.name && other.country == place.country;
        if places.len() < most && !places.iter().any(known) {
            places.push(place);
        }
    }
    places
}

/// A folded name, ready to be compared with very many.
struct Spelling {
    plain: String,
    letters: usize,
    /// See [`letters_of`] and [`classes_of`].
    bags: (u32, u32),
    /// How it sounds, roughly.
    sound: String,
}

impl Spelling {
    fn of(key: &str) -> Self {
        let plain = joined(key);
        Self {
            letters: plain.chars().count(),
            bags: (letters_of(&plain), classes_of(&plain)),
            sound: sound(&plain),
            plain,
        }
    }

    /// Twice the letters that differ, less where both sound alike; `None` where too many do.
    fn distance(&self, key: &str) -> Option<usize> {
        let most = (self.letters / 4).clamp(1, 3);
        let farthest = (self.letters / 2).max(most);
        // Spaces and hyphens are no letters, and an article may stand before either.
        if key.len() > 4 * (self.letters + farthest) || key.len() + farthest < self.letters {
            return None;
        }
        let unlike = (letters_of(key) ^ self.bags.0).count_ones() as usize;
        if unlike > 2 * most && classes_of(key) != self.bags.1 {
            return None;
        }
        let plain = joined(key);
        let letters = plain.chars().count();
        if letters.abs_diff(self.letters) > farthest {
            return None;
        }
        let alike = sound(&plain) == self.sound;
        if !alike && (unlike > 2 * most || letters.abs_diff(self.letters) > most) {
            return None;
        }
        let distance = strsim::damerau_levenshtein(&plain, &self.plain);
        match alike {
            true => (distance <= farthest).then_some(distance),
            false => (distance <= most).then_some(2 * distance),
        }
    }
}

/// The letters and digits, without an Arabic article in front.
fn joined(key: &str) -> String {
    let whole: String = key.chars().filter(|c| c.is_alphanumeric()).collect();
    let parts = || {
        key.split(|c: char| !c.is_alphanumeric())
            .filter(|part| !part.is_empty())
    };
    match parts().next() {
        Some("al" | "el" | "ad" | "an" | "ar" | "as" | "ash" | "at" | "az") if parts().count() > 1 => {
            parts().skip(1).collect()
        }
        _ => whole,
    }
}

/// One bit for each letter from a to z in it.
fn letters_of(text: &str) -> u32 {
    let letters = text.bytes().filter(u8::is_ascii_lowercase);
    letters.fold(0, |bag, letter| bag | 1 << (letter - b'a'))
}

/// One bit for each class of consonants in it, of an article's l aside.
fn classes_of(text: &str) -> u32 {
    let letters = text.bytes().filter(u8::is_ascii_lowercase);
    letters.fold(0, |bag, letter| match class(char::from(letter)) {
        None | Some('l') => bag,
        Some(class) => bag | 1 << (class as u8 - b'a'),
    })
}

/// Consonants in classes that transliterations mix up (q, k, c, kh; j, g, dj; s, z, sh), each once in a row. Vowels, h, w and
/// y, which one spelling has and another leaves out, are left out but for a vowel at the beginning.
fn sound(plain: &str) -> String {
    let mut sound = String::new();
    let mut before = None;
    for (at, letter) in plain.chars().enumerate() {
        let class = class(letter).or((at == 0).then_some('a'));
        sound.extend(class.filter(|_| class != before));
        before = class;
    }
    sound
}

/// The consonant that stands for all that sound like it; `None` of a vowel.
fn class(letter: char) -> Option<char> {
    Some(match letter {
        'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | 'h' => return None,
        'q' | 'k' | 'c' | 'x' => 'k',
        'g' | 'j' => 'g',
        's' | 'z' => 's',
        'b' | 'p' | 'f' | 'v' => 'b',
        'd' | 't' => 't',
        'm' | 'n' => 'n',
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_spellings_lead_to_the_place_that_is_meant() {
        for (written, meant, country) in [
            ("Qamishlee", "qamishli", "SY"),
            ("Kiaukpyu", "kyaukpyu", "MM"),
            ("Tinzawaten", "tinzaouaten", "ML"),
            ("Bamakko", "bamako", "ML"),
            ("Timbukto", "tombouctou", "ML"),
            ("Moptti", "mopti", "ML"),
            ("Ouagadugu", "ouagadougou", "BF"),
            ("Maidugury", "maiduguri", "NG"),
            ("Kharkhiv", "kharkiv", "UA"),
            ("Mogadishou", "mogadishu", "SO"),
            ("El Fashir", "el fasher", "SD"),
            ("Nyalla", "nyala", "SD"),
            ("Khan Yunes", "khan yunis", "PS"),
            ("Djenne", "djenne", "ML"),
            ("Port au Prins", "port-au-prince", "HT"),
            ("Deir Ezzor", "deir ez-zor", "SY"),
            ("Marioupol", "mariupol", "UA"),
            ("Sittwee", "sittwe", "MM"),
        ] {
            let found = similar_places(written, 3);
            let key = place_key(meant);
            let is_it = |place: &Place| {
                let named = Gazetteer::built_in().named(&key);
                place.country == Some(country) && named.into_iter().any(|sense| sense.place == place.number)
            };
            let names: Vec<String> = found
                .iter()
                .map(|place| format!("{} {:?}", place.name, place.country))
                .collect();
            assert!(found.iter().any(is_it), "{written}: {names:?}");
        }
    }

    #[test]
    fn what_is_no_spelling_of_a_place_brings_nothing() {
        for written in ["", "x", "zzzzzzzzzz", "the quick brown fox jumps", "1234567"] {
            assert_eq!(similar_places(written, 3), Vec::new(), "{written}");
        }
    }
}
