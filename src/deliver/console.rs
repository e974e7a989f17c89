//! A message on a terminal, and the terminal it is written to.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;

use super::attempt::AttemptOutcome;
use super::outgoing_message::OutgoingMessage;
use super::text::{Style, page};

/// How long a terminal, or the program behind a pipe, may take to read a message.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where the console receiver writes, and how.
#[derive(Clone)]
pub struct Screen {
    out: Arc<Mutex<Box<dyn Write + Send>>>,
    style: Style,
    /// Written before each message: wipes the line of progress that may stand there.
    before: &'static str,
}

impl fmt::Debug for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Screen")
            .field("style", &self.style)
            .finish_non_exhaustive()
    }
}

impl Screen {
    /// Any writer. `width` is in columns; `colour` allows escape sequences.
    pub fn new(out: impl Write + Send + 'static, width: usize, colour: bool) -> Self {
        Self {
            out: Arc::new(Mutex::new(Box::new(out))),
            style: Style { width, colour },
            before: "",
        }
    }

    /// Standard output, as wide as its terminal, in colour where it is one and nobody objects (no-color.org).
    pub fn stdout() -> Self {
        let terminal = io::stdout().is_terminal();
        let objection = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let width = match terminal {
            true => terminal_size::terminal_size().map_or(80, |(terminal_size::Width(width), _)| width.into()),
            false => 80,
        };
        Self {
            before: if terminal && !dumb { "\r\u{1b}[2K" } else { "" },
            ..Self::new(io::stdout(), width, terminal && !dumb && !objection("NO_COLOR"))
        }
    }

    /// Writes the message whole. A reader that does not read keeps one thread waiting, never two: the next message waits
    /// for the lock, and its attempt ends in time.
    pub(super) async fn show(&self, outgoing: &OutgoingMessage) -> AttemptOutcome {
        let text = format!("{}{}", self.before, page(outgoing, self.style));
        let Ok(mut out) = tokio::time::timeout(PATIENCE, Arc::clone(&self.out).lock_owned()).await else {
            return AttemptOutcome::later("standard output is not read by anyone");
        };
        let written = tokio::task::spawn_blocking(move || out.write_all(text.as_bytes()).and_then(|()| out.flush()));
        match tokio::time::timeout(PATIENCE, written).await {
            Ok(Ok(Ok(()))) => AttemptOutcome::Accepted { said: "shown".into() },
            Ok(Ok(Err(error))) => AttemptOutcome::later(format!("standard output cannot be written: {error}")),
            Ok(Err(error)) => AttemptOutcome::later(format!("standard output cannot be written: {error}")),
            Err(_) => AttemptOutcome::later("standard output is not read by anyone"),
        }
    }
}
