//! Bodies held against the one before, table by table. An entry is written `id|link|title|text|hours ago`.

use super::*;

fn now() -> Timestamp {
    "2026-03-02T08:00:00Z".parse().unwrap()
}

fn body(written: &str, past: &History) -> Vec<Entry> {
    let mut entries: Vec<Entry> = written
        .split_whitespace()
        .map(|entry| {
            let parts: Vec<&str> = entry.split('|').collect();
            let some = |part: &str| (!part.is_empty()).then(|| part.to_owned());
            Entry {
                key: EntryKey(0),
                id: some(parts[0]),
                title: parts[2].to_owned(),
                link: some(parts[1]),
                text: parts[3].to_owned(),
                published: some(parts[4]).map(|hours| now() - SignedDuration::from_hours(hours.parse().unwrap())),
                updated: None,
                authors: Vec::new(),
                tags: Vec::new(),
                language: None,
                ..Entry::default()
            }
        })
        .collect();
    key_anew(&mut entries, past.known_by, &past.shared);
    entries
}

/// Bodies in turn, each as (entries, titles of what is the same under another key, known by, missed).
type Step<'a> = (&'a str, &'a str, KnownBy, bool);

fn follow(case: &str, steps: &[Step<'_>]) -> History {
    let mut past = History::default();
    for (number, (written, same, known_by, missed)) in steps.iter().enumerate() {
        let mut entries = body(written, &past);
        let change = past.learn(&mut entries, Some(now()), now());
        let same_as: Vec<&str> = entries
            .iter()
            .filter(|entry| change.same_as.contains_key(&entry.key))
            .map(|entry| entry.title.as_str())
            .collect();
        assert_eq!(same_as.join(" "), *same, "{case}, body {number}");
        assert_eq!(
            (past.known_by, change.missed),
            (*known_by, *missed),
            "{case}, body {number}"
        );
    }
    past
}

#[test]
fn entries_are_known_again_under_other_keys() {
    use KnownBy::{Id, Link, Title};
    let table: &[(&str, &[Step<'_>])] = &[
        (
            "every id is another one, once: one more entry is new",
            &[
                ("1|a|A|x|9 2|b|B|x|8 3|c|C|x|7", "", Id, false),
                ("91|a|A|x|9 92|b|B|x|8 93|c|C|x|7 94|d|D|x|1", "A B C", Id, false),
                ("91|a|A|x|9 92|b|B|x|8 93|c|C|x|7 94|d|D|x|1 95|e|E|x|0", "", Id, false),
            ],
        ),
        (
            "ids rotate: known by link from the second time on",
            &[
                ("1|a|A|x|9 2|b|B|x|8 3|c|C|x|7", "", Id, false),
                ("11|a|A|x|9 12|b|B|x|8 13|c|C|x|7", "A B C", Id, false),
                ("21|a|A|x|9 22|b|B|x|8 23|c|C|x|7", "A B C", Link, false),
                ("34|d|D|x|1 31|a|A|x|9 32|b|B|x|8 33|c|C|x|7", "", Link, false),
            ],
        ),
        (
            "ids and links rotate: known by title",
            &[
                ("1|a|A|x|9 2|b|B|x|8 3|c|C|x|7", "", Id, false),
                ("11|aa|A|x|9 12|bb|B|x|8 13|cc|C|x|7", "A B C", Id, false),
                ("21|ac|A|x|9 22|bc|B|x|8 23|cd|C|x|7", "A B C", Title, false),
                ("34|ad|D|x|1 31|ae|A|x|9 32|bd|B|x|8 33|ce|C|x|7", "", Title, false),
            ],
        ),
        (
            "ids name places in the list",
            &[
                ("1|a|A|x|9 2|b|B|x|8 3|c|C|x|7 4|d|D|x|6", "", Id, false),
                ("1|e|E|x|1 2|a|A|x|9 3|b|B|x|8 4|c|C|x|7", "A B C", Link, false),
                ("1|f|F|x|0 2|e|E|x|1 3|a|A|x|9 4|b|B|x|8", "", Link, false),
            ],
        ),
        (
            "a feed of warnings repeats its titles and links: each is new",
            &[
                ("1|a|Gao|x|9 2|b|Kayes|x|8 3|c|Mopti|x|7", "", Id, false),
                ("4|a|Gao|y|1 5|b|Kayes|y|1 6|c|Mopti|y|1", "", Id, true),
            ],
        ),
        (
            "everything is edited under its own id",
            &[
                ("1|a|A|x|9 2|b|B|x|8 3|c|C|x|7", "", Id, false),
                ("1|a|AA|y|1 2|b|BB|y|1 3|c|CC|y|1", "", Id, false),
            ],
        ),
        (
            "nothing of the last body is left: entries may have been missed",
            &[
                ("1|a|A|x|9 2|b|B|x|8 3|c|C|x|7", "", Id, false),
                ("4|d|D|x|3 5|e|E|x|2 6|f|F|x|1", "", Id, true),
                ("5|e|E|x|2 6|f|F|x|1 7|g|G|x|0", "", Id, false),
            ],
        ),
        (
            "a feed of two entries shows no pattern",
            &[
                ("1|a|A|x|9 2|b|B|x|8", "", Id, false),
                ("3|c|C|x|9 4|d|D|x|8", "", Id, false),
            ],
        ),
    ];
    for (case, steps) in table {
        let past = follow(case, steps);
        let read_again: Window = String::from(past.window.clone()).into();
        assert_eq!(read_again, past.window, "{case}: the window as it is stored");
    }
}

#[test]
fn old_entries_that_come_at_once_are_an_archive() {
    let list = |from: u32, count: u32, hours: u32| -> String {
        (from..from + count)
            .map(|n| format!("{n}|l{n}|T{n}|x|{} ", hours + n))
            .collect()
    };
    let week = 7 * 24;
    for (case, came, hours_read_ago, held) in [
        ("five of last year", list(50, 5, 52 * week), 1, 5),
        ("four of last year", list(50, 4, 52 * week), 1, 0),
        ("five of yesterday", list(50, 5, 24), 1, 0),
        (
            "five that were published while the feed could not be read",
            list(50, 5, week),
            3 * week,
            0,
        ),
    ] {
        let mut past = History::default();
        let known = list(0, 4, 1);
        let before = now() - SignedDuration::from_hours(i64::from(hours_read_ago));
        past.learn(&mut body(&known, &past.clone()), None, before);
        let mut entries = body(&format!("{known} {came}"), &past);
        let change = past.learn(&mut entries, Some(before), now());
        assert_eq!(change.archive.len(), held, "{case}");
    }
    let mut past = History::default();
    let change = past.learn(&mut body(&list(0, 9, 52 * week), &past.clone()), None, now());
    assert_eq!(change.archive.len(), 0, "the first body is the backlog");
}

#[test]
fn what_is_missed_again_and_again_tightens_the_pace() {
    let hour = Duration::from_secs(3600);
    let mut past = History::default();
    let mut at = now();
    let mut intervals = Vec::new();
    for _ in 0..5 {
        past.note_missed(at);
        at += SignedDuration::from_hours(20);
        intervals.push(past.tightened(hour, at).as_secs() / 60);
    }
    assert_eq!(intervals, [30, 15, 7, 7, 7]);
    assert_eq!(past.missed.map(|missed| (missed.first, missed.times)), Some((now(), 5)));
    at += SignedDuration::from_hours(8 * 24);
    assert_eq!(past.tightened(hour, at), hour, "a week without is forgiven");
    past.note_missed(at);
    assert_eq!(past.missed.map(|missed| missed.times), Some(1));
}

#[test]
fn what_was_pushed_is_remembered_until_a_body_lists_it() {
    let listed = "1|a|A|x|9 2|b|B|x|8 3|c|C|x|7";
    let mut past = History::default();
    past.learn(&mut body(listed, &History::default()), None, now());
    past.note_push(&body("4|d|D|x|6", &past));
    past.note_push(&body("4|d|D2|x|6 5|e|E|x|5", &past));
    assert_eq!(past.pushed.len(), 2, "each once");
    // The server's copy is late, and names the first otherwise when it comes.
    let change = past.learn(&mut body(listed, &past), Some(now()), now());
    assert_eq!((change.missed, past.pushed.len()), (false, 2));
    let mut entries = body("94|d|D|x|6 5|e|E|x|5 1|a|A|x|9", &past);
    let known_as = body("4|d|D|x|6", &past)[0].key;
    let change = past.learn(&mut entries, Some(now()), now());
    assert_eq!(change.same_as, HashMap::from([(entries[0].key, known_as)]));
    assert!(past.pushed.is_empty());
}

#[test]
fn an_id_that_named_several_entries_names_none_of_them_alone() {
    let mut past = History::default();
    let mut entries = body("i|a|A|x|9 i|b|B|x|8 3|c|C|x|7", &past);
    past.learn(&mut entries, None, now());
    assert_eq!(past.shared.len(), 1);
    for alone in ["i|b|B|x|8", "i|b|B|x|8 3|c|C|x|7 4|d|D|x|6"] {
        let mut later = body(alone, &past);
        assert_eq!(later[0].key, entries[1].key);
        past.learn(&mut later, Some(now()), now());
        assert_eq!(past.shared.len(), 1, "while it stands there");
    }
}
