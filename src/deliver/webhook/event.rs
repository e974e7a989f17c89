//! A parcel as machines read it: the body of a webhook, as `docs/webhook.schema.json` describes it. Pure.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::Serialize;

use crate::alert::{Alert, AlsoIn, Kind, Message, Named as Mentioned, Novelty};
use crate::deliver::outgoing_message::OutgoingMessage;
use crate::deliver::text::sound_marks;
use crate::feed::{ArticleFate, feed_id};
use crate::net::{ShownAddress, shown_text};
use crate::text::entry_link;
use wirewatch_recognition::Level;

/// Standard Webhooks 1.0: a type, when it happened, and what happened.
#[derive(Debug, Serialize)]
pub(crate) struct Event<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    timestamp: Timestamp,
    #[serde(rename = "data")]
    content: Content<'a>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Content<'a> {
    Alert(Box<AlertBody<'a>>),
    Digest { title: &'a str, alerts: Vec<AlertBody<'a>> },
    Notice { title: &'a str, lines: Vec<Cow<'a, str>> },
}

/// One alert as machines read it.
#[derive(Debug, Serialize)]
pub struct AlertBody<'a> {
    id: String,
    story: String,
    watch: Named<'a>,
    level: Level,
    raised: Timestamp,
    /// Of an update: the alert that it updates, and what is new.
    updates: Option<String>,
    new: Vec<New<'a>>,
    headline: &'a str,
    link: Option<String>,
    published: Option<Timestamp>,
    feed: Feed,
    entry: String,
    because: &'a str,
    found: Vec<FoundBody<'a>>,
    mentions: &'a [Mentioned],
    excerpt: ExcerptBody,
    /// `null` where the feed's article was not wanted.
    article: Option<ArticleBody<'a>>,
    also_in: Vec<Source<'a>>,
    /// How many other entries the story has, of which `also_in` names the first.
    also_in_count: usize,
}

#[derive(Debug, Serialize)]
struct ArticleBody<'a> {
    state: &'static str,
    because: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Named<'a> {
    name: &'a str,
    title: &'a str,
}

#[derive(Debug, Serialize)]
struct New<'a> {
    kind: &'static str,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct Feed {
    /// Derived from the address as it is configured; the same for as long as that is.
    id: String,
    url: ShownAddress,
    title: String,
}

#[derive(Debug, Serialize)]
struct FoundBody<'a> {
    text: &'a str,
    term: &'a str,
    entity: Option<EntityBody<'a>>,
}

#[derive(Debug, Serialize)]
struct EntityBody<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Debug, Serialize)]
struct ExcerptBody {
    text: String,
    marks: Vec<Mark>,
}

#[derive(Debug, Serialize)]
struct Mark {
    start: usize,
    end: usize,
    text: String,
}

#[derive(Debug, Serialize)]
struct Source<'a> {
    feed_title: &'a str,
    title: &'a str,
    link: Option<&'a str>,
    seen: Timestamp,
}

impl<'a> Event<'a> {
    pub(crate) fn of(outgoing: &'a OutgoingMessage) -> Self {
        let (kind, content) = match &outgoing.alerts[..] {
            [] => ("notice", notice(&outgoing.message)),
            [(alert, also_in)] => {
                let kind = match alert.kind {
                    Kind::First => "alert.raised",
                    Kind::Update { .. } => "alert.updated",
                };
                (kind, Content::Alert(Box::new(body(alert, also_in))))
            }
            many => {
                let alerts = many.iter().map(|(alert, also_in)| body(alert, also_in)).collect();
                (
                    "digest",
                    Content::Digest {
                        title: &outgoing.message.subject,
                        alerts,
                    },
                )
            }
        };
        Self {
            kind,
            timestamp: outgoing.raised,
            content,
        }
    }
}

/// Bytes of an event. Receivers commonly take no more than 256 KB, some less.
const MOST_BYTES: usize = 256 * 1024;

/// The event of a parcel as it is sent: at most 256 KB. Where it would be more, its lists are cut to their first, the
/// sources before all else; `also_in_count` tells how many there are.
///
/// # Errors
///
/// An event that cannot be written as JSON.
pub(crate) fn event_body(outgoing: &OutgoingMessage) -> serde_json::Result<Vec<u8>> {
    let mut event = Event::of(outgoing);
    loop {
        let body = serde_json::to_vec(&event)?;
        if body.len() <= MOST_BYTES || !event.content.halve() {
            return Ok(body);
        }
    }
}

