//! The fields by which an entry states its position (GeoRSS, W3C geo, GDACS) and its standing as an official warning (CAP).

use crate::parse::dates::read_date;
use crate::parse::xml::Space;
use crate::position::{Position, Shape, bounds, circle, gdacs_bounds, line, point, polygon};
use crate::warning::{MessageType, Status, Warning, id_of, references, short};

/// A field of one of these vocabularies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stating {
    Point,
    Line,
    Polygon,
    Box,
    /// Radius in metres (GeoRSS).
    CircleMetres,
    /// Radius in kilometres (CAP).
    CircleKilometres,
    /// `lat`, `long` (W3C geo).
    Lat,
    Long,
    /// The corners of a `gml:Envelope`.
    LowerCorner,
    UpperCorner,
    /// `gml:posList`, `gml:coordinates`: of a line, unless a ring or a point is around it.
    PosList,
    /// One name (`georss:featurename`).
    Name,
    /// Names, separated by semicolons (`cap:areaDesc`).
    Areas,
    Country,
    Iso3,
    GdacsBox,
    CodeName,
    Code,
    Status,
    MessageType,
    Severity,
    Urgency,
    Certainty,
    Expires,
    Identifier,
    Sender,
    Sent,
    References,
}

/// The meaning of an element of these vocabularies: a field, a group around fields (`None`), or nothing.
pub(crate) fn stating(space: Space, lower: &str) -> Option<Option<Stating>> {
    use Stating as S;
    let field = |field| Some(Some(field));
    let group = Some(None);
    match space {
        Space::GeoRss => match lower {
            "point" => field(S::Point),
            "line" => field(S::Line),
            "polygon" => field(S::Polygon),
            "box" => field(S::Box),
            "circle" => field(S::CircleMetres),
            "featurename" => field(S::Name),
            "where" => group,
            _ => None,
        },
        Space::Gml => match lower {
            "pos" => field(S::Point),
            "poslist" | "coordinates" => field(S::PosList),
            "lowercorner" => field(S::LowerCorner),
            "uppercorner" => field(S::UpperCorner),
            "point" | "linestring" | "polygon" | "envelope" | "exterior" | "outerboundaryis" | "linearring"
            | "multipoint" | "multisurface" | "multipolygon" | "pointmember" | "pointmembers" | "surfacemember"
            | "surfacemembers" | "polygonmember" | "boundedby" => group,
            _ => None,
        },
        Space::Geo => match lower {
            "lat" | "latitude" => field(S::Lat),
            "long" | "lon" | "longitude" => field(S::Long),
            "lat_long" | "lat_lon" => field(S::Point),
            "point" | "location" => group,
            _ => None,
        },
        Space::Gdacs => match lower {
            "country" => field(S::Country),
            "iso3" => field(S::Iso3),
            "bbox" => field(S::GdacsBox),
            _ => None,
        },
        Space::Cap => match lower {
            "areadesc" => field(S::Areas),
            "polygon" => field(S::Polygon),
            "circle" => field(S::CircleKilometres),
            "valuename" => field(S::CodeName),
            "value" => field(S::Code),
            "status" => field(S::Status),
            "msgtype" => field(S::MessageType),
            "severity" => field(S::Severity),
            "urgency" => field(S::Urgency),
            "certainty" => field(S::Certainty),
            "expires" => field(S::Expires),
            "identifier" => field(S::Identifier),
            "sender" => field(S::Sender),
            "sent" => field(S::Sent),
            "references" => field(S::References),
            "alert" | "info" | "area" | "geocode" => group,
            _ => None,
        },
        // The parts of `cap:geocode`, which many feeds leave in the namespace of Atom.
        Space::Plain | Space::Atom => match lower {
            "valuename" => field(S::CodeName),
            "value" => field(S::Code),
            _ => None,
        },
        _ => None,
    }
}

/// The fields of one entry, gathered while it is read.
#[derive(Debug, Default)]
pub(crate) struct Stated {
    position: Position,
    lat: Option<String>,
    long: Option<String>,
    lower: Option<String>,
    gdacs_box: Option<Shape>,
    code_name: Option<String>,
    warning: Warning,
    identifier: Option<String>,
    sender: Option<String>,
    sent: Option<String>,
    /// A field of CAP came.
    warns: bool,
}

