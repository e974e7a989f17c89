//! The heart: entries and verdicts become stories, decisions and alerts. `run`, `explain`, `why`, `scan` and the
//! examples of `check` all call it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::decision::{Decision, Raise, Standing, decide};
use super::official::{idle, of_message, updates};
use super::prepare::{Firing, Prepared};
use crate::alert::alert::{Alert, Kind, Origin};
use crate::alert::bounds::{HEADLINE, OUTLET};
use crate::alert::ids::{AlertId, StoryId};
use crate::alert::story::{
    Candidate, Facts, Held, Joined, PartialFingerprint, Place, RecentStories, StoryRecord, Told, first_id,
};
use crate::feed::{Backfill, FeedSettings};
use crate::text::{clean_line, clean_link};
use wirewatch_recognition::{Examined, Verdict, Watchlist};
use wirewatch_syndication::{Entry, EntryKey, derive_id};

/// An edit is news where the entry's own dates lie within these seconds: a week.
const LATELY: i64 = 7 * 24 * 3600;

/// What the store knows of an entry that was seen before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub content_hash: u64,
    pub story: Option<StoryId>,
}

/// One entry of a poll: new, or known and changed. Entries that are known and unchanged need not be given.
#[derive(Debug)]
pub struct Seen<'a> {
    pub entry: &'a Entry,
    pub examined: Examined,
    pub known: Option<Known>,
    /// Made of this entry, this watchlist and this feed before the lock on the stories was taken; `None`: it is made where
    /// it is needed.
    pub prepared: Option<Prepared>,
    /// It is one of many old entries that came at once ([`crate::feed::Diff::archive`]).
    pub archive: bool,
}

/// Everything else that a decision rests on.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub watchlist: &'a Watchlist,
    pub feed: &'a FeedSettings,
    /// To show as the source.
    pub feed_title: &'a str,
    /// No poll of this feed was ever read: its entries are backlog.
    pub first_sight: bool,
    /// The articles of entries that were new, whose feed's own text was assessed before.
    pub opened: bool,
    pub now: Timestamp,
}

/// What became of one entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessed {
    /// Only entries on which a watch fires, or that belong to a story that is known, have one.
    pub story: Option<StoryId>,
    /// For each verdict that fires: index of the watch, and what was decided.
    pub decisions: Vec<(usize, Decision)>,
    pub alerts: Vec<Alert>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Assessment {
    /// In the order of the entries given.
    pub entries: Vec<Assessed>,
    /// Stories that are new or changed, to be recorded.
    pub stories: Vec<Arc<StoryRecord>>,
}

