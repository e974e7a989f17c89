//! What a person reads: the same content for every receiver, laid out by `deliver`.

use std::cmp::Reverse;
use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::Serialize;

use super::alert::{Alert, Excerpt, Kind, Notice};
use super::bounds::{HEADLINE, NEW, OUTLET, SOURCES};
use super::story::Novelty;
use crate::feed::ArticleFate;
use crate::net::shown_text;
use crate::text::{LINK, clean, clean_link, clean_marked, entry_link, shorten};
use wirewatch_recognition::Level;

/// Another entry of the same story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceLine {
    pub feed_title: String,
    pub title: String,
    pub link: Option<String>,
    pub seen: Timestamp,
}

impl SourceLine {
    /// The line, as long as anybody is shown.
    pub fn bounded(mut self) -> Self {
        self.feed_title = shorten(&self.feed_title, OUTLET);
        self.title = shorten(&self.title, HEADLINE);
        self.link = self.link.filter(|link| link.len() <= LINK);
        self
    }
}

/// The other entries of a story.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct AlsoIn {
    /// The first [`SOURCES`](super::SOURCES) of them, oldest first.
    pub first: Vec<SourceLine>,
    /// How many there are.
    pub count: usize,
}

impl From<Vec<SourceLine>> for AlsoIn {
    fn from(mut all: Vec<SourceLine>) -> Self {
        let count = all.len();
        all.truncate(SOURCES);
        Self {
            first: all.into_iter().map(SourceLine::bounded).collect(),
            count,
        }
    }
}

/// One alert, or one notice, within a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    pub headline: String,
    pub link: Option<String>,
    /// "RFI Afrique · 14 September 2024, 06:12 (Africa/Bamako)".
    pub source: String,
    pub excerpt: Excerpt,
    /// "Because …" as one sentence.
    pub because: String,
    /// "New since the last alert: …", for an update.
    pub news: Option<String>,
    pub also_in: Vec<SourceLine>,
    /// Further lines, for a notice.
    pub lines: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Level, watch and headline; one line, no control characters, at most 150 characters.
    pub subject: String,
    pub level: Option<Level>,
    pub watch: Option<String>,
    pub paragraphs: Vec<Paragraph>,
}

/// Characters of a subject: longer ones are cut by mail readers and folded by servers.
const SUBJECT: usize = 150;
/// Of these, what the watch's title may take from the headline.
const WATCH: usize = 60;
/// Further sources that are listed by name: of one alert, and of all alerts of a digest, where each has two at least.
const ALSO_IN: usize = 20;
const ALSO_IN_DIGEST: usize = 400;
/// Lines of a notice, and characters of one.
const LINES: usize = 200;
const LINE: usize = 1_000;

/// One alert as a message, times in the receiver's zone. Nothing in it acts anywhere: see [`crate::text::clean`].
pub fn message(alert: &Alert, also_in: &AlsoIn, zone: &TimeZone) -> Message {
    let paragraph = paragraph(alert, also_in, ALSO_IN, zone);
    let update = if matches!(alert.kind, Kind::Update { .. }) {
        " update"
    } else {
        ""
    };
    let lead = format!("[{}{update}]", level_word(alert.level));
    let watch = shorten(&clean(&alert.watch_title), WATCH);
    Message {
        subject: shorten(&format!("{lead} {watch}: {}", paragraph.headline), SUBJECT),
        level: Some(alert.level),
        watch: Some(clean(&alert.watch)),
        paragraphs: vec![paragraph],
    }
}

/// Several held alerts as one message, the most urgent first, then the oldest.
pub fn digest(alerts: &[(Alert, AlsoIn)], zone: &TimeZone) -> Message {
    let mut sorted: Vec<&(Alert, AlsoIn)> = alerts.iter().collect();
    sorted.sort_by_key(|(alert, _)| (Reverse(alert.level), alert.raised, alert.id));
    let mut known = HashSet::new();
    let titles = sorted.iter().map(|(alert, _)| clean(&alert.watch_title));
    let titles: Vec<String> = titles
        .filter(|title| known.insert(title.clone()))
        .take(SUBJECT)
        .collect();
    let listed = (ALSO_IN_DIGEST / sorted.len().max(1)).clamp(2, ALSO_IN);
    let by_night = sorted.iter().any(|(alert, _)| {
        let hour = alert.raised.to_zoned(zone.clone()).hour();
        !(6..20).contains(&hour)
    });
    let count = match sorted.len() {
        1 => "1 alert".to_owned(),
        count => format!("{count} alerts"),
    };
    let when = if by_night { "overnight" } else { "during quiet hours" };
    let watch = sorted.first().map(|(alert, _)| &alert.watch);
    let only = watch.filter(|watch| sorted.iter().all(|(alert, _)| alert.watch == **watch));
    let said = match sorted.iter().all(|(alert, _)| alert.perhaps_sent) {
        true => format!("{count} since the backup, possibly already sent"),
        false => format!("{count} held {when}"),
    };
    Message {
        subject: shorten(&format!("{said}: {}", titles.join(", ")), SUBJECT),
        level: sorted.iter().map(|(alert, _)| alert.level).max(),
        watch: only.map(|watch| clean(watch)),
        paragraphs: sorted
            .iter()
            .map(|(alert, also_in)| paragraph(alert, also_in, listed, zone))
            .collect(),
    }
}

