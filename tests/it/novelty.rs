//! Feeds whose ids change, archives that are shown again, entries that came and went: what is told of each, and what not.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use wirewatch::daemon::Clock;
use wirewatch::store::{Store, StoryMatch};

use crate::house::feed_server::Page;
use crate::house::wirewatch::House;

const HOUR: Duration = Duration::from_secs(3600);
const DAY: u32 = 24;

const WATCHES: &str = "[receiver.operator]\nemail = \"operator@example.org\"\n[receiver.analyst]\nemail = \
                       \"analyst@example.org\"\n[health]\ntell = [\"operator\"]\n";
const WATCH: &str = "[watch.kayes]\nfind = [\"Kayes\"]\ntell = [\"analyst\"]\n";

/// Six events, so that none is the story of another.
const NEWS: [&str; 6] = [
    "Kayes: cholera vaccination begins",
    "Kayes: teachers strike over pay",
    "Gold mine collapses near Kayes",
    "Airport runway of Kayes reopens",
    "New governor of Kayes sworn in",
    "Locusts destroy millet around Kayes",
];

/// An item: what its guid and link begin with, its number in `NEWS`, its age in hours.
fn item(house: &House, prefix: &str, number: usize, hours: u32) -> String {
    let at: Timestamp = "2026-03-02T08:00:00Z".parse().unwrap();
    let date = (at - SignedDuration::from_hours(i64::from(hours))).strftime("%a, %d %b %Y %H:%M:%S GMT");
    let link = house.feeds.url(&format!("/article-{number}"));
    format!(
        "<item><guid isPermaLink=\"false\">{prefix}{number}</guid><link>{link}</link><title>{}</title>\
         <pubDate>{date}</pubDate></item>\n",
        NEWS[number]
    )
}

fn serve(house: &House, path: &str, head: &str, items: &[String]) {
    let body = format!(
        "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><title>Desk</title>{head}{}</channel></rss>",
        items.concat()
    );
    house.feeds.serve(path, Page::feed(body));
}

/// A house that read these items first, when nobody watched for Kayes.
async fn house(items: impl Fn(&House) -> Vec<String>) -> House {
    let house = House::new().await;
    house.write("watchlist.toml", WATCHES);
    house.watch_feeds(&[("desk", "/desk.xml")], "");
    serve(&house, "/desk.xml", "", &items(&house));
    house.round().await;
    house.write("watchlist.toml", &format!("{WATCHES}{WATCH}"));
    house
}

/// Titles of the alerts, and subjects of what the operator was told, in order.
fn told(house: &House) -> (Vec<&'static str>, Vec<String>) {
    let mails = house.mail.mails();
    let subject = |raw: &[u8]| {
        let mail = mail_parser::MessageParser::default().parse(raw).unwrap();
        mail.subject().unwrap().to_owned()
    };
    let subjects: Vec<(bool, String)> = mails
        .iter()
        .map(|mail| (mail.to == ["analyst@example.org"], subject(&mail.raw)))
        .collect();
    let alerts = subjects.iter().filter(|(alert, _)| *alert);
    let alerts = alerts.map(|(_, subject)| *NEWS.iter().find(|news| subject.contains(**news)).unwrap());
    let notices = subjects.iter().filter(|(alert, _)| !alert);
    (alerts.collect(), notices.map(|(_, subject)| subject.clone()).collect())
}

async fn rounds(house: &House, count: usize) {
    for _ in 0..count {
        house.round_after(HOUR).await;
    }
}

#[tokio::test]
async fn a_feed_whose_ids_all_change_repeats_nothing_and_hides_nothing() {
    let months = 90 * DAY;
    let house = house(|house| (0..4).map(|n| item(house, "old-", n, months)).collect()).await;
    let mut items: Vec<String> = (0..4).map(|n| item(&house, "other-", n, months)).collect();
    items.insert(0, item(&house, "other-", 4, 1));
    serve(&house, "/desk.xml", "", &items);
    rounds(&house, 3).await;
    let (alerts, notices) = told(&house);
    assert_eq!(alerts, [NEWS[4]], "what is new among them is told");
    assert_eq!(notices, ["[Wirewatch] The entries of “Desk” have other ids"]);
    items.insert(0, item(&house, "other-", 5, 0));
    serve(&house, "/desk.xml", "", &items);
    rounds(&house, 3).await;
    let (alerts, notices) = told(&house);
    assert_eq!(
        (alerts, notices.len()),
        (vec![NEWS[4], NEWS[5]], 1),
        "under their new ids they are known"
    );
    house.finish().await;
}

