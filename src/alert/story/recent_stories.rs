//! Stories: which entries report the same event.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use wirewatch_syndication::{Entry, EntryKey, derive_id};

use super::fingerprint::{Candidate, ENOUGH_SHINGLES, Fingerprint, PartialFingerprint};
use super::likeness::{Joined, SOME_TEXT, compare};
use super::postings::Postings;
use super::story_record::{Member, StoryRecord};
use super::title::Title;
use crate::alert::bounds::HEADLINE;
use crate::alert::ids::StoryId;
use crate::text::clean_line;

/// Members kept: enough for every agency and a few dozen who print it.
const MEMBERS: usize = 32;
/// A shingle, link or title of more stories than this tells nothing.
const TOO_COMMON: usize = 64;

/// The stories of the last days, indexed to be found by key, canonical link, title and shingles.
#[derive(Debug, Default)]
pub struct RecentStories {
    /// Shared with the records that are on their way to the disk.
    stories: HashMap<StoryId, Arc<StoryRecord>>,
    entries: HashMap<(u64, EntryKey), StoryId>,
    links: HashMap<u64, Vec<StoryId>>,
    titles: HashMap<u64, Vec<StoryId>>,
    shingles: Postings,
    /// The stories by the numbers that `shingles` knows them by, and back.
    numbered: Vec<Numbered>,
    numbers: HashMap<StoryId, u32>,
}

#[derive(Debug, Clone, Copy)]
struct Numbered {
    story: StoryId,
    /// Shingles of the shortest text of its entries that is long enough to tell; else [`NO_TEXT`].
    shortest: usize,
}

/// The [`Numbered::shortest`] of a story without a text that is long enough, or that is forgotten.
const NO_TEXT: usize = usize::MAX;

/// Where an entry belongs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    pub story: StoryId,
    pub joined: Joined,
}

impl RecentStories {
    pub fn new(stories: Vec<StoryRecord>) -> Self {
        Self::of(stories.into_iter().map(Arc::new))
    }

    fn of(stories: impl IntoIterator<Item = Arc<StoryRecord>>) -> Self {
        let mut recent = Self::default();
        for story in stories {
            for member in &story.members {
                recent.index(story.id, &member.print);
            }
            recent.stories.insert(story.id, story);
        }
        recent
    }

