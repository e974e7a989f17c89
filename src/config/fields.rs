//! The keys of one table, read by their shape, with every mistake collected.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::Time;
use jiff::tz::TimeZone;

use super::keys::{Shape, Table, quoted};
use super::layer::{Layers, Node, Spot, SpotId, Written};
use super::problem::{Place, Problem, Severity};
use super::suggest::Suggest;
use super::values::{self, Mistake};
use crate::alert::QuietHours;
use crate::deliver::Secret;

/// A place in what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum At {
    Key(SpotId),
    Value(SpotId),
    /// Bytes of the text as meant, within the value.
    Within(SpotId, Range<usize>),
}

/// What lies outside of the files' text: the folder, its files, the environment.
pub(super) trait Outside {
    /// The folder, absolute.
    fn folder(&self) -> &Path;
    fn variable(&self, name: &str) -> Option<String>;
    /// Reads a file; the error is a fragment for a person.
    fn read(&self, path: &Path) -> Result<Vec<u8>, String>;
    fn is_file(&self, path: &Path) -> bool;
}

/// What is known while a configuration is checked.
pub(super) struct Check<'a> {
    pub layers: &'a Layers,
    pub suggest: &'a Suggest,
    pub outside: &'a dyn Outside,
    pub problems: Vec<Problem>,
    /// Files read beside the `*.toml`.
    pub files: Vec<PathBuf>,
}

impl Check<'_> {
    pub(super) fn place(&self, at: &At) -> Place {
        let (id, part) = match at {
            At::Key(id) | At::Value(id) => (id, None),
            At::Within(id, part) => (id, Some(part)),
        };
        match &self.layers.spots.get(id.0) {
            Some(Spot::File { file, key, value }) => {
                let source = &self.layers.sources[*file];
                let span = match (at, part) {
                    (At::Key(_), _) => key.clone(),
                    (_, Some(part)) => within(&source.text, value, part),
                    _ => value.clone(),
                };
                source.place(span)
            }
            Some(Spot::Variable(name)) => Place::Environment(name.clone()),
            None => Place::Path(self.outside.folder().to_owned()),
        }
    }

    /// `watchlist.toml:12` or `$WIREWATCH__…`, for "is already in …".
    pub(super) fn brief(&self, id: SpotId) -> String {
        match self.layers.spots.get(id.0) {
            Some(Spot::File { file, key, .. }) => self.layers.sources[*file].brief(key.start),
            Some(Spot::Variable(name)) => format!("${name}"),
            None => String::new(),
        }
    }

    pub(super) fn error(&mut self, at: &At, what: impl Into<String>, mend: Option<String>) {
        self.say(Severity::Error, self.place(at), what.into(), mend);
    }

    pub(super) fn warn(&mut self, at: &At, what: impl Into<String>, mend: Option<String>) {
        self.say(Severity::Warning, self.place(at), what.into(), mend);
    }

    pub(super) fn say(&mut self, severity: Severity, place: Place, what: String, mend: Option<String>) {
        // What a broken line seems to hold is not judged beside what broke it.
        if let Place::File { path, line, .. } = &place
            && self.layers.broken
            && self.layers.broken_lines.contains(&(path.clone(), *line))
        {
            return;
        }
        self.problems.push(Problem {
            severity,
            place,
            what,
            mend,
        });
    }

    /// Something is missing; said only where all files could be read, since it may stand in what could not.
    pub(super) fn missing(&mut self, at: &At, what: impl Into<String>, mend: Option<String>) {
        if !self.layers.broken {
            self.error(at, what, mend);
        }
    }

    pub(super) fn is_variable(&self, id: SpotId) -> bool {
        matches!(self.layers.spots.get(id.0), Some(Spot::Variable(_)))
    }

    /// "did you mean `operator`?", or what there is to choose from.
    pub(super) fn choices(&self, written: &str, names: &[&str]) -> Option<String> {
        if let Some(near) = self.suggest.nearest(written, names.iter().copied()) {
            return Some(format!("did you mean `{near}`?"));
        }
        match names {
            [] => None,
            names if names.len() <= 12 => Some(format!("there is {}", quoted(names))),
            _ => None,
        }
    }
}

