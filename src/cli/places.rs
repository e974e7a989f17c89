//! `places`: what a name of a place can mean, and how to say which.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::{Result, bail};
use serde::Serialize;

use super::print::{json_lines, out, table};
use crate::text::count;
use wirewatch_recognition::{
    Gazetteer, NameKind, Place, described, pick, place_kind_words, similar_places, thousands, told_apart,
};

#[derive(Serialize)]
struct Row<'p> {
    id: String,
    name: &'p str,
    kind: &'static str,
    country: Option<&'p str>,
    country_name: Option<&'p str>,
    region: Option<&'p str>,
    population: Option<u32>,
    /// `None` for regions.
    lat: Option<f64>,
    lon: Option<f64>,
    /// How the name stands for the place: `name`, `also called`, `former name`, `people`.
    called: &'static str,
    /// What to write in a watchlist.
    write: String,
}

impl Row<'_> {
    fn of(place: &Place, called: NameKind) -> Self {
        let gazetteer = Gazetteer::built_in();
        let country = place.country.and_then(|code| gazetteer.country(code));
        let pointed = !matches!(place_kind_words(place), "region" | "continent");
        Self {
            id: place.id(),
            name: place.name,
            kind: place_kind_words(place),
            country: place.country,
            country_name: country.map(|country| country.name),
            region: place
                .admin1
                .and_then(|number| gazetteer.numbered(number))
                .map(|division| division.name),
            population: (place.population > 0).then_some(place.population),
            lat: pointed.then_some(place.point.lat),
            lon: pointed.then_some(place.point.lon),
            called: match called {
                NameKind::Main | NameKind::Capitals | NameKind::Generic => "name",
                NameKind::Alternate => "also called",
                NameKind::Former => "former name",
                NameKind::Demonym => "people",
            },
            write: told_apart(place),
        }
    }
}

/// Shown without `--all`; of villages of one name there are dozens.
const SHOWN: usize = 20;

pub fn places_command(name: &str, json: bool, all: bool) -> Result<ExitCode> {
    let rows = found(name);
    if rows.is_empty() {
        bail!("no place is called `{name}` in the gazetteer; {}", instead(name));
    }
    if json {
        json_lines(&rows)?;
    } else {
        out(|out| list(out, name, &rows, if all { usize::MAX } else { SHOWN }))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What to write in place of a name that is not known.
fn instead(name: &str) -> String {
    let near: Vec<String> = similar_places(name, 5)
        .iter()
        .map(|place| format!("\"{}\"", told_apart(place)))
        .collect();
    let own = format!("[place.NAME] with names = [\"{name}\"] and at = [latitude, longitude] makes it known");
    match near.is_empty() {
        true => own,
        false => format!("spelt alike are {}; {own}", near.join(", ")),
    }
}

/// All senses of a name; of `Newport, Wales` and of an id, those alone.
fn found(name: &str) -> Vec<Row<'static>> {
    let gazetteer = Gazetteer::built_in();
    let mut rows: Vec<Row<'static>> = gazetteer
        .named(name)
        .filter_map(|sense| Some(Row::of(&gazetteer.numbered(sense.place)?, sense.name_kind)))
        .collect();
    if rows.is_empty()
        && let Some(picked) = pick(name)
    {
        rows.push(Row::of(&picked.best, NameKind::Main));
        rows.extend(picked.others.iter().map(|place| Row::of(place, NameKind::Main)));
    }
    rows
}

fn list(out: &mut dyn Write, name: &str, rows: &[Row<'_>], shown: usize) -> io::Result<()> {
    let lines: Vec<Vec<String>> = rows
        .iter()
        .take(shown)
        .map(|row| {
            vec![
                row.name.to_owned(),
                row.kind.to_owned(),
                row.region.unwrap_or_default().to_owned(),
                row.country_name.unwrap_or_default().to_owned(),
                row.population.map_or(String::new(), thousands),
                row.id.clone(),
                row.called.to_owned(),
            ]
        })
        .collect();
    let heads = [
        ("PLACE", 30),
        ("KIND", 12),
        ("REGION", 26),
        ("COUNTRY", 24),
        ("PEOPLE", 13),
        ("ID", 24),
        ("THE NAME IS", 12),
    ];
    table(out, &heads, &lines)?;
    if rows.len() > shown {
        writeln!(out, "… and {} more; --all shows them", rows.len() - shown)?;
    }
    let Some(picked) = pick(name) else { return Ok(()) };
    writeln!(
        out,
        "\n{}. In a watch, \"{name}\" alone means {}.",
        count(rows.len(), "place"),
        described(&picked.best)
    )?;
    match picked.others.first() {
        Some(other) => writeln!(
            out,
            "To say which: \"{}\", \"{}\", or the id.",
            told_apart(&picked.best),
            told_apart(other)
        ),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_name_can_mean_is_told_apart() {
        let mut shown = Vec::new();
        list(&mut shown, "Newport", &found("Newport"), 5).unwrap();
        let shown = String::from_utf8(shown).unwrap();
        for part in [
            "Wales",
            "United Kingdom",
            "161,506",
            "geonames:2641598",
            "\"Newport, Wales\"",
            "more; --all",
        ] {
            assert!(shown.contains(part), "{part:?} in\n{shown}");
        }
        assert_eq!(found("Newport, Rhode Island")[0].id, "geonames:5223593");
        assert_eq!(found("geonames:2460596")[0].name, "Bamako");
        assert!(found("Banankabougou").is_empty());
    }
}
