//! When a permanent redirect is believed: after a week in which it gave the same feed, and not for ever.

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use crate::feed::outcome::Outcome;
use crate::feed::state::{FeedState, Move};

/// How long a permanent redirect must hold. The wrong ones (a captive portal, a parked domain, a slip of the
/// publisher's) last hours or days.
const TRIAL: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// After so many failures in a row at the address that was adopted, every other request goes to the configured one.
const DOUBTS: u32 = 3;

impl FeedState {
    /// Where the feed is asked for: the address it moved to, where that was adopted, else the configured one. While the
    /// adopted one fails, both in turn: either may be the one that lives.
    pub fn address(&self) -> Option<Url> {
        let adopted = self.adopted_address().and_then(|to| Url::parse(to).ok());
        adopted.or_else(|| Url::parse(&self.url).ok())
    }

    /// The address that it moved to, where that is the one to ask.
    pub fn adopted_address(&self) -> Option<&str> {
        let adopted = self.adopted.as_ref().filter(|_| !self.doubts_its_move())?;
        Some(&adopted.to)
    }

    /// Whether the configured address is asked although another was adopted.
    pub(crate) fn doubts_its_move(&self) -> bool {
        self.adopted.is_some() && self.failures >= DOUBTS && self.failures % 2 == 1
    }
}

/// Notes where a readable answer came from. `doubted` is [`FeedState::doubts_its_move`] as it was when it was asked.
pub(crate) fn watch_move(memory: &mut FeedState, moved_to: Option<&Url>, doubted: bool, now: Timestamp) {
    let to = moved_to.map(Url::as_str);
    if doubted {
        if memory.adopted.as_ref().map(|adopted| adopted.to.as_str()) == to {
            return;
        }
        memory.adopted = None;
    }
    memory.moved = to.map(|to| match memory.moved.take() {
        Some(known) if known.to == to => known,
        _ => Move {
            to: to.to_owned(),
            since: now,
            same_feed: false,
        },
    });
}

/// Adopts the address that a feed moved to, once it has held for a week. `before` is what was remembered before the
/// poll; `known` says whether any of its entries was known then. The first answer from there decides whether it is the
/// same feed: later ones hold the entries of whatever it is.
pub fn follow_move(before: &FeedState, memory: &mut FeedState, outcome: &Outcome, known: bool, now: Timestamp) {
    if matches!(outcome, Outcome::Failed(_)) {
        return;
    }
    let Some(moved) = &mut memory.moved else { return };
    if before.moved.as_ref().is_none_or(|earlier| earlier.to != moved.to) {
        // A feed that was never read at its own address has always been what is found there.
        moved.same_feed = known || *outcome == Outcome::Unchanged || before.first_read.is_none();
    }
    let held = Duration::try_from(now.duration_since(moved.since)).unwrap_or_default();
    // Back into the open is a step that only the operator takes.
    let into_the_open = memory.url.starts_with("https:") && moved.to.starts_with("http:");
    if moved.same_feed && held >= TRIAL && !into_the_open {
        memory.adopted = memory.moved.take().map(|moved| Move { since: now, ..moved });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::{Failure, Trouble};

    const OLD: &str = "http://old.example/feed";
    const NEW: &str = "https://new.example/feed";
    const READ: Outcome = Outcome::Read;

    /// Polls: (day, where a permanent redirect led, outcome, whether entries were known).
    type Poll<'a> = (i64, Option<&'a str>, Outcome, bool);

    fn adopted_after(url: &str, polls: &[Poll<'_>]) -> Option<String> {
        let mut memory = FeedState::unread(&Url::parse(url).unwrap(), Timestamp::UNIX_EPOCH);
        memory.first_read = Some(Timestamp::UNIX_EPOCH);
        for (day, to, outcome, known) in polls {
            let now = Timestamp::from_second(day * 24 * 60 * 60).unwrap();
            let before = memory.clone();
            if !matches!(outcome, Outcome::Failed(_)) {
                let to = to.map(|to| Url::parse(to).unwrap());
                watch_move(&mut memory, to.as_ref(), before.doubts_its_move(), now);
            }
            follow_move(&before, &mut memory, outcome, *known, now);
        }
        memory.adopted.map(|moved| moved.to)
    }

    #[test]
    fn a_move_is_adopted_after_a_week_of_the_same_feed() {
        let failed = || {
            Outcome::Failed(Failure {
                trouble: Trouble::NotAFeed,
                why: "a page".to_owned(),
                suggests: None,
            })
        };
        let to = Some(NEW);
        let polls: [(&str, &str, Vec<Poll<'_>>, bool); 8] = [
            (
                "held for a week",
                OLD,
                vec![(0, to, READ, true), (7, to, READ, true)],
                true,
            ),
            (
                "held for six days",
                OLD,
                vec![(0, to, READ, true), (6, to, READ, true)],
                false,
            ),
            (
                "not modified from there",
                OLD,
                vec![(0, to, Outcome::Unchanged, false), (8, to, Outcome::Unchanged, false)],
                true,
            ),
            (
                "another feed from there",
                OLD,
                vec![(0, to, READ, false), (7, to, READ, true), (20, to, READ, true)],
                false,
            ),
            (
                "back home in between",
                OLD,
                vec![
                    (0, to, READ, true),
                    (3, None, READ, true),
                    (5, to, READ, true),
                    (9, to, READ, true),
                ],
                false,
            ),
            (
                "failures in between say nothing",
                OLD,
                vec![(0, to, READ, true), (3, None, failed(), false), (7, to, READ, true)],
                true,
            ),
            (
                "nothing but a portal's page",
                OLD,
                vec![(0, to, failed(), false), (9, to, failed(), false)],
                false,
            ),
            (
                "from https into the open",
                "https://new.example/",
                vec![(0, Some(OLD), READ, true), (9, Some(OLD), READ, true)],
                false,
            ),
        ];
        for (case, url, polls, adopted) in polls {
            assert_eq!(adopted_after(url, &polls).is_some(), adopted, "{case}");
        }
    }

    #[test]
    fn a_move_that_fails_later_is_doubted_and_given_up_where_the_old_address_lives() {
        let now = Timestamp::UNIX_EPOCH;
        let url = |text: &str| Url::parse(text).unwrap();
        let mut memory = FeedState::unread(&url(OLD), now);
        memory.adopted = Some(Move {
            to: NEW.to_owned(),
            since: now,
            same_feed: true,
        });
        let asked: Vec<bool> = (0..7)
            .map(|failures| {
                memory.failures = failures;
                memory.address() == Some(url(NEW))
            })
            .collect();
        assert_eq!(asked, [true, true, true, false, true, false, true]);
        watch_move(&mut memory, None, false, now);
        assert!(memory.adopted.is_some(), "the adopted address answers");
        watch_move(&mut memory, Some(&url(NEW)), true, now);
        assert!(memory.adopted.is_some(), "the old address still leads there");
        watch_move(&mut memory, None, true, now);
        assert_eq!(memory.address(), Some(url(OLD)), "the old address lives again");
    }
}
