//! `db`: a backup while polls go on, a restore that tells nothing twice, a check, and forgetting for good.

use std::path::{Path, PathBuf};
use std::time::Duration;

use wirewatch::daemon::Clock;
use wirewatch::store::{AlertRow, Sqlite, Store};

use super::{finish, lived_in, ok, program, wirewatch, write};
use crate::house::feed_server::Page;
use crate::house::mail_server::{Fault, Stage};
use crate::house::wirewatch::{House, rss};

/// Every byte of the store's folder but for the copies that are named as such.
fn bytes_of(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let own =
        files.filter(|path| path.is_file() && path.file_name().unwrap().to_str().unwrap().starts_with("wirewatch.db"));
    own.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

fn holds(folder: &Path, text: &str) -> bool {
    let found = |bytes: &[u8]| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    bytes_of(folder).iter().any(|(_, bytes)| found(bytes))
}

const HOUR: Duration = Duration::from_secs(3600);

/// Stories that have nothing in common.
const STORIES: [&str; 5] = [
    "JNIM attack on a market in Mopti kills nine traders",
    "Le GSIM revendique une attaque contre un convoi de carburant venu de Dakar",
    "Schools in Timbuktu closed since an attack by JNIM on two teachers",
    "GSIM attacks the barracks of Djibo with drones",
    "Nurses flee Kidal hospital, attack by JNIM feared",
];

fn serve(house: &House, numbers: std::ops::Range<u32>) {
    let titles: Vec<(String, &str)> = numbers
        .map(|number| (format!("n{number}"), STORIES[number as usize]))
        .collect();
    let items: Vec<(&str, &str, &str)> = titles.iter().map(|(id, title)| (id.as_str(), *title, "")).collect();
    house.feeds.serve("/desk.xml", Page::feed(rss("Desk", &items)));
}

#[tokio::test]
async fn a_backup_is_whole_while_polls_go_on() {
    let house = lived_in().await;
    let store = Sqlite::open(&house.store_folder()).unwrap();
    let feeds = store.feeds().await.unwrap();
    let file = house.path().join("backup.db").display().to_string();
    let writing = async {
        for _ in 0..100 {
            store
                .record_schedules(feeds.iter().cloned().map(std::sync::Arc::new).collect())
                .await
                .unwrap();
        }
    };
    let arguments = ["db", "backup", file.as_str()];
    let ((), said) = tokio::join!(writing, wirewatch(&house, &arguments));
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.out.contains("was examined"), "{}", said.out);
    drop(store);
    let copy = house.path().join("copy");
    std::fs::create_dir(&copy).unwrap();
    std::fs::copy(&file, copy.join("wirewatch.db")).unwrap();
    let copy = Sqlite::open(&copy).unwrap();
    assert_eq!(copy.integrity().await.unwrap(), Vec::<String>::new());
    assert_eq!(copy.tally().await.unwrap(), house.store().tally().await.unwrap());
    let again = wirewatch(&house, &["db", "backup", &file]).await;
    assert!(
        again.code == Some(1) && again.err.contains("is there already"),
        "{}",
        again.err
    );
    let nowhere = wirewatch(&house, &["db", "backup", "/nowhere/backup.db"]).await;
    assert!(
        nowhere.code == Some(1) && nowhere.err.contains("/nowhere/"),
        "{}",
        nowhere.err
    );
    assert!(ok(&house, &["db", "check"]).await.contains("is whole"));
    house.finish().await;
}

#[tokio::test]
async fn a_restored_store_tells_nothing_under_a_new_id() {
    let house = super::house().await;
    let all = || async { house.store().alerts(jiff::Timestamp::MIN, 100).await.unwrap() };
    let ids = |rows: &[AlertRow]| {
        let mut ids: Vec<_> = rows
            .iter()
            .flat_map(|row| row.deliveries.iter().map(|row| row.delivery.id))
            .collect();
        ids.sort();
        ids
    };
    serve(&house, 0..1);
    house.round().await;
    let file = house.path().join("backup.db");
    ok(&house, &["db", "backup", file.to_str().unwrap()]).await;
    serve(&house, 0..4);
    house.round_after(HOUR).await;
    let before = ids(&all().await);
    assert_eq!(before.len(), 4, "each is a story of its own");
    let sent = house.mail.mails().len();
    assert_eq!(sent, 4);
    let restored = Sqlite::restore(&house.store_folder(), &file, house.clock.now()).unwrap();
    assert!(restored.before.unwrap().ends_with("wirewatch.before-restore-1.db"));
    assert_eq!((ids(&all().await).len(), restored.feeds), (1, 1));
    house.round_after(Duration::from_secs(1)).await;
    assert_eq!(house.mail.mails().len(), sent, "nothing is sent at once");
    let rows = all().await;
    assert_eq!(rows.iter().filter(|row| row.alert.perhaps_sent).count(), 3);
    assert_eq!(ids(&rows), before, "under the ids that they had");
    house.round_after(HOUR / 2).await;
    let mails = house.mail.mails();
    assert_eq!(mails.len(), sent + 1, "one message");
    let digest = String::from_utf8_lossy(&mails[sent].raw).into_owned();
    let parsed = mail_parser::MessageParser::default().parse(&mails[sent].raw).unwrap();
    let subject = parsed.subject().unwrap_or_default();
    assert!(
        subject.starts_with("3 alerts since the backup, possibly already sent"),
        "{subject}"
    );
    assert!(digest.contains("Timbuktu") && digest.contains("Djibo"), "{digest}");
    // Read once, a feed is as it was: what comes now is told at once, and as new.
    serve(&house, 0..5);
    house.round_after(HOUR).await;
    let mails = house.mail.mails();
    assert_eq!(mails.len(), sent + 2);
    assert!(!String::from_utf8_lossy(&mails[sent + 1].raw).contains("already sent"));
    house.finish().await;
}

