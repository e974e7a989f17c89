//! Opens a copy of the store and the configuration of an earlier version: nothing is alerted again, what is due goes out
//! under its old ids, and every key stays.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use mail_parser::MessageParser;
use serde::Deserialize;
use tempfile::TempDir;
use tokio::sync::watch;
use wirewatch::daemon::{Daemon, Origin, Ready};
use wirewatch::deliver::Sender;
use wirewatch::store::{Sqlite, Store};

use crate::house::clock::HandClock;
use crate::house::feed_server::{FeedServer, Page};
use crate::house::mail_server::MailServer;
use crate::house::webhook_server::WebhookServer;

mod examples;
mod ids;

/// What the earlier version wrote down of its store.
#[derive(Deserialize)]
struct Expected {
    now: Timestamp,
    feeds: Vec<String>,
    alerts: Vec<KnownAlert>,
    deliveries: Vec<KnownDelivery>,
}

#[derive(Deserialize)]
struct KnownAlert {
    id: String,
    story: String,
    watch: String,
    raised: Timestamp,
    feed: String,
    entry: String,
    update: bool,
    guid: Option<String>,
    link: Option<String>,
    deliveries: Vec<String>,
}

#[derive(Deserialize)]
struct KnownDelivery {
    id: String,
    receiver: String,
    digest: Option<String>,
    state: String,
}

impl KnownDelivery {
    /// The id that its message carries.
    fn message(&self) -> &str {
        self.digest.as_ref().unwrap_or(&self.id)
    }
}

/// The last answer of a feed.
#[derive(Deserialize)]
struct Served {
    #[serde(default)]
    status: u16,
    #[serde(default)]
    headers: Vec<(String, String)>,
    body: String,
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/0.1")
        .join(name)
}

fn read<T: for<'a> Deserialize<'a>>(name: &str) -> T {
    serde_json::from_slice(&std::fs::read(fixture(name)).unwrap()).unwrap()
}

/// A copy of the fixture, and servers where its names lead.
struct Upgrade {
    folder: TempDir,
    expected: Expected,
    clock: Arc<HandClock>,
    feeds: FeedServer,
    mail: MailServer,
    soar: WebhookServer,
    shut: WebhookServer,
}

impl Upgrade {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for part in ["config", "store"] {
            std::fs::create_dir(folder.path().join(part)).unwrap();
            for file in std::fs::read_dir(fixture(part)).unwrap() {
                let file = file.unwrap();
                std::fs::copy(file.path(), folder.path().join(part).join(file.file_name())).unwrap();
            }
        }
        let expected: Expected = read("expected.json");
        let clock = Arc::new(HandClock::at(&expected.now.to_string()));
        clock.turn(Duration::from_secs(60));
        Self {
            folder,
            expected,
            clock,
            feeds: FeedServer::start().await,
            mail: MailServer::start().await,
            soar: WebhookServer::start().await,
            shut: WebhookServer::start().await,
        }
    }

    fn store_folder(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    fn origin(&self) -> Origin {
        let server = format!("smtp://{}", self.mail.address());
        Origin {
            folder: self.folder.path().join("config"),
            environment: vec![("WIREWATCH__MAIL__SERVER".to_owned(), server)],
        }
    }

    /// Answers every feed as it was last answered; `more` is added to what could be read.
    fn serve(&self, more: &str) {
        let served: BTreeMap<String, Served> = read("served.json");
        for (path, Served { status, headers, body }) in served {
            if !path.starts_with('/') {
                continue;
            }
            let body = if status == 200 { body + more } else { body };
            let mut page = Page::feed(body).with_status(status);
            for (name, value) in headers {
                page = page.header(&name, &value);
            }
            self.feeds.serve(&path, page);
        }
    }

    /// Reads the configuration; the names in it lead to the servers of the test.
    fn ready(&self) -> Arc<Ready> {
        let mut ready = Ready::prepare_accepted(&self.origin()).unwrap_or_else(|error| panic!("{error}"));
        let port = |url: url::Url| SocketAddr::from(([127, 0, 0, 1], url.port().unwrap()));
        let mut hosts: HashMap<String, SocketAddr> = HashMap::new();
        for feed in &ready.configuration.feeds {
            hosts.insert(feed.url.host_str().unwrap().to_owned(), port(self.feeds.url("/")));
        }
        hosts.insert("soar.example.org".to_owned(), port(self.soar.url()));
        hosts.insert("shut.example.org".to_owned(), port(self.shut.url()));
        let unfixed = Arc::get_mut(&mut ready).unwrap();
        unfixed.client = unfixed.client.with_hosts(hosts.clone()).unwrap();
        unfixed.articles = unfixed.articles.with_hosts(hosts).unwrap();
        let configuration = &unfixed.configuration;
        let (receivers, mail) = (configuration.receivers.clone(), configuration.mail.clone());
        unfixed.sender = Sender::new(receivers, mail, unfixed.client.clone()).unwrap();
        ready
    }

    async fn round_after(&self, time: Duration) {
        self.clock.turn(time);
        let (_stop, stopped) = watch::channel(false);
        let daemon = Daemon {
            origin: self.origin(),
            ready: self.ready(),
            store: Arc::new(Sqlite::open(&self.store_folder()).unwrap()),
            clock: self.clock.clone(),
            stop: stopped,
            reload: Arc::default(),
            progress: watch::Sender::default(),
            web: None,
        };
        daemon.run_once().await.unwrap();
    }

    fn store(&self) -> Sqlite {
        Sqlite::open(&self.store_folder()).unwrap()
    }

    /// The ids of all messages that arrived, each as often as it did.
    fn arrived(&self) -> Vec<String> {
        let of_mail = |raw: &[u8]| {
            let mail = MessageParser::default().parse(raw).unwrap();
            let id = mail.message_id().unwrap();
            id.split('@').next().unwrap().rsplit('.').next().unwrap().to_owned()
        };
        let mails = self.mail.mails().into_iter().map(|mail| of_mail(&mail.raw));
        let hooks = [&self.soar, &self.shut].into_iter().flat_map(WebhookServer::requests);
        mails
            .chain(hooks.map(|request| request.header("webhook-id").to_owned()))
            .collect()
    }
}

