//! A slip in a file of the configuration: what runs can still be looked at, and the slip is named.

use super::{WATCHLIST, json, keys, lived_in, ok, wirewatch};

/// Every command that reads the store, with each kind of slip, also in the file that says where the store is.
#[tokio::test]
async fn a_slip_keeps_nobody_from_looking_at_the_store() {
    let house = lived_in().await;
    house.write("terms.csv", "name,find\nbeside,Kidal\n");
    house.write("beside.toml", "[watches.beside]\ncsv = \"terms.csv\"\n");
    ok(&house, &["run", "--once"]).await;
    let read = |name: &str| std::fs::read_to_string(house.config().join(name)).unwrap();
    let machine = read("wirewatch.toml");
    let line = ok(&house, &["alerts", "list", "--since", "4000 days", "--json"]).await;
    let first = json(line.lines().next().unwrap());
    let (id, link) = (
        first["alert"]["id"]
            .as_str()
            .or(first["id"].as_str())
            .unwrap()
            .to_owned(),
        first["alert"]["entry"]["url"]
            .as_str()
            .unwrap_or("https://news.example/attack")
            .to_owned(),
    );
    let commands: [&[&str]; 9] = [
        &["alerts", "list", "--since", "4000 days"],
        &["alerts", "show", &id],
        &["alerts", "resend", &id],
        &["deliveries", "list", "--all"],
        &["deliveries", "replay", "--all"],
        &["feeds", "list"],
        &["feeds", "list", "--json"],
        &["feeds", "export"],
        &["why", &link],
    ];
    let mut sound = Vec::new();
    for arguments in commands {
        sound.push(wirewatch(&house, arguments).await.code);
    }
    let slips = [
        ("an unknown key", "watchlist.toml", format!("{WATCHLIST}fnd = 3\n")),
        ("an unknown name", "watchlist.toml", WATCHLIST.replace("@jnim", "@jnmi")),
        (
            "a quote that is missing",
            "watchlist.toml",
            WATCHLIST.replacen("\"@jnim\"", "\"@jnim", 1),
        ),
        (
            "a header twice",
            "watchlist.toml",
            format!("{WATCHLIST}[watch.segou]\nfind = [\"x\"]\n"),
        ),
        ("an empty file", "watchlist.toml", "[".to_owned()),
        (
            "a table that is gone",
            "beside.toml",
            "[watches.beside]\ncsv = \"nowhere.csv\"\n".to_owned(),
        ),
        (
            "in the file of the store, below",
            "wirewatch.toml",
            format!("{machine}\n[polling]\nfastest = 3\n"),
        ),
        (
            "in the file of the store, a quote",
            "wirewatch.toml",
            format!("{machine}\n[polling]\ncontact = \"x\n"),
        ),
    ];
    for (case, file, text) in slips {
        let before = read(file);
        house.write(file, &text);
        for (arguments, code) in commands.iter().zip(&sound) {
            let said = wirewatch(&house, arguments).await;
            assert_eq!(said.code, *code, "{case}: {arguments:?}: {}", said.err);
            assert!(
                said.err.contains("what was accepted last is used"),
                "{case}: {arguments:?}: {}",
                said.err
            );
            assert!(said.err.contains(file), "{case}: the place is named: {}", said.err);
            assert!(!said.out.is_empty(), "{case}: {arguments:?}");
        }
        // Those that judge the files do not go on.
        for arguments in [&["check"][..], &["explain", "--text", "x"], &["run", "--once"]] {
            let said = wirewatch(&house, arguments).await;
            assert!(
                said.code != Some(0) && said.err.contains(file),
                "{case}: {arguments:?}: {}",
                said.err
            );
        }
        house.write(file, &before);
    }
    for arguments in commands {
        let said = wirewatch(&house, arguments).await;
        assert!(!said.err.contains("accepted last"), "{}", said.err);
    }
    ok(&house, &["run", "--once"]).await;
    house.finish().await;
}

/// Where nothing was accepted yet, the problems are all there is to say.
#[tokio::test]
async fn without_a_copy_the_problems_are_told() {
    let house = super::house().await;
    house.write("watchlist.toml", "[watch.x]\nfnd = 3\n");
    for arguments in [&["alerts", "list"][..], &["feeds", "list"], &["deliveries", "list"]] {
        let said = wirewatch(&house, arguments).await;
        assert_eq!(said.code, Some(78), "{arguments:?}");
        assert!(said.err.contains("did you mean `find`?"), "{}", said.err);
    }
}

#[tokio::test]
async fn problems_are_told_in_one_round_and_as_json() {
    let house = super::house().await;
    let machine = "[watch.x]\nfind = [\"@nosuch\", \"Bamako\"]\ntell = [\"nobody\"]\n[watch.x]\nfind = [\"Ségou\"]\ntell = [\"analyst\"]\n[watch.y]\nfind = [\"Gao\"]\nlevel = \"urgent\"\nlevel = \"low\"\nnot_a_key = 1\n";
    house.write("beside.toml", machine);
    let said = wirewatch(&house, &["check"]).await;
    let errors: Vec<&str> = said.err.lines().filter(|line| line.contains(": error: ")).collect();
    for part in [
        "there is no group, place or words list `@nosuch`",
        "`nobody`",
        "[watch.x] is already in line 1",
        "`level` is already in line 9",
        "unknown key `not_a_key`",
    ] {
        assert!(
            errors.iter().any(|line| line.contains(part)),
            "{part} is missing in {}",
            said.err
        );
    }
    assert_eq!(
        errors.len(),
        5,
        "the keys of a table that stands twice are not told too: {}",
        said.err
    );
    let said = wirewatch(&house, &["check", "--json"]).await;
    assert_eq!(said.code, Some(78));
    let lines: Vec<_> = said.out.lines().map(json).collect();
    assert_eq!(lines.len(), 5, "{}", said.out);
    for line in &lines {
        assert_eq!(
            keys(line),
            ["column", "file", "help", "line", "problem", "severity", "variable"]
        );
        assert_eq!(line["severity"], "error");
        assert!(line["file"].as_str().unwrap().ends_with("beside.toml") && line["line"].as_u64() > Some(0));
    }
    house.write("beside.toml", "[watch.y]\nfind = [\"Gao\"]\n");
    let said = wirewatch(&house, &["check", "--json"]).await;
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(
        said.out.lines().all(|line| json(line)["severity"] == "warning"),
        "{}",
        said.out
    );
    assert!(house.feeds.requests().is_empty(), "no feed is asked");
}
