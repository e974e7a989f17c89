//! `feeds`: how they are, what they hold, in and out.

use jiff::Timestamp;
use wirewatch::feed::{Offer, Standing, Subscription};
use wirewatch::store::{Sqlite, Store};

use super::{finish, house, json, keys, lived_in, ok, program, steady, wirewatch, write};
use crate::house::feed_server::Page;

const DESK: &str = r#"<?xml version="1.0"?>
<rss version="2.0"><channel><title>Desk &amp; Co</title><link>https://desk.example/</link>
<item><guid>a</guid><title>Rain in Kayes</title><link>https://desk.example/a</link>
<pubDate>Tue, 17 Sep 2024 07:40:00 +0000</pubDate><description>&lt;p&gt;The season is &lt;b&gt;late&lt;/b&gt;.&lt;/p&gt;</description></item>
<item><title></title></item>
</channel></rss>"#;

#[tokio::test]
async fn the_list_says_how_each_feed_is_and_when_it_is_asked_again() {
    let house = lived_in().await;
    insta::assert_snapshot!(steady(&house, &ok(&house, &["feeds", "list"]).await));
    let out = ok(&house, &["feeds", "list", "--json"]).await;
    let lines: Vec<_> = out.lines().map(json).collect();
    let states: Vec<_> = lines.iter().map(|line| (&line["group"], &line["state"])).collect();
    assert_eq!(states.len(), 3);
    assert!(states.contains(&(&"desk".into(), &"fine".into())));
    assert!(states.contains(&(&"gone".into(), &"not a feed".into())));
    let desk = lines.iter().find(|line| line["group"] == "desk").unwrap();
    assert_eq!((&desk["title"], &desk["entries_last"]), (&"Desk".into(), &3.into()));
    assert!(desk["next_poll"].as_i64() > desk["last_read"].as_i64(), "{desk}");
    let exported = ok(&house, &["feeds", "export"]).await;
    assert!(
        exported.contains("text=\"Desk\""),
        "once it was read, a feed goes by its own name: {exported}"
    );
    house.finish().await;
}

#[tokio::test]
async fn before_the_first_run_the_lists_say_so() {
    let house = house().await;
    let feeds = ok(&house, &["feeds", "list"]).await;
    insta::assert_snapshot!(steady(&house, &feeds));
    std::fs::create_dir(house.store_folder()).unwrap();
    assert_eq!(
        ok(&house, &["feeds", "list"]).await,
        feeds,
        "a folder without a store is no store"
    );
    let yet = "Nothing has run with this configuration yet; `wirewatch run` starts it.\n";
    assert_eq!(ok(&house, &["alerts", "list"]).await, yet);
    assert_eq!(ok(&house, &["alerts", "list", "--json"]).await, "");
    assert_eq!(ok(&house, &["deliveries", "list", "--all", "--json"]).await, "");
    let why = wirewatch(&house, &["why", "https://news.example/a"]).await;
    assert_eq!((why.code, why.out.as_str()), (Some(1), yet));
    let show = wirewatch(&house, &["alerts", "show", "00"]).await;
    assert_eq!(show.code, Some(1));
    let resend = wirewatch(&house, &["alerts", "resend", "00"]).await;
    assert_eq!(resend.code, Some(1));
    assert!(
        resend.err.contains("there is none yet; `wirewatch run` makes it"),
        "{}",
        resend.err
    );
    house.write("feeds.toml", "");
    let none = ok(&house, &["feeds", "list"]).await;
    assert!(none.starts_with("No feeds are configured"), "{none}");
}

