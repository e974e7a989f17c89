//! What every store promises of deliveries: claims are leases, attempts have an end, and a person may step in.

use std::time::Duration;

use jiff::Timestamp;
use wirewatch::alert::{AlertId, DeliveryId, Payload};
use wirewatch::deliver::{GivenUp, Next};
use wirewatch::store::{DeliveryState, Due, Replay, Store};

use super::contract::{Case, cases};
use super::sample::{self, *};

pub const CASES: &[Case] = cases! {
    "what is due is claimed oldest first, up to the limit, and not before its time" => oldest_first,
    "receivers that are left out do not stand in the way of others" => left_out,
    "nobody else is given what is leased; after the lease it is due as before" => leased,
    "a digest is one message, and an attempt is recorded on all of it" => digest,
    "a digest that is too large for a message comes in parts, each under an id that stays" => large_digest,
    "what comes late for a digest goes under its own id" => late_for_the_digest,
    "after an attempt a delivery is due again, done or dead, and says why" => attempted,
    "the three days of attempts begin when the first could be made" => machine_was_off,
    "the next due time is that of the next delivery or end of a lease" => next_due,
    "dead deliveries are replayed with a fresh count, others are not" => replayed,
    "an alert is sent again out of its digest, but not while it is being sent" => resent,
    "what is dropped stays dropped unless it went out" => dropped,
    "open deliveries are those due and dead, newest first" => open_only,
};

const LEASE: Duration = Duration::from_secs(300);

async fn claim(store: &dyn Store, at: Timestamp) -> Vec<Due> {
    store.claim(at, 100, LEASE, &[]).await.unwrap()
}

async fn claimed(store: &dyn Store, at: Timestamp) -> Vec<u64> {
    claim(store, at).await.iter().map(|due| due.id.0).collect()
}

async fn raise(store: &dyn Store, id: u64, to: &[(u64, &str, Timestamp)]) {
    store.record(alarm(id, minute(0), to), minute(0)).await.unwrap();
}

async fn attempt(store: &dyn Store, ids: &[u64], at: Timestamp, next: Next) {
    let ids = ids.iter().copied().map(DeliveryId).collect();
    store
        .attempted(sample::attempt(ids, at, "as it went".to_owned(), next))
        .await
        .unwrap();
}

async fn state(store: &dyn Store, id: u64) -> DeliveryState {
    let rows = store.deliveries(false, 100).await.unwrap();
    rows.into_iter().find(|row| row.delivery.id.0 == id).unwrap().state
}

fn refused() -> Next {
    Next::GivenUp(GivenUp::Refused {
        why: "550 no such user".to_owned(),
    })
}

fn again(at: Timestamp) -> Next {
    Next::Again {
        at,
        why: "450 later".to_owned(),
    }
}

async fn oldest_first(store: &dyn Store) {
    raise(
        store,
        1,
        &[
            (13, "a", minute(3)),
            (11, "b", minute(1)),
            (19, "c", minute(9)),
            (12, "d", minute(2)),
        ],
    )
    .await;
    assert!(claimed(store, minute(0)).await.is_empty());
    let two = store.claim(minute(5), 2, LEASE, &[]).await.unwrap();
    assert_eq!(two.iter().map(|due| due.id.0).collect::<Vec<_>>(), [11, 12]);
    assert_eq!(claimed(store, minute(5)).await, [13]);
    assert_eq!(claimed(store, minute(9)).await, [19], "due at this very time");
    assert_eq!(
        claimed(store, minute(10)).await,
        [11, 12, 13],
        "after their lease, as they were due before"
    );
}

async fn left_out(store: &dyn Store) {
    raise(
        store,
        1,
        &[
            (1, "broken", minute(0)),
            (2, "it's \"odd\"", minute(0)),
            (3, "fine", minute(1)),
        ],
    )
    .await;
    let not_to = ["broken".to_owned(), "it's \"odd\"".to_owned()];
    let due = store.claim(minute(2), 1, LEASE, &not_to).await.unwrap();
    assert_eq!(due[0].id, DeliveryId(3));
    assert_eq!(claimed(store, minute(2)).await, [1, 2]);
}

