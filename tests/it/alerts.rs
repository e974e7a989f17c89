//! From entries to alerts: stories, edits, backlogs, quiet hours, and what a message may carry.

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use wirewatch::alert::{
    Alert, AlertId, Assessment, Context, Decision, Excerpt, Hold, Kind, Known, Novelty, Payload, QuietHours, Raise,
    RecentStories, Recipient, Seen, SourceLine, StoryRecord, assess, content_hash, digest, message, notice_message,
    record, route,
};
use wirewatch::feed::{Backfill, Entry, EntryKey, FeedMemory, FeedSettings, FullText, Trust, derive_id};
use wirewatch::watch::{Document, HowClose, Level, LookIn, Pattern, Term, Watch, Watchlist};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn noon() -> Timestamp {
    at("2024-09-17T12:00:00Z")
}

fn term(written: &str) -> Term {
    let pattern = match written.strip_suffix('*') {
        Some(start) => Pattern::Prefix(start.to_owned()),
        None => Pattern::Words(written.to_owned()),
    };
    Term {
        pattern,
        exact_case: false,
        entity: None,
    }
}

fn watch(name: &str, find: &[&str]) -> Watch {
    Watch {
        name: name.to_owned(),
        title: format!("News of {name}"),
        level: Level::Normal,
        tell: Vec::new(),
        find: find.iter().map(|written| term(written)).collect(),
        together_with: Vec::new(),
        how_close: HowClose::SameArticle,
        but_not: Vec::new(),
        look_in: LookIn::TitleAndText,
        feeds: Vec::new(),
    }
}

fn bamako() -> Watchlist {
    Watchlist::compile(vec![watch("bamako", &["Bamako", "Senou"])]).unwrap()
}

fn feed(host: &str) -> FeedSettings {
    FeedSettings {
        url: format!("https://{host}/feed").parse().unwrap(),
        group: "desks".to_owned(),
        title: None,
        backfill: Backfill::Remember,
        full_text: FullText::Never,
        trust: Trust::Normal,
        country: None,
        language: None,
        fastest: Duration::from_secs(300),
        slowest: Duration::from_secs(3600),
    }
}

fn entry(id: &str, title: &str, text: &str) -> Entry {
    Entry {
        key: EntryKey(derive_id(&[id])),
        id: None,
        title: title.to_owned(),
        link: Some(format!("https://{id}")),
        text: text.to_owned(),
        published: Some(noon()),
        updated: None,
        authors: Vec::new(),
        tags: Vec::new(),
        language: None,
    }
}

/// A desk that remembers: what the daemon and the store do around the heart.
struct Desk {
    watchlist: Watchlist,
    stories: RecentStories,
    known: std::collections::HashMap<(String, EntryKey), Known>,
    now: Timestamp,
}

impl Desk {
    fn new(watchlist: Watchlist) -> Self {
        Self {
            watchlist,
            stories: RecentStories::default(),
            known: Default::default(),
            now: noon(),
        }
    }

    fn poll(&mut self, feed: &FeedSettings, first_sight: bool, entries: &[Entry]) -> Assessment {
        let seen: Vec<Seen<'_>> = entries
            .iter()
            .map(|entry| Seen {
                entry,
                examined: self.watchlist.examine(Document {
                    title: &entry.title,
                    text: &entry.text,
                    feed: Some("desks"),
                }),
                known: self.known.get(&(feed.url.to_string(), entry.key)).copied(),
            })
            .collect();
        let context = Context {
            watchlist: &self.watchlist,
            feed,
            feed_title: feed.url.host_str().unwrap(),
            first_sight,
            now: self.now,
        };
        let assessment = assess(&seen, context, &mut self.stories);
        for (entry, assessed) in entries.iter().zip(&assessment.entries) {
            let known = Known {
                content_hash: content_hash(entry),
                story: assessed.story,
            };
            self.known.insert((feed.url.to_string(), entry.key), known);
        }
        // Stories go through the store as JSON.
        for story in &assessment.stories {
            let back: StoryRecord = serde_json::from_str(&serde_json::to_string(story).unwrap()).unwrap();
            assert_eq!(&back, story);
        }
        assessment
    }

    fn alerts(&mut self, host: &str, entries: &[Entry]) -> Vec<Alert> {
        alerts(self.poll(&feed(host), false, entries))
    }
}

fn alerts(assessment: Assessment) -> Vec<Alert> {
    assessment.entries.into_iter().flat_map(|entry| entry.alerts).collect()
}

const HEADLINE: &str = "Gunmen storm the military airport of Bamako at dawn";
const STORY: &str = "Gunmen stormed the gendarmerie school and the military airport of Bamako before dawn on Tuesday, \
    killing at least 11 people, two security sources said. Smoke rose over the Senou district for hours while soldiers \
    searched house after house, and flights were turned back until the evening.";

