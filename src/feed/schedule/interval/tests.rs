//! The pace, the backoff, and what a server may ask for, table by table.

use url::Url;

use super::*;
use crate::feed::{Backfill, FullText, Missed, Rhythm, Trust};
use wirewatch_syndication::Skips;

const HOUR: Duration = Duration::from_secs(60 * 60);

fn now() -> Timestamp {
    "2024-09-17T06:00:00Z".parse().unwrap()
}

fn settings() -> FeedSettings {
    FeedSettings {
        url: Url::parse("https://example.org/feed.xml").unwrap(),
        group: "desk".to_owned(),
        title: None,
        backfill: Backfill::Remember,
        full_text: FullText::Never,
        trust: Trust::Normal,
        country: None,
        language: None,
        fastest: 5 * MINUTE,
        slowest: HOUR,
        access: crate::feed::Access::default(),
    }
}

/// Gaps and quiet in minutes.
fn memory(gaps: &[u32], quiet: u64, failures: u32) -> FeedState {
    let settings = settings();
    let asked_before = NextPoll {
        at: now(),
        because: Because::Pace,
    };
    FeedState {
        next: asked_before,
        failures,
        rhythm: Rhythm {
            gaps_secs: gaps.iter().map(|gap| gap * 60).collect(),
            newest_entry: Some(now() - Duration::from_secs(quiet * 60)),
            ..Rhythm::default()
        },
        ..FeedState::unread(&settings.url, now())
    }
}

fn waits(memory: &FeedState, pace: PollSignals, jitter: f64) -> (i64, Because) {
    let next = next_poll(memory, &settings(), pace, now(), jitter);
    (next.at.duration_since(now()).as_mins(), next.because)
}

#[test]
fn the_pace_follows_the_rhythm() {
    // A jitter of a half: no spread.
    type Row<'a> = (&'a str, &'a [u32], u64, std::ops::RangeInclusive<i64>);
    let table: [Row<'_>; 8] = [
        ("a busy feed is asked as fast as allowed", &[3, 4, 5, 6], 2, 5..=5),
        (
            "one with longer gaps more slowly",
            &[40, 60, 80, 100, 40, 60, 80, 100, 40, 60, 80, 100],
            10,
            6..=30,
        ),
        (
            "one long night does not slow a busy feed",
            &[20, 20, 20, 20, 600],
            10,
            5..=15,
        ),
        (
            "a feed that has gone quiet is asked less",
            &[40, 60, 80, 100],
            240,
            15..=60,
        ),
        (
            "a feed quiet for long is asked as slowly as allowed",
            &[3, 4],
            100_000,
            60..=60,
        ),
        (
            "a slow feed between two entries is asked as slowly as allowed",
            &[1440, 1440, 2880],
            720,
            60..=60,
        ),
        ("a feed just read without dates starts fast", &[], 0, 5..=8),
        ("and slows with its quiet", &[], 160, 10..=40),
    ];
    for (case, gaps, quiet, minutes) in table {
        let (wait, because) = waits(&memory(gaps, quiet, 0), PollSignals::default(), 0.5);
        assert_eq!(because, Because::Pace, "{case}");
        assert!(minutes.contains(&wait), "{case}: {wait} minutes");
    }
}

#[test]
fn what_was_missed_and_hours_without_news_move_the_time() {
    let asked = |memory: &FeedState| waits(memory, PollSignals::default(), 0.5);
    let mut missed = memory(&[1440, 1440], 720, 0);
    missed.past.missed = Some(Missed {
        first: now(),
        last: now(),
        times: 1,
        told: false,
    });
    assert_eq!(asked(&missed), (30, Because::Missed));
    // It is six; the hours until eight are skipped.
    let mut skipping = memory(&[6, 6, 6], 0, 0);
    skipping.rhythm.skips = Skips::of(["6", "7"], []);
    let (wait, because) = asked(&skipping);
    assert_eq!(because, Because::Skips);
    assert!((120..=125).contains(&wait), "{wait} minutes");
    let failed = PollSignals {
        failed: true,
        ..PollSignals::default()
    };
    let (_, because) = waits(&skipping, failed, 0.5);
    assert_eq!(
        because,
        Because::Backoff { failures: 1 },
        "a fault may be mended at any hour"
    );
}

#[test]
fn what_a_feed_says_of_itself_is_a_floor_while_it_keeps_to_it() {
    let table: [(&str, &[u32], u32, i64); 4] = [
        ("hourly, and no rhythm known", &[], 60, 60),
        ("half-hourly, and hourly in truth", &[60, 60, 60], 30, 30),
        ("hourly, and every ten minutes in truth", &[10, 10, 10], 60, 10),
        ("yearly: no slower than the slowest", &[], 525_600, 60),
    ];
    for (case, gaps, says, minutes) in table {
        let mut memory = memory(gaps, 0, 0);
        memory.rhythm.update_every_secs = Some(says * 60);
        assert_eq!(waits(&memory, PollSignals::default(), 0.5).0, minutes, "{case}");
    }
}

