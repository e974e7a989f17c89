//! A message of the Common Alerting Protocol (OASIS CAP 1.0 to 1.2) as an entry.

use memchr::memmem;

use super::feed_rs_reader::{body_text, line_text};
use super::repair::{Around, Repairs, Stated, Stating, stating, time};
use super::xml::{Entities, Space, Spaces, Token, Tokens, attributes};
use crate::position::Position;
use crate::warning::Warning;

/// A CAP message, read.
#[derive(Debug, Default)]
pub(super) struct Message {
    pub(super) sender: Option<String>,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) language: Option<String>,
    pub(super) link: Option<String>,
    pub(super) sent: Option<jiff::Timestamp>,
    pub(super) warning: Option<Box<Warning>>,
    pub(super) position: Option<Box<Position>>,
    pub(super) cut_short: bool,
}

/// The texts of one `info`: a language, or a part of the event.
#[derive(Debug, Default, Clone)]
struct Texts {
    language: Option<String>,
    event: String,
    headline: String,
    description: String,
    instruction: String,
    web: String,
    sender_name: String,
    severity: String,
    urgency: String,
    certainty: String,
    expires: Option<jiff::Timestamp>,
}

/// Texts of one message; official ones have one for each language of a country.
const MOST_TEXTS: usize = 32;
/// Elements within one another; the standard needs five.
const DEEPEST: usize = 16;

/// Reads a document whose root is `alert` of CAP; `None` where it is something else. Of several `info` the one in
/// `language` (BCP 47) gives the title and begins the text, else the first; the texts of the others follow, so that terms
/// in any of its languages are found.
pub(super) fn read(document: &str, language: Option<&str>) -> Option<Message> {
    if !is_message(document) {
        return None;
    }
    let mut reader = Reader::default();
    for token in Tokens::new(document) {
        match token {
            Token::Start {
                name,
                attributes: source,
                empty,
                ..
            } => reader.start(name, source, empty),
            Token::End { name, .. } => reader.end(name),
            Token::Text(text) => reader.entities.decode(text, &mut reader.text, &mut reader.repairs),
            Token::Cdata(text) => reader.text.push_str(text),
            Token::Doctype(_) | Token::Instruction(_) => {}
        }
    }
    reader.finish(language)
}

/// Reads a message that is the content of an entry.
pub(super) fn within(content: &str) -> Option<Message> {
    let start = content.trim_start();
    (start.starts_with('<') && start.len() < (1 << 20)).then(|| read(start, None))?
}

/// Whether the root is `alert`, in a namespace of CAP.
fn is_message(document: &str) -> bool {
    /// Bytes in which the root's start tag ends.
    const HEAD: usize = 4_096;
    let head = &document.as_bytes()[..document.len().min(HEAD)];
    let namespace = [&b"emergency:cap:1."[..], b"incident.com/cap/1."];
    if !namespace.iter().any(|name| memmem::find(head, name).is_some()) {
        return false;
    }
    let mut tokens = Tokens::new(document);
    let root = tokens.find_map(|token| match token {
        Token::Start { name, attributes, .. } => Some((name, attributes)),
        _ => None,
    });
    let Some((name, source)) = root else { return false };
    let mut spaces = Spaces::default();
    attributes(source).for_each(|(name, value)| spaces.declare(name, value, false));
    let (space, local, _) = spaces.resolve(name);
    space == Space::Cap && local.eq_ignore_ascii_case("alert")
}

#[derive(Default)]
struct Reader<'a> {
    entities: Entities<'a>,
    repairs: Repairs,
    open: Vec<String>,
    /// Of the element that was opened last.
    text: String,
    stated: Stated,
    sender: String,
    sent: String,
    texts: Vec<Texts>,
    began: bool,
    ended: bool,
}

