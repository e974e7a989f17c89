//! What terms match and do not, in the languages of the region; when watches fire, and what they say.

use std::ops::Range;
use std::sync::Arc;

use proptest::prelude::*;
use wirewatch_recognition::{
    Document, Entity, EntityKind, Examined, Field, HowClose, Level, LookIn, Term, TermList, Watch, Watchlist, fold,
};

fn terms(written: &[&str]) -> Vec<Term> {
    written.iter().map(|term| Term::parse(term).unwrap()).collect()
}

fn watch(find: &[&str]) -> Watch {
    Watch {
        name: "w".into(),
        title: "W".into(),
        level: Level::Normal,
        tell: Vec::new(),
        find: terms(find).into(),
        together_with: TermList::default(),
        how_close: HowClose::SameArticle,
        but_not: TermList::default(),
        look_in: LookIn::TitleAndText,
        ..Watch::default()
    }
}

fn together(find: &[&str], together_with: &[&str], how_close: HowClose) -> Watch {
    Watch {
        together_with: terms(together_with).into(),
        how_close,
        ..watch(find)
    }
}

fn jnim() -> Vec<Term> {
    let entity = Arc::new(Entity {
        id: "group:jnim".into(),
        kind: EntityKind::Group,
        name: "JNIM".into(),
        country: None,
    });
    [
        "JNIM",
        "GSIM",
        "Nusrat al-Islam",
        "Jama'at Nusrat al-Islam wal-Muslimin",
    ]
    .map(|name| Term {
        entity: Some(entity.clone()),
        ..Term::parse(name).unwrap()
    })
    .to_vec()
}

fn document<'a>(title: &'a str, text: &'a str) -> Document<'a> {
    Document {
        title,
        text,
        ..Document::default()
    }
}

/// What of the text a list of terms finds.
fn found<'a>(find: &[&str], text: &'a str) -> Vec<&'a str> {
    let list = Watchlist::compile(vec![watch(find)]).unwrap();
    let examined = list.examine(document("", text));
    examined
        .mentions
        .iter()
        .map(|mention| &text[mention.span.clone()])
        .collect()
}

/// Each line: what it shows, the term, the text, what is found.
fn holds(table: &[(&str, &str, &str, &[&str])]) {
    for (what, term, text, expected) in table {
        assert_eq!(found(&[term], text), *expected, "{what}: `{term}` in `{text}`");
    }
}

fn reason(watch: Watch, document: Document<'_>) -> (bool, String) {
    let list = Watchlist::compile(vec![watch]).unwrap();
    let examined = list.examine(document);
    let verdict = list.verdict(0, document, &examined);
    if let Some(given) = examined.verdicts.first() {
        assert_eq!(given, &verdict);
    }
    (verdict.fires(), verdict.sentence(&list, document, &examined))
}

#[test]
fn mali_is_not_in_malicious_somalia_normality_anomalies() {
    holds(&[
        (
            "inside other words",
            "Mali",
            "malicious Somalia normality anomalies Somali malí̱x",
            &[],
        ),
        (
            "the word",
            "Mali",
            "Mali, (Mali) Mali: “Mali” MALI mali",
            &["Mali", "Mali", "Mali", "Mali", "MALI", "mali"],
        ),
        (
            "composed and decomposed",
            "état",
            "l’état et l'e\u{301}tat",
            &["état", "e\u{301}tat"],
        ),
        (
            "decomposed and composed",
            "Se\u{301}gou",
            "Ségou Se\u{301}gou Segou",
            &["Ségou", "Se\u{301}gou", "Segou"],
        ),
        ("curly apostrophe", "attaque", "après l’attaque", &["attaque"]),
        (
            "phrase with a curly apostrophe",
            "l'attaque",
            "après l’attaque",
            &["l’attaque"],
        ),
        ("a part after an accent", "gou", "Ségou Se\u{301}gou", &[]),
        ("a part before an accent", "S", "Ségou Se\u{301}gou", &[]),
    ]);
}

