//! WebSub: the fourteen subscriber cases of websub.rocks, and what lies around them, against a hub in the test's hands.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::TcpListener;
use wirewatch::daemon::Clock;
use wirewatch::feed::{Because, Standing, Subscription};
use wirewatch::store::Store;

use crate::house::feed_server::Page;
use crate::house::hub::{Request, call, push, signature, verify};
use crate::house::wirewatch::{House, Running, rss};

mod pushes;
mod room;

const DAY: Duration = Duration::from_secs(24 * 3600);
const MINUTE: Duration = Duration::from_secs(60);
const WATCHES: &str = "[receiver.analyst]\nemail = \"analyst@example.org\"\n[watch.gao]\nfind = [\"Gao\"]\n";

/// A daemon that listens, and a feed at `/feed.xml`.
struct Scene {
    house: House,
    running: Running,
    here: SocketAddr,
}

/// Answers of `/feed.xml` and of `/hub`.
async fn scene(feed: impl Fn(&House) -> Page, hub: Page) -> Scene {
    let house = House::new().await;
    house.feeds.serve("/feed.xml", feed(&house));
    house.feeds.serve("/hub", hub);
    scene_in(house).await
}

async fn scene_in(house: House) -> Scene {
    house.write("watchlist.toml", WATCHES);
    house.write(
        "web.toml",
        "[web]\nlisten = \"127.0.0.1:8080\"\npublic = \"https://w.example/wire/\"\n",
    );
    house.watch_feeds(&[("desk", "/feed.xml")], "");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let here = listener.local_addr().unwrap();
    let mut running = house.start_with(Some(listener));
    running.settled(&house.clock).await;
    Scene { house, running, here }
}

/// An RSS feed that names the hub, and these links to itself.
fn plain_feed(house: &House) -> Page {
    let hub = house.feeds.url("/hub");
    let topic = house.feeds.url("/feed.xml");
    linked(
        &rss("Desk", &[("old", "Rain in Kayes", "Late.")]),
        hub.as_str(),
        topic.as_str(),
    )
}

fn linked(feed: &str, hub: &str, topic: &str) -> Page {
    let links = format!("<channel><atom:link rel=\"hub\" href=\"{hub}\"/><atom:link rel=\"self\" href=\"{topic}\"/>");
    Page::feed(
        feed.replacen("<channel>", &links, 1)
            .replace("<rss ", "<rss xmlns:atom=\"http://www.w3.org/2005/Atom\" "),
    )
}

fn accepted() -> Page {
    Page::status(202)
}

impl Scene {
    /// The n-th request to a path of the hub, counted from 1.
    async fn asked(&self, path: &str, n: usize) -> Request {
        loop {
            let arrived = self.house.feeds.requests().len();
            if let Some(asked) = self.house.feeds.requests_for(path).get(n - 1) {
                return Request::of(asked);
            }
            self.house.feeds.wait_for_requests(arrived + 1).await;
        }
    }

    async fn confirm(&self, request: &Request) {
        let confirmed = verify(self.here, request, "subscribe", &request.topic, 864_000).await;
        assert_eq!(confirmed, (200, "a challenge & more".to_owned()));
    }

    async fn subscription(&self) -> Option<Subscription> {
        let all = self.house.store().subscriptions().await.unwrap();
        all.into_iter().next().map(|(_, subscription)| subscription)
    }

    /// Waits until what is remembered of the subscription is so.
    async fn until(&self, so: impl Fn(Option<&Subscription>) -> bool) {
        while !so(self.subscription().await.as_ref()) {
            tokio::task::yield_now().await;
        }
    }

    async fn stop(self) -> House {
        self.running.stop().await;
        self.house
    }
}

/// News as a hub brings it.
fn news(guid: &str) -> String {
    rss("Desk", &[(guid, &format!("Shots in Gao, report {guid}"), "Two hurt.")])
}

