//! What servers do to their readers, one trick a feed: what each shows at a moment, and what may be asked after it.

use std::time::Duration;

use jiff::Timestamp;

use crate::house::feed_server::Page;

pub const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;

/// A feed and what its server does.
pub struct Trick {
    pub name: &'static str,
    pub path: &'static str,
    /// `127.0.0.1` or `localhost`: two private hosts, two sites.
    pub host: &'static str,
    /// It must be asked this often a day all the same.
    pub least_a_day: f64,
    pub shows: fn(&Moment) -> Shown,
}

/// What a server knows when it answers.
pub struct Moment {
    pub at: Timestamp,
    /// Since the start, in seconds.
    pub secs: u64,
    /// Requests for this path so far.
    pub asked: u64,
    /// The edition that was last given whole (200).
    pub given: Option<u64>,
    /// Where a feed moved to.
    pub elsewhere: String,
}

/// An answer, and what it allows.
#[derive(Clone)]
pub struct Shown {
    pub status: u16,
    pub edition: u64,
    pub body: String,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    pub etag_on_304: Option<String>,
    pub headers: Vec<(&'static str, String)>,
    pub cut: bool,
    /// Whether it is a whole feed, so that its validators count.
    pub readable: bool,
    /// No request before this long after it.
    pub fresh_secs: u64,
    /// Nor any to this host.
    pub pause_secs: u64,
}

impl Shown {
    pub fn page(&self) -> Page {
        let mut page = Page::of("application/rss+xml", self.body.clone()).with_status(self.status);
        for (name, value) in &self.headers {
            page = page.header(name, value);
        }
        if let Some(etag) = &self.etag {
            page = page.etag(etag);
        }
        if let Some(date) = &self.last_modified {
            page = page.last_modified(date);
        }
        if let Some(etag) = &self.etag_on_304 {
            page = page.etag_on_304(etag);
        }
        match self.cut {
            true => page.cut_after(self.body.len() * 2 / 3),
            false => page,
        }
    }

    fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn refused(self, status: u16, pause_secs: u64) -> Self {
        Self {
            status,
            etag: None,
            last_modified: None,
            body: "Later.".to_owned(),
            readable: false,
            pause_secs,
            ..self
        }
    }
}

fn http_date(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn shifted(at: Timestamp, secs: i64) -> Timestamp {
    Timestamp::from_second(at.as_second() + secs).unwrap()
}

/// A feed of ten entries with a new one every seven hours, an ETag and a Last-Modified.
fn plain(moment: &Moment) -> Shown {
    let every = 7 * HOUR;
    let edition = moment.secs / every;
    let start = shifted(moment.at, -(moment.secs as i64));
    let published = |number: u64| shifted(start, (number as i64 - 10) * every as i64);
    let items: String = (edition..edition + 10)
        .rev()
        .map(|number| {
            format!(
                "<item><guid>{path}-{number}</guid><title>Entry {number}</title><pubDate>{date}</pubDate></item>\n",
                path = "e",
                date = http_date(published(number + 1)),
            )
        })
        .collect();
    let modified = published(edition + 10);
    Shown {
        status: 200,
        edition,
        body: format!("<rss version=\"2.0\"><channel><title>Feed</title>\n{items}</channel></rss>\n"),
        etag: Some(format!("\"{edition:x}-a\"")),
        last_modified: Some(http_date(modified)),
        etag_on_304: None,
        headers: Vec::new(),
        cut: false,
        readable: true,
        fresh_secs: 0,
        pause_secs: 0,
    }
}

const HERE: &str = "127.0.0.1";
const THERE: &str = "localhost";

/// Of each day one hour, from the second day on.
fn once_a_day(moment: &Moment) -> bool {
    moment.secs > DAY && moment.secs % DAY < HOUR
}

pub const MOVED: &str = "/moved.xml";

pub const TRICKS: &[Trick] = &[
    trick("plain validators", "/plain.xml", plain),
    trick("`touch`: the same body, new validators", "/touch.xml", |moment| Shown {
        etag: Some(format!("\"{}-t\"", moment.secs / (5 * HOUR))),
        last_modified: Some(http_date(shifted(moment.at, -((moment.secs % (5 * HOUR)) as i64)))),
        ..plain(moment)
    }),
    trick("the same Last-Modified with a new ETag", "/same-date.xml", |moment| {
        Shown {
            last_modified: Some("Tue, 17 Feb 2026 08:00:00 GMT".to_owned()),
            ..plain(moment)
        }
    }),
    trick("an ETag that changes on a 304", "/on-304.xml", |moment| {
        let shown = plain(moment);
        // What it gave with the last 304 is what it knows as the newest now.
        Shown {
            etag: Some(format!("\"{}-{}\"", shown.edition, moment.asked)),
            etag_on_304: Some(format!("\"{}-{}\"", shown.edition, moment.asked + 1)),
            ..shown
        }
    }),
    trick("an ETag alone, weak, with a comma and a space", "/weak.xml", |moment| {
        Shown {
            etag: Some(format!("W/\"{}, b c\"", moment.secs / (7 * HOUR))),
            last_modified: None,
            ..plain(moment)
        }
    }),
    trick("an ETag without quotes and a date that is none", "/odd.xml", |moment| {
        Shown {
            etag: Some(format!("v{}", moment.secs / (7 * HOUR))),
            last_modified: Some(format!("yesterday, edition {}", moment.secs / (7 * HOUR))),
            ..plain(moment)
        }
    }),
    trick("a Last-Modified alone", "/date-only.xml", |moment| Shown {
        etag: None,
        ..plain(moment)
    }),
    trick("validators on some days only", "/now-and-then.xml", |moment| {
        let none = (moment.secs / DAY) % 2 == 1;
        let shown = plain(moment);
        Shown {
            etag: shown.etag.filter(|_| !none),
            last_modified: shown.last_modified.filter(|_| !none),
            ..shown
        }
    }),
    trick("a cookie with every answer", "/cookie.xml", |moment| {
        plain(moment).header("Set-Cookie", format!("seen={}; Max-Age=31536000; Path=/", moment.asked))
    }),
    trick("a body cut short every fifth time", "/cut.xml", |moment| {
        let cut = moment.asked % 5 == 4;
        let shown = plain(moment);
        match cut {
            true => Shown {
                cut,
                readable: false,
                etag: Some(format!("\"cut-{}\"", moment.asked)),
                last_modified: None,
                ..shown
            },
            false => shown,
        }
    }),
    trick(
        "a page instead of the feed for an hour a day",
        "/page.xml",
        |moment| match once_a_day(moment) {
            true => Shown {
                body: "<!doctype html><html><body><p>We are back soon.</p></body></html>".to_owned(),
                etag: Some("\"soon\"".to_owned()),
                last_modified: None,
                readable: false,
                ..plain(moment)
            },
            false => plain(moment),
        },
    ),
    fresh(
        "max-age of two hours, said with 200 alone",
        "/max-age.xml",
        11.0,
        |moment| {
            let shown = plain(moment);
            match moment.given == Some(shown.edition) {
                true => Shown {
                    fresh_secs: 2 * HOUR,
                    ..shown
                },
                false => Shown {
                    fresh_secs: 2 * HOUR,
                    ..shown.header("Cache-Control", "public, max-age=7200")
                },
            }
        },
    ),
    fresh("max-age of a year", "/year.xml", 0.9, |moment| Shown {
        // No reader need believe more than a day.
        fresh_secs: DAY,
        ..plain(moment).header("Cache-Control", "max-age=31536000, immutable")
    }),
    fresh(
        "max-age with an Age, beside an Expires that says otherwise",
        "/age.xml",
        11.0,
        |moment| Shown {
            fresh_secs: 2 * HOUR,
            ..plain(moment)
                .header("Cache-Control", "Max-Age=\"9000\"")
                .header("Age", "1800")
                .header("Expires", "0")
        },
    ),
    fresh(
        "Expires, by a clock that is three days slow",
        "/expires.xml",
        7.0,
        |moment| {
            let clock = shifted(moment.at, -(3 * DAY as i64));
            Shown {
                fresh_secs: 3 * HOUR,
                ..plain(moment)
                    .header("Date", http_date(clock))
                    .header("Expires", http_date(shifted(clock, 3 * HOUR as i64)))
            }
        },
    ),
    trick("no-cache over max-age", "/no-cache.xml", |moment| {
        plain(moment).header("Cache-Control", "max-age=86400, no-cache")
    }),
    Trick {
        host: THERE,
        ..fresh(
            "429 with Retry-After in seconds",
            "/429.xml",
            12.0,
            |moment| match once_a_day(moment) {
                true => plain(moment)
                    .refused(429, 4 * HOUR)
                    .header("Retry-After", (4 * HOUR).to_string()),
                false => plain(moment),
            },
        )
    },
    Trick {
        host: THERE,
        ..fresh(
            "503 with Retry-After as a date, by a clock that is a day fast",
            "/503.xml",
            10.0,
            |moment| {
                let clock = shifted(moment.at, DAY as i64);
                match moment.secs > DAY && moment.secs % (2 * DAY) > 12 * HOUR && moment.secs % (2 * DAY) < 14 * HOUR {
                    true => plain(moment)
                        .refused(503, 6 * HOUR)
                        .header("Date", http_date(clock))
                        .header("Retry-After", http_date(shifted(clock, 6 * HOUR as i64))),
                    false => plain(moment),
                }
            },
        )
    },
    Trick {
        host: THERE,
        ..fresh(
            "429 with Retry-After as a date, every third day",
            "/429-date.xml",
            10.0,
            |moment| match moment.secs % (3 * DAY) > 2 * DAY && moment.secs % DAY < HOUR {
                true => plain(moment)
                    .refused(429, 2 * HOUR)
                    .header("Date", http_date(moment.at))
                    .header("Retry-After", http_date(shifted(moment.at, 2 * HOUR as i64))),
                false => plain(moment),
            },
        )
    },
    Trick {
        host: THERE,
        ..fresh(
            "503 with Retry-After in seconds, every third day",
            "/503-seconds.xml",
            10.0,
            |moment| match moment.secs % (3 * DAY) > 2 * DAY && moment.secs % DAY > 22 * HOUR {
                true => plain(moment).refused(503, HOUR).header("Retry-After", HOUR.to_string()),
                false => plain(moment),
            },
        )
    },
    Trick {
        host: THERE,
        ..fresh("the neighbour of them all", "/neighbour.xml", 12.0, plain)
    },
    trick("moved for good to another host", "/old.xml", |moment| Shown {
        status: 301,
        etag: None,
        last_modified: None,
        readable: false,
        ..plain(moment).header("Location", moment.elsewhere.clone())
    }),
    Trick {
        host: THERE,
        ..fresh("… where it lives now", MOVED, 12.0, plain)
    },
];

const fn trick(name: &'static str, path: &'static str, shows: fn(&Moment) -> Shown) -> Trick {
    fresh(name, path, 20.0, shows)
}

const fn fresh(name: &'static str, path: &'static str, least_a_day: f64, shows: fn(&Moment) -> Shown) -> Trick {
    Trick {
        name,
        path,
        host: HERE,
        least_a_day,
        shows,
    }
}

/// As long as `max-age`, `Expires` or `Retry-After` of it hold.
pub fn after(at: Timestamp, secs: u64) -> Timestamp {
    at + Duration::from_secs(secs)
}
