//! What a person reads, and that none of it acts.

use super::*;

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
    let shown = message(&alert, &vec![source; 123].into(), &zone);
    assert_eq!(shown.subject, format!("[Urgent] News of bamako: {HEADLINE}"));
    let paragraph = &shown.paragraphs[0];
    assert_eq!(paragraph.source, "a.example · 17 September 2024, 17:30 (Asia/Kolkata)");
    assert!(
        paragraph.because.starts_with("Because ") && paragraph.because.ends_with('.'),
        "{}",
        paragraph.because
    );
    assert_eq!((paragraph.news.as_deref(), paragraph.also_in.len()), (None, 20));
    assert_eq!(paragraph.lines, ["and in 103 more"]);

    let new = vec![Novelty::Number("14".to_owned()), Novelty::Term("Senou".to_owned())];
    alert.kind = Kind::Update { of: AlertId(1), new };
    alert.origin.published = None;
    alert.origin.title = String::new();
    alert.watch_title = "W".repeat(300);
    let update = message(&alert, &AlsoIn::default(), &zone);
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

/// No alert shows a time to come as if it were one.
#[test]
fn an_entry_that_is_dated_ahead_says_so() {
    let zone = TimeZone::get("UTC").unwrap();
    let table = [
        ("an hour before", -3600, false),
        ("ten minutes ahead, as fast clocks are", 600, false),
        ("eight hours ahead", 8 * 3600, true),
        ("years ahead", 400 * 86_400, true),
    ];
    for (case, seconds, said) in table {
        let mut alert = sample_alert();
        alert.origin.published = Some(alert.raised + jiff::SignedDuration::from_secs(seconds));
        let source = message(&alert, &AlsoIn::default(), &zone).paragraphs[0].source.clone();
        assert_eq!(
            source.contains("dated ahead, ") && source.contains(", seen "),
            said,
            "{case}: {source}"
        );
    }
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
        let alerts: Vec<_> = alerts.iter().map(|alert| (alert.clone(), AlsoIn::default())).collect();
        digest(&alerts, &TimeZone::UTC)
    };
    assert_eq!(
        subject(std::slice::from_ref(&alert)).subject,
        "1 alert held during quiet hours: News of bamako"
    );
    let both = subject(&[night.clone(), urgent.clone()]);
    assert_eq!(both.subject, "2 alerts held overnight: Ségou, News of bamako");
    assert_eq!((both.level, both.watch), (Some(Level::Urgent), None));
    assert_eq!(subject(&[alert, night]).watch.as_deref(), Some("bamako"));
}

#[test]
fn nothing_in_a_message_acts() {
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
        message(&alert, &vec![source.clone()].into(), &zone),
        digest(&[(alert.clone(), vec![source].into())], &zone),
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