#[tokio::test]
async fn a_hub_is_discovered_wherever_it_is_named() {
    type Feed = fn(&House) -> Page;
    let table: [(&str, Feed); 5] = [
        ("in the header", |house| {
            let links = format!(
                "<{}>; rel=\"hub\", <{}>; rel=\"self\"",
                house.feeds.url("/hub"),
                house.feeds.url("/topic")
            );
            Page::feed(rss("Desk", &[("old", "Rain", "")])).header("Link", &links)
        }),
        ("in HTML-like tags", |house| {
            let (hub, topic) = (house.feeds.url("/hub"), house.feeds.url("/topic"));
            let links = format!("<channel><link rel=hub href={hub}><link rel=self href={topic}>");
            Page::feed(rss("Desk", &[("old", "Rain", "")]).replacen("<channel>", &links, 1))
        }),
        ("in Atom", |house| {
            Page::feed(format!(
                "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Desk</title><link rel=\"hub\" href=\"{}\"/><link rel=\"self\" href=\"{}\"/>\
                 <entry><id>old</id><title>Rain</title></entry></feed>",
                house.feeds.url("/hub"),
                house.feeds.url("/topic")
            ))
        }),
        ("in RSS", |house| {
            linked(
                &rss("Desk", &[("old", "Rain", "")]),
                house.feeds.url("/hub").as_str(),
                house.feeds.url("/topic").as_str(),
            )
        }),
        ("in both: the header counts", |house| {
            let links = format!(
                "<{}>; rel=hub, <{}>; rel=self",
                house.feeds.url("/hub"),
                house.feeds.url("/topic")
            );
            linked(
                &rss("Desk", &[("old", "Rain", "")]),
                "https://other.example/hub",
                "https://other.example/topic",
            )
            .header("Link", &links)
        }),
    ];
    for (case, feed) in table {
        let scene = scene(feed, accepted()).await;
        let request = scene.asked("/hub", 1).await;
        assert_eq!(
            (request.mode.as_str(), request.topic.as_str()),
            ("subscribe", scene.house.feeds.url("/topic").as_str()),
            "{case}"
        );
        assert!(
            request.callback.as_str().starts_with("https://w.example/wire/websub/"),
            "{case}: {}",
            request.callback
        );
        assert!(
            request.callback.path().len() > 60 && request.secret.len() >= 32,
            "{case}: nobody can guess these"
        );
        scene.confirm(&request).await;
        scene.stop().await.finish().await;
    }
}

#[tokio::test]
async fn the_topic_is_what_the_feed_calls_itself_wherever_it_was_asked() {
    for (case, status) in [
        ("another self", 0),
        ("a temporary redirect", 302),
        ("a permanent one", 301),
    ] {
        let house = House::new().await;
        let real = linked(
            &rss("Desk", &[("old", "Rain", "")]),
            house.feeds.url("/hub").as_str(),
            house.feeds.url("/real.xml").as_str(),
        );
        house.feeds.serve("/hub", accepted());
        house.feeds.serve("/real.xml", real.clone());
        house.feeds.serve(
            "/feed.xml",
            if status == 0 {
                real
            } else {
                Page::redirect(status, "/real.xml")
            },
        );
        let scene = scene_in(house).await;
        let request = scene.asked("/hub", 1).await;
        assert_eq!(request.topic, scene.house.feeds.url("/real.xml").as_str(), "{case}");
        scene.confirm(&request).await;
        let body = news("a");
        let answer = push(
            scene.here,
            &request,
            &[("X-Hub-Signature", &signature(&request, body.as_bytes()))],
            body.as_bytes(),
        )
        .await;
        assert_eq!(answer.0, 202, "{case}");
        scene.house.mail.mail(1).await;
        scene.stop().await.finish().await;
    }
}

#[tokio::test]
async fn a_hub_that_was_moved_is_asked_where_it_is() {
    for (case, status, asked_first_again) in [
        ("for a while", 302, true),
        ("for a while, by the book", 307, true),
        ("for good", 301, false),
        ("for good, by the book", 308, false),
    ] {
        let house = House::new().await;
        house.feeds.serve("/moved", accepted());
        house.feeds.serve("/feed.xml", plain_feed(&house));
        house.feeds.serve("/hub", Page::redirect(status, "/moved"));
        let scene = scene_in(house).await;
        let request = scene.asked("/moved", 1).await;
        assert_eq!(request.mode, "subscribe", "{case}");
        scene.confirm(&request).await;
        scene
            .until(|known| known.is_some_and(|known| known.ask_at.ends_with("/moved") != asked_first_again))
            .await;
        // It is renewed where it has moved to.
        scene.house.clock.turn(9 * DAY);
        scene.asked("/moved", 2).await;
        let first = scene.house.feeds.requests_for("/hub").len();
        assert_eq!(first, if asked_first_again { 2 } else { 1 }, "{case}");
        scene.stop().await.finish().await;
    }
}

