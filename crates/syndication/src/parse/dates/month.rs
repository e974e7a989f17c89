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
    // Persian and Urdu, of the Gregorian calendar; then the solar months of Iran and of Afghanistan
    ("ژانويه", 1), ("فوريه", 2), ("اوريل", 4), ("مه", 5), ("ژوين", 6), ("ژوييه", 7), ("جولاي", 7), ("اگست", 8),
    ("سپتامبر", 9), ("اكتبر", 10), ("نوامبر", 11), ("دسامبر", 12),
    ("جنوري", 1), ("فروري", 2), ("مارچ", 3), ("مءي", 5), ("ميي", 5), ("جون", 6), ("جولايي", 7), ("ستمبر", 9), ("نومبر", 11),
    ("دسمبر", 12),
    ("فروردين", 1), ("ارديبهشت", 2), ("خرداد", 3), ("تير", 4), ("مرداد", 5), ("امرداد", 5), ("شهريور", 6), ("مهر", 7), ("ابان", 8),
    ("اذر", 9), ("دي", 10), ("بهمن", 11), ("اسفند", 12),
    ("حمل", 1), ("ثور", 2), ("جوزا", 3), ("سرطان", 4), ("اسد", 5), ("سنبله", 6), ("ميزان", 7), ("عقرب", 8), ("قوس", 9), ("جدي", 10),
    ("دلو", 11), ("حوت", 12),
    // Hindi, its vowel signs taken off like diacritics
    ("जनवर", 1), ("फरवर", 2), ("मरच", 3), ("अपरल", 4), ("मई", 5), ("जन", 6), ("जलई", 7), ("अगसत", 8), ("सतबर", 9), ("सतमबर", 9),
    ("अकटबर", 10), ("अकतबर", 10), ("नवबर", 11), ("नवमबर", 11), ("दसबर", 12), ("दसमबर", 12),
    // Hebrew
    ("ינואר", 1), ("פברואר", 2), ("מרץ", 3), ("מרס", 3), ("אפריל", 4), ("מאי", 5), ("יוני", 6), ("יולי", 7),
    ("אוגוסט", 8), ("ספטמבר", 9), ("אוקטובר", 10), ("נובמבר", 11), ("דצמבר", 12),
    // Thai, its vowel signs taken off
    ("มกราคม", 1), ("กมภาพนธ", 2), ("มนาคม", 3), ("เมษายน", 4), ("พฤษภาคม", 5), ("มถนายน", 6), ("กรกฎาคม", 7),
    ("สงหาคม", 8), ("กนยายน", 9), ("ตลาคม", 10), ("พฤศจกายน", 11), ("ธนวาคม", 12),
    // Bengali, its vowel signs taken off
    ("জানযার", 1), ("জানয়ার", 1), ("ফেবরযার", 2), ("ফবরয", 2), ("মরচ", 3), ("এপরল", 4), ("ম", 5), ("জন", 6), ("জলই", 7),
    ("আগসট", 8), ("অগসট", 8), ("সপটমবর", 9), ("সেপটমবর", 9), ("অকটবর", 10), ("নভমবর", 11), ("ডসমবর", 12),
    // Amharic, of the Gregorian calendar
    ("ጃንዩ", 1), ("ጃንዋ", 1), ("ፌብሩ", 2), ("ፌብርዋ", 2), ("ማርች", 3), ("ኤፕሪ", 4), ("ሜይ", 5), ("ጁን", 6), ("ጁላይ", 7), ("ኦገስ", 8),
    ("ሴፕቴ", 9), ("ኦክቶ", 10), ("ኖቬም", 11), ("ዲሴም", 12),
    // Georgian
    ("იან", 1), ("თებ", 2), ("მარ", 3), ("აპრ", 4), ("მაი", 5), ("ივნ", 6), ("ივლ", 7), ("აგვ", 8), ("სექ", 9), ("ოქტ", 10), ("ნოე", 11),
    ("დეკ", 12),
    // Serbian and Bulgarian
    ("јан", 1), ("јун", 6), ("јул", 7), ("яну", 1), ("юни", 6), ("юли", 7), ("мај", 5),
    // Croatian
    ("sijec", 1), ("velj", 2), ("ozuj", 3), ("trav", 4), ("svib", 5), ("lipanj", 6), ("lipnj", 6), ("srpanj", 7), ("srpnj", 7),
    ("kolov", 8), ("ruj", 9), ("stud", 11),
    // Malay, Tagalog, Somali
    ("mac", 3), ("ogos", 8), ("pebr", 2), ("hun", 6), ("hul", 7), ("nob", 11), ("juun", 6), ("luuly", 7), ("agoos", 8), ("maaj", 5),
    // Azerbaijani and Uzbek
    ("yan", 1), ("iyun", 6), ("iyul", 7), ("avq", 8), ("avg", 8), ("sent", 9), ("noy", 11), ("dek", 12),
    // Albanian
    ("shk", 2), ("pri", 4), ("qer", 6), ("kor", 7), ("gus", 8), ("sht", 9), ("tet", 10), ("nen", 11), ("nent", 11), ("dhj", 12),
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

