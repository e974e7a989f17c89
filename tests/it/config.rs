//! Configurations: the example as it stands, and every mistake with the exact words it is answered with.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use wirewatch::config::{Configuration, EnvVar, Problems, load, schema};
use wirewatch::deliver::{Secret, Security, To};
use wirewatch::feed::{Backfill, Trust};
use wirewatch_recognition::{EntityKind, HowClose, Level, LookIn, Pattern};

/// A configuration folder of its own, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &[u8])]) -> Self {
        let path = std::env::temp_dir().join(format!("wirewatch-config-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("config")).unwrap();
        for (name, bytes) in files {
            fs::write(path.join("config").join(name), bytes).unwrap();
        }
        Self(path.join("config"))
    }

    fn load(&self, environment: &[(&str, &str)]) -> Result<Configuration, Problems> {
        let environment: Vec<EnvVar> = environment
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect();
        load(&self.0, &environment)
    }

    /// What `check` prints, with the folder's own path left out.
    fn told(&self, environment: &[(&str, &str)]) -> String {
        let problems = match self.load(environment) {
            Ok(configuration) => configuration.warnings,
            Err(problems) => problems,
        };
        problems
            .to_string()
            .replace(&self.0.display().to_string(), "config")
            .trim_end()
            .to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.0.parent().unwrap());
    }
}

/// What is told of one watchlist.
fn told(name: &str, watchlist: &str) -> String {
    Folder::new(name, &[("watchlist.toml", watchlist.as_bytes())]).told(&[])
}

/// A feed and a watch, so that what is left out is not what is told.
const SOUND: &str = "[feeds.desk]\nurls = [\"https://example.org/feed\"]\n[watch.bamako]\nfind = [\"Bamako\"]\n";

fn sound(name: &str, more: &str) -> String {
    let files = [("base.toml", SOUND.as_bytes()), ("more.toml", more.as_bytes())];
    Folder::new(name, &files).told(&[])
}

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("config")
}

#[test]
fn the_example_folder_loads_without_problems_or_warnings() {
    let configuration = load(&example(), &[]).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(configuration.warnings.to_string(), "");
    let names: Vec<&str> = configuration
        .watchlist
        .watches()
        .iter()
        .map(|watch| watch.name.as_str())
        .collect();
    assert_eq!(names, ["jnim-attacks", "bamako-security"], "in the order of the file");
    let sample = configuration.feeds.iter().find(|feed| feed.group == "sample").unwrap();
    assert_eq!(sample.backfill, Backfill::All);
    assert_eq!(sample.url.to_file_path().unwrap(), example().join("sample.xml"));
    assert!(
        configuration.store.path.ends_with("wirewatch-data"),
        "beside the folder, where .gitignore expects it"
    );
    assert!(configuration.files.iter().any(|file| file.ends_with("watchlist.toml")));
}

