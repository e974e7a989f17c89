//! `run --once`, `check`, and what needs no configuration.

use std::path::Path;

use super::{finish, house, ok, program, steady, wirewatch};

#[tokio::test]
async fn one_run_polls_delivers_and_ends() {
    let house = house().await;
    let said = wirewatch(&house, &["run", "--once"]).await;
    assert_eq!((said.code, said.out.as_str()), (Some(0), ""), "{}", said.err);
    assert_eq!(house.mail.mails().len(), 2);
    // Each log line is read alone: it has its time and its fields.
    for words in [
        "new entries feed.url=http",
        "delivered delivery.id=",
        "receiver=\"analyst\"",
    ] {
        assert!(said.err.contains(words), "{words} is not in\n{}", said.err);
    }
    assert!(!said.err.contains('\u{1b}'), "colours are for terminals: {}", said.err);
    let asked = house.feeds.requests().len();
    ok(&house, &["run", "--once"]).await;
    assert_eq!(house.feeds.requests().len(), asked, "nothing is due so soon");
    assert_eq!(house.mail.mails().len(), 2);
    house.finish().await;
}

#[tokio::test]
async fn a_good_configuration_is_said_to_be_fine() {
    let house = house().await;
    let said = wirewatch(&house, &["check"]).await;
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{}", said.out);
    assert!(
        said.out.contains("is fine: 1 feed, 2 watches, 1 receiver"),
        "{}",
        said.out
    );
}

#[tokio::test]
async fn all_problems_are_told_at_once_with_exit_code_78() {
    let house = house().await;
    house.write(
        "watchlist.toml",
        "[watch.a]\nfnd = [\"Mali\"]\n[watch.b]\nfind = [\"/(/\"]\ntell = [\"nobody\"]\n",
    );
    let mut before = None;
    for arguments in [
        &["check"][..],
        &["run"],
        &["run", "--once"],
        &["feeds", "list"],
        &["test-receiver", "a"],
    ] {
        let said = wirewatch(&house, arguments).await;
        assert_eq!(
            (said.code, said.out.as_str()),
            (Some(78), ""),
            "{arguments:?}: {}",
            said.err
        );
        for words in ["watchlist.toml:2:1", "fnd", "nobody", "watchlist.toml:4:"] {
            assert!(
                said.err.contains(words),
                "{arguments:?}: {words} is not in\n{}",
                said.err
            );
        }
        assert_eq!(*before.get_or_insert(said.err.clone()), said.err, "{arguments:?}");
    }
    assert!(!house.store_folder().exists(), "nothing was touched");
}

#[tokio::test]
async fn no_configuration_is_said_in_plain_words() {
    if Path::new("/etc/wirewatch").is_dir() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let here = std::fs::canonicalize(folder.path()).unwrap();
    for (arguments, code) in [
        (&["run"][..], 78),
        (&["check"], 78),
        (&["alerts", "list"], 78),
        (&["explain", "--text", "x"], 2),
    ] {
        let mut command = program(arguments);
        command.current_dir(&here);
        let said = finish(command, Vec::new()).await;
        assert_eq!(
            (said.code, said.out.as_str()),
            (Some(code), ""),
            "{arguments:?}: {}",
            said.err
        );
        let err = said.err.replace(&here.display().to_string(), "HERE");
        insta::assert_snapshot!("no_configuration", err);
    }
}

#[tokio::test]
async fn the_folder_is_found_as_the_option_the_variable_or_where_one_stands() {
    let house = house().await;
    let mut by_variable = program(&["check"]);
    by_variable.env("WIREWATCH_CONFIG", house.config()).current_dir("/");
    let mut by_place = program(&["check"]);
    by_place.current_dir(house.path());
    let mut by_option = program(&["check", "--config"]);
    by_option.arg(house.config()).env("WIREWATCH_CONFIG", "/nowhere");
    for command in [by_variable, by_place, by_option] {
        let said = finish(command, Vec::new()).await;
        assert_eq!(said.code, Some(0), "{}", said.err);
        assert!(said.out.contains("config is fine"), "{}", said.out);
    }
}

#[tokio::test]
async fn what_needs_no_configuration_works_without() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, words) in [
        (&["schema"][..], "\"$schema\""),
        (&["completions", "bash"], "_wirewatch()"),
        (&["completions", "zsh"], "#compdef wirewatch"),
        (&["completions", "fish"], "complete -c wirewatch"),
        (&["man"], ".TH wirewatch 1"),
        (&["--help"], "Usage: wirewatch"),
        (&["--version"], concat!("wirewatch ", env!("CARGO_PKG_VERSION"))),
    ] {
        let mut command = program(arguments);
        command.current_dir(folder.path());
        let said = finish(command, Vec::new()).await;
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(said.out.contains(words), "{arguments:?}: {}", said.out);
    }
    let schema = finish(program(&["schema"]), Vec::new()).await.out;
    assert!(super::json(&schema).is_object());
}

#[tokio::test]
async fn the_manual_has_a_page_for_each_command() {
    let house = house().await;
    let manual = ok(&house, &["man"]).await;
    for command in [
        "run",
        "check",
        "explain",
        "why",
        "scan",
        "feeds",
        "alerts",
        "deliveries",
        "test-receiver",
    ] {
        assert!(manual.contains(&format!(".TH wirewatch-{command} 1")), "{command}");
    }
    insta::assert_snapshot!(steady(&house, &ok(&house, &["--help"]).await));
}

#[tokio::test]
async fn check_says_in_a_line_what_each_watch_looks_for() {
    let house = house().await;
    house.write(
        "watchlist.toml",
        "[receiver.analyst]\nemail = \"a@example.org\"\n\
         [watch.list]\nfind = [\"@jnim\"]\ntogether_with = [\"attack*\"]\nwhere = { inside = [\"Mali\"] }\n\
         [watch.place]\nwhere = { within_km = 60, of = [\"Bamako\"] }\n\
         [watch.query]\nquery = '@jnim AND place:Mali'\n\
         [watch.weights]\nweights = { curfew = 4, \"tear gas\" = 4 }\nat_least = 8\n",
    );
    let said = wirewatch(&house, &["check"]).await;
    for words in [
        "JNIM with attack* in Mali",
        "any place within 60 km of Bamako",
        "@jnim AND place:Mali",
        "curfew, tear gas by weight",
    ] {
        assert!(said.out.contains(words), "{words}: {}{}", said.out, said.err);
    }
}