/// A saved file has no address of its own; the base of the document goes before the one that is given.
#[tokio::test]
async fn a_saved_feed_has_whole_links_by_its_address() {
    let folder = tempfile::tempdir().unwrap();
    let feed = |base: &str| {
        format!(
            "<feed xmlns='http://www.w3.org/2005/Atom'{base}><title>Desk</title><entry><id>1</id><title>a</title><link href='a/1'/></entry></feed>"
        )
    };
    let plain = write(folder.path(), "plain.xml", feed("").as_bytes());
    let own = write(
        folder.path(),
        "own.xml",
        feed(" xml:base='https://own.example/'").as_bytes(),
    );
    let table = [
        (&plain, None, "a/1"),
        (
            &plain,
            Some("https://news.example/x/feed.xml"),
            "https://news.example/x/a/1",
        ),
        (&own, Some("https://news.example/x/feed.xml"), "https://own.example/a/1"),
    ];
    for (file, base, link) in table {
        let mut words = vec!["feeds", "parse", "--json", file.as_str()];
        words.extend(base.into_iter().flat_map(|base| ["--base", base]));
        let said = finish(program(&words), Vec::new()).await;
        assert_eq!(json(&said.out)["entries"][0]["link"], link, "{base:?}");
    }
    for base in ["news.example", "file:///tmp/x", "https://"] {
        let said = finish(program(&["feeds", "parse", &plain, "--base", base]), Vec::new()).await;
        assert_eq!(said.code, Some(1), "{base}");
        assert!(said.err.contains("--base"), "{}", said.err);
    }
}

#[tokio::test]
async fn parse_needs_no_configuration_and_a_broken_feed_does_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let good = write(folder.path(), "good.xml", DESK.as_bytes());
    let page = write(
        folder.path(),
        "page.html",
        b"<html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"https://desk.example/feed\"></head><body>x</body></html>",
    );
    let house = house().await;
    house.feeds.serve("/desk", Page::feed(DESK));
    let url = house.feeds.url("/desk").to_string();
    let mut command = program(&["feeds", "parse", "--json", &good, &page, "/nowhere.xml", &url]);
    command.current_dir(folder.path());
    let said = finish(command, Vec::new()).await;
    assert_eq!(said.code, Some(1), "{}", said.err);
    let lines: Vec<_> = said.out.lines().map(json).collect();
    assert_eq!(lines.len(), 4);
    for line in &lines {
        assert_eq!(keys(line), ["entries", "error", "link", "path", "repairs", "title"]);
    }
    assert!(lines[1]["error"].as_str().unwrap().contains("web page"), "{}", lines[1]);
    assert!(
        lines[2]["error"].as_str().unwrap().contains("cannot read /nowhere.xml"),
        "{}",
        lines[2]
    );
    assert_eq!(
        (&lines[1]["entries"], &lines[1]["title"]),
        (&serde_json::json!([]), &serde_json::Value::Null)
    );
    for (at, path) in [(0, &good), (3, &url)] {
        assert_eq!(lines[at]["path"], **path);
        assert!(lines[at]["error"].is_null());
        assert_eq!(lines[at]["title"], "Desk & Co");
        assert_eq!(lines[at]["link"], "https://desk.example/");
        let entry = &lines[at]["entries"][0];
        assert_eq!(
            keys(entry),
            ["id", "key", "link", "published", "text", "title", "updated"]
        );
        assert_eq!(
            (&entry["published"], &entry["updated"]),
            (&1_726_558_800.into(), &serde_json::Value::Null)
        );
        assert_eq!(
            (&entry["id"], &entry["text"]),
            (&"a".into(), &"The season is late.".into())
        );
    }
    assert!(said.out.starts_with("{\"path\":"), "in the promised order");
    let mut command = program(&["feeds", "parse", "good.xml", "page.html"]);
    command.current_dir(folder.path());
    insta::assert_snapshot!(finish(command, Vec::new()).await.out);
}

const OPML: &str = r#"<opml version="2.0"><body>
<outline text="Sahel"><outline type="rss" text="A &amp; B" xmlUrl="https://a.example/rss"/>
<outline type="rss" text="C" xmlUrl="https://c.example/rss"/></outline>
<outline type="rss" text="Desk" xmlUrl="DESK"/></body></opml>"#;

