//! The files of the folder and the environment, laid over each other.

use std::collections::HashSet;
use std::ops::Range;
use std::path::PathBuf;

use toml::de::{DeString, DeTable, DeValue};

use super::layer::Layers;
use super::names::Names;
use super::outside::Outside;
use super::suggest::Suggest;
use super::{overrides, rows};
use crate::config::schema::keys;
use crate::config::source::{Node, Place, Problem, Severity, Source, SourceSpan, SpotId, Written, pieces, syntax};

pub(crate) fn lay(
    sources: Vec<Source>,
    environment: &[(String, String)],
    suggest: &Suggest,
    outside: &dyn Outside,
) -> Layers {
    let mut reading = Reading {
        sources: &sources,
        begin: 0,
        spots: Vec::new(),
        problems: Vec::new(),
        broken_lines: HashSet::new(),
        loses: false,
        suggest,
    };
    let mut names = Names::default();
    let mut tables = Vec::new();
    for file in 0..sources.len() {
        reading.file(file, &mut names, &mut tables);
    }
    let Reading {
        spots,
        problems,
        broken_lines,
        loses,
        ..
    } = reading;
    let mut layers = Layers {
        sources,
        spots,
        tables,
        problems,
        broken: loses,
        broken_lines,
        beside: Vec::new(),
    };
    layers.beside = rows::lay_rows(&mut layers, &mut names, suggest, outside);
    let over = overrides::lay_over(&mut layers.tables, environment, &names, &mut layers.spots, suggest);
    layers.problems.extend(over);
    layers
}

struct Reading<'a> {
    sources: &'a [Source],
    /// Where in its file the piece that is read begins.
    begin: usize,
    spots: Vec<SourceSpan>,
    problems: Vec<Problem>,
    broken_lines: HashSet<(PathBuf, usize)>,
    /// Something that stands in a file may be missing in what was read.
    loses: bool,
    suggest: &'a Suggest,
}

