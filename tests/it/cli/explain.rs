//! `explain`: would it raise an alert, and why.

use super::{fed, finish, house, ok, program, steady, wirewatch, write};
use crate::house::feed_server::Page;
use crate::house::wirewatch::rss;

#[tokio::test]
async fn a_text_is_explained_and_the_exit_code_says_whether() {
    let house = house().await;
    let rows = [
        (
            "it would",
            &["explain", "--text", "Mali : le Jnim attaque un convoi"][..],
            0,
        ),
        (
            "words too far apart",
            &[
                "explain",
                "--text",
                "Talks with JNIM\n\nA paragraph on something else.\n\nAn attack of flu.",
            ],
            1,
        ),
        (
            "left out by the watch",
            &["explain", "--text", "Football : Ségou gagne"],
            1,
        ),
        ("nothing of it", &["explain", "--text", "Rain in Kayes"], 1),
        (
            "only one watch",
            &["explain", "--watch", "segou", "--text", "Le GSIM attaque à Ségou"],
            0,
        ),
        (
            "a watch asked that no term touched",
            &["explain", "--watch", "segou", "--text", "Rain in Kayes"],
            1,
        ),
        (
            "a watch that is not there",
            &["explain", "--watch", "sego", "--text", "Ségou"],
            2,
        ),
        (
            "a file that is not there",
            &["explain", "--file", "HOUSE/nothing.txt"],
            2,
        ),
    ];
    let mut all = String::new();
    for (what, arguments, code) in rows {
        let arguments: Vec<String> = arguments
            .iter()
            .map(|argument| argument.replace("HOUSE", &house.path().display().to_string()))
            .collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let said = wirewatch(&house, &arguments).await;
        assert_eq!(said.code, Some(code), "{what}: {}{}", said.out, said.err);
        all.push_str(&format!("# {what}: exit code {code}\n{}{}\n", said.out, said.err));
    }
    insta::assert_snapshot!(steady(&house, &all));
}

#[tokio::test]
async fn each_entry_of_a_feed_is_explained_and_a_story_told_twice_counts_once() {
    let house = house().await;
    let feed = rss(
        "Desk",
        &[
            (
                "a",
                "Le GSIM revendique une attaque à Ségou",
                "Trois soldats ont été blessés au poste de contrôle, dit l'armée.",
            ),
            (
                "b",
                "Le GSIM revendique une attaque à Ségou",
                "Trois soldats ont été blessés au poste de contrôle, dit l'armée.",
            ),
            ("c", "Talks with JNIM go on", ""),
            ("d", "Rain in Kayes", ""),
        ],
    );
    let file = write(house.path(), "feed.xml", feed.as_bytes());
    let of_file = wirewatch(&house, &["explain", "--file", &file]).await;
    assert_eq!(of_file.code, Some(0), "{}", of_file.err);
    insta::assert_snapshot!(steady(&house, &of_file.out));
    house.feeds.serve("/feed.xml", Page::feed(feed));
    let of_url = wirewatch(&house, &["explain", house.feeds.url("/feed.xml").as_str()]).await;
    assert_eq!((of_url.code, of_url.out), (Some(0), of_file.out));
}

#[tokio::test]
async fn pages_and_plain_texts_are_read_in_their_encoding() {
    let house = house().await;
    let page = "<html><head><title>Nouvelles</title></head><body><nav>JNIM</nav><p>Calme à Ségou</p></body></html>";
    let latin: Vec<u8> = page.chars().map(|letter| letter as u8).collect();
    let html = write(house.path(), "page.html", &latin);
    let text = write(house.path(), "note.txt", "Calme à Ségou\n\nRien à signaler.".as_bytes());
    house
        .feeds
        .serve("/page", Page::of("text/html; charset=iso-8859-1", latin));
    let url = house.feeds.url("/page").to_string();
    for (what, arguments, title) in [
        ("a page in a file", ["explain", "--file", html.as_str()], "Nouvelles"),
        (
            "a page on the web",
            ["explain", "--watch=segou", url.as_str()],
            "Nouvelles",
        ),
        (
            "a plain text, its first line the title",
            ["explain", "--file", text.as_str()],
            "Calme à Ségou",
        ),
    ] {
        let said = wirewatch(&house, &arguments).await;
        assert_eq!(said.code, Some(0), "{what}: {}{}", said.out, said.err);
        assert_eq!(said.out.lines().next(), Some(title), "{what}");
        assert!(
            said.out.contains("ALERT     segou (normal): “Ségou” appears in the "),
            "{what}: {}",
            said.out
        );
    }
    house.feeds.serve("/down", Page::status(503));
    let down = wirewatch(&house, &["explain", house.feeds.url("/down").as_str()]).await;
    assert_eq!(down.code, Some(2), "{}", down.err);
    assert!(down.err.contains("503"), "{}", down.err);
}