impl Reader<'_> {
    fn start(&mut self, name: &str, source: &str, empty: bool) {
        self.text.clear();
        self.began = true;
        if empty || self.open.len() >= DEEPEST {
            return;
        }
        let local = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        if local == "info" && self.texts.len() < MOST_TEXTS {
            let language = attributes(source).find(|(name, _)| *name == "xml:lang");
            self.texts.push(Texts {
                language: language.map(|(_, value)| value.trim().to_owned()),
                ..Texts::default()
            });
        }
        self.open.push(local);
    }

    fn end(&mut self, name: &str) {
        let local = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        let Some(at) = self.open.iter().rposition(|open| *open == local) else {
            return;
        };
        let text = std::mem::take(&mut self.text);
        if at + 1 == self.open.len() {
            let within = self.open[..at].last().cloned().unwrap_or_default();
            self.put(&within, &local, &text);
        }
        self.open.truncate(at);
        self.ended |= at == 0;
    }

    fn put(&mut self, within: &str, name: &str, text: &str) {
        match within {
            "alert" => {
                match name {
                    "sender" => text.trim().clone_into(&mut self.sender),
                    "sent" => text.trim().clone_into(&mut self.sent),
                    _ => {}
                }
                if let Some(Some(field)) = stating(Space::Cap, name) {
                    self.stated.put(field, text, Around::Point);
                }
            }
            "info" => self.put_text(name, text),
            "area" | "geocode" => {
                if let Some(Some(field)) = stating(Space::Cap, name) {
                    self.stated.put(field, text, Around::Point);
                }
            }
            _ => {}
        }
    }

    fn put_text(&mut self, name: &str, text: &str) {
        let Some(texts) = self.texts.last_mut() else { return };
        let field = match name {
            "language" => {
                texts.language = Some(text.trim().to_owned()).filter(|language| !language.is_empty());
                return;
            }
            "expires" => {
                texts.expires = time(text);
                return;
            }
            "event" => &mut texts.event,
            "headline" => &mut texts.headline,
            "description" => &mut texts.description,
            "instruction" => &mut texts.instruction,
            "web" => &mut texts.web,
            "sendername" => &mut texts.sender_name,
            "severity" => &mut texts.severity,
            "urgency" => &mut texts.urgency,
            "certainty" => &mut texts.certainty,
            _ => return,
        };
        text.trim().clone_into(field);
    }

    fn finish(mut self, language: Option<&str>) -> Option<Message> {
        if !self.began {
            return None;
        }
        let texts = std::mem::take(&mut self.texts);
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let spoken = |texts: &Texts| texts.language.as_deref().map(primary);
        let wanted = language.map(primary);
        let shown = texts
            .iter()
            .position(|texts| wanted.is_some() && spoken(texts) == wanted);
        let shown = texts.get(shown.unwrap_or(0)).cloned().unwrap_or_default();
        let worst = |of: fn(&Texts) -> &String, order: &[&str]| {
            let rank = |word: &str| {
                order
                    .iter()
                    .position(|known| word.eq_ignore_ascii_case(known))
                    .unwrap_or(order.len())
            };
            let words = texts.iter().map(of).filter(|word| !word.is_empty());
            words.min_by_key(|word| rank(word)).cloned().unwrap_or_default()
        };
        for (field, word) in [
            (Stating::Severity, worst(|texts| &texts.severity, SEVERITIES)),
            (Stating::Urgency, worst(|texts| &texts.urgency, URGENCIES)),
            (Stating::Certainty, worst(|texts| &texts.certainty, CERTAINTIES)),
        ] {
            if !word.is_empty() {
                self.stated.put(field, &word, Around::Point);
            }
        }
        let (position, warning) = self.stated.finish();
        let mut warning = warning.unwrap_or_default();
        // One part that does not expire keeps the whole.
        let ends = texts.iter().map(|texts| texts.expires);
        warning.expires = ends.collect::<Option<Vec<_>>>().and_then(|ends| ends.into_iter().max());
        let areas = position
            .as_ref()
            .map(|position| position.areas.join("; "))
            .unwrap_or_default();
        let title = match (shown.headline.as_str(), shown.event.as_str()) {
            ("", event) if areas.is_empty() => line_text(event),
            ("", event) => line_text(&format!("{event}: {areas}")),
            (headline, _) => line_text(headline),
        };
        let mut paragraphs = vec![shown.description.clone(), shown.instruction.clone()];
        if !areas.is_empty() {
            paragraphs.push(format!("Area: {areas}."));
        }
        paragraphs.push(standing(&shown.event, &warning));
        for texts in texts.iter().filter(|texts| texts.language != shown.language) {
            paragraphs.extend([&texts.headline, &texts.description, &texts.instruction].map(Clone::clone));
        }
        let same_language = texts.iter().filter(|texts| texts.language == shown.language).skip(1);
        for texts in same_language {
            for text in [&texts.headline, &texts.description, &texts.instruction] {
                if !paragraphs.contains(text) {
                    paragraphs.push(text.clone());
                }
            }
        }
        let paragraphs: Vec<String> = paragraphs
            .iter()
            .map(|text| body_text(text))
            .filter(|text| !text.is_empty())
            .collect();
        let sender = [shown.sender_name, self.sender]
            .into_iter()
            .find(|name| !name.is_empty());
        Some(Message {
            sender: sender.map(|name| line_text(&name)),
            title,
            text: paragraphs.join("\n\n"),
            language: shown.language,
            link: Some(shown.web).filter(|web| web.starts_with("http")),
            sent: time(&self.sent),
            warning: Some(warning),
            position,
            cut_short: !self.ended,
        })
    }
}

/// The words of the standard, the gravest first.
const SEVERITIES: &[&str] = &["Extreme", "Severe", "Moderate", "Minor", "Unknown"];
const URGENCIES: &[&str] = &["Immediate", "Expected", "Future", "Past", "Unknown"];
const CERTAINTIES: &[&str] = &["Observed", "Likely", "Possible", "Unlikely", "Unknown"];

/// `Flood Warning. Severity: Severe. Urgency: Immediate. Certainty: Observed.`
fn standing(event: &str, warning: &Warning) -> String {
    let mut words = Vec::new();
    if !event.is_empty() {
        words.push(format!("{event}."));
    }
    for (name, value) in [
        ("Severity", &warning.severity),
        ("Urgency", &warning.urgency),
        ("Certainty", &warning.certainty),
    ] {
        words.extend(value.as_ref().map(|value| format!("{name}: {value}.")));
    }
    words.join(" ")
}
