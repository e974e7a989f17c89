//! `check`: every problem of the configuration at once, and what it makes of the watches.

use std::io::{self, IsTerminal, Write, stdout};
use std::process::ExitCode;

use anyhow::Result;
use serde::Serialize;

use super::feeds::{Asker, Looked, look, look_at};
use super::print::{colourful, json_lines, out, table};
use super::startup::{EXIT_CONFIGURATION, checked_configuration};
use crate::config::{Configuration, Place, Problem, Severity};
use crate::daemon::{Clock, Origin, Ready, SystemClock};
use crate::net::shown_text;
use crate::text::count;
use wirewatch_recognition::{Level, Term, Watch, described};

/// Watches that are listed; of more, a folder's closing line says how many there are.
const LISTED: usize = 40;

/// One problem as `--json` prints it.
#[derive(Debug, Serialize)]
struct ProblemLine {
    severity: &'static str,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    /// The environment variable, where it came from one.
    variable: Option<String>,
    problem: String,
    help: Option<String>,
}

impl From<&Problem> for ProblemLine {
    fn from(problem: &Problem) -> Self {
        let (file, line, column, variable) = match &problem.place {
            Place::File { path, line, column, .. } => (Some(path), Some(*line), Some(*column), None),
            Place::Path(path) => (Some(path), None, None, None),
            Place::Environment(name) => (None, None, None, Some(name.clone())),
        };
        Self {
            severity: match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            file: file.map(|path| path.display().to_string()),
            line,
            column,
            variable,
            problem: shown_text(&problem.what),
            help: problem.mend.as_deref().map(shown_text),
        }
    }
}

pub async fn check(origin: &Origin, online: bool, json: bool) -> Result<ExitCode> {
    let configuration = match checked_configuration(origin) {
        Err(problems) if json => {
            json_lines(problems.0.iter().map(ProblemLine::from))?;
            return Ok(ExitCode::from(EXIT_CONFIGURATION));
        }
        checked => checked?,
    };
    if json && !online {
        json_lines(configuration.warnings.0.iter().map(ProblemLine::from))?;
        return Ok(ExitCode::SUCCESS);
    }
    let ready = Ready::of(configuration)?;
    let configuration = &ready.configuration;
    if json {
        let looked = look_at(&Asker::new(configuration)?, &configuration.feeds).await;
        look::json(&looked)?;
        return Ok(outcome(&looked));
    }
    let colour = colourful(stdout().is_terminal());
    out(|out| {
        if !configuration.warnings.is_empty() {
            if colour {
                write!(out, "{:#}", configuration.warnings)?;
            } else {
                write!(out, "{}", configuration.warnings)?;
            }
            writeln!(out)?;
        }
        watches(out, configuration)?;
        senses(out, configuration)?;
        let watches = configuration.watchlist.watches().len();
        writeln!(
            out,
            "{} is fine: {}, {}, {}",
            origin.folder.display(),
            count(configuration.feeds.len(), "feed"),
            match watches {
                1 => "1 watch".to_owned(),
                _ => format!("{watches} watches"),
            },
            count(configuration.receivers.len(), "receiver"),
        )
    })?;
    if !online || configuration.feeds.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let looked = look_at(&Asker::new(configuration)?, &configuration.feeds).await;
    out(|out| {
        writeln!(out)?;
        look::report(out, &looked, SystemClock.now())
    })?;
    Ok(outcome(&looked))
}

fn outcome(looked: &[Looked]) -> ExitCode {
    ExitCode::from(u8::from(looked.iter().any(|one| one.look.why.is_some())))
}

/// What each watch looks for, and who hears of it.
fn watches(out: &mut dyn Write, configuration: &Configuration) -> io::Result<()> {
    let watches = configuration.watchlist.watches();
    if watches.is_empty() {
        return Ok(());
    }
    let receivers: Vec<&str> = configuration
        .receivers
        .iter()
        .map(|receiver| receiver.name.as_str())
        .collect();
    let rows: Vec<Vec<String>> = watches
        .iter()
        .take(LISTED)
        .map(|watch| row(watch, &receivers))
        .collect();
    let heads = [
        ("WATCH", 30),
        ("LEVEL", 6),
        ("LOOKS FOR", 56),
        ("TERMS", 6),
        ("TELLS", 30),
    ];
    table(out, &heads, &rows)?;
    if watches.len() > LISTED {
        writeln!(out, "… and {} more", watches.len() - LISTED)?;
    }
    writeln!(out)
}

