//! How a feed is, in plain words, from what is remembered of it. Pure.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::feed::schedule::Because;
use crate::feed::state::{FeedState, Trouble};
use crate::net::ShownAddress;
use crate::text::count;

/// How a feed is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It was never read, and has not failed yet.
    New,
    Fine,
    /// It is read, and has never had an entry.
    Empty,
    /// It is read; the publisher says that it lives elsewhere now.
    Renamed {
        to: String,
        since: Timestamp,
        /// It has held for so long that the feed is asked for there.
        adopted: bool,
    },
    /// It is read, but for some of its entries: there are too many.
    TooLong {
        read: u32,
        left_out: u32,
    },
    /// Its server takes long to answer; half of the last answers took longer.
    Slow {
        takes: Duration,
    },
    /// Silent, and the answer is the same since then to the byte: a copy that nobody makes anew.
    Frozen {
        since: Timestamp,
        usual: Duration,
    },
    /// It is read, but has brought nothing for far longer than it ever did; `usual` is the middle one of its gaps.
    Silent {
        since: Timestamp,
        usual: Duration,
    },
    /// Nothing can be reached: the fault is on our side.
    NoNetwork {
        since: Timestamp,
    },
    Failing {
        /// `None` for a fault that was noted by a version that knew no kinds.
        trouble: Option<Trouble>,
        since: Timestamp,
        why: String,
        /// A feed that the page itself suggests.
        suggests: Option<String>,
    },
}

impl State {
    pub fn of(memory: &FeedState, now: Timestamp) -> Self {
        if let Some(since) = memory.failing_since {
            if memory.next.because == Because::NoNetwork {
                return Self::NoNetwork { since };
            }
            return Self::Failing {
                trouble: memory.trouble,
                since,
                why: memory.last_error.clone().unwrap_or_default(),
                suggests: memory.suggests.clone(),
            };
        }
        if memory.first_read.is_none() {
            return Self::New;
        }
        if memory.entries_last == 0 && memory.rhythm.newest_entry.is_none() {
            return Self::Empty;
        }
        if let Some(surplus) = memory.surplus {
            return Self::TooLong {
                read: memory.entries_last,
                left_out: surplus.entries,
            };
        }
        if let Some((since, usual)) = silent(memory, now) {
            return match memory.changed {
                Some(changed) if frozen(memory, changed, now) => Self::Frozen { since: changed, usual },
                _ => Self::Silent { since, usual },
            };
        }
        let adopted = memory.adopted.as_ref();
        if let Some(moved) = memory.moved.as_ref().or(adopted) {
            return Self::Renamed {
                to: moved.to.clone(),
                since: moved.since,
                adopted: adopted.is_some_and(|adopted| adopted.to == moved.to),
            };
        }
        match slowness(&memory.answer_millis) {
            Some(takes) => Self::Slow { takes },
            None => Self::Fine,
        }
    }

    /// One or a few words, the same whatever the feed.
    pub fn name(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Fine => "fine",
            Self::Empty => "empty",
            Self::Renamed { .. } => "renamed",
            Self::TooLong { .. } => "too long",
            Self::Slow { .. } => "slow",
            Self::Frozen { .. } => "frozen",
            Self::Silent { .. } => "silent",
            Self::NoNetwork { .. } => "no network",
            Self::Failing { trouble, .. } => trouble.map_or("failing", Trouble::name),
        }
    }

    /// What a person can do about it, where there is something.
    pub fn mend(&self) -> Option<String> {
        match self {
            Self::New | Self::Fine | Self::Empty | Self::NoNetwork { .. } => None,
            Self::Renamed { to, .. } => Some(format!("Write {} in its place.", ShownAddress::of_text(to))),
            Self::TooLong { .. } => Some(
                "Ask the publisher for a shorter feed, or take the same news from another one: the entries that are left out \
                 are not watched."
                    .to_owned(),
            ),
            Self::Slow { .. } => Some("Nothing needs to be done; if it gets worse, the publisher may want to know.".to_owned()),
            Self::Silent { .. } => Some(
                "Look whether the publisher's page has newer entries: the feed may have moved.".to_owned(),
            ),
            Self::Frozen { .. } => Some(
                "Look whether the publisher's page has newer entries: its server may give an old copy of the feed, or may \
                 have stopped making it."
                    .to_owned(),
            ),
            Self::Failing { suggests: Some(link), .. } => {
                Some(format!(
                    "Write {} in its place: the page itself names it as its feed.",
                    ShownAddress::of_text(link)
                ))
            }
            Self::Failing { trouble, .. } => trouble.and_then(Trouble::mend).map(str::to_owned),
        }
    }

    /// The state with what belongs to it: "blocked for 5 hours: the server refuses us (403)".
    pub fn words(&self, now: Timestamp) -> String {
        let name = self.name();
        match self {
            Self::New | Self::Fine => name.to_owned(),
            Self::Empty => "empty: it has no entries yet".to_owned(),
            Self::Renamed { to, adopted: true, .. } => format!("renamed to {to}, where it is asked for now"),
            Self::Renamed { to, since, .. } => {
                format!("renamed {} ago to {to}; still read", lasting(*since, now))
            }
            Self::TooLong { read, left_out } => format!(
                "too long: {read} of its {} entries are read",
                read.saturating_add(*left_out)
            ),
            Self::Slow { takes } => format!("slow: half of its answers take longer than {}", length(*takes)),
            Self::Frozen { since, usual } => format!(
                "frozen for {}: the answer is the same to the byte; it used to bring something every {} or so",
                lasting(*since, now),
                length(*usual)
            ),
            Self::Silent { since, usual } => format!(
                "silent for {}; it brings something every {} or so",
                lasting(*since, now),
                length(*usual)
            ),
            Self::NoNetwork { since } => format!("not asked for {}: no feed can be reached", lasting(*since, now)),
            Self::Failing { since, why, .. } => format!("{name} for {}: {why}", lasting(*since, now)),
        }
    }
}