#[test]
fn every_table_and_key_is_read_into_what_is_run() {
    let text = r#"
[mail]
server = "smtps://smtp.example.org"
from = "Wirewatch <alerts@example.org>"
user = "alerts"
password = { file = "password" }
timeout = "20 s"
[store]
path = "state"
keep = "30 days"
[polling]
fastest = "10 min"
slowest = "2 hours"
at_once = 8
gap = "3 s"
timeout = "10 s"
max_size = "5 MB"
contact = "desk@example.org"
allow_private = true
[health]
tell = "Desk"
feed_failing_for = "1 hour"
heartbeat = 07:05:00
[feeds.wires]
urls = ["https://example.org/a", "file:own.xml"]
opml = "reader.opml"
trust = "high"
backfill = "6 hours"
country = "ml"
language = "fr-ML"
slowest = "5 min"
[receiver.desk]
email = ["Desk <desk@example.org>", "night@example.org"]
time_zone = "Africa/Bamako"
quiet_hours = "22:00–06:00"
[receiver.soar]
webhook = "https://soar.example.org/in"
secret = { environment = "SOAR" }
[receiver.screen]
console = true
[group.jnim]
names = ["JNIM", "@katibas", "GSIM"]
exact_case = ["GSIM"]
only = true
[place.kati]
names = "Kati"
country = "ML"
[words.katibas]
list = ["katiba Macina", "ambush*", '/\bserma\b/']
[watch.all]
title = "All"
find = ["@JNIM", "@kati", "Ségou"]
together_with = ["x-ray"]
how_close = "same sentence"
but_not = ["football"]
look_in = "text"
feeds = ["wires"]
level = "low"
tell = ["soar", "screen"]
"#;
    let opml = r#"<opml version="2.0"><body><outline text="Mali"><outline title="B" xmlUrl="https://example.org/b"/></outline></body></opml>"#;
    let folder = Folder::new(
        "every",
        &[
            ("all.toml", text.as_bytes()),
            ("password", b"s3cret\n"),
            ("own.xml", b"<rss/>"),
            ("reader.opml", opml.as_bytes()),
        ],
    );
    let read = folder
        .load(&[("SOAR", "whsec_x")])
        .unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(read.warnings.to_string(), "");
    let mail = read.mail.unwrap();
    assert_eq!(
        (mail.host.as_str(), mail.port, mail.security),
        ("smtp.example.org", 465, Security::Implicit)
    );
    assert_eq!(
        (mail.user.as_deref(), mail.timeout),
        (Some("alerts"), Duration::from_secs(20))
    );
    assert_eq!(mail.password, Some(Secret::File(folder.0.join("password"))));
    assert_eq!(
        (read.store.path, read.store.keep.as_secs()),
        (folder.0.join("state"), 30 * 86_400)
    );
    let polling = read.polling;
    assert_eq!(
        (polling.fastest.as_secs(), polling.slowest.as_secs(), polling.at_once),
        (600, 7200, 8)
    );
    assert_eq!(
        (polling.gap.as_secs(), polling.timeout.as_secs(), polling.max_bytes),
        (3, 10, 5_000_000)
    );
    assert_eq!(polling.contact.as_deref(), Some("desk@example.org"));
    assert_eq!(read.health.tell, ["desk"], "capitals do not matter");
    assert_eq!(
        read.health.heartbeat,
        Some(jiff::civil::time(7, 5, 0, 0)),
        "a time without quotes is one"
    );
    let urls: Vec<&str> = read.feeds.iter().map(|feed| feed.url.as_str()).collect();
    let own = url::Url::from_file_path(folder.0.join("own.xml")).unwrap();
    assert_eq!(urls, ["https://example.org/a", own.as_str(), "https://example.org/b"]);
    let feed = &read.feeds[2];
    assert_eq!(
        (feed.title.as_deref(), feed.country.as_deref(), feed.language.as_deref()),
        (Some("B"), Some("ML"), Some("fr-ML"))
    );
    assert_eq!(
        (feed.trust, feed.backfill),
        (Trust::High, Backfill::Within(Duration::from_secs(21_600)))
    );
    assert_eq!(
        (feed.fastest.as_secs(), feed.slowest.as_secs()),
        (300, 300),
        "one bound moves the other"
    );
    assert_eq!(
        read.recipients[0].addresses,
        ["Desk <desk@example.org>", "night@example.org"]
    );
    let quiet = read.recipients[0].quiet_hours.unwrap();
    assert_eq!((quiet.from.hour(), quiet.until.hour()), (22, 6));
    assert_eq!(read.recipients[0].time_zone.iana_name(), Some("Africa/Bamako"));
    assert!(
        matches!(&read.receivers[1].to, To::Webhook { secret: Some(Secret::Value(value)), .. } if value == "whsec_x")
    );
    assert_eq!(read.receivers[2].to, To::Console);
    let watch = &read.watchlist.watches()[0];
    assert_eq!(
        (watch.how_close, watch.look_in, watch.level),
        (HowClose::SameSentence, LookIn::Text, Level::Low)
    );
    assert_eq!(
        (watch.tell.len(), watch.feeds.as_slice()),
        (2, ["wires".to_owned()].as_slice())
    );
    let find: Vec<(String, bool, Option<&str>)> = watch
        .find
        .iter()
        .map(|term| {
            (
                term.written(),
                term.exact_case,
                term.entity.as_ref().map(|entity| entity.id.as_str()),
            )
        })
        .collect();
    let jnim = Some("group:jnim");
    let expected = [
        ("GSIM", true, jnim),
        ("JNIM", false, jnim),
        ("katiba Macina", false, None),
        ("ambush*", false, None),
        ("/\\bserma\\b/", false, None),
        ("Kati", false, Some("place:kati")),
        ("Ségou", false, None),
    ];
    assert_eq!(
        find,
        expected.map(|(term, exact, entity)| (term.to_owned(), exact, entity))
    );
    assert!(matches!(watch.find[3].pattern, Pattern::Prefix(_)));
    let kati = watch.find[5].entity.as_ref().unwrap();
    assert_eq!(
        (kati.kind, kati.name.as_str(), kati.country.as_deref()),
        (EntityKind::Place, "Kati", Some("ML"))
    );
    assert!(
        read.files.iter().any(|file| file.ends_with("reader.opml")),
        "a changed list is noticed"
    );
}