/// The text after its kind: `dl_0123` is `0123`.
fn bare(id: &str) -> &str {
    let digits = id.rsplit(|char: char| !char.is_ascii_hexdigit()).next();
    digits.unwrap_or(id)
}

const HALF_AN_HOUR: Duration = Duration::from_secs(1800);

#[tokio::test]
async fn a_store_of_0_1_alerts_nothing_again_and_sends_what_is_due_under_its_ids() {
    let upgrade = Upgrade::new().await;
    upgrade.serve("");
    upgrade.round_after(Duration::ZERO).await;
    for _ in 0..4 {
        upgrade.round_after(HALF_AN_HOUR).await;
    }
    let paths = ["/africa.xml", "/all.xml", "/live.xml", "/gaza.xml", "/moved-here.xml"];
    let asked = |path: &str| upgrade.feeds.requests_for(path).len();
    let first: Vec<usize> = paths.iter().map(|path| asked(path)).collect();
    // The same entries in a body that has to be read again, through the night and into the morning.
    upgrade.serve("<!-- another byte -->\n");
    for _ in 0..20 {
        upgrade.round_after(HALF_AN_HOUR).await;
    }
    for (path, first) in paths.iter().zip(first) {
        let then = asked(path) - first;
        assert!(first > 0 && then > 0, "{path} was asked {first} and {then} times");
    }

    let store = upgrade.store();
    let before: BTreeSet<&str> = upgrade.expected.alerts.iter().map(|alert| alert.id.as_str()).collect();
    let alerts = store.alerts(Timestamp::MIN, 100_000).await.unwrap();
    let new: Vec<String> = alerts
        .iter()
        .filter(|row| !before.contains(row.alert.id.to_string().as_str()))
        .map(|row| format!("{}: {}", row.alert.watch, row.alert.origin.title))
        .collect();
    assert!(new.is_empty(), "alerted again: {new:#?}");
    assert_eq!(alerts.len(), before.len());

    let arrived = upgrade.arrived();
    let times = |id: &str| arrived.iter().filter(|arrived| bare(arrived) == id).count();
    for known in &upgrade.expected.deliveries {
        let expected = usize::from(known.state == "due");
        let (state, receiver) = (&known.state, &known.receiver);
        assert_eq!(times(known.message()), expected, "{state} for {receiver}: {}", known.id);
    }
    let states = store.deliveries(false, 100_000).await.unwrap();
    for row in &states {
        let id = row.delivery.id.to_string();
        let state = format!("{:?}", row.state);
        let known = upgrade.expected.deliveries.iter().find(|known| known.id == id);
        let expected = match known.map(|known| known.state.as_str()) {
            Some("dead") => "Dead",
            Some("dropped") => "Dropped",
            Some(_) => "Done",
            None => {
                let notice = matches!(row.delivery.payload, wirewatch::alert::Payload::Notice(_));
                assert!(notice, "a delivery that is new: {row:#?}");
                continue;
            }
        };
        assert!(state.starts_with(expected), "{id} is {state}");
    }
    let due = store.next_article(&[]).await.unwrap();
    assert_eq!(due, None, "an article that was due was tried to its end");
}

#[tokio::test]
async fn feeds_with_passwords_keep_their_keys_and_are_asked_with_them() {
    let upgrade = Upgrade::new().await;
    upgrade.serve("");
    upgrade.round_after(HALF_AN_HOUR).await;
    upgrade.round_after(HALF_AN_HOUR * 4).await;
    let feeds = upgrade.store().feeds().await.unwrap();
    let urls: Vec<&str> = feeds.iter().map(|feed| feed.url.as_str()).collect();
    assert_eq!(urls, upgrade.expected.feeds, "no feed is a stranger");
    assert!(feeds.iter().all(|feed| feed.first_read.is_some() || feed.failures > 0));
    let table = [
        ("/africa.xml", Some("Basic Ym9iOnNlc2FtZQ==")),
        ("/all.xml", Some("Basic YWxpY2U6cEBzcy93b3Jk")),
        ("/live.xml", Some("Basic Y2Fyb2w6b3Blbg==")),
        ("/sahel.xml?key=t0ken-of-press&lang=fr", None),
        ("/gaza.xml", None),
    ];
    for (path, expected) in table {
        let asked = upgrade.feeds.requests_for(path);
        assert!(!asked.is_empty(), "{path}");
        for asked in asked {
            assert_eq!(asked.header("authorization"), expected, "{path}");
        }
    }
}

#[tokio::test]
async fn the_schema_is_brought_up_to_date_and_the_store_is_whole() {
    let upgrade = Upgrade::new().await;
    let store = upgrade.store();
    assert_eq!(store.integrity().await.unwrap(), Vec::<String>::new());
    let tally = store.tally().await.unwrap();
    let of = |state: &str| {
        upgrade
            .expected
            .deliveries
            .iter()
            .filter(|row| row.state == state)
            .count() as u64
    };
    assert_eq!((tally.feeds, tally.alerts), (39, 100));
    assert_eq!((tally.deliveries_due, tally.deliveries_dead), (of("due"), of("dead")));
    let subscriptions = store.subscriptions().await.unwrap();
    assert_eq!(subscriptions.len(), 6, "every state of a subscription");
}