/// What surrounds a list of positions in GML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Around {
    Ring,
    Point,
    Line,
}

impl Stated {
    /// Takes a field in; one that cannot be read is left out.
    pub(crate) fn put(&mut self, field: Stating, text: &str, around: Around) {
        let mut shape = |shape: Option<Shape>| shape.into_iter().for_each(|shape| self.position.add_shape(shape));
        match field {
            // A position within a line or a ring is a part of it, which is not put together.
            Stating::Point if around == Around::Point => shape(point(text)),
            Stating::Point => {}
            Stating::Line => shape(line(text)),
            Stating::Polygon => shape(polygon(text)),
            Stating::Box => shape(bounds(text)),
            Stating::CircleMetres => shape(circle(text, 1.0)),
            Stating::CircleKilometres => shape(circle(text, 1_000.0)),
            Stating::PosList => shape(match around {
                Around::Ring => polygon(text),
                Around::Point => point(text),
                Around::Line => line(text),
            }),
            Stating::Lat => self.lat = short(text),
            Stating::Long => self.long = short(text),
            Stating::LowerCorner => self.lower = short(text),
            Stating::UpperCorner => {
                if let Some(lower) = self.lower.take() {
                    shape(bounds(&format!("{lower} {text}")));
                }
            }
            Stating::Name => self.position.add_areas(text, '\n'),
            Stating::Areas => self.position.add_areas(text, ';'),
            Stating::Country | Stating::Iso3 => self.position.add_countries(text),
            Stating::GdacsBox => self.gdacs_box = gdacs_bounds(text),
            Stating::CodeName => self.code_name = short(text),
            Stating::Code => {
                if let Some(name) = self.code_name.take() {
                    self.position.add_codes(&name, text);
                }
            }
            warns => self.warn(warns, text),
        }
        if let (Some(lat), Some(long)) = (&self.lat, &self.long) {
            let found = point(&format!("{lat} {long}")).filter(|_| is_number(lat) && is_number(long));
            (self.lat, self.long) = (None, None);
            found.into_iter().for_each(|shape| self.position.add_shape(shape));
        }
    }

    fn warn(&mut self, field: Stating, text: &str) {
        self.warns = true;
        match field {
            Stating::Status => self.warning.status = Status::of(text),
            Stating::MessageType => self.warning.message_type = MessageType::of(text),
            Stating::Severity => self.warning.severity = short(text),
            Stating::Urgency => self.warning.urgency = short(text),
            Stating::Certainty => self.warning.certainty = short(text),
            Stating::Expires => self.warning.expires = time(text),
            Stating::Identifier => self.identifier = short(text),
            Stating::Sender => self.sender = short(text),
            Stating::Sent => self.sent = short(text),
            Stating::References => self.warning.references = references(text),
            _ => {}
        }
    }

    /// Takes in a whole CAP message that stood within the entry.
    pub(crate) fn embed(&mut self, warning: Option<Box<Warning>>, position: Option<Box<Position>>) {
        if let Some(position) = position {
            self.position.add(*position);
        }
        if let Some(warning) = warning {
            self.warns = true;
            self.warning = *warning;
        }
    }

    /// Returns what the fields came to.
    pub(crate) fn finish(mut self) -> (Option<Box<Position>>, Option<Box<Warning>>) {
        // GDACS draws its box some degrees around every point: a window on the map, not the extent of the event.
        if self.position.shapes.is_empty()
            && let Some(bounds) = self.gdacs_box
        {
            self.position.add_shape(bounds);
        }
        let id = id_of(self.sender.as_deref(), self.identifier.as_deref(), self.sent.as_deref());
        self.warning.id = self.warning.id.take().or(id);
        let position = (!self.position.is_empty()).then(|| Box::new(self.position));
        (position, self.warns.then(|| Box::new(self.warning)))
    }
}

/// The time of a CAP field.
pub(crate) fn time(text: &str) -> Option<jiff::Timestamp> {
    jiff::Timestamp::from_second(read_date(text)?.as_second()).ok()
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok()
}