#[test]
fn one_story_told_again_is_one_alert() {
    for (what, host, id, title, text, same) in [
        ("the same text elsewhere, with the outlet's name", "b.example", "b.example/1", format!("{HEADLINE} - B News"), STORY.to_owned(), true),
        ("the same text under another headline", "b.example", "b.example/1", "Assault shakes the Malian capital".to_owned(), STORY.to_owned(), true),
        ("cut to 60 %", "b.example", "b.example/1", "Dawn assault".to_owned(), STORY.chars().take(STORY.chars().count() * 6 / 10).collect(), true),
        ("one word changed", "b.example", "b.example/1", "Dawn assault".to_owned(), STORY.replace("stormed", "attacked"), true),
        ("an agency's name before it", "b.example", "b.example/1", "Dawn assault".to_owned(), format!("(Wire) - {STORY}"), true),
        ("the same link, tracked", "b.example", "a.example/1?utm_source=rss", "Bamako".to_owned(), "Read more.".to_owned(), true),
        ("the same headline, nothing else", "b.example", "b.example/1", HEADLINE.to_owned(), String::new(), true),
        ("the same headline, told in other words", "b.example", "b.example/9", HEADLINE.to_owned(),
            "Residents of the capital woke to explosions near the runway. Officials called for calm and shut the market of \
             Faladie, where traders had already begun to load their stalls onto carts in a hurry.".to_owned(), true),
        ("another event", "b.example", "b.example/1", "Bamako market reopens".to_owned(),
            "Traders in Bamako welcomed the end of works at the great market on Monday after eight years of waiting.".to_owned(), false),
        ("another event behind one template", "b.example", "b.example/1", "Gunmen storm a village near Bamako".to_owned(),
            STORY.replace("at least 11 people", "at least 30 people").replace("Tuesday", "Friday"), false),
        ("another entry behind the link of all entries", "a.example", "a.example/1#2", "Bamako budget passes".to_owned(),
            "The council of Bamako has passed its budget after a night of debate about parking fees.".to_owned(), false),
    ] {
        let mut desk = Desk::new(bamako());
        assert_eq!(desk.alerts("a.example", &[entry("a.example/1", HEADLINE, STORY)]).len(), 1, "{what}");
        let copy = Entry { key: EntryKey(7), ..entry(id, &title, &text) };
        let assessment = desk.poll(&feed(host), false, &[copy]);
        assert_eq!(alerts(assessment.clone()).len(), usize::from(!same), "{what}");
        assert_eq!(assessment.stories.len(), 1, "{what}");
        assert_eq!(assessment.stories[0].copies, u32::from(same), "{what}: copies are counted");
    }
}

#[test]
fn titles_of_every_day_are_no_key() {
    for (what, title, one, other) in [
        (
            "live updates",
            "Live updates",
            "Shots were heard in Bamako near the river this morning, residents say by telephone.",
            "The minister arrived in Bamako for talks on grain prices with her counterparts from the coast.",
        ),
        (
            "a weekly column",
            "Letter from Bamako: a walk through the week",
            "The mangoes are late this year and the taxi drivers of Bamako know why, they told me.",
            "On the bridge in Bamako a man sells maps of a city that has long since outgrown them.",
        ),
    ] {
        let mut desk = Desk::new(bamako());
        assert_eq!(
            desk.alerts("a.example", &[entry("a.example/1", title, one)]).len(),
            1,
            "{what}"
        );
        assert_eq!(
            desk.alerts("a.example", &[entry("a.example/2", title, other)]).len(),
            1,
            "{what}, same feed"
        );
        if title == "Live updates" {
            let third = "Rain has closed the road from Bamako to the south, says the ministry of transport in a note.";
            assert_eq!(
                desk.alerts("b.example", &[entry("b.example/2", title, third)]).len(),
                1,
                "{what}, another feed"
            );
        }
    }
}

#[test]
fn entries_that_share_a_footer_are_their_own_stories() {
    let footer = "This article was written by our correspondents in the region. Subscribe to our newsletter to be told of \
        what happens in the Sahel every morning before breakfast, free of charge, and write to us if you have seen \
        something that we should know about. All rights reserved; reproduction only with our consent in writing.";
    let mut desk = Desk::new(bamako());
    let told = [
        (
            "Bamako bridge closed after flood",
            "The third bridge of Bamako was closed on account of high water in the night.",
        ),
        (
            "Teachers in Bamako walk out",
            "Teachers of twelve schools in Bamako laid down their chalk to ask for arrears of pay.",
        ),
        (
            "Gunfire near Bamako barracks",
            "Shots rang out near the barracks in Bamako and people ran from the market nearby.",
        ),
    ];
    for (number, (title, own)) in told.iter().enumerate() {
        for host in ["a.example", "b.example"] {
            let entry = entry(&format!("{host}/{number}"), title, &format!("{own}\n\n{footer}"));
            let first = usize::from(host == "a.example");
            assert_eq!(desk.alerts(host, &[entry]).len(), first, "{title} in {host}");
        }
    }
}

