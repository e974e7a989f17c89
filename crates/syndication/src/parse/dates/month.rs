//! Names of months, halves of the day and time zones, in lower case and without diacritics.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Prefixes of names and their month. The longest match counts.
#[rustfmt::skip]
const MONTHS: &[(&str, i64)] = &[
    // English, French, German, Spanish, Italian, Portuguese, Dutch, the Nordic languages, Indonesian
    ("jan", 1), ("janv", 1), ("ene", 1), ("gen", 1), ("jen", 1), ("feb", 2), ("fev", 2), ("mart", 3), ("mar", 3),
    ("maa", 3), ("mrt", 3), ("maerz", 3), ("mrz", 3), ("apr", 4), ("avr", 4), ("abr", 4), ("avg", 8), ("may", 5),
    ("mai", 5), ("mei", 5), ("maj", 5), ("mag", 5), ("juin", 6), ("jun", 6), ("giu", 6), ("juil", 7), ("jul", 7),
    ("lug", 7), ("lipca", 7), ("lip", 7), ("aug", 8), ("aou", 8), ("ago", 8), ("agu", 8), ("agustus", 8),
    ("sep", 9), ("set", 9), ("wrz", 9), ("oct", 10), ("okt", 10), ("out", 10), ("ott", 10), ("nov", 11),
    ("noiembrie", 11), ("dec", 12), ("dez", 12), ("des", 12), ("dic", 12),
    // Polish, Czech
    ("sty", 1), ("lut", 2), ("kwi", 4), ("czerw", 6), ("cze", 6), ("sier", 8), ("sie", 8), ("paz", 10), ("lis", 11),
    ("gru", 12), ("led", 1), ("uno", 2), ("bre", 3), ("dub", 4), ("kve", 5), ("cervenec", 7), ("cervence", 7),
    ("cerven", 6), ("srp", 8), ("zar", 9), ("rij", 10), ("pro", 12),
    // Finnish, Hungarian
    ("tam", 1), ("hel", 2), ("maal", 3), ("huh", 4), ("tou", 5), ("kes", 6), ("hei", 7), ("elo", 8), ("syy", 9),
    ("lok", 10), ("joul", 12), ("szep", 9), ("szept", 9),
    // Turkish
    ("oca", 1), ("sub", 2), ("nis", 4), ("haz", 6), ("tem", 7), ("eyl", 9), ("eki", 10), ("kas", 11), ("ara", 12),
    // Russian and Ukrainian
    ("янв", 1), ("фев", 2), ("мар", 3), ("апр", 4), ("мая", 5), ("маи", 5), ("май", 5), ("июн", 6), ("июл", 7),
    ("авг", 8), ("сен", 9), ("окт", 10), ("ноя", 11), ("дек", 12), ("січ", 1), ("лют", 2), ("бер", 3), ("кві", 4),
    ("тра", 5), ("чер", 6), ("лип", 7), ("сер", 8), ("вер", 9), ("жов", 10), ("лис", 11), ("гру", 12),
    // Greek
    ("ιαν", 1), ("φεβ", 2), ("μαρ", 3), ("απρ", 4), ("μαι", 5), ("μαϊ", 5), ("ιουν", 6), ("ιουλ", 7), ("αυγ", 8),
    ("σεπ", 9), ("οκτ", 10), ("νοε", 11), ("δεκ", 12),
    // Romanian, Hausa, Swahili
    ("ian", 1), ("iun", 6), ("iul", 7), ("fab", 2), ("afi", 4), ("yuni", 6), ("yuli", 7), ("satumba", 9), ("nuw", 11),
    ("dis", 12), ("mach", 3),
    // Arabic: of Egypt, of the Maghreb (Tunis and Algiers, then Rabat), of the Levant
    ("يناير", 1), ("فبراير", 2), ("مارس", 3), ("ابريل", 4), ("أبريل", 4), ("مايو", 5), ("يونيو", 6), ("يوليو", 7),
    ("اغسطس", 8), ("أغسطس", 8), ("سبتمبر", 9), ("اكتوبر", 10), ("أكتوبر", 10), ("نوفمبر", 11), ("ديسمبر", 12),
    ("جانفي", 1), ("فيفري", 2), ("افريل", 4), ("أفريل", 4), ("ماي", 5), ("جوان", 6), ("جويلية", 7), ("اوت", 8), ("أوت", 8),
    ("يوليوز", 7), ("غشت", 8), ("شتنبر", 9), ("نونبر", 11), ("دجنبر", 12),
    ("شباط", 2), ("اذار", 3), ("آذار", 3), ("نيسان", 4), ("ايار", 5), ("أيار", 5), ("حزيران", 6), ("تموز", 7),
    ("ايلول", 9), ("أيلول", 9),
    // Hindi, its vowel signs taken off like diacritics
    ("जनवर", 1), ("फरवर", 2), ("मरच", 3), ("अपरल", 4), ("मई", 5), ("जन", 6), ("जलई", 7), ("अगसत", 8), ("सतबर", 9), ("सतमबर", 9),
    ("अकटबर", 10), ("अकतबर", 10), ("नवबर", 11), ("नवमबर", 11), ("दसबर", 12), ("दसमबर", 12),
    // Hebrew
    ("ינואר", 1), ("פברואר", 2), ("מרץ", 3), ("מרס", 3), ("אפריל", 4), ("מאי", 5), ("יוני", 6), ("יולי", 7),
    ("אוגוסט", 8), ("ספטמבר", 9), ("אוקטובר", 10), ("נובמבר", 11), ("דצמבר", 12),
];

