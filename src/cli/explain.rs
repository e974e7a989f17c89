//! `explain`: whether a text, a page or each entry of a feed would raise an alert, and why.

use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::Range;
use std::process::ExitCode;

use anyhow::{Result, bail};
use url::Url;

use super::feeds::{bytes_of, entries, written};
use super::print::{headline, out};
use super::startup::{Explain, Home, Homes, configuration};
use crate::alert::{AlertId, Assessed, Context, Decision, Hold, RecentStories, Seen, assess, stated_position};
use crate::config::Configuration;
use crate::daemon::{Clock, Origin, SystemClock};
use crate::feed::{Backfill, FeedSettings, boilerplate_in};
use crate::text::clean;
use crate::text::count;
use wirewatch_recognition::{Document, Examined, StatedPosition, Watchlist, places_alone};
use wirewatch_syndication::{Entry, EntryKey};

pub async fn explain(origin: &Origin, what: Explain) -> Result<ExitCode> {
    let configuration = configuration(origin)?;
    let watchlist = &configuration.watchlist;
    let only = match &what.watch {
        None => None,
        Some(name) => Some(position(watchlist, name)?),
    };
    let mut entries = match (&what.what.url, &what.what.file, &what.what.text) {
        (Some(url), _, _) => entries(&bytes_of(url).await?)?,
        (_, Some(file), _) => entries(&bytes_of(&file.to_string_lossy()).await?)?,
        (_, _, Some(text)) => vec![written(text)],
        _ => bail!("give an address, `--file` or `--text`"),
    };
    let homes = Homes::of(&configuration).await;
    let home = home(&homes, &configuration, &what)?;
    let feed = as_feed(home)?;
    if feed.language.is_some() {
        entries
            .iter_mut()
            .for_each(|entry| entry.language.clone_from(&feed.language));
    }
    let shared_text = home.map(|home| home.boilerplate.as_slice()).unwrap_or_default();
    let boilerplate: HashMap<EntryKey, Vec<Range<usize>>> = entries
        .iter()
        .map(|entry| (entry.key, boilerplate_in(&entry.text, shared_text)))
        .collect();
    let positions: HashMap<EntryKey, StatedPosition> = entries
        .iter()
        .filter_map(|entry| Some((entry.key, stated_position(entry)?)))
        .collect();
    let document = |entry| document(entry, &feed, &boilerplate, &positions);
    let mut seen: Vec<Seen<'_>> = entries
        .iter()
        .map(|entry| {
            let mut examined = watchlist.examine(document(entry));
            match only {
                Some(watch) => examined.verdicts = vec![watchlist.verdict(watch, document(entry), &examined)],
                None => add_places_alone(watchlist, document(entry), &mut examined),
            }
            Seen {
                entry,
                examined,
                known: None,
                prepared: None,
                archive: false,
            }
        })
        .collect();
    let context = Context {
        watchlist,
        feed: &feed,
        feed_title: "",
        first_sight: false,
        opened: false,
        now: SystemClock.now(),
    };
    // As if nothing had been told before.
    let assessment = assess(&mut seen, context, &mut RecentStories::default());
    let told: HashMap<AlertId, &str> = assessment
        .entries
        .iter()
        .flat_map(|assessed| &assessed.alerts)
        .map(|alert| (alert.id, alert.origin.title.as_str()))
        .collect();
    let alerting = assessment
        .entries
        .iter()
        .filter(|assessed| !assessed.alerts.is_empty())
        .count();
    out(|out| {
        for (seen, assessed) in seen.iter().zip(&assessment.entries) {
            writeln!(out, "{}", headline(&seen.entry.title))?;
            lines(
                out,
                watchlist,
                document(seen.entry),
                (&seen.examined, home),
                assessed,
                &told,
            )?;
        }
        match (entries.len(), alerting) {
            (0, _) => writeln!(out, "The feed has no entries."),
            (1, _) => Ok(()),
            (all, alerting) => writeln!(
                out,
                "\n{}, {alerting} of them would raise an alert.",
                count(all, "entry")
            ),
        }
    })?;
    Ok(ExitCode::from(u8::from(alerting == 0)))
}

