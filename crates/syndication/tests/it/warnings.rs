//! Official warnings: messages of the Common Alerting Protocol, alone and within feeds.

use wirewatch_syndication::{Entry, MessageType, ParsedFeed, Shape, Source, Status, Warning, parse};

fn read_in(body: &str, language: Option<&str>) -> ParsedFeed {
    parse(Source {
        bytes: body.as_bytes(),
        content_type: None,
        url: None,
        language,
        zone: None,
    })
    .unwrap()
}

fn read(body: &str) -> ParsedFeed {
    read_in(body, None)
}

fn message(head: &str, rest: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>NE-7</identifier>\
         <sender>floods@hydro.example</sender><sent>2024-09-17T10:00:00+01:00</sent>{head}<scope>Public</scope>{rest}</alert>"
    )
}

fn info(language: &str, headline: &str, more: &str) -> String {
    format!(
        "<info><language>{language}</language><category>Met</category><event>Flood</event><urgency>Immediate</urgency>\
         <severity>Severe</severity><certainty>Observed</certainty><expires>2024-09-18T10:00:00+01:00</expires>\
         <senderName>Hydrological office</senderName><headline>{headline}</headline>{more}</info>"
    )
}

const ACTUAL: &str = "<status>Actual</status><msgType>Alert</msgType>";

fn warning(entry: &Entry) -> &Warning {
    entry.warning.as_deref().unwrap()
}

#[test]
fn a_message_is_a_feed_of_one_entry() {
    let area = "<description>The Niger rises.</description><instruction>Leave the banks.</instruction>\
                <area><areaDesc>Niamey; Tillabéri</areaDesc><polygon>13.4,2.0 13.6,2.0 13.6,2.2 13.4,2.0</polygon>\
                <circle>13.5,2.1 10</circle><geocode><valueName>ISO 3166-2</valueName><value>NE-8</value></geocode></area>";
    let feed = read(&message(ACTUAL, &info("en", "Flood at Niamey", area)));
    assert_eq!(feed.title.as_deref(), Some("Hydrological office"));
    let [entry] = feed.entries.as_slice() else {
        panic!("{feed:?}")
    };
    assert_eq!(
        entry.id.as_deref(),
        Some("floods@hydro.example,NE-7,2024-09-17T10:00:00+01:00")
    );
    assert_eq!(entry.title, "Flood at Niamey");
    assert_eq!(
        entry.text,
        "The Niger rises.\n\nLeave the banks.\n\nArea: Niamey; Tillabéri.\n\nFlood. Severity: Severe. Urgency: Immediate. \
         Certainty: Observed."
    );
    assert_eq!(entry.published.unwrap().to_string(), "2024-09-17T09:00:00Z");
    assert_eq!(entry.language.as_deref(), Some("en"));
    let position = entry.position.as_deref().unwrap();
    assert_eq!(position.areas, ["Niamey", "Tillabéri"]);
    assert!(matches!(
        position.shapes.as_slice(),
        [Shape::Polygon(_), Shape::Circle(_, 10_000)]
    ));
    assert_eq!(position.codes, [("ISO 3166-2".to_owned(), "NE-8".to_owned())]);
    let warning = warning(entry);
    assert_eq!(
        (warning.status, warning.message_type),
        (Status::Actual, MessageType::Alert)
    );
    assert_eq!(warning.severity.as_deref(), Some("Severe"));
    assert_eq!(warning.expires.unwrap().to_string(), "2024-09-18T09:00:00Z");
}

#[test]
fn status_type_and_references_are_read() {
    let table = [
        (
            "actual",
            "<status>Actual</status><msgType>Alert</msgType>",
            Status::Actual,
            MessageType::Alert,
        ),
        (
            "in small letters",
            "<status>actual</status><msgType>alert</msgType>",
            Status::Actual,
            MessageType::Alert,
        ),
        (
            "a test",
            "<status>Test</status><msgType>Alert</msgType>",
            Status::Test,
            MessageType::Alert,
        ),
        (
            "an exercise",
            "<status>Exercise</status><msgType>Alert</msgType>",
            Status::Exercise,
            MessageType::Alert,
        ),
        (
            "a draft",
            "<status>Draft</status><msgType>Alert</msgType>",
            Status::Draft,
            MessageType::Alert,
        ),
        (
            "between systems",
            "<status>System</status><msgType>Ack</msgType>",
            Status::System,
            MessageType::Ack,
        ),
        (
            "a status that nobody knows",
            "<status>Maybe</status>",
            Status::Draft,
            MessageType::Alert,
        ),
        ("none", "", Status::Actual, MessageType::Alert),
        (
            "an update",
            "<status>Actual</status><msgType>Update</msgType>",
            Status::Actual,
            MessageType::Update,
        ),
        (
            "a cancellation",
            "<status>Actual</status><msgType>Cancel</msgType>",
            Status::Actual,
            MessageType::Cancel,
        ),
    ];
    for (what, head, status, kind) in table {
        let feed = read(&message(head, &info("en", "Flood", "")));
        let warning = warning(&feed.entries[0]);
        assert_eq!((warning.status, warning.message_type), (status, kind), "{what}");
    }
    let references =
        "<references>a@b.example,1,2024-09-17T08:00:00Z\n a@b.example,2,2024-09-17T09:00:00Z nonsense</references>";
    let feed = read(&message(references, ""));
    assert_eq!(
        warning(&feed.entries[0]).references,
        [
            "a@b.example,1,2024-09-17T08:00:00Z",
            "a@b.example,2,2024-09-17T09:00:00Z"
        ]
    );
}

