//! `[watch.NAME]`: what people want to be told of, and the examples that prove it.

use super::closeness::how_close;
use super::location::{counting, languages, mend_for, whereabouts};
use super::queries;
use crate::config::lists::Lists;
use crate::config::schema::WATCH;
use crate::config::source::{At, Node, Problem, Severity};
use crate::config::tables::Known;
use crate::config::values::{Check, Fields, Text};
use wirewatch_recognition::{
    Because, Document, Level, LookIn, Term, Watch, Watchlist, Where, ordinary_alone, places_alone,
};

/// The examples that were written for a watch.
pub(crate) struct Examples {
    should_alert: Vec<Example>,
    should_stay_quiet: Vec<Example>,
}

struct Example {
    text: String,
    at: At,
}

impl Examples {
    /// Where they stand.
    pub(crate) fn places(&mut self) -> impl Iterator<Item = &mut At> {
        let all = self.should_alert.iter_mut().chain(&mut self.should_stay_quiet);
        all.map(|example| &mut example.at)
    }
}

impl Example {
    fn of(texts: Vec<Text<'_>>) -> Vec<Self> {
        let owned = |text: &Text<'_>| Self {
            text: text.text.to_owned(),
            at: text.at(),
        };
        texts.iter().map(owned).collect()
    }
}

/// A watch, with its examples where it has some and all of its terms were read: only then can they be judged.
pub(crate) fn watch(
    check: &mut Check<'_>,
    name: &str,
    node: &Node,
    lists: &mut Lists<'_>,
    receivers: &Known<'_>,
    feeds: &Known<'_>,
) -> Option<(Watch, Option<Examples>)> {
    let before = check.problems.len();
    let fields = Fields::open(check, &WATCH, Some(name), node)?;
    let title = fields.text(check, "title");
    let texts = ["find", "together_with", "but_not"].map(|key| fields.texts(check, key));
    if fields.lacks(&["find", "query", "weights", "where"]) {
        let what = format!("{} has no `find`: there is nothing to look for", fields.header);
        check.missing(&At::Key(fields.at), what, Some("add find = [\"…\"]".to_owned()));
    } else if fields.node("find").is_none() && fields.node("query").is_none() && fields.node("together_with").is_some()
    {
        let what = "`together_with` says nothing without `find`";
        check.error(&fields.at_key("together_with"), what, Some("call it `find`".to_owned()));
    }
    let counting = counting(check, &fields);
    let query = queries::query(check, &fields, lists, feeds, counting);
    let weights = queries::weights(check, &fields, lists, counting);
    let [mut find, together_with, but_not] = texts.map(|texts| {
        let texts = texts.unwrap_or_default();
        let terms = counting.hold_for(lists.terms(check, &texts));
        lists.kept(&texts, terms)
    });
    let place = whereabouts(check, &fields, lists, counting);
    let languages = languages(check, &fields);
    let how_close = how_close(check, &fields);
    if how_close.is_some() && fields.node("together_with").is_none() && fields.node("query").is_none() {
        let mend = "add together_with = [\"…\"], or take it out".to_owned();
        check.warn(
            &fields.at_key("how_close"),
            "`how_close` says nothing without `together_with`",
            Some(mend),
        );
    }
    if let Some(both) = find
        .iter()
        .find(|term| but_not.iter().any(|other| other.pattern == term.pattern))
    {
        let what = format!(
            "`{}` stands in both `find` and `but_not`: it can never alert",
            both.written()
        );
        check.warn(
            &fields.at_key("but_not"),
            what,
            Some("take it out of one of the two".to_owned()),
        );
    }
    let look_in = fields.one_of(check, "look_in");
    let level = fields.one_of(check, "level");
    let tell = receivers.read(check, &fields, "tell");
    let feeds = feeds.read(check, &fields, "feeds");
    let should_alert = fields.texts(check, "should_alert").unwrap_or_default();
    let should_stay_quiet = fields.texts(check, "should_stay_quiet").unwrap_or_default();
    // Nothing else is asked for: any place there is what is looked for.
    if fields.lacks(&["find", "query", "weights"])
        && let Some(place) = &place
    {
        find = vec![Term::anywhere_in(place.clone(), place.summary())].into();
    }
    if find.is_empty() && query.is_none() && weights.is_none() {
        return None;
    }
    let whole = !check.problems[before..]
        .iter()
        .any(|problem| problem.severity == crate::config::source::Severity::Error);
    let watch = Watch {
        name: name.to_owned(),
        title: title.map_or(name, |title| title.text.trim()).to_owned(),
        level: match level {
            Some(0) => Level::Urgent,
            Some(2) => Level::Low,
            _ => Level::Normal,
        },
        tell,
        find,
        together_with,
        how_close: how_close.unwrap_or_default(),
        but_not,
        look_in: match look_in {
            Some(0) => LookIn::Title,
            Some(1) => LookIn::Text,
            _ => LookIn::TitleAndText,
        },
        feeds,
        query: query.map(Box::new),
        weights: weights.map(Box::new),
        place: place.map(Box::new),
        languages,
    };
    warn_of_ordinary_words(check, &fields, &watch);
    warn_of_all_news(check, &fields, &watch);
    let some = whole && !(should_alert.is_empty() && should_stay_quiet.is_empty());
    let examples = some.then(|| Examples {
        should_alert: Example::of(should_alert),
        should_stay_quiet: Example::of(should_stay_quiet),
    });
    Some((watch, examples))
}