/// Fewer gaps than these are no rhythm.
const FEWEST_GAPS: usize = 8;
/// A feed with this many entries a day is not made by one person in office hours: it is missed after a day.
const BUSY: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Other feeds may rest over a long weekend.
const LONG_WEEKEND: Duration = Duration::from_secs(4 * 24 * 60 * 60);

/// How long a feed may bring nothing before it is silent: twice its longest gap of the last 32, and never less than a day
/// for a busy feed, a long weekend for the others. Were entries to come at random, one gap in three thousand would be
/// twice as long as the longest of 32 before it (that one is about four times the mean, e⁻⁸).
pub(super) fn patience(gaps_secs: &[u32]) -> Option<Duration> {
    let longest = gaps_secs.iter().max().filter(|_| gaps_secs.len() >= FEWEST_GAPS)?;
    let least = if middle(gaps_secs)? <= BUSY { DAY } else { LONG_WEEKEND };
    Some((Duration::from_secs(u64::from(*longest)) * 2).max(least))
}

fn middle(gaps_secs: &[u32]) -> Option<Duration> {
    let mut sorted = gaps_secs.to_vec();
    sorted.sort_unstable();
    let middle = sorted.get(sorted.len() / 2)?;
    Some(Duration::from_secs(u64::from(*middle)))
}

/// Since when a feed that can be read has been silent against its own rhythm, and how long its gaps usually are.
pub(super) fn silent(memory: &FeedState, now: Timestamp) -> Option<(Timestamp, Duration)> {
    let since = memory.rhythm.newest_entry?;
    let gaps = &memory.rhythm.gaps_secs;
    let patience = patience(gaps)?;
    let quiet = Duration::try_from(now.duration_since(since)).ok()?;
    (quiet > patience).then_some((since, middle(gaps)?))
}

/// The same answer for as long as the feed may be silent.
fn frozen(memory: &FeedState, changed: Timestamp, now: Timestamp) -> bool {
    let same = Duration::try_from(now.duration_since(changed)).unwrap_or_default();
    patience(&memory.rhythm.gaps_secs).is_some_and(|patience| same > patience)
}

/// A server that takes longer is slow; most answer within a second.
const SLOW: Duration = Duration::from_secs(10);
/// Fewer answers say little.
const FEWEST_ANSWERS: usize = 5;

/// What half of the last answers took longer than, where that is long.
fn slowness(answer_millis: &[u32]) -> Option<Duration> {
    let mut sorted = answer_millis.to_vec();
    sorted.sort_unstable();
    let middle = sorted
        .get(sorted.len() / 2)
        .filter(|_| sorted.len() >= FEWEST_ANSWERS)?;
    let takes = Duration::from_millis(u64::from(*middle));
    (takes >= SLOW).then_some(takes)
}

/// The time between two times in its largest unit: "3 hours".
pub fn lasting(from: Timestamp, until: Timestamp) -> String {
    let lasted = until.duration_since(from).max(SignedDuration::ZERO);
    length(Duration::try_from(lasted).unwrap_or_default())
}