/// A watch that asks for nothing but a place has no term that shows whether a text concerns it: why it does not is said, too,
/// where such watches are few.
fn add_places_alone(watchlist: &Watchlist, document: Document<'_>, examined: &mut Examined) {
    const FEW: usize = 12;
    let watches = watchlist.watches().iter().enumerate();
    let alone: Vec<usize> = watches
        .filter(|(_, watch)| !places_alone(watch).is_empty())
        .map(|(number, _)| number)
        .collect();
    if alone.len() > FEW {
        return;
    }
    for watch in alone {
        if examined.verdicts.iter().all(|verdict| verdict.watch != watch) {
            let verdict = watchlist.verdict(watch, document, examined);
            examined.verdicts.push(verdict);
        }
    }
    examined.verdicts.sort_by_key(|verdict| verdict.watch);
}

fn position(watchlist: &Watchlist, name: &str) -> Result<usize> {
    let mut watches = watchlist.watches().iter();
    match watches.position(|watch| watch.name == name) {
        Some(watch) => Ok(watch),
        None => {
            let names: Vec<_> = watchlist.watches().iter().map(|watch| watch.name.as_str()).collect();
            bail!("there is no watch `{name}`; there are: {}", names.join(", "))
        }
    }
}

/// The configured feed that is named, or asked for by its address.
fn home<'h>(homes: &'h Homes, configuration: &Configuration, what: &Explain) -> Result<Option<&'h Home>> {
    let Some(name) = &what.feed else {
        let address = what.what.url.as_deref().and_then(|url| Url::parse(url).ok());
        return Ok(address.and_then(|url| homes.named(url.as_str())));
    };
    if let Some(home) = homes.named(name) {
        return Ok(Some(home));
    }
    let mut names: Vec<&str> = configuration.feeds.iter().map(|feed| feed.group.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        bail!("there is no feed `{name}`: feeds.toml names none yet");
    }
    bail!("there is no feed `{name}`; there are: {}", names.join(", "))
}

/// As that feed, else as one of no table, which every watch looks at. All it holds counts as new.
fn as_feed(home: Option<&Home>) -> Result<FeedSettings> {
    Ok(FeedSettings {
        backfill: Backfill::All,
        ..match home {
            Some(home) => home.settings.clone(),
            None => FeedSettings::new(Url::parse("explain:text")?, ""),
        }
    })
}

fn document<'a>(
    entry: &'a Entry,
    feed: &'a FeedSettings,
    boilerplate: &'a HashMap<EntryKey, Vec<Range<usize>>>,
    positions: &'a HashMap<EntryKey, StatedPosition>,
) -> Document<'a> {
    Document {
        title: &entry.title,
        text: &entry.text,
        feed: (!feed.group.is_empty()).then_some(feed.group.as_str()),
        country: feed.country.as_deref(),
        language: entry.language.as_deref(),
        publisher: entry.publisher.as_deref().or(feed.title.as_deref()),
        boilerplate: boilerplate.get(&entry.key).map(Vec::as_slice).unwrap_or_default(),
        position: positions.get(&entry.key),
    }
}

/// Each watch that a term touched: what it would do, and why.
fn lines(
    out: &mut dyn Write,
    watchlist: &Watchlist,
    document: Document<'_>,
    (examined, home): (&Examined, Option<&Home>),
    assessed: &Assessed,
    told: &HashMap<AlertId, &str>,
) -> io::Result<()> {
    if examined.verdicts.is_empty() {
        return writeln!(out, "  no alert  no term of any watch appears in it");
    }
    for verdict in &examined.verdicts {
        let name = &watchlist.watches()[verdict.watch].name;
        let mut because = clean(&verdict.sentence(watchlist, document, examined));
        if let Some(home) = home.and_then(|home| home.clause(verdict, examined)) {
            because = format!("{because}; {home}");
        }
        let decision = assessed.decisions.iter().find(|(watch, _)| *watch == verdict.watch);
        match decision.map(|(_, decision)| decision) {
            None => writeln!(out, "  no alert  {name}: {because}")?,
            Some(Decision::Raise(_)) => {
                let level = verdict.level(watchlist);
                writeln!(out, "  ALERT     {name} ({level}): {because}")?;
            }
            Some(Decision::Hold(hold)) => {
                writeln!(out, "  no alert  {name} would fire, since {because};")?;
                let of = match hold {
                    Hold::SameStory { alert, .. } | Hold::NothingNew { alert } => told.get(alert),
                    Hold::Backlog
                    | Hold::KnownEntry
                    | Hold::Archive
                    | Hold::NotActual { .. }
                    | Hold::Expired { .. }
                    | Hold::NothingToCancel => None,
                };
                match of {
                    Some(title) => writeln!(out, "            but “{}” has told the same story", headline(title))?,
                    None => writeln!(out, "            but it is {}", Decision::Hold(hold.clone()))?,
                }
            }
        }
    }
    Ok(())
}