#[test]
fn english() {
    holds(&[
        (
            "plural and possessive",
            "attack",
            "attacks, attack's, attack",
            &["attacks", "attack", "attack"],
        ),
        ("plural in -es", "ambush", "two ambushes", &["ambushes"]),
        ("plural in -ies", "army", "both armies, army", &["armies", "army"]),
        ("not other endings", "attack", "attacked attacker attacking", &[]),
        (
            "a beginning",
            "attack*",
            "attacked, attackers; the counterattack",
            &["attacked", "attackers"],
        ),
        (
            "a phrase over a line end",
            "Boko Haram",
            "Boko\nHaram, Boko  Haram",
            &["Boko\nHaram", "Boko  Haram"],
        ),
        ("a phrase not over a comma", "Boko Haram", "Boko, Haram", &[]),
        ("a phrase not over a paragraph", "Boko Haram", "Boko\n\nHaram", &[]),
        (
            "hyphen in the term",
            "al-Shabaab",
            "al Shabaab, Al\u{2011}Shabaab, al–Shabaab",
            &["al Shabaab", "Al\u{2011}Shabaab", "al–Shabaab"],
        ),
        ("hyphen in the text", "Burkina Faso", "Burkina-Faso", &["Burkina-Faso"]),
        ("a part of a compound", "Mali", "Mali-based pro-Mali", &["Mali", "Mali"]),
        ("no dash between sentences", "Mali Niger", "Mali – Niger", &[]),
        (
            "soft hyphens and zero width",
            "ambush",
            "am\u{AD}bush\u{200B}",
            &["am\u{AD}bush"],
        ),
        ("digits belong to the word", "M23", "M23, M230, AM23", &["M23"]),
        (
            "apostrophe left out",
            "N'Djamena",
            "N’Djamena, Ndjamena",
            &["N’Djamena", "Ndjamena"],
        ),
        (
            "several names of one place",
            "Hama",
            "Hamas fighters near Hama",
            &["Hama"],
        ),
        (
            "a sign next to it",
            "Mali",
            "#Mali @Mali_actu Mali2024 $Mali",
            &["Mali", "Mali", "Mali"],
        ),
        ("full width", "Mali", "Ｍａｌｉ", &["Ｍａｌｉ"]),
        ("dotted", "UNHCR", "the U.N.H.C.R. said", &["U.N.H.C.R"]),
        ("an expression", "/fama[si]?\\b/", "FAMa and famas", &["FAMa", "famas"]),
    ]);
}

#[test]
fn acronyms_that_are_words() {
    holds(&[
        ("in capitals", "WHO", "the WHO said who", &["WHO"]),
        ("possessive", "US", "the US's, us, Us, U.S. troops", &["US", "U.S"]),
        ("no plural of another word", "CAR", "cars in CAR", &["CAR"]),
        (
            "others in any case",
            "JNIM",
            "le Jnim, JNIM, jnim",
            &["Jnim", "JNIM", "jnim"],
        ),
        ("French", "EU", "il a eu; eux; EU", &["EU"]),
        ("written small by the analyst", "who", "WHO, who", &["WHO", "who"]),
    ]);
    let table = [
        (
            "headline in capitals, the text does not have it",
            "WHO KILLED THE MAYOR OF GAO",
            "Who killed the mayor?",
            0,
        ),
        (
            "headline in capitals, the text has it",
            "WHO SENDS DOCTORS TO GAO",
            "The WHO sends doctors.",
            2,
        ),
        ("nothing but capitals", "WHO SENDS DOCTORS TO GAO", "", 1),
        (
            "nothing but capitals, where it reads as a word",
            "WHO IS THE MAYOR OF GAO",
            "",
            0,
        ),
        ("a question", "WHO KILLED THE MAYOR OF GAO?", "", 0),
    ];
    let list = Watchlist::compile(vec![watch(&["WHO"])]).unwrap();
    for (what, title, text, count) in table {
        assert_eq!(list.examine(document(title, text)).mentions.len(), count, "{what}");
    }
    let unsure = list.examine(document("WHO SENDS DOCTORS TO GAO", ""));
    assert!(unsure.mentions[0].confidence < 1.0);
}