/// Notices of the service itself as one message, the oldest first.
pub fn notices_message(notices: &[Notice], zone: &TimeZone) -> Message {
    let mut sorted: Vec<&Notice> = notices.iter().collect();
    sorted.sort_by_key(|notice| (notice.raised, &notice.title));
    let first = sorted
        .first()
        .map_or_else(String::new, |notice| clean(&shown_text(&notice.title)));
    let more = match sorted.len() {
        0 | 1 => String::new(),
        2 => ", and another notice".to_owned(),
        count => format!(", and {} more notices", count - 1),
    };
    // What there is more is said at the end, where a long title must not push it out.
    let title = shorten(&format!("[Wirewatch] {first}"), SUBJECT - more.chars().count());
    Message {
        subject: format!("{title}{more}"),
        level: None,
        watch: None,
        paragraphs: sorted.iter().map(|notice| notice_paragraph(notice, zone)).collect(),
    }
}

/// A notice of the service itself.
pub fn notice_message(notice: &Notice, zone: &TimeZone) -> Message {
    notices_message(std::slice::from_ref(notice), zone)
}

fn notice_paragraph(notice: &Notice, zone: &TimeZone) -> Paragraph {
    let shown = notice.lines.iter().take(LINES);
    let mut lines: Vec<String> = shown.map(|line| shorten(&clean(&shown_text(line)), LINE)).collect();
    if let more @ 1.. = notice.lines.len() - lines.len() {
        lines.push(format!("and {more} more lines"));
    }
    Paragraph {
        headline: clean(&shown_text(&notice.title)),
        link: None,
        source: format!("Wirewatch · {}", local_time(notice.raised, zone)),
        excerpt: Excerpt::default(),
        because: String::new(),
        news: None,
        also_in: Vec::new(),
        lines,
    }
}

/// Clocks of publishers go fast by minutes.
const AHEAD: SignedDuration = SignedDuration::from_mins(15);

fn paragraph(alert: &Alert, also_in: &AlsoIn, most: usize, zone: &TimeZone) -> Paragraph {
    let origin = &alert.origin;
    let (text, marks) = clean_marked(&alert.excerpt.text, &alert.excerpt.marks);
    let headline = match clean(&origin.title) {
        title if !title.is_empty() => title,
        _ if !text.is_empty() => shorten(&text, 100),
        _ => "(without a title)".to_owned(),
    };
    let time = match origin.published {
        Some(published) if published > alert.raised + AHEAD => format!(
            "dated ahead, {}, seen {}",
            local_time(published, zone),
            local_time(alert.raised, zone)
        ),
        Some(published) => local_time(published, zone),
        None => format!("no date, seen {}", local_time(alert.raised, zone)),
    };
    let listed = also_in.first.len().min(most);
    let lines = match also_in.count - listed {
        0 => Vec::new(),
        more => vec![format!("and in {more} more")],
    };
    Paragraph {
        headline,
        link: origin.link.as_deref().and_then(|link| entry_link(link, &origin.feed)),
        source: format!(
            "{} · {time}{}{}",
            clean(&shown_text(&origin.feed_title)),
            own_text(alert.article.as_ref()),
            if alert.perhaps_sent {
                " · possibly already sent"
            } else {
                ""
            },
        ),
        excerpt: Excerpt { text, marks },
        because: because(&alert.reason.because),
        news: news(&alert.kind),
        also_in: also_in.first[..listed].iter().map(clean_source).collect(),
        lines,
    }
}

/// Where an article was wanted and not had.
fn own_text(article: Option<&ArticleFate>) -> String {
    match article {
        Some(ArticleFate::NotRead { why, .. }) => {
            format!(" · the feed's own text, for the article was not read: {}", clean(why))
        }
        _ => String::new(),
    }
}

fn because(sentence: &str) -> String {
    let sentence = clean(sentence);
    format!("Because {}.", sentence.trim_end_matches('.'))
}

/// The update's line: what was not in the alerts before.
fn news(kind: &Kind) -> Option<String> {
    let Kind::Update { new, .. } = kind else {
        return None;
    };
    let quoted = |novelty: &Novelty| match novelty {
        Novelty::Number(text) | Novelty::Term(text) => format!("“{}”", clean(text)),
        Novelty::Message(words) => clean(words),
    };
    let mut shown: Vec<String> = new.iter().take(NEW).map(quoted).collect();
    if let more @ 1.. = new.len() - shown.len() {
        shown.push(format!("and {more} more"));
    }
    Some(format!("New since the last alert: {}", shown.join(", ")))
}

fn clean_source(source: &SourceLine) -> SourceLine {
    SourceLine {
        feed_title: clean(&shown_text(&source.feed_title)),
        title: clean(&source.title),
        link: source.link.as_deref().and_then(clean_link),
        seen: source.seen,
    }
}

/// "14 September 2024, 06:12 (Africa/Bamako)".
fn local_time(at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned(zone.clone());
    let name = match zone.iana_name() {
        Some(name) => name.to_owned(),
        None => format!("UTC{}", local.offset()),
    };
    format!("{} ({name})", local.strftime("%-d %B %Y, %H:%M"))
}

fn level_word(level: Level) -> &'static str {
    match level {
        Level::Low => "Low",
        Level::Normal => "Normal",
        Level::Urgent => "Urgent",
    }
}
