//! Our own network is down: one message, no feed is blamed, and no burst when it is back.

use std::time::Duration;

use jiff::Timestamp;
use wirewatch::daemon::Clock;
use wirewatch::feed::State;
use wirewatch::store::Store;

use super::{HOUR, MINUTE, house, live, mails, subjects, wait_for_mails};
use crate::house::feed_server::{FeedServer, Page};
use crate::house::wirewatch::{House, Running, rss};

/// Forty feeds on four sites.
async fn sites(house: &House) -> Vec<FeedServer> {
    let mut servers = Vec::new();
    let mut tables = String::new();
    for site in 0..4 {
        let server = FeedServer::start().await;
        for n in 0..10 {
            let path = format!("/{n}.xml");
            server.serve(
                &path,
                Page::feed(rss(&format!("Desk {site}-{n}"), &[("old", "Rain in Sikasso", "")])),
            );
            tables.push_str(&format!("[feeds.s{site}-{n}]\nurls = [\"{}\"]\n", server.url(&path)));
        }
        servers.push(server);
    }
    house.write("feeds.toml", &tables);
    servers
}

fn asked(servers: &[FeedServer]) -> usize {
    servers.iter().map(|server| server.requests().len()).sum()
}

/// Lets time pass until a given time; gives how many requests came in each second of it.
async fn measured(
    house: &House,
    running: &mut Running,
    servers: &[FeedServer],
    time: Duration,
) -> Vec<(Timestamp, usize)> {
    let until = house.clock.now() + time;
    let mut seconds = Vec::new();
    let mut before = asked(servers);
    loop {
        let next = running.settled(&house.clock).await;
        let count = asked(servers) - before;
        before += count;
        if count > 0 {
            seconds.push((house.clock.now(), count));
        }
        if house.clock.now() >= until {
            return seconds;
        }
        house.clock.turn_to(next.min(until));
    }
}

#[tokio::test]
async fn three_days_without_our_own_network_one_message_no_feed_given_up_everything_caught_up_after() {
    let mut house = house("").await;
    let mut servers = sites(&house).await;
    let mut running = house.start();
    live(&house, &mut running, 2 * HOUR).await;
    for server in &mut servers {
        server.go_down().await;
    }
    house.mail.go_down().await;
    live(&house, &mut running, 36 * HOUR).await;
    let down = house.store().feeds().await.unwrap();
    let named = down
        .iter()
        .filter(|feed| State::of(feed, house.clock.now()).name() == "no network");
    assert_eq!(named.count(), 40, "every feed is named for what it is");
    // A restart in the middle of it changes nothing.
    running.stop().await;
    running = house.start();
    live(&house, &mut running, 36 * HOUR).await;
    // Not in the minutes before the mail that waits is tried again: it would be in time to say that the network is down.
    while let Some(due) = house.store().next_due().await.unwrap()
        && due < house.clock.now() + 10 * MINUTE
    {
        live(&house, &mut running, MINUTE).await;
    }
    for (site, server) in servers.iter_mut().enumerate() {
        // What was published meanwhile, one entry a feed, each of a story of its own.
        for n in 0..10 {
            let (guid, title) = (format!("new-{site}-{n}"), format!("Kayes: {}", NEWS[site * 10 + n]));
            let page = Page::feed(rss("Desk", &[(&*guid, &*title, ""), ("old", "Rain in Sikasso", "")]));
            server.serve(&format!("/{n}.xml"), page);
        }
        server.come_up().await;
    }
    house.mail.come_up().await;
    let back = house.clock.now();
    let seconds = measured(&house, &mut running, &servers, HOUR).await;
    let busiest = seconds.iter().map(|(_, count)| *count).max().unwrap();
    let first = seconds[0].0;
    let mut fresh = 0;
    let caught_up = seconds.iter().find(|(_, count)| {
        fresh += count;
        fresh >= 40
    });
    println!(
        "after 72 hours without network: first answer after {} s, all 40 feeds {} s later, at most {busiest} requests in a second",
        first.duration_since(back).as_secs(),
        caught_up.unwrap().0.duration_since(first).as_secs(),
    );
    assert!(busiest <= 2, "no burst: {seconds:?}");
    assert!(
        caught_up.unwrap().0.duration_since(first).as_secs() <= 60,
        "caught up: {seconds:?}"
    );
    live(&house, &mut running, 8 * HOUR).await;
    running.stop().await;
    house.round().await;
    let all = mails(&house);
    let operator: Vec<&(String, String, String)> =
        all.iter().filter(|(_, to, _)| to == "operator@example.org").collect();
    assert_eq!(operator.len(), 1, "one message, no feed blamed: {operator:#?}");
    assert_eq!(
        operator[0].0,
        "[Wirewatch] No feed could be reached for 3 days; now they are read again"
    );
    let mut alerted: Vec<&str> = NEWS
        .iter()
        .copied()
        .filter(|news| all.iter().any(|(.., text)| text.contains(news)))
        .collect();
    alerted.sort_unstable();
    alerted.dedup();
    assert_eq!(alerted.len(), 40, "nothing is lost");
    for feed in house.store().feeds().await.unwrap() {
        assert_eq!((feed.failures, feed.told), (0, None), "{feed:?}");
    }
    house.finish().await;
}

