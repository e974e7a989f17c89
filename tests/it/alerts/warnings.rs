//! Official warnings (CAP): who is told of them, and what updates and cancels them.

use super::*;
use wirewatch_syndication::{MessageType, Status, Warning};

fn warned(id: &str, toll: &str, warning: Warning) -> Entry {
    Entry {
        warning: Some(Box::new(Warning {
            id: Some(format!("floods@hydro.example,{id},2024-09-17T10:00:00Z")),
            ..warning
        })),
        ..entry(
            id,
            "Flood warning for Bamako",
            &format!("The river rises at Bamako; {toll} people left."),
        )
    }
}

fn refers(id: &str) -> Vec<String> {
    vec![format!("floods@hydro.example,{id},2024-09-17T10:00:00Z")]
}

fn severe() -> Warning {
    Warning {
        severity: Some("Severe".to_owned()),
        ..Warning::default()
    }
}

#[test]
fn only_actual_warnings_that_hold_alert() {
    let later = noon() + 2.hours();
    let earlier = noon() - 2.hours();
    for (what, warning, hold) in [
        ("actual", Warning::default(), None),
        (
            "holds for two hours",
            Warning {
                expires: Some(later),
                ..Warning::default()
            },
            None,
        ),
        (
            "expired two hours ago",
            Warning {
                expires: Some(earlier),
                ..Warning::default()
            },
            Some(Hold::Expired { at: earlier }),
        ),
        (
            "a test",
            Warning {
                status: Status::Test,
                ..Warning::default()
            },
            Some(Hold::NotActual { status: Status::Test }),
        ),
        (
            "an exercise",
            Warning {
                status: Status::Exercise,
                ..Warning::default()
            },
            Some(Hold::NotActual {
                status: Status::Exercise,
            }),
        ),
        (
            "a draft",
            Warning {
                status: Status::Draft,
                ..Warning::default()
            },
            Some(Hold::NotActual { status: Status::Draft }),
        ),
        (
            "between systems",
            Warning {
                status: Status::System,
                ..Warning::default()
            },
            Some(Hold::NotActual { status: Status::System }),
        ),
        (
            "an acknowledgement",
            Warning {
                message_type: MessageType::Ack,
                ..Warning::default()
            },
            Some(Hold::NothingToCancel),
        ),
        (
            "cancels what nobody was told of",
            Warning {
                message_type: MessageType::Cancel,
                references: refers("0"),
                ..Warning::default()
            },
            Some(Hold::NothingToCancel),
        ),
        (
            "updates what nobody was told of",
            Warning {
                message_type: MessageType::Update,
                references: refers("0"),
                ..Warning::default()
            },
            None,
        ),
    ] {
        let mut desk = Desk::new(bamako());
        let assessment = desk.poll(&feed("hydro.example"), false, &[warned("1", "40", warning)]);
        let expected = hold.map_or(Decision::Raise(Raise::First), Decision::Hold);
        assert_eq!(assessment.entries[0].decisions, [(0, expected)], "{what}");
    }
}

#[test]
fn a_test_does_not_hold_back_the_actual_warning_after_it() {
    let mut desk = Desk::new(bamako());
    let test = Warning {
        status: Status::Test,
        ..severe()
    };
    assert_eq!(desk.alerts("hydro.example", &[warned("1", "40", test)]), []);
    assert_eq!(desk.alerts("hydro.example", &[warned("2", "40", severe())]).len(), 1);
}

#[test]
fn updates_and_cancellations_join_the_story_that_they_refer_to_and_say_so() {
    let update = |of: &str, severity: &str| Warning {
        message_type: MessageType::Update,
        references: refers(of),
        severity: Some(severity.to_owned()),
        ..Warning::default()
    };
    let cancel = |of: &str| Warning {
        message_type: MessageType::Cancel,
        references: refers(of),
        expires: Some(noon() - 1.hours()),
        ..Warning::default()
    };
    let message = |words: &str| Novelty::Message(words.to_owned());
    let (updated, cancelled) = (message("the warning is updated"), message("the warning is cancelled"));
    let mut desk = Desk::new(bamako());
    let first = desk.alerts("hydro.example", &[warned("1", "40", severe())]).remove(0);
    for (what, entry, new) in [
        ("an update without news", warned("2", "40", update("1", "Severe")), None),
        (
            "one with another severity, of the update",
            warned("3", "40", update("2", "Extreme")),
            Some(vec![updated.clone(), Novelty::Term("Extreme".to_owned())]),
        ),
        (
            "one with a number",
            warned("4", "90", update("3", "Extreme")),
            Some(vec![updated, Novelty::Number("90".to_owned())]),
        ),
        ("the end of it", warned("5", "90", cancel("4")), Some(vec![cancelled])),
        ("again", warned("6", "90", cancel("4")), None),
    ] {
        let alerts = desk.alerts("hydro.example", &[entry]);
        let kinds: Vec<Kind> = alerts.iter().map(|alert| alert.kind.clone()).collect();
        let expected: Vec<Kind> = new.into_iter().map(|new| Kind::Update { of: first.id, new }).collect();
        assert_eq!(kinds, expected, "{what}");
        assert!(alerts.iter().all(|alert| alert.story == first.story), "{what}");
    }
}

#[test]
fn the_same_warning_from_two_feeds_is_one_and_two_in_the_same_words_are_two() {
    let mut desk = Desk::new(bamako());
    assert_eq!(desk.alerts("hydro.example", &[warned("1", "40", severe())]).len(), 1);
    assert_eq!(
        desk.alerts("hub.example", &[warned("1", "40", severe())]),
        [],
        "the same message"
    );
    assert_eq!(
        desk.alerts("hydro.example", &[warned("2", "40", severe())]).len(),
        1,
        "another message"
    );
    let report = entry(
        "news.example/1",
        "Flood warning for Bamako",
        "The river rises at Bamako; 40 people left.",
    );
    assert_eq!(
        desk.alerts("news.example", &[report]).len(),
        1,
        "a report on it is no warning"
    );
}

#[test]
fn an_alert_says_that_a_warning_is_cancelled() {
    let mut desk = Desk::new(bamako());
    let _ = desk.alerts("hydro.example", &[warned("1", "40", severe())]);
    let cancel = Warning {
        message_type: MessageType::Cancel,
        references: refers("1"),
        ..Warning::default()
    };
    let alert = desk.alerts("hydro.example", &[warned("2", "40", cancel)]).remove(0);
    let shown = wirewatch::alert::message(&alert, &AlsoIn::default(), &TimeZone::UTC);
    let news = shown.paragraphs[0].news.as_deref();
    assert_eq!(news, Some("New since the last alert: the warning is cancelled"));
}
