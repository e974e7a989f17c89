//! Which country a feed reports from, learnt from the places that its entries name.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Entries that named a place before anything is concluded.
const ENOUGH: u32 = 20;
/// After so many the older half weighs half: a feed may change.
const MEMORY: u32 = 200;
/// Of them, the share in percent that must name the country.
const SHARE: u32 = 70;

/// Of entries that name a place, how many name one in each country (ISO 3166-1 alpha-2).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Countries {
    entries: u32,
    named: BTreeMap<String, u32>,
}

impl Countries {
    /// Takes in one entry: the countries of its places, each once.
    pub fn learn(&mut self, countries: &[&str]) {
        if countries.is_empty() {
            return;
        }
        self.entries += 1;
        for country in countries {
            *self.named.entry((*country).to_owned()).or_default() += 1;
        }
        if self.entries >= MEMORY {
            self.entries /= 2;
            self.named.retain(|_, count| {
                *count /= 2;
                *count > 0
            });
        }
    }

    /// The country that most entries are about, where there is one.
    pub fn home(&self) -> Option<&str> {
        let (country, count) = self.named.iter().max_by_key(|(_, count)| **count)?;
        (self.entries >= ENOUGH && count * 100 >= self.entries * SHARE).then_some(country.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_has_a_home_when_most_of_its_entries_are_about_it() {
        let mut countries = Countries::default();
        for _ in 0..19 {
            countries.learn(&["ML"]);
        }
        countries.learn(&[]);
        assert_eq!(countries.home(), None, "too few");
        countries.learn(&["FR", "ML"]);
        assert_eq!(countries.home(), Some("ML"));
        for _ in 0..20 {
            countries.learn(&["FR"]);
        }
        assert_eq!(countries.home(), None, "half and half");
        for _ in 0..400 {
            countries.learn(&["FR"]);
        }
        assert_eq!(countries.home(), Some("FR"), "a feed may change");
    }
}
