//! Bodies against the published schema, and their signature against the published example.

use serde_json::{Value, json};

use super::*;
use crate::alert::{DeliveryId, Excerpt, Found, Paragraph, SOURCES, SourceLine};
use crate::deliver::outgoing_message::OutgoingMessage;

const SCHEMA: &str = include_str!("../../../../docs/webhook.schema.json");

fn alerts() -> Vec<Alert> {
    serde_json::from_str(include_str!("../../../../tests/it/fixtures/alerts.json")).unwrap()
}

fn outgoing(alerts: Vec<Alert>) -> OutgoingMessage {
    let source = SourceLine {
        feed_title: "Journal du Mali".into(),
        title: "Bamako : ce que l’on sait".into(),
        link: Some("https://www.journaldumali.com/x".into()),
        seen: Timestamp::from_second(1_726_554_000).unwrap(),
    };
    let paragraph = Paragraph {
        headline: "The feed RFI Afrique has failed for 6 hours".into(),
        link: None,
        source: String::new(),
        excerpt: Excerpt::default(),
        because: String::new(),
        news: None,
        also_in: Vec::new(),
        lines: vec!["The server answers 503.".into()],
    };
    let message = Message {
        subject: "The feed RFI Afrique has failed for 6 hours".into(),
        level: None,
        watch: None,
        paragraphs: vec![paragraph],
    };
    OutgoingMessage {
        id: DeliveryId(0xd1),
        receiver: "soar".into(),
        address: String::new(),
        message,
        raised: Timestamp::from_second(1_726_553_702).unwrap(),
        alerts: alerts
            .into_iter()
            .map(|alert| (alert, vec![source.clone()].into()))
            .collect(),
    }
}

fn written(alerts: Vec<Alert>) -> Value {
    serde_json::to_value(Event::of(&outgoing(alerts))).unwrap()
}

/// What a value breaks of a schema: the keywords that ours uses, and no other is let through.
fn broken(schema: &Value, value: &Value, root: &Value, at: &str) -> Vec<String> {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let mut faults = Vec::new();
    for (keyword, wanted) in schema.as_object().unwrap() {
        let fault = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" => None,
            "$ref" => {
                let target = root.pointer(wanted.as_str().unwrap().trim_start_matches('#')).unwrap();
                faults.extend(broken(target, value, root, at));
                None
            }
            "type" if wanted.is_array() => {
                (!wanted.as_array().unwrap().contains(&json!(kind))).then_some(kind.to_owned())
            }
            "type" => (wanted != kind).then_some(kind.to_owned()),
            "const" => (wanted != value).then_some(value.to_string()),
            "enum" => (!wanted.as_array().unwrap().contains(value)).then_some(value.to_string()),
            "format" => value
                .as_str()
                .and_then(|text| text.parse::<Timestamp>().err())
                .map(|why| why.to_string()),
            "pattern" => {
                let pattern = regex::Regex::new(wanted.as_str().unwrap()).unwrap();
                (!pattern.is_match(value.as_str().unwrap_or_default())).then_some(value.to_string())
            }
            "required" => wanted
                .as_array()
                .unwrap()
                .iter()
                .find(|name| value.get(name.as_str().unwrap()).is_none())
                .map(|name| format!("{name} is missing")),
            "properties" => {
                for (name, schema) in wanted.as_object().unwrap() {
                    if let Some(value) = value.get(name) {
                        faults.extend(broken(schema, value, root, &format!("{at}/{name}")));
                    }
                }
                // Those who receive it take what they do not know; what we write is described.
                let mut names = value.as_object().into_iter().flat_map(|object| object.keys());
                let stranger = names.find(|name| wanted.get(name.as_str()).is_none());
                stranger.map(|name| format!("{name} is not described"))
            }
            "maxItems" => {
                let most = usize::try_from(wanted.as_u64().unwrap()).unwrap();
                let many = value.as_array().map_or(0, Vec::len);
                (many > most).then_some(format!("{many} items"))
            }
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    faults.extend(broken(wanted, item, root, &format!("{at}/{index}")));
                }
                None
            }
            "oneOf" => {
                let tried: Vec<_> = wanted
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|schema| broken(schema, value, root, at))
                    .collect();
                let fitting = tried.iter().filter(|faults| faults.is_empty()).count();
                (fitting != 1).then(|| format!("{fitting} fit: {tried:?}"))
            }
            other => Some(format!("the test does not know the keyword {other}")),
        };
        faults.extend(fault.map(|fault| format!("{at}: {keyword}: {fault}")));
    }
    faults
}

#[test]
fn every_body_is_as_the_schema_says() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let mut rows = vec![("a notice", vec![], "notice"), ("a digest", alerts(), "digest")];
    let kinds = ["alert.raised", "alert.updated", "alert.raised"];
    rows.extend(
        alerts()
            .into_iter()
            .zip(kinds)
            .map(|(alert, kind)| ("one alert", vec![alert], kind)),
    );
    for (sentence, alerts, kind) in rows {
        let body = written(alerts);
        assert_eq!(body["type"], kind, "{sentence}");
        assert_eq!(broken(&schema, &body, &schema, ""), Vec::<String>::new(), "{sentence}");
    }
}