/// Where bytes of a TOML string's meaning stand in its writing: escapes are longer than what they mean.
fn within(text: &str, value: &Range<usize>, part: &Range<usize>) -> Range<usize> {
    let raw = text.get(value.clone()).unwrap_or_default();
    let quote = raw.chars().next().unwrap_or('"');
    let triple = quote.to_string().repeat(3);
    let mut open = if raw.starts_with(&triple) { 3 } else { 1 };
    if open == 3 {
        // A line break right after the opening is not part of the text (TOML 1.0, multi-line strings).
        open += raw[3..].len()
            - raw[3..]
                .strip_prefix("\r\n")
                .or(raw[3..].strip_prefix('\n'))
                .unwrap_or(&raw[3..])
                .len();
    }
    let mut meant = 0;
    let mut at = open;
    let (mut start, mut end) = (None, None);
    while at < raw.len() {
        if meant >= part.start && start.is_none() {
            start = Some(at);
        }
        if meant >= part.end {
            end = Some(at);
            break;
        }
        let c = raw[at..].chars().next().unwrap_or(' ');
        if c == '\\' && quote == '"' {
            let kind = raw[at + 1..].chars().next().unwrap_or(' ');
            let digits = match kind {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                _ => 0,
            };
            let code = raw
                .get(at + 2..at + 2 + digits)
                .and_then(|hex| u32::from_str_radix(hex, 16).ok());
            meant += code.and_then(char::from_u32).map_or(1, char::len_utf8);
            at += 1 + kind.len_utf8() + digits;
        } else {
            meant += c.len_utf8();
            at += c.len_utf8();
        }
    }
    let start = value.start + start.unwrap_or(open.min(raw.len()));
    start..(value.start + end.unwrap_or(raw.len())).max(start)
}

/// A text and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Text<'a> {
    pub text: &'a str,
    pub at: SpotId,
}

impl Text<'_> {
    pub(super) fn at(&self) -> At {
        At::Value(self.at)
    }
}

