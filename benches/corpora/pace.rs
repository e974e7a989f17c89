//! How long entries wait to be seen, and how many polls that costs, over the dated histories of real feeds:
//! `cargo bench --bench corpora -- pace`. Each policy knows at each poll what it had seen by then, and no more.

use std::path::Path;

use jiff::Timestamp;
use serde_json::Value;
use url::Url;
use wirewatch::feed::{Because, FeedSettings, FeedState, NextPoll, PollSignals, Rhythm, next_poll};
use wirewatch_syndication::{Entry, EntryKey, Source, parse};

/// Shorter histories are none.
const FEWEST: usize = 8;
/// A feed is busy whose middle gap is shorter.
const BUSY: i64 = 3 * 3600;
const DAY: i64 = 24 * 3600;
/// Histories are looked at as a whole, as they are, and for their last so many days, lest the years in which a feed slept
/// decide.
const RECENT: i64 = 60 * DAY;
/// Each history begins so many times, at other moments: with fewer, the median of all moves by a minute with the dice.
const STARTS: u32 = 90;

/// Polls a feed and day over whole histories; median delay of all entries and of those of busy feeds, in minutes.
const CEILINGS: [f64; 3] = [24.5, 11.0, 4.5];

struct History {
    /// Unix seconds, ascending.
    dates: Vec<i64>,
    busy: bool,
}

/// What a policy may know: what was published, and was seen, by now.
struct Seen<'a> {
    dates: &'a [i64],
    memory: &'a FeedState,
    now: i64,
}

