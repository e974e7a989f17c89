//! What every store promises, one sentence a case; `claims` holds those of deliveries, `forgetting` those of `prune`.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use futures_util::future::join_all;
use jiff::Timestamp;
use wirewatch::alert::{AlertId, DeliveryId, EntryRecord, Fate, Known, Payload, Record, StoryId};
use wirewatch::feed::{FeedState, NextPoll};
use wirewatch::store::{EntryRow, Recorded, Store, StoryMatch, Tally};
use wirewatch_syndication::EntryKey;

use super::sample::*;
use super::{claims, forgetting};

pub type Case = (
    &'static str,
    for<'a> fn(&'a dyn Store) -> Pin<Box<dyn Future<Output = ()> + 'a>>,
);

/// A table of sentences and what shows that they are true.
macro_rules! cases {
    ($($sentence:literal => $shown:ident),* $(,)?) => {
        &[$(($sentence, |store| Box::pin($shown(store)))),*]
    };
}
pub(crate) use cases;

const CASES: &[Case] = cases! {
    "a feed that is added again keeps what is remembered of it" => added_again,
    "a feed whose address loses its user name and password stays the same feed" => without_credentials,
    "everything of a feed reads as it was recorded" => feed_as_recorded,
    "a poll that brought nothing renews the turn of its feed, and the next one all of it" => only_its_turn,
    "an entry is known by its feed and key, with hash and story" => known_again,
    "everything of an entry reads as it was recorded" => entry_as_recorded,
    "the same poll recorded twice creates nothing twice" => twice,
    "an edited entry is renewed and keeps when it was first seen" => edited,
    "entries are found by link, with or without a slash at its end" => by_link,
    "a record that fails leaves nothing of itself" => nothing_of_it,
    "records at the same time do not undo each other" => at_the_same_time,
    "an alert lists the other entries of its story, oldest first" => also_in,
    "alerts are listed newest first, by time, beginning of id and story" => alerts_listed,
    "stories are those seen since, as last recorded" => stories_since,
    "a notice is told once" => told_once,
    "an attempt and the notice of it are recorded together, and with a poll what it makes needless is dropped" => told_with,
    "the tally counts" => tally,
};

/// Runs every case on a store of its own.
pub fn contract(make: impl Fn() -> Box<dyn Store>) {
    for (sentence, case) in CASES.iter().chain(claims::CASES).chain(forgetting::CASES) {
        println!("{sentence}");
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let store = make();
        runtime.block_on(case(&*store));
    }
}

pub async fn recorded(store: &dyn Store, record: Record, at: Timestamp) -> Recorded {
    store.record(record, at).await.unwrap()
}

pub async fn is_known(store: &dyn Store, key: u64) -> bool {
    store
        .known(RFI, &[EntryKey(key)])
        .await
        .unwrap()
        .contains_key(&EntryKey(key))
}

pub async fn entries(store: &dyn Store, of: StoryMatch) -> Vec<EntryRow> {
    store.entries(&of).await.unwrap()
}

async fn without_credentials(store: &dyn Store) {
    let at = |url: &str| FeedState {
        title: Some(format!("read at {url}")),
        ..feed(url)
    };
    let (old, bare) = ("https://us:word@a.example/feed?x=1", "https://a.example/feed?x=1");
    store
        .add_feeds(vec![at(old), at("https://us:word@b.example/feed")])
        .await
        .unwrap();
    // It stays where both are read, and where only the old one is.
    store
        .add_feeds(vec![feed(old), feed("https://c.example/feed")])
        .await
        .unwrap();
    assert!(store.feed(old).await.unwrap().is_some());
    let added = store
        .add_feeds(vec![feed(bare), feed("https://b.example/other")])
        .await
        .unwrap();
    assert_eq!(added, 1, "only the other address is new");
    assert_eq!(store.feed(old).await.unwrap(), None);
    let known = store.feed(bare).await.unwrap().unwrap();
    assert_eq!(
        (known.url.as_str(), known.title),
        (bare, Some(format!("read at {old}")))
    );
    assert!(store.feed("https://us:word@b.example/feed").await.unwrap().is_some());
    // Two of one address, one with credentials and one without, are two.
    let both = ["https://us:word@b.example/feed", "https://b.example/feed"];
    assert_eq!(store.add_feeds(both.map(feed).to_vec()).await.unwrap(), 1);
}

async fn added_again(store: &dyn Store) {
    assert_eq!(store.add_feeds(vec![feed(RFI), feed(BBC)]).await.unwrap(), 2);
    recorded(store, poll(read_feed(RFI, "RFI"), vec![]), minute(0)).await;
    assert_eq!(
        store
            .add_feeds(vec![feed(BBC), feed(RFI), feed("https://new.example/")])
            .await
            .unwrap(),
        1
    );
    let feeds = store.feeds().await.unwrap();
    assert_eq!(feeds, [read_feed(RFI, "RFI"), feed(BBC), feed("https://new.example/")]);
}

