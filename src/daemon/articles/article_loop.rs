//! The article loop: claims articles that are due, opens them one at a time for each host, and records what came of each.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use thiserror::Error;
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};
use tracing::{debug, info, warn};
use url::Url;

use super::pages::{Opened, Pages};
use crate::alert::{Assessment, Context, Seen, ToRecord, record_article};
use crate::daemon::health::shown_name;
use crate::daemon::poll::{at_home, decide_and_record, examine, prepare};
use crate::daemon::supervise::{Ready, Shared, spawn_catching};
use crate::feed::{FeedSettings, FeedState, Retry, Unopened, after_failure, read_article, way_of};
use crate::net::ShownAddress;
use crate::store::{DueArticle, StoreError};
use wirewatch_syndication::Entry;

/// Only what must end the process: a page that cannot be read is an outcome, not an error.
#[derive(Debug, Error)]
pub enum ArticleError {
    #[error("record an article")]
    Store(#[from] StoreError),
    #[error("read an article: the reading ended early")]
    Reading(#[from] JoinError),
}

/// Longer than opening a page may take.
const LEASE: Duration = Duration::from_secs(300);
/// Pages opened at the same time.
const AT_ONCE: usize = 8;
const PULSE: Duration = Duration::from_secs(20);

/// A host that was asked, and until when it wants to be left alone.
type Asked = (String, Option<Timestamp>);

/// Opens articles until told to stop; with `once`, until none is left that was due at the beginning.
pub async fn articles(shared: Arc<Shared>, mut stop: watch::Receiver<bool>, once: bool) -> Result<(), ArticleError> {
    let started = shared.clock.now();
    let pages = Arc::new(Pages::default());
    let hosts = &shared.hosts;
    let mut opening: JoinSet<Result<Asked, ArticleError>> = JoinSet::new();
    let mut one_ended = false;
    loop {
        let now = shared.clock.now();
        let progress = std::mem::take(&mut one_ended) || opening.is_empty();
        shared.pulses.articles.round(shared.clock.steady(), progress);
        let due_by = if once { started } else { now };
        let stopping = *stop.borrow();
        while !stopping && opening.len() < AT_ONCE {
            let closed = hosts.closed(now);
            if shared.store.next_article(&closed).await?.is_none_or(|due| due > due_by) {
                break;
            }
            for due in shared.store.claim_articles(now, 1, LEASE, &closed).await? {
                let host = host_of(&due.url);
                let begun = hosts.begin(&host, now);
                let (shared, pages) = (shared.clone(), pages.clone());
                opening.spawn(async move {
                    if !begun {
                        let gap = shared.ready().configuration.polling.gap;
                        shared.hosts.enter(&host, gap, shared.clock.as_ref()).await;
                    }
                    Ok((host, open(&shared, &pages, due).await?))
                });
            }
        }
        let waiting = shared.store.next_article(&hosts.closed(now)).await?;
        let open = hosts.next_open(now).filter(|_| waiting.is_none());
        let all = shared.store.next_article(&[]).await?;
        if opening.is_empty() && (stopping || (once && all.is_none_or(|due| due > due_by))) {
            return Ok(());
        }
        let next = [waiting, open.filter(|_| all.is_some())].into_iter().flatten();
        let wake = next
            .filter(|at| *at > now)
            .min()
            .unwrap_or(now + PULSE)
            .min(now + PULSE);
        tokio::select! {
            Some(ended) = opening.join_next() => {
                one_ended = true;
                let (host, pause) = ended??;
                let now = shared.clock.now();
                let gap = shared.ready().configuration.polling.gap;
                let pause = pause.and_then(|until| Duration::try_from(until.duration_since(now)).ok());
                hosts.end(&host, now, pause.unwrap_or_default().max(gap));
            }
            () = shared.clock.until(wake) => {}
            () = shared.articles.notified(), if !stopping => {}
            _ = stop.changed(), if !stopping => {}
        }
    }
}

fn host_of(url: &str) -> String {
    let url = Url::parse(url).ok();
    url.and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default()
}

/// Opens one page and records what came of it; gives the pause that its host demands.
async fn open(shared: &Shared, pages: &Pages, due: DueArticle) -> Result<Option<Timestamp>, ArticleError> {
    let ready = shared.ready();
    let Some(settings) = ready.feed(&due.feed) else {
        let why = "its feed is not read any more".to_owned();
        return Ok(failed(shared, &due, Unopened::Ever { why }, Duration::ZERO).await?);
    };
    let wait = ready.configuration.polling.article_wait;
    let opened = match way_of(&ready.articles, settings) {
        Ok(client) => pages.open(&client, &due.url, shared.clock.as_ref()).await,
        Err(error) => Opened::Not(Unopened::Now {
            why: error.to_string(),
            wait: None,
        }),
    };
    let now = shared.clock.now();
    let memory = memory_of(shared, settings).await?;
    let (entry, examined_by, shared_text) = (due.entry.clone(), ready.clone(), memory.boilerplate.clone());
    let (from, of_feed, title) = (
        at_home(settings, &memory),
        settings.clone(),
        shown_name(settings, &memory),
    );
    let read = match opened {
        Opened::Not(unopened) => Err(unopened),
        // A page costs milliseconds to read, and a hostile one more.
        Opened::Page(response) => {
            let read = move || {
                let text = read_article(&response, &entry, now)?;
                let entry = Entry { text, ..entry };
                let watchlist = &examined_by.configuration.watchlist;
                let examined = examine(watchlist, &from, &title, &shared_text, &entry);
                let prepared = prepare(watchlist, &of_feed, &title, &entry, &examined, true);
                Ok((entry, examined, prepared))
            };
            spawn_catching(read).await?.unwrap_or_else(|| {
                warn!(feed.url = %ShownAddress::of_text(&due.feed), url = %ShownAddress::of_text(&due.url), "an article cannot be read or examined");
                let why =
                    "Wirewatch breaks on it; give the lines of the log that name it to whoever maintains Wirewatch"
                        .to_owned();
                Err(Unopened::Ever { why })
            })
        }
    };
    match read {
        Err(unopened) => Ok(failed(shared, &due, unopened, wait).await?),
        Ok((entry, examined, prepared)) => {
            let seen = Seen {
                entry: &entry,
                examined,
                known: None,
                prepared: Some(prepared),
                archive: false,
            };
            take_in(shared, &ready, settings, &memory, &due, seen).await?;
            Ok(None)
        }
    }
}

/// What is remembered of the feed.
async fn memory_of(shared: &Shared, settings: &FeedSettings) -> Result<FeedState, StoreError> {
    let known = shared.store.feed(settings.url.as_str()).await?;
    Ok(known.unwrap_or_else(|| FeedState::unread(&settings.url, shared.clock.now())))
}

/// Decides on the article as a poll decides on entries, and records it.
async fn take_in(
    shared: &Shared,
    ready: &Ready,
    settings: &FeedSettings,
    memory: &FeedState,
    due: &DueArticle,
    mut seen: Seen<'_>,
) -> Result<(), StoreError> {
    let now = shared.clock.now();
    let title = shown_name(settings, memory);
    let context = Context {
        watchlist: &ready.configuration.watchlist,
        feed: settings,
        feed_title: &title,
        first_sight: false,
        opened: true,
        now,
    };
    let recipients = &ready.configuration.recipients;
    let gather = |seen: &[Seen<'_>], assessment: Assessment| {
        record_article(
            seen.first()?,
            due.fate.clone(),
            &due.entry,
            assessment,
            context,
            recipients,
        )
        .map(|record| ToRecord::Article(Box::new(record)))
    };
    let recorded = decide_and_record(shared, std::slice::from_mut(&mut seen), context, gather).await?;
    debug!(feed.url = %ShownAddress::of_text(&due.feed), entry.key = %due.entry.key, "read an article");
    if !recorded.alerts.is_empty() {
        info!(feed.url = %ShownAddress::of_text(&due.feed), alerts = recorded.alerts.len(), "an article brings an alert");
        shared.deliveries.notify_one();
    }
    Ok(())
}

/// Records a failure; gives the pause that the host demands.
async fn failed(
    shared: &Shared,
    due: &DueArticle,
    unopened: Unopened,
    wait: Duration,
) -> Result<Option<Timestamp>, StoreError> {
    let now = shared.clock.now();
    let retry = after_failure(&unopened, due.tries + 1, due.since, now, wait);
    let (why, demanded) = match unopened {
        Unopened::Now { why, wait } => (why, wait),
        Unopened::Ever { why } => (why, None),
    };
    debug!(feed.url = %ShownAddress::of_text(&due.feed), url = %ShownAddress::of_text(&due.url), again = ?retry, "an article was not read: {why}");
    let again = match retry {
        Retry::At(at) => Some(at),
        Retry::Never => None,
    };
    shared
        .store
        .article_failed(&due.feed, due.entry.key, now, why, again)
        .await?;
    Ok(demanded.and_then(|wait| now.saturating_add(wait).ok()))
}