async fn leased(store: &dyn Store) {
    raise(store, 1, &[(1, "a", minute(0))]).await;
    let first = claim(store, minute(0)).await;
    assert!(claimed(store, minute(4)).await.is_empty());
    assert_eq!(
        state(store, 1).await,
        DeliveryState::Due(minute(0)),
        "a lease does not show"
    );
    let second = claim(store, minute(5)).await;
    assert_eq!((second[0].id, second[0].attempts), (first[0].id, 0));
    assert_eq!(second[0].deliveries, first[0].deliveries);
    assert!(claimed(store, minute(9)).await.is_empty(), "leased anew");
}

/// Two alerts held for one receiver until minute 60, and another for somebody else.
async fn held(store: &dyn Store) {
    for id in [1, 2] {
        let mut record = alarm(
            id,
            minute(0),
            &[(10 + id, "analyst", minute(60)), (20 + id, "desk", minute(0))],
        );
        record.deliveries[0].digest = Some(DeliveryId(99));
        store.record(record, minute(0)).await.unwrap();
    }
}

async fn digest(store: &dyn Store) {
    held(store).await;
    assert_eq!(claimed(store, minute(0)).await, [21, 22]);
    attempt(store, &[21, 22], minute(0), Next::Done).await;
    let due = claim(store, minute(60)).await;
    assert_eq!((due.len(), due[0].id), (1, DeliveryId(99)));
    assert_eq!(
        due[0].deliveries.iter().map(|one| one.id.0).collect::<Vec<_>>(),
        [11, 12]
    );
    assert_eq!(
        due[0].alerts.iter().map(|(alert, _)| alert.id.0).collect::<Vec<_>>(),
        [1, 2]
    );
    attempt(store, &[11, 12], minute(60), again(minute(70))).await;
    assert!(claimed(store, minute(69)).await.is_empty());
    let due = claim(store, minute(70)).await;
    assert_eq!(
        (due[0].deliveries.len(), due[0].attempts, due[0].first_due),
        (2, 1, minute(60))
    );
    attempt(store, &[11, 12], minute(70), Next::Done).await;
    for id in [11, 12] {
        assert_eq!(state(store, id).await, DeliveryState::Done(minute(70)));
    }
}

async fn large_digest(store: &dyn Store) {
    let held = |id: u64, because: &str| {
        let mut record = alarm(id, minute(0), &[(1_000 + id, "analyst", minute(60))]);
        record.deliveries[0].digest = Some(DeliveryId(99));
        record.alerts[0].reason.because = because.to_owned();
        record
    };
    // Its text alone makes each of them a kilobyte.
    let because = "x".repeat(1_000);
    for id in 1..=700 {
        store.record(held(id, &because), minute(0)).await.unwrap();
    }
    let mut parts: Vec<Due> = claim(store, minute(60)).await;
    parts.extend(claim(store, minute(60)).await);
    let told: Vec<u64> = parts
        .iter()
        .flat_map(|due| &due.alerts)
        .map(|(alert, _)| alert.id.0)
        .collect();
    assert_eq!(told, (1..=700).collect::<Vec<_>>(), "each once, in their order");
    let ids: std::collections::BTreeSet<u64> = parts.iter().map(|due| due.id.0).collect();
    assert_eq!(ids.len(), parts.len(), "no id twice");
    assert!(parts.len() >= 4, "{}", parts.len());
    for due in &parts {
        let size = serde_json::to_vec(&due.alerts.iter().map(|(alert, _)| alert).collect::<Vec<_>>()).unwrap();
        assert!(size.len() <= 256 * 1024, "{}", size.len());
    }
    // The senders were killed: each part is sent again as it was, under its own id.
    let again: Vec<Due> = claim(store, minute(70)).await;
    let content = |due: &Due| (due.id.0, due.deliveries.iter().map(|one| one.id.0).collect::<Vec<_>>());
    let mut expected: Vec<_> = parts.iter().map(content).collect();
    let mut found: Vec<_> = again.iter().map(content).collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
}

