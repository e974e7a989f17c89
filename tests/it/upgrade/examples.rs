//! An example that no longer holds: after an upgrade it is told of, in a person's change it is refused.

use std::path::Path;
use std::time::Duration;

use mail_parser::MessageParser;
use wirewatch::daemon::{Ready, ReadyError};
use wirewatch::store::Sqlite;

use super::Upgrade;

/// A watch of which this version makes something else than the one before, as far as its user can see.
const BROKEN: &str = "\n[watch.broken]\nfind = [\"Niafunké\"]\nshould_alert = [\"Rain in Kidal\", \"Rain in Niafunké\"]\n\
                      should_stay_quiet = [\"Dust over Niafunké\"]\n";

fn list(upgrade: &Upgrade) -> std::path::PathBuf {
    upgrade.folder.path().join("config/watchlist.toml")
}

fn append(upgrade: &Upgrade, more: &str) {
    let text = std::fs::read_to_string(list(upgrade)).unwrap();
    std::fs::write(list(upgrade), text + more).unwrap();
}

/// Why a start is refused; `None` where it is not.
fn refusal(upgrade: &Upgrade) -> Option<String> {
    match Ready::prepare_accepted(&upgrade.origin()) {
        Ok(_) => None,
        Err(ReadyError::Configuration(problems)) => Some(problems.to_string()),
        Err(error) => panic!("{error}"),
    }
}

/// Mails on examples: whom they went to, and what they say.
fn told(upgrade: &Upgrade) -> Vec<(String, String)> {
    let mails = upgrade.mail.mails();
    let texts = mails.iter().map(|mail| {
        let parsed = MessageParser::default().parse(&mail.raw).unwrap();
        (mail.to.concat(), parsed.body_text(0).unwrap().into_owned())
    });
    texts.filter(|(_, text)| text.contains("no longer hold")).collect()
}

#[tokio::test]
async fn an_upgrade_that_breaks_an_example_runs_and_tells_which_and_why_once() {
    let upgrade = Upgrade::new().await;
    upgrade.serve("");
    append(&upgrade, BROKEN);
    upgrade.round_after(Duration::ZERO).await;
    upgrade.round_after(Duration::from_secs(60)).await;
    let told = told(&upgrade);
    let to: Vec<&str> = told.iter().map(|(to, _)| to.as_str()).collect();
    assert_eq!(
        to,
        ["desk@example.org", "second-desk@example.org"],
        "once, to [health] tell"
    );
    let text = told[0].1.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "2 examples in the watchlist no longer hold",
        "watchlist.toml:79:17: this example should alert, and does not",
        "watchlist.toml:80:22: this example should stay quiet, and alerts",
    ] {
        assert!(text.contains(words), "{words} is missed in {text}");
    }
}

#[tokio::test]
async fn a_persons_change_that_breaks_an_example_is_refused() {
    let upgrade = Upgrade::new().await;
    upgrade.serve("");
    let before = std::fs::read(list(&upgrade)).unwrap();
    upgrade.round_after(Duration::ZERO).await;
    append(&upgrade, BROKEN);
    let why = refusal(&upgrade).unwrap();
    assert!(why.contains("this example should alert, and does not"), "{why}");
    std::fs::write(list(&upgrade), before).unwrap();
    assert_eq!(refusal(&upgrade), None, "as it was accepted");
    append(&upgrade, "\n# A remark.\n");
    assert_eq!(refusal(&upgrade), None, "a change that breaks nothing");
    assert_eq!(told(&upgrade), []);
}