type Policy<'a> = &'a dyn Fn(&Seen<'_>, f64) -> i64;

#[derive(Default)]
struct Outcome {
    /// Seconds.
    delays: Vec<i64>,
    busy: Vec<i64>,
    polls: f64,
    days: f64,
    /// Polls a day of each feed.
    by_feed: Vec<f64>,
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or_default()
}

fn entry(date: i64) -> Entry {
    Entry {
        key: EntryKey(date.unsigned_abs()),
        id: None,
        title: String::new(),
        link: None,
        text: String::new(),
        published: Some(at(date)),
        updated: None,
        authors: Vec::new(),
        tags: Vec::new(),
        language: None,
        ..Entry::default()
    }
}

/// Lives through one history.
fn live(dates: &[i64], policy: Policy<'_>, start: u32, outcome: &mut Outcome, busy: bool) {
    let settings = settings();
    let mut now = dates[0] + i64::from(start) * 577 % 3600;
    let begin = now;
    let mut memory = FeedState::unread(&settings.url, at(now));
    memory.first_read = Some(at(now));
    let mut rhythm = Rhythm::default();
    let (mut seen, mut polls) = (0, 0_u32);
    let mut jitter = f64::from(start) / f64::from(STARTS);
    loop {
        let came = dates[seen..].iter().take_while(|date| **date <= now).count();
        if polls > 0 {
            let delays = dates[seen..seen + came].iter().map(|date| now - date);
            outcome.delays.extend(delays.clone());
            outcome.busy.extend(delays.filter(|_| busy));
        }
        seen += came;
        if came > 0 {
            let listed: Vec<Entry> = dates[seen.saturating_sub(50)..seen]
                .iter()
                .map(|date| entry(*date))
                .collect();
            rhythm.learn(&listed, at(now));
            memory.rhythm = rhythm.clone();
        }
        if seen == dates.len() {
            break;
        }
        jitter = (jitter + 0.618_033_988_749_895).fract();
        let known = Seen {
            dates: &dates[..seen],
            memory: &memory,
            now,
        };
        now += policy(&known, jitter).max(60);
        memory.next.because = Because::Pace;
        polls += 1;
    }
    let days = (now - begin) as f64 / DAY as f64;
    outcome.polls += f64::from(polls);
    outcome.days += days;
    if days > 0.0 {
        outcome.by_feed.push(f64::from(polls) / days);
    }
}

fn run(histories: &[History], recent: bool, policy: Policy<'_>) -> Outcome {
    let mut outcome = Outcome::default();
    for history in histories {
        let newest = history.dates.last().copied().unwrap_or_default();
        let from = history.dates.partition_point(|date| recent && *date < newest - RECENT);
        let dates = &history.dates[from..];
        if dates.len() >= FEWEST {
            for start in 0..STARTS {
                live(dates, policy, start, &mut outcome, history.busy);
            }
        }
    }
    outcome
}

/// Minutes.
fn quantile(seconds: &mut [i64], share: f64) -> f64 {
    seconds.sort_unstable();
    let at = (seconds.len().saturating_sub(1) as f64 * share) as usize;
    seconds.get(at).map_or(0.0, |secs| *secs as f64 / 60.0)
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (count, sum) = values.fold((0.0, 0.0), |(count, sum), value| (count + 1.0, sum + value));
    if count == 0.0 { 0.0 } else { sum / count }
}

fn settings() -> FeedSettings {
    let url = Url::parse("https://example.org/feed").unwrap_or_else(|error| panic!("{error}"));
    FeedSettings::new(url, "desk")
}

/// Seconds that the daemon itself waits.
fn ours(seen: &Seen<'_>, jitter: f64) -> i64 {
    let NextPoll { at: next, .. } = next_poll(seen.memory, &settings(), PollSignals::default(), at(seen.now), jitter);
    next.as_second() - seen.now
}

/// Half of the short gaps (first quartile), an eighth of the quiet, within 5 and 60 minutes.
fn simple(seen: &Seen<'_>, _: f64) -> i64 {
    by_parts_of(seen, 2, 8)
}

/// The same with about as many polls as ours, over whole histories; unlike ours it spends none of them on spreading times.
fn simple_and_faster(seen: &Seen<'_>, _: f64) -> i64 {
    by_parts_of(seen, 6, 24)
}

fn by_parts_of(seen: &Seen<'_>, of_gap: i64, of_quiet: i64) -> i64 {
    let mut gaps = seen.memory.rhythm.gaps_secs.clone();
    gaps.sort_unstable();
    let quartile = gaps
        .get(gaps.len().saturating_sub(1) / 4)
        .map_or(0, |gap| i64::from(*gap));
    let newest = seen.dates.last().copied().unwrap_or(seen.now);
    (quartile / of_gap).max((seen.now - newest) / of_quiet).clamp(300, 3600)
}

/// Miniflux 2.2, `entry_frequency` with its defaults: the mean gap of all that was seen, within 5 minutes and a day.
fn by_mean_gap(seen: &Seen<'_>, _: f64) -> i64 {
    match seen.dates {
        [first, .., last] if last > first => {
            let mean = (last - first) / (seen.dates.len() as i64 - 1);
            mean.clamp(300, DAY)
        }
        _ => DAY,
    }
}

/// CommaFeed 5, `interval-empirical` with 5 minutes and 4 hours: half of the mean gap up to an hour, more after a week.
fn by_half_mean_gap(seen: &Seen<'_>, _: f64) -> i64 {
    let quiet = seen.now - seen.dates.last().copied().unwrap_or(seen.now);
    match seen.dates {
        _ if quiet >= 30 * DAY => 4 * 3600,
        _ if quiet >= 14 * DAY => 2 * 3600,
        _ if quiet >= 7 * DAY => 3600,
        [first, .., last] => ((last - first) / (seen.dates.len() as i64 - 1) / 2).clamp(300, 3600),
        _ => 4 * 3600,
    }
}

fn histories(folder: &Path) -> Option<Vec<History>> {
    let folder = folder.join("feeds");
    let expected = std::fs::read_to_string(folder.join("expected.jsonl")).ok()?;
    let mut histories = Vec::new();
    for row in expected
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
    {
        let Ok(bytes) = std::fs::read(folder.join(row["path"].as_str().unwrap_or_default())) else {
            continue;
        };
        let source = Source {
            bytes: &bytes,
            content_type: row["content_type"].as_str(),
            url: None,
            language: None,
            zone: None,
        };
        let Ok(feed) = parse(source) else { continue };
        let mut dates: Vec<i64> = feed
            .entries
            .iter()
            .filter_map(|entry| entry.published.or(entry.updated))
            .map(Timestamp::as_second)
            .collect();
        dates.sort_unstable();
        dates.dedup();
        // Days without a time of day are no history of hours.
        if dates.len() < FEWEST || dates.iter().all(|date| date % DAY == 0) {
            continue;
        }
        let mut gaps: Vec<i64> = dates.windows(2).map(|pair| pair[1] - pair[0]).collect();
        gaps.sort_unstable();
        let busy = gaps[gaps.len() / 2] < BUSY;
        histories.push(History { dates, busy });
    }
    Some(histories)
}

/// Prints the table; false where a ceiling is passed.
pub fn measure(folder: &Path) -> bool {
    let Some(histories) = histories(folder) else {
        println!("no feeds/expected.jsonl: nothing measured");
        return true;
    };
    let busy = histories.iter().filter(|history| history.busy).count();
    println!("pace: {} dated histories, {busy} of busy feeds", histories.len());
    println!("delay from publication to poll, in minutes, over whole histories | over their last 60 days");
    println!(
        "{:<46} {:>10} {:>7} {:>6} {:>6} {:>6} | {:>10} {:>7} {:>6} {:>6} {:>6}",
        "", "polls/day", "median", "busy", "mean", "90 %", "polls/day", "median", "busy", "mean", "90 %"
    );
    let constant = |secs: i64| move |_: &Seen<'_>, _: f64| secs;
    let policies: [(&str, Policy<'_>); 7] = [
        ("every hour", &constant(3600)),
        ("every half hour", &constant(1800)),
        ("the mean gap (Miniflux, entry_frequency)", &by_mean_gap),
        ("half of the mean gap (CommaFeed, empirical)", &by_half_mean_gap),
        ("simple: max(q25(gap)/2, quiet/8)", &simple),
        ("simple, faster: max(q25(gap)/6, quiet/24)", &simple_and_faster),
        ("ours: waiting expected from gaps and hours", &ours),
    ];
    let mut met = true;
    for (name, policy) in policies {
        print!("{name:<46}");
        for recent in [false, true] {
            let mut outcome = run(&histories, recent, policy);
            let polls = match recent {
                false => outcome.polls / outcome.days,
                true => mean(outcome.by_feed.iter().copied()),
            };
            let figures = [
                polls,
                quantile(&mut outcome.delays, 0.5),
                quantile(&mut outcome.busy, 0.5),
                mean(outcome.delays.iter().map(|secs| *secs as f64 / 60.0)),
                quantile(&mut outcome.delays, 0.9),
            ];
            print!(
                " {:>10.2} {:>7.1} {:>6.1} {:>6.1} {:>6.1}{}",
                figures[0],
                figures[1],
                figures[2],
                figures[3],
                figures[4],
                if recent { "\n" } else { " |" }
            );
            if name.starts_with("ours") && !recent {
                met = figures.iter().zip(CEILINGS).all(|(figure, ceiling)| *figure <= ceiling);
            }
        }
    }
    by_parts(&histories);
    met
}

/// The same for feeds that had no part in choosing: every second feed alone, and the later half of each history.
fn by_parts(histories: &[History]) {
    let part = |odd: usize| -> Vec<History> {
        let chosen = histories.iter().enumerate().filter(|(at, _)| at % 2 == odd);
        chosen
            .map(|(_, history)| History {
                dates: history.dates.clone(),
                busy: history.busy,
            })
            .collect()
    };
    let later = histories.iter().map(|history| History {
        dates: history.dates[history.dates.len() / 2..].to_vec(),
        busy: history.busy,
    });
    let parts = [
        ("first, third, … feed", part(0)),
        ("second, fourth, … feed", part(1)),
        ("later halves", later.collect()),
    ];
    println!("\nlast 60 days, simple and faster | ours: polls a day, median, mean, 90 %");
    for (name, part) in parts {
        print!("{name:<46}");
        for policy in [&simple_and_faster as Policy<'_>, &ours] {
            let mut outcome = run(&part, true, policy);
            print!(
                " {:>10.2} {:>7.1} {:>6.1} {:>6.1}   ",
                mean(outcome.by_feed.iter().copied()),
                quantile(&mut outcome.delays, 0.5),
                mean(outcome.delays.iter().map(|secs| *secs as f64 / 60.0)),
                quantile(&mut outcome.delays, 0.9),
            );
        }
        println!();
    }
}