#[test]
fn files_as_windows_writes_them_are_read() {
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(SOUND.replace('\n', "\r\n").encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let bom = format!("\u{FEFF}{SOUND}");
    let cases: [(&str, &str, &[u8]); 3] = [
        ("UTF-16 with its mark", "utf16", &utf16),
        ("UTF-8 with its mark", "bom", bom.as_bytes()),
        (
            "tabs",
            "tabs",
            b"[feeds.desk]\n\turls\t=\t[\"https://example.org/feed\"]\n[watch.bamako]\n\tfind = [\"Bamako\"]\n",
        ),
    ];
    for (what, name, bytes) in cases {
        assert_eq!(Folder::new(name, &[("watchlist.toml", bytes)]).told(&[]), "", "{what}");
    }
}

#[test]
fn where_the_store_is_when_nothing_says_so() {
    let folder = Folder::new("store", &[("a.toml", SOUND.as_bytes())]);
    let beside = folder.0.parent().unwrap().join("wirewatch-data");
    assert_eq!(folder.load(&[]).unwrap().store.path, beside);
    let service = [("STATE_DIRECTORY", "/var/lib/wirewatch:/var/lib/other")];
    assert_eq!(
        folder.load(&service).unwrap().store.path,
        Path::new("/var/lib/wirewatch")
    );
    let overridden = [("WIREWATCH__STORE__PATH", "/srv/wirewatch")];
    assert_eq!(
        folder.load(&overridden).unwrap().store.path,
        Path::new("/srv/wirewatch")
    );
}

#[test]
fn variables_are_laid_over_the_files() {
    let text = format!(
        "{SOUND}[receiver.night-desk]\nemail = \"old@example.org\"\n[mail]\nserver = \"localhost\"\nfrom = \"a@example.org\"\n"
    );
    let folder = Folder::new("variables", &[("a.toml", text.as_bytes())]);
    let read = folder
        .load(&[
            ("WIREWATCH__RECEIVER__NIGHT_DESK__EMAIL", "a@example.org, b@example.org"),
            ("WIREWATCH__POLLING__AT_ONCE", "4"),
            ("WIREWATCH__POLLING__ALLOW_PRIVATE", "true"),
            ("WIREWATCH__MAIL__USER", "me"),
            ("WIREWATCH__MAIL__PASSWORD", "s3cret"),
            ("WIREWATCH_CONFIG", "/elsewhere"),
        ])
        .unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(read.recipients[0].addresses, ["a@example.org", "b@example.org"]);
    assert_eq!((read.recipients.len(), read.polling.at_once), (1, 4));
    assert_eq!(read.mail.unwrap().password, Some(Secret::Value("s3cret".to_owned())));
}

#[test]
fn mistakes_in_thousands_of_watches_are_all_told() {
    let mut text = String::from("[receiver.desk]\nconsole = true\n[feeds.desk]\nurls = [\"https://example.org/\"]\n");
    for n in 0..2_000 {
        text.push_str(&format!(
            "[words.w{n}]\nlist = [\"mot{n}\"]\n[watch.w{n}]\nfind = [\"@v{n}\"]\ntell = [\"dsk\"]\n"
        ));
    }
    let folder = Folder::new("many", &[("a.toml", text.as_bytes())]);
    let problems = folder.load(&[]).unwrap_err();
    assert_eq!(problems.0.len(), 4_000, "every one is told");
}

#[test]
fn the_schema_names_every_key_and_each_is_documented() {
    let documents = [
        "docs/REFERENCE.md",
        "docs/ADMINISTRATION.md",
        "config/wirewatch.toml",
        "config/feeds.toml",
        "config/watchlist.toml",
    ]
    .map(|file| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap())
    .concat();
    let schema = schema();
    let mut keys = 0;
    for (table, shape) in schema["properties"].as_object().unwrap() {
        let one = shape
            .get("properties")
            .or_else(|| shape["additionalProperties"].get("properties"))
            .unwrap();
        assert!(documents.contains(&format!("[{table}")), "[{table}] is not documented");
        for (key, about) in one.as_object().unwrap() {
            keys += 1;
            let written = documents.lines().any(|line| {
                let assigned = line.trim_start_matches(['#', ' ']).strip_prefix(key.as_str());
                let assigned = assigned.is_some_and(|rest| rest.trim_start().starts_with('='));
                assigned || line.starts_with('|') && line.contains(&format!("| `{key}` "))
            });
            assert!(written, "{table}.{key} is not documented");
            assert!(
                about["description"].as_str().unwrap().ends_with('.'),
                "{table}.{key} has no sentence for editors"
            );
        }
    }
    assert!(keys > 45, "{keys}");
}

macro_rules! assert_sheet {
    ($sheet:expr) => {
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!($sheet) })
    };
}

