//! Names of groups in 16 languages, with their cases and with what is written on to them, built by rule from
//! `data/groups/names`.

use std::collections::BTreeMap;

use crate::text::fold::in_word;

/// Language (ISO 639-1) and names.
const FILES: &[(&str, &str)] = &[
    ("am", include_str!("../../data/groups/names/am.txt")),
    ("ar", include_str!("../../data/groups/names/ar.txt")),
    ("de", include_str!("../../data/groups/names/de.txt")),
    ("en", include_str!("../../data/groups/names/en.txt")),
    ("es", include_str!("../../data/groups/names/es.txt")),
    ("fa", include_str!("../../data/groups/names/fa.txt")),
    ("fr", include_str!("../../data/groups/names/fr.txt")),
    ("ha", include_str!("../../data/groups/names/ha.txt")),
    ("hi", include_str!("../../data/groups/names/hi.txt")),
    ("ja", include_str!("../../data/groups/names/ja.txt")),
    ("pt", include_str!("../../data/groups/names/pt.txt")),
    ("ru", include_str!("../../data/groups/names/ru.txt")),
    ("so", include_str!("../../data/groups/names/so.txt")),
    ("sw", include_str!("../../data/groups/names/sw.txt")),
    ("tr", include_str!("../../data/groups/names/tr.txt")),
    ("uk", include_str!("../../data/groups/names/uk.txt")),
    ("zh", include_str!("../../data/groups/names/zh.txt")),
];

/// The further names of a group.
#[derive(Debug, Default)]
pub(super) struct OtherNames {
    pub(super) any_capitals: Vec<String>,
    pub(super) exact_case: Vec<String>,
}

/// Reads all files: names by the key of the group.
///
/// # Errors
///
/// Names the file and the line that is neither a comment nor `key: name; name`.
pub(super) fn read() -> Result<BTreeMap<String, OtherNames>, String> {
    let mut all: BTreeMap<String, OtherNames> = BTreeMap::new();
    for (language, text) in FILES {
        // Of armies: how the columns are called, and the phrases that they are put into.
        let (mut columns, mut phrases): (Vec<&str>, &str) = (Vec::new(), "");
        for (at, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = || {
                format!(
                    "data/groups/names/{language}.txt:{}: expected `key: name; name` or a comment",
                    at + 1
                )
            };
            let (key, names) = line.split_once(':').ok_or_else(wrong)?;
            if let Some(named) = key.strip_prefix("armies ") {
                columns = named.trim_matches(['(', ')']).split(' ').collect();
                phrases = names;
            } else if let Some(key) = key.strip_prefix("army ") {
                let group = all.entry(key.to_owned()).or_default();
                let values: Vec<&str> = names.split(';').map(str::trim).collect();
                group.any_capitals.extend(army(phrases, &columns, &values));
            } else {
                let group = all.entry(key.to_owned()).or_default();
                for name in names.split(';').map(str::trim).filter(|name| !name.is_empty()) {
                    match name.strip_prefix('=') {
                        Some(exact) => group.exact_case.push(exact.to_owned()),
                        None => add(language, &unquoted(name), &mut group.any_capitals),
                    }
                }
            }
        }
    }
    for names in all.values_mut() {
        for list in [&mut names.any_capitals, &mut names.exact_case] {
            list.sort_unstable();
            list.dedup();
        }
    }
    Ok(all)
}

/// Puts the words of a row into each phrase; phrases with a word that the row lacks are left out.
fn army<'a>(phrases: &'a str, columns: &'a [&str], values: &'a [&str]) -> impl Iterator<Item = String> + 'a {
    phrases.split(';').map(str::trim).filter_map(move |phrase| {
        let mut name = phrase.to_owned();
        for (column, value) in columns.iter().zip(values) {
            let place = format!("{{{column}}}");
            if value.is_empty() && name.contains(&place) {
                return None;
            }
            name = name.replace(&place, value);
        }
        (!name.contains('{')).then_some(name)
    })
}