async fn late_for_the_digest(store: &dyn Store) {
    held(store).await;
    let late = |id: u64| {
        let mut record = alarm(id, minute(59), &[(10 + id, "analyst", minute(60))]);
        record.deliveries[0].digest = Some(DeliveryId(99));
        record
    };
    store.record(late(3), minute(59)).await.unwrap();
    attempt(store, &[21, 22], minute(0), Next::Done).await;
    let due = claim(store, minute(60)).await;
    assert_eq!(
        (due.len(), due[0].deliveries.len()),
        (1, 3),
        "before it is sent, the digest takes more"
    );
    store.record(late(4), minute(60)).await.unwrap();
    let due = claim(store, minute(60)).await;
    assert_eq!(
        (due.len(), due[0].id, due[0].deliveries.len()),
        (1, DeliveryId(14), 1),
        "while it is being sent"
    );
    attempt(store, &[11, 12, 13], minute(60), Next::Done).await;
    store.record(late(5), minute(60)).await.unwrap();
    assert_eq!(claimed(store, minute(60)).await, [15], "after it was sent");
}

async fn attempted(store: &dyn Store) {
    raise(
        store,
        1,
        &[(1, "a", minute(0)), (2, "b", minute(0)), (3, "c", minute(0))],
    )
    .await;
    claim(store, minute(0)).await;
    attempt(store, &[1], minute(1), again(minute(7))).await;
    attempt(store, &[2], minute(1), refused()).await;
    attempt(store, &[3], minute(1), Next::Done).await;
    let why = "550 no such user".to_owned();
    assert_eq!(state(store, 1).await, DeliveryState::Due(minute(7)));
    assert_eq!(state(store, 2).await, DeliveryState::Dead { at: minute(1), why });
    assert_eq!(state(store, 3).await, DeliveryState::Done(minute(1)));
    assert!(claimed(store, minute(6)).await.is_empty());
    assert_eq!(claim(store, minute(7)).await[0].attempts, 1);
    attempt(
        store,
        &[1],
        minute(8),
        Next::GivenUp(GivenUp::TooLong {
            last: "no answer".to_owned(),
        }),
    )
    .await;
    assert!(matches!(state(store, 1).await, DeliveryState::Dead { why, .. } if why.contains("no answer")));
    // An answer that comes after the lease, when another has already sent it.
    attempt(store, &[3], minute(9), again(minute(20))).await;
    assert_eq!(
        state(store, 3).await,
        DeliveryState::Done(minute(1)),
        "what is done stays done"
    );
    let rows = store.alerts_of(wirewatch::alert::StoryId(1)).await.unwrap();
    let attempts: Vec<_> = rows[0].deliveries[0]
        .attempts
        .iter()
        .map(|a| (a.number, a.at, a.outcome.as_str()))
        .collect();
    assert_eq!(attempts, [(1, minute(1), "as it went"), (2, minute(8), "as it went")]);
    attempt(store, &[404], minute(9), Next::Done).await;
}

async fn machine_was_off(store: &dyn Store) {
    raise(store, 1, &[(1, "a", minute(0))]).await;
    assert_eq!(claim(store, day(4)).await[0].first_due, day(4));
    attempt(store, &[1], day(4), again(day(5))).await;
    assert_eq!(claim(store, day(5)).await[0].first_due, day(4));
}

async fn next_due(store: &dyn Store) {
    assert_eq!(store.next_due().await.unwrap(), None);
    raise(store, 1, &[(1, "a", minute(0)), (2, "b", minute(30))]).await;
    assert_eq!(store.next_due().await.unwrap(), Some(minute(0)));
    claim(store, minute(0)).await;
    assert_eq!(store.next_due().await.unwrap(), Some(minute(5)), "the end of the lease");
    attempt(store, &[1], minute(1), again(minute(60))).await;
    assert_eq!(store.next_due().await.unwrap(), Some(minute(30)));
    attempt(store, &[1], minute(60), Next::Done).await;
    attempt(store, &[2], minute(60), refused()).await;
    assert_eq!(store.next_due().await.unwrap(), None);
}

