//! A daemon that shall stop gives what is under way ten seconds, and nothing is lost by it.

use std::time::Duration;

use crate::house::feed_server::Page;
use crate::house::wirewatch::House;
use wirewatch::store::Store;

#[tokio::test]
async fn a_server_that_never_ends_its_answer_does_not_keep_the_daemon_from_stopping() {
    let house = House::new().await;
    house.write("watchlist.toml", "[watch.kayes]\nfind = [\"Kayes\"]\n");
    house.watch_feeds(&[("desk", "/desk.xml")], "");
    house.feeds.serve("/desk.xml", Page::feed("<rss>").stalled());
    let running = house.start();
    house.feeds.wait_for_requests(1).await;
    running.stop_by(&house.clock, Duration::from_secs(10)).await;
    let feeds = house.store().feeds().await.unwrap();
    assert_eq!(feeds.len(), 1);
    assert_eq!(
        feeds[0].last_polled, None,
        "its answer was not waited for; it is due again"
    );
    house.finish().await;
}
