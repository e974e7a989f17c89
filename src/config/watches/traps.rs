//! Watches that are sound and yet can never fire, or do not do what they seem to: told before an alert is missed.

use super::location::Counting;
use crate::config::tables::FeedTables;
use crate::config::values::{Check, Fields};
use wirewatch_recognition::{
    Area, Gazetteer, Pattern, PlaceKind, SenseWeights, Term, Watch, Where, language_name, stems_in, words,
};

/// Comparisons of terms for one watch; more are left out.
const MOST_COMPARED: usize = 4096;
/// Towns around a centre that are looked at.
const MOST_TOWNS: usize = 400;

/// `counting` is what the watch says of which mentions of places count.
pub(super) fn warn(
    check: &mut Check<'_>,
    fields: &Fields<'_>,
    watch: &Watch,
    feeds: &FeedTables<'_>,
    counting: Counting,
) {
    swallowed(check, fields, watch);
    stems(check, fields, watch, feeds);
    if let Some(asked) = &watch.place {
        contradictions(check, fields, asked);
        only_itself(check, fields, asked);
    }
    too_sure(check, fields, counting);
}

/// `find = ["Boko Haram"]` with `but_not = ["Haram"]`: what is found is what is not wanted.
fn swallowed(check: &mut Check<'_>, fields: &Fields<'_>, watch: &Watch) {
    let but_not = &watch.but_not;
    for (key, terms) in [("find", &watch.find), ("together_with", &watch.together_with)] {
        if terms.is_empty() || terms.len() * but_not.len() > MOST_COMPARED {
            continue;
        }
        let swallower = |term: &Term| but_not.iter().find(|but| stands_in(but, term)).map(Term::written);
        let swallowed: Vec<(String, String)> = terms
            .iter()
            .filter_map(|term| Some((term.written(), swallower(term)?)))
            .collect();
        let Some((term, but)) = swallowed.first() else {
            continue;
        };
        let what = match (swallowed.len() == terms.len(), term == but) {
            (true, true) => format!("`{term}` stands in both `{key}` and `but_not`: it can never alert"),
            (false, true) => format!("`{term}` stands in both `{key}` and `but_not`: by that term it can never alert"),
            (true, false) => format!("`{but}` of `but_not` stands in `{term}` of `{key}`: it can never alert"),
            (false, false) => {
                format!("`{but}` of `but_not` stands in `{term}` of `{key}`: by that term it can never alert")
            }
        };
        let mend = match term == but {
            true => "take it out of one of the two",
            false => "write more into `but_not`, so that only what is not wanted is left out",
        };
        check.warn(&fields.at_key("but_not"), what, Some(mend.to_owned()));
    }
}

/// Whether wherever a term is found another is found, too. False where that cannot be told from how they are written.
fn stands_in(but: &Term, term: &Term) -> bool {
    if but.pattern == term.pattern && (!but.exact_case || term.exact_case) {
        return true;
    }
    // With its capitals it may be missed where the other is found.
    if but.exact_case {
        return false;
    }
    match (&but.pattern, &term.pattern) {
        (Pattern::Words(but), Pattern::Words(whole)) => {
            let (but, whole) = (words(but), words(whole));
            !but.is_empty() && whole.windows(but.len()).any(|part| part == but)
        }
        (Pattern::Prefix(but), Pattern::Words(whole) | Pattern::Prefix(whole)) => {
            let (but, whole) = (words(but), words(whole));
            let begins = |part: &[String]| match (part.split_last(), but.split_last()) {
                (Some((last, rest)), Some((prefix, before))) => rest == before && last.starts_with(prefix.as_str()),
                _ => false,
            };
            !but.is_empty() && whole.windows(but.len()).any(begins)
        }
        _ => false,
    }
}

