//! The tolerant pre-pass: any feed, in any state, to one well-formed Atom document that feed-rs reads whole.

mod base;
mod close;
mod open;

use std::borrow::Cow;
use std::rc::Rc;

use jiff::tz::TimeZone;
use url::Url;

pub(crate) use base::{absolute, base_of};

use super::beside::Beside;
use super::draft::{Batches, Draft, LINK_OF_ENCLOSURE, LINK_OF_OTHER_TYPE};
use super::end_ahead::EndAhead;
use super::fields::{Field, Meaning, ends_text, meaning};
use super::repairs::{
    AFTER_ROOT, BARE_ANGLE, BEFORE_ROOT, MISSING_END, ODD_VERSION, OPEN_CDATA, Repairs, SECOND_DECLARATION,
    UNDECLARED_PREFIX,
};
use super::stated::Stating;
use crate::parse::dates::{DateReader, DayOrder};
use crate::parse::kept::Kept;
use crate::parse::parsed_feed::Source;
use crate::parse::xml::{Capture, Entities, Space, Spaces, Token, Tokens, attributes};

/// A feed, mended.
#[derive(Debug)]
pub(crate) struct Mended {
    /// Atom 1.0, in documents of a few hundred entries: what feed-rs makes of one is let go before the next.
    pub(crate) atom: Vec<String>,
    /// What feed-rs has no place for or would rewrite, entry by entry in the order of the document.
    pub(crate) beside: Vec<Beside>,
    /// Entries that were left out, since there were too many.
    pub(crate) left_out: u32,
    pub(crate) feed: Draft,
    pub(crate) dates: DateReader,
    /// The document starts with an entry or a channel, not with the root of a feed.
    pub(crate) rootless: bool,
    pub(crate) cut_short: bool,
}

/// Elements may be open within one another to this depth; deeper ones are read as text. Every end tag may cost a look at
/// each of them.
const DEEPEST: usize = 64;

/// Bytes of the name of a language (RFC 5646), which every entry carries.
const LONGEST_LANGUAGE: usize = 64;

/// What an open element is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Channel,
    Entry,
    Group,
    Person,
    Foreign,
}

#[derive(Debug, Clone)]
struct Open<'a> {
    name: &'a str,
    place: Place,
    spaces: usize,
    base: Option<Rc<Url>>,
    language: Option<Rc<str>>,
}

/// Mends a document; `None` where it holds no feed.
pub(crate) fn to_atom(text: &str, source: Source<'_>, repairs: &mut Repairs) -> Option<Mended> {
    let mut tokens = Tokens::new(text);
    let mut mender = Mender::new(source, repairs);
    while let Some(token) = tokens.next() {
        mender.ahead.move_to(tokens.rest());
        mender.token(token);
    }
    let (bare_angles, open_cdata) = (tokens.bare_angles, tokens.open_cdata);
    repairs_of_tokens(mender.repairs, bare_angles, open_cdata);
    mender.finish()
}

fn repairs_of_tokens(repairs: &mut Repairs, bare_angles: u32, open_cdata: u32) {
    repairs.add_many(BARE_ANGLE, bare_angles);
    repairs.add_many(OPEN_CDATA, open_cdata);
}

struct Mender<'a, 'r> {
    repairs: &'r mut Repairs,
    entities: Entities<'a>,
    spaces: Spaces<'a>,
    open: Vec<Open<'a>>,
    capture: Option<Capture<'a>>,
    atom: Batches,
    beside: Kept<Beside>,
    feed: Draft,
    entry: Draft,
    /// An entry came in which nothing stands.
    nothing: bool,
    base: Option<Rc<Url>>,
    order: DayOrder,
    language: Option<String>,
    zone: Option<TimeZone>,
    declarations: u32,
    before_root: bool,
    /// The root's end came, or that of the channel of an RSS feed.
    ended: bool,
    root_ended: bool,
    rss: bool,
    rootless: bool,
    ahead: EndAhead<'a>,
}

