//! What the names beside a name say of its sense: the wider place after it, the others in a list.

use super::candidate::Candidate;
use super::senses::Reading;
use crate::document::Field;
use crate::gazetteer::{Gazetteer, NameKind, PlaceKind};
use crate::places::context::Word;
use crate::places::place_mention::Why;
use crate::text::{Gap, Shape, Tokens};

/// Words between a place and the wider one: `in the far north of`, `dans l'extrême nord du`.
const MOST_BETWEEN: usize = 7;

/// `Paris, Texas`, `Ségou (Mali)`, `Kidal, in the north of Mali`: the wider place decides.
pub(super) fn pin<'t>(candidates: &mut [Candidate], tokens: &impl Fn(Field) -> &'t Tokens<'t>) {
    for at in 1..candidates.len() {
        let (one, other) = (&candidates[at - 1], &candidates[at]);
        if one.field != other.field || !addressed(tokens(one.field), one, other) {
            continue;
        }
        let wider = match &other.pinned {
            Some((reading, _)) => std::slice::from_ref(reading),
            None => &other.senses,
        };
        // In a list of countries (`Niger, Nigeria and Chad`) none is a part of the next.
        let listed = names_country(one) && enumerated(candidates, at);
        let mut best: Option<(Reading, Reading)> = None;
        for inner in one.senses.iter().filter(|inner| !inner.is_broad()) {
            for outer in wider.iter().filter(|outer| contains(outer, inner)) {
                let country = outer.place.kind <= PlaceKind::Constituent;
                if country && names_country(one) && (listed || inner.place.kind != PlaceKind::Admin1) {
                    continue;
                }
                if best.is_none_or(|(kept, of)| inner.weight + outer.weight > kept.weight + of.weight) {
                    best = Some((*inner, *outer));
                }
            }
        }
        if let Some((inner, outer)) = best {
            let wider = Gazetteer::built_in().numbered(outer.place.number);
            let wider = wider.map_or("", |place| place.name);
            candidates[at - 1].pinned = Some((inner, Why::Within(wider)));
            if candidates[at].pinned.is_none() {
                candidates[at].pinned = Some((outer, Why::WellKnown));
            }
        }
    }
}

/// `Georgia, Armenia and Turkey` are countries, `Georgia, Alabama and Florida` are states.
pub(super) fn by_list<'t>(candidates: &mut [Candidate], tokens: &impl Fn(Field) -> &'t Tokens<'t>) {
    for at in 0..candidates.len() {
        let candidate = &candidates[at];
        if candidate.pinned.is_some() || !names_country(candidate) || candidate.senses.len() < 2 {
            continue;
        }
        let tokens = tokens(candidate.field);
        let beside = |step: usize, forth: bool| {
            let (near, far) = if forth {
                (candidates.get(at + step - 1)?, candidates.get(at + step)?)
            } else {
                (candidates.get(at.checked_sub(step)?)?, candidates.get(at + 1 - step)?)
            };
            let other = if forth { far } else { near };
            (near.field == far.field && listed(tokens, near, far)).then_some(other)
        };
        let mut members = Vec::new();
        for forth in [false, true] {
            members.extend((1..=3).map_while(|step| beside(step, forth)));
        }
        let countries = members.iter().filter(|one| one.weight() >= 8.0).count();
        let divisions = |country: Option<&str>| {
            let division = |one: &Reading| one.place.kind == PlaceKind::Admin1 && one.place.country == country;
            members
                .iter()
                .filter(|one| one.weight() < 8.0 && one.senses.iter().any(division))
                .count()
        };
        let chosen = candidate
            .senses
            .iter()
            .copied()
            .find(|reading| match reading.place.kind {
                PlaceKind::Country => reading.weight >= 8.0 && countries >= 2 && countries > members.len() / 2,
                PlaceKind::Admin1 => countries == 0 && divisions(reading.place.country) >= 2,
                _ => false,
            });
        if let Some(reading) = chosen {
            candidates[at].pinned = Some((reading, Why::InList));
        }
    }
}