/// Decides for each entry in turn; `stories` learns what was decided, so that the second copy in one poll is known.
/// Where the assessment is then not recorded, `stories` must be made anew from what is.
pub fn assess(seen: &mut [Seen<'_>], context: Context<'_>, stories: &mut RecentStories) -> Assessment {
    let mut assessment = Assessment::default();
    let mut changed: Vec<StoryId> = Vec::new();
    let mut noted: HashSet<StoryId> = HashSet::new();
    let present: HashSet<EntryKey> = seen.iter().map(|seen| seen.entry.key).collect();
    for seen in seen {
        let assessed = assess_entry(seen, &present, context, stories);
        changed.extend(assessed.story.filter(|story| noted.insert(*story)));
        assessment.entries.push(assessed);
    }
    assessment.stories = changed
        .into_iter()
        .filter_map(|id| stories.story(id).cloned())
        .collect();
    assessment
}

fn assess_entry(
    seen: &mut Seen<'_>,
    present: &HashSet<EntryKey>,
    context: Context<'_>,
    stories: &mut RecentStories,
) -> Assessed {
    let fires = seen.examined.verdicts.iter().any(Verdict::fires);
    let url = context.feed.url.as_str();
    let known_story = seen
        .known
        .and_then(|known| known.story)
        .filter(|id| stories.story(*id).is_some());
    let untold = Assessed {
        story: None,
        decisions: Vec::new(),
        alerts: Vec::new(),
    };
    if !fires && stories.is_empty() {
        return untold;
    }
    // Such a message begins no story and joins none: the actual one may still come.
    let warning = seen.entry.warning.as_deref();
    if let Some(hold) = warning.and_then(|warning| idle(warning, context.now)) {
        let firing = seen.examined.verdicts.iter().filter(|verdict| verdict.fires());
        return Assessed {
            decisions: firing
                .map(|verdict| (verdict.watch, Decision::Hold(hold.clone())))
                .collect(),
            ..untold
        };
    }
    // Taken, not copied: there may be twenty thousand.
    let sketch = seen.prepared.as_mut().and_then(|prepared| prepared.sketch.take());
    let sketch = sketch.unwrap_or_else(|| PartialFingerprint::of(seen.entry, url, context.feed_title));
    if !fires && known_story.is_none() && !stories.may_have(&sketch) {
        return untold;
    }
    let seen = &*seen;
    let prepared = prepared(seen, context);
    let candidate = Candidate::from(sketch.complete(seen.entry, context.now));
    let place = match known_story {
        Some(story) => Some(Place {
            story,
            joined: Joined::Entry,
        }),
        None => stories.find(&candidate),
    };
    let story = match place {
        Some(place) => place.story,
        None if !fires => return untold,
        None => open(seen, url, prepared.content_hash),
    };
    let twin = stories.twin(story, &candidate, present);
    let standing = standing(seen, context, prepared.content_hash, twin.is_some());
    let member = stories.attach(story, twin, candidate.print, &seen.entry.title, context.now);
    let mut assessed = Assessed {
        story: Some(story),
        decisions: Vec::new(),
        alerts: Vec::new(),
    };
    for (verdict, finding) in seen.examined.verdicts.iter().zip(&prepared.findings) {
        let Some(firing) = &finding.firing else { continue };
        let (decision, alert) = assess_verdict(seen, (verdict, firing), standing, (story, member), context, stories);
        assessed.decisions.push((verdict.watch, decision));
        assessed.alerts.extend(alert);
    }
    assessed
}

/// What was prepared of an entry, or, where nothing was, what now is.
pub(crate) fn prepared<'s>(seen: &'s Seen<'_>, context: Context<'_>) -> Cow<'s, Prepared> {
    match &seen.prepared {
        Some(prepared) => Cow::Borrowed(prepared),
        None => Cow::Owned(Prepared::of(
            seen.entry,
            &seen.examined,
            context.watchlist,
            context.feed,
            None,
        )),
    }
}

/// A story that begins with an entry known before (and forgotten since) is another one than the first time.
fn open(seen: &Seen<'_>, feed_url: &str, content_hash: u64) -> StoryId {
    let key = seen.entry.key.to_string();
    match seen.known {
        None => first_id(&[feed_url, &key]),
        Some(_) => first_id(&[feed_url, &key, &format!("{content_hash:016x}")]),
    }
}

fn standing(seen: &Seen<'_>, context: Context<'_>, content_hash: u64, again: bool) -> Standing {
    let entry = seen.entry;
    match seen.known {
        _ if context.opened => Standing::New,
        // It renews what it refers to, whether that is still shown or not.
        None if !context.first_sight && !seen.archive && updates(entry) => Standing::Edited { lately: true },
        Some(known) if known.content_hash == content_hash => Standing::Unchanged,
        None if context.is_backlog(entry) => Standing::Backlog,
        None if seen.archive && !again => Standing::Archive,
        None if !again => Standing::New,
        _ => {
            let since = |at: Timestamp| context.now.as_second() - at.as_second();
            let newest = entry.published.max(entry.updated);
            Standing::Edited {
                lately: newest.is_none_or(|at| since(at) <= LATELY),
            }
        }
    }
}

/// Whether an entry was never seen, and is no backlog.
pub(crate) fn is_new(seen: &Seen<'_>, context: Context<'_>) -> bool {
    seen.known.is_none() && !seen.archive && !context.is_backlog(seen.entry)
}

impl Context<'_> {
    /// Returns whether an entry that was never seen was there before the feed was: such entries raise no alert.
    fn is_backlog(&self, entry: &Entry) -> bool {
        self.first_sight && !is_backfilled(entry, self.feed, self.now)
    }
}