#[test]
fn of_several_texts_the_one_in_the_language_of_the_feed_is_shown_and_all_are_searched() {
    let both = format!(
        "{}{}",
        info("en-GB", "Flood at Niamey", "<description>Leave.</description>"),
        info("fr-FR", "Crue à Niamey", "<description>Partez.</description>")
    );
    for (what, language, title, tongue) in [
        ("none is asked for", None, "Flood at Niamey", "en-GB"),
        ("the second", Some("fr"), "Crue à Niamey", "fr-FR"),
        ("one that it has not", Some("ha"), "Flood at Niamey", "en-GB"),
    ] {
        let feed = read_in(&message(ACTUAL, &both), language);
        let entry = &feed.entries[0];
        assert_eq!(
            (entry.title.as_str(), entry.language.as_deref()),
            (title, Some(tongue)),
            "{what}"
        );
        for words in ["Leave.", "Partez."] {
            assert!(entry.text.contains(words), "{what}: {}", entry.text);
        }
    }
}

#[test]
fn the_gravest_and_the_last_of_several_parts_hold() {
    let part = |severity: &str, expires: &str| {
        format!("<info><event>Wind</event><severity>{severity}</severity>{expires}<headline>Wind</headline></info>")
    };
    let until = |hour: u32| format!("<expires>2024-09-17T{hour:02}:00:00Z</expires>");
    for (what, parts, severity, expires) in [
        (
            "the second is graver",
            format!("{}{}", part("Minor", &until(10)), part("Extreme", &until(12))),
            "Extreme",
            Some("2024-09-17T12:00:00Z"),
        ),
        (
            "the first lasts longer",
            format!("{}{}", part("Severe", &until(20)), part("Moderate", &until(12))),
            "Severe",
            Some("2024-09-17T20:00:00Z"),
        ),
        (
            "one does not expire",
            format!("{}{}", part("Severe", ""), part("Unknown", &until(12))),
            "Severe",
            None,
        ),
    ] {
        let feed = read(&message(ACTUAL, &parts));
        let warning = warning(&feed.entries[0]);
        assert_eq!(warning.severity.as_deref(), Some(severity), "{what}");
        assert_eq!(warning.expires.map(|at| at.to_string()).as_deref(), expires, "{what}");
    }
}

#[test]
fn what_is_no_message_is_none() {
    let table = [
        (
            "a feed that speaks of CAP",
            "<rss version=\"2.0\" xmlns:cap=\"urn:oasis:names:tc:emergency:cap:1.2\"><channel><title>t</title><item><guid>1</guid><title>One</title></item><item><guid>2</guid><title>Two</title></item></channel></rss>",
            2,
        ),
        (
            "another version",
            "<cap:alert xmlns:cap=\"urn:oasis:names:tc:emergency:cap:1.1\"><cap:identifier>1</cap:identifier><cap:info><cap:headline>One</cap:headline></cap:info></cap:alert>",
            1,
        ),
        (
            "the first version",
            "<alert xmlns=\"http://www.incident.com/cap/1.0\"><info><headline>One</headline></info></alert>",
            1,
        ),
    ];
    for (what, body, entries) in table {
        let feed = read(body);
        assert_eq!(feed.entries.len(), entries, "{what}");
        assert_eq!(feed.entries[0].title, "One", "{what}");
    }
    let alert = "<alert xmlns=\"urn:example:alarm\"><info><headline>One</headline></info></alert>";
    let source = Source {
        bytes: alert.as_bytes(),
        content_type: None,
        url: None,
        language: None,
        zone: None,
    };
    assert!(parse(source).is_err(), "an alert of another namespace");
}

#[test]
fn a_feed_carries_the_fields_or_the_whole_message() {
    let fields = "<cap:event>Flood Warning</cap:event><cap:status>Actual</cap:status><cap:msgType>Update</cap:msgType>\
                  <cap:severity>Severe</cap:severity><cap:expires>2024-09-17T23:00:00-05:00</cap:expires>\
                  <cap:areaDesc>East Feliciana, LA</cap:areaDesc>";
    let whole = format!(
        "<content type=\"application/xml\">{}</content>",
        message(
            "<status>Test</status>",
            &info("en", "Flood", "<description>The river.</description>")
        )
        .replace("<?xml version=\"1.0\"?>", "")
    );
    let atom = |inner: &str| {
        read(&format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:cap=\"urn:oasis:names:tc:emergency:cap:1.2\"><title>t</title>\
             <entry><id>1</id><title>Warning</title>{inner}</entry></feed>"
        ))
    };
    let feed = atom(fields);
    let warning_of_fields = warning(&feed.entries[0]);
    assert_eq!(warning_of_fields.message_type, MessageType::Update);
    assert_eq!(warning_of_fields.expires.unwrap().to_string(), "2024-09-18T04:00:00Z");
    assert_eq!(warning_of_fields.id, None);
    let feed = atom(&whole);
    assert_eq!(warning(&feed.entries[0]).status, Status::Test);
    assert!(
        feed.entries[0].text.starts_with("The river."),
        "{}",
        feed.entries[0].text
    );
    assert!(warning(&feed.entries[0]).id.is_some());
}

#[test]
fn a_message_that_breaks_off_says_so() {
    let body = message(ACTUAL, &info("en", "Flood at Niamey", ""));
    let feed = read(&body[..body.len() - "</alert>".len()]);
    assert!(feed.cut_short);
    assert_eq!(feed.entries[0].title, "Flood at Niamey");
    assert!(!read(&body).cut_short);
}