#[test]
fn exact_case_asks_for_these_capitals() {
    let exact = Term {
        exact_case: true,
        ..Term::parse("FAMa").unwrap()
    };
    let list = Watchlist::compile(vec![Watch {
        find: vec![exact].into(),
        ..watch(&[])
    }])
    .unwrap();
    let text = "FAMa, FAMA, fama, FAMa's";
    let examined = list.examine(document("", text));
    let starts: Vec<_> = examined.mentions.iter().map(|mention| mention.span.start).collect();
    assert_eq!(starts, [0, 18]);
}

#[test]
fn french() {
    holds(&[
        (
            "elisions",
            "armée",
            "l’armée, d'armée, qu’armée",
            &["armée", "armée", "armée"],
        ),
        ("plurals", "drapeau", "les drapeaux", &["drapeaux"]),
        ("plural in -aux", "hôpital", "des hôpitaux", &["hôpitaux"]),
        (
            "plural of a phrase",
            "attaque armée",
            "des attaques armées",
            &["attaques armées"],
        ),
        ("ligature", "œuvre", "chefs-d’oeuvre et œuvres", &["oeuvre", "œuvres"]),
        ("a beginning", "embuscade*", "Embuscades près de Ségou", &["Embuscades"]),
        (
            "capitals without accents",
            "état d'urgence",
            "ETAT D’URGENCE",
            &["ETAT D’URGENCE"],
        ),
        (
            "Côte d'Ivoire",
            "Côte d'Ivoire",
            "Cote d’Ivoire, CÔTE D'IVOIRE",
            &["Cote d’Ivoire", "CÔTE D'IVOIRE"],
        ),
        ("not an adverb", "mali", "malin, mâli", &["mâli"]),
        (
            "non-breaking space",
            "Burkina Faso",
            "Burkina\u{A0}Faso",
            &["Burkina\u{A0}Faso"],
        ),
    ]);
}

#[test]
fn spanish_portuguese_german_turkish_polish() {
    holds(&[
        (
            "Spanish plural",
            "explosión",
            "explosiones, explosión",
            &["explosiones", "explosión"],
        ),
        (
            "Spanish phrase",
            "ataque armado",
            "ataques armados",
            &["ataques armados"],
        ),
        ("Spanish ñ", "Logroño", "LOGROÑO", &["LOGROÑO"]),
        ("Spanish question", "Malí", "¿Malí?", &["Malí"]),
        ("Portuguese", "São Tomé", "Sao Tomé", &["Sao Tomé"]),
        (
            "German sharp s",
            "Straße",
            "STRASSE, straße, Strasse",
            &["STRASSE", "straße", "Strasse"],
        ),
        (
            "Turkish dots",
            "Istanbul",
            "İstanbul ISTANBUL ıstanbul",
            &["İstanbul", "ISTANBUL", "ıstanbul"],
        ),
        (
            "Turkish ending after an apostrophe",
            "Mali",
            "Mali’de patlama",
            &["Mali"],
        ),
        ("Polish", "Łódź", "w Lodz i Łodź", &["Lodz", "Łodź"]),
        (
            "Danish",
            "København",
            "KOBENHAVN København",
            &["KOBENHAVN", "København"],
        ),
    ]);
}

#[test]
fn russian_and_greek() {
    holds(&[
        ("capitals", "Мали", "МАЛИ, Мали, мали", &["МАЛИ", "Мали", "мали"]),
        ("inside another word", "Мали", "Сомали, маленький, Мали́", &["Мали́"]),
        ("yo", "взорвётся", "взорвется", &["взорвется"]),
        ("a beginning", "атак*", "атаковали позиции; контратака", &["атаковали"]),
        (
            "Ukrainian apostrophe",
            "Кам'янець",
            "Кам’янець, Камʼянець",
            &["Кам’янець", "Камʼянець"],
        ),
        ("Greek final sigma", "ΠΟΛΕΜΟΣ", "πόλεμος", &["πόλεμος"]),
    ]);
}