/// Returns whether an entry alerts though its feed is read for the first time.
pub fn is_backfilled(entry: &Entry, feed: &FeedSettings, now: Timestamp) -> bool {
    match feed.backfill {
        Backfill::All => true,
        Backfill::Remember => false,
        Backfill::Within(time) => entry.published.is_some_and(|published| {
            now.as_second() - published.as_second() <= i64::try_from(time.as_secs()).unwrap_or(i64::MAX)
        }),
    }
}

fn assess_verdict(
    seen: &Seen<'_>,
    (verdict, firing): (&Verdict, &Firing),
    standing: Standing,
    (story, member): (StoryId, Option<usize>),
    context: Context<'_>,
    stories: &mut RecentStories,
) -> (Decision, Option<Alert>) {
    let watch = &context.watchlist.watches()[verdict.watch];
    let facts = &firing.facts;
    let record = stories.story_mut(story);
    let told = record.as_ref().and_then(|story| story.told(&watch.name));
    let held = record.as_ref().and_then(|story| {
        story
            .members
            .get(member?)?
            .held
            .iter()
            .find(|held| held.watch == watch.name)
    });
    let decision = of_message(
        seen.entry.warning.as_deref(),
        told,
        decide(standing, story, told, held, facts),
    );
    let alert = match &decision {
        Decision::Raise(raise) => Some(alert(seen, (verdict, firing), raise, story, context)),
        Decision::Hold(_) => None,
    };
    if let Some(record) = record {
        match &alert {
            Some(alert) => tell(&mut record.told, &watch.name, alert.id, facts),
            None => {
                if let Some(member) = member
                    && record.told(&watch.name).is_none()
                {
                    hold(&mut record.members[member].held, &watch.name, facts);
                }
            }
        }
    }
    (decision, alert)
}

fn tell(told: &mut Vec<Told>, watch: &str, alert: AlertId, said: &Facts) {
    match told.iter_mut().find(|told| told.watch == watch) {
        Some(told) => told.said.learn(said),
        None => {
            told.reserve_exact(1);
            told.push(Told {
                watch: watch.to_owned(),
                alert,
                said: said.clone(),
            });
        }
    }
}

fn hold(held: &mut Vec<Held>, watch: &str, facts: &Facts) {
    match held.iter_mut().find(|held| held.watch == watch) {
        Some(held) => held.facts.learn(facts),
        None => {
            held.reserve_exact(1);
            held.push(Held {
                watch: watch.to_owned(),
                facts: facts.clone(),
            });
        }
    }
}

fn alert(
    seen: &Seen<'_>,
    (verdict, firing): (&Verdict, &Firing),
    raise: &Raise,
    story: StoryId,
    context: Context<'_>,
) -> Alert {
    let watch = &context.watchlist.watches()[verdict.watch];
    let entry = seen.entry;
    let kind = match raise {
        Raise::First => Kind::First,
        Raise::Update { of, new } => Kind::Update {
            of: *of,
            new: new.clone(),
        },
    };
    Alert {
        id: alert_id(&watch.name, story, &kind),
        story,
        kind,
        watch: watch.name.clone(),
        watch_title: clean_line(&watch.title, HEADLINE),
        level: verdict.level(context.watchlist),
        raised: context.now,
        origin: Origin {
            feed: context.feed.url.as_str().to_owned(),
            feed_title: clean_line(context.feed_title, OUTLET),
            entry: entry.key,
            title: clean_line(&entry.title, HEADLINE),
            link: entry.link.as_deref().and_then(clean_link),
            published: entry.published,
        },
        reason: firing.reason.clone(),
        excerpt: firing.excerpt.clone(),
        article: None,
        perhaps_sent: false,
    }
}

fn alert_id(watch: &str, story: StoryId, kind: &Kind) -> AlertId {
    let story = story.to_string();
    let mut parts = vec!["alert", watch, &story];
    if let Kind::Update { new, .. } = kind {
        for novelty in new {
            parts.push(novelty.text());
        }
    }
    AlertId(derive_id(&parts))
}
