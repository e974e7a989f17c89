//! Look-ups: by name, by id, by country.

use std::cmp::Ordering;
use std::ops::Range;

use super::distance::Point;
use super::extent::Extent;
use super::key::place_key;
use super::layout::{GazetteerError, Layout, PLACE, i24_at, u16_at, u32_at};
use super::names::{Keys, Named, find, senses_at};
use super::place::{Place, PlaceKind, Spot};

/// All places under all their names. Lies in the program itself; opening it reads nothing but its head.
#[derive(Debug, Clone, Copy)]
pub struct Gazetteer {
    layout: Layout,
    /// Of every country, by its number.
    codes: &'static [&'static str],
}

impl Gazetteer {
    /// Opens what `data/build_gazetteer.py` has written. Trusts what lies behind the head: not for files from elsewhere.
    pub fn read(bytes: &'static [u8]) -> Result<Self, GazetteerError> {
        let layout = Layout::read(bytes)?;
        let codes: Vec<&'static str> = layout.codes.chunks(2).map(text).collect();
        Ok(Self {
            layout,
            codes: codes.leak(),
        })
    }

    /// Returns the places that a name can mean, the most populous first; a division ranks after its largest town.
    ///
    /// ```
    /// use wirewatch_recognition::Gazetteer;
    ///
    /// let gazetteer = Gazetteer::built_in();
    /// assert!(gazetteer.named("Newport").count() > 5);
    /// ```
    pub fn named(&self, name: &str) -> Named {
        self.by_key(&place_key(name))
    }

    /// The same for a name folded by [`place_key`].
    pub fn by_key(&self, key: &str) -> Named {
        find(&self.layout, key.as_bytes())
    }

    /// The senses that stand where [`Keys::senses_at`] said, without looking up their name again.
    pub(crate) fn senses_at(&self, at: u32) -> Named {
        senses_at(&self.layout, at as usize)
    }

    /// Every folded name.
    pub fn keys(&self) -> Keys {
        Keys::all(&self.layout)
    }

    /// How many folded names there are.
    pub fn key_count(&self) -> usize {
        self.layout.keys
    }

    /// How many places there are; their numbers are those below.
    pub fn len(&self) -> usize {
        self.layout.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The place of this number (of a [`super::Sense`]).
    pub fn numbered(&self, number: u32) -> Option<Place> {
        let record = self.record(number as usize)?;
        let kind = PlaceKind::from_number(record[21])?;
        let id = u32_at(record, 0);
        let layout = &self.layout;
        let slugs = layout.countries..layout.countries + layout.regions + layout.admin1 + layout.admin2;
        let has_slug = slugs.contains(&(number as usize));
        let name = u32_at(record, 4);
        let (start, length) = ((name & 0xFF_FFFF) as usize, (name >> 24) as usize);
        Some(Place {
            number,
            kind,
            name: text(self.layout.strings.get(start..start + length)?),
            country: self.code(record[18]),
            admin1: self.admin1(record),
            point: Point {
                lat: f64::from(i24_at(record, 8)) / 1e4,
                lon: f64::from(i24_at(record, 11)) / 1e4,
            },
            population: u32_at(record, 14),
            geonames: (!has_slug).then_some(id),
            slug: if has_slug { self.slug(id as usize) } else { "" },
        })
    }

    /// What is needed of the place of this number to weigh it, at a third of the price.
    pub(crate) fn spot(&self, number: u32) -> Option<Spot> {
        let record = self.record(number as usize)?;
        Some(Spot {
            number,
            kind: PlaceKind::from_number(record[21])?,
            country: self.code(record[18]),
            admin1: self.admin1(record),
            population: u32_at(record, 14),
        })
    }

    /// The town that a first-level division is called after: Koulikoro, Tillabéri of `Tillabéri Region`.
    pub fn namesake(&self, division: &Place) -> Option<Place> {
        let shorter = division.name.rsplit_once(' ').map(|(name, _)| name);
        let names = [Some(division.name), shorter].into_iter().flatten();
        let mut towns = names
            .flat_map(|name| self.named(name))
            .filter_map(|sense| self.numbered(sense.place));
        towns.find(|town| town.kind >= PlaceKind::City && town.admin1 == Some(division.number))
    }

    /// Its [`Self::namesake`], else its largest town. Looks through all places.
    pub fn seat(&self, division: &Place) -> Option<Place> {
        self.namesake(division).or_else(|| {
            let within = |spot: &Spot| spot.admin1 == Some(division.number) && spot.kind >= PlaceKind::City;
            let spots = (0..self.len() as u32).filter_map(|number| self.spot(number));
            let largest = spots.filter(within).max_by_key(|spot| spot.population)?;
            self.numbered(largest.number)
        })
    }

    /// The place of a stable id, as [`Place::id`] writes it.
    pub fn place(&self, id: &str) -> Option<Place> {
        let (source, rest) = id.split_once(':')?;
        let layout = &self.layout;
        let admin1 = layout.countries + layout.regions;
        let admin2 = admin1 + layout.admin1;
        let towns = admin2 + layout.admin2;
        let number = match source {
            "geonames" => {
                let wanted: u32 = rest.parse().ok()?;
                self.search(towns..layout.len(), |number| self.id_of(number).cmp(&wanted))
                    .or_else(|| (0..layout.countries).find(|number| self.id_of(*number) == wanted))
            }
            "admin" => {
                let wanted = |number| self.slug(self.id_of(number) as usize).cmp(rest);
                self.search(admin1..admin2, wanted)
                    .or_else(|| self.search(admin2..towns, wanted))
            }
            "region" | "town" => self.search(layout.countries..admin1, |number| {
                self.slug(self.id_of(number) as usize).cmp(rest)
            }),
            _ => None,
        };
        self.numbered(number? as u32)
            .filter(|place| source == "geonames" || place.id() == id)
    }

    /// The country of an ISO 3166-1 alpha-2 code in capitals; also `XK`, Kosovo.
    pub fn country(&self, code: &str) -> Option<Place> {
        let number = self.search(0..self.layout.countries, |number| {
            self.layout.codes[2 * number..][..2].cmp(code.as_bytes())
        })?;
        self.numbered(number as u32)
    }

    /// All countries and territories, by code.
    pub fn countries(&self) -> impl Iterator<Item = Place> + '_ {
        (0..self.layout.countries as u32).filter_map(|number| self.numbered(number))
    }

