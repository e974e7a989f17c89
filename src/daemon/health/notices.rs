//! What the operator is told of feeds, the network and receivers, in words. Pure.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use crate::alert::Notice;
use crate::feed::{FeedState, Report, State, Trouble, lasting};
use crate::net::{ShownAddress, shown_text};
use wirewatch_syndication::{KnownBy, derive_id};

/// A notice of one occasion: `about` and the time it began give its id, so that a second look at it is the same notice.
fn notice(about: &[&str], since: Timestamp, now: Timestamp, title: String, lines: Vec<String>) -> Notice {
    let since = since.as_second().to_string();
    let parts: Vec<&str> = ["notice"]
        .into_iter()
        .chain(about.iter().copied())
        .chain([&*since])
        .collect();
    Notice {
        id: derive_id(&parts),
        raised: now,
        title,
        lines,
    }
}

/// The clock was set back while the daemon ran, or before it started.
pub fn clock_set_back(by: SignedDuration, now: Timestamp) -> Notice {
    let lines = vec![
        "Feeds, deliveries and subscriptions that waited by the wrong time are due now; nothing is lost.".to_owned(),
        "Times in alerts from before may be wrong by as much.".to_owned(),
        "If it happens again, look at the clock of the machine and whether it keeps time by NTP.".to_owned(),
    ];
    let title = format!("The clock of this machine was set back by {}", span(by));
    notice(&["clock set back"], now, now, title, lines)
}

/// The clock leapt ahead by days or more.
pub fn clock_leapt(by: SignedDuration, now: Timestamp) -> Notice {
    let lines = vec![
        "Either the machine slept or its clock is wrong. Nothing is forgotten for its age before the clock has been \
         plausible for a day."
            .to_owned(),
    ];
    let title = format!("The clock of this machine leapt ahead by {}", span(by));
    notice(&["clock leapt"], now, now, title, lines)
}

/// "3 hours".
fn span(time: SignedDuration) -> String {
    lasting(
        Timestamp::UNIX_EPOCH,
        Timestamp::UNIX_EPOCH.saturating_add(time).unwrap_or(Timestamp::MAX),
    )
}

/// What is told of a feed.
pub fn of_feed(report: Report, name: &str, memory: &FeedState, now: Timestamp) -> Notice {
    let (url, shown) = (&memory.url, memory.shown().to_string());
    match report {
        Report::Failing { since } => failing(name, memory, since, now),
        Report::Mended { since } => {
            let mut lines = vec![shown, format!("It could not be read for {}.", lasting(since, now))];
            if memory.empty_at_times {
                lines.push("It had no entries. If it is empty again, that is not told any more.".to_owned());
            }
            notice(
                &["mended", url],
                since,
                now,
                format!("“{name}” can be read again"),
                lines,
            )
        }
        Report::Silent { since } => {
            let title = format!("“{name}” has brought nothing for {}", lasting(since, now));
            let mut lines = vec![shown];
            let state = State::of(memory, now);
            if let State::Silent { .. } | State::Frozen { .. } = state {
                lines.push(format!("It can be read, but is {}.", state.words(now)));
            }
            lines.extend(state.mend());
            notice(&["silent", url], since, now, title, lines)
        }
        Report::Renamed { since } => {
            let title = format!("“{name}” has a new address");
            let to = memory.adopted.as_ref().map_or(url.as_str(), |moved| moved.to.as_str());
            let shown_to = ShownAddress::of_text(to);
            let lines = vec![
                format!(
                    "For a week its server has sent us on to {shown_to}, where the same feed is. It is asked for there now."
                ),
                format!(
                    "Nothing is lost if you leave it so. To have it in your list: write {shown_to} in place of {shown}."
                ),
            ];
            notice(&["renamed", url, to], since, now, title, lines)
        }
        Report::TooLong { since } => {
            let title = format!("“{name}” has more entries than are read");
            let state = State::of(memory, now);
            let mut lines = vec![url.clone(), format!("It is {}.", state.words(now))];
            lines.extend(state.mend());
            notice(&["too long", url], since, now, title, lines)
        }
        Report::SpeaksAgain { since } => {
            let title = format!("“{name}” brings entries again");
            let lines = vec![shown, "It had been silent.".to_owned()];
            notice(&["speaks", url], since, now, title, lines)
        }
        Report::Missed { since } => {
            let title = format!("Entries of “{name}” may have been missed");
            let times = memory.past.missed.map_or(0, |missed| missed.times);
            let lines = vec![
                shown,
                format!(
                    "Within {}, it listed {times} times nothing of what it had listed the time before: it drops entries \
                     sooner than it is asked. It is asked more often now.",
                    lasting(since, now)
                ),
                "If this goes on, lower `fastest` for it, or look for a feed of the publisher's that lists more."
                    .to_owned(),
            ];
            notice(&["missed", url], since, now, title, lines)
        }
        Report::Rekeyed { at } => {
            let title = format!("The entries of “{name}” have other ids");
            let known_by = match memory.past.known_by {
                KnownBy::Id => "titles and dates, or links, of most are those that were known",
                KnownBy::Link => "its ids are not to be relied on, so that its entries are known by their links now",
                KnownBy::Title => {
                    "neither ids nor links of it are to be relied on, so that its entries are known by their titles now"
                }
            };
            let lines = vec![
                shown,
                format!("Most of its entries came under other ids at once; {known_by}."),
                "No alert is repeated for it. There is nothing to do.".to_owned(),
            ];
            notice(&["other ids", url], at, now, title, lines)
        }
    }
}

