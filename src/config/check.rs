//! The whole configuration, checked and resolved. Pure: what lies outside of the files is asked of [`Outside`].

use std::path::PathBuf;
use std::sync::Arc;

use super::configuration::Configuration;
use super::layers::{Outside, Suggest, lay, rows};
use super::lists::{Lists, Senses};
use super::schema::{
    FEEDS, GROUP, HEALTH, MAIL, PLACE, POLLING, RECEIVER, STORE, TABLES, Table, WATCH, WATCHES, WEB, WORDS,
};
use super::source::{At, Node, Place, Problem, Problems, Severity, Source, SpotId, Written};
use super::tables::{FeedTables, Feeds, Known, feeds, machine, receivers, web};
use super::values::Check;
use super::watches::{examples, watch};
use wirewatch_recognition::{Watch, Watchlist};

/// Tables by name, as written.
type Tables = [(String, Node)];

/// One `[mail]`.
fn single<'a>(tables: &'a Tables, table: &Table) -> Option<&'a Node> {
    tables.iter().find(|(name, _)| name == table.name).map(|(_, node)| node)
}

/// Every `[watch.NAME]`, as written.
fn named<'a>(tables: &'a Tables, table: &'static Table) -> &'a [(String, Node)] {
    let mut written = tables.iter().filter(|(name, _)| name == table.name);
    let children = written.find_map(|(_, node)| match &node.value {
        Written::Table(children) => Some(children.as_slice()),
        _ => None,
    });
    children.unwrap_or_default()
}

/// Every `[watch.NAME]`, to give up one by one as it is read; the table stays, empty.
fn take_watches(tables: &mut [(String, Node)]) -> Vec<(String, Node)> {
    let mut written = tables.iter_mut().filter(|(name, _)| name == WATCH.name);
    let children = written.find_map(|(_, node)| match &mut node.value {
        Written::Table(children) => Some(std::mem::take(children)),
        _ => None,
    });
    children.unwrap_or_default()
}

/// A name that such a table could have.
fn example(table: &Table) -> &'static str {
    match table.name {
        "feeds" => "africa",
        "receiver" => "analyst",
        "group" => "jnim",
        "words" => "attack",
        _ => "bamako",
    }
}

/// A `[watch]` without a name, or `watch = …`.
fn misshapen(check: &mut Check<'_>, tables: &Tables) {
    for table in TABLES.iter().filter(|table| table.named) {
        let written = tables.iter().filter(|(name, _)| name == table.name);
        for (_, node) in written.filter(|(_, node)| !matches!(node.value, Written::Table(_))) {
            let what = format!("each {} needs a name of its own", table.name);
            let mend = format!(
                "write [{}.NAME], as in {}",
                table.name,
                table.header(Some(example(table)))
            );
            check.error(&At::Key(node.at), what, Some(mend));
        }
    }
}