/// Quotation marks go: matching does without them.
fn unquoted(name: &str) -> String {
    name.replace(['«', '»', '“', '”', '„', '"', '「', '」'], "")
}

/// Adds a name with the forms that its language gives it.
fn add(language: &str, name: &str, names: &mut Vec<String>) {
    match language {
        "ru" | "uk" => names.extend(declined(name)),
        "tr" => names.extend(turkish(name)),
        "am" => names.extend(amharic(name)),
        // The preposition li takes the place of the article's alif: للدعم.
        "ar" => names.extend(name.strip_prefix("ال").map(|rest| format!("لل{rest}"))),
        "hi" => names.push(name.replace('\u{93C}', "")),
        _ => {}
    }
    names.push(name.to_owned());
}

/// Endings in the genitive, dative, accusative, instrumental and prepositional, by the ending of the nominative.
const ADJECTIVES: &[(&str, [&str; 5])] = &[
    ("ский", ["ского", "скому", "ский", "ским", "ском"]),
    ("ський", ["ського", "ському", "ський", "ським", "ському"]),
    ("ный", ["ного", "ному", "ный", "ным", "ном"]),
    ("ное", ["ного", "ному", "ное", "ным", "ном"]),
    ("ское", ["ского", "скому", "ское", "ским", "ском"]),
    ("ская", ["ской", "ской", "скую", "ской", "ской"]),
    ("ная", ["ной", "ной", "ную", "ной", "ной"]),
    ("яя", ["ей", "ей", "юю", "ей", "ей"]),
    ("ская", ["ской", "ской", "скую", "ской", "ской"]),
    ("ські", ["ських", "ським", "ських", "ськими", "ських"]),
    ("ські", ["ських", "ським", "ські", "ськими", "ських"]),
    ("ська", ["ської", "ській", "ську", "ською", "ській"]),
    ("ские", ["ских", "ским", "ских", "скими", "ских"]),
    ("ские", ["ских", "ским", "ские", "скими", "ских"]),
    ("ные", ["ных", "ным", "ных", "ными", "ных"]),
    ("ные", ["ных", "ным", "ные", "ными", "ных"]),
    ("ні", ["них", "ним", "ні", "ними", "них"]),
    ("на", ["ної", "ній", "ну", "ною", "ній"]),
];
const NOUNS: &[(&str, [&str; 5])] = &[
    ("ия", ["ии", "ии", "ию", "ией", "ии"]),
    ("ія", ["ії", "ії", "ію", "ією", "ії"]),
    ("их", ["их", "их", "их", "их", "их"]),
    ("ния", ["нии", "нии", "нию", "нией", "нии"]),
    ("ние", ["ния", "нию", "ние", "нием", "нии"]),
    ("во", ["ва", "ву", "во", "вом", "ве"]),
    ("во", ["ва", "ву", "во", "вом", "ві"]),
    ("иты", ["итов", "итам", "итов", "итами", "итах"]),
    ("ити", ["итів", "итам", "итів", "итами", "итах"]),
    ("исты", ["истов", "истам", "истов", "истами", "истах"]),
    ("їсти", ["їстів", "їстам", "їстів", "їстами", "їстах"]),
    ("ибы", ["ибов", "ибам", "ибов", "ибами", "ибах"]),
    ("іби", ["ібів", "ібам", "ібів", "ібами", "ібах"]),
    ("абы", ["абов", "абам", "абов", "абами", "абах"]),
    ("овцы", ["овцев", "овцам", "овцев", "овцами", "овцах"]),
    ("овец", ["овца", "овцу", "овца", "овцем", "овце"]),
    ("івець", ["івця", "івцю", "івця", "івцем", "івці"]),
    ("івці", ["івців", "івцям", "івців", "івцями", "івцях"]),
    ("енцы", ["енцев", "енцам", "енцев", "енцами", "енцах"]),
    ("нты", ["нтов", "нтам", "нтов", "нтами", "нтах"]),
    ("нти", ["нтів", "нтам", "нтів", "нтами", "нтах"]),
    ("чики", ["чиков", "чикам", "чиков", "чиками", "чиках"]),
    ("ики", ["иков", "икам", "иков", "иками", "иках"]),
    ("анцы", ["анцев", "анцам", "анцев", "анцами", "анцах"]),
    ("нцы", ["нцев", "нцам", "нцев", "нцами", "нцах"]),
    ("нці", ["нців", "нцям", "нців", "нцями", "нцях"]),
    ("ойцы", ["ойцов", "ойцам", "ойцов", "ойцами", "ойцах"]),
    ("илы", ["ил", "илам", "илы", "илами", "илах"]),
    ("или", ["ил", "илам", "или", "илами", "илах"]),
    ("ники", ["ников", "никам", "ников", "никами", "никах"]),
    ("ки", ["ків", "кам", "ків", "ками", "ках"]),
    ("ада", ["ады", "аде", "аду", "адой", "аде"]),
    ("ада", ["ади", "аді", "аду", "адою", "аді"]),
    ("ады", ["ад", "адам", "ады", "адами", "адах"]),
    ("ады", ["ад", "адам", "ады", "адами", "адах"]),
    ("а", ["ы", "е", "у", "ой", "е"]),
    ("а", ["и", "і", "у", "ою", "і"]),
    ("а", ["и", "е", "у", "ой", "е"]),
    ("я", ["и", "е", "ю", "ей", "е"]),
    ("ель", ["еля", "елю", "ель", "елем", "еле"]),
    ("ь", ["и", "и", "ь", "ью", "и"]),
];
/// A noun that ends in a consonant, Russian and Ukrainian.
const MASCULINE: [[&str; 5]; 2] = [["а", "у", "", "ом", "е"], ["у", "у", "", "ом", "і"]];