#[test]
fn arabic_and_hebrew() {
    holds(&[
        ("the word", "مالي", "في مالي، مالي.", &["مالي", "مالي"]),
        ("with vowels and tatweel", "مالي", "مَالِي مـــالي", &["مَالِي", "مـــالي"]),
        ("not Somali", "مالي", "الصومالي", &[]),
        (
            "prefixes",
            "باماكو",
            "وباماكو لباماكو بباماكو",
            &["باماكو", "باماكو", "باماكو"],
        ),
        ("article", "هجوم", "الهجوم والهجوم", &["هجوم", "هجوم"]),
        ("hamza left out", "أنصار الدين", "انصار الدين", &["انصار الدين"]),
        ("teh marbuta and yeh", "على القاعدة", "علي القاعده", &["علي القاعده"]),
        ("Persian letters", "کابل", "كابل", &["كابل"]),
        ("presentation forms", "الله", "ﷲ", &["ﷲ"]),
        ("Hebrew with points", "שלום", "שָׁלוֹם", &["שָׁלוֹם"]),
    ]);
}

#[test]
fn hausa_bambara_and_others_of_africa() {
    holds(&[
        ("Hausa hooked letters", "ƙauye", "kauye Ƙauye", &["kauye", "Ƙauye"]),
        ("Hausa", "ɗan bindiga", "dan bindiga", &["dan bindiga"]),
        (
            "Hausa glottal stop",
            "'yan ta'adda",
            "’yan ta’adda, ʼyan taʼadda",
            &["yan ta’adda", "yan taʼadda"],
        ),
        ("Bambara open vowels", "kɛlɛ", "KƐLƐ kele", &["KƐLƐ", "kele"]),
        ("Bambara", "Bamakɔ", "Bamako, Bamakɔ", &["Bamako", "Bamakɔ"]),
        ("Bambara ŋ", "ŋaniya", "naniya", &["naniya"]),
        ("Fulfulde", "ɓernde", "Bernde", &["Bernde"]),
        ("Yoruba tones", "ọjọ́", "ojo Ọjọ́", &["ojo", "Ọjọ́"]),
    ]);
}

#[test]
fn scripts_of_asia() {
    holds(&[
        ("Japanese in a sentence", "バマコ", "首都バマコで爆発", &["バマコ"]),
        ("voicing is kept", "ハマコ", "首都バマコで爆発", &[]),
        ("half-width kana", "バマコ", "首都ﾊﾞﾏｺで", &["ﾊﾞﾏｺ"]),
        (
            "a short name is not in a longer one",
            "マリ",
            "ソマリアとマリの首都",
            &["マリ"],
        ),
        ("Chinese", "马里", "在马里发生", &["马里"]),
        ("Latin in Chinese", "Mali", "在Mali发生", &["Mali"]),
        ("Thai", "มาลี", "ในประเทศมาลีเมื่อวาน", &["มาลี"]),
        (
            "Korean with a particle",
            "말리",
            "말리에서 공격, 말리",
            &["말리", "말리"],
        ),
        ("Hindi", "माली", "माली में हमला", &["माली"]),
        ("a Hindi vowel belongs to the word", "माल", "माली में", &[]),
    ]);
}

#[test]
fn the_longest_name_of_a_group_is_kept() {
    let list = Watchlist::compile(vec![Watch {
        find: jnim().into(),
        ..watch(&[])
    }])
    .unwrap();
    let text = "Jama’at Nusrat al-Islam wal-Muslimin, or Nusrat al Islam";
    let examined = list.examine(document("", text));
    let found: Vec<_> = examined
        .mentions
        .iter()
        .map(|mention| &text[mention.span.clone()])
        .collect();
    assert_eq!(found, ["Jama’at Nusrat al-Islam wal-Muslimin", "Nusrat al Islam"]);
    assert_eq!(examined.mentions[0].entity.as_ref().unwrap().id, "group:jnim");
}

#[test]
fn another_watch_does_not_hide_a_shorter_term() {
    let list = Watchlist::compile(vec![watch(&["Guinea"]), watch(&["Guinea-Bissau"])]).unwrap();
    let examined = list.examine(document("Guinea-Bissau votes", ""));
    assert_eq!(examined.verdicts.iter().filter(|verdict| verdict.fires()).count(), 2);
}

