//! Entries made to cost as much as they can: an alert of one is as small as any.

use super::*;

#[test]
fn an_alert_is_small_however_large_its_entry() {
    let attack = |text: &str| format!("{HEADLINE}. {text}");
    for (what, title, text) in [
        (
            "a watched word 400,000 times",
            HEADLINE.to_owned(),
            "Bamako ".repeat(400_000),
        ),
        (
            "a title of megabytes",
            "Bamako attack ".repeat(200_000),
            STORY.to_owned(),
        ),
        (
            "a title without spaces",
            format!("Bamako {}", "x".repeat(2_000_000)),
            String::new(),
        ),
        (
            "another spelling each time",
            attack(""),
            (1..20_000)
                .map(|spaces| format!("Ba\u{ad}mako{}", " ".repeat(spaces % 90 + 1)))
                .collect(),
        ),
        (
            "another toll each time",
            attack(""),
            (1..30_000)
                .map(|toll| format!("In Bamako {toll} were killed. "))
                .collect(),
        ),
        (
            "a text without spaces around the word",
            attack(""),
            format!("{}Bamako{}", "、".repeat(300_000), "、".repeat(300_000)),
        ),
    ] {
        let mut desk = Desk::new(bamako());
        let entry = entry("a.example/1", &title, &text);
        let mut assessment = desk.poll(&feed("a.example"), false, std::slice::from_ref(&entry));
        let stories = serde_json::to_vec(&assessment.stories.iter().map(|story| &**story).collect::<Vec<_>>()).unwrap();
        let alert = assessment.entries.remove(0).alerts.remove(0);
        let size = serde_json::to_vec(&alert).unwrap().len();
        assert!(size < 16_000, "{what}: an alert of {size} bytes");
        assert!(stories.len() < 64_000, "{what}: a story of {} bytes", stories.len());
        assert!(alert.origin.title.chars().count() <= 300, "{what}");
        assert!(alert.excerpt.text.chars().count() <= 310, "{what}");
        assert!(alert.excerpt.marks.len() <= 64, "{what}");
        assert!(alert.reason.found.len() <= 50, "{what}");
        assert!(alert.reason.because.chars().count() <= 1_000, "{what}");
    }
}

#[test]
fn a_story_that_says_very_much_takes_no_more_updates_for_it() {
    let mut desk = Desk::new(bamako());
    let told = |from: usize, to: usize| -> String {
        (from..to)
            .map(|toll| format!("In Bamako {toll} soldiers were killed. "))
            .collect()
    };
    let mut updates = 0;
    for round in 0..12 {
        let text = told(3_000 + round * 200, 3_200 + round * 200);
        let entry = Entry {
            published: Some(noon()),
            ..entry("a.example/1", HEADLINE, &text)
        };
        updates += desk.alerts("a.example", &[entry]).len();
    }
    assert!((2..=7).contains(&updates), "{updates}: 1,024 numbers, 200 at a time");
}
