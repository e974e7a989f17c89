//! Who is told, when, and what one poll leaves behind.

use std::sync::Arc;

use super::*;

#[test]
fn a_record_holds_every_entry_with_its_fate_and_its_deliveries() {
    let desk = Desk::new(bamako());
    let entries = [
        entry("a.example/1", HEADLINE, STORY),
        entry("a.example/2", "Rain", "It rains in the north today."),
    ];
    let feed = feed("a.example");
    let mut seen: Vec<Seen<'_>> = entries
        .iter()
        .map(|entry| {
            let document = Document {
                title: &entry.title,
                text: &entry.text,
                feed: Some("desks"),
                ..Default::default()
            };
            Seen {
                entry,
                examined: desk.watchlist.examine(document),
                known: None,
                prepared: None,
                archive: false,
            }
        })
        .collect();
    let context = Context {
        watchlist: &desk.watchlist,
        feed: &feed,
        feed_title: "A",
        first_sight: false,
        opened: false,
        now: noon(),
    };
    let assessment = assess(&mut seen, context, &mut RecentStories::default());
    let recipients = [
        recipient("analyst", &["a@x.example", "b@x.example"], "UTC", None),
        recipient("console", &[""], "UTC", None),
    ];
    let memory = Arc::new(FeedState::unread(&feed.url, noon()));
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
fn quiet_hours_across_a_change_to_summer_time_and_back() {
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