#[test]
fn case_04_link_and_guid_change_at_every_fetch() {
    let mut desk = Desk::new(bamako());
    let mut raised = 0;
    for fetch in 0..5 {
        let mut entry = entry(
            "news.google.com",
            &format!("{HEADLINE} - Radio Kledu"),
            &format!("{HEADLINE}  Radio Kledu"),
        );
        entry.key = EntryKey(100 + fetch);
        entry.link = Some(format!("https://news.google.com/rss/articles/CBMi{fetch}?oc=5"));
        raised += desk.alerts("news.google.com", &[entry]).len();
        desk.now = desk.now.checked_add(1.hour()).unwrap();
    }
    assert_eq!(raised, 1);

    let mut desk = Desk::new(bamako());
    let mut backlog = entry("news.google.com", HEADLINE, "");
    assert!(alerts(desk.poll(&feed("news.google.com"), true, &[backlog.clone()])).is_empty());
    backlog.key = EntryKey(101);
    backlog.link = Some("https://news.google.com/rss/articles/CBMiOther".to_owned());
    assert!(
        desk.alerts("news.google.com", &[backlog]).is_empty(),
        "a backlog under new ids is still the backlog"
    );
}

#[test]
fn case_05_a_rewritten_date_is_no_alert_and_a_death_toll_is_one_update() {
    let mut desk = Desk::new(bamako());
    let first = entry("a.example/1", HEADLINE, STORY);
    let told = desk.alerts("a.example", &[first.clone()]).remove(0);

    let dated = Entry {
        published: Some(at("2024-09-17T13:00:00Z")),
        updated: Some(desk.now),
        ..first.clone()
    };
    let again = desk.poll(&feed("a.example"), false, &[dated]);
    assert_eq!(
        again.entries[0].decisions,
        [(0, Decision::Hold(Hold::NothingNew { alert: told.id }))]
    );

    let tolled = Entry {
        text: STORY.replace("at least 11 people", "at least 77 people"),
        ..first
    };
    let updates = desk.alerts("a.example", &[tolled.clone()]);
    assert_eq!(updates.len(), 1);
    assert_eq!(
        updates[0].kind,
        Kind::Update {
            of: told.id,
            new: vec![Novelty::Number("77".to_owned())]
        }
    );
    assert_eq!(updates[0].story, told.story);
    assert_ne!(updates[0].id, told.id);

    let reworded = Entry {
        title: format!("{HEADLINE}, army says"),
        ..tolled
    };
    assert!(desk.alerts("a.example", &[reworded]).is_empty(), "the toll was told");
}

#[test]
fn an_edit_alerts_again_only_for_a_new_number_or_term() {
    let before = "Eleven people were killed in Bamako, a doctor said. The market stayed open.";
    for (what, after, new) in [
        (
            "a typo",
            "Eleven people were killed in Bamako, a docter said. The market stayed open.",
            None,
        ),
        (
            "the number in digits",
            "11 people were killed in Bamako, a doctor said. The market stayed open.",
            None,
        ),
        (
            "in French",
            "Onze personnes ont été tuées à Bamako, selon un médecin.",
            None,
        ),
        (
            "a higher toll",
            "Fourteen people were killed in Bamako, a doctor said.",
            Some(Novelty::Number("Fourteen".to_owned())),
        ),
        (
            "with separators",
            "1,400 people were displaced in Bamako; eleven were killed.",
            Some(Novelty::Number("1,400".to_owned())),
        ),
        (
            "a toll far from the place",
            "Eleven were killed in Bamako. Later the toll rose to 14 dead.",
            Some(Novelty::Number("14".to_owned())),
        ),
        (
            "another term of the watch",
            "Eleven people were killed in Bamako and Senou, a doctor said.",
            Some(Novelty::Term("Senou".to_owned())),
        ),
        (
            "a date and a time",
            "Eleven people were killed in Bamako on 17 September 2024 at 05:30, a doctor said.",
            None,
        ),
        (
            "a telephone",
            "Eleven people were killed in Bamako; call +223 20 22 49 81, a doctor said.",
            None,
        ),
        (
            "a reading time",
            "3 min read. Eleven people were killed in Bamako, a doctor said.",
            None,
        ),
        (
            "views and comments",
            "Eleven people were killed in Bamako, a doctor said. 1,234 views, 12 comments",
            None,
        ),
        (
            "a number elsewhere",
            "Eleven people were killed in Bamako, a doctor said. The market sells 40 kinds of rice.",
            None,
        ),
        (
            "how long ago",
            "Updated 5 minutes ago. Eleven people were killed in Bamako.",
            None,
        ),
    ] {
        let mut desk = Desk::new(bamako());
        let first = entry("a.example/1", "Attack in Bamako", before);
        assert_eq!(desk.alerts("a.example", &[first.clone()]).len(), 1, "{what}");
        let edited = Entry {
            text: after.to_owned(),
            ..first
        };
        let raised: Vec<Novelty> = desk
            .alerts("a.example", &[edited])
            .into_iter()
            .flat_map(|alert| match alert.kind {
                Kind::Update { new, .. } => new,
                Kind::First => panic!("{what}: a second first alert"),
            })
            .collect();
        assert_eq!(raised, new.into_iter().collect::<Vec<_>>(), "{what}");
    }
}