#[test]
fn the_schema_refuses_what_it_should() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let good = written(vec![alerts().remove(0)]);
    let rows: [(&str, &str, Value); 6] = [
        ("another type", "/type", json!("alert.lost")),
        ("a time that is none", "/timestamp", json!("yesterday")),
        ("a missing headline", "/data/headline", Value::Null),
        ("a level that is none", "/data/level", json!("high")),
        ("a number for an id", "/data/id", json!(161)),
        (
            "an undescribed field",
            "/data/watch",
            json!({"name": "a", "title": "b", "colour": "c"}),
        ),
    ];
    for (sentence, pointer, value) in rows {
        let mut body = good.clone();
        *body.pointer_mut(pointer).unwrap() = value;
        assert_ne!(broken(&schema, &body, &schema, ""), Vec::<String>::new(), "{sentence}");
    }
}

#[test]
fn the_schema_lets_fields_be_added() {
    assert!(!SCHEMA.contains("additionalProperties"));
}

#[test]
fn a_feed_is_shown_without_its_password_and_named_by_an_id() {
    let of = |feed: &str| {
        let mut alert = alerts().remove(0);
        alert.origin.feed = feed.to_owned();
        alert.origin.feed_title = feed.to_owned();
        alert.origin.link = Some(format!("{feed}#first"));
        written(vec![alert])["data"].clone()
    };
    let one = of("http://bob:sesame@a.example/x?key=t0ken&lang=fr");
    let shown = json!("http://a.example/x?key=***&lang=fr");
    assert_eq!(
        (&one["feed"]["url"], &one["feed"]["title"], &one["link"]),
        (&shown, &shown, &shown)
    );
    let other = of("http://bob:sesame@a.example/x?key=other&lang=fr");
    assert_ne!(one["feed"]["id"], other["feed"]["id"]);
    assert_eq!(one["feed"]["id"].as_str().map(str::len), Some(16));
}

#[test]
fn bodies_read_as_documented() {
    insta::assert_snapshot!(
        "alert_raised",
        serde_json::to_string_pretty(&written(vec![alerts().remove(0)])).unwrap()
    );
    insta::assert_snapshot!(
        "alert_updated",
        serde_json::to_string_pretty(&written(vec![alerts().remove(1)])).unwrap()
    );
    insta::assert_snapshot!("notice", serde_json::to_string_pretty(&written(vec![])).unwrap());
}

#[test]
fn an_event_is_no_larger_than_receivers_take() {
    let long = |letters: usize| "é\"".repeat(letters / 2);
    let sources: Vec<SourceLine> = (0..5_000)
        .map(|number| SourceLine {
            feed_title: long(10_000),
            title: long(10_000),
            link: Some(format!("https://a.example/{number}/{}", "x".repeat(1_900))),
            seen: Timestamp::UNIX_EPOCH,
        })
        .collect();
    let [found, named] = alerts()
        .into_iter()
        .find_map(|alert| {
            let (found, named) = (alert.reason.found.first()?.clone(), alert.reason.named.first()?.clone());
            Some([Ok(found), Err(named)])
        })
        .unwrap();
    let mut large = alerts().remove(0);
    large.origin.title = long(1_000_000);
    large.reason.because = long(1_000_000);
    large.excerpt.text = long(1_000_000);
    large.excerpt.marks = (0..10_000).map(|at| at * 3..at * 3 + 2).collect();
    large.reason.found = (0..4_000)
        .map(|number| Found {
            text: format!("{number}{}", long(500)),
            ..found.clone().unwrap()
        })
        .collect();
    large.reason.named = vec![named.unwrap_err(); 4_000];
    large.article = Some(ArticleFate::NotRead {
        at: Timestamp::UNIX_EPOCH,
        why: long(500_000),
    });
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    for (what, alerts, sources) in [
        ("one alert of many sources", vec![alerts().remove(0)], sources.clone()),
        ("one of everything", vec![large.clone().bounded()], sources.clone()),
        (
            "a digest of a few of everything",
            vec![large.clone().bounded(); 12],
            sources.clone(),
        ),
        ("a digest of many", vec![alerts().remove(0); 150], sources.clone()),
    ] {
        let outgoing = OutgoingMessage {
            alerts: alerts
                .into_iter()
                .map(|alert| (alert, AlsoIn::from(sources.clone())))
                .collect(),
            ..outgoing(Vec::new())
        };
        let body = event_body(&outgoing).unwrap();
        assert!(body.len() <= 256 * 1024, "{what}: {} bytes", body.len());
        let event: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(broken(&schema, &event, &schema, "$"), [""; 0], "{what}");
        let first = if event["type"] == "digest" {
            &event["data"]["alerts"][0]
        } else {
            &event["data"]
        };
        assert_eq!(first["also_in_count"], 5_000, "{what}");
        assert!(first["also_in"].as_array().unwrap().len() <= SOURCES, "{what}");
    }
    let usual = event_body(&outgoing(alerts())).unwrap();
    assert_eq!(
        usual,
        serde_json::to_vec(&Event::of(&outgoing(alerts()))).unwrap(),
        "a usual one is whole"
    );
}
