//! What is wrong, where, and how to mend it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use super::excerpt::excerpt;
use crate::net::{shown_text, veiled_text};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// Where something is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// 1-based line and column (in characters), the line's text, and how many characters the carets span.
    File {
        path: PathBuf,
        line: usize,
        column: usize,
        text: String,
        width: usize,
    },
    /// The name of an environment variable.
    Environment(String),
    /// The folder or file as a whole.
    Path(PathBuf),
}

impl Place {
    /// Whole files first, then by file and line, then the environment.
    fn order(&self) -> (u8, &Path, usize, usize, &str) {
        match self {
            Self::Path(path) => (0, path, 0, 0, ""),
            Self::File { path, line, column, .. } => (1, path, *line, *column, ""),
            Self::Environment(name) => (2, Path::new(""), 0, 0, name),
        }
    }
}

impl Place {
    /// 1-based, where it is in a file.
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::File { line, .. } => Some(*line),
            _ => None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, line, column, .. } => write!(f, "{}:{line}:{column}", path.display()),
            Self::Environment(name) => write!(f, "environment variable {name}"),
            Self::Path(path) => write!(f, "{}", path.display()),
        }
    }
}

/// One problem. `{:#}` is in the colours of a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub severity: Severity,
    pub place: Place,
    /// A sentence without its final stop.
    pub what: String,
    /// How to mend it: "did you mean `find`?".
    pub mend: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { severity, place, .. } = self;
        let (what, mend) = (shown_text(&self.what), self.mend.as_deref().map(shown_text));
        let paint = match (f.alternate(), severity) {
            (false, _) => Paint::default(),
            (true, Severity::Error) => Paint::of("\u{1b}[1;31m"),
            (true, Severity::Warning) => Paint::of("\u{1b}[1;33m"),
        };
        let Paint {
            strong,
            loud,
            quiet,
            mending,
            end,
        } = paint;
        writeln!(f, "{strong}{place}:{end} {loud}{severity}:{end} {strong}{what}{end}")?;
        let mut margin = String::from("  ");
        if let Place::File {
            line,
            column,
            text,
            width,
            ..
        } = place
        {
            let number = line.to_string();
            margin = " ".repeat(number.len() + 2);
            let (shown, carets) = excerpt(&veiled_line(text), *column, *width);
            writeln!(f, " {quiet}{number} |{end} {shown}")?;
            writeln!(f, "{margin}{quiet}|{end} {loud}{carets}{end}")?;
        }
        match mend {
            Some(mend) => writeln!(f, "{margin}{quiet}={end} {mending}{mend}{end}"),
            None => Ok(()),
        }
    }
}

/// Escape sequences of a terminal (ECMA-48 SGR), or nothing.
#[derive(Debug, Clone, Copy, Default)]
struct Paint {
    strong: &'static str,
    loud: &'static str,
    quiet: &'static str,
    mending: &'static str,
    end: &'static str,
}

impl Paint {
    fn of(loud: &'static str) -> Self {
        Self {
            strong: "\u{1b}[1m",
            loud,
            quiet: "\u{1b}[34m",
            mending: "\u{1b}[32m",
            end: "\u{1b}[0m",
        }
    }
}

/// All problems at once, in the order of files and lines. `Display` is what `check` prints; `{:#}` is in colour.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Puts them into the order in which they are shown.
    pub fn ordered(mut problems: Vec<Problem>) -> Self {
        problems.sort_by(|a, b| a.place.order().cmp(&b.place.order()).then(a.severity.cmp(&b.severity)));
        Self(problems)
    }

    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|problem| problem.severity == Severity::Error)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn count(&self, severity: Severity) -> Option<String> {
        match self.0.iter().filter(|problem| problem.severity == severity).count() {
            0 => None,
            1 => Some(format!("1 {severity}")),
            many => Some(format!("{many} {severity}s")),
        }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.0 {
            if f.alternate() {
                writeln!(f, "{problem:#}")?;
            } else {
                writeln!(f, "{problem}")?;
            }
        }
        let counts: Vec<String> = [Severity::Error, Severity::Warning]
            .into_iter()
            .filter_map(|s| self.count(s))
            .collect();
        if counts.is_empty() {
            Ok(())
        } else {
            writeln!(f, "{}", counts.join(", "))
        }
    }
}