#[tokio::test]
async fn a_watch_that_looks_only_at_some_feeds_says_so_for_a_feed_that_is_configured() {
    let house = house().await;
    house.write(
        "watchlist.toml",
        "[receiver.analyst]\nemail = \"a@example.org\"\n[watch.jnim]\nfind = [\"JNIM\"]\nfeeds = [\"wire\"]\n",
    );
    house.watch_feeds(&[("desk", "/desk.xml"), ("wire", "/wire.xml")], "");
    let said = wirewatch(&house, &["explain", house.feeds.url("/desk.xml").as_str()]).await;
    assert_eq!(said.code, Some(1), "{}", said.err);
    assert!(
        said.out
            .contains("looks only at the feeds wire, and this entry is from desk"),
        "{}",
        said.out
    );
}

#[tokio::test]
async fn a_configuration_with_problems_is_an_error_and_not_a_no() {
    let house = house().await;
    house.write("watchlist.toml", "[watch.jnim]\nfnd = [\"JNIM\"]\n");
    let said = wirewatch(&house, &["explain", "--text", "JNIM"]).await;
    assert_eq!((said.code, said.out.as_str()), (Some(2), ""));
    assert!(said.err.contains("fnd"), "{}", said.err);
    let said = finish(
        program(&["explain", "--config", "/nowhere", "--text", "JNIM"]),
        Vec::new(),
    )
    .await;
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("/nowhere is not a folder"), "{}", said.err);
}

/// A feed that has shown where it reports from tells between towns of one name as it does when the daemon reads it.
#[tokio::test]
async fn the_country_that_a_feed_has_shown_counts_as_it_does_for_the_daemon() {
    let house = house().await;
    house.write(
        "watchlist.toml",
        "[receiver.analyst]\nemail = \"a@example.org\"\n\
         [watch.states]\nwhere = { inside = [\"United States\"] }\nlevel = \"low\"\n",
    );
    let entries: Vec<(String, String)> = (0..25)
        .map(|number| (format!("e{number}"), format!("Fire number {number} in Chicago")))
        .collect();
    let entries: Vec<(&str, &str, &str)> = entries
        .iter()
        .map(|(id, title)| (id.as_str(), title.as_str(), ""))
        .collect();
    house.feeds.serve("/desk.xml", Page::feed(rss("Desk", &entries)));
    house.watch_feeds(&[("desk", "/desk.xml"), ("wire", "/wire.xml")], "");
    let text = ["explain", "--text", "Flood in Birmingham"];
    let feed = |name| [&text[..], &["--feed", name]].concat();
    let said = wirewatch(&house, &feed("desk")).await;
    assert_eq!(said.code, Some(1), "nothing was learnt yet: {}", said.out);
    ok(&house, &["run", "--once"]).await;
    for (what, arguments, code, words) in [
        ("from no feed", text.to_vec(), 1, "“Birmingham” is in United Kingdom"),
        (
            "from the feed",
            feed("desk"),
            0,
            "“Birmingham” in the text lies in United States; the feed reports from United States, as its entries have shown",
        ),
        ("from another", feed("wire"), 1, "“Birmingham” is in United Kingdom"),
        (
            "from none that there is",
            feed("dekk"),
            2,
            "there is no feed `dekk`; there are: desk, wire",
        ),
    ] {
        let said = wirewatch(&house, &arguments).await;
        let told = format!("{}{}", said.out, said.err).replace("in the title", "in the text");
        assert_eq!(said.code, Some(code), "{what}: {told}");
        assert!(told.contains(words), "{what}: {told}");
    }
    let address = house.feeds.url("/desk.xml");
    let documents: String = [
        "\"desk\"",
        &format!("\"{address}\""),
        "\"wire\"",
        "\"desk\",\"country\":\"GB\"",
        "null",
    ]
    .iter()
    .map(|feed| format!("{{\"id\":1,\"title\":\"Flood in Birmingham\",\"feed\":{feed}}}\n"))
    .collect();
    let said = fed(&house, &["scan"], documents).await;
    let fired: Vec<bool> = said
        .out
        .lines()
        .map(|line| line.contains("the feed reports from United States, as its entries have shown"))
        .collect();
    assert_eq!(fired, [true, true, false, false, false], "{}", said.out);
    house.watch_feeds(&[("desk", "/desk.xml")], "country = \"US\"");
    let said = wirewatch(&house, &feed("desk")).await;
    assert!(
        said.out
            .contains("the feed reports from United States, as its table says"),
        "{}",
        said.out
    );
}
