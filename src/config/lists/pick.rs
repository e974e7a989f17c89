//! Names of places in a watchlist, and what each was taken for. A hundred thousand watches name the same few hundred
//! places: each is looked up once.

use wirewatch_recognition::{Gazetteer, Place, described, pick, picked_area, similar_places, told_apart};

use super::sense::{Sense, Wanted};
use crate::config::values::{Check, Text};

/// Unknown names of one load for which similar ones are looked for, each in one pass over all names.
const MOST_SIMILAR: usize = 20;

/// The place that a name stands for, noted for `check`, with a warning where another is likely and an error where there
/// is none.
pub(crate) fn sense(check: &mut Check<'_>, table: &str, text: &Text<'_>, wanted: Wanted) -> Option<Place> {
    let place = unnoted(check, text, wanted)?;
    note(check, table, text.text.trim(), place);
    Some(place)
}

/// The same for a name that is not meant.
pub(super) fn unnoted(check: &mut Check<'_>, text: &Text<'_>, wanted: Wanted) -> Option<Place> {
    let written = text.text.trim();
    let key = (wanted, written.to_owned());
    let found = check.senses.picked.entry(key).or_insert_with(|| match wanted {
        Wanted::Point => pick(written),
        Wanted::Area => picked_area(written),
    });
    let Some(picked) = found.as_ref() else {
        let mend = mend(check, written);
        check.error(&text.at(), format!("no place is called `{written}`"), Some(mend));
        return None;
    };
    let place = picked.best;
    if let Some(other) = picked.others.first().copied().filter(|_| picked.in_doubt) {
        let what = format!(
            "`{written}` is taken for {}; {} has this name too",
            described(&place),
            described(&other)
        );
        let mend = format!(
            "write \"{}\" or \"{}\"; `wirewatch places {}` lists all",
            told_apart(&place),
            told_apart(&other),
            quoted(written)
        );
        check.warn(&text.at(), what, Some(mend));
    }
    Some(place)
}

/// Where distances from a division are measured.
pub(crate) fn seat(check: &mut Check<'_>, division: Place) -> Option<Place> {
    let look = || Gazetteer::built_in().seat(&division);
    *check.senses.seats.entry(division.number).or_insert_with(look)
}

pub(super) fn note(check: &mut Check<'_>, table: &str, written: &str, place: Place) {
    let (table, written) = (table.to_owned(), written.to_owned());
    if check
        .senses
        .known
        .insert((table.clone(), written.clone(), place.number))
    {
        check.senses.taken.push(Sense { table, written, place });
    }
}

fn quoted(written: &str) -> String {
    if written.contains(char::is_whitespace) {
        format!("\"{written}\"")
    } else {
        written.to_owned()
    }
}

fn mend(check: &mut Check<'_>, written: &str) -> String {
    // What goes wrong with `Newport, Wles` is most often the part after the comma.
    if let Some((name, wider)) = written.rsplit_once(',')
        && pick(name).is_some()
    {
        return format!(
            "no {} lies in {}; `wirewatch places {}` lists those that there are",
            name.trim(),
            wider.trim(),
            quoted(name.trim())
        );
    }
    let unknown =
        || "write [place.NAME] with names = [\"…\"] and at = [latitude, longitude], and use it as \"@NAME\"".to_owned();
    if check.senses.looked_for_similar == MOST_SIMILAR {
        return unknown();
    }
    check.senses.looked_for_similar += 1;
    let near: Vec<String> = similar_places(written, 3)
        .iter()
        .map(|place| format!("\"{}\"", told_apart(place)))
        .collect();
    match near.split_last() {
        None => unknown(),
        Some((only, [])) => format!("did you mean {only}?"),
        Some((last, others)) => format!("did you mean {} or {last}?", others.join(", ")),
    }
}
