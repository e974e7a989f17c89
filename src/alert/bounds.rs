//! How much of an entry anybody is shown. Strangers choose the length of a title, and a story may have any number of sources:
//! an alert, a message and an event of one stay as small as those of another. All of it is cut where it is made; alerts that
//! were stored by a version that did not are cut as they are read.

/// Characters of a headline, of a watch's title and of a term.
pub(crate) const HEADLINE: usize = 300;
/// Characters of an outlet's name, and of a text that was found.
pub(crate) const OUTLET: usize = 120;
pub(crate) const QUOTE: usize = 120;
/// Characters of an excerpt, beside the signs that it goes on.
pub(crate) const EXCERPT: usize = 300;
/// Marks in an excerpt.
pub(crate) const MARKS: usize = 64;
/// Characters of a reason.
pub(crate) const BECAUSE: usize = 1_000;
/// Texts that were found, and groups and places, in a reason: the first.
pub(crate) const FOUND: usize = 50;

/// New numbers and terms that an update tells of: the first.
pub(crate) const NEW: usize = 20;
/// Other entries of the story that an alert names: the first. How many there are is told beside.
pub const SOURCES: usize = 50;
