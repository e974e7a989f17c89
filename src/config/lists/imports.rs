//! Lists that people hold already, as groups: a table saved as CSV, and FollowTheMoney entities, one JSON object a line.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;

use crate::config::source::{Severity, Source};
use crate::config::tables::tidy;
use crate::config::values::{Check, Fields, Text};
use wirewatch_recognition::{Entity, EntityKind, Term};

/// One organisation, person or ship of a list.
struct Row {
    /// Its own id, where the list has one.
    id: Option<String>,
    name: String,
    aliases: Vec<String>,
    country: Option<String>,
    /// Bytes of the file.
    at: Range<usize>,
}

/// Names of so few letters count only with their capitals: in a list of thousands some are everyday words.
const SHORT: usize = 4;

/// The terms of the files that `csv` and `ftm` name, each with the entity of its row.
pub(super) fn imported(check: &mut Check<'_>, fields: &Fields<'_>, name: &str) -> Vec<Term> {
    let mut terms = Vec::new();
    for key in ["csv", "ftm"] {
        for text in fields.texts(check, key).unwrap_or_default() {
            let Some(source) = read(check, &text) else { continue };
            let rows = if key == "csv" {
                table(check, &source)
            } else {
                entities(check, &source)
            };
            terms.extend(rows.into_iter().flat_map(|row| named(check, &source, name, row)));
        }
    }
    terms
}

fn read(check: &mut Check<'_>, text: &Text<'_>) -> Option<Source> {
    let path = tidy(&check.outside.folder().join(text.text.trim()));
    let bytes = match check.outside.read(&path) {
        Ok(bytes) => bytes,
        Err(why) => {
            let mend = "a relative name counts from the configuration folder".to_owned();
            let what = format!("the list {} cannot be read: {why}", path.display());
            check.error(&text.at(), what, Some(mend));
            return None;
        }
    };
    let source = Source::decode_any(&path, &bytes);
    check.files.push(path);
    Some(source)
}

fn named(check: &mut Check<'_>, source: &Source, group: &str, row: Row) -> Vec<Term> {
    let key = row.id.clone().unwrap_or_else(|| slug(&row.name));
    let entity = Arc::new(Entity {
        id: format!("group:{}/{key}", crate::config::source::folded(group)),
        kind: EntityKind::Group,
        name: row.name.clone(),
        country: row.country.clone(),
    });
    let mut known = HashSet::new();
    let names = std::iter::once(&row.name).chain(&row.aliases);
    let mut terms = Vec::new();
    for name in names.map(|name| name.trim()).filter(|name| !name.is_empty()) {
        if !known.insert(name.to_lowercase()) {
            continue;
        }
        // A star or a slash in a list of names is no pattern.
        let plain = name.replace('*', " ");
        match Term::parse(plain.trim_start_matches('/')) {
            Ok(term) => terms.push(Term {
                exact_case: name.chars().filter(|c| c.is_alphabetic()).count() < SHORT,
                entity: Some(entity.clone()),
                ..term
            }),
            Err(error) => {
                let what = format!("the name `{name}` cannot be looked for: {error}");
                let place = source.place(row.at.clone());
                check.say(Severity::Warning, place, what, Some("it is left out".to_owned()));
            }
        }
    }
    terms
}

fn slug(name: &str) -> String {
    let folded = wirewatch_recognition::fold(name);
    let letters = folded.chars().map(|c| if c.is_alphanumeric() { c } else { '-' });
    letters.collect::<String>().trim_matches('-').to_owned()
}