#[test]
fn watches_say_why_in_plain_words() {
    use HowClose::{SameArticle, SameParagraph, SameSentence};
    let text = "Le GSIM revendique une embuscade. Une attaque a eu lieu hier.\n\nÀ Mopti, le calme règne.";
    let with_group = |how_close| Watch {
        find: jnim().into(),
        ..together(&[], &["embuscade*", "Mopti"], how_close)
    };
    let table = [
        (
            "one term",
            watch(&["Mopti"]),
            "",
            text,
            true,
            "“Mopti” appears in the text",
        ),
        (
            "two terms",
            watch(&["Mopti", "GSIM"]),
            "",
            text,
            true,
            "“GSIM” and “Mopti” appear in the text",
        ),
        (
            "an alias",
            with_group(SameParagraph),
            "",
            text,
            true,
            "“GSIM” (JNIM) and “embuscade” appear in the same paragraph of the text",
        ),
        (
            "one sentence",
            with_group(SameSentence),
            "",
            text,
            true,
            "“GSIM” (JNIM) and “embuscade” appear in the same sentence of the text",
        ),
        (
            "another sentence",
            together(&["GSIM"], &["attaque"], SameSentence),
            "",
            text,
            false,
            "“GSIM” and “attaque” are there, but not in the same sentence",
        ),
        (
            "another paragraph",
            together(&["GSIM"], &["Mopti"], SameParagraph),
            "",
            text,
            false,
            "“GSIM” and “Mopti” are there, but not in the same paragraph",
        ),
        (
            "one article",
            together(&["GSIM"], &["Mopti"], SameArticle),
            "",
            text,
            true,
            "“GSIM” and “Mopti” appear in the text",
        ),
        (
            "the title counts to the first paragraph",
            together(&["Mali"], &["embuscade"], SameParagraph),
            "Mali : deuil",
            text,
            true,
            "“Mali” appears in the title and “embuscade” in the first paragraph of the text",
        ),
        (
            "but not to the second",
            together(&["Mali"], &["Mopti"], SameParagraph),
            "Mali : deuil",
            text,
            false,
            "“Mali” and “Mopti” are there, but not in the same paragraph",
        ),
        (
            "title and text",
            together(&["Mali"], &["Mopti"], SameArticle),
            "Mali : deuil",
            text,
            true,
            "“Mali” appears in the title and “Mopti” in the text",
        ),
        (
            "nothing",
            watch(&["Kidal", "Gao"]),
            "Mali",
            text,
            false,
            "neither “Kidal” nor “Gao” appears in the title or the text",
        ),
        (
            "nothing of a group and many",
            Watch {
                find: [jnim(), terms(&["a1", "b1", "c1"])].concat().into(),
                ..watch(&[])
            },
            "Paris",
            "",
            false,
            "none of JNIM, “a1”, “b1” and 1 more appears in the title or the text",
        ),
        (
            "no company",
            together(&["Mopti"], &["drone"], SameArticle),
            "",
            text,
            false,
            "“Mopti” appears in the text, but “drone” does not appear in the title or the text",
        ),
        (
            "left out",
            Watch {
                but_not: terms(&["calme"]).into(),
                ..watch(&["Mopti"])
            },
            "",
            text,
            false,
            "it would fire, but “calme” appears in the text, which the watch leaves out",
        ),
        (
            "only the title is looked in",
            Watch {
                look_in: LookIn::Title,
                ..watch(&["Mopti"])
            },
            "Mali",
            text,
            false,
            "“Mopti” does not appear in the title",
        ),
        (
            "only the text is looked in",
            Watch {
                look_in: LookIn::Text,
                ..watch(&["Mali"])
            },
            "Mali",
            text,
            false,
            "“Mali” does not appear in the text",
        ),
    ];
    for (what, watch, title, text, fires, sentence) in table {
        assert_eq!(
            reason(watch, document(title, text)),
            (fires, sentence.to_owned()),
            "{what}"
        );
    }
}

