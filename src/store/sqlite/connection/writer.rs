//! The one thread that writes: it commits together what waits together, and answers only when that is on disk.

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};

use rusqlite::{Connection, Error, ffi};
use tokio::sync::{mpsc, oneshot};

use super::trouble::words;
use crate::store::contract::StoreError;

/// Requests that may wait before callers do.
const WAITING: usize = 256;
/// Requests in one commit: enough to share one flush among the polls of a busy moment, few enough that each is answered
/// within a fraction of a second.
const TOGETHER: usize = 128;

/// Something to be written.
trait Request: Send {
    /// It was decided in the knowledge of those of its kind that were queued before it.
    fn linked(&self) -> bool;
    /// Does it within the open transaction; `false` where it failed and is to be undone.
    fn run(&mut self, tx: &Connection) -> bool;
    /// Tells the caller, after the commit; `refused` where that failed.
    fn answer(self: Box<Self>, path: &Path, refused: Option<&str>);
}

struct Asked<T, F> {
    doing: &'static str,
    linked: bool,
    work: Option<F>,
    outcome: Option<rusqlite::Result<T>>,
    to: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Request for Asked<T, F>
where
    T: Send,
    F: FnOnce(&Connection) -> rusqlite::Result<T> + Send,
{
    fn linked(&self) -> bool {
        self.linked
    }

    fn run(&mut self, tx: &Connection) -> bool {
        self.outcome = self.work.take().map(|work| work(tx));
        matches!(self.outcome, Some(Ok(_)))
    }

    fn answer(self: Box<Self>, path: &Path, refused: Option<&str>) {
        let failed = |why: String| StoreError::Failed { doing: self.doing, why };
        let answer = match (self.outcome, refused) {
            (Some(Err(error)), _) => Err(failed(words(path.display(), &error))),
            (_, Some(why)) => Err(failed(why.to_owned())),
            (Some(Ok(done)), None) => Ok(done),
            (None, None) => Err(failed("what it builds on could not be written".to_owned())),
        };
        // A caller that has gone away does not undo what it asked for.
        let _ = self.to.send(answer);
    }
}

#[derive(Debug)]
pub(crate) struct Writer {
    /// Taken when the store is closed, which ends the thread.
    requests: Option<mpsc::Sender<Box<dyn Request>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(crate) fn start(conn: Connection, path: PathBuf) -> io::Result<Self> {
        let (requests, waiting) = mpsc::channel(WAITING);
        let thread = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || work(&conn, waiting, &path))?;
        Ok(Self {
            requests: Some(requests),
            thread: Some(thread),
        })
    }

    /// Runs `work` in a transaction of the writer. What it did is on disk when this returns `Ok`, and undone when not.
    pub(crate) async fn write<T, F>(&self, doing: &'static str, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        self.send(doing, false, work).await?.await
    }

    /// [`Self::write`] in two steps: the first gives the work its place in the order of the writing, the second is ready
    /// when it is on disk. Where one that was queued fails, so does every one that was queued after it.
    pub(crate) async fn queue<T, F>(
        &self,
        doing: &'static str,
        work: F,
    ) -> Result<impl Future<Output = Result<T, StoreError>> + Send + 'static + use<T, F>, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        self.send(doing, true, work).await
    }

    async fn send<T, F>(
        &self,
        doing: &'static str,
        linked: bool,
        work: F,
    ) -> Result<impl Future<Output = Result<T, StoreError>> + Send + 'static + use<T, F>, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let (to, answer) = oneshot::channel();
        let asked = Box::new(Asked {
            doing,
            linked,
            work: Some(work),
            outcome: None,
            to,
        });
        let stopped = move || StoreError::Stopped { doing };
        let requests = self.requests.as_ref().ok_or_else(stopped)?;
        requests.send(asked).await.map_err(|_| stopped())?;
        Ok(async move { answer.await.unwrap_or_else(|_| Err(stopped())) })
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.requests.as_ref().is_none_or(mpsc::Sender::is_closed)
    }

    /// Waits until the thread ends, which it does not while all is well.
    pub(crate) async fn stopped(&self) {
        if let Some(requests) = &self.requests {
            requests.closed().await;
        }
    }
}

