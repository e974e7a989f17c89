//! Which names are taken, and by whom.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use crate::config::schema::{GROUP, PLACE, Table, WORDS};
use crate::config::source::{Source, folded, shown_name};

struct Taken {
    table: &'static str,
    name: Box<str>,
    path: Arc<Path>,
    line: u32,
}

impl Taken {
    /// `watchlist.toml:12`.
    fn place(&self) -> String {
        format!("{}:{}", self.path.display(), self.line)
    }
}

/// The names of all tables in all files, a hundred thousand of watches among them. Groups, places and words share theirs,
/// since all are used as `@NAME`.
#[derive(Default)]
pub(crate) struct Names {
    /// By the space that it is taken in and the name folded: its number.
    by_name: HashMap<(&'static str, Box<str>), u32>,
    taken: Vec<Taken>,
    single: HashMap<&'static str, String>,
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
    pub(crate) fn add(&mut self, table: &'static Table, name: &str, source: &Source, at: usize) -> Result<(), Refusal> {
        let header = shown_name(table.name, name);
        if name.trim().is_empty() {
            return Err((
                format!("{header} has an empty name"),
                Some(format!("write [{}.NAME]", table.name)),
            ));
        }
        let key = (space(table), folded(name).into_boxed_str());
        if let Some(taken) = self.by_name.get(&key).map(|number| &self.taken[*number as usize]) {
            let other = shown_name(taken.table, &taken.name);
            let what = match (&*taken.name == name, taken.table == table.name) {
                (true, true) => format!("{header} is already in {}", taken.place()),
                (true, false) => format!(
                    "{header} has the name of {other} in {}; both would be @{name}",
                    taken.place()
                ),
                _ => format!("{header} differs only in capitals from {other} in {}", taken.place()),
            };
            return Err((what, Some("give one of the two another name".to_owned())));
        }
        let path = match self.taken.last() {
            Some(last) if *last.path == *source.path => last.path.clone(),
            _ => source.path.as_path().into(),
        };
        self.by_name.insert(key, self.taken.len() as u32);
        self.taken.push(Taken {
            table: table.name,
            name: name.into(),
            path,
            line: source.line_number(at) as u32,
        });
        Ok(())
    }

    pub(crate) fn add_single(&mut self, table: &'static Table, source: &Source, at: usize) -> Result<(), Refusal> {
        if let Some(place) = self.single.get(table.name) {
            return Err((
                format!("[{}] is already in {place}", table.name),
                Some("keep all of its keys in one place".to_owned()),
            ));
        }
        self.single.insert(table.name, source.brief(at));
        Ok(())
    }

    /// The name in the files that a variable means, as variables can spell it.
    pub(crate) fn written(&self, table: &'static Table, segment: &str) -> Option<&str> {
        let wanted = spelling(segment);
        let meant = |taken: &&Taken| taken.table == table.name && spelling(&taken.name) == wanted;
        self.taken.iter().rev().find(meant).map(|taken| &*taken.name)
    }
}