#[test]
fn a_later_copy_attaches_and_only_its_edit_may_update() {
    let mut desk = Desk::new(bamako());
    let told = desk
        .alerts("a.example", &[entry("a.example/1", HEADLINE, STORY)])
        .remove(0);
    let copy = entry(
        "b.example/1",
        HEADLINE,
        &STORY.replace("at least 11 people", "11 people, some say 15,"),
    );
    let held = desk.poll(&feed("b.example"), false, &[copy.clone()]);
    let same = Decision::Hold(Hold::SameStory {
        story: told.story,
        alert: told.id,
    });
    assert_eq!(held.entries[0].decisions, [(0, same)]);
    let edited = Entry {
        text: copy.text.replace("flights were", "all flights were"),
        ..copy
    };
    let update = desk.alerts("b.example", &[edited]).remove(0);
    assert_eq!(
        update.kind,
        Kind::Update {
            of: told.id,
            new: vec![Novelty::Number("15".to_owned())]
        }
    );
}

#[test]
fn case_10_a_feed_with_100_old_entries_is_added() {
    let backlog: Vec<Entry> = (0..100)
        .map(|number| entry(&format!("a.example/{number}"), &format!("Bamako bulletin of the harbour master, part {number}"),
            &format!("In part {number} the harbour master of Bamako writes of barge {number} and its cargo of {number} sacks.")))
        .collect();
    let hours = |hours: u64| Backfill::Within(Duration::from_secs(hours * 3600));
    for (what, backfill, age, raised) in [
        ("remembered", Backfill::Remember, 1.hour(), false),
        ("all of it", Backfill::All, 1.hour(), true),
        (
            "the last six hours, published five hours before",
            hours(6),
            5.hours(),
            true,
        ),
        (
            "the last six hours, published seven hours before",
            hours(6),
            7.hours(),
            false,
        ),
    ] {
        let mut desk = Desk::new(bamako());
        desk.now = noon().checked_add(age).unwrap();
        let feed = FeedSettings {
            backfill,
            ..feed("a.example")
        };
        let assessment = desk.poll(&feed, true, &backlog);
        assert_eq!(!alerts(assessment.clone()).is_empty(), raised, "{what}");
        if !raised {
            let backlog = Decision::Hold(Hold::Backlog);
            assert!(
                assessment
                    .entries
                    .iter()
                    .all(|entry| entry.decisions == [(0, backlog.clone())]),
                "{what}"
            );
        }
        assert!(
            alerts(desk.poll(&feed, false, &backlog)).is_empty(),
            "{what}: nor at the second poll"
        );
    }
    let undated = Entry {
        published: None,
        ..backlog[0].clone()
    };
    let feed = FeedSettings {
        backfill: hours(6),
        ..feed("a.example")
    };
    assert!(
        alerts(Desk::new(bamako()).poll(&feed, true, &[undated])).is_empty(),
        "undated is never within"
    );
}

#[test]
fn a_silent_backlog_swallows_no_alert() {
    let mut desk = Desk::new(bamako());
    let first = entry("a.example/1", HEADLINE, STORY);
    assert!(alerts(desk.poll(&feed("a.example"), true, &[first.clone()])).is_empty());
    let trivial = Entry {
        text: format!("{STORY} More follows."),
        ..first.clone()
    };
    assert!(
        desk.alerts("a.example", &[trivial]).is_empty(),
        "a trivial edit of the backlog"
    );
    let tolled = Entry {
        text: STORY.replace("11", "77"),
        ..first
    };
    let raised = desk.alerts("a.example", &[tolled]);
    assert_eq!(raised.len(), 1, "the toll of an entry of the backlog changes");
    assert_eq!(raised[0].kind, Kind::First);

    let mut desk = Desk::new(bamako());
    desk.poll(&feed("a.example"), true, &[entry("a.example/1", HEADLINE, STORY)]);
    assert_eq!(
        desk.alerts("b.example", &[entry("b.example/1", HEADLINE, STORY)]).len(),
        1,
        "another feed reports it"
    );
}