#[tokio::test]
async fn feeds_come_from_another_reader_and_go_to_another() {
    let house = house().await;
    let opml = OPML.replace("DESK", house.feeds.url("/desk.xml").as_str());
    let file = write(house.path(), "My feeds.opml", opml.as_bytes());
    let first = ok(&house, &["feeds", "import", "--offline", &file]).await;
    insta::assert_snapshot!(steady(&house, &first));
    let written = std::fs::read_to_string(house.config().join("imported-my-feeds.toml")).unwrap();
    insta::assert_snapshot!(written);
    let again = ok(&house, &["feeds", "import", "--offline", &file]).await;
    assert_eq!(again, "Nothing to add: its 3 feeds are watched already.\n");
    let exported = ok(&house, &["feeds", "export"]).await;
    insta::assert_snapshot!(steady(&house, &exported));
    let back = write(house.path(), "back.opml", exported.as_bytes());
    let back = ok(&house, &["feeds", "import", "--offline", &back]).await;
    assert_eq!(back, "Nothing to add: its 3 feeds are watched already.\n");
}

/// Lists of other programs, as they write them: what is read, and what is left out and named.
#[tokio::test]
async fn an_import_takes_what_it_can() {
    let list = |outlines: &str| format!("<opml version=\"1.1\"><body>{outlines}</body></opml>");
    let outline = |title: &str, url: &str| format!("<outline text=\"{title}\" xmlUrl=\"{url}\"/>");
    let latin = |declared: &str| {
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"{declared}\"?>{}",
            list(&outline("S\u{e9}gou", "https://a.example/rss"))
        );
        text.chars()
            .map(|char| u8::try_from(u32::from(char)).unwrap())
            .collect::<Vec<u8>>()
    };
    let utf_16 = |big: bool| {
        let text = format!("\u{feff}{}", list(&outline("S\u{e9}gou", "https://a.example/rss")));
        let pair = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        text.encode_utf16().flat_map(pair).collect::<Vec<u8>>()
    };
    let odd = [
        outline("A", "https://a.example/rss"),
        outline("B", "feed://b.example/rss"),
        outline("C", "feed:https://c.example/rss"),
        outline("D", "gopher://d.example/"),
        outline("E", "file:///etc/passwd"),
        outline("F", "https://f.example/a b"),
        outline("G", "not an address"),
        outline("H", "feed:file:///etc/passwd"),
    ];
    let one: &[(&str, &str)] = &[("S\u{e9}gou", "https://a.example/rss")];
    type Row<'a> = (&'a str, Vec<u8>, &'a [(&'a str, &'a str)], &'a [&'a str]);
    let table: &[Row<'_>] = &[
        ("Latin 1, declared", latin("ISO-8859-1"), one, &[]),
        ("Latin 1, declared as UTF-8", latin("UTF-8"), one, &[]),
        ("UTF-16, little end first", utf_16(false), one, &[]),
        ("UTF-16, big end first", utf_16(true), one, &[]),
        (
            "odd addresses",
            list(&odd.concat()).into_bytes(),
            &[
                ("A", "https://a.example/rss"),
                ("B", "https://b.example/rss"),
                ("C", "https://c.example/rss"),
            ],
            &[
                "`gopher:` is not an address to ask",
                "names a file of this machine",
                "it is not an address",
            ],
        ),
        (
            "a title with quotes",
            list(&outline("The &quot;Desk&quot; \\ Co", "https://a.example/rss")).into_bytes(),
            &[("The \"Desk\" \\ Co", "https://a.example/rss")],
            &[],
        ),
    ];
    for (case, bytes, feeds, words) in table {
        let house = house().await;
        let file = write(house.path(), "list.opml", bytes);
        let said = wirewatch(&house, &["feeds", "import", "--offline", &file]).await;
        assert_eq!(said.code, Some(0), "{case}: {}", said.err);
        for word in *words {
            assert!(said.err.contains(word), "{case}: {word} in {}", said.err);
        }
        assert!(
            !said.err.contains("passwd") || said.err.contains("left out"),
            "{case}: {}",
            said.err
        );
        let written = std::fs::read_to_string(house.config().join("imported-list.toml")).unwrap();
        assert!(!written.contains("passwd"), "{case}: {written}");
        let exported = ok(&house, &["feeds", "export"]).await;
        for (title, url) in *feeds {
            let title = title.replace('"', "&quot;");
            let line = format!("text=\"{title}\" xmlUrl=\"{url}\"");
            assert!(
                exported.contains(&line),
                "{case}: {line} before the first poll in {exported}"
            );
        }
    }
}