/// `~word` where the language of what is read is not said, or has no forms.
fn stems(check: &mut Check<'_>, fields: &Fields<'_>, watch: &Watch, feeds: &FeedTables<'_>) {
    for (key, terms) in [
        ("find", &watch.find),
        ("together_with", &watch.together_with),
        ("but_not", &watch.but_not),
    ] {
        let stem = |term: &&Term| matches!(term.pattern, Pattern::Stem(_));
        let Some(term) = terms.iter().find(stem).map(Term::written) else {
            continue;
        };
        let without: Vec<&str> = watch
            .languages
            .iter()
            .filter(|code| !stems_in(code))
            .map(|code| language_name(code))
            .collect();
        if !without.is_empty() {
            let what = format!("in {} `{term}` is found as it is written only", without.join(" and "));
            let mend = "write the other forms, too".to_owned();
            check.warn(&fields.at_key(key), what, Some(mend));
        } else if watch.languages.is_empty() && feeds.some_without_language(&watch.feeds) {
            let what = format!(
                "`{term}` without a language: in a short text whose language is not seen, the forms of any language count"
            );
            let mend = "add languages = [\"fr\"] to the watch, or language = \"fr\" to its feeds".to_owned();
            check.warn(&fields.at_key(key), what, Some(mend));
        }
        return;
    }
}

/// Areas that leave nothing of each other.
fn contradictions(check: &mut Check<'_>, fields: &Fields<'_>, asked: &Where) {
    let hidden = |area: &&Area| asked.not_inside.iter().any(|other| area.is_inside(other));
    let swallowed: Vec<&Area> = asked.inside.iter().filter(hidden).collect();
    if let Some(area) = swallowed.first() {
        let other = asked.not_inside.iter().find(|other| area.is_inside(other));
        let other = other.map_or("", |other| other.name.as_str());
        let what = if swallowed.len() == asked.inside.len() {
            format!(
                "all of {} lies in {other}, which `not_inside` leaves out: it can never alert",
                area.name
            )
        } else {
            format!(
                "all of {} lies in {other}, which `not_inside` leaves out: it says nothing",
                area.name
            )
        };
        check.warn(
            &fields.at_key("where"),
            what,
            Some("take it out of one of the two".to_owned()),
        );
    }
    let Some(widest) = asked
        .rings
        .last()
        .filter(|_| !asked.inside.is_empty() && !asked.of.is_empty())
    else {
        return;
    };
    let reaches = |point| {
        let towns = Gazetteer::towns_near(point, widest.km, MOST_TOWNS);
        towns.len() == MOST_TOWNS
            || towns
                .iter()
                .any(|(_, town)| asked.inside.iter().any(|area| area.holds_place(town)))
    };
    // One's own places are no towns of the gazetteer.
    let own = asked.inside.iter().any(|area| area.own.is_some());
    if !own && !asked.of.iter().any(|centre| reaches(centre.point)) {
        let (area, centre) = (&asked.inside[0].name, &asked.of[0].name);
        let what = format!(
            "no town within {} km of {centre} lies in {area}: it can never alert",
            widest.km
        );
        let mend = "a place must be in `inside` and near `of`; write two watches if either is enough".to_owned();
        check.warn(&fields.at_key("where"), what, Some(mend));
    }
}

/// A district: which towns lie in it is not known.
fn only_itself(check: &mut Check<'_>, fields: &Fields<'_>, asked: &Where) {
    let district = |area: &&Area| {
        let itself = area
            .places
            .first()
            .and_then(|number| Gazetteer::built_in().numbered(*number));
        area.own.is_none() && itself.is_some_and(|place| place.kind == PlaceKind::Admin2)
    };
    for area in asked.inside.iter().filter(district) {
        let what = format!(
            "{} is a district, and which towns lie in it is not known: only its own name counts",
            area.name
        );
        let mend = format!(
            "write where = {{ within_km = 30, of = [\"{}\"] }}, or name its towns",
            area.name
        );
        check.warn(&fields.at_key("where"), what, Some(mend));
    }
}

/// More than any name of a place reaches.
fn too_sure(check: &mut Check<'_>, fields: &Fields<'_>, counting: Counting) {
    let surest = SenseWeights::DEFAULT.certain;
    if counting.min_confidence > surest {
        let what =
            format!("no name in a text is surer than {surest}: only a position that the entry states itself counts");
        check.warn(
            &fields.at_key("min_confidence"),
            what,
            Some(format!("write {surest} or less")),
        );
    }
}
