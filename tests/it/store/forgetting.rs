//! What every store promises of forgetting: the old goes, and what would be taken for new without it stays.

use jiff::Timestamp;
use wirewatch::alert::{DeliveryId, Record, StoryId};
use wirewatch::deliver::{GivenUp, Next};
use wirewatch::store::{Recorded, Store, StoryMatch};
use wirewatch_syndication::EntryKey;

use super::contract::{Case, cases, entries, is_known, recorded};
use super::sample::*;

pub const CASES: &[Case] = cases! {
    "what is old is forgotten, what is open stays" => pruned,
    "keys that a feed still shows outlive their entries, others do not" => keys_still_shown,
    "a forgotten entry that is edited is remembered again, once" => forgotten_and_edited,
    "more than one slice is forgotten whole" => many_pruned,
};

async fn pruned(store: &dyn Store) {
    for (n, id) in [(0, 1), (1, 2), (2, 3), (50, 4)] {
        recorded(store, alarm(id, day(n), &[(id, "desk", day(n))]), day(n)).await;
    }
    // The first is done, the second dead, the third due, the fourth done but young.
    let done = || Next::Done;
    let dead = GivenUp::TooLong {
        last: "no answer".to_owned(),
    };
    store
        .attempted(attempt(vec![DeliveryId(1)], day(1), "250".to_owned(), done()))
        .await
        .unwrap();
    store
        .attempted(attempt(
            vec![DeliveryId(2)],
            day(1),
            "-".to_owned(),
            Next::GivenUp(dead),
        ))
        .await
        .unwrap();
    store
        .attempted(attempt(vec![DeliveryId(4)], day(50), "250".to_owned(), done()))
        .await
        .unwrap();
    store.tell(notice(9, day(0)), vec![]).await.unwrap();
    let forgotten = store.prune(day(40)).await.unwrap();
    assert_eq!(
        forgotten,
        1 + 1 + 3 + 3,
        "an alert, a notice, three entries and stories"
    );
    let alerts: Vec<u64> = store
        .alerts(day(0), 9)
        .await
        .unwrap()
        .iter()
        .map(|row| row.alert.id.0)
        .collect();
    assert_eq!(alerts, [4, 3, 2]);
    let deliveries: Vec<u64> = store
        .deliveries(false, 9)
        .await
        .unwrap()
        .iter()
        .map(|row| row.delivery.id.0)
        .collect();
    assert_eq!(deliveries, [4, 3, 2]);
    assert_eq!(store.stories(day(0)).await.unwrap(), [story(4, day(50))]);
    assert_eq!(entries(store, StoryMatch::Story(StoryId(4))).await.len(), 1);
    assert_eq!(store.prune(day(40)).await.unwrap(), 0);
}

/// A poll that brought nothing new.
async fn shows(store: &dyn Store, url: &str, keys: &[EntryKey], at: Timestamp) {
    let record = Record {
        shown: keys.to_vec(),
        ..poll(feed(url), vec![])
    };
    recorded(store, record, at).await;
}

async fn keys_still_shown(store: &dyn Store) {
    let both = [EntryKey(1), EntryKey(2)];
    recorded(
        store,
        poll(feed(RFI), vec![entry(1, "leaves"), entry(2, "stays")]),
        day(0),
    )
    .await;
    store.prune(day(400)).await.unwrap();
    assert!(
        is_known(store, 1).await,
        "a feed that never said what it shows loses no key"
    );
    shows(store, RFI, &both, day(1)).await;
    store.prune(day(400)).await.unwrap();
    assert!(
        is_known(store, 1).await && is_known(store, 2).await,
        "what it last showed stays, however long ago"
    );
    for n in 2..10 {
        shows(store, RFI, &[EntryKey(2)], day(n)).await;
    }
    store.prune(day(1)).await.unwrap();
    assert!(is_known(store, 1).await, "it left, but not before that time");
    store.prune(day(400)).await.unwrap();
    assert_eq!((is_known(store, 1).await, is_known(store, 2).await), (false, true));
    shows(store, BBC, &both, day(1)).await;
    assert!(
        store.known(BBC, &both).await.unwrap().is_empty(),
        "telling of keys makes none known"
    );
}

async fn forgotten_and_edited(store: &dyn Store) {
    recorded(store, poll(feed(RFI), vec![entry(1, "old"), entry(2, "other")]), day(0)).await;
    store.prune(day(1)).await.unwrap();
    recorded(store, poll(feed(RFI), vec![entry(3, "takes a free place")]), day(2)).await;
    let again = recorded(store, poll(feed(RFI), vec![entry(1, "edited")]), day(2)).await;
    assert_eq!(again, Recorded::default(), "it is not new");
    for (key, title) in [(1, "edited"), (3, "takes a free place")] {
        let rows = entries(store, StoryMatch::Link(format!("https://rfi.example/{key}"))).await;
        assert_eq!(
            rows.iter().map(|row| row.entry.title.as_str()).collect::<Vec<_>>(),
            [title]
        );
    }
}

async fn many_pruned(store: &dyn Store) {
    let entries = (0..1200).map(|key| entry(key, "old")).collect();
    recorded(store, poll(feed(RFI), entries), day(0)).await;
    assert_eq!(store.prune(day(1)).await.unwrap(), 1200);
    assert_eq!(store.tally().await.unwrap().entries, 0);
}
