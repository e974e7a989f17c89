//! A place, as it is read from the gazetteer.

use super::distance::Point;

/// What sort of place it is; the numbers are those of `data/gazetteer.bin`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlaceKind {
    Country,
    /// Called a country or treated as one in the news, but part of one: Scotland, Somaliland, Darfur.
    Constituent,
    /// Several countries: the Sahel, the Levant; or across their borders: Donbas.
    Region,
    Continent,
    /// First-level division: Mopti Region, Texas.
    Admin1,
    /// Second-level division: a cercle, a county.
    Admin2,
    /// Any populated place.
    City,
    /// The capital of a country.
    Capital,
}

impl PlaceKind {
    pub(super) fn from_number(number: u8) -> Option<Self> {
        Some(match number {
            0 => Self::Country,
            1 => Self::Constituent,
            2 => Self::Region,
            3 => Self::Continent,
            4 => Self::Admin1,
            5 => Self::Admin2,
            6 => Self::City,
            7 => Self::Capital,
            _ => return None,
        })
    }
}

/// How a name stands for a place; the numbers are those of `data/gazetteer.bin`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// Its name, or one that everybody uses: `Turkey`, `Türkiye`, `Ivory Coast`.
    Main,
    /// In another language or spelling; some of these are rare or wrong (`Hamas` for a German town).
    Alternate,
    /// No longer in use: `Upper Volta`, `Zaire`.
    Former,
    /// Of its people: `Malian`, `nigérienne`.
    Demonym,
    /// An abbreviation that counts only in capitals: `US`, `RDC`.
    Capitals,
    /// A division's name that says nothing without its country: `Central`, `Nord`, `Delta`.
    Generic,
}

impl NameKind {
    pub(super) fn from_number(number: u8) -> Option<Self> {
        Some(match number {
            0 => Self::Main,
            1 => Self::Alternate,
            2 => Self::Former,
            3 => Self::Demonym,
            4 => Self::Capitals,
            5 => Self::Generic,
            _ => return None,
        })
    }
}

/// One place. Cheap to copy: it points into the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Where it stands in the gazetteer; not stable from one edition to the next.
    pub number: u32,
    pub kind: PlaceKind,
    /// As its country writes it, in Latin letters (`Ségou`), or in English for countries and regions.
    pub name: &'static str,
    /// ISO 3166-1 alpha-2; `None` for regions and continents.
    pub country: Option<&'static str>,
    /// Number of the first-level division that it lies in.
    pub admin1: Option<u32>,
    /// Of a town itself; of a country its capital, of a division its largest town. Means nothing for regions.
    pub point: Point,
    /// 0 where unknown. Of a division: of its towns together.
    pub population: u32,
    /// `None` for what GeoNames does not number in our sources: then `slug`.
    pub geonames: Option<u32>,
    /// `ML.04`, `scotland`, `sahel`, `ht-pont-sonde`; empty where `geonames` is known.
    pub slug: &'static str,
}

impl Place {
    /// Too wide to be near to anything: a country, a region, a division.
    pub fn is_broad(&self) -> bool {
        self.kind <= PlaceKind::Admin1
    }

    /// The stable id of the entity: `geonames:2460596`, `admin:ML.04`, `region:sahel`, `town:ht-pont-sonde`.
    pub fn id(&self) -> String {
        match (self.geonames, self.kind) {
            (Some(number), _) => format!("geonames:{number}"),
            (None, PlaceKind::Admin1 | PlaceKind::Admin2) => format!("admin:{}", self.slug),
            (None, PlaceKind::City) => format!("town:{}", self.slug),
            (None, _) => format!("region:{}", self.slug),
        }
    }
}

/// What is needed of a [`Place`] to weigh it against others of its name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spot {
    pub(crate) number: u32,
    pub(crate) kind: PlaceKind,
    pub(crate) country: Option<&'static str>,
    pub(crate) admin1: Option<u32>,
    pub(crate) population: u32,
}