#[tokio::test]
async fn what_an_upgrade_broke_runs_until_the_files_are_changed() {
    let upgrade = Upgrade::new().await;
    upgrade.serve("");
    append(&upgrade, BROKEN);
    upgrade.round_after(Duration::ZERO).await;
    assert_eq!(refusal(&upgrade), None, "another start");
    append(&upgrade, "\n# A remark.\n");
    assert!(refusal(&upgrade).is_some(), "a change has to mend the examples");
    // Files beside the list count too, and variables that override it.
    let kept = upgrade.store_folder().join("accepted/watchlist.toml");
    std::fs::copy(kept, list(&upgrade)).unwrap();
    assert_eq!(refusal(&upgrade), None, "as it was kept");
    let mut origin = upgrade.origin();
    origin
        .environment
        .push(("WIREWATCH__STORE__KEEP".to_owned(), "1 month".to_owned()));
    assert!(Ready::prepare_accepted(&origin).is_err());
}

#[tokio::test]
async fn without_a_store_a_configuration_is_new_and_its_examples_hold() {
    let upgrade = Upgrade::new().await;
    append(&upgrade, BROKEN);
    std::fs::remove_dir_all(upgrade.store_folder()).unwrap();
    assert!(refusal(&upgrade).is_some());
}

#[tokio::test]
async fn the_accepted_configuration_is_kept_beside_the_store_for_its_owner_alone() {
    let upgrade = Upgrade::new().await;
    upgrade.serve("");
    upgrade.round_after(Duration::ZERO).await;
    let kept = upgrade.store_folder().join("accepted");
    for name in ["feeds.toml", "watchlist.toml", "wirewatch.toml"] {
        let [kept, written] = [kept.join(name), upgrade.folder.path().join("config").join(name)];
        assert_eq!(std::fs::read(&kept).unwrap(), std::fs::read(written).unwrap(), "{name}");
        assert_eq!(mode(&kept), 0o600, "{name}");
    }
    assert_eq!(mode(&kept), 0o700);
    // A secret is read where it is, never copied.
    assert!(!kept.join("soar-secret").exists());
    append(&upgrade, "\n# A remark.\n");
    upgrade.round_after(Duration::ZERO).await;
    let text = std::fs::read_to_string(kept.join("watchlist.toml")).unwrap();
    assert!(text.ends_with("# A remark.\n"));
    let left: Vec<_> = std::fs::read_dir(upgrade.store_folder())
        .unwrap()
        .map(|file| file.unwrap().file_name())
        .collect();
    assert!(
        left.iter().all(|name| !name.to_string_lossy().contains("accepted.")),
        "{left:?}"
    );
    assert!(Sqlite::is_in(&upgrade.store_folder()));
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn the_program_runs_after_an_upgrade_and_ends_with_78_after_a_mistake() {
    let upgrade = Upgrade::new().await;
    append(&upgrade, BROKEN);
    // Nothing is asked of anybody: the machine's clock is years ahead of the store.
    let feeds = upgrade.folder.path().join("config/feeds.toml");
    std::fs::write(&feeds, "[feeds.none]\nurls = [\"file:none.xml\"]\n").unwrap();
    std::fs::write(
        upgrade.folder.path().join("config/none.xml"),
        "<rss version=\"2.0\"><channel><title>n</title></channel></rss>",
    )
    .unwrap();
    let server = format!("smtp://{}", upgrade.mail.address());
    let run = |arguments: &'static [&'static str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_wirewatch"));
        command
            .arg("--config")
            .arg(upgrade.folder.path().join("config"))
            .args(arguments)
            .env("WIREWATCH__MAIL__SERVER", &server);
        async move {
            tokio::task::spawn_blocking(move || command.output().unwrap())
                .await
                .unwrap()
        }
    };
    let first = run(&["run", "--once"]).await;
    let said = String::from_utf8_lossy(&first.stderr).into_owned();
    assert_eq!(first.status.code(), Some(0), "{said}");
    assert!(said.contains("no longer hold"), "{said}");
    assert_eq!(
        run(&["check"]).await.status.code(),
        Some(78),
        "`check` says what is to be mended"
    );
    assert_eq!(
        run(&["feeds", "list"]).await.status.code(),
        Some(0),
        "what runs can be looked at"
    );
    append(&upgrade, "\n# A remark.\n");
    assert_eq!(run(&["run", "--once"]).await.status.code(), Some(78));
}
