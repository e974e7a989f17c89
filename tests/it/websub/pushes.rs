//! What is pushed and what is polled are one feed: the same entries under the same keys, and no gap where pushes came.

use wirewatch::store::Store;

use super::{MINUTE, Scene, accepted, linked, scene};
use crate::house::hub::{Request, push, signature};

/// Guid, link, title, hour of the day.
type Item = (&'static str, &'static str, &'static str, u8);

fn feed(items: &[Item]) -> String {
    let items: String = items
        .iter()
        .map(|(guid, link, title, hour)| {
            format!(
                "<item><guid isPermaLink=\"false\">{guid}</guid><link>https://desk.example/{link}</link>\
                 <title>{title}</title><pubDate>Mon, 02 Mar 2026 {hour:02}:00:00 GMT</pubDate></item>\n"
            )
        })
        .collect();
    format!("<rss version=\"2.0\"><channel><title>Desk</title>\n{items}</channel></rss>")
}

/// A feed that listed these items when it was first read, and a hub that has confirmed.
async fn pushed(items: &[Item]) -> (Scene, Request) {
    let body = feed(items);
    let scene = scene(
        |house| {
            linked(
                &body,
                house.feeds.url("/hub").as_str(),
                house.feeds.url("/feed.xml").as_str(),
            )
        },
        accepted(),
    )
    .await;
    let request = scene.asked("/hub", 1).await;
    scene.confirm(&request).await;
    (scene, request)
}

/// The hub pushes these items, one by one.
async fn push_each(scene: &Scene, request: &Request, items: &[Item]) {
    for item in items {
        let before = scene.subscription().await.unwrap().pushes;
        let body = feed(&[*item]);
        let right = signature(request, body.as_bytes());
        push(scene.here, request, &[("X-Hub-Signature", &right)], body.as_bytes()).await;
        scene
            .until(|known| known.is_some_and(|known| known.pushes == before + 1))
            .await;
    }
}

/// The feed lists these items, and is polled.
async fn poll(scene: &mut Scene, request: &Request, items: &[Item]) {
    scene.house.feeds.serve(
        "/feed.xml",
        linked(&feed(items), scene.house.feeds.url("/hub").as_str(), &request.topic),
    );
    scene.house.clock.turn(61 * MINUTE);
    scene.running.settled(&scene.house.clock).await;
}

const OLD: [Item; 3] = [
    ("o3", "o3", "Rain in Kayes", 3),
    ("o2", "o2", "Rain in Nioro", 2),
    ("o1", "o1", "Rain in Yélimané", 1),
];

#[tokio::test]
async fn what_was_pushed_between_two_polls_was_not_missed() {
    let new = [
        ("n3", "n3", "Harvest in Sikasso", 6),
        ("n2", "n2", "Harvest in Koutiala", 5),
        ("n1", "n1", "Harvest in Bougouni", 4),
    ];
    let (mut scene, request) = pushed(&OLD).await;
    push_each(&scene, &request, &[new[2], new[1], new[0]]).await;
    // Nothing is left of what the last poll saw, and yet nothing came and went unseen; one entry is just out.
    let mut listed = vec![("n4", "n4", "Harvest in Kadiolo", 7)];
    listed.extend(new);
    poll(&mut scene, &request, &listed).await;
    let feed = scene.house.store().feeds().await.unwrap().remove(0);
    assert_eq!(feed.past.missed, None);
    // One push of many: what lies before it may have come and gone.
    let holes = [
        ("p9", "p9", "Market in Ansongo", 12),
        ("p8", "p8", "Market in Ménaka", 11),
        ("p7", "p7", "Market in Bourem", 10),
    ];
    push_each(&scene, &request, &holes[..1]).await;
    poll(&mut scene, &request, &holes).await;
    let feed = scene.house.store().feeds().await.unwrap().remove(0);
    assert_eq!(feed.past.missed.map(|missed| missed.times), Some(1));
    scene.stop().await.finish().await;
}

#[tokio::test]
async fn one_id_for_all_entries_makes_no_two_pushes_one_entry_and_no_entry_two() {
    let (one, two) = (
        ("id", "a", "Shots in Gao at dawn", 6),
        ("id", "b", "Gao: the central market burns, traders flee", 7),
    );
    let old = OLD.map(|(_, link, title, hour)| ("id", link, title, hour));
    let (mut scene, request) = pushed(&old).await;
    push_each(&scene, &request, &[one, two]).await;
    scene.house.mail.mail(2).await;
    poll(&mut scene, &request, &[two, one, old[0], old[1]]).await;
    poll(&mut scene, &request, &[two, one, old[0]]).await;
    let feed = scene.house.store().feeds().await.unwrap().remove(0);
    assert_eq!(feed.past.missed, None);
    assert_eq!(scene.house.store().tally().await.unwrap().entries, 5);
    assert_eq!(scene.subscription().await.unwrap().missed, 0, "the hub brought both");
    let house = scene.stop().await;
    assert_eq!(house.mail.mails().len(), 2);
    house.finish().await;
}

#[tokio::test]
async fn an_id_that_turns_out_to_be_everybodys_makes_no_pushed_entry_new() {
    let (one, two) = (
        ("id", "a", "Shots in Gao at dawn", 6),
        ("id", "b", "Gao: the central market burns, traders flee", 7),
    );
    let (mut scene, request) = pushed(&OLD).await;
    // The first under that id; with the second, the poll knows both by their links.
    push_each(&scene, &request, &[one]).await;
    scene.house.mail.mail(1).await;
    poll(&mut scene, &request, &[two, one, OLD[0], OLD[1]]).await;
    scene.house.mail.mail(2).await;
    assert_eq!(scene.subscription().await.unwrap().missed, 1, "the second alone");
    poll(&mut scene, &request, &[two, one, OLD[0]]).await;
    let house = scene.stop().await;
    assert_eq!(house.mail.mails().len(), 2);
    house.finish().await;
}

#[tokio::test]
async fn pushes_count_where_all_ids_change() {
    let new = [
        ("n3", "n3", "Shots in Gao at dawn", 6),
        ("n2", "n2", "Gao: the central market burns, traders flee", 5),
        ("n1", "n1", "Floods cut the road from Gao to Ansongo", 4),
    ];
    let (mut scene, request) = pushed(&OLD).await;
    push_each(&scene, &request, &[new[2], new[1], new[0]]).await;
    scene.house.mail.mail(3).await;
    let other = new.map(|(guid, link, title, hour)| {
        (
            if guid == "n3" {
                "m3"
            } else if guid == "n2" {
                "m2"
            } else {
                "m1"
            },
            link,
            title,
            hour,
        )
    });
    poll(&mut scene, &request, &other).await;
    let feed = scene.house.store().feeds().await.unwrap().remove(0);
    assert_eq!(feed.past.missed, None);
    assert!(feed.past.rekeyed.is_some(), "told as what it is");
    assert_eq!(scene.subscription().await.unwrap().missed, 0);
    let house = scene.stop().await;
    assert_eq!(house.mail.mails().len(), 3);
    house.finish().await;
}