/// Bytes that an alert takes in an event, without its article and the other entries of its story: the same at every attempt,
/// whatever becomes of these meanwhile.
pub fn alert_size(alert: &Alert) -> usize {
    let alert = Alert {
        article: None,
        ..alert.clone()
    };
    serde_json::to_vec(&body(&alert, &AlsoIn::default())).map_or(0, |body| body.len())
}

impl Content<'_> {
    /// Cuts the lists that may best be cut to half; `false` where none has anything left.
    fn halve(&mut self) -> bool {
        let alerts: &mut [AlertBody<'_>] = match self {
            Self::Alert(alert) => std::slice::from_mut(alert),
            Self::Digest { alerts, .. } => alerts,
            Self::Notice { lines, .. } => {
                let half = lines.len() / 2;
                lines.truncate(half);
                return half > 0;
            }
        };
        let mut cut = false;
        for alert in &mut *alerts {
            cut |= !alert.also_in.is_empty();
            alert.also_in.truncate(alert.also_in.len() / 2);
        }
        if cut {
            return true;
        }
        for alert in alerts {
            let marks = &mut alert.excerpt.marks;
            cut |= !(alert.mentions.is_empty() && alert.found.is_empty() && alert.new.is_empty() && marks.is_empty());
            marks.truncate(marks.len() / 2);
            alert.mentions = &alert.mentions[..alert.mentions.len() / 2];
            alert.found.truncate(alert.found.len() / 2);
            alert.new.truncate(alert.new.len() / 2);
        }
        cut
    }
}

fn notice(message: &Message) -> Content<'_> {
    let lines = message
        .paragraphs
        .iter()
        .flat_map(|paragraph| std::iter::once(&paragraph.headline).chain(&paragraph.lines))
        .filter(|line| !line.is_empty() && **line != message.subject)
        .map(|line| Cow::Borrowed(line.as_str()))
        .collect();
    Content::Notice {
        title: &message.subject,
        lines,
    }
}

/// An alert with the other entries of its story, as in the `data` of a webhook.
pub fn body<'a>(alert: &'a Alert, also_in: &'a AlsoIn) -> AlertBody<'a> {
    let (updates, new) = match &alert.kind {
        Kind::First => (None, Vec::new()),
        Kind::Update { of, new } => (Some(of.to_string()), new.iter().map(novelty).collect()),
    };
    AlertBody {
        id: alert.id.to_string(),
        story: alert.story.to_string(),
        watch: Named {
            name: &alert.watch,
            title: &alert.watch_title,
        },
        level: alert.level,
        raised: alert.raised,
        updates,
        new,
        headline: &alert.origin.title,
        link: alert
            .origin
            .link
            .as_deref()
            .and_then(|link| entry_link(link, &alert.origin.feed)),
        published: alert.origin.published,
        feed: Feed {
            id: feed_id(&alert.origin.feed),
            url: ShownAddress::of_text(&alert.origin.feed),
            title: shown_text(&alert.origin.feed_title),
        },
        entry: alert.origin.entry.to_string(),
        because: &alert.reason.because,
        found: alert
            .reason
            .found
            .iter()
            .map(|found| FoundBody {
                text: &found.text,
                term: &found.term,
                entity: found.entity.as_ref().map(|(id, name)| EntityBody { id, name }),
            })
            .collect(),
        mentions: &alert.reason.named,
        excerpt: ExcerptBody {
            text: alert.excerpt.text.clone(),
            marks: sound_marks(&alert.excerpt)
                .into_iter()
                .map(|place| Mark {
                    start: place.start,
                    end: place.end,
                    text: alert.excerpt.text[place].to_owned(),
                })
                .collect(),
        },
        article: alert.article.as_ref().map(article),
        also_in_count: also_in.count,
        also_in: also_in
            .first
            .iter()
            .map(|source| Source {
                feed_title: &source.feed_title,
                title: &source.title,
                link: source.link.as_deref(),
                seen: source.seen,
            })
            .collect(),
    }
}

fn article(fate: &ArticleFate) -> ArticleBody<'_> {
    let (state, because) = match fate {
        ArticleFate::Waiting { .. } => ("waiting", None),
        ArticleFate::Read { .. } => ("read", None),
        ArticleFate::NotRead { why, .. } => ("not read", Some(why.as_str())),
    };
    ArticleBody { state, because }
}

fn novelty(new: &Novelty) -> New<'_> {
    match new {
        Novelty::Number(text) => New { kind: "number", text },
        Novelty::Term(text) => New { kind: "term", text },
        Novelty::Message(text) => New { kind: "message", text },
    }
}

#[cfg(test)]
mod tests;