/// Each case with a sentence, and below it all that is told of it.
fn sheet(cases: &[(&str, String)]) -> String {
    let mut sheet = String::new();
    for (what, told) in cases {
        assert!(!told.is_empty(), "{what}: nothing is told");
        sheet.push_str(&format!("## {what}\n\n{told}\n\n"));
    }
    sheet
}

mod doors;
mod places;

#[test]
fn an_invalid_regular_expression_an_unknown_key_a_reference_to_nothing() {
    let watch = |more: &str| format!("[feeds.desk]\nurls = [\"https://example.org/feed\"]\n[watch.bamako]\n{more}\n");
    assert_sheet!(sheet(&[
        ("an unknown key", told("key", &watch("fnd = [\"Bamako\"]"))),
        (
            "an unknown key that is like no other",
            told("other", &watch("find = [\"Bamako\"]\ncolour = \"red\""))
        ),
        (
            "an unknown table",
            sound("table", "[receivr.analyst]\nemail = \"a@example.org\"\n")
        ),
        ("a key before the first table", sound("first", "fastest = \"5 min\"\n")),
        ("a watch without `find`", told("nofind", &watch("title = \"Bamako\""))),
        (
            "a number of words that is none",
            told(
                "words",
                &watch("find = [\"Bamako\"]\ntogether_with = [\"Kati\"]\nhow_close = \"0 words\"")
            )
        ),
        (
            "a number of nothing",
            told(
                "number",
                &watch("find = [\"Bamako\"]\ntogether_with = [\"Kati\"]\nhow_close = \"10\"")
            )
        ),
        ("an empty list", told("empty", &watch("find = []"))),
        (
            "an empty text in a list",
            told("blank", &watch("find = [\"Bamako\", \"\"]"))
        ),
        (
            "an invalid regular expression",
            told("regex", &watch("find = [\"Bamako\", '/atta(ck|que/']"))
        ),
        (
            "an invalid regular expression behind escapes",
            told("escapes", &watch("find = [\"/\\\\bS\\u00E9gou[a-/\"]"))
        ),
        (
            "a star in the middle, in front, and too early",
            told("star", &watch("find = [\"att*que\", \"*que\", \"a*\"]"))
        ),
        (
            "quotes within quotes",
            told("inner", &watch("find = ['\"Bamako nord\"']"))
        ),
        (
            "a term that is too general",
            told("general", &watch("find = [\"a\", \"at*\", \"/.*/\"]"))
        ),
        (
            "a reference to no group",
            told("noref", &watch("find = [\"@jmin\"]\n[group.jnim]\nnames = [\"JNIM\"]"))
        ),
        (
            "another name of a built-in group, and a slip in its key",
            told(
                "alias",
                &watch("find = [\"@GSIM\", \"@katiba-mazina\", \"@our-warehouses-in-kayes\"]")
            )
        ),
        (
            "a star behind a group",
            told(
                "branches",
                &watch("find = [\"@own*\", \"@katiba-serma*\"]\n[group.own]\nnames = [\"Own\"]")
            )
        ),
        (
            "`only` without a built-in group",
            told(
                "only",
                &watch("find = [\"@jnmi\"]\n[group.jnmi]\nnames = [\"JNIM\"]\nonly = true")
            )
        ),
        (
            "a list that stands in itself",
            told("self", &watch("find = [\"@a\"]\n[words.a]\nlist = [\"x-ray\", \"@a\"]"))
        ),
        (
            "lists in a circle",
            told(
                "circle",
                &watch(
                    "find = [\"@a\"]\n[words.a]\nlist = [\"@b\"]\n[words.b]\nlist = [\"@c\"]\n[group.c]\nnames = [\"@a\"]"
                )
            ),
        ),
        (
            "a receiver that is not there",
            told(
                "tell",
                &watch("find = [\"Bamako\"]\ntell = [\"anlyst\"]\n[receiver.analyst]\nconsole = true")
            )
        ),
        (
            "feeds that are not there",
            told("nofeeds", &watch("find = [\"Bamako\"]\nfeeds = [\"dek\"]"))
        ),
        (
            "a word that is not one of the list",
            told(
                "oneof",
                &watch("find = [\"Bamako\"]\nlevel = \"urgnt\"\nhow_close = \"near\"")
            )
        ),
        (
            "a term that is sought and refused",
            told("both", &watch("find = [\"Bamako\"]\nbut_not = [\"Bamako\"]"))
        ),
        (
            "examples that fail",
            told(
                "examples",
                &watch(
                    "find = [\"Bamako\"]\nshould_alert = [\"Attaque à Ségou\"]\nshould_stay_quiet = [\"Concert à Bamako\"]"
                )
            ),
        ),
    ]));
}

