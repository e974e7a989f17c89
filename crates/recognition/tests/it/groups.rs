//! The built-in directory of groups is well formed, and nothing in it is claimed twice.

use std::collections::{BTreeMap, BTreeSet};

use wirewatch_recognition::{Group, GroupKind, group, groups};

/// ISO 3166-1 alpha-2, and XK for Kosovo as the European Union writes it.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR \
    BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET \
    FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ \
    IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML \
    MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS \
    PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL \
    TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

#[test]
fn every_group_is_well_formed() {
    let countries: BTreeSet<&str> = COUNTRIES.split_whitespace().collect();
    let mut wrong = Vec::new();
    for group in groups() {
        let key = &group.key;
        let mut say = |what: String| wrong.push(format!("{key}: {what}"));
        if key.is_empty()
            || !key.split('-').all(|part| !part.is_empty())
            || !key
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        {
            say("the key is not lower-case letters, digits and single hyphens".into());
        }
        if !group.names.contains(&group.name) && !group.exact_case.contains(&group.name) {
            say("not found under its own name".into());
        }
        for name in group.names.iter().chain(&group.exact_case).chain([&group.source]) {
            if name.trim() != name || name.contains("  ") || name.chars().any(|c| c.is_control()) || name.is_empty() {
                say(format!("{name:?} has stray white space"));
            }
        }
        for name in &group.names {
            if name.chars().count() < 4 {
                say(format!("{name:?} is too short to be safe in any capitals"));
            }
            if name
                .chars()
                .any(|c| matches!(c, '«' | '»' | '"' | '“' | '”' | '(' | ')'))
            {
                say(format!("{name:?} carries punctuation that no text repeats"));
            }
        }
        for country in &group.countries {
            if !countries.contains(country.as_str()) {
                say(format!("{country:?} is no ISO 3166-1 alpha-2 code"));
            }
        }
        if group.countries.iter().collect::<BTreeSet<_>>().len() != group.countries.len() {
            say("a country stands twice".into());
        }
        let nowhere_is_fine = matches!(
            group.kind,
            GroupKind::Ransomware | GroupKind::Espionage | GroupKind::Hackers | GroupKind::Extremist
        );
        if group.countries.is_empty() && !nowhere_is_fine {
            say("no country".into());
        }
        if !group.source.contains(' ') {
            say(format!("{:?} names no source that can be looked up", group.source));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_name_that_is_an_everyday_word_wants_its_capitals() {
    let words = [
        "is",
        "mend",
        "fact",
        "fano",
        "anonymous",
        "clop",
        "biff",
        "bras",
        "los lobos",
        "wagner",
        "ghostwriter",
    ];
    let loose: Vec<_> = groups()
        .flat_map(|group| group.names.iter().map(move |name| (&group.key, plain(name))))
        .filter(|(_, name)| words.contains(&name.as_str()))
        .collect();
    assert!(loose.is_empty(), "{loose:?}");
}

#[test]
fn the_directory_covers_every_region_and_kind() {
    assert!(groups().count() >= 250);
    for country in [
        "ML", "BF", "NE", "NG", "CD", "SD", "SO", "SY", "YE", "AF", "MM", "CO", "HT", "MX", "UA",
    ] {
        assert!(
            groups().any(|group| group.countries.iter().any(|c| c == country)),
            "no group of {country}"
        );
    }
    for kind in [
        GroupKind::Jihadist,
        GroupKind::Force,
        GroupKind::Company,
        GroupKind::Gang,
        GroupKind::Ransomware,
    ] {
        assert!(
            groups().filter(|group| group.kind == kind).count() >= 8,
            "hardly any {kind}"
        );
    }
}

#[test]
fn parents_exist_and_no_group_is_its_own_ancestor() {
    for start in groups() {
        let mut seen = BTreeSet::from([start.key.as_str()]);
        let mut at = start;
        while let Some(parent) = &at.parent {
            at = group(parent).unwrap_or_else(|| panic!("{}: its parent {parent:?} is not in the directory", at.key));
            assert!(seen.insert(&at.key), "{}: {} is its own ancestor", start.key, at.key);
        }
    }
}

#[test]
fn no_name_is_shared() {
    let mut owners: BTreeMap<String, (&str, &str)> = BTreeMap::new();
    let mut twice = Vec::new();
    for group in groups() {
        for name in &group.names {
            // One group may list two spellings that only some normalisations merge.
            let before = owners.insert(plain(name), (&group.key, name));
            if let Some((key, known)) = before.filter(|(key, known)| *key != group.key || known == name) {
                twice.push(format!("{name:?} of {} is {known:?} of {key}", group.key));
            }
        }
    }
    let mut exact: BTreeMap<&str, &str> = BTreeMap::new();
    for group in groups() {
        for name in &group.exact_case {
            if let Some((key, known)) = owners.get(&plain(name)) {
                twice.push(format!("{name:?} of {} is {known:?} of {key}", group.key));
            }
            if let Some(key) = exact.insert(name, &group.key) {
                twice.push(format!("{name:?} of {} is also in {key}", group.key));
            }
        }
    }
    assert!(twice.is_empty(), "names that stand twice:\n{}", twice.join("\n"));
}

#[test]
fn names_under_which_a_group_must_be_found() {
    let table: &[(&str, &[&str])] = &[
        (
            "jnim",
            &[
                "JNIM",
                "GSIM",
                "Jama'at Nusrat al-Islam wal-Muslimin",
                "Groupe de soutien à l'islam et aux musulmans",
                "Group to Support Islam and Muslims",
                "Grupo de Apoyo al Islam y los Musulmanes",
                "جماعة نصرة الإسلام والمسلمين",
                "Группа поддержки ислама и мусульман",
            ],
        ),
        (
            "issp",
            &[
                "ISGS",
                "EIGS",
                "Islamic State in the Greater Sahara",
                "Etat islamique au Sahel",
            ],
        ),
        ("boko-haram", &["Boko Haram", "JAS", "بوكو حرام", "Боко Харам"]),
        (
            "iswap",
            &[
                "ISWAP",
                "Islamic State West Africa Province",
                "Etat islamique en Afrique de l'Ouest",
            ],
        ),
        (
            "fama",
            &["FAMa", "Forces armées maliennes", "Malian army", "армия Мали"],
        ),
    ];
    for (key, names) in table {
        let group = group(key).unwrap_or_else(|| panic!("{key} is in the directory"));
        for name in *names {
            assert!(is_called(group, name), "{key} is not found under {name:?}");
        }
    }
}

#[test]
fn a_key_is_found_in_any_capitals() {
    assert_eq!(group("JNIM").unwrap().key, "jnim");
    assert_eq!(group("Boko-Haram").unwrap().key, "boko-haram");
    assert_eq!(group("no-such-group"), None);
    assert_eq!(group(""), None);
}

fn is_called(group: &Group, name: &str) -> bool {
    let name = plain(name);
    group
        .names
        .iter()
        .chain(&group.exact_case)
        .any(|known| plain(known) == name)
}

/// Names that would be matched alike: capitals, accents, apostrophes and hyphens aside.
fn plain(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;
    let letters: String = name
        .to_lowercase()
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’' | 'ʿ' | 'ʼ'))
        .map(|c| if c == '-' { ' ' } else { c })
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}