/// Returns the month of a name. A day of the week may look like one: Tuesday in French (`mar`), Wednesday in
/// Ukrainian (`сер`).
pub(super) fn month(word: &str) -> Option<i64> {
    /// May and June in Hindi, June in Bengali, May and Dey in Persian; other words of two letters name no month.
    const SHORT: [&str; 5] = ["मई", "जन", "জন", "مه", "دي"];
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
    /// Names and the minutes east of UTC (CLDR, the IANA time zone database, and national usage).
    #[rustfmt::skip]
    const ZONES: &[(&[&str], i64)] = &[
        (&["sst"], -660), (&["hst", "taht"], -600), (&["hdt", "akst"], -540), (&["pst", "akdt", "pt"], -480),
        (&["mst", "pdt", "mt"], -420), (&["cst", "mdt", "ct", "galt"], -360),
        (&["est", "cdt", "et", "cot", "pet", "ect"], -300), (&["ast", "edt", "clt", "vet", "bot", "pyt", "gyt"], -240),
        (&["nst"], -210), (&["brt", "art", "adt", "uyt", "gft", "clst", "pyst", "srt", "pmst"], -180), (&["ndt"], -150),
        (&["fnt", "pmdt", "wgst"], -120), (&["cvt", "azot"], -60),
        (&["z", "ut", "utc", "gmt", "wet", "egst"], 0), (&["west", "bst", "cet", "mez", "met", "wat"], 60),
        (&["cest", "mesz", "mest", "eet", "cat", "sast", "oez"], 120),
        (&["eest", "msk", "eat", "trt", "idt", "oesz", "мск"], 180), (&["irst"], 210),
        (&["gst", "msd", "azt", "get", "mut", "sct", "ret", "samt"], 240), (&["aft", "irdt"], 270),
        (&["pkt", "uzt", "tjt", "tmt", "mvt", "yekt", "almt", "qyzt"], 300), (&["ist", "slst"], 330), (&["npt"], 345),
        (&["btt", "kgt", "omst", "bdst", "iot"], 360), (&["mmt"], 390),
        (&["wib", "ict", "hovt", "krat", "novt", "davt"], 420),
        (&["sgt", "hkt", "awst", "pht", "phst", "myt", "wita", "bnt", "irkt", "ulat"], 480), (&["acwst"], 525),
        (&["jst", "kst", "wit", "yakt", "tlt", "pwt"], 540), (&["acst"], 570), (&["aest", "chst", "pgt", "vlat"], 600),
        (&["acdt"], 630), (&["aedt", "magt", "sbt", "vut", "nct"], 660), (&["nzst", "fjt", "pett", "tvt", "mht"], 720),
        (&["nzdt", "phot"], 780), (&["chadt"], 825),
    ];
    let zone = ZONES.iter().find(|(names, _)| names.contains(&word))?;
    Some(zone.1)
}

/// Returns the Gregorian year that the first year of an era follows: `令和6年` is 2024, `民國113年` too.
pub(super) fn before_era(word: &str) -> Option<i64> {
    let eras = [
        ("令和", 2018),
        ("平成", 1988),
        ("昭和", 1925),
        ("民國", 1911),
        ("民国", 1911),
    ];
    eras.into_iter()
        .find(|(era, _)| word.ends_with(era))
        .map(|(_, before)| before)
}
