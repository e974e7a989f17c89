//! Environment variables, laid over those tables of the files that they touch.

use std::collections::HashMap;

use config::{Config, ConfigError, Environment, Map, Value, ValueKind};

use super::names::Names;
use super::suggest::Suggest;
use crate::config::schema::{Table, keys};
use crate::config::source::{Node, Place, Problem, Severity, SourceSpan, SpotId, Written};

/// A key that no file can hold by accident carries the spot of its table through the layers.
const HERE: &str = "\u{0}here";
/// What overrides begin with.
const PREFIX: &str = "WIREWATCH__";

#[derive(Debug, Clone)]
struct Layer(Map<String, Value>);

impl config::Source for Layer {
    fn clone_into_box(&self) -> Box<dyn config::Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, ConfigError> {
        Ok(self.0.clone())
    }
}

/// Lays the variables over the tables. Only what a variable names goes through the layers of the `config` crate, which
/// copies what it is given several times: a folder may hold 100,000 watches, and a variable one word.
pub(super) fn lay_over(
    tables: &mut Vec<(String, Node)>,
    environment: &[(String, String)],
    names: &Names,
    spots: &mut Vec<SourceSpan>,
    suggest: &Suggest,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let over = variables(environment, names, spots, &mut problems, suggest);
    if over.is_empty() {
        return problems;
    }
    let under = over
        .iter()
        .filter_map(|(name, over)| Some((name.clone(), touched(tables, name, over)?)))
        .collect();
    let laid = Config::builder()
        .add_source(Layer(under))
        .add_source(Layer(over))
        .build();
    match laid {
        Ok(laid) => {
            if let Written::Table(laid) = node(laid.cache).value {
                for (name, node) in laid {
                    put_back(tables, name, node);
                }
            }
        }
        Err(error) => problems.push(Problem {
            severity: Severity::Error,
            place: Place::Environment(PREFIX.to_owned()),
            what: format!("the files and the environment cannot be laid over each other: {error}"),
            mend: None,
        }),
    }
    problems
}

/// What a table of the files holds of what is laid over it.
fn touched(tables: &[(String, Node)], name: &str, over: &Value) -> Option<Value> {
    let table = &tables.iter().find(|(known, _)| known == name)?.1;
    let named = keys::table(name).is_some_and(|table| table.named);
    match (&table.value, &over.kind) {
        (Written::Table(children), ValueKind::Table(over)) if named => {
            let touched = children.iter().filter(|(child, _)| over.contains_key(child));
            Some(table_value(table.at, touched))
        }
        _ => Some(value(table)),
    }
}

fn put_back(tables: &mut Vec<(String, Node)>, name: String, laid: Node) {
    let named = keys::table(&name).is_some_and(|table| table.named);
    let Some((_, known)) = tables.iter_mut().find(|(known, _)| *known == name) else {
        tables.push((name, laid));
        return;
    };
    match (&mut known.value, laid) {
        (
            Written::Table(children),
            Node {
                value: Written::Table(laid),
                ..
            },
        ) if named => {
            for (child, laid) in laid {
                match children.iter_mut().find(|(known, _)| *known == child) {
                    Some((_, known)) => *known = laid,
                    None => children.push((child, laid)),
                }
            }
        }
        (_, laid) => *known = laid,
    }
}

/// What each variable sets. `WIREWATCH__RECEIVER__NIGHT_DESK__EMAIL` is `email` of `[receiver.night-desk]` where that is
/// written so.
fn variables(
    environment: &[(String, String)],
    names: &Names,
    spots: &mut Vec<SourceSpan>,
    problems: &mut Vec<Problem>,
    suggest: &Suggest,
) -> Map<String, Value> {
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
        let segments: Vec<&str> = path.split('.').collect();
        match named(&segments, suggest) {
            Ok(table) => {
                let at = SpotId::add(spots, SourceSpan::Variable(variable.into()));
                let value = nested(table, &segments, value, at, names);
                let known = layer
                    .entry(table.name.to_owned())
                    .or_insert_with(|| Value::new(None, Map::<String, Value>::new()));
                merge(known, value);
            }
            Err((what, mend)) => problems.push(Problem {
                severity: Severity::Error,
                place: Place::Environment(variable),
                what,
                mend,
            }),
        }
    }
    layer
}