async fn replayed(store: &dyn Store) {
    raise(
        store,
        1,
        &[
            (1, "a", minute(0)),
            (2, "b", minute(0)),
            (3, "c", minute(0)),
            (4, "d", minute(0)),
        ],
    )
    .await;
    claim(store, minute(0)).await;
    attempt(store, &[1, 2, 3], minute(0), refused()).await;
    attempt(store, &[4], minute(0), Next::Done).await;
    let one = Replay::Deliveries(vec![DeliveryId(1), DeliveryId(4), DeliveryId(404)]);
    assert_eq!(store.replay(one, minute(10)).await.unwrap(), 1);
    let due = claim(store, minute(10)).await;
    assert_eq!(
        (due.len(), due[0].id, due[0].attempts, due[0].first_due),
        (1, DeliveryId(1), 0, minute(10))
    );
    attempt(store, &[1], minute(11), Next::Done).await;
    assert_eq!(store.replay(Replay::AllDead, minute(20)).await.unwrap(), 2);
    assert_eq!(claimed(store, minute(20)).await, [2, 3]);
    let rows = store.alert("0000000000000001").await.unwrap();
    let numbers: Vec<u32> = rows[0].deliveries[0]
        .attempts
        .iter()
        .map(|attempt| attempt.number)
        .collect();
    assert_eq!(numbers, [1, 2], "its history goes on");
}

async fn resent(store: &dyn Store) {
    held(store).await;
    let due = claim(store, minute(60)).await;
    assert_eq!(due.len(), 3);
    assert_eq!(
        store.replay(Replay::Alert(AlertId(1)), minute(61)).await.unwrap(),
        0,
        "it is being sent"
    );
    attempt(store, &[11, 12], minute(61), Next::Done).await;
    attempt(store, &[21, 22], minute(61), again(minute(90))).await;
    assert_eq!(store.replay(Replay::Alert(AlertId(1)), minute(62)).await.unwrap(), 2);
    assert_eq!(claimed(store, minute(62)).await, [11, 21]);
    assert_eq!(
        state(store, 12).await,
        DeliveryState::Done(minute(61)),
        "the rest of the digest stays"
    );
}

async fn dropped(store: &dyn Store) {
    raise(
        store,
        1,
        &[
            (1, "a", minute(0)),
            (2, "b", minute(0)),
            (3, "c", minute(0)),
            (4, "d", minute(0)),
        ],
    )
    .await;
    claim(store, minute(0)).await;
    attempt(store, &[3], minute(0), refused()).await;
    attempt(store, &[4], minute(0), Next::Done).await;
    let all = [1, 2, 3, 4].map(DeliveryId).to_vec();
    assert_eq!(
        store.drop_deliveries(all.clone(), minute(1)).await.unwrap(),
        3,
        "what is done is not dropped"
    );
    assert_eq!(store.drop_deliveries(all, minute(2)).await.unwrap(), 0);
    // Both were being sent when they were dropped.
    attempt(store, &[1], minute(3), again(minute(4))).await;
    attempt(store, &[2], minute(3), Next::Done).await;
    assert_eq!(state(store, 1).await, DeliveryState::Dropped(minute(1)));
    assert_eq!(state(store, 2).await, DeliveryState::Done(minute(3)));
    assert!(claimed(store, minute(99)).await.is_empty());
}

async fn open_only(store: &dyn Store) {
    raise(
        store,
        1,
        &[
            (1, "a", minute(0)),
            (2, "b", minute(0)),
            (3, "c", minute(0)),
            (4, "d", minute(0)),
        ],
    )
    .await;
    attempt(store, &[2], minute(0), Next::Done).await;
    attempt(store, &[3], minute(0), refused()).await;
    let ids = async |open_only, limit| -> Vec<u64> {
        store
            .deliveries(open_only, limit)
            .await
            .unwrap()
            .iter()
            .map(|row| row.delivery.id.0)
            .collect()
    };
    assert_eq!(ids(true, 9).await, [4, 3, 1]);
    assert_eq!(ids(true, 2).await, [4, 3]);
    assert_eq!(ids(false, 9).await, [4, 3, 2, 1]);
    let row = &store.deliveries(false, 1).await.unwrap()[0];
    assert_eq!(row.delivery, delivery(4, Payload::Alert(AlertId(1)), "d", minute(0)));
}