#[test]
fn mistakes_in_the_writing_of_files() {
    let watch = |find: &str| format!("[feeds.desk]\nurls = [\"https://example.org/feed\"]\n[watch.bamako]\n{find}\n");
    let latin1 = [SOUND.as_bytes(), b"[words.x]\nlist = [\"S\xE9gou\"]\n"].concat();
    let two = Folder::new(
        "two",
        &[
            ("a.toml", b"[polling]\ngap = \"2 s\"\n[watch.bamako]\nfind = [\"Bamako\"]\n[group.sahel]\nnames = [\"A1\"]\n"),
            ("b.toml", b"[polling]\ntimeout = \"9 s\"\n[watch.bamako]\nfind = [\"Kati\"]\n[watch.Bamako]\nfind = [\"Kati\"]\n[words.sahel]\nlist = [\"B1\"]\n"),
        ],
    );
    assert_sheet!(sheet(&[
        (
            "quotes from a word processor",
            told(
                "curly",
                &watch("find = [“Bamako”, “l’attaque”]\ntitle = « Bamako »\nlvel = \"low\"")
            )
        ),
        ("a quote that is not closed", told("open", &watch("find = [\"Bamako]"))),
        (
            "a quote closed by another kind",
            told("mixed", &watch("title = \"Bamako”"))
        ),
        (
            "a text without quotes",
            told("bare", &watch("find = [\"Bamako\"]\ntitle = Security in Bamako"))
        ),
        (
            "a list that is not closed",
            told("list", &watch("find = [\"Bamako\"\ntitle = \"x\""))
        ),
        (
            "a list over several lines that is not closed",
            told("lines", &watch("find = [\n  \"Bamako\",\n  \"Kati\"\ntitle = \"x\""))
        ),
        (
            "a table twice in one file",
            told(
                "table-twice",
                &watch("find = [\"Bamako\"]\n[watch.bamako]\nfind = [\"Kati\"]")
            )
        ),
        (
            "a comma is missing",
            told("comma", &watch("find = [\"Bamako\" \"Kati\"]"))
        ),
        (
            "a header that is not closed",
            told("header", "[watch.bamako\nfind = [\"Bamako\"]\n")
        ),
        (
            "an accent in a name",
            told("accent", "[watch.ségou]\nfind = [\"Ségou\"]\n")
        ),
        (
            "a space in a name",
            told("space", "[watch.bamako nord]\nfind = [\"Bamako\"]\n")
        ),
        (
            "a key twice",
            told("twice", &watch("find = [\"Bamako\"]\nfind = [\"Kati\"]"))
        ),
        (
            "a key without a value",
            told("novalue", &watch("find = [\"Bamako\"]\ntitle ="))
        ),
        (
            "a remark without #",
            told("remark", &watch("find = [\"Bamako\"]\nthis is my watch"))
        ),
        ("a backslash", told("backslash", &watch("find = [\"/\\sBamako/\"]"))),
        ("[[watch]]", told("array", "[[watch]]\nfind = [\"Bamako\"]\n")),
        (
            "a file that is not UTF-8",
            Folder::new("latin1", &[("a.toml", &latin1)]).told(&[])
        ),
        ("one name in two files, and in other capitals", two.told(&[])),
        ("an empty name", sound("noname", "[watch.\"\"]\nfind = [\"Kati\"]\n")),
        ("no file", Folder::new("nofile", &[]).told(&[])),
        (
            "no folder",
            load(Path::new("/nowhere/at/all"), &[]).unwrap_err().to_string()
        ),
        ("nothing to do", Folder::new("nothing", &[("a.toml", b"")]).told(&[])),
        (
            "wide letters, tabs and accents before",
            sound("wide", "[words.x]\n\tlist = [\"e\u{301}tat\", \"名前\", 5]\n")
        ),
    ]));
}

