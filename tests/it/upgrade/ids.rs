//! Ids that are derived come out as they were.

use std::collections::BTreeSet;

use wirewatch::alert::{Context, RecentStories, Seen, assess, route};
use wirewatch::store::{Store, StoryMatch};
use wirewatch_recognition::Document;
use wirewatch_syndication::{Source, parse};

use super::Upgrade;

/// The key that the parser gives to an entry with this id and link.
fn key_of(guid: &str, link: &str) -> String {
    let body = format!(
        "<rss version=\"2.0\"><channel><title>t</title><item><guid isPermaLink=\"false\">{guid}</guid><link>{link}</link>\
         <title>t</title></item></channel></rss>"
    );
    let source = Source {
        bytes: body.as_bytes(),
        content_type: None,
        url: None,
        language: None,
        zone: None,
    };
    let parsed = parse(source).unwrap();
    parsed.entries[0].key.to_string()
}

#[tokio::test]
async fn twenty_derived_ids_are_as_they_were() {
    let upgrade = Upgrade::new().await;
    let (store, ready) = (upgrade.store(), upgrade.ready());
    let configuration = &ready.configuration;
    let [mut alerts, mut stories, mut keys, mut deliveries] = [const { BTreeSet::new() }; 4];
    for known in upgrade.expected.alerts.iter().filter(|known| !known.update) {
        if let (Some(guid), Some(link)) = (&known.guid, &known.link) {
            assert_eq!(key_of(guid, link), known.entry, "{guid}");
            keys.insert(known.entry.clone());
        }
        let story = u64::from_str_radix(&known.story, 16).unwrap();
        let rows = store
            .entries(&StoryMatch::Story(wirewatch::alert::StoryId(story)))
            .await
            .unwrap();
        let first = rows.last().unwrap();
        // Only the first entry of a story gives it its id; what came later joined it.
        if first.entry.key.to_string() != known.entry || first.feed != known.feed {
            continue;
        }
        let feed = ready.feed(&known.feed).unwrap();
        let document = Document {
            title: &first.entry.title,
            text: &first.entry.text,
            feed: Some(&feed.group),
            country: feed.country.as_deref(),
            language: first.entry.language.as_deref(),
            ..Document::default()
        };
        let seen = Seen {
            entry: &first.entry,
            examined: configuration.watchlist.examine(document),
            known: None,
            prepared: None,
            archive: false,
        };
        let context = Context {
            watchlist: &configuration.watchlist,
            feed,
            feed_title: "any",
            first_sight: false,
            opened: false,
            now: known.raised,
        };
        let assessment = assess(&mut [seen], context, &mut RecentStories::default());
        let assessed = &assessment.entries[0];
        let alert = assessed.alerts.iter().find(|alert| alert.watch == known.watch).unwrap();
        assert_eq!(alert.id.to_string(), known.id, "{}", alert.origin.title);
        assert_eq!(alert.story.to_string(), known.story, "{}", alert.origin.title);
        let watches = configuration.watchlist.watches();
        let watch = watches.iter().find(|watch| watch.name == known.watch).unwrap();
        let routed = route(
            alert.payload(),
            alert.level,
            &watch.tell,
            &configuration.recipients,
            known.raised,
        );
        let ids: Vec<String> = routed.iter().map(|delivery| delivery.id.to_string()).collect();
        assert_eq!(ids, known.deliveries, "{}", alert.origin.title);
        for delivery in &routed {
            let row = upgrade
                .expected
                .deliveries
                .iter()
                .find(|row| row.id == delivery.id.to_string());
            let digest = delivery.digest.map(|id| id.to_string());
            assert_eq!(row.unwrap().digest, digest, "{}", delivery.receiver);
            deliveries.insert(delivery.id.to_string());
        }
        alerts.insert(known.id.clone());
        stories.insert(known.story.clone());
    }
    for (what, ids) in [
        ("keys", keys),
        ("stories", stories),
        ("alerts", alerts),
        ("deliveries", deliveries),
    ] {
        assert!(ids.len() >= 20, "only {} {what}", ids.len());
    }
}
