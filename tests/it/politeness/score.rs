//! Weeks of polls by the real daemon, at the times that it chose itself, judged request by request in the columns of
//! rachelbythebay's feed reader score.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;
use wirewatch::daemon::{Clock, Daemon, Origin, Progress, Ready};
use wirewatch::store::{Sqlite, Store};

use super::tricks::{HOUR, MOVED, Moment, Shown, TRICKS, Trick, after};
use crate::house::clock::HandClock;
use crate::house::feed_server::{Asked, FeedServer};

const START: &str = "2026-03-02T08:00:00Z";

/// The default of `[polling] fastest`: no feed is asked twice within it.
const FASTEST: Duration = Duration::from_secs(5 * 60);

/// How the requests for one path were.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    /// Validators were given, and none was sent.
    pub unconditional: usize,
    /// What was sent is not what was given last, or half of it.
    pub bogus: usize,
    pub cookies: usize,
    pub referers: usize,
    /// Within five minutes of the one before.
    pub spacing: usize,
    /// Inside `max-age` or `Expires`.
    pub fresh: usize,
    /// Inside a `Retry-After` of the same host.
    pub pause: usize,
    /// At an address that a permanent redirect had led away from for more than a week and a day.
    pub moved: usize,
}

pub struct Row {
    pub trick: &'static Trick,
    pub requests: usize,
    pub a_day: f64,
    pub faults: Faults,
}

/// What the server remembers of a path.
#[derive(Default)]
struct Page {
    requests: usize,
    given: Option<u64>,
    /// `If-None-Match` and `If-Modified-Since` that a good reader sends next.
    expected: (Option<String>, Option<String>),
    last: Option<Timestamp>,
    fresh_until: Option<Timestamp>,
    faults: Faults,
}

/// The score of so many days.
pub async fn score(days: u64) -> Vec<Row> {
    let folder = tempfile::tempdir().unwrap();
    let server = FeedServer::start().await;
    let urls = TRICKS.iter().filter(|trick| trick.path != MOVED);
    let urls: Vec<String> = urls
        .map(|trick| server.url_at(trick.host, trick.path).to_string())
        .collect();
    let config = folder.path().join("config");
    std::fs::create_dir(&config).unwrap();
    let store_folder = folder.path().join("store");
    let written = format!(
        "[store]\npath = {store_folder:?}\n[mail]\nserver = \"smtp://127.0.0.1:1\"\nfrom = \"a@example.org\"\n\
         [polling]\ngap = \"0 s\"\nallow_private = true\n[feeds.desk]\nurls = {urls:?}\n"
    );
    std::fs::write(config.join("wirewatch.toml"), written).unwrap();
    let origin = Origin {
        folder: config,
        environment: Vec::new(),
    };
    let ready = Ready::prepare(&origin).unwrap_or_else(|error| panic!("{error}"));
    let store: Arc<dyn Store> = Arc::new(Sqlite::open(&store_folder).unwrap());
    let clock = Arc::new(HandClock::at(START));
    let start = clock.now();
    let mut pages: HashMap<&'static str, Page> = HashMap::new();
    let mut pauses: HashMap<&'static str, Timestamp> = HashMap::new();
    let mut judged = 0;
    while clock.now() < after(start, days * 24 * HOUR) {
        let now = clock.now();
        let secs = u64::try_from(now.as_second() - start.as_second()).unwrap();
        let mut shown: HashMap<&'static str, Shown> = HashMap::new();
        for trick in TRICKS {
            let page = pages.entry(trick.path).or_default();
            let moment = Moment {
                at: now,
                secs,
                asked: page.requests as u64,
                given: page.given,
                elsewhere: server.url_at("localhost", MOVED).to_string(),
            };
            let shows = (trick.shows)(&moment);
            server.serve(trick.path, shows.page());
            shown.insert(trick.path, shows);
        }
        let (_stop, stop) = watch::channel(false);
        let daemon = Daemon {
            origin: origin.clone(),
            ready: ready.clone(),
            store: store.clone(),
            clock: clock.clone(),
            stop,
            reload: Arc::default(),
            progress: watch::Sender::<Progress>::default(),
            web: None,
        };
        daemon.run_once().await.unwrap();
        let requests = server.requests();
        let paused_before = pauses.clone();
        for asked in &requests[judged..] {
            let trick = TRICKS.iter().find(|trick| trick.path == asked.path).unwrap();
            let page = pages.get_mut(trick.path).unwrap();
            let long_moved = trick.path == "/old.xml" && secs > 8 * 24 * HOUR;
            page.faults.moved += usize::from(long_moved);
            page.faults.pause += usize::from(paused_before.get(trick.host).is_some_and(|until| *until > now));
            let shown = &shown[trick.path];
            judge(page, asked, now);
            take(page, asked, shown, now);
            if shown.pause_secs > 0 {
                pauses.insert(trick.host, after(now, shown.pause_secs));
            }
        }
        judged = requests.len();
        clock.turn_to(next_round(&*store, now).await);
    }
    let row = |trick: &'static Trick| {
        let page = pages.remove(trick.path).unwrap_or_default();
        Row {
            trick,
            requests: page.requests,
            a_day: page.requests as f64 / days as f64,
            faults: page.faults,
        }
    };
    TRICKS.iter().map(row).collect()
}

