//! What the SQLite store promises of its files: one daemon, a crash, an older copy, damage, and who may read them.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use wirewatch::alert::{AlertId, DeliveryId};
use wirewatch::deliver::Next;
use wirewatch::store::{DeliveryState, Recorded, Replay, Sqlite, Store, StoreError};
use wirewatch_syndication::EntryKey;

use super::sample::*;

const LEASE: Duration = Duration::from_secs(300);

async fn knows(store: &Sqlite, keys: impl IntoIterator<Item = u64>) -> usize {
    let keys: Vec<EntryKey> = keys.into_iter().map(EntryKey).collect();
    store.known(RFI, &keys).await.unwrap().len()
}

/// What a crash would leave: the files as they lie there while the store is open.
fn copy_files(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_file() {
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
}

#[tokio::test]
async fn a_second_daemon_is_refused_while_commands_read_and_write() {
    let folder = Folder::new("second");
    let daemon = Sqlite::open(folder.path()).unwrap();
    daemon
        .record(alarm(1, minute(0), &[(1, "desk", minute(0))]), minute(0))
        .await
        .unwrap();

    let error = Sqlite::open(folder.path()).unwrap_err().to_string();
    let process = format!("another wirewatch (process {}) is running on it", std::process::id());
    assert!(error.contains(&process), "{error}");

    let reader = Sqlite::open_reader(folder.path()).unwrap();
    assert_eq!(reader.alerts(minute(0), 9).await.unwrap().len(), 1);
    let error = reader.add_feeds(vec![feed(BBC)]).await.unwrap_err().to_string();
    assert_eq!(error, "add feeds: the store was opened for reading only");

    let beside = Sqlite::open_beside(folder.path()).unwrap();
    assert_eq!(beside.drop_deliveries(vec![DeliveryId(1)], minute(1)).await.unwrap(), 1);
    let row = &daemon.deliveries(false, 1).await.unwrap()[0];
    assert_eq!(
        row.state,
        DeliveryState::Dropped(minute(1)),
        "the daemon sees what the command did"
    );
    assert_eq!(
        daemon.add_feeds(vec![feed(BBC)]).await.unwrap(),
        1,
        "and goes on writing"
    );

    drop(daemon);
    Sqlite::open(folder.path()).unwrap();
}

#[test]
fn a_folder_without_a_store_is_not_filled_by_a_command() {
    let folder = Folder::new("none");
    for opened in [Sqlite::open_reader(folder.path()), Sqlite::open_beside(folder.path())] {
        let error = opened.unwrap_err().to_string();
        assert!(
            error.ends_with("wirewatch.db: there is none yet; `wirewatch run` makes it"),
            "{error}"
        );
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_reads_the_store() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("owner");
    let inner = folder.path().join("made/by it");
    let store = Sqlite::open(&inner).unwrap();
    store.add_feeds(vec![feed(RFI)]).await.unwrap();
    let mut names = Vec::new();
    for file in fs::read_dir(&inner).unwrap() {
        let file = file.unwrap();
        assert_eq!(
            file.metadata().unwrap().permissions().mode() & 0o777,
            0o600,
            "{}",
            file.path().display()
        );
        names.push(file.file_name().into_string().unwrap());
    }
    names.sort();
    assert_eq!(
        names,
        ["wirewatch.db", "wirewatch.db-shm", "wirewatch.db-wal", "wirewatch.lock"]
    );
    assert_eq!(fs::metadata(&inner).unwrap().permissions().mode() & 0o777, 0o700);
}

#[tokio::test]
async fn after_a_crash_everything_that_was_answered_is_there() {
    let folder = Folder::new("crash");
    let store = Sqlite::open(&folder.path().join("live")).unwrap();
    for n in 0..20 {
        let record = alarm(n, minute(0), &[(n, "desk", minute(0))]);
        store.record(record, minute(0)).await.unwrap();
        if n == 10 {
            store.claim(minute(0), 1, LEASE, &[]).await.unwrap();
            store
                .attempted(attempt(vec![DeliveryId(0)], minute(1), "250".to_owned(), Next::Done))
                .await
                .unwrap();
        }
        let crashed = folder.path().join(format!("crashed-{n}"));
        copy_files(store.path().parent().unwrap(), &crashed);
        let after = Sqlite::open(&crashed).unwrap();
        assert_eq!(knows(&after, 0..=n).await as u64, n + 1);
        assert_eq!(after.deliveries(false, 99).await.unwrap().len() as u64, n + 1);
        let due = after.tally().await.unwrap().deliveries_due;
        assert_eq!(due, if n < 10 { n + 1 } else { n });
        assert_eq!(after.integrity().await.unwrap(), [""; 0]);
    }
}

#[tokio::test]
async fn store_restored_from_a_backup() {
    let folder = Folder::new("restored");
    let (live, backup) = (folder.path().join("live"), folder.path().join("backup"));
    let poll_of = |n: u64| alarm(n, minute(0), &[(n, "desk", minute(0))]);
    let store = Sqlite::open(&live).unwrap();
    store.record(poll_of(1), minute(0)).await.unwrap();
    drop(store);
    copy_files(&live, &backup);
    let store = Sqlite::open(&live).unwrap();
    store.record(poll_of(2), minute(5)).await.unwrap();
    drop(store);
    fs::remove_dir_all(&live).unwrap();
    copy_files(&backup, &live);

    let store = Sqlite::open(&live).unwrap();
    assert_eq!(
        store.feeds().await.unwrap(),
        [read_feed(RFI, "RFI Afrique")],
        "the feed is no stranger"
    );
    assert_eq!(
        store.record(poll_of(1), minute(9)).await.unwrap(),
        Recorded::default(),
        "what it knew is not new"
    );
    let again = store.record(poll_of(2), minute(9)).await.unwrap();
    assert_eq!(again.alerts, [AlertId(2)], "what it forgot comes under the id it had");
    assert_eq!(store.deliveries(true, 9).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_store_of_another_kind_or_version_is_refused_in_clear_words() {
    let folder = Folder::new("refused");
    let write = |name: &str, sql: &str| {
        let inner = folder.path().join(name);
        fs::create_dir_all(&inner).unwrap();
        Connection::open(inner.join("wirewatch.db"))
            .unwrap()
            .execute_batch(sql)
            .unwrap();
        inner
    };
    let newer = folder.path().join("newer");
    drop(Sqlite::open(&newer).unwrap());
    write("newer", "PRAGMA user_version = 99");
    let other = write("other", "CREATE TABLE contacts (name TEXT)");
    let text = folder.path().join("text");
    fs::create_dir_all(&text).unwrap();
    fs::write(
        text.join("wirewatch.db"),
        "Dear reader, this is not a database. ".repeat(200),
    )
    .unwrap();
    for (sentence, inner, words) in [
        (
            "a newer version",
            &newer,
            "the store is of version 99, which is newer than this program knows (4)",
        ),
        ("another program's", &other, "it is a file of another program"),
        (
            "no database at all",
            &text,
            "is not a store, or is damaged; move it aside",
        ),
    ] {
        for opened in [
            Sqlite::open(inner),
            Sqlite::open_beside(inner),
            Sqlite::open_reader(inner),
        ] {
            let error = opened.unwrap_err().to_string();
            assert!(error.contains(words), "{sentence}: {error}");
        }
    }
    assert!(matches!(
        Sqlite::open(&newer),
        Err(StoreError::TooNew { found: 99, .. })
    ));
}

#[tokio::test]
async fn an_alert_that_cannot_be_read_does_not_keep_the_others_from_being_sent() {
    let folder = Folder::new("unreadable");
    let store = Sqlite::open(folder.path()).unwrap();
    for n in 1..=3 {
        store
            .record(alarm(n, minute(0), &[(n, "desk", minute(0))]), minute(0))
            .await
            .unwrap();
    }
    let broken = "UPDATE alert SET alert = '{\"id\": 2' WHERE id = 2";
    Connection::open(store.path()).unwrap().execute_batch(broken).unwrap();
    let due = store.claim(minute(0), 9, LEASE, &[]).await.unwrap();
    assert_eq!(due.iter().map(|due| due.id.0).collect::<Vec<_>>(), [1, 3]);
    let dead = store.deliveries(false, 9).await.unwrap().remove(1);
    assert!(matches!(&dead.state, DeliveryState::Dead { why, .. } if why.starts_with("what it tells cannot be read")));
    assert_eq!(
        store.replay(Replay::AllDead, minute(1)).await.unwrap(),
        1,
        "it is kept and can be replayed"
    );
}

#[tokio::test]
async fn damage_is_found_and_named() {
    let folder = Folder::new("damage");
    let store = Sqlite::open(folder.path()).unwrap();
    let entries = (0..200)
        .map(|key| entry(key, "a title of some length, so that there are pages to damage"))
        .collect();
    store.record(poll(feed(RFI), entries), minute(0)).await.unwrap();
    assert_eq!(store.integrity().await.unwrap(), [""; 0]);
    assert!(store.size().unwrap() > 50_000);
    let path = store.path().to_owned();
    drop(store);

    let mut bytes = fs::read(&path).unwrap();
    let last_quarter = bytes.len() * 3 / 4 / 4096 * 4096;
    bytes[last_quarter..].fill(0xa5);
    fs::write(&path, bytes).unwrap();
    let store = Sqlite::open(folder.path()).unwrap();
    assert!(!store.integrity().await.unwrap().is_empty());
    let again = (0..200).map(|key| entry(key, "edited")).collect();
    let error = store
        .record(poll(feed(RFI), again), minute(1))
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("wirewatch.db is damaged") && error.contains("put a copy in its place"),
        "{error}"
    );
}