#[test]
fn a_new_watch_is_not_told_of_entries_that_are_known() {
    let mut desk = Desk::new(bamako());
    let entries = [entry("a.example/1", HEADLINE, STORY)];
    assert_eq!(desk.alerts("a.example", &entries).len(), 1);
    desk.watchlist = Watchlist::compile(vec![
        watch("airports", &["airport"]),
        watch("bamako", &["Bamako", "Senou"]),
    ])
    .unwrap();
    let again = desk.poll(&feed("a.example"), false, &entries);
    assert_eq!(again.entries[0].decisions[0], (0, Decision::Hold(Hold::KnownEntry)));
    assert!(matches!(
        again.entries[0].decisions[1],
        (1, Decision::Hold(Hold::NothingNew { .. }))
    ));
    let copies = desk.alerts("b.example", &[entry("b.example/1", HEADLINE, STORY)]);
    assert_eq!(
        copies.iter().map(|alert| alert.watch.as_str()).collect::<Vec<_>>(),
        ["airports"],
        "it was never told"
    );
}

#[test]
fn an_old_entry_whose_story_is_forgotten_alerts_only_if_its_dates_say_that_it_changed_now() {
    for (what, days, updated, raised) in [
        ("a template changes", 30, None, 0),
        ("the publisher dates the edit", 30, Some("2024-10-17T11:00:00Z"), 1),
    ] {
        let mut desk = Desk::new(bamako());
        let first = entry("a.example/1", HEADLINE, STORY);
        let before = desk.alerts("a.example", &[first.clone()]).remove(0);
        desk.now = desk.now.checked_add((24 * days).hours()).unwrap();
        desk.stories.forget(desk.now.checked_sub((24 * 14).hours()).unwrap());
        let edited = Entry {
            text: format!("{STORY} Read more."),
            updated: updated.map(at),
            ..first
        };
        let after = desk.alerts("a.example", &[edited]);
        assert_eq!(after.len(), raised, "{what}");
        assert!(
            after
                .iter()
                .all(|alert| alert.id != before.id && alert.kind == Kind::First),
            "{what}"
        );
    }
}

#[test]
fn an_alert_carries_why_it_came() {
    let watchlist = bamako();
    let mut desk = Desk::new(watchlist);
    let long = format!(
        "{}\n\n{STORY}\n\n{}",
        "The council met on an ordinary day. ".repeat(20),
        "Rain is expected. ".repeat(30)
    );
    let alert = desk
        .alerts("a.example", &[entry("a.example/1", HEADLINE, &long)])
        .remove(0);
    let shown: Vec<&str> = alert
        .excerpt
        .marks
        .iter()
        .map(|mark| &alert.excerpt.text[mark.clone()])
        .collect();
    assert_eq!(shown, ["Bamako", "Senou"]);
    assert!(
        alert.excerpt.text.starts_with("… ") && alert.excerpt.text.ends_with(" …"),
        "{}",
        alert.excerpt.text
    );
    let length = alert.excerpt.text.chars().count();
    assert!((200..=310).contains(&length), "{length}: {}", alert.excerpt.text);
    assert_eq!(
        alert
            .reason
            .found
            .iter()
            .map(|found| found.text.as_str())
            .collect::<Vec<_>>(),
        ["Bamako", "Senou"]
    );
    assert_eq!(alert.origin.feed_title, "a.example");
}

#[test]
fn a_record_holds_every_entry_with_its_fate_and_its_deliveries() {
    let desk = Desk::new(bamako());
    let entries = [
        entry("a.example/1", HEADLINE, STORY),
        entry("a.example/2", "Rain", "It rains in the north today."),
    ];
    let feed = feed("a.example");
    let seen: Vec<Seen<'_>> = entries
        .iter()
        .map(|entry| {
            let document = Document {
                title: &entry.title,
                text: &entry.text,
                feed: Some("desks"),
            };
            Seen {
                entry,
                examined: desk.watchlist.examine(document),
                known: None,
            }
        })
        .collect();
    let context = Context {
        watchlist: &desk.watchlist,
        feed: &feed,
        feed_title: "A",
        first_sight: false,
        now: noon(),
    };
    let assessment = assess(&seen, context, &mut RecentStories::default());
    let recipients = [
        recipient("analyst", &["a@x.example", "b@x.example"], "UTC", None),
        recipient("console", &[""], "UTC", None),
    ];
    let memory = FeedMemory::unread(&feed.url, noon());
    let record = record(memory, &seen, assessment, context, &recipients);
    assert_eq!(
        (
            record.entries.len(),
            record.alerts.len(),
            record.deliveries.len(),
            record.stories.len()
        ),
        (2, 1, 3, 1)
    );
    assert_eq!(
        record.entries[0].fate.watches[0].decision,
        Some(Decision::Raise(Raise::First))
    );
    assert_eq!(record.entries[0].story, Some(record.alerts[0].story));
    assert_eq!(
        (record.entries[1].story, record.entries[1].fate.watches.len()),
        (None, 0)
    );
}