#[test]
fn watches_keep_to_their_feeds() {
    let rfi = Watch {
        feeds: vec!["rfi".into(), "bbc".into()],
        ..watch(&["Mali"])
    };
    let from = |feed| Document {
        title: "Mali",
        feed,
        ..Document::default()
    };
    assert!(reason(rfi.clone(), from(Some("rfi"))).0);
    assert!(reason(rfi.clone(), from(None)).0, "outside of feeds nothing restricts");
    assert_eq!(
        reason(rfi, from(Some("cnn"))),
        (
            false,
            "the watch looks only at the feeds rfi, bbc, and this entry is from cnn".to_owned()
        )
    );
}

#[test]
fn only_watches_that_are_touched_are_judged() {
    let watches = (0..5_000)
        .map(|n| watch(&[&format!("placename{n}"), &format!("Ort{n}")]))
        .collect();
    let list = Watchlist::compile(watches).unwrap();
    let text = "From placename17 to ORT4999 and Placename17's, never placename5000";
    let examined = list.examine(document("", text));
    let touched: Vec<_> = examined.verdicts.iter().map(|verdict| verdict.watch).collect();
    assert_eq!(touched, [17, 4999]);
    assert!(examined.verdicts.iter().all(|verdict| verdict.fires()));
}

#[test]
fn a_term_shared_by_every_watch_does_not_touch_them_all() {
    let watches = (0..2_000)
        .map(|n| together(&["attack*"], &[&format!("town{n}")], HowClose::SameSentence))
        .collect();
    let list = Watchlist::compile(watches).unwrap();
    let document = document("Attackers near town7", "Nothing happened in town8. Attacks elsewhere.");
    let examined = list.examine(document);
    let verdicts: Vec<_> = examined
        .verdicts
        .iter()
        .map(|verdict| (verdict.watch, verdict.fires()))
        .collect();
    assert_eq!(verdicts, [(7, true), (8, false)]);
    assert!(!list.verdict(9, document, &examined).fires());
}

#[test]
fn equal_terms_are_one() {
    let list = Watchlist::compile(vec![watch(&["Ségou", "Segou"]), watch(&["SÉGOU"])]).unwrap();
    let examined = list.examine(document("Ségou", ""));
    assert_eq!(examined.mentions.len(), 1);
    assert_eq!(examined.verdicts.len(), 2);
    assert_eq!(list.term(examined.mentions[0].term).written(), "Ségou");
}

#[test]
fn no_watches_and_no_text_are_fine() {
    let none = Watchlist::compile(Vec::new()).unwrap();
    assert_eq!(none.examine(document("Mali", "Mali")), Examined::default());
    assert_eq!(found(&["Mali"], ""), Vec::<&str>::new());
}

/// Letters of several scripts, marks, typography and invisible characters, so that words meet every edge.
const LETTERS: [&str; 24] = [
    "a",
    "b",
    "E",
    "é",
    "e\u{301}",
    "ß",
    "İ",
    "ı",
    "Σ",
    "ς",
    "ж",
    "Ё",
    "ɔ",
    "ŋ",
    "ø",
    "3",
    "ﬁ",
    "س",
    "أ",
    "k",
    "m",
    "Ｍ",
    "n\u{303}\u{323}",
    "t",
];
const GAPS: [&str; 14] = [
    " ", "  ", "\n", "\n\n", ", ", ". ", "-", "–", "’", "'", " (", ") ", "…", "\u{A0}",
];
const NOISE: [&str; 6] = ["", "", "", "\u{AD}", "\u{200B}", "\u{200F}"];

fn word() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&LETTERS[..]), 1..5).prop_map(|letters| letters.concat())
}

fn text_of(words: Vec<String>) -> impl Strategy<Value = String> {
    let piece = (
        prop::sample::select(words),
        prop::sample::select(&NOISE[..]),
        prop::sample::select(&GAPS[..]),
    );
    prop::collection::vec(piece, 0..30).prop_map(|pieces| {
        pieces
            .into_iter()
            .map(|(word, noise, gap)| format!("{word}{noise}{gap}"))
            .collect()
    })
}