async fn only_its_turn(store: &dyn Store) {
    let known = read_feed(RFI, "RFI");
    let asked = |at: Timestamp| FeedState {
        next: NextPoll::first(at),
        last_polled: Some(at),
        last_read: Some(at),
        answer_millis: vec![7],
        ..known.clone()
    };
    let turn = async |feed: FeedState| store.record_schedules(vec![Arc::new(feed)]).await.unwrap();
    turn(known.clone()).await;
    assert_eq!(
        store.feeds().await.unwrap(),
        std::slice::from_ref(&known),
        "a stranger is recorded whole"
    );
    let other_title = FeedState {
        title: Some("not looked at".to_owned()),
        ..asked(minute(5))
    };
    turn(other_title).await;
    assert_eq!(store.feeds().await.unwrap(), [asked(minute(5))]);
    turn(asked(minute(9))).await;
    assert_eq!(store.feeds().await.unwrap(), [asked(minute(9))]);
    recorded(store, poll(feed(RFI), vec![]), minute(12)).await;
    assert_eq!(
        store.feeds().await.unwrap(),
        [feed(RFI)],
        "an old turn does not outlive it"
    );
}

async fn feed_as_recorded(store: &dyn Store) {
    recorded(store, poll(read_feed(RFI, "RFI"), vec![]), minute(0)).await;
    assert_eq!(store.feeds().await.unwrap(), [read_feed(RFI, "RFI")]);
    recorded(store, poll(feed(RFI), vec![]), minute(5)).await;
    assert_eq!(
        store.feeds().await.unwrap(),
        [feed(RFI)],
        "every field is renewed, not only what is set"
    );
}

async fn known_again(store: &dyn Store) {
    let entries = vec![entry(1, "plain"), in_story(entry(u64::MAX, "told"), u64::MAX)];
    recorded(store, poll(feed(RFI), entries), minute(0)).await;
    let keys = [EntryKey(1), EntryKey(2), EntryKey(u64::MAX)];
    let known = store.known(RFI, &keys).await.unwrap();
    assert_eq!(known.len(), 2);
    let plain = Known {
        content_hash: u64::MAX - 1,
        story: None,
    };
    assert_eq!(known[&EntryKey(1)], plain);
    let told = Known {
        content_hash: 0,
        story: Some(StoryId(u64::MAX)),
    };
    assert_eq!(known[&EntryKey(u64::MAX)], told);
    assert!(
        store.known(BBC, &keys).await.unwrap().is_empty(),
        "a feed that is not known"
    );
    recorded(store, poll(feed(BBC), vec![]), minute(0)).await;
    assert!(
        store.known(BBC, &keys).await.unwrap().is_empty(),
        "the same keys in another feed"
    );
}

async fn entry_as_recorded(store: &dyn Store) {
    let mut bare = in_story(entry(2, ""), 7);
    bare.entry.link = None;
    bare.entry.published = None;
    bare.entry.tags.clear();
    bare.fate = Fate::default();
    let full = in_story(entry(1, "Attaque à Bamako \u{202e} =cmd"), 7);
    recorded(store, poll(feed(RFI), vec![full.clone(), bare.clone()]), minute(3)).await;
    let row = |record: EntryRecord| EntryRow {
        feed: RFI.to_owned(),
        entry: record.entry,
        first_seen: minute(3),
        story: record.story,
        article: None,
        fate: record.fate,
    };
    assert_eq!(
        entries(store, StoryMatch::Story(StoryId(7))).await,
        [row(bare), row(full)]
    );
}

async fn twice(store: &dyn Store) {
    let record = || alarm(5, minute(0), &[(50, "analyst", minute(0)), (51, "desk", minute(0))]);
    let first = recorded(store, record(), minute(0)).await;
    assert_eq!(
        (first.entries, first.alerts, first.deliveries),
        (1, vec![AlertId(5)], 2)
    );
    assert_eq!(recorded(store, record(), minute(1)).await, Recorded::default());
    assert_eq!(store.deliveries(false, 10).await.unwrap().len(), 2);
    assert_eq!(store.alerts(minute(0), 10).await.unwrap().len(), 1);
}

