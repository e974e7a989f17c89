//! `[watches.NAME] csv = "…"`: watches from the table of a spreadsheet (RFC 4180), one a row, its columns the keys of a
//! watch. They become the same tree as written in TOML, each value with its place in the file.

use std::ops::Range;

use super::layer::Layers;
use super::names::Names;
use super::outside::Outside;
use super::suggest::Suggest;
use crate::config::schema::{Shape, WATCH, WATCHES, WHERE};
use crate::config::source::{At, Node, Place, Problem, Severity, Source, SourceSpan, SpotId, Written};
use crate::config::values::{Check, Fields};

/// A cell: what it means, and its bytes in the file without quotes.
type Cell = (String, Range<usize>);

/// Reads the tables that `[watches.NAME]` name, and adds their rows to the watches.
pub(super) fn lay_rows(
    layers: &mut Layers,
    names: &mut Names,
    suggest: &Suggest,
    outside: &dyn Outside,
) -> Vec<std::path::PathBuf> {
    let mut wanted: Vec<(String, SpotId)> = Vec::new();
    for (table, node) in &layers.tables {
        let Written::Table(tables) = &node.value else { continue };
        if table != WATCHES.name {
            continue;
        }
        for (_, one) in tables {
            let Written::Table(keys) = &one.value else { continue };
            for (_, node) in keys.iter().filter(|(key, _)| key == "csv") {
                let texts: Vec<&Node> = match &node.value {
                    Written::List(list) => list.iter().collect(),
                    _ => vec![node],
                };
                wanted.extend(texts.into_iter().filter_map(|node| match &node.value {
                    Written::Text(text) if !text.trim().is_empty() => Some((text.trim().to_owned(), node.at)),
                    _ => None,
                }));
            }
        }
    }
    let mut files = Vec::new();
    let mut watches = Vec::new();
    for (name, at) in wanted {
        let path = outside.folder().join(&name);
        let read = outside.read(&path);
        files.push(path.clone());
        let source = match read {
            Ok(bytes) => Source::decode_any(&path, &bytes),
            Err(why) => {
                let place = match at.of(&layers.spots) {
                    Some(SourceSpan::File { file, value, .. }) => layers.sources[*file as usize].place((*value).into()),
                    Some(SourceSpan::Variable(name)) => Place::Environment(name.to_string()),
                    None => Place::Path(path),
                };
                let mend = "name a file in the configuration folder, saved as CSV";
                layers.problems.push(problem(
                    place,
                    format!("`{name}` cannot be read: {why}"),
                    mend.to_owned(),
                ));
                continue;
            }
        };
        layers.sources.push(source);
        let file = layers.sources.len() - 1;
        let Layers {
            sources,
            spots,
            problems,
            ..
        } = layers;
        let mut reading = Reading {
            source: &sources[file],
            file,
            spots,
            problems,
            names,
            suggest,
        };
        reading.rows(&mut watches);
    }
    if watches.is_empty() {
        return files;
    }
    let known = layers
        .tables
        .iter_mut()
        .find(|(name, node)| name == WATCH.name && matches!(node.value, Written::Table(_)));
    match known {
        Some((
            _,
            Node {
                value: Written::Table(children),
                ..
            },
        )) => children.extend(watches),
        _ => {
            let at = watches[0].1.at;
            let value = Written::Table(watches);
            layers.tables.push((WATCH.name.to_owned(), Node { at, value }));
        }
    }
    files
}

/// What is wrong with the `[watches.NAME]` themselves.
pub(crate) fn tables(check: &mut Check<'_>, tables: &[(String, Node)]) {
    for (name, node) in tables {
        let Some(fields) = Fields::open(check, &WATCHES, Some(name), node) else {
            continue;
        };
        if fields.lacks(&["csv"]) {
            let what = format!("{} has no `csv`", fields.header);
            check.missing(&At::Key(fields.at), what, Some("add csv = \"watches.csv\"".to_owned()));
        }
        fields.texts(check, "csv");
    }
}

fn problem(place: Place, what: String, mend: String) -> Problem {
    Problem {
        severity: Severity::Error,
        place,
        what,
        mend: Some(mend),
    }
}

