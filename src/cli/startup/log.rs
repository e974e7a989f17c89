//! Log lines on standard error: with all their fields for programs, short for a person at a terminal.

use std::fmt::{self, Debug, Write as _};
use std::io::{self, IsTerminal, Stderr, Write, stderr};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

use crate::cli::print::length;
use crate::net::shown_text;
use crate::text::clean;

/// `WIREWATCH_LOG` chooses what is logged (as in "debug" or "warn"). Under systemd lines go without times, since the
/// journal has them.
pub fn to_stderr() {
    let filter = EnvFilter::try_from_env("WIREWATCH_LOG").unwrap_or_else(|_| EnvFilter::new("warn,wirewatch=info"));
    let terminal = stderr().is_terminal();
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let objection = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(|| WithoutSecrets(stderr()))
        .with_target(false)
        .with_ansi(terminal && !dumb && !objection);
    let _ = if terminal {
        log.event_format(ForPeople { wipe: !dumb }).try_init()
    } else if std::env::var_os("JOURNAL_STREAM").is_some() {
        log.without_time().try_init()
    } else {
        log.try_init()
    };
}

/// Writes log lines with every address as it may be shown, those of libraries too.
struct WithoutSecrets(Stderr);

impl Write for WithoutSecrets {
    /// The subscriber writes each event whole.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let shown = shown_text(&String::from_utf8_lossy(event));
        self.0.write_all(shown.as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// One line: local time, what happened, and in brackets what it happened to. Ids are left out.
struct ForPeople {
    /// Whether to wipe the line of progress that may stand there.
    wipe: bool,
}

impl<S, N> FormatEvent<S, N> for ForPeople
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, _: &FmtContext<'_, S, N>, mut out: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let mut told = Told::default();
        event.record(&mut told);
        if told.shown_already {
            return Ok(());
        }
        let paint = |code: &'static str| if out.has_ansi_escapes() { code } else { "" };
        let (dim, plain) = (paint("\u{1b}[2m"), paint("\u{1b}[0m"));
        let (colour, word) = match *event.metadata().level() {
            Level::ERROR => (paint("\u{1b}[31m"), "error: "),
            Level::WARN => (paint("\u{1b}[33m"), "warning: "),
            _ => ("", ""),
        };
        let wipe = if self.wipe { "\r\u{1b}[2K" } else { "" };
        let time = Timestamp::now()
            .to_zoned(TimeZone::system())
            .strftime("%H:%M:%S")
            .to_string();
        write!(out, "{wipe}{dim}{time}{plain}  {colour}{word}{}{plain}", told.message)?;
        if !told.fields.is_empty() {
            write!(out, " {dim}({}){plain}", told.fields)?;
        }
        writeln!(out)
    }
}

/// What one line tells.
#[derive(Default)]
struct Told {
    message: String,
    fields: String,
    /// The console has just shown it, which needs no line that says so.
    shown_already: bool,
}

impl Told {
    fn add(&mut self, field: &Field, value: &str) {
        let name = field.name();
        // Messages of several lines, as of a configuration that is not used, keep their lines.
        let value = value.lines().map(clean_line).collect::<Vec<_>>().join("\n");
        match name {
            "message" => self.message = value,
            _ if name.ends_with(".id") => {}
            _ => {
                self.shown_already |= name == "said" && value == "shown";
                let gap = if self.fields.is_empty() { "" } else { ", " };
                let name = name.strip_suffix(".url").unwrap_or(name);
                let (name, value) = match (name.strip_suffix("_secs"), value.parse()) {
                    (Some(name), Ok(seconds)) => (name, length(SignedDuration::from_secs(seconds))),
                    _ => (name, value),
                };
                let _ = write!(self.fields, "{gap}{} {value}", name.replace(['.', '_'], " "));
            }
        }
    }
}

/// Harmless, with the spaces before a caret kept.
fn clean_line(line: &str) -> String {
    let indent = line.len() - line.trim_start_matches(' ').len();
    format!("{}{}", &line[..indent], clean(line))
}

impl Visit for Told {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.add(field, &format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.add(field, value);
    }
}