impl<'a, 'r> Mender<'a, 'r> {
    fn new(source: Source<'_>, repairs: &'r mut Repairs) -> Self {
        Self {
            repairs,
            entities: Entities::default(),
            spaces: Spaces::default(),
            open: Vec::new(),
            capture: None,
            atom: Batches::default(),
            beside: Kept::default(),
            feed: Draft::default(),
            entry: Draft::default(),
            nothing: false,
            base: source.url.cloned().map(Rc::new),
            order: DayOrder::default(),
            language: source.language.map(str::to_owned),
            zone: source.zone.cloned(),
            declarations: 0,
            before_root: false,
            ended: false,
            root_ended: false,
            rss: false,
            rootless: false,
            ahead: EndAhead::default(),
        }
    }

    fn token(&mut self, token: Token<'a>) {
        match token {
            Token::Instruction(what) => {
                if what.starts_with("xml ") {
                    if self.declarations > 0 || self.before_root || !self.open.is_empty() {
                        self.repairs.add(SECOND_DECLARATION);
                    }
                    self.declarations += 1;
                }
            }
            Token::Doctype(text) => {
                if self.open.is_empty() {
                    self.entities.declare(text);
                }
            }
            Token::Text(text) => self.text(text, false),
            Token::Cdata(text) => self.text(text, true),
            Token::Start {
                name,
                attributes,
                empty,
                source,
            } => {
                if self.open.is_empty() {
                    self.root(name, attributes, empty);
                } else {
                    self.start(name, attributes, empty, source);
                }
            }
            Token::End { name, source } => self.end(name, source),
        }
    }

    fn text(&mut self, text: &'a str, cdata: bool) {
        if let Some(capture) = &mut self.capture {
            capture.text(text, cdata, &mut self.entities, self.repairs);
        } else if text.trim().is_empty() {
        } else if self.open.is_empty() {
            if !self.before_root {
                self.before_root = true;
                self.repairs.add(BEFORE_ROOT);
            }
        } else if self.root_ended {
            self.repairs.add(AFTER_ROOT);
        } else if self.top() == Some(Place::Person) {
            // `<author>Name</author>`, as RSS has it and some Atom feeds too.
            let name = self.decoded(text);
            self.draft().put(Field::Author(0), name);
        }
    }

    fn top(&self) -> Option<Place> {
        self.open.last().map(|open| open.place)
    }

    /// The entry that is open, or else the feed.
    fn draft(&mut self) -> &mut Draft {
        if self.in_entry() {
            &mut self.entry
        } else {
            &mut self.feed
        }
    }

    fn in_entry(&self) -> bool {
        self.open.iter().any(|open| open.place == Place::Entry)
    }

    fn decoded(&mut self, source: &str) -> String {
        let mut text = String::with_capacity(source.len());
        self.entities.decode(source, &mut text, self.repairs);
        text
    }

    /// The first element that can be the root of a feed opens it; all before it is skipped.
    fn root(&mut self, name: &'a str, source: &'a str, empty: bool) {
        let lower = name.to_ascii_lowercase();
        let local = lower.rsplit(':').next().unwrap_or_default();
        let place = match local {
            "rss" | "feed" | "rdf" => Place::Root,
            "channel" => Place::Channel,
            "entry" | "item" => Place::Entry,
            _ => {
                if !self.before_root && !matches!(local, "html" | "body") {
                    self.before_root = true;
                    self.repairs.add(BEFORE_ROOT);
                }
                return;
            }
        };
        self.rootless = place != Place::Root;
        self.rss = matches!(local, "rss" | "channel");
        if local == "rss" {
            let version = attributes(source).find(|(name, _)| name.eq_ignore_ascii_case("version"));
            let known = ["2.0", "0.90", "0.91", "0.92", "0.93", "0.94"];
            if version.is_none_or(|(_, version)| !known.contains(&version.trim())) {
                self.repairs.add(ODD_VERSION);
            }
        }
        self.push(name, source, place);
        if let Some(href) = self.attribute(source, "href") {
            let link = self.absolute(&href);
            self.draft().put(Field::Link(LINK_OF_OTHER_TYPE), link);
        }
        if empty {
            self.ended = true;
            self.root_ended = true;
        }
    }

    fn push(&mut self, name: &'a str, source: &'a str, place: Place) {
        let spaces = self.spaces.mark();
        let (base, language) = match self.open.last() {
            Some(open) => (open.base.clone(), open.language.clone()),
            None => (self.base.clone(), None),
        };
        let mut open = Open {
            name,
            place,
            spaces,
            base,
            language,
        };
        if source.contains('=') {
            self.note_attributes(source, &mut open);
        }
        self.open.push(open);
    }