struct Reading<'a> {
    source: &'a Source,
    file: usize,
    spots: &'a mut Vec<SourceSpan>,
    problems: &'a mut Vec<Problem>,
    names: &'a mut Names,
    suggest: &'a Suggest,
}

impl Reading<'_> {
    fn error(&mut self, span: Range<usize>, what: String, mend: String) {
        self.problems.push(problem(self.source.place(span), what, mend));
    }

    fn rows(&mut self, watches: &mut Vec<(String, Node)>) {
        let text = &self.source.text;
        let (parted, at) = self.source.cells();
        let mut cutting = Cutting { text, at, parted };
        let Some(heads) = cutting.row() else {
            self.error(
                0..0,
                "this table is empty".to_owned(),
                "write a first row with name, find, …".to_owned(),
            );
            return;
        };
        let columns = self.columns(&heads);
        if !columns.contains(&Some("name")) {
            let mend = "the first row names the columns: name, find, together_with, but_not, …".to_owned();
            self.error(heads[0].1.clone(), "there is no column `name`".to_owned(), mend);
            return;
        }
        while let Some(cells) = cutting.row() {
            if cells.iter().all(|(cell, _)| cell.trim().is_empty()) {
                continue;
            }
            self.row(&columns, cells, watches);
        }
    }

    fn columns(&mut self, heads: &[Cell]) -> Vec<Option<&'static str>> {
        let known: Vec<&'static str> = WATCH
            .keys
            .iter()
            .filter(|key| !matches!(key.shape, Shape::Weights | Shape::Where))
            .map(|key| key.name)
            .chain(WHERE.keys.iter().map(|key| key.name))
            .chain(["name"])
            .collect();
        let mut columns: Vec<Option<&'static str>> = Vec::with_capacity(heads.len());
        for (head, span) in heads {
            let written = head.trim().to_lowercase().replace([' ', '-'], "_");
            let column = known.iter().copied().find(|name| *name == written);
            if column.is_none() && !written.is_empty() {
                let mend = match self.suggest.nearest(&written, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("columns are {}", known.join(", ")),
                };
                self.error(span.clone(), format!("there is no column `{}`", head.trim()), mend);
            } else if column.is_some() && columns.contains(&column) {
                self.error(
                    span.clone(),
                    format!("the column `{written}` stands here twice"),
                    "take one out".to_owned(),
                );
            }
            columns.push(column);
        }
        columns
    }

    fn row(&mut self, columns: &[Option<&'static str>], cells: Vec<Cell>, watches: &mut Vec<(String, Node)>) {
        if cells.len() > columns.len() && cells[columns.len()..].iter().any(|(cell, _)| !cell.trim().is_empty()) {
            let span = cells[columns.len()].1.clone();
            let mend = "put cells with commas between quotes, or part terms by ;".to_owned();
            self.error(span, "this row has more cells than there are columns".to_owned(), mend);
        }
        let (mut name, mut children) = (None, Vec::with_capacity(columns.len()));
        let mut whereabouts: Vec<(String, Node)> = Vec::new();
        let row = cells.first().map_or(0..0, |(_, span)| span.clone());
        for (column, (cell, span)) in columns.iter().zip(cells) {
            let (Some(column), false) = (column, cell.trim().is_empty()) else {
                continue;
            };
            if *column == "name" {
                name = Some((cell.trim().to_owned(), span));
                continue;
            }
            // What is said of the `where` stands in columns of its own.
            let (shape, of) = match (WATCH.key(column), WHERE.key(column)) {
                (None, Some(key)) => (key.shape, &mut whereabouts),
                (key, _) => (key.map_or(Shape::Text, |key| key.shape), &mut children),
            };
            let at = spot(self.spots, self.file, span.clone());
            let value = match shape {
                Shape::Texts | Shape::Examples => Written::List(terms(self.spots, self.file, column, &cell, &span)),
                _ => value(shape, cell.trim()),
            };
            of.push(((*column).to_owned(), Node { at, value }));
        }
        if let Some((_, first)) = whereabouts.first() {
            let at = first.at;
            let value = Written::Table(whereabouts);
            children.push(("where".to_owned(), Node { at, value }));
        }
        let Some((name, span)) = name else {
            self.error(
                row,
                "this row has no name".to_owned(),
                "give each watch a name of its own".to_owned(),
            );
            return;
        };
        match self.names.add(&WATCH, &name, self.source, span.start) {
            Err((what, mend)) => self.error(span, what, mend.unwrap_or_default()),
            Ok(()) => {
                let at = spot(self.spots, self.file, span);
                let value = Written::Table(children);
                watches.push((name, Node { at, value }));
            }
        }
    }
}

