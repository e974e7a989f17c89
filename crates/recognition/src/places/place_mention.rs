//! A place that a text names, and why it was taken for that place.

use std::fmt;
use std::ops::Range;

use crate::document::Field;
use crate::gazetteer::Place;

/// What is known of a document's origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PlaceContext<'a> {
    /// The country that the feed reports from, ISO 3166-1 alpha-2: between places of one name, its own come first.
    pub country: Option<&'a str>,
    /// The language that it writes, ISO 639-1 in small letters: places where it is spoken come before others.
    pub language: Option<&'a str>,
    /// Places that a watchlist has picked, by number in the gazetteer: between places of one name they come first, unless
    /// the text says otherwise.
    pub preferred: &'a [u32],
    /// Places that it has ruled out.
    pub avoided: &'a [u32],
}

/// A place that is named in a document.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceMention {
    pub place: Place,
    pub field: Field,
    /// Bytes of the field as given.
    pub span: Range<usize>,
    /// 0 to 1; below 0.5 a watch does not count it.
    pub confidence: f32,
    pub because: Vec<Why>,
    /// Set where the name does not tell where the reported events are; `where` counts only mentions without it.
    pub aside: Option<Aside>,
}

/// A step on the way to the sense of a name. Displayed as a clause about the name: `it also is a common word`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Why {
    /// The only place of this name.
    OnlyOne,
    /// Country, continent or region.
    WellKnown,
    MostPopulous,
    /// `Paris, Texas`: the wider place stands with it.
    Within(&'static str),
    /// `Niger, Chad and Mali`: it stands in a list of its like.
    InList,
    /// `Georgia governor`: an office of a state stands after it.
    Office,
    /// Other places of the document lie in the same country (ISO 3166-1 alpha-2).
    CountryOfOthers(&'static str),
    CountryOfFeed(&'static str),
    /// The document names the country (ISO 3166-1 alpha-2) outright.
    CountryNamed(&'static str),
    /// The document names a group that acts in the country.
    GroupActs(&'static str),
    /// Newspapers there are written in the language of the document (ISO 639-1).
    LanguageOfText(&'static str),
    /// `Mali's capital`: the capital of a country that is named (ISO 3166-1 alpha-2).
    CapitalOf(&'static str),
    /// The watchlist picks it.
    Picked,
    Demonym,
    CommonWord,
    PersonName,
    /// A country with a surname behind it: whatever else the text is about, `Mali Jones` is a person.
    Surname,
    PartOfName,
    Organisation,
    /// It stands in the name of the newspaper or station that published the text.
    Publisher,
    NoCapitals,
    Short,
    /// A small place, and nothing else in the document is in its country.
    SmallAlone,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OnlyOne => "no other place has this name",
            Self::WellKnown => "it is the name of a country or region",
            Self::MostPopulous => "it is the largest place of this name",
            Self::Within(wider) => return write!(f, "“{wider}” stands with it"),
            Self::InList => "it stands in a list of places of this kind",
            Self::Office => "an office of a state stands after it",
            Self::CountryOfOthers(country) => return write!(f, "other places in the text lie in {country}"),
            Self::CountryOfFeed(country) => return write!(f, "the feed reports from {country}"),
            Self::CountryNamed(country) => return write!(f, "the text names {country}"),
            Self::GroupActs(group) => return write!(f, "“{group}” acts in its country"),
            Self::LanguageOfText(language) => {
                return write!(f, "the text is in a language of its country ({language})");
            }
            Self::CapitalOf(country) => return write!(f, "the capital of {country} is meant, which is named"),
            Self::Picked => "your list means this place by it",
            Self::Demonym => "it is the word for a people, not for a place",
            Self::CommonWord => "it also is a common word",
            Self::PersonName => "it also is the name of people",
            Self::Surname => "a surname stands after it",
            Self::PartOfName => "it stands inside a longer name",
            Self::Organisation => "it stands in the name of an organisation",
            Self::Publisher => "it belongs to the publisher's name",
            Self::NoCapitals => "capitals say nothing here",
            Self::Short => "it is a very short name",
            Self::SmallAlone => "it is a small place, and nothing else in the text is in its country",
        })
    }
}

/// Why a mention does not tell where the reported events are; such a mention does not count for `where`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aside {
    /// Where the report was sent from: `BAMAKO, Mali (AP) —`. Only where the document names another place; an entry that
    /// names none but its dateline's is placed by it.
    Dateline,
    /// In a link to another article: `Read also: …`.
    Related,
    /// In the name of who published it: `… - The Jerusalem Post`.
    Publisher,
    /// Of a reporter, a photographer or another newspaper: `(Reporting by … in Nairobi)`, `Photo: …/Paris`.
    Credit,
    /// In a list of tags or keywords: `Tags: Mali, Niger`.
    Tags,
}

impl Aside {
    /// A clause about the name, for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Dateline => "it is only where the report was sent from",
            Self::Related => "it stands in a link to another article",
            Self::Publisher => "it belongs to the publisher's name",
            Self::Credit => "it stands in a credit",
            Self::Tags => "it stands in a list of tags",
        }
    }
}