    /// All regions, constituent countries and continents.
    pub fn regions(&self) -> impl Iterator<Item = Place> + '_ {
        let first = self.layout.countries as u32;
        (first..first + self.layout.regions as u32)
            .filter_map(|number| self.numbered(number))
            .filter(|place| place.kind <= PlaceKind::Continent)
    }

    /// The codes of the countries that a place lies in: its own, or all of a region's or continent's.
    pub fn countries_of(&self, place: &Place) -> Vec<&'static str> {
        if let Some(country) = place.country {
            return vec![country];
        }
        let countries = self.extent(place).countries;
        countries.iter().filter_map(|country| self.code(*country)).collect()
    }

    /// Whether a number is that of a region, a part of a country or a continent (or of a town that GeoNames lacks).
    pub(crate) fn is_area(&self, number: u32) -> bool {
        (self.layout.countries as u32..self.first_division()).contains(&number)
    }

    /// The extent of a region, a continent or a part of a country; empty for what else there is.
    pub fn extent(&self, place: &Place) -> Extent {
        let area = matches!(
            place.kind,
            PlaceKind::Region | PlaceKind::Constituent | PlaceKind::Continent
        );
        let Some(record) = self.record(place.number as usize).filter(|_| area) else {
            return Extent::default();
        };
        let behind = u32_at(record, 0) as usize + 1 + place.slug.len();
        Extent::read(&self.layout.strings[behind..], self.first_division())
    }

    fn record(&self, number: usize) -> Option<&'static [u8]> {
        self.layout.places.get(PLACE * number..PLACE * (number + 1))
    }

    fn admin1(&self, record: &[u8]) -> Option<u32> {
        let admin1 = u16_at(record, 19);
        (admin1 != u16::MAX).then(|| self.first_division() + u32::from(admin1))
    }

    fn first_division(&self) -> u32 {
        (self.layout.countries + self.layout.regions) as u32
    }

    fn id_of(&self, number: usize) -> u32 {
        u32_at(self.layout.places, PLACE * number)
    }

    fn slug(&self, at: usize) -> &'static str {
        let strings = self.layout.strings;
        text(&strings[at + 1..at + 1 + usize::from(strings[at])])
    }

    fn code(&self, country: u8) -> Option<&'static str> {
        self.codes.get(usize::from(country)).copied()
    }

    fn search(&self, within: Range<usize>, order: impl Fn(usize) -> Ordering) -> Option<usize> {
        let Range { mut start, mut end } = within;
        while start < end {
            let middle = start + (end - start) / 2;
            match order(middle) {
                Ordering::Less => start = middle + 1,
                Ordering::Greater => end = middle,
                Ordering::Equal => return Some(middle),
            }
        }
        None
    }
}

fn text(bytes: &'static [u8]) -> &'static str {
    std::str::from_utf8(bytes).unwrap_or_default()
}
