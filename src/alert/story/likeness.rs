//! Whether two entries report the same event, and by what mark.

use serde::{Deserialize, Serialize};

use super::fingerprint::{Candidate, Fingerprint, body_overlap, overlap};

/// By what an entry joined its story; the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
pub enum Joined {
    /// The same entry of the same feed.
    Entry,
    /// The same canonical link.
    Link,
    /// The same title.
    Title,
    /// The same text: share of the shorter one's 3-word shingles in the other.
    Text(f64),
}

const HOUR: i64 = 3600;
/// Half of the shorter text (DESIGN: measured, no false ones among unrelated texts, all copies cut to 60 %).
const SAME_TEXT: f64 = 0.5;
/// The least that bears on anything.
pub(super) const SOME_TEXT: f64 = 0.3;

/// Compares two entries. `shared_link` says that the link they may share also leads to other stories.
///
/// A wrong merge is an alert that never comes, a wrong split a second mail: every mark but the first is refused where
/// something speaks against it.
pub fn compare(one: &Fingerprint, candidate: &Candidate, shared_link: bool) -> Option<Joined> {
    let other = &candidate.print;
    if one.feed == other.feed && one.key == other.key {
        return Some(Joined::Entry);
    }
    // Two warnings in the same words for two rivers are two, and a report on one is another thing again.
    if !one.messages.is_empty() || !other.messages.is_empty() {
        let shared = one.messages.iter().any(|message| other.messages.contains(message));
        return shared.then_some(Joined::Link);
    }
    let text = one.text_share(candidate);
    if one.links.iter().any(|link| other.links.contains(link)) {
        // Feeds whose entries all lead to one page, and the posts of a live page.
        let doubtful = shared_link || one.feed == other.feed;
        if !doubtful || alike(one, other, text) {
            return Some(Joined::Link);
        }
    }
    if same_title(one, other, text) {
        return Some(Joined::Title);
    }
    text.filter(|share| same_text(one, other, *share)).map(Joined::Text)
}

/// Two entries behind one doubtful link that say the same.
fn alike(one: &Fingerprint, other: &Fingerprint, text: Option<f64>) -> bool {
    let (share, shared) = overlap(&one.words, &other.words);
    let retold = share >= 0.6 && shared >= 10;
    let unlike_text = text.is_some_and(|share| share < SOME_TEXT) && body_overlap(one, other) < 0.3;
    one.title.equals(&other.title) && !unlike_text || text.is_some_and(|share| share >= SAME_TEXT) || retold
}

fn same_title(one: &Fingerprint, other: &Fingerprint, text: Option<f64>) -> bool {
    if !one.title.equals(&other.title) {
        return false;
    }
    if distinct_entries(one, other, text) {
        return false;
    }
    let apart = hours_apart(one, other);
    let telling = one.title.telling && other.title.telling;
    match text {
        // Columns and bulletins bear one title every week.
        Some(share) if share >= SOME_TEXT || body_overlap(one, other) >= 0.4 => {
            apart <= 72 && !one.contradicts(other) && (telling || share >= SAME_TEXT)
        }
        Some(_) => telling && !one.same_source(other) && apart <= 24 && !one.contradicts(other),
        None if one.feed == other.feed && one.at == other.at => true,
        None if one.same_source(other) => telling && apart <= 6,
        None => telling && apart <= 48 && !one.contradicts(other),
    }
}

/// Two entries of one feed that bear one title, each with a link and a short text of its own: warnings by area, advisories by
/// number. A text that only goes on where the other ends is the same.
fn distinct_entries(one: &Fingerprint, other: &Fingerprint, text: Option<f64>) -> bool {
    let apart = one.feed == other.feed
        && one.key != other.key
        && !one.links.is_empty()
        && !other.links.is_empty()
        && !one.links.iter().any(|link| other.links.contains(link));
    if !apart || text.is_some() {
        return false;
    }
    let says_else =
        |one: &Fingerprint, other: &Fingerprint| one.words.iter().any(|word| other.words.binary_search(word).is_err());
    one.contradicts(other) || (says_else(one, other) && says_else(other, one))
}

fn same_text(one: &Fingerprint, other: &Fingerprint, share: f64) -> bool {
    let source = !one.same_source(other) || overlap(&one.title_words, &other.title_words).0 >= 0.5;
    share >= SAME_TEXT && source && hours_apart(one, other) <= 72 && !one.contradicts(other)
}

fn hours_apart(one: &Fingerprint, other: &Fingerprint) -> i64 {
    (one.at.as_second() - other.at.as_second()).abs() / HOUR
}
