//! `@mali`: a place of the gazetteer as a list of the configuration.

use std::sync::Arc;

use super::list::Lists;
use super::own_places::term_of;
use super::pick::note;
use crate::config::source::folded;
use crate::config::values::{Check, Text};
use wirewatch_recognition::{Term, described, pick, picked_area, told_apart};

impl Lists<'_> {
    /// `@mali`, `@ségou`, `@burkina-faso`: a place of the gazetteer under all its names. What is more likely a slip in one
    /// of the files' own names is none, and neither is a village that somebody may have hit on by chance.
    pub(crate) fn built_in_place(&self, check: &mut Check<'_>, text: &Text<'_>, name: &str) -> Option<Arc<[Term]>> {
        const WELL_KNOWN: u32 = 15_000;
        let plain = name.replace(['-', '_'], " ");
        let picked = picked_area(&plain)
            .filter(|picked| picked.best.is_broad())
            .or_else(|| pick(&plain))?;
        let place = picked.best;
        let country = place.is_broad() && place.population > 0;
        let own = self.names();
        if !country && (place.population < WELL_KNOWN || check.suggest.nearest(name, own).is_some()) {
            return None;
        }
        if picked.in_doubt {
            let other = picked.others.first().map(described).unwrap_or_default();
            let what = format!(
                "`@{name}` is taken for {}; {other} has this name too",
                described(&place)
            );
            let mend = format!("write [place.{}] with means = \"{}\"", folded(name), told_apart(&place));
            check.warn(&text.at(), what, Some(mend));
        }
        note(check, &format!("@{name}"), &plain, place);
        let places = std::iter::once(&place).chain(&picked.beside);
        Some(places.map(|place| term_of(place, name, None)).collect())
    }
}