impl std::error::Error for Problems {}

/// A line of a file with `*` for every character of a secret in it: what is wrong is printed, logged and told.
fn veiled_line(text: &str) -> String {
    static SECRET: LazyLock<Regex> = LazyLock::new(|| {
        // Up to the quote that closes it, or to the end of a line that does not. A chat's address is its password.
        let written = r#"(?i:password|secret|token|authorization|cookie|\w+-(?:\w+-)*(?:key|auth|session|signature|credential)s?)["']?\s*=\s*\[?\s*(?:"((?:[^"\\]|\\.)*)|'([^']*)|([^\s"'{\[]+))|webhook["']?\s*=\s*["'](?:[a-z]+:)?(?://)?[^/\s"']*/([^"']*)"#;
        #[expect(clippy::expect_used, reason = "the expression is a constant")]
        Regex::new(written).expect("the expression is valid")
    });
    let mut veiled = veiled_text(text);
    let spans: Vec<_> = SECRET
        .captures_iter(&veiled)
        .filter_map(|found| {
            let value = found.iter().skip(1).flatten().next()?;
            // What is cut out already stays as it is.
            (value.as_str() != "…").then(|| value.range())
        })
        .collect();
    for span in spans.into_iter().rev() {
        let stars = "*".repeat(veiled[span.clone()].chars().count());
        veiled.replace_range(span, &stars);
    }
    veiled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_shown_without_the_secrets_in_it() {
        let table = [
            (
                "a feed",
                "urls = [\"http://b:c@d.example/\"]",
                "urls = [\"http://****d.example/\"]",
            ),
            ("a password", "password = \"sesame\"", "password = \"******\""),
            (
                "between single quotes",
                "password='sesame' # x",
                "password='******' # x",
            ),
            ("that does not end", "password = \"sésame", "password = \"******"),
            ("without quotes", "secret = sesame", "secret = ******"),
            (
                "in a table",
                "mail = { password = \"a\\\"b\", user = \"c\" }",
                "mail = { password = \"****\", user = \"c\" }",
            ),
            (
                "a webhook",
                "webhook = \"https://d.example/T0/B1?a=b\"",
                "webhook = \"https://d.example/*********\"",
            ),
            ("a list", "password = [\"sesame\"]", "password = [\"******\"]"),
            (
                "a header",
                "headers = { X-Api-Key = [\"sesame\"] }",
                "headers = { X-Api-Key = [\"******\"] }",
            ),
            (
                "a cookie",
                "headers = { Cookie = \"sesame }",
                "headers = { Cookie = \"********",
            ),
            (
                "no header",
                "words = { monkey = \"sesame\" }",
                "words = { monkey = \"sesame\" }",
            ),
            ("its file", "password = { file = \"x\" }", "password = { file = \"x\" }"),
        ];
        for (case, written, shown) in table {
            assert_eq!(veiled_line(written), shown, "{case}");
        }
    }

    #[test]
    fn colours_change_nothing_but_colours() {
        let problems = Problems(vec![Problem {
            severity: Severity::Error,
            place: Place::File {
                path: PathBuf::from("watchlist.toml"),
                line: 4,
                column: 1,
                text: "fnd = [\"Bamako\"]".to_owned(),
                width: 3,
            },
            what: "unknown key `fnd`".to_owned(),
            mend: Some("did you mean `find`?".to_owned()),
        }]);
        let painted = format!("{problems:#}");
        assert!(painted.contains("\u{1b}[1;31m^^^\u{1b}[0m"), "{painted:?}");
        let plain: String = painted
            .split('\u{1b}')
            .enumerate()
            .map(|(at, part)| if at == 0 { part } else { part.split_once('m').unwrap().1 })
            .collect();
        assert_eq!(plain, problems.to_string());
    }
}