impl Reading<'_> {
    fn error(&mut self, place: Place, what: String, mend: Option<String>) {
        self.problems.push(Problem {
            severity: Severity::Error,
            place,
            what,
            mend,
        });
    }

    /// Bytes of the file, of those of the piece.
    fn whole(&self, span: Range<usize>) -> Range<usize> {
        span.start + self.begin..span.end + self.begin
    }

    fn spot(&mut self, file: usize, key: Range<usize>, value: Range<usize>) -> SpotId {
        let spot = SourceSpan::in_file(file, self.whole(key), self.whole(value));
        SpotId::add(&mut self.spots, spot)
    }

    fn file(&mut self, file: usize, names: &mut Names, tables: &mut Vec<(String, Node)>) {
        let sources = self.sources;
        let source = &sources[file];
        for piece in pieces(&source.text) {
            let (parsed, errors) = DeTable::parse_recoverable(&source.text[piece.clone()]);
            if errors.is_empty() {
                self.begin = piece.start;
                self.tables(file, parsed.into_inner(), false, names, tables);
                continue;
            }
            // Then it is the only one.
            let mended = syntax::mend(source);
            let lines = mended.lines.iter().map(|line| (source.path.clone(), *line));
            self.broken_lines.extend(lines);
            self.loses |= mended.loses;
            self.problems.extend(mended.problems.iter().cloned());
            self.begin = 0;
            let table = DeTable::parse_recoverable(&mended.text).0.into_inner();
            self.tables(file, table, !mended.problems.is_empty(), names, tables);
        }
    }

    /// The tables of a file or a piece of it; where it is `broken`, some may have lost their header.
    fn tables(
        &mut self,
        file: usize,
        written: DeTable<'_>,
        broken: bool,
        names: &mut Names,
        tables: &mut Vec<(String, Node)>,
    ) {
        let sources = self.sources;
        let source = &sources[file];
        for (key, value) in as_written(written) {
            let (name, key_span) = (key.get_ref().as_ref(), key.span());
            let is_table = matches!(value.get_ref(), DeValue::Table(_));
            let Some(table) = keys::table(name) else {
                let known = keys::TABLES.iter().any(|table| table.key(name).is_some());
                if broken && (known || !is_table) {
                    // It belongs to a header that could not be read.
                    continue;
                }
                let place = source.place(self.whole(key_span));
                self.unknown_table(place, name, is_table);
                continue;
            };
            let span = value.span();
            match value.into_inner() {
                DeValue::Table(children) if table.named => {
                    let mut kept = Vec::with_capacity(children.len());
                    let at = self.spot(file, key_span, span);
                    for (child, value) in as_written(children) {
                        let (child_name, span) = (child.get_ref().as_ref(), child.span());
                        let here = self.whole(span.clone());
                        if let Err((what, mend)) = names.add(table, child_name, source, here.start) {
                            self.error(source.place(here), what, mend);
                        } else {
                            kept.push((child_name.to_owned(), self.node(file, span, value)));
                        }
                    }
                    add(tables, name, at, kept);
                }
                value => {
                    let here = self.whole(key_span.clone());
                    if let Err((what, mend)) = names.add_single(table, source, here.start) {
                        self.error(source.place(here), what, mend);
                    } else {
                        let value = toml::Spanned::new(span, value);
                        tables.push((name.to_owned(), self.node(file, key_span, value)));
                    }
                }
            }
        }
    }

    fn unknown_table(&mut self, place: Place, name: &str, is_table: bool) {
        if !is_table {
            let home = keys::TABLES.iter().find(|table| table.key(name).is_some());
            let mend = home.map(|table| format!("it belongs under {}", table.header(None)));
            return self.error(place, format!("`{name}` stands before the first [table]"), mend);
        }
        let mend = match self.suggest.nearest(name, keys::TABLES.iter().map(|table| table.name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "there are {}",
                keys::TABLES
                    .iter()
                    .map(|table| table.header(None))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        };
        self.error(place, format!("unknown table `{name}`"), Some(mend));
    }

    fn node(&mut self, file: usize, key: Range<usize>, value: toml::Spanned<DeValue<'_>>) -> Node {
        let at = self.spot(file, key, value.span());
        let value = match value.into_inner() {
            DeValue::String(text) => Written::Text(text.into_owned()),
            DeValue::Boolean(flag) => Written::Flag(flag),
            DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
                Ok(number) => Written::Whole(number),
                Err(_) => Written::Broken(f64::INFINITY),
            },
            DeValue::Float(number) => Written::Broken(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Datetime(moment) => Written::Moment(moment.to_string()),
            DeValue::Array(elements) => Written::List(
                elements
                    .into_iter()
                    .map(|element| self.node(file, element.span(), element))
                    .collect(),
            ),
            DeValue::Table(children) => Written::Table(
                as_written(children)
                    .into_iter()
                    .map(|(child, value)| {
                        let span = child.span();
                        (child.into_inner().into_owned(), self.node(file, span, value))
                    })
                    .collect(),
            ),
        };
        Node { at, value }
    }
}

/// The named tables of one file to those of the files before it.
fn add(tables: &mut Vec<(String, Node)>, name: &str, at: SpotId, children: Vec<(String, Node)>) {
    let known = tables.iter_mut().filter(|(known, _)| known == name);
    for (_, node) in known {
        if let Written::Table(known) = &mut node.value {
            known.extend(children);
            return;
        }
    }
    let value = Written::Table(children);
    tables.push((name.to_owned(), Node { at, value }));
}

type Entry<'i> = (toml::Spanned<DeString<'i>>, toml::Spanned<DeValue<'i>>);

/// In the order of the file, whatever order the parser keeps. What was parsed is given up as it is read: of a large file
/// there is not room for both.
fn as_written<'i>(table: DeTable<'i>) -> Vec<Entry<'i>> {
    let mut entries: Vec<Entry<'i>> = table.into_iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}
