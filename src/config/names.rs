//! Which names are taken, and by whom.

use std::collections::HashMap;

use super::keys::{GROUP, PLACE, Table, WORDS};
use super::source::Source;
use super::tree::{folded, shown_name};

struct Taken {
    table: &'static str,
    name: String,
    place: String,
}

/// The names of all tables in all files. Groups, places and words share theirs, since all are used as `@NAME`.
#[derive(Default)]
pub(super) struct Names {
    by_name: HashMap<(&'static str, String), Taken>,
    single: HashMap<&'static str, String>,
    /// As environment variables can spell them, with the name as written.
    spelt: HashMap<(&'static str, String), String>,
}

type Refusal = (String, Option<String>);

fn space(table: &'static Table) -> &'static str {
    if [GROUP.name, PLACE.name, WORDS.name].contains(&table.name) {
        "@"
    } else {
        table.name
    }
}

fn spelling(name: &str) -> String {
    name.to_lowercase().replace('-', "_")
}

impl Names {
    pub(super) fn add(&mut self, table: &'static Table, name: &str, source: &Source, at: usize) -> Result<(), Refusal> {
        let header = shown_name(table.name, name);
        if name.trim().is_empty() {
            return Err((
                format!("{header} has an empty name"),
                Some(format!("write [{}.NAME]", table.name)),
            ));
        }
        if let Some(taken) = self.by_name.get(&(space(table), folded(name))) {
            let other = shown_name(taken.table, &taken.name);
            let what = match (taken.name == name, taken.table == table.name) {
                (true, true) => format!("{header} is already in {}", taken.place),
                (true, false) => format!(
                    "{header} has the name of {other} in {}; both would be @{name}",
                    taken.place
                ),
                _ => format!("{header} differs only in capitals from {other} in {}", taken.place),
            };
            return Err((what, Some("give one of the two another name".to_owned())));
        }
        let taken = Taken {
            table: table.name,
            name: name.to_owned(),
            place: source.brief(at),
        };
        self.by_name.insert((space(table), folded(name)), taken);
        self.spelt.insert((table.name, spelling(name)), name.to_owned());
        Ok(())
    }

    pub(super) fn add_single(&mut self, table: &'static Table, source: &Source, at: usize) -> Result<(), Refusal> {
        if let Some(place) = self.single.get(table.name) {
            return Err((
                format!("[{}] is already in {place}", table.name),
                Some("keep all of its keys in one place".to_owned()),
            ));
        }
        self.single.insert(table.name, source.brief(at));
        Ok(())
    }

    /// The name in the files that a variable means.
    pub(super) fn written(&self, table: &'static Table, segment: &str) -> Option<&str> {
        self.spelt.get(&(table.name, spelling(segment))).map(String::as_str)
    }
}