/// A word of every day that nothing must stand with. Where only some feeds, some places or low alerts are wanted, it is meant so.
fn warn_of_ordinary_words(check: &mut Check<'_>, fields: &Fields<'_>, watch: &Watch) {
    const NAMED: usize = 3;
    if !watch.feeds.is_empty() || watch.place.is_some() || watch.level == Level::Low {
        return;
    }
    let mut words: Vec<String> = ordinary_alone(watch)
        .iter()
        .map(|term| format!("`{}`", term.written()))
        .collect();
    let (key, with) = match watch.query {
        Some(_) => ("query", "AND something else"),
        None => ("find", "together_with = [\"…\"]"),
    };
    let what = match words.as_slice() {
        [] => return,
        [word] => format!("{word} is an everyday word, and alerts by itself"),
        _ => {
            let more = words.len().saturating_sub(NAMED);
            words.truncate(NAMED);
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            format!(
                "{}{more} are everyday words, and each alerts by itself",
                words.join(", ")
            )
        }
    };
    let mend = format!("add {with}, or level = \"low\" if you want to hear of all of it");
    check.warn(&fields.at_key(key), what, Some(mend));
}

/// Whole countries of which every piece of news alerts. Where only some feeds or low alerts are wanted, it is meant so.
fn warn_of_all_news(check: &mut Check<'_>, fields: &Fields<'_>, watch: &Watch) {
    if !watch.feeds.is_empty() || watch.level == Level::Low {
        return;
    }
    let wide = |asked: &&Where| {
        let countries = asked.inside.iter().any(|area| !area.countries.is_empty());
        asked.of.is_empty() && (countries || asked.inside.is_empty())
    };
    if let Some(asked) = places_alone(watch).into_iter().find(wide) {
        let (key, with) = match watch.query {
            Some(_) => ("query", "AND something else"),
            None => ("where", "find = [\"…\"]"),
        };
        let what = format!("every entry that names a place {} alerts", asked.summary());
        let mend = format!("add {with}, or level = \"low\" if you want to hear of all of it");
        check.warn(&fields.at_key(key), what, Some(mend));
    }
}

/// An example as an entry: its first line is the title, what follows the text. A watch that looks in texts only is shown
/// all of it as text.
fn document(example: &str, look_in: LookIn) -> Document<'_> {
    let example = example.trim();
    let (title, text) = match (look_in, example.split_once('\n')) {
        (LookIn::Text, _) => ("", example),
        (_, Some((title, text))) => (title.trim_end(), text.trim_start()),
        (_, None) => (example, ""),
    };
    Document {
        title,
        text,
        ..Document::default()
    }
}

/// What the examples of one watch are judged by. `index` is the watch's place in the watchlist.
pub(crate) fn try_examples(check: &mut Check<'_>, watchlist: &Watchlist, index: usize, examples: &Examples) {
    if check.layers.broken {
        return;
    }
    let look_in = watchlist.watches()[index].look_in;
    let expected = examples.should_alert.iter().map(|example| (example, true));
    for (example, alerts) in expected.chain(examples.should_stay_quiet.iter().map(|example| (example, false))) {
        let document = document(&example.text, look_in);
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
