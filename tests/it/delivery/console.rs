//! What a newcomer reads first.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver as Gate, Sender as Opener, channel};
use std::time::Duration;

use wirewatch::deliver::{AttemptOutcome, Receiver, Screen, Sender, To};

use super::messages::*;

fn on(screen: Screen) -> Sender {
    sender(
        None,
        vec![Receiver {
            name: "console".into(),
            to: To::Console,
        }],
    )
    .with_screen(screen)
}

#[tokio::test]
async fn a_terminal_reads_as_meant() {
    let [urgent, update, _] = alerts();
    let rows = [
        ("alert", alert_message(urgent.clone()), 80, false),
        ("alert_narrow", alert_message(urgent.clone()), 44, false),
        ("alert_colour", alert_message(urgent), 80, true),
        ("update", alert_message(update), 80, false),
        ("digest", digest_outgoing(), 80, false),
        ("notice", notice_outgoing(), 80, false),
    ];
    for (name, outgoing, width, colour) in rows {
        let paper = Paper::default();
        let outcome = on(paper.screen(width, colour))
            .send(&to(outgoing, "console", ""), now())
            .await;
        assert_eq!(outcome, AttemptOutcome::Accepted { said: "shown".into() });
        insta::assert_snapshot!(format!("console_{name}"), paper.text().replace('\u{1b}', "␛"));
    }
}

/// A pipe that nobody reads: blocks until the gate is dropped.
struct Stuck(Opener<()>, Gate<()>);

impl Write for Stuck {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(()).map_err(io::Error::other)?;
        let _ = self.1.recv();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_terminal_that_is_not_read_holds_nobody() {
    let ((began, begun), (open, gate)) = (channel(), channel());
    let sender = std::sync::Arc::new(on(Screen::new(Stuck(began, gate), 80, false)));
    let sending = tokio::spawn({
        let sender = sender.clone();
        async move { sender.send(&to(notice_outgoing(), "console", ""), now()).await }
    });
    let begun = tokio::task::spawn_blocking(move || begun.recv().map(|()| begun))
        .await
        .unwrap()
        .unwrap();
    let pass = async || {
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(11)).await;
        // A paused clock does not wake timers while a thread is blocked.
        tokio::time::resume();
    };
    pass().await;
    let unread = AttemptOutcome::Later {
        why: "standard output is not read by anyone".into(),
        retry_after: None,
    };
    assert_eq!(sending.await.unwrap(), unread);
    let second = to(notice_outgoing(), "console", "");
    let (outcome, ()) = tokio::join!(sender.send(&second, now()), pass());
    assert_eq!(outcome, unread, "nor the next one");
    drop(open);
    drop(begun);
}

struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_terminal_that_is_gone_is_said() {
    let outcome = on(Screen::new(Closed, 80, false))
        .send(&to(notice_outgoing(), "console", ""), now())
        .await;
    let AttemptOutcome::Later { why, .. } = outcome else {
        panic!("{outcome:?}")
    };
    assert!(why.starts_with("standard output cannot be written: "), "{why}");
}