async fn edited(store: &dyn Store) {
    recorded(store, poll(feed(RFI), vec![entry(1, "three dead")]), minute(0)).await;
    let mut after = in_story(entry(1, "seven dead"), 9);
    after.entry.link = Some("https://rfi.example/moved".to_owned());
    after.content_hash = 77;
    let again = recorded(store, poll(feed(RFI), vec![after.clone(), entry(2, "new")]), minute(60)).await;
    assert_eq!(again.entries, 1);
    let known = store.known(RFI, &[EntryKey(1)]).await.unwrap()[&EntryKey(1)];
    assert_eq!((known.content_hash, known.story), (77, Some(StoryId(9))));
    let rows = entries(store, StoryMatch::Link("https://rfi.example/moved".to_owned())).await;
    assert_eq!(
        (&rows[0].entry, &rows[0].fate, rows[0].first_seen),
        (&after.entry, &after.fate, minute(0))
    );
    assert!(
        entries(store, StoryMatch::Link("https://rfi.example/1".to_owned()))
            .await
            .is_empty()
    );
}

async fn by_link(store: &dyn Store) {
    let mut plain = entry(2, "without");
    plain.entry.link = Some("https://rfi.example/1".to_owned());
    recorded(store, poll(feed(RFI), vec![entry(1, "with"), plain]), minute(0)).await;
    for (sentence, link, found) in [
        ("with", "https://rfi.example/1/", vec!["without", "with"]),
        ("without", "https://rfi.example/1", vec!["without", "with"]),
        ("another", "https://rfi.example/11", vec![]),
        ("a beginning", "https://rfi.example", vec![]),
    ] {
        let rows = entries(store, StoryMatch::Link(link.to_owned())).await;
        assert_eq!(
            rows.iter().map(|row| row.entry.title.as_str()).collect::<Vec<_>>(),
            found,
            "{sentence}"
        );
    }
}

/// A delivery of an alert that does not exist.
fn broken(key: u64) -> Record {
    let mut record = poll(read_feed(RFI, "broken"), vec![entry(key, "broken")]);
    record
        .deliveries
        .push(delivery(key, Payload::Alert(AlertId(404)), "analyst", minute(0)));
    record
}

async fn nothing_of_it(store: &dyn Store) {
    store.add_feeds(vec![feed(RFI)]).await.unwrap();
    let error = store.record(broken(1), minute(0)).await.unwrap_err().to_string();
    assert!(error.starts_with("record a poll: "), "{error}");
    assert_eq!(store.feeds().await.unwrap(), [feed(RFI)]);
    assert!(!is_known(store, 1).await);
    assert!(store.deliveries(false, 10).await.unwrap().is_empty());
}

async fn at_the_same_time(store: &dyn Store) {
    let record = |n: u64| {
        if n % 7 == 3 {
            broken(n)
        } else {
            poll(feed(RFI), vec![entry(n, "fine")])
        }
    };
    let answers = join_all((0..200).map(|n| store.record(record(n), minute(0)))).await;
    for (n, answer) in (0..).zip(answers) {
        assert_eq!(answer.is_ok(), n % 7 != 3, "record {n}");
        assert_eq!(is_known(store, n).await, n % 7 != 3, "record {n}");
    }
    assert_eq!(store.feeds().await.unwrap(), [feed(RFI)]);
}

async fn also_in(store: &dyn Store) {
    recorded(store, alarm(5, minute(0), &[(50, "analyst", minute(0))]), minute(0)).await;
    let later = poll(
        feed(BBC),
        vec![in_story(entry(5, "same key, other feed"), 5), entry(6, "another story")],
    );
    recorded(store, later, minute(20)).await;
    let copy = poll(read_feed(RFI, "RFI Afrique"), vec![in_story(entry(7, "copy"), 5)]);
    recorded(store, copy, minute(10)).await;
    let rows = store.alerts_of(StoryId(5)).await.unwrap();
    let lines: Vec<_> = rows[0]
        .also_in
        .first
        .iter()
        .map(|l| (l.feed_title.as_str(), l.title.as_str(), l.seen))
        .collect();
    let expected = [
        ("RFI Afrique", "copy", minute(10)),
        (BBC, "same key, other feed", minute(20)),
    ];
    assert_eq!(lines, expected);
    assert_eq!(rows[0].also_in.first[0].link.as_deref(), Some("https://rfi.example/7/"));
    assert_eq!(rows[0].also_in.count, 2);
    let due = store
        .claim(minute(30), 1, std::time::Duration::from_secs(60), &[])
        .await
        .unwrap();
    assert_eq!(due[0].alerts, [(rows[0].alert.clone(), rows[0].also_in.clone())]);
}