/// The table, a row a trick.
pub fn print(rows: &[Row]) {
    println!(
        "{:<66} {:>8} {:>6} {}",
        "",
        "requests",
        "a day",
        Faults::COLUMNS.map(|name| format!("{name:>8}")).join(" ")
    );
    for row in rows {
        println!("{row}");
    }
}

/// No feed of the tricks, with an entry every seven hours, is asked more often in a day, even while its rhythm is learnt.
const MOST_A_DAY: f64 = 60.0;

/// What is wrong with rows of so many days, in words.
pub fn faults_of(rows: &[Row], days: u64) -> Vec<String> {
    let mut wrong = Vec::new();
    for row in rows {
        let name = row.trick.name;
        if row.faults != Faults::default() {
            wrong.push(format!("{name}: {:?} in {} requests", row.faults, row.requests));
        }
        // The one is asked no more once its move was adopted, the other only from then on as often as any.
        let moves = row.trick.path == "/old.xml";
        if !moves && days >= 2 && row.a_day < row.trick.least_a_day || row.a_day > MOST_A_DAY {
            wrong.push(format!("{name}: asked {:.1} times a day", row.a_day));
        }
    }
    wrong
}

/// When the next feed is due; where one waits for its site's pause, in a few minutes.
async fn next_round(store: &dyn Store, now: Timestamp) -> Timestamp {
    let feeds = store.feeds().await.unwrap();
    let later = |at: Timestamp| if at > now { at } else { after(now, 5 * 60) };
    feeds.iter().map(|feed| later(feed.next.at)).min().unwrap()
}

/// Held against what was given before.
fn judge(page: &mut Page, asked: &Asked, now: Timestamp) {
    let sent = (asked.header("if-none-match"), asked.header("if-modified-since"));
    let expected = (page.expected.0.as_deref(), page.expected.1.as_deref());
    let faults = &mut page.faults;
    match sent {
        (None, None) => faults.unconditional += usize::from(expected != (None, None)),
        sent => faults.bogus += usize::from(sent != expected),
    }
    faults.cookies += usize::from(asked.header("cookie").is_some());
    faults.referers += usize::from(asked.header("referer").is_some());
    faults.spacing += usize::from(page.last.is_some_and(|last| after(last, FASTEST.as_secs()) > now));
    faults.fresh += usize::from(page.fresh_until.is_some_and(|until| until > now));
}

/// What the reader knows after its answer.
fn take(page: &mut Page, asked: &Asked, shown: &Shown, now: Timestamp) {
    page.requests += 1;
    page.last = Some(now);
    match asked.status {
        304 => {
            let etag = shown.etag_on_304.clone().or(shown.etag.clone());
            page.expected.0 = etag.or(page.expected.0.take());
            page.expected.1 = shown.last_modified.clone().or(page.expected.1.take());
        }
        200 if shown.readable => {
            page.expected = (shown.etag.clone(), shown.last_modified.clone());
            page.given = Some(shown.edition);
        }
        _ => {}
    }
    let fresh = shown.fresh_secs > 0 && matches!(asked.status, 200 | 304);
    page.fresh_until = fresh.then(|| after(now, shown.fresh_secs));
}

impl Faults {
    pub const COLUMNS: [&'static str; 8] = [
        "uncond.", "bogus", "cookies", "referers", "spacing", "fresh", "pause", "moved",
    ];

    pub fn columns(&self) -> [usize; 8] {
        [
            self.unconditional,
            self.bogus,
            self.cookies,
            self.referers,
            self.spacing,
            self.fresh,
            self.pause,
            self.moved,
        ]
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<66} {:>8} {:>6.1}", self.trick.name, self.requests, self.a_day)?;
        self.faults
            .columns()
            .iter()
            .try_for_each(|count| write!(f, " {count:>8}"))
    }
}
