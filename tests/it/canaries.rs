//! Random words in every place where a secret can be; none of them comes out anywhere: not to receivers, not from a command,
//! not in a log at its most talkative.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mail_parser::MessageParser;

use crate::house::feed_server::Page;
use crate::house::mail_server::{Fault, Stage};
use crate::house::webhook_server::Answer;
use crate::house::wirewatch::{House, rss};

const HOUR: Duration = Duration::from_secs(3600);

/// Secrets by the place that they are in.
struct Canaries(Vec<(&'static str, String)>);

impl Canaries {
    fn new(places: &[&'static str]) -> Self {
        let word = |_| fastrand::alphanumeric();
        let planted = places.iter().map(|place| (*place, (0..20).map(word).collect()));
        Self(planted.collect())
    }

    fn of(&self, place: &str) -> &str {
        let (_, word) = self.0.iter().find(|(known, _)| *known == place).unwrap();
        word
    }

    /// The places whose secret comes out in a text: as it is, percent-encoded, or as a part of something in base64.
    fn found_in(&self, text: &str) -> Vec<&'static str> {
        let mut found = Vec::new();
        for (place, word) in &self.0 {
            let percent: String = word.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let mut forms = vec![word.clone(), percent.clone(), percent.to_lowercase()];
            for before in 0..3 {
                // What stays the same whatever comes before and after.
                let coded = STANDARD.encode(format!("{}{word}", &"___"[..before]));
                forms.push(coded[before + 1..coded.len() - 4].to_owned());
            }
            if forms.iter().any(|form| text.contains(form.as_str())) {
                found.push(*place);
            }
        }
        found
    }
}

#[test]
fn a_canary_is_found_in_every_form() {
    let canaries = Canaries::new(&["a", "b"]);
    let word = canaries.of("a");
    let url: String = word.bytes().map(|byte| format!("%{byte:02x}")).collect();
    for text in [
        format!("x{word}y"),
        format!("x{url}"),
        STANDARD.encode(format!("\0user\0{word}")),
        STANDARD.encode(format!("bob:{word}@")),
        STANDARD.encode(word),
    ] {
        assert_eq!(canaries.found_in(&text), ["a"], "{text}");
    }
    assert_eq!(canaries.found_in("nothing"), [""; 0]);
}

/// A house with a secret in every place, and servers that repeat what they are sent.
async fn house(canaries: &Canaries) -> House {
    let house = House::new().await;
    let of = |place: &str| canaries.of(place);
    let at = |user: &str, path: &str| format!("http://{user}@127.0.0.1:{}{path}", house.feeds.port());
    let main = at(
        &format!("{}:{}", of("feed user"), of("feed password")),
        &format!(
            "/main.xml?key={}&lang=fr&{}#{}",
            of("feed token"),
            of("feed bare token"),
            of("feed fragment")
        ),
    );
    let broken = at(
        &format!("u:{}", of("password of a feed that fails")),
        &format!("/gone.xml?t={}", of("token of a feed that fails")),
    );
    let moved = at(&format!("u:{}", of("password of a feed that moved")), "/moved.xml");
    let listed = at(
        &format!("u:{}", of("OPML password")),
        &format!("/listed.xml?t={}", of("OPML token")),
    );
    house.write("feeds.toml", &format!(
        "[feeds.main]\nurls = [\"{main}\"]\nbackfill = \"all\"\nfull_text = true\n\
         [feeds.others]\nurls = [\"{broken}\", \"{moved}\"]\nbackfill = \"all\"\n[feeds.listed]\nopml = \"reader.opml\"\nbackfill = \"all\"\n{}",
        doors(&house)
    ));
    house.write(
        "reader.opml",
        &format!(
            "<opml version=\"2.0\"><body><outline type=\"rss\" text=\"\" xmlUrl=\"{}\"/></body></opml>",
            listed.replace('&', "&amp;")
        ),
    );
    for (file, place) in DOORS {
        house.write(file, canaries.of(place));
    }
    house.write(
        "door-key",
        &format!("-----BEGIN PRIVATE KEY-----\n{}\n", of("client key")),
    );
    house.write(
        "door.pem",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    );
    let cookie = format!("session={}; Path=/", of("cookie of a redirect"));
    house.feeds.serve(
        "/door.xml",
        Page::redirect(302, "/inside.xml").header("Set-Cookie", &cookie),
    );
    house.feeds.serve(
        "/inside.xml",
        Page::feed(rss("", &[("d", "Fog in Kayes", "Thick.")]).replace("<title></title>", "")),
    );
    // A proxy is asked with the whole address.
    house.feeds.serve(
        "http://proxied.invalid/proxied.xml",
        Page::feed(rss("", &[("p", "Hail in Kayes", "Hard.")]).replace("<title></title>", "")),
    );
    let repeated = format!(
        "no: {} {}",
        of("door password"),
        STANDARD.encode(format!("us:{}", of("door password")))
    );
    house.feeds.serve(
        "/refused.xml",
        Page::html(repeated)
            .with_status(401)
            .header("WWW-Authenticate", "Basic"),
    );
    house.write("mail-password", of("mail password"));
    house.write("hook-secret", of("webhook secret"));
    let hook = house.hooks.url();
    house.write("wirewatch.toml", &format!(
        "[store]\npath = {:?}\n[mail]\nserver = \"smtp://{}\"\nfrom = \"alerts@example.org\"\nuser = \"desk\"\npassword = {{ file = \"mail-password\" }}\n\
         [polling]\ngap = \"0 s\"\nallow_private = true\n[health]\ntell = [\"desk\", \"soar\"]\nfeed_failing_for = \"1 hour\"\nheartbeat = \"12:00\"\n\
         [web]\nlisten = \"127.0.0.1:0\"\npublic = \"https://w.example.org/\"\n",
        house.store_folder(), house.mail.address(),
    ));
    house.write("watchlist.toml", &format!(
        "[receiver.desk]\nemail = \"desk@example.org\"\n[receiver.soar]\nwebhook = \"http://u:{}@127.0.0.1:{}/services/{}?token={}\"\nsecret = {{ file = \"hook-secret\" }}\n\
         [watch.kayes]\nfind = [\"Kayes\"]\n",
        of("webhook password"), hook.port().unwrap(), of("webhook path"), of("webhook token"),
    ));
    house.mail.require_account("desk", of("mail password"));

    // No title, so that the address would stand for it; a hub with a token; an entry without a link of its own.
    let path = |path: String| path;
    let feed = rss("", &[("a", "Rain in Kayes", "The first of the season.")])
        .replace("<title></title>", "")
        .replace(
            "<channel>",
            &format!("<channel><link rel=\"hub\" href=\"/hub?key={}\"/>", of("hub token")),
        )
        .replace("https://news.example/a", "#a");
    house.feeds.serve(
        &path(format!(
            "/main.xml?key={}&lang=fr&{}",
            of("feed token"),
            of("feed bare token")
        )),
        Page::feed(feed),
    );
    house
        .feeds
        .serve(&path(format!("/hub?key={}", of("hub token"))), Page::status(500));
    house.feeds.serve(
        &path(format!("/gone.xml?t={}", of("token of a feed that fails"))),
        Page::status(410),
    );
    let to = format!("/elsewhere.xml?session={}", of("token of a redirect"));
    house.feeds.serve("/moved.xml", Page::redirect(301, &to));
    house.feeds.serve(
        &to,
        Page::feed(rss("", &[("m", "Snow in Kayes", "Never.")]).replace("<title></title>", "")),
    );
    house.feeds.serve(
        &path(format!("/listed.xml?t={}", of("OPML token"))),
        Page::feed(rss("", &[("l", "Wind in Kayes", "Strong.")]).replace("<title></title>", "")),
    );
    house
}

/// Files of secrets that open doors.
const DOORS: [(&str, &str); 3] = [
    ("door-password", "door password"),
    ("door-header", "door header"),
    ("proxy-password", "proxy password"),
];

/// Feeds behind doors: with a user, a header and a cookie; behind a proxy; refused; with a key that is none.
fn doors(house: &House) -> String {
    let at = format!("http://127.0.0.1:{}", house.feeds.port());
    format!(
        "[feeds.door]\nurls = [\"{at}/door.xml\", \"{at}/refused.xml\"]\nbackfill = \"all\"\nuser = \"us\"\npassword = {{ file = \"door-password\" }}\nheaders = {{ X-Api-Key = {{ file = \"door-header\" }} }}\n\
         [feeds.proxied]\nurls = [\"http://proxied.invalid/proxied.xml\"]\nbackfill = \"all\"\nproxy = \"{at}\"\nproxy_user = \"us\"\nproxy_password = {{ file = \"proxy-password\" }}\n\
         [feeds.keyed]\nurls = [\"{at}/keyed.xml\"]\nclient_certificate = \"door.pem\"\nclient_key = \"door-key\"\n"
    )
}

/// Everything that is kept beside the configuration: the store with its journal, and the files accepted last.
fn kept(folder: &std::path::Path) -> String {
    let mut all = String::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        match path.is_dir() {
            true => all.push_str(&kept(&path)),
            false => all.push_str(&String::from_utf8_lossy(&std::fs::read(&path).unwrap())),
        }
    }
    all
}

const PLACES: &[&str] = &[
    "door password",
    "door header",
    "proxy password",
    "client key",
    "cookie of a redirect",
    "feed user",
    "feed password",
    "feed token",
    "feed bare token",
    "feed fragment",
    "password of a feed that fails",
    "token of a feed that fails",
    "password of a feed that moved",
    "token of a redirect",
    "OPML password",
    "OPML token",
    "mail password",
    "webhook secret",
    "webhook password",
    "webhook path",
    "webhook token",
    "hub token",
    "variable",
];

/// What receivers got, with the parts of mails as they are and decoded.
fn received(house: &House) -> String {
    let mut all = String::new();
    for mail in house.mail.mails() {
        all.push_str(&String::from_utf8_lossy(&mail.raw));
        let parsed = MessageParser::default().parse(&mail.raw).unwrap();
        for part in 0..4 {
            all.extend(
                parsed
                    .body_text(part)
                    .into_iter()
                    .chain(parsed.body_html(part))
                    .map(|text| text.into_owned()),
            );
        }
    }
    for request in house.hooks.requests() {
        all.push_str(&String::from_utf8_lossy(&request.body));
        // The path and the Authorization header are the receiver's own.
        let headers = request.headers.iter().filter(|(name, _)| name != "authorization");
        headers.for_each(|(name, value)| all.push_str(&format!("{name}: {value}\n")));
    }
    all
}

#[tokio::test]
async fn no_receiver_is_told_a_secret() {
    let canaries = Canaries::new(PLACES);
    let house = house(&canaries).await;
    // Servers that repeat the request, and refuse the first attempts.
    let plain = STANDARD.encode(format!("\0desk\0{}", canaries.of("mail password")));
    house.mail.fail_next(
        Stage::Auth,
        Fault::reply(&format!(
            "535 5.7.8 no: AUTH PLAIN {plain} ({})",
            canaries.of("mail password")
        )),
    );
    house.hooks.answer_next(Answer::Status {
        status: 404,
        headers: Vec::new(),
        body: format!(
            "Cannot POST /services/{}?token={} with {}",
            canaries.of("webhook path"),
            canaries.of("webhook token"),
            canaries.of("webhook secret")
        ),
    });
    house.hooks.answer_next(Answer::status(302).with_header(
        "location",
        &format!("/elsewhere?token={}", canaries.of("webhook token")),
    ));
    house.round().await;
    for hours in [1, 1, 1].into_iter().chain([6; 34]) {
        house.round_after(hours * HOUR).await;
    }
    let received = received(&house);
    for needle in [
        "Rain in Kayes",
        "Snow in Kayes",
        "Wind in Kayes",
        "Fog in Kayes",
        "Hail in Kayes",
        "taken away",
        "has a new address",
        "feeds read",
    ] {
        assert!(received.contains(needle), "{needle} is missed");
    }
    assert!(
        received.contains("/main.xml?key=***&lang=fr&***"),
        "the address is shown, masked"
    );
    assert_eq!(canaries.found_in(&received), [""; 0]);
    // Beside the store: a backup of it lies in its folder too.
    let backup = house.store_folder().join("backup.db").display().to_string();
    let said = told(&house, &["db", "backup", &backup], &canaries).await;
    assert!(said.contains("was examined"), "{said}");
    let kept = kept(&house.store_folder());
    assert!(kept.contains("Fog in Kayes"), "the store is looked through");
    let found = canaries.found_in(&kept);
    let new = [
        "door password",
        "door header",
        "proxy password",
        "client key",
        "cookie of a redirect",
    ];
    assert!(!found.iter().any(|place| new.contains(place)), "kept: {found:?}");
    // What is printed of it.
    let link = house.feeds.url("/nothing");
    let alert = {
        use wirewatch::store::Store;
        house
            .store()
            .alerts(jiff::Timestamp::MIN, 1)
            .await
            .unwrap()
            .remove(0)
            .alert
    };
    let id = alert.id.to_string();
    let link_of_it = alert.origin.link.unwrap_or_default();
    let typed = format!(
        "http://u:{}@127.0.0.1:{}/gone.xml?t={}",
        canaries.of("feed password"),
        house.feeds.port(),
        canaries.of("token of a feed that fails")
    );
    let commands: &[&[&str]] = &[
        &["check"],
        &["check", "--online"],
        &["check", "--json"],
        &["check", "--online", "--json"],
        &["db", "check"],
        &["feeds", "list"],
        &["feeds", "list", "--json"],
        &["feeds", "export"],
        &["feeds", "parse", &typed],
        &["feeds", "parse", &typed, "--json"],
        &["feeds", "discover", &typed],
        &["feeds", "discover", &typed, "--json"],
        &["alerts", "list", "--since", "4000 days"],
        &["alerts", "list", "--since", "4000 days", "--json"],
        &["alerts", "show", &id],
        &["alerts", "show", &id, "--json"],
        &["deliveries", "list", "--all"],
        &["deliveries", "list", "--all", "--json"],
        &["why", link.as_str()],
        &["why", &link_of_it],
        &["why", &link_of_it, "--json"],
        &["why", &typed],
        &["explain", &typed],
        &["test-receiver", "soar"],
        &["test-receiver", "desk"],
        &["scan", "/dev/null"],
        &["schema"],
    ];
    for arguments in commands {
        let said = told(&house, arguments, &canaries).await;
        // The link of an entry is the publisher's, and given by the person who asks.
        assert_eq!(canaries.found_in(&said), [""; 0], "{arguments:?} says {said}");
        let quiet = arguments[0] == "scan" || **arguments == ["check", "--json"];
        assert!(!said.is_empty() || quiet, "{arguments:?} says nothing");
    }
    let whole = told(&house, &["feeds", "export", "--with-secrets"], &canaries).await;
    assert!(
        canaries.found_in(&whole).contains(&"feed password"),
        "written where it is asked for"
    );
}

/// Everything that a command writes, with the log at its most talkative.
async fn told(house: &House, arguments: &[&str], canaries: &Canaries) -> String {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_wirewatch"));
    command
        .arg("--config")
        .arg(house.config())
        .args(arguments)
        .env("WIREWATCH_LOG", "trace")
        .env("WIREWATCH__MAIL__PASSWORD", canaries.of("variable"))
        .env_remove("JOURNAL_STREAM");
    let output = tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap();
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[tokio::test]
async fn no_log_and_no_complaint_holds_a_secret() {
    let canaries = Canaries::new(PLACES);
    let house = house(&canaries).await;
    for round in 0..2 {
        let said = told(&house, &["run", "--once"], &canaries).await;
        assert!(
            round > 0 || said.contains("new entries") && said.contains("TRACE"),
            "{said}"
        );
        assert_eq!(canaries.found_in(&said), [""; 0], "{said}");
    }
    // Mistakes on the very lines that hold secrets.
    let feeds = std::fs::read_to_string(house.config().join("feeds.toml")).unwrap();
    let list = std::fs::read_to_string(house.config().join("watchlist.toml")).unwrap();
    let machine = std::fs::read_to_string(house.config().join("wirewatch.toml")).unwrap();
    let secret = canaries.of("mail password");
    let table: Vec<(&str, &str, String)> = vec![
        ("an unknown key", "feeds.toml", feeds.replace("urls =", "url =")),
        (
            "a quote that is missing",
            "feeds.toml",
            feeds.replacen("lang=fr", "lang=\"fr", 1),
        ),
        (
            "a scheme that is none",
            "feeds.toml",
            feeds.replace("http://", "htp://"),
        ),
        ("no scheme", "feeds.toml", feeds.replace("http://", "")),
        (
            "a port that is none",
            "feeds.toml",
            feeds.replace("@127.0.0.1:", "@127.0.0.1:9"),
        ),
        (
            "a feed twice",
            "feeds.toml",
            format!("{feeds}{}", feeds.replace("[feeds.", "[feeds.again-")),
        ),
        (
            "a webhook that is none",
            "watchlist.toml",
            list.replace("http://", "ftp://"),
        ),
        (
            "a receiver with two ways",
            "watchlist.toml",
            list.replace("secret =", "email = 3\nsecret ="),
        ),
        (
            "a password in the file",
            "wirewatch.toml",
            machine.replace("{ file = \"mail-password\" }", &format!("\"{secret}\"")),
        ),
        (
            "a password without its end",
            "wirewatch.toml",
            machine.replace("{ file = \"mail-password\" }", &format!("\"{secret}")),
        ),
        (
            "a password as a number of things",
            "wirewatch.toml",
            machine.replace("{ file = \"mail-password\" }", &format!("[\"{secret}\"]")),
        ),
        (
            "a feed's password in the file",
            "feeds.toml",
            feeds.replace(
                "{ file = \"door-password\" }",
                &format!("\"{}\"", canaries.of("door password")),
            ),
        ),
        (
            "a header's key in the file",
            "feeds.toml",
            feeds.replace(
                "{ file = \"door-header\" }",
                &format!("\"{}\"", canaries.of("door header")),
            ),
        ),
        (
            "a header's key as a list",
            "feeds.toml",
            feeds.replace(
                "{ file = \"door-header\" }",
                &format!("[\"{}\"]", canaries.of("door header")),
            ),
        ),
        (
            "a header's key without its end",
            "feeds.toml",
            feeds.replace(
                "{ file = \"door-header\" }",
                &format!("\"{}", canaries.of("door header")),
            ),
        ),
        (
            "the password of a proxy in its address",
            "feeds.toml",
            feeds.replace(
                "proxy = \"http://",
                &format!("proxy = \"http://us:{}@", canaries.of("proxy password")),
            ),
        ),
        (
            "the password of a proxy that is none",
            "feeds.toml",
            feeds.replace(
                "proxy = \"http://",
                &format!("proxy = \"ftp://us:{}@", canaries.of("proxy password")),
            ),
        ),
        (
            "an address of ours with a password",
            "wirewatch.toml",
            machine.replace(
                "https://w.example.org/",
                &format!("https://u:{secret}@w.example.org/?t={secret}"),
            ),
        ),
    ];
    for (case, file, text) in table {
        let before = std::fs::read_to_string(house.config().join(file)).unwrap();
        house.write(file, &text);
        for arguments in [&["check"][..], &["run", "--once"]] {
            let said = told_without_variable(&house, arguments).await;
            assert!(!said.is_empty(), "{case}");
            assert_eq!(canaries.found_in(&said), [""; 0], "{case}: {said}");
        }
        house.write(file, &before);
    }
}

async fn told_without_variable(house: &House, arguments: &[&str]) -> String {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_wirewatch"));
    command
        .arg("--config")
        .arg(house.config())
        .args(arguments)
        .env("WIREWATCH_LOG", "trace")
        .env_remove("JOURNAL_STREAM");
    let output = tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap();
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
