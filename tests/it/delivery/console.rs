//! What a newcomer reads first.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver as Gate, Sender, channel};
use std::time::Duration;

use wirewatch::deliver::{AttemptOutcome, Postman, Receiver, Screen, To};

use super::parcels::*;

fn on(screen: Screen) -> Postman {
    postman(
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
        ("alert", alert_parcel(urgent.clone()), 80, false),
        ("alert_narrow", alert_parcel(urgent.clone()), 44, false),
        ("alert_colour", alert_parcel(urgent), 80, true),
        ("update", alert_parcel(update), 80, false),
        ("digest", digest_parcel(), 80, false),
        ("notice", notice_parcel(), 80, false),
    ];
    for (name, parcel, width, colour) in rows {
        let paper = Paper::default();
        let outcome = on(paper.screen(width, colour))
            .send(&to(parcel, "console", ""), now())
            .await;
        assert_eq!(outcome, AttemptOutcome::Accepted { said: "shown".into() });
        insta::assert_snapshot!(format!("console_{name}"), paper.text().replace('\u{1b}', "␛"));
    }
}

/// A pipe that nobody reads: blocks until the gate is dropped.
struct Stuck(Sender<()>, Gate<()>);

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
    let postman = std::sync::Arc::new(on(Screen::new(Stuck(began, gate), 80, false)));
    let sending = tokio::spawn({
        let postman = postman.clone();
        async move { postman.send(&to(notice_parcel(), "console", ""), now()).await }
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
    let second = to(notice_parcel(), "console", "");
    let (outcome, ()) = tokio::join!(postman.send(&second, now()), pass());
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
        .send(&to(notice_parcel(), "console", ""), now())
        .await;
    let AttemptOutcome::Later { why, .. } = outcome else {
        panic!("{outcome:?}")
    };
    assert!(why.starts_with("standard output cannot be written: "), "{why}");
}