pub(super) fn configure(
    sources: Vec<Source>,
    mut problems: Vec<Problem>,
    mut files: Vec<PathBuf>,
    environment: &[(String, String)],
    outside: &dyn Outside,
) -> Result<Configuration, Problems> {
    let unread = !problems.is_empty();
    let suggest = Suggest::new();
    let mut layers = lay::lay(sources, environment, &suggest, outside);
    layers.broken |= unread;
    problems.append(&mut layers.problems);
    files.append(&mut layers.beside);
    // Of very many watches there is not room for both what was written and what is made of it: it goes as soon as it is read.
    let mut tables = std::mem::take(&mut layers.tables);
    let written_watches = take_watches(&mut tables);
    let mut check = Check {
        layers,
        suggest: &suggest,
        outside,
        problems,
        broken_examples: Vec::new(),
        files,
        senses: Senses::default(),
    };
    misshapen(&mut check, &tables);

    let mail = machine::mail(&mut check, single(&tables, &MAIL));
    let store = machine::store(&mut check, single(&tables, &STORE));
    let polling = machine::polling(&mut check, single(&tables, &POLLING));
    let web = web::web(&mut check, single(&tables, &WEB));
    let mut all_feeds = Feeds::default();
    for (name, node) in named(&tables, &FEEDS) {
        feeds::feeds(&mut check, name, node, &polling, &mut all_feeds);
    }
    let has_mail = single(&tables, &MAIL).is_some();
    let written = named(&tables, &RECEIVER);
    let mut read: Vec<_> = written
        .iter()
        .filter_map(|(name, node)| receivers::receiver(&mut check, name, node, has_mail))
        .collect();
    if written.is_empty() {
        read.push(receivers::console());
    }
    let receiver_names = written
        .iter()
        .map(|(name, _)| name.as_str())
        .chain(written.is_empty().then_some("console"));
    let known_receivers = Known::new("receiver", receiver_names);
    let known_feeds = FeedTables::new(
        named(&tables, &FEEDS).iter().map(|(name, _)| name.as_str()),
        &all_feeds.settings,
    );
    let health = machine::health(&mut check, single(&tables, &HEALTH), &known_receivers);

    let lists = [&GROUP, &PLACE, &WORDS].into_iter().flat_map(|table| {
        named(&tables, table)
            .iter()
            .map(move |(name, node)| (table, name.as_str(), node))
    });
    let mut lists = Lists::read(&mut check, lists);
    rows::tables(&mut check, named(&tables, &WATCHES));
    let first = written_watches.first().map_or(SpotId::NOWHERE, |(_, node)| node.at);
    let first = check.place(&At::Key(first));
    let mut watches = Vec::with_capacity(written_watches.len());
    let mut shown_examples = Vec::new();
    for (name, node) in written_watches {
        let read = watch::watch(&mut check, &name, &node, &mut lists, &known_receivers, &known_feeds);
        let Some((watch, shown)) = read else { continue };
        shown_examples.extend(shown.map(|shown| (watches.len(), shown)));
        watches.push(watch);
    }
    nothing_to_do(&mut check, &tables, written, &watches, &health.tell);
    let own_places = lists.own_places();
    drop(lists);
    drop(tables);
    check.keep_only(shown_examples.iter_mut().flat_map(|(_, shown)| shown.places()));
    let watchlist = match Watchlist::compile_with(watches, own_places) {
        Ok(watchlist) => {
            for (index, shown) in &shown_examples {
                examples::try_examples(&mut check, &watchlist, *index, shown);
            }
            Some(watchlist)
        }
        Err(error) => {
            let what = format!("the watches cannot be made ready: {error}");
            check.say(Severity::Error, first, what, None);
            None
        }
    };

    let Check {
        mut problems,
        broken_examples,
        files,
        senses,
        ..
    } = check;
    // Where more is wrong, everything is said at once.
    let broken = problems.iter().any(|problem| problem.severity == Severity::Error) || watchlist.is_none();
    let (told, broken_examples) = if broken {
        (broken_examples, Vec::new())
    } else {
        (Vec::new(), broken_examples)
    };
    problems.extend(told);
    let problems = Problems::ordered(problems);
    let (receivers, recipients) = read.into_iter().map(|read| (read.receiver, read.recipient)).unzip();
    match watchlist {
        Some(watchlist) if !problems.has_errors() => Ok(Configuration {
            store,
            polling,
            health,
            web,
            mail,
            feeds: all_feeds.settings,
            receivers,
            recipients,
            watchlist: Arc::new(watchlist),
            warnings: problems,
            broken_examples: Problems::ordered(broken_examples),
            files,
            senses: senses.into_taken(),
        }),
        _ => Err(problems),
    }
}

/// A configuration may be sound and still do nothing.
fn nothing_to_do(
    check: &mut Check<'_>,
    tables: &Tables,
    receivers: &[(String, Node)],
    watches: &[Watch],
    health: &[String],
) {
    if check.layers.broken {
        return;
    }
    let folder = check.outside.folder().to_owned();
    let mut say = |what: &str, mend: &str| {
        check.say(
            Severity::Warning,
            Place::Path(folder.clone()),
            what.to_owned(),
            Some(mend.to_owned()),
        );
    };
    if single(tables, &WATCH).is_none() {
        say(
            "there is no watch: nothing will alert",
            "write [watch.NAME] with find = [\"…\"]",
        );
    }
    if single(tables, &FEEDS).is_none() {
        say(
            "there is no feed: nothing will be read",
            "write [feeds.NAME] with urls = [\"https://…\"]",
        );
    }
    if watches.iter().any(|watch| watch.tell.is_empty()) || watches.is_empty() {
        return;
    }
    let told: std::collections::HashSet<&str> = watches
        .iter()
        .flat_map(|watch| &watch.tell)
        .chain(health)
        .map(String::as_str)
        .collect();
    for (name, node) in receivers {
        if !told.contains(name.as_str()) {
            let mend = format!("add \"{name}\" to the `tell` of a watch, or take the receiver out");
            check.warn(
                &At::Key(node.at),
                format!("every watch tells others: `{name}` will hear of nothing"),
                Some(mend),
            );
        }
    }
}
