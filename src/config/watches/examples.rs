//! `should_alert` and `should_stay_quiet` of a watch: texts, or tables that say what depends on a feed, too.

use super::location::mend_for;
use crate::config::schema::EXAMPLE;
use crate::config::source::{At, Node, Problem, Severity};
use crate::config::tables::FeedTables;
use crate::config::values::{Check, Fields, Text};
use wirewatch_recognition::{Because, Document, LookIn, Watchlist, country_code, language_code};

/// The examples that were written for a watch.
pub(crate) struct Examples {
    should_alert: Vec<Example>,
    should_stay_quiet: Vec<Example>,
}

/// One example: the entry that it stands for.
struct Example {
    title: Option<String>,
    text: String,
    /// The name of a `[feeds.NAME]`.
    feed: Option<String>,
    /// What the feeds of that table are called.
    publisher: Option<String>,
    /// ISO 3166-1 alpha-2.
    country: Option<String>,
    /// BCP 47.
    language: Option<String>,
    at: At,
}

impl Examples {
    /// Reads the examples of a watch; what is wrong with them is told.
    pub(super) fn read(check: &mut Check<'_>, watch: &Fields<'_>, feeds: &FeedTables<'_>) -> Self {
        let [should_alert, should_stay_quiet] =
            ["should_alert", "should_stay_quiet"].map(|key| examples(check, watch, key, feeds));
        Self {
            should_alert,
            should_stay_quiet,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.should_alert.is_empty() && self.should_stay_quiet.is_empty()
    }

    /// Where they stand.
    pub(crate) fn places(&mut self) -> impl Iterator<Item = &mut At> {
        let all = self.should_alert.iter_mut().chain(&mut self.should_stay_quiet);
        all.map(|example| &mut example.at)
    }
}

fn examples(check: &mut Check<'_>, watch: &Fields<'_>, key: &str, feeds: &FeedTables<'_>) -> Vec<Example> {
    let (texts, tables) = watch.texts_and_tables(check, key);
    let mut examples: Vec<Example> = texts.iter().map(Example::of_text).collect();
    examples.extend(
        tables
            .into_iter()
            .filter_map(|node| Example::of_table(check, node, feeds)),
    );
    examples
}

impl Example {
    fn of_text(text: &Text<'_>) -> Self {
        Self {
            title: None,
            text: text.text.to_owned(),
            feed: None,
            publisher: None,
            country: None,
            language: None,
            at: text.at(),
        }
    }

    /// `{ text = "…", feed = "mali" }`: what it leaves out is as `[feeds.mali]` says.
    fn of_table(check: &mut Check<'_>, node: &Node, feeds: &FeedTables<'_>) -> Option<Self> {
        let fields = Fields::open(check, &EXAMPLE, None, node)?;
        let (title, text) = (fields.text(check, "title"), fields.text(check, "text"));
        if fields.lacks(&["title", "text"]) {
            let mend = "add text = \"…\": what the entry says".to_owned();
            check.missing(&At::Key(fields.at), "this example has no `text`", Some(mend));
            return None;
        }
        let feed = fields.text(check, "feed");
        let feed = feed.and_then(|text| feeds.known.one(check, &text));
        let of_feed = feed.and_then(|name| feeds.settings(name));
        let country = fields.text(check, "country").and_then(|text| {
            let code = country_code(text.text);
            if code.is_none() {
                let mend = "write the two letters of ISO 3166, as \"ML\" for Mali".to_owned();
                check.error(&text.at(), format!("`{}` is no country", text.text.trim()), Some(mend));
            }
            code.map(str::to_owned)
        });
        let language = fields.text(check, "language").and_then(|text| {
            let code = language_code(text.text);
            if code.is_none() {
                let mend = "write its code, as \"fr\", \"en\" or \"ar\"".to_owned();
                let what = format!("`{}` is no language that is known", text.text.trim());
                check.error(&text.at(), what, Some(mend));
            }
            code.map(str::to_owned)
        });
        Some(Self {
            title: title.map(|title| title.text.to_owned()),
            text: text.map(|text| text.text.to_owned()).unwrap_or_default(),
            feed: feed.map(str::to_owned),
            publisher: of_feed.and_then(|settings| settings.title.clone()),
            country: country.or_else(|| of_feed?.country.clone()),
            language: language.or_else(|| of_feed?.language.clone()),
            at: At::Value(node.at),
        })
    }

    /// Without a title of its own the first line is the title, what follows the text. A watch that looks in texts only is
    /// shown all of it as text.
    fn document(&self, look_in: LookIn) -> Document<'_> {
        let whole = self.text.trim();
        let (title, text) = match (&self.title, look_in, whole.split_once('\n')) {
            (Some(title), ..) => (title.trim(), whole),
            (None, LookIn::Text, _) => ("", whole),
            (None, _, Some((title, text))) => (title.trim_end(), text.trim_start()),
            (None, _, None) => (whole, ""),
        };
        Document {
            title,
            text,
            feed: self.feed.as_deref(),
            country: self.country.as_deref(),
            language: self.language.as_deref(),
            publisher: self.publisher.as_deref(),
            ..Document::default()
        }
    }
}

/// Tries the examples of one watch; those that do not hold are told. `index` is the watch's place in the watchlist.
pub(crate) fn try_examples(check: &mut Check<'_>, watchlist: &Watchlist, index: usize, examples: &Examples) {
    if check.layers.broken {
        return;
    }
    let look_in = watchlist.watches()[index].look_in;
    let expected = examples.should_alert.iter().map(|example| (example, true));
    for (example, alerts) in expected.chain(examples.should_stay_quiet.iter().map(|example| (example, false))) {
        let document = example.document(look_in);
        let examined = watchlist.examine(document);
        let verdict = watchlist.verdict(index, document, &examined);
        if verdict.fires() == alerts {
            continue;
        }
        let sentence = verdict.sentence(watchlist, document, &examined);
        let (what, mend) = if alerts {
            (
                format!("this example should alert, and does not: {sentence}"),
                match &verdict.because {
                    Because::Elsewhere(missed) => mend_for(missed),
                    _ => "widen the watch, or correct the example",
                },
            )
        } else {
            (
                format!("this example should stay quiet, and alerts: {sentence}"),
                "narrow the watch, or correct the example",
            )
        };
        let problem = Problem {
            severity: Severity::Error,
            place: check.place(&example.at),
            what,
            mend: Some(mend.to_owned()),
        };
        check.broken_examples.push(problem);
    }
}
