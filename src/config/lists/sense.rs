//! Names of places in a watchlist, and the place that each was taken for.

use std::collections::{HashMap, HashSet};

use wirewatch_recognition::{Picked, Place};

/// What a name of a place in the files was taken for.
#[derive(Debug, Clone, PartialEq)]
pub struct Sense {
    /// `[watch.NAME]` or `[place.NAME]`.
    pub table: String,
    pub written: String,
    pub place: Place,
}

/// Whether a name means a point or an area: Ségou is a town in `of`, and its region in `inside`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Wanted {
    Point,
    Area,
}

/// All senses that were taken, each told once.
#[derive(Debug, Default)]
pub(crate) struct Senses {
    pub(crate) taken: Vec<Sense>,
    /// Table, name and number in the gazetteer of those.
    pub(crate) known: HashSet<(String, String, u32)>,
    /// Names as written that were looked up.
    pub(crate) picked: HashMap<(Wanted, String), Option<Picked>>,
    /// From where distances to divisions are measured, by the number of the division.
    pub(crate) seats: HashMap<u32, Option<Place>>,
    /// Unknown names for which similar ones were looked for.
    pub(crate) looked_for_similar: usize,
}

impl Senses {
    pub(crate) fn into_taken(self) -> Vec<Sense> {
        self.taken
    }
}