#[tokio::test]
async fn a_question_about_what_was_not_asked_is_refused() {
    let scene = scene(plain_feed, accepted()).await;
    let request = scene.asked("/hub", 1).await;
    let elsewhere = Request {
        callback: "https://w.example/wire/websub/0000".parse().unwrap(),
        ..request.clone()
    };
    for (case, request, mode, topic) in [
        ("another topic", &request, "subscribe", "https://a.example/other"),
        (
            "an end that nobody wants",
            &request,
            "unsubscribe",
            request.topic.as_str(),
        ),
        ("another address", &elsewhere, "subscribe", request.topic.as_str()),
    ] {
        let answer = verify(scene.here, request, mode, topic, 600).await;
        assert_eq!(answer, (404, String::new()), "{case}");
    }
    assert!(matches!(
        scene.subscription().await.unwrap().standing,
        Standing::Asked { .. }
    ));
    scene.confirm(&request).await;
    scene.stop().await.finish().await;
}

#[tokio::test]
async fn news_count_only_with_the_right_signature() {
    let scene = scene(plain_feed, accepted()).await;
    let request = scene.asked("/hub", 1).await;
    scene.confirm(&request).await;
    let body = news("a");
    let wrong = signature(&request, b"another body");
    let forged: [(&str, Vec<(&str, &str)>); 3] = [
        ("a wrong signature", vec![("X-Hub-Signature", wrong.as_str())]),
        ("none", vec![]),
        (
            "an unknown method",
            vec![("X-Hub-Signature", "md5=00112233445566778899aabbccddeeff")],
        ),
    ];
    for (case, headers) in forged {
        let answer = push(scene.here, &request, &headers, body.as_bytes()).await;
        assert_eq!(answer.0, 202, "{case}: taken, and ignored (§8)");
    }
    // What was forged, and what is no feed, brings nothing; what is right does, at once, and once.
    let nonsense = "not a feed";
    for body in [nonsense, body.as_str(), body.as_str()] {
        let right = signature(&request, body.as_bytes());
        let answer = push(
            scene.here,
            &request,
            &[("X-Hub-Signature", &right), ("Content-Type", "application/rss+xml")],
            body.as_bytes(),
        )
        .await;
        assert_eq!(answer.0, 202, "300");
    }
    scene.until(|known| known.is_some_and(|known| known.pushes == 2)).await;
    scene.house.mail.mail(1).await;
    assert_eq!(scene.house.feeds.requests_for("/feed.xml").len(), 1, "nobody polled");
    // The next poll finds the same entry, and nothing is told again.
    let both = rss(
        "Desk",
        &[
            ("a", "Shots in Gao, report a", "Two hurt."),
            ("old", "Rain in Kayes", "Late."),
        ],
    );
    scene.house.feeds.serve(
        "/feed.xml",
        linked(&both, scene.house.feeds.url("/hub").as_str(), &request.topic),
    );
    let mut scene = scene;
    scene.house.clock.turn(61 * MINUTE);
    scene.running.settled(&scene.house.clock).await;
    assert_eq!(scene.house.feeds.requests_for("/feed.xml").len(), 2);
    let house = scene.stop().await;
    assert_eq!(house.mail.mails().len(), 1);
    house.finish().await;
}

#[tokio::test]
async fn a_hub_that_pushes_is_relied_on_and_one_that_misses_entries_is_not() {
    let mut scene = scene(plain_feed, accepted()).await;
    let request = scene.asked("/hub", 1).await;
    scene.confirm(&request).await;
    let because = async |scene: &Scene| scene.house.store().feeds().await.unwrap()[0].next.because;
    let publish = |scene: &Scene, guids: &[&str]| {
        let titles: Vec<String> = guids.iter().map(|guid| format!("Rain, report {guid}")).collect();
        let items: Vec<_> = guids
            .iter()
            .zip(&titles)
            .map(|(guid, title)| (*guid, title.as_str(), ""))
            .collect();
        scene.house.feeds.serve(
            "/feed.xml",
            linked(
                &rss("Desk", &items),
                scene.house.feeds.url("/hub").as_str(),
                &request.topic,
            ),
        );
    };
    assert_eq!(because(&scene).await, Because::Pace, "trust is to be earned");
    let body = rss("Desk", &[("p", "Rain, report p", "")]);
    push(
        scene.here,
        &request,
        &[("X-Hub-Signature", &signature(&request, body.as_bytes()))],
        body.as_bytes(),
    )
    .await;
    scene.until(|known| known.is_some_and(|known| known.pushes == 1)).await;
    publish(&scene, &["p", "old"]);
    scene.house.clock.turn(61 * MINUTE);
    scene.running.settled(&scene.house.clock).await;
    // What brought nothing new is on disk a little later.
    let until = async |scene: &Scene, why: Because| {
        while because(scene).await != why {
            tokio::task::yield_now().await;
        }
    };
    until(&scene, Because::Pushed).await;
    let next = scene.house.store().feeds().await.unwrap()[0].next.at;
    assert!(next >= scene.house.clock.now() + 50 * MINUTE, "{next}");
    // Three entries that no push brought.
    publish(&scene, &["1", "2", "3", "p", "old"]);
    scene.house.clock.turn(61 * MINUTE);
    scene.running.settled(&scene.house.clock).await;
    scene.house.clock.turn(61 * MINUTE);
    scene.running.settled(&scene.house.clock).await;
    until(&scene, Because::Pace).await;
    let doubt = scene
        .subscription()
        .await
        .unwrap()
        .doubt(scene.house.clock.now())
        .unwrap();
    assert_eq!(doubt.to_string(), "its hub did not push 3 entries");
    scene.stop().await.finish().await;
}