fn failing(name: &str, memory: &FeedState, since: Timestamp, now: Timestamp) -> Notice {
    let trouble = memory.trouble;
    let lasted = lasting(since, now);
    let title = match trouble {
        Some(Trouble::Gone) => format!("“{name}” was taken away by its publisher"),
        Some(Trouble::NotAFeed) => format!("“{name}” has been no feed for {lasted}"),
        Some(Trouble::Emptied) => format!("“{name}” has been empty for {lasted}"),
        Some(Trouble::Bridge) => format!("“{name}” has brought errors in place of news for {lasted}"),
        Some(Trouble::CutShort) => format!("“{name}” has come only in part for {lasted}"),
        Some(Trouble::Blocked | Trouble::Challenged) => format!("“{name}” has not let us in for {lasted}"),
        _ if now.duration_since(since).as_secs() < 90 => format!("“{name}” cannot be read"),
        _ => format!("“{name}” could not be read for {lasted}"),
    };
    let mut lines = vec![memory.shown().to_string()];
    if let Some(why) = &memory.last_error {
        lines.push(format!("Why: {}.", shown_text(why)));
    }
    lines.extend(State::of(memory, now).mend());
    lines.push(match memory.last_read {
        Some(read) => format!(
            "It was last read {} ago. You are told when it can be read again.",
            lasting(read, now)
        ),
        None => "It has never been read. You are told when it can be.".to_owned(),
    });
    let about = if trouble == Some(Trouble::Gone) {
        "gone"
    } else {
        "failing"
    };
    notice(&[about, &memory.url], since, now, title, lines)
}

/// Our own network is down.
pub fn network_down(since: Timestamp, now: Timestamp) -> Notice {
    let title = "No feed can be reached: is this machine's network down?".to_owned();
    let lines = vec![
        format!(
            "Since {} nearly every site has failed to answer, all at once.",
            utc(since)
        ),
        "No feed is blamed for it. As soon as one answers, all are asked again, and what they still list is read."
            .to_owned(),
    ];
    notice(&["network down"], since, now, title, lines)
}

/// It is back.
pub fn network_back(since: Timestamp, now: Timestamp) -> Notice {
    let title = format!(
        "No feed could be reached for {}; now they are read again",
        lasting(since, now)
    );
    let lines = vec![
        format!("This machine was without network from {} to {}.", utc(since), utc(now)),
        "Every feed is asked again within the next minutes, and what it still lists is read. What a feed listed and \
         dropped in between could not be seen."
            .to_owned(),
        "Alerts that waited for the network are delivered now.".to_owned(),
    ];
    notice(&["network back"], since, now, title, lines)
}

/// A receiver has refused something, or could not be reached for hours; `since` is when the first attempt was due. One
/// notice a receiver and day, however many deliveries it concerns.
pub fn receiver_refuses(receiver: &str, given_up: bool, why: &str, since: Timestamp, now: Timestamp) -> Notice {
    let day = since.to_zoned(TimeZone::UTC).date();
    let begin = day.to_zoned(TimeZone::UTC).map_or(since, |day| day.timestamp());
    let (about, title) = match given_up {
        true => ("given up", format!("An alert or notice for “{receiver}” was given up")),
        false => (
            "refuses",
            format!("“{receiver}” could not be told anything for {}", lasting(since, now)),
        ),
    };
    let what_now = match given_up {
        true => "It is kept: `wirewatch deliveries list` shows it, `wirewatch deliveries replay ID` sends it again.",
        false => "It is tried for three days. `wirewatch deliveries list` shows what waits.",
    };
    let lines = vec![format!("Why: {why}."), what_now.to_owned()];
    notice(&[about, receiver], begin, now, title, lines)
}

/// "2 March, 08:10 UTC".
fn utc(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%-d %B, %H:%M UTC").to_string()
}