impl Drop for Writer {
    /// Lets the thread finish what waits and close the file.
    fn drop(&mut self) {
        self.requests = None;
        if let Some(thread) = self.thread.take() {
            // Its panic was printed when it happened.
            let _ = thread.join();
        }
    }
}

fn work(conn: &Connection, mut waiting: mpsc::Receiver<Box<dyn Request>>, path: &Path) {
    let mut broken = false;
    while let Some(first) = waiting.blocking_recv() {
        let mut batch = VecDeque::from([first]);
        while batch.len() < TOGETHER
            && let Ok(next) = waiting.try_recv()
        {
            batch.push_back(next);
        }
        while !batch.is_empty() {
            let mut ran = Vec::with_capacity(batch.len());
            let refused = transaction(conn, &mut batch, &mut ran, &mut broken)
                .err()
                .map(|error| words(path.display(), &error));
            if refused.is_some() && !conn.is_autocommit() {
                // Where even this fails, the next BEGIN does and says why.
                let _ = conn.execute_batch("ROLLBACK");
            }
            broken |= refused.is_some() && ran.iter().any(|request| request.linked());
            for request in ran {
                request.answer(path, refused.as_deref());
            }
        }
    }
}

/// One commit. Moves what it dealt with to `ran`; an error refuses all of those. Once `broken`, nothing that is linked is
/// begun any more.
fn transaction(
    conn: &Connection,
    batch: &mut VecDeque<Box<dyn Request>>,
    ran: &mut Vec<Box<dyn Request>>,
    broken: &mut bool,
) -> rusqlite::Result<()> {
    if let Err(error) = conn.execute_batch("BEGIN IMMEDIATE") {
        ran.extend(batch.drain(..));
        return Err(error);
    }
    while let Some(mut request) = batch.pop_front() {
        let linked = request.linked();
        if linked && *broken {
            ran.push(request);
            continue;
        }
        let step = in_savepoint(conn, request.as_mut());
        ran.push(request);
        let kept = step?;
        *broken |= linked && !kept;
    }
    conn.execute_batch("COMMIT")
}