fn recipient(name: &str, addresses: &[&str], zone: &str, quiet: Option<(i8, i8, i8, i8)>) -> Recipient {
    Recipient {
        name: name.to_owned(),
        addresses: addresses.iter().map(|address| (*address).to_owned()).collect(),
        time_zone: TimeZone::get(zone).unwrap(),
        quiet_hours: quiet.map(|(from, from_minute, until, until_minute)| QuietHours {
            from: jiff::civil::time(from, from_minute, 0, 0),
            until: jiff::civil::time(until, until_minute, 0, 0),
        }),
    }
}

#[test]
fn case_13_quiet_hours_across_a_change_to_summer_time_and_back() {
    let night = Some((22, 0, 6, 0));
    let half_past_two = Some((22, 0, 2, 30));
    for (what, zone, quiet, now, due) in [
        (
            "an ordinary night",
            "Europe/Paris",
            night,
            "2024-09-17T21:00:00Z",
            "2024-09-18T04:00:00Z",
        ),
        (
            "its last minute",
            "Europe/Paris",
            night,
            "2024-09-18T03:59:59Z",
            "2024-09-18T04:00:00Z",
        ),
        (
            "its end",
            "Europe/Paris",
            night,
            "2024-09-18T04:00:00Z",
            "2024-09-18T04:00:00Z",
        ),
        (
            "its beginning",
            "Europe/Paris",
            night,
            "2024-09-17T20:00:00Z",
            "2024-09-18T04:00:00Z",
        ),
        (
            "by day",
            "Europe/Paris",
            night,
            "2024-09-17T12:00:00Z",
            "2024-09-17T12:00:00Z",
        ),
        (
            "the night that is an hour short",
            "Europe/Paris",
            night,
            "2024-03-30T22:30:00Z",
            "2024-03-31T04:00:00Z",
        ),
        (
            "the same, after the jump",
            "Europe/Paris",
            night,
            "2024-03-31T03:59:00Z",
            "2024-03-31T04:00:00Z",
        ),
        (
            "the night that is an hour long",
            "Europe/Paris",
            night,
            "2024-10-26T21:30:00Z",
            "2024-10-27T05:00:00Z",
        ),
        (
            "the same, after the clocks went back",
            "Europe/Paris",
            night,
            "2024-10-27T04:30:00Z",
            "2024-10-27T05:00:00Z",
        ),
        (
            "an end that is skipped",
            "Europe/Paris",
            half_past_two,
            "2024-03-30T23:00:00Z",
            "2024-03-31T01:30:00Z",
        ),
        (
            "an end that comes twice, before the first",
            "Europe/Paris",
            half_past_two,
            "2024-10-26T22:00:00Z",
            "2024-10-27T01:30:00Z",
        ),
        (
            "between the two",
            "Europe/Paris",
            half_past_two,
            "2024-10-27T01:10:00Z",
            "2024-10-27T01:30:00Z",
        ),
        (
            "no summer time",
            "Africa/Bamako",
            night,
            "2024-03-31T01:00:00Z",
            "2024-03-31T06:00:00Z",
        ),
        (
            "hours within a day",
            "Africa/Bamako",
            Some((12, 0, 14, 0)),
            "2024-09-17T13:00:00Z",
            "2024-09-17T14:00:00Z",
        ),
        (
            "hours of no length",
            "Africa/Bamako",
            Some((12, 0, 12, 0)),
            "2024-09-17T12:00:00Z",
            "2024-09-17T12:00:00Z",
        ),
        (
            "none",
            "Africa/Bamako",
            None,
            "2024-09-17T23:00:00Z",
            "2024-09-17T23:00:00Z",
        ),
    ] {
        let recipient = recipient("analyst", &["a@x.example"], zone, quiet);
        let routed = |level, now| {
            route(
                Payload::Alert(AlertId(1)),
                level,
                &[],
                std::slice::from_ref(&recipient),
                now,
            )
        };
        let held = routed(Level::Normal, at(now)).remove(0);
        assert_eq!(held.not_before, at(due), "{what}");
        assert_eq!(held.digest.is_some(), now != due, "{what}");
        let urgent = routed(Level::Urgent, at(now)).remove(0);
        assert_eq!(
            (urgent.not_before, urgent.digest),
            (at(now), None),
            "{what}: urgent passes"
        );
        assert_eq!(urgent.id, held.id, "{what}: the id does not depend on when");
    }
}