/// Returns the cases of a name in Cyrillic letters: its adjectives and its first noun are declined, what follows stays.
fn declined(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let adjectives = words
        .iter()
        .take_while(|word| words.len() > 1 && ADJECTIVES.iter().any(|(ending, _)| word.ends_with(ending)))
        .count()
        .min(words.len() - 1);
    let noun = words[adjectives];
    let last = noun.chars().next_back().unwrap_or(' ');
    let acronym = noun.chars().filter(|c| c.is_uppercase()).count() > 1;
    if !matches!(last, '\u{400}'..='\u{4FF}') || (acronym && noun.chars().count() < 4) {
        return Vec::new();
    }
    let mut paradigms: Vec<Vec<String>> = Vec::new();
    let lower = noun.to_lowercase();
    for (ending, cases) in NOUNS.iter().filter(|(ending, _)| lower.ends_with(ending)) {
        let stem = &noun[..noun.len() - ending.len()];
        paradigms.push(cases.iter().map(|case| format!("{stem}{case}")).collect());
    }
    if !"аеёиіїоуыэюяьй".contains(lower.chars().next_back().unwrap_or(' ')) {
        for cases in MASCULINE {
            paradigms.push(cases.iter().map(|case| format!("{noun}{case}")).collect());
        }
    }
    let rest = words[adjectives + 1..].join(" ");
    let mut names = Vec::new();
    for paradigm in &paradigms {
        for (case, noun) in paradigm.iter().enumerate() {
            let mut name = String::new();
            for adjective in &words[..adjectives] {
                for (ending, cases) in ADJECTIVES
                    .iter()
                    .filter(|(ending, _)| adjective.ends_with(ending))
                    .take(1)
                {
                    name.push_str(&adjective[..adjective.len() - ending.len()]);
                    name.push_str(cases[case]);
                    name.push(' ');
                }
            }
            name.push_str(noun);
            if !rest.is_empty() {
                name.push(' ');
                name.push_str(&rest);
            }
            names.push(name);
        }
    }
    names
}

