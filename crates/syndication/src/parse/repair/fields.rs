//! Which element of which dialect carries which part of an entry.

use super::stated::{Stating, stating};
use crate::parse::xml::Space;

/// A part of an entry or of a feed. The number is its rank: where several elements carry one part, the lowest stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Title(u8),
    /// An address as text.
    Link(u8),
    /// `guid`, `atom:id`.
    Id,
    Summary(u8),
    Content(u8),
    Published(u8),
    Updated(u8),
    /// `dc:date`: the only date of its entry, or one more.
    Date,
    Author(u8),
    Category,
    Language,
    /// Of whom an aggregator has the entry.
    Publisher,
    /// Minutes (RSS 2.0).
    Ttl,
    /// `sy:updatePeriod`, `sy:updateFrequency`.
    Period,
    Frequency,
    /// `skipHours/hour`, `skipDays/day` (RSS 2.0).
    SkipHour,
    SkipDay,
    /// Where the entries before these stand: `prev-archive`, `next` (RFC 5005).
    Older(u8),
    /// A position, or a field of an official warning.
    Stated(Stating),
}

impl Field {
    /// Fields of one line, in which other fields are not to be expected.
    pub(crate) fn is_short(self) -> bool {
        !matches!(self, Self::Summary(_) | Self::Content(_))
    }
}

/// What the start of an element means where entries are gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    Entry,
    Channel,
    Field(Field),
    /// An address in `href`, or as text.
    AnyLink,
    /// `atom:author` with parts.
    Person,
    /// An element whose parts belong to the entry around it.
    Group,
    /// `atom:category` with `term`, or text.
    AnyCategory,
    /// An address in `url`.
    Enclosure,
    /// An element whose parts are none of ours.
    Foreign,
}

/// Names are compared in lower case: `pubdate` and `GUID` are met.
pub(super) fn meaning(space: Space, lower: &str) -> Meaning {
    use Field::{Author, Category, Content, Date, Id, Link, Period, Published, Summary, Title, Ttl, Updated};
    use Meaning::{AnyCategory, AnyLink, Channel, Enclosure, Entry, Foreign, Group, Person};
    let field = Meaning::Field;
    if let Some(stated) = stating(space, lower) {
        return stated.map_or(Group, |stated| field(Field::Stated(stated)));
    }
    match space {
        Space::Plain | Space::Atom => match lower {
            "item" | "entry" => Entry,
            "channel" => Channel,
            "title" => field(Title(u8::from(space == Space::Atom))),
            "link" => AnyLink,
            "guid" | "id" => field(Id),
            "description" | "summary" => field(Summary(0)),
            "abstract" | "tagline" => field(Summary(1)),
            "content" => field(Content(1)),
            "fullitem" | "body" | "encoded" => field(Content(2)),
            "pubdate" | "published" => field(Published(0)),
            "issued" => field(Published(1)),
            "created" => field(Published(2)),
            "updated" => field(Updated(0)),
            "modified" => field(Updated(1)),
            "date" => field(Date),
            "author" => Person,
            "category" => AnyCategory,
            "language" => field(Field::Language),
            "source" if space == Space::Plain => field(Field::Publisher),
            "ttl" => field(Ttl),
            "skiphours" | "skipdays" => Group,
            "hour" => field(Field::SkipHour),
            "day" => field(Field::SkipDay),
            "enclosure" => Enclosure,
            _ => Foreign,
        },
        Space::DublinCore => match lower {
            "title" => field(Title(2)),
            "description" | "abstract" => field(Summary(2)),
            "date" => field(Date),
            "issued" | "available" => field(Published(1)),
            "created" => field(Published(2)),
            "modified" => field(Updated(1)),
            "creator" | "contributor" => field(Author(0)),
            "subject" => field(Category),
            "language" => field(Field::Language),
            _ => Foreign,
        },
        Space::Content if lower == "encoded" => field(Content(0)),
        Space::Xhtml if lower == "body" || lower == "div" => field(Content(3)),
        Space::Itunes => match lower {
            "title" => field(Title(4)),
            "summary" => field(Summary(3)),
            "subtitle" => field(Summary(4)),
            "author" => field(Author(1)),
            _ => Foreign,
        },
        Space::Media => match lower {
            "group" | "content" | "location" => Group,
            "title" => field(Title(3)),
            "description" => field(Summary(5)),
            _ => Foreign,
        },
        Space::Syndication => match lower {
            "updateperiod" => field(Period),
            "updatefrequency" => field(Field::Frequency),
            _ => Foreign,
        },
        Space::FeedBurner if lower == "origlink" => field(Link(4)),
        _ => Foreign,
    }
}

/// Whether the start of this element within the text of a field shows that the field's own end is missing. Names that
/// HTML has too count only where no markup is expected.
pub(super) fn ends_text(space: Space, lower: &str, prefixed: bool, field: Field, markup: bool) -> bool {
    match space {
        Space::Plain | Space::Atom => match lower {
            "item" | "entry" | "channel" | "guid" | "pubdate" | "published" | "updated" | "issued" | "modified"
            | "enclosure" | "comments" | "category" | "author" | "id" | "ttl" | "lastbuilddate" | "language" => true,
            "description" | "content" => !markup || !field.is_short(),
            "link" | "title" | "summary" | "source" => field.is_short() && !markup,
            _ => false,
        },
        Space::DublinCore
        | Space::Content
        | Space::Itunes
        | Space::Media
        | Space::Syndication
        | Space::FeedBurner
        | Space::GeoRss
        | Space::Geo
        | Space::Gdacs
        | Space::Cap => prefixed,
        Space::Xhtml | Space::Rdf | Space::Gml | Space::Other => false,
    }
}