/// `Georgia governor`, `Niger lawmakers`: a state of a country that has states, where a country bears the name too.
pub(super) fn by_office<'t>(candidates: &mut [Candidate], tokens: &impl Fn(Field) -> &'t Tokens<'t>) {
    for candidate in candidates.iter_mut() {
        let tokens = tokens(candidate.field);
        let office = tokens.after(candidate.found.last).map(|at| tokens.word(at));
        if candidate.pinned.is_some()
            || !names_country(candidate)
            || !office.is_some_and(|word| Word::new(word).is_of_division())
        {
            continue;
        }
        let divisions = candidate
            .senses
            .iter()
            .filter(|reading| reading.place.kind == PlaceKind::Admin1);
        let largest = divisions.copied().max_by(|a, b| a.weight.total_cmp(&b.weight));
        candidate.pinned = largest.map(|reading| (reading, Why::Office));
    }
}

/// Whether a comma, “and”, or both part two names.
fn listed(tokens: &Tokens, one: &Candidate, other: &Candidate) -> bool {
    let (from, to) = (one.found.last, other.found.first);
    let gap = tokens.list[from].after;
    match to.checked_sub(from) {
        Some(1) => gap == Gap::Comma,
        Some(2) => {
            matches!(gap, Gap::Comma | Gap::Space)
                && tokens.list[from + 1].after == Gap::Space
                && matches!(
                    tokens.word(from + 1),
                    "and" | "or" | "et" | "ou" | "y" | "e" | "o" | "und" | "oder" | "i" | "ve" | "и"
                )
        }
        _ => false,
    }
}

fn names_country(candidate: &Candidate) -> bool {
    candidate
        .senses
        .iter()
        .any(|reading| reading.place.kind == PlaceKind::Country)
}

/// Whether another country stands next to the two, as in a list.
fn enumerated(candidates: &[Candidate], at: usize) -> bool {
    let (one, other) = (&candidates[at - 1], &candidates[at]);
    let next = candidates.get(at + 1).filter(|next| next.field == other.field);
    let before = at
        .checked_sub(2)
        .map(|before| &candidates[before])
        .filter(|before| before.field == one.field);
    next.is_some_and(|next| names_country(next) && next.found.first <= other.found.last + 3)
        || before.is_some_and(|before| names_country(before) && one.found.first <= before.found.last + 2)
}

/// Whether the second stands with the first as in an address: after a comma or a bracket, or with nothing between them but
/// “in the north of”.
fn addressed(tokens: &Tokens, one: &Candidate, other: &Candidate) -> bool {
    let (from, to) = (one.found.last, other.found.first);
    if to <= from || to > from + MOST_BETWEEN {
        return false;
    }
    let gap = tokens.list[from].after;
    let parted = matches!(gap, Gap::Comma | Gap::Open);
    if to == from + 1 {
        return parted;
    }
    let joined = |at: usize| matches!(tokens.list[at].after, Gap::Space | Gap::Apostrophe | Gap::Open);
    (parted || (gap == Gap::Space && Word::new(tokens.word(from + 1)).is_locative(None) && !names_country(one)))
        && (from + 1..to)
            .all(|at| joined(at) && tokens.list[at].shape != Shape::Upper && Word::new(tokens.word(at)).is_between())
}

fn contains(outer: &Reading, inner: &Reading) -> bool {
    if outer.place.number == inner.place.number || outer.name_kind == NameKind::Demonym {
        return false;
    }
    match outer.place.kind {
        PlaceKind::Country | PlaceKind::Constituent => {
            outer.place.country == inner.place.country && inner.place.kind > PlaceKind::Continent
        }
        PlaceKind::Admin1 => inner.place.admin1 == Some(outer.place.number),
        _ => false,
    }
}
