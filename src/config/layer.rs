//! Files and environment, laid over each other, as one tree whose every value knows where it was written.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::PathBuf;

use config::{Config, Environment, Map, Value, ValueKind};
use toml::de::{DeString, DeTable, DeValue};

use super::keys::{self, bare_or_quoted};
use super::names::Names;
use super::problem::{Place, Problem, Severity};
use super::source::Source;
use super::suggest::Suggest;
use super::syntax;

/// A key that no file can hold by accident carries the spot of its table through the layers.
const HERE: &str = "\u{0}here";
/// What overrides begin with.
const PREFIX: &str = "WIREWATCH__";

/// Where a value was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Spot {
    File {
        file: usize,
        key: Range<usize>,
        value: Range<usize>,
    },
    Variable(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SpotId(pub usize);

#[derive(Debug)]
pub(super) struct Node {
    pub at: SpotId,
    pub value: Written,
}

/// A value as written.
#[derive(Debug)]
pub(super) enum Written {
    Text(String),
    Whole(i64),
    Broken(f64),
    Flag(bool),
    /// A date or time without quotes.
    Moment(String),
    List(Vec<Node>),
    /// In the order in which it was written.
    Table(Vec<(String, Node)>),
}

/// What was written, where, and what is already wrong with it.
#[derive(Debug)]
pub(super) struct Layers {
    pub sources: Vec<Source>,
    pub spots: Vec<Spot>,
    /// The tables by name: `mail`, `watch`.
    pub tables: Vec<(String, Node)>,
    pub problems: Vec<Problem>,
    /// A file could not be read as TOML throughout: what seems missing may stand there.
    pub broken: bool,
    /// Files and lines that could not be read.
    pub broken_lines: HashSet<(PathBuf, usize)>,
}

#[derive(Debug, Clone)]
struct Layer(Map<String, Value>);

impl config::Source for Layer {
    fn clone_into_box(&self) -> Box<dyn config::Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, config::ConfigError> {
        Ok(self.0.clone())
    }
}

pub(super) fn lay(sources: Vec<Source>, environment: &[(String, String)], suggest: &Suggest) -> Layers {
    let mut reading = Reading {
        sources: &sources,
        spots: Vec::new(),
        problems: Vec::new(),
        broken_lines: HashSet::new(),
        suggest,
    };
    let mut names = Names::default();
    let mut builder = Config::builder();
    for file in 0..sources.len() {
        builder = builder.add_source(Layer(reading.file(file, &mut names)));
    }
    builder = builder.add_source(Layer(reading.variables(environment, &names)));
    let Reading {
        mut spots,
        mut problems,
        broken_lines,
        ..
    } = reading;
    let tables = match builder.build() {
        Ok(config) => match node(config.cache).value {
            Written::Table(tables) => tables,
            _ => Vec::new(),
        },
        Err(error) => {
            spots.push(Spot::Variable(String::new()));
            problems.push(Problem {
                severity: Severity::Error,
                place: Place::Environment(PREFIX.to_owned()),
                what: format!("the files and the environment cannot be laid over each other: {error}"),
                mend: None,
            });
            Vec::new()
        }
    };
    Layers {
        sources,
        spots,
        tables,
        problems,
        broken: !broken_lines.is_empty(),
        broken_lines,
    }
}

struct Reading<'a> {
    sources: &'a [Source],
    spots: Vec<Spot>,
    problems: Vec<Problem>,
    broken_lines: HashSet<(PathBuf, usize)>,
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

    fn spot(&mut self, spot: Spot) -> usize {
        self.spots.push(spot);
        self.spots.len() - 1
    }

    fn file(&mut self, file: usize, names: &mut Names) -> Map<String, Value> {
        let sources = self.sources;
        let source = &sources[file];
        let (parsed, errors) = DeTable::parse_recoverable(&source.text);
        let (mended, problems) = if errors.is_empty() {
            (None, Vec::new())
        } else {
            syntax::mend(source)
        };
        let broken = !problems.is_empty();
        let lines = problems.iter().filter_map(|problem| problem.place.line());
        self.broken_lines.extend(lines.map(|line| (source.path.clone(), line)));
        self.problems.extend(problems);
        let table = match &mended {
            Some(mended) => DeTable::parse_recoverable(mended).0,
            None => parsed,
        };
        let mut layer = Map::new();
        for (key, value) in as_written(table.get_ref()) {
            let (name, key_span) = (key.get_ref().as_ref(), key.span());
            let Some(table) = keys::table(name) else {
                let known = keys::TABLES.iter().any(|table| table.key(name).is_some());
                if broken && (known || !matches!(value.get_ref(), DeValue::Table(_))) {
                    // It belongs to a header that could not be read.
                    continue;
                }
                let place = source.place(key_span);
                self.unknown_table(place, name, matches!(value.get_ref(), DeValue::Table(_)));
                continue;
            };
            match value.get_ref() {
                DeValue::Table(children) if table.named => {
                    let mut kept = Map::new();
                    let here = self.spot(Spot::File {
                        file,
                        key: key_span,
                        value: value.span(),
                    });
                    for (child, value) in as_written(children) {
                        let (child_name, span) = (child.get_ref().as_ref(), child.span());
                        if let Err((what, mend)) = names.add(table, child_name, source, span.start) {
                            self.error(source.place(span), what, mend);
                        } else {
                            kept.insert(child_name.to_owned(), self.value(file, span, value));
                        }
                    }
                    kept.insert(HERE.to_owned(), Value::new(None, here as i64));
                    layer.insert(name.to_owned(), Value::new(None, kept));
                }
                _ => {
                    if let Err((what, mend)) = names.add_single(table, source, key_span.start) {
                        self.error(source.place(key_span), what, mend);
                    } else {
                        layer.insert(name.to_owned(), self.value(file, key_span, value));
                    }
                }
            }
        }
        layer
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

    fn value(&mut self, file: usize, key: Range<usize>, value: &toml::Spanned<DeValue<'_>>) -> Value {
        let at = self.spot(Spot::File {
            file,
            key,
            value: value.span(),
        });
        let kind = match value.get_ref() {
            DeValue::String(text) => ValueKind::String(text.to_string()),
            DeValue::Boolean(flag) => ValueKind::Boolean(*flag),
            DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
                Ok(number) => ValueKind::I64(number),
                Err(_) => ValueKind::Float(f64::INFINITY),
            },
            DeValue::Float(number) => ValueKind::Float(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Datetime(moment) => return Value::new(Some(&format!("{at}m")), moment.to_string()),
            DeValue::Array(elements) => ValueKind::Array(
                elements
                    .iter()
                    .map(|element| self.value(file, element.span(), element))
                    .collect(),
            ),
            DeValue::Table(children) => {
                let mut map = Map::new();
                for (child, value) in as_written(children) {
                    map.insert(child.get_ref().to_string(), self.value(file, child.span(), value));
                }
                map.insert(HERE.to_owned(), Value::new(None, at as i64));
                ValueKind::Table(map)
            }
        };
        Value::new(Some(&at.to_string()), kind)
    }

    /// The overrides. `WIREWATCH__RECEIVER__NIGHT_DESK__EMAIL` is `email` of `[receiver.night-desk]` where that is
    /// written so.
    fn variables(&mut self, environment: &[(String, String)], names: &Names) -> Map<String, Value> {
        let ours: HashMap<String, String> = environment
            .iter()
            .filter(|(name, _)| name.to_ascii_uppercase().starts_with(PREFIX))
            .map(|(name, _)| (name.to_lowercase()[PREFIX.len()..].replace("__", "."), name.clone()))
            .collect();
        let read = Environment::with_prefix("WIREWATCH")
            .prefix_separator("__")
            .separator("__")
            .source(Some(environment.iter().cloned().collect()));
        let collected = config::Source::collect(&read).unwrap_or_default();
        let mut overrides: Vec<(String, Value)> = collected.into_iter().collect();
        overrides.sort_by(|a, b| a.0.cmp(&b.0));
        let mut layer = Map::new();
        for (path, value) in overrides {
            let variable = ours.get(&path).cloned().unwrap_or_default();
            let place = Place::Environment(variable.clone());
            let segments: Vec<&str> = path.split('.').collect();
            let Some(table) = keys::table(segments[0]) else {
                let mend = self
                    .suggest
                    .nearest(segments[0], keys::TABLES.iter().map(|table| table.name));
                let mend = mend.map(|near| {
                    let rest: String = segments[1..].iter().map(|segment| format!("__{segment}")).collect();
                    format!("did you mean `{PREFIX}{}`?", format!("{near}{rest}").to_uppercase())
                });
                self.error(place, format!("unknown table `{}`", segments[0]), mend);
                continue;
            };
            let depth = if table.named { 3 } else { 2 };
            if segments.len() < depth || segments.iter().any(|segment| segment.is_empty()) {
                let example = if table.named { "__NAME__KEY" } else { "__KEY" };
                let what = format!("this names no key of {}", table.header(None));
                self.error(
                    place,
                    what,
                    Some(format!("write {PREFIX}{}{example}", table.name.to_uppercase())),
                );
                continue;
            }
            let at = self.spot(Spot::Variable(variable));
            let mut value = Value::new(Some(&at.to_string()), value.kind);
            for (depth, segment) in segments.iter().enumerate().skip(1).rev() {
                let key = match depth {
                    1 if table.named => names.written(table, segment).unwrap_or(segment).to_owned(),
                    _ => (*segment).to_owned(),
                };
                let mut map = Map::new();
                if depth == 2 && names.written(table, segments[1]).is_none() {
                    map.insert(HERE.to_owned(), Value::new(None, at as i64));
                }
                map.insert(key, value);
                value = Value::new(None, map);
            }
            merge(
                layer
                    .entry(table.name.to_owned())
                    .or_insert_with(|| Value::new(None, Map::<String, Value>::new())),
                value,
            );
        }
        layer
    }
}

type Entry<'t, 'i> = (&'t toml::Spanned<DeString<'i>>, &'t toml::Spanned<DeValue<'i>>);

/// In the order of the file, whatever order the parser keeps.
fn as_written<'t, 'i>(table: &'t DeTable<'i>) -> Vec<Entry<'t, 'i>> {
    let mut entries: Vec<Entry<'t, 'i>> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

fn merge(into: &mut Value, value: Value) {
    let origin = value.origin().map(str::to_owned);
    match (&mut into.kind, value.kind) {
        (ValueKind::Table(into), ValueKind::Table(map)) => {
            for (key, value) in map {
                match into.get_mut(&key) {
                    Some(known) => merge(known, value),
                    None => {
                        into.insert(key, value);
                    }
                }
            }
        }
        (_, kind) => *into = Value::new(origin.as_ref(), kind),
    }
}

fn node(value: Value) -> Node {
    let origin = value.origin().unwrap_or_default();
    let moment = origin.ends_with('m');
    let mut at = origin.trim_end_matches('m').parse().ok();
    let value = match value.kind {
        ValueKind::String(text) if moment => Written::Moment(text),
        ValueKind::String(text) => Written::Text(text),
        ValueKind::I64(number) => Written::Whole(number),
        ValueKind::Boolean(flag) => Written::Flag(flag),
        ValueKind::Float(number) => Written::Broken(number),
        ValueKind::Array(elements) => Written::List(elements.into_iter().map(node).collect()),
        ValueKind::Table(mut map) => {
            if let Some(Value {
                kind: ValueKind::I64(here),
                ..
            }) = map.remove(HERE)
            {
                at = usize::try_from(here).ok();
            }
            let mut children: Vec<(String, Node)> = map.into_iter().map(|(key, value)| (key, node(value))).collect();
            children.sort_by_key(|(_, node)| node.at);
            at = at.or_else(|| children.first().map(|(_, node)| node.at.0));
            Written::Table(children)
        }
        _ => Written::Table(Vec::new()),
    };
    Node {
        at: SpotId(at.unwrap_or(0)),
        value,
    }
}

/// The name of a table or key as a person would look it up.
pub(super) fn folded(name: &str) -> String {
    name.to_lowercase()
}

pub(super) fn shown_name(table: &str, name: &str) -> String {
    format!("[{table}.{}]", bare_or_quoted(name))
}
