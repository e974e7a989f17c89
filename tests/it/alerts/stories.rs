//! Which entries are one story, and that one story is one alert.

use super::*;

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
fn a_forgotten_story_is_joined_by_no_mark_and_the_others_still_are() {
    let other =
        "Traders in Bamako welcomed the end of works at the great market on Monday after eight years of waiting.";
    for (mark, host, id, title, text) in [
        ("the entry", "a.example", "a.example/1", HEADLINE, STORY),
        ("the link", "b.example", "a.example/1", "Bamako", "Read more."),
        ("the title", "b.example", "b.example/1", HEADLINE, ""),
        ("the text", "b.example", "b.example/1", "Dawn assault", STORY),
    ] {
        for (kept, joins) in [(false, false), (true, true)] {
            let mut stories = RecentStories::default();
            let gather = |stories: &mut RecentStories, host: &str, entry: &Entry, now: Timestamp| {
                let url = format!("https://{host}/feed");
                stories
                    .gather(entry, PartialFingerprint::of(entry, &url, ""), &url, now)
                    .story
            };
            let first = at("2024-10-01T00:00:00Z");
            let later = first.checked_add((24 * 20).hours()).unwrap();
            let known = gather(&mut stories, "a.example", &entry("a.example/1", HEADLINE, STORY), first);
            let market = gather(
                &mut stories,
                "a.example",
                &entry("a.example/2", "Bamako market reopens", other),
                later,
            );
            stories.forget(if kept { first } else { later });
            let copy = entry(id, title, text);
            let copied = gather(&mut stories, host, &copy, first.checked_add(1.hours()).unwrap());
            let story = stories.story(copied).unwrap();
            assert_eq!(
                copied == known && story.first_seen == first,
                joins,
                "by {mark}, kept: {kept}"
            );
            let again = entry("b.example/7", "Bamako market reopens", other);
            let again = gather(&mut stories, "b.example", &again, later);
            assert_eq!(again, market, "the other story, by {mark}, kept: {kept}");
        }
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
fn link_and_guid_change_at_every_fetch() {
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
    assert!(alerts(desk.poll(&feed("news.google.com"), true, std::slice::from_ref(&backlog))).is_empty());
    backlog.key = EntryKey(101);
    backlog.link = Some("https://news.google.com/rss/articles/CBMiOther".to_owned());
    assert!(
        desk.alerts("news.google.com", &[backlog]).is_empty(),
        "a backlog under new ids is still the backlog"
    );
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

/// Warnings by area and advisories by number bear one title, and hide each other where they are held as one.
#[test]
fn entries_of_one_feed_under_one_title_are_told_each() {
    let told = |host: &str, second: (&str, &str)| {
        let mut desk = Desk::new(bamako());
        let title = "Yellow Wind Warning: Bamako";
        let first = entry("a.example/1", title, "District north");
        assert_eq!(desk.alerts("a.example", &[first]).len(), 1);
        let (id, text) = second;
        desk.alerts(
            host,
            &[Entry {
                key: EntryKey(7),
                ..entry(id, title, text)
            }],
        )
        .len()
    };
    for (what, host, second, alerts) in [
        ("another area", "a.example", ("a.example/2", "District south"), 1),
        ("another number", "a.example", ("a.example/2", "CVE-2026-22222"), 1),
        (
            "the same text under another id and link",
            "a.example",
            ("a.example/2", "District north"),
            0,
        ),
        (
            "the same text, longer",
            "a.example",
            ("a.example/2", "District north until evening"),
            0,
        ),
        ("no text", "a.example", ("a.example/2", ""), 0),
        (
            "another text under the same link",
            "a.example",
            ("a.example/1", "District south"),
            0,
        ),
    ] {
        assert_eq!(told(host, second), alerts, "{what}");
    }
}

#[test]
fn a_label_before_a_headline_is_no_news() {
    for labelled in [
        format!("UPDATE 2-{HEADLINE}"),
        format!("VIDEO | {HEADLINE}"),
        format!("[Watch] {HEADLINE}"),
        format!("JUST IN - {HEADLINE}"),
        format!("🔴 EN DIRECT - {HEADLINE}"),
        format!("{HEADLINE} (PHOTOS)"),
        format!("СРОЧНО: {HEADLINE}"),
    ] {
        let mut desk = Desk::new(bamako());
        assert_eq!(desk.alerts("a.example", &[entry("a.example/1", HEADLINE, "")]).len(), 1);
        let again = Entry {
            key: EntryKey(7),
            ..entry("a.example/2", &labelled, "")
        };
        assert_eq!(desk.alerts("a.example", &[again]).len(), 0, "{labelled}");
    }
}