/// The same by first letter, so that not every name is compared with every word.
static BY_FIRST_LETTER: LazyLock<HashMap<char, Vec<(&str, i64)>>> = LazyLock::new(|| {
    let mut by_letter: HashMap<char, Vec<(&str, i64)>> = HashMap::new();
    for (start, month) in MONTHS {
        if let Some(letter) = start.chars().next() {
            by_letter.entry(letter).or_default().push((start, *month));
        }
    }
    by_letter
});

/// Returns the month of a name. `mar` alone may be Tuesday in the Romance languages: see [`is_weak`].
pub(super) fn month(word: &str) -> Option<i64> {
    /// May and June in Hindi; other words of two letters name no month.
    const SHORT: [&str; 2] = ["मई", "जन"];
    if word.chars().count() < 3 && !SHORT.contains(&word) || is_weekday(word) {
        return None;
    }
    let starts = BY_FIRST_LETTER.get(&word.chars().next()?)?;
    starts
        .iter()
        .filter(|(start, _)| word.starts_with(start))
        .max_by_key(|(start, _)| start.len())
        .map(|(_, month)| *month)
}

/// Returns the month of a two-word name, as in the Levant.
pub(super) fn month_of_two(word: &str, next: &str) -> Option<i64> {
    let first = match next {
        "الاول" | "الأول" | "اول" | "أول" => true,
        "الثاني" | "ثاني" | "الثانى" => false,
        _ => return None,
    };
    match (word, first) {
        ("تشرين", true) => Some(10),
        ("تشرين", false) => Some(11),
        ("كانون", true) => Some(12),
        ("كانون", false) => Some(1),
        _ => None,
    }
}

/// Whether a later name of a month takes precedence over this one.
pub(super) fn is_weak(word: &str) -> bool {
    word == "mar"
}

/// Days of the week that share a prefix with a month.
fn is_weekday(word: &str) -> bool {
    const DAYS: &[&str] = &[
        "mardi",
        "martes",
        "martedi",
        "marti",
        "maandag",
        "maanantai",
        "keskiviikko",
        "pazar",
        "pazartesi",
        "середа",
    ];
    DAYS.contains(&word)
}

/// Whether a word means after noon (`true`) or before it.
pub(super) fn noon(word: &str) -> Option<bool> {
    match word {
        "am" | "ص" | "오전" | "上午" | "午前" | "πμ" | "परवहन" => Some(false),
        "pm" | "م" | "오후" | "下午" | "午後" | "μμ" | "अपरहन" => Some(true),
        _ => None,
    }
}

/// Returns the minutes east of UTC. An ambiguous name means the zone that feeds use most often.
pub(super) fn zone_minutes(word: &str) -> Option<i64> {
    let hours = |hours: i64| Some(hours * 60);
    match word {
        "z" | "ut" | "utc" | "gmt" | "wet" => hours(0),
        "west" | "bst" | "cet" | "mez" | "met" | "wat" => hours(1),
        "cest" | "mesz" | "mest" | "eet" | "cat" | "sast" => hours(2),
        "eest" | "msk" | "eat" | "trt" => hours(3),
        "gst" | "msd" => hours(4),
        "pkt" => hours(5),
        "ist" => Some(330),
        "wib" | "ict" => hours(7),
        "sgt" | "hkt" | "awst" | "pht" => hours(8),
        "jst" | "kst" => hours(9),
        "aest" => hours(10),
        "acst" => Some(570),
        "acdt" => Some(630),
        "aedt" => hours(11),
        "nzst" => hours(12),
        "nzdt" => hours(13),
        "brt" | "art" | "adt" => hours(-3),
        "ndt" => Some(-150),
        "nst" => Some(-210),
        "ast" | "edt" | "clt" => hours(-4),
        "est" | "cdt" | "et" => hours(-5),
        "cst" | "mdt" | "ct" => hours(-6),
        "mst" | "pdt" | "mt" => hours(-7),
        "pst" | "akdt" | "pt" => hours(-8),
        "akst" => hours(-9),
        "hst" => hours(-10),
        _ => None,
    }
}