fn spot(spots: &mut Vec<SourceSpan>, file: usize, span: Range<usize>) -> SpotId {
    SpotId::add(spots, SourceSpan::in_file(file, span.clone(), span))
}

/// What a cell holds, as TOML would have it written without quotes; a text where it is nothing of the kind.
fn value(shape: Shape, cell: &str) -> Written {
    let read = match shape {
        Shape::Whole(..) => cell.parse().ok().map(Written::Whole),
        Shape::Kilometres | Shape::Share => {
            // 0,7 in a spreadsheet of a country with a decimal comma.
            let number = cell.trim_end_matches("km").trim_end().replace(',', ".");
            number.parse().ok().map(Written::Broken)
        }
        Shape::Flag => match cell.to_lowercase().as_str() {
            "true" | "yes" => Some(Written::Flag(true)),
            "false" | "no" => Some(Written::Flag(false)),
            _ => None,
        },
        _ => None,
    };
    read.unwrap_or_else(|| Written::Text(cell.to_owned()))
}

/// Terms of a cell are parted by `|`, by line breaks, and by `;` where those do not part cells; examples by line breaks.
fn terms(spots: &mut Vec<SourceSpan>, file: usize, column: &str, cell: &str, span: &Range<usize>) -> Vec<Node> {
    let pattern = cell.trim().starts_with('/') && cell.trim().ends_with('/');
    let example = column.starts_with("should_");
    let parts = |c: char| c == '\n' || (!example && !pattern && matches!(c, '|' | ';'));
    // Doubled quotes are shorter in meaning than in writing; then the cell as a whole is the place.
    let even = cell.len() == span.len();
    let mut at = 0;
    let mut terms = Vec::new();
    for part in cell.split(parts) {
        let begin = at + part.len() - part.trim_start().len();
        let trimmed = part.trim();
        if !trimmed.is_empty() {
            let place = if even {
                span.start + begin..span.start + begin + trimmed.len()
            } else {
                span.clone()
            };
            let at = spot(spots, file, place);
            let value = Written::Text(trimmed.to_owned());
            terms.push(Node { at, value });
        }
        at += part.len() + 1;
    }
    terms
}

struct Cutting<'t> {
    text: &'t str,
    at: usize,
    parted: char,
}

impl Cutting<'_> {
    fn row(&mut self) -> Option<Vec<Cell>> {
        if self.at >= self.text.len() {
            return None;
        }
        let mut cells = Vec::new();
        loop {
            cells.push(self.cell());
            match self.text[self.at..].chars().next() {
                Some(c) if c == self.parted => self.at += 1,
                Some(_) => {
                    self.at += if self.text[self.at..].starts_with("\r\n") { 2 } else { 1 };
                    return Some(cells);
                }
                None => return Some(cells),
            }
        }
    }

    /// Up to what parts cells or rows, which is left.
    fn cell(&mut self) -> Cell {
        let rest = &self.text[self.at..];
        let begin = self.at;
        let parted = self.parted;
        let ends = move |c: char| c == parted || c == '\n' || c == '\r';
        if !rest.starts_with('"') {
            let len = rest.find(ends).unwrap_or(rest.len());
            self.at += len;
            return (rest[..len].to_owned(), begin..self.at);
        }
        let (mut cell, mut at) = (String::new(), 1);
        loop {
            let Some(quote) = rest[at..].find('"') else {
                // Not closed: to the end.
                cell.push_str(&rest[at..]);
                self.at = self.text.len();
                return (cell, begin + 1..self.text.len());
            };
            cell.push_str(&rest[at..at + quote]);
            at += quote + 1;
            if !rest[at..].starts_with('"') {
                break;
            }
            cell.push('"');
            at += 1;
        }
        let inner = begin + 1..begin + at - 1;
        at += rest[at..].find(ends).unwrap_or(rest.len() - at);
        self.at = begin + at;
        (cell, inner)
    }
}
