//! The cost of entries that ask for as much work as they can behind the reading: the examination and the words of their
//! alerts, and the decision under the lock on the stories. In milliseconds of the processor a megabyte; fails where one costs
//! too much, at eight times the length too.

use std::hint::black_box;
use std::time::Instant;

use jiff::Timestamp;
use url::Url;
use wirewatch::alert::{Context, PartialFingerprint, Prepared, RecentStories, Seen, assess, record};
use wirewatch::feed::{FeedSettings, FeedState};
use wirewatch_recognition::{Document, HowClose, Term, Watch, Watchlist};
use wirewatch_syndication::{Entry, EntryKey};

use crate::shapes::processor_time;

/// Milliseconds a megabyte that no entry may cost before the lock is taken, and under it.
const MOST: f64 = 400.0;
const MOST_LOCKED: f64 = 5.0;
const LENGTHS: [usize; 2] = [250_000, 2_000_000];

/// By name: what is repeated, every `#` a number, another in each.
const SHAPES: &[(&str, &str)] = &[
    ("watched_words", "Mali "),
    ("watched_words_in_sentences", "Mali. "),
    ("watched_pairs", "Mali attack# "),
    ("watched_pairs_in_paragraphs", "Mali\n\nattack "),
    ("other_words_each_time", "attack# "),
    ("other_spellings_each_time", "New   York New York "),
    ("tolls", "Mali # killed. "),
    ("tolls_in_one_sentence", "Mali # killed, "),
    ("numbers", "# "),
    ("years", "twenty 2024 "),
    ("stops", "! "),
    ("stops_and_dashes", ". - "),
    ("stops_and_quotes", ".  » "),
    ("acronyms", "WHO "),
    ("acronyms_in_capitals", "WHO KILLS "),
    ("arabic_in_a_run", "مالي"),
    ("korean_in_a_run", "말리"),
    ("chinese_in_a_run", "马里"),
    ("one_word", "Mali"),
    ("marks", "e\u{301}\u{300}\u{323}"),
    ("towns", "Bamako Gao Kidal "),
    ("towns_in_a_list", "Bamako, Gao, Kidal, "),
    ("towns_with_states", "Pineville, La. "),
    ("long_names_and_short", "New York City Mali "),
    ("depots", "Depot, Bamako "),
    ("links_to_articles", "(read more: Mali "),
    ("links_on_lines", "Read also: Mali\n"),
    ("hashtags", ". #mali "),
    ("hashtags_and_words", ". #mali x "),
    ("brackets", "("),
    ("separators", "Mali\u{2029}"),
    ("bombs", "bomb "),
    ("groups", "Jamaat Nusrat al Islam wal Muslimin JNIM "),
    ("spaces", "Mali        "),
    ("markup", "@everyone <!here> =Mali "),
    ("flags", "live: "),
    ("outlets", "Mali - "),
];

pub fn measure() {
    let watchlist = watchlist();
    let mut costs: Vec<(&str, [(f64, f64); 2])> = SHAPES
        .iter()
        .map(|(name, part)| (*name, LENGTHS.map(|len| cost(&watchlist, &repeated(part, len)))))
        .collect();
    costs.sort_by(|(_, one), (_, other)| other[1].0.total_cmp(&one[1].0));
    println!(
        "from an entry to its alerts: ms a megabyte before the lock on the stories and under it, the best of three"
    );
    println!("{:>17} {:>17}", "0.25 MB", "2 MB");
    for (name, [short, long]) in &costs {
        println!(
            "{:>8.1} {:>8.2} {:>8.1} {:>8.2}  {name}",
            short.0, short.1, long.0, long.1
        );
    }
    let above: Vec<&str> = costs
        .iter()
        .filter(|(_, costs)| {
            costs
                .iter()
                .any(|(before, locked)| *before >= MOST || *locked >= MOST_LOCKED)
        })
        .map(|(name, _)| *name)
        .collect();
    assert!(
        above.is_empty(),
        "{MOST} ms a megabyte or more, or {MOST_LOCKED} under the lock: {}",
        above.join(", ")
    );
}