/// What each name of a place was taken for.
fn senses(out: &mut dyn Write, configuration: &Configuration) -> io::Result<()> {
    if configuration.senses.is_empty() {
        return Ok(());
    }
    let rows: Vec<Vec<String>> = configuration
        .senses
        .iter()
        .take(LISTED)
        .map(|sense| {
            vec![
                sense.written.clone(),
                described(&sense.place),
                sense.place.id(),
                sense.table.clone(),
            ]
        })
        .collect();
    table(
        out,
        &[("PLACE", 24), ("IS TAKEN FOR", 64), ("ID", 24), ("IN", 40)],
        &rows,
    )?;
    if configuration.senses.len() > LISTED {
        writeln!(out, "… and {} more", configuration.senses.len() - LISTED)?;
    }
    writeln!(out)
}

fn row(watch: &Watch, receivers: &[&str]) -> Vec<String> {
    let level = match watch.level {
        Level::Low => "low",
        Level::Normal => "normal",
        Level::Urgent => "urgent",
    };
    let query = watch.query.as_ref().map_or(0, |query| query.terms().len());
    let weighed = watch.weights.as_ref().map_or(0, |weights| weights.terms.len());
    let terms = watch.find.len() + watch.together_with.len() + watch.but_not.len() + query + weighed;
    let tells = match watch.tell.as_slice() {
        [] => receivers.join(", "),
        named => named.join(", "),
    };
    vec![
        watch.name.clone(),
        level.to_owned(),
        looks_for(watch),
        terms.to_string(),
        tells,
    ]
}

/// In a line: what a watch asks for, and where.
fn looks_for(watch: &Watch) -> String {
    let mut parts = Vec::new();
    if watch.asks_only_where() {
        parts.push("any place".to_owned());
    } else if !watch.find.is_empty() {
        parts.push(subjects(&watch.find));
    }
    if !watch.together_with.is_empty() {
        parts.push(format!("with {}", subjects(&watch.together_with)));
    }
    if let Some(query) = &watch.query {
        parts.push(query.written().split_whitespace().collect::<Vec<_>>().join(" "));
    }
    if let Some(weights) = &watch.weights {
        parts.push(format!("{} by weight", subjects(&weights.terms)));
    }
    parts.extend(watch.place.as_ref().map(|place| place.summary()));
    parts.join(" ")
}

/// The first few of what a list looks for: a group once, by its name, whatever it is called.
fn subjects(terms: &[Term]) -> String {
    /// More do not fit beside what they stand together with.
    const SHOWN: usize = 3;
    let mut subjects: Vec<String> = Vec::new();
    for term in terms {
        let subject = match &term.entity {
            Some(entity) => entity.name.clone(),
            None => term.written(),
        };
        if !subjects.contains(&subject) {
            subjects.push(subject);
        }
    }
    let more = subjects.len().saturating_sub(SHOWN);
    subjects.truncate(SHOWN);
    let shown = subjects.join(", ");
    if more == 0 {
        shown
    } else {
        format!("{shown} … {more} more")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use wirewatch_recognition::{Entity, EntityKind};

    #[test]
    fn a_list_is_told_by_what_it_is_about() {
        let entity = Arc::new(Entity {
            id: "group:jnim".into(),
            kind: EntityKind::Group,
            name: "JNIM".into(),
            country: None,
        });
        let term = |written: &str| Term::parse(written).unwrap();
        let alias = |written: &str| Term {
            entity: Some(entity.clone()),
            ..term(written)
        };
        for (what, terms, expected) in [
            ("a word", vec![term("Bamako")], "Bamako"),
            (
                "all names of a group are one",
                vec![alias("GSIM"), alias("Nusrat al-Islam"), term("Ansongo")],
                "JNIM, Ansongo",
            ),
            (
                "many",
                ["a1", "b1", "c1*", "d1", "e1"].map(term).to_vec(),
                "a1, b1, c1* … 2 more",
            ),
        ] {
            assert_eq!(subjects(&terms), expected, "{what}");
        }
    }
}
