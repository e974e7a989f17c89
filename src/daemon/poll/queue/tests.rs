//! The turns that feeds take, second by second.

use super::*;
use crate::feed::{NextPoll, Pause};

fn memory(url: &str, at: i64) -> FeedState {
    FeedState::unread(&Url::parse(url).unwrap(), Timestamp::from_second(at).unwrap())
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn urls(picked: &Picked) -> Vec<&str> {
    picked.feeds.iter().map(|memory| memory.url.as_str()).collect()
}

#[test]
fn feeds_of_one_host_take_turns_with_a_pause_and_others_go_on() {
    let gap = Duration::from_secs(2);
    let mut queue = Queue::default();
    queue.want(vec![
        memory("http://a.test/1", 0),
        memory("http://a.test/2", 0),
        memory("http://b.test/1", 0),
    ]);
    let first = queue.pick(at(10), at(10), 8);
    assert_eq!(urls(&first), ["http://a.test/1", "http://b.test/1"]);
    assert_eq!(urls(&queue.pick(at(10), at(10), 8)), [""; 0], "the host is busy");
    let mut polled = FeedState::clone(&first.feeds[0]);
    polled.next = NextPoll::first(at(500));
    queue.done(polled.into(), at(11), gap);
    let paused = queue.pick(at(11), at(11), 8);
    assert_eq!((urls(&paused).len(), paused.wake), (0, Some(at(13))));
    assert_eq!(urls(&queue.pick(at(13), at(13), 8)), ["http://a.test/2"]);
    assert_eq!(queue.pick(at(14), at(14), 8).wake, None, "all hosts are busy");
    queue.done(first.feeds[1].clone(), at(14), gap);
    let mut polled = memory("http://a.test/2", 0);
    polled.next = NextPoll::first(at(600));
    queue.done(polled.into(), at(14), gap);
    assert_eq!(
        queue.pick(at(15), at(15), 8).wake,
        Some(at(16)),
        "b is due again after its gap"
    );
    assert_eq!(urls(&queue.pick(at(16), at(16), 8)), ["http://b.test/1"]);
    assert_eq!(queue.pick(at(17), at(17), 8).wake, Some(at(500)));
}

#[test]
fn a_feed_that_is_removed_while_it_is_asked_is_not_asked_again_and_a_new_one_is() {
    let mut queue = Queue::default();
    queue.want(vec![memory("http://a.test/1", 0)]);
    let picked = queue.pick(at(0), at(0), 8);
    queue.want(vec![memory("http://b.test/1", 5)]);
    queue.done(picked.feeds[0].clone(), at(1), Duration::ZERO);
    assert_eq!(
        queue.pick(at(1), at(1), 8),
        Picked {
            feeds: vec![],
            wake: Some(at(5))
        }
    );
    assert_eq!(urls(&queue.pick(at(5), at(5), 8)), ["http://b.test/1"]);
}

#[test]
fn what_is_late_is_spread_and_no_burst() {
    for (case, feeds, seconds_until_all, most_a_second) in [
        ("a few", 10, 9, 1),
        ("as many as the time allows one by one", 300, 299, 1),
        ("a thousand", 1000, 300, 4),
    ] {
        let mut queue = Queue::default();
        let late = |n: i64| {
            let mut memory = memory(&format!("http://h{n}.test/"), n % 7);
            memory.next.because = Because::Pace;
            memory
        };
        queue.want(
            (0..feeds)
                .map(late)
                .chain([memory("http://later.test/", 9000)])
                .collect(),
        );
        queue.spread(at(500), |memory| memory.next.at < at(500));
        let mut a_second = Vec::new();
        for second in 500..900 {
            let due = queue.pick(at(second), at(second), usize::MAX).feeds;
            a_second.push(due.len());
        }
        assert_eq!(
            a_second.iter().sum::<usize>(),
            usize::try_from(feeds).unwrap(),
            "{case}"
        );
        assert_eq!(a_second.iter().max(), Some(&most_a_second), "{case}");
        let last = a_second.iter().rposition(|polls| *polls > 0);
        assert_eq!(last, Some(seconds_until_all), "{case}");
    }
}

#[test]
fn what_was_late_is_asked_once_and_after_its_sites_pause() {
    let late = |url: &str| {
        let mut memory = memory(url, 0);
        memory.next.because = Because::Pace;
        memory
    };
    let mut queue = Queue::default();
    let mut paused = late("http://paused.test/");
    paused.pause = Some(Pause {
        host: "paused.test".to_owned(),
        until: at(900),
    });
    queue.want(vec![late("http://a.test/"), late("http://b.test/"), paused]);
    queue.spread(at(500), |memory| memory.next.at < at(500));
    let mut asked = Vec::new();
    for second in 500..1000 {
        for mut memory in queue.pick(at(second), at(second), 8).feeds {
            asked.push((memory.url.clone(), second));
            Arc::make_mut(&mut memory).next = NextPoll::first(at(9000));
            queue.done(memory, at(second), Duration::ZERO);
        }
    }
    assert_eq!(asked.len(), 3, "{asked:?}");
    assert_eq!(
        asked[..2],
        [("http://a.test/".to_owned(), 500), ("http://b.test/".to_owned(), 501)]
    );
    assert!(asked[2].1 >= 900, "inside the pause: {asked:?}");
}

#[test]
fn no_more_are_picked_than_there_is_room_for() {
    let mut queue = Queue::default();
    queue.want((0..9).map(|n| memory(&format!("http://h{n}.test/"), 0)).collect());
    assert_eq!(queue.pick(at(0), at(0), 4).feeds.len(), 4);
    assert_eq!(queue.open(at(0)), 9);
}

#[test]
fn twenty_feeds_of_one_site_one_answers_429() {
    let mut queue = Queue::default();
    let feeds = |host: &str| {
        (0..20)
            .map(|n| memory(&format!("http://{n}.{host}/feed"), n))
            .collect::<Vec<_>>()
    };
    let all: Vec<FeedState> = [feeds("example.org"), feeds("bridge.lan")].concat();
    queue.want(all.clone());
    let first = queue.pick(at(0), at(0), 8);
    assert_eq!(urls(&first), ["http://0.bridge.lan/feed", "http://0.example.org/feed"]);
    let mut answered = first.feeds.clone();
    for memory in &mut answered {
        let demanding = Arc::make_mut(memory);
        demanding.next = NextPoll::first(at(700));
        demanding.pause = Some(Pause {
            host: Url::parse(&demanding.url).unwrap().host_str().unwrap().to_owned(),
            until: at(600),
        });
        queue.done(memory.clone(), at(1), Duration::ZERO);
    }
    let during = queue.pick(at(599), at(599), 99);
    assert_eq!(during.feeds.len(), 19, "the other hosts of the house are asked");
    assert!(urls(&during).iter().all(|url| url.contains("bridge.lan")), "{during:?}");
    // The rest come back over ten minutes, and a restart in the middle of the pause knows of it.
    let mut restarted = Queue::default();
    let known = all.into_iter().filter(|memory| memory.url.contains("example.org"));
    let known = known.map(|memory| {
        answered
            .iter()
            .find(|other| other.url == memory.url)
            .map_or(memory, |other| FeedState::clone(other))
    });
    restarted.want(known.collect());
    for mut queue in [queue, restarted] {
        assert_eq!(queue.pick(at(599), at(599), 99).feeds.len(), 0);
        let mut by_minute = [0_usize; 10];
        for second in 600..1200 {
            let minute = usize::try_from(second - 600).unwrap() / 60;
            let picked = queue.pick(at(second), at(second), 99);
            by_minute[minute] += urls(&picked).iter().filter(|url| url.contains("example.org")).count();
        }
        assert_eq!(by_minute.iter().sum::<usize>(), 20, "{by_minute:?}");
        assert!(by_minute.iter().all(|count| *count <= 6), "a burst: {by_minute:?}");
    }
}
