//! “The capital” of a country that the document names: a mention of that town.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::document::{Document, Field};
use crate::gazetteer::{Gazetteer, PlaceKind};
use crate::places::place_mention::{PlaceMention, Why};
use crate::text::{Gap, Tokens, sentence_starts};

/// The word in ten languages, folded, with its cases.
fn is_capital(word: &str) -> bool {
    matches!(
        word,
        "capital"
            | "capitale"
            | "hauptstadt"
            | "hoofdstad"
            | "stolica"
            | "stolicy"
            | "baskent"
            | "baskentte"
            | "baskenti"
            | "столица"
            | "столице"
            | "столицу"
            | "столицы"
            | "столицеи"
            | "столиця"
            | "столиці"
            | "столицю"
            | "столицею"
            | "العاصمه"
            | "بالعاصمه"
            | "والعاصمه"
            | "للعاصمه"
    )
}
/// Words in front of it that make it another thing: money, a penalty, a town that is no country's capital.
const OTHER_BEFORE: &[&str] = &[
    "venture",
    "working",
    "human",
    "social",
    "risk",
    "private",
    "share",
    "foreign",
    "equity",
    "political",
    "fixed",
    "seed",
    "growth",
    "raise",
    "raised",
    "raises",
    "raising",
    "fresh",
    "new",
    "more",
    "state",
    "provincial",
    "regional",
    "county",
    "district",
    "island",
    "tech",
    "fashion",
    "crypto",
    "ancient",
    "former",
    "old",
    "commercial",
    "economic",
    "financial",
    "cultural",
    "business",
    "spiritual",
    "departmental",
    "territorial",
    "peine",
    "pena",
    "punition",
    "peche",
    "du",
    "le",
    "un",
    "en",
    "de",
    "del",
    "o",
    "do",
    "ao",
    "no",
    "um",
    "mercado",
    "ganho",
    "entrada",
    "rebel",
    "murder",
];
/// Of those, particles that are right before the feminine (la capitale) and wrong before the masculine (le capital).
const MASCULINE: &[&str] = &["du", "le", "un", "del", "o", "do", "ao", "no", "um"];
/// Words behind it that make it another thing.
const OTHER_AFTER: &[&str] = &[
    "punishment",
    "gains",
    "gain",
    "markets",
    "market",
    "investment",
    "investments",
    "flight",
    "expenditure",
    "expenditures",
    "crime",
    "offence",
    "offense",
    "murder",
    "one",
    "letter",
    "letters",
    "controls",
    "control",
    "requirements",
    "budget",
    "spending",
    "group",
    "partners",
    "management",
    "goods",
    "stock",
    "structure",
    "adequacy",
    "injection",
    "inflows",
    "outflows",
    "increase",
    "raise",
    "allowance",
    "works",
    "project",
    "projects",
    "growth",
    "radio",
    "fm",
    "bank",
    "case",
    "cases",
    "trial",
    "charge",
    "charges",
    "sentence",
    "gazette",
    "economique",
    "regionale",
    "provinciale",
    "culturelle",
    "europeenne",
    "humain",
    "risque",
    "social",
    "humano",
    "privado",
    "riesgo",
    "extranjero",
    "financiero",
    "economica",
    "regional",
    "provincial",
    "estrangeiro",
    "cultural",
    "departementale",
    "departamental",
    "mondiale",
    "mundial",
];
/// Of what it is the capital, behind `of`: no country's.
const OTHER_OF: &[&str] = &[
    "culture", "cultura", "fashion", "mode", "moda", "crime", "wine", "vin", "vino", "world", "monde", "mundo", "risk",
    "risque", "trabajo",
];
/// Between it and the country: `capital of Mali`, `capitale du Mali`, `capital de Malí`.
const OF: &[&str] = &["of", "de", "du", "d", "des", "da", "do", "dos", "del", "von", "van"];

/// Confidence by where the country is named: beside the word, in its sentence, in the title, alone in the document.
const BESIDE: f32 = 0.85;
const IN_SENTENCE: f32 = 0.75;
const IN_TITLE: f32 = 0.65;
const ALONE: f32 = 0.6;
/// What a country's mention must have to count; its people's always does.
const COUNTS: f32 = 0.5;

static CAPITALS: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| {
    let gazetteer = Gazetteer::built_in();
    (0..gazetteer.len() as u32)
        .filter_map(|number| gazetteer.spot(number))
        .filter(|spot| spot.kind == PlaceKind::Capital)
        .filter_map(|spot| Some((spot.country?, spot.number)))
        .collect()
});

