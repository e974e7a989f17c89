//! `where` of a watch, and what else says which places count.

use crate::config::lists::{Lists, Wanted, seat, sense};
use crate::config::schema::WHERE;
use crate::config::source::{At, Written};
use crate::config::values::{Check, Fields, Text};
use wirewatch_recognition::{
    Area, Centre, Level, Missed, Pattern, PlaceKind, Ring, Term, Where, described, told_apart,
};

/// What a mention needs where the watch does not say.
const CONFIDENCE: f64 = 0.5;

/// `min_confidence` and `demonyms` of a watch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counting {
    pub min_confidence: f64,
    pub demonyms: bool,
}

impl Counting {
    /// Terms that are places, with what the watch says of which mentions count.
    pub(crate) fn hold_for(self, mut terms: Vec<Term>) -> Vec<Term> {
        for term in &mut terms {
            if let Pattern::Place(place) = &mut term.pattern {
                place.demonyms = self.demonyms;
                place.least = (self.min_confidence * 100.0).round() as u8;
            }
        }
        terms
    }
}

pub(super) fn counting(check: &mut Check<'_>, fields: &Fields<'_>) -> Counting {
    Counting {
        min_confidence: fields.number(check, "min_confidence", 0.0, 1.0).unwrap_or(CONFIDENCE),
        demonyms: fields.flag(check, "demonyms").unwrap_or(true),
    }
}

/// `None` where the watch does not ask, or what it asks cannot be read.
pub(super) fn whereabouts(
    check: &mut Check<'_>,
    watch: &Fields<'_>,
    lists: &Lists<'_>,
    counting: Counting,
) -> Option<Where> {
    let node = watch.node("where")?;
    if !matches!(node.value, Written::Table(_)) {
        watch.wrong(check, "where", node);
        return None;
    }
    let fields = Fields::open(check, &WHERE, None, node)?;
    let before = check.problems.len();
    let table = watch.header.clone();
    let inside = areas(check, &table, &fields, lists, "inside");
    let not_inside = areas(check, &table, &fields, lists, "not_inside");
    let of = centres(check, &table, &fields, lists);
    let rings = rings(check, &fields);
    if fields.lacks(&["inside", "not_inside", "of", "within_km", "urgent", "normal", "low"]) {
        let mend = "write where = { inside = [\"Mali\"] }, or where = { within_km = 60, of = [\"Bamako\"] }".to_owned();
        check.missing(&At::Key(fields.at), "`where` says nothing", Some(mend));
        return None;
    }
    let no_distance = fields.lacks(&["within_km", "urgent", "normal", "low"]);
    if fields.node("of").is_some() && no_distance {
        let mend = "add within_km = 60, or a distance for each level: urgent = 20, normal = 60, low = 200".to_owned();
        check.error(&fields.at_key("of"), "`of` needs a distance", Some(mend));
    }
    if let Some(key) = ["within_km", "urgent", "normal", "low"]
        .into_iter()
        .find(|key| fields.node(key).is_some())
        && fields.lacks(&["of"])
    {
        let mend = "add of = [\"Bamako\"]".to_owned();
        check.error(
            &fields.at_key(key),
            format!("`{key}` needs `of`: from where the distance is measured"),
            Some(mend),
        );
    }
    let failed = check.problems[before..]
        .iter()
        .any(|problem| problem.severity == crate::config::source::Severity::Error);
    (!failed).then_some(Where {
        inside,
        not_inside,
        of,
        rings,
        demonyms: counting.demonyms,
        min_confidence: counting.min_confidence as f32,
    })
}

fn areas(check: &mut Check<'_>, table: &str, fields: &Fields<'_>, lists: &Lists<'_>, key: &str) -> Vec<Area> {
    let mut areas = Vec::new();
    for text in fields.texts(check, key).unwrap_or_default() {
        areas.extend(area(check, table, lists, &text));
    }
    areas
}

/// One area by its name; what is wrong with it is told.
pub(super) fn area(check: &mut Check<'_>, table: &str, lists: &Lists<'_>, text: &Text<'_>) -> Option<Area> {
    if let Some(own) = lists.own_place(text.text) {
        return Some(own.area());
    }
    if refers(check, text) {
        return None;
    }
    sense(check, table, text, Wanted::Area).map(|place| Area::of(&place))
}

fn centres(check: &mut Check<'_>, table: &str, fields: &Fields<'_>, lists: &Lists<'_>) -> Vec<Centre> {
    let mut centres = Vec::new();
    for text in fields.texts(check, "of").unwrap_or_default() {
        let wider = format!("write inside = [\"{}\"]", text.text.trim());
        centres.extend(centre(check, table, lists, &text, &wider));
    }
    centres
}