/// One table, its unknown keys already told.
pub(super) struct Fields<'a> {
    table: &'static Table,
    pub header: String,
    pub at: SpotId,
    children: &'a [(String, Node)],
    /// Keys that unknown ones were probably meant to be.
    meant: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    pub(super) fn open(
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
            match table.key(key).map(|known| known.shape) {
                Some(Shape::Later(why)) => {
                    check.error(
                        &At::Key(child.at),
                        format!("`{key}` {why}"),
                        Some(format!("leave `{key}` out until then")),
                    );
                }
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

    pub(super) fn node(&self, key: &str) -> Option<&'a Node> {
        self.children.iter().find(|(name, _)| name == key).map(|(_, node)| node)
    }

    /// None of these keys is written, nor misspelt: that was told already.
    pub(super) fn lacks(&self, keys: &[&str]) -> bool {
        keys.iter()
            .all(|key| self.node(key).is_none() && !self.meant.contains(key))
    }

    pub(super) fn at_key(&self, key: &str) -> At {
        At::Key(self.node(key).map_or(self.at, |node| node.at))
    }

    fn wrong(&self, check: &mut Check<'_>, key: &str, node: &Node) {
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
            (Written::Whole(number), Shape::Size) => Some(format!("say of what: {key} = \"{number} MB\"")),
            (Written::Whole(number), Shape::Text | Shape::Texts) => Some(format!("write {key} = \"{number}\"")),
            (Written::Flag(flag), Shape::Text | Shape::Texts) => Some(format!("write {key} = \"{flag}\"")),
            _ => None,
        };
        let found = match &node.value {
            Written::Text(text) if check.is_variable(node.at) => format!("not `{text}`"),
            other => format!("and this is {}", kind(other)),
        };
        let what = format!("`{key}` should be {}, {found}", shape.expected());
        check.error(&At::Value(node.at), what, mend);
    }

    pub(super) fn text(&self, check: &mut Check<'_>, key: &str) -> Option<Text<'a>> {
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
            Written::Text(text) => Some(Text { text, at: node.at }),
            Written::Moment(text) if matches!(self.shape(key), Shape::Time) => Some(Text { text, at: node.at }),
            _ => {
                self.wrong(check, key, node);
                None
            }
        }
    }

    /// A list, or the one text of it; a variable's value is parted at commas. `None` where the key is left out.
    pub(super) fn texts(&self, check: &mut Check<'_>, key: &str) -> Option<Vec<Text<'a>>> {
        let node = self.node(key)?;
        let mut texts = Vec::new();
        match &node.value {
            Written::Text(text) if check.is_variable(node.at) => {
                texts.extend(
                    text.split(',')
                        .map(str::trim)
                        .filter(|part| !part.is_empty())
                        .map(|text| Text { text, at: node.at }),
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
                        Written::Text(text) => texts.push(Text { text, at: element.at }),
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

    pub(super) fn flag(&self, check: &mut Check<'_>, key: &str) -> Option<bool> {
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

    pub(super) fn whole(&self, check: &mut Check<'_>, key: &str) -> Option<i64> {
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
                    None,
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
    pub(super) fn duration(&self, check: &mut Check<'_>, key: &str) -> Option<Duration> {
        self.parsed(check, key, |text| match values::duration(text)? {
            Duration::ZERO => Err((format!("`{key}` must be longer than nothing"), None)),
            duration => Ok(duration),
        })
    }

    /// Nothing allowed.
    pub(super) fn pause(&self, check: &mut Check<'_>, key: &str) -> Option<Duration> {
        self.parsed(check, key, values::duration)
    }

    pub(super) fn size(&self, check: &mut Check<'_>, key: &str) -> Option<u64> {
        self.parsed(check, key, values::size)
    }

    pub(super) fn time(&self, check: &mut Check<'_>, key: &str) -> Option<Time> {
        self.parsed(check, key, values::time)
    }

    pub(super) fn quiet_hours(&self, check: &mut Check<'_>, key: &str) -> Option<QuietHours> {
        self.parsed(check, key, values::quiet_hours)
    }

    pub(super) fn time_zone(&self, check: &mut Check<'_>, key: &str) -> Option<TimeZone> {
        let text = self.text(check, key)?;
        if let Ok(zone) = TimeZone::get(text.text.trim()) {
            return Some(zone);
        }
        let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
        let city = format!("/{}", text.text.trim().to_lowercase().replace(' ', "_"));
        let near = names
            .iter()
            .find(|name| name.to_lowercase().ends_with(&city))
            .map(String::as_str)
            .or_else(|| check.suggest.nearest(text.text, names.iter().map(String::as_str)));
        let mend = match near {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "write a region and a city, as \"Africa/Bamako\" or \"Europe/Paris\"".to_owned(),
        };
        check.error(&text.at(), format!("there is no time zone `{}`", text.text), Some(mend));
        None
    }

    /// The number of the word in the key's list.
    pub(super) fn one_of(&self, check: &mut Check<'_>, key: &str) -> Option<usize> {
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

    /// A secret, which must be there and readable. Never shown.
    pub(super) fn secret(&self, check: &mut Check<'_>, key: &str) -> Option<Secret> {
        let node = self.node(key)?;
        let at = At::Value(node.at);
        let ways = format!("write {key} = {{ file = \"/etc/wirewatch/{key}\" }}");
        let children = match &node.value {
            Written::Text(text) if check.is_variable(node.at) => return Some(Secret::Value(text.clone())),
            Written::Text(written) => {
                let what = format!("the {key} itself does not belong in a file that people show around");
                let place = masked(check.place(&at), written);
                check.say(Severity::Error, place, what, Some(ways));
                return None;
            }
            Written::Table(children) => children,
            _ => {
                self.wrong(check, key, node);
                return None;
            }
        };
        let [(way, value)] = children.as_slice() else {
            check.error(&at, format!("`{key}` is read from one place"), Some(ways));
            return None;
        };
        let Written::Text(written) = &value.value else {
            check.error(
                &At::Value(value.at),
                format!("`{way}` should be a text in quotes, and this is {}", kind(&value.value)),
                None,
            );
            return None;
        };
        let at = At::Value(value.at);
        let path = match way.as_str() {
            "file" => check.outside.folder().join(written),
            "credential" => match check.outside.variable("CREDENTIALS_DIRECTORY") {
                Some(folder) => Path::new(&folder).join(written),
                None => {
                    let mend = format!("under systemd, add LoadCredential={written}:/path/to/it to the service");
                    check.error(
                        &at,
                        "there are no credentials: $CREDENTIALS_DIRECTORY is not set",
                        Some(mend),
                    );
                    return None;
                }
            },
            "environment" => match check.outside.variable(written) {
                Some(value) if !value.is_empty() => return Some(Secret::Value(value)),
                _ => {
                    check.error(&at, format!("the environment variable {written} is not set"), None);
                    return None;
                }
            },
            other => {
                let near = check.suggest.nearest(other, ["file", "credential", "environment"]);
                let mend = near.map_or(ways, |near| format!("did you mean `{near}`?"));
                check.error(
                    &At::Key(value.at),
                    format!("unknown key `{other}` in `{key}`"),
                    Some(mend),
                );
                return None;
            }
        };
        match check.outside.read(&path) {
            Ok(bytes) if bytes.trim_ascii().is_empty() => {
                check.error(&at, format!("the {key} file {} is empty", path.display()), None);
                None
            }
            Ok(_) => Some(Secret::File(path)),
            Err(why) => {
                let mend = "the user that Wirewatch runs as must be able to read it".to_owned();
                check.error(
                    &at,
                    format!("the {key} cannot be read from {}: {why}", path.display()),
                    Some(mend),
                );
                None
            }
        }
    }
}

/// The place without the secret that stands there: what is wrong is printed and logged.
fn masked(place: Place, secret: &str) -> Place {
    match place {
        Place::File {
            path,
            line,
            column,
            text,
            ..
        } => {
            let before: String = text.chars().take(column - 1).collect();
            let after = text.chars().skip(column - 1).collect::<String>();
            let after = after
                .rsplit_once(secret)
                .map_or("", |(_, after)| after.trim_start_matches(['"', '\'']));
            Place::File {
                path,
                line,
                column,
                text: format!("{before}\"…\"{after}"),
                width: 3,
            }
        }
        other => other,
    }
}

fn known_names(table: &Table) -> Vec<&'static str> {
    let now = table.keys.iter().filter(|key| !matches!(key.shape, Shape::Later(_)));
    now.map(|key| key.name).collect()
}

pub(super) fn kind(value: &Written) -> &'static str {
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