/// Adds the mentions of capitals to those of names, which are in the order of the text, title first.
pub(crate) fn add_capitals(document: Document<'_>, fields: &[(Field, Tokens<'_>)], mentions: &mut Vec<PlaceMention>) {
    let mut added = Vec::new();
    for (field, tokens) in fields {
        let mut starts = None;
        for at in 0..tokens.list.len() {
            if !is_capital(tokens.word(at)) || is_other(tokens, at) {
                continue;
            }
            let span = tokens.folded.original_span(tokens.list[at].stream.clone());
            let starts = starts.get_or_insert_with(|| sentence_starts(document.field(*field)));
            let sentence = sentence_of(starts, span.start, document.field(*field).len());
            let Some((country, confidence)) = country(tokens, at, *field, &span, &sentence, mentions) else {
                continue;
            };
            let gazetteer = Gazetteer::built_in();
            let town = CAPITALS.get(country).and_then(|number| gazetteer.numbered(*number));
            // “The capital, Bamako”: it is named.
            let named = |town: u32| {
                let mut here = mentions
                    .iter()
                    .filter(|one| one.field == *field && sentence.contains(&one.span.start));
                here.any(|one| one.place.number == town)
            };
            if let Some(place) = town.filter(|town| !named(town.number)) {
                added.push(PlaceMention {
                    place,
                    field: *field,
                    span,
                    confidence,
                    because: vec![Why::CapitalOf(country)],
                    aside: None,
                });
            }
        }
    }
    if !added.is_empty() {
        mentions.extend(added);
        mentions.sort_by_key(|mention| (mention.field, mention.span.start));
    }
}

/// Money, a penalty, a company, the capital of a province.
fn is_other(tokens: &Tokens, at: usize) -> bool {
    let word = tokens.word(at);
    // A capital inside of a text in small letters: Capital One, Barings Capital.
    if tokens.capital(at) && !tokens.begins_sentence(at) && !tokens.title_case && !tokens.capitals_say_nothing {
        return word != "hauptstadt";
    }
    let before = at.checked_sub(1).map_or("", |before| tokens.word(before));
    let after = if tokens.list[at].after == Gap::Space {
        tokens.word(at + 1)
    } else {
        ""
    };
    let feminine = word != "capital";
    if OTHER_BEFORE.contains(&before) && !(feminine && (MASCULINE.contains(&before) || matches!(before, "de" | "en"))) {
        return true;
    }
    if OTHER_AFTER.contains(&after) {
        return true;
    }
    OF.contains(&after) && OTHER_OF.contains(&tokens.word(at + 2)) || is_masculine_alone(tokens, at, before)
}

/// `capital` in English needs a sign that a town is meant: an article or preposition, a possessive, a people before it, or
/// `of` behind it.
fn is_masculine_alone(tokens: &Tokens, at: usize, before: &str) -> bool {
    const SIGNS: &[&str] = &[
        "the", "in", "near", "on", "to", "from", "at", "around", "outside", "towards", "toward", "its", "their", "s",
        "country", "nation", "whose", "la", "una", "a", "na", "da", "pela", "su", "nuestra", "inside", "across",
        "into", "national", "of", "encircle", "attack", "attacks", "hits", "hit", "rocks", "shakes", "over",
    ];
    tokens.word(at) == "capital"
        && !SIGNS.contains(&before)
        && !OF.contains(&tokens.word(at + 1))
        && !at.checked_sub(1).is_some_and(|before| tokens.capital(before))
}

fn sentence_of(starts: &[usize], at: usize, end: usize) -> Range<usize> {
    let next = starts.partition_point(|start| *start <= at);
    let from = next.checked_sub(1).map_or(0, |before| starts[before]);
    from..starts.get(next).copied().unwrap_or(end)
}

/// The country whose capital is meant, and how surely; `None` where several are named and none stands beside the word.
fn country(
    tokens: &Tokens,
    at: usize,
    field: Field,
    span: &Range<usize>,
    sentence: &Range<usize>,
    mentions: &[PlaceMention],
) -> Option<(&'static str, f32)> {
    let tells = |one: &&PlaceMention| {
        one.place.kind == PlaceKind::Country && (one.confidence >= COUNTS || one.because.contains(&Why::Demonym))
    };
    let telling: Vec<&PlaceMention> = mentions.iter().filter(tells).collect();
    // “Mali's capital”, “the Malian capital”; “capital of Mali”, “capitale malienne”.
    let gap = |from: usize, to: usize| to.checked_sub(from).is_some_and(|gap| gap <= 3);
    let behind = || {
        let skipped = (at + 1..at + 3).find(|next| !OF.contains(&tokens.word(*next)) && tokens.word(*next) != "the")?;
        let token = tokens
            .list
            .get(skipped)
            .filter(|_| tokens.list[at].after != Gap::Break)?;
        Some(tokens.folded.original_span(token.stream.clone()).start)
    };
    let next = behind();
    let beside = telling.iter().find(|one| {
        one.field == field && (gap(one.span.end, span.start) || next.is_some_and(|next| one.span.start == next))
    });
    if let Some(country) = beside.and_then(|one| one.place.country) {
        return Some((country, BESIDE));
    }
    let only = |counts: &dyn Fn(&PlaceMention) -> bool| {
        let mut countries = telling
            .iter()
            .filter(|one| counts(one))
            .filter_map(|one| one.place.country);
        let first = countries.next()?;
        countries.all(|other| other == first).then_some(first)
    };
    let in_sentence = |one: &PlaceMention| one.field == field && sentence.contains(&one.span.start);
    if telling.iter().any(|one| in_sentence(one)) {
        return Some((only(&in_sentence)?, IN_SENTENCE));
    }
    let in_title = |one: &PlaceMention| one.field == Field::Title;
    if telling.iter().any(|one| in_title(one)) {
        return Some((only(&in_title)?, IN_TITLE));
    }
    Some((only(&|_| true)?, ALONE))
}