#[test]
fn mistakes_in_the_machine_room_and_in_receivers() {
    assert_sheet!(sheet(&[
        (
            "wrong types",
            sound(
                "types",
                "[polling]\nat_once = \"8\"\nallow_private = \"yes\"\nfastest = 5\ncontact = 7\nmax_size = 20\nslowest = [\"1 hour\"]\ngap = 1.5\n"
            )
        ),
        (
            "numbers out of bounds",
            sound("bounds", "[polling]\nat_once = 0\nfastest = \"0 s\"\n")
        ),
        (
            "bad lengths of time",
            sound(
                "times",
                "[polling]\nfastest = \"5\"\nslowest = \"3m\"\ntimeout = \"half an hour\"\ngap = \"2 sconds\"\n[store]\nkeep = \"\"\n"
            )
        ),
        (
            "fastest is slower",
            sound("pace", "[polling]\nfastest = \"2 hours\"\nslowest = \"1 hour\"\n")
        ),
        (
            "a bad contact and a bad size",
            sound("contact", "[polling]\ncontact = \"the desk\"\nmax_size = \"big\"\n")
        ),
        (
            "addresses of [web] that are none",
            sound(
                "web",
                "[web]\nlisten = \"https://w.example.org\"\npublic = \"w.example.org\"\n"
            )
        ),
        (
            "an address of [web] that nobody reaches",
            sound("web2", "[web]\npublic = \"http://wirewatch/?a=b\"\n")
        ),
        (
            "a public address of this house",
            sound("web3", "[web]\nlisten = \":8080\"\npublic = \"http://wirewatch\"\n")
        ),
        (
            "a mail server that is none",
            sound(
                "mail",
                "[mail]\nserver = \"https://smtp.example.org\"\nfrom = \"Wirewatch\"\nuser = \"me\"\n"
            )
        ),
        (
            "half a [mail]",
            sound("halfmail", "[mail]\nserver = \"smtp.example.org:99999\"\n")
        ),
        (
            "a password in the file",
            sound(
                "password",
                "[mail]\nserver = \"localhost\"\nfrom = \"a@example.org\"\nuser = \"me\"\npassword = \"hunter2\"\n"
            )
        ),
        (
            "secrets that cannot be read",
            sound(
                "secrets",
                "[receiver.a]\nwebhook = \"https://a.example\"\nsecret = { file = \"nothing-here\" }\n[receiver.b]\nwebhook = \"https://b.example\"\nsecret = { environment = \"NOT_SET\" }\n[receiver.c]\nwebhook = \"https://c.example\"\nsecret = { credential = \"soar\" }\n[receiver.d]\nwebhook = \"https://d.example\"\nsecret = { fil = \"x\" }\n",
            ),
        ),
        (
            "health tells nobody that is there",
            sound(
                "health",
                "[receiver.operator]\nconsole = true\n[health]\ntell = [\"operater\"]\nheartbeat = \"25:00\"\n"
            )
        ),
        (
            "a receiver without a way",
            sound("noway", "[receiver.analyst]\ntime_zone = \"Africa/Bamako\"\n")
        ),
        (
            "a receiver with two ways",
            sound(
                "twoways",
                "[receiver.analyst]\nemail = \"a@example.org\"\nwebhook = \"https://example.org\"\n[mail]\nserver = \"localhost\"\nfrom = \"a@example.org\"\n"
            )
        ),
        (
            "mail without [mail], to an address that is none",
            sound("nomail", "[receiver.analyst]\nemail = \"analyst.example.org\"\n")
        ),
        (
            "a webhook that is no web address",
            sound("webhook", "[receiver.soar]\nwebhook = \"soar.example.org/in\"\n")
        ),
        (
            "bad time zones",
            sound(
                "zones",
                "[receiver.a]\nconsole = true\ntime_zone = \"Bamako\"\n[receiver.b]\nconsole = true\ntime_zone = \"Afrika/Bamako\"\n[receiver.c]\nconsole = true\ntime_zone = \"local\"\n"
            )
        ),
        (
            "bad quiet hours",
            sound(
                "quiet",
                "[receiver.a]\nconsole = true\ntime_zone = \"UTC\"\nquiet_hours = \"22:00\"\n[receiver.b]\nconsole = true\nquiet_hours = \"22:00-06:00\"\n"
            )
        ),
    ]));
}