#[tokio::test]
async fn with_a_mail_server_in_the_house_an_outage_is_told_when_it_begins_and_when_it_ends() {
    let house = house("").await;
    let mut servers = sites(&house).await;
    let mut running = house.start();
    live(&house, &mut running, 2 * HOUR).await;
    for server in &mut servers {
        server.go_down().await;
    }
    live(&house, &mut running, 6 * HOUR).await;
    wait_for_mails(&house, 1).await;
    // One site stays down: from now on that is its own fault, and no older than the outage's end.
    for server in &mut servers[..3] {
        server.come_up().await;
    }
    live(&house, &mut running, 150 * MINUTE).await;
    wait_for_mails(&house, 2).await;
    assert_eq!(
        subjects(&house),
        [
            "[Wirewatch] No feed can be reached: is this machine's network down?".to_owned(),
            subjects(&house)[1].clone()
        ]
    );
    assert!(subjects(&house)[1].starts_with("[Wirewatch] No feed could be reached for"));
    live(&house, &mut running, 5 * HOUR).await;
    wait_for_mails(&house, 3).await;
    running.stop().await;
    house.round_after(HOUR).await;
    let failing = mails(&house).split_off(2);
    let count: usize = failing
        .iter()
        .map(|(.., text)| text.matches("cannot connect to").count())
        .sum();
    assert_eq!(count, 10, "the feeds of that site, each once: {failing:#?}");
    assert!(failing.len() <= 2, "{:?}", subjects(&house));
    assert!(
        failing[0].0.contains("could not be read for 3 hours"),
        "{:?}",
        subjects(&house)
    );
    house.finish().await;
}

/// Headlines of forty different events.
const NEWS: [&str; 40] = [
    "cholera vaccination begins",
    "teachers strike over pay",
    "gold mine collapses",
    "airport runway reopens",
    "new governor sworn in",
    "locusts destroy millet",
    "football cup final tonight",
    "hospital gets generator",
    "customs seize ivory",
    "railway line restored",
    "peacekeepers hand over base",
    "bakers raise bread price",
    "museum opens wing",
    "floods cut highway",
    "journalist released",
    "court jails smugglers",
    "solar park inaugurated",
    "fishermen protest dam",
    "refugees return home",
    "electricity rationed again",
    "mayor resigns abruptly",
    "cotton harvest record",
    "army parade cancelled",
    "university exams postponed",
    "bridge toll doubled",
    "measles outbreak declared",
    "cattle market shut",
    "radio station suspended",
    "water tower built",
    "fuel tanker overturns",
    "prisoners escape overnight",
    "festival draws thousands",
    "embassy advises caution",
    "wildfire nears village",
    "bank branch robbed",
    "ferry service halted",
    "tomato growers organise",
    "census takers attacked",
    "telecom mast sabotaged",
    "archbishop visits parish",
];