/// Returns a Turkish name that ends in a noun with the endings of its cases: `Husiler` as `Husilerin`, `Husilere`. Behind
/// an apostrophe they are words of their own to the matcher.
fn turkish(name: &str) -> Vec<String> {
    let letters = name.chars().rev().collect::<Vec<char>>();
    let vowel = letters.iter().copied().find(|c| "aıeiouöü".contains(*c));
    let (Some(vowel), Some(&last)) = (vowel, letters.first()) else {
        return Vec::new();
    };
    let (high, low) = match vowel {
        'a' | 'ı' => ('ı', 'a'),
        'e' | 'i' => ('i', 'e'),
        'o' | 'u' => ('u', 'a'),
        _ => ('ü', 'e'),
    };
    if name.ends_with("ler") || name.ends_with("lar") {
        return ["{h}n", "{l}", "{h}", "d{l}", "d{l}n", "l{l}"]
            .iter()
            .map(|ending| with(name, ending, high, low))
            .collect();
    }
    // The possessive of a compound: Wagner Grubu, Suriye Demokratik Güçleri.
    if name.contains(' ') && "ıiuü".contains(last) {
        return ["n{h}n", "n{l}", "n{h}", "nd{l}", "nd{l}n", "yl{l}"]
            .iter()
            .map(|ending| with(name, ending, high, low))
            .collect();
    }
    Vec::new()
}

fn with(name: &str, ending: &str, high: char, low: char) -> String {
    let ending = ending
        .replace("{h}", &high.to_string())
        .replace("{l}", &low.to_string());
    format!("{name}{ending}")
}

/// Prepositions, and the conjunction and article, that Amharic writes on to a name.
const AMHARIC_BEFORE: [&str; 6] = ["", "የ", "በ", "ከ", "ለ", "ስለ"];
const AMHARIC_AFTER: [&str; 5] = ["", "ን", "ና", "ም", "ዎች"];

fn amharic(name: &str) -> Vec<String> {
    let mut names = Vec::new();
    for before in AMHARIC_BEFORE {
        // የየ: the possessive is not doubled.
        if before == "የ" && name.starts_with('የ') {
            continue;
        }
        let name = match name.strip_prefix('የ') {
            Some(rest) if !before.is_empty() => rest,
            _ => name,
        };
        for after in AMHARIC_AFTER {
            names.push(format!("{before}{name}{after}"));
        }
    }
    names.retain(|name| name.chars().filter(|c| in_word(*c)).count() >= 2);
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_inflected() {
        for (what, language, name, form) in [
            ("an acronym", "ru", "ХАМАС", "ХАМАСа"),
            ("a feminine", "ru", "Аль-Каида", "Аль-Каиды"),
            ("a double consonant", "ru", "Хезболла", "Хезболлы"),
            (
                "an adjective and a noun",
                "ru",
                "Африканский корпус",
                "Африканского корпуса",
            ),
            (
                "a genitive stays",
                "ru",
                "Армия освобождения Оромо",
                "Армией освобождения Оромо",
            ),
            ("in Ukrainian", "uk", "Африканський корпус", "Африканського корпусу"),
            ("of people", "uk", "вагнерівці", "вагнерівців"),
            ("instrumental", "uk", "ХАМАС", "ХАМАСом"),
            ("a Turkish plural", "tr", "Husiler", "Husilerin"),
            (
                "a Turkish compound",
                "tr",
                "Suriye Demokratik Güçleri",
                "Suriye Demokratik Güçlerine",
            ),
            ("an Amharic preposition", "am", "አልሸባብ", "የአልሸባብ"),
            ("an Amharic object", "am", "ፋኖ", "ፋኖን"),
        ] {
            let mut names = Vec::new();
            add(language, name, &mut names);
            assert!(names.iter().any(|one| one == form), "{what}: {names:?}");
        }
    }

    #[test]
    fn every_file_is_read() {
        let names = read().expect("the files are well formed");
        for (key, name) in [
            ("russian-army", "российских войск"),
            ("sudan-army", "Exército do Sudão"),
            ("idf", "ارتش اسرائیل"),
            ("turkish-army", "Türk askerleri"),
        ] {
            assert!(names[key].any_capitals.iter().any(|one| one == name), "{key}: {name}");
        }
    }
}
