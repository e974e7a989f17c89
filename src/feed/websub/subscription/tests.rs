//! Subscriptions over time: confirmed, renewed, given back, doubted.

use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn offer() -> Offer {
    Offer {
        hub: "https://hub.example/".to_owned(),
        topic: "https://a.example/feed".to_owned(),
    }
}

fn callback(mode: &str, topic: &str, lease: Option<u64>) -> Callback {
    Callback {
        mode: mode.to_owned(),
        topic: topic.to_owned(),
        challenge: (mode != "denied").then(|| "c".to_owned()),
        lease_seconds: lease,
        reason: None,
    }
}

fn asked() -> Subscription {
    let mut subscription = Subscription::new(offer(), "t".to_owned(), "s".to_owned(), at(0));
    assert_eq!(subscription.step(Some(&offer()), at(0)), Some(Step::Subscribe));
    subscription.asking(at(0));
    subscription
}

fn standing(lease: u64) -> Subscription {
    let mut subscription = asked();
    let verified = subscription.verify(&callback("subscribe", &offer().topic, Some(lease)), at(5));
    assert_eq!(verified, Verified::Confirmed("c".to_owned()));
    subscription
}

#[test]
fn only_what_was_asked_for_is_confirmed() {
    let table = [
        (
            "what was asked",
            asked(),
            callback("subscribe", &offer().topic, None),
            Verified::Confirmed("c".to_owned()),
        ),
        (
            "another topic",
            asked(),
            callback("subscribe", "https://a.example/other", None),
            Verified::Refused,
        ),
        (
            "an end that was not asked",
            asked(),
            callback("unsubscribe", &offer().topic, None),
            Verified::Refused,
        ),
        (
            "an unknown mode",
            asked(),
            callback("publish", &offer().topic, None),
            Verified::Refused,
        ),
        (
            "nothing was asked yet",
            Subscription::new(offer(), "t".to_owned(), "s".to_owned(), at(0)),
            callback("subscribe", &offer().topic, None),
            Verified::Refused,
        ),
        (
            "a denial",
            asked(),
            callback("denied", &offer().topic, None),
            Verified::Noted,
        ),
    ];
    for (case, mut subscription, callback, expected) in table {
        assert_eq!(subscription.verify(&callback, at(1)), expected, "{case}");
    }
}

#[test]
fn a_lease_is_renewed_before_it_ends_and_a_silent_hub_is_asked_ever_less() {
    for (case, lease, renewed_by) in [
        ("ten days", 864_000, 777_605),
        ("ten minutes", 600, 545),
        ("a century", 3_153_600_000, 7_689_605),
    ] {
        let mut subscription = standing(lease);
        assert_eq!(subscription.step(Some(&offer()), at(renewed_by - 1)), None, "{case}");
        assert_eq!(
            subscription.step(Some(&offer()), at(renewed_by)),
            Some(Step::Subscribe),
            "{case}"
        );
        assert!(
            subscription.stands(at(renewed_by)),
            "{case}: pushes count while it is renewed"
        );
    }
    let mut silent = asked();
    let mut waits = Vec::new();
    for _ in 0..9 {
        let now = silent.next;
        assert_eq!(silent.step(Some(&offer()), now), Some(Step::Subscribe));
        silent.asking(now);
        waits.push((silent.next.as_second() - now.as_second()) / 60);
    }
    assert_eq!(waits, [20, 40, 80, 160, 320, 640, 1280, 1440, 1440], "minutes");
}

#[test]
fn a_feed_that_is_read_no_more_is_given_back() {
    let mut subscription = standing(864_000);
    assert_eq!(subscription.step(None, at(10)), Some(Step::Unsubscribe));
    subscription.asking(at(10));
    assert_eq!(subscription.step(None, at(11)), None, "the hub may confirm");
    let given_back = subscription.verify(&callback("unsubscribe", &offer().topic, None), at(12));
    assert_eq!(given_back, Verified::Confirmed("c".to_owned()));
    assert_eq!(subscription.step(None, at(12)), Some(Step::Forget));
    assert_eq!(
        asked().step(None, at(1)),
        Some(Step::Forget),
        "what never stood is only forgotten"
    );
}

#[test]
fn trust_is_earned_by_a_push_and_lost_over_entries_that_were_not_pushed() {
    let mut subscription = standing(864_000);
    assert_eq!(subscription.doubt(at(10)), Some(Doubt::NeverPushed));
    subscription.pushed(1);
    assert_eq!(subscription.doubt(at(10)), None);
    subscription.polled(2, at(20));
    assert_eq!(subscription.doubt(at(20)), None, "a push may be late");
    subscription.polled(1, at(30));
    assert_eq!(subscription.doubt(at(30)), Some(Doubt::Missed { entries: 3 }));
    subscription.pushed(0);
    assert_eq!(
        subscription.doubt(at(30)),
        Some(Doubt::Missed { entries: 3 }),
        "an empty push is none"
    );
    subscription.pushed(1);
    assert_eq!(subscription.doubt(at(40)), None);
    assert_eq!(
        subscription.doubt(at(900_000)),
        Some(Doubt::NotConfirmed),
        "its lease is over"
    );
}