async fn alerts_listed(store: &dyn Store) {
    const HIGH: u64 = 0xfeed_0000_0000_0001;
    for (n, id) in [(0, 0x0fee_0000_0000_0001), (1, HIGH), (2, HIGH + 1)] {
        recorded(store, alarm(id, minute(n), &[(id, "desk", minute(n))]), minute(n)).await;
    }
    let ids = |rows: Vec<wirewatch::store::AlertRow>| rows.iter().map(|row| row.alert.id.0).collect::<Vec<_>>();
    assert_eq!(
        ids(store.alerts(minute(1), 9).await.unwrap()),
        [HIGH + 1, HIGH],
        "since is included"
    );
    assert_eq!(ids(store.alerts(minute(0), 2).await.unwrap()), [HIGH + 1, HIGH]);
    assert_eq!(ids(store.alert("feed").await.unwrap()), [HIGH + 1, HIGH]);
    assert_eq!(ids(store.alert("FEED000000000002").await.unwrap()), [HIGH + 1]);
    assert_eq!(ids(store.alert("0").await.unwrap()), [0x0fee_0000_0000_0001]);
    for none in ["", "beef", "feed00000000000100", "%", "feedx"] {
        assert!(store.alert(none).await.unwrap().is_empty(), "{none:?}");
    }
    let rows = store.alerts_of(StoryId(HIGH)).await.unwrap();
    let record = alarm(HIGH, minute(1), &[(HIGH, "desk", minute(1))]);
    assert_eq!(rows[0].alert, record.alerts[0]);
    assert_eq!(rows[0].deliveries[0].delivery, record.deliveries[0]);
    assert_eq!(rows[0].deliveries[0].about, record.alerts[0].origin.title);
}

async fn stories_since(store: &dyn Store) {
    let with = |stories| Record {
        stories,
        ..poll(feed(RFI), vec![])
    };
    recorded(
        store,
        with(vec![story(1, minute(0)).into(), story(u64::MAX, minute(5)).into()]),
        minute(5),
    )
    .await;
    recorded(store, with(vec![story(1, minute(9)).into()]), minute(9)).await;
    assert_eq!(
        store.stories(minute(5)).await.unwrap(),
        [story(u64::MAX, minute(5)), story(1, minute(9))]
    );
    assert_eq!(store.stories(minute(6)).await.unwrap(), [story(1, minute(9))]);
}

async fn told_once(store: &dyn Store) {
    let to = || vec![delivery(1, Payload::Notice(u64::MAX), "operator", minute(0))];
    assert!(store.tell(notice(u64::MAX, minute(0)), to()).await.unwrap());
    assert!(!store.tell(notice(u64::MAX, minute(9)), to()).await.unwrap());
    let rows = store.deliveries(true, 10).await.unwrap();
    assert_eq!((rows.len(), rows[0].about.as_str()), (1, "RFI fails since 05:00"));
    let due = store
        .claim(minute(1), 9, std::time::Duration::from_secs(60), &[])
        .await
        .unwrap();
    assert_eq!(
        (&due[0].notices, due[0].deliveries.clone()),
        (&vec![notice(u64::MAX, minute(0))], to())
    );
}

async fn told_with(store: &dyn Store) {
    recorded(store, alarm(5, minute(0), &[(1, "a", minute(0))]), minute(0)).await;
    let refused = wirewatch::deliver::GivenUp::Refused { why: "550".to_owned() };
    let dead = wirewatch::deliver::Next::GivenUp(refused);
    let to = delivery(2, Payload::Notice(9), "operator", minute(0));
    let told = wirewatch::store::Attempt {
        notice: Some((notice(9, minute(0)), vec![to.clone()])),
        ..attempt(vec![DeliveryId(1)], minute(0), "550".to_owned(), dead)
    };
    store.attempted(told.clone()).await.unwrap();
    let open = store.deliveries(true, 10).await.unwrap();
    assert_eq!(
        open.iter().filter(|row| row.delivery.id == to.id).count(),
        1,
        "{open:#?}"
    );
    let over = Record {
        dropped: vec![to.id],
        ..poll(feed(RFI), vec![])
    };
    recorded(store, over, minute(1)).await;
    assert_eq!(store.next_due().await.unwrap(), None, "what it tells is over");
}

async fn tally(store: &dyn Store) {
    assert_eq!(store.tally().await.unwrap(), Tally::default());
    recorded(
        store,
        alarm(5, minute(0), &[(1, "a", minute(0)), (2, "b", minute(0))]),
        minute(0),
    )
    .await;
    let refused = wirewatch::deliver::GivenUp::Refused { why: "550".to_owned() };
    let dead = wirewatch::deliver::Next::GivenUp(refused);
    store
        .attempted(attempt(vec![DeliveryId(1)], minute(0), "550".to_owned(), dead))
        .await
        .unwrap();
    let expected = Tally {
        feeds: 1,
        entries: 1,
        alerts: 1,
        deliveries_due: 1,
        deliveries_dead: 1,
    };
    assert_eq!(store.tally().await.unwrap(), expected);
}