#[tokio::test]
async fn a_denial_is_noted_and_a_feed_that_is_removed_is_given_back() {
    let denied = scene(plain_feed, accepted()).await;
    let request = denied.asked("/hub", 1).await;
    let answer = verify(denied.here, &request, "denied", &request.topic, 0).await;
    assert_eq!(answer.0, 200);
    let standing = denied.subscription().await.unwrap().standing;
    assert_eq!(
        standing,
        Standing::Denied {
            why: "no more room".to_owned()
        }
    );
    let body = news("a");
    let answer = push(
        denied.here,
        &request,
        &[("X-Hub-Signature", &signature(&request, body.as_bytes()))],
        body.as_bytes(),
    )
    .await;
    assert_eq!(answer.0, 410);
    denied.stop().await.finish().await;

    let scene = scene(plain_feed, accepted()).await;
    let request = scene.asked("/hub", 1).await;
    scene.confirm(&request).await;
    scene.house.write("feeds.toml", "");
    scene.running.reload.notify_one();
    let end = scene.asked("/hub", 2).await;
    assert_eq!(
        (end.mode.as_str(), &end.topic, &end.callback),
        ("unsubscribe", &request.topic, &request.callback)
    );
    let answer = verify(scene.here, &end, "unsubscribe", &end.topic, 0).await;
    assert_eq!(answer, (200, "a challenge & more".to_owned()));
    scene.until(|known| known.is_none()).await;
    let answer = push(
        scene.here,
        &request,
        &[("X-Hub-Signature", &signature(&request, body.as_bytes()))],
        body.as_bytes(),
    )
    .await;
    assert_eq!(answer.0, 404);
    scene.stop().await.finish().await;
}

#[tokio::test]
async fn what_is_too_large_or_asked_in_another_way_is_refused() {
    let house = House::new().await;
    house.feeds.serve("/feed.xml", plain_feed(&house));
    house.feeds.serve("/hub", accepted());
    let toml = std::fs::read_to_string(house.config().join("wirewatch.toml")).unwrap();
    house.write(
        "wirewatch.toml",
        &toml.replace("gap = ", "max_size = \"10 KB\"\ngap = "),
    );
    let scene = scene_in(house).await;
    let request = scene.asked("/hub", 1).await;
    scene.confirm(&request).await;
    let large = vec![b' '; 200_000];
    let path = request.callback.path().to_owned();
    for (case, method, path, body, status) in [
        ("too large", "POST", path.as_str(), large.as_slice(), 413),
        ("another method", "PUT", path.as_str(), b"".as_slice(), 405),
        ("nothing is there", "GET", "/", b"".as_slice(), 404),
        ("a guess", "POST", "/wire/websub/guess", b"x".as_slice(), 404),
    ] {
        assert_eq!(call(scene.here, method, path, &[], body).await.0, status, "{case}");
    }
    scene.stop().await.finish().await;
}

#[tokio::test]
async fn a_subscription_outlives_a_restart() {
    let first = scene(plain_feed, accepted()).await;
    let request = first.asked("/hub", 1).await;
    first.confirm(&request).await;
    let house = first.stop().await;
    let second = scene_in(house).await;
    let body = news("a");
    let answer = push(
        second.here,
        &request,
        &[("X-Hub-Signature", &signature(&request, body.as_bytes()))],
        body.as_bytes(),
    )
    .await;
    assert_eq!(answer.0, 202);
    second.house.mail.mail(1).await;
    assert_eq!(
        second.house.feeds.requests_for("/hub").len(),
        1,
        "nothing was asked anew"
    );
    second.stop().await.finish().await;
}