#[tokio::test]
async fn a_feed_whose_ids_are_others_at_each_request_is_known_by_its_links() {
    let house = house(|house| (0..4).map(|n| item(house, "a", n, 90 * DAY)).collect()).await;
    for turn in ["b", "c", "d", "e"] {
        let mut items: Vec<String> = (0..4).map(|n| item(&house, turn, n, 90 * DAY)).collect();
        if turn == "e" {
            items.insert(0, item(&house, turn, 5, 1));
        }
        serve(&house, "/desk.xml", "", &items);
        rounds(&house, 1).await;
    }
    let feed = house.store().feeds().await.unwrap().remove(0);
    assert_eq!(format!("{:?}", feed.past.known_by), "Link");
    assert_eq!(
        house.store().tally().await.unwrap().entries,
        4 * 3 + 1,
        "two bodies under other keys, then none"
    );
    rounds(&house, 3).await;
    let (alerts, notices) = told(&house);
    assert_eq!((alerts, notices.len()), (vec![NEWS[5]], 1), "{:?}", told(&house));
    house.finish().await;
}

#[tokio::test]
async fn an_archive_that_is_shown_at_once_is_held_with_its_reason() {
    let house = house(|house| vec![item(house, "a", 5, 2)]).await;
    let mut items: Vec<String> = (0..5).map(|n| item(&house, "a", n, 400 * DAY)).collect();
    items.insert(0, item(&house, "a", 5, 2));
    serve(&house, "/desk.xml", "", &items);
    rounds(&house, 2).await;
    assert_eq!(told(&house), (vec![], vec![]));
    let link = house.feeds.url("/article-3").to_string();
    let row = house.store().entries(&StoryMatch::Link(link)).await.unwrap().remove(0);
    let decision = row.fate.watches[0].decision.clone().unwrap().to_string();
    assert!(
        decision.starts_with("held, since it is old and came at once with others"),
        "{decision}"
    );
    house.finish().await;
}

#[tokio::test]
async fn one_report_with_an_old_date_is_told() {
    let house = house(|house| vec![item(house, "a", 5, 2)]).await;
    serve(
        &house,
        "/desk.xml",
        "",
        &[item(&house, "a", 5, 2), item(&house, "a", 0, 30 * DAY)],
    );
    rounds(&house, 2).await;
    assert_eq!(told(&house).0, [NEWS[0]]);
    house.finish().await;
}

#[tokio::test]
async fn entries_that_came_and_went_are_read_from_the_page_before_once() {
    let house = house(|house| (0..3).map(|n| item(house, "a", n, 10)).collect()).await;
    let next = "<atom:link rel=\"next\" href=\"/desk.xml?page=2\"/>";
    let many: Vec<String> = [5]
        .map(|n| item(&house, "a", n, 0))
        .into_iter()
        .chain(quiet(0..2))
        .collect();
    serve(&house, "/desk.xml", next, &many);
    // The page before holds what was missed, what was known, and what is older than the feed's first reading.
    let before = [
        item(&house, "a", 4, 3),
        item(&house, "a", 2, 10),
        item(&house, "a", 3, 500),
    ];
    serve(&house, "/desk.xml?page=2", "", &before);
    rounds(&house, 4).await;
    let (mut alerts, notices) = told(&house);
    alerts.sort_unstable();
    assert_eq!((alerts, notices), (vec![NEWS[5], NEWS[4]], vec![]));
    assert_eq!(house.feeds.requests_for("/desk.xml?page=2").len(), 1);
    let feed = house.store().feeds().await.unwrap().remove(0);
    assert!(feed.past.missed_lately(house.clock.now()).is_some());
    assert_eq!(
        feed.next.because.to_string(),
        "more often, since entries may have been missed"
    );
    // Again and again: told, once.
    for turn in 1..6 {
        serve(&house, "/desk.xml", "", &quiet(10 * turn..10 * turn + 3));
        rounds(&house, 1).await;
    }
    rounds(&house, 3).await;
    assert_eq!(told(&house).1, ["[Wirewatch] Entries of “Desk” may have been missed"]);
    house.finish().await;
}

/// Items that nobody watches for.
fn quiet(numbers: std::ops::Range<usize>) -> Vec<String> {
    numbers
        .map(|n| format!("<item><guid isPermaLink=\"false\">q{n}</guid><title>Weather, part {n}</title></item>"))
        .collect()
}