fn repeated(part: &str, len: usize) -> String {
    let mut text = String::with_capacity(len + part.len());
    for number in 0_usize.. {
        text.push_str(&part.replace('#', &number.to_string()));
        if text.len() >= len {
            break;
        }
    }
    text
}

fn watchlist() -> Watchlist {
    let watch = |name: &str, find: &[&str], together_with: &[&str], how_close| Watch {
        name: name.to_owned(),
        find: terms(find),
        together_with: terms(together_with),
        how_close,
        ..Watch::default()
    };
    let article = HowClose::SameArticle;
    Watchlist::compile(vec![
        watch(
            "words",
            &["Mali", "WHO", "مالي", "말리", "马里", "New York"],
            &[],
            article,
        ),
        watch("prefix", &["attack*"], &[], article),
        watch("sentence", &["Mali"], &["attack*"], HowClose::SameSentence),
        watch("paragraph", &["Mali"], &["attack*"], HowClose::SameParagraph),
        watch("near", &["Mali"], &["attack*"], HowClose::Words(3)),
        watch("expression", &["/bomb(.*school)?/"], &[], article),
        watch("every word", &["/\\w+/"], &[], article),
        watch("places", &["place:Mali", "place:Bamako"], &[], article),
    ])
    .expect("the watches compile")
}

fn terms(written: &[&str]) -> wirewatch_recognition::TermList {
    let terms: Vec<Term> = written.iter().map(|one| Term::parse(one).expect("a term")).collect();
    terms.into()
}

/// The text as the text of an entry, and its beginning as the title.
fn cost(watchlist: &Watchlist, text: &str) -> (f64, f64) {
    let half = text
        .char_indices()
        .nth(text.chars().count() / 2)
        .map_or(0, |(at, _)| at);
    let entry = Entry {
        key: EntryKey(1),
        id: None,
        title: text[..half].to_owned(),
        link: Some("https://a.example/1".to_owned()),
        text: text[half..].to_owned(),
        published: None,
        updated: None,
        authors: Vec::new(),
        tags: Vec::new(),
        language: None,
        ..Entry::default()
    };
    let feed = FeedSettings::new(Url::parse("https://a.example/feed").expect("an address"), "desks");
    let now = Timestamp::from_second(1_726_560_000).expect("2024-09-17");
    let context = Context {
        watchlist,
        feed: &feed,
        feed_title: "Desk",
        first_sight: false,
        opened: false,
        now,
    };
    let memory = FeedState::unread(&feed.url, now);
    let mut best = (f64::INFINITY, f64::INFINITY);
    for _ in 0..3 {
        let (before, mut seen) = timed(|| {
            let examined = watchlist.examine(Document {
                title: &entry.title,
                text: &entry.text,
                feed: Some("desks"),
                ..Document::default()
            });
            let sketch = PartialFingerprint::in_full(&entry, feed.url.as_str(), "Desk");
            let prepared = Prepared::of(&entry, &examined, watchlist, &feed, Some(sketch));
            [Seen {
                entry: &entry,
                examined,
                known: None,
                prepared: Some(prepared),
                archive: false,
            }]
        });
        let mut stories = RecentStories::default();
        let (locked, _) = timed(|| {
            let assessment = assess(&mut seen, context, &mut stories);
            black_box(record(memory.clone().into(), &seen, assessment, context, &[]))
        });
        best = (best.0.min(before), best.1.min(locked));
    }
    let megabytes = text.len() as f64 / 1e6;
    (best.0 / megabytes, best.1 / megabytes)
}

/// Milliseconds of the processor.
fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let (start, began) = (Instant::now(), processor_time());
    let result = black_box(work());
    let time = processor_time().zip(began).map(|(now, began)| now - began);
    (time.unwrap_or(start.elapsed()).as_secs_f64() * 1e3, result)
}
