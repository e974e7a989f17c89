//! What the daemon knows of a configured feed before it reads an entry: the country that it reports from, as its table says
//! or as its entries have shown, its language, and what most of its entries share.

use std::collections::HashMap;

use super::config_path::reader;
use crate::config::Configuration;
use crate::feed::{FeedSettings, FeedState};
use crate::store::Store;
use crate::text::clean;
use wirewatch_recognition::{Because, EntityKind, Examined, Gazetteer, Verdict};

/// One feed, or all of one table.
#[derive(Debug, Clone)]
pub struct Home {
    /// Of the first feed, with the country that counts.
    pub settings: FeedSettings,
    /// The country was not written, but learnt.
    learnt: bool,
    /// It was learnt from the position of the publisher, not from the entries.
    at_seat: bool,
    /// Of one feed only: see [`crate::feed::boilerplate_in`].
    pub boilerplate: Vec<u64>,
}

/// All feeds, by the names of their tables and by their addresses.
#[derive(Debug, Default)]
pub struct Homes(HashMap<String, Home>);

impl Homes {
    /// Of a store that cannot be read only its learnt countries are lacking; that is said.
    pub async fn of(configuration: &Configuration) -> Self {
        let memories = match remembered(configuration).await {
            Ok(memories) => memories,
            Err(error) => {
                let why = clean(&format!("{error:#}"));
                eprintln!("What feeds have shown of their countries is left out, since it {why}");
                HashMap::new()
            }
        };
        let mut tables: HashMap<String, Vec<Home>> = HashMap::new();
        let mut homes = HashMap::new();
        for settings in &configuration.feeds {
            let home = Home::new(settings, memories.get(settings.url.as_str()));
            tables.entry(settings.group.clone()).or_default().push(home.clone());
            homes.insert(settings.url.to_string(), home);
        }
        homes.extend(tables.into_iter().filter_map(|(name, of)| Some((name, together(of)?))));
        Self(homes)
    }

    pub fn named(&self, name: &str) -> Option<&Home> {
        self.0.get(name.trim())
    }
}

async fn remembered(configuration: &Configuration) -> anyhow::Result<HashMap<String, FeedState>> {
    let Some(store) = reader(configuration)? else {
        return Ok(HashMap::new());
    };
    let memories = store.feeds().await?;
    Ok(memories
        .into_iter()
        .map(|memory| (memory.url.clone(), memory))
        .collect())
}

/// A table reports from a country where all of its feeds of which that is known do.
fn together(of: Vec<Home>) -> Option<Home> {
    let alone = of.len() == 1;
    let mut countries: Vec<&String> = of.iter().filter_map(|home| home.settings.country.as_ref()).collect();
    countries.dedup();
    let country = match countries.as_slice() {
        [one] => Some((*one).clone()),
        _ => None,
    };
    let mut first = of.into_iter().next()?;
    first.learnt |= first.settings.country.is_none();
    first.settings.country = country;
    if !alone {
        first.boilerplate.clear();
    }
    Some(first)
}

impl Home {
    fn new(settings: &FeedSettings, memory: Option<&FeedState>) -> Self {
        let learnt = memory.and_then(FeedState::home).map(str::to_owned);
        Self {
            learnt: settings.country.is_none(),
            at_seat: settings.country.is_none() && memory.is_some_and(|memory| memory.countries.home().is_none()),
            settings: FeedSettings {
                country: settings.country.clone().or(learnt),
                ..settings.clone()
            },
            boilerplate: memory.map(|memory| memory.boilerplate.clone()).unwrap_or_default(),
        }
    }

    /// Goes on after a reason that rests on places: `the feed reports from Mali, as its entries have shown`.
    pub fn clause(&self, verdict: &Verdict, examined: &Examined) -> Option<String> {
        let country = self.settings.country.as_deref()?;
        let place = |index: usize| {
            let entity = examined.mentions.get(index).and_then(|mention| mention.entity.as_ref());
            entity.is_some_and(|entity| entity.kind == EntityKind::Place)
        };
        let rests_on_places = verdict.placed.is_some()
            || matches!(verdict.because, Because::Elsewhere(_))
            || verdict.mentions().into_iter().any(place);
        let name = Gazetteer::built_in()
            .country(country)
            .map_or(country, |found| found.name);
        let how = if self.at_seat {
            "where its publisher is"
        } else if self.learnt {
            "as its entries have shown"
        } else {
            "as its table says"
        };
        rests_on_places.then(|| format!("the feed reports from {name}, {how}"))
    }
}