/// A few words, and a text in which they recur.
fn words_and_text() -> impl Strategy<Value = (Vec<String>, String)> {
    prop::collection::vec(word(), 2..8).prop_flat_map(|words| (Just(words.clone()), text_of(words)))
}

fn text() -> impl Strategy<Value = String> {
    words_and_text().prop_map(|(_, text)| text)
}

/// Whole words and phrases the slow way: split at everything that is no letter, digit or mark, compare each folded, and
/// see that only white space or a hyphen lies between the words of a phrase.
fn naive(text: &str, phrase: &[&str]) -> Vec<Range<usize>> {
    let belongs =
        |c: char| c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200B}' | '\u{200F}');
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match start {
            None if belongs(c) => start = Some(at),
            Some(begin) if !belongs(c) => {
                words.push(begin..at);
                start = None;
            }
            _ => {}
        }
    }
    words
        .windows(phrase.len())
        .filter(|run| {
            run.iter()
                .zip(phrase)
                .all(|(word, part)| fold(&text[word.clone()]) == fold(part))
        })
        .filter(|run| {
            run.windows(2)
                .all(|two| [" ", "  ", "-", "–", "\u{A0}"].contains(&&text[two[0].end..two[1].start]))
        })
        .map(|run| run[0].start..run[run.len() - 1].end)
        .collect()
}

proptest! {
    #[test]
    fn every_whole_word_and_phrase_is_found((words, text) in words_and_text()) {
        // In small letters, so that none is an acronym.
        let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let mut phrases: Vec<Vec<&str>> = words.iter().map(|word| vec![word.as_str()]).collect();
        phrases.extend(words.windows(2).map(|two| vec![two[0].as_str(), two[1].as_str()]));
        for phrase in phrases {
            let written = phrase.join(" ");
            let watchlist = Watchlist::compile(vec![watch(&[&written])]).unwrap();
            let examined = watchlist.examine(document("", &text));
            for span in naive(&text, &phrase) {
                let found = examined.mentions.iter().any(|mention| {
                    span.start <= mention.span.start
                        && mention.span.start < span.end
                        && fold(&text[mention.span.clone()]).starts_with(&fold(&text[mention.span.start..span.end]))
                });
                prop_assert!(found, "`{}` at {:?} in {:?}: {:?}", written, span, text, examined.mentions);
            }
        }
    }

    #[test]
    fn every_mention_is_a_whole_word_of_the_original((words, text) in words_and_text()) {
        let list: Vec<&str> = words.iter().map(String::as_str).collect();
        let watchlist = Watchlist::compile(vec![watch(&list)]).unwrap();
        for mention in watchlist.examine(document(&text, &text)).mentions {
            prop_assert!(matches!(mention.field, Field::Title | Field::Text));
            prop_assert!(text.is_char_boundary(mention.span.start) && text.is_char_boundary(mention.span.end));
            let inside = fold(&text[mention.span.clone()]);
            prop_assert!(inside.starts_with(&fold(&watchlist.term(mention.term).written())), "{inside}");
            let mark = |c: &char| !matches!(c, '\u{AD}' | '\u{200B}' | '\u{200F}');
            let after = text[mention.span.end..].chars().find(mark);
            prop_assert!(!after.is_some_and(char::is_alphanumeric), "{:?} goes on in {:?}", inside, text);
        }
    }

    #[test]
    fn folding_twice_changes_nothing(text in text()) {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }

    #[test]
    fn any_text_can_be_folded_and_searched(text in "\\PC{0,60}|(?s).{0,60}", at in 0usize..60, len in 1usize..8) {
        let part: String = text.chars().skip(at).take(len).collect();
        let Ok(term) = Term::parse(&part) else { return Ok(()) };
        let watchlist = Watchlist::compile(vec![Watch { find: vec![term].into(), ..watch(&[]) }]).unwrap();
        for mention in watchlist.examine(document("", &text)).mentions {
            prop_assert!(text.get(mention.span.clone()).is_some_and(|found| !found.is_empty()));
        }
    }
}