/// What was due when the backup was made goes out under the id that it had.
#[tokio::test]
async fn what_was_due_in_a_backup_keeps_its_id() {
    let house = super::house().await;
    serve(&house, 0..1);
    house.mail.fail_next(Stage::Auth, Fault::reply("451 4.3.0 later"));
    house.mail.fail_next(Stage::Rcpt, Fault::reply("451 4.3.0 later"));
    house.round().await;
    let file = house.path().join("backup.db");
    ok(&house, &["db", "backup", file.to_str().unwrap()]).await;
    house.round_after(HOUR).await;
    let first = house.mail.mail(1).await;
    Sqlite::restore(&house.store_folder(), &file, house.clock.now()).unwrap();
    house.round_after(HOUR).await;
    let second = house.mail.mail(2).await;
    let id = |raw: &[u8]| {
        let parsed = mail_parser::MessageParser::default().parse(raw).unwrap();
        parsed.message_id().unwrap().to_owned()
    };
    assert_eq!(id(&first.raw), id(&second.raw));
    house.finish().await;
}

#[tokio::test]
async fn what_is_no_backup_is_refused_and_nothing_lost() {
    let house = lived_in().await;
    let before = house.store().tally().await.unwrap();
    let good = house.path().join("good.db").display().to_string();
    ok(&house, &["db", "backup", &good]).await;
    let bytes = std::fs::read(&good).unwrap();
    let mut damaged = bytes.clone();
    // Pages of 8 KB, behind the first.
    damaged[8_192..5 * 8_192].fill(0x5a);
    let table = [
        ("no file", None, "is no file, or an empty one"),
        ("an empty file", Some(Vec::new()), "is no file, or an empty one"),
        (
            "a text",
            Some(b"hello, this is not a database at all".to_vec()),
            "it is not a store, or is damaged",
        ),
        ("half of one", Some(bytes[..bytes.len() / 2].to_vec()), "it is damaged"),
        ("a damaged one", Some(damaged), "damaged"),
    ];
    for (case, bytes, words) in table {
        let path = house.path().join("bad.db");
        let _ = std::fs::remove_file(&path);
        if let Some(bytes) = bytes {
            write(house.path(), "bad.db", &bytes);
        }
        let said = wirewatch(&house, &["db", "restore", path.to_str().unwrap()]).await;
        assert_eq!(said.code, Some(1), "{case}: {}", said.out);
        assert!(said.err.contains(words), "{case}: {}", said.err);
        assert_eq!(house.store().tally().await.unwrap(), before, "{case}");
    }
    let running = Sqlite::open(&house.store_folder()).unwrap();
    let said = wirewatch(&house, &["db", "restore", &good]).await;
    assert!(
        said.code == Some(1) && said.err.contains("is running on it"),
        "{}",
        said.err
    );
    drop(running);
    house.finish().await;
}

#[tokio::test]
async fn what_is_forgotten_leaves_no_trace() {
    let house = lived_in().await;
    let folder = house.store_folder();
    assert!(holds(&folder, "analyst@example.org"));
    let said = ok(&house, &["db", "forget", "--recipient", "Analyst@example.org"]).await;
    assert!(said.contains("still stands in the configuration"), "{said}");
    assert!(!holds(&folder, "analyst@example.org"), "the address of a receiver");
    let feed = house.feeds.url("/wire.xml").to_string();
    assert!(holds(&folder, &feed) && holds(&folder, "Trois soldats"));
    let said = ok(&house, &["db", "forget", "--feed", &feed]).await;
    assert!(said.contains("still stands in the configuration"), "{said}");
    assert!(!holds(&folder, &feed), "the address of a feed");
    ok(&house, &["db", "forget", "--before", "2026-01-01"]).await;
    assert!(holds(&folder, "Rain in Kayes"), "newer than that");
    for (arguments, words) in [
        (&["db", "forget"][..], "--recipient"),
        (&["db", "forget", "--before", "2999-01-01"], "still to come"),
        (&["db", "forget", "--before", "soon"], "--before"),
        (&["db", "forget", "--recipient", " "], "write a mail address"),
    ] {
        let said = wirewatch(&house, arguments).await;
        assert!(
            said.code != Some(0) && said.err.contains(words),
            "{arguments:?}: {}",
            said.err
        );
    }
    assert!(ok(&house, &["db", "check"]).await.contains("is whole"));
}

#[tokio::test]
async fn a_store_that_is_empty_is_said() {
    let house = super::house().await;
    let said = wirewatch(&house, &["run", "--once"]).await;
    assert!(said.err.contains("is new: what feeds hold now"), "{}", said.err);
    let said = wirewatch(&house, &["run", "--once"]).await;
    assert!(!said.err.contains("remembered, not alerted"), "{}", said.err);
    for name in ["wirewatch.db", "wirewatch.db-wal", "wirewatch.db-shm"] {
        let _ = std::fs::remove_file(house.store_folder().join(name));
    }
    let said = wirewatch(&house, &["run", "--once"]).await;
    assert!(
        said.err.contains("is empty, though one was used here before"),
        "{}",
        said.err
    );
}

#[tokio::test]
async fn licences_name_every_source() {
    let said = finish(program(&["licences"]), Vec::new()).await;
    assert_eq!(said.code, Some(0));
    for source in [
        "GeoNames",
        "CC BY",
        "Unicode",
        "SCOWL",
        "wordfreq",
        "IANA",
        "Apache License 2.0",
        "disputed",
    ] {
        assert!(said.out.contains(source), "{source} is missing");
    }
    assert!(!said.out.contains("Build it again"));
}
