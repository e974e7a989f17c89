//! What is known already: edits, later copies, backlogs and new watches.

use super::*;

#[test]
fn a_rewritten_date_is_no_alert_and_a_death_toll_is_one_update() {
    let mut desk = Desk::new(bamako());
    let first = entry("a.example/1", HEADLINE, STORY);
    let told = desk.alerts("a.example", std::slice::from_ref(&first)).remove(0);

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
    let updates = desk.alerts("a.example", std::slice::from_ref(&tolled));
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
        assert_eq!(
            desk.alerts("a.example", std::slice::from_ref(&first)).len(),
            1,
            "{what}"
        );
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
    let held = desk.poll(&feed("b.example"), false, std::slice::from_ref(&copy));
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
fn two_entries_of_one_poll_are_copies_and_neither_is_an_edit_of_the_other() {
    let mut desk = Desk::new(bamako());
    let copy = entry(
        "a.example/2",
        HEADLINE,
        &STORY.replace("at least 11 people", "11 people, some say 15,"),
    );
    let raised = desk.alerts("a.example", &[entry("a.example/1", HEADLINE, STORY), copy]);
    assert_eq!(
        raised.iter().map(|alert| &alert.kind).collect::<Vec<_>>(),
        [&Kind::First]
    );
}

#[test]
fn a_feed_with_100_old_entries_is_added() {
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
    assert!(alerts(desk.poll(&feed("a.example"), true, std::slice::from_ref(&first))).is_empty());
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
        let before = desk.alerts("a.example", std::slice::from_ref(&first)).remove(0);
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