#[test]
fn failures_back_off_and_never_give_up() {
    let failed = PollSignals {
        failed: true,
        ..PollSignals::default()
    };
    let table = [
        (1, 5),
        (2, 10),
        (3, 20),
        (4, 40),
        (5, 80),
        (6, 160),
        (7, 240),
        (8, 240),
        (u32::MAX, 240),
    ];
    for (failures, minutes) in table {
        assert_eq!(
            waits(&memory(&[6, 6, 6], 0, failures), failed, 0.5),
            (minutes, Because::Backoff { failures }),
            "after {failures} failures"
        );
    }
    assert_eq!(
        waits(&memory(&[600, 600], 2000, 1), failed, 0.5).0,
        60,
        "a broken feed is never asked more often than while it worked"
    );
    let gone = PollSignals {
        failed: true,
        gone: true,
        ..PollSignals::default()
    };
    assert_eq!(waits(&memory(&[6], 0, 9), gone, 0.0), (7 * 24 * 60, Because::Gone));
}

#[test]
fn what_the_server_asks_for_is_never_undercut() {
    let minutes = |n: u64| Some(Duration::from_secs(n * 60));
    let pace = |retry_after, fresh_for, failed| PollSignals {
        failed,
        gone: false,
        retry_after,
        fresh_for,
    };
    let table = [
        (
            "fresh for less than the pace",
            pace(None, minutes(2), false),
            5,
            Because::Pace,
        ),
        ("fresh for longer", pace(None, minutes(90), false), 90, Because::Fresh),
        (
            "fresh for a year: believed for a day",
            pace(None, minutes(525_600), false),
            1440,
            Because::Fresh,
        ),
        (
            "a pause of two hours",
            pace(minutes(120), None, true),
            120,
            Because::RetryAfter,
        ),
        (
            "a pause shorter than the backoff",
            pace(minutes(1), None, true),
            5,
            Because::Backoff { failures: 1 },
        ),
        (
            "a pause of a year: believed for a week",
            pace(minutes(525_600), None, true),
            10_080,
            Because::RetryAfter,
        ),
        (
            "a pause beyond what is fresh",
            pace(minutes(120), minutes(90), false),
            120,
            Because::RetryAfter,
        ),
        (
            "fresh beyond the pause",
            pace(minutes(60), minutes(90), false),
            90,
            Because::Fresh,
        ),
    ];
    for (case, pace, expected, because) in table {
        for jitter in [0.0, 0.3, 0.5, 0.99] {
            let (at, why) = waits(&memory(&[6, 6, 6], 0, 1), pace, jitter);
            assert_eq!(why, because, "{case}, jitter {jitter}");
            assert!(
                at >= expected && at <= expected + 5,
                "{case}, jitter {jitter}: {at} minutes"
            );
        }
    }
}

/// Different seconds of a hundred feeds of one rhythm that were asked at the same moment.
fn different_times(memory: &FeedState, case: &str) -> usize {
    let mut seen: Vec<i64> = (0..100u32)
        .map(|n| next_poll(memory, &settings(), PollSignals::default(), now(), f64::from(n) / 100.0))
        .map(|next| next.at.duration_since(now()).as_secs())
        .collect();
    assert!(seen.iter().all(|secs| (300..=3600).contains(secs)), "{case}: {seen:?}");
    seen.sort_unstable();
    seen.dedup();
    seen.len()
}

#[test]
fn times_are_spread_within_the_bounds() {
    for (case, gap, fewest) in [
        ("in the middle", 60, 25),
        ("at the fast end", 6, 25),
        ("at the slow end", 6000, 5),
    ] {
        let memory = memory(&[gap], u64::from(gap) / 2, 0);
        let different = different_times(&memory, case);
        assert!(different >= fewest, "{case}: only {different} different times");
    }
}

#[test]
fn feeds_that_were_added_together_come_apart_at_once() {
    let mut slow = memory(&[6000], 3000, 0);
    slow.next = NextPoll::first(now());
    assert_eq!(different_times(&slow, "a slow feed"), 100);
    let mut waits =
        [0.0, 0.25, 0.5, 0.75].map(|jitter| next_poll(&slow, &settings(), PollSignals::default(), now(), jitter));
    waits.sort_unstable_by_key(|next| next.at);
    let minutes = waits.map(|next| next.at.duration_since(now()).as_mins());
    assert_eq!(minutes, [5, 18, 32, 46], "over all that its rhythm allows");
}

#[test]
fn the_reason_reads_well() {
    let at = "2024-09-17T08:00:00.5Z".parse().unwrap();
    let table = [
        (Because::Pace, "its own rhythm"),
        (
            Because::RetryAfter,
            "the server asked for a pause until 2024-09-17T08:00:00Z",
        ),
        (
            Because::Fresh,
            "the server said that nothing changes before 2024-09-17T08:00:00Z",
        ),
        (
            Because::Skips,
            "the feed says that nothing comes before 2024-09-17T08:00:00Z",
        ),
        (Because::Missed, "more often, since entries may have been missed"),
        (Because::Backoff { failures: 1 }, "after 1 failure"),
        (Because::Backoff { failures: 3 }, "after 3 failures"),
        (Because::Gone, "gone; asked once a week"),
    ];
    for (because, words) in table {
        assert_eq!(NextPoll { at, because }.to_string(), words);
    }
}