/// The table that a variable's name begins with.
fn named(segments: &[&str], suggest: &Suggest) -> Result<&'static Table, (String, Option<String>)> {
    let Some(table) = keys::table(segments[0]) else {
        let near = suggest.nearest(segments[0], keys::TABLES.iter().map(|table| table.name));
        let mend = match near {
            Some(near) => {
                let rest: String = segments[1..].iter().map(|segment| format!("__{segment}")).collect();
                format!("did you mean `{PREFIX}{}`?", format!("{near}{rest}").to_uppercase())
            }
            None => format!("write {PREFIX}, a table, __ and a key, as in {PREFIX}MAIL__SERVER"),
        };
        return Err((format!("unknown table `{}`", segments[0]), Some(mend)));
    };
    let depth = if table.named { 3 } else { 2 };
    if segments.len() < depth || segments.iter().any(|segment| segment.is_empty()) {
        let what = format!("this names no key of {}", table.header(None));
        let keys = table.keys.first();
        let key = keys.map_or(String::new(), |key| key.name.to_uppercase());
        let name = if table.named { "NAME__" } else { "" };
        let mend = format!(
            "write on which, as in {PREFIX}{}__{name}{key}",
            table.name.to_uppercase()
        );
        return Err((what, Some(mend)));
    }
    Ok(table)
}

/// The value within the tables that its variable names.
fn nested(table: &'static Table, segments: &[&str], value: Value, at: SpotId, names: &Names) -> Value {
    let mut value = Value::new(Some(&at.number().to_string()), value.kind);
    for (depth, segment) in segments.iter().enumerate().skip(1).rev() {
        let key = match depth {
            1 if table.named => names.written(table, segment).unwrap_or(segment).to_owned(),
            _ => (*segment).to_owned(),
        };
        let mut map = Map::new();
        if depth == 2 && names.written(table, segments[1]).is_none() {
            map.insert(HERE.to_owned(), Value::new(None, i64::from(at.number())));
        }
        map.insert(key, value);
        value = Value::new(None, map);
    }
    value
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

fn table_value<'n>(at: SpotId, children: impl Iterator<Item = &'n (String, Node)>) -> Value {
    let mut map: Map<String, Value> = children.map(|(key, child)| (key.clone(), value(child))).collect();
    map.insert(HERE.to_owned(), Value::new(None, i64::from(at.number())));
    Value::new(None, map)
}

/// A node as the `config` crate has it; [`node`] takes it back.
fn value(node: &Node) -> Value {
    let kind = match &node.value {
        Written::Text(text) => ValueKind::String(text.clone()),
        Written::Whole(number) => ValueKind::I64(*number),
        Written::Broken(number) => ValueKind::Float(*number),
        Written::Flag(flag) => ValueKind::Boolean(*flag),
        Written::Moment(moment) => return Value::new(Some(&format!("{}m", node.at.number())), moment.clone()),
        Written::List(elements) => ValueKind::Array(elements.iter().map(value).collect()),
        Written::Table(children) => return table_value(node.at, children.iter()),
    };
    Value::new(Some(&node.at.number().to_string()), kind)
}

fn node(value: Value) -> Node {
    let origin = value.origin().unwrap_or_default();
    let moment = origin.ends_with('m');
    let mut at: Option<u32> = origin.trim_end_matches('m').parse().ok();
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
                at = u32::try_from(here).ok();
            }
            let mut children: Vec<(String, Node)> = map.into_iter().map(|(key, value)| (key, node(value))).collect();
            children.sort_by_key(|(_, node)| node.at);
            at = at.or_else(|| children.first().map(|(_, node)| node.at.number()));
            Written::Table(children)
        }
        _ => Written::Table(Vec::new()),
    };
    Node {
        at: SpotId::from_number(at.unwrap_or(0)),
        value,
    }
}