#[test]
fn held_alerts_of_one_night_are_one_digest() {
    let analyst = [recipient(
        "analyst",
        &["a@x.example", "b@x.example"],
        "Europe/Paris",
        Some((22, 0, 6, 0)),
    )];
    let digests = |alert, now| -> Vec<_> {
        route(Payload::Alert(AlertId(alert)), Level::Normal, &[], &analyst, at(now))
            .into_iter()
            .map(|held| held.digest)
            .collect()
    };
    let evening = digests(1, "2024-10-26T21:00:00Z");
    assert_eq!(
        evening,
        digests(2, "2024-10-27T00:30:00Z"),
        "before and after midnight and the change"
    );
    assert_ne!(evening[0], evening[1], "each address has its own");
    assert_ne!(evening, digests(3, "2024-10-27T21:30:00Z"), "the next night is another");
}

#[test]
fn an_alert_goes_to_those_who_are_named() {
    let all = [
        recipient("analyst", &["a@x.example", "a@x.example"], "UTC", None),
        recipient("soar", &[""], "UTC", None),
    ];
    for (what, tell, told) in [
        ("nobody named: all", &[][..], &["analyst", "soar"][..]),
        ("one named", &["soar"], &["soar"]),
        ("named, and gone since", &["desk"], &["analyst", "soar"]),
    ] {
        let tell: Vec<String> = tell.iter().map(|name| (*name).to_owned()).collect();
        let routed = route(Payload::Notice(3), Level::Low, &tell, &all, noon());
        assert_eq!(
            routed
                .iter()
                .map(|delivery| delivery.receiver.as_str())
                .collect::<Vec<_>>(),
            told,
            "{what}"
        );
    }
}

fn sample_alert() -> Alert {
    Desk::new(bamako())
        .alerts("a.example", &[entry("a.example/1", HEADLINE, STORY)])
        .remove(0)
}

#[test]
fn a_message_reads_in_the_receivers_time() {
    let mut alert = sample_alert();
    alert.level = Level::Urgent;
    let zone = TimeZone::get("Asia/Kolkata").unwrap();
    let source = SourceLine {
        feed_title: "B".to_owned(),
        title: "T".to_owned(),
        link: None,
        seen: noon(),
    };
    let shown = message(&alert, &vec![source; 23], &zone);
    assert_eq!(shown.subject, format!("[Urgent] News of bamako: {HEADLINE}"));
    let paragraph = &shown.paragraphs[0];
    assert_eq!(paragraph.source, "a.example · 17 September 2024, 17:30 (Asia/Kolkata)");
    assert!(
        paragraph.because.starts_with("Because ") && paragraph.because.ends_with('.'),
        "{}",
        paragraph.because
    );
    assert_eq!((paragraph.news.as_deref(), paragraph.also_in.len()), (None, 20));
    assert_eq!(paragraph.lines, ["and in 3 more"]);

    let new = vec![Novelty::Number("14".to_owned()), Novelty::Term("Senou".to_owned())];
    alert.kind = Kind::Update { of: AlertId(1), new };
    alert.origin.published = None;
    alert.origin.title = String::new();
    alert.watch_title = "W".repeat(300);
    let update = message(&alert, &[], &zone);
    assert!(update.subject.starts_with("[Urgent update] WWW"), "{}", update.subject);
    assert!(
        update.subject.chars().count() <= 150 && update.subject.contains("…: Gunmen"),
        "{}",
        update.subject
    );
    assert_eq!(
        update.paragraphs[0].news.as_deref(),
        Some("New since the last alert: “14”, “Senou”")
    );
    assert_eq!(
        update.paragraphs[0].source,
        "a.example · no date, seen 17 September 2024, 17:30 (Asia/Kolkata)"
    );
}

#[test]
fn a_digest_says_how_many_and_when() {
    let alert = sample_alert();
    let urgent = Alert {
        level: Level::Urgent,
        watch: "segou".to_owned(),
        watch_title: "Ségou".to_owned(),
        ..alert.clone()
    };
    let night = Alert {
        raised: at("2024-09-17T23:00:00Z"),
        ..alert.clone()
    };
    let subject = |alerts: &[Alert]| {
        let alerts: Vec<_> = alerts.iter().map(|alert| (alert.clone(), Vec::new())).collect();
        digest(&alerts, &TimeZone::UTC)
    };
    assert_eq!(
        subject(&[alert.clone()]).subject,
        "1 alert held during quiet hours: News of bamako"
    );
    let both = subject(&[night.clone(), urgent.clone()]);
    assert_eq!(both.subject, "2 alerts held overnight: Ségou, News of bamako");
    assert_eq!((both.level, both.watch), (Some(Level::Urgent), None));
    assert_eq!(subject(&[alert, night]).watch.as_deref(), Some("bamako"));
}