/// One request, undone alone where it fails; says whether it was kept.
fn in_savepoint(conn: &Connection, request: &mut dyn Request) -> rusqlite::Result<bool> {
    let step = |sql: &str| conn.prepare_cached(sql)?.execute([]);
    step("SAVEPOINT request")?;
    let keep = request.run(conn);
    if conn.is_autocommit() {
        // A full disk or a failing one undoes the whole transaction, those before in the batch included
        // (https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction).
        let undone = ffi::Error::new(ffi::SQLITE_ABORT_ROLLBACK);
        let why = "it was undone with another that failed at the same time".to_owned();
        return Err(Error::SqliteFailure(undone, Some(why)));
    }
    if !keep {
        step("ROLLBACK TO request")?;
    }
    step("RELEASE request")?;
    Ok(keep)
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::sync::mpsc::channel;
    use std::task::{Context, Waker};

    use futures_util::future::join_all;

    use super::*;

    type Work = Box<dyn FnOnce(&Connection) -> rusqlite::Result<()> + Send>;

    fn writer(path: &Path) -> Writer {
        let conn = Connection::open(path).unwrap();
        conn.execute_batch("CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT")
            .unwrap();
        Writer::start(conn, path.to_owned()).unwrap()
    }

    fn insert(n: i64) -> Work {
        Box::new(move |tx| tx.execute("INSERT INTO t VALUES (?1)", [n]).map(drop))
    }

    fn rows(conn: &Connection) -> rusqlite::Result<Vec<i64>> {
        conn.prepare("SELECT n FROM t ORDER BY n")?
            .query_map([], |row| row.get(0))?
            .collect()
    }

    /// Which of these succeed when they are committed together: they are queued while the writer is kept busy.
    async fn together(writer: &Writer, requests: Vec<Work>) -> Vec<bool> {
        let (begun, begins) = channel();
        let (go, wait) = channel();
        let busy = move |_: &Connection| {
            begun.send(()).unwrap();
            wait.recv().unwrap();
            Ok(())
        };
        let mut now = Context::from_waker(Waker::noop());
        let mut first = pin!(writer.write("keep busy", busy));
        assert!(first.as_mut().poll(&mut now).is_pending());
        begins.recv().unwrap();
        let mut others = pin!(join_all(requests.into_iter().map(|work| writer.write("insert", work))));
        assert!(others.as_mut().poll(&mut now).is_pending());
        go.send(()).unwrap();
        first.await.unwrap();
        others.await.iter().map(Result::is_ok).collect()
    }

    #[tokio::test]
    async fn a_request_that_fails_is_undone_alone() {
        let half: Work = Box::new(|tx| {
            tx.execute("INSERT INTO t VALUES (7)", [])?;
            tx.execute("INSERT INTO t VALUES (7)", []).map(drop)
        });
        let lost: fn() -> Work = || Box::new(|tx| tx.execute_batch("ROLLBACK; INSERT INTO nowhere VALUES (1)"));
        for (sentence, requests, succeed, kept) in [
            ("all are kept", vec![insert(1), insert(2)], vec![true, true], vec![1, 2]),
            (
                "one that is refused leaves the others",
                vec![insert(1), insert(1), insert(2)],
                vec![true, false, true],
                vec![1, 2],
            ),
            (
                "one that fails half way leaves nothing",
                vec![half, insert(2)],
                vec![false, true],
                vec![2],
            ),
            (
                "where the transaction is lost, nobody is told that theirs was kept",
                vec![insert(1), lost(), insert(2)],
                vec![false, false, true],
                vec![2],
            ),
        ] {
            let writer = writer(Path::new(":memory:"));
            assert_eq!(together(&writer, requests).await, succeed, "{sentence}");
            assert_eq!(writer.write("look", rows).await.unwrap(), kept, "{sentence}");
        }
    }

    #[tokio::test]
    async fn what_was_queued_after_one_that_failed_fails_too() {
        let writer = writer(Path::new(":memory:"));
        let mut places = Vec::new();
        for n in [1, 2, 2, 3] {
            places.push(writer.queue("insert", insert(n)).await.unwrap());
        }
        let (alone, queued) = tokio::join!(writer.write("insert", insert(4)), join_all(places));
        let kept: Vec<bool> = queued.iter().map(Result::is_ok).collect();
        assert_eq!((kept, alone.is_ok()), (vec![true, true, false, false], true));
        assert_eq!(writer.write("look", rows).await.unwrap(), [1, 2, 4]);
        let later = writer.queue("insert", insert(5)).await.unwrap().await.unwrap_err();
        assert_eq!(later.to_string(), "insert: what it builds on could not be written");
    }

    #[tokio::test]
    async fn where_the_commit_fails_what_was_queued_later_fails_too() {
        let writer = writer(Path::new(":memory:"));
        let lost: Work = Box::new(|tx| tx.execute_batch("ROLLBACK; INSERT INTO nowhere VALUES (1)"));
        assert!(writer.queue("insert", lost).await.unwrap().await.is_err());
        assert!(writer.queue("insert", insert(1)).await.unwrap().await.is_err());
        assert!(
            writer.write("insert", insert(2)).await.is_ok(),
            "what depends on nothing is written"
        );
    }

    #[tokio::test]
    async fn after_the_writer_died_every_call_is_an_error() {
        let writer = writer(Path::new(":memory:"));
        let die = |_: &Connection| -> rusqlite::Result<()> { panic!("the writer dies, as this test asks") };
        let error = writer.write("die", die).await.unwrap_err();
        assert_eq!(error.to_string(), "die: the store's writer has stopped");
        writer.stopped().await;
        assert!(writer.is_stopped());
        let error = writer.write("insert", insert(1)).await.unwrap_err();
        assert!(matches!(error, StoreError::Stopped { .. }), "{error}");
    }

    #[test]
    fn what_waits_when_the_store_is_closed_is_written() {
        let path = std::env::temp_dir().join(format!("wirewatch-closing-{}.db", std::process::id()));
        let writer = writer(&path);
        {
            let mut asked = pin!(writer.write("insert", insert(5)));
            let _ = asked.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        }
        drop(writer);
        let kept = rows(&Connection::open(&path).unwrap());
        std::fs::remove_file(&path).unwrap();
        assert_eq!(kept.unwrap(), [5]);
    }
}
