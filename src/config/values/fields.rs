//! The keys of one table, read by their shape, with every mistake collected.

use std::time::Duration;

use jiff::civil::Time;
use jiff::tz::TimeZone;

use super::check::Check;
use super::parse;
use super::parse::Mistake;
use super::text::{Of, Text};
use super::zone_offset::instead_of_offset;
use crate::alert::QuietHours;
use crate::config::schema::{Shape, Table, quoted};
use crate::config::source::{At, Node, SpotId, Written};

/// One table, its unknown keys already told.
pub(crate) struct Fields<'a> {
    table: &'static Table,
    pub header: String,
    pub at: SpotId,
    children: &'a [(String, Node)],
    /// Keys that unknown ones were probably meant to be.
    meant: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    pub(crate) fn open(
        check: &mut Check<'_>,
        table: &'static Table,
        name: Option<&str>,
        node: &'a Node,
    ) -> Option<Self> {
        let header = table.header(name);
        let Written::Table(children) = &node.value else {
            let what = format!("`{}` should be a table, and this is {}", table.name, kind(&node.value));
            let mend = match &node.value {
                Written::List(_) if table.named => format!("write {}, each with a name of its own", table.header(None)),
                _ => format!("write {header} on a line of its own, and its keys below"),
            };
            check.error(&At::Key(node.at), what, Some(mend));
            return None;
        };
        let mut meant = Vec::new();
        for (key, child) in children {
            match table.key(key) {
                Some(_) => {}
                None => {
                    let near = check.suggest.nearest(key, table.keys.iter().map(|key| key.name));
                    meant.extend(near);
                    let mend = match near {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => {
                            let names: Vec<&str> = known_names(table);
                            format!("{header} knows {}", names.join(", "))
                        }
                    };
                    check.error(
                        &At::Key(child.at),
                        format!("unknown key `{key}` in {header}"),
                        Some(mend),
                    );
                }
            }
        }
        Some(Self {
            table,
            header,
            at: node.at,
            children,
            meant,
        })
    }

    fn shape(&self, key: &str) -> Shape {
        let known = self.table.key(key);
        debug_assert!(known.is_some(), "[{}] has no key {key}", self.table.name);
        known.map_or(Shape::Text, |key| key.shape)
    }

    pub(crate) fn node(&self, key: &str) -> Option<&'a Node> {
        self.children.iter().find(|(name, _)| name == key).map(|(_, node)| node)
    }

    /// None of these keys is written, nor misspelt: that was told already.
    pub(crate) fn lacks(&self, keys: &[&str]) -> bool {
        keys.iter()
            .all(|key| self.node(key).is_none() && !self.meant.contains(key))
    }

    pub(crate) fn at_key(&self, key: &str) -> At {
        At::Key(self.node(key).map_or(self.at, |node| node.at))
    }

    pub(crate) fn wrong(&self, check: &mut Check<'_>, key: &str, node: &Node) {
        let shape = self.shape(key);
        let mend = match (&node.value, shape) {
            (Written::Text(text), Shape::Flag | Shape::FullText) if matches!(text.as_str(), "true" | "false") => {
                Some(format!("write {key} = {text} without the quotes"))
            }
            (Written::Text(text), Shape::Flag) if matches!(text.to_lowercase().as_str(), "yes" | "on" | "oui") => {
                Some(format!("write {key} = true"))
            }
            (Written::Text(text), Shape::Flag) if matches!(text.to_lowercase().as_str(), "no" | "off" | "non") => {
                Some(format!("write {key} = false"))
            }
            (Written::Text(text), Shape::Whole(..)) if text.trim().parse::<i64>().is_ok() => {
                Some(format!("write {key} = {} without the quotes", text.trim()))
            }
            (Written::Whole(number), Shape::Duration) => Some(format!(
                "say of what: {key} = \"{number} s\", \"{number} min\" or \"{number} hours\""
            )),
            (Written::Broken(number), Shape::Duration) if number.is_finite() => Some(format!(
                "say of what: {key} = \"{number} s\", \"{number} min\" or \"{number} hours\""
            )),
            (Written::List(elements), shape)
                if !matches!(shape, Shape::Texts | Shape::Examples | Shape::Point | Shape::Where) =>
            {
                match elements.as_slice() {
                    [
                        Node {
                            value: Written::Text(text),
                            ..
                        },
                    ] => Some(format!("write {key} = \"{text}\" without the [ ]")),
                    _ => Some("write one value, without the [ ]".to_owned()),
                }
            }
            (Written::Text(text), Shape::Kilometres | Shape::Share) => {
                let digits: String = text.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
                (!digits.is_empty()).then(|| format!("write {key} = {digits} without the quotes"))
            }
            (Written::Text(text), Shape::Where) => Some(format!("write {key} = {{ inside = [\"{text}\"] }}")),
            (Written::List(_), Shape::Where) => Some(format!("write {key} = {{ inside = [ … ] }}")),
            (Written::Whole(number), Shape::Size) => Some(format!("say of what: {key} = \"{number} MB\"")),
            (Written::Whole(number), Shape::Text | Shape::Texts | Shape::Examples) => {
                Some(format!("write {key} = \"{number}\""))
            }
            (Written::Flag(flag), Shape::Text | Shape::Texts | Shape::Examples) => {
                Some(format!("write {key} = \"{flag}\""))
            }
            _ => None,
        };
        let found = match &node.value {
            Written::Text(text) if check.is_variable(node.at) => format!("not `{text}`"),
            other => format!("and this is {}", kind(other)),
        };
        let what = format!("`{key}` should be {}, {found}", shape.expected());
        check.error(&At::Value(node.at), what, mend);
    }

    pub(crate) fn text(&self, check: &mut Check<'_>, key: &str) -> Option<Text<'a>> {
        let node = self.node(key)?;
        match &node.value {
            Written::Text(text) if text.trim().is_empty() => {
                check.error(
                    &At::Value(node.at),
                    format!("`{key}` is empty"),
                    Some(format!("write something, or leave `{key}` out")),
                );
                None
            }
            Written::Text(text) => Some(Text {
                text,
                at: node.at,
                of: Of::Value,
            }),
            Written::Moment(text) if matches!(self.shape(key), Shape::Time) => Some(Text {
                text,
                at: node.at,
                of: Of::Value,
            }),
            _ => {
                self.wrong(check, key, node);
                None
            }
        }
    }

    /// A list, or the one text of it; a variable's value is parted at commas. `None` where the key is left out.
    pub(crate) fn texts(&self, check: &mut Check<'_>, key: &str) -> Option<Vec<Text<'a>>> {
        self.elements(check, key, None)
    }

    /// The texts and the tables of a list that may hold both, or the one of it.
    pub(crate) fn texts_and_tables(&self, check: &mut Check<'_>, key: &str) -> (Vec<Text<'a>>, Vec<&'a Node>) {
        let mut tables = Vec::new();
        if let Some(node) = self.node(key).filter(|node| matches!(node.value, Written::Table(_))) {
            return (Vec::new(), vec![node]);
        }
        let texts = self.elements(check, key, Some(&mut tables));
        (texts.unwrap_or_default(), tables)
    }

    fn elements(
        &self,
        check: &mut Check<'_>,
        key: &str,
        mut tables: Option<&mut Vec<&'a Node>>,
    ) -> Option<Vec<Text<'a>>> {
        let node = self.node(key)?;
        let mut texts = Vec::new();
        match &node.value {
            Written::Text(text) if check.is_variable(node.at) => {
                texts.extend(
                    text.split(',')
                        .map(str::trim)
                        .filter(|part| !part.is_empty())
                        .map(|text| Text {
                            text,
                            at: node.at,
                            of: Of::Value,
                        }),
                );
            }
            Written::Text(_) => return Some(self.text(check, key).into_iter().collect()),
            Written::List(elements) => {
                for element in elements {
                    match &element.value {
                        Written::Text(text) if text.trim().is_empty() => {
                            check.error(
                                &At::Value(element.at),
                                format!("an empty text in `{key}`"),
                                Some("take it out".to_owned()),
                            );
                        }
                        Written::Text(text) => texts.push(Text {
                            text,
                            at: element.at,
                            of: Of::Value,
                        }),
                        Written::Table(_) if tables.is_some() => tables.iter_mut().for_each(|all| all.push(element)),
                        other => {
                            let what = format!("`{key}` holds texts in quotes, and this is {}", kind(other));
                            let mend = match other {
                                Written::Whole(number) => Some(format!("write \"{number}\"")),
                                _ => None,
                            };
                            check.error(&At::Value(element.at), what, mend);
                        }
                    }
                }
                if !elements.is_empty() {
                    return Some(texts);
                }
            }
            _ => {
                self.wrong(check, key, node);
                return Some(Vec::new());
            }
        }
        if texts.is_empty() {
            check.error(
                &At::Value(node.at),
                format!("`{key}` is empty"),
                Some(format!("write something into it, or leave `{key}` out")),
            );
        }
        Some(texts)
    }

    pub(crate) fn flag(&self, check: &mut Check<'_>, key: &str) -> Option<bool> {
        let node = self.node(key)?;
        match &node.value {
            Written::Flag(flag) => Some(*flag),
            Written::Text(text) if check.is_variable(node.at) && matches!(text.as_str(), "true" | "false") => {
                Some(text == "true")
            }
            _ => {
                self.wrong(check, key, node);
                None
            }
        }
    }

    pub(crate) fn whole(&self, check: &mut Check<'_>, key: &str) -> Option<i64> {
        let node = self.node(key)?;
        let number = match &node.value {
            Written::Whole(number) => Some(*number),
            Written::Text(text) if check.is_variable(node.at) => text.trim().parse().ok(),
            _ => None,
        };
        match (number, self.shape(key)) {
            (Some(number), Shape::Whole(least, most)) if (least..=most).contains(&number) => Some(number),
            (Some(number), shape) => {
                check.error(
                    &At::Value(node.at),
                    format!("`{key}` should be {}, not {number}", shape.expected()),
                    Some(format!("write {key} = {}", nearest_within(shape, number))),
                );
                None
            }
            (None, _) => {
                self.wrong(check, key, node);
                None
            }
        }
    }

    fn parsed<T>(&self, check: &mut Check<'_>, key: &str, parse: impl Fn(&str) -> Result<T, Mistake>) -> Option<T> {
        let text = self.text(check, key)?;
        match parse(text.text) {
            Ok(value) => Some(value),
            Err((what, mend)) => {
                check.error(&text.at(), what, mend);
                None
            }
        }
    }

    /// Longer than nothing.
    pub(crate) fn duration(&self, check: &mut Check<'_>, key: &str) -> Option<Duration> {
        self.parsed(check, key, |text| match parse::duration(text)? {
            Duration::ZERO => Err((
                format!("`{key}` must be longer than nothing"),
                Some(format!("write a length such as {key} = \"5 min\"")),
            )),
            duration => Ok(duration),
        })
    }

    /// Nothing allowed.
    pub(crate) fn pause(&self, check: &mut Check<'_>, key: &str) -> Option<Duration> {
        self.parsed(check, key, parse::duration)
    }

    pub(crate) fn size(&self, check: &mut Check<'_>, key: &str) -> Option<u64> {
        self.parsed(check, key, parse::size)
    }

    pub(crate) fn time(&self, check: &mut Check<'_>, key: &str) -> Option<Time> {
        self.parsed(check, key, parse::time)
    }

    pub(crate) fn quiet_hours(&self, check: &mut Check<'_>, key: &str) -> Option<QuietHours> {
        self.parsed(check, key, parse::quiet_hours)
    }

    pub(crate) fn time_zone(&self, check: &mut Check<'_>, key: &str) -> Option<TimeZone> {
        let text = self.text(check, key)?;
        if let Ok(zone) = TimeZone::get(text.text.trim()) {
            return Some(zone);
        }
        let offset = instead_of_offset(text.text, jiff::tz::db());
        let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
        let city = format!("/{}", text.text.trim().to_lowercase().replace(' ', "_"));
        let near = names.iter().map(String::as_str);
        let near = near
            .clone()
            .find(|name| name.to_lowercase().ends_with(&city))
            .or_else(|| check.suggest.nearest(text.text, near));
        let mend = offset.or(near.map(|near| format!("did you mean \"{near}\"?")));
        let mend =
            mend.unwrap_or_else(|| "write a region and a city, as \"Africa/Bamako\" or \"Europe/Paris\"".to_owned());
        check.error(&text.at(), format!("there is no time zone `{}`", text.text), Some(mend));
        None
    }

    /// The number of the word in the key's list.
    pub(crate) fn one_of(&self, check: &mut Check<'_>, key: &str) -> Option<usize> {
        let Shape::OneOf(words) = self.shape(key) else {
            return None;
        };
        let text = self.text(check, key)?;
        let written = text.text.trim().to_lowercase().replace(['_', '-'], " ");
        let known = words.iter().position(|word| *word == written);
        if known.is_none() {
            let mend = match check.suggest.nearest(text.text, words.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("write {}", quoted(words)),
            };
            check.error(&text.at(), format!("`{key}` cannot be `{}`", text.text), Some(mend));
        }
        known
    }
}

fn nearest_within(shape: Shape, number: i64) -> i64 {
    match shape {
        Shape::Whole(least, most) => number.clamp(least, most),
        _ => number,
    }
}

fn known_names(table: &Table) -> Vec<&'static str> {
    table.keys.iter().map(|key| key.name).collect()
}

pub(crate) fn kind(value: &Written) -> &'static str {
    match value {
        Written::Text(_) => "a text",
        Written::Whole(_) => "a number",
        Written::Broken(number) if number.is_infinite() => "a number that is too large",
        Written::Broken(_) => "a number with a fraction",
        Written::Flag(_) => "true or false",
        Written::Moment(_) => "a date or time",
        Written::List(_) => "a list",
        Written::Table(_) => "a table",
    }
}
