//! `feeds discover`, the report of `feeds import` and `check --online`: what a first look at feeds says.

use super::{house, json, ok, steady, wirewatch, write};
use crate::house::feed_server::Page;
use crate::house::wirewatch::{House, rss};

const LONG: &str = "The market of the town opened again after two weeks, traders said, and lorries from three regions were seen \
                    at its gates before dawn. Prices of rice and millet fell by a tenth, those of fuel did not. The prefect \
                    asked people to keep the road to the ferry free, and promised that the bridge will be mended before the \
                    rains. Schools stay closed until Monday.";

fn news() -> Page {
    Page::feed(rss("News", &[("a", "A", LONG), ("b", "B", LONG), ("c", "C", LONG)]))
}

fn lines() -> Page {
    Page::feed(rss(
        "Lines",
        &[("a", "A", "Short."), ("b", "B", "Short."), ("c", "C", "Short.")],
    ))
}

fn page(head: &str) -> Page {
    Page::html(format!(
        "<!doctype html><html><head>{head}</head><body><p>Hello</p></body></html>"
    ))
}

/// Every kind of feed that an old list holds.
fn serve_all(house: &House) {
    let feeds = &house.feeds;
    feeds.serve("/news.xml", news());
    feeds.serve("/lines.xml", lines());
    feeds.serve(
        "/page",
        page("<link rel=alternate type=application/rss+xml href=real.xml>"),
    );
    feeds.serve("/real.xml", news());
    feeds.serve("/bare", page(""));
    feeds.serve("/old.xml", Page::redirect(301, "/new.xml"));
    feeds.serve("/new.xml", news());
    feeds.serve("/gone.xml", Page::status(410));
    feeds.serve("/refused.xml", Page::status(403));
    feeds.serve(
        "/challenge.xml",
        page("<title>Just a moment...</title>")
            .with_status(403)
            .header("cf-mitigated", "challenge"),
    );
    feeds.serve("/broken.xml", Page::status(500));
    feeds.serve("/empty.xml", Page::feed(rss("Empty", &[])));
    let old =
        rss("Old", &[("a", "A", LONG)]).replace("</item>", "<pubDate>Tue, 17 Sep 2019 08:00:00 GMT</pubDate></item>");
    feeds.serve("/dormant.xml", Page::feed(old));
}

fn opml(house: &House) -> String {
    let paths = [
        "news.xml",
        "lines.xml",
        "page",
        "bare",
        "old.xml",
        "gone.xml",
        "missing.xml",
        "refused.xml",
        "challenge.xml",
        "broken.xml",
        "empty.xml",
        "dormant.xml",
    ];
    let outline = |path: &str| {
        let url = house.feeds.url(&format!("/{path}"));
        format!("<outline type=\"rss\" text=\"{path}\" xmlUrl=\"{url}\"/>")
    };
    let outlines: String = paths.map(outline).concat();
    format!("<opml version=\"2.0\"><body>{outlines}</body></opml>")
}

#[tokio::test]
async fn an_import_says_of_each_feed_how_it_is_and_what_to_do() {
    let house = house().await;
    serve_all(&house);
    let file = write(house.path(), "list.opml", opml(&house).as_bytes());
    insta::assert_snapshot!(steady(&house, &ok(&house, &["feeds", "import", &file]).await));
    let asked = house.feeds.requests().len();
    assert_eq!(
        asked,
        12 + 2,
        "each once, a redirect followed, and the better address tried"
    );
    let written = std::fs::read_to_string(house.config().join("imported-list.toml")).unwrap();
    assert!(
        written.contains("/page\"") && !written.contains("real.xml"),
        "nothing is changed unasked: {written}"
    );
}

#[tokio::test]
async fn an_import_writes_better_addresses_where_that_is_wished() {
    let house = house().await;
    serve_all(&house);
    let file = write(house.path(), "list.opml", opml(&house).as_bytes());
    let said = ok(&house, &["feeds", "import", "--mend", "--full-text", &file]).await;
    assert!(said.contains("2 addresses written anew in"), "{said}");
    let written = std::fs::read_to_string(house.config().join("imported-list.toml")).unwrap();
    insta::assert_snapshot!(steady(&house, &written));
    let checked = ok(&house, &["check"]).await;
    assert!(checked.contains("is fine"), "{checked}");
}

#[tokio::test]
async fn a_configuration_is_looked_at_online() {
    let house = house().await;
    let good = wirewatch(&house, &["check", "--online"]).await;
    assert_eq!(good.code, Some(0), "{}", good.err);
    assert!(
        good.out
            .ends_with("1 of 1 feed can be read, 0 of them without a remark; together they hold 3 entries now.\n"),
        "{}",
        good.out
    );
    serve_all(&house);
    house.watch_feeds(&[("desk", "/news.xml"), ("wrong", "/page"), ("no", "/refused.xml")], "");
    let said = wirewatch(&house, &["check", "--online", "--json"]).await;
    assert_eq!(said.code, Some(1), "{}", said.err);
    let lines: Vec<_> = said.out.lines().map(json).collect();
    let findings: Vec<_> = lines.iter().map(|line| line["finding"].as_str().unwrap()).collect();
    assert_eq!(findings, ["fine", "not a feed", "blocked"]);
    assert_eq!(lines[1]["instead"], house.feeds.url("/real.xml").as_str());
}

#[tokio::test]
async fn the_feed_of_a_page_is_found_tried_and_named() {
    let house = house().await;
    let feeds = &house.feeds;
    feeds.serve("/news.xml", news());
    feeds.serve("/comments/feed/", lines());
    let named = page(
        "<link rel=alternate type=application/rss+xml title='Comments' href=/comments/feed/>\
         <link rel=alternate type=application/rss+xml title='All' href=news.xml>\
         <link rel=alternate type=application/atom+xml title='Old' href=/nowhere.xml>",
    );
    feeds.serve("/", named);
    let front = feeds.url("/").to_string();
    insta::assert_snapshot!(steady(&house, &ok(&house, &["feeds", "discover", &front]).await));
    let out = ok(&house, &["feeds", "discover", "--json", &front]).await;
    let lines: Vec<_> = out.lines().map(json).collect();
    let taken: Vec<_> = lines.iter().filter(|line| line["take"] == true).collect();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0]["url"], feeds.url("/news.xml").as_str());
    assert_eq!((&taken[0]["title"], &taken[0]["entries"]), (&"News".into(), &3.into()));

    let itself = ok(&house, &["feeds", "discover", feeds.url("/news.xml").as_str()]).await;
    assert!(
        itself.contains("is a feed itself") && itself.contains("3 entries, without dates"),
        "{itself}"
    );

    feeds.serve("/bare/", page(""));
    feeds.serve("/bare/rss", news());
    let usual = ok(&house, &["feeds", "discover", feeds.url("/bare/").as_str()]).await;
    assert!(
        usual.contains("/bare/rss") && usual.contains("feeds usually lie there"),
        "{usual}"
    );

    feeds.remove("/news.xml");
    feeds.serve("/alone/", page(""));
    feeds.remove("/bare/rss");
    let none = wirewatch(&house, &["feeds", "discover", feeds.url("/alone/").as_str()]).await;
    assert_eq!(none.code, Some(1));
    assert!(none.out.contains("No feed was found"), "{}", none.out);

    let refused = wirewatch(&house, &["feeds", "discover", "gopher://desk.example/"]).await;
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("is not an address on the web"), "{}", refused.err);
}