    fn attribute(&mut self, source: &'a str, wanted: &str) -> Option<String> {
        let (_, value) = attributes(source).find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
        Some(self.decoded(value))
    }

    /// An address made absolute by the base of the innermost element, else left as it is.
    fn absolute(&self, link: &str) -> String {
        let link = link.trim();
        let base = self.open.last().and_then(|open| open.base.as_deref());
        absolute(link, base)
    }

    fn start(&mut self, name: &'a str, source: &'a str, empty: bool, whole: &'a str) {
        // Namespaces that the element itself declares hold for its own name.
        let mark = self.spaces.mark();
        if source.contains("xmlns") {
            let outer = self.open.len() < 2;
            for (name, value) in attributes(source).take(256) {
                self.spaces.declare(name, value, outer);
            }
        }
        let (space, local, declared) = self.spaces.resolve(name);
        self.spaces.back_to(mark);
        let lower = if local.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(local.to_ascii_lowercase())
        } else {
            Cow::Borrowed(local)
        };
        if let Some(capture) = &mut self.capture {
            let prefixed = local.len() < name.len();
            let starts_entry = matches!(space, Space::Plain | Space::Atom) && matches!(&*lower, "item" | "entry");
            let missing = capture.may_end()
                && (starts_entry || !capture.holds_foreign() || !self.ahead.finds(capture.name))
                && ends_text(space, &lower, prefixed, capture.field, capture.markup);
            if !missing {
                capture.start(name, whole, empty, self.repairs);
                return;
            }
            self.repairs.add(MISSING_END);
            self.close_capture();
        }
        if !declared {
            self.repairs.add(UNDECLARED_PREFIX);
        }
        let meaning = meaning(space, &lower);
        match meaning {
            Meaning::Entry if self.entry_may_start() => self.start_entry(name, source, empty),
            _ if self.top() == Some(Place::Foreign) => self.descend(name, source, empty, Place::Foreign),
            Meaning::Channel => {
                let within = |open: &Open<'_>| matches!(open.place, Place::Entry | Place::Channel);
                let place = if self.open.iter().any(within) {
                    Place::Foreign
                } else {
                    Place::Channel
                };
                self.descend(name, source, empty, place);
            }
            // `value` alone means nothing.
            Meaning::Field(Field::Stated(Stating::CodeName | Stating::Code)) if self.top() != Some(Place::Group) => {
                self.descend(name, source, empty, Place::Foreign);
            }
            Meaning::Field(field) if self.top() != Some(Place::Person) => self.field(name, source, empty, field),
            Meaning::AnyLink => self.link(name, source, empty),
            Meaning::AnyCategory => match self.attribute(source, "term") {
                Some(term) => {
                    let term = self
                        .attribute(source, "label")
                        .filter(|label| !label.trim().is_empty())
                        .unwrap_or(term);
                    self.draft().put(Field::Category, term);
                    self.descend(name, source, empty, Place::Foreign);
                }
                None => self.field(name, source, empty, Field::Category),
            },
            Meaning::Person => self.descend(name, source, empty, Place::Person),
            Meaning::Group => self.descend(name, source, empty, Place::Group),
            Meaning::Enclosure => {
                if let Some(url) = self.attribute(source, "url") {
                    let link = self.absolute(&url);
                    self.draft().put(Field::Link(LINK_OF_ENCLOSURE), link);
                }
                self.descend(name, source, empty, Place::Foreign);
            }
            Meaning::Foreign if self.top() == Some(Place::Person) && &*lower == "name" => {
                self.field(name, source, empty, Field::Author(0));
            }
            Meaning::Entry | Meaning::Field(_) | Meaning::Foreign => self.descend(name, source, empty, Place::Foreign),
        }
    }

    fn entry_may_start(&self) -> bool {
        self.open.len() < DEEPEST
    }

    fn descend(&mut self, name: &'a str, source: &'a str, empty: bool, place: Place) {
        if !empty && self.open.len() < DEEPEST {
            self.push(name, source, place);
        }
    }
}

fn same(open: &str, ended: &str) -> bool {
    open.eq_ignore_ascii_case(ended)
}

fn is_web(text: &str) -> bool {
    let start = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    start.starts_with("http://") || start.starts_with("https://")
}