/// A line of heads, then a line each: `name` must be there; `aliases`, parted by `;` or `|`, `id` and `country` may be.
/// Parted by commas, or by semicolons or tabs where the heads are.
fn table(check: &mut Check<'_>, source: &Source) -> Vec<Row> {
    let (delimiter, from) = source.cells();
    let heads_end = source.text[from..]
        .find('\n')
        .map_or(source.text.len(), |end| from + end);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter as u8)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(&source.text.as_bytes()[from..]);
    let column = |names: &[&str], heads: &csv::StringRecord| {
        heads
            .iter()
            .position(|head| names.contains(&head.to_lowercase().as_str()))
    };
    let columns = match reader.headers() {
        Ok(heads) => column(&["name", "nom", "caption"], heads).map(|name| {
            (
                name,
                column(&["aliases", "alias", "names", "other names"], heads),
                column(&["id", "key"], heads),
                column(&["country", "countries", "pays"], heads),
            )
        }),
        Err(_) => None,
    };
    let Some((name, aliases, id, country)) = columns else {
        let what = "this table has no column `name`".to_owned();
        let mend = "write the heads into its first line: name,aliases,country".to_owned();
        check.say(Severity::Error, source.place(from..heads_end), what, Some(mend));
        return Vec::new();
    };
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    loop {
        let before = from + reader.position().byte() as usize;
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let at = error
                    .position()
                    .map_or(before, |position| from + position.byte() as usize);
                let what = "this line of the table cannot be read".to_owned();
                let mend = "save the table again as CSV (comma-separated)".to_owned();
                check.say(Severity::Error, source.place(at..at + 1), what, Some(mend));
                break;
            }
        }
        let start = record
            .position()
            .map_or(before, |position| from + position.byte() as usize);
        let at = start..from + reader.position().byte() as usize;
        let cell = |column: Option<usize>| {
            column
                .and_then(|column| record.get(column))
                .filter(|cell| !cell.is_empty())
        };
        let Some(name) = cell(Some(name)) else {
            if record.iter().any(|cell| !cell.is_empty()) {
                let what = "this line has no name".to_owned();
                check.say(
                    Severity::Warning,
                    source.place(at),
                    what,
                    Some("it is left out".to_owned()),
                );
            }
            continue;
        };
        rows.push(Row {
            id: cell(id).map(str::to_owned),
            name: name.to_owned(),
            aliases: cell(aliases)
                .map(|cell| cell.split([';', '|']).map(str::to_owned).collect())
                .unwrap_or_default(),
            country: cell(country).and_then(code),
            at,
        });
    }
    rows
}

/// ISO 3166-1 alpha-2 of the first country named.
fn code(written: &str) -> Option<String> {
    let first = written.split([';', '|', ',', ' ']).next()?;
    (first.len() == 2 && first.bytes().all(|byte| byte.is_ascii_alphabetic())).then(|| first.to_ascii_uppercase())
}

/// As in followthemoney.tech: what has a name becomes a row; addresses, ownerships and the like do not.
#[derive(Deserialize)]
struct Ftm {
    id: Option<String>,
    schema: Option<String>,
    caption: Option<String>,
    #[serde(default)]
    properties: Properties,
}

/// Of all that an entity may say; weak aliases stand for others too often.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Properties {
    #[serde(default)]
    name: Vec<String>,
    #[serde(default)]
    alias: Vec<String>,
    #[serde(default)]
    previous_name: Vec<String>,
    #[serde(default)]
    country: Vec<String>,
    #[serde(default)]
    jurisdiction: Vec<String>,
}

/// Schemata of FollowTheMoney that news name; what lies below them are kinds of these.
const NAMED: &[&str] = &[
    "Thing",
    "LegalEntity",
    "Organization",
    "Company",
    "PublicBody",
    "Person",
    "Vessel",
    "Vehicle",
    "Airplane",
    "Asset",
    "Security",
    "CryptoWallet",
];

fn entities(check: &mut Check<'_>, source: &Source) -> Vec<Row> {
    /// Of a file that is something else altogether, the first few say enough.
    const TOLD: usize = 5;
    let (mut rows, mut refused) = (Vec::new(), 0);
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let at = start..start + line.trim_end().len();
        start += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let entity: Ftm = match serde_json::from_str(line) {
            Ok(entity) => entity,
            Err(error) => {
                refused += 1;
                if refused <= TOLD {
                    let place = source.place(at.start + error.column().saturating_sub(1).min(at.len())..at.end);
                    let what = format!("this line is no FollowTheMoney entity: {}", plain(&error));
                    let mend = "write one JSON object a line, with `id`, `schema` and `properties`".to_owned();
                    check.say(Severity::Error, place, what, Some(mend));
                }
                continue;
            }
        };
        if entity.schema.as_deref().is_some_and(|schema| !NAMED.contains(&schema)) {
            continue;
        }
        let properties = entity.properties;
        let mut names = properties.name.into_iter();
        let Some(name) = entity.caption.or_else(|| names.next()) else {
            continue;
        };
        rows.push(Row {
            id: entity.id,
            name,
            aliases: names.chain(properties.alias).chain(properties.previous_name).collect(),
            country: properties
                .country
                .iter()
                .chain(&properties.jurisdiction)
                .find_map(|country| code(country)),
            at,
        });
    }
    rows
}

/// Without the place, which is shown.
fn plain(error: &serde_json::Error) -> String {
    let said = error.to_string();
    match said.rfind(" at line ") {
        Some(at) => said[..at].to_owned(),
        None => said,
    }
}
