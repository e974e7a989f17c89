//! How much of an entry anybody is shown. Strangers choose the length of a title, and a story may have any number of sources:
//! an alert, a message and an event of one stay as small as those of another. All of it is cut where it is made; alerts that
//! were stored by a version that did not are cut as they are read.

use super::alert::{Alert, Kind};
use super::clean::shorten;
use crate::feed::ArticleFate;

/// Characters of a headline, of a watch's title and of a term.
pub(super) const HEADLINE: usize = 300;
/// Characters of an outlet's name, and of a text that was found.
pub(super) const OUTLET: usize = 120;
pub(super) const QUOTE: usize = 120;
/// Bytes of a link: a longer one opens in no browser, and half of it leads nowhere.
pub(super) const LINK: usize = 2_048;
/// Characters of an excerpt, beside the signs that it goes on.
pub(super) const EXCERPT: usize = 300;
/// Marks in an excerpt.
pub(super) const MARKS: usize = 64;
/// Characters of a reason.
pub(super) const BECAUSE: usize = 1_000;
/// Texts that were found, and groups and places, in a reason: the first.
pub(super) const FOUND: usize = 50;
const NAMED: usize = 64;
/// New numbers and terms that an update tells of: the first.
pub(super) const NEW: usize = 20;
/// Other entries of the story that an alert names: the first. How many there are is told beside.
pub const SOURCES: usize = 50;

impl Alert {
    /// The alert as it would be made today.
    pub fn bounded(mut self) -> Self {
        let cut = |text: &mut String, most: usize| {
            // A short text has no more characters than bytes.
            if text.len() > most {
                *text = shorten(text, most);
            }
        };
        cut(&mut self.watch_title, HEADLINE);
        cut(&mut self.origin.title, HEADLINE);
        cut(&mut self.origin.feed_title, OUTLET);
        self.origin.link = self.origin.link.filter(|link| link.len() <= LINK);
        cut(&mut self.reason.because, BECAUSE);
        self.reason.found.truncate(FOUND);
        for found in &mut self.reason.found {
            cut(&mut found.text, QUOTE);
            cut(&mut found.term, HEADLINE);
        }
        self.reason.named.truncate(NAMED);
        for named in &mut self.reason.named {
            cut(&mut named.text, QUOTE);
        }
        let excerpt = &mut self.excerpt;
        cut(&mut excerpt.text, EXCERPT + 10);
        // The last character may be the sign that it was cut.
        excerpt.marks.retain(|mark| excerpt.text.get(mark.clone()).is_some());
        excerpt.marks.truncate(MARKS);
        if let Kind::Update { new, .. } = &mut self.kind {
            new.truncate(super::decide::MOST_SAID);
        }
        if let Some(ArticleFate::NotRead { why, .. }) = &mut self.article {
            cut(why, BECAUSE);
        }
        self
    }
}
