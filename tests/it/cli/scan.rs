//! `scan`: documents in, one line each out, nothing lost.

use std::process::Stdio;

use super::{fed, house, json, keys, program, wirewatch, write};

const DOCUMENTS: &str = concat!(
    "\u{feff}",
    r#"{"id":1,"title":"Le GSIM revendique une attaque","text":"<p>À S&eacute;gou, l&rsquo;attaque du <b>J&#78;IM</b> a fait trois blessés.</p>","published":1726560000}"#,
    "\n\r\n",
    r#"{"id":"two","title":"Unfinished"#,
    "\r\n",
    r#"{"title":"No id"}"#,
    "\n",
    r#"{"id":{"n":3},"title":"Football : Ségou gagne","text":null,"feed":"desk"}"#,
    "\n",
    r#"{"id":4,"title":"Le GSIM revendique une attaque","text":"À Ségou, l’attaque du JNIM a fait trois blessés.","published":"2024-09-17"}"#,
    "\n",
    r#"{"id":5,"title":"Rain in Kayes"}"#,
);

#[tokio::test]
async fn every_document_has_its_line_and_a_bad_one_is_reported_in_its_place() {
    let house = house().await;
    let said = fed(&house, &["scan"], DOCUMENTS).await;
    assert_eq!(said.code, Some(1), "some lines were refused: {}", said.err);
    let lines: Vec<_> = said.out.lines().map(json).collect();
    let ids: Vec<_> = lines.iter().map(|line| line["id"].to_string()).collect();
    assert_eq!(ids, ["1", "null", "null", "{\"n\":3}", "4", "5"]);
    for (at, line, error) in [(1, 3, "EOF while parsing a string"), (2, 4, "missing field `id`")] {
        assert_eq!(keys(&lines[at]), ["error", "line"]);
        assert_eq!(lines[at]["line"], line);
        assert!(lines[at]["error"].as_str().unwrap().contains(error), "{}", lines[at]);
        assert!(
            !lines[at]["error"].as_str().unwrap().contains("line 1"),
            "{}",
            lines[at]
        );
    }
    assert_eq!(said.err.lines().count(), 2, "{}", said.err);
    assert_eq!(lines[0]["story"], lines[4]["story"], "told twice");
    assert_ne!(lines[0]["story"], lines[5]["story"]);
    insta::assert_snapshot!(said.out);
}

#[tokio::test]
async fn the_shape_is_the_promised_one_and_spans_are_bytes_of_the_field_as_given() {
    let house = house().await;
    let file = write(house.path(), "documents.jsonl", DOCUMENTS.as_bytes());
    let said = wirewatch(&house, &["scan", &file]).await;
    let given = json(DOCUMENTS.lines().next().unwrap().trim_start_matches('\u{feff}'));
    let line = json(said.out.lines().next().unwrap());
    // serde_json sorts keys here; the order in the line is that of DESIGN.
    assert_eq!(keys(&line), ["id", "mentions", "story", "verdicts"]);
    assert!(said.out.starts_with(r#"{"id":1,"mentions":[{"entity":"group:jnim","kind":"group","name":"JNIM","country":null,"field":"title","start":3,"end":7,"text":"GSIM","confidence":1.0}"#), "{}", said.out);
    let mentions = line["mentions"].as_array().unwrap();
    for mention in mentions {
        let field = given[mention["field"].as_str().unwrap()].as_str().unwrap();
        let (start, end) = (mention["start"].as_u64().unwrap(), mention["end"].as_u64().unwrap());
        assert_eq!(&field[start as usize..end as usize], mention["text"].as_str().unwrap());
    }
    let texts: Vec<_> = mentions
        .iter()
        .map(|mention| mention["text"].as_str().unwrap())
        .collect();
    assert_eq!(texts, ["GSIM", "attaque", "S&eacute;gou", "attaque", "J&#78;IM"]);
    let place = &mentions[2];
    assert_eq!(
        (&place["entity"], &place["country"]),
        (&"place:segou".into(), &"ML".into())
    );
    assert_eq!(keys(&line["verdicts"][0]), ["because", "fires", "watch"]);
}

#[tokio::test]
async fn standard_input_a_file_and_none_of_them() {
    let house = house().await;
    let good = r#"{"id":1,"title":"Rain"}"#;
    let dash = fed(&house, &["scan", "-"], good).await;
    assert_eq!(dash.code, Some(0), "{}", dash.err);
    assert!(
        dash.out.starts_with(r#"{"id":1,"mentions":[],"verdicts":[],"story":""#),
        "{}",
        dash.out
    );
    let missing = wirewatch(&house, &["scan", "/nowhere.jsonl"]).await;
    assert_eq!(missing.code, Some(1));
    assert!(missing.err.contains("cannot read /nowhere.jsonl"), "{}", missing.err);
    let nothing = fed(&house, &["scan"], "").await;
    assert_eq!((nothing.code, nothing.out.as_str()), (Some(0), ""));
    let mut bytes = good.as_bytes().to_vec();
    bytes.extend(b"\n{\"id\":2,\"title\":\"S\xe9gou\"}\n");
    let not_utf8 = fed(&house, &["scan"], bytes).await;
    assert_eq!(json(not_utf8.out.lines().nth(1).unwrap())["line"], 2);
}

#[tokio::test]
async fn order_is_kept_over_many_batches() {
    let house = house().await;
    let many: String = (0..5_000)
        .map(|number| format!("{{\"id\":{number},\"title\":\"Report {number} from Ségou\"}}\n"))
        .collect();
    let said = fed(&house, &["scan"], many).await;
    assert_eq!(said.code, Some(0), "{}", said.err);
    let ids: Vec<_> = said
        .out
        .lines()
        .map(|line| json(line)["id"].as_u64().unwrap())
        .collect();
    assert_eq!(ids, (0..5_000).collect::<Vec<u64>>());
}

#[tokio::test]
async fn a_reader_that_went_away_is_no_error() {
    let house = house().await;
    let many = "{\"id\":1,\"title\":\"Le GSIM attaque Ségou\"}\n".repeat(5_000);
    let file = write(house.path(), "many.jsonl", many.as_bytes());
    let mut command = program(&["scan", &file, "--config"]);
    command
        .arg(house.config())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let output = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap())
        .await
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