#[test]
fn mistakes_in_feeds() {
    let files: [(&str, &[u8]); 5] = [
        ("base.toml", SOUND.as_bytes()),
        ("more.toml", b"[feeds.x]\nurls = [\"www.rfi.fr/fr/afrique/rss\", \"local.xml\", \"feed://example.org/x\", \"ftp://example.org/x\", \"Sahel\", \"https://a.example https://b.example\", \"file:gone.xml\", \"https://example.org/feed\"]\n[feeds.y]\nopml = [\"gone.opml\", \"reader.opml\", \"page.opml\"]\n"),
        ("local.xml", b"<rss/>"),
        ("reader.opml", b"<opml>\n<body>\n<outline xmlUrl=\"nonsense\"/>\n<outline xmlUrl=\"https://example.org/feed\"/>\n</body></opml>"),
        ("page.opml", b"<html></html>"),
    ];
    assert_sheet!(sheet(&[
        ("addresses that are none", Folder::new("addresses", &files).told(&[])),
        (
            "a table without feeds",
            sound("nourls", "[feeds.x]\ntrust = \"high\"\n")
        ),
        (
            "other keys",
            sound(
                "feedkeys",
                "[feeds.x]\nurls = [\"https://example.org/1\", \"https://example.org/2\"]\ntitle = \"Both\"\ntrust = \"hihg\"\nbackfill = \"everything\"\ncountry = \"Mali\"\nlanguage = \"French\"\nfull_text = \"always\"\n"
            )
        ),
    ]));
}

#[test]
fn the_environment_is_named_where_it_is_at_fault() {
    let folder = Folder::new("environment", &[("a.toml", SOUND.as_bytes())]);
    assert_sheet!(sheet(&[(
        "variables",
        folder.told(&[
            ("WIREWATCH__MIAL__SERVER", "localhost"),
            ("WIREWATCH__POLLING__FASTET", "5 min"),
            ("WIREWATCH__POLLING__SLOWEST", "an hour"),
            ("WIREWATCH__POLLING__AT_ONCE", "many"),
            ("WIREWATCH__HEALTH__TELL", "operator"),
            ("WIREWATCH__POLLING", "x"),
            ("WIREWATCH__RECEIVER__DESK__EMAIL", "nobody"),
            ("WIREWATCH__WATCH__BAMAKO__LEVEL", "high"),
        ]),
    )]));
}

#[test]
fn the_example_watches_alert_on_the_attacks_of_the_sample_and_on_nothing_else() {
    let configuration = load(&example(), &[]).unwrap_or_else(|problems| panic!("{problems}"));
    let sample = fs::read_to_string(example().join("sample.xml")).unwrap();
    let between = |text: &str, tag: &str| {
        let (_, after) = text.split_once(&format!("<{tag}>")).unwrap();
        after.split_once(&format!("</{tag}>")).unwrap().0.to_owned()
    };
    let fired: Vec<(usize, Vec<&str>)> = sample
        .split("<item>")
        .skip(1)
        .enumerate()
        .map(|(at, item)| {
            let (title, text) = (between(item, "title"), between(item, "description"));
            let document = wirewatch_recognition::Document {
                title: &title,
                text: &text,
                feed: Some("sample"),
                ..Default::default()
            };
            let verdicts = configuration.watchlist.examine(document).verdicts;
            let firing = verdicts.iter().filter(|verdict| verdict.fires());
            (
                at + 1,
                firing
                    .map(|verdict| configuration.watchlist.watches()[verdict.watch].name.as_str())
                    .collect(),
            )
        })
        .filter(|(_, watches): &(usize, Vec<&str>)| !watches.is_empty())
        .collect();
    let twice = vec!["jnim-attacks", "bamako-security"];
    assert_eq!(
        fired,
        [(1, vec!["bamako-security"]), (2, twice.clone()), (3, twice)],
        "2 and 3 are one story"
    );
}

const FEED: &str = "[feeds.desk]\nurls = [\"https://example.org/feed\"]\n";

/// Every term of `find` of the first watch: as written, its entity, and whether its capitals count.
fn finds(name: &str, watchlist: &str) -> Vec<(String, String, bool)> {
    let files = [("base.toml", FEED.as_bytes()), ("watchlist.toml", watchlist.as_bytes())];
    let folder = Folder::new(name, &files);
    let read = folder.load(&[]).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(read.warnings.to_string(), "", "{name}");
    let term = |term: &wirewatch_recognition::Term| {
        let entity = term.entity.as_ref();
        let entity = entity.map_or(String::new(), |entity| format!("{} {}", entity.id, entity.name));
        (term.written(), entity, term.exact_case)
    };
    read.watchlist.watches()[0].find.iter().map(term).collect()
}

