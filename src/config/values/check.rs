//! What is known while a configuration is checked, and how a mistake finds its place.

use std::ops::Range;
use std::path::PathBuf;

use crate::config::layers::{Layers, Outside, Suggest};
use crate::config::lists::Senses;
use crate::config::schema::quoted;
use crate::config::source::{At, Place, Problem, Severity, SourceSpan, SpotId};

/// What is known while a configuration is checked.
pub(crate) struct Check<'a> {
    pub layers: Layers,
    pub suggest: &'a Suggest,
    pub outside: &'a dyn Outside,
    pub problems: Vec<Problem>,
    /// Examples that do not hold: errors in a change, told of after an upgrade.
    pub broken_examples: Vec<Problem>,
    /// Files read beside the `*.toml`.
    pub files: Vec<PathBuf>,
    /// What names of places were taken for.
    pub senses: Senses,
}

impl Check<'_> {
    /// Forgets where all but these stand, and what was written: of very many watches there is not room for it beside what
    /// is made of them.
    pub(crate) fn keep_only<'p>(&mut self, places: impl Iterator<Item = &'p mut At>) {
        let mut kept = Vec::new();
        for at in places {
            let (At::Key(id) | At::Value(id) | At::Within(id, _)) = at;
            if let Some(spot) = id.of(&self.layers.spots) {
                *id = SpotId::add(&mut kept, spot.clone());
            }
        }
        if kept.is_empty() {
            self.layers.sources.clear();
        }
        self.layers.spots = kept;
    }

    pub(crate) fn place(&self, at: &At) -> Place {
        let (id, part) = match at {
            At::Key(id) | At::Value(id) => (id, None),
            At::Within(id, part) => (id, Some(part)),
        };
        match id.of(&self.layers.spots) {
            Some(SourceSpan::File { file, key, value }) => {
                let source = &self.layers.sources[*file as usize];
                let span = match (at, part) {
                    (At::Key(_), _) => (*key).into(),
                    (_, Some(part)) => within(&source.text, &(*value).into(), part),
                    _ => (*value).into(),
                };
                source.place(span)
            }
            Some(SourceSpan::Variable(name)) => Place::Environment(name.to_string()),
            None => Place::Path(self.outside.folder().to_owned()),
        }
    }

    /// `watchlist.toml:12` or `$WIREWATCH__…`, for "is already in …".
    pub(crate) fn brief(&self, id: SpotId) -> String {
        match id.of(&self.layers.spots) {
            Some(SourceSpan::File { file, key, .. }) => {
                let key: Range<usize> = (*key).into();
                self.layers.sources[*file as usize].brief(key.start)
            }
            Some(SourceSpan::Variable(name)) => format!("${name}"),
            None => String::new(),
        }
    }

    pub(crate) fn error(&mut self, at: &At, what: impl Into<String>, mend: Option<String>) {
        self.say(Severity::Error, self.place(at), what.into(), mend);
    }

    pub(crate) fn warn(&mut self, at: &At, what: impl Into<String>, mend: Option<String>) {
        self.say(Severity::Warning, self.place(at), what.into(), mend);
    }

    pub(crate) fn say(&mut self, severity: Severity, place: Place, what: String, mend: Option<String>) {
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
    pub(crate) fn missing(&mut self, at: &At, what: impl Into<String>, mend: Option<String>) {
        if !self.layers.broken {
            self.error(at, what, mend);
        }
    }

    pub(crate) fn is_variable(&self, id: SpotId) -> bool {
        matches!(id.of(&self.layers.spots), Some(SourceSpan::Variable(_)))
    }

    /// "did you mean `operator`?", or what there is to choose from.
    pub(crate) fn choices(&self, written: &str, names: &[&str]) -> Option<String> {
        if let Some(near) = self.suggest.nearest(written, names.iter().copied()) {
            return Some(format!("did you mean `{near}`?"));
        }
        match names {
            [] => None,
            [only] => Some(format!("there is only \"{only}\"")),
            names if names.len() <= 12 => Some(format!("write {}", quoted(names))),
            _ => None,
        }
    }
}

/// Where bytes of a TOML string's meaning stand in its writing: escapes are longer than what they mean.
fn within(text: &str, value: &Range<usize>, part: &Range<usize>) -> Range<usize> {
    let raw = text.get(value.clone()).unwrap_or_default();
    let quote = raw.chars().next().unwrap_or('"');
    if !matches!(quote, '"' | '\'') {
        // A cell of a table stands without them.
        return value.start + part.start.min(raw.len())..value.start + part.end.min(raw.len());
    }
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