#[test]
fn case_27_nothing_in_a_message_acts() {
    let evil =
        "=cmd|' /C calc'!A0 \r\nBcc: x@x.example\u{1b}[2J\u{202e}txt.exe\u{200b} @everyone <!channel>\u{7}\u{9b}31m";
    let mut desk = Desk::new(bamako());
    let mut entry = entry(
        "a.example/1",
        &format!("{evil} Bamako"),
        &format!("{evil}\n\nBamako {evil}"),
    );
    entry.link = Some("javascript:alert(1)".to_owned());
    let mut alert = desk.alerts("a.example", &[entry]).remove(0);
    alert.watch_title = evil.to_owned();
    alert.origin.feed_title = evil.to_owned();
    alert.reason.because = evil.to_owned();
    alert.kind = Kind::Update {
        of: AlertId(1),
        new: vec![Novelty::Term(evil.to_owned())],
    };
    let source = SourceLine {
        feed_title: evil.to_owned(),
        title: evil.to_owned(),
        link: Some(evil.to_owned()),
        seen: noon(),
    };
    let zone = TimeZone::UTC;
    let notice = wirewatch::alert::Notice {
        id: 1,
        raised: noon(),
        title: evil.to_owned(),
        lines: vec![evil.to_owned()],
    };
    for shown in [
        message(&alert, std::slice::from_ref(&source), &zone),
        digest(&[(alert.clone(), vec![source])], &zone),
        notice_message(&notice, &zone),
    ] {
        let mut fields = vec![shown.subject.clone()];
        for paragraph in &shown.paragraphs {
            let Excerpt { text, marks } = paragraph.excerpt.clone();
            assert!(
                marks.iter().all(|mark| &text[mark.clone()] == "Bamako"),
                "{text:?} {marks:?}"
            );
            fields.extend([
                paragraph.headline.clone(),
                paragraph.source.clone(),
                paragraph.because.clone(),
                text,
            ]);
            fields.extend(paragraph.link.clone());
            fields.extend(paragraph.news.clone());
            fields.extend(paragraph.lines.clone());
            fields.extend(
                paragraph
                    .also_in
                    .iter()
                    .flat_map(|also| [also.feed_title.clone(), also.title.clone()]),
            );
            assert_eq!(paragraph.link, None);
            assert!(paragraph.also_in.iter().all(|also| also.link.is_none()));
        }
        for field in fields {
            let acts =
                |c: char| c.is_control() || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            assert!(!field.contains(acts), "{field:?}");
            assert!(!field.starts_with('='), "{field:?}");
            assert!(!field.contains("@everyone") && !field.contains("<!"), "{field:?}");
        }
        assert!(shown.subject.chars().count() <= 150, "{}", shown.subject);
    }
}

/// Entries of a few events in a few feeds, each event in words of its own.
fn events() -> impl Strategy<Value = Vec<(usize, usize)>> {
    proptest::collection::vec((0..4_usize, 0..5_usize), 1..20)
}

fn told_entry(host: usize, event: usize) -> Entry {
    let events = [
        (
            "Mortar rounds fall on the grain market",
            "Mortar rounds fell on the grain market in Bamako before noon, and porters carried the wounded to a clinic.",
        ),
        (
            "River ferry sinks with its passengers",
            "A river ferry sank off Bamako in a squall, and fishermen pulled passengers from the water until dusk.",
        ),
        (
            "Teachers end their strike over pay",
            "Teachers in Bamako return to class after the union signed a paper on arrears that both sides call fair.",
        ),
        (
            "Court frees the editor of a weekly",
            "A court in Bamako let the editor of a satirical weekly go home, citing errors in the police report.",
        ),
        (
            "Power station goes dark for a night",
            "A fault at the power station left Bamako without light from midnight, and bakers lit their ovens with wood.",
        ),
    ];
    let (title, text) = events[event];
    entry(&format!("{host}.example/{event}"), title, text)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn assess_is_deterministic_and_raises_nothing_twice(reports in events()) {
        let run = |desk: &mut Desk| -> Vec<Alert> {
            reports.iter().flat_map(|(host, event)| desk.alerts(&format!("{host}.example"), &[told_entry(*host, *event)])).collect()
        };
        let mut desk = Desk::new(bamako());
        let first = run(&mut desk);
        prop_assert_eq!(&first, &run(&mut Desk::new(bamako())));
        prop_assert_eq!(run(&mut desk), vec![]);
        // After a crash before the record, the entries are not known, but the stories may be.
        desk.known.clear();
        prop_assert_eq!(run(&mut desk), vec![]);
    }

    #[test]
    fn the_order_of_feeds_does_not_change_the_number_of_alerts(
        (reports, shuffled) in events().prop_flat_map(|reports| (Just(reports.clone()), Just(reports).prop_shuffle())),
    ) {
        let number = |reports: &[(usize, usize)]| {
            let mut desk = Desk::new(bamako());
            let raised = reports.iter().map(|(host, event)| desk.alerts(&format!("{host}.example"), &[told_entry(*host, *event)]).len());
            raised.sum::<usize>()
        };
        prop_assert_eq!(number(&reports), number(&shuffled));
    }
}