#[tokio::test]
async fn an_import_that_cannot_be_used_changes_nothing() {
    let house = house().await;
    let files = || {
        let mut names: Vec<_> = std::fs::read_dir(house.config())
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    let before = files();
    for (what, text, words) in [
        ("no OPML", "<html/>", "is not OPML"),
        (
            "no feed in it",
            "<opml><body/></opml>",
            "no outline in it has an xmlUrl",
        ),
        (
            "an address that is none",
            "<opml><body><outline xmlUrl=\"gopher://a.example/\"/></body></opml>",
            "can be asked; nothing was taken over",
        ),
    ] {
        let file = write(house.path(), "list.opml", text.as_bytes());
        let said = wirewatch(&house, &["feeds", "import", "--offline", &file]).await;
        assert_eq!(said.code, Some(1), "{what}: {}", said.out);
        assert!(said.err.contains(words), "{what}: {}", said.err);
        assert_eq!(files(), before, "{what}");
    }
    let good = OPML.replace("DESK", "https://d.example/rss");
    let file = write(house.path(), "list.opml", good.as_bytes());
    ok(&house, &["feeds", "import", "--offline", &file]).await;
    let more = good.replace("d.example", "e.example");
    let file = write(house.path(), "list.opml", more.as_bytes());
    let said = wirewatch(&house, &["feeds", "import", "--offline", &file]).await;
    assert_eq!(said.code, Some(1));
    assert!(
        said.err
            .contains("imported-list.toml is there already, from an earlier import"),
        "{}",
        said.err
    );
}

#[tokio::test]
async fn the_list_says_which_hubs_can_be_relied_on() {
    let house = lived_in().await;
    let feeds = house.store().feeds().await.unwrap();
    let none = ok(&house, &["feeds", "list"]).await;
    assert!(!none.contains("Hubs"), "{none}");
    let now: Timestamp = "2026-03-02T08:00:00Z".parse().unwrap();
    let store = Sqlite::open(&house.store_folder()).unwrap();
    for (feed, (pushes, missed)) in feeds.iter().zip([(0, 7), (3, 0)]) {
        let offer = Offer {
            hub: "https://hub.example/".to_owned(),
            topic: feed.url.clone(),
        };
        let until: Timestamp = "2125-03-02T08:00:00Z".parse().unwrap();
        let subscription = Subscription {
            standing: Standing::Stands { until },
            pushes,
            missed,
            ..Subscription::new(offer, format!("token-{pushes}"), "secret".to_owned(), now)
        };
        store.subscribe(&feed.url, Some(subscription)).await.unwrap();
    }
    drop(store);
    let list = ok(&house, &["feeds", "list"]).await;
    for said in [
        "Hubs that tell of news without being asked: 1 of 2 can be relied on.",
        "https://hub.example/ never tells of news: polls found 7 entries. It is not relied on\n",
        "https://hub.example/ tells of news at once, 3 times so far\n",
    ] {
        assert!(list.contains(said), "{said}\n{list}");
    }
    let out = ok(&house, &["feeds", "list", "--json"]).await;
    assert!(!out.contains("secret") && !out.contains("token"), "{out}");
    let lines: Vec<_> = out.lines().map(json).collect();
    let hub = |url: &str| lines.iter().find(|line| line["url"] == url).unwrap()["hub"].clone();
    let (distrusted, live) = (hub(&feeds[0].url), hub(&feeds[1].url));
    assert_eq!(
        (&distrusted["state"], &distrusted["missed"]),
        (&"distrusted".into(), &7.into())
    );
    assert_eq!((&live["state"], &live["pushes"]), (&"live".into(), &3.into()));
    assert_eq!(live["until"], 4_896_576_000_i64);
    assert!(hub(&feeds[2].url).is_null());
    house.finish().await;
}
