//! `[watch.NAME]`: what people want to be told of.

use super::closeness::how_close;
use super::examples::Examples;
use super::location::{counting, languages, whereabouts};
use super::{queries, traps};
use crate::config::lists::Lists;
use crate::config::schema::WATCH;
use crate::config::source::{At, Node};
use crate::config::tables::{FeedTables, Known};
use crate::config::values::{Check, Fields};
use wirewatch_recognition::{Level, LookIn, Term, Watch, Where, ordinary_alone, places_alone};

/// A watch, with its examples where it has some and all of its terms were read: only then can they be judged.
pub(crate) fn watch(
    check: &mut Check<'_>,
    name: &str,
    node: &Node,
    lists: &mut Lists<'_>,
    receivers: &Known<'_>,
    feeds: &FeedTables<'_>,
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
    let query = queries::query(check, &fields, lists, &feeds.known, counting);
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
    let look_in = fields.one_of(check, "look_in");
    let level = fields.one_of(check, "level");
    let tell = receivers.read(check, &fields, "tell");
    let examples = Examples::read(check, &fields, feeds);
    let of_feeds = feeds.known.read(check, &fields, "feeds");
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
        feeds: of_feeds,
        query: query.map(Box::new),
        weights: weights.map(Box::new),
        place: place.map(Box::new),
        languages,
    };
    traps::warn(check, &fields, &watch, feeds, counting);
    warn_of_ordinary_words(check, &fields, &watch);
    warn_of_all_news(check, &fields, &watch);
    let examples = Some(examples).filter(|examples| whole && !examples.is_empty());
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
