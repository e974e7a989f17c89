//! One test binary: tables of texts with what each must give.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod areas;
mod capitals;
mod group_names;
mod groups;
mod homonyms;
mod namesakes;
mod peoples;
mod places;
mod queries;
mod reasons;
mod spellings;
mod unknown_places;
mod usual_names;
mod watching;
mod wire_story;