/// One place to measure from, by its name; what is wrong with it is told. `wider` is what to write for a country.
pub(super) fn centre(
    check: &mut Check<'_>,
    table: &str,
    lists: &Lists<'_>,
    text: &Text<'_>,
    wider: &str,
) -> Option<Centre> {
    if let Some(own) = lists.own_place(text.text) {
        let Some(point) = own.point() else {
            let what = format!(
                "it is not known where [place.{}] is",
                text.text.trim().trim_start_matches('@')
            );
            let mend = "add at = [latitude, longitude], near = \"…\" or means = \"…\" to it".to_owned();
            check.error(&text.at(), what, Some(mend));
            return None;
        };
        let name = own.entity.name.clone();
        return Some(Centre { name, point });
    }
    if refers(check, text) {
        return None;
    }
    let place = sense(check, table, text, Wanted::Point)?;
    if place.kind == PlaceKind::Admin1
        && let Some(town) = seat(check, place)
    {
        let written = text.text.trim();
        let what = format!(
            "`{written}` is {}: distances are measured from {}, {}",
            described(&place),
            town.name,
            described(&town)
        );
        let mend = format!(
            "write \"{}\" if that is meant; for all of it, {wider}",
            told_apart(&town)
        );
        check.warn(&text.at(), what, Some(mend));
        return Some(Centre {
            name: town.name.to_owned(),
            point: town.point,
        });
    }
    if place.is_broad() {
        let what = format!("`{}` is too wide to be near to", text.text.trim());
        check.error(&text.at(), what, Some(format!("name a town, or {wider}")));
        return None;
    }
    Some(Centre {
        name: place.name.to_owned(),
        point: place.point,
    })
}

/// An `@NAME` that is no place of the files; told.
fn refers(check: &mut Check<'_>, text: &Text<'_>) -> bool {
    let Some(name) = text.text.trim().strip_prefix('@') else {
        return false;
    };
    let mend = if wirewatch_recognition::pick(name).is_some() {
        format!("write \"{name}\" without the @, or a [place.{name}] of your own")
    } else {
        format!("write a [place.{name}] of your own")
    };
    check.missing(&text.at(), format!("there is no [place.{name}]"), Some(mend));
    true
}

/// The narrowest first. Distances must grow as levels fall.
fn rings(check: &mut Check<'_>, fields: &Fields<'_>) -> Vec<Ring> {
    let levels = [
        ("urgent", Some(Level::Urgent)),
        ("normal", Some(Level::Normal)),
        ("low", Some(Level::Low)),
        ("within_km", None),
    ];
    let mut rings: Vec<(&str, Ring)> = Vec::new();
    for (key, level) in levels {
        let Some(km) = fields.number(check, key, 0.1, 20_038.0) else {
            continue;
        };
        if let Some((nearer, ring)) = rings.last()
            && ring.km >= km
            && level.is_some()
        {
            let what = format!("`{key}` = {km} lies within `{nearer}` = {}: it never counts", ring.km);
            check.error(
                &fields.at_key(key),
                what,
                Some(format!("write a longer distance for `{key}`")),
            );
        }
        rings.push((key, Ring { km, level }));
    }
    let mut rings: Vec<Ring> = rings.into_iter().map(|(_, ring)| ring).collect();
    rings.sort_by(|a, b| a.km.total_cmp(&b.km));
    rings
}

/// Languages as codes.
pub(super) fn languages(check: &mut Check<'_>, fields: &Fields<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in fields.texts(check, "languages").unwrap_or_default() {
        match language(check, &text) {
            Some(code) if found.iter().any(|known| known == code) => {
                check.warn(
                    &text.at(),
                    format!("`{code}` stands here twice"),
                    Some("take one out".to_owned()),
                );
            }
            code => found.extend(code.map(str::to_owned)),
        }
    }
    found
}

/// One language as its code.
pub(super) fn language(check: &mut Check<'_>, text: &Text<'_>) -> Option<&'static str> {
    let known = wirewatch_recognition::language_code(text.text);
    if known.is_none() {
        let names: Vec<&str> = wirewatch_recognition::languages()
            .flat_map(|(code, name)| [name, code])
            .collect();
        let near = check.suggest.nearest(text.text, names.iter().copied());
        let code = near.and_then(wirewatch_recognition::language_code);
        let mend = match code {
            Some(code) => format!(
                "did you mean \"{code}\" ({})?",
                wirewatch_recognition::language_name(code)
            ),
            None => "write codes, as \"fr\", \"en\" or \"ar\"".to_owned(),
        };
        check.error(
            &text.at(),
            format!("`{}` is no language that is known", text.text.trim()),
            Some(mend),
        );
    }
    known
}

/// Why an example without a place does not alert, in the words of its author's next step.
pub(super) fn mend_for(missed: &Missed) -> &'static str {
    match missed {
        Missed::NoPlace => {
            "name a place in the example, as an article would, or add a [place.NAME] for one that is not known"
        }
        Missed::NotCounted { .. } => "lower `min_confidence`, or correct the example",
        _ => "widen `where`, or correct the example",
    }
}