    /// Forgets stories that were last seen before `before`. Shingles of forgotten stories stay in the index until they are
    /// as many as those of kept ones: only then is all of it built anew.
    pub fn forget(&mut self, before: Timestamp) {
        let known = self.stories.len();
        self.stories.retain(|_, story| story.last_seen >= before);
        if self.stories.len() == known {
            return;
        }
        if self.numbered.len() > 2 * self.stories.len() {
            *self = Self::of(std::mem::take(&mut self.stories).into_values());
            return;
        }
        let stories = &self.stories;
        self.entries.retain(|_, story| stories.contains_key(story));
        self.numbers.retain(|story, _| stories.contains_key(story));
        for lists in [&mut self.links, &mut self.titles] {
            lists.retain(|_, list| {
                list.retain(|story| stories.contains_key(story));
                !list.is_empty()
            });
        }
        for numbered in &mut self.numbered {
            if !stories.contains_key(&numbered.story) {
                numbered.shortest = NO_TEXT;
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.stories.is_empty()
    }

    /// The story by its id.
    pub fn story(&self, id: StoryId) -> Option<&Arc<StoryRecord>> {
        self.stories.get(&id)
    }

    pub(crate) fn story_mut(&mut self, id: StoryId) -> Option<&mut StoryRecord> {
        self.stories.get_mut(&id).map(Arc::make_mut)
    }

    /// The story that an entry belongs to, opened where there is none; for `scan`, which asks no watch.
    pub fn gather(&mut self, entry: &Entry, sketch: PartialFingerprint, feed_url: &str, now: Timestamp) -> Place {
        let candidate = Candidate::from(sketch.complete(entry, now));
        let place = self.find(&candidate).unwrap_or(Place {
            story: first_id(&[feed_url, &entry.key.to_string()]),
            joined: Joined::Entry,
        });
        let twin = self.twin(place.story, &candidate, &HashSet::new());
        self.attach(place.story, twin, candidate.print, &entry.title, now);
        place
    }

    /// The story that has an entry like this one, by the strongest mark, then the oldest.
    pub(crate) fn find(&self, candidate: &Candidate) -> Option<Place> {
        let print = &candidate.print;
        if let Some(story) = self.entries.get(&(print.feed, print.key)) {
            return Some(Place {
                story: *story,
                joined: Joined::Entry,
            });
        }
        let shared_link = self.shares_link(print);
        let places = self
            .candidates(&print.links, &print.messages, &print.title, &print.shingles)
            .into_iter()
            .filter_map(|story| {
                let joined = self
                    .stories
                    .get(&story)?
                    .members
                    .iter()
                    .filter_map(|member| compare(&member.print, candidate, shared_link));
                Some(Place {
                    story,
                    joined: joined.min_by(|one, other| strength(*one).total_cmp(&strength(*other)))?,
                })
            });
        places.min_by(|one, other| {
            let age = |place: &Place| {
                (
                    self.stories.get(&place.story).map(|story| story.first_seen),
                    place.story,
                )
            };
            strength(one.joined)
                .total_cmp(&strength(other.joined))
                .then_with(|| age(one).cmp(&age(other)))
        })
    }

    /// An entry of this feed in the story that is the same, also under another key: its publisher changed its id. One
    /// whose own key came with the same poll (`present`) is another entry.
    pub(crate) fn twin(&self, story: StoryId, candidate: &Candidate, present: &HashSet<EntryKey>) -> Option<usize> {
        let print = &candidate.print;
        let members = &self.stories.get(&story)?.members;
        let same_key = |member: &Member| member.print.feed == print.feed && member.print.key == print.key;
        let shared_link = self.shares_link(print);
        let rekeyed = |member: &Member| {
            let print_there = &member.print;
            print_there.feed == print.feed
                && !present.contains(&print_there.key)
                && compare(print_there, candidate, shared_link).is_some()
        };
        members
            .iter()
            .position(same_key)
            .or_else(|| members.iter().position(rekeyed))
    }

    /// Adds the entry to the story, or renews it there; gives its place among the members, if it is kept.
    pub(crate) fn attach(
        &mut self,
        id: StoryId,
        twin: Option<usize>,
        print: Fingerprint,
        headline: &str,
        now: Timestamp,
    ) -> Option<usize> {
        self.index(id, &print);
        let story = self.stories.entry(id).or_insert_with(|| {
            Arc::new(StoryRecord {
                id,
                first_seen: now,
                last_seen: now,
                headline: clean_line(headline, HEADLINE),
                copies: 0,
                members: Vec::new(),
                told: Vec::new(),
            })
        });
        let story = Arc::make_mut(story);
        story.last_seen = story.last_seen.max(now);
        if let Some(twin) = twin {
            story.members[twin].print = print;
            return Some(twin);
        }
        story.copies += u32::from(!story.members.is_empty());
        if story.members.len() == MEMBERS {
            return None;
        }
        // Most stories have one entry, and a list that begins with a push has room for four.
        if story.members.is_empty() {
            story.members.reserve_exact(1);
        }
        story.members.push(Member {
            print,
            held: Vec::new(),
        });
        Some(story.members.len() - 1)
    }

    /// Whether one of its links leads to several stories.
    fn shares_link(&self, print: &Fingerprint) -> bool {
        let leads_elsewhere = |link: &u64| self.links.get(link).is_some_and(|stories| stories.len() > 1);
        print.links.iter().any(leads_elsewhere)
    }

    /// Whether the entry may belong to a story that is known; `false` is certain.
    pub(crate) fn may_have(&self, sketch: &PartialFingerprint) -> bool {
        self.entries.contains_key(&(sketch.feed, sketch.key))
            || !self
                .candidates(&sketch.links, &sketch.messages, &sketch.title, &sketch.shingles)
                .is_empty()
    }

    fn candidates(&self, links: &[u64], messages: &[u64], title: &Title, shingles: &[u32]) -> BTreeSet<StoryId> {
        let links = links.iter().chain(messages).filter_map(|link| self.links.get(link));
        let titles = title
            .keys()
            .filter_map(|title| self.titles.get(&title))
            .filter(|all| all.len() <= TOO_COMMON);
        let mut candidates: BTreeSet<StoryId> = links.chain(titles).flatten().copied().collect();
        candidates.extend(self.of_like_text(shingles));
        candidates
    }

    /// Stories that may share a text's shingles to the extent that makes a mark.
    fn of_like_text(&self, shingles: &[u32]) -> Vec<StoryId> {
        if shingles.len() < ENOUGH_SHINGLES || self.numbered.is_empty() {
            return Vec::new();
        }
        let mut shared = vec![0_u16; self.numbered.len()];
        let mut touched = Vec::new();
        let common = self.shingles.each(shingles, TOO_COMMON, |story| {
            let count = &mut shared[story as usize];
            *count += 1;
            // Half of the shingles below which a text is too short to tell.
            if usize::from(*count) == ENOUGH_SHINGLES / 2 {
                touched.push(story as usize);
            }
        });
        let enough = |number: &usize| {
            // Each of those that were not looked up may be shared too.
            let most = (usize::from(shared[*number]) + common) as f64;
            let shortest = self.numbered[*number].shortest;
            shortest < NO_TEXT && most >= SOME_TEXT * shortest.min(shingles.len()) as f64
        };
        let like = touched.into_iter().filter(enough);
        like.map(|number| self.numbered[number].story).collect()
    }

    fn index(&mut self, story: StoryId, print: &Fingerprint) {
        self.entries.insert((print.feed, print.key), story);
        for link in print.links.iter().chain(&print.messages) {
            note(self.links.entry(*link).or_default(), story);
        }
        for title in print.title.keys() {
            note(self.titles.entry(title).or_default(), story);
        }
        let known = self.numbers.get(&story).copied();
        let number = known.unwrap_or(self.numbered.len() as u32);
        if known.is_none() {
            self.numbered.push(Numbered {
                story,
                shortest: NO_TEXT,
            });
            self.numbers.insert(story, number);
        }
        if print.shingles.len() >= ENOUGH_SHINGLES {
            let shortest = &mut self.numbered[number as usize].shortest;
            *shortest = print.shingles.len().min(*shortest);
        }
        for shingle in &print.shingles {
            self.shingles.note(*shingle, number, known.is_none(), TOO_COMMON);
        }
    }
}

/// The id of a story that begins with an entry: its feed and key, and, where it was known before, its content.
pub(crate) fn first_id(first: &[&str]) -> StoryId {
    StoryId(derive_id(&[&["story"], first].concat()))
}

fn note(stories: &mut Vec<StoryId>, story: StoryId) {
    // Beyond, one more changes nothing; the list must not grow with the days.
    if stories.len() <= TOO_COMMON && !stories.contains(&story) {
        stories.push(story);
    }
}

/// Smaller is stronger.
fn strength(joined: Joined) -> f64 {
    match joined {
        Joined::Entry => 0.0,
        Joined::Link => 1.0,
        Joined::Title => 2.0,
        Joined::Text(share) => 4.0 - share,
    }
}
