//! The contract, kept: each method is one read or one write.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::Connection;

use super::super::contract::{
    AlertRow, Attempt, DeliveryRow, Due, DueArticle, EntryRow, Pending, Recorded, Replay, Store, StoryMatch, Tally,
};
use super::connection::Sqlite;
use super::rows::{alerts, articles, claims, deliveries, entries, feeds, record, settle, subscriptions};
use crate::alert::{Delivery, DeliveryId, Known, Notice, Record, StoryId, StoryRecord, ToRecord};
use crate::feed::{FeedState, Subscription};
use wirewatch_syndication::EntryKey;

impl Store for Sqlite {
    fn feeds(&self) -> Pending<'_, Vec<FeedState>> {
        Box::pin(self.read("read what is known of the feeds", feeds::all))
    }

    fn feed<'a>(&'a self, url: &'a str) -> Pending<'a, Option<FeedState>> {
        let url = url.to_owned();
        Box::pin(self.read("read what is known of a feed", move |tx| feeds::one(tx, &url)))
    }

    fn add_feeds(&self, feeds: Vec<FeedState>) -> Pending<'_, usize> {
        Box::pin(self.write("add feeds", move |tx| feeds::add(tx, &feeds)))
    }

    fn known<'a>(&'a self, feed: &'a str, keys: &'a [EntryKey]) -> Pending<'a, HashMap<EntryKey, Known>> {
        let (feed, keys) = (feed.to_owned(), keys.to_vec());
        Box::pin(self.read("look up entries", move |tx| entries::known(tx, &feed, &keys)))
    }

    fn record_schedules(&self, feeds: Vec<Arc<FeedState>>) -> Pending<'_, ()> {
        Box::pin(self.write("record polls that brought nothing", move |tx| {
            feeds::renew_schedules(tx, &feeds)
        }))
    }

    fn record(&self, record: Record, at: Timestamp) -> Pending<'_, Recorded> {
        Box::pin(self.write("record a poll", move |tx| record::record(tx, record, at)))
    }

    fn queue(&self, record: ToRecord, at: Timestamp) -> Pending<'_, Pending<'static, Recorded>> {
        Box::pin(async move {
            let doing = match &record {
                ToRecord::Poll(_) => "record a poll",
                ToRecord::Article(_) => "record an article",
            };
            let written = self.queue_write(doing, move |tx| match record {
                ToRecord::Poll(record) => record::record(tx, record, at),
                ToRecord::Article(record) => record::record_article(tx, *record, at),
            });
            Ok(Box::pin(written.await?) as Pending<'static, Recorded>)
        })
    }

    fn claim_articles<'a>(
        &'a self,
        now: Timestamp,
        limit: usize,
        lease: Duration,
        not_of: &'a [String],
    ) -> Pending<'a, Vec<DueArticle>> {
        let not_of = not_of.to_vec();
        Box::pin(self.write("claim articles that are due", move |tx| {
            articles::claim(tx, now, limit, lease, &not_of)
        }))
    }

    fn next_article<'a>(&'a self, not_of: &'a [String]) -> Pending<'a, Option<Timestamp>> {
        let not_of = not_of.to_vec();
        Box::pin(self.read("look for the next article", move |tx| articles::next(tx, &not_of)))
    }

    fn article_failed<'a>(
        &'a self,
        feed: &'a str,
        key: EntryKey,
        at: Timestamp,
        why: String,
        again: Option<Timestamp>,
    ) -> Pending<'a, ()> {
        let feed = feed.to_owned();
        Box::pin(self.write("record that an article was not read", move |tx| {
            articles::failed(tx, &feed, key, at, &why, again)
        }))
    }

    fn subscriptions(&self) -> Pending<'_, Vec<(String, Subscription)>> {
        Box::pin(self.read("read what is agreed with hubs", subscriptions::all))
    }

    fn subscribe<'a>(&'a self, feed: &'a str, subscription: Option<Subscription>) -> Pending<'a, ()> {
        let feed = feed.to_owned();
        Box::pin(self.write("remember what is agreed with a hub", move |tx| {
            subscriptions::keep(tx, &feed, subscription.as_ref())
        }))
    }

    fn stories(&self, since: Timestamp) -> Pending<'_, Vec<StoryRecord>> {
        Box::pin(self.read("read the stories", move |tx| record::stories(tx, since)))
    }

    fn tell(&self, notice: Notice, to: Vec<Delivery>) -> Pending<'_, bool> {
        Box::pin(self.write("record a notice", move |tx| alerts::tell(tx, &notice, &to)))
    }

    fn claim<'a>(
        &'a self,
        now: Timestamp,
        limit: usize,
        lease: Duration,
        not_to: &'a [String],
    ) -> Pending<'a, Vec<Due>> {
        let not_to = not_to.to_vec();
        Box::pin(self.write("claim what is due", move |tx| {
            claims::claim(tx, now, limit, lease, &not_to)
        }))
    }

    fn attempted(&self, attempt: Attempt) -> Pending<'_, ()> {
        Box::pin(self.write("record an attempt", move |tx| claims::attempted(tx, &attempt)))
    }

    fn next_due(&self) -> Pending<'_, Option<Timestamp>> {
        Box::pin(self.read("look for what is due next", claims::next_due))
    }

    fn alerts(&self, since: Timestamp, limit: usize) -> Pending<'_, Vec<AlertRow>> {
        Box::pin(self.read("read the alerts", move |tx| alerts::since(tx, since, limit)))
    }

    fn alert<'a>(&'a self, id_prefix: &'a str) -> Pending<'a, Vec<AlertRow>> {
        let prefix = id_prefix.to_owned();
        Box::pin(self.read("read an alert", move |tx| alerts::by_prefix(tx, &prefix)))
    }

    fn alerts_of(&self, story: StoryId) -> Pending<'_, Vec<AlertRow>> {
        Box::pin(self.read("read the alerts of a story", move |tx| alerts::of_story(tx, story)))
    }

    fn deliveries(&self, open_only: bool, limit: usize) -> Pending<'_, Vec<DeliveryRow>> {
        Box::pin(self.read("read the deliveries", move |tx| deliveries::list(tx, open_only, limit)))
    }

    fn replay(&self, what: Replay, now: Timestamp) -> Pending<'_, usize> {
        Box::pin(self.write("make deliveries due again", move |tx| {
            deliveries::replay(tx, &what, now)
        }))
    }

    fn drop_deliveries(&self, ids: Vec<DeliveryId>, now: Timestamp) -> Pending<'_, usize> {
        Box::pin(self.write("drop deliveries", move |tx| deliveries::drop_all(tx, &ids, now)))
    }

    fn entries<'a>(&'a self, of: &'a StoryMatch) -> Pending<'a, Vec<EntryRow>> {
        let of = of.clone();
        Box::pin(self.read("read entries", move |tx| entries::by(tx, &of)))
    }

    fn tally(&self) -> Pending<'_, Tally> {
        Box::pin(self.read("count what is stored", tally))
    }

    fn settle(&self, now: Timestamp) -> Pending<'_, usize> {
        Box::pin(self.write("settle what waits by a wrong clock", move |tx| settle::settle(tx, now)))
    }

    fn recorded_between(&self, from: Timestamp, until: Timestamp) -> Pending<'_, bool> {
        Box::pin(self.read("look whether entries were recorded", move |tx| {
            settle::recorded_between(tx, from, until)
        }))
    }

    fn prune(&self, before: Timestamp) -> Pending<'_, usize> {
        Box::pin(self.prune_all(before))
    }
}

fn tally(tx: &Connection) -> rusqlite::Result<Tally> {
    let count = |of: &str| {
        let counted = tx.query_row(&format!("SELECT count(*) FROM {of}"), [], |row| row.get::<_, i64>(0));
        counted.map(i64::cast_unsigned)
    };
    Ok(Tally {
        feeds: count("feed")?,
        entries: count("entry")?,
        alerts: count("alert")?,
        deliveries_due: count("delivery WHERE state = 'due'")?,
        deliveries_dead: count("delivery WHERE state = 'dead'")?,
    })
}