#[test]
fn built_in_groups_are_there_added_to_and_replaced() {
    let jnim = wirewatch_recognition::group("jnim").unwrap();
    let all = jnim.names.len() + jnim.exact_case.len() + jnim.forms.len() + jnim.exact_forms.len();
    let has = |terms: &[(String, String, bool)], name: &str, entity: &str, exact: bool| {
        terms.contains(&(name.to_owned(), entity.to_owned(), exact))
    };

    let plain = finds("built-in", "[watch.a]\nfind = [\"@JNIM\"]\n");
    assert_eq!(plain.len(), all, "by its key in any capitals, without a table");
    assert!(has(&plain, "GSIM", "group:jnim JNIM", false), "{plain:?}");

    let added = finds(
        "added",
        "[watch.a]\nfind = [\"@jnim\"]\n[group.Jnim]\nnames = [\"Les hommes d'Iyad\"]\nexact_case = [\"GSIM\"]\n",
    );
    assert_eq!(added.len(), all + 1, "{added:?}");
    assert!(
        has(&added, "Les hommes d'Iyad", "group:jnim JNIM", false),
        "the canonical name stays: {added:?}"
    );
    assert!(
        has(&added, "GSIM", "group:jnim JNIM", true),
        "the file's word on capitals goes first: {added:?}"
    );
    assert!(!has(&added, "GSIM", "group:jnim JNIM", false), "once: {added:?}");

    let only = finds(
        "only-these",
        "[watch.a]\nfind = [\"@jnim\"]\n[group.jnim]\nnames = [\"Jnim Mali\"]\nonly = true\n",
    );
    assert_eq!(
        only,
        [("Jnim Mali".to_owned(), "group:jnim Jnim Mali".to_owned(), false)]
    );

    let words = finds(
        "words-first",
        "[watch.a]\nfind = [\"@jnim\"]\n[words.jnim]\nlist = [\"x-ray\"]\n",
    );
    assert_eq!(
        words,
        [("x-ray".to_owned(), String::new(), false)],
        "the file's own list stands in its place"
    );
}

#[test]
fn a_group_means_itself_and_with_a_star_all_that_belong_to_it() {
    let qaeda = wirewatch_recognition::group("al-qaeda").unwrap();
    let alone = finds("alone", "[watch.a]\nfind = [\"@al-qaeda\"]\n");
    let all = qaeda.names.len() + qaeda.exact_case.len() + qaeda.forms.len() + qaeda.exact_forms.len();
    assert_eq!(alone.len(), all);
    assert!(
        alone.iter().all(|(_, entity, _)| entity.starts_with("group:al-qaeda ")),
        "{alone:?}"
    );

    let all = finds(
        "all-of-them",
        "[watch.a]\nfind = [\"@al-qaeda*\"]\n[group.katiba-macina]\nnames = [\"Les hommes de Kouffa\"]\n",
    );
    let of = |name: &str| {
        let found = all.iter().find(|(term, _, _)| term == name);
        found.map(|(_, entity, _)| entity.as_str())
    };
    assert_eq!(of("GSIM"), Some("group:jnim JNIM"));
    let katiba = Some("group:katiba-macina Katiba Macina");
    assert_eq!(of("Katibat Macina"), katiba, "the branch of a branch");
    assert_eq!(of("Les hommes de Kouffa"), katiba, "with what the file adds");
}

#[test]
fn a_variable_changes_one_key_of_one_watch_and_leaves_the_others() {
    let more = "[watch.kati]\nfind = [\"Kati\"]\ntitle = \"Kati\"\n[watch.sikasso]\nfind = [\"Sikasso\"]\n";
    let folder = Folder::new(
        "one-key",
        &[("base.toml", SOUND.as_bytes()), ("more.toml", more.as_bytes())],
    );
    let variables = [
        ("WIREWATCH__WATCH__KATI__LEVEL", "urgent"),
        ("WIREWATCH__POLLING__GAP", "7 s"),
    ];
    let read = folder.load(&variables).unwrap_or_else(|problems| panic!("{problems}"));
    let watches: Vec<(&str, &str, Level)> = read
        .watchlist
        .watches()
        .iter()
        .map(|watch| (watch.name.as_str(), watch.title.as_str(), watch.level))
        .collect();
    let expected = [
        ("bamako", "bamako", Level::Normal),
        ("kati", "Kati", Level::Urgent),
        ("sikasso", "sikasso", Level::Normal),
    ];
    assert_eq!(watches, expected);
    assert_eq!(read.polling.gap, Duration::from_secs(7), "a table that no file has");
}

mod queries;
mod traps;