fn length(length: Duration) -> String {
    let seconds = length.as_secs();
    let (number, unit) = match seconds {
        ..90 => (seconds, "second"),
        90..5_400 => ((seconds + 30) / 60, "minute"),
        5_400..172_800 => ((seconds + 1_800) / 3_600, "hour"),
        _ => ((seconds + 43_200) / 86_400, "day"),
    };
    count(usize::try_from(number).unwrap_or_default(), unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_as_people_say_them() {
        for (seconds, words) in [
            (0, "0 seconds"),
            (60, "60 seconds"),
            (90, "2 minutes"),
            (3_600, "60 minutes"),
            (3 * 3_600, "3 hours"),
            (47 * 3_600, "47 hours"),
            (72 * 3_600, "3 days"),
        ] {
            assert_eq!(length(Duration::from_secs(seconds)), words);
        }
    }

    #[test]
    fn a_feed_that_is_read_is_fine_slow_renamed_silent_or_frozen() {
        let at = |time: &str| time.parse::<Timestamp>().unwrap();
        let now = at("2026-03-20T12:00:00Z");
        let url = url::Url::parse("https://desk.test/feed").unwrap();
        let fine = FeedState {
            first_read: Some(at("2026-01-01T00:00:00Z")),
            entries_last: 20,
            changed: Some(at("2026-03-20T11:00:00Z")),
            answer_millis: vec![300; 8],
            rhythm: crate::feed::Rhythm {
                gaps_secs: vec![3_600; 32],
                newest_entry: Some(at("2026-03-20T11:00:00Z")),
                ..Default::default()
            },
            ..FeedState::unread(&url, now)
        };
        let quiet = |memory: &FeedState| {
            let mut quiet = memory.clone();
            quiet.rhythm.newest_entry = Some(at("2026-03-10T12:00:00Z"));
            quiet
        };
        let moved = crate::feed::Move {
            to: "https://new.test/feed".to_owned(),
            since: at("2026-03-18T12:00:00Z"),
            same_feed: true,
        };
        for (case, memory, words) in [
            ("read", fine.clone(), "fine"),
            (
                "one slow answer",
                FeedState {
                    answer_millis: vec![300, 300, 25_000, 300, 300],
                    ..fine.clone()
                },
                "fine",
            ),
            (
                "few slow answers",
                FeedState {
                    answer_millis: vec![25_000; 4],
                    ..fine.clone()
                },
                "fine",
            ),
            (
                "slow answers",
                FeedState {
                    answer_millis: vec![300, 12_000, 25_000, 12_000, 300],
                    ..fine.clone()
                },
                "slow: half of its answers take longer than 12 seconds",
            ),
            (
                "a permanent redirect",
                FeedState {
                    moved: Some(moved.clone()),
                    ..fine.clone()
                },
                "renamed 2 days ago to https://new.test/feed; still read",
            ),
            (
                "one that was adopted",
                FeedState {
                    adopted: Some(moved),
                    ..fine.clone()
                },
                "renamed to https://new.test/feed, where it is asked for now",
            ),
            (
                "nothing new, while the answer changes",
                quiet(&fine),
                "silent for 10 days; it brings something every 60 minutes or so",
            ),
            (
                "nothing new, and the same answer",
                FeedState {
                    changed: Some(at("2026-03-10T12:00:00Z")),
                    ..quiet(&fine)
                },
                "frozen for 10 days: the answer is the same to the byte; it used to bring something every 60 minutes or so",
            ),
            (
                "nothing new, and no word of when the answer changed",
                FeedState {
                    changed: None,
                    ..quiet(&fine)
                },
                "silent for 10 days; it brings something every 60 minutes or so",
            ),
        ] {
            assert_eq!(State::of(&memory, now).words(now), words, "{case}");
        }
    }

    #[test]
    fn patience_follows_the_rhythm() {
        const HOUR: u32 = 3_600;
        let hours = |hours: u32| Some(Duration::from_secs(u64::from(hours * HOUR)));
        for (case, gaps, patience_hours) in [
            ("too few gaps to know", vec![HOUR; 7], None),
            ("every ten minutes", vec![600; 32], hours(24)),
            (
                "every ten minutes, with nights",
                [vec![600; 30], vec![14 * HOUR]].concat(),
                hours(28),
            ),
            ("a few a day", vec![5 * HOUR; 32], hours(96)),
            ("once a month", vec![30 * 24 * HOUR; 8], hours(60 * 24)),
        ] {
            assert_eq!(patience(&gaps), patience_hours, "{case}");
        }
    }
}
