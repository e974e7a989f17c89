//! Feeds, entries, alerts and deliveries to be remembered.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use url::Url;
use wirewatch::alert::{
    Alert, AlertId, Decision, Delivery, DeliveryId, EntryRecord, Excerpt, Fate, Found, Hold, Kind, Named, Notice,
    Novelty, Origin, Payload, Reason, Record, StoryId, StoryRecord, WatchFate,
};
use wirewatch::deliver::Next;
use wirewatch::feed::{Because, FeedState, Move, NextPoll, Rhythm, Validators};
use wirewatch::store::Attempt;
use wirewatch_recognition::{EntityKind, Field, Level};
use wirewatch_syndication::{Entry, EntryKey};

pub const RFI: &str = "https://rfi.example/afrique.rss";
pub const BBC: &str = "https://bbc.example/africa.xml";

/// An attempt of which nobody is told.
pub fn attempt(deliveries: Vec<DeliveryId>, at: Timestamp, outcome: String, next: Next) -> Attempt {
    Attempt {
        deliveries,
        at,
        outcome,
        next,
        notice: None,
    }
}

/// A folder of one test, removed with it.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("wirewatch-store-{name}-{}", std::process::id()));
        // What a test of the same process number left when it failed.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Nothing depends on it; the system clears what is left.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Minutes after a morning in Bamako.
pub fn minute(minutes: i64) -> Timestamp {
    "2024-09-17T05:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
}

pub fn day(days: i64) -> Timestamp {
    minute(days * 24 * 60)
}

pub fn feed(url: &str) -> FeedState {
    FeedState::unread(&Url::parse(url).unwrap(), minute(0))
}

/// A feed with something in every field.
pub fn read_feed(url: &str, title: &str) -> FeedState {
    FeedState {
        title: Some(title.to_owned()),
        validators: Validators {
            etag: Some("W/\"a b\"".to_owned()),
            last_modified: Some("Tue, 17 Sep 2024 05:00:00 GMT".to_owned()),
        },
        body_hash: Some(u64::MAX),
        next: NextPoll {
            at: minute(10),
            because: Because::Backoff { failures: 3 },
        },
        first_read: Some(minute(-100)),
        last_polled: Some(minute(0)),
        last_read: Some(minute(-5)),
        failures: 3,
        failing_since: Some(minute(-4)),
        last_error: Some("503 from the server".to_owned()),
        entries_last: 40,
        repairs: vec!["closed <item>".to_owned()],
        moved: Some(Move {
            to: "https://rfi.example/new".to_owned(),
            since: minute(-50),
            same_feed: true,
        }),
        rhythm: Rhythm {
            gaps_secs: vec![60, 3600],
            newest_entry: Some(minute(-7)),
            ..Rhythm::default()
        },
        ..feed(url)
    }
}

pub fn entry(key: u64, title: &str) -> EntryRecord {
    EntryRecord {
        entry: Entry {
            key: EntryKey(key),
            id: Some(format!("guid {key}")),
            title: title.to_owned(),
            link: Some(format!("https://rfi.example/{key}/")),
            text: format!("{title}, says the text.\n\nSecond paragraph."),
            published: Some(minute(-30)),
            updated: None,
            authors: vec!["A. Diallo".to_owned()],
            tags: vec!["Mali".to_owned()],
            language: Some("fr".to_owned()),
            ..Entry::default()
        },
        content_hash: u64::MAX - key,
        story: None,
        fate: Fate::default(),
    }
}

pub fn in_story(entry: EntryRecord, story: u64) -> EntryRecord {
    EntryRecord {
        story: Some(StoryId(story)),
        fate: fate(story),
        ..entry
    }
}

pub fn fate(story: u64) -> Fate {
    Fate {
        watches: vec![WatchFate {
            watch: "bamako".to_owned(),
            because: "the title has “Bamako”".to_owned(),
            decision: Some(Decision::Hold(Hold::SameStory {
                story: StoryId(story),
                alert: AlertId(u64::MAX),
            })),
        }],
    }
}

pub fn story(id: u64, last_seen: Timestamp) -> StoryRecord {
    StoryRecord {
        id: StoryId(id),
        first_seen: minute(0),
        last_seen,
        headline: format!("story {id}"),
        copies: 0,
        members: Vec::new(),
        told: Vec::new(),
    }
}

pub fn alert(id: u64, story: u64, raised: Timestamp, origin: (&str, &EntryRecord)) -> Alert {
    let (feed, EntryRecord { entry, .. }) = origin;
    Alert {
        id: AlertId(id),
        story: StoryId(story),
        kind: Kind::Update {
            of: AlertId(1),
            new: vec![Novelty::Number("77".to_owned())],
        },
        watch: "bamako".to_owned(),
        watch_title: "Bamako".to_owned(),
        level: Level::Urgent,
        raised,
        origin: Origin {
            feed: feed.to_owned(),
            feed_title: "RFI Afrique".to_owned(),
            entry: entry.key,
            title: entry.title.clone(),
            link: entry.link.clone(),
            published: entry.published,
        },
        reason: Reason {
            because: "the title has “Bamako”".to_owned(),
            found: vec![Found {
                text: "Bamako".to_owned(),
                term: "Bamako".to_owned(),
                entity: None,
            }],
            named: vec![Named {
                entity: "geonames:2460596".to_owned(),
                kind: EntityKind::Place,
                name: "Bamako".to_owned(),
                country: Some("ML".to_owned()),
                lat: Some(12.65),
                lon: Some(-8.0),
                distance_km: None,
                from: None,
                confidence: 0.95,
                field: Field::Title,
                text: "Bamako".to_owned(),
            }],
        },
        excerpt: Excerpt {
            text: "An attack in Bamako".to_owned(),
            marks: vec![0..2, 13..19],
        },
        article: None,
        perhaps_sent: false,
    }
}

pub fn delivery(id: u64, payload: Payload, receiver: &str, not_before: Timestamp) -> Delivery {
    Delivery {
        id: DeliveryId(id),
        payload,
        receiver: receiver.to_owned(),
        address: format!("{receiver}@example.org"),
        not_before,
        digest: None,
    }
}

pub fn notice(id: u64, raised: Timestamp) -> Notice {
    Notice {
        id,
        raised,
        title: "RFI fails since 05:00".to_owned(),
        lines: vec!["503 from the server".to_owned()],
    }
}

/// A poll that brought these entries and nothing else.
pub fn poll(feed: FeedState, entries: Vec<EntryRecord>) -> Record {
    Record {
        feed: Arc::new(feed),
        shown: Vec::new(),
        entries,
        articles: Vec::new(),
        stories: Vec::new(),
        alerts: Vec::new(),
        deliveries: Vec::new(),
        notices: Vec::new(),
        dropped: Vec::new(),
    }
}

/// A poll of RFI that raised an alert of this id, with these deliveries: (id, receiver, not before).
pub fn alarm(id: u64, raised: Timestamp, to: &[(u64, &str, Timestamp)]) -> Record {
    let origin = in_story(entry(id, &format!("headline {id}")), id);
    let raised = alert(id, id, raised, (RFI, &origin));
    let payload = raised.payload();
    Record {
        stories: vec![story(id, raised.raised).into()],
        deliveries: to
            .iter()
            .map(|(id, receiver, at)| delivery(*id, payload, receiver, *at))
            .collect(),
        alerts: vec![raised],
        ..poll(read_feed(RFI, "RFI Afrique"), vec![origin])
    }
}
